"""Lists the document states: `一是…二是…`, the headings under a heading, `A、B、C等三类`, lists after 包括 or a colon.

Every enumeration says what it lists (`head`) as far as the text does, and the number the text itself gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from corpus.boilerplate import footer_start
from corpus.clauses import HAN, Reading, read, split
from corpus.lists import members, number_behind, side_by_side, split_last, trim_lead, trim_members
from corpus.numbers import CN, value_of
from corpus.opened_lists import DIVISION, bare, clause_before, duties_side_by_side, opened_lists
from corpus.types import Enumeration, Mention, Section, Source, Span

_RUN = re.compile(r"(?<![一二三四五六七八九十第])(?:(?P<is>[一二三四五六七八九十]{1,3})是(?=[^否不])|其(?P<its>[一二三四五六七八九十])[,是]|第(?P<nth>[一二三四五六七八九十])[,、])")
_RUN_REACH = 3000
_BRACKET_TAIL = re.compile(r"[(](?:[^()]|\n){0,12}(?:责任|牵头|配合)")
_COUNT = re.compile(rf"(?P<count>(?<![\d.{CN}])(?:[二两三四五六七八九十]{{1,3}}|\d{{1,2}}))(?:个|项|类|种|大|条|步|方面|级|色|部分|环节|阶段|领域|措施|工程|行动|任务)")
_AFTER_LIST = re.compile(
    rf"(?P<etc>等)?(?P<count>(?:(?:[二两三四五六七八九十]{{1,3}}|\d{{1,2}})(?:大|个|项|类|种|条|级|步|方|位)))?(?P<noun>[{HAN}]{{0,34}})"
)
_ETC = re.compile(r"等(?=[^级待候于同]|$)")
_TAIL = re.compile(r"(?:[二两三四五六七八九十]{1,2}|\d{1,2})(?:级|类|种|个|项|大|方面|色|条|步|阶段|环节)[\u4e00-\u9fff]{0,8}$|的?“[^”\n]{1,12}”[\u4e00-\u9fff]{0,8}$|的(?:基本|总体|工作)?(?:原则|方针|总?要求|目标|理念|机制|模式|思路|方法|办法|格局)$")
_NOUN_STOP = re.compile(r"[的]|(?<=[{HAN}]{2})(?:必须|应当|应(?!急)|(?<![主重需必])要|进行|开展|实施|落实|联合|分别|建立|推进|加强|实现|为|是|在|将|由|对)".replace("{HAN}", HAN))
_SIGN = re.compile(
    r"主要包括|具体包括|包括但不限于|包括|包含|分为|划分为|主要有|主要是|主要为|涵盖|由(?=[^,。;]{2,60}组成)|重点(?:突出|检查|督查|巡查|整治|打击|加强|围绕|关注|抓好|对|从|监管)|紧盯|聚焦|围绕|坚持|如下|以下(?:内容|几?个?方面|事项|材料|条件|情形|任务)?"
)
_INTRODUCED = re.compile(rf"(?P<head>[^,;:。\n]{{0,40}}?)(?P<sign>{_SIGN.pattern})(?P<colon>:)?")
_PERIOD = re.compile(r"\s?[(。]?\s?(?P<when>(?:自|从)?(?:19|20)\d{2}年[^。;)\n]{0,30}?)[)。;\n]")
_STAGE = re.compile(r"[^,;。:()\n]{2,14}(?:阶段|步)")
_STEPS = re.compile(r"阶段|步骤|时段|安排|进度")
_TITLE_LIMIT = 60
_STOP = re.compile("[。!?]")


_REACH, _TRIES = 400, 20


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    head: Span
    members: tuple[Span, ...]
    clause: Span
    count: int | None = None
    head_words: str = ""


def enumerations(source: Source, sections: tuple[Section, ...]) -> tuple[Enumeration, ...]:
    """Find the lists of a document in text order; lists of two count only when the text says so."""
    reading = read(source, sections)
    footer = footer_start(source.text)
    found = [*_headings(reading), *_runs(reading)]
    for sentence in reading.sentences:
        if sentence.start < footer:
            found += _inline(reading, sentence)
    found.sort(key=lambda item: (item.clause.start, -len(item.members), item.kind))
    return tuple(_enumerations(reading, found))


def _enumerations(reading: Reading, found: list[_Found]) -> Iterator[Enumeration]:
    seen: set[tuple[int, int]] = set()
    ordinal = 0
    for item in found:
        key = (item.members[0].start, item.members[-1].end)
        if key in seen:
            continue
        seen.add(key)
        index, path = reading.place(item.members[0].start)
        if item.kind == "headings":
            index, path = reading.place(item.clause.start)
        head = Mention(item.head_words or reading.value(item.head), item.head)
        parts = tuple(Mention(reading.value(part), part) for part in item.members)
        yield Enumeration(ordinal, index, path, item.kind, head, parts, item.clause, item.count)
        ordinal += 1


# ---------------------------------------------------------------- headings


def _headings(reading: Reading) -> Iterator[_Found]:
    """List the titles of a section's children, each with its period where the parent speaks of stages."""
    children: dict[int, list[Section]] = {}
    for section in reading.sections:
        if section.family not in ("run", "title", "question") and (section.title or _stage(reading, section)):
            children.setdefault(section.parent, []).append(section)
    for parent, all_children in children.items():
        family = all_children[0].family
        siblings = [child for child in all_children if child.family == family and (len(child.title) <= _TITLE_LIMIT or _stage(reading, child))]
        if len(siblings) < 2 or family == "article":
            continue
        yield _titles(reading, reading.sections[parent] if parent >= 0 else None, siblings)


