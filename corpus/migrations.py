"""Libraries written by older layouts, brought up to the layout of `corpus.schema` where they stand.

A step leads from one layout to the next. All steps that a library needs run in one transaction: it has the old layout or the new one.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text, update

from corpus import schema
from corpus.account_tables import ACCOUNT_TABLES, furnish
from corpus.audit import now
from corpus.known_tables import KNOWN_TABLES


def migrate(connection: Connection, number: int) -> None:
    """Bring the library behind `connection` from layout `number` to the present one, inside its transaction."""
    for step in range(number, schema.SCHEMA):
        STEPS[step](connection)
        connection.execute(update(schema.library).where(schema.library.c.key == "schema").values(value=step + 1))


def _add_decisions(connection: Connection) -> None:
    """Layout 1 knew no decisions of people: successions, corrections, audit."""
    for table in (schema.decisions, schema.corrections, schema.audit):
        table.create(connection)
    connection.execute(schema.library.insert().values(key="decided", value=0))


def _add_quizzes(connection: Connection) -> None:
    """Layout 2 knew no papers, links to them and replies."""
    for table in schema.QUIZ_TABLES:
        table.create(connection)


def _add_conversations(connection: Connection) -> None:
    """Layout 3 kept no conversations and no judgements of answers."""
    for table in schema.CONVERSATION_TABLES:
        table.create(connection)


def _add_accounts(connection: Connection) -> None:
    """Layout 4 knew no accounts and no collections: all documents go into one."""
    for table in ACCOUNT_TABLES:
        table.create(connection)
    furnish(connection, now())


def _add_known_questions(connection: Connection) -> None:
    """Layout 5 kept no known questions and no runs over them."""
    for table in KNOWN_TABLES:
        table.create(connection)


def _add_first_passwords(connection: Connection) -> None:
    """Layout 6 did not tell whether a password is still the one somebody else gave; a table just made by an earlier step does."""
    if "first" not in [row.name for row in connection.execute(text("PRAGMA table_info(users)"))]:
        connection.execute(text("ALTER TABLE users ADD COLUMN first INTEGER NOT NULL DEFAULT 0"))


STEPS: dict[int, Callable[[Connection], None]] = {
    1: _add_decisions, 2: _add_quizzes, 3: _add_conversations, 4: _add_accounts, 5: _add_known_questions, 6: _add_first_passwords,
}  # fmt: skip
"""The step that leads on from each older layout."""
