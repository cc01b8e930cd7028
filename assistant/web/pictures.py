"""Pictures of the pages of PDF documents: drawn in the sandbox from the kept file, the latest ones kept in memory."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict

from assistant.session import Assistant
from assistant.web.forms import Refused
from corpus.readers.pageimage import MOST_BOXES, Box
from corpus.sandbox import draw_page
from corpus.types import Document, Span

LARGEST_CACHE = 32 << 20
"""Bytes."""
LARGEST_FILE = 100 << 20
"""Bytes of a file whose pages are drawn: each drawing hands the whole file over."""
AT_ONCE = 2


def has_pictures(document: Document) -> bool:
    return document.source.format == "pdf"


def boxes_on(document: Document, clause: Span | None, page: int) -> tuple[Box, ...]:
    """Give the places of the lines of a clause on a page."""
    if clause is None:
        return ()
    anchors = document.source.anchors
    first = max(0, bisect_right(anchors, clause.start, key=lambda anchor: anchor.start) - 1)
    last = bisect_right(anchors, clause.end - 1, key=lambda anchor: anchor.start)
    return tuple(anchor.box for anchor in anchors[first:last] if anchor.page == page and anchor.box)[:MOST_BOXES]


class Pictures:
    """Draws pages and remembers some. What is asked for is looked up in the library of the one who asks, before anything is remembered."""

    def __init__(self, largest: int = LARGEST_CACHE) -> None:
        self.largest = largest
        self._kept: OrderedDict[tuple[str, int, int, tuple[Box, ...]], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def picture(self, library: Assistant, document: Document, page: int, clause: Span | None) -> bytes:
        """Give a page of a document as PNG or JPEG, the clause marked.

        Raises Refused: "not_found" (404) where there is none, "too_many_requests" (429) while others are drawn.
        """
        last = max((anchor.page or 0 for anchor in document.source.anchors), default=0)
        if not has_pictures(document) or not 1 <= page <= last:
            raise Refused(404, "not_found", "没有这一页的图像", "请看原文文字")
        key = (document.id, document.version, page, boxes_on(document, clause, page))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        if not self._places.acquire(timeout=5):
            raise Refused(429, "too_many_requests", "正在绘制别的页面", "请稍候再试")
        try:
            data = library.store.original(document.id)
            if len(data) > LARGEST_FILE:
                raise Refused(404, "not_found", "文件太大,不绘制页面图像", "请看原文文字")
            drawn = draw_page(data, document.name, page, key[3])
        finally:
            self._places.release()
        self._remember(key, drawn)
        return drawn

    def _remember(self, key: tuple[str, int, int, tuple[Box, ...]], drawn: bytes) -> None:
        with self._lock:
            self._kept[key] = drawn
            while sum(map(len, self._kept.values())) > self.largest:
                self._kept.popitem(last=False)


def media_type(picture: bytes) -> str:
    return "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