def _titles(reading: Reading, parent: Section | None, siblings: list[Section]) -> _Found:
    staged = parent is not None and bool(_STEPS.search(parent.title)) or any("阶段" in child.title for child in siblings)
    titles = []
    for child in siblings:
        span = _title_span(reading, child)
        span = _stage(reading, child) or span
        period = _PERIOD.match(reading.plain, span.end, min(child.span.end, span.end + 50)) if staged else None
        titles.append(Span(span.start, period.end("when") + (period.group().endswith(")")) if period else span.end))
    if parent is not None and not parent.title:
        lead, words = _head_before(reading, siblings[0].heading.start)
        head, start = lead, parent.heading.start
        count = _stated(reading, Span(start, siblings[0].heading.start), len(siblings))
    elif parent is None:
        head, count = Span(0, 0), None
        words = "附件" if siblings[0].family == "attachment" else ""
        start = siblings[0].heading.start
    else:
        head, words = _title_span(reading, parent), ""
        start = parent.heading.start
        count = _stated(reading, Span(parent.heading.start, siblings[0].heading.start), len(siblings))
    return _Found("headings", head, tuple(titles), Span(start, siblings[-1].heading.end), count, words)


def _stage(reading: Reading, section: Section) -> Span | None:
    """Give the name of a stage that opens a section: `(二)部署实施阶段(2020年6月-2021年12月)按照…`."""
    start = _title_span(reading, section).start
    match = _STAGE.match(reading.plain, start, min(section.span.end, start + 20))
    return Span(start, match.end()) if match else None


def _title_span(reading: Reading, section: Section) -> Span:
    """Give the heading without its mark."""
    start, end = section.heading.start, section.heading.end
    if section.label and reading.text.startswith(section.label, start):
        start += len(section.label)
    while start < end and reading.plain[start] in " \n.、:":
        start += 1
    while end > start and reading.plain[end - 1] in " \n。:;,":
        end -= 1
    return Span(start, end)


def _stated(reading: Reading, span: Span, expected: int) -> int | None:
    """Give the number the text states for a list, preferring one that fits; None when it states none."""
    numbers = [value_of(match.group("count")) for match in _COUNT.finditer(reading.plain, span.start, min(span.end, span.start + 600))]
    return expected if expected in numbers else None


# ---------------------------------------------------------------- 一是…二是…


