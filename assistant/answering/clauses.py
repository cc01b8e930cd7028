"""Clauses: the sentences of a passage, the smallest pieces of text that an answer is cut from.

A sentence ends at 。!?; or at a line end; a segment ends at a comma or colon too. A row of a task list is one clause. Brackets and
quotes are kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import fold, trim
from corpus.types import Document, Passage, Section, Span

_ENDS = frozenset("。!?;！？；\n")
_BREAKS = _ENDS | frozenset(",，:：|")
_OPEN, _CLOSE = "(（“「《【[", ")）”」》】]"
_DEEP = 120
"""A bracket longer than this is taken to be unmatched: ends inside it count again."""


_MARKS = {stops: re.compile(f"[{re.escape(''.join(sorted({*stops, *_OPEN})))}]") for stops in (_ENDS, _BREAKS)}
"""The characters that a cut has to look at; all others are passed over at once."""


def _cut(text: str, span: Span, stops: frozenset[str]) -> Iterator[Span]:
    start = span.start
    closed_at = -1
    for match in _MARKS[stops].finditer(text, span.start, span.end):
        at, character = match.start(), match[0]
        if character in _OPEN and at > closed_at and not (stops is _BREAKS and character == "“" and _quotes_rules(text, at, span.end)):
            closed_at = max(closed_at, _closing(text, at, span.end))
        if character in ",，" and _inside_figure(text, at):
            continue
        if character in ":：" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
            continue  # 17:00 and 1:3 are one piece
        if character in stops and (at > closed_at or (character == "\n" and stops is _ENDS and at > closed_at)):
            if (piece := trim(text, Span(start, at + 1))).start < piece.end:
                yield piece
            start = at + 1
    if (piece := trim(text, Span(start, span.end))).start < piece.end:
        yield piece


def _quotes_rules(text: str, at: int, end: int) -> bool:
    """Does a quotation mark open the words of a rule (修改为:“新建…不低于35%,改建…不低于25%”), which is cut like any other?"""
    return text[at - 1 : at] in (":", "：") and any(stop in text[at : _closing(text, at, end)] for stop in ",，;；。")


def _inside_figure(text: str, at: int) -> bool:
    """Tell a comma that groups digits (6,840家) from one that ends a segment."""
    return at > 0 and text[at - 1].isdigit() and text[at + 1 : at + 4].isdigit() and not text[at + 4 : at + 5].isdigit()


def _closing(text: str, at: int, end: int) -> int:
    """Where the bracket opened at `at` closes, or `at` when it does not within reach."""
    depth = 0
    for i in range(at, min(end, at + _DEEP)):
        if text[i] in _OPEN:
            depth += 1
        elif text[i] in _CLOSE:
            depth -= 1
            if depth == 0:
                return i
    return at


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """Cut a stretch into sentences, without white space at their edges."""
    return tuple(_cut(text, span, _ENDS))


def segments(text: str, span: Span) -> tuple[Span, ...]:
    """Cut a sentence at its commas and colons."""
    return tuple(_cut(text, span, _BREAKS))


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence (or row) in its place. The folded texts are matching copies: own, the whole item, heading path, title."""

    document: Document
    passage: Passage
    span: Span
    own: str
    item: str
    path: str
    title: str

    @property
    def text(self) -> str:
        return self.span.of(self.document.text)


@lru_cache(maxsize=20000)
def _folded(text: str) -> str:
    return fold(text)


def section_of(document: Document, passage: Passage) -> Section | None:
    return document.sections[passage.section] if 0 <= passage.section < len(document.sections) else None


def clauses_of(document: Document, passage: Passage) -> tuple[Clause, ...]:
    """Cut a passage into clauses; a table row stays whole."""
    text = document.text
    spans = (passage.span,) if passage.kind in ("row", "card") else sentences(text, passage.span)
    item = _folded(passage.span.of(text))
    path = _folded(" ".join(passage.path))
    title = _folded(f"{document.title} {document.card.issuer} {' '.join(document.card.places)}")
    return tuple(Clause(document, passage, span, _folded(span.of(text)), item, path, title) for span in spans)
