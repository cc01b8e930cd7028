"""How other assistants cut documents, written again from their description: text → chunks, each the spans it is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

Chunk = tuple[tuple[int, int], ...]
"""Half-open spans of the text; the first ones may be headings that are repeated in front of a piece."""

Chunker = Callable[[str], list[Chunk]]

CHATCHAT = (r"\n\n", r"\n", r"[。!?!?]", r"\.\s|…", r"[;;]\s?", r"[,,]\s?")
LAWS = (
    (r"第[零一二三四五六七八九十百\d]+[编部]", r"第[零一二三四五六七八九十百\d]+章", r"第[零一二三四五六七八九十百\d]+节", r"第[零一二三四五六七八九十百\d]+条", r"[((][零一二三四五六七八九十百]+[))]"),
    (r"第\d+章", r"第\d+节", r"\d{1,2}[.、](?!\d)", r"\d{1,2}\.\d{1,2}(?!\d)", r"\d{1,2}\.\d{1,2}\.\d{1,2}"),
    (r"第[零一二三四五六七八九十百\d]+章", r"第[零一二三四五六七八九十百\d]+节", r"[零一二三四五六七八九十百]+[、 ]", r"[((][零一二三四五六七八九十百]+[))]", r"[((]\d{1,2}[))]"),
)


def fixed(text: str, size: int = 500, overlap: int = 50) -> list[Chunk]:
    """Windows of one size."""
    return [((start, min(start + size, len(text))),) for start in range(0, max(len(text) - overlap, 1), size - overlap)]


def recursive(text: str, size: int = 750, overlap: int = 150, separators: Sequence[str] = CHATCHAT) -> list[Chunk]:
    """Langchain-Chatchat: cut at the coarsest separator that makes small pieces, fill up to `size`, begin again `overlap` before."""
    return [((start, end),) for start, end in _filled(list(_pieces(text, 0, len(text), size, separators)), size, overlap)]


def _pieces(text: str, start: int, end: int, size: int, separators: Sequence[str]) -> Iterator[tuple[int, int]]:
    if end - start <= size:
        yield start, end
        return
    if not separators:
        yield from ((at, min(at + size, end)) for at in range(start, end, size))
        return
    at = start
    for cut in (*(m.end() for m in re.compile(separators[0]).finditer(text, start, end)), end):
        if cut > at:
            yield from _pieces(text, at, cut, size, separators[1:])
            at = cut


def _filled(pieces: Sequence[tuple[int, int]], size: int, overlap: int) -> Iterator[tuple[int, int]]:
    held: list[tuple[int, int]] = []
    for piece in pieces:
        if held and piece[1] - held[0][0] > size:
            yield held[0][0], held[-1][1]
            while held and (held[-1][1] - held[0][0] > overlap or piece[1] - held[0][0] > size):
                held.pop(0)
        held.append(piece)
    if held:
        yield held[0][0], held[-1][1]


def paragraphs(text: str, size: int = 1024, overlap: int = 50) -> list[Chunk]:
    """Dify: cut at blank lines; what is longer than `size` is cut further, with some overlap."""
    found: list[Chunk] = []
    at = 0
    for cut in (*(m.end() for m in re.finditer(r"\n\n", text)), len(text)):
        if text[at:cut].strip():
            whole = cut - at <= size
            found += [((at, cut),)] if whole else [((at + a, at + b),) for ((a, b),) in recursive(text[at:cut], size, overlap)]
        at = cut
    return found


def filled_lines(text: str, size: int = 500) -> list[Chunk]:
    """MaxKB for a text without Markdown headings: lines are filled up to `size`, longer ones cut hard."""
    lines: list[tuple[int, int]] = []
    at = 0
    for cut in (*(m.end() for m in re.finditer(r"\n", text)), len(text)):
        lines += [(a, min(a + size, cut)) for a in range(at, cut, size)]
        at = cut
    return [(span,) for span in _filled(lines, size, 0) if text[span[0] : span[1]].strip()]


def laws(text: str) -> list[Chunk]:
    """RAGFlow's "laws": the one family of marks that most lines have, matched at line starts, as a tree merged to depth 2."""
    lines: list[tuple[int, int]] = []
    at = 0
    for cut in (*(m.end() for m in re.finditer(r"\n", text)), len(text)):
        if text[at:cut].strip():
            lines.append((at, cut))
        at = cut
    family = max(LAWS, key=lambda marks: sum(_depth(text, line, marks) > 0 for line in lines))
    found: list[Chunk] = []
    heads: dict[int, tuple[int, int]] = {}
    body: list[tuple[int, int]] = []

    def close() -> None:
        if body:
            found.append((*(heads[depth] for depth in sorted(heads)), *body))
            body.clear()

    depths = sorted({depth for line in lines if (depth := _depth(text, line, family))})[:2]
    for line in lines:
        depth = _depth(text, line, family)
        if depth in depths:
            close()
            heads = {d: head for d, head in heads.items() if d < depth}
            if depth == depths[-1]:
                body.append(line)
            else:
                heads[depth] = line
        else:
            body.append(line)
    close()
    return found


def _depth(text: str, line: tuple[int, int], marks: Sequence[str]) -> int:
    start = text[line[0] : line[1]].lstrip()
    return next((depth for depth, mark in enumerate(marks, 1) if re.match(mark, start)), 0)


CHUNKERS: dict[str, Chunker] = {
    "fixed 500/50": fixed,
    "Langchain-Chatchat 750/150": recursive,
    "Langchain-Chatchat 250": lambda text: recursive(text, 250, 0),
    "RAGFlow laws": laws,
    "Dify 1024/50": paragraphs,
    "MaxKB 500": filled_lines,
}
