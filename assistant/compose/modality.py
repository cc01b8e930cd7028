"""Yes or no by what a clause does: it forbids, permits, exempts, requires or grants what a question asks for.

Read from the segment of a sentence that the question's words stand in, then from what follows it (未取得…的,不得上岗), then from the words
that an item hangs on (有下列情形之一的,不予补贴:). Where that leaves two readings, none is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question.query import Query
from assistant.question.terms import NEAR_WORD, Term, coverage
from assistant.question.tiers import steps_in

_FORBIDS = re.compile(r"不得(?!少于|低于|超过|高于|小于|大于|多于|早于|晚于|不)|禁止|严禁|不准|不允许|不许|不予|不能|不可(?!抗|分|或缺)|不再|不批|不宜|谢绝|杜绝|零容忍|取消|一律不|不支持")
_EXCLUDES = re.compile(r"不适用|不享受|不纳入|不列入|不计入|不属于|不包括|不包含|不含|不设|不在[^,。;]{0,10}范围|不受[^,。;]{0,12}限制|不另行?|不采用|不作为|不累计|不重复|自理|未纳入")
_EXEMPTS = re.compile(r"免(?!疫|职)|无需|无须|不需要?|不必|不用|可以不|可不|不要求|不作要求|不收")
_PERMITS = re.compile(r"(?<!不)可(?!能|靠|行|持续|视|燃|再生|追溯|操作|疑|不|回收)以?(?!不)|(?<!不)允许|(?<!不)准[予许]|有权|(?<!不)支持|鼓励|(?<!不)能够|均可|即可")
_GRANTS = re.compile(r"(?<!不)(?:享受|减免|优惠|给予|发放|优先|减半|报销)")
_REQUIRES = re.compile(r"(?<!不)应当?(?!急|用|对|届|季|收|付|邀|聘|试)|必须|(?<!无)须|(?<!不|无)需要?(?!求)|(?<!只)要求|不得(?:少于|低于|不)|一律|强制")
_MODES = (("excludes", _EXCLUDES), ("forbids", _FORBIDS), ("exempts", _EXEMPTS), ("permits", _PERMITS), ("requires", _REQUIRES), ("grants", _GRANTS))
_EXCEPTED = re.compile(r"除外|例外|不受[^,。;]{0,12}限制")
_CONDITIONS = re.compile("条件|符合")
_UNMET = re.compile("^(?:[(（]?[一二三四五六七八九十\\d]+[)）、.])?[㐀-鿿]{0,14}?(?:未|没有|无(?!障)|不(?!低|少|超|得))")
_TURNED = {"forbids": "permits", "permits": "forbids", "requires": "exempts", "exempts": "requires", "excludes": "permits", "grants": "forbids"}

_DENIES = re.compile(r"(?:不(?:能|可以|得|准|允许|让|给|予|用|需要?|必|收|交|罚|管|算|补|批)|没有?资格|免(?:费|交|收|予|了)?|别(?=[去做买用开收交]))(?![^?]{0,6}不[?])")
_MAY = re.compile(r"能(?!力|源|量|耗|效)|可(?!能)以?|允许|准(?!备|确|入|则)|行不行|行吗|(?:领|拿|享受|报|申请)得?到|让不让|给不给|补不补")
_MUST = re.compile(r"需要|必须|一定|要不要|用不用|需不需要|非得|得(?=[㐀-鿿]{1,8}吗)|(?<!不)要(?=[^,?]{1,14}(?:吗|么|不))|应该|应不应该|强制")
_BOTH_WAYS = re.compile(r"(?P<one>[㐀-鿿])(?P<rest>[㐀-鿿]?)不(?P=one)(?P=rest)|是否|能否|有没有|会不会")
_ALL = re.compile("所有|全部|全都|全办|都|一律|全面|全是|是不是全|每[个家户]都")
_FIGURE = re.compile(r"\d|[二三四五六七八九十百千万两](?:级|等|[㐀-鿿])?")
_SPLIT = re.compile("[,，;；。:：()（）]")
_FAILING = re.compile("逾期|超[时过期]|过期|否则|违[者反]|拒不|未按")
"""Begins what happens where a rule is not kept; it is no mode of the rule."""
_LEAST = 0.34
"""Share of the question's words that must stand in the sentence that is read for its mode."""


@dataclass(frozen=True, slots=True)
class Mode:
    """name: "forbids", "permits", …, "" where none is plain.  together: the segment by itself says all that the question does.  choice: it gives several ways to do it."""

    name: str = ""
    together: bool = False
    choice: bool = False


def mode_of(query: Query, sentence: str, opening: str = "") -> Mode:
    """What a folded sentence does to what a question asks for."""
    pieces = [piece for piece in _SPLIT.split(sentence) if piece]
    terms = _telling(query)
    held = [coverage(terms, ((piece, 1.0),)) for piece in pieces]
    if not pieces or coverage(terms, ((sentence, 1.0),)) < _LEAST:
        return Mode()
    at = max(range(len(pieces)), key=lambda i: (round(held[i], 2), bool(_own(pieces[i])), -i))
    # 公交车、救护车除外: what is asked about may stand in the exception alone.
    own = [t for t in terms if t.cover(pieces[at]) < NEAR_WORD]
    at = next((i for i, piece in enumerate(pieces) if _EXCEPTED.search(piece) and any(t.text in piece for t in own)), at)
    together = all(t.cover(pieces[at]) >= NEAR_WORD for t in terms)
    if _CONDITIONS.search(opening) and _UNMET.search(sentence):
        return Mode("forbids", together)
    for near in (at, *range(at + 1, len(pieces))):
        if near > at and ((held[near] > 0.5 * held[at] and not pieces[at].endswith("的")) or _FAILING.match(pieces[near])):
            break
        if _EXCEPTED.search(pieces[near]):
            rule = next((mode for piece in [*reversed(pieces[:at]), opening] if (mode := _own(piece))), "")
            return Mode(_TURNED.get(rule, ""), together)
        if mode := _own(pieces[near]):
            return Mode(mode, together, bool(re.search("或者?(?!其他)", pieces[near])))
    return Mode(_own(opening), together)


