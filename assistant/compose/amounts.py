"""Figures of cells as amounts: read with their unit, put into one unit, added up, printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.compose.rows import cell_value
from assistant.tables.cell_names import plain
from assistant.tables.sheets import Sheet
from corpus.numbers import value_of

_PRINTED = re.compile(r"[约≥≤<>]?(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d()]{0,8})(?:[(][^()]*[)])?")
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SIZES = {"公里": ("米", "1000"), "千米": ("米", "1000"), "厘米": ("米", "0.01"), "毫米": ("米", "0.001"), "千克": ("公斤", "1"), "千瓦": ("千瓦", "1"), "千伏": ("千伏", "1")}
_SAME = {"名": "人", "位": "人", "块": "元", "块钱": "元"}


@dataclass(frozen=True, slots=True)
class Amount:
    """value: in the smallest unit of its kind (元, 米, 人).  unit: that unit, "" when none is stated.  printed: the unit as the cell has it."""

    value: Decimal
    unit: str
    printed: str

    @property
    def share(self) -> bool:
        return self.unit in ("%", "‰", "个百分点", "百分点")


def amount_in(sheet: Sheet, row: int, column: int) -> Amount | None:
    """Read a cell that holds one figure; None for an empty one, words or a range."""
    match = _PRINTED.fullmatch(plain(cell_value(sheet, row, column)))
    return amount(match.group("number"), match.group("unit")) if match else None


def amount(number: str, unit: str) -> Amount | None:
    """Read a figure and its unit; None when the number is none."""
    value = Decimal(number.replace(",", "")) if number[0] in "+-0123456789" else value_of(number)
    if value is None:
        return None
    base, factor = _base(unit)
    return Amount(Decimal(value) * factor, base, unit)


def _base(unit: str) -> tuple[str, Decimal]:
    factor = Decimal(1)
    while unit not in _SIZES and unit[:1] in _SCALES and (len(unit) > 1 or unit in "万亿"):
        factor *= _SCALES[unit[0]]
        unit = unit[1:]
    base, size = _SIZES.get(unit, (_SAME.get(unit, unit), "1"))
    return base, factor * Decimal(size)


def of_one_unit(amounts: Sequence[Amount]) -> bool:
    """Can they be added up or compared?"""
    return len({a.unit for a in amounts}) == 1


def summed(amounts: Sequence[Amount]) -> str:
    """Print the sum in the unit of the first. The amounts are of one unit."""
    return said(sum((a.value for a in amounts), Decimal(0)), amounts[0])


def said(value: Decimal, like: Amount) -> str:
    """Print a value that is in the smallest unit of its kind in the unit of `like`."""
    return bare(value / _base(like.printed)[1]) + like.printed


def bare(value: Decimal, places: int = 4) -> str:
    """Print a number without zeros at its end."""
    text = f"{round(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
