"""Free text: how something is done, yes or no, what differs. The answer is the run of sentences that covers most of the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from assistant.clauses import Clause, sentences
from assistant.compose.values import deadline
from assistant.draft import Draft, Quote, names, shortened
from assistant.evidence import ITEM, OWN, PATH, TITLE, Gathered, Scored, ScoredDuty, gather
from assistant.library import Library
from assistant.query import Query
from assistant.reading.sights import Sight, sight_of
from assistant.terms import coverage, terms_of
from corpus.numbers import numeral_of
from corpus.text import fold
from corpus.types import Document, Passage, Span
from corpus.units import unit_matches

SPOKEN = 320
"""Characters of a free-text answer: what a person reads in one go."""

_NEGATIVE = re.compile(r"不允许|不得|严禁|禁止|不再|不准|不批|不予|不能|不可|不宜|杜绝|零容忍|取消")
_ASKS_PERMISSION = re.compile(r"能不能|能否|可以|可不可以|允许|能[^力够]|准不准|还.{0,6}(?:批|建|开)")


def passage_window(query: Query, best: Scored, *, limit: int = SPOKEN) -> tuple[Span, float]:
    """Grow the best clause to the neighbouring sentences of its passage while they cover more of the question."""
    clause = best.clause
    document = clause.document
    if clause.passage.kind == "row":
        return clause.span, best.score
    spans = sentences(document.text, clause.passage.span)
    at = next((i for i, s in enumerate(spans) if s.overlaps(clause.span)), 0)
    first = last = at
    score = _window_score(query, clause, Span(spans[first].start, spans[last].end))
    while True:
        options = []
        if last + 1 < len(spans):
            options.append((first, last + 1))
        if first > 0:
            options.append((first - 1, last))
        grown = [(_window_score(query, clause, Span(spans[a].start, spans[b].end)), -a, a, b) for a, b in options if spans[b].end - spans[a].start <= limit]
        if not grown:
            break
        better, _, a, b = max(grown)
        if better <= score + 0.015:
            break
        score, first, last = better, a, b
    return Span(spans[first].start, spans[last].end), score


def _window_score(query: Query, clause: Clause, span: Span) -> float:
    own = fold(span.of(clause.document.text))
    return coverage(query.terms, ((own, OWN), (clause.item, ITEM), (clause.path, PATH), (clause.title, TITLE)))


_WHOLE_SENTENCE = 16
"""From so many characters on a sentence that ends its paragraph needs no other to be understood."""


def _after(best: Scored, span: Span, *, limit: int) -> Span:
    """Let the next sentence in when the answer would otherwise be a bare opening (「按以下办法:」) or very short."""
    document, passage = best.clause.document, best.clause.passage
    rest = sentences(document.text, Span(span.end, passage.span.end)) if span.end < passage.span.end else ()
    for following in rest:
        said = span.of(document.text).rstrip()
        another = len(said) >= _WHOLE_SENTENCE and said.endswith("。") and "\n" in document.text[span.start + len(said) : following.start + 1]
        if following.end - span.start > limit or len(span) >= 90 or another:
            break
        span = Span(span.start, following.end)
    return span


def text_answer(query: Query, gathered: Gathered, *, kind: str = "measure", limit: int = SPOKEN) -> Draft | None:
    """Answer with the best run of sentences."""
    if not gathered.clauses:
        return None
    best = gathered.clauses[0]
    if below := _below_heading(best, kind):
        return below
    span, score = passage_window(query, best, limit=limit)
    if kind in ("measure", "other"):
        span = _after(best, span, limit=limit)
    return _draft(kind, best, span, score)


_SHORT = frozenset(("deadline", "number"))
"""Kinds whose answer is a value; for the others the sentence is shown and the span marked."""

SURE = 0.5
"""From this probability on a span that was read is the answer to a question for a value."""


def pointed(query: Query, draft: Draft, sights: Sequence[Sight]) -> Draft:
    """Mark the span that the network read in a draft's passage; where a value is asked for and it is sure, the span is the answer."""
    if not draft.quotes:
        return draft
    quote = draft.quotes[0]
    sight = sight_of(sights, quote.document.id, quote.span)
    if sight is None or sight.present < SURE:
        return draft
    marked = replace(draft, quotes=(replace(quote, highlights=(sight.span,)), *draft.quotes[1:]))
    if query.kind not in _SHORT or sight.score < SURE:
        return marked
    return replace(marked, text=clean(sight.span.of(quote.document.text)))


