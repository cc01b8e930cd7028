"""The tables of accounts, collections and keys, part of the catalog since layout 5.

Whoever may see what is truth like the documents themselves, so it is backed up, restored and verified with them. No password, token or
key is stored, only what it can be compared with.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, Table, Text, select

from corpus.schema import documents, library, metadata

DEFAULT = "default"
"""The collection that takes in what nobody put into another one, and all documents that were there before collections."""

DEFAULT_NAME = "默认文件集"

# name: as typed at login.  folded: what has to be unique, see `assistant.accounts.people`.  password: argon2id with its parameters.
# first: 1 while the password is the one somebody else gave.
# stamp: random; another one after every change of password, role or state, which ends all sessions.
users = Table(
    "users",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),
    Column("password", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("disabled", Integer, nullable=False),
    Column("stamp", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("first", Integer, nullable=False, server_default="0"),
    sqlite_strict=True,
)

# digest: SHA-256 of the token in the cookie. made_at, seen_at: seconds since 1970.
sessions = Table(
    "sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("user_id", Text, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("stamp", Text, nullable=False),
    Column("made_at", Integer, nullable=False),
    Column("seen_at", Integer, nullable=False),
    sqlite_strict=True,
)

# Guesses of passwords that were evaluated. about: "user:…" or "address:…". at: seconds since 1970.
guesses = Table(
    "guesses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("about", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Index("guesses_about", "about", "at"),
    sqlite_strict=True,
)

# id: the public beginning of the key. digest: SHA-256 of the whole key. scopes: with commas between. expires_at: ISO 8601, UTC.
# revoked_at: "" while it holds.
api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("user_id", Text, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("revoked_at", Text, nullable=False),
    sqlite_strict=True,
)

collections = Table(
    "collections",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("made_at", Text, nullable=False),
    sqlite_strict=True,
)

# Every document is in at least one collection.
holdings = Table(
    "holdings",
    metadata,
    Column("collection_id", Text, ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True),
    Column("document_id", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Index("holdings_of", "document_id"),
    sqlite_strict=True,
)

# Who sees a collection. kind: "user" (holder: his id) or "role" (holder: that role, and so every higher one).
grants = Table(
    "grants",
    metadata,
    Column("collection_id", Text, ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("holder", Text, primary_key=True),
    sqlite_strict=True,
)

# From which collections a paper was made, as JSON: wrong options come from documents that no question cites.
quiz_reach = Table(
    "quiz_reach",
    metadata,
    Column("paper_id", Integer, ForeignKey("quiz_papers.id", ondelete="CASCADE"), primary_key=True),
    Column("collections", Text, nullable=False),
    sqlite_strict=True,
)

# Who made a link to a paper: it is open as long as its maker may see the paper.
quiz_makers = Table(
    "quiz_makers",
    metadata,
    Column("token", Text, ForeignKey("quiz_shares.token", ondelete="CASCADE"), primary_key=True),
    Column("user_id", Text, nullable=False),
    sqlite_strict=True,
)

# What an administrator sets while the program runs.
options = Table(
    "options",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

ACCOUNT_TABLES = (users, sessions, guesses, api_keys, collections, holdings, grants, quiz_reach, quiz_makers, options)


def furnish(connection: Connection, at: str) -> None:
    """Make the default collection, put every document into it and let readers see it. at: ISO 8601, UTC."""
    connection.execute(collections.insert().values(id=DEFAULT, name=DEFAULT_NAME, made_at=at))
    connection.execute(grants.insert().values(collection_id=DEFAULT, kind="role", holder="reader"))
    for (identity,) in connection.execute(select(documents.c.id)).all():
        connection.execute(holdings.insert().values(collection_id=DEFAULT, document_id=identity))
    connection.execute(library.insert().values(key="arranged", value=0))
