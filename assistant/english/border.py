"""English at the border: tell an English question, turn it into Chinese question words, put English words around an answer.

Documents and answers stay in their language. The lexicon and its patterns are read at the first English question, so that Chinese
questions do not pay for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

_HAN = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Translation:
    """wording: Chinese question words, places, bodies and dates for the rules.  terms: (Chinese word, alternatives) of the topic.

    A term that the glossary lacks keeps its English word.  unknown_places: names of places that are none of the library's.
    question: what a Chinese asker might have typed, folded: places, the topic's first renderings, and the question words.
    """

    wording: str
    terms: tuple[tuple[str, tuple[str, ...]], ...]
    unknown_places: tuple[str, ...] = ()
    question: str = ""


def is_english(question: str) -> bool:
    """Tell whether a question is in English: more Latin words than Chinese characters (terms may be quoted in Chinese)."""
    return len(re.findall(r"[A-Za-z]{2,}", question)) > len(_HAN.findall(re.sub(r"[(（][^()（）]*[)）]", "", question)))


def translate(question: str, places: Sequence[str], used: Callable[[str], bool] | None = None) -> Translation:
    """Turn an English question into Chinese question words and terms.

    places: the places the library is from.  used: does a Chinese word occur in the library? With it, words that the glossary lacks
    or renders by words of other documents are looked up in a general dictionary.
    """
    from assistant.english.questions import read

    return read(question, places, used)


def frame(kind: str, chinese: str, *, until: date | None = None) -> str:
    """Give `chinese` with an English label and, where certain, its English reading in brackets.

    kind: an `Answer.kind`, or "refused" or "clarify" with the reason as text.  until: the calendar date of a deadline where the
    caller knows it; otherwise it is read from the words.  Lists of several lines start on a line of their own.
    """
    from assistant.english.answers import framed

    return framed(kind, chinese, until)


__all__ = ["Translation", "frame", "is_english", "translate"]
