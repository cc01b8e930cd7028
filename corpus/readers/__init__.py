"""Bytes → `Source`: one small module per file format.

A reader decides nothing about policy: it gives the canonical text and what the format itself marks (headings, tables, lines).
Adding a format is adding a module with `SUFFIXES` and `read`, and its name in `READERS`.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Protocol

from corpus.errors import DocumentTooLarge, UnsupportedFormat
from corpus.readers import delimited, doc, docx, eml, html, markdown, ofd, pdf, picture, plain, ppt, pptx, xls, xlsx
from corpus.readers.content import FLAT_SHEET, FLAT_TEXT, OFFICE_SUFFIXES, SHEET_SUFFIXES, kind_of, refuse_other
from corpus.types import Source

MAX_BYTES = 50_000_000


class Reader(Protocol):
    """What a module here offers. SUFFIXES: lower case, with the dot."""

    SUFFIXES: tuple[str, ...]

    def read(self, data: bytes, name: str) -> Source:
        """Read the bytes of a file called `name`; raise UnreadableDocument when they hold no readable text."""
        ...


READERS: tuple[Reader, ...] = (plain, markdown, html, docx, doc, xlsx, xls, delimited, pptx, ppt, eml, pdf, ofd, picture)
SUFFIXES: tuple[str, ...] = tuple(suffix for reader in READERS for suffix in reader.SUFFIXES)


def read(data: bytes, name: str) -> Source:
    """Read a file by the reader that its suffix names; of office files, by the reader that fits the content.

    Raises UnsupportedFormat, DocumentTooLarge (over 50 MB) and UnreadableDocument, each with its reason in Chinese.
    """
    reader = reader_for(name)
    check_size(len(data))
    suffix = PurePath(name).suffix.lower()
    if suffix in OFFICE_SUFFIXES:
        reader = _by_content(data, suffix)
    return reader.read(data, name)


def _by_content(data: bytes, suffix: str) -> Reader:
    kind = kind_of(data)
    if kind == ".txt" and suffix in SHEET_SUFFIXES:
        kind = ".csv"
    kind = {FLAT_TEXT: ".doc", FLAT_SHEET: ".xls"}.get(kind, kind)
    for reader in READERS:
        if data and kind in reader.SUFFIXES:
            return reader
    raise refuse_other(data, suffix)


def reader_for(name: str) -> Reader:
    """Choose the reader by the suffix of `name`; raise UnsupportedFormat when there is none."""
    suffix = PurePath(name).suffix.lower()
    for reader in READERS:
        if suffix in reader.SUFFIXES:
            return reader
    kind = f"“{suffix}”文件" if suffix else "没有扩展名的文件"
    known = "、".join(SUFFIXES)
    raise UnsupportedFormat("unsupported_format", f"暂不支持{kind}", f"请另存为以下格式之一再添加:{known}")


def check_size(size: int) -> None:
    """Raise DocumentTooLarge when a file of `size` bytes is over the limit."""
    if size > MAX_BYTES:
        megabytes = f"{size / 1_000_000:.1f} MB"
        raise DocumentTooLarge("too_large", f"文件太大({megabytes}),上限为 {MAX_BYTES // 1_000_000} MB", "请拆分成几个文件后再添加")
