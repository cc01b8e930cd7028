"""Judge a draft: how likely it is right, and whether to answer at all.

The probability is a logistic function of few features of the evidence. Its weights are data with a version (`confidence.json`),
fitted by `python -m eval.calibrate` on questions with known answers; an answer less probable than the threshold becomes a refusal.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.clauses import segments, sentences
from assistant.draft import Draft, Quote
from assistant.query import Query
from assistant.terms import NEAR_WORD, Term, coverage
from corpus.text import fold
from corpus.types import Span
from index.types import Strength

WEIGHTS_FILE = Path(__file__).with_name("confidence.json")
FREE_TEXT = ("yesno", "compare", "measure", "list", "other")


@dataclass(frozen=True, slots=True)
class Verdict:
    """probability in (0, 1).  features: name and value, as the weights take them."""

    probability: float
    features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """bias, weights: of the probability that a draft is right.  presence: the same, of the probability that the library answers at all.

    needed: the presence below which an answer from a large library counts for less.
    """

    version: str
    bias: float
    weights: Mapping[str, float]
    presence: Weights | None = None
    needed: float = 0.0


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Read the shipped weights."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    there = stored["presence"]
    return Weights(stored["version"], stored["bias"], stored["weights"], Weights(stored["version"], there["bias"], there["weights"]), there["needed"])


@dataclass(frozen=True, slots=True)
class Found:
    """What searching and reading said of a question before it was composed.

    margin: how far the best clause stands out from those of other passages.  strength: how well the best passages fit the question.
    passages: how many the library has.
    """

    margin: float = 0.0
    strength: Strength = Strength()
    passages: int = 0


NOTHING_FOUND = Found()


def features(query: Query, draft: Draft, covered: str, found: Found = NOTHING_FOUND) -> dict[str, float]:
    """Describe the evidence in numbers from 0 to 1.

    covered: folded text of the evidence with heading paths and titles.
    coverage: share of the question the best evidence covers, by place (`evidence`).  known: share of the words the library has at
    all that the evidence holds anywhere.  strange: weight of things asked for that the documents asked about never mention.  missing: weight
    of things the library has but the evidence lacks.  margin: see `Found`; matched, worded, ahead: see `index.types.Strength`.
    scoped: the question names one document, by place or title.  said, near: share that the best sentence with a value, or the segment of
    the value and those beside it, cover by themselves.  least: cover of the thing that is covered worst.  beyond: share of the words that
    the document's title does not say.  unheard: number of words the documents never say, as a share; strangers: they are half of them.  words: how many, of six.
    """
    places = _places(draft)
    total = sum(t.weight for t in query.terms) or 1.0
    known = [t for t in query.terms if t.known]
    known_weight = sum(t.weight for t in known) or 1.0
    required = sum(t.weight for t in query.terms if t.required) or 1.0
    held = {t.text: t.cover(covered) for t in query.terms}
    # The names of what a document's card holds (发文字号, 主送机关) stand in no document.
    unheard = 0 if draft.basis == "card" else sum(not t.known and held[t.text] < NEAR_WORD for t in query.terms)
    described = {
        "coverage": min(max(draft.coverage, 0.0), 1.0),
        "known": sum(t.weight * held[t.text] for t in known) / known_weight,
        "strange": sum(t.weight for t in query.terms if not t.known and t.required and held[t.text] <= NEAR_WORD) / total,
        "missing": sum(t.weight for t in query.terms if t.known and t.required and t.weight > 0.35 and held[t.text] < 0.5) / required,
        "top_missing": sum(held[t.text] < 0.5 for t in _telling(query)) / (len(_telling(query)) or 1),
        "own": min(dict(draft.features).get("own", draft.coverage), 1.0),
        "exact": float(draft.exact),
        "thing_missing": float(draft.exact and _thing_missing(query, held)),
        "margin": min(found.margin * 3, 1.0),
        "matched": found.strength.characters,
        "worded": found.strength.words,
        "ahead": found.strength.ahead,
        "scoped": float(len(query.scope.documents) == 1),
        "record": float(draft.basis in ("people", "card", "contacts", "duties", "outline")),
        "value": float(draft.basis == "value"),
        "listed": float(draft.basis == "list"),
        "said": max((coverage(query.terms, ((place.sentence, 1.0),)) for place in places), default=0.0),
        "near": max((coverage(query.terms, ((place.near, 1.0),)) for place in places), default=0.0),
        "least": min((held[t.text] for t in query.terms if t.required and t.weight > _TELLING), default=1.0),
        "beyond": _beyond_title(query, held, places),
        "unheard": unheard / (len(query.terms) or 1),
        "strangers": float(unheard * 2 >= (len(query.terms) or 1)),
        "words": min(len(query.terms), 6) / 6,
        "bare": float(not query.terms),
        "follow_up": float(query.follow_up),
    }
    for kind in FREE_TEXT:
        described[kind] = float(draft.kind == kind and not draft.exact)
    return described


_TELLING = 0.3
"""Weight from which a thing asked for counts as one that has to be there."""
_MOST_QUOTES = 4
_LONG_MARK = 60
"""Characters of marked words from which on they are no value but a text of their own."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an answer stands, in matching form. near: the segment of its words and those beside it."""

    near: str
    sentence: str
    title: str


