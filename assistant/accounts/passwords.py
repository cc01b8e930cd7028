"""Passwords: what is refused, what is stored, and how one is compared.

Argon2id with 64 MiB and three passes, about a fifth of a second; never more than two at once, so that guessing cannot take the machine
from those who ask. An unknown name costs the same as a known one.
"""

from __future__ import annotations

import secrets
import threading
from functools import cache
from typing import TYPE_CHECKING

from corpus.errors import BadAccount
from corpus.text import fold

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 1024
_FEWEST_KINDS = 6
"""Different characters of a password."""

_COMMON = ("password", "passw0rd", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx", "iloveyou", "letmein", "welcome", "administrator", "woaini", "mima")
_ROWS = ("01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUN = 6

_at_once = threading.BoundedSemaphore(2)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


@cache
def _nobody() -> str:
    """A hash that no password has: what a guess at an unknown name is compared with."""
    return _hasher().hash(secrets.token_urlsafe(32))


def check_rules(password: str, name: str) -> None:
    """Raise BadAccount ("weak_password") for a password that is too short, too plain or among the first to be tried."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise _weak(f"密码应有 {SHORTEST} 到 {LONGEST} 个字符,现有 {len(password)} 个")
    plain = fold(password).lower()
    if len(set(plain)) < _FEWEST_KINDS:
        raise _weak(f"密码里不同的字符少于 {_FEWEST_KINDS} 个")
    if len(name) > 2 and fold(name).lower() in plain:
        raise _weak("密码里有账号的名称")
    if rest := next((word for word in _COMMON if word in plain), ""):
        plain = plain.replace(rest, "")
    runs = {row[at : at + _RUN] for row in _ROWS for at in range(len(row) - _RUN + 1)}
    if any(run in plain for run in runs) or (rest and len(plain) < SHORTEST // 2):
        raise _weak("密码里有最先被猜到的字词或连续的键")


def _weak(reason: str) -> BadAccount:
    return BadAccount("weak_password", reason, "请用更长的密码,例如几个不相干的词连在一起")


def hashed(password: str) -> str:
    """Give what is stored of a password."""
    with _at_once:
        return _hasher().hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Compare a password with what is stored, None for a name that nobody has. Takes the same time for both."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        # Nobody's password; told from the length alone, whatever the name.
        return False
    known = stored or _nobody()
    with _at_once:
        try:
            return _hasher().verify(known, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False
