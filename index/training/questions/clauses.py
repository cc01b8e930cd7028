"""Rules on the sentences of laws and policies: what each states, as something that can be asked for and the place of the answer.

Each rule is a pattern with named parts. The part called `answer` (or the whole of what follows) is the span; the other parts are what
the question names. A sentence may serve several rules, as it may be asked about in several ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.types import Document, Section, Span

CN = "一二三四五六七八九十百千两"
_N = rf"(?:\d+(?:\.\d+)?|[{CN}]+)"


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that can be asked. kind: of `wording.FRAMES`, or "as_is" with the whole question in slots["question"]."""

    kind: str
    slots: Mapping[str, str]
    answer: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    slots: tuple[str, ...]


def _rule(kind: str, pattern: str, *slots: str) -> _Rule:
    return _Rule(kind, re.compile(pattern), slots)


_PART = "[^,，。；;:：\n]"
_WHO = r"(?:^|[,，。；;\n])(?P<who>(?!.{0,20}的[,，])[^,，。；;:：\n]{2,26}?)"
_MANNER = "根据|按照|依照|依据|参照|通过|采取|在|对|由|向|报|并|予以|遵守|依法"
_LIMIT = rf"(?:自[^,，。；;]{{2,24}}之日起)?(?:不(?:得|应)?超过)?{_N}个?(?:工作日|小时|日|天|月|年)(?:以?内|之内|前)"
_FINE = rf"(?:处|并处|可以?并?处|处以|可处)?(?:[^,，。；;]{{0,24}}?)(?:(?:{_N}(?:万|千|百)?元|(?:{_N})倍)[^,，。；;]{{0,4}}以上)?[^,，。；;]{{0,20}}?(?:{_N}(?:万|千|百)?元|{_N}倍)(?:以下|以上)?的?罚款"
_MONEY = r"(?:最高|不超过|不高于|每[^,，。；;\d]{1,6})?\d+(?:\.\d+)?(?:万|亿|千)?元(?:/[人年月户亩家])?(?:以内)?"

RULES: tuple[_Rule, ...] = (
    _rule("limit", rf"{_WHO}(?:应当|应|必须|可以|要)(?:[^,，。；;]{{0,12}}?)(?:在|于)?(?P<answer>{_LIMIT})[,，]?(?P<act>{_PART}{{3,36}})", "who", "act"),
    _rule("authority", rf"{_WHO}(?:具体|统一|主要|统筹)?(?:负责|主管)(?P<act>(?!人|部门|机关|单位|机构)(?:本(?:市|省|县|区|行政区域内?)[^,，。；;]{{0,12}}的?)?{_PART}{{4,44}})", "act"),
    _rule("authority", rf"(?P<act>[^,，。；;\n]{{3,28}}?)由(?P<who>{_PART}{{2,30}}?)(?:负责|承担|制定|组织实施|主管|规定|组织)(?=[,，。；;\n])", "act"),
    _rule("lead", rf"(?:^|[,，。；;\n])由(?P<who>{_PART}{{2,26}}?)(?:牵头|负责|组织|会同[^,，。；;]{{2,20}})(?P<act>{_PART}{{4,40}})", "act"),
    _rule("approve", r"(?P<act>[^,，。；;\n]{3,28}?)[,，]?(?:应当|须|必须|要)?(?:报|经|报经)(?P<who>[^,，。；;\n]{3,24}?)(?:批准|审批|同意|审核)(?=[,，。；;后方的\n])", "act"),
    _rule("often", rf"{_WHO}(?P<answer>(?:每|至少每)(?:[{CN}\d]*个?(?:年|月|周|季度|半年|学期|学年|日|天))(?:应当|要|须)?(?:至少|不少于)?(?:[^,，。；;]{{0,12}}?(?:{_N}次)))(?P<act>{_PART}{{2,24}})", "who", "act"),
    _rule("subsidy", rf"(?:对|给|为)(?P<who>[^。；;\n]{{4,44}}?)[,，]?(?:[^,，。；;\n]{{0,16}}?)(?:给予|奖励|补助|补贴|资助|发放)(?:[^,，。；;\n]{{0,8}}?)(?<!\d)(?P<answer>{_MONEY})", "who"),
    _rule("may", rf"{_WHO}(?P<answer>(?:不得|禁止|严禁|可以)(?P<act>(?!{_MANNER}){_PART}{{4,36}}))", "who", "act"),
    _rule("ban", rf"{_WHO}不得(?P<answer>[^。；;\n]{{6,90}})", "who"),
    _rule("duty", rf"{_WHO}(?:应当|必须)(?P<answer>[^。；;\n]{{10,110}})", "who"),
    _rule("who", rf"{_WHO}(?:应当|必须|有责任|可以|有权)(?P<act>(?!{_MANNER})[^,，。；;:：\n]{{6,36}})", "act"),
)
_CASE = re.compile(r"(?P<what>[^。；;\n]{6,70}?)的[,，](?P<answer>(?:应当?|可以|由|不得|不予|予以|按照?|责令|给予|依法|依照|视为|免|经|参照|处|认定|人民法院|有权|方可|必须|需|须)[^。；;\n]{4,130})")
_FINES = re.compile(_FINE)
_BY = re.compile(rf"由(?P<who>{_PART}{{4,40}}?)(?=责令|给予|处(?:以|[一二三五十百千万两\d罚警])|依法|没收|按照|予以|对|处罚|依照)")
_EFFECTIVE = re.compile(r"(?:本|该)(?:条例|办法|法|规定|规则|细则|决定|解释|意见|通知|方案)自(?P<answer>(?:\d{4}年\d{1,2}月\d{1,2}日|公布之日|发布之日|印发之日|通过之日)(?:起)?)(?:正式)?(?:施行|实施|执行|生效)")
_PURPOSE = re.compile(r"(?P<answer>为了?(?P<rest>[^。\n]{8,120}?))(?=[,，](?:根据|依据|依照|结合|遵照|现|制定|特))")
_BASIS = re.compile(r"(?:根据|依据|依照)(?P<answer>《[^。\n]{4,110}?(?:法规|法律|规定|》))(?:[,，]|的|等)")
_SCOPE = re.compile(r"(?P<answer>[^。；;\n]{8,110}?)[,，]?(?:适用|应当遵守)本(?:条例|办法|法|规定|细则)")
_GENERAL = re.compile("情节|构成|尚不|造成|逾期|拒不|违法所得|没有违法|后果|单位|确需|经")
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_POOR = re.compile(r"^(?:其|该|此|前款|前项|上述|并|或者?|和|以及|以|对|但|同时|不|也|还|均|但是|这|后|的|应|当)|(?:的|等|和|或|及|时)$|第[一二三四五六七八九十百\d]+(?:条|款|项)|前款|上述|本条|[（(]$")
_NOT_WHO = re.compile(r"^(?:且|分别|勇于|因|为|在|对|经|自|从|按|根据|依|但|凡|并|或|未|无|需|违反|有|当|如|并且|如果)|[应须不]$|[的时后前]$")