_ONLY_UNITS = re.compile(r"[(（][^()（）]*(?:牵头|配合|负责|责任单位|完成时限)[^()（）]*[)）]。?")


def _below_heading(best: Scored, kind: str) -> Draft | None:
    """A clause that is only a heading is answered with what stands below it: the titles of its parts, or its text."""
    document, clause = best.clause.document, best.clause
    home = next((s for s in document.sections if s.heading.covers(clause.span) and s.family not in ("attachment", "markup")), None)
    if home is None or home.parent < 0 or kind in ("lead", "support", "meta"):
        return None
    below = Span(home.heading.end, home.span.end)
    text = clean(below.of(document.text)).lstrip("。.:：;；、, ")
    if not text or _ONLY_UNITS.fullmatch(text):
        return None
    children = [s for s in document.sections if s.parent == home.index]
    if len(text) > SPOKEN and len(children) > 1:
        items = [s.title or shortened(clean(s.span.of(document.text)), 60) for s in children]
        text = "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
    text = text if "\n" in text else shortened(text, SPOKEN)
    cited = home.span if len(home.span) <= 700 else Span(home.span.start, min(home.span.end, home.span.start + 700))
    return Draft(kind, text, (Quote(document, cited, home.path),), best.score, False, (), "", "text", (("own", best.own),))


def _draft(kind: str, best: Scored, span: Span, score: float) -> Draft:
    document, passage = best.clause.document, best.clause.passage
    text = _opening(best) + clean(span.of(document.text))
    cited = passage.span if len(passage.span) <= 420 else span
    marks = (span,) if cited != span else ()
    return Draft(kind, text, (Quote(document, cited, passage.path, marks),), score, False, (), "", "text", (("own", best.own),))


def _opening(best: Scored) -> str:
    """The words an item hangs on (禁止下列行为:), without which it says the opposite."""
    document, section = best.clause.document, best.clause.passage.section
    if section < 0 or document.sections[section].parent < 0 or document.sections[section].family in ("cn", "chapter", "article", "attachment"):
        return ""
    parent = document.sections[document.sections[section].parent]
    opening = Span(parent.heading.start, parent.body.end).of(document.text).strip()
    last = re.split("[。;；\n]", opening)[-1].strip()
    return clean(last) if last.endswith((":", "：")) and len(last) <= 80 else ""


def clean(text: str) -> str:
    """Make a cut of the document fit to read aloud: line breaks of the source removed."""
    text = re.sub(r"\s*\n\s*", "", text).strip()
    return re.sub(r"\s*\|\s*", ";", text.strip("| ")) if "|" in text else text


_ASKS_PENALTY = re.compile("罚|处罚|怎么处理|咋处理|如何处理|后果|会怎|怎样|追究|责任")


def penalty(query: Query, gathered: Gathered) -> Draft | None:
    """What breaking a rule costs stands in another article: 违反本条例第十一条规定的,处…罚款."""
    if not _ASKS_PENALTY.search(query.folded) or (query.measure_word == "元" and gathered.clauses and "罚款" in gathered.clauses[0].clause.own):
        return None  # the best clause states the fine itself
    for scored in gathered.clauses[:3]:
        document, passage = scored.clause.document, scored.clause.passage
        if scored.score < gathered.clauses[0].score - 0.1 or re.search("罚款|处罚|违反", scored.clause.own):
            continue
        number = _article(document, passage)
        if number is None:
            continue
        pattern = re.compile(rf"违反[^。；;]{{0,16}}第(?:{numeral_of(number)}|{number})条")
        for other in document.passages:
            for span in sentences(document.text, other.span):
                if pattern.search(span.of(document.text)):
                    text = clean(Span(span.start, other.span.end if other.span.end - span.start <= SPOKEN else span.end).of(document.text))
                    quotes = (Quote(document, other.span, other.path, (span,)), Quote(document, passage.span, passage.path, (scored.clause.span,)))
                    return Draft(query.kind, text, quotes, scored.score, True, (), "", "text", (("own", scored.own),))
    return None


def _article(document: Document, passage: Passage) -> int | None:
    """The number of the article (第N条) a passage stands in."""
    at = passage.section
    while at >= 0:
        if document.sections[at].family == "article":
            return document.sections[at].number
        at = document.sections[at].parent
    return None


