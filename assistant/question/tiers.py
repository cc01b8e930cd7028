"""Steps of a scale that texts give values for (四层:12万元, 七层及以上:20万元, 未满十八周岁), and whether one that is asked about is among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.numbers import CN, value_of

_SCALES = {"层": "层", "周岁": "岁", "岁": "岁", "年级": "年级", "档": "档"}
"""Measure words of scales, with the scale of each. A number before another word counts things and is no step."""
ONE_STEP = rf"(?:\d{{1,3}}|[{CN}]{{1,4}})(?:{'|'.join(_SCALES)})(?!次|出|面|级)"
"""A step as a question names it."""
_N = rf"(?<!第)(?:\d{{1,3}}|[{CN}]{{1,4}})"
_STEP = re.compile(
    rf"(?P<under>未满|不满|不足|低于|不到|小于|不超过|不高于|超过|高于|大于|年满|已满|满)?(?P<low>{_N})(?:{'|'.join(_SCALES)})?(?:(?:至|到|[-—–~～])+(?P<high>{_N}))?(?P<word>{'|'.join(_SCALES)})(?!次|出|面|级)"
    rf"(?:的?(?:[(（]含[^()（）]*[)）])?(?P<open>及?以上|及?以下|以内|以外))?"
)


@dataclass(frozen=True, slots=True)
class Step:
    """low, high: the numbers the step takes in, both included.  text: as printed."""

    scale: str
    low: float
    high: float
    text: str


@lru_cache(maxsize=4096)
def steps_in(folded: str) -> tuple[Step, ...]:
    """Give the steps that folded text names, in order."""
    found: list[Step] = []
    for match in _STEP.finditer(folded):
        low, high = value_of(match["low"]), value_of(match["high"]) if match["high"] else None
        if low is not None:
            found.append(Step(_SCALES[match["word"]], *_range(float(low), float(high if high is not None else low), match["under"] or "", match["open"] or ""), match.group()))
    return tuple(found)


def _range(low: float, high: float, before: str, after: str) -> tuple[float, float]:
    if before in ("未满", "不满", "不足", "低于", "不到", "小于"):
        return 0.0, low - 1
    if before in ("不超过", "不高于") or after.endswith(("以下", "以内")):
        return 0.0, high
    if before in ("超过", "高于", "大于"):
        return low + 1, _NO_END
    return (low, _NO_END) if before or after.endswith("以上") else (low, high)


_NO_END = 1e6


def fits(asked: str, text: str) -> bool | None:
    """Is the only step that a question names among those of a text? None where either names none. Both folded."""
    wanted = steps_in(asked)
    if len({step.text for step in wanted}) != 1:
        return None
    same = [step for step in steps_in(text) if step.scale == wanted[0].scale]
    return any(step.low <= wanted[0].low <= step.high for step in same) if same else None
