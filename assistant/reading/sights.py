"""What the network reads in the passages that were found: spans, and how sure it is of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answering.evidence import Gathered
from assistant.question.query import Query
from corpus.types import Span
from corpus.windows import Window, window_of

if TYPE_CHECKING:
    from assistant.reading.types import PassageReader

READ = 3
"""Passages that are read for one question. Eight took a third of a second at the worst and changed no more answers."""

@dataclass(frozen=True, slots=True)
class Sight:
    """One reading in its place. span: in the document.  score: probability of the span; present: that the passage answers at all.  rank: of the passage, from 0."""

    window: Window
    span: Span
    score: float
    present: float
    rank: int = 0


def look(
    query: Query, gathered: Gathered, reader: PassageReader, *, most: int = READ, wanted: Callable[[Window], bool] = lambda _: True
) -> tuple[Sight, ...]:
    """Read the wanted ones of the best passages for the answer; those that answer most likely first. Spans in the headings are left out."""
    windows: dict[tuple[str, Span], Window] = {}
    for scored in gathered.clauses:
        if len(windows) >= most:
            break
        clause = scored.clause
        if clause.passage.kind != "heading":
            window = window_of(clause.document, clause.passage)
            windows.setdefault((clause.document.id, window.span), window)
    kept = [(rank, window) for rank, window in enumerate(windows.values()) if wanted(window)]
    readings = reader.read(query.text, [window.context for _, window in kept]) if kept else ()
    sights = [
        Sight(window, span, reading.score, 1 - reading.no_answer, rank)
        for (rank, window), reading in zip(kept, readings, strict=True)
        if (span := window.span_at(reading.start, reading.end)) is not None
    ]
    return tuple(sorted(sights, key=lambda sight: -sight.score))