def yes_or_no(query: Query, gathered: Gathered) -> Draft | None:
    """Confirm or correct a statement. A claim about a unit is held against the duty; else the clause itself speaks."""
    if query.units and (by_unit := _unit_claim(query, gathered.duties)):
        return by_unit
    if by_date := _date_claim(query, gathered):
        return by_date
    draft = text_answer(query, gathered, kind="yesno", limit=260)
    if draft is None:
        return None
    if query.scope.years or re.search("所有|全部|都", query.folded):
        draft = _with_next_year(gathered.clauses[0], draft)
    verdict = _verdict(query, draft.text)
    return Draft("yesno", verdict + draft.text, draft.quotes, draft.coverage, False, (), "", "text", draft.features)


_CLAIMED_DATE = re.compile(r"(?:20\d{2}年|\d{1,2}月|年)(?:\d{1,2}[日号]|底|末|初)?")


def _date_claim(query: Query, gathered: Gathered) -> Draft | None:
    """Hold a claimed date of an end or beginning (是不是3月底就结束了) against the one the text states."""
    claimed = _CLAIMED_DATE.search(query.folded)
    if not claimed or not re.search("结束|截止|到期|开始|收尾|为止|启动", query.folded):
        return None
    stated = deadline(replace(query, folded=query.folded + "起止"), gathered)
    if stated is None or not stated.text:
        return None
    verdict = "是" if fold(claimed.group()) in fold(stated.text) else "不是"
    return replace(stated, kind="yesno", text=f"{verdict},文件写明{stated.text}")


def _with_next_year(best: Scored, draft: Draft) -> Draft:
    """Add the neighbouring sentences that say what holds for other years."""
    document, passage = best.clause.document, best.clause.passage
    spans = [s for s in sentences(document.text, passage.span) if re.search(r"20\d{2}年", s.of(document.text))]
    at = next((i for i, s in enumerate(spans) if s.overlaps(best.clause.span)), None)
    if at is None or len(spans) < 2:
        return draft
    around = spans[max(at - 1, 0) : at + 2]
    text = "".join(clean(s.of(document.text)) for s in around)
    return replace(draft, text=text) if len(text) <= 300 else draft


def _unit_claim(query: Query, duties: Sequence[ScoredDuty]) -> Draft | None:
    if not duties or duties[0].score < 0.55 or not re.search(r"牵头|负责|主管|归.{1,10}管|承担|抓", query.folded):
        return None
    best = next((d for d in duties if d.score >= duties[0].score - 0.05 and (d.duty.lead or d.duty.support)), None)
    if best is None:
        return None
    mentions = best.duty.lead or best.duty.support
    label = "牵头单位" if best.duty.lead else best.duty.support_label or "责任单位"
    right = any(unit_matches(unit, m.value) for unit in query.units for m in mentions)
    text = f"{'是' if right else '不是'},{label}是{names([m.value for m in mentions])}"
    quote = Quote(best.document, best.duty.clause, best.duty.path, tuple(m.span for m in mentions))
    return Draft("yesno", text, (quote,), best.score, True, (), "", "duty", (("own", best.own),))


def _verdict(query: Query, text: str) -> str:
    if _ASKS_PERMISSION.search(query.folded) and _NEGATIVE.search(text):
        return "不可以。原文:" if not re.search(r"除外|例外|另有规定", text) else "原则上不可以,但有例外。原文:"
    return "原文写明:"


