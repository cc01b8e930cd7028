"""What only Linux has to shut a process in: Landlock (since 5.13), an empty network of its own, the death of its parent.

Python has no names for these calls, so they are made by number; the numbers of Landlock are the same on every architecture.
Each function tells whether the kernel did it: an older kernel or a strict container is no reason not to read a file, as the
limits of `corpus.sandbox.confine` hold there too.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000
_PARENT_DEATH_SIGNAL = 1
_CHILD_SUBREAPER = 36
_NO_NEW_PRIVILEGES = 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446

# Rights over files by the Landlock version that knows them: 13 of version 1, refer (2), truncate (3), device control (5).
_RIGHTS = ((1, (1 << 13) - 1), (2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
_EXECUTE, _WRITE, _READ_FILE, _READ_FOLDER = 1, 2, 4, 8
_FILE_RIGHTS = _EXECUTE | _WRITE | _READ_FILE | 1 << 14 | 1 << 15
_TCP = 0b11
_OUTSIDE = 0b11
"""Abstract sockets of other processes, and signals to them."""


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def prepare() -> None:
    """Do, before the first child is made, what each call of the others needs."""
    _library()


def leave_network() -> bool:
    """Move this process and its children into a network that has no interface."""
    library = _library()
    if library.unshare(_NEW_NETWORK) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if library.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    try:
        for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            Path("/proc/self", name).write_text(line)
    except OSError:
        return True
    return True


def adopt_orphans() -> bool:
    """Become the parent of what the children leave behind, so that it can be ended."""
    return bool(_library().prctl(_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)


def end_with_parent(signal: int) -> bool:
    """Have the kernel send `signal` to this process when its parent ends."""
    return bool(_library().prctl(_PARENT_DEATH_SIGNAL, signal, 0, 0, 0) == 0)


def restrict_files(readable: Iterable[str], writable: Iterable[str]) -> bool:
    """Leave this process, for good, nothing but reading below `readable` and anything below `writable`; no TCP, no signals."""
    library = _library()
    version = library.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    rights = sum(bits for since, bits in _RIGHTS if version >= since)
    attributes = struct.pack("QQQ", rights, _TCP if version >= 4 else 0, _OUTSIDE if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = library.syscall(_CREATE_RULESET, attributes, size, 0)
    if ruleset < 0:
        return False
    try:
        for paths, allowed in ((readable, _EXECUTE | _READ_FILE | _READ_FOLDER), (writable, rights)):
            for path in paths:
                _allow(ruleset, path, allowed & rights)
        return bool(library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and library.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _FILE_RIGHTS
        _library().syscall(_ADD_RULE, ruleset, 1, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)


def children() -> tuple[int, ...]:
    """Give the ids of this process's children, adopted ones as well."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:
        return ()
    return tuple(map(int, listed.split()))
