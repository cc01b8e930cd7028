"""Schools, hospitals and the like by the short names that people have for them: 二院 for 第二人民医院, 云桥小学 for 云桥实验小学.

The names come from the titles of the library's own documents; a short form that documents use more than the name, or that would stand for
two of them, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from assistant.question.tagging import Words
from assistant.tables.cell_names import short_forms
from corpus.text import fold

_INSTITUTION = re.compile(
    r"[㐀-鿿]{2,16}?(?:学院|医院|卫生院|大学|中学|小学|学校|幼儿园|幼教中心|博物馆|图书馆|文化馆|体育馆|养老院|福利院|公司|集团|银行|电厂|水厂|工业园区?|开发区|高新区)"
)
_TWO = re.compile("[院校园馆厂]$")
"""The last characters of names that two characters may stand for."""
_NUMBERED = re.compile("第([一二三四五六七八九十])")
_MOST = 2_000
"""Titles that are looked through; a larger library is asked with names as they are written."""


def spelled_out(question: str, titles: Sequence[str], places: Sequence[str], words: Words, frequency: Callable[[str], int]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Put whole names for their short forms: the question and (as written, as meant) of every change.

    titles: of the documents, with the forms of the places that may stand before a name.  frequency: in how many passages a string stands.
    """
    if len(titles) > _MOST:
        return question, ()
    names = _institutions(tuple(titles), tuple(places))
    found = [(span.of(question), names[at]) for span, at in short_forms(question, names)] + list(_of_two(question, names, words))
    changes: list[tuple[str, str]] = []
    for written, meant in found:
        # 职院 of a document number (澄职院人〔2026〕15号) is no use of it.
        if frequency(written) <= frequency(meant) and meant not in question and all(written not in other for other, _ in changes):
            changes.append((written, meant))
    for written, meant in changes:
        question = question.replace(written, meant)
    return question, tuple(changes)


@lru_cache(maxsize=8)
def _institutions(titles: tuple[str, ...], places: tuple[str, ...]) -> tuple[str, ...]:
    """The names of institutions in titles, without the place before them."""
    before = sorted((fold(place) for place in places), key=len, reverse=True)
    found: dict[str, None] = {}
    for title in map(fold, titles):
        for match in _INSTITUTION.finditer(title):
            name = match.group()
            for place in before:
                if name.startswith(place) and len(name) - len(place) > _TWO_CHARACTERS:
                    name = name[len(place) :]
            found[name] = None
    return tuple(found)


_TWO_CHARACTERS = 2


def _of_two(question: str, names: Sequence[str], words: Words) -> Iterator[tuple[str, str]]:
    """The first character of a name, or its number, with the last: 职院 of 职业技术学院, 二院 of 第二人民医院."""
    meant: dict[str, list[str]] = {}
    for name in names:
        if not _TWO.search(name):
            continue
        number = _NUMBERED.match(name)
        short = (number[1] if number else name[0]) + name[-1]
        if short in question and not words.has(short):
            meant.setdefault(short, []).append(name)
    for short, of in meant.items():
        if len(of) == 1:
            yield short, of[0]
