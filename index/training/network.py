"""The trainable form of the encoder: a token's vector is made of its own, its characters' and its pairs of characters'.

Bojanowski et al., "Enriching Word Vectors with Subword Information" (2017): what is learnt of 消防 serves 消防站, which the pairs
hardly ever show. When training is done every token's sum is written out, so that the shipped encoder is one flat table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from index.types import FloatArray

BETAS = (0.9, 0.99)
EPSILON = 1e-8
UNIT_START = 0.1
"""Length at which the vectors of characters and pairs start, so that they do not drown what the tokens start with."""


@dataclass(slots=True)
class Rows:
    """A table of which each step touches few rows, with Adam's two moments for those rows alone."""

    value: torch.Tensor
    first: torch.Tensor = field(init=False)
    second: torch.Tensor = field(init=False)
    steps: torch.Tensor = field(init=False)

    def __post_init__(self) -> None:
        self.first = torch.zeros_like(self.value)
        self.second = torch.zeros_like(self.value)
        self.steps = torch.zeros(len(self.value))

    def leaf(self, rows: torch.Tensor) -> torch.Tensor:
        """Give these rows as a leaf that collects gradients."""
        return self.value[rows].requires_grad_()

    def update(self, rows: torch.Tensor, leaf: torch.Tensor, rate: float) -> None:
        """Take one step of Adam in these rows."""
        gradient = leaf.grad
        assert gradient is not None
        steps = self.steps[rows] + 1
        first = self.first[rows].lerp_(gradient, 1 - BETAS[0])
        second = self.second[rows].mul_(BETAS[1]).addcmul_(gradient, gradient, value=1 - BETAS[1])
        shape = (-1,) + (1,) * (self.value.dim() - 1)
        unbiased = first / (1 - BETAS[0] ** steps).view(shape)
        spread = (second / (1 - BETAS[1] ** steps).view(shape)).sqrt_().add_(EPSILON)
        self.value[rows] -= rate * unbiased / spread
        self.first[rows], self.second[rows], self.steps[rows] = first, second, steps

    def parts(self) -> dict[str, torch.Tensor]:
        return {"value": self.value, "first": self.first, "second": self.second, "steps": self.steps}


def units_of(piece: str) -> list[str]:
    """Give what a token is made of: its characters and, for longer words, its pairs of characters."""
    if len(piece) < 2 or piece.isascii():
        return []
    pairs = [piece[at : at + 2] for at in range(len(piece) - 1)] if len(piece) > 2 else []
    return [*piece, *pairs]


@dataclass(frozen=True, slots=True)
class Batch:
    """Token ids of n questions and their n passages. groups: int64 (n,); of one group, no passage is another's negative."""

    questions: Sequence[NDArray[np.int64]]
    passages: Sequence[NDArray[np.int64]]
    groups: NDArray[np.int64]


