"""A plain search: a query to the places that fit it best, readable by themselves and spread over documents.

The ranking is that of the answers: the words of the query with the official words for them, in the documents that it names before the
others. Where it asks for all tasks of a unit or a day, those come first, as no ranking of words can tell who leads from who helps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistant.compose.tallies import stating_of, tasks_of
from assistant.evidence import search_text
from assistant.library import Found, Library
from assistant.query import Query
from assistant.spread import spread
from assistant.surroundings import Place, joined
from assistant.understand import understand

PASSAGES = 2
"""Passages looked at for a place at first."""
_MOST_PASSAGES = 800
_MOST_TASKS = 40
"""Tasks of one unit or day beyond which they are no help in a ranking."""


def places_for(text: str, library: Library, *, k: int, documents: Collection[str] = ()) -> list[Place]:
    """Give the `k` best places for `text`, best first. documents: ids to search in, all when empty."""
    query = understand(text, library.knowledge, documents=tuple(documents))
    tasks = list(_tasks(query, library))
    wanted = f"{text} {search_text(query)}"

    def search(*, k: int) -> list[Place]:
        size = PASSAGES * k
        while True:
            found = list(library.search(wanted, k=size, documents=query.scope.documents, question=text))
            places = joined([*tasks, *found])
            if len(places) >= k or len(found) < size or size >= _MOST_PASSAGES:
                break
            size *= 2
        if len(places) < k and query.scope.documents and not documents:
            # What the query names may be all there is to show, or one document that repeats itself.
            places = joined([*tasks, *found, *library.search(wanted, k=size, question=text)])
        return places[:k]

    return spread(search, k)


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
