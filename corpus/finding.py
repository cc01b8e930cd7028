"""A document by what people call it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row

from corpus.errors import UnknownDocument
from corpus.nearest import nearest
from corpus.rows import current_versions
from corpus.schema import documents, versions


def find(connection: Connection, id_or_name: str, seen: frozenset[str] | None) -> Row[Any]:
    """Find a current version by id, else by name, else by title. seen: see `current_versions`.

    Raises UnknownDocument, which names none but documents in sight.
    """
    for column in (documents.c.id, documents.c.name, versions.c.title):
        rows = connection.execute(current_versions(seen).where(column == id_or_name).limit(10)).all()
        if len(rows) == 1:
            return rows[0]
        if rows:
            ids = "、".join(row.document_id for row in rows)
            raise UnknownDocument("unknown_document", f"有 {len(rows)} 份文件都叫“{id_or_name}”", f"请改用编号:{ids}")
    names = [name for row in connection.execute(current_versions(seen)) for name in (row.name, row.title)]
    close = "、".join(f"“{name}”" for name in nearest(id_or_name, names))
    remedy = "用 policy-assistant documents 查看全部文件"
    raise UnknownDocument(
        "unknown_document", f"资料库中没有“{id_or_name}”", f"最接近的是{close};{remedy}" if close else f"请{remedy}"
    )
