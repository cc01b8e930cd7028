"""Wrong options: of the same type as the right one, plausible, and proven not to be right as well."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.quiz.figures import number_in
from assistant.quiz.material import Material, near
from assistant.quiz.points import Point, plain
from assistant.quiz.times import OFTEN
from corpus.numbers import numeral_of
from corpus.units import same_unit

TRIES = 60
LIKELY = 0.55
"""A wrong part less like the right ones than this is seen through at once."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong option. near: how close it is to the right one, 0 to 1."""

    value: str
    near: float


def wrong_values(material: Material, point: Point, count: int, rng: random.Random) -> tuple[Wrong, ...]:
    """Give `count` wrong values for the blank of `point`, fewer when the library does not have them."""
    found: list[Wrong] = []
    for tried, wrong in enumerate(_candidates(material, point, rng)):
        if len(found) == count or tried >= TRIES:
            break
        clash = any(plain(wrong.value) == plain(f.value) or _one_thing(point, wrong.value, f.value) for f in found)
        if not clash and not material.also_right(point, wrong.value):
            found.append(wrong)
    return tuple(found)


def _one_thing(point: Point, a: str, b: str) -> bool:
    if point.family in ("lead", "support"):
        return same_unit(a, b) or a.endswith(b) or b.endswith(a)
    return point.family in ("term", "list") and (a in b or b in a or near(a, b))


def _candidates(material: Material, point: Point, rng: random.Random) -> Iterator[Wrong]:
    makers = {"figure": _figures, "time": _times, "often": _often, "lead": _offices, "support": _offices, "term": _parts, "list": _parts}
    return makers[point.family](material, point, rng)


# ---------------------------------------------------------------- figures

_PERCENT = (5, 10, -5, -10, 3, -2, 15, -15, -20, 20, -30)
_WHOLE = (1, -1, 2, -2, 3, 5, -3, 10, -5)


def _figures(material: Material, point: Point, rng: random.Random) -> Iterator[Wrong]:
    """Figures of the same unit that the document gives elsewhere, then the right one shifted; most of them on its scale."""
    right = point.number or 0.0
    value = point.values[0]
    others = {p.number for p in material.pages_of(point).points if p.family == "figure" and p.unit == point.unit and p.number is not None}
    shifted = [right + step for step in (_PERCENT if point.unit == "%" else _WHOLE)]
    if point.unit != "%" and right >= 20:
        shifted = [right * f for f in (1.5, 0.5, 2, 0.8, 1.2)] if right % 10 == 0 else [right + s for s in (5, -5, 10, -10, 15)]
    if point.unit == "小时":
        shifted = [1, 2, 4, 6, 8, 12, 24, 36, 48, 72]
    if right != int(right):
        shifted = [right * f for f in (2, 0.5, 1.4, 0.6, 3)]
    pool = [n for n in others if _fits(n, right, point.unit)] + [n for n in shifted if _fits(n, right, point.unit)]
    pool = list(dict.fromkeys(round(n, 6) for n in pool))
    rng.shuffle(pool)
    for number in sorted(pool, key=lambda n: abs(n - right) > 25 if point.unit == "%" else abs(n - right) > right):
        if written := _written(number, value):
            yield Wrong(written, max(0.2, 1 - abs(number - right) / max(right, 1)))


def _fits(number: float, right: float, unit: str) -> bool:
    if number <= 0 or number == right or (unit == "%" and right <= 100 and (number > 100 or number == 100)):
        return False
    return right / 5 <= number <= right * 5


def _written(number: float, like: str) -> str:
    """Write a number in the form of the printed value: digits or Chinese numerals, decimals as many as it has."""
    match = re.match(r"(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(?P<unit>.*)", like, re.S)
    if match is None:
        return ""
    if not match["n"][0].isdigit():
        if number != int(number) or number > 99:
            return ""
        return ("两" if number == 2 else numeral_of(int(number))) + match["unit"]
    decimals = len(match["n"].partition(".")[2])
    text = f"{number:.{decimals}f}"
    return "" if number_in(text) == 0 else text + match["unit"]


# ---------------------------------------------------------------- time

_DATE = re.compile(r"(?P<year>20\d\d)年(?:(?P<month>\d{1,2})月)?(?P<rest>.*)")


