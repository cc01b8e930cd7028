"""The reading network in torch, for training; `index/reading/network.py` computes the same with NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.reading.features import FEATURES, TAGS
from index.reading.shape import Shape


class Block(nn.Module):
    """Normalise, look left and right, gate, add: x (batch, n, width) -> the same."""

    def __init__(self, shape: Shape, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(shape.width)
        reach = (shape.kernel - 1) // 2 * dilation
        # As a picture of height 1, channels last: four times as fast as Conv1d on a CPU.
        self.look = nn.Conv2d(
            shape.width, shape.width, (1, shape.kernel), padding=(0, reach), dilation=(1, dilation), groups=shape.width
        )
        self.look.weight.data = self.look.weight.data.to(memory_format=torch.channels_last)
        self.gate = nn.Linear(shape.width, 2 * shape.width)
        self.told = nn.Linear(shape.width, 2 * shape.width, bias=False)
        nn.init.zeros_(self.told.weight)

    def forward(self, x: Tensor, mask: Tensor, told: Tensor | None, dropout: float) -> Tensor:
        y = self.norm(x) * mask
        y = self.look(y.transpose(1, 2).unsqueeze(2)).squeeze(2).transpose(1, 2)
        y = self.gate(y)
        if told is not None:
            y = y + self.told(told).unsqueeze(1)
        value, open_ = y.chunk(2, -1)
        return x + thinned(value * functional.relu(open_), dropout if self.training else 0.0, 1)


def thinned(x: Tensor, share: float, along: int) -> Tensor:
    """Drop whole components of a text (along 1) or whole characters (along 2); drawing for every number costs four times as much."""
    if not share:
        return x
    sizes = list(x.shape)
    sizes[along] = 1
    return x * (torch.rand(sizes) >= share).to(x.dtype).div_(1 - share)


class ReaderNetwork(nn.Module):
    """Question and passage in, logits of start and end for every character and for "not here" out."""

    def __init__(self, shape: Shape, vectors: Tensor) -> None:
        """vectors: (words + 1, shape.words), kept as they are; row 0 is of no word."""
        super().__init__()
        self.shape = shape
        self.register_buffer("vectors", vectors)
        width = shape.width
        self.characters = nn.Embedding(shape.characters, shape.embedding, padding_idx=1)
        nn.init.normal_(self.characters.weight, std=0.3)
        self.tags = nn.Embedding(len(TAGS), shape.tags)
        self.places = nn.Embedding(4, 4)
        self.mix = nn.Linear(shape.embedding + shape.tags + 4 + shape.words + FEATURES, width)
        self.below = nn.ModuleList(Block(shape, dilation) for dilation in shape.below)
        self.asked = nn.Linear(width, width)
        self.alike = nn.Linear(width, width, bias=False)
        self.weigh = nn.Linear(width, 1)
        self.sum = nn.Linear(width, 1)
        self.fuse = nn.Linear(5 * width + FEATURES, width)
        self.above = nn.ModuleList(Block(shape, dilation) for dilation in shape.above)
        self.whole = nn.Linear(2 * width, width)
        self.last = nn.LayerNorm(width)
        self.point = nn.Linear(width, 3 * shape.head)
        self.starts = nn.Linear(shape.head, 1)
        self.ends = nn.Linear(shape.head, 1)
        self.inside = nn.Linear(shape.head, 1)
        self.absent = nn.Linear(3 * width, width)
        self.none = nn.Linear(width, 2)

    def embed(self, side: dict[str, Tensor], dropout: float) -> Tensor:
        parts = [
            thinned(self.characters(side["rows"]), dropout, 2),
            self.tags(side["tags"]),
            self.places(side["places"]),
            thinned(self.vectors[side["words"]], dropout, 2),  # type: ignore[index]
            side["shared"],
        ]
        return self.mix(torch.cat(parts, -1))  # type: ignore[no-any-return]

    def encode(self, side: dict[str, Tensor], mask: Tensor, dropout: float) -> Tensor:
        x = self.embed(side, dropout if self.training else 0.0)
        for block in self.below:
            x = block(x, mask, None, dropout)
        return x

    def forward(self, question: dict[str, Tensor], passage: dict[str, Tensor], dropout: float = 0.0) -> dict[str, Tensor]:
        """Give logits: starts, ends (batch, n + 1), the first for "not here"; inside (batch, n)."""
        x, none, hide_p = self.met(question, passage, dropout)
        hands = functional.relu(self.point(x)).chunk(3, -1)
        starts, ends, inside = (
            head(hand).squeeze(-1).float() for head, hand in zip((self.starts, self.ends, self.inside), hands, strict=True)
        )
        return {
            "starts": torch.cat([none[:, :1], starts + hide_p], 1),
            "ends": torch.cat([none[:, 1:], ends + hide_p], 1),
            "inside": inside,
        }

    def relevance(self, question: dict[str, Tensor], passage: dict[str, Tensor], dropout: float = 0.0) -> Tensor:
        """Say how well each passage answers (batch,): the opposite of "not here"."""
        return -self.met(question, passage, dropout)[1].sum(-1)

    def met(self, question: dict[str, Tensor], passage: dict[str, Tensor], dropout: float) -> tuple[Tensor, Tensor, Tensor]:
        """Bring question and passage together: the last layer (batch, n, width), logits of "not here" (batch, 2), padding as -10000."""
        asked_mask = question["mask"].unsqueeze(-1)
        mask = passage["mask"].unsqueeze(-1)
        q = self.encode(question, asked_mask, dropout)
        p = self.encode(passage, mask, dropout)
        hide_q = (1 - question["mask"]) * -1e4
        hide_p = (1 - passage["mask"]) * -1e4
        likeness = torch.matmul(self.alike(p), q.transpose(1, 2)) * self.shape.width**-0.5
        likeness = likeness + self.weigh(q).transpose(1, 2)
        to_q = torch.softmax(likeness + hide_q.unsqueeze(1), -1)
        to_p = torch.softmax(likeness + hide_p.unsqueeze(2), 1)
        about = torch.matmul(to_q, q)
        back = torch.matmul(to_q, torch.matmul(to_p.transpose(1, 2), p))
        told = torch.matmul(torch.softmax(self.sum(q).squeeze(-1) + hide_q, -1).unsqueeze(1), q).squeeze(1)
        told = functional.relu(self.asked(told))
        x = self.fuse(torch.cat([p, about, p * about, p * back, torch.abs(p - about), passage["shared"]], -1))
        half = len(self.above) // 2
        for at, block in enumerate(self.above):
            if at == half:
                x = x + self.whole(self.seen(x, mask, told)).unsqueeze(1)
            x = block(x, mask, told, dropout)
        x = self.last(x)
        absent = functional.relu(self.absent(torch.cat([self.seen(x, mask, told), (x * mask).sum(1) / mask.sum(1)], -1)))
        return x, self.none(absent).float(), hide_p

    def seen(self, x: Tensor, mask: Tensor, told: Tensor) -> Tensor:
        """Sum up the passage: the greatest of every component, with what was asked."""
        return torch.cat([(x + (1 - mask) * -1e4).amax(1), told.to(x.dtype)], -1)


def loss_of(logits: dict[str, Tensor], targets: dict[str, Tensor], smoothing: float) -> Tensor:
    """Mean loss of a batch. targets: starts, ends (batch, n + 1), shares that sum to 1; inside (batch, n)."""
    total: Any = 0.0
    for name in ("starts", "ends"):
        given = torch.log_softmax(logits[name], -1)
        # All places the answer may stand at count together, so that the network may choose among them.
        right = torch.logsumexp(given + torch.log(targets[name] + 1e-9), -1)
        known = (logits[name] > -1e3).float()
        even = (given * known).sum(-1) / known.sum(-1)
        total = total - (1 - smoothing) * right - smoothing * even
    known = (logits["starts"][:, 1:] > -1e3).float()
    marks = functional.binary_cross_entropy_with_logits(logits["inside"], targets["inside"], reduction="none")
    total = total + targets["marked"] * (marks * known).sum(-1) / known.sum(-1) * 2
    return total.mean()  # type: ignore[no-any-return]


def tensors(side: Mapping[str, NDArray[Any]]) -> dict[str, Tensor]:
    """Hand arrays to torch without copying them."""
    return {name: torch.from_numpy(values) for name, values in side.items()}
