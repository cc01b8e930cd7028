"""Judge a draft: how likely it is right, and whether to answer at all.

The probability is a logistic function of few features of the evidence. Its weights are data with a version (`confidence.json`),
fitted by `python -m eval.calibrate` on questions with known answers; an answer less probable than the threshold becomes a refusal.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.draft import Draft
from assistant.query import Query
from assistant.terms import NEAR_WORD, Term
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
     scoped: the question names one document, by place or title.
    """
    total = sum(t.weight for t in query.terms) or 1.0
    known = [t for t in query.terms if t.known]
    known_weight = sum(t.weight for t in known) or 1.0
    required = sum(t.weight for t in query.terms if t.required) or 1.0
    held = {t.text: t.cover(covered) for t in query.terms}
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
        "bare": float(not query.terms),
        "follow_up": float(query.follow_up),
    }
    for kind in FREE_TEXT:
        described[kind] = float(draft.kind == kind and not draft.exact)
    return described


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
