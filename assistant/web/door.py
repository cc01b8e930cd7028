"""Whose request comes in: the cookie of a session, the key of a program, a visitor without either, or the person at this machine.

What was found out about a cookie or key is believed for half a second, so that a change of an account, a grant or a key counts within
one second everywhere, on open streams as well.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from assistant.accounts.people import any_user
from assistant.accounts.sessions import SEEN_EVERY, principal_by_key, principal_by_session, touch, visitor
from assistant.accounts.types import LOCAL, Principal
from assistant.config import Config
from assistant.web.addresses import is_loopback
from corpus.database import Database
from corpus.errors import LibraryProblem

BELIEVED = 0.5
"""Seconds for which an answer of the catalog is used again."""

_KEPT = 10_000
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

Headers = Mapping[str, list[str]]


class Door:
    """Settles who somebody is. Safe to use from several threads; its answers come from the catalog."""

    def __init__(self, database: Database, config: Callable[[], Config], *, clock: Callable[[], float] = time.monotonic) -> None:
        self.database = database
        self.config = config
        self.clock = clock
        self.code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))
        """What the first administrator has to know; told on the console of the program alone."""
        self._known: OrderedDict[str, tuple[float, Principal | None]] = OrderedDict()
        self._touched: dict[str, float] = {}
        self._users: tuple[float, bool] = (float("-inf"), False)
        self._lock = threading.Lock()

    # ------------------------------------------------------------ accounts at all

    def accounts_on(self) -> bool:
        """Do people log in here? By the setting; for "auto" as soon as there is an account, and always where others can reach us."""
        config = self.config()
        if not is_loopback(config.host):
            return True
        return config.accounts == "on" or (config.accounts == "auto" and self.has_users())

    def has_users(self) -> bool:
        """Is there any account?"""
        now = self.clock()
        since, found = self._users
        # Once there is one there always is: the last administrator cannot be removed.
        if not found and now - since >= BELIEVED:
            found = any_user(self.database)
            self._users = (now, found)
        return found

    # ------------------------------------------------------------ the cookie

    @property
    def secure(self) -> bool:
        """Do people reach us by https?"""
        return self.config().public_address.lower().startswith("https://")

    @property
    def cookie(self) -> str:
        return "__Host-sid" if self.secure else "sid"

    @property
    def public_host(self) -> str:
        """The name in the public address, which is ours besides those of the machine; "" for none."""
        try:
            return (urlsplit(self.config().public_address).hostname or "").lower()
        except ValueError:
            return ""

    def set_cookie(self, token: str) -> tuple[str, str]:
        """Give the header that hands a session to a browser; an empty token takes it back."""
        life = "" if token else "; Max-Age=0"
        return "set-cookie", f"{self.cookie}={token}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if self.secure else ''}{life}"

    def token_in(self, headers: Headers) -> str:
        """Give the token of a session that a request carries, "" for none."""
        for line in headers.get("cookie", []):
            try:
                morsel = SimpleCookie(line).get(self.cookie)
            except CookieError:
                continue
            if morsel is not None:
                return morsel.value
        return ""

    # ------------------------------------------------------------ who

    def remembered(self, headers: Headers) -> tuple[bool, Principal | None]:
        """Say whether it is known just now who sends these headers, and who; nothing is looked up."""
        if not self.accounts_on():
            return True, LOCAL
        since, principal = self._known.get(credential(self, headers), (float("-inf"), None))
        return self.clock() - since < BELIEVED, principal

    def who(self, headers: Headers) -> Principal | None:
        """Look up who sends these headers; None for nobody who may come in. Raises LibraryProblem."""
        if not self.accounts_on():
            return LOCAL
        wanted = credential(self, headers)
        kind, _, secret = wanted.partition(" ")
        if kind == "key":
            principal = principal_by_key(self.database, secret)
        else:
            principal = principal_by_session(self.database, secret) if secret else None
            if principal is not None:
                self._touch(secret)
            principal = principal or visitor(self.database)
        with self._lock:
            self._known[wanted] = (self.clock(), principal)
            self._known.move_to_end(wanted)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return principal

    def forget(self) -> None:
        """Believe nothing that was found out before: an account was changed here."""
        with self._lock:
            self._known.clear()
            self._users = (float("-inf"), self._users[1])

    def _touch(self, token: str) -> None:
        now = self.clock()
        with self._lock:
            if len(self._touched) > _KEPT:
                self._touched.clear()
            if now - self._touched.setdefault(token, now) < SEEN_EVERY:
                return
            self._touched[token] = now
        threading.Thread(target=_touch_quietly, args=(self.database, token), daemon=True).start()


def _touch_quietly(database: Database, token: str) -> None:
    """Note in the catalog that a session is in use, beside the request: a writer at work must not keep it waiting."""
    try:
        touch(database, token)
    except LibraryProblem:
        return


def credential(door: Door, headers: Headers) -> str:
    """Give "key …" or "session …" as a request carries it; a key comes first, as no browser sends one by itself."""
    for line in headers.get("authorization", []):
        scheme, _, value = line.partition(" ")
        if scheme.lower() == "bearer":
            return f"key {value.strip()[:200]}"
    return f"session {door.token_in(headers)[:200]}"
