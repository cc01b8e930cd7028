"""Is everything in the catalog what it was when it was written?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, text

from corpus.audit import broken
from corpus.database import Database
from corpus.errors import LibraryCorrupt
from corpus.rows import current_versions, read_document, sha256
from corpus.schema import originals, versions
from corpus.spans import spans_in
from corpus.types import Document


def problems(database: Database) -> tuple[str, ...]:
    """Check file, hashes and spans of every current version; give one Chinese sentence a fault."""
    found: list[str] = []
    try:
        with database.reading() as connection:
            if database.is_sqlite:
                found += _file_problems(connection)
            if broken(connection):
                found.append("审计记录被改动过")
            rows = connection.execute(current_versions().order_by(versions.c.first_key)).all()
        for row in rows:
            with database.reading() as connection:
                found += _document_problems(connection, row)
    except LibraryCorrupt as error:
        # The database itself could not read on: nothing after this place can be checked.
        found.append(error.message)
    return tuple(found)


def _file_problems(connection: Connection) -> list[str]:
    report = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(10)"))]
    dangling = connection.execute(text("PRAGMA foreign_key_check")).all()
    return [f"资料库文件损坏:{line}" for line in report if line != "ok"] + [f"资料库表“{row[0]}”有无主的行" for row in dangling[:10]]


def _document_problems(connection: Connection, version: Row[Any]) -> list[str]:
    found = []
    data = connection.execute(select(originals.c.data).where(originals.c.version_id == version.id)).scalar()
    if data is None or sha256(data) != version.sha256:
        found.append(f"“{version.name}”({version.document_id})保存的原文件与校验值不符")
    try:
        document = read_document(connection, version)
    except LibraryCorrupt as error:
        return [*found, f"“{version.name}”({version.document_id}):{error.message}"]
    outside = _spans_outside(document)
    if outside:
        found.append(f"“{version.name}”({version.document_id})有 {outside} 处引用位置超出正文")
    if len(document.passages) != version.n_passages:
        found.append(f"“{version.name}”({version.document_id})的段落数与目录不符")
    return found


def _spans_outside(document: Document) -> int:
    end = len(document.text)
    return sum(not 0 <= span.start <= span.end <= end for span in spans_in(document))
