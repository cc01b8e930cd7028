"""Figures that a document sets or states: how many, what share, how often, and for which year.

A figure alone says little, so each carries what governs it in its sentence: the field before a colon (`消防领域:`), the
words of its clause, and the last year named before it. Numbers in terms (“三管三必须”), dates and marks are no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.boilerplate import footer_start
from corpus.clauses import MAX_QUOTED, Reading, read, split
from corpus.figures import Figure, figures_in
from corpus.numbers import CN
from corpus.text import squeeze
from corpus.types import Section, Source, Span, Target

_YEARS = r"(?:19|20)\d{2}(?:年)?(?:\s?(?:-|—|–|~|至|、)\s?(?:19|20)\d{2}年?){0,5}"
_PERIOD = re.compile(
    rf"(?P<compared>同比|环比|较|比|与|相比|对比)?(?P<lead>力争到|截至|截止|到|至|于|自|从|在)?"
    rf"(?P<when>{_YEARS}(?<=年)(?:上半年|下半年|年?\d{{1,2}}月(?:\d{{1,2}}日)?(?:底|末|初|上旬|中旬|下旬)?|年?(?:底|末|初|度))?(?:之?前|以前)?"
    r"|\d{1,2}月(?:\d{1,2}日|底|末|初|[上中下]旬)?(?:之?前|以前)"
    r"|“?(?:十[一二三四五六]五|[一二三四]五)”?(?:时期|期间|末|期末)|(?:今|明|本|次)年(?:底|末|度|内)?|年底前?)"
)
_TOPIC = re.compile(r"(?:^|[。;\n(]|(?<=[)])|(?<=[、.]))[ ]{0,8}(?:\d{1,2}[.、])?(?P<topic>[^\s。;,:()“”]{2,24}):")
_RATE = re.compile(
    rf"每(?:个?(?:工作日|[日天周旬月年]|季度?|半年|半个?月|学期|学年)|两周|(?:\d{{1,3}}|[{CN}]{{1,3}})\s?(?:年|个?月|周|天|日|小时|分钟))(?:度|份)?(?!\s?\d{{1,2}}[日号])"
    rf"|[一1]个?(?:季度|年|月|周|天)(?=[^,;。]{{0,4}}[\d{CN}]{{1,2}}次)"
)
_NUMERAL = re.compile(rf"[\d{CN}每]")
"""What every figure and every rate holds."""
_RATED = ("次", "遍", "轮", "场", "期", "个", "项", "天", "小时", "学时", "课时", "篇", "起", "批", "家", "人次")
_RATE_VERB = re.compile(
    r"[^,;。]{0,40}?(?:报告|更新|通报|调度|召开|开展|组织|检查|会商|研判|报送|公布|例会|汇报|督导|督查|巡查|演练|培训|评估|考核|清理|排查|分析|值班|上报|维护|检测|复查|述职)"
)
_CHANGE = re.compile(r"(?:减少|增加|提高|提升|下降|降低|压减|压降|扩大|增长|上升|缩短|调整|发展)(?:到|至|为)?$")
_FROM = re.compile(r"(?:由|从)[^,;。]{0,8}$")
_VERBS_ONLY = re.compile(r"(?:完成|达到?|实现|占比|比例|力争|确保|不|少于|低于|分别|其中|均|各|约|近|为|超过|控制在|提升至|提高到|至少|到|再|又|每年|\s)*")
_LEAD_MARK = re.compile(r"^[ |]{0,8}[(]?\d{1,3}[.、)](?=[ ]?(?:[^\d\s]|(?:19|20)\d{2}年))", re.M)
_TRIM = re.compile(r"^[\s,、;:.。)]+|[\s,、;:.。(“]+$")
_SHORT, _RATE_REACH, _PERIOD_REACH, _TOPIC_REACH = 12, 80, 400, 600


@dataclass(frozen=True, slots=True)
class _Statement:
    """A figure in its sentence: comma clauses of the sentence, which of them states it, and the times named."""

    figure: Figure
    sentence: Span
    parts: tuple[Span, ...]
    part: int
    periods: tuple[re.Match[str], ...]


def targets(source: Source, sections: tuple[Section, ...]) -> tuple[Target, ...]:
    """Find every figure with its unit, comparator, period and subject, in text order."""
    reading = read(source, sections)
    masked = _masked(reading)
    footer = footer_start(source.text)
    topics = [(match.start("topic"), match.end(), match.group("topic")) for match in _TOPIC.finditer(reading.plain)]
    found: list[Target] = []
    for sentence in reading.sentences:
        if sentence.start >= footer:
            break
        for statement in _statements(reading.plain, masked, sentence):
            target = _target(reading, statement, topics)
            found.append(replace(target, ordinal=len(found)))
    return tuple(found)


def _masked(reading: Reading) -> str:
    """Blank out what holds numbers but states none: heading marks, short quoted terms, book titles."""
    characters = list(reading.plain)
    for section in reading.sections:
        start = section.heading.start
        for at in range(start, min(start + len(section.label), section.heading.end)):
            characters[at] = " "
    for mark in _LEAD_MARK.finditer(reading.plain):
        characters[mark.start() : mark.end()] = " " * len(mark.group())
    for quoted in reading.quotes:
        if len(quoted) <= 16 and quoted.end - quoted.start < MAX_QUOTED:
            characters[quoted.start : quoted.end] = "”" * len(quoted)
    for match in re.finditer(r"《[^《》\n]{1,80}》", reading.plain):
        characters[match.start() : match.end()] = "》" * (match.end() - match.start())
    return "".join(characters)


def _statements(plain: str, masked: str, sentence: Span) -> Iterator[_Statement]:
    if not _NUMERAL.search(masked, sentence.start, sentence.end):
        return
    parts = tuple(split(masked, sentence, ",;:"))
    periods = tuple(match for match in _PERIOD.finditer(plain, sentence.start, sentence.end) if not match.group("compared"))
    last: Figure | None = None
    for index, part in enumerate(parts):
        figures = list(figures_in(masked, part))
        if last and len(figures) == 1 and figures[0].core == part and figures[0].unit == last.unit:
            figures = [replace(figures[0], comparator=last.comparator)]
        last = figures[-1] if figures else last
        rates = list(_RATE.finditer(masked, part.start, part.end))
        figures = [figure for figure in figures if not _within(rates, figure.core.start)]
        figures = _changes(masked, _carried(masked, figures))
        figures = [_rated(masked, figure, rates) for figure in figures]
        figures += _bare_rates(masked, part, rates, figures)
        for figure in sorted(figures, key=lambda figure: figure.core.start):
            yield _Statement(figure, sentence, parts, index, periods)


def _within(rates: list[re.Match[str]], at: int) -> bool:
    index = bisect_right(rates, at, key=lambda rate: rate.start()) - 1
    return index >= 0 and at < rates[index].end()


def _carried(masked: str, figures: list[Figure]) -> list[Figure]:
    """Carry a bound over a list of figures: `分别达到80%、82%和85%`."""
    carried: list[Figure] = []
    for figure in figures:
        last = carried[-1] if carried else None
        gap = masked[last.span.end : figure.span.start] if last else ""
        if last and gap in ("、", ",", "和", "及") and figure.comparator == "=" and last.unit == figure.unit:
            figure = replace(figure, comparator=last.comparator)
        carried.append(figure)
    return carried


def _changes(masked: str, figures: list[Figure]) -> list[Figure]:
    """Join `由16处减少到8处` to one figure with the comparator `->`."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if last and last.comparator == "=" and _FROM.search(masked[max(0, last.core.start - 12) : last.core.start]):
            gap = masked[last.core.end : figure.core.start]
            if len(gap) <= 10 and _CHANGE.search(gap):
                joined[-1] = replace(
                    figure,
                    value=f"{last.value}-{figure.value}",
                    comparator="->",
                    span=Span(last.span.start, figure.span.end),
                    core=Span(last.core.start, figure.core.end),
                )
                continue
        joined.append(figure)
    return joined


