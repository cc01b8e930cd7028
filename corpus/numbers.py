"""Chinese and Arabic numerals: `二十一` and `21` are one number. Only for short marks and figures, never over running text
(三管三必须 must not become 3管3必须)."""

from __future__ import annotations

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

_LONGEST = 30
"""A longer row of digits is no number that anything is counted or dated with; Python refuses to read those over 4,300."""

CN = "零〇○一二两三四五六七八九十百千"
"""The characters a Chinese numeral of up to four digits is written with, for use in regular expressions."""


def value_of(numeral: str) -> int | None:
    """Read a whole numeral (`21`, `二十一`, `二〇二四`, `两千`); None when it is not one or beyond 30 characters."""
    numeral = numeral.strip()
    if not 0 < len(numeral) <= _LONGEST:
        return None
    if numeral.isdecimal():
        return int(numeral)
    if all(c in DIGITS for c in numeral):
        return int("".join(str(DIGITS[c]) for c in numeral))
    return _scaled(numeral)


def _scaled(numeral: str) -> int | None:
    total = section = digit = 0
    for c in numeral:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in SCALES and SCALES[c] < 10_000:
            section += (digit or 1) * SCALES[c]
            digit = 0
        elif c in SCALES:
            total += (section + digit) * SCALES[c]
            section = digit = 0
        else:
            return None
    return total + section + digit


def numeral_of(value: int) -> str:
    """Write 0..9999 in Chinese: 21 -> `二十一`."""
    if value < 10:
        return "零一二三四五六七八九"[value]
    parts: list[str] = []
    gap = False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            parts.append(("零" if gap else "") + "零一二三四五六七八九"[digit] + name)
            gap = False
        else:
            gap = bool(parts) and value > 0
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text
