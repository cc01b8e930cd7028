"""Whom a fine hits: of what a sentence sets for persons and for enterprises the part of the party that a question names."""

from __future__ import annotations

import re

_PART = re.compile("对(?P<who>[^,，;；。对]{0,12}?)(?:可以)?(?:并?处|罚|给予|予以)[^,，;；。]*")
_PARTIES = (
    (re.compile("个人(?![信所])|自己(?!家)"), re.compile("个人|自然人|行为人")),
    (re.compile("饭店|公司|企业|单位|店|厂|商户|机构"), re.compile("单位|企业|公司|机构|经营者|组织")),
)


def of_the_party(asked: str, text: str) -> str:
    """Give the parts of a text on fines that are about the party named in a folded question; the whole text where none is or several are."""
    named = [fined for party, fined in _PARTIES if party.search(asked)]
    if len(named) != 1:
        return text
    parts = [match.group() for match in _PART.finditer(text) if named[0].search(match["who"])]
    return parts[0] if len(parts) == 1 else text
