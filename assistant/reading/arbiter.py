"""Who is believed, the rules or the network: a second look at the answer of the rules, with what was read in the passage they cite.

On documents nobody has worked on the rules find the right passage far more often than the right words in it. Where the network points to
other words there and is sure, the sentence with them is the better answer more often than not. How likely an offer is right is a logistic
function, whose weights are data with a version (`arbiter.json`), fitted by `eval/arbitration.py`; weighing it against the probability of the
answer was tried and told nothing more.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from assistant.question.query import Query
from assistant.reading.offers import Offer
from assistant.types import Answer
from corpus.text import fold
from corpus.types import Span

WEIGHTS_FILE = Path(__file__).with_name("arbiter.json")

UNREAD = frozenset(("contact", "meta", "reverse", "count", "mentions", "compare", "yesno", "deadline"))
"""Kinds that facts, counting, several clauses side by side or a judgement answer: no single span does."""

_NUMBER = re.compile(r"^\d+\. ")

SAID = 0.2
"""Share of the question that a sentence has to cover by itself."""

SURE = 0.5
"""What `sure` of a reading has to come to; with 0.7 half of what is gained is lost, below the first losses come."""


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Read the shipped weights of the features of offers, with their "bias"."""
    stored: Mapping[str, float] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["weights"]
    return stored


def readable(query: Query) -> bool:
    """May a span of one passage answer? Questions in English are of other words than the passages, and one that goes on from another is no whole one."""
    return query.language != "en" and not query.follow_up and query.kind not in UNREAD


def open_to_doubt(given: Answer) -> bool:
    """Is it an answer from one document, and no list? A refusal stands; several documents or items no reading holds."""
    return given.status == "answered" and not _NUMBER.match(given.answer) and len({citation.document_id for citation in given.citations}) == 1


def cited(given: Answer, document: str, span: Span) -> bool:
    """Does an answer cite something of a stretch of a document?"""
    return any(c.document_id == document and c.start < span.end and span.start < c.end for c in given.citations)


def better(given: Answer, offered: Sequence[Offer]) -> tuple[Offer, float] | None:
    """Give the likeliest offer that may be taken instead of the answer of the rules, with the probability that it is right; None where there is none.

    given: the answer of the rules.  offered: in any order.
    """
    fit = [offer for offer in offered if fitting(given, offer)]
    return max(((offer, likely(offer)) for offer in fit), key=lambda pair: pair[1], default=None)


def fitting(given: Answer, offer: Offer) -> bool:
    """May an offer be taken instead of an answer at all?

    Only where the rules answer from one document, with a passage in which the network reads something else than they say: that they found the
    passage is seldom wrong, what they took out of it often is. What is offered has to say itself what it is about, so no bare cells of a
    table and no opening of a list, and to be what the guards of answers ask for. A text that is no typed fact is only widened; a list that was
    read item by item and a refusal stand.
    """
    told, said = _folded(offer.draft.text), _folded(given.answer)
    if not open_to_doubt(given) or not _beside(given, offer) or _agreed(given, offer) or told.endswith((":", "：")):
        return False
    features = dict(offer.features)
    sure = features["sure"] >= SURE and features["own"] >= SAID and features["whole"] == 1
    return sure and (_exact(given) or said in told)


def _agreed(given: Answer, offer: Offer) -> bool:
    """Is the span part of the answer, or the answer, each line by itself, part of the span?"""
    read = _folded(offer.sight.span.of(offer.sight.window.document.text))
    return read in _folded(given.answer) or all(_folded(line) in read for line in given.answer.splitlines())


def _beside(given: Answer, offer: Offer) -> bool:
    span, document = offer.sight.span, offer.sight.window.document
    return any(c.document_id == document.id and c.start <= span.start and span.end <= c.end for c in given.citations)


def _exact(given: Answer) -> bool:
    return float(dict(given.trace).get("exact", 0)) > 0


def likely(offer: Offer) -> float:
    """Estimate the probability that an offer is right."""
    fitted = weights()
    z = fitted["bias"] + sum(fitted[name] * value for name, value in offer.features)
    return 1 / (1 + math.exp(-z))


def _folded(text: str) -> str:
    return fold(text).strip("。;,.")
