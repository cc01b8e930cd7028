"""Two texts side by side: their paragraphs aligned, and in those that were changed the characters that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.text import fold
from corpus.types import Document, Span

Kind = Literal["same", "changed", "left", "right"]
"""A pair of paragraphs: alike but for white space and width, changed, on one side only."""

LONGEST = 3000
"""Characters of a paragraph up to which the differing ones are sought."""
LEAST_ALIKE = 0.4
"""How alike (0..1) two paragraphs are at least that count as one that was changed."""
MOST_LINES = 8000


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a paragraph. differs: it is not in the other one."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the comparison; a side that has nothing there has no pieces. left_span, right_span: the paragraph in its text."""

    kind: Kind
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    left_span: Span | None = None
    right_span: Span | None = None


def compared(left: Document, right: Document) -> tuple[Pair, ...]:
    """Compare two documents paragraph by paragraph, at most MOST_LINES of each."""
    ours, theirs = _paragraphs(left.text)[:MOST_LINES], _paragraphs(right.text)[:MOST_LINES]
    matcher = SequenceMatcher(None, [_key(s.of(left.text)) for s in ours], [_key(s.of(right.text)) for s in theirs], autojunk=False)
    rows: list[Pair] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            rows += (_same(left.text, right.text, x, y) for x, y in zip(ours[a:b], theirs[c:d], strict=True))
        else:
            rows += _block(left.text, right.text, ours[a:b], theirs[c:d])
    return tuple(rows)


def _paragraphs(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def _key(text: str) -> str:
    return "".join(fold(text).split())


def _same(left: str, right: str, ours: Span, theirs: Span) -> Pair:
    return Pair("same", (Piece(ours.of(left), False),), (Piece(theirs.of(right), False),), ours, theirs)


def _block(left: str, right: str, ours: Sequence[Span], theirs: Sequence[Span]) -> Iterator[Pair]:
    """Pair the paragraphs of a stretch that differs: each with the first on the other side that is like it, in order."""
    at = 0
    for one in ours:
        match = next((n for n in range(at, min(at + 20, len(theirs))) if _alike(one.of(left), theirs[n].of(right))), None)
        if match is None:
            yield Pair("left", (Piece(one.of(left), True),), (), one, None)
            continue
        yield from (_right(right, other) for other in theirs[at:match])
        yield Pair("changed", *_pieces(one.of(left), theirs[match].of(right)), one, theirs[match])
        at = match + 1
    yield from (_right(right, other) for other in theirs[at:])


def _right(right: str, other: Span) -> Pair:
    return Pair("right", (), (Piece(other.of(right), True),), None, other)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one[:LONGEST], other[:LONGEST], autojunk=False)
    return matcher.real_quick_ratio() >= LEAST_ALIKE and matcher.quick_ratio() >= LEAST_ALIKE and matcher.ratio() >= LEAST_ALIKE


def _pieces(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if max(len(one), len(other)) > LONGEST:
        return (Piece(one, True),), (Piece(other, True),)
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    ours = tuple(Piece(one[a:b], tag != "equal") for tag, a, b, _, _ in codes if b > a)
    theirs = tuple(Piece(other[c:d], tag != "equal") for tag, _, _, c, d in codes if d > c)
    return ours, theirs
