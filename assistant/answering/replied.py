"""An answer with what it was made of; the citations of several answers as one list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.answering.confidence import NOTHING_FOUND, Found
from assistant.answering.draft import Draft
from assistant.answering.evidence import NOTHING_GATHERED, Gathered
from assistant.question.query import Query
from assistant.types import Answer, Citation


@dataclass(frozen=True, slots=True)
class Replied:
    """An answer with what it was made of. draft: None where nothing was drafted, or what was drafted may not stand."""

    query: Query
    answer: Answer
    gathered: Gathered = NOTHING_GATHERED
    found: Found = NOTHING_FOUND
    draft: Draft | None = None


def numbered(cited: Iterable[Citation]) -> tuple[Citation, ...]:
    merged: dict[tuple[str, int, int], Citation] = {}
    for citation in cited:
        key = (citation.document_id, citation.start, citation.end)
        seen = merged.get(key)
        merged[key] = citation if seen is None else replace(seen, highlight=tuple(sorted({*seen.highlight, *citation.highlight})))
    return tuple(replace(citation, n=n) for n, citation in enumerate(merged.values(), 1))
