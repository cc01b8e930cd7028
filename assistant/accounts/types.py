"""The nouns of accounts: role, right, principal. Every face may import them; nothing here touches the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from corpus.errors import InputError

Role = Literal["visitor", "reader", "editor", "administrator"]
"""What somebody may do; each may all that the ones before may."""

Right = Literal["ask", "history", "take_quizzes", "export", "upload", "correct", "make_quizzes", "evaluate", "administer"]
"""Something a route or a button needs. ask: also search, look at documents and at tasks.  administer: accounts, collections, settings,
audit, backup."""

Scope = Literal["read", "ask", "upload"]
"""What a program's key is good for: looking at documents and tasks, asking and searching, sending and removing files."""

ROLES: tuple[Role, ...] = get_args(Role)
SCOPES: tuple[Scope, ...] = get_args(Scope)

_NEW: dict[Role, tuple[Right, ...]] = {
    "visitor": ("ask",),
    "reader": ("history", "take_quizzes", "export"),
    "editor": ("upload", "correct", "make_quizzes", "evaluate"),
    "administrator": ("administer",),
}

RIGHTS: dict[Role, frozenset[Right]] = {
    role: frozenset(right for lower in ROLES[: at + 1] for right in _NEW[lower]) for at, role in enumerate(ROLES)
}
"""What each role may do."""

_SCOPES_OF: dict[Right, tuple[Scope, ...]] = {"ask": ("ask", "read", "upload"), "export": ("read",), "make_quizzes": ("read",), "upload": ("upload",)}
"""Of what a program's key needs one for a right of its owner; a key never gives the other rights."""


class Denied(InputError):
    """codes: "forbidden" (403)."""

    status = 403


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose request is being answered. id: of the account, "local" for the person at this machine, "visitor" without login.

    name: as shown and as the audit trail has it.  collections: ids of those whose documents exist for him, None for all.
    scopes: what the key of a program is good for, None where somebody is logged in.  must_change: he came with a password that somebody
    else gave him, and may do nothing but choose one of his own.
    """

    id: str
    name: str
    role: Role
    collections: frozenset[str] | None
    scopes: frozenset[Scope] | None = None
    must_change: bool = False

    def may(self, right: Right) -> bool:
        """Tell whether the role, and the key where one is used, give a right."""
        return right in RIGHTS[self.role] and (self.scopes is None or not self.scopes.isdisjoint(_SCOPES_OF.get(right, ())))

    def check(self, right: Right) -> None:
        """Raise Denied where `may` says no."""
        if not self.may(right):
            raise Denied("forbidden", "没有做这件事的权限", "请联系管理员")


LOCAL = Principal("local", "本机用户", "administrator", None)
"""Without accounts: everybody who reaches the server, which then listens on loopback only."""

NOBODY = Principal("nobody", "", "visitor", frozenset())
"""Whoever is at an address that is open before anybody is known."""
