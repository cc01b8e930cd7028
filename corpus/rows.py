"""Rows of the catalog: how a document is laid out in the tables of `corpus.schema` and built from them again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, get_args, get_type_hints

from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, select, update

from corpus.account_tables import holdings
from corpus.codec import decode, decode_each, decode_one, encode
from corpus.errors import LibraryCorrupt
from corpus.fingerprint import parser_fingerprint
from corpus.schema import documents, library, originals, parts, texts, versions
from corpus.types import Card, Document, Facts, Note, Passage, Section, Source

FACT_KINDS: dict[str, Any] = get_type_hints(Facts)
PART_KINDS: dict[str, Any] = {
    "source": Source,
    "card": Card,
    "sections": tuple[Section, ...],
    "passages": tuple[Passage, ...],
    "notes": tuple[Note, ...],
    **FACT_KINDS,
}
COUNTS: Any = tuple[tuple[str, int], ...]
_REINDEX = "请运行 policy-assistant reindex 重新解析"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document given to the catalog. status: "added", "unchanged", "new_version" or "duplicate"."""

    status: str
    document_id: str


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def current_versions(seen: frozenset[str] | None = None) -> Select[Any]:
    """Select the current version of every document. seen: of those in these collections only, None for all."""
    query = select(versions, documents.c.name).join(documents, documents.c.id == versions.c.document_id).where(versions.c.current == 1)
    return query if seen is None else query.where(within(versions.c.document_id, seen))


def within(document_id: Any, seen: frozenset[str]) -> Any:
    """Give the condition that a document is in one of these collections."""
    return document_id.in_(select(holdings.c.document_id).where(holdings.c.collection_id.in_(sorted(seen))))


def is_current(connection: Connection, version: Row[Any]) -> bool:
    query = select(versions.c.id).where(and_(versions.c.id == version.id, versions.c.current == 1, versions.c.first_key == version.first_key))
    return connection.execute(query).first() is not None


def recognised(connection: Connection, sha: str, origin: str, seen: frozenset[str] | None = None) -> Outcome | None:
    """Tell whether a document of these bytes is there. seen: see `current_versions`."""
    query = current_versions(seen).add_columns(documents.c.origin)
    rows = connection.execute(query.where(versions.c.sha256 == sha)).all()
    for row in rows:
        if row.origin == origin:
            return Outcome("unchanged", row.document_id)
    return Outcome("duplicate", rows[0].document_id) if rows else None


def identity_of(connection: Connection, origin: str) -> str:
    """Give the id of the document that came from `origin`; for a new one an id that no moved document has taken with it."""
    known: str | None = connection.execute(select(documents.c.id).where(documents.c.origin == origin)).scalar()
    attempt = 0
    while known is None:
        free = "d" + sha256((origin + "#" * attempt).encode())[:12]
        if connection.execute(select(documents.c.id).where(documents.c.id == free)).scalar() is None:
            return free
        attempt += 1
    return known


def payloads_of(document: Document) -> dict[str, str]:
    values: dict[str, object] = {
        "source": replace(document.source, text=""),
        "card": document.card,
        "sections": document.sections,
        "passages": document.passages,
        "notes": document.notes,
        **{kind: getattr(document.facts, kind) for kind in FACT_KINDS},
    }
    return {kind: encode(value, PART_KINDS[kind]) for kind, value in values.items()}


def digest_of(text: str, payloads: dict[str, str]) -> str:
    found = hashlib.sha256(text.encode())
    for kind in sorted(payloads):
        found.update(payloads[kind].encode())
    return found.hexdigest()


def version_row(connection: Connection, document: Document, payloads: dict[str, str]) -> dict[str, object]:
    counts = (("sections", len(document.sections)), ("passages", len(document.passages)), *document.facts.counts())
    first_key = number(connection, "next_key")
    connection.execute(update(library).where(library.c.key == "next_key").values(value=first_key + len(document.passages)))
    return {
        "parser": parser_fingerprint(),
        "digest": digest_of(document.text, payloads),
        "title": document.title,
        "issuer": document.card.issuer,
        "number": document.card.number,
        "issued": document.card.issued.isoformat() if document.card.issued else "",
        "counts": encode(counts, COUNTS),
        "first_key": first_key,
        "n_passages": len(document.passages),
    }


def latest_version(connection: Connection, document_id: str) -> int:
    """Give the number of a document's latest version, 0 when it has none."""
    return int(connection.execute(select(func.max(versions.c.version)).where(versions.c.document_id == document_id)).scalar() or 0)


