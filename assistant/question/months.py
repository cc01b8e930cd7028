"""Parts of the year that rules give other values for (7月至9月不得超过12小时), and whether the one asked about (夏天, 8月份) is among them."""

from __future__ import annotations

import re

_RANGE = re.compile(r"(?<!\d)(?P<first>1[0-2]|[1-9])月?(?:\d{1,2}[日号])?(?P<joint>至|到|[-—–~～]+|和|、|及|与)(?:次年|当年|翌年)?(?P<last>1[0-2]|[1-9])月(?!前|底|初)")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!底|初)")
_SEASONS = (
    (re.compile("夏天|夏季|大热天|大夏天"), frozenset((6, 7, 8))),
    (re.compile("冬天|冬季|大冷天|大冬天"), frozenset((12, 1, 2))),
    (re.compile("春天|春季(?!学期)"), frozenset((3, 4, 5))),
    (re.compile("秋天|秋季(?!学期)"), frozenset((9, 10, 11))),
    (re.compile("暑假|暑期"), frozenset((7, 8))),
    (re.compile("寒假"), frozenset((1, 2))),
)


def months_stated(folded: str) -> frozenset[int]:
    """The months that a piece of a rule holds for; none where it only names a day."""
    return frozenset().union(*(_between(match) for match in _RANGE.finditer(folded)))


def months_asked(folded: str) -> frozenset[int]:
    """The months that a question is about, by their numbers or a season."""
    single = {int(match[1]) for match in _MONTH.finditer(folded)}
    return months_stated(folded).union(single, *(months for season, months in _SEASONS if season.search(folded)))


def is_season(word: str) -> bool:
    """Is this the name of a part of the year (夏天, 暑假)?"""
    return any(season.fullmatch(word) for season, _ in _SEASONS)


def in_its_months(word: str, folded: str) -> bool:
    """Does a folded text state a range of months that a season falls in?"""
    return is_season(word) and bool(months_asked(word) & months_stated(folded))


def _between(match: re.Match[str]) -> frozenset[int]:
    first, last = int(match["first"]), int(match["last"])
    if match["joint"] in ("和", "、", "及", "与"):
        return frozenset((first, last))
    return frozenset(range(first, last + 1) if first <= last else (*range(first, 13), *range(1, last + 1)))


def month_bonus(asked: str, piece: str) -> float:
    """What it counts that a folded piece of a rule holds for the part of the year asked about, or for another."""
    stated = months_stated(piece)
    wanted = months_asked(asked) if stated else frozenset()
    return 0.0 if not wanted else _OF_ITS_MONTHS if wanted & stated else -_OF_ITS_MONTHS


_OF_ITS_MONTHS = 0.45
