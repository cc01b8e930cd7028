"""Which documents state what: a small SQLite file beside the index that leads a question to the few documents whose facts it needs.

It holds no facts, only where to look for them (names of units, dates, terms, people, words of titles), so whatever it gives is read
again from the catalog. It belongs to a generation of the index: written with it, from the one before where there is one, and never
changed afterwards.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.question.scope import short_place
from corpus.errors import LibraryCorrupt
from corpus.store import Store
from corpus.text import fold
from corpus.types import Card, Definition, Duty, Member
from corpus.units import unit_beginnings, unit_key, unit_matches
from index.build import Change
from index.lexical import SMALL_HEAP, Clause, Lexical, LexicalWriter, entry_of
from index.tokens import Tokens, characters
from index.types import Unit

FACTS = "facts.sqlite"
TITLES = "titles"

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY, name TEXT, version INTEGER, first_key INTEGER, passages INTEGER, title TEXT, places TEXT, since INTEGER,
    until INTEGER, issuer TEXT, day TEXT, attachments INTEGER, contacts INTEGER, leads INTEGER, listed INTEGER
) WITHOUT ROWID;
CREATE TABLE units (name TEXT, document_id TEXT, PRIMARY KEY (name, document_id)) WITHOUT ROWID;
CREATE TABLE forms (form TEXT, document_id TEXT, PRIMARY KEY (form, document_id)) WITHOUT ROWID;
CREATE TABLE dues (until TEXT, kind TEXT, document_id TEXT, PRIMARY KEY (until, kind, document_id)) WITHOUT ROWID;
CREATE TABLE terms (term TEXT, document_id TEXT, PRIMARY KEY (term, document_id)) WITHOUT ROWID;
CREATE TABLE people (word TEXT, document_id TEXT, PRIMARY KEY (word, document_id)) WITHOUT ROWID;
"""
_TABLES = ("units", "forms", "dues", "terms", "people")
_KINDS = ("card", "duties", "definitions", "members", "contacts")
_QUOTES = "“”\"'‘’「」『』《》"

LEVELS = "区市县镇省"
LONGEST = 40
"""Characters of a name or term that can be looked up in a question."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a document without opening it. day: when it was issued or published, "" when it does not say.

    attachments: how many.  contacts, leads, listed: has it contact data; the most units that lead one duty; rows of a task list.
    """

    id: str
    name: str
    version: int
    first_key: int
    passages: int
    title: str
    places: tuple[str, ...]
    years: tuple[int, int] | None
    issuer: str
    day: str
    attachments: int
    contacts: bool
    leads: int
    listed: bool


def unit_forms(duty: Duty) -> Iterator[str]:
    """Give the names of organisations in a duty, whole and without the leading level (区住建局, 住建局)."""
    for mention in (*duty.lead, *duty.support):
        name = fold(mention.value)
        yield from (form for form in (name, name[1:] if name[:1] in LEVELS else name) if 3 <= len(form) <= 16)


def fits(row: Row, issuer: str, place: str, since: date | None, until: date | None) -> bool:
    """Does a document fit every filter given? issuer, place: folded, "" for any.  since, until: bounds of its day."""
    day = date.fromisoformat(row.day) if row.day else None
    return (
        issuer in fold(row.issuer)
        and (not place or any(place in (fold(p), fold(short_place(p))) for p in row.places))
        and (since is None or (day is not None and day >= since))
        and (until is None or (day is not None and day <= until))
    )


# ---------------------------------------------------------------- writing


def writer(store: Store, tokens: Tokens) -> Callable[[Change], None]:
    """Give what writes the factbook beside a generation of the index, see `index.build.Plan`."""

    def write(change: Change) -> None:
        _write(store, tokens, change)

    return write