def _own(piece: str) -> str:
    found = [mode for mode, pattern in _MODES if pattern.search(piece)]
    if {"forbids", "permits"} <= set(found):
        return ""
    return found[0] if found else ""


def _telling(query: Query) -> Sequence[Term]:
    own = [t for t in query.terms if t.weight > 0.3]
    return own or query.terms


def word_for(query: Query, mode: Mode, *, met: bool, figures: bool = False) -> str:
    """The word that leads the answer, "" where the mode answers another question. met: the sentence holds every thing the question names.

    figures: the amount that the question names has been held against the sentence already.

    A yes needs more than a no: what the question adds (外地户口, 一级, 都) must not make another case of it.
    """
    folded = query.folded
    asked = _BOTH_WAYS.sub("", folded)
    negative = mode.name in ("forbids", "excludes")
    sure = met and not _ALL.search(folded) and (figures or not _FIGURE.search(_YEAR.sub("", folded)))
    if denied := _DENIES.search(asked):
        if negative or mode.name == "exempts":
            return "是" if sure else ""
        against = mode.name == "requires" if re.match("不(?:用|需|必|收|交)|免", denied.group()) else mode.name == "permits"
        return "不是" if against else ""
    if re.search("有没有|有[㐀-鿿]{2,10}吗", folded) and negative:
        return "没有"
    if _MAY.search(folded):
        if negative:
            return "不可以"
        free = mode.name == "exempts" and re.search("免|减|不[用交收]", asked)
        return "可以" if sure and (free or mode.name in ("permits", "grants") or (mode.name == "requires" and mode.choice)) else ""
    if _MUST.search(folded):
        if mode.name in ("exempts", "excludes"):
            return "不需要"
        return "需要" if sure and mode.name == "requires" else ""
    if negative:
        return "不是"
    return "是" if sure and mode.together else ""


def asks_leave(query: Query) -> bool:
    """Does the question ask whether something may be done?"""
    return bool(_MAY.search(query.folded))


def denied(query: Query, said: str) -> bool:
    """Does a folded text deny the very act that leave is asked for, of the case spoken of (就高执行,不叠加 of 可以叠加吗)?

    A piece with a subject of its own (D类不享受) speaks of another case.
    """
    asked = [t for t in query.terms if len(t.text) > 1 and t.text in query.folded and not re.search(f"不[㐀-鿿]{{0,2}}{re.escape(t.text)}", query.folded)]
    acts = [re.escape(form) for t in asked for form in (t.text, *t.alternatives) if len(form) > 1]
    if not acts or not asks_leave(query):
        return False
    plain = re.compile(f"(?:(?:上述|以上|前述|前款|各项?|各类|同类|相同)[㐀-鿿]{{0,8}}?)?(?:之间)?(?:但|且|并|均|都|也|一律|互|相互|[两二]者)*不(?:得|能|可|予|再)?(?:重复|同时)?(?:{'|'.join(acts)})")
    return any(plain.match(piece) for piece in _SPLIT.split(said))


def denied_at_step(query: Query, said: str) -> bool:
    """Does a folded text deny the act asked about to those of the very age or step that the question names (16周岁以上不满18周岁的不得载人 of 17岁)?"""
    acts = "|".join(re.escape(t.text) for t in query.terms if len(t.text) > 1 and not t.step and t.text in query.folded)
    asked = steps_in(query.folded)
    stated = [step for step in steps_in(said) if asked and step.scale == asked[0].scale]
    meant = len(asked) == 1 and bool(stated) and all(step.low <= asked[0].low <= step.high for step in stated)
    return bool(acts) and meant and asks_leave(query) and bool(re.search(f"不(?:得|能|准|允许|予|可以)[^,;。]{{0,4}}(?:{acts})", said))


def unchanged(query: Query, said: str) -> bool:
    """Is a change asked about (也跟着涨吗), and the piece of a folded text that is most about it says that all stays (维持23元不变)?"""
    if not _CHANGES.search(query.folded):
        return False
    pieces = [piece for piece in re.split("[,;。]", re.sub(r"[(][^()]*[)]", "", said)) if piece]
    terms = [t for t in query.terms if not _CHANGES.search(t.text)]
    about = {piece: coverage(terms, ((piece, 1.0),)) - (0.5 if any(f"非{t.text}" in piece for t in terms) else 0.0) for piece in pieces}
    best = max(about, key=lambda piece: about[piece], default="")
    return bool(_STAYS.search(best)) and about[best] > 0


_CHANGES = re.compile("涨|(?:提高|上调|下调|上升|下降|降低|调高|调低|调整|增加|减少|变化?)(?=了?(?:吗|么|没|不))|会不会(?:变|调|降|提)")
_STAYS = re.compile("(?:维持|保持)[^,。;]{0,20}(?:不变|稳定)|不变|不作调整|不调整|暂不[调提上下]|总体稳定")


_YEAR = re.compile(r"20\d\d年?")
