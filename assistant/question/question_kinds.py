"""A second opinion on what kind of answer a question wants, learned from questions whose kind is known.

The rules of `kinds` know the cues that somebody thought of; other people ask in other words. Here every run of one to four characters of the
question speaks for or against each kind (multinomial logistic regression, fitted by `eval.question_kinds`), beside what the rules say. The
rules stand unless another kind is clearly likelier. On question sets that took no part in fitting, the rules name the kind of 78 %, both
together of 86 %; `question_kinds.json` holds the weights, in hundredths.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from assistant.lexicon.cues import LEADS, SUPPORTS
from assistant.question.query import Query

WEIGHTS_FILE = Path(__file__).with_name("question_kinds.json")

LONGEST = 4
"""Characters of the longest run that is looked at."""
LIKELY, UNLIKELY = 0.5, 0.3
"""A kind from this probability on is taken instead of that of the rules, where that one has no more than the second."""
POSSIBLE = 0.25
"""Probability from which a kind is tried where the documents have no answer of the first one."""
_SHORTEST = 6
"""Characters; what is shorter is a follow-up, whose kind the conversation tells."""
_ATTRIBUTES = frozenset(("lead", "support", "deadline", "number"))
_FIXED = frozenset(("mentions", "meta", "yesno", "compare"))
"""Kinds of the rules that stand: no question set has the one, and the cues of the others (主任是谁, 行不行, 有什么区别) leave no doubt."""
_OF_WHOM = re.compile(rf"{LEADS}|{SUPPORTS}|\d[年月]|[年月]底")
"""Words of a question for the tasks of somebody or some time; 方案有哪些任务 asks for a list."""


@dataclass(frozen=True, slots=True)
class Weights:
    """kinds: K names.  runs, rules: for each run of characters and each kind of the rules K weights, in hundredths.  bias: K weights."""

    kinds: tuple[str, ...]
    runs: dict[str, list[int]]
    rules: dict[str, list[int]]
    bias: list[int]


@lru_cache(maxsize=1)
def weights() -> Weights:
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return Weights(tuple(stored["kinds"]), stored["runs"], stored["rules"], stored["bias"])


def runs_of(folded: str) -> Iterator[str]:
    """Give every run of one to four characters of a folded question; its beginning and end count as characters, its figures as one 0."""
    text = "^" + re.sub(r"\d+", "0", re.sub(r"\s", "", folded)).rstrip("。?!") + "$"
    for length in range(1, LONGEST + 1):
        yield from (text[at : at + length] for at in range(len(text) - length + 1))


def probabilities(folded: str, ruled: str) -> dict[str, float]:
    """How likely each kind is. ruled: the kind by the rules."""
    known = weights()
    spoken = [known.bias, known.rules.get(ruled, ())]
    spoken += [known.runs[run] for run in set(runs_of(folded)) if run in known.runs]
    sums = [sum(column) / 100 for column in zip(*filter(None, spoken), strict=True)]
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    return {kind: power / sum(powers) for kind, power in zip(known.kinds, powers, strict=True)}


@dataclass(frozen=True, slots=True)
class Reading:
    """kind: what is asked for.  wants: the attributes asked for, in order.  others: kinds it may be as well, the likeliest first."""

    kind: str
    wants: tuple[str, ...]
    others: tuple[str, ...] = ()


def reconsidered(folded: str, ruled: str, wants: tuple[str, ...], *, named: bool = True) -> Reading:
    """Read a question's kind once more. ruled, wants: its kind and the attributes asked for by the rules.  named: does it name an office?"""
    if len(folded) < _SHORTEST or ruled in _FIXED:
        return Reading(ruled, wants)
    likely = probabilities(folded, ruled)
    if not named and not _OF_WHOM.search(folded):
        likely["reverse"] = 0.0
    kind = chosen(ruled, likely)
    if kind in wants:
        kind = ruled
    others = [other for other in likely if likely[other] >= POSSIBLE and other not in (kind, *wants)]
    tried = tuple(sorted(others, key=lambda other: -likely[other]))
    return Reading(ruled, wants, tried) if kind == ruled else Reading(kind, _attributes(kind), (ruled, *(other for other in tried if other != ruled)))


def chosen(ruled: str, likely: Mapping[str, float]) -> str:
    """Choose between the kind of the rules and the likeliest. likely: probabilities by kind."""
    kind = max(likely, key=likely.__getitem__)
    return kind if likely[kind] >= LIKELY and likely.get(ruled, 0.0) <= UNLIKELY else ruled


def asked_for(query: Query, kind: str) -> Query:
    """Give a question as one that wants an answer of another kind."""
    return replace(query, kind=kind, claim=kind == "yesno", demands=replace(query.demands, kinds=_attributes(kind)))


def _attributes(kind: str) -> tuple[str, ...]:
    return (kind,) if kind in _ATTRIBUTES else ()
