"""On which side of one bound a rule and a question are: 50平方公里以上的河流 are not those of 五十平方公里以下."""

from __future__ import annotations

import re

from corpus.numbers import CN, value_of

_BOUND = re.compile(rf"(?P<number>\d+(?:\.\d+)?|[{CN}]{{1,5}})(?P<unit>[万亿]?[㐀-鿿]{{1,4}}?)(?:及|或)?(?P<side>以上|以下)")
_UNDER = re.compile(rf"(?:不足|未满|不满|低于|小于|不到)(?P<number>\d+(?:\.\d+)?|[{CN}]{{1,5}})(?P<unit>[万亿]?[㐀-鿿]{{1,4}}?)(?=[的,，。;；)]|$)")


def _bounds(folded: str) -> dict[tuple[float, str], set[str]]:
    """The sides of each bound that a folded text names, by its number and unit."""
    found: dict[tuple[float, str], set[str]] = {}
    for match in (*_BOUND.finditer(folded), *_UNDER.finditer(folded)):
        number = float(match["number"]) if match["number"][0].isdigit() else value_of(match["number"])
        if number is not None:
            found.setdefault((float(number), match["unit"]), set()).add(match.groupdict().get("side") or "以下")
    return found


def of_the_other_side(asked: str, text: str) -> bool:
    """Does a folded text speak only of the other side of a bound that a question names?"""
    wanted, stated = _bounds(asked), _bounds(text)
    return any(len(sides) == 1 and bound in stated and not sides & stated[bound] for bound, sides in wanted.items())
