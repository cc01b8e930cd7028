"""What a refusal shows for reference: the passages that the search put first, as they stand.

Of questions that were refused although a document answers them, the first three held the clause that does for two in three. They are no answer: nothing
is marked in them, and where nothing in the library covers a fair part of the question there are none.
"""

from __future__ import annotations

import re

from assistant.answering.draft import Quote
from assistant.answering.evidence import Gathered
from corpus.types import Span

MOST = 3
LEAST = 0.3
"""Share of the question that a clause of a passage has to cover, with its headings and title."""
_SAYS = re.compile(r"[,,。;;::、!?!?|\t]")
"""What a passage says something with: text without any of these is a title and its date."""


def nearby(gathered: Gathered) -> tuple[Quote, ...]:
    """Give the passages to show, the first of the search first; none that a passage before it holds, and no bare headings and titles."""
    kept: list[Quote] = []
    for scored in sorted(gathered.clauses, key=lambda scored: scored.rank):
        document, passage = scored.clause.document, scored.clause.passage
        bare = passage.kind == "heading" or (passage.kind == "text" and not _SAYS.search(passage.span.of(document.text)))
        if bare or scored.score < LEAST or _shown(kept, document.id, passage.span):
            continue
        kept.append(Quote(document, passage.span, passage.path))
        if len(kept) == MOST:
            break
    return tuple(kept)


def _shown(kept: list[Quote], document: str, span: Span) -> bool:
    return any(quote.document.id == document and quote.span.overlaps(span) for quote in kept)
