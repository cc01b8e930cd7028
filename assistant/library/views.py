"""The library as somebody sees it who sees some collections only: the documents outside them do not exist in it.

A view is an assistant over a limited catalog with an index of its own, derived from the documents in sight and from nothing else. A
common index with a filter would not do: frequencies, weights of words, the names offered for a misspelt one and the threshold of
"nothing found" would tell of hidden texts. Where everything is in sight after all, the index of the whole library serves.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from functools import cached_property

from assistant.library.library import Library
from assistant.session import Assistant
from corpus.errors import LibraryCorrupt
from index.engine import Index
from index.rerank import Reranker
from index.tokens import Tokens

FOLDER = "views"
MOST = 32
"""Views that stay open, each with the index of what it sees."""

UNUSED_DAYS = 30
"""After so long without a question the index of a view is removed; the next question makes it anew."""

_lock = threading.Lock()


class View(Assistant):
    """See the module. It follows the catalog: what is put into or out of its collections is so at the next question."""

    def __init__(self, whole: Assistant, collections: frozenset[str]) -> None:
        super().__init__(whole.store.limited(collections), whole.folder, whole.config)
        name = hashlib.sha256("\n".join(sorted(collections)).encode()).hexdigest()[:24]
        self._whole = whole
        self._index_folder = whole.folder / FOLDER / name
        self._compared: tuple[tuple[int, int], frozenset[tuple[str, int]] | None, Library | None] = ((-1, -1), None, None)

    @staticmethod
    def of(whole: Assistant, collections: frozenset[str], kept: dict[frozenset[str], Assistant]) -> Assistant:
        """Give the view of these collections, the one in `kept` if it is there."""
        with _lock:
            view = kept.pop(collections, None)
            if view is None:
                view = View(whole, collections)
                view.tidy()
            kept[collections] = view
            while len(kept) > MOST:
                # Not closed: a thread may still be asking it.
                kept.pop(next(iter(kept)))
        return view

    def library(self) -> Library:
        with self._lock:
            return self._common() or super().library()

    def close(self) -> None:
        """Let go of the index; the catalog is closed by the one whose view this is."""
        with self._lock:
            if self._library is not None:
                self._library.index.close()
                self._library = None

    def tidy(self) -> None:
        """Remove the indexes of views that nobody has used for long."""
        self._index_folder.mkdir(parents=True, exist_ok=True)
        (self._index_folder / "used").touch()
        for folder in self._index_folder.parent.iterdir():
            mark = folder / "used"
            if folder != self._index_folder and mark.exists() and time.time() - mark.stat().st_mtime > UNUSED_DAYS * 86_400:
                shutil.rmtree(folder, ignore_errors=True)

    def _common(self) -> Library | None:
        """Give the library of the whole when it holds exactly what is in sight."""
        moment = (self._whole.store.generation, self.store.generation)
        if self._compared[0] != moment:
            here = self.store.shelves()
            alike = here == self._whole.store.shelves()
            self._compared = (moment, frozenset((shelf.id, shelf.first_key) for shelf in here) if alike else None, None)
        _, wanted, checked = self._compared
        if wanted is None:
            return None
        library = self._whole.library()
        if library is not checked:
            # Something may have been added between the two looks.
            if wanted != {(row.id, row.first_key) for row in library.rows}:
                return None
            self._compared = (moment, wanted, library)
        return library

    @cached_property
    def _reranker(self) -> Reranker | None:
        return self._whole._reranker

    def _tokens(self) -> Tokens:
        """Share the tokeniser of the whole, which knows words of the language and of the user's list, and none of the documents."""
        tokens = super()._tokens()
        open_now = self._whole._library
        return open_now.index.tokens if open_now is not None and self._whole._words == self._words else tokens

    def _behind(self) -> Library | None:
        return None if self._hides_more() else super()._behind()

    def _update(self) -> Library:
        return self._build() if self._hides_more() else super()._update()

    def _hides_more(self) -> bool:
        """Does the index hold what is no longer in sight? Then it is made anew, so that nothing of it is left in the statistics."""
        wanted = {shelf.id: ((shelf.first_key, shelf.passages),) if shelf.passages else () for shelf in self.store.shelves()}
        try:
            with Index.open(self._index_folder) as index:
                return any(index.runs.ranges(document) != wanted.get(document) for document in index.runs.documents)
        except LibraryCorrupt:
            return True
