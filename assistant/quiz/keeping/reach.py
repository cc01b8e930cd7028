"""Which papers somebody may see: those made from collections that he sees, about documents that he sees today."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, insert, select

from assistant.accounts.sessions import principal_of_user
from assistant.accounts.types import LOCAL
from corpus.account_tables import collections, quiz_makers, quiz_reach
from corpus.rows import current_versions
from corpus.schema import quiz_shares
from corpus.store import Store


def note_reach(connection: Connection, paper_id: int, seen: frozenset[str] | None) -> None:
    """Keep from which collections a paper was made, besides those it was made from before. seen: None for all there are."""
    before = _kept(connection, paper_id) or frozenset()
    reach = before | (_all(connection) if seen is None else seen)
    connection.execute(delete(quiz_reach).where(quiz_reach.c.paper_id == paper_id))
    connection.execute(insert(quiz_reach).values(paper_id=paper_id, collections=json.dumps(sorted(reach))))


def in_sight(connection: Connection, paper_id: int, content: str, seen: frozenset[str] | None) -> bool:
    """Tell whether a paper exists for those who see these collections. content: as it is stored."""
    if seen is None:
        return True
    reach = _kept(connection, paper_id)
    if not (_all(connection) if reach is None else reach) <= seen:
        return False
    cited = {citation["document_id"] for item in json.loads(content)["items"] for citation in item["citations"]}
    return cited <= {row.document_id for row in connection.execute(current_versions(seen))}


def note_maker(store: Store, token: str, user_id: str) -> None:
    """Keep who made a link."""
    with store.database.writing() as connection:
        connection.execute(insert(quiz_makers).values(token=token, user_id=user_id))


def maker_of(store: Store, token: str) -> str:
    """Give the id of who made a link, "" where it was made without accounts."""
    with store.database.reading() as connection:
        return connection.execute(select(quiz_makers.c.user_id).where(quiz_makers.c.token == token)).scalar() or ""


def link_lives(store: Store, token: str) -> bool:
    """Tell whether whoever made a link may still see what it shows; links made without accounts live on."""
    maker = maker_of(store, token)
    if maker in ("", LOCAL.id):
        return True
    principal = principal_of_user(store.database, maker)
    with store.database.reading() as connection:
        row = connection.execute(select(quiz_shares.c.paper_id, quiz_shares.c.content).where(quiz_shares.c.token == token)).first()
        return row is not None and principal is not None and in_sight(connection, row.paper_id, row.content, principal.collections)


def _kept(connection: Connection, paper_id: int) -> frozenset[str] | None:
    kept = connection.execute(select(quiz_reach.c.collections).where(quiz_reach.c.paper_id == paper_id)).scalar()
    return None if kept is None else frozenset(json.loads(kept))


def _all(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(select(collections.c.id)).scalars())
