"""Put English words around a Chinese answer: `Lead unit: 区消防救援大队 (District Fire and Rescue Brigade)`.

The Chinese stays as the document prints it; what stands in brackets is composed from tables and given only when every part of it
is certain. Nothing is translated freely.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from assistant.lexicon.english import BODIES, GLOSSARY
from assistant.lexicon.english_answers import (
    BODY_LEVELS,
    BOUNDS,
    COLLECTIVES,
    FIGURE_UNITS,
    LABELS,
    MONTH_NAMES,
    PLACE_LEVELS,
    REASONS,
    RECURRENCES,
    SCALES,
)
from corpus.dates import deadlines_in
from corpus.types import Deadline, Span
from corpus.units import is_open_list, split_units, unit_key
from corpus.width import narrow

_SMALL_WORDS = frozenset(("and", "of", "for", "the", "in", "on", "at"))
_PLACED = re.compile(r"(?P<name>[㐀-鿿]{2,4}?)(?P<level>省|市|区|县|旗|镇|乡|街道)(?P<rest>[㐀-鿿]{2,})")
_FIGURE = re.compile(rf"(?P<number>\d+(?:\.\d+)?)(?P<scale>[万亿]?)(?P<unit>{'|'.join(sorted(FIGURE_UNITS, key=len, reverse=True))})")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_COUNTED = re.compile(r"^共(?:有)?(\d+)[项个条章份家]")
_YES = re.compile(r"^(?:是的?|对|可以|能|需要|必须|有)(?=[,。:;]|$)")
_NO = re.compile(r"^(?:不是|否|不对|不可以|原则上不可以|不能|不需要|没有)(?=[,。:;]|$)")


def framed(kind: str, chinese: str, until: date | None) -> str:
    """Frame an answer; see `assistant.english.border.frame`."""
    text = chinese.strip()
    if kind == "refused":
        return f"{LABELS['refused'][0]}: {_reason(text)} ({text})" if text else LABELS["refused"][0] + "."
    label = LABELS.get(kind, LABELS["other"])[1 if _is_many(kind, text) else 0]
    if kind == "yesno":
        label = "No" if _NO.match(text) else "Yes" if _YES.match(text) else label
    english = _reading(kind, text, until)
    if "\n" in text:
        return f"{label}{f' ({english})' if english else ''}:\n{text}"
    return f"{label}: {text}{f' ({english})' if english else ''}"


def _is_many(kind: str, text: str) -> bool:
    return bool(re.search("[、;]|等$", text)) if kind in ("lead", "support") else ";" in text


def _reading(kind: str, text: str, until: date | None) -> str:
    if kind in ("lead", "support"):
        return _units(text)
    if kind == "deadline":
        return _deadline(text, until)
    if kind == "number":
        return _figure(text)
    if kind in ("count", "reverse"):
        counted = _COUNTED.match(text)
        return f"{counted.group(1)} in all" if counted else ""
    return ""


# ---------------------------------------------------------------- units


def unit_in_english(name: str) -> str:
    """Give the English name of an office, "" when any part of it is not certain (区住建局 -> District Housing … Bureau)."""
    name = narrow(name.strip())
    for pattern, english in COLLECTIVES:
        if pattern.fullmatch(name):
            return english
    if found := _names().get(name):
        return found
    for level, english in BODY_LEVELS.items():
        if name.startswith(level) and (body := _body(name[len(level) :], level)):
            return f"{english} {body}"
    placed = _PLACED.fullmatch(name)
    if placed and (body := _body(placed["rest"], placed["level"])):
        return f"{_place(placed['name'], placed['level'])} {body}"
    return ""


def _body(name: str, level: str) -> str:
    if re.search("局.+分局", name):
        # 生态环境局某某分局: the branch's place would be lost.
        return ""
    if level == "省" and name.endswith("厅"):
        return _body(name[:-1] + "局", "").replace("Bureau", "Department")
    return _names().get(name) or _keys().get(unit_key(name), "")


def _place(name: str, level: str) -> str:
    readings = readings_of(name)
    if any(len(options) > 1 for options in readings):
        # 泊 is bo or po: without knowing the place, only its level is certain.
        return BODY_LEVELS[level]
    return f"{''.join(options[0] for options in readings).capitalize()} {PLACE_LEVELS[level]}"


@lru_cache(maxsize=4096)
def readings_of(name: str) -> tuple[tuple[str, ...], ...]:
    """Give all toneless pinyin readings of each character, the usual one first (ü as v and u)."""
    from pypinyin import Style, pinyin

    found = []
    for character in name:
        readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        spelt = (o for reading in readings for o in ((re.sub("ü", "v", reading), re.sub("[üv]", "u", reading)) if re.search("[üv]", reading) else (reading,)))
        found.append(tuple(dict.fromkeys(spelt)))
    return tuple(found)


@cache
def _names() -> dict[str, str]:
    """Chinese name -> English: of the glossary's first line that begins with it, else of the first that lists it."""
    bodies = [(_titled(wording), renderings) for wording, renderings in GLOSSARY.items() if wording in BODIES]
    found: dict[str, str] = {}
    for english, renderings in bodies:
        found.setdefault(renderings[0], english)
    for english, renderings in bodies:
        for other in renderings[1:]:
            if len(other) >= 3 and not other.endswith("部门"):
                found.setdefault(other, english)
    return found


