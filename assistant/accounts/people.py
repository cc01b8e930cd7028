"""The accounts of people: made, listed, changed. Every change ends what the account was logged in with and is in the audit trail."""

from __future__ import annotations

import json
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from assistant.accounts.passwords import check_rules, hashed
from assistant.accounts.types import ROLES, Role
from corpus import audit
from corpus.account_tables import grants, sessions, users
from corpus.database import Database
from corpus.errors import BadAccount, UnknownAccount

LONGEST_NAME = 40
MOST = 10_000


@dataclass(frozen=True, slots=True)
class User:
    """One account. id: "u" and random characters, never used again.  made_at: ISO 8601, UTC."""

    id: str
    name: str
    role: Role
    disabled: bool
    made_at: str


def users_of(database: Database) -> tuple[User, ...]:
    """List all accounts by name."""
    with database.reading() as connection:
        return tuple(_user(row) for row in connection.execute(select(users).order_by(users.c.folded)))


def any_user(database: Database) -> bool:
    """Is there any account, so that the program runs with accounts?"""
    with database.reading() as connection:
        return connection.execute(select(users.c.id).limit(1)).first() is not None


def user(database: Database, id_or_name: str) -> User:
    """Give one account. Raises UnknownAccount."""
    with database.reading() as connection:
        return _user(row_of(connection, id_or_name))


def create_user(database: Database, name: str, password: str, role: Role, *, by: str, first: bool = False) -> User:
    """Make an account. by: who does, for the audit trail.  first: its owner has to change the password before anything else. Raises BadAccount."""
    name = checked_name(name)
    _check_role(role)
    check_rules(password, name)
    stored = hashed(password)
    row = {
        "id": "u" + secrets.token_hex(8), "name": name, "folded": folded(name), "password": stored, "role": role, "disabled": 0,
        "stamp": secrets.token_hex(16), "made_at": audit.now(), "first": int(first),
    }  # fmt: skip
    with database.writing() as connection:
        if connection.execute(select(users.c.id).where(users.c.folded == row["folded"])).first():
            raise BadAccount("account_exists", f"已有账号“{name}”", "请换一个名称")
        if connection.execute(select(func.count()).select_from(users)).scalar_one() >= MOST:
            raise BadAccount("bad_account_name", f"已有 {MOST} 个账号", "请先删除不用的账号")
        connection.execute(insert(users).values(row))
        note(connection, by, "user_added", name, role=role)
    return user(database, str(row["id"]))


def change_role(database: Database, id_or_name: str, role: Role, *, by: str) -> User:
    """Give an account another role. Raises UnknownAccount, BadAccount ("unknown_role", "last_administrator")."""
    _check_role(role)
    with database.writing() as connection:
        row = row_of(connection, id_or_name)
        if role != "administrator":
            _check_not_last(connection, row)
        _change(connection, row, role=role)
        note(connection, by, "user_role", row.name, before=row.role, role=role)
    return user(database, row.id)


def set_disabled(database: Database, id_or_name: str, disabled: bool, *, by: str) -> User:
    """Disable an account, or enable it again. Raises UnknownAccount, BadAccount ("last_administrator")."""
    with database.writing() as connection:
        row = row_of(connection, id_or_name)
        if disabled:
            _check_not_last(connection, row)
        _change(connection, row, disabled=int(disabled))
        note(connection, by, "user_disabled" if disabled else "user_enabled", row.name)
    return user(database, row.id)


def set_password(database: Database, id_or_name: str, password: str, *, by: str, first: bool = False) -> User:
    """Give an account another password. first: as in `create_user`. Raises UnknownAccount, BadAccount ("weak_password")."""
    with database.reading() as connection:
        name = row_of(connection, id_or_name).name
    check_rules(password, name)
    stored = hashed(password)
    with database.writing() as connection:
        row = row_of(connection, id_or_name)
        _change(connection, row, password=stored, first=int(first))
        note(connection, by, "user_password", row.name)
    return user(database, row.id)


def remove_user(database: Database, id_or_name: str, *, by: str) -> None:
    """Remove an account with its sessions, keys and grants. Raises UnknownAccount, BadAccount ("last_administrator")."""
    with database.writing() as connection:
        row = row_of(connection, id_or_name)
        _check_not_last(connection, row)
        connection.execute(delete(grants).where(and_(grants.c.kind == "user", grants.c.holder == row.id)))
        connection.execute(delete(users).where(users.c.id == row.id))
        note(connection, by, "user_removed", row.name)


# ---------------------------------------------------------------- inside


def row_of(connection: Connection, id_or_name: str) -> Row[Any]:
    """Give the row of an account. Raises UnknownAccount."""
    wanted = (users.c.id == id_or_name) | (users.c.folded == folded(id_or_name))
    row = connection.execute(select(users).where(wanted)).first()
    if row is None:
        raise UnknownAccount("unknown_account", f"没有账号“{id_or_name[:60]}”", "用 policy-assistant user list 查看全部账号")
    return row


def folded(name: str) -> str:
    """Give the form of a name in which two names are the same: width and case aside."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def checked_name(name: str) -> str:
    """Give a name as it is kept. Raises BadAccount ("bad_account_name")."""
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    plain = all(unicodedata.category(c)[0] in "LNMP" or c == " " for c in kept)
    if not 1 <= len(kept) <= LONGEST_NAME or not plain or not folded(kept):
        raise BadAccount("bad_account_name", f"名称应有 1 到 {LONGEST_NAME} 个字,只用文字、数字和标点", "请换一个名称")
    return kept


def note(connection: Connection, by: str, action: str, about: str, **detail: object) -> None:
    """Add a line about an account, a collection or a key to the audit trail, in the transaction of what it tells."""
    said = json.dumps({"about": about, **detail}, ensure_ascii=False)
    audit.record(connection, audit.Entry(audit.now(), by, action, "", said))


def _user(row: Row[Any]) -> User:
    return User(row.id, row.name, row.role, bool(row.disabled), row.made_at)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise BadAccount("unknown_role", f"没有角色 {role[:40]!r}", f"可用的角色: {'、'.join(ROLES)}")


def _check_not_last(connection: Connection, row: Row[Any]) -> None:
    """Raise BadAccount where nobody would be left who can administer."""
    others = and_(users.c.role == "administrator", users.c.disabled == 0, users.c.id != row.id)
    if row.role == "administrator" and not row.disabled and connection.execute(select(users.c.id).where(others)).first() is None:
        raise BadAccount("last_administrator", f"“{row.name}”是最后一个管理员", "请先让另一个账号成为管理员")


def _change(connection: Connection, row: Row[Any], **values: object) -> None:
    connection.execute(update(users).where(users.c.id == row.id).values(stamp=secrets.token_hex(16), **values))
    connection.execute(delete(sessions).where(sessions.c.user_id == row.id))
