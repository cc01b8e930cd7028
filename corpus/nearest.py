"""The names most like one that was not found."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_AT_MOST = 3
_ENOUGH = 0.4
_COMPARED = 2000


def nearest(wanted: str, names: Iterable[str]) -> tuple[str, ...]:
    """Give up to three of `names`: first those that hold `wanted`, then those that are spelled most like it."""
    distinct = list(dict.fromkeys(name for name in names if name))
    inside = [name for name in distinct if wanted and wanted.casefold() in name.casefold()]
    alike = get_close_matches(wanted, distinct[:_COMPARED], n=_AT_MOST, cutoff=_ENOUGH)
    return tuple(dict.fromkeys([*inside, *alike]))[:_AT_MOST]