def _runs(reading: Reading) -> Iterator[_Found]:
    marks = [(match, _run_number(match)) for match in _RUN.finditer(reading.plain)]
    run: list[re.Match[str]] = []
    for match, number in marks:
        if run and number == len(run) + 1 and _joined(reading, run, match):
            run.append(match)
            continue
        if len(run) > 1:
            yield _run(reading, run)
        run = [match] if number == 1 else []
    if len(run) > 1:
        yield _run(reading, run)


def _run_number(match: re.Match[str]) -> int:
    return value_of(match.group("is") or match.group("its") or match.group("nth")) or 0


def _joined(reading: Reading, run: list[re.Match[str]], match: re.Match[str]) -> bool:
    """Tell whether a mark goes on with a run: same form, near, and in the same numbered section."""
    if match.start() - run[-1].start() > _RUN_REACH or match.lastgroup != run[0].lastgroup:
        return False
    return _outer(reading, run[0].start()) == _outer(reading, match.start())


def _outer(reading: Reading, at: int) -> int:
    section = reading.section(at)
    while section is not None and section.family == "run" and section.parent >= 0:
        section = reading.sections[section.parent]
    return section.index if section else -1


def _run(reading: Reading, run: list[re.Match[str]]) -> _Found:
    starts = [match.end() for match in run]
    ends = [match.start() for match in run[1:]]
    ends.append(_paragraph_end(reading, run[-1].start()))
    ends[-1] = _last_end(reading, starts, ends)
    spans = tuple(_trimmed(reading.plain, Span(start, end)) for start, end in zip(starts, ends, strict=True))
    head, words = _head_before(reading, run[0].start())
    return _Found("run", head, spans, Span(min(head.start, run[0].start()) if len(head) else run[0].start(), spans[-1].end), len(run), words)


def _paragraph_end(reading: Reading, at: int) -> int:
    """Give the end of the paragraph, before a bracket that names the units responsible."""
    section = reading.section(at)
    limit = min(section.span.end if section else len(reading.plain), at + _RUN_REACH)
    sentence = reading.sentence(at)
    end = min(sentence.end, limit)
    while end < limit:
        following = reading.sentence(end + 1) if end + 1 < len(reading.plain) else sentence
        if following.start < end or "\n" in reading.plain[end : following.start] or following.end > limit:
            break
        end = following.end
    tail = _BRACKET_TAIL.search(reading.plain, at, end)
    return tail.start() if tail else end


def _last_end(reading: Reading, starts: list[int], ends: list[int]) -> int:
    """End the last member after as many sentences as the longest of the others has: what follows it in the paragraph is no member."""
    most = max(len(_STOP.findall(reading.plain, start, end)) for start, end in zip(starts[:-1], ends[:-1], strict=True))
    stops = [match.end() for match in _STOP.finditer(reading.plain, starts[-1], ends[-1])]
    return stops[max(most, 1) - 1] if len(stops) > max(most, 1) else ends[-1]


def _head_before(reading: Reading, at: int) -> tuple[Span, str]:
    """Give the words that introduce a list: the clause that ends at it, or the heading it stands under."""
    section = reading.section(at - 1)
    while section is not None and section.family == "run" and section.parent >= 0:
        section = reading.sections[section.parent]
    sentence = reading.sentence(at - 1)
    floor = max(sentence.start, at - _REACH, section.heading.end if section else 0)
    lead = _trimmed(reading.plain, Span(min(floor, at), at))
    if len(lead) > _TITLE_LIMIT:
        lead = (split(reading.plain, lead, ",;:") or [lead])[-1]
    if 4 <= len(lead) <= _TITLE_LIMIT:
        return lead, ""
    if section is None:
        return Span(at, at), ""
    return _title_span(reading, section), section.title


# ---------------------------------------------------------------- lists inside a sentence


