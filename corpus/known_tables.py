"""The tables of the library's own known questions and of the runs over them.

content: the question with its known answer, a row of a question file as JSON. A run is kept whole: figures as the report has them, outcomes with
citations as places, never as quotes.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from corpus.schema import metadata

# Since layout 6. name: the id in question files. judgement: the thumb it was made from, 0 for none.
known_questions = Table(
    "known_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("judgement", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    sqlite_strict=True,
)

# Since layout 6. questions: which set was asked. collections: which ones the asker saw, JSON; null: all. generation: of the catalog.
evaluation_runs = Table(
    "evaluation_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("questions", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("collections", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("figures", Text, nullable=False),
    Column("outcomes", Text, nullable=False),
    sqlite_strict=True,
)

KNOWN_TABLES = (known_questions, evaluation_runs)
