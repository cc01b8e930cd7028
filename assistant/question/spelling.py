"""A question as it is meant: traditional characters made simplified, slips of the input method put right.

Most Chinese typing errors put a character of the same sound in the place of the right one (房盗窗 for 防盗窗). Such a slip leaves a piece
that neither the dictionary nor the library knows, while one of its homophones makes a word that the library does use. A change is
made only then, and the answer says so; a word that is merely unknown stays as it is.
"""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

from assistant.lexicon.cues import STOPWORDS
from assistant.question.tagging import Words

_HAN = re.compile("[㐀-鿿]+")
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
"""Sounds that many speakers do not tell apart: initials, then finals (a pair is a final when it ends a syllable)."""
_SHORTEST = 3
"""A piece of three characters of which one is changed is evidence of a slip; two are so only where they make a question word."""
_CUE_WORDS = frozenset(["牵头", "配合", "负责", "责任", "主责", "协助", "时限", "期限", "截止", "完成", "单位", "部门", "电话", "目标", "比例", "阶段", "方案", "任务", "措施", "清单", "标准", "数量", "名称", "要求", "组长", "主任", "附件"])


def simplified(question: str) -> str:
    """Give the question in simplified characters and mainland words; one that is in them already comes back as it is."""
    if not _HAN.search(question):
        return question
    if _converter("t2s").convert(question) == question:
        return question
    meant: str = _converter("tw2sp").convert(question)
    return meant


@lru_cache(maxsize=2)
def _converter(name: str):  # type: ignore[no-untyped-def]
    import opencc

    return opencc.OpenCC(name)


def corrected(question: str, words: Words, used: Callable[[str], bool]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Put slips right: the question and (as written, as meant) of every change.

    question: folded, simplified.  used: does the library use a string?
    """
    changes: list[tuple[str, str]] = []
    for run in _HAN.findall(question):
        for place, lengths in _suspicious(run, words, used):
            if any(run[place] in written for written, _ in changes):
                continue
            meant = _meant(run, place, lengths, words, used)
            if meant:
                changes.append(meant)
    for written, right in changes:
        question = question.replace(written, right)
    return question, tuple(changes)


def _suspicious(run: str, words: Words, used: Callable[[str], bool]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The places of characters that may be slips, with the lengths of the pieces to be looked at.

    These belong to no word (alone between words, or in a guess of the segmenter), or are neighbours of such. A word of the dictionary
    that no document uses (表率 of 达表率) is a slip only where three characters around agree.
    """
    at = 0
    for word, _ in words.tag(run):
        end = at + len(word)
        if len(word) == 1:
            strange = word not in STOPWORDS and not (used(run[at - 1 : end]) and at) and not (used(run[at : end + 1]) and end < len(run))
        else:
            strange = not words.has(word) and not used(word)
        if strange:
            yield from ((place, _LENGTHS) for place in range(at, end))
            yield from ((near, _LENGTHS) for near in (end, at - 1) if len(word) == 1 and 0 <= near < len(run))
        elif len(word) == _A_PAIR and not used(word):
            yield from ((place, (_AGREEING,)) for place in range(at, end))
        at = end


_A_PAIR, _AGREEING = 2, 4
_LENGTHS = (_SHORTEST, 4, 2)


def _meant(run: str, place: int, lengths: tuple[int, ...], words: Words, used: Callable[[str], bool]) -> tuple[str, str] | None:
    """The piece around `place` and what is meant by it: a piece that one homophone turns into one the library uses.

    Of several the one that begins with a whole word is given: 房盗窗, not 所房盗.
    """
    found = []
    for length in lengths:
        for start in range(max(0, place - length + 1), min(place, len(run) - length) + 1):
            piece = run[start : start + length]
            if used(piece) or words.has(piece):
                continue
            for other in homophones(run[place]):
                meant = piece[: place - start] + other + piece[place - start + 1 :]
                if (meant in _CUE_WORDS) if length == 2 else (used(meant) and _in_a_word(meant, place - start, words)):
                    found.append((piece, meant))
                    break
    return min(found, key=lambda change: len(words.tag(change[1])[0][0]) == 1, default=None)


def _in_a_word(piece: str, place: int, words: Words) -> bool:
    """Does the character at `place` belong to a dictionary word of the piece? 善 of 善化工 does not, 防 of 防盗窗 does."""
    at = 0
    for word, _ in words.tag(piece):
        if at <= place < at + len(word):
            return len(word) > 1 and words.has(word)
        at += len(word)
    return False


@lru_cache(maxsize=4096)
def homophones(character: str) -> tuple[str, ...]:
    """Common characters that sound like `character` regardless of tone, the exact sound before a similar one."""
    sound = _sounds().get(str(ord(character)), "")
    table = _by_sound()
    found = [other for spelling in _spellings(sound) for other in table.get(spelling, ())]
    return tuple(other for other in dict.fromkeys(found) if other != character)


def _spellings(sound: str) -> tuple[str, ...]:
    initials = [(a, b) for a, b in _ALIKE[:5]]
    finals = _ALIKE[5:]
    heads = [""] + [other for pair in initials for one, other in (pair, pair[::-1]) if sound.startswith(one) and not (one in "zcs" and sound[1:2] == "h")]
    found = [sound]
    for head, (one, other) in product(heads[1:], initials):
        if head in (one, other):
            source = other if head == one else one
            found.append(head + sound.removeprefix(source))
    for long, short in finals:
        if sound.endswith(long):
            found.append(sound.removesuffix(long) + short)
        elif sound.endswith(short):
            found.append(sound.removesuffix(short) + long)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _sounds() -> dict[str, str]:
    """The usual toneless reading of each character by the number of its code point (ü as v).

    Read from the data of pypinyin without importing it: importing reads a dictionary of phrases that single characters do not need.
    """
    spec = importlib.util.find_spec("pypinyin")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    stored: dict[str, str] = json.loads((folder / "pinyin_dict.json").read_text(encoding="utf-8"))
    return {number: _toneless(readings.partition(",")[0]) for number, readings in stored.items()}


def _toneless(reading: str) -> str:
    apart = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in apart if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, tuple[str, ...]]:
    """The 3,755 characters of GB 2312 level 1 (those in daily use) by their toneless pinyin."""
    sounds = _sounds()
    common = [bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    found: dict[str, list[str]] = {}
    for character in filter(None, common):
        found.setdefault(sounds[str(ord(character))], []).append(character)
    return {sound: tuple(characters) for sound, characters in found.items()}
