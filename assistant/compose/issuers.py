"""Who issued a document: by the names of its card in full, or several together as its text says it (A、B、C联合印发《…》)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Document, Field, Mention, Span
from corpus.units import split_units, units_in

JOINTLY = re.compile("哪[些几两三]|联合|共同|一起|一块|分别")
"""Asks for all who issued it."""
_TOGETHER = re.compile(r"(?P<who>[^,，。;；\n]{6,120}?)[ 　]*(?:20\d\d年\d{1,2}月\d{1,2}日)?(?:联合|共同|会同有关部门)(?:印发|发布|出台|下发|制定)")


def in_full(issuers: Sequence[Field]) -> list[Field]:
    """The issuers by their full names, the one of the title first where it is the longer form of the first."""
    whole = [f for f in issuers if not any(o.value != f.value and o.value.startswith(f.value) for o in issuers)]
    first = max(issuers, key=lambda f: (f.value.startswith(issuers[0].value), len(f.value)))
    return [first, *(f for f in whole if f is not first)]


def issued_together(document: Document) -> tuple[Mention, ...]:
    """The bodies that the text says issued it together; () where it does not name at least two."""
    for found in _TOGETHER.finditer(document.text):
        who = Span(found.start("who"), found.end("who"))
        for named in (split_units(document.text, who), units_in(document.text, who)):
            if len(named) > 1:
                return tuple(named)
    return ()