def _rated(masked: str, figure: Figure, rates: list[re.Match[str]]) -> Figure:
    """Give `每季度带队开展1次` the unit `次/季度` and a span from 每 on."""
    if figure.unit not in _RATED:
        return figure
    before = bisect_right(rates, figure.core.start, key=lambda rate: rate.end()) - 1
    if before < 0 or figure.core.start - rates[before].end() > _RATE_REACH:
        return figure
    rate = rates[before]
    if "、" in masked[rate.end() : figure.core.start] and figure.unit != "次":
        return figure
    lead = re.search(r"(?:至少|应当?|原则上)+$", masked[max(0, rate.start() - 6) : rate.start()])
    start = rate.start() - len(lead.group()) if lead else rate.start()
    least = "至少" in masked[start : figure.core.start] and figure.comparator == "="
    return replace(
        figure,
        unit=f"{figure.unit}/{_every(rate)}",
        comparator=">=" if least else figure.comparator,
        span=Span(start, figure.span.end),
    )


def _every(rate: re.Match[str]) -> str:
    words = squeeze(rate.group())
    words = re.sub(r"^每个?|^[一1]个?", "", words) or words
    return "季度" if words == "季" else re.sub(r"(?<=[年月])[度份]$", "", words)


def _bare_rates(masked: str, part: Span, rates: list[re.Match[str]], figures: list[Figure]) -> list[Figure]:
    """Take `每周动态更新` as a figure of its own: how often, without a count."""
    bare = []
    spans = sorted(figure.span for figure in figures)
    for rate in rates:
        index = bisect_right(spans, rate.start(), key=lambda span: span.start) - 1
        counted = index >= 0 and rate.start() < spans[index].end
        if not counted and (verb := _RATE_VERB.match(masked, rate.end(), part.end)):
            core = Span(rate.start(), rate.end())
            bare.append(Figure(squeeze(rate.group()), "", "=", core, Span(rate.start(), verb.end())))
    return bare


