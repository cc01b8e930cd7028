"""The items of a list that was answered before, and which of them a follow-up means: 第二项呢, 最后一个由谁牵头, 前两项."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Turn
from corpus.numbers import CN, value_of
from corpus.text import fold

_ITEM = re.compile(r"(?m)^(\d{1,2})\.\s*(.+)$")
_WHICH = re.compile(
    rf"^(?:那么?|其中)?(?:的)?(?:第(?P<nth>[{CN}\d]{{1,3}})|(?P<last>最后|最末|末尾)(?:的)?[一1]?|倒数第(?P<back>[{CN}\d]{{1,2}})|前(?P<first>[{CN}\d]{{1,2}})|后(?P<tail>[{CN}\d]{{1,2}}))"
    r"(?:大)?(?P<measure>项|个|条|点|种|类|件|步|方面|样)(?:任务|工作|措施|材料|事项|内容|要求)?(?P<rest>.*)$"
)
_PLAIN = re.compile(r"^(?:都|又|具体|详细|的|是|指|说|讲|有)*(?:什么|啥|哪个|哪些|内容|怎么做|怎么说|怎样|如何|情况)?(?:内容|意思|要求|规定)?(?:呢|的)?[?。]*$")


@dataclass(frozen=True, slots=True)
class Meant:
    """items: the texts of the items meant, as they were read out; none where the list is shorter.  rest: what is asked of them; "" for
    the items themselves.  listed: how many there are.  numbers: which of them are meant, from 1.
    """

    items: tuple[str, ...]
    rest: str
    listed: int
    numbers: tuple[int, ...] = ()


def items_meant(question: str, history: Sequence[Turn]) -> Meant | None:
    """Find the items of the last list answered that a question means; None where it means none, or something was spoken of since."""
    chosen = _WHICH.search(fold(question))
    if chosen is None:
        return None
    asked = [_WHICH.search(fold(turn.question)) for turn in history]
    # 第二项呢 goes on from the list itself; 前两项分别由谁牵头 can only mean a list, though something else was asked since.
    reaches = bool(chosen["first"] or chosen["tail"]) or not _PLAIN.match(chosen["rest"])
    start = len(history)
    while start and (asked[start - 1] or (reaches and start > len(history) - _BACK and len(_items(history[start - 1].answer)) < 2)):
        start -= 1
    items = _items(history[start - 1].answer) if start else []
    if len(items) < 2:
        return None
    numbers = _chosen(chosen, len(items))
    meant = [items[n - 1] for n in numbers]
    rest = chosen["rest"]
    if _PLAIN.match(rest):
        # 第三项呢 after 第二项由谁牵头 asks the same of another item.
        earlier = [m["rest"] for m in asked[start:] if m and not _PLAIN.match(m["rest"])]
        rest = earlier[-1] if earlier and re.match("呢?[?。]*$", rest) else ""
    beyond = not meant and chosen["measure"] != "条"  # 第九条 may be an article
    return Meant(tuple(meant), rest, len(items), tuple(numbers)) if meant or beyond else None


_BACK = 3
"""Turns after which a list is no longer meant."""


def _items(answer: str) -> list[str]:
    return [text.strip() for _, text in _ITEM.findall(answer)] or _named(answer)


def _named(answer: str) -> list[str]:
    """The members of a list that is answered on one line: short words (红、橙、黄、蓝), or clauses between semicolons."""
    if "\n" in answer:
        return []
    clauses = [clause for clause in re.split("[;；]", answer.strip().rstrip("…。")) if clause.strip("… ")]
    if len(clauses) > 1 and "。" not in answer.rstrip("。… "):
        return clauses
    return answer.split("、") if answer.count("、") and "。" not in answer else []


def _chosen(match: re.Match[str], count: int) -> list[int]:
    """The numbers of the items that are meant, of `count`; none where the list is shorter."""
    if match["last"]:
        return [count]
    number = value_of(match["nth"] or match["back"] or match["first"] or match["tail"]) or 0
    if not 0 < number <= count:
        return []
    if match["nth"]:
        return [number]
    if match["back"]:
        return [count + 1 - number]
    return list(range(1, number + 1) if match["first"] else range(count + 1 - number, count + 1))
