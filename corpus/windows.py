"""Reading windows: the stretch of a document that is read for an answer around a passage that was found.

A passage is cut for searching and may be one item of a list; a reader needs the words the item hangs on. A window is the
largest section around the passage that is not longer than `LIMIT`, or else the passage itself with as much of what follows it in
its section as fits. Windows are slices of the canonical text, so a place in one is a place in the document.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.text import trim
from corpus.types import Document, Passage, Span

LIMIT = 420
"""Characters a window holds at most, except where one passage is longer."""

SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Window:
    """span: the slice of the document's text.  path: the headings above it, from the top down."""

    document: Document
    span: Span
    path: tuple[str, ...]

    @property
    def head(self) -> str:
        """The line a reader sees above the text: title and headings as far as there are any."""
        line = SEPARATOR.join(part for part in (self.document.card.title, *self.path) if part)
        return line + "\n" if line else ""

    @property
    def context(self) -> str:
        """What a reader reads: `head`, then the text."""
        return self.head + self.span.of(self.document.text)

    def span_at(self, start: int, end: int) -> Span | None:
        """Give the place in the document of a stretch of `context`; None for one that begins in the head or is empty."""
        lead = len(self.head)
        if not lead <= start < end <= lead + len(self.span):
            return None
        return Span(self.span.start + start - lead, self.span.start + end - lead)


def window_of(document: Document, passage: Passage, *, limit: int = LIMIT) -> Window:
    """Give the window around a passage."""
    at = passage.section
    around: Window | None = None
    while at >= 0 and len(document.sections[at].span) <= limit:
        section = document.sections[at]
        span = trim(document.text, section.span)
        if span.covers(passage.span):
            around = Window(document, span, section.path[:-1])
        at = section.parent
    return around or Window(document, _with_following(document, passage, limit), _path_above(document, passage))


def _with_following(document: Document, passage: Passage, limit: int) -> Span:
    """The passage and those after it in its section, children included, while they fit."""
    end = passage.span.end
    if passage.kind in ("row", "card", "table") or passage.section < 0:
        return passage.span
    home = document.sections[passage.section].span
    for following in document.passages[passage.ordinal + 1 :]:
        if following.kind == "row" or not home.covers(following.span) or following.span.end - passage.span.start > limit:
            break
        end = following.span.end
    return Span(passage.span.start, end)


def _path_above(document: Document, passage: Passage) -> tuple[str, ...]:
    """The heading path, without a heading that stands in the passage itself."""
    section = document.sections[passage.section] if passage.section >= 0 else None
    return passage.path[:-1] if section is not None and passage.span.covers(section.heading) else passage.path
