"""Who changed what people decide, and when: rows that are only ever added, each sealed with the digest of the one before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from corpus.schema import audit


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit trail. at: ISO 8601, UTC.  action: e.g. "supersede", "correct".  detail: Chinese or JSON."""

    at: str
    by: str
    action: str
    document_id: str
    detail: str


def now() -> str:
    """Give the present moment as it is stored: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def record(connection: Connection, entry: Entry) -> None:
    """Add a line to the trail, inside the transaction of what it tells."""
    last = connection.execute(select(audit.c.digest).order_by(audit.c.id.desc()).limit(1)).scalar() or ""
    row = {"at": entry.at, "by": entry.by, "action": entry.action, "document_id": entry.document_id, "detail": entry.detail}
    connection.execute(insert(audit).values(row | {"digest": _digest(last, entry)}))


def trail(connection: Connection, document_id: str = "") -> tuple[Entry, ...]:
    """Give the trail in order of time. document_id: of one document only, "" for all."""
    query = select(audit).order_by(audit.c.id)
    if document_id:
        query = query.where(audit.c.document_id == document_id)
    return tuple(_entry(row) for row in connection.execute(query))


def broken(connection: Connection) -> int:
    """Give which line of the trail, from 1, is the first that was altered, moved or comes after one that was removed; 0 for none."""
    last = ""
    for number, row in enumerate(connection.execute(select(audit).order_by(audit.c.id)), 1):
        if row.digest != _digest(last, _entry(row)):
            return number
        last = row.digest
    return 0


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.at, row.by, row.action, row.document_id, row.detail)


def _digest(last: str, entry: Entry) -> str:
    words = (last, entry.at, entry.by, entry.action, entry.document_id, entry.detail)
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()
