"""Questions answered in writing: fill in a blank, name all parts."""

from __future__ import annotations

from assistant.quiz.making import Made, Workshop, opening
from assistant.quiz.wording import WRITTEN_BLANK, filled
from corpus.numbers import numeral_of, value_of


def fill(workshop: Workshop) -> Made | None:
    """One blank in the statement; of several values one is left out, the others stay."""
    point = workshop.point
    values = list(point.values)
    at = workshop.rng.randrange(len(values))
    right = values[at]
    if len(values) > 1 and (point.family in ("lead", "support") or len(values) < 3 or len(right) < 2):
        return None
    values[at] = WRITTEN_BLANK
    stem = f"{opening(workshop, statement=point.statement)}{point.with_values(values)}。"
    return Made(stem, (), accepted_forms(right), right, 0.5)


def accepted_forms(value: str) -> tuple[str, ...]:
    """Give the ways to write a value: as printed first, then with the other numerals, without a closing 前."""
    forms = [value]
    if value.endswith("%"):
        forms += ["百分之百"] if value == "100%" else [f"百分之{_chinese(value[:-1])}"] if _chinese(value[:-1]) else []
    elif not value.endswith("年") and (number := value[:-1]) and (chinese := _chinese(number)):
        forms.append(chinese + value[-1])
    elif value and value[0] in "一二两三四五六七八九十" and value_of(value[:-1]) is not None:
        forms.append(f"{value_of(value[:-1])}{value[-1]}")
    if value.endswith("以前"):
        forms += [value[:-2] + "前", value[:-2]]
    elif value.endswith("前"):
        forms.append(value[:-1])
    elif value.endswith("底"):
        forms.append(value + "前")
    return tuple(dict.fromkeys(forms))


def _chinese(number: str) -> str:
    return "两" if number == "2" else numeral_of(int(number)) if number.isdecimal() and int(number) < 10_000 else ""


def short(workshop: Workshop) -> Made | None:
    """All parts in one's own order; each has to be named."""
    point = workshop.point
    if not point.question or not 2 <= len(point.values) <= 6:
        return None
    stem = f"{opening(workshop, statement='“')}{point.question}"
    return Made(filled(stem, ""), (), point.values, "；".join(point.values), 0.2 + 0.1 * len(point.values))
