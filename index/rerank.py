"""A second opinion on the best candidates: whatever reads question and passage together.

A reranker sees a few passages, so it may be slow. With the program comes a small network of our own (`index.reranker`); a cross-encoder of
sentence-transformers can take its place, and so can anything with what `Reranker` names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np

from corpus.errors import ConfigError, MissingExtra
from index.types import FloatArray

CANDIDATES = 20
"""Passages that are looked at a second time; the others keep their order behind them."""

SHIPPED = "shipped"
"""The setting that names our own network."""

Found = TypeVar("Found")


class Reranker(Protocol):
    """Judges how well passages answer a question.

    name identifies model and version.  weight: what a score counts beside that of the search, 0.0 to decide alone.
    """

    @property
    def name(self) -> str: ...

    @property
    def weight(self) -> float: ...

    def score(self, question: str, texts: Sequence[str]) -> FloatArray:
        """Return float32 (n,), higher is better; only the order of scores of one call counts."""
        ...


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers, a folder or the name of one that is already on this machine."""

    weight = 0.0

    def __init__(self, name: str) -> None:
        """Load the model; nothing is fetched. Raises MissingExtra without the library, ConfigError when it is not there."""
        try:
            from sentence_transformers import CrossEncoder
        except ImportError:
            raise MissingExtra(
                "missing_extra", "没有安装 sentence-transformers", "请运行 pip install sentence-transformers"
            ) from None
        try:
            self._model: Any = CrossEncoder(name, device="cpu", local_files_only=True, num_labels=1)
        except (OSError, ValueError) as error:
            raise ConfigError("bad_setting", f"重排模型 {name} 打不开({error})", "请给出已下载模型的文件夹") from error
        digest = hashlib.sha256()
        for part, tensor in sorted(self._model.state_dict().items()):
            digest.update(f"{part} {tuple(tensor.shape)} {float(tensor.float().sum()):.6e}\n".encode())
        self.name = f"cross-encoder-{digest.hexdigest()[:12]}"

    def score(self, question: str, texts: Sequence[str]) -> FloatArray:
        if not texts:
            return np.zeros(0, dtype=np.float32)
        scores = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return np.asarray(scores, dtype=np.float32).reshape(len(texts))


def open_reranker(setting: str) -> Reranker | None:
    """Open the reranker that `setting` names: SHIPPED, a folder or model name; None for ""."""
    from index.reading.files import MEASURES_FILE
    from index.reranker import RERANKER, NetworkReranker

    if not setting:
        return None
    folder = RERANKER if setting == SHIPPED else Path(setting)
    return NetworkReranker.open(folder) if setting == SHIPPED or (folder / MEASURES_FILE).is_file() else CrossEncoderReranker(setting)


def reranked(
    reranker: Reranker,
    question: str,
    found: Sequence[tuple[Found, str]],
    *,
    before: Sequence[float] = (),
    candidates: int = CANDIDATES,
) -> list[Found]:
    """Put the first `candidates` of (thing found, its text) in the reranker's order, equal scores as they were.

    before: scores of the search; to them a reranker with a weight adds its own, which are of no use alone.
    """
    first = found[:candidates]
    scores = reranker.score(question, [text for _, text in first])
    if reranker.weight and before:
        scores = np.asarray(before[: len(first)], dtype=np.float32) + np.float32(reranker.weight) * scores
    order = sorted(range(len(first)), key=lambda at: -float(scores[at]))
    return [first[at][0] for at in order] + [thing for thing, _ in found[candidates:]]
