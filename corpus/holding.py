"""Which documents are in which collections, as rows of the catalog, and where a document that is added goes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, and_, delete, insert, select, update

from corpus.account_tables import DEFAULT, collections, holdings
from corpus.errors import BadAccount, UnknownCollection
from corpus.schema import documents, library


def target(connection: Connection, wanted: str, seen: frozenset[str] | None) -> str:
    """Give the id of the collection that a new document goes into. wanted: an id or name, "" for the usual one.

    seen: the collections that exist for the one who adds, None for all. Raises UnknownCollection; BadAccount ("collection_needed")
    when none was named and there is no usual one.
    """
    rows = connection.execute(select(collections.c.id, collections.c.name).order_by(collections.c.name)).all()
    known = {row.id: row.name for row in rows if seen is None or row.id in seen}
    if wanted:
        found = wanted if wanted in known else next((one for one, name in known.items() if name == wanted), "")
        if not found:
            raise UnknownCollection("unknown_collection", f"没有文件集“{wanted[:60]}”", _choice(known.values()))
        return found
    if DEFAULT in known or len(known) == 1:
        return DEFAULT if DEFAULT in known else next(iter(known))
    raise BadAccount("collection_needed", "没有写明放进哪个文件集", _choice(known.values()))


def _choice(names: Iterable[str]) -> str:
    listed = "、".join(f"“{name}”" for name in names)
    return f"可用的文件集: {listed}" if listed else "请联系管理员"


def place(connection: Connection, document_id: str, collection_id: str) -> bool:
    """Put a document into a collection; say whether it was not there before."""
    row = {"collection_id": collection_id, "document_id": document_id}
    if connection.execute(select(holdings).filter_by(**row)).first():
        return False
    connection.execute(insert(holdings).values(row))
    arranged(connection)
    return True


def taken_out(connection: Connection, document_id: str, seen: frozenset[str]) -> bool:
    """Take a document out of these collections if it is in others as well; say whether that was so."""
    held = set(connection.execute(select(holdings.c.collection_id).where(holdings.c.document_id == document_id)).scalars())
    if held <= seen:
        return False
    mine = and_(holdings.c.document_id == document_id, holdings.c.collection_id.in_(sorted(seen)))
    connection.execute(delete(holdings).where(mine))
    arranged(connection)
    return True


def free_origin(connection: Connection, origin: str, seen: frozenset[str] | None) -> str:
    """Give an origin that no document outside `seen` has: what somebody cannot see he must neither change nor notice."""
    if seen is None:
        return origin
    mine = select(holdings.c.document_id).where(holdings.c.collection_id.in_(sorted(seen)))
    attempt, free = 1, origin
    while connection.execute(select(documents.c.id).where(and_(documents.c.origin == free, documents.c.id.not_in(mine)))).first():
        attempt += 1
        free = f"{origin}#{attempt}"
    return free


def arranged(connection: Connection) -> None:
    """Count a change of what is in the collections."""
    connection.execute(update(library).where(library.c.key == "arranged").values(value=library.c.value + 1))