_OF_RULES = frozenset(("limit", "who", "may", "ban", "duty"))
"""Kinds that the sentences of laws and rules state; in a report 应当 is an exhortation."""


def stated_in(document: Document, section: Section, *, ruling: bool) -> Iterator[Stated]:
    """Give what the sentences of a section's own text state. ruling: the document is made of articles."""
    text = document.text
    body = section.body
    if "\n(" in text[body.start : body.end].replace("（", "("):
        return
    for found in _SENTENCE.finditer(text, body.start, body.end):
        sentence = _trimmed(text, found.start(), found.end())
        if 12 <= len(sentence) <= 260 and "下列" not in text[sentence.start : sentence.end]:
            yield from (one for one in _by_rules(text, sentence) if ruling or one.kind not in _OF_RULES)
            if ruling:
                yield from _by_case(text, sentence)


def stated_once(document: Document, title: str) -> Iterator[Stated]:
    """Give what a document states once: why it was made, on what ground, for what, from when. title: how a question names it."""
    text = document.text
    for kind, pattern, reach in (("purpose", _PURPOSE, 2500), ("basis", _BASIS, 2500), ("scope", _SCOPE, 6000), ("effective", _EFFECTIVE, 0)):
        begin = max(len(text) - 3000, 0) if kind == "effective" else 0
        if found := pattern.search(text, begin, reach or len(text)):
            answer = _trimmed(text, found.start("answer"), found.end("answer"))
            answer = _after_mark(text, answer)
            yield Stated(kind, {"title": title}, answer, _trimmed(text, found.start(), found.end()))


def _after_mark(text: str, span: Span) -> Span:
    mark = re.match(r"第[一二三四五六七八九十百\d]+条[\s　]*", text[span.start : span.end])
    return Span(span.start + mark.end(), span.end) if mark else span


def _by_rules(text: str, sentence: Span) -> Iterator[Stated]:
    for rule in RULES:
        # In the sentence cut out, so that ^ is its beginning.
        found = rule.pattern.search(text[sentence.start : sentence.end])
        if not found:
            continue
        part = "answer" if "answer" in found.groupdict() else "who"
        answer = _trimmed(text, sentence.start + found.start(part), sentence.start + found.end(part))
        if part == "who" and text[answer.start] == "由":
            answer = Span(answer.start + 1, answer.end)
        slots = {name: found[name].strip() for name in rule.slots}
        if _fit(slots, found) and len(answer) >= 2 and not (part == "who" and _NOT_WHO.search(text[answer.start : answer.end])):
            yield Stated(rule.kind, slots, answer, sentence)





