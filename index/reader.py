"""A small network that reads a passage for the answer to a question: the span, and how likely it and "not here" are.

Trained from nothing by `make train-reader`; run with NumPy alone, a few milliseconds for a passage of 400 characters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.reading.features import Analysed
from index.reading.files import read_parts
from index.reading.network import Network
from index.reading.spans import Scale, best_span

Analyse = Callable[[str], Analysed]

READER = Path(__file__).with_name("model") / "reader"
"""The network that is shipped with the program."""

QUESTION = 64
"""Characters of a question that are read, the last ones: the topic comes first, what is asked last."""

WINDOW, STRIDE = 800, 500
"""Longer passages are read in windows that overlap."""

RECENT = 32
"""Readings that are kept: the parts of one question, and like documents that it is asked of in turn, are about the same passages."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one passage says. start, end: half-open range of its characters.  score: probability of that span, no_answer: of there
    being none in this passage; both from 0 to 1. An empty question or passage gives (0, 0, 0.0, 1.0).
    """

    start: int
    end: int
    score: float
    no_answer: float


NOTHING = Reading(0, 0, 0.0, 1.0)


class Reader:
    """An open network. May be shared between threads. name identifies the weights."""

    def __init__(self, network: Network, analyse: Analyse, scale: Scale, name: str) -> None:
        self._network = network
        self._analyse = analyse
        self._scale = scale
        self._reading = lru_cache(maxsize=RECENT)(self._read)
        self.name = name

    @classmethod
    def open(cls, folder: Path = READER) -> Reader:
        """Open a folder that `make train-reader` wrote. Raises ConfigError when it is missing, damaged or of another format."""
        parts = read_parts(folder, "reader")
        scale = Scale(float(parts.scale["heat"]), float(parts.scale["absent"]))
        return cls(Network(parts.shape, parts.weights), parts.lexicon.analyser(), scale, f"reader-{parts.digest[:12]}")

    def read(self, question: str, passages: Sequence[str]) -> tuple[Reading, ...]:
        """Read every passage for the answer, in the order given."""
        asked = question.strip()[-QUESTION:]
        return tuple(self._reading(asked, text) for text in passages)

    def _read(self, question: str, text: str) -> Reading:
        if not question or not text.strip():
            return NOTHING
        asked, passage = self._analyse(question), self._analyse(text)
        found = [self._window(asked, passage, start) for start in window_starts(len(passage))]
        return max(found, key=lambda reading: (reading.score, -reading.start))

    def _window(self, asked: Analysed, passage: Analysed, first: int) -> Reading:
        logits = self._network.read(asked, passage.part(first, first + WINDOW))
        start, end, score, absent = best_span(logits, self._scale)
        return Reading(first + start, first + end, score, absent)


def window_starts(size: int) -> range:
    """Give where the windows of a passage begin; one for all that fits."""
    return range(0, max(size - WINDOW, 0) + STRIDE, STRIDE) if size > WINDOW else range(1)