def _times(_: Material, point: Point, rng: random.Random) -> Iterator[Wrong]:
    """The same form of date in other years of the plan, or with another month of it."""
    match = _DATE.fullmatch(point.values[0])
    if match is None:
        return
    year, month, rest = int(match["year"]), match["month"], match["rest"]
    first, last = point.document.card.years or (year - 2, year + 2)
    around = [y for y in range(year - 2, year + 3) if y != year]
    years = [y for y in around if first <= y <= last]
    years = years if len(years) > 1 else [y for y in around if first - 1 <= y <= last + 1]
    rng.shuffle(years)
    pool = [(f"{y}年{f'{month}月' if month else ''}{rest}", 1 - 0.2 * abs(y - year)) for y in years]
    if month:
        months = [m for m in (3, 6, 9, 12, 10, 5) if m != int(month)]
        rng.shuffle(months)
        other = [(f"{year}年{m}月{rest}", 0.9) for m in months]
        pool = [pair for two in zip(other, pool, strict=False) for pair in two] + other
    elif rest.startswith("底"):
        pool = pool[:2] + [(f"{y}年6月{rest}", 0.8) for y in (year, *years)] + pool[2:]
    for value, close in pool:
        yield Wrong(value, close)


def _often(_: Material, point: Point, rng: random.Random) -> Iterator[Wrong]:
    """The neighbours on the scale of how often."""
    at = OFTEN.index(point.values[0])
    common = ("每周", "每月", "每季度", "每半年", "每年", "每两年")
    pool = [w for w in common if w != point.values[0]]
    rng.shuffle(pool)
    for value in sorted(pool, key=lambda w: abs(OFTEN.index(w) - at) > 3):
        yield Wrong(value, 1 - 0.12 * abs(OFTEN.index(value) - at))


# ---------------------------------------------------------------- offices

_COORDINATES = re.compile("委办|办公室|委员会|指挥部|领导小组|专班|政府|编办|安委|管委会")


def _offices(material: Material, point: Point, rng: random.Random) -> Iterator[Wrong]:
    """Other offices of the same document, first of the kind of the right one (bureaus for a bureau), then of the library."""
    own = material.pages_of(point).units
    level = point.values[0][0]
    rest = [u for pages in material.all if pages.document.id != point.document.id for u in pages.units if u[0] == level]
    kind = bool(_COORDINATES.search(point.values[0]))
    pool = list(own)
    rng.shuffle(pool)
    rng.shuffle(rest)
    ends = {v[-1] for v in point.values}
    for unit in [*sorted(pool, key=lambda u: (bool(_COORDINATES.search(u)) != kind, u[-1] not in ends, u[0] != level)), *rest]:
        if len(unit) <= 14 and "所在地" not in unit and not (_COORDINATES.search(unit) and not kind):
            yield Wrong(unit, 0.5 + 0.5 * min(own[unit], 10) / 10)


# ---------------------------------------------------------------- parts of lists


def _parts(material: Material, point: Point, rng: random.Random) -> Iterator[Wrong]:
    """Parts of other lists that look like the right parts and come from near: as long, of the same chapter, beginning or ending alike."""
    right = point.values
    lengths = [len(v) for v in right]
    low, high = min(lengths), max(lengths)
    slack = 0 if low == high else min(2, low // 3)
    titles = all(v.startswith("《") for v in right)
    scored: list[tuple[float, float, str]] = []
    for pages in sorted(material.all, key=lambda p: p.document.id != point.document.id)[:40]:
        for candidate, chapter in pages.parts:
            if low - slack <= len(candidate) <= high + slack and candidate.startswith("《") == titles:
                home = pages.document.id == point.document.id
                scored.append((_looks(candidate, right), home + (home and chapter == point.path[:1]) + rng.random(), candidate))
    likely = [s for s in scored if s[0] >= LIKELY]
    for alike, _, candidate in sorted(likely, key=lambda s: -s[1]):
        yield Wrong(candidate, min(1.0, alike))


def _looks(candidate: str, right: tuple[str, ...]) -> float:
    """How much a part looks like the right ones: a quarter each for beginning and ending as one of them, up to 0.5 for common characters.

    Where most of the right ones begin (or end) alike, one that does not is seen through at once, as is one that shares few
    characters with any of them: 0.
    """
    quoted = sum(v.startswith("“") and v.endswith("”") for v in right) * 2 > len(right)
    if (candidate.startswith("“") and candidate.endswith("”")) != quoted:
        return 0.0
    candidate, right = plain(candidate), tuple(map(plain, right))
    if not candidate:
        return 0.0
    for at in (0, -1):
        mark, count = Counter(v[at] for v in right).most_common(1)[0]
        if count * 2 >= len(right) and count > 1 and candidate[at] != mark:
            return 0.0
    begins = candidate[0] in {v[0] for v in right}
    ends = candidate[-1] in {v[-1] for v in right}
    common = max(len(set(candidate) & set(v)) / len(set(candidate)) for v in right)
    return 0.25 * begins + 0.25 * ends + min(0.5, common) if common >= 0.4 else 0.0
