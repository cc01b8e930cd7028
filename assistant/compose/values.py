"""By when, how many: the one value that a question asks for, chosen among those its best clauses state."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.answering.clauses import segments, sentences
from assistant.answering.draft import Draft, Quote, shortened
from assistant.answering.evidence import Gathered, Scored, ScoredDuty, in_scope, local_score, segment_of, year_bonus
from assistant.compose import contrast
from assistant.compose.candidates import Candidate, draft_of
from assistant.compose.differences import difference
from assistant.compose.due import date_bonus, of_the_other_end, wants_span
from assistant.compose.duties import FAR, quote_of
from assistant.compose.measures import figure_bonus
from assistant.lexicon.cues import WHEN
from assistant.question.measured import HOW_OFTEN, IN_WHAT_TIME, TIME_UNITS
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.codec import overlapping
from corpus.text import fold
from corpus.types import Document, Span

WITHIN = 12
"""How many of the best clauses are read for values."""

_YEAR = re.compile(r"(?:到|至)?20\d{2}年")
def deadline(query: Query, gathered: Gathered) -> Draft | None:
    """Answer until when: from the task list's cell when a row matches best, else from the best clause that states a date."""
    rows = [d for d in gathered.duties if d.duty.source == "row" and d.duty.deadline]
    found = _spans(query, gathered) if wants_span(query) else _dated(query, gathered)
    top = gathered.clauses[0].score if gathered.clauses else 0.0
    listed = 0.25 if re.search("清单|完成时限|时限|任务", query.folded) else 0.1
    if rows and rows[0].score >= max(top, min(found[0].score, 1.0) - 0.1 if found else 0.0) - listed and not wants_span(query):
        return _from_row(query, rows[0], found)
    if not found:
        return None
    return draft_of("deadline", query, found, top)


def _from_row(query: Query, row: ScoredDuty, found: list[Candidate]) -> Draft:
    cell = row.duty.deadline
    assert cell is not None
    notes = [n.message for n in row.duty.notes]
    inside = [c for c in found if row.duty.task.span.covers(c.span)]
    text = cell.value
    best = max(inside, key=lambda c: c.score, default=None)
    if best and _differ(best.text, cell.value):
        segment = shortened(segment_of(row.document, best.sentence, best.span).of(row.document.text).strip("| "), 60)
        notes.append(f"清单“完成时限”栏为“{cell.value}”;任务文字写明“{segment}”")
        if best.score >= 0.75:
            text = f"{cell.value}(任务文字:{segment})"
    quote = quote_of(row)
    quote = Quote(quote.document, quote.span, quote.path, (cell.span,))
    return Draft("deadline", text, (quote,), row.score, True, tuple(notes), "", "row", (("own", row.own),))


_RANGE = re.compile("至|到|—|-|–|~|～")


def own_date(query: Query, gathered: Gathered) -> Draft | None:
    """A date asked with 出台/印发 may be that of a thing the document plans (举报奖励办法什么时候出台), not the document's own.

    Taken only when the question has words of its own that a clause with a date covers and no title does.
    """
    if not gathered.clauses or not re.search(rf"{WHEN}", query.folded) or "网页" in query.folded:
        return None
    title = gathered.clauses[0].clause.title
    asked = query.focus if query.follow_up else query.terms  # 哪天发的 after a task was spoken of is the document's date
    specific = [t for t in asked if t.weight > 0.3 and t.cover(title) < 0.6 and not _ISSUING.search(t.text)]
    if not specific:
        return None
    found = _dated(replace(query, terms=tuple(specific)), gathered)
    return draft_of("deadline", query, found, found[0].score) if found and found[0].score >= 0.7 else None


_ISSUING = re.compile("印发|发布|公布|出台|下发|施行|实施|通过|生效|挂|成文|网上|通知|条例|文件|方案|开始")


def _differ(a: str, b: str) -> bool:
    """Do two printed limits name different times? 2025年底前 and 2025年底 do not, nor does 2025年 beside 2025年底."""
    a, b = (fold(x).rstrip("前内").removesuffix("之") for x in (a, b))
    return not (a.startswith(b) or b.startswith(a))


