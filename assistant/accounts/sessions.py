"""Logging in and what follows from it: sessions, and the principal behind a cookie or key.

A session ends by itself after half an hour without a request and after twelve hours at most, and at once with a change of password, role
or state of its account. Only the digest of its token is stored.
"""

from __future__ import annotations

import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from assistant.accounts.collections import allowed
from assistant.accounts.keys import digest, row_of_key, scopes_of
from assistant.accounts.passwords import fits
from assistant.accounts.people import folded, note
from assistant.accounts.types import Principal
from corpus.account_tables import guesses, sessions, users
from corpus.database import Database
from corpus.errors import InputError

IDLE, LONGEST = 30 * 60, 12 * 3600
"""Seconds without a request, and in all, after which a session is over."""

SEEN_EVERY = 60
"""Seconds between two notes that a session is in use: each is a transaction."""

WINDOW = 15 * 60
GUESSES_OF_ACCOUNT, GUESSES_OF_ADDRESS = 10, 50
"""Passwords compared for one account, and for one address, in `WINDOW` seconds."""

VISITOR = "visitor"

Clock = Callable[[], float]


class LoginRefused(InputError):
    """codes: "wrong_login" (401), "too_many_guesses" (429)."""

    def __init__(self, status: int, code: str, message: str, remedy: str) -> None:
        super().__init__(code, message, remedy)
        self.status = status


def sign_in(database: Database, name: str, password: str, address: str, *, clock: Clock = time.time) -> str:
    """Compare a password and begin a session; give the token for the cookie. address: the network the guess came from.

    Raises LoginRefused, for an unknown or disabled account the same as for a wrong password.
    """
    about = (f"user:{folded(name)[:80]}", f"address:{network_of(address)}")
    count_guess(database, about, name, clock=clock)
    with database.reading() as connection:
        row = connection.execute(select(users).where(users.c.folded == folded(name))).first()
    fine = fits(row.password if row and not row.disabled else None, password)
    with database.writing() as connection:
        if not fine or row is None:
            note(connection, name[:80], "login_failed", name[:80], address=address)
        else:
            token = begin(connection, row.id, row.stamp, clock=clock)
            connection.execute(delete(guesses).where(guesses.c.about == about[0]))
            # Not a guess after all: a whole office may log in from one address.
            last = select(func.max(guesses.c.id)).where(guesses.c.about == about[1]).scalar_subquery()
            connection.execute(delete(guesses).where(guesses.c.id == last))
            note(connection, row.name, "login", row.name, address=address)
            return token
    raise LoginRefused(401, "wrong_login", "账号或密码不对", "请核对后再试")


