"""Lists in running text: `A、B、C和D`, where they begin and end, and terms that count their members (“五到位”)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.clauses import HAN, split
from corpus.numbers import CN, value_of
from corpus.types import Span

# Words that lead into a list and belong to the sentence, not to its first member. Longer words first where they overlap.
LEADS = (
    "全面组织开展", "荣获", "化解", "抢抓", "新增", "创建", "争创", "重点突出", "重点加强", "重点围绕", "重点检查", "重点督查", "重点巡查", "重点整治", "重点打击", "重点查处", "重点抓好", "重点做好", "重点开展",
    "主要包括", "主要内容为", "主要有", "具体包括", "包括但不限于", "包括", "包含", "分为", "分别为", "分别用", "涵盖", "涉及", "如下",
    "做到", "达到", "实现", "落实", "推进", "推动", "深化", "强化", "加强", "加大", "加快", "完善", "健全", "实施", "实行", "严格", "严禁", "开展", "组织", "建立", "建设",
    "形成", "构建", "坚持", "坚决", "围绕", "聚焦", "紧盯", "按照", "采取", "升级", "推广", "推行", "配备", "配齐", "突出", "抓好", "抓实", "做好", "督促", "指导", "通过",
    "针对", "关于", "认真贯彻", "结合", "根据", "依据", "运用", "利用", "整合", "提升", "提高", "确保", "保障", "保持", "防止", "防范", "打击", "整治", "治理", "排查", "检查", "查处", "纠正", "杜绝",
    "覆盖", "完成", "进行", "制定", "印发", "编制", "修订", "出台", "明确", "细化", "压实", "履行", "执行", "贯彻", "遵守", "宣传", "宣贯", "学习", "普及", "营造", "支持", "鼓励", "引导",
    "成立", "设立", "增设", "设置", "安装", "购置", "储备", "调整", "优化", "统筹", "协调", "全面", "深入", "切实", "认真", "积极", "大力", "持续", "进一步", "扎实", "着力", "及时",
    "动态更新", "更新", "探索", "试点", "逐步", "逐项", "有效", "重点", "主要", "分别", "依法", "依规", "定期", "集中", "统一", "全部", "应当", "必须", "以及", "有关",
)
_NOMINAL = (
    "建设", "组织", "保障", "治理", "检查", "排查", "宣传", "学习", "执行", "支持", "整治", "防范", "引导", "统筹", "协调", "指导", "督促", "落实", "重点", "强化", "加强",
    "全面", "集中", "定期", "依法", "统一", "安装", "购置", "调整", "优化", "运用", "利用", "整合", "提升", "提高", "保护", "成立", "推进", "推动", "深化", "完善", "规范",
)
"""Leads that are as often the first half of a member of four characters: `宣传教育`, `重点单位`, `落实责任`."""
_PARTICLES = (
    "并(?![网轨购入联存购])", "即(?![将使可时])", "要(?![求点素害件])", "应(?!急|用|收|届)", "须", "以(?![上下内外来往])", "对(?![标接外口象])", "将", "把(?!关)", "在(?![线建校岗用职])", "从(?![业严重快])", "由",
    "用(?![电火水气工地药户人能餐])", "向", "为", "与(?!会)", "和(?!谐)", "及(?!时)", "含(?!量)", "等(?![级])", "使(?!用)", "让", "抓(?!获)", "按(?![摩期时])", "就(?![业医餐])", "是",
)
_PARTICLE = re.compile("|".join(_PARTICLES))
_VERB = re.compile("|".join(sorted(map(re.escape, LEADS), key=len, reverse=True)))
_DATE = r"(?:到|至|于)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初)?(?:之?前|以前)?"
_LEAD = re.compile(f"{_VERB.pattern}|{_DATE}|{'|'.join(_PARTICLES)}")
_ENDS_LEADING = re.compile(f"(?:{_VERB.pattern}|[及和与的对将把在从由向为以反]|领悟|牢记|捍卫|拥护|铭记|遵循|叫停|兜牢|扛牢|打好)$")
_INTRODUCED = re.compile(r"(?:主要|具体|重点)?(?:包括|包含|分为|涵盖|主要有|(?:应当?|必须|要)?做到|为以下|是指|指|遵循|(?:只能|可以?|应当?|专项)用于)[:]?(?:了)?(?!.*(?:包括|分为))")
_LAST = re.compile(rf"(?<=[{HAN}》”)])(?:以及|[和及与])(?=[{HAN}《“])")
_NOT_AND = re.compile(r"和谐|和平|和解|温和|缓和|饱和|共和|及时|涉及|普及|波及|危及|参与|及其|与会|给与|以及其他")
_TAIL = re.compile(r"(?:所谓的?|等(?:各?类|多?种|方面)?|这|共|共计|一共|的|为主的?|以上|上述|为代表的)+$")

_NUMBER_BEHIND = re.compile(rf"(?:(?<=[{HAN}]{{2}})等)?(?<![\d.{CN}第])(?P<count>[{CN}]{{1,3}}|\d{{1,2}})(?:个|类|项|种|家|方面|方|级|位|名|大|支|所|座|处|条|环节|部分|部门|阶段)")

_NUMERALS = "一二两三四五六七八九十"
_TERM_PART = re.compile(rf"(?P<count>[{_NUMERALS}]{{1,2}}|\d{{1,2}})(?P<key>[^{_NUMERALS}\d、,]{{1,6}})")
_ONE_BODY = re.compile(rf"(?P<count>[{_NUMERALS}]{{1,2}})位一体")
_EACH = re.compile(rf"(?P<count>[{_NUMERALS}]{{1,2}})个(?P<key>.{{1,6}})")
_CLASSIFIERS = "个项种类大条步"


@dataclass(frozen=True, slots=True)
class CountTerm:
    """A term that counts what it stands for: `两述职一报告` -> ((2, "述职"), (1, "报告")), total 3."""

    parts: tuple[tuple[int, str], ...]

    @property
    def total(self) -> int:
        return sum(count for count, _ in self.parts)

    @property
    def key(self) -> str:
        return self.parts[0][1].lstrip(_CLASSIFIERS) if len(self.parts) == 1 else ""


def count_term(term: str) -> CountTerm | None:
    """Read the numbers of a counting term; None when it does not consist of numeral and noun (`4353`, `两客`)."""
    whole = _ONE_BODY.match(term)
    if whole:
        return CountTerm(((value_of(whole.group("count")) or 0, "位"),))
    each = _EACH.fullmatch(term)
    if each:
        return CountTerm(((value_of(each.group("count")) or 0, each.group("key")),))
    parts = [(value_of(match.group("count")) or 0, match.group("key")) for match in _TERM_PART.finditer(term)]
    if not parts or sum(len(match.group()) for match in _TERM_PART.finditer(term)) != len(term):
        return None
    counted = CountTerm(tuple(parts))
    return counted if 2 <= counted.total <= 60 and any(count > 1 for count, _ in parts) else None


def members(plain: str, span: Span) -> tuple[Span, ...]:
    """Split a list into its members at `、`, or else at `;` or `,`; the last `和` and titles side by side separate too."""
    span = _without_tail(plain, span)
    for marks in ("、", ";", ","):
        parts = split(plain, span, marks)
        if len(parts) > 1:
            break
    parts = [piece for part in parts for piece in side_by_side(plain, part)]
    last = split_last(plain, parts[-1]) if parts else []
    return tuple(parts[:-1] + last) if len(parts) > 1 or len(last) > 1 else tuple(parts)


def list_before(plain: str, floor: int, end: int, count: int | None = None, *, commas: bool = False) -> tuple[Span, ...]:
    """Give the members of the list that ends at `end`; with `count` only a list of exactly so many.

    commas: a list of short clauses (`查思想,找隐患,闭环改`) counts too.
    """
    span = _without_tail(plain, Span(max(floor, end - 300), end))
    start = max((plain.rfind(mark, span.start, span.end) for mark in "。;:(\n"), default=-1) + 1
    segment = Span(max(span.start, start), span.end)
    for marks in ("、", ",") if commas else ("、",):
        narrow = _after_last_comma(plain, segment) if marks == "、" else segment
        found = split(plain, narrow, marks)
        for candidate in (found[:-1] + split_last(plain, found[-1]) if found else [], found):
            if count is None and len(candidate) > 1:
                return trim_members(plain, candidate)
            if count is not None and 1 < count <= len(candidate):
                chosen = trim_members(plain, candidate[-count:])
                whole = len(candidate) == count or "," in marks or _begins_after_verb(plain, candidate[-count], chosen)
                if whole and _alike(plain, chosen, strict="," in marks):
                    return chosen
    return ()


def _begins_after_verb(plain: str, first: Span, chosen: Sequence[Span]) -> bool:
    """46座山塘逐一落实行政、技术、巡查: what stands before the verb belongs to another list; the members are equally long."""
    return len({len(part) for part in chosen}) == 1 and first.start < chosen[0].start and bool(_ENDS_LEADING.search(plain[first.start : chosen[0].start]))


def trim_lead(plain: str, span: Span) -> Span:
    """Cut the words that lead into a list off its first member: `做到责任` -> `责任`; `宣传教育` stays."""
    start = span.start
    while match := _LEAD.match(plain, start, span.end):
        rest = span.end - match.end()
        if rest < 1 or (rest <= 2 and start == span.start and match.group() in _NOMINAL and plain[match.end()] not in "“《"):
            break
        start = match.end()
    return Span(start, span.end)


def first_member(plain: str, span: Span) -> Span:
    """Cut off what introduces a list: `预警分为蓝色` -> `蓝色`, `做到责任` -> `责任`."""
    first = trim_lead(plain, span)
    introduced = _INTRODUCED.search(plain, first.start, first.end)
    return Span(introduced.end(), first.end) if introduced and introduced.end() < first.end else first


def is_leading(words: str) -> bool:
    """Tell whether words begin or end with a verb that leads into something (`根据…`, `…推进`)."""
    return bool(_VERB.match(words) or _ENDS_LEADING.search(words))


def trim_members(plain: str, found: Sequence[Span]) -> tuple[Span, ...]:
    """Cut what leads into a list off its first member, judged by how the others look."""
    others = found[1:]
    if sum(bool(_VERB.match(plain, part.start, part.end)) for part in others) * 2 >= len(others):
        particle = _PARTICLE.match(plain, found[0].start, found[0].end - 1)
        return (Span(particle.end(), found[0].end), *others) if particle else tuple(found)
    first = first_member(plain, found[0])
    widths = {len(part) for part in others}
    if first == found[0] and len(others) > 1 and len(widths) == 1:
        width = widths.pop()
        verb_before = bool(_ENDS_LEADING.search(plain[first.start : first.end - width])) if width < len(first) else False
        if width < len(first) and (len(first) <= width + 8 or verb_before) and plain[first.end - width : first.end].isalnum():
            return (Span(first.end - width, first.end), *others)
    if len(first) > max(len(part) for part in others) + 4:
        cut = plain.rfind("的", first.start, first.end - 2) + 1
        first = Span(max(first.start, cut), first.end)
    return (first, *others)


def _alike(plain: str, parts: tuple[Span, ...], *, strict: bool) -> bool:
    """Tell whether parts read like members of one list: of similar length, none broken off, none ending in a verb."""
    widths = [len(part) for part in parts]
    if strict and (max(widths) > min(max(min(widths) + 2, 4), 14) or any("、" in plain[part.start : part.end] for part in parts)):
        return False
    if max(widths) > min(min(widths) * 3 + 8, 40):
        return False
    if len(parts) == 2 and (max(widths) > 12 or plain[parts[0].end : parts[1].start] not in ("和", "与", "及", "以及")):
        return False
    words = [plain[part.start : part.end] for part in parts]
    broken = any(text.count("“") != text.count("”") or text.count("(") != text.count(")") for text in words)
    return not broken and not _ENDS_LEADING.search(words[-1])


def _after_last_comma(plain: str, span: Span) -> Span:
    parts = split(plain, span, ",")
    return parts[-1] if parts else span


def _without_tail(plain: str, span: Span) -> Span:
    tail = _TAIL.search(plain, max(span.start, span.end - 12), span.end)
    end = tail.start() if tail else span.end
    while end > span.start and plain[end - 1] in " \n,、;:":
        end -= 1
    return Span(span.start, end)


def side_by_side(plain: str, part: Span) -> list[Span]:
    """Separate `《A》《B》` and `“A”“B”` printed without a mark between."""
    cuts = [match.end() for match in re.finditer(r"[》”](?=[《“])", plain[part.start : part.end])]
    edges = [part.start, *(part.start + cut for cut in cuts), part.end]
    return [Span(start, end) for start, end in zip(edges, edges[1:], strict=False) if start < end]


def number_behind(plain: str, last: Span, count: int) -> re.Match[str] | None:
    """Find the number of the members right behind the last of them, with its 等: 城管、公安、消防三个部门的执法事项, 优秀、末等两个等次."""
    for match in _NUMBER_BEHIND.finditer(plain, last.start + 1, last.end):
        joined = len(split_last(plain, Span(last.start, match.start()))) - 1
        if value_of(match.group("count")) == count + joined:
            return match
    return None


def split_last(plain: str, part: Span) -> list[Span]:
    words = plain[part.start : part.end]
    masked = _NOT_AND.sub(lambda match: "_" * len(match.group()), words)
    depths = [0]
    for character in masked:
        depths.append(depths[-1] + (character in "(“《") - (character in ")”》"))
    cuts = [match for match in _LAST.finditer(masked) if depths[match.start()] == 0]
    if not cuts:
        return [part]
    cut = cuts[-1]
    return [Span(part.start, part.start + cut.start()), Span(part.start + cut.end(), part.end)]