def _places(draft: Draft) -> list[_Place]:
    return [_place(quote) for quote in draft.quotes[:_MOST_QUOTES]]


def _place(quote: Quote) -> _Place:
    """Cut the sentence and the segments around the marked words out of a quote; all of it where nothing short is marked."""
    document = quote.document
    text = document.text
    mark = quote.highlights[0] if quote.highlights and quote.span.covers(quote.highlights[0]) else quote.span
    near = sentence = mark
    if mark != quote.span and len(mark) <= _LONG_MARK:
        around = [s for s in sentences(text, quote.span) if s.overlaps(mark)] or [quote.span]
        sentence = Span(around[0].start, around[-1].end)
        pieces = segments(text, sentence)
        at = next((i for i, piece in enumerate(pieces) if piece.overlaps(mark)), 0)
        near = Span(pieces[max(at - 1, 0)].start, pieces[min(at + 1, len(pieces) - 1)].end) if pieces else sentence
    return _Place(fold(near.of(text)), fold(sentence.of(text)), fold(document.title + " ".join(document.card.places)))


def _beyond_title(query: Query, held: Mapping[str, float], places: Sequence[_Place]) -> float:
    """The covered share of the words that tell more than which document is meant; 1 when there are none."""
    own = [t for t in query.terms if max((t.cover(place.title) for place in places), default=0.0) < NEAR_WORD]
    return sum(t.weight * held[t.text] for t in own) / sum(t.weight for t in own) if own else 1.0


def _thing_missing(query: Query, held: Mapping[str, float]) -> bool:
    """Does the evidence of a fact lack the most telling known thing that is asked about?"""
    things = [t for t in query.terms if t.required and t.known]
    return bool(things) and held[max(things, key=lambda t: t.weight).text] < 0.3


def _telling(query: Query) -> list[Term]:
    """The words that say most about what is asked: those nearly as heavy as the heaviest."""
    heaviest = max((t.weight for t in query.terms if t.required), default=0.0)
    return [t for t in query.terms if t.required and t.weight >= 0.8 * heaviest]


def judge(query: Query, draft: Draft, covered: str, found: Found = NOTHING_FOUND) -> Verdict:
    """Estimate the probability that the draft is right."""
    described = features(query, draft, covered, found)
    fitted = weights()
    return Verdict(_probability(fitted, described) * _trusted(found), tuple(described.items()))


def _trusted(found: Found) -> float:
    """In a large library some passage covers the words of any question by chance, so that the best ones have to fit it well too."""
    if found.passages <= _SMALL:
        return 1.0
    needed = weights().needed * min(math.log10(found.passages / _SMALL), 1.0)
    return min(presence(found.strength) / needed, 1.0)


_SMALL = 1000
"""Passages up to which coverage alone tells; from ten times as many on, the whole presence is needed."""


def presence(strength: Strength) -> float:
    """Estimate the probability that the library answers a question at all, from how well its best passages fit: for questions refused."""
    fitted = weights().presence
    assert fitted is not None
    return _probability(fitted, {"matched": strength.characters, "worded": strength.words, "ahead": strength.ahead})


def _probability(fitted: Weights, described: Mapping[str, float]) -> float:
    z = fitted.bias + sum(fitted.weights.get(name, 0.0) * value for name, value in described.items())
    return 1 / (1 + math.exp(-z))