@cache
def _keys() -> dict[str, str]:
    found: dict[str, str] = {}
    for chinese, english in _names().items():
        found.setdefault(unit_key(chinese), english)
    return found


def _titled(wording: str) -> str:
    words = [word if word in _SMALL_WORDS else word.capitalize() for word in wording.split()]
    return " ".join(words).replace("Urban Rural", "Urban-Rural").replace("State Owned", "State-owned").replace("Sub Bureau", "Sub-bureau")


def _units(text: str) -> str:
    english = [unit_in_english(mention.value) for mention in split_units(text, Span(0, len(text)))]
    if not english or not all(english):
        return ""
    return ", ".join(english) + (" and others" if is_open_list(text) else "")


# ---------------------------------------------------------------- dates and figures


def _deadline(text: str, until: date | None) -> str:
    if until is not None:
        return f"by {_written(until)}"
    stated = [d for d in deadlines_in(text, Span(0, len(text))) if d.until or d.since]
    if len({(d.since, d.until) for d in stated}) == 1:
        return _bounds(stated[0])
    if not stated:
        for pattern, english in RECURRENCES:
            if match := pattern.search(text):
                return _recurring(english, match)
    return ""


def _bounds(deadline: Deadline) -> str:
    if deadline.kind == "during" and deadline.since and deadline.until:
        return f"from {_written(deadline.since)} to {_written(deadline.until)}"
    if deadline.kind == "from" and deadline.since:
        return f"from {_written(deadline.since)}"
    return f"by {_written(deadline.until)}" if deadline.until and deadline.kind == "by" else ""


def _recurring(english: str, match: re.Match[str]) -> str:
    numbers = [int(group) for group in match.groups()]
    month = MONTH_NAMES[numbers[0] - 1] if numbers and 1 <= numbers[0] <= 12 else ""
    return english.format(month=month, day=numbers[-1] if numbers else "", number=numbers[0] if numbers else "")


def _written(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _figure(text: str) -> str:
    """The English of the one figure in `text`; "" when there are several, or digits that are no figure with a unit."""
    plain = re.sub(r"(?:19|20)\d{2}年|\d{1,2}月(?:\d{1,2}日)?", "", text)
    match = _FIGURE.search(plain)
    if match is None or len(_DIGITS.findall(plain)) != 1:
        return ""
    value = float(match["number"]) * SCALES[match["scale"]]
    number = f"{value:,.0f}" if value == int(value) else match["number"]
    bound = next((english for pattern, english in BOUNDS if pattern.search(plain)), "")
    return f"{bound}{number}{FIGURE_UNITS[match['unit']]}"


def _reason(text: str) -> str:
    for pattern, english in REASONS:
        if match := pattern.search(text):
            return english.format(*match.groups())
    return "nothing in them states it"
