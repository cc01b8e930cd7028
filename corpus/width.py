"""The narrow copy of a text: full-width ASCII and the many blanks folded one to one, so that every offset stays valid.

Grammars are written once, for ASCII punctuation, and run on this copy; quotes are cut from the text itself.
"""

from __future__ import annotations

from functools import lru_cache

_BLANKS = (0x00A0, 0x3000, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x0009)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(_BLANKS, 0x20) | {0xFE50: 0x2C, 0xFF61: 0x3002}


def narrow(text: str) -> str:
    """Give a copy of equal length with ASCII punctuation, digits and blanks: `（一）加强：` -> `(一)加强:`."""
    return _kept(text) if len(text) > _LONG else text.translate(_NARROW)


_LONG = 1_000
_WIDE = frozenset(map(chr, _NARROW))


@lru_cache(maxsize=2)
def _kept(text: str) -> str:
    """The copy of a whole document, which every reader of facts asks for again."""
    # Few of the characters occur, each is replaced at a stroke; `translate` would look every character of the text up.
    for wide in _WIDE.intersection(text):
        text = text.replace(wide, chr(_NARROW[ord(wide)]))
    return text
