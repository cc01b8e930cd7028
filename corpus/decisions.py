"""What people decided about successions, as rows of the catalog."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, insert, select, update

from corpus import audit, schema
from corpus.errors import InputError
from corpus.succession import Decision

_SAID = {"confirmed": "确认为新版", "rejected": "否认为新版", "": "撤回了关于新版的决定"}


def decide(connection: Connection, earlier: str, later: str, verdict: str, *, by: str) -> None:
    """Keep a decision about two document ids in place of an earlier one, or take it back (verdict "")."""
    if earlier == later:
        raise InputError("same_document", "一份文件不能代替它自己", "请给出两份不同的文件")
    table, at = schema.decisions, audit.now()
    connection.execute(delete(table).where(and_(table.c.earlier == earlier, table.c.later == later)))
    if verdict:
        row = {"earlier": earlier, "later": later, "verdict": verdict, "decided_at": at, "decided_by": by}
        connection.execute(insert(table).values(row))
    library = schema.library
    connection.execute(update(library).where(library.c.key == "decided").values(value=library.c.value + 1))
    audit.record(connection, audit.Entry(at, by, "supersede", earlier, f"{later}:{_SAID[verdict]}"))


def decisions_in(connection: Connection) -> tuple[Decision, ...]:
    """Give every decision that holds."""
    rows = connection.execute(select(schema.decisions))
    return tuple(Decision(r.earlier, r.later, r.verdict, r.decided_at, r.decided_by) for r in rows)
