"""The user's own words, a list beside the catalog that can be changed at any time."""

from __future__ import annotations

from pathlib import Path

WORDS = "words.txt"
"""The user's own words in the library folder: UTF-8, one a line. A changed list makes the index anew."""


def mark(path: Path) -> tuple[int, int] | None:
    """Tell one state of a file from another; None when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