def _inline(reading: Reading, sentence: Span) -> Iterator[_Found]:
    plain = reading.plain
    if "、" not in plain[sentence.start : sentence.end] and "》《" not in plain[sentence.start : sentence.end]:
        yield from _introduced(reading, sentence)
        return
    opened = [member for _, spans in opened_lists(plain, sentence) for member in spans]
    for part in split(plain, sentence, ",;:"):
        found = _list_in(reading, sentence, _unmarked(reading, part))
        # What one member of a wider list names, with no word of its own for it, is no list that anybody asks for.
        if found and not ((found.head_words or not len(found.head)) and any(member.covers(part) for member in opened)):
            yield found
    yield from _nested(reading, sentence)
    yield from _introduced(reading, sentence)


def _unmarked(reading: Reading, part: Span) -> Span:
    """Take the mark of the heading that a clause opens with off it."""
    section = reading.section(part.start)
    if section is None or section.heading.start != part.start or not section.label:
        return part
    return _trimmed(reading.plain, Span(min(part.end, part.start + len(section.label)), part.end))


def _list_in(reading: Reading, sentence: Span, part: Span) -> _Found | None:
    """Read the list of one comma clause: `应急管理、发展改革、…、行政审批等部门联合研究制定`."""
    plain = reading.plain
    pieces = split(plain, part, "、")
    if len(pieces) < 3 and "》《" not in plain[part.start : part.end]:
        return None
    last = _trimmed(plain, pieces[-1])
    etc = number_behind(plain, last, len(pieces)) or _ETC.search(plain, last.start, last.end) or _TAIL.search(plain, last.start + 1, last.end)
    end = etc.start() if etc else last.end
    ends = split_last(plain, Span(last.start, end)) if last.start < end else []
    spans = tuple(piece for member in (*pieces[:-1], *ends) for piece in side_by_side(plain, member))
    spans = _led(plain, spans)
    if len(spans) < 3 or sum(map(len, spans)) > 400:
        return None
    head, words, count = _head_of(reading, part, spans, end)
    return _Found("inline", head, spans, _clause(sentence, part), count, words)


