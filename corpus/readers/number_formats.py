"""How a spreadsheet prints a number: 0.95 under `0%` is 95%, 45838 under `yyyy"年"m"月"` is 2025年6月.

Number formats after ISO/IEC 29500-1, 18.8.30, as far as documents use them; the built-in ones as a Chinese Excel shows them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "yyyy/m/d", 16: "m/d", 17: "yyyy/m", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "yyyy/m/d", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4}|AM/PM|上午/下午|[0#?.,]+|%|.', re.DOTALL)
_DATE_PART = re.compile(r"[yYdDhHsS]|[mM]{1,5}|a{3,4}$")
_DAYS = "一二三四五六日"


def printed(value: float, form: str, *, epoch_1904: bool = False) -> str:
    """Print a number in a number format; "" where the format shows nothing (`;;;`)."""
    section = _section(value, form)
    if section is None or section.strip().lower() in ("general", "@", "g/通用格式"):
        return plain(value)
    tokens = _tokens(section)
    if _is_date(tokens):
        return _printed_date(value, tokens, epoch_1904)
    return _printed_number(value if ";" not in form else abs(value), tokens)


def plain(value: float) -> str:
    """Print a number without a format: whole ones without a point."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def shows_nothing(form: str) -> bool:
    """Tell a format that hides every value."""
    return form.strip() == ";;;"


def _section(value: float, form: str) -> str | None:
    """Choose the part for positive, negative or zero numbers."""
    sections = _split(form)
    if not form.strip():
        return None
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


@lru_cache(maxsize=1024)
def _split(form: str) -> tuple[str, ...]:
    sections = [""]
    for token in _TOKEN.findall(form[:255]):
        if token == ";":
            sections.append("")
        else:
            sections[-1] += token
    return tuple(sections)


@lru_cache(maxsize=1024)
def _tokens(section: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(section))


def _is_date(tokens: tuple[str, ...]) -> bool:
    return any(_DATE_PART.match(token) for token in tokens) and not any(token[0] in "0#?" for token in tokens)


def _literal(token: str) -> str | None:
    """Give the text that a token prints as it is; None for a token that prints the number."""
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    return "" if token[0] in "_*[" and len(token) > 1 else None


def _printed_number(value: float, tokens: tuple[str, ...]) -> str:
    percent = "%" in tokens
    scaled = value * 100 if percent else value
    out = ""
    used = False
    for token in tokens:
        literal = _literal(token)
        if literal is not None:
            out += literal
        elif token[0] in "0#?.," and any(c in "0#?" for c in token):
            out += "" if used else _digits(scaled, token)
            used = True
        elif token[0] not in ".,":
            out += token
    # A format of words alone prints them; anything odd is better shown plainly.
    return out.strip() if used or out.strip() else plain(value)


def _digits(value: float, pattern: str) -> str:
    whole, _, part = pattern.partition(".")
    places = sum(c in "0#?" for c in part)
    needed = sum(c == "0" for c in part)
    text = f"{value:,.{min(places, 15)}f}" if "," in whole else f"{value:.{min(places, 15)}f}"
    if places > needed and "." in text:
        kept = len(text) - (places - needed)
        while len(text) > kept and text.endswith("0"):
            text = text[:-1]
        text = text.removesuffix(".")
    zeros = sum(c == "0" for c in whole)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    before = digits.partition(".")[0]
    return sign + "0" * (zeros - len(before)) + digits if zeros > 1 else text


def _printed_date(value: float, tokens: tuple[str, ...], epoch_1904: bool) -> str:
    # Day 60 of the 1900 system is a day that never was.
    days = value + (1462 if epoch_1904 else 0)
    if not 0 <= days < 2_958_466:
        return plain(value)
    when = datetime(1899, 12, 30) + timedelta(seconds=round((days + (1 if days < 60 else 0)) * 86_400))
    out = ""
    timed = False
    for token in tokens:
        literal = _literal(token)
        if literal is not None:
            out += literal
            continue
        kind = token[0].lower()
        after_hours = kind == "m" and len(token) <= 2 and timed
        out += f"{when.minute:0{len(token)}d}" if after_hours else _date_part(when, token)
        timed = kind == "h" or (timed and kind not in "ydm")
    return out.strip()


def _date_part(when: datetime, token: str) -> str:
    kind, size = token[0].lower(), len(token)
    if kind == "y":
        return f"{when.year:04d}" if size > 2 else f"{when.year % 100:02d}"
    if kind == "m":
        return f"{when.month:02d}" if size == 2 else str(when.month)
    if kind == "d":
        return f"{when.day:02d}" if size == 2 else str(when.day) if size < 3 else f"星期{_DAYS[when.weekday()]}"
    if kind == "a" and size > 2 and token.islower():
        return ("星期" if size > 3 else "") + _DAYS[when.weekday()]
    if kind in "hs":
        number = when.hour if kind == "h" else when.second
        return f"{number:0{min(size, 2)}d}"
    return "" if "/" in token and size > 1 else token


def printed_day(value: datetime | date) -> str:
    """Print a date whose format is not known as Excel does by default."""
    day = f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{day} {value.hour}:{value.minute:02d}"
    return day
