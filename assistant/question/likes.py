"""The word of a question that a follow-up changes, found by its likeness: 重度 → 中度, 20万以上 → 15万, 镜湖(营地) → 云峰(营地).

A word is like another when both end alike (抢险救援组, 善后舆情组), or when the library uses it before the same word (云峰营地).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.question.ellipsis import AFTER, BEFORE
from assistant.question.tagging import Words
from corpus.numbers import CN

_LESS_MORE = "(?:不到|不足|不满|未满|少于|低于|小于|超过|大于|高于|多于|年满|满|达到|至少)"
_AMOUNT = re.compile(
    rf"(?P<whole>{_LESS_MORE}?(?<![\d第{CN}])(?P<number>\d+(?:\.\d+)?|[{CN}两]+)个?(?P<scale>[万亿千百]?)(?P<unit>元|块钱|块|岁|人|平方米|平|米|公里|吨|户|张|台|%|天|年|个月|小时|次|家|亩|层|级)?(?:以上|以下|以内|之内|以外|左右)?)(?![号楼版月日])"
)
_LONGEST, _WORDS = 12, 4
_TO = re.compile("^(?:升到|降到|升为|降为|到了?|换成|属于|是)")
_ASKS = re.compile("[谁哪几吗么何啥怎]|多[少大长久高远]|如何|是否|不是|[是有能要]没|其[他它]|别的|所有|全部|^(?:单位|部门|时间|时限|期限|电话|材料|费用|金额|地址|文号|依据|标准|条件|流程|目标)$")
_ASKING = re.compile("[谁哪几吗么何啥怎呢]|多[少大长久高远]|如何|是否")


def like_put_in(asked: str, text: str, knows: Callable[[str], bool], words: Words) -> str | None:
    """Put what a folded follow-up names (中度呢) in the place of its like in a folded question; None where it has none there.

    knows: does the library have a string?
    """
    core = _TO.sub("", AFTER.sub("", BEFORE.sub("", asked)))
    if not 0 < len(core) <= _LONGEST or core in text or _ASKS.search(core):
        return None
    if (amount := _AMOUNT.fullmatch(core)) and (span := _like_amount(amount, text)):
        return text[: span[0]] + core + text[span[1] :]
    best = max(((_likeness(core, old, after, knows), -abs(len(core) - len(old)), start, old) for start, old, after in _spans(text, words)), default=None)
    if best is None or best[0] <= 0:
        return None
    _, _, start, old = best
    before = next((word for word, end in _ends(text, words) if end == start), "")
    # 植保无人机 → 拖拉机: what the library says before the old word and never before the new one goes with the old.
    if before and knows(before + old) and not knows(before + core):
        start, old = start - len(before), before + old
    return text[:start] + core + text[start + len(old) :]


_SUBJECT = re.compile(r"^(?:那么?)?(?:它们?|这个?(?:组|队|局|部门|单位|机构|小组|专班|公司|办公室|站|中心)|该[㐀-鿿]{1,3}?)的?(?=[㐀-鿿]{2})")
_ASKED_PART = re.compile(r"(?:由|归|是|要|都|的)*(?:谁|哪|什么|啥|几|多少|怎么|如何|何时|多[久长大]|吗|呢|牵头|负责|配合).*$")


def with_subject(asked: str, text: str) -> str | None:
    """Say a follow-up about 它 of what the question before is about: its words up to where it asks; None for others."""
    about = _ASKED_PART.sub("", text).rstrip(",的")
    found = _SUBJECT.match(asked)
    return about + asked[found.end() :] if found and len(about) > 2 else None


_AGAIN = re.compile(
    r"^(?:那么?|请问|麻烦问下?|还有|然后|另外)*,?(?:(?:这|那|该)(?:[件个项条笔些份支])?(?:事情?|工作|任务|项目|钱|方案|政策|队伍|单位|部门)?(?:的|当中|里面?|中)?|它们?的?)?(?=[㐀-鿿]{2})"
)
"""What of a follow-up only says again what was spoken of."""


THIS_MATTER = re.compile("^(?:那么?|请问|麻烦问下?|还有|然后|另外)*,?[这那该](?:[件个项条笔些份支])?(?:事情?|工作|任务|项目|钱|方案|政策)(?:的|当中|里面?|中)?[㐀-鿿]{2}")


def of_subject(asked: str, text: str, words: Words) -> str | None:
    """Say a folded follow-up in full: the things that the folded question before is about, then what is asked of them.

    镜湖营地收多少人, 帐篷有几顶 → 镜湖营地帐篷有几顶. None where the question before begins with asking.
    """
    about = _ASKED_PART.sub("", text.split(",")[0])
    cut = list(words.tag(about))
    while cut and (cut[-1][1][:1] not in _THINGS or len(cut[-1][0]) < _PAIR or ATTRIBUTE.fullmatch(cut[-1][0])):
        cut.pop()
    head = "".join(word for word, _ in cut)
    rest = asked[match.end() :] if (match := _AGAIN.match(asked)) else asked
    others = any(_another(one, other) for one, _ in cut for other, _ in words.tag(rest))
    return head + rest if len(head) > 1 and head not in rest and not others else None


def _another(one: str, other: str) -> bool:
    """Do two words differ in one character only (五层, 七层)?"""
    return len(one) == len(other) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1


ATTRIBUTE = re.compile("(?:咨询|联系|监督|投诉|服务|值班)?(?:电话|热线|号码|手机号?|邮箱|地址|联系人|联系方式|传真|邮编|网址|时间|时限|期限)(?:号码)?")
"""What is asked of a thing and is no part of it."""
_THINGS = "nvaijlxe"


def _like_amount(amount: re.Match[str], text: str) -> tuple[int, int] | None:
    """Where the one amount of the question stands that the given one may take the place of."""
    found = [m for m in _AMOUNT.finditer(text) if _agree(m["unit"], amount["unit"]) and _agree(m["scale"] and "万", amount["scale"] and "万") and (m["scale"] or m["unit"]) and not re.fullmatch(r"(?:19|20)\d\d", m["number"])]
    return found[0].span("whole") if len(found) == 1 else None


def _agree(one: str | None, other: str | None) -> bool:
    return not one or not other or one == other


def _spans(text: str, words: Words) -> Iterator[tuple[int, str, str]]:
    """Runs of up to four words that ask for nothing: (where, the run, the word behind it)."""
    cut = [word for word, _ in words.tag(text)]
    starts = [sum(map(len, cut[:i])) for i in range(len(cut) + 1)]
    for i in range(len(cut)):
        for j in range(i + 1, min(i + _WORDS, len(cut)) + 1):
            run = text[starts[i] : starts[j]]
            if len(run) > _LONGEST or _ASKING.search(run) or not re.fullmatch(r"[㐀-鿿\w“”\"ⅠⅡⅢⅣ]+", run):
                break
            if len(run) > 1:
                yield starts[i], run, cut[j] if j < len(cut) else ""


def _ends(text: str, words: Words) -> Iterator[tuple[str, int]]:
    """The words of a text that are Han and ask for nothing, each with where it ends."""
    at = 0
    for word, _ in words.tag(text):
        at += len(word)
        if len(word) > 1 and re.fullmatch("[㐀-鿿]+", word) and not _ASKING.search(word):
            yield word, at


def _likeness(core: str, old: str, after: str, knows: Callable[[str], bool]) -> float:
    """How like two words are; 0 for not at all."""
    if old in core or core in old:
        return _SAME_END * min(len(core), len(old)) if core.endswith(old) else 0.0
    end = _shared(core[::-1], old[::-1])
    start = _shared(core, old)
    gap = abs(len(core) - len(old))
    alike = _SAME_END * end + start - _GAP * gap if end and (end > 1 or gap <= 2) else 0.0
    if not end and start and gap == 0 and len(core) <= _PAIR + 1:
        alike = start
    before_the_same = len(after) > 1 and not _ASKING.search(after) and re.fullmatch("[㐀-鿿]+", after) is not None and knows(core + after)
    return max(alike, 0.0) + (_BEFORE_THE_SAME if before_the_same and gap <= _PAIR else 0.0)


def _shared(one: str, other: str) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


_SAME_END, _GAP, _BEFORE_THE_SAME, _PAIR = 2.0, 0.4, 2.5, 2
