"""How the catalog tells what it holds: a line of the list, a passage with its key, the place of a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Row

from corpus.rows import COUNTS, decoded
from corpus.types import Document, Passage


@dataclass(frozen=True, slots=True)
class Listing:
    """A line of the list of documents: the current version. counts: ("passages", 12), ("duties", 3), …"""

    id: str
    name: str
    title: str
    issuer: str
    number: str
    issued: str
    version: int
    added_at: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document. number: from 1, the highest is the current one.  added_at: ISO 8601, UTC."""

    number: int
    added_at: str
    title: str


class Entry(NamedTuple):
    """A passage of a current version with its key in the indexes."""

    key: int
    document_id: str
    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a current document stands: its passages have the keys first_key to first_key + passages - 1."""

    id: str
    name: str
    version: int
    first_key: int
    passages: int


def listing_of(row: Row[Any]) -> Listing:
    return Listing(
        id=row.document_id,
        name=row.name,
        title=row.title,
        issuer=row.issuer,
        number=row.number,
        issued=row.issued,
        version=row.version,
        added_at=row.added_at,
        counts=decoded(row.counts, COUNTS),
    )
