"""A plain search: a query to the places that fit it best, readable by themselves and spread over documents.

The ranking is that of the answers: the words of the query with the official words for them, in the documents that it names before the
others. Where it asks for all tasks of a unit or a day, those come first, as no ranking of words can tell who leads from who helps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from assistant.compose.tallies import stating_of, tasks_of
from assistant.library.library import Found, Library
from assistant.library.spread import spread
from assistant.library.surroundings import Place
from assistant.question.query import Query, search_text
from assistant.question.understand import understand

_RANKED = 100
"""Passages of a ranking that cost no more than fewer."""
_MOST = 400
_MOST_TASKS = 40
"""Tasks of one unit or day beyond which they are no help in a ranking."""


def places_for(text: str, library: Library, *, k: int, documents: Collection[str] = ()) -> list[Place]:
    """Give the `k` best places for `text`, best first. documents: ids to search in, all when empty."""
    query = understand(text, library.knowledge, documents=tuple(documents))
    ranked = _passages(text, query, library, alone=bool(documents))
    return spread(islice(ranked, _MOST), k, first=_tasks(query, library))


def _passages(text: str, query: Query, library: Library, *, alone: bool) -> Iterator[Found]:
    """Give the passages for a query, opened as they are asked for: the ranking where it looks, then the one everywhere, unless it is to
    look there `alone`."""
    wanted, scope = f"{text} {search_text(query)}", query.scope.documents
    known: set[tuple[str, int]] = set()
    for documents in (scope, ()) if scope and not alone else (scope,):
        for k in (_RANKED, _MOST):
            count = 0
            for one in library.ranked(wanted, k=k, documents=documents, question=text):
                count += 1
                key = (one.document.id, one.passage.ordinal)
                if key not in known:
                    known.add(key)
                    yield one
            if count < k:
                break


def _tasks(query: Query, library: Library) -> Iterator[Found]:
    """Give the passages of the tasks of the unit or the day asked for, when there are not too many."""
    if query.kind not in ("reverse", "count") or not (query.units or query.until):
        return
    if not library.small and len(library.stating(query.scope.documents, *stating_of(query, library))) > _MOST_TASKS:
        return
    rows = tasks_of(query, library)
    if len(rows) > _MOST_TASKS:
        return
    for document, duty in rows:
        for passage in document.passages:
            if passage.span.overlaps(duty.clause):
                yield Found(document, passage, 1.0, 1)
                break
