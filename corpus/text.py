"""Canonical text and its copies for matching.

A document's canonical text is what is stored, shown and cited. Matching works on folded copies: NFKC, case folded, without
white space; each folded character keeps the offset it came from, so that a match is always a span of the canonical text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from corpus.types import Span

SPACES = re.compile(r"\s+")

_QUOTES = str.maketrans({"「": "“", "」": "”", "『": "“", "』": "”", "＂": '"', "‘": "“", "’": "”"})


_LEVELS = {ord(roman): chinese for roman, chinese in zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "一二三四五六七八九十", strict=True)}
"""Ⅱ级响应 is 二级响应; NFKC would make Latin letters of the numerals."""


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    character = character.translate(_LEVELS)
    folded = unicodedata.normalize("NFKC", character).casefold()
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c)[0] != "C")


def fold(text: str) -> str:
    """Give the matching copy of `text`: NFKC, case folded, no white space, no control characters."""
    return "".join(map(_fold_character, text))


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Give the matching copy and, for each of its characters, the offset in `text` it came from."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for folded in _fold_character(character):
            characters.append(folded)
            offsets.append(offset)
    return "".join(characters), offsets


def find_folded(needle: str, text: str, within: Span | None = None) -> Span | None:
    """Find `needle` in `text` regardless of width, case and white space; None when it does not occur."""
    base = within.start if within else 0
    folded, offsets = fold_with_offsets(within.of(text) if within else text)
    wanted = fold(needle)
    at = folded.find(wanted) if wanted else -1
    if at < 0:
        return None
    return Span(base + offsets[at], base + offsets[at + len(wanted) - 1] + 1)


def squeeze(text: str) -> str:
    """Remove white space that a line wrap or a converter left inside Chinese text; keep one blank between Latin words."""
    text = SPACES.sub(" ", text.strip())
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", text)


def trim(text: str, span: Span) -> Span:
    """Shrink `span` so that it neither starts nor ends with white space."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
