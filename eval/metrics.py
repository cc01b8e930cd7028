"""Judge replies: the answer rule, the citation rule, and how far a confidence can be trusted.

Answers are compared by contained strings, not as a whole: a short answer and a full sentence that names the same unit
are both right. Calibration follows Guo et al. 2017 (expected calibration error) and El-Yaniv & Wiener 2010
(risk–coverage).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.types import Answer, Citation
from eval.types import LIST_KINDS, CitationScore, Question

LONGEST_ANSWER = 600
LONGEST_LIST = 1500
GUARDED_DIGITS = 4
"""A run of up to so many digits at the edge of a wanted string must not touch a further digit (5% is not in 95%)."""

Groups = Sequence[Sequence[str]]


# ---------------------------------------------------------------- answer rule


@lru_cache(maxsize=4096)
def _reduced(text: str) -> tuple[str, tuple[int, ...]]:
    """Give the characters that count and, for each, its place in the NFKC text."""
    text = unicodedata.normalize("NFKC", text).casefold()
    kept = [(c, at) for at, c in enumerate(text) if _counts(text, at)]
    return "".join(c for c, _ in kept), tuple(at for _, at in kept)


def _counts(text: str, at: int) -> bool:
    character = text[at]
    if character == "%":
        return True
    if character == "." and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit():
        return True
    return unicodedata.category(character)[0] not in "ZCP"


def normalize(text: str) -> str:
    """Reduce `text` to what is compared: NFKC, case folded, no white space, control or punctuation characters.

    `%` stays, and so does `.` between two digits.
    """
    return _reduced(text)[0]


def contains(haystack: str, needle: str) -> bool:
    """Say whether `needle` occurs in `haystack` once both are normalized, without cutting a number in two."""
    hay, places = _reduced(haystack)
    wanted = normalize(needle)
    if not wanted:
        return False
    guard_left = 0 < _digits(wanted) <= GUARDED_DIGITS
    guard_right = 0 < _digits(wanted[::-1]) <= GUARDED_DIGITS

    def cuts(at: int) -> bool:
        """Are the characters before and at `at` two digits that touched in the text as well?"""
        return 0 < at < len(hay) and hay[at - 1].isdigit() and hay[at].isdigit() and places[at] == places[at - 1] + 1

    at = hay.find(wanted)
    while at >= 0:
        if not (guard_left and cuts(at)) and not (guard_right and cuts(at + len(wanted))):
            return True
        at = hay.find(wanted, at + 1)
    return False


def _digits(text: str) -> int:
    """Count the decimal digits that `text` starts with."""
    return next((n for n, c in enumerate(text) if not c.isdecimal()), len(text))


def groups_met(answer: str, groups: Groups) -> tuple[bool, ...]:
    """Say for each group whether the answer contains one of its strings."""
    return tuple(any(contains(answer, wanted) for wanted in group) for group in groups)


def fault_of(question: Question, answer: str, *, refused: bool = False) -> str:
    """Name what is wrong with a reply; "" when it passes the answer rule.

    One of "wrongly_refused", "missing: …", "forbidden: …", "too_long: n", "answered_unanswerable".
    """
    if not question.answerable:
        corrected = bool(question.accept) and all(groups_met(answer, question.accept))
        return "" if refused or corrected else "answered_unanswerable"
    if refused:
        return "wrongly_refused"
    missing = [group[0] for group, met in zip(question.must, groups_met(answer, question.must), strict=True) if not met]
    if missing:
        return f"missing: {'; '.join(missing)}"
    if len(answer) > (LONGEST_LIST if question.kind in LIST_KINDS else LONGEST_ANSWER):
        return f"too_long: {len(answer)}"
    forbidden = [text for text in question.must_not if contains(answer, text)]
    return f"forbidden: {'; '.join(forbidden)}" if forbidden else ""


def score_answer(question: Question, answer: str, *, refused: bool = False) -> bool:
    """Say whether a reply passes the answer rule."""
    return not fault_of(question, answer, refused=refused)


# ---------------------------------------------------------------- citation rule


def covers_half(passage: str, quote: str) -> bool:
    """Say whether a common substring covers at least half of the normalized quote.

    A common substring of that length exists exactly when one window of that length occurs: O(len(quote) len(passage)).
    """
    hay, wanted = normalize(passage), normalize(quote)
    if not wanted:
        return False
    size = (len(wanted) + 1) // 2
    return any(wanted[at : at + size] in hay for at in range(len(wanted) - size + 1))


def is_valid(citation: Citation, texts: Mapping[str, str]) -> bool:
    """Say whether the cited words stand in the named document. texts: document name -> its text."""
    return bool(citation.quote) and citation.quote in texts.get(citation.doc, "")


def score_citations(question: Question, answer: Answer, texts: Mapping[str, str]) -> CitationScore:
    """Measure validity, recall and precision of the citations of one reply. texts: document name -> its text."""
    cited = answer.citations
    valid = [citation for citation in cited if is_valid(citation, texts)]
    if not question.answerable or not question.evidence:
        return CitationScore(len(valid), len(cited), None, None)
    elsewhere = any(_states_shared_fact(question, citation) for citation in valid)
    hit = [elsewhere or any(_hits(citation, n, question) for citation in valid) for n in range(len(question.evidence))]
    right = sum(_supports(question, answer.answer, citation) for citation in valid)
    return CitationScore(len(valid), len(cited), sum(hit) / len(hit), right / len(cited) if cited else None)


def _hits(citation: Citation, n: int, question: Question) -> bool:
    wanted = question.evidence[n]
    return citation.doc == wanted.doc and covers_half(citation.quote, wanted.quote)


def _states_shared_fact(question: Question, citation: Citation) -> bool:
    """Two documents state the fact, the quotes are from one of them: the other one is as good."""
    if citation.doc not in question.docs or any(citation.doc == quote.doc for quote in question.evidence):
        return False
    return all(groups_met(citation.quote, question.must))


def _supports(question: Question, answer: str, citation: Citation) -> bool:
    if any(_hits(citation, n, question) for n in range(len(question.evidence))):
        return True
    if citation.doc not in question.docs:
        return False
    return any(contains(answer, text) and contains(citation.quote, text) for group in question.must for text in group)


# ---------------------------------------------------------------- confidence


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """Give the mean gap between confidence and accuracy over equally wide bins, weighted by their size; in [0, 1]."""
    if not confidences:
        return 0.0
    boxes: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, is_right in zip(confidences, right, strict=True):
        boxes[min(int(confidence * bins), bins - 1)].append((confidence, is_right))
    gaps = (abs(sum(c for c, _ in box) - sum(r for _, r in box)) for box in boxes)
    return sum(gaps) / len(confidences)


def auroc(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """Give the chance that a right reply is more confident than a wrong one, ties counting half.

    None when all are right or all are wrong. O(n²), n is the number of questions.
    """
    pairs = list(zip(confidences, right, strict=True))
    above = [c for c, is_right in pairs if is_right]
    below = [c for c, is_right in pairs if not is_right]
    if not above or not below:
        return None
    wins = sum((a > b) + 0.5 * (a == b) for a in above for b in below)
    return wins / (len(above) * len(below))


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """Give (coverage, risk) for every number of replies kept, the most confident first; both in [0, 1]."""
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points: list[tuple[float, float]] = []
    wrong = 0
    for kept, (_, is_right) in enumerate(ordered, 1):
        wrong += not is_right
        points.append((kept / len(ordered), wrong / kept))
    return tuple(points)


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that `share` (in [0, 1]) of the values do not exceed, interpolated; 0.0 for no values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
