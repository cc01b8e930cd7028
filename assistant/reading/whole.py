"""Ends a span where its last word ends: a network that points at characters may stop at 20分 of 20分钟."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.reading.types import PassageReader
    from index.reader import Reading

_CUT = re.compile(r"(?<=[0-9一二三四五六七八九十百两几半])(?:个(?=工作日|月|小时|百分点|自然日)|分(?=钟)|小(?=时)|平方(?=米|公里)|公(?=里|斤))")
_REST = re.compile("工作日|自然日|月|小时|百分点|钟|时|米|公里|里|斤")
_FIGURE = re.compile(r"[0-9]$")
_MEASURE = re.compile("个(?:工作日|月|小时)?|小时|分钟|平方米|公里|万?元|[天日年月周次名人家户所座套台辆具件份张艘米吨亩项条%]")
_ASKED = re.compile("多少|几|多大|多长|多久")


@dataclass(frozen=True, slots=True)
class WholeWords:
    """A reader whose spans are completed by the rest of a measure word, and a bare figure by its measure word where one is asked for."""

    reader: PassageReader

    @property
    def name(self) -> str:
        return self.reader.name

    def read(self, question: str, passages: Sequence[str]) -> tuple[Reading, ...]:
        """Read as the reader does, then complete every span."""
        asked = bool(_ASKED.search(question))
        found = self.reader.read(question, passages)
        return tuple(replace(one, end=_end(text, one.end, asked=asked)) if one.end > one.start else one for one, text in zip(found, passages, strict=True))


def _end(text: str, end: int, *, asked: bool) -> int:
    if _cut_at(text, end) and (rest := _REST.match(text, end)):
        return rest.end()
    if asked and _FIGURE.search(text[:end][-1:]) and (measure := _MEASURE.match(text, end)):
        return measure.end()
    return end


def _cut_at(text: str, end: int) -> bool:
    """Does the text go on with the rest of the measure word that ends here?"""
    return any(found.end() == end for found in _CUT.finditer(text, max(end - 4, 0), end + 6))
