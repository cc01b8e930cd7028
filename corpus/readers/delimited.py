"""Tables as text (.csv, .tsv): in any encoding that text may have, with the separator that the lines agree on."""

from __future__ import annotations

import csv
import io

from corpus.encodings import decode
from corpus.errors import DocumentTooLarge, UnreadableDocument
from corpus.readers.assemble import assemble
from corpus.readers.plain import unify_line_ends
from corpus.readers.sheets import MAX_CELLS, Sheet, pieces_of
from corpus.types import Source

SUFFIXES: tuple[str, ...] = (".csv", ".tsv", ".tab")

_SEPARATORS = ",\t;|，；"
_SAMPLE = 60


def read(data: bytes, name: str) -> Source:
    """Read a table; each cell is a line, anchored at its row."""
    text, encoding = decode(data)
    text = unify_line_ends(text)
    separator = _separator(text)
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    cells: dict[tuple[int, int], str] = {}
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text), delimiter=separator)):
            cells.update({(row, column): value for column, value in enumerate(values) if value.strip()})
            if len(cells) > MAX_CELLS:
                raise DocumentTooLarge("too_large", f"表格有超过 {MAX_CELLS} 个单元格", "请拆分成几个文件后再添加")
    except csv.Error as error:
        raise UnreadableDocument("malformed", "表格读不出来:可能有没有配对的引号", "请用 Excel 或 WPS 打开后另存为 .xlsx 再添加") from error
    title, pieces = pieces_of([Sheet("", cells)], places=False)
    return assemble(pieces, "csv", title=title, encoding=encoding)


def _separator(text: str) -> str:
    """Choose the separator that divides most lines into the same number of parts, at least two."""
    if text[:4].lower() == "sep=" and len(text) > 4 and text[4] in _SEPARATORS:
        return text[4]
    lines = [line for line in text[:100_000].split("\n") if line.strip()][:_SAMPLE]
    best, most = ",", 0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines if separator in line]
        usual = max(set(counts), key=counts.count) if counts else 0
        score = 10 * counts.count(usual) + min(usual, 9) if usual else 0
        if score > most:
            best, most = separator, score
    return best
