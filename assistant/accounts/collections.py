"""Collections of documents and who sees them: made, filled, granted, and what somebody sees in the end."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from assistant.accounts.people import checked_name, note, row_of
from assistant.accounts.types import ROLES, Role
from corpus.account_tables import DEFAULT, collections, grants, holdings, users
from corpus.audit import now
from corpus.database import Database
from corpus.errors import BadAccount
from corpus.finding import find
from corpus.holding import arranged, place, target


@dataclass(frozen=True, slots=True)
class Grant:
    """Somebody sees a collection. kind: "user" (holder: id) or "role" (holder: the role; every higher one sees it too).

    name: of the account, or the role.
    """

    kind: str
    holder: str
    name: str


@dataclass(frozen=True, slots=True)
class CollectionListing:
    """A collection with the number of its documents and who sees it; administrators see all."""

    id: str
    name: str
    documents: int
    grants: tuple[Grant, ...]


def list_collections(database: Database, seen: frozenset[str] | None = None) -> tuple[CollectionListing, ...]:
    """List the collections by name. seen: only these, None for all."""
    counted = select(holdings.c.collection_id, func.count().label("documents")).group_by(holdings.c.collection_id)
    named = select(grants, users.c.name).outerjoin(users, users.c.id == grants.c.holder)
    with database.reading() as connection:
        counts = {row.collection_id: row.documents for row in connection.execute(counted)}
        granted = connection.execute(named.order_by(grants.c.kind, grants.c.holder)).all()
        rows = connection.execute(select(collections).order_by(collections.c.name)).all()
    return tuple(
        CollectionListing(
            row.id, row.name, counts.get(row.id, 0),
            tuple(Grant(g.kind, g.holder, g.name or g.holder) for g in granted if g.collection_id == row.id),
        )
        for row in rows if seen is None or row.id in seen
    )  # fmt: skip


def create_collection(database: Database, name: str, *, by: str) -> str:
    """Make an empty collection that only administrators see; give its id. Raises BadAccount."""
    name = _checked(name)
    identity = "c" + secrets.token_hex(6)
    with database.writing() as connection:
        _check_free(connection, name)
        connection.execute(insert(collections).values(id=identity, name=name, made_at=now()))
        note(connection, by, "collection_added", name)
    return identity


def rename_collection(database: Database, collection: str, name: str, *, by: str) -> None:
    """Give a collection another name. Raises UnknownCollection, BadAccount."""
    name = _checked(name)
    with database.writing() as connection:
        identity = target(connection, collection, None)
        _check_free(connection, name, identity)
        connection.execute(update(collections).where(collections.c.id == identity).values(name=name))
        note(connection, by, "collection_renamed", name, id=identity)


def remove_collection(database: Database, collection: str, *, by: str) -> None:
    """Remove a collection; documents that are in no other one go into the default collection. Raises BadAccount, UnknownCollection."""
    with database.writing() as connection:
        identity = target(connection, collection, None)
        if identity == DEFAULT:
            raise BadAccount("default_collection", "默认文件集不能删除", "可以改名,或收回对它的授权")
        elsewhere = select(holdings.c.document_id).where(holdings.c.collection_id != identity)
        mine = and_(holdings.c.collection_id == identity, holdings.c.document_id.not_in(elsewhere))
        for (document_id,) in connection.execute(select(holdings.c.document_id).where(mine)).all():
            place(connection, document_id, DEFAULT)
        connection.execute(delete(collections).where(collections.c.id == identity))
        arranged(connection)
        note(connection, by, "collection_removed", identity)


def put_documents(database: Database, collection: str, documents: Iterable[str], *, by: str) -> int:
    """Put documents (ids or names) into a collection; give how many were not in it. Raises UnknownCollection, UnknownDocument."""
    with database.writing() as connection:
        identity = target(connection, collection, None)
        found = [find(connection, document, None).document_id for document in documents]
        new = [document for document in found if place(connection, document, identity)]
        for document in new:
            note(connection, by, "collection_put", identity, document=document)
    return len(new)


def take_documents(database: Database, collection: str, documents: Iterable[str], *, by: str) -> int:
    """Take documents out of a collection; give how many were in it. Raises BadAccount ("last_collection") for one that is in no other."""
    taken = 0
    with database.writing() as connection:
        identity = target(connection, collection, None)
        for document in documents:
            row = find(connection, document, None)
            held = set(connection.execute(select(holdings.c.collection_id).where(holdings.c.document_id == row.document_id)).scalars())
            if held == {identity}:
                raise BadAccount("last_collection", f"“{row.name}”不在别的文件集里", "请先把它放进另一个文件集")
            if identity in held:
                mine = and_(holdings.c.collection_id == identity, holdings.c.document_id == row.document_id)
                connection.execute(delete(holdings).where(mine))
                note(connection, by, "collection_take", identity, document=row.document_id)
                taken += 1
        arranged(connection)
    return taken


def move_documents(database: Database, collection: str, documents: Iterable[str], *, by: str) -> int:
    """Let documents be in this collection only; give how many. Raises UnknownCollection, UnknownDocument."""
    with database.writing() as connection:
        identity = target(connection, collection, None)
        found = [find(connection, document, None).document_id for document in documents]
        for document in found:
            place(connection, document, identity)
            others = and_(holdings.c.document_id == document, holdings.c.collection_id != identity)
            connection.execute(delete(holdings).where(others))
            note(connection, by, "collection_move", identity, document=document)
        arranged(connection)
    return len(found)


def collections_of(database: Database, documents: Collection[str], seen: frozenset[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Give the names of the collections that these documents (ids) are in. seen: only of these, None for all."""
    query = select(holdings.c.document_id, collections.c.id, collections.c.name).join(collections, collections.c.id == holdings.c.collection_id)
    found: dict[str, tuple[str, ...]] = {}
    with database.reading() as connection:
        for row in connection.execute(query.where(holdings.c.document_id.in_(list(documents))).order_by(collections.c.name)):
            if seen is None or row.id in seen:
                found[row.document_id] = (*found.get(row.document_id, ()), row.name)
    return found


