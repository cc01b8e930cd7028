"""A second witness: does the network read, in the passages that a draft cites, what the draft says?

The rules and the network go wrong in different ways, so that where both find the same words they are right far more often than where the network
would answer otherwise or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answering.confidence import UNREAD, sureness
from assistant.answering.draft import Draft, Quote
from assistant.question.query import Query
from assistant.reading.checked import SPREAD
from corpus.text import fold
from corpus.types import Passage, Span
from corpus.windows import Window, window_of

if TYPE_CHECKING:
    from assistant.reading.types import PassageReader

SILENT = SPREAD | {"lead", "support"}
"""Kinds for which it is no witness: those whose answer stands in no single passage, and who leads or helps. For those any office of the passage is
much alike to it: of what it raised above the threshold all was another task's."""

MOST = 2
"""Cited passages that are read; nearly every draft of one document cites no more."""


def seconded(query: Query, draft: Draft, reader: PassageReader | None) -> float:
    """Say how surely the network reads what a draft says, as `sureness` gives it; UNREAD where it is no witness.

    Questions in English, and those that go on from another, are of other words than the passage.
    """
    if reader is None or query.language == "en" or query.follow_up or query.kind in SILENT or len({quote.document.id for quote in draft.quotes}) != 1:
        return UNREAD
    windows = [window for quote in draft.quotes[:MOST] if (window := _around(quote)) is not None]
    found = {(window.document.id, window.span): window for window in windows}
    if not found:
        return UNREAD
    readings = reader.read(query.text, [window.context for window in found.values()])
    sure = 0.0
    for window, reading in zip(found.values(), readings, strict=True):
        span = window.span_at(reading.start, reading.end)
        if span is not None and _says(draft, window, span):
            sure = max(sure, reading.score * (1 - reading.no_answer))
    return sureness(sure)


def _around(quote: Quote) -> Window | None:
    """The window around the passage that a quote has most of."""
    best: tuple[int, Passage] | None = None
    for passage in quote.document.passages:
        common = min(passage.span.end, quote.span.end) - max(passage.span.start, quote.span.start)
        if common > 0 and passage.kind != "heading" and (best is None or common > best[0]):
            best = common, passage
    return window_of(quote.document, best[1]) if best else None


def _says(draft: Draft, window: Window, span: Span) -> bool:
    """Is a span marked in what a draft cites, or part of its text, or the text, each line by itself, part of the span?"""
    if any(mark.overlaps(span) for quote in draft.quotes for mark in quote.highlights):
        return True
    read = fold(span.of(window.document.text))
    return read in fold(draft.text) or all(fold(line).strip("。;") in read for line in draft.text.splitlines())
