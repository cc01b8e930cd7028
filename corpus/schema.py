"""The tables of the catalog, for SQLite and PostgreSQL alike, and the number of their layout.

What a person searches for is in columns; what the program reads back whole (outline, passages, facts) is one JSON value per kind
and version, because a document is always read as a whole: one row of 300 facts decodes twenty times faster than 300 rows.
What people decided (which document succeeds which, which fact is wrong) is kept apart from what the parsers read, with an audit
trail, and is never lost by parsing again. A passage has no row: its key is `first_key` of its version plus its ordinal, and keys are handed out once only.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

SCHEMA = 7

metadata = MetaData()

# "schema", "generation" (raised by every change of a document), "next_key" (the first passage key not handed out yet), "decided"
# (raised by every decision about successions, which change no passage) and "arranged" (by every document put into or out of a collection).
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

# Since layout 3. What trainers made and how people did, whole values as JSON (`assistant.quiz.keeping.codec`); no quote is in them, it is cut
# from its document by its span. changes: counts saves, so that two windows cannot overwrite each other. With a paper go its links, with
# a link its sittings, with a sitting its replies.
quiz_papers = Table(
    "quiz_papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("content", Text, nullable=False),
    sqlite_strict=True,
)

quiz_templates = Table(
    "quiz_templates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("request", Text, nullable=False),
    sqlite_strict=True,
)

# content: the paper as it was when the link was made. mode: "practice" or "exam". own: 1 for the trainer's own tries.
# minutes: 0 without a limit. review: 1 when the key is shown after an exam.
quiz_shares = Table(
    "quiz_shares",
    metadata,
    Column("token", Text, primary_key=True),
    Column("paper_id", Integer, ForeignKey("quiz_papers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("review", Integer, nullable=False),
    Column("own", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("closed_at", Text, nullable=False),
    Column("content", Text, nullable=False),
    sqlite_strict=True,
)

# numbers: which questions, in order, as JSON. due_at: "" without a limit.
quiz_sittings = Table(
    "quiz_sittings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("secret", Text, nullable=False, unique=True),
    Column("token", Text, ForeignKey("quiz_shares.token", ondelete="CASCADE"), nullable=False, index=True),
    Column("person", Text, nullable=False, index=True),
    Column("unit", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("numbers", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("finished_at", Text, nullable=False),
    sqlite_strict=True,
)

# score: share of the marks in thousandths, -1 until judged.
quiz_replies = Table(
    "quiz_replies",
    metadata,
    Column("sitting_id", Integer, ForeignKey("quiz_sittings.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("response", Text, nullable=False),
    Column("score", Integer, nullable=False),
    sqlite_strict=True,
)

QUIZ_TABLES = (quiz_papers, quiz_templates, quiz_shares, quiz_sittings, quiz_replies)

# Since layout 4. What people asked, each person's own: owner is the id of the principal. token: 128 random bits, the name of the conversation
# in addresses. named: 1 when its owner gave the title. answer: `assistant.conversations.codec`, without quotes. said: words of
# the answer, for searching.
conversations = Table(
    "conversations",
    metadata,
    Column("token", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("named", Integer, nullable=False),
    Column("changed_at", Text, nullable=False),
    Index("conversations_of", "owner", "changed_at"),
    sqlite_strict=True,
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("token", Text, ForeignKey("conversations.token", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("asked_at", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("answer", Text, nullable=False),
    sqlite_strict=True,
)

# Those who want no history kept.
without_history = Table("without_history", metadata, Column("owner", Text, primary_key=True), sqlite_strict=True)

# Whether an answer helped, and why not; with the answer as it was. One judgement for each exchange and person. token, number: of the exchange, also
# when the conversation itself is not kept. helpful: 1 or 0. state: "open", "made" or "dismissed".
judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("helpful", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("history", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("handled_at", Text, nullable=False),
    Column("handled_by", Text, nullable=False),
    UniqueConstraint("token", "number", "by"),
    sqlite_strict=True,
)

CONVERSATION_TABLES = (conversations, exchanges, without_history, judgements)
