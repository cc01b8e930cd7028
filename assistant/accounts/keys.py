"""Keys with which programs come in place of a person: shown once, kept as a digest, good for some things and until some day."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from assistant.accounts.people import checked_name, note, row_of
from assistant.accounts.types import SCOPES, Scope
from corpus import audit
from corpus.account_tables import api_keys, users
from corpus.database import Database
from corpus.errors import BadAccount, UnknownAccount

PREFIX = "pa_"
LONGEST_DAYS = 3650
_WHOLE = re.compile(r"pa_[0-9a-f]{12}_[0-9a-f]{40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; the key itself is not. id: its public beginning.  revoked_at: "" while it holds."""

    id: str
    name: str
    user: str
    scopes: tuple[Scope, ...]
    made_at: str
    expires_at: str
    revoked_at: str

    def valid(self, moment: str) -> bool:
        return not self.revoked_at and moment < self.expires_at


def issue_key(database: Database, user: str, name: str, scopes: Collection[str], days: int, *, by: str) -> tuple[Key, str]:
    """Make a key of an account; give it with the text that the program sends, which is told this once only.

    scopes: of `SCOPES`.  days: how long it holds. Raises UnknownAccount, BadAccount ("unknown_scope", "bad_key").
    """
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise BadAccount("unknown_scope", f"没有范围 {'、'.join(unknown)[:60]!r}", f"可用的范围: {'、'.join(SCOPES)}")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadAccount("bad_key", f"有效期应为 1 到 {LONGEST_DAYS} 天: {days}", "请改后再试")
    name = checked_name(name)
    identity = PREFIX + secrets.token_hex(6)
    whole = f"{identity}_{secrets.token_hex(20)}"
    ordered = tuple(scope for scope in SCOPES if scope in scopes)
    with database.writing() as connection:
        owner = row_of(connection, user)
        expires = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds")
        row = {
            "id": identity, "digest": digest(whole), "user_id": owner.id, "name": name, "scopes": ",".join(ordered),
            "made_at": audit.now(), "expires_at": expires, "revoked_at": "",
        }  # fmt: skip
        connection.execute(insert(api_keys).values(row))
        note(connection, by, "key_issued", identity, user=owner.name, name=name, scopes=ordered, until=expires)
    return next(key for key in list_keys(database) if key.id == identity), whole


def list_keys(database: Database, user: str = "") -> tuple[Key, ...]:
    """List all keys, or those of one account (id), the newest first."""
    query = select(api_keys, users.c.name.label("owner")).join(users, users.c.id == api_keys.c.user_id)
    with database.reading() as connection:
        rows = connection.execute(query.order_by(api_keys.c.made_at.desc(), api_keys.c.id)).all()
    return tuple(
        Key(r.id, r.name, r.owner, scopes_of(r), r.made_at, r.expires_at, r.revoked_at) for r in rows if not user or r.user_id == user
    )


def revoke_key(database: Database, key: str, *, by: str, user: str = "") -> None:
    """End a key by its public beginning. user: only a key of this account (id). Raises UnknownAccount ("unknown_key")."""
    mine = and_(api_keys.c.id == key, api_keys.c.revoked_at == "", *([api_keys.c.user_id == user] if user else []))
    with database.writing() as connection:
        if not connection.execute(update(api_keys).where(mine).values(revoked_at=audit.now())).rowcount:
            raise UnknownAccount("unknown_key", f"没有这个密钥: {key[:40]}", "用 policy-assistant key list 查看全部密钥")
        note(connection, by, "key_revoked", key)


def row_of_key(connection: Connection, whole: str) -> Row[Any] | None:
    """Give the row of a key that holds now, by the text that the program sent; None for any other."""
    if not _WHOLE.fullmatch(whole):
        return None
    row = connection.execute(select(api_keys).where(api_keys.c.id == whole.rpartition("_")[0])).first()
    if row is None or not hmac.compare_digest(row.digest, digest(whole)):
        return None
    return row if not row.revoked_at and audit.now() < row.expires_at else None


def scopes_of(row: Row[Any]) -> tuple[Scope, ...]:
    return tuple(scope for scope in SCOPES if scope in row.scopes.split(","))


def digest(token: str) -> str:
    """Give what is kept of a token or key: it has more than 128 random bits, so no slow hash is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
