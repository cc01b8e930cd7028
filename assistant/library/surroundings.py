"""Passages put back into the item they are from: what a search shows is to be read by itself.

A passage is cut small so that it is found; the office that leads stands three sentences on, in the same item. So a passage brings the
largest section around it that is still short, a long one brings its neighbours within the section, and passages that come to lie in
the same stretch are one place. A row of a table stands by itself unless its whole group is short.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.library.library import Found
from corpus.text import trim
from corpus.types import Document, Passage, Span

LIMIT = 600
"""Characters of a place at most, unless one passage alone is longer."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document that is shown, with the headings above it and the score of the best passage in it."""

    document: Document
    path: tuple[str, ...]
    span: Span
    score: float


class Places:
    """The places of passages that come in the order of a ranking; no two overlap."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    def __len__(self) -> int:
        return len(self._places)

    def best(self) -> list[Place]:
        """Give the places in the order of their best passages."""
        return list(self._places)

    def holds(self, one: Found) -> bool:
        """Does a passage lie in a place already?"""
        return any(place.document.id == one.document.id and place.span.covers(one.passage.span) for place in self._places)

    def extends(self, one: Found) -> bool:
        """Would a passage lengthen a place instead of being a new one?"""
        return self._near(one) is not None

    def add(self, one: Found) -> bool:
        """Take in a passage; is it a new place?"""
        document, own = one.document, one.passage.span
        if self.holds(one):
            return False
        if (at := self._near(one)) is not None:
            place = self._places[at]
            self._places[at] = Place(document, place.path, _hull(place.span, own), place.score)
            return False
        path, span = around(document, one.passage)
        for place in self._places:
            other = place.span
            if place.document.id == document.id and other.overlaps(span):
                span = Span(max(span.start, other.end), span.end) if other.end <= own.start else Span(span.start, min(span.end, other.start))
        self._places.append(Place(document, path, trim(document.text, span), one.score))
        return True

    def _near(self, one: Found) -> int | None:
        """Give the place of the same section that a passage comes to, when both are short and nothing lies between."""
        here = [at for at, place in enumerate(self._places) if place.document.id == one.document.id]
        for at in here:
            whole = _both(one.document, self._places[at], one.passage)
            if whole and not any(self._places[other].span.overlaps(whole) for other in here if other != at):
                return at
        return None


def around(document: Document, passage: Passage) -> tuple[tuple[str, ...], Span]:
    """Give the stretch that a passage is shown in, and its headings."""
    sections = document.sections
    path, span, at = passage.path, passage.span, passage.section
    if at < 0:
        # What stands before the first heading: title, number, addressee.
        return path, _grown(document, passage, lambda other: other.section < 0)
    while at >= 0 and len(sections[at].span) <= LIMIT:
        path, span, at = sections[at].path, _hull(sections[at].span, span), sections[at].parent
    if span == passage.span and passage.kind not in ("row", "table"):
        home = sections[passage.section].span
        return path, _grown(document, passage, lambda other: home.covers(other.span))
    return path, trim(document.text, span)


def _grown(document: Document, passage: Passage, belongs: Callable[[Passage], bool]) -> Span:
    """Add the passages after this one, and then those before it, as long as they belong there and it stays short."""
    passages = document.passages
    span = passage.span
    at = passage.ordinal + 1
    while at < len(passages) and belongs(passages[at]) and passages[at].span.end - span.start <= LIMIT:
        span, at = _hull(span, passages[at].span), at + 1
    at = passage.ordinal - 1
    while at >= 0 and belongs(passages[at]) and span.end - passages[at].span.start <= LIMIT:
        span, at = _hull(span, passages[at].span), at - 1
    return span


def _both(document: Document, place: Place, passage: Passage) -> Span | None:
    """Give the stretch from a place to a passage when it is short and of one section."""
    whole = _hull(place.span, passage.span)
    if len(whole) > LIMIT or passage.section < 0:
        return None
    home = document.sections[passage.section].span
    return whole if home.covers(place.span) else None


def _hull(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))
