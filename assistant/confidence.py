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

WEIGHTS_FILE = Path(__file__).with_name("confidence.json")
FREE_TEXT = ("yesno", "compare", "measure", "list", "other")


@dataclass(frozen=True, slots=True)
class Verdict:
    """probability in (0, 1).  features: name and value, as the weights take them."""

    probability: float
    features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    version: str
    bias: float
    weights: Mapping[str, float]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Read the shipped weights."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return Weights(stored["version"], stored["bias"], stored["weights"])


def features(query: Query, draft: Draft, covered: str, margin: float = 0.0) -> dict[str, float]:
    """Describe the evidence in numbers from 0 to 1.

    covered: folded text of the evidence with heading paths and titles.
    coverage: share of the question the best evidence covers, by place (`evidence`).  known: share of the words the library has at
    all that the evidence holds anywhere.  strange: weight of things asked for that the documents asked about never mention.  missing: weight
    of things the library has but the evidence lacks.  margin: how far the best clause stands out from those of other passages.
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
        "margin": min(margin * 3, 1.0),
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


def judge(query: Query, draft: Draft, covered: str, margin: float = 0.0) -> Verdict:
    """Estimate the probability that the draft is right."""
    described = features(query, draft, covered, margin)
    fitted = weights()
    z = fitted.bias + sum(fitted.weights.get(name, 0.0) * value for name, value in described.items())
    return Verdict(1 / (1 + math.exp(-z)), tuple(described.items()))
