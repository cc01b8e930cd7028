"""The memory of the process, given back to the system: what the C library keeps of it after large loads, and one heap for each thread.

Only glibc has these calls; elsewhere nothing happens.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

_ARENA_MAX = -8
"""glibc's M_ARENA_MAX."""

ARENAS = 2
"""Heaps at most: Python's threads take turns anyway. glibc makes eight for each core, and what is free in one serves no other."""


def sparing() -> None:
    """Set this for the process, before it starts threads; for a program's entry, not for a library in somebody else's."""
    if library := _glibc():
        library.mallopt(_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give free memory back to the system; some milliseconds, for after a load that took many times what it keeps."""
    if library := _glibc():
        library.malloc_trim(0)


@cache
def _glibc() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
