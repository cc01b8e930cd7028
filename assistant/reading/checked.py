"""What searching and reading say of a question before it is answered: is what it asks for in the library at all?"""

from __future__ import annotations

from assistant.answering.confidence import SMALL, UNREAD, Found, sureness
from assistant.answering.evidence import Gathered, margin_of
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.reading.sights import READ
from corpus.windows import window_of
from index.types import Strength

SPREAD = frozenset(("reverse", "mentions", "compare", "count"))
"""Kinds whose answer stands in no single passage."""


def asked_as(query: Query) -> str:
    """The question as the strength of a search is measured by it: in Chinese and whole."""
    return query.text if query.language == "zh" and not query.follow_up else " ".join(t.text for t in query.terms)


def chosen_by(query: Query) -> frozenset[str]:
    """The documents that the asker chose. A title that shares some characters with the question says nothing about where the answer is."""
    return query.scope.documents if query.scope.explicit else frozenset()


def found_of(query: Query, gathered: Gathered, library: Library) -> Found:
    """Say how far the best clause stands out, how well the best passages fit, and whether they answer."""
    strength = library.strength(asked_as(query), chosen_by(query))
    return Found(margin_of(gathered), strength, library.count, _here(query, strength, library))


def _here(query: Query, strength: Strength, library: Library) -> float:
    """Let the network say whether the best passages answer: in a large library words fit any question by chance.

    Read are those that the whole question finds anywhere, as the answer may stand where a title that it seems to name does not lead.
    """
    checker = library.checker
    if checker is None or library.count <= SMALL or not strength.keys or query.kind in SPREAD or query.follow_up or query.language != "zh":
        return UNREAD
    windows = {(d.id, (window := window_of(d, p)).span): window for d, p in library.passages(strength.keys[:READ])}
    readings = checker.read(query.text, [window.context for window in windows.values()])
    return sureness(max((1 - reading.no_answer for reading in readings), default=0.0))
