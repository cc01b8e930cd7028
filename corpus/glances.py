"""Parts of many documents read from the catalog at once: what a question over a large library looks at, and the check of what it quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, select

from corpus.database import Database
from corpus.rows import PART_KINDS, Raw, decoded, whole, within
from corpus.schema import documents, parts, texts, versions

TEXT = "text"
"""Names the canonical text among the parts of a document."""


@lru_cache(maxsize=32)
def _statements(seen: frozenset[str] | None) -> tuple[Select[Any], Select[Any], Select[Any]]:
    """The queries for the texts, for parts of some kinds and for all parts of documents; made once, as that takes longer than their run."""
    current = versions.c.current == 1
    here = and_(current if seen is None else and_(current, within(versions.c.document_id, seen)), versions.c.document_id.in_(bindparam("ids", expanding=True)))
    written = select(versions.c.document_id, texts.c.text, versions.c.digest, documents.c.name).where(here)
    written = written.join(texts, texts.c.version_id == versions.c.id).join(documents, documents.c.id == versions.c.document_id)
    columns = select(versions.c.document_id, parts.c.kind, parts.c.payload)
    chosen = and_(parts.c.version_id == versions.c.id, parts.c.kind.in_(bindparam("kinds", expanding=True)))
    # A document without any of these parts, which an older program did not write, still has its row.
    some = columns.outerjoin_from(versions, parts, chosen).where(here)
    return written, some, columns.join(parts, parts.c.version_id == versions.c.id).where(here)


def read_unchecked(connection: Connection, ids: Collection[str], kinds: Collection[str], seen: frozenset[str] | None) -> dict[str, Raw]:
    """Read parts of these kinds of current versions, by document, without comparing digests; "" for one that was never written.

    kinds: of `rows.PART_KINDS`, and `TEXT`.  seen: see `rows.current_versions`.
    """
    written, some, _ = _statements(seen)
    wanted = [kind for kind in kinds if kind != TEXT]
    found = {row[0]: Raw(row[1], dict.fromkeys(wanted, "")) for row in connection.execute(written, {"ids": list(ids)})} if TEXT in kinds else {}
    for identity, kind, payload in connection.execute(some, {"ids": list(ids), "kinds": wanted}) if wanted else ():
        raw = found.setdefault(identity, Raw(None, dict.fromkeys(wanted, "")))
        if kind is not None:
            raw.payloads[kind] = payload
    return found


def check(connection: Connection, ids: Collection[str], seen: frozenset[str] | None) -> set[str]:
    """Compare the current versions of documents with their digests and give those that are there. Raises LibraryCorrupt."""
    written, _, held = _statements(seen)
    rows = connection.execute(written, {"ids": list(ids)}).all()
    payloads: dict[str, dict[str, str]] = {row.document_id: {} for row in rows}
    for identity, kind, payload in connection.execute(held, {"ids": list(ids)}):
        payloads[identity][kind] = payload
    for row in rows:
        whole(row, row.text, payloads[row.document_id])
    return set(payloads)


def stored_facts(database: Database, condition: Any, kind: str) -> Iterator[tuple[str, Any]]:
    """Yield (document id, facts of one kind) of the versions that meet the condition and have any. kind: of `PART_KINDS`."""
    query = select(versions.c.document_id, parts.c.payload).join(parts, parts.c.version_id == versions.c.id)
    with database.reading() as connection:
        rows = connection.execute(query.where(and_(condition, parts.c.kind == kind)).order_by(versions.c.first_key)).all()
    for row in rows:
        if found := decoded(row.payload, PART_KINDS[kind]):
            yield row.document_id, found
