"""Papers and requests as JSON for the catalog, and back.

A paper is kept as it was made: a test must not change under those who sit it because a document or this program did. But a quote is
not kept: it is cut from its document again, and where the words there are others by now the citation comes back without one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from typing import Any

from assistant.quiz.types import Item, Quiz, QuizRequest
from assistant.types import Citation

Cut = Callable[[str, int, int], str]
"""Cuts the text of a document (id) from start to end; "" when there is none."""
_TUPLES = ("documents", "sections", "units", "topics", "kinds", "keep", "avoid", "difficulty")


def written_request(request: QuizRequest) -> str:
    return json.dumps(asdict(request), ensure_ascii=False)


def read_request(text: str) -> QuizRequest:
    return _request(json.loads(text))


def written_quiz(quiz: Quiz, *, locked: Collection[str] = (), edited: Collection[str] = ()) -> str:
    """Write a paper; every citation without its quote but with the quote's digest. locked, edited: ids of questions."""
    value = {
        "locked": sorted(locked),
        "edited": sorted(edited),
        "seed": quiz.seed,
        "available": quiz.available,
        "shortfall": quiz.shortfall,
        "request": asdict(quiz.request),
        "items": [_item(item) for item in quiz.items],
    }
    return json.dumps(value, ensure_ascii=False)


def read_quiz(text: str, cut: Cut) -> Quiz:
    """Read a paper; a citation whose words are no longer in its document has the quote ""."""
    value = json.loads(text)
    items = tuple(_read_item(item, cut) for item in value["items"])
    return Quiz(value["seed"], items, _request(value["request"]), value["available"], value["shortfall"])


def read_marks(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Read which questions of a paper are locked and which were edited."""
    value = json.loads(text)
    return frozenset(value["locked"]), frozenset(value["edited"])


def stale(item: Item) -> bool:
    """Have the documents changed since, so that a clause of the question is no longer where it was?"""
    return not item.citations or any(not citation.quote for citation in item.citations)


def _request(value: dict[str, Any]) -> QuizRequest:
    read = {**value, **{name: tuple(value[name]) for name in _TUPLES}}
    return QuizRequest(**{**read, "numbers": tuple((kind, number) for kind, number in value["numbers"])})


def _item(item: Item) -> dict[str, Any]:
    value = asdict(replace(item, citations=()))
    value["citations"] = [{**asdict(replace(c, quote="")), "digest": c.quote and _digest(c.quote)} for c in item.citations]
    return value


def _read_item(value: dict[str, Any], cut: Cut) -> Item:
    several = {name: tuple(value[name]) for name in ("options", "key", "prompts", "facts", "says")}
    return Item(**{**value, **several, "citations": tuple(_citation(c, cut) for c in value["citations"])})


def _citation(value: dict[str, Any], cut: Cut) -> Citation:
    digest = value.pop("digest")
    quote = cut(value["document_id"], value["start"], value["end"])
    value["quote"] = quote if quote and _digest(quote) == digest else ""
    return Citation(**{**value, "path": tuple(value["path"]), "highlight": _pairs(value["highlight"])})


def _pairs(value: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((pair[0], pair[1]) for pair in value)


def _digest(quote: str) -> str:
    return hashlib.sha256(quote.encode()).hexdigest()[:32]
