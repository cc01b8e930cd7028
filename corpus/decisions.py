"""What people decided, as rows of the catalog: which document succeeds which, and which facts are wrong."""

from __future__ import annotations

import json

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from corpus import audit, schema
from corpus.codec import decode, encode
from corpus.corrections import Correction, Made
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


# ---------------------------------------------------------------- corrections


def keep(connection: Connection, document_id: str, correction: Correction, *, by: str) -> None:
    """Add a correction of a document."""
    table, at = schema.corrections, audit.now()
    row = {"document_id": document_id, "correction": encode(correction, Correction), "made_at": at, "made_by": by}
    connection.execute(insert(table).values(row | {"undone_at": "", "undone_by": ""}))
    detail = json.dumps({"clause": correction.clause, **correction.says(), "reason": correction.reason}, ensure_ascii=False)
    audit.record(connection, audit.Entry(at, by, "correct", document_id, detail))


def undo(connection: Connection, document_id: str, number: int, *, by: str) -> None:
    """Take a correction back. Raises InputError ("unknown_correction") when the document has none of this number that holds."""
    if number not in {one.id for one in held(connection, document_id)}:
        raise InputError("unknown_correction", f"这份文件没有编号 {number} 的更正", "用 policy-assistant correct 文件 查看编号")
    table, at = schema.corrections, audit.now()
    connection.execute(update(table).where(table.c.id == number).values(undone_at=at, undone_by=by))
    audit.record(connection, audit.Entry(at, by, "undo_correction", document_id, str(number)))


def held(connection: Connection, document_id: str) -> tuple[Made, ...]:
    """Give the corrections of a document that hold, oldest first."""
    return tuple(one for one in corrections_of(connection, document_id) if not one.undone_at)


def corrections_of(connection: Connection, document_id: str = "") -> tuple[Made, ...]:
    """Give all corrections of a document, or of every document (""), oldest first."""
    table = schema.corrections
    query = select(table).order_by(table.c.id)
    if document_id:
        query = query.where(table.c.document_id == document_id)
    return tuple(_made(row) for row in connection.execute(query))


def _made(row: Row[tuple[object, ...]]) -> Made:
    correction = decode(row.correction, Correction)
    return Made(row.id, row.document_id, correction, row.made_at, row.made_by, row.undone_at, row.undone_by)