def compare(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Set the best passage of each side beside the other: each named document, attachment, body and table, or the best clauses."""
    if by_attribute := _attributes_by_place(query, gathered):
        return by_attribute
    sides = _sides(query, gathered, library)
    if not sides:
        return None
    parts: list[str] = []
    quotes: list[Quote] = []
    for label, best in sides:
        span, _ = passage_window(query, best, limit=150)
        cut = shortened(clean(span.of(best.clause.document.text)), 180)
        parts.append(f"{label}:{cut}" if label else cut)
        passage = best.clause.passage
        cited = passage.span if len(passage.span) <= 420 else span
        quotes.append(Quote(best.clause.document, cited, passage.path, (span,)))
    coverage_of_all = sum(best.score for _, best in sides) / len(sides)
    return Draft("compare", "\n".join(parts), tuple(quotes), coverage_of_all, False, (), "", "text", (("own", sides[0][1].own),))


def _attributes_by_place(query: Query, gathered: Gathered) -> Draft | None:
    """Set lead or time limit of the task beside each other, place by place."""
    asks_lead, asks_limit = re.search("牵头|哪个部门|谁负责", query.folded), re.search("时限|期限|完成时间|什么时候", query.folded)
    if len(query.scope.places) < 2 or not (asks_lead or asks_limit):
        return None
    parts: list[str] = []
    quotes: list[Quote] = []
    scores: list[float] = []
    for place in query.scope.places:
        best = next((d for d in gathered.duties if place in d.document.card.places), None)
        if best is None or best.score < 0.4:
            return None
        duty = best.duty
        stated = [f"牵头单位{names([m.value for m in duty.lead]) or '未写明'}"] if asks_lead else []
        stated += [f"时限{duty.deadline.value if duty.deadline else '未写明'}"] if asks_limit else []
        parts.append(f"{place}《{best.document.title}》:{','.join(stated)}")
        marks = (*(m.span for m in duty.lead), *((duty.deadline.span,) if duty.deadline else ()))
        quotes.append(Quote(best.document, duty.clause, duty.path, marks))
        scores.append(best.score)
    return Draft("compare", "\n".join(parts), tuple(quotes), sum(scores) / len(scores), True, (), "", "duty")


def _sides(query: Query, gathered: Gathered, library: Library) -> list[tuple[str, Scored]]:
    if re.search("正文", query.folded) and re.search("清单|表", query.folded):
        row = next((s for s in gathered.clauses if s.clause.passage.kind == "row"), None)
        body = next((s for s in gathered.clauses if s.clause.passage.kind == "text" and row and s.clause.document.id == row.clause.document.id), None)
        found = [s for s in (body, row) if s]
        return [("任务清单" if s.clause.passage.kind == "row" else "正文", s) for s in found]
    numbers = [int(n) for n in re.findall(r"附件(\d+)", query.folded)]
    if len(numbers) > 1:
        found = _first_by(gathered, lambda s: _attachment(s.clause.document, s.clause.passage), numbers)
        return [(f"附件{_attachment(s.clause.document, s.clause.passage)}", s) for s in found]
    documents = [i for i in dict.fromkeys(s.clause.document.id for s in gathered.clauses) if i in query.scope.documents]
    if len(query.scope.places) > 1 and len(documents) > 1:
        return _by_place(query, gathered)
    if len(documents) > 1 and not query.scope.places:
        return [(f"《{s.clause.document.title}》", s) for s in _first_by(gathered, lambda s: s.clause.document.id, documents)]
    if two := _two_things(query, library):
        return two
    top = gathered.clauses[:1]
    spread = [s for s in gathered.clauses[1:8] if s.score >= top[0].score - 0.08 and s.clause.passage != top[0].clause.passage] if top else []
    return [("", s) for s in [*top, *spread[:1]]]


_TWO = re.compile(r"([㐀-鿿a-z0-9]{2,12}?)(?:和|与|跟|同)([㐀-鿿a-z0-9]{2,12}?)(?=的|在|对|,|有|哪|谁|一样|相比|比|各|分别|,|相同|不同)")


def _two_things(query: Query, library: Library) -> list[tuple[str, Scored]]:
    """The best clause for each of the two things a question sets side by side (二级响应和三级响应…有什么不同)."""
    match = _TWO.search(query.folded)
    if not match:
        return []
    known = library.knowledge
    rest = query.folded[match.end() :]
    sides: list[tuple[str, Scored]] = []
    for thing in match.groups():
        own = terms_of(thing, known.words, known.frequency, known.count)
        about = tuple(t for t in query.terms if t.text in rest and all(t.text != o.text for o in own))
        if not own:
            return []
        found = gather(replace(query, terms=tuple(replace(t, weight=1.5 * t.weight) for t in own) + about), library)
        best = next((s for s in found.clauses if coverage(own, ((s.clause.own, 1.0), (s.clause.path, 0.95), (s.clause.item, 0.9))) > 0.7), None)
        if best is None:
            return []
        sides.append((thing, best))
    return sides if sides[0][1].clause.span != sides[1][1].clause.span else []


def _by_place(query: Query, gathered: Gathered) -> list[tuple[str, Scored]]:
    """The best clause of each place the question names."""
    sides: list[tuple[str, Scored]] = []
    for place in query.scope.places:
        first = next((s for s in gathered.clauses if place in s.clause.document.card.places), None)
        if first and all(first is not s for _, s in sides):
            sides.append((f"{place}《{first.clause.document.title}》", first))
    return sides


def _first_by(gathered: Gathered, key: Callable[[Scored], Hashable], wanted: Sequence[Hashable]) -> list[Scored]:
    """The best clause of each side wanted."""
    firsts = (next((s for s in gathered.clauses if key(s) == value), None) for value in wanted)
    return [s for s in firsts if s is not None]


def _attachment(document: Document, passage: Passage) -> int | None:
    return document.sections[passage.section].attachment if passage.section >= 0 else None