def _spans(query: Query, gathered: Gathered) -> list[Candidate]:
    """Periods with a beginning and an end, anywhere in the documents that the best clauses come from (起止时间 is seldom near the topic)."""
    found: list[Candidate] = []
    for document in {s.clause.document.id: s.clause.document for s in gathered.clauses[:WITHIN]}.values():
        for limit in document.facts.deadlines:
            passage = next((p for p in document.passages if p.span.covers(limit.span)), None)
            if limit.kind != "during" or not _RANGE.search(limit.value) or passage is None or not in_scope(document, passage.section, query):
                continue
            sentence = next((s for s in sentences(document.text, passage.span) if s.covers(limit.span)), passage.span)
            own = fold(sentence.of(document.text))
            path = fold(" ".join(passage.path))
            title = fold(f"{document.title} {' '.join(document.card.places)}")
            score = coverage(query.terms, ((own, 1.0), (path, 0.9), (title, 0.8)))
            score += 0.1 if re.search("时段|时间|期限|阶段", path[-30:]) else 0.0
            found.append(Candidate(document, limit.span, sentence, passage.path, score, limit.value, limit.reading))
    found.sort(key=lambda c: (-round(c.score, 2), -_days(c), c.span.start))
    return found or _dated(query, gathered)


def _days(candidate: Candidate) -> int:
    limit = next((x for x in candidate.document.facts.deadlines if x.span == candidate.span), None)
    return (limit.until - limit.since).days if limit and limit.since and limit.until else 0


def _dated(query: Query, gathered: Gathered) -> list[Candidate]:
    found: list[Candidate] = []
    for scored in gathered.clauses[:WITHIN]:
        document = scored.clause.document
        for limit in overlapping(document.facts.deadlines, "span", scored.clause.span.start, scored.clause.span.end):
            if scored.clause.span.covers(limit.span) and not _OF_A_RATE.match(document.text, limit.span.start):
                score = local_score(query, scored, limit.span) + date_bonus(query, limit) - of_the_other_end(query, document, scored.clause.span, limit.span)
                if scored.clause.own.endswith("?"):
                    score -= 0.3  # the question of a leaflet: what it asks stands below
                if len(scored.clause.span) <= len(limit.span) + 4:
                    score -= 0.15  # a bare date line: signature or page header, nothing falls due there
                found.append(
                    Candidate(document, limit.span, scored.clause.span, scored.clause.passage.path, score, limit.value, limit.reading)
                )
    return sorted(_contrasted(query, found, dates=True), key=lambda c: -c.score)


_OF_A_RATE = re.compile(r"每(?:人每)?[年月季周日天]度?\s*\d[\d.,]*万?元")
"""每年260元 says how much, not when."""


def _contrasted(query: Query, found: list[Candidate], *, dates: bool = False) -> list[Candidate]:
    """Of the values of one kind that one sentence states side by side the one whose own words are asked for comes first.

    The best of a sentence keeps the score that its best had, so that sentences compare as before.
    """
    out: list[Candidate] = []
    by_sentence: dict[tuple[str, Span, str], list[Candidate]] = {}
    for candidate in found:
        unit = "time" if IN_WHAT_TIME.search(query.folded) and candidate.unit in TIME_UNITS else candidate.unit.removeprefix("万")
        by_sentence.setdefault((candidate.document.id, candidate.sentence, unit), []).append(candidate)
    for (_, _, unit), same in by_sentence.items():
        same.sort(key=lambda c: c.span.start)
        if len(same) < 2 or any(a.span.overlaps(b.span) for a, b in pairwise(same)):
            out += same
            continue
        text, spans = same[0].document.text, [c.span for c in same]
        limits = dates or unit == "time"  # what is due stands behind the time that it is due in
        own = contrast.around(text, same[0].sentence, spans) if limits else contrast.before(text, same[0].sentence, spans)
        over = () if limits else contrast.wholes(text, same[0].sentence, spans)
        gains = contrast.contrasts(query, own, whole=0.0 if limits else contrast.WHOLE, above=over)
        gained = [c.score + gain for c, gain in zip(same, gains, strict=True)]
        shift = max(c.score for c in same) - max(gained)
        out += [replace(c, score=score + shift) for c, score in zip(same, gained, strict=True)]
    return out


_APIECE = re.compile("分别|各自?(?=是|有|要|为|多少|几)|逐年|每年各")
_RELATIVE = (("去年", "去年|上年|上一年|前一年"), ("今年", "今年|本年|明年|来年"))


