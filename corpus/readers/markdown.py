"""Markdown: the canonical text is the Markdown source, unchanged; headings, pipe tables and front matter are marked in it.

Block structure after CommonMark 0.31 and GitHub's table extension, as far as documents use it: ATX and setext headings, fenced
code, pipe tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.encodings import decode
from corpus.readers.plain import line_anchors, unify_line_ends
from corpus.readers.text_tables import Line, lines_of, pipe_tables, stacked_tables, trimmed
from corpus.types import HeadingMark, Source, Span

SUFFIXES: tuple[str, ...] = (".md", ".markdown")

_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t\u3000]|$)")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_FRONT_TITLE = re.compile(r"title[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_NOT_A_PARAGRAPH = re.compile(r" {0,3}([>#|]|[-*+][ \t]|[-*_]{3,}[ \t]*$)|[ \t]*$| {4}|\t")


def read(data: bytes, name: str) -> Source:
    """Read a Markdown file."""
    text, encoding = decode(data)
    text = unify_line_ends(text)
    lines = lines_of(text)
    body = _front_matter_end(lines)
    prose = _without_fences(lines[body:])
    tables = tuple(sorted((*pipe_tables(prose), *stacked_tables(prose)), key=lambda table: table.span))
    headings = _headings(prose)
    title = _front_title(lines[:body]) or next((h.span.of(text) for h in headings if h.level == 1), "")
    return Source(
        text=text, format="markdown", encoding=encoding, title=title, tables=tables, headings=headings, anchors=line_anchors(text)
    )


def _front_matter_end(lines: Sequence[Line]) -> int:
    """Give the index of the first line after a YAML block between `---` lines at the very beginning, 0 without one."""
    if lines[0].text.rstrip() != "---":
        return 0
    for index, line in enumerate(lines[1:], start=1):
        if line.text.rstrip() in ("---", "..."):
            return index + 1
        if line.text.strip() and ":" not in line.text and line.text[0] not in " \t-#":
            return 0
    return 0


def _front_title(lines: Sequence[Line]) -> str:
    for line in lines:
        found = _FRONT_TITLE.match(line.text)
        if found:
            return found[1].strip().strip("\"'")
    return ""


def _without_fences(lines: Sequence[Line]) -> list[Line]:
    """Blank out fenced code: what looks like a heading there is none."""
    prose = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line.text)
        if fence:
            closes = mark is not None and mark[1].startswith(fence) and not line.text[mark.end() :].strip()
            fence = "" if closes else fence
            prose.append(Line(line.span, ""))
        elif mark:
            fence = mark[1]
            prose.append(Line(line.span, ""))
        else:
            prose.append(line)
    return prose


def _headings(lines: Sequence[Line]) -> tuple[HeadingMark, ...]:
    marks = []
    for index, line in enumerate(lines):
        atx = _ATX.match(line.text)
        if atx:
            title = _atx_title(line, atx.end())
            if len(title):
                marks.append(HeadingMark(title, len(atx[1])))
        elif _underlined(lines, index):
            marks.append(HeadingMark(trimmed(line, 0, len(line.text)), 1 if "=" in lines[index + 1].text else 2))
    return tuple(marks)


def _atx_title(line: Line, start: int) -> Span:
    """Cut the title out of `## title ##`."""
    end = len(line.text.rstrip())
    bare = line.text[:end].rstrip("#")
    if len(bare) < end and bare[-1:].isspace():
        end = len(bare)
    return trimmed(line, start, max(start, end))


def _underlined(lines: Sequence[Line], index: int) -> bool:
    """Tell a setext heading; several lines over one rule make no heading here, as policy texts rule off paragraphs."""
    if index + 1 >= len(lines) or _NOT_A_PARAGRAPH.match(lines[index].text) or not _SETEXT.match(lines[index + 1].text):
        return False
    return len(lines[index + 1].text.strip()) >= 3 and (index == 0 or not lines[index - 1].text.strip())
