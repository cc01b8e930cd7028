"""What the network reads in the passages that were found: spans that lead the choice among clauses, and how sure it is.

The rules say how much of the question a clause covers, the network whether it answers it. Neither is right alone, so the probability
that the network gives is added to the coverage of the clauses that its span stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.evidence import Gathered, Scored
from assistant.query import Query
from corpus.types import Span
from corpus.windows import Window, window_of

if TYPE_CHECKING:
    from assistant.reading.types import PassageReader

READ = 3
"""Passages that are read for one question. Eight took a third of a second at the worst and changed no more answers."""

WEIGHT = 0.3
"""What a certain reading adds to the coverage of its clause; chosen by hand."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One reading in its place. span: in the document.  score: probability of the span; present: that the passage answers at all."""

    window: Window
    span: Span
    score: float
    present: float


def look(query: Query, gathered: Gathered, reader: PassageReader, *, most: int = READ) -> tuple[Sight, ...]:
    """Read the best passages for the answer; those that answer most likely first. Spans in the headings are left out."""
    windows: dict[tuple[str, Span], Window] = {}
    for scored in gathered.clauses:
        if len(windows) >= most:
            break
        clause = scored.clause
        if clause.passage.kind != "heading":
            window = window_of(clause.document, clause.passage)
            windows.setdefault((clause.document.id, window.span), window)
    kept = list(windows.values())
    found = zip(kept, reader.read(query.text, [window.context for window in kept]), strict=True)
    sights = [
        Sight(window, span, reading.score, 1 - reading.no_answer)
        for window, reading in found
        if (span := window.span_at(reading.start, reading.end)) is not None
    ]
    return tuple(sorted(sights, key=lambda sight: -sight.score))


def led_by(gathered: Gathered, sights: Sequence[Sight], *, weight: float = WEIGHT) -> Gathered:
    """Put the clauses in order again, those first that cover the question and hold a likely span."""
    if not sights:
        return gathered
    lifted = [_lifted(scored, sights, weight) for scored in gathered.clauses]
    order = sorted(zip(lifted, gathered.clauses, strict=True), key=lambda pair: (-round(pair[0], 3), -pair[1].own, pair[1].rank))
    return replace(gathered, clauses=tuple(scored for _, scored in order))


def _lifted(scored: Scored, sights: Sequence[Sight], weight: float) -> float:
    clause = scored.clause
    here = (s.present * (0.5 + 0.5 * s.score) for s in sights if s.window.document.id == clause.document.id and s.span.overlaps(clause.span))
    return scored.score + weight * max(here, default=0.0)


def sight_of(sights: Sequence[Sight], document: str, span: Span) -> Sight | None:
    """The best reading inside a stretch of a document."""
    return next((s for s in sights if s.window.document.id == document and span.covers(s.span)), None)