def add_version(connection: Connection, document_id: str, version: int, document: Document, data: bytes) -> None:
    """Write a document as the current version of its id, with the bytes it was read from."""
    payloads = payloads_of(document)
    connection.execute(update(versions).where(versions.c.document_id == document_id).values(current=0))
    row = version_row(connection, document, payloads) | {
        "document_id": document_id,
        "version": version,
        "current": 1,
        "sha256": sha256(data),
        "size": len(data),
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    version_id = connection.execute(insert(versions).values(row).returning(versions.c.id)).scalar_one()
    connection.execute(insert(originals).values(version_id=version_id, data=data))
    write_content(connection, version_id, document, payloads)


def write_content(connection: Connection, version_id: int, document: Document, payloads: dict[str, str]) -> None:
    connection.execute(insert(texts).values(version_id=version_id, text=document.text))
    rows = [{"version_id": version_id, "kind": kind, "payload": payload} for kind, payload in payloads.items()]
    connection.execute(insert(parts), rows)


def rewrite(connection: Connection, version_id: int, document: Document) -> None:
    """Replace what a version was read into; its passages get new keys, the catalog a new generation."""
    payloads = payloads_of(document)
    for table in (texts, parts):
        connection.execute(delete(table).where(table.c.version_id == version_id))
    connection.execute(update(versions).where(versions.c.id == version_id).values(version_row(connection, document, payloads)))
    write_content(connection, version_id, document, payloads)
    raise_generation(connection)


def number(connection: Connection, key: str) -> int:
    return int(connection.execute(select(library.c.value).where(library.c.key == key)).scalar_one())


def raise_generation(connection: Connection) -> None:
    connection.execute(update(library).where(library.c.key == "generation").values(value=library.c.value + 1))


@dataclass(frozen=True, slots=True)
class Raw:
    """The stored content of a version, or the parts of it that were read, still encoded. text: None where it was not read."""

    text: str | None
    payloads: dict[str, str]

    def joined(self, other: Raw) -> Raw:
        """Give what this and what another reading of the same version hold."""
        return Raw(self.text if other.text is None else other.text, self.payloads | other.payloads)

    def part(self, kind: str) -> Any:
        """Decode one part: a kind of `PART_KINDS`."""
        payload = self.payloads.get(kind)
        if not payload:
            return ()
        value = decoded(payload, PART_KINDS[kind])
        return replace(value, text=self.text) if kind == "source" else value

    def passage(self, ordinal: int) -> Passage:
        """Decode one passage. Raises LibraryCorrupt when there is none."""
        try:
            return decode_one(self.payloads["passages"], Passage, ordinal)
        except (ValueError, IndexError) as error:
            raise LibraryCorrupt("catalog_corrupt", "资料库中的文件由不兼容的程序版本解析", _REINDEX) from error

    def each(self, kind: str) -> Sequence[Any]:
        """Give a part that is a tuple, its elements decoded one by one as they are asked for."""
        if not self.payloads.get(kind):
            return ()
        try:
            return decode_each(self.payloads[kind], get_args(PART_KINDS[kind])[0])
        except ValueError as error:
            raise LibraryCorrupt("catalog_corrupt", "资料库中的文件由不兼容的程序版本解析", _REINDEX) from error


def read_raw(connection: Connection, version: Row[Any]) -> Raw:
    """Read text and parts and check them against the digest; raises LibraryCorrupt when a byte is not as it was written."""
    text = connection.execute(select(texts.c.text).where(texts.c.version_id == version.id)).scalar()
    rows = connection.execute(select(parts.c.kind, parts.c.payload).where(parts.c.version_id == version.id)).all()
    return whole(version, text, {row.kind: row.payload for row in rows})


def whole(version: Row[Any], text: object, payloads: dict[str, str]) -> Raw:
    """Give the content of a version as it was read; raises LibraryCorrupt when it is not what the digest says."""
    # A flipped bit can turn what the tables declare as text into nothing at all.
    words = all(isinstance(value, str) for pair in payloads.items() for value in pair)
    if not isinstance(text, str) or not words or digest_of(text, payloads) != version.digest:
        raise LibraryCorrupt("catalog_corrupt", f"“{version.name}”在资料库中的内容已损坏", "请重新添加这份文件,或从备份恢复资料库")
    return Raw(text, payloads)


def read_document(connection: Connection, version: Row[Any]) -> Document:
    """Read a version whole."""
    raw = read_raw(connection, version)
    return Document(
        name=version.name,
        source=raw.part("source"),
        card=raw.part("card"),
        sections=raw.part("sections"),
        passages=raw.part("passages"),
        facts=Facts(**{kind: raw.part(kind) for kind in FACT_KINDS}),
        notes=raw.part("notes"),
        id=version.document_id,
        version=version.version,
    )


def decoded(payload: str, kind: Any) -> Any:
    try:
        return decode(payload, kind)
    except ValueError as error:
        raise LibraryCorrupt("catalog_corrupt", "资料库中的文件由不兼容的程序版本解析", _REINDEX) from error
