"""The catalog: documents, their versions, text, outline, passages and facts, and the bytes they were read from.

The catalog is the only truth; every index is derived from it and carries the `generation` it was built from. Each change is one
transaction: a document is in the catalog whole or not at all, and what `put` has acknowledged survives a power cut.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from corpus import audit
from corpus.backup import backup
from corpus.corrections import Correction, Made, apply, corrected, is_applied
from corpus.database import Database
from corpus.decisions import corrections_of, decide, decisions_in, held, keep, undo
from corpus.edition_memory import EditionMemory
from corpus.errors import LibraryCorrupt, UnknownDocument
from corpus.finding import find
from corpus.fingerprint import parser_fingerprint
from corpus.glances import check, read_unchecked, stored_facts
from corpus.holding import free_origin, place, taken_out, target
from corpus.listing import Entry as Entry
from corpus.listing import Listing as Listing
from corpus.listing import Shelf as Shelf
from corpus.listing import Version as Version
from corpus.listing import listing_of
from corpus.lock import is_held, shared
from corpus.recent import Recent
from corpus.rows import (
    Outcome,
    Raw,
    add_version,
    current_versions,
    identity_of,
    is_current,
    latest_version,
    number,
    raise_generation,
    read_document,
    read_raw,
    recognised,
    rewrite,
    sha256,
    within,
)
from corpus.schema import documents, originals, versions
from corpus.succession import Decision, Edition, Succession, with_decisions
from corpus.types import Document
from corpus.verify import problems

CACHED_DOCUMENTS = 64


class Store:
    """The catalog of one library folder. Safe to use from several threads and, for reading, several processes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._adding = database.path.with_name("adding.lock")
        self._kept = Recent(CACHED_DOCUMENTS)
        self.seen: frozenset[str] | None = None
        self._arrangement = ((-1, -1), 0)
        self._editions = EditionMemory()

    @classmethod
    def open(cls, folder: Path, *, url: str = "") -> Store:
        """Open the catalog in `folder`, creating it when there is none; url: a server database in place of the file.
        Raises ConfigError, LibraryCorrupt, LibraryTooNew."""
        return cls(Database(Path(folder), url))

    def limited(self, seen: frozenset[str]) -> Store:
        """Give the catalog as if it held only the documents in these collections; what is added goes into one of them."""
        fewer = copy(self)
        fewer.seen, fewer._arrangement = seen, ((-1, -1), 0)
        return fewer

    def adding(self) -> AbstractContextManager[None]:
        """Say, as long as this lasts, that many documents are being added one by one; see `is_adding`."""
        return shared(self._adding)

    def is_adding(self) -> bool:
        """Is any process adding documents, so that an index made now would be behind again in a moment?"""
        return is_held(self._adding)

    def close(self) -> None:
        """Close the catalog; what was put stays put also without this."""
        self.database.close()

    # ------------------------------------------------------------ changes

    def recognise(self, data: bytes, origin: str) -> Outcome | None:
        """Tell, before anything is parsed, whether these bytes are in the catalog already; None when they are new."""
        with self.database.reading() as connection:
            return recognised(connection, sha256(data), origin, self.seen)

    def put(self, document: Document, data: bytes, origin: str, collection: str = "", *, by: str = "") -> Outcome:
        """Store a parsed document with the bytes it was read from.

        collection: id or name of the one that it goes into, "" for the usual one.  by: who adds it, for the audit trail.
        origin: where it came from (a path, an upload's name); its identity. Same origin and bytes: "unchanged"; the same bytes
        from elsewhere: "duplicate" of that document, nothing changes; same origin, other bytes: "new_version", and the
        passages of the version before leave the catalog's passages. Raises LibraryProblem when nothing could be written,
        UnknownCollection.
        """
        with self.database.writing() as connection:
            origin = free_origin(connection, origin, self.seen)
            goes_to = target(connection, collection, self.seen)
            known = recognised(connection, sha256(data), origin, self.seen)
            if known is not None:
                if collection:
                    place(connection, known.document_id, goes_to)
                return known
            document_id = identity_of(connection, origin)
            if holding := held(connection, document_id):
                document = corrected(document, holding)
            last = latest_version(connection, document_id)
            if not last:
                connection.execute(insert(documents).values(id=document_id, origin=origin, name=document.name))
            if not last or collection:
                place(connection, document_id, goes_to)
            add_version(connection, document_id, last + 1, document, data)
            raise_generation(connection)
            if by:
                audit.record(connection, audit.Entry(audit.now(), by, "upload", document_id, document.name))
        return Outcome("added" if not last else "new_version", document_id)

    def reparse(self, document_id: str, document: Document) -> None:
        """Replace what the current version was parsed into; bytes and version stay, corrections hold, passages get new keys."""
        with self.database.writing() as connection:
            version = self._current(connection, document_id)
            rewrite(connection, version.id, corrected(document, held(connection, version.document_id)))

    def correct(self, id_or_name: str, corrections: Sequence[Correction], fresh: Document, *, by: str) -> None:
        """Keep corrections of a document and rewrite what was read in it, in one step.

        fresh: the document as the parsers read it, without corrections.  by: who corrects. Raises UnknownDocument, InputError
        ("clause_not_found", "ambiguous_clause", "no_fact_there"); then nothing is kept.
        """
        with self.database.writing() as connection:
            version = self._current(connection, id_or_name)
            for correction in corrections:
                apply(fresh, correction, by)
                keep(connection, version.document_id, correction, by=by)
            rewrite(connection, version.id, corrected(fresh, held(connection, version.document_id)))

    def undo_correction(self, id_or_name: str, number: int, fresh: Document, *, by: str) -> None:
        """Take a correction back. Raises UnknownDocument, InputError ("unknown_correction")."""
        with self.database.writing() as connection:
            version = self._current(connection, id_or_name)
            undo(connection, version.document_id, number, by=by)
            rewrite(connection, version.id, corrected(fresh, held(connection, version.document_id)))

    def remove(self, id_or_name: str, *, by: str = "") -> str:
        """Remove a document with all its versions; give its id. by: who does, for the audit trail. Raises UnknownDocument.

        It stays for those who see it in collections that are out of sight here.
        """
        with self.database.writing() as connection:
            version = self._current(connection, id_or_name)
            document_id: str = version.document_id
            if self.seen is None or not taken_out(connection, document_id, self.seen):
                connection.execute(delete(documents).where(documents.c.id == document_id))
                raise_generation(connection)
            if by:
                audit.record(connection, audit.Entry(audit.now(), by, "delete", document_id, version.name))
        return document_id

    def move(self, document_id: str, origin: str, name: str) -> None:
        """Say that the file of a document is now at `origin` and called `name`; nothing else changes. Raises UnknownDocument.

        A document that stood at `origin` before is removed.
        """
        with self.database.writing() as connection:
            self._current(connection, document_id)
            connection.execute(delete(documents).where(and_(documents.c.origin == origin, documents.c.id != document_id)))
            connection.execute(update(documents).where(documents.c.id == document_id).values(origin=origin, name=name))
            raise_generation(connection)

    def decide(self, earlier: str, later: str, verdict: str, *, by: str) -> None:
        """Keep what somebody decided about two documents: `later` is ("confirmed") or is not ("rejected") the successor of `earlier`.

        verdict "" takes the decision back. Raises UnknownDocument, InputError ("same_document").
        """
        with self.database.writing() as connection:
            ids = [self._current(connection, one).document_id for one in (earlier, later)]
            decide(connection, ids[0], ids[1], verdict, by=by)

    # ------------------------------------------------------------ reading

    @property
    def generation(self) -> int:
        """The number of changes so far; an index built from another generation is stale. Of a limited catalog it is another number,
        which changes with what is in sight and with nothing else."""
        with self.database.reading() as connection:
            moment = (number(connection, "generation"), number(connection, "arranged") if self.seen is not None else 0)
        if self.seen is None:
            return moment[0]
        if self._arrangement[0] != moment:
            self._arrangement = (moment, int(sha256(repr(self.shelves()).encode())[:12], 16))
        return self._arrangement[1]

    @property
    def decided(self) -> int:
        """The number of decisions so far; they change which document answers come from, but no passage."""
        with self.database.reading() as connection:
            return number(connection, "decided")

    def editions(self) -> tuple[Edition, ...]:
        """Give what every current document states about itself and about others."""
        with self.database.reading() as connection:
            return self._editions.read(connection, connection.execute(current_versions(self.seen).order_by(versions.c.first_key)).all())

    def recognised(self) -> tuple[tuple[Edition, ...], tuple[Succession, ...]]:
        """Give every edition and the links among them, whatever people decided."""
        editions = self.editions()
        return editions, self._editions.links(editions)

    def successions(self, editions: Sequence[Edition] | None = None) -> tuple[Succession, ...]:
        """Give every link between an earlier and a later edition, with what was decided about it. editions: when they are at hand."""
        every = tuple(editions or self.editions())
        return with_decisions(self._editions.links(every), every, self.decisions())

    def decisions(self) -> tuple[Decision, ...]:
        """Give what was decided about pairs of documents and holds."""
        with self.database.reading() as connection:
            return tuple(d for d in decisions_in(connection) if self._sees(connection, d.earlier, d.later))

    def corrections(self, id_or_name: str = "") -> tuple[Made, ...]:
        """Give every correction, also those taken back, oldest first; of one document or of all. Raises UnknownDocument."""
        with self.database.reading() as connection:
            chosen = self._current(connection, id_or_name).document_id if id_or_name else ""
            found = corrections_of(connection, chosen)
            stored = {row.document_id: row for row in connection.execute(current_versions(self.seen))}
            read = {one.document_id: self._load(connection, stored[one.document_id]) for one in found if one.document_id in stored}
        return tuple(
            replace(one, applied=not one.undone_at and one.document_id in read and is_applied(read[one.document_id], one.correction))
            for one in found
            if self.seen is None or one.document_id in stored
        )

    def trail(self, id_or_name: str = "") -> tuple[audit.Entry, ...]:
        """Give who decided what, in order of time; of one document or of all. Raises UnknownDocument."""
        with self.database.reading() as connection:
            chosen = self._current(connection, id_or_name).document_id if id_or_name else ""
            return tuple(one for one in audit.trail(connection, chosen) if self._sees(connection, one.document_id))

    def origins(self) -> dict[str, tuple[str, str]]:
        """Give where every current document came from: origin to (document id, SHA-256 of its bytes)."""
        query = current_versions(self.seen).add_columns(documents.c.origin)
        with self.database.reading() as connection:
            return {row.origin: (row.document_id, row.sha256) for row in connection.execute(query)}

    def documents(self) -> tuple[Listing, ...]:
        """List the current version of every document, by name."""
        with self.database.reading() as connection:
            return tuple(listing_of(row) for row in connection.execute(current_versions(self.seen).order_by(documents.c.name, documents.c.id)))

    def document(self, id_or_name: str) -> Document:
        """Give the current version of a document by id, file name or exact title. Raises UnknownDocument, LibraryCorrupt."""
        with self.database.reading() as connection:
            return self._load(connection, self._current(connection, id_or_name))

    def versions(self, id_or_name: str) -> tuple[Version, ...]:
        """List all versions of a document, the first first. Raises UnknownDocument."""
        with self.database.reading() as connection:
            document_id = self._current(connection, id_or_name).document_id
            rows = connection.execute(select(versions).where(versions.c.document_id == document_id).order_by(versions.c.version))
            return tuple(Version(row.version, row.added_at, row.title) for row in rows)

    def version(self, id_or_name: str, number: int) -> Document:
        """Give one version of a document as it was read. Raises UnknownDocument ("unknown_document", "unknown_version")."""
        with self.database.reading() as connection:
            current = self._current(connection, id_or_name)
            query = select(versions, documents.c.name).join(documents, documents.c.id == versions.c.document_id)
            row = connection.execute(query.where(and_(versions.c.document_id == current.document_id, versions.c.version == number))).first()
            if row is None:
                raise UnknownDocument("unknown_version", f"“{current.name}”没有第 {number} 版", f"现在是第 {current.version} 版")
            return self._load(connection, row)

    def name_of(self, id_or_name: str) -> str:
        """Give a document's file name without reading the document. Raises UnknownDocument."""
        with self.database.reading() as connection:
            name: str = self._current(connection, id_or_name).name
        return name

    def passages(self, document_ids: Collection[str] | None = None) -> Iterator[Entry]:
        """Yield every passage of the current version of the given documents, of all for None, by key."""
        with self.database.reading() as connection:
            rows = connection.execute(current_versions(self.seen).order_by(versions.c.first_key)).all()
        if document_ids is not None:
            chosen = frozenset(document_ids)
            rows = [row for row in rows if row.document_id in chosen]
        for row in rows:
            with self.database.reading() as connection:
                # A document that was changed since is skipped: its new passages belong to the next generation.
                if not is_current(connection, row):
                    continue
                document = self._load(connection, row, keep=False)
            for ordinal, passage in enumerate(document.passages):
                yield Entry(row.first_key + ordinal, row.document_id, passage, document)

    def passage(self, key: int) -> Entry | None:
        """Give the passage with this key; None when its document was removed or replaced."""
        before = versions.c.first_key <= key
        with self.database.reading() as connection:
            row = connection.execute(current_versions(self.seen).where(before).order_by(versions.c.first_key.desc()).limit(1)).first()
            if row is None or key >= row.first_key + row.n_passages:
                return None
            document = self._load(connection, row)
        return Entry(key, row.document_id, document.passages[key - row.first_key], document)

    def shelves(self) -> tuple[Shelf, ...]:
        """Give the place of every current document: what a reader needs to open it part by part."""
        with self.database.reading() as connection:
            place = (versions.c.document_id, documents.c.name, versions.c.version, versions.c.first_key, versions.c.n_passages)
            query = current_versions(self.seen).with_only_columns(*place).order_by(versions.c.first_key)
            return tuple(Shelf(*row) for row in connection.execute(query))

    def raw(self, document_id: str) -> Raw:
        """Give the checked content of a document's current version, still encoded. Raises UnknownDocument, LibraryCorrupt."""
        with self.database.reading() as connection:
            return read_raw(connection, self._current(connection, document_id))

    def unchecked(self, document_ids: Collection[str], kinds: Collection[str]) -> dict[str, Raw]:
        """Give some parts of the current versions of several documents, without the check that `raw` makes.

        For looking through many documents quickly; what is quoted is to be read with `raw`.  kinds: of `PART_KINDS`, and `glances.TEXT`.
        """
        with self.database.reading() as connection:
            return read_unchecked(connection, document_ids, kinds, self.seen)

    def check(self, document_ids: Collection[str]) -> set[str]:
        """Compare what is stored of current versions with their digests; give those that are there. Raises LibraryCorrupt."""
        with self.database.reading() as connection:
            return check(connection, document_ids, self.seen)

    def passage_keys(self, id_or_name: str) -> range:
        """Give the keys of a document's current passages, in text order. Raises UnknownDocument."""
        with self.database.reading() as connection:
            version = self._current(connection, id_or_name)
        return range(version.first_key, version.first_key + version.n_passages)

    def facts(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Yield (document id, facts) of every document that has any of this kind: a field of `Facts`, e.g. "duties", or "card"."""
        return stored_facts(self.database, self._in_sight(), kind)

    def original(self, id_or_name: str) -> bytes:
        """Give the bytes the current version was read from. Raises UnknownDocument, LibraryCorrupt."""
        with self.database.reading() as connection:
            version = self._current(connection, id_or_name)
            data: bytes = connection.execute(select(originals.c.data).where(originals.c.version_id == version.id)).scalar_one()
        if sha256(data) != version.sha256:
            raise LibraryCorrupt("catalog_corrupt", f"“{version.name}”保存的原文件已损坏", "请重新添加这份文件")
        return data

    def stale(self) -> tuple[str, ...]:
        """Give the ids of documents that another version of the parsers read; `reparse` them from `original`."""
        query = select(versions.c.document_id).where(and_(self._in_sight(), versions.c.parser != parser_fingerprint()))
        with self.database.reading() as connection:
            return tuple(connection.execute(query.order_by(versions.c.first_key)).scalars())

    def verify(self) -> tuple[str, ...]:
        """Check the file, every hash and every span; give one Chinese sentence a fault, nothing when all is well."""
        return problems(self.database)

    def backup(self, file: Path) -> None:
        """Write a copy of the whole catalog, as of one moment, to `file`; it appears under that name only when complete."""
        backup(self.database, Path(file))

    # ------------------------------------------------------------ inside

    def _sees(self, connection: Connection, *document_ids: str) -> bool:
        """Are all these documents in sight, or is everything?"""
        query = select(versions.c.document_id).where(and_(self._in_sight(), versions.c.document_id.in_(document_ids)))
        return self.seen is None or len(set(connection.execute(query).scalars())) == len(set(document_ids))

    def _in_sight(self) -> Any:
        """Give the condition that a version is current and exists for whom this catalog is."""
        current = versions.c.current == 1
        return current if self.seen is None else and_(current, within(versions.c.document_id, self.seen))

    def _current(self, connection: Connection, id_or_name: str) -> Row[Any]:
        return find(connection, id_or_name, self.seen)

    def _load(self, connection: Connection, version: Row[Any], *, keep: bool = True) -> Document:
        """Build the document of a version; the ones used last stay in memory."""
        place = (version.id, version.digest)
        document = self._kept.get(place)
        if document is None:
            document = read_document(connection, version)
            if keep:
                self._kept.put(place, document)
        return document