def _of_its_year(query: Query, gathered: Gathered) -> Gathered:
    """Where documents state the year they are for in their titles, a figure of one year stands in the document of that year."""
    asked = set(query.scope.years)
    titled = {s.clause.document.id: {int(y) for y in re.findall(r"(?<!\d)20\d\d(?!\d)", s.clause.title)} for s in gathered.clauses}
    if len(asked) != 1 or not any(asked == years for years in titled.values()):
        return gathered
    other = {id for id, years in titled.items() if years and not min(years) <= min(asked) <= max(years)}
    return replace(gathered, clauses=tuple(s for s in gathered.clauses if s.clause.document.id not in other))


def year_by_year(query: Query, gathered: Gathered) -> Draft | None:
    """Answer a question about two years (去年完成和今年计划各多少, 2024年和2025年) with the figure of each."""
    asked = [name for name, words in _RELATIVE if re.search(words, query.folded)]
    if len(asked) == 2:
        sides = [(name, replace(query, folded=re.sub(_RELATIVE[1 - at][1], "", query.folded))) for at, (name, _) in enumerate(_RELATIVE)]
    elif len(query.scope.years) == 2:
        sides = [(f"{year}年", replace(query, scope=replace(query.scope, years=(year,)))) for year in sorted(query.scope.years)]
    else:
        return None
    # Each year has one figure, which is asked for apart: 分别 asks for no more of it.
    alone = [(name, replace(one, folded=_APIECE.sub("", one.folded))) for name, one in sides]
    drafts = [(name, _figures(one, _leaning_again(one, _of_its_year(one, gathered)))) for name, one in alone]
    if any(draft is None or not draft.text for _, draft in drafts):
        return None
    found = [(name, draft) for name, draft in drafts if draft]
    quotes = tuple({(quote.document.id, quote.span, quote.highlights): quote for _, draft in found for quote in draft.quotes}.values())
    if len({(quote.document.id, quote.highlights) for quote in quotes}) < 2:
        return None
    text = "\n".join(f"{name}:{draft.text}" for name, draft in found) + difference(query, found[0][1], found[1][1])
    return Draft(query.kind, text, quotes, min(draft.coverage for _, draft in found), True, (), "", "value")


def _leaning_again(query: Query, gathered: Gathered) -> Gathered:
    """The clauses in the order of one year's part of the report."""
    clauses = sorted(gathered.clauses, key=lambda s: -(s.score + 2 * year_bonus(query, s.clause.path + s.clause.own)))
    return replace(gathered, clauses=tuple(clauses))


def number(query: Query, gathered: Gathered) -> Draft | None:
    """Answer how many, what share, how often; for each of two years where both are asked for."""
    return year_by_year(query, gathered) or _figures(query, gathered)


def _figures(query: Query, gathered: Gathered) -> Draft | None:
    """Answer how many, what share, how often: the figure whose unit fits and whose words are nearest to the question's."""
    found: list[Candidate] = []
    for scored in gathered.clauses[:WITHIN]:
        document = scored.clause.document
        for target in overlapping(document.facts.targets, "span", scored.clause.span.start, scored.clause.span.end):
            if scored.clause.span.covers(target.span):
                score = local_score(query, scored, target.span) + figure_bonus(query, target, document.text)
                score += _set_apart(query, document, scored.clause.span, target.span)
                found.append(Candidate(document, target.span, scored.clause.span, scored.clause.passage.path, score, target.period, "", target.unit))
    found = sorted(_contrasted(query, _in_force(query, [*found, *_again(query, gathered, found)])), key=lambda c: -c.score)
    if not found:
        return Draft("number", "", (), 0.0, False, (), "文件没有写明金额", "value") if query.measure_word == "元" else None
    if query.measure_word == "折" and not (found := [c for c in found if c.unit in ("%", "折", "成")]):
        return Draft("number", "", (), 0.0, False, (), "文件没有写明优惠的比例", "value")
    if _PROGRESS.search(query.folded):
        found = [c for c in found if _DONE.search(c.sentence.of(c.document.text))]
        if not found:
            return Draft("number", "", (), 0.0, False, (), "文件没有写明实际进展", "value")
    if gathered.clauses and found[0].score < gathered.clauses[0].score - FAR:
        return None
    if problem := _other_year(query, found[0]):
        return Draft("number", "", (), 0.0, False, (), problem, "value")
    if query.measure_word == "元" and not (found := [c for c in found if "元" in c.span.of(c.document.text)]):
        return Draft("number", "", (), 0.0, False, (), "文件没有写明金额", "value")
    top = gathered.clauses[0].score if gathered.clauses else 0.0
    if len(query.scope.places) < 2 and re.search("分别|各是|逐年|分年|每年各", query.folded) and (series := _series(query, gathered, found[0])):
        return series
    return draft_of("number", query, [_with_segment(query, c) for c in found], top)