def _target(reading: Reading, statement: _Statement, topics: list[tuple[int, int, str]]) -> Target:
    figure = statement.figure
    index, path = reading.place(figure.core.start)
    period, period_at = _period(reading.plain, statement)
    topic = _topic(reading, statement, topics)
    subject, first = _subject(reading, statement)
    if topic and not subject.startswith(topic):
        subject = f"{topic}:{subject}"
    unit = figure.unit
    return Target(
        ordinal=0,
        section=index,
        path=path,
        subject=subject,
        comparator=figure.comparator,
        value=figure.value,
        unit=unit,
        period=period,
        span=figure.span,
        clause=_clause(statement, min(first, period_at)),
    )


def _period(plain: str, statement: _Statement) -> tuple[str, int]:
    """Give the time that governs the figure: the last one named before it, or its share of a list (`分别`)."""
    at, periods = statement.figure.core.start, statement.periods
    index = bisect_right(periods, at, key=lambda match: match.end()) - 1
    if index < 0 or at - periods[index].end() > _PERIOD_REACH:
        following = periods[index + 1] if index + 1 < len(periods) else None
        near = following is not None and following.start() < statement.parts[statement.part].end
        return (squeeze(following.group("when")), at) if following and near else ("", at)
    match = periods[index]
    when = squeeze(match.group("when"))
    years = re.findall(r"\d{4}", when)
    if len(years) > 1 and "、" in when and "分别" in plain[match.end() : at]:
        index = len(re.findall(r"\d(?:\.\d+)?[%家个处座人]", plain[plain.rindex("分别", match.end(), at) : at]))
        when = f"{years[index]}年" if index < len(years) else when
    return when.replace("“", "").replace("”", ""), match.start()


def _topic(reading: Reading, statement: _Statement, topics: list[tuple[int, int, str]]) -> str:
    """Give the field named before a colon that the figure stands under, within its own paragraph and section."""
    at = statement.figure.core.start
    index = bisect_right(topics, at, key=lambda topic: topic[1]) - 1
    if index < 0:
        return ""
    start, end, words = topics[index]
    if at - end > _TOPIC_REACH:
        return ""
    section = reading.section(at)
    if "\n" in reading.plain[end:at] and "\n" in reading.plain[end:at].strip() and not reading.plain[end : end + 1].isspace():
        return ""
    return words if section is None or section.span.start <= start else ""


def _subject(reading: Reading, statement: _Statement) -> tuple[str, int]:
    """Give the words the figure is about and where they begin; a bare `2021年完成80%` borrows the clause before it."""
    plain, figure = reading.plain, statement.figure
    part = statement.parts[statement.part]
    words, first = _own_words(reading, figure, part), part.start
    if len(words) >= _SHORT:
        return words, first
    bare = len(_VERBS_ONLY.sub("", words)) < 4
    for earlier in reversed(statement.parts[max(0, statement.part - 5) : statement.part]):
        borrowed = squeeze(_TRIM.sub("", _PERIOD.sub("", plain[max(earlier.start, earlier.end - 50) : earlier.end])))
        meaningful = _VERBS_ONLY.sub("", re.sub(r"[\d.]+[%\u4e00-\u9fff]?", "", borrowed))
        if len(meaningful) >= (4 if bare else 6):
            return f"{borrowed},{words}", earlier.start
    return words, first


def _own_words(reading: Reading, figure: Figure, part: Span) -> str:
    """Give the words of the figure's clause around it; a figure in brackets speaks for itself and for the clause."""
    plain, at = reading.plain, figure.core.start
    mark = _LEAD_MARK.match(plain, part.start)
    start, end = max(mark.end() if mark else part.start, figure.span.start - 60), min(part.end, figure.span.end + 30)
    opened = plain.rfind("(", start, at)
    closed = reading.brackets.get(opened, -1)
    inner = ""
    if opened >= 0 and closed > at:
        inner = plain[opened + 1 : at] + plain[figure.core.end : min(closed, end)]
        words = plain[start:opened]
    else:
        lead = plain[start:at]
        words = re.sub(r"\([^()]*\d[^()]*\)", "", lead + plain[figure.span.end : end])
    parts = (squeeze(_TRIM.sub("", _PERIOD.sub("", text))) for text in (inner, words))
    return ",".join(text for text in parts if text)


def _clause(statement: _Statement, first: int) -> Span:
    """Give the sentence, or of a long one the clauses from the governing period or subject to the figure's own."""
    if len(statement.sentence) <= 160:
        return statement.sentence
    part = statement.parts[statement.part]
    start = first if part.end - first <= 260 else part.start
    index = bisect_right(statement.parts, start, key=lambda other: other.start) - 1
    if index >= 0 and start < statement.parts[index].end:
        start = statement.parts[index].start
    return Span(start, max(part.end, statement.figure.span.end))