def documents_in(database: Database, collection: str) -> frozenset[str]:
    """Give the ids of the documents of a collection (id or name). Raises UnknownCollection."""
    with database.reading() as connection:
        identity = target(connection, collection, None)
        return frozenset(connection.execute(select(holdings.c.document_id).where(holdings.c.collection_id == identity)).scalars())


# ---------------------------------------------------------------- who sees what


def grant(database: Database, collection: str, *, role: str = "", user: str = "", by: str) -> None:
    """Let a role and every higher one, or one account, see a collection. Raises UnknownCollection, UnknownAccount, BadAccount."""
    with database.writing() as connection:
        row = _grant_row(connection, collection, role, user)
        if connection.execute(select(grants).filter_by(**row)).first() is None:
            connection.execute(insert(grants).values(row))
            note(connection, by, "granted", row["collection_id"], to=role or user)


def revoke(database: Database, collection: str, *, role: str = "", user: str = "", by: str) -> bool:
    """Take a grant back; say whether there was one. Raises what `grant` raises."""
    with database.writing() as connection:
        row = _grant_row(connection, collection, role, user)
        gone = connection.execute(delete(grants).where(*(grants.c[key] == value for key, value in row.items()))).rowcount > 0
        if gone:
            note(connection, by, "revoked", row["collection_id"], to=role or user)
    return gone


def allowed(connection: Connection, role: Role, user_id: str = "") -> frozenset[str] | None:
    """Give the ids of the collections that somebody of this role sees; None, all, for an administrator."""
    if role == "administrator":
        return None
    by_role = and_(grants.c.kind == "role", grants.c.holder.in_(ROLES[: ROLES.index(role) + 1]))
    mine = or_(by_role, and_(grants.c.kind == "user", grants.c.holder == user_id))
    return frozenset(connection.execute(select(grants.c.collection_id).where(mine)).scalars())


def _grant_row(connection: Connection, collection: str, role: str, user: str) -> dict[str, str]:
    identity = target(connection, collection, None)
    if bool(role) == bool(user) or (role and role not in ROLES):
        raise BadAccount("unknown_role", f"没有角色 {role[:40]!r}", f"请写一个角色({'、'.join(ROLES)})或一个账号")
    holder = role or row_of(connection, user).id
    return {"collection_id": identity, "kind": "role" if role else "user", "holder": holder}


def _checked(name: str) -> str:
    try:
        return checked_name(name)
    except BadAccount as error:
        raise BadAccount("bad_collection_name", error.message, error.remedy) from None


def _check_free(connection: Connection, name: str, own: str = "") -> None:
    taken = connection.execute(select(collections.c.id).where(and_(collections.c.name == name, collections.c.id != own))).first()
    if taken:
        raise BadAccount("collection_exists", f"已有文件集“{name}”", "请换一个名称")
