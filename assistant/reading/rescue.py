"""Answers where the rules refuse for want of evidence: what the network reads in the best passages, if it is sure enough.

The rules refuse so where no clause covers enough of the question, most often because the text says it in other words. A refusal with a reason
of its own (no such place, the attribute is not written, the premise is wrong) stands: there the network mostly reads a neighbour's value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.confidence import telling
from assistant.answering.draft import Draft
from assistant.compose.texts import clean
from assistant.question.query import Query
from assistant.reading.offers import Offer
from corpus.text import fold

UNREAD = frozenset(("contact", "meta", "reverse", "count", "mentions", "compare", "yesno", "definition"))
"""Kinds that facts, counting, several clauses or a judgement answer, and what a term means, of which any sentence with the term looks like the answer."""

TYPED = frozenset(("lead", "support", "deadline", "number"))
"""Kinds whose answer is the span itself, of a form that can be checked."""

SURE = 0.5
"""What the probabilities of the span and of an answer being there come to, multiplied. From 0.4 to 0.7 right answers and near misses fall from 6 and 4 to 3 and 2."""
OWN, AROUND = 0.2, 0.4
"""Shares of the question that the sentence has to cover by itself, and with its passage, headings and title."""
RIGHT = 0.7
"""The confidence of what is taken: between the share of it that was right on questions alone (five of six) and with near misses among them (five of nine)."""
HELD = 0.5
"""Cover of a word that the passage says, itself or as a synonym."""
FITS = 0.5
"""What `fit` of an offer is where no form is known; a span of another form than that asked for has less."""


def readable(query: Query) -> bool:
    """May a span of one passage answer? Questions in English are of other words than the passages, and one that goes on from another is no whole one."""
    return query.language != "en" and not query.follow_up and query.kind not in UNREAD


def rescued(query: Query, offered: Sequence[Offer]) -> tuple[Offer, float] | None:
    """Give the surest offer that may answer, as short as the question asks, with its probability; None where there is none."""
    fit = [(sure, offer) for offer in offered if (sure := offer.sight.score * offer.sight.present) >= SURE and _fitting(query, offer)]
    if not fit:
        return None
    _, offer = max(fit, key=lambda pair: pair[0])
    return replace(offer, draft=_told(query, offer)), RIGHT


def _fitting(query: Query, offer: Offer) -> bool:
    features = dict(offer.features)
    told = features["own"] >= OWN and features["around"] >= AROUND and _names_the_matter(query, offer)
    return told and features["whole"] == 1 and features["fit"] >= FITS


def _names_the_matter(query: Query, offer: Offer) -> bool:
    """Does the passage with its headings hold half of the words that say most about what is asked? Else it is of the same form about something else."""
    window = offer.sight.window
    text = fold(" ".join((window.span.of(window.document.text), *window.path, window.document.title)))
    words = telling(query)
    return 2 * sum(word.cover(text) >= HELD for word in words) >= len(words)


def _told(query: Query, offer: Offer) -> Draft:
    """Say the span alone where a value is asked for, else its sentence."""
    if query.kind not in TYPED:
        return offer.draft
    return replace(offer.draft, text=clean(offer.sight.span.of(offer.sight.window.document.text)))
