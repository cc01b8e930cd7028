"""The tables of the catalog, for SQLite and PostgreSQL alike, and the number of their layout.

What a person searches for is in columns; what the program reads back whole (outline, passages, facts) is one JSON value per kind
and version, because a document is always read as a whole: one row of 300 facts decodes twenty times faster than 300 rows.
What people decided (which document succeeds which, which fact is wrong) is kept apart from what the parsers read, with an audit
trail, and is never lost by parsing again. A passage has no row: its key is `first_key` of its version plus its ordinal, and keys are handed out once only.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

SCHEMA = 2

metadata = MetaData()

# "schema", "generation" (raised by every change of a document), "next_key" (the first passage key not handed out yet) and
# "decided" (raised by every decision about successions, which change no passage).
library = Table(
    "library",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_strict=True,
)

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("origin", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, index=True),
    sqlite_strict=True,
)

# current: 1 for the version that answers are taken from, 0 for those it replaced. digest: over text and parts, so that a
# flipped bit is found before it is quoted. added_at: ISO 8601, UTC.
versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("current", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("parser", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("issued", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("first_key", Integer, nullable=False),
    Column("n_passages", Integer, nullable=False),
    UniqueConstraint("document_id", "version"),
    Index("versions_by_content", "sha256", "current"),
    Index("versions_by_key", "first_key"),
    sqlite_strict=True,
)

texts = Table(
    "texts",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    sqlite_strict=True,
)

originals = Table(
    "originals",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    sqlite_strict=True,
)

parts = Table(
    "parts",
    metadata,
    Column("version_id", Integer, ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("payload", Text, nullable=False),
    sqlite_strict=True,
)

# Since layout 2. What somebody said about a pair of documents. verdict: "confirmed" or "rejected". Kept when a document is removed: it
# may come back.
decisions = Table(
    "decisions",
    metadata,
    Column("earlier", Text, primary_key=True),
    Column("later", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    sqlite_strict=True,
)

# Since layout 2. correction: `corpus.corrections.Correction` as JSON. undone_at: "" while it holds.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Text, nullable=False, index=True),
    Column("correction", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("undone_at", Text, nullable=False),
    Column("undone_by", Text, nullable=False),
    sqlite_strict=True,
)

# Since layout 2. Append only. digest: over the row and the digest of the row before, so that a line that was altered, removed or moved shows.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("digest", Text, nullable=False),
    sqlite_strict=True,
)
