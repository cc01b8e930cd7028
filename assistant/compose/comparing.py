"""Two things set beside each other in the words of the documents, where no values are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from assistant.answering.draft import Draft, Quote, names, shortened
from assistant.answering.evidence import Gathered, Scored, gather
from assistant.compose.contrast import shown
from assistant.compose.texts import passage_window
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.terms import coverage, terms_of
from corpus.types import Document, Passage


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
        cut = shortened(shown(best.clause.document.text, span), 180)
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