_PAID_EACH = re.compile(r"[^,，。;；]{0,4}?\d[\d.]*万?元")


def _again(query: Query, gathered: Gathered, found: list[Candidate]) -> list[Candidate]:
    """The times that come again, where how often is asked for and no sentence about the act (更新) says it in so many words (每周更新)."""
    if not HOW_OFTEN.search(query.folded) or any("每" in c.span.of(c.document.text) and _done(query, fold(c.sentence.of(c.document.text))) for c in found):
        return []
    return [c for scored in gathered.clauses[:WITHIN] for c in _recurring(query, scored)]


def _recurring(query: Query, scored: Scored) -> list[Candidate]:
    """Times that come again (每季度首月15日前发放) tell how often as well as a count of times does."""
    document, clause = scored.clause.document, scored.clause
    limits = [x for x in overlapping(document.facts.deadlines, "span", clause.span.start, clause.span.end) if x.kind == "recurring" and clause.span.covers(x.span)]
    counted = [t.span for t in overlapping(document.facts.targets, "span", clause.span.start, clause.span.end)]
    return [
        Candidate(document, limit.span, clause.span, clause.passage.path, local_score(query, scored, limit.span) + _AGAIN + _done(query, clause.own), "", "", "/")
        for limit in limits
        if not any(span.overlaps(limit.span) for span in counted) and not _PAID_EACH.match(document.text, limit.span.end)
    ]


def _done(query: Query, own: str) -> float:
    """What it counts that a sentence says what is done so often (多久发一次: 发放)."""
    act = HOW_OFTEN.search(query.folded)
    return 0.05 if act and act["act"] and act["act"][0] in own else 0.0


_AGAIN = 0.2


_APART = re.compile("其他|其余|非(?![常法])[㐀-鿿]{2}")
_OF_ITS_KIND = 0.2


def _set_apart(query: Query, document: Document, sentence: Span, at: Span) -> float:
    """What is said of the others (其他高校毕业生, 非重点企业) answers a question about the others."""
    words = _APART.findall(query.folded)
    if not words:
        return 0.0
    start = max((t.span.end for t in document.facts.targets if sentence.start <= t.span.start and t.span.end <= at.start), default=sentence.start)
    own = fold(document.text[start : at.end])
    return _OF_ITS_KIND if any(word in own for word in words) else 0.0


_FORMER = re.compile("原规定|原标准|原办法|原来|原为|原定|此前|调整前|修订前|改革前|旧办法|以往")
_CHANGED = re.compile("新旧|前后|以前|之前的?(?:标准|规定)|原|变|调整|改")


def _in_force(query: Query, found: list[Candidate]) -> list[Candidate]:
    """What once held is no answer to what holds (原规定首小时6元,现降为5元), unless it is asked for."""
    if _CHANGED.search(query.folded):
        return found
    former = [c for c in found if _FORMER.search(segment_of(c.document, c.sentence, c.span).of(c.document.text))]
    now = [c for c in found if c not in former]
    return [c for c in found if c not in former or not any(o.document.id == c.document.id and o.unit == c.unit and o.score > c.score - _NEAR_FORMER for o in now)]


_NEAR_FORMER = 0.3


_PROGRESS = re.compile("(?:现在|目前|已经|眼下|实际).{0,2}(?:完成|进展|做到|达到|整改|进度)|到多少了|完成了(?:多少|百分)|进展(?:如何|怎)")
_DONE = re.compile("已|截至|截止|目前|完成率|整改率|实际|进展")
def _other_year(query: Query, best: Candidate) -> str:
    """A figure that its sentence gives for other years than the one asked is no answer."""
    years = {int(y) for y in re.findall(r"(?<!\d)(20\d{2})(?!\d)", best.sentence.of(best.document.text) + " ".join(best.path[-2:]))}
    asked = set(query.scope.years)
    if not asked or not years or asked & years or any(min(years) < y < max(years) for y in asked):
        return ""
    return f"文件没有写明{'、'.join(map(str, sorted(asked)))}年的数字"