def _led(plain: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Cut the words that lead in off the first member; a book title begins at its mark."""
    if not spans:
        return spans
    first = spans[0]
    title = plain.rfind("《", first.start, first.end)
    if title > first.start and plain[first.end - 1] == "》":
        return (Span(title, first.end), *spans[1:])
    return trim_members(plain, spans)


def _head_of(reading: Reading, part: Span, spans: tuple[Span, ...], end: int) -> tuple[Span, str, int | None]:
    """Give what a list lists: the noun after it (`等高危行业`), else the words that lead into it."""
    plain = reading.plain
    after = _AFTER_LIST.match(plain, end, part.end)
    if after and (after.group("etc") or after.group("count")) and after.group("noun"):
        noun = _noun_span(after)
        count = value_of(re.sub(r"[^\d二两三四五六七八九十]", "", after.group("count") or "")) if after.group("count") else None
        if len(noun):
            return noun, "", count
    lead = _trimmed(plain, Span(part.start, spans[0].start))
    if before := clause_before(plain, reading.sentence(part.start), part, lead):
        return before, "", _stated(reading, Span(before.start, part.end), len(spans))
    return (lead, "", _stated(reading, part, len(spans))) if len(lead) else _head_words(reading, part)


def _head_words(reading: Reading, part: Span) -> tuple[Span, str, int | None]:
    section = reading.section(part.start)
    return (_title_span(reading, section), section.title, None) if section else (Span(part.start, part.start), "", None)


def _noun_span(match: re.Match[str]) -> Span:
    start, end = match.start("noun"), match.end("noun")
    stop = _NOUN_STOP.search(match.string, start, end)
    return Span(start, stop.start() if stop else end)


def _counted_noun(match: re.Match[str]) -> Span:
    """Give `五步法` as a whole: the noun with the number before it."""
    noun = _noun_span(match)
    return Span(match.start("count"), noun.end) if match.group("count") else noun


def _nested(reading: Reading, sentence: Span) -> Iterator[_Found]:
    """Read lists in quotes (`“A、B、C”要求`) and in brackets, which stand inside another clause."""
    plain = reading.plain
    for match in re.compile(r"“(?P<inner>[^“”]{3,200})”|[(](?P<bracket>[^()]{5,300})[)]").finditer(plain, sentence.start, sentence.end):
        group = "inner" if match.group("inner") else "bracket"
        if match.group(group).count("、") + match.group(group).count(",") < 2 or _BRACKET_TAIL.match(match.group()):
            continue
        spans = members(plain, Span(match.start(group), match.end(group)))
        if len(spans) < 3:
            continue
        after = _AFTER_LIST.match(plain, match.end(), sentence.end) if group == "inner" else None
        head = _counted_noun(after) if after else Span(match.start(), match.start())
        count = value_of(re.sub(r"[^\d二两三四五六七八九十]", "", after.group("count") or "x")) if after and after.group("count") else None
        words = ""
        if group == "bracket" or not len(head):
            head = _noun_before(plain, sentence, match.start())
        yield _Found("quoted" if group == "inner" else "inline", head, spans, _around(reading, sentence, match), count, words)


def _noun_before(plain: str, sentence: Span, at: int) -> Span:
    parts = split(plain, Span(max(sentence.start, at - 40), at), ",;:、")
    return trim_lead(plain, parts[-1]) if parts else Span(at, at)


def _around(reading: Reading, sentence: Span, match: re.Match[str]) -> Span:
    start = max(reading.plain.rfind(mark, sentence.start, match.start()) for mark in ",;。") + 1
    ends = [at for mark in ",;。" if (at := reading.plain.find(mark, match.end(), sentence.end)) >= 0]
    return Span(max(sentence.start, start), min(ends, default=sentence.end))


def _introduced(reading: Reading, sentence: Span) -> Iterator[_Found]:
    """Read what follows 包括, 分为, 如下 or a colon when it is a list over commas, semicolons or the next lines."""
    plain = reading.plain
    # Where no sign stands, the heads before none need not be tried.
    signed = _SIGN.search(plain, sentence.start, sentence.end) is not None
    for match in islice(_INTRODUCED.finditer(plain, sentence.start, sentence.end), _TRIES) if signed else ():
        rest = Span(match.end(), min(sentence.end, match.end() + 2 * _REACH))
        if not match.group("colon") and match.group("sign").startswith(("如下", "以下")):
            continue
        for marks in (";", ","):
            parts = split(plain, rest, marks)
            if len(parts) >= 3 and (marks == ";" or max(map(len, parts)) <= 30 and "、" not in plain[rest.start : rest.end]):
                head = _trimmed(plain, Span(match.start(), match.start("sign")))
                spans = tuple(bare(plain, _trimmed(plain, part)) for part in parts)
                yield _Found("inline", head, spans, sentence, _stated(reading, sentence, len(parts)))
                break
    if duties := duties_side_by_side(plain, sentence):
        yield _Found("inline", Span(sentence.start, sentence.start), duties, sentence, None, DIVISION)
    for head, spans in opened_lists(plain, sentence):
        yield _Found("inline", head, spans, sentence, _stated(reading, Span(sentence.start, spans[0].start), len(spans)))
    colon = plain.rfind(":", sentence.start, sentence.end)
    if colon >= 0 and (parts := split(plain, Span(colon + 1, sentence.end), ",;")) and _counted(reading, sentence, parts, colon):
        head = _trimmed(plain, Span(sentence.start, colon))
        yield _Found("inline", head, tuple(parts), sentence, len(parts))


def _counted(reading: Reading, sentence: Span, parts: list[Span], colon: int) -> bool:
    return len(parts) > 1 and _stated(reading, Span(sentence.start, colon), len(parts)) is not None


def _clause(sentence: Span, part: Span) -> Span:
    return sentence if len(sentence) <= 160 else part


def _trimmed(plain: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and plain[start] in " \n,:;。、—":
        start += 1
    while end > start and plain[end - 1] in " \n。;,:、":
        end -= 1
    return Span(start, end)

