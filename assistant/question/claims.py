"""What a question for yes or no claims: an amount, a date or an office, and the open question it would be the answer to.

能收12个娃吗 claims an amount; 能收多少个娃 is its open question, whose answer the claim is held against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.lexicon.cues import DOES, LEADS, SUPPORTS
from assistant.question.quantities import Amount, amounts_in, holds
from assistant.question.query import Query
from corpus.dates import deadlines_in
from corpus.types import Deadline, Span
from corpus.units import unit_matches

_OPEN = {"time": "多久", "money": "多少钱", "share": "百分之几", "age": "多少岁", "people": "多少人", "rhythm": "多久一次"}
_TAIL = re.compile(
    r"(?:,?(?:就|都|也|还)?(?:够了?|行了?|可以了?|好了?|算|没问题|没事)?(?:吗|么|吧|呢|不)?,?(?:对不对|对吗|对吧|是吗|是吧|是不是|行不行|行吗|够不够|可不可以|可以吗|成不成|有没有|没有)?[吗么吧呢不啊]?)[?]?$"
)
_ASKING = re.compile(r"(?:是不是|是否)(?=(?P<be>[是由归]))?|能不能|可不可以|能否|会不会|要不要|用不用|需不需要|(?<=[㐀-鿿])(?:都|只要|就|只用|光)(?=[是能可有要交存补给])")
_PLAIN = {"能不能": "能", "可不可以": "可以", "能否": "能", "会不会": "会", "要不要": "要", "用不用": "要", "需不需要": "需要"}
_PERMIT = re.compile("能(?!力|源|量|耗|效)|可(?!能)以?|行不行|行吗|允许|准(?!备|确|入|则)|让")
_ENOUGH = re.compile("够|就行|就可以|就能|就算|就好|就成|只要|只需|行了|可以了|没问题|达标|合格|合规|符合")
_REFUSED = re.compile("不行|不能|不可以|不予|不给|不让|不得|没法|作废|过期|来不及|拿不到|领不到|违规|不合|超标|不算|没资格")
_STILL = re.compile("还.{0,6}(?:有效|管用|作数|算数|能用|执行|适用)|有效期?到|没过期")
_TO_THE_DAY = re.compile(r"月\s*\d{1,2}\s*[日号]")
_BY = re.compile("前|之前|以前|内|底")
_DONE = re.compile("完成|建成|建好|做完|做好|办完|干完|弄完|达到|实现|交付|投用|开园|完工|竣工|整改|全部|全得|必须|就要|就得|要|得|能|结束|截止|到期|开始|印发|施行")


@dataclass(frozen=True, slots=True)
class Claim:
    """open: the question that the claim would answer.  One of amount, day, units, post is what is claimed; role: "lead" or "support" of a unit."""

    open: str
    amount: Amount | None = None
    day: Deadline | None = None
    units: tuple[str, ...] = ()
    role: str = ""
    post: str = ""


def claims_of(query: Query) -> Iterator[Claim]:
    """Give what a yes-or-no question claims, the most telling first; nothing where it claims no value."""
    folded = query.folded
    if amount := _claimed(folded):
        asked = _OPEN.get(amount.nature) or f"多少{amount.unit}"
        yield Claim(_opened(folded, amount.start, amount.end, asked), amount=amount)
    days = [d for d in deadlines_in(folded, Span(0, len(folded))) if d.kind != "recurring" and re.search("月|底|前|内", d.value)]
    if len(days) == 1 and (_DONE.search(folded) or _TO_THE_DAY.search(days[0].value)) or (days and _STILL.search(folded)):
        at = days[0].span
        asked = "什么时候失效" if _STILL.search(folded) else "什么时候"
        yield Claim(_opened(folded if asked == "什么时候" else re.sub("还?(?:有效|管用|作数|算数|能用|执行|适用)", "", folded), at.start, at.end, asked), day=days[0])
    units = [u for u in query.units if u in folded]
    if len(units) == 1 and (role := _role(folded)):
        start = folded.index(units[0])
        yield Claim(_opened(folded, start, start + len(units[0]), "哪个部门"), units=(units[0],), role=role)
    posts = list(POST.finditer(folded))
    if len(posts) == 1 and not units:
        yield Claim(_opened(folded, posts[0].start(), posts[0].end(), "谁"), post=posts[0].group())


_ARTICLES = ("places", "items", "份", "套", "张", "支", "班", "acts")
"""Natures of which one (一处, 一份) is said where nothing is counted."""


POST = re.compile("(?:常务|分管)?副?总?(?:指挥长|召集人|省长|市长|区长|县长|镇长|乡长|局长|主任|组长|书记|校长|院长|处长|科长|秘书长|班长|园长)(?!办|室|会议|信箱|热线|负责制)")
"""A post as a claim names its holder."""


def _claimed(folded: str) -> Amount | None:
    found = amounts_in(folded)
    plain = [a for a in found if a.nature != "rhythm" and not (a.number == 1 and not a.bound and a.nature in _ARTICLES)]
    found = tuple(a for a in found if a.nature == "rhythm") if not plain else found
    return plain[-1] if plain else found[-1] if found else None


def _role(folded: str) -> str:
    if re.search(LEADS, folded):
        return "lead"
    if re.search(SUPPORTS, folded):
        return "support"
    return "lead" if re.search(rf"{DOES}|归|由|是.{{2,12}}的(?:吗|吧|么)", folded) else ""


def _opened(folded: str, start: int, end: int, asked: str) -> str:
    """Ask for what stands at a place of a question instead of claiming it."""
    before, after = folded[:start], folded[end:]
    # 一年后, 满一个月: the question is how long, whatever is done then.
    after = _TAIL.sub("", re.sub("^(?:之?后|以后|之?内|以内|以上|以下)", "", after))
    text = _ASKING.sub(lambda m: _PLAIN.get(m.group(), "" if m.group() != "是不是" and m.group() != "是否" or m["be"] else "是"), f"{before}{asked}{after}")
    return f"{text.rstrip(',?')}?"


# ---------------------------------------------------------------- held against what is stated


_SAYS = re.compile("(?:是|为|达到?|到|上限|下限|最[多少高低长短]|目标|有|共|要|需|罚|补|奖|交|缴|收|领|发|给|加|减|存|开|[率期数额])了?(?:不是)?[㐀-鿿]{0,2}$")
"""Words before an amount that say it of the thing itself; elsewhere it tells which case is meant (四层的楼)."""


def amount_verdict(query: Query, claimed: Amount, stated: Amount, *, forbids: bool) -> bool | None:
    """Is the claim right? forbids: what is stated bounds a ban (2年内不得转让)."""
    folded = query.folded
    refused = bool(_REFUSED.search(_asked_of(folded, claimed)))
    if re.search("不[能得可许准]以?(?:再)?$", folded[: claimed.start]) and claimed.bound == "above":
        return stated.bound == "most" and claimed.number == stated.number
    case = bool(_PERMIT.search(folded) or _ENOUGH.search(folded) or refused or claimed.nature == "age" or not _SAYS.search(folded[: claimed.start]))
    held = holds(claimed, stated, limits=case)
    if held is None:
        return None
    if forbids and case and stated.bound == "most":
        held = not held
    return not held if refused else held


def _asked_of(folded: str, claimed: Amount) -> str:
    """What a question says behind its amount, without the forms that ask both ways (行不行)."""
    return re.sub(r"(.)不\1", "", folded[claimed.end :])


def day_verdict(query: Query, claimed: Deadline, stated: Deadline) -> bool | None:
    """Is a time limit claimed the one stated, or kept by it?"""
    if _STILL.search(query.folded):
        return claimed.until <= stated.until if claimed.until and stated.until else None
    if claimed.until is None or stated.until is None:
        short = re.search(r"\d+月(?:\d+[日号]|[底末初上中下]旬?)?", claimed.value)
        return short.group() in stated.value.replace(" ", "") if short else None
    within = _BY.search(claimed.value) and re.search("能|可以|会|赶", query.folded)
    return stated.until <= claimed.until if within else _same_day(claimed, stated)


def _same_day(claimed: Deadline, stated: Deadline) -> bool:
    a, b = claimed.until, stated.until
    assert isinstance(a, date) and isinstance(b, date)
    if "月" not in claimed.value:
        return a.year == b.year
    return (a.year, a.month) == (b.year, b.month) and (a.day == b.day or not re.search(r"月\s*\d", claimed.value))


def unit_verdict(claimed: str, stated: tuple[str, ...]) -> bool:
    return any(unit_matches(claimed, unit) for unit in stated)


def word_of(query: Query, claim: Claim, *, right: bool) -> str:
    """The word that leads the answer."""
    folded = query.folded
    refused = claim.amount is not None and _REFUSED.search(_asked_of(folded, claim.amount))
    bound_of = claim.amount is not None and re.search("不[能得可许准]以?(?:再)?$|是不是|是否", folded[: claim.amount.start])
    if claim.amount is not None and not refused and not bound_of:
        if _ENOUGH.search(folded) and not re.search("就能|就算|只要", folded):
            return "够" if right else "不够"
        if _PERMIT.search(folded):
            return "可以" if right else "不可以"
    return "是" if right else "不是"


__all__ = ["Claim", "amount_verdict", "claims_of", "day_verdict", "unit_verdict", "word_of"]
