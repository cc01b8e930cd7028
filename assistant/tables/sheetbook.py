"""All tables of a library, read once, and the tables that a text names a cell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from weakref import WeakKeyDictionary

from assistant.library.library import Library
from assistant.tables.sheets import Sheet
from corpus.grids import data_tables
from corpus.item_tables import item_tables
from corpus.types import Document


@dataclass(frozen=True)
class Sheets:
    """starts: first two characters of the names of cells → those names and their sheets."""

    by_document: dict[str, tuple[Sheet, ...]]
    starts: dict[str, tuple[tuple[str, Sheet], ...]]

    def naming(self, text: str) -> list[Sheet]:
        """Give the sheets with a cell that `text` names."""
        pairs = {a + b for a, b in pairwise(text)}
        found = [sheet for pair in pairs for form, sheet in self.starts.get(pair, ()) if form in text]
        return list({id(sheet): sheet for sheet in found}.values())


_READ: WeakKeyDictionary[Library, dict[str, tuple[Sheet, ...]]] = WeakKeyDictionary()
_MADE: WeakKeyDictionary[Library, Sheets] = WeakKeyDictionary()


def sheets_of(library: Library, near: Iterable[Document]) -> Sheets:
    """Read the tables of a library, once for each generation of it; of a large one only those of the documents `near`."""
    if library.small:
        if library not in _MADE:
            _MADE[library] = _sheets(library, library.documents)
        return _MADE[library]
    return _sheets(library, near)


def _sheets(library: Library, documents: Iterable[Document]) -> Sheets:
    by_document: dict[str, tuple[Sheet, ...]] = {}
    starts: dict[str, list[tuple[str, Sheet]]] = defaultdict(list)
    for document in library.fetched(documents, "source"):
        read = _read(library, document)
        if read:
            by_document[document.id] = read
        for sheet in read:
            for form in () if sheet.table.tasks else (*sheet.forms, *sheet.stems):
                starts[form[:2]].append((form, sheet))
    return Sheets(by_document, {pair: tuple(named) for pair, named in starts.items()})


def _read(library: Library, document: Document) -> tuple[Sheet, ...]:
    known = _READ.setdefault(library, {})
    if document.id not in known:
        known[document.id] = tuple(Sheet(document, table) for table in data_tables(document.source, document.sections))
    return known[document.id]


_ITEMS: WeakKeyDictionary[Library, dict[str, tuple[Sheet, ...]]] = WeakKeyDictionary()


def items_of(library: Library, documents: Iterable[Document]) -> list[Sheet]:
    """Read the items of these documents that say the same of one thing after another, as tables."""
    known = _ITEMS.setdefault(library, {})
    for document in documents:
        if document.id not in known:
            known[document.id] = tuple(Sheet(document, table) for table in item_tables(document.source, document.sections))
    return [sheet for document in documents for sheet in known[document.id]]