def _series(query: Query, gathered: Gathered, best: Candidate) -> Draft | None:
    """The figures of one passage year by year (2020年30%,2021年60%,2022年全部), when the question asks for each."""
    home = next((s.clause for s in gathered.clauses if s.clause.span == best.sentence and s.clause.document.id == best.document.id), None)
    if home is None:
        return None
    inside = [t for t in best.document.facts.targets if home.passage.span.covers(t.span) and t.period]
    wanted = [t for t in inside if best.document.text[best.sentence.start : best.sentence.end] and t.unit == next((x.unit for x in inside if x.span == best.span), t.unit)]
    periods = dict.fromkeys(t.period for t in wanted)
    if len(periods) < 2:
        return None
    span = Span(min(t.span.start for t in wanted), max(t.span.end for t in wanted))
    every = sentences(best.document.text, home.passage.span)
    cut = [s for i, s in enumerate(every) if s.overlaps(span) or (i and every[i - 1].overlaps(span) and _YEAR.match(s.of(best.document.text)))]
    whole = Span(cut[0].start, cut[-1].end)
    text = shortened(whole.of(best.document.text).replace("\n", ""), 300)
    quote = Quote(best.document, whole, best.path, tuple(t.span for t in wanted))
    return Draft("number", text, (quote,), min(best.score, 1.0), True, (), "", "series")


def _with_segment(query: Query, candidate: Candidate) -> Candidate:
    """Show a figure in its comma segment; one of a row of figures (80%、82%、85%) with the period it holds for."""
    document, period = candidate.document, candidate.text
    segment = contrast.with_rate(document, candidate.sentence, segment_of(document, candidate.sentence, candidate.span))
    inside = [t for t in document.facts.targets if segment.covers(t.span)]
    beside, apart = [t.span for t in inside], len({t.period for t in inside}) > 1
    if len(beside) > 1 and not any(a.overlaps(b) for a, b in pairwise(beside)) and not (period and apart):
        own = contrast.pieces(document.text, segment, beside)[beside.index(candidate.span)] if candidate.span in beside else segment
        after = document.text[own.end : own.end + 1] if own.end < segment.end else ""
        own = Span(own.start, own.end + 1) if after in (")", "）") else own
        if candidate.span == max(beside) and document.text.startswith("、", own.start):
            own, after = Span(own.start, segment.end), ""  # the last of a row goes on to the comma: 乡镇60分钟内赶到
        told = contrast.shown(document.text, own)
        alone = len(told) >= _PIECE or contrast.names_itself(query.folded, told)
        segment = own if alone and after in ("", "、", ")", "）") else segment
    text = shortened(contrast.shown(document.text, segment).strip("| "), 90)
    if period and len(segment) < 9 and period[:4] not in text:
        text = f"{period}:{text}"
    elif len(segment) < 9 and segment.start > candidate.sentence.start and not _stands_alone(query, text):
        text = shortened(_widened(document, candidate.sentence, segment).of(document.text), 90)
    return replace(candidate, text=text.replace("\n", ""))


def _stands_alone(query: Query, text: str) -> bool:
    """Does a short piece say what it is a figure of: in words of the question (差评203条), or by a name in front (退役军人加3分)?"""
    return contrast.names_itself(query.folded, text) or bool(_OWN_NAME.match(text))


_OWN_NAME = re.compile(r"(?!.{0,3}(?:达|不|为|至|提|实现|完成|其中|同比|增|下降|累计|共计|合计|总计|每))[㐀-鿿]{4,}\d")


def _widened(document: Document, sentence: Span, segment: Span) -> Span:
    """A short piece with what stands before it in its sentence, whole comma segments, up to 40 characters where there are some."""
    pieces = [p for p in segments(document.text, sentence) if p.start <= segment.start]
    start = next((p.start for p in pieces if p.start >= segment.start - _BEFORE and p.start < segment.start), max(sentence.start, segment.start - _BEFORE))
    return Span(start, segment.end)


_BEFORE = 40


_PIECE = 6
"""Characters that the piece of a value needs in order to be read out alone."""