def _write(store: Store, tokens: Tokens, change: Change) -> None:
    path = change.folder / FACTS
    path.unlink(missing_ok=True)
    if change.before is not None and (change.before / FACTS).exists():
        shutil.copy2(change.before / FACTS, path)
        removed, added = change.removed, frozenset(change.added)
    else:
        removed, added = (), None
    shelves = {shelf.id: shelf for shelf in store.shelves() if added is None or shelf.id in added}
    titles = LexicalWriter(change.folder / TITLES, heap=SMALL_HEAP)
    titles.remove(removed)
    with closing(sqlite3.connect(path)) as connection:
        # Only a complete file is ever read, and the generation is made durable as a whole.
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + ("" if removed or added is not None else _SCHEMA))
        for table, column in (("documents", "id"), *((table, "document_id") for table in _TABLES)):
            connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(i,) for i in removed])
        facts = _facts(store, None if added is None else list(shelves))
        for identity, parts in facts:
            shelf = shelves.get(identity)
            if shelf is None:
                continue
            row = _row(shelf, parts)
            connection.execute(f"INSERT OR REPLACE INTO documents VALUES ({','.join('?' * 15)})", row)
            for table, rows in _entries(parts).items():
                columns = ",".join("?" * (len(next(iter(rows))) + 1)) if rows else ""
                if rows:
                    connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({columns})", [(*r, identity) for r in rows])
            card = parts["card"]
            about = f"{card.issuer} {' '.join(card.places)}"
            titles.add(entry_of(Unit(_title_key(identity), identity, card.title or shelf.name, "", about), tokens))
        connection.commit()
    titles.commit()


def _title_key(identity: str) -> int:
    """A number for a document in the index of titles; first keys will not do, as a document without passages shares its one."""
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:7])


