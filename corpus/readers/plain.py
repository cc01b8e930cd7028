"""Plain text: the canonical text is the file itself, so that every citation is a verbatim piece of it.

Tables that are drawn with characters are read as tables.
"""

from __future__ import annotations

from corpus.encodings import decode
from corpus.readers.numbered_tables import numbered_tables
from corpus.readers.run_tables import run_tables
from corpus.readers.text_tables import Line, aligned_tables, lines_of, pipe_tables, spaced_tables, stacked_tables
from corpus.types import Anchor, Source, Table

SUFFIXES: tuple[str, ...] = (".txt", ".text")


def read(data: bytes, name: str) -> Source:
    """Read a text file; only line ends are unified and a byte-order mark dropped."""
    text, encoding = decode(data)
    text = unify_line_ends(text)
    lines = lines_of(text)
    return Source(text=text, format="plain", encoding=encoding, tables=_tables(lines), anchors=line_anchors(text))


def _tables(lines: list[Line]) -> tuple[Table, ...]:
    """Read the tables; of two readings of one place the one with the plainer borders holds."""
    found: list[Table] = []
    for table in (*pipe_tables(lines), *aligned_tables(lines), *stacked_tables(lines), *spaced_tables(lines), *numbered_tables(lines), *run_tables(lines)):
        if not any(table.span.overlaps(other.span) for other in found):
            found.append(table)
    return tuple(sorted(found, key=lambda table: table.span))


def unify_line_ends(text: str) -> str:
    r"""Turn `\r\n` into `\n`; a lone `\r` ends lines only where a file knows no other line end (classic Mac OS)."""
    text = text.replace("\r\n", "\n")
    return text if "\n" in text else text.replace("\r", "\n")


def line_anchors(text: str) -> tuple[Anchor, ...]:
    """Give the place of every line that is not empty; lines count from 1."""
    anchors = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line:
            anchors.append(Anchor(start, line=number))
        start += len(line) + 1
    return tuple(anchors)
