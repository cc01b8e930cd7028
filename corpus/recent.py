"""The documents used last, kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict

from corpus.types import Document

Place = tuple[int, str]
"""Number and digest of a version."""


class Recent:
    """At most `most` documents; the one not used for longest goes first. May be shared between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Place, Document] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, place: Place) -> Document | None:
        with self._lock:
            if place in self._kept:
                self._kept.move_to_end(place)
            return self._kept.get(place)

    def put(self, place: Place, document: Document) -> None:
        with self._lock:
            self._kept[place] = document
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
