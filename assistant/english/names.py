"""Names in Hanyu Pinyin that are no place of a document's card: Yunfeng camp → 云峰(营地), found by what the documents write."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import product

_BEHIND = "省市区县镇乡村街路桥河湖江海山站园港口湾岛庄社库渠寺塔楼厂矿"
_BEFORE = "至到往在由从"
_SYLLABLES = 2
_MOST = 1500
"""Pairs of characters that are looked up for one name; more would take too long in a large library."""


def romanised(word: str, used: Callable[[str], bool], following: Sequence[str] = ()) -> tuple[str, ...]:
    """Give the names of two characters that `word` (lower case, toneless) may spell and the library writes as names.

    used: does the library write a string?  following: what the next word of the question is called in Chinese. A name is taken only
    where the library writes it before one of these or before a word for a kind of place, or behind a word of direction: two characters
    stand side by side by chance often enough.
    """
    found: list[str] = []
    for first, second in _splits(word):
        pairs = [a + b for a, b in product(*([c for c in _characters()[s] if used(c)] for s in (first, second)))]
        if len(pairs) > _MOST:
            continue
        found += [pair for pair in pairs if used(pair) and _is_named(pair, used, following)]
    return tuple(dict.fromkeys(found))


def _is_named(pair: str, used: Callable[[str], bool], following: Iterable[str]) -> bool:
    return any(used(pair + behind) for behind in (*following, *_BEHIND)) or any(used(before + pair) for before in _BEFORE)


def _splits(word: str) -> list[tuple[str, str]]:
    """The ways to read a word as two syllables (xian'an and yunfeng have one, fangan two)."""
    parts = word.split("'")
    known = _characters()
    if len(parts) > 1:
        return [(parts[0], parts[1])] if len(parts) == _SYLLABLES and all(p in known for p in parts) else []
    return [(word[:at], word[at:]) for at in range(1, len(word)) if word[:at] in known and word[at:] in known]


@lru_cache(maxsize=1)
def _characters() -> dict[str, tuple[str, ...]]:
    """Syllable → the characters in common use (GB 2312) that are read so."""
    from pypinyin.constants import PINYIN_DICT

    found: dict[str, list[str]] = {}
    for row, cell in product(range(0xB0, 0xF8), range(0xA1, 0xFF)):
        try:
            character = bytes((row, cell)).decode("gb2312")
        except UnicodeDecodeError:
            continue
        for reading in {_toneless(toned) for toned in PINYIN_DICT.get(ord(character), "").split(",")}:
            found.setdefault(reading, []).append(character)
    return {syllable: tuple(characters) for syllable, characters in found.items()}


def _toneless(reading: str) -> str:
    """lǜ → lu, as names are typed."""
    return "".join(c for c in unicodedata.normalize("NFD", reading) if c.isascii())
