"""What tests of duties read texts with."""

from __future__ import annotations

from datetime import date

from corpus.duties import duties
from corpus.outline import outline
from corpus.types import Cell, Duty, Source, Span, Table


def duties_of(text: str, *, tables: tuple[Table, ...] = (), issued: date | None = None) -> tuple[Duty, ...]:
    source = Source(text, "txt", tables=tables)
    found = duties(source, outline(source), issued)
    for ordinal, duty in enumerate(found):
        assert duty.ordinal == ordinal
        assert duty.clause.start <= duty.statement.start <= duty.statement.end <= max(duty.clause.end, duty.statement.end)
        for mention in (*duty.lead, *duty.support):
            assert "".join(mention.span.of(text).split()) == mention.value
    return found


def lead(duty: Duty) -> list[str]:
    return [mention.value for mention in duty.lead]


def support(duty: Duty) -> list[str]:
    return [mention.value for mention in duty.support]


def table_of(rows: list[list[str]], **spans: int) -> tuple[str, Table]:
    """Write a Markdown table and give it with its cells; `r1c0=2` makes the cell of row 1, column 0 two rows high."""
    text, cells = "", []
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            if spans.get(f"hidden_r{row}c{column}"):
                continue
            text += "| "
            cells.append(Cell(row, column, Span(len(text), len(text) + len(value)), spans.get(f"r{row}c{column}", 1), 1, row == 0))
            text += value + " "
        text += "|\n"
    return text, Table(Span(0, len(text)), tuple(cells))