def _facts(store: Store, chosen: Sequence[str] | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the facts of the chosen documents, of all for None, document by document."""
    empty: dict[str, Any] = {"card": Card(), "duties": (), "definitions": (), "members": (), "contacts": ()}
    if chosen is not None:
        for identity in chosen:
            raw = store.raw(identity)
            yield identity, empty | {kind: raw.part(kind) or empty[kind] for kind in _KINDS}
        return
    others = {kind: dict(store.facts(kind)) for kind in _KINDS if kind != "duties"}
    duties = dict(store.facts("duties"))
    for shelf in store.shelves():
        found = {kind: of[shelf.id] for kind, of in (*others.items(), ("duties", duties)) if shelf.id in of}
        yield shelf.id, empty | found


def _row(shelf: Any, parts: dict[str, Any]) -> tuple[Any, ...]:
    card: Card = parts["card"]
    duties: tuple[Duty, ...] = parts["duties"]
    day = card.issued or card.published
    since, until = card.years or (None, None)
    return (
        shelf.id, shelf.name, shelf.version, shelf.first_key, shelf.passages, card.title or shelf.name, json.dumps(card.places, ensure_ascii=False),
        since, until, card.issuer, day.isoformat() if day else "", len(card.attachments), bool(parts["contacts"]),
        max((len(duty.lead) for duty in duties), default=0), any(duty.source == "row" for duty in duties),
    )  # fmt: skip


def _entries(parts: dict[str, Any]) -> dict[str, set[tuple[str, ...]]]:
    duties: tuple[Duty, ...] = parts["duties"]
    definitions: tuple[Definition, ...] = parts["definitions"]
    members: tuple[Member, ...] = parts["members"]
    limits = [duty.deadline for duty in duties if duty.deadline]
    return {
        "units": {(mention.value,) for duty in duties for mention in (*duty.lead, *duty.support)},
        "forms": {(form,) for duty in duties for form in unit_forms(duty)},
        "dues": {(limit.until.isoformat() if limit.until else "", limit.kind) for limit in limits},
        "terms": {(fold(fact.term.value).strip(_QUOTES),) for fact in definitions},
        "people": {(fold(word),) for member in members for word in (member.name.value, member.role) if word},
    }


# ---------------------------------------------------------------- reading


class Factbook:
    """An open factbook. May be shared between threads."""

    def __init__(self, folder: Path) -> None:
        """Open what lies beside the index in `folder`. Raises LibraryCorrupt when it is not there."""
        path = folder / FACTS
        if not path.is_file():
            raise LibraryCorrupt("index_corrupt", f"索引缺少 {FACTS}", "请重建索引:policy-assistant reindex")
        self._folder = folder
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._lock = Lock()
        self._matching: dict[str, frozenset[str]] = {}

    def close(self) -> None:
        self._connection.close()

    def _all(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every document, by its first key."""
        found = self._all("SELECT * FROM documents ORDER BY first_key, id")
        return tuple(
            Row(*(*r[:6], () if r[6] == "[]" else tuple(json.loads(r[6])), None if r[7] is None else (r[7], r[8]), *r[9:12], bool(r[12]), r[13], bool(r[14])))
            for r in found
        )

    def named_units(self, text: str) -> tuple[str, ...]:
        """The names of organisations in duties that stand in a folded text, longest first; see `unit_forms`."""
        found = self._all("SELECT DISTINCT form FROM forms WHERE form IN (SELECT value FROM json_each(?))", _pieces(text, 3, 16))
        return tuple(sorted((form for form, in found), key=lambda form: (-len(form), form)))

    def with_units(self, asked: Iterable[str]) -> frozenset[str]:
        """Documents with a duty that names one of the organisations asked for, in whatever role and form of the name."""
        return frozenset().union(*(self._with_unit(unit) for unit in asked))

    def _with_unit(self, asked: str) -> frozenset[str]:
        if asked not in self._matching:
            named = (name for beginning in unit_beginnings(asked) for name in self._unit_names.get(beginning, ()))
            names = [name for name in named if unit_matches(asked, name)]
            found = self._all("SELECT DISTINCT document_id FROM units WHERE name IN (SELECT value FROM json_each(?))", json.dumps(names))
            self._matching[asked] = frozenset(identity for identity, in found)
        return self._matching[asked]

    @cached_property
    def _unit_names(self) -> dict[str, list[str]]:
        """The names of organisations by how the full names of the offices begin, see `corpus.units.unit_beginnings`."""
        found: dict[str, list[str]] = {}
        for (name,) in self._all("SELECT DISTINCT name FROM units"):
            found.setdefault(unit_key(name)[:2], []).append(name)
        return found

    def due(self, first: date | None, last: date) -> frozenset[str]:
        """Documents with a duty whose time limit ends in these days; first: None for any day up to the last."""
        query = "SELECT DISTINCT document_id FROM dues WHERE until != '' AND until BETWEEN ? AND ?"
        return frozenset(i for i, in self._all(query, first.isoformat() if first else "", last.isoformat()))

    def due_on(self, month: int, day: int) -> frozenset[str]:
        """Documents with a duty whose limit ends on this day of any year; day: 0 for every day of the month."""
        pattern = f"____-{month:02d}-{day:02d}" if day else f"____-{month:02d}-%"
        return frozenset(i for i, in self._all("SELECT DISTINCT document_id FROM dues WHERE until LIKE ?", pattern))

    def due_kind(self, kind: str) -> frozenset[str]:
        """Documents with a duty whose time limit is of this kind, see `corpus.types.Deadline`."""
        return frozenset(i for i, in self._all("SELECT DISTINCT document_id FROM dues WHERE kind = ?", kind))

    def defining(self, texts: Iterable[str]) -> frozenset[str]:
        """Documents that define a term which stands in one of the folded texts."""
        return self._naming("terms", "term", texts, 2)

    def people(self, texts: Iterable[str], also: Collection[str] = ()) -> frozenset[str]:
        """Documents with a member whose name or role stands in one of the folded texts, or holds one of the words in `also`."""
        found = self._naming("people", "word", texts, 1)
        for word in also:
            found |= {i for i, in self._all("SELECT DISTINCT document_id FROM people WHERE instr(word, ?)", word)}
        return found

    def _naming(self, table: str, column: str, texts: Iterable[str], shortest: int) -> frozenset[str]:
        found: set[str] = set()
        for text in texts:
            query = f"SELECT DISTINCT document_id FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
            found |= {i for i, in self._all(query, _pieces(text, shortest, LONGEST))}
        return frozenset(found)

    @cached_property
    def _titles(self) -> Lexical:
        return Lexical(self._folder / TITLES)

    def titled(self, text: str, k: int, documents: Collection[str] | None = None) -> list[str]:
        """The `k` documents (among `documents`, unless None) whose title, issuer and places share most with a text, best first."""
        found = self._titles.search([Clause("characters", characters(text))], k=k, documents=documents)
        return [self._by_title_key[key] for key, _ in found if key in self._by_title_key]

    @cached_property
    def _by_title_key(self) -> dict[int, str]:
        return {_title_key(row.id): row.id for row in self.rows}


def _pieces(text: str, shortest: int, longest: int) -> str:
    """Every piece of a text, as a JSON list."""
    pieces = {text[i : i + size] for size in range(shortest, longest + 1) for i in range(max(len(text) - size + 1, 0))}
    return json.dumps(sorted(pieces), ensure_ascii=False)

