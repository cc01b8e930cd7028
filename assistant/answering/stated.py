"""The one amount or time limit that a draft states, for holding it against another."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.clauses import sentences
from assistant.answering.draft import Draft
from assistant.answering.evidence import segment_of
from assistant.question.quantities import Amount, alike, amounts_in
from corpus.dates import deadlines_in
from corpus.text import fold
from corpus.types import Deadline, Span


@dataclass(frozen=True, slots=True)
class Stated:
    """amount: None where there is none or more than one.  segment: the comma segment it stands in.  sentence: all of it."""

    amount: Amount | None
    segment: str
    sentence: str


def stated_amount(draft: Draft, like: Amount | None = None) -> Stated:
    """Read the amount that a draft marks, of the nature of `like` where that is given."""
    quote = draft.quotes[0]
    text = quote.document.text
    if len({q.document.id for q in draft.quotes}) > 1 or not quote.highlights or len(quote.highlights[0]) > _VALUE:
        found = [a for a in amounts_in(fold(draft.text)) if like is None or alike(like, a)]
        return Stated(found[0] if len({(a.number, a.bound) for a in found}) == 1 else None, draft.text, draft.text)
    value = quote.highlights[0]
    segment = segment_of(quote.document, quote.span, value)
    sentence = next((s.of(text) for s in sentences(text, quote.span) if s.covers(value)), quote.span.of(text))
    before, within = fold(text[segment.start : value.start]), fold(value.of(text))
    near = [a for a in amounts_in(fold(segment.of(text))) if like is None or alike(like, a)]
    over = [a for a in near if a.start < len(before) + len(within) and a.end > len(before)]
    return Stated(over[0] if len(over) == 1 else near[0] if len(near) == 1 else None, segment.of(text), sentence)


_VALUE = 60
"""Characters of marked words from which on they are no value."""


def stated_day(draft: Draft) -> Deadline | None:
    """Read the only time limit that a draft gives."""
    issued = draft.quotes[0].document.card.issued if draft.quotes else None
    limits = deadlines_in(draft.text, Span(0, len(draft.text)), issued=issued)
    return limits[0] if len(limits) == 1 else None
