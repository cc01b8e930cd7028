"""The shipped encoder's tokenizer over again, for a question: the unigram model that `index.training.vocabulary` makes.

The library `tokenizers` takes 60 MB and .3 s to open 60,000 pieces, and is there for splitting a million passages. A question has forty
characters: a dictionary and a loop split it into the same pieces in a tenth of a millisecond. Kudo, "Subword Regularization" (2018).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from typing import Any

_FORM: Mapping[str, Any] = {
    "truncation": None, "padding": None, "added_tokens": [], "post_processor": None,
    "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]},
    "pre_tokenizer": {"type": "Split", "pattern": {"Regex": r"[\p{Han}〇]+|[0-9]+|[a-z]+"}, "behavior": "Removed", "invert": True},
}  # fmt: skip
"""What a tokenizer has to be, beside its pieces."""

_RUNS = re.compile("[\u3007\u3400-\u4db5\u4e00-\u9fa5]+|[0-9]+|[a-z]+")
_RARE = re.compile("[\u3005\u3021-\u3029\u3038-\u303b\u2e80-\u2fdf\u4db6-\u4dbf\u9fa6-\u9fff\uf900-\ufaff\ud800-\udfff]|[^\x00-\uffff]")
"""Characters of which releases of Unicode say different things: a text with one is left to the library."""

_UNKNOWN, _PENALTY = 0, 10.0


class Pieces:
    """Pieces with their scores, in the order of their ids; 0 stands for what no piece covers. Never modified."""

    def __init__(self, vocabulary: Sequence[tuple[str, float]]) -> None:
        self._ids = {piece: number for number, (piece, _) in enumerate(vocabulary)}
        self._scores = array("d", (score for _, score in vocabulary))
        self._longest = max(map(len, self._ids))
        self._unknown = min(self._scores) - _PENALTY

    @classmethod
    def of(cls, definition: Mapping[str, Any]) -> Pieces | None:
        """Read a `tokenizer.json`; None for one of another kind."""
        model: Any = definition.get("model")
        if not isinstance(model, dict) or any(definition.get(name) != wanted for name, wanted in _FORM.items()):
            return None
        if (model.get("type"), model.get("unk_id"), model.get("byte_fallback")) != ("Unigram", _UNKNOWN, False):
            return None
        return cls(model["vocab"])

    def ids(self, text: str) -> list[int] | None:
        """Split into pieces as `tokenizers` does; None for a text that only the library can be trusted with."""
        folded = unicodedata.normalize("NFKC", text).lower()
        if _RARE.search(folded):
            return None
        return [number for run in _RUNS.findall(folded) for number in self._split(run)]

    def _split(self, run: str) -> list[int]:
        """Find the likeliest split, from the best one up to each character on."""
        size = len(run)
        best, starts, numbers = [0.0] * (size + 1), [-1] * (size + 1), [_UNKNOWN] * (size + 1)
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(start + self._longest, size) + 1):
                number = self._ids.get(run[start:end])
                if number is None and end > start + 1:
                    continue
                score = here + (self._unknown if number is None else self._scores[number])
                if starts[end] < 0 or score > best[end]:
                    best[end], starts[end], numbers[end] = score, start, _UNKNOWN if number is None else number
        found: list[int] = []
        end = size
        while end > 0:
            # A row of unknown characters is one unknown piece.
            if numbers[end] != _UNKNOWN or found[-1:] != [_UNKNOWN]:
                found.append(numbers[end])
            end = starts[end]
        return found[::-1]
