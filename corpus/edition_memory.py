"""What every document states about itself and about others, read from the catalog once: adding one document to ten thousand reads one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from corpus.rows import PART_KINDS, decoded
from corpus.schema import parts
from corpus.succession import Edition, Succession, edition, recognised
from corpus.types import Card

BLOCK = 500
"""Documents read at once."""


class EditionMemory:
    """Editions by document, as long as its content is the same, and the links last recognised. Two threads that read at once do the same."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[str, str], Edition]] = {}
        self._last: tuple[tuple[Edition, ...], tuple[Succession, ...]] = ((), ())

    def read(self, connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Edition, ...]:
        """Give the editions of current versions, in their order; what was not read before is read."""
        unread = [row for row in rows if self._known.get(row.document_id, ((),))[0] != (row.digest, row.name)]
        for first in range(0, len(unread), BLOCK):
            block = {row.id: row for row in unread[first : first + BLOCK]}
            found: dict[int, dict[str, Any]] = {version: {} for version in block}
            query = select(parts.c.version_id, parts.c.kind, parts.c.payload)
            for part in connection.execute(query.where(parts.c.version_id.in_(list(block)), parts.c.kind.in_(("card", "repeals")))):
                found[part.version_id][part.kind] = decoded(part.payload, PART_KINDS[part.kind])
            for version, row in block.items():
                own = edition(row.document_id, row.name, found[version].get("card") or Card(), found[version].get("repeals", ()))
                self._known[row.document_id] = ((row.digest, row.name), own)
        return tuple(self._known[row.document_id][1] for row in rows)

    def links(self, editions: tuple[Edition, ...]) -> tuple[Succession, ...]:
        """Recognise the links among editions, whatever people decided; asked again for the same ones, give the same."""
        known, links = self._last
        if len(known) != len(editions) or any(one is not other for one, other in zip(known, editions, strict=True)):
            links = recognised(editions)
            self._last = (editions, links)
        return links
