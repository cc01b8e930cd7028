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

from assistant.answering.clauses import segments, sentences
from assistant.answering.draft import Draft, Quote
from assistant.question.query import Query
from assistant.question.terms import NEAR_WORD, Term, coverage, things
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

    read: of that where a network has read the best passages.  large: of being right and being there taken together, in a large library.
    seconded: of being right, where a network has read what is cited.
    """

    version: str
    bias: float
    weights: Mapping[str, float]
    presence: Weights | None = None
    read: Weights | None = None
    large: Weights | None = None
    seconded: Weights | None = None


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Read the shipped weights."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    version = stored["version"]
    parts = (Weights(version, stored[part]["bias"], stored[part]["weights"]) for part in ("presence", "read", "large", "seconded"))
    return Weights(version, stored["bias"], stored["weights"], *parts)


UNREAD = 0.0
"""Stands for what a network has not read."""


@dataclass(frozen=True, slots=True)
class Found:
    """What searching and reading said of a question before it was composed.

    margin: how far the best clause stands out from those of other passages.  strength: how well the best passages fit the question.
    passages: how many the library has.  here: how sure a network is that one of the best passages answers, as `sureness` gives it.
    """

    margin: float = 0.0
    strength: Strength = Strength()
    passages: int = 0
    here: float = UNREAD


NOTHING_FOUND = Found()


def features(query: Query, draft: Draft, covered: str, found: Found = NOTHING_FOUND) -> dict[str, float]:
    """Describe the evidence in numbers from 0 to 1.

    covered: folded text of the evidence with heading paths and titles.
    coverage: share of the question the best evidence covers, by place (`evidence`).  known: share of the words the library has at
    all that the evidence holds anywhere.  strange: weight of things asked for that the documents asked about never mention.  missing: weight
    of things the library has but the evidence lacks.  margin, here: see `Found`; matched, worded, ahead: see `index.types.Strength`.
    scoped: the question names one document, by place or title.  said, near: share that the best sentence with a value, or the segment of
    the value and those beside it, cover by themselves.  least: cover of the thing that is covered worst.  beyond: share of the words that
    the document's title does not say.  unheard: number of words the documents never say, as a share; strangers: they are half of them.  words: how many, of six.
    astray: of a value, the most telling known thing is neither in its sentence nor its headings nor the title; told, and not weighed yet.
    """
    places = _places(draft)
    total = sum(t.weight for t in query.terms) or 1.0
    known = [t for t in query.terms if t.known]
    known_weight = sum(t.weight for t in known) or 1.0
    required = sum(t.weight for t in query.terms if t.required) or 1.0
    held = {t.text: t.cover(covered) for t in query.terms}
    # The names of what a document's card holds (发文字号, 主送机关) stand in no document.
    counted = things(query.terms)
    unheard = 0 if draft.basis == "card" else sum(not t.known and held[t.text] < NEAR_WORD for t in counted)
    described = {
        "coverage": min(max(draft.coverage, 0.0), 1.0),
        "known": sum(t.weight * held[t.text] for t in known) / known_weight,
        "strange": sum(t.weight for t in query.terms if not t.known and t.required and held[t.text] <= NEAR_WORD) / total,
        "missing": sum(t.weight for t in query.terms if t.known and t.required and t.weight > 0.35 and held[t.text] < 0.5) / required,
        "top_missing": sum(held[t.text] < 0.5 for t in telling(query)) / (len(telling(query)) or 1),
        "own": min(dict(draft.features).get("own", draft.coverage), 1.0),
        "exact": float(draft.exact),
        "thing_missing": float(draft.exact and _thing_missing(query, held)),
        "margin": min(found.margin * 3, 1.0),
        "matched": found.strength.characters,
        "worded": found.strength.words,
        "ahead": found.strength.ahead,
        "here": found.here,
        "scoped": float(len(query.scope.documents) == 1),
        "record": float(draft.basis in ("people", "card", "contacts", "duties", "outline")),
        "value": float(draft.basis == "value"),
        "listed": float(draft.basis == "list"),
        "said": max((coverage(query.terms, ((place.sentence, 1.0),)) for place in places), default=0.0),
        "near": max((coverage(query.terms, ((place.near, 1.0),)) for place in places), default=0.0),
        "least": min((held[t.text] for t in query.terms if t.required and t.weight > _TELLING), default=1.0),
        "beyond": _beyond_title(query, held, places),
        "unheard": unheard / (len(counted) or 1),
        "strangers": float(unheard * 2 >= (len(counted) or 1)),
        "words": min(len(counted), 6) / 6,
        "astray": float(draft.basis == "value" and _astray(query, draft, places)),
        "bare": float(not query.terms),
        "follow_up": float(query.follow_up),
        "second": UNREAD,
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


def _astray(query: Query, draft: Draft, places: Sequence[_Place]) -> bool:
    """Does the most telling known thing that is asked about stand elsewhere in what is cited than beside the value?"""
    things = [t for t in query.terms if t.required and t.known]
    around = "".join(place.sentence + place.title for place in places) + fold("".join(" ".join(quote.path) for quote in draft.quotes[:_MOST_QUOTES]))
    return bool(things) and max(things, key=lambda t: t.weight).cover(around) < _BESIDE


_BESIDE = 0.5
"""Cover from which on a thing stands beside a value."""


def telling(query: Query) -> list[Term]:
    """The words that say most about what is asked: those nearly as heavy as the heaviest."""
    heaviest = max((t.weight for t in query.terms if t.required), default=0.0)
    return [t for t in query.terms if t.required and t.weight >= 0.8 * heaviest]


def judge(query: Query, draft: Draft, covered: str, found: Found = NOTHING_FOUND, second: float = UNREAD) -> Verdict:
    """Estimate the probability that the draft is right. second: how surely a network reads the same, see `assistant.reading.witness`."""
    described = features(query, draft, covered, found) | {"second": second}
    right = _seconded(_probability(weights(), described), second)
    return Verdict(_in_library(right, found), tuple(described.items()))


def _seconded(right: float, second: float) -> float:
    fitted = weights().seconded
    assert fitted is not None
    return right if second == UNREAD else _probability(fitted, {"right": logit(right), "second": second})


def _in_library(right: float, found: Found) -> float:
    """In a large library some passage covers the words of any question by chance, so that the best ones have to fit it well too."""
    fitted = weights().large
    assert fitted is not None
    if found.passages <= SMALL:
        return right
    share = min(math.log10(found.passages / SMALL), 1.0)
    both = _probability(fitted, {"right": logit(right), "present": logit(presence(found))})
    return _logistic((1 - share) * logit(right) + share * logit(both))


SMALL = 1000
"""Passages up to which coverage alone tells; from ten times as many on, presence counts in full."""


def logit(p: float) -> float:
    p = min(max(p, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


_LEAST = 1e-6


def sureness(p: float) -> float:
    """Bring a probability that a network gives on a scale from just above `UNREAD` to 1, even between sure and very sure."""
    return (min(max(logit(p), -_SURE), _SURE) + _SURE + 0.5) / (2 * _SURE + 0.5)


_SURE = 6.0


def _logistic(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def presence(found: Found) -> float:
    """Estimate the probability that the library answers a question at all, from how well its best passages fit and what was read in them."""
    fitted = weights().presence if found.here == UNREAD else weights().read
    assert fitted is not None
    strength = found.strength
    return _probability(fitted, {"matched": strength.characters, "worded": strength.words, "ahead": strength.ahead, "here": found.here})


def _probability(fitted: Weights, described: Mapping[str, float]) -> float:
    return _logistic(fitted.bias + sum(fitted.weights.get(name, 0.0) * value for name, value in described.items()))