class Network:
    """Token vectors in the making; ids of tokens are those of the tokenizer."""

    def __init__(
        self,
        pieces: Sequence[str],
        weights: FloatArray,
        vectors: FloatArray,
        *,
        seed: int,
        composed: bool,
        share: float = 1.0,
    ) -> None:
        """pieces: text of every token by id.  weights: float32 (tokens,), how much each counts in a mean at the start.
        vectors: float32 (tokens, dimension), where they start; rows of zeros start anywhere.  share: how much of the start that
        is, the rest is chance: words that keep the same company still have to be told apart.

        composed: whether characters and pairs take part; without, every token stands for itself.
        """
        units = [units_of(piece) if composed else [] for piece in pieces]
        known = {unit: at for at, unit in enumerate(dict.fromkeys(unit for found in units for unit in found))}
        self._unit_ids = torch.tensor([known[unit] for found in units for unit in found], dtype=torch.long)
        self._starts = torch.tensor(np.cumsum([0, *map(len, units)]), dtype=torch.long)
        generator = torch.Generator().manual_seed(seed)
        dimension = vectors.shape[1]
        chance = torch.randn(len(pieces), dimension, generator=generator) * dimension**-0.5
        start = torch.from_numpy(vectors.copy())
        mixed = share * start + (1 - share * share) ** 0.5 * chance
        self.tokens = Rows(torch.where(start.any(dim=1, keepdim=True), mixed, chance))
        self.units = Rows(torch.randn(max(len(known), 1), dimension, generator=generator) * dimension**-0.5 * UNIT_START)
        self.logs = Rows(torch.from_numpy(np.log(np.maximum(weights, 1e-4)).astype(np.float32)))
        self._tables = {"tokens": self.tokens, "units": self.units, "logs": self.logs}

    def table(self) -> FloatArray:
        """Write out the vector of every token, float32 (tokens, dimension)."""
        every = torch.arange(len(self.tokens.value))
        made = self._compose(every, self.tokens.value, self.logs.value, self.units.value, self._unit_rows(every))
        return np.asarray(made.numpy().copy(), dtype=np.float32)

    def step(self, batch: Batch, *, rate: float, scale: float, sizes: Sequence[int]) -> float:
        """Learn from one batch and give its loss.

        scale: what cosines are multiplied with before the softmax.  sizes: how many leading components have to do by
        themselves (Kusupati et al., "Matryoshka Representation Learning", 2022).
        """
        texts = [*batch.questions, *batch.passages]
        tokens, places = torch.unique(torch.from_numpy(np.concatenate(texts)), return_inverse=True)
        units, local = torch.unique(self._unit_rows(tokens), return_inverse=True)
        own, logs, inside = self.tokens.leaf(tokens), self.logs.leaf(tokens), self.units.leaf(units)
        offsets = torch.from_numpy(np.cumsum([0, *map(len, texts[:-1])]))
        table = self._compose(tokens, own, logs, inside, local)
        loss = _contrast(functional.embedding_bag(places, table, offsets, mode="sum"), batch, scale, sizes)
        loss.backward()  # type: ignore[no-untyped-call]
        with torch.no_grad():
            self.tokens.update(tokens, own, rate)
            self.logs.update(tokens, logs, rate)
            if len(units):
                self.units.update(units, inside, rate)
        return float(loss.detach())

    def state(self) -> dict[str, torch.Tensor]:
        """Give all that a checkpoint needs, by name."""
        return {f"{name}.{part}": tensor for name, table in self._tables.items() for part, tensor in table.parts().items()}

    def load(self, state: dict[str, torch.Tensor]) -> None:
        """Take up what `state` gave."""
        for name, table in self._tables.items():
            for part, tensor in table.parts().items():
                tensor.copy_(state[f"{name}.{part}"])

    def _compose(
        self, tokens: torch.Tensor, own: torch.Tensor, logs: torch.Tensor, inside: torch.Tensor, local: torch.Tensor
    ) -> torch.Tensor:
        """Make the vectors of `tokens`, (n, dimension).  local: for each unit of each token its row in `inside`."""
        counts = self._starts[tokens + 1] - self._starts[tokens]
        offsets = torch.cumsum(counts, 0) - counts
        made = own + functional.embedding_bag(local, inside, offsets, mode="mean") if len(local) else own
        return made * logs.exp().unsqueeze(1)

    def _unit_rows(self, tokens: torch.Tensor) -> torch.Tensor:
        """Give the unit ids of `tokens`, one token after the other."""
        starts = self._starts[tokens]
        counts = self._starts[tokens + 1] - starts
        first = torch.repeat_interleave(starts - (torch.cumsum(counts, 0) - counts), counts)
        return self._unit_ids[first + torch.arange(int(counts.sum()))]


def _contrast(made: torch.Tensor, batch: Batch, scale: float, sizes: Sequence[int]) -> torch.Tensor:
    """Cross-entropy of finding each question's own passage among all, and each passage's own question, over all sizes."""
    n = len(batch.questions)
    groups = torch.from_numpy(batch.groups)
    alike = groups.unsqueeze(1) == groups.unsqueeze(0)
    alike[torch.arange(n), torch.arange(n)] = False
    wanted = torch.arange(n)
    total = made.new_zeros(())
    for size in sizes:
        unit = functional.normalize(made[:, :size], dim=1)
        scores = (scale * unit[:n] @ unit[n:].T).masked_fill(alike, -1e4)
        total = total + functional.cross_entropy(scores, wanted)
        total = total + functional.cross_entropy(scores.T, wanted) * 0.5
    return total / len(sizes)