def network_of(address: str) -> str:
    """Give what counts as one address: of IPv6 the half that a provider gives to one customer."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:60]
    if isinstance(known, ipaddress.IPv6Address):
        return str(known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def count_guess(database: Database, about: tuple[str, str], name: str, *, clock: Clock = time.time) -> None:
    """Count a guess before it is evaluated. Raises LoginRefused ("too_many_guesses") when there were too many; then it is not counted."""
    now = int(clock())
    with database.writing() as connection:
        connection.execute(delete(guesses).where(guesses.c.at <= now - WINDOW))
        for one, most in zip(about, (GUESSES_OF_ACCOUNT, GUESSES_OF_ADDRESS), strict=True):
            made = connection.execute(select(func.count(), func.min(guesses.c.at)).where(guesses.c.about == one)).one()
            if made[0] >= most:
                wait = max(1, -(-(made[1] + WINDOW - now) // 60))
                raise LoginRefused(429, "too_many_guesses", "尝试登录的次数太多", f"请过 {wait} 分钟再试")
        connection.execute(insert(guesses), [{"about": one, "at": now} for one in about])


def begin(connection: Connection, user_id: str, stamp: str, *, clock: Clock = time.time) -> str:
    """Begin a session, sweeping those that are over; give its token."""
    now = int(clock())
    connection.execute(delete(sessions).where(or_(sessions.c.seen_at <= now - IDLE, sessions.c.made_at <= now - LONGEST)))
    token = secrets.token_urlsafe(32)
    row = {"digest": digest(token), "user_id": user_id, "stamp": stamp, "made_at": now, "seen_at": now}
    connection.execute(insert(sessions).values(row))
    return token


def sign_out(database: Database, token: str) -> None:
    """End the session of a token, if there is one."""
    with database.writing() as connection:
        row = connection.execute(
            select(users.c.name).join(sessions, sessions.c.user_id == users.c.id).where(sessions.c.digest == digest(token))
        ).first()
        if row is not None:
            connection.execute(delete(sessions).where(sessions.c.digest == digest(token)))
            note(connection, row.name, "logout", row.name)


def principal_by_session(database: Database, token: str, *, clock: Clock = time.time) -> Principal | None:
    """Give who is logged in with a token, None when nobody is (any more)."""
    now = int(clock())
    query = select(users.c.id, users.c.name, users.c.role, users.c.first).join(sessions, users.c.id == sessions.c.user_id)
    living = and_(
        sessions.c.digest == digest(token), sessions.c.stamp == users.c.stamp, users.c.disabled == 0,
        sessions.c.seen_at > now - IDLE, sessions.c.made_at > now - LONGEST,
    )  # fmt: skip
    with database.reading() as connection:
        row = connection.execute(query.where(living)).first()
        return Principal(row.id, row.name, row.role, allowed(connection, row.role, row.id), must_change=bool(row.first)) if row else None


def touch(database: Database, token: str, *, clock: Clock = time.time) -> None:
    """Note that a session is in use; every `SEEN_EVERY` seconds is enough."""
    now = int(clock())
    used = and_(sessions.c.digest == digest(token), sessions.c.seen_at > now - IDLE)
    with database.writing() as connection:
        connection.execute(update(sessions).where(used).values(seen_at=now))


def principal_by_key(database: Database, whole: str) -> Principal | None:
    """Give in whose place a program comes with a key, None for a key that does not hold."""
    with database.reading() as connection:
        key = row_of_key(connection, whole)
        if key is None:
            return None
        row = connection.execute(select(users).where(and_(users.c.id == key.user_id, users.c.disabled == 0))).first()
        if row is None:
            return None
        seen = allowed(connection, row.role, row.id)
        return Principal(row.id, f"{row.name} ({key.name})", row.role, seen, frozenset(scopes_of(key)))


def visitor(database: Database) -> Principal | None:
    """Give whoever comes without login, None where visitors see nothing and so are not let in."""
    with database.reading() as connection:
        seen = allowed(connection, "visitor")
    return Principal(VISITOR, "访客", "visitor", seen) if seen else None


def principal_of_user(database: Database, user_id: str) -> Principal | None:
    """Give what an account may see now, for what is done in its name; None when it is disabled or gone."""
    with database.reading() as connection:
        row = connection.execute(select(users).where(and_(users.c.id == user_id, users.c.disabled == 0))).first()
        return Principal(row.id, row.name, row.role, allowed(connection, row.role, row.id)) if row else None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session of an account that goes on: seconds since 1970 of its beginning and of its last request."""

    made_at: int
    seen_at: int


def sessions_of(database: Database, user_id: str, *, clock: Clock = time.time) -> tuple[Sitting, ...]:
    """List the living sessions of an account (id), the one used last first."""
    now = int(clock())
    mine = and_(sessions.c.user_id == user_id, sessions.c.seen_at > now - IDLE, sessions.c.made_at > now - LONGEST)
    with database.reading() as connection:
        rows = connection.execute(select(sessions).where(mine).order_by(sessions.c.seen_at.desc()))
        return tuple(Sitting(row.made_at, row.seen_at) for row in rows)


def end_sessions(database: Database, user_id: str, *, by: str) -> int:
    """End all sessions of an account (id); give how many there were."""
    with database.writing() as connection:
        name = connection.execute(select(users.c.name).where(users.c.id == user_id)).scalar() or user_id
        ended = connection.execute(delete(sessions).where(sessions.c.user_id == user_id)).rowcount
        if ended:
            note(connection, by, "sessions_ended", name, count=ended)
    return ended
