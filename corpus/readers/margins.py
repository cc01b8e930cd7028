"""What stands on a page but not in the document: page numbers, running titles, the lines a browser prints at the edges."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.readers.printed import Line, lines_of

_NUMBER = re.compile(
    r"[-—–‐－~·.\s/|]*(?:\d{1,4}|[ivxlc]{1,6})[-—–‐－~·.\s/|]*"
    r"|[-—–\s]*第?\s*\d{1,4}\s*页?\s*[/,，;；|(（、—-]?\s*(?:共|of)?\s*\d{1,4}\s*页?\s*[)）]?[-—–\s]*"
    r"|[-—–\s]*第\s*[\d一二三四五六七八九十百]{1,5}\s*页[-—–\s]*|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.I,
)
_PLAIN = re.compile(r"\s*(\d{1,4})\s*")
_ADDRESS = re.compile(r"(?:https?|file)://\S+(?:\s*\d{1,4}\s*/\s*\d{1,4})?", re.I)
_PRINTED_AT = re.compile(r"\d{2,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s*(?:[上下]午)?\d{1,2}:\d{2}.{0,120}")
_DIGITS = re.compile(r"\d+|[一二三四五六七八九十百]+(?=页)")
_EDGE, _MARGIN = 3, 0.14
_RUNNING = 3


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float], body: float) -> list[list[Line]]:
    """Drop from each page's fragments what is printed in its margins only. body: font size of the text."""
    edges = [_edges(fragments, height) for fragments, height in zip(pages, heights, strict=True)]
    repeated = _repeated(edges, heights, body)
    numbers = _numbering(edges)
    kept = []
    for at, fragments in enumerate(pages):
        dropped: set[int] = set()
        for side in edges[at]:
            for line, parts in side:
                # What stands further in than a line of the text is text.
                if not _is_furniture(line, at, numbers) and _key(line, heights[at]) not in repeated:
                    break
                dropped |= {id(part) for part in parts}
        kept.append([fragment for fragment in fragments if id(fragment) not in dropped])
    return kept


_Side = list[tuple[Line, list[Line]]]
"""The outermost lines of one margin, from the edge inwards, each with its fragments."""


def _edges(fragments: Sequence[Line], height: float) -> tuple[_Side, _Side]:
    """Give the lines in the upper and in the lower margin of a page."""
    whole = lines_of(fragments)
    top = [line for line in whole[:_EDGE] if line.box.bottom <= _MARGIN * height]
    low = [line for line in whole[::-1][:_EDGE] if line.box.top >= (1 - _MARGIN) * height]
    return _with_parts(top, fragments), _with_parts(low, fragments)


def _with_parts(lines: Sequence[Line], fragments: Sequence[Line]) -> _Side:
    found = []
    for line in lines:
        glyphs = set(map(id, line.glyphs))
        found.append((line, [fragment for fragment in fragments if id(fragment.glyphs[0]) in glyphs]))
    return found


def _key(line: Line, height: float) -> tuple[str, int]:
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.box.top / 6)


def _repeated(edges: Sequence[tuple[_Side, _Side]], heights: Sequence[float], body: float) -> set[tuple[str, int]]:
    """Give the running titles: the same words at the same height on several pages, in no larger type than the text."""
    where: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, (top, low) in enumerate(edges):
        for line, _ in (*top, *low):
            if line.size <= 1.1 * body:
                where[_key(line, heights[page])].add(page)
    enough = 2 if len(edges) < 6 else _RUNNING
    return {key for key, pages in where.items() if len(pages) >= enough and _near(pages)}


def _near(pages: set[int]) -> bool:
    """Running titles stand on pages that follow each other, or on every second one."""
    ordered = sorted(pages)
    return sum(b - a <= 2 for a, b in zip(ordered, ordered[1:], strict=False)) >= max(1, (len(ordered) - 1) // 2)


def _numbering(edges: Sequence[tuple[_Side, _Side]]) -> set[int]:
    """Give the differences between a bare number in the margin and the page it is on that hold for two pages at least."""
    lines = [(page, line) for page, (top, low) in enumerate(edges) for line, _ in (*top, *low)]
    votes = Counter(int(bare[1]) - page for page, line in lines if (bare := _PLAIN.fullmatch(line.text)))
    return {difference for difference, count in votes.items() if count >= 2 or len(edges) == 1}


def _is_furniture(line: Line, page: int, numbers: set[int]) -> bool:
    text = line.text.strip()
    if plain := _PLAIN.fullmatch(text):
        return int(plain[1]) - page in numbers or len(numbers) > 0
    return bool(_NUMBER.fullmatch(text) or _ADDRESS.fullmatch(text) or _PRINTED_AT.fullmatch(text))
