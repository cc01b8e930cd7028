"""All that could be said to a question: a draft of every kind of answer and of every reading, with numbers that tell them apart.

The first kind that finds something is often the wrong one to ask: the sentence that answers is there, and a value of its neighbour was given. On
documents nobody had worked on 72 of 100 questions were answered rightly, and for 92 of 100 one of these drafts was right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answering.confidence import Found, judge, logit
from assistant.answering.draft import Draft
from assistant.answering.evidence import Gathered
from assistant.answering.problems import covered, problem_of
from assistant.compose.composers import compose
from assistant.compose.order import OF_KIND
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.question_kinds import asked_for, probabilities
from assistant.reading.offers import offers
from assistant.reading.sights import Sight, look
from assistant.types import Answer
from corpus.dates import deadlines_in
from corpus.text import fold
from corpus.types import Span
from corpus.units import units_in

if TYPE_CHECKING:
    from assistant.reading.types import PassageReader

READING = "reading"
"""Stands for the kind of a draft that was read."""

JUDGED = ("coverage", "known", "missing", "top_missing", "own", "exact", "thing_missing", "record", "value", "listed", "said", "near", "least", "beyond", "strangers")
"""Features of the confidence that a candidate has too."""


ONLY_ASKED = frozenset(("mentions", "count", "reverse"))
"""Kinds that are drafted only where the question may want them: they look through the whole library, and were hardly ever right by chance."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """kinds: those it was drafted as.  features: see `described`."""

    draft: Draft
    kinds: tuple[str, ...]
    features: Mapping[str, float]


def candidates(query: Query, given: Answer, gathered: Gathered, found: Found, library: Library, reader: PassageReader) -> tuple[Candidate, ...]:
    """Draft everything once, what was given among it; a text that several kinds come to is one candidate of all of them."""
    sights = look(query, gathered, reader)
    drafts: dict[str, tuple[Draft, tuple[str, ...]]] = {}
    for kind, draft in _drafted(query, gathered, library, sights):
        text = fold(draft.text)
        if not text or draft.missing:
            continue
        if text in drafts:
            drafts[text] = drafts[text][0], (*drafts[text][1], kind)
        elif not problem_of(query, draft, library):
            drafts[text] = draft, (kind,)
    likely = probabilities(query.folded, query.kind)
    return tuple(
        Candidate(draft, kinds, described(query, given, draft, kinds, gathered, found, sights, likely, tuple(drafts)))
        for draft, kinds in drafts.values()
    )


def _drafted(query: Query, gathered: Gathered, library: Library, sights: Sequence[Sight]) -> Iterator[tuple[str, Draft]]:
    for kind in dict.fromkeys((query.kind, *query.other_kinds, *(kind for kind in OF_KIND if kind not in ONLY_ASKED))):
        if draft := compose(query if kind == query.kind else asked_for(query, kind), gathered, library):
            yield kind, draft
    for offer in offers(query, sights):
        yield READING, offer.draft


def described(
    query: Query,
    given: Answer,
    draft: Draft,
    kinds: Sequence[str],
    gathered: Gathered,
    found: Found,
    sights: Sequence[Sight],
    likely: Mapping[str, float],
    all_texts: Sequence[str],
) -> dict[str, float]:
    """Numbers, mostly from 0 to 1.

    Of the evidence, as the confidence sees it: `JUDGED`, and right, its log odds.  given, refused: it is the answer, or there is none.  kind, prior, kinds:
    it was drafted as the kind that the question is read to want; how likely its likeliest kind is; how many came to it.  within,
    around: share of the other candidates whose text holds it, or that it holds.  read, present: how surely the network reads it.
    first: the best clause is cited; rank: inverse of the rank of the clause that is.  figure, date, office: it holds such.  length: of its text.
    """
    as_kind = query if query.kind in kinds or kinds[0] == READING else asked_for(query, kinds[0])
    about = covered(draft)
    verdict = judge(as_kind, replace(draft, kind=as_kind.kind), about, found)
    values = dict(verdict.features)
    text = fold(draft.text)
    others = [other for other in all_texts if other != text]
    count = max(len(others), 1)
    rank = next((at for at, scored in enumerate(gathered.clauses) if _cites(draft, scored.clause.document.id, scored.clause.span)), 50)
    read = [sight for sight in sights if _reads(draft, text, sight)]
    return {
        **{name: values[name] for name in JUDGED},
        "right": logit(verdict.probability) / 4,
        "given": float(given.status == "answered" and fold(given.answer) == text),
        "refused": float(given.status != "answered"),
        "kind": float(query.kind in kinds),
        "prior": max((likely.get(kind, 0.0) for kind in kinds), default=0.0),
        "kinds": min(len(kinds), 8) / 8,
        "within": sum(text in other for other in others) / count,
        "around": sum(other in text for other in others) / count,
        "read": max(((sight.score * sight.present) ** 0.5 for sight in read), default=0.0),
        "present": max((sight.present for sight in read), default=0.0),
        "reading": float(READING in kinds),
        "first": float(rank == 0),
        "rank": 1 / (1 + rank),
        "figure": float(any(c.isdigit() for c in text)),
        "date": float(any(True for _ in deadlines_in(draft.text, Span(0, len(draft.text))))),
        "office": float(any(True for _ in units_in(draft.text, Span(0, len(draft.text))))),
        "length": math.log1p(len(text)) / 6,
        "lines": math.log1p(draft.text.count("\n")) / 3,
        "words": min(len(query.terms), 8) / 8,
        **{f"wants_{kind}": float(query.kind == kind) for kind in ("lead", "support", "deadline", "number", "list", "measure", "other", "yesno", "definition", "count", "reverse", "meta", "compare", "contact")},
        **{f"is_{kind}": float(kind in kinds) for kind in ("lead", "support", "deadline", "number", "list", "measure", "other", "yesno", "definition", "count", "reverse", "meta", "compare", "contact")},
    }


def _cites(draft: Draft, document: str, span: Span) -> bool:
    return any(quote.document.id == document and quote.span.overlaps(span) for quote in draft.quotes[:2])


def _reads(draft: Draft, text: str, sight: Sight) -> bool:
    """Does the network read, in what a draft cites, what it says?"""
    document = sight.window.document
    if not _cites(draft, document.id, sight.span):
        return False
    return fold(sight.span.of(document.text)) in text or any(mark.overlaps(sight.span) for quote in draft.quotes[:2] for mark in quote.highlights)
