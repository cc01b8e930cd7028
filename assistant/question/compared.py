"""A follow-up that holds the figure spoken of against another: 比前一年多还是少, 和2025年差多少, 两年差多少, 涨了多少.

It asks about what was spoken of and changes nothing of it: the questions behind it go on from the one before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import fold

MORE = {"早": -1, "快": -1, "晚": 1, "慢": 1, "高": 1, "多": 1, "长": 1, "久": 1, "大": 1, "贵": 1, "重": 1, "远": 1, "近": -1, "低": -1, "少": -1, "短": -1, "小": -1, "便宜": -1, "轻": -1}
"""What is asked for by a word of degree: the greater (1) or the smaller (-1) value."""
_LEAD_IN = "(?:那么?|它|他们|这个?|这边|我们|今年|现在)*"
_RISES = "(?:增加|增长|上涨|提高|上升|增|涨|升|下降|降低|减少|压减|降|减)"
_ENDING = "(?:吗|么|不|呢|多少|几[㐀-鿿]{0,2}|还是[㐀-鿿]|了)?[?]?$"
_HELD = rf"(?:[更还要会得是]*(?P<degree>{'|'.join(MORE)})(?:一?些|一?点|了|得多|出)*|(?:的)?(?:相差|差(?:距|额|别)?|{_RISES})(?:了|是|有)*){_ENDING}"
_AGAINST = re.compile(rf"^{_LEAD_IN}(?:比起?|较|和|跟|与|同)(?P<other>[^,?]{{1,10}}?)(?:的|那边|相比|比起来|比|时|,)*{_HELD}")
_TWO = re.compile(rf"^{_LEAD_IN}(?:这|前后)?(?P<two>两|二)(?:年|个?数|者|个)(?:之间|比)?(?:的)?(?:相差|差(?:距|额|别)?){_ENDING}")
_RISEN = re.compile(rf"^{_LEAD_IN}(?:一共|总共)?{_RISES}了(?:多少|几[㐀-鿿]{{0,2}})[?]?$")


@dataclass(frozen=True, slots=True)
class Against:
    """other: what it is held against, "" for what it was before, "二" for the question before the last.  degree: the word asked with, "" for none."""

    other: str
    degree: str


def held_against(question: str) -> Against | None:
    """Read what a follow-up holds the figure spoken of against; None for other questions."""
    folded = fold(question)
    if found := _AGAINST.search(folded):
        return Against(found["other"], found["degree"] or "")
    if _TWO.search(folded):
        return Against("二", "")
    return Against("", "") if _RISEN.search(folded) else None