def _fit(slots: Mapping[str, str], found: re.Match[str]) -> bool:
    who = found.groupdict().get("who")
    if who is not None and (_POOR.search(who) or _NOT_WHO.search(who) or not who.strip()):
        return False
    return all(len(value) >= 3 and not _POOR.search(value) and value.count("“") == value.count("”") and value.count("（") == value.count("）") for value in slots.values())


def _by_case(text: str, sentence: Span) -> Iterator[Stated]:
    found = _CASE.search(text, sentence.start, sentence.end)
    if not found or _POOR.search(found["what"].lstrip()):
        return
    if len(found["what"]) < 10 and _GENERAL.match(found["what"].strip()):
        return
    what = {"what": found["what"].strip()}
    answer = _trimmed(text, found.start("answer"), found.end("answer"))
    result = text[answer.start : answer.end]
    if "罚款" not in result:
        yield Stated("case", what, answer, sentence)
        return
    yield Stated("penalty", what, answer, sentence)
    if fine := _fine_in(text, answer):
        yield Stated("fine", what, fine, sentence)
    if by := _BY.search(text, answer.start, answer.end):
        yield Stated("punisher", what, Span(by.start("who"), by.end("who")), sentence)


def _fine_in(text: str, span: Span) -> Span | None:
    """The range of a fine, without 处 and what stands before it."""
    found = _FINES.search(text, span.start, span.end)
    if not found:
        return None
    figure = re.search(rf"{_N}(?:[万千百]?元|倍|至)", found.group())
    verb = found.group().rfind("处", 0, figure.start() if figure else 0)
    start = found.start() + verb + 1 + (found.group()[verb + 1 : verb + 2] == "以" if verb >= 0 else 0)
    return _trimmed(text, start, found.end())


# ---------------------------------------------------------------- what an item list answers

_LEAD_IN = re.compile(r"[^。；;\n]+[:：]\s*$")
_ONE_OF = re.compile(r"(?P<who>[^,，]{0,30}?)有(?:下列|以下)(?P<what>情形|行为|情况)之一(?:的)?[,，]?(?P<then>.*)$")
_BELOW = re.compile("下列|(?<![（(])以下(?!简?称)|如下")
_LONGEST = 300


def items_of(document: Document, section: Section, children: list[Section]) -> Iterator[Stated]:
    """Give what the opening words of a list ask for: 申请…应当具备下列条件 → 申请…应当具备哪些条件."""
    text = document.text
    lead = _LEAD_IN.search(text[section.body.start : section.body.end])
    if not lead or not 2 <= len(children) <= 12:
        return
    start = section.body.start + lead.start()
    said = re.sub(r"^第[一二三四五六七八九十百\d]+条[\s　]*", "", lead.group().strip()).rstrip(":： ")
    answer = _trimmed(text, children[0].span.start, children[-1].span.end)
    if len(answer) > _LONGEST or not 6 <= len(said) <= 90 or not _BELOW.search(said):
        return
    whole = Span(start, answer.end)
    if one := _ONE_OF.search(said):
        then, who = one["then"].strip(" ,，"), one["who"].strip()
        if len(then) > 3:
            for form in ("什么情况下{who}{then}", "哪些{what}{then}", "{then}的{what}有哪些", "{who}有什么{what}会{then}"):
                question = form.format(who=who, then=then, what=one["what"])
                yield Stated("as_is", {"question": question}, answer, whole)
            yield from _items_punished(text, children, start, said)
        return
    asked = _BELOW.sub("哪些", said, count=1)
    if re.search("哪些[:：,，]?$", asked):
        asked = re.sub("(?:为|是|包括)?哪些$", "有哪些", asked)
    yield Stated("as_is", {"question": asked}, answer, whole)


def _items_punished(text: str, children: list[Section], start: int, said: str) -> Iterator[Stated]:
    """An item of a list of offences, and what its opening words say it costs."""
    offset = text.find(said, start)
    fine = _fine_in(text, Span(offset, offset + len(said))) if offset >= 0 else None
    by = _BY.search(said)
    for child in children[:4]:
        what = {"what": re.sub(r"的?[;；。]?$", "", child.title or "")}
        if offset < 0 or len(what["what"]) < 5 or _POOR.search(what["what"]):
            continue
        if fine:
            yield Stated("fine", what, fine, Span(start, child.span.end))
        if by:
            yield Stated("punisher", what, Span(offset + by.start("who"), offset + by.end("who")), Span(start, child.span.end))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\n　,，、:：":
        start += 1
    while start < end and text[end - 1] in " \t\n　,，。；;、:：":
        end -= 1
    return Span(start, end)
