"""The shipped reranker: a network like the reader's, smaller, that says how well a passage answers; NumPy alone.

It takes the place of a cross-encoder behind the protocol of `index.rerank`. Trained by `make train-reranker`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.reading.features import Analysed
from index.reading.files import read_parts
from index.reading.network import Network
from index.types import FloatArray

RERANKER = Path(__file__).with_name("model") / "reranker"
"""The network that is shipped with the program."""

QUESTION, PASSAGE = 64, 256
"""Characters that are read: the last of a question, the first of a passage."""


class NetworkReranker:
    """An open network. May be shared between threads. weight: what a score counts beside that of the search, fitted."""

    def __init__(self, network: Network, analyse: Callable[[str], Analysed], weight: float, name: str) -> None:
        self._network = network
        self._analyse = analyse
        self.weight = weight
        self.name = name

    @classmethod
    def open(cls, folder: Path = RERANKER) -> NetworkReranker:
        """Open a folder that `make train-reranker` wrote. Raises ConfigError when it is missing, damaged or of another format."""
        parts = read_parts(folder, "reranker")
        return cls(
            Network(parts.shape, parts.weights), parts.lexicon.analyser(), float(parts.scale["weight"]), f"reranker-{parts.digest[:12]}"
        )

    def score(self, question: str, texts: Sequence[str]) -> FloatArray:
        """Return float32 (n,), higher is better; 0.0 for an empty question or passage."""
        asked = self._analyse(question.strip()[-QUESTION:])
        passages = [self._analyse(text[:PASSAGE]) for text in texts]
        scores = [self._network.relevance(asked, one) if len(asked) and len(one) else 0.0 for one in passages]
        return np.array(scores, dtype=np.float32)
