"""What the network would answer: its likeliest span, widened to what can be read by itself, with numbers that tell how far to trust it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.clauses import segments, sentences
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import ITEM, OWN, PATH, TITLE
from assistant.answering.guards import missing_from
from assistant.compose.texts import clean
from assistant.question.query import Query
from assistant.question.terms import coverage
from assistant.reading.sights import Sight
from corpus.dates import deadlines_in
from corpus.text import fold
from corpus.types import Span
from corpus.units import units_in

LONGEST = 160
"""Characters of a sentence that is given whole; of a longer one the pieces around the span are."""

_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千]+(?:个|次|天|日|年|月|家|人|名|元|周|小时|分之)")


@dataclass(frozen=True, slots=True)
class Offer:
    """A draft that rests on one reading.  features: see `features`."""

    draft: Draft
    sight: Sight
    features: tuple[tuple[str, float], ...]


def offers(query: Query, sights: Sequence[Sight]) -> Iterator[Offer]:
    """Make a draft of every reading, in the order given."""
    for sight in sights:
        whole, told = _around(sight)
        document = sight.window.document
        text = clean(told.of(document.text))
        quote = Quote(document, whole, sight.window.path, (sight.span,))
        draft = Draft(query.kind, text, (quote,), 0.0, False, (), "", "reading")
        yield Offer(draft, sight, tuple(_features(query, sight, draft, whole).items()))


def _around(sight: Sight) -> tuple[Span, Span]:
    """The sentences a span stands in, and as much of them as is told."""
    text = sight.window.document.text
    touched = [one for one in sentences(text, sight.window.span) if one.overlaps(sight.span)] or [sight.span]
    whole = Span(touched[0].start, touched[-1].end)
    if len(whole) <= LONGEST:
        return whole, whole
    pieces = segments(text, whole)
    inside = [at for at, piece in enumerate(pieces) if piece.overlaps(sight.span)]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    while first > 0 and pieces[last].end - pieces[first - 1].start <= LONGEST:
        first -= 1
    while last + 1 < len(pieces) and pieces[last + 1].end - pieces[first].start <= LONGEST:
        last += 1
    return whole, Span(pieces[first].start, pieces[last].end)


def _features(query: Query, sight: Sight, draft: Draft, whole: Span) -> dict[str, float]:
    """Numbers from 0 to 1.

    score, present, sure: of the network, roots of probabilities and of their product.  own, around: share of the question that the sentence covers by itself, and with
    its passage, headings and title.  fit: the span is of the form asked for (a figure, a date, an office), where the form is known.
    whole: the guards of answers by rule find nothing missing.  first, near: rank of the passage.
    """
    document = sight.window.document
    own = fold(whole.of(document.text))
    levels = ((own, OWN), (fold(sight.window.span.of(document.text)), ITEM), (fold(" ".join(sight.window.path)), PATH), (fold(document.title), TITLE))
    return {
        "score": sight.score**0.5,
        "present": sight.present**0.5,
        "sure": (sight.score * sight.present) ** 0.5,
        "own": coverage(query.terms, levels[:1]),
        "around": coverage(query.terms, levels),
        "fit": _fit(query, sight, whole),
        "whole": float(not missing_from(query, draft)),
        "first": float(sight.rank == 0),
        "near": 1 / (1 + sight.rank),
    }


def _fit(query: Query, sight: Sight, whole: Span) -> float:
    text = sight.window.document.text
    if query.kind in ("lead", "support"):
        return float(bool(units_in(text, sight.span)))
    if query.kind == "deadline":
        return float(any(limit.span.overlaps(sight.span) for limit in deadlines_in(text, whole)))
    if query.kind in ("number", "count"):
        said = sight.span.of(text)
        return float(query.measure_word in said if query.measure_word else bool(_FIGURE.search(said)))
    return 0.5
