"""All members of an enumeration, the meaning of a term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.compose.texts import clean, text_answer
from assistant.draft import Draft, Quote, lines
from assistant.evidence import Gathered
from assistant.library import Library
from assistant.query import Query
from assistant.terms import coverage
from corpus.text import fold
from corpus.types import Definition, Document, Enumeration, Mention, Span

_QUOTES = "“”\"「」『』《》"


@dataclass(frozen=True, slots=True)
class _List:
    document: Document
    members: tuple[Mention, ...]
    clause: Span
    path: tuple[str, ...]
    score: float
    head: str
    count: int | None = None


def enumerate_members(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer with a complete list, one member a line; with the best clause where no list fits."""
    found = sorted(_lists(query, gathered, library), key=lambda c: -c.score)
    text = text_answer(query, gathered, kind="list")
    if not found or (text and found[0].score < text.coverage - 0.1):
        return text
    best = found[0]
    items = [clean(m.value) for m in best.members]
    notes = ()
    if best.count and best.count != len(items):
        notes = (f"原文称{best.count}项,此处列出{len(items)}项",)
    quote = Quote(best.document, best.clause, best.path, tuple(m.span for m in best.members if best.clause.covers(m.span)))
    quotes = (quote,) if len(best.clause) <= 700 else tuple(Quote(best.document, m.span, best.path, ()) for m in best.members[:20])
    return Draft("list", lines(items), quotes, min(best.score, 1.0), True, notes, "", "list")


def _lists(query: Query, gathered: Gathered, library: Library) -> Iterable[_List]:
    top = gathered.clauses[:40]
    spans: dict[str, list[Span]] = {}
    own: dict[str, list[tuple[Span, float]]] = {}
    for scored in top:
        spans.setdefault(scored.clause.document.id, []).append(scored.clause.passage.span)
        own.setdefault(scored.clause.document.id, []).append((scored.clause.span, scored.score))
    for document in library.documents:
        if document.id not in spans:
            continue
        for fact in (*document.facts.enumerations, *document.facts.definitions):
            if any(fact.clause.overlaps(s) for s in spans[document.id]) and len(fact.members) > 1:
                near = max((score for s, score in own[document.id] if s.overlaps(fact.clause)), default=0.0)
                yield _scored(query, document, fact, near)


def _scored(query: Query, document: Document, fact: Enumeration | Definition, near: float) -> _List:
    head_mention = fact.head if isinstance(fact, Enumeration) else fact.term
    head = fold(head_mention.value)
    clause = fold(fact.clause.of(document.text)) if len(fact.clause) < 1500 else head
    path = fold(" ".join(fact.path))
    title = fold(document.title + "".join(document.card.places))
    score = coverage(query.terms, ((head, 1.0), (clause, 0.85), (path, 0.75), (title, 0.6)))
    if any(q and (q in head or head in q) for q in query.quoted if len(head) > 1):
        score += 0.25
    if len(fact.clause) >= 1500:
        score -= 0.05
    count = fact.count if isinstance(fact, Enumeration) else None
    if query.count and query.count > 1:
        score += 0.15 if query.count == len(fact.members) else -0.12
    # The question's own words among the members speak against it: they ask about something else.
    asked = sum(term.weight for term in query.terms if any(term.text in fold(m.value) for m in fact.members))
    total = sum(term.weight for term in query.terms) or 1.0
    score -= 0.15 * asked / total
    return _List(document, fact.members, fact.clause, fact.path, 0.7 * score + 0.3 * near, head, count)


def definition(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer what a term means; say so when the documents use it without explaining it."""
    best = _best_definition(query, library)
    if best:
        document, fact, score = best
        text = clean(fact.meaning.value) if not fact.members else lines([clean(m.value) for m in fact.members])
        quote = Quote(document, fact.clause, fact.path, (fact.meaning.span,) if fact.clause.covers(fact.meaning.span) else ())
        return Draft("definition", text, (quote,), score, True, (), "", "definition")
    term = _asked_term(query)
    if term and library.occurs(term, query.scope.documents):
        explained = _explaining(term, gathered)
        if not explained and (query.quoted or _counts(term)):
            return Draft("definition", "", (), 0.0, False, (), f"文件提到“{term}”,但没有解释它的含义", "definition")
    return text_answer(query, gathered, kind="definition")


def _asked_term(query: Query) -> str:
    if query.quoted:
        return query.quoted[0]
    return max((t.text for t in query.terms), key=len, default="")


def _counts(term: str) -> bool:
    return any(c in "一二三四五六七八九十" for c in term) and len(term) >= 2


def _explaining(term: str, gathered: Gathered) -> bool:
    """Does a clause open an explanation right after the term: “X”是指…, “X”(…), X,即…?"""
    for scored in gathered.clauses[:20]:
        text = scored.clause.own.translate({ord(c): None for c in _QUOTES})
        bare = term.translate({ord(c): None for c in _QUOTES})
        at = text.find(bare)
        if at >= 0 and text[at + len(bare) :][:3].lstrip("的,").startswith(("是指", "指", "即", "(", ":", "为", "包括")):
            return True
    return False


def _best_definition(query: Query, library: Library) -> tuple[Document, Definition, float] | None:
    best: tuple[Document, Definition, float] | None = None
    for document in library.documents:
        if query.scope.documents and document.id not in query.scope.documents:
            continue
        for fact in document.facts.definitions:
            score = _term_score(query, fact)
            if score > 0.5 and (best is None or score > best[2]):
                best = (document, fact, score)
    return best


def _term_score(query: Query, fact: Definition) -> float:
    term = fold(fact.term.value).strip(_QUOTES)
    if len(term) < 2:
        return 0.0
    if any(term == q or (term in q and len(term) > 2) for q in query.quoted):
        return 0.95
    if term in query.folded:
        return 0.75 + min(len(term), 10) / 50
    return 0.0
