"""How well a reader in training does on questions kept out, and the scale that makes its probabilities true there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from index.reader import QUESTION, Reader
from index.reading.network import Logits
from index.reading.scoring import exact_match, overlap
from index.reading.spans import Scale, best_span
from index.training.precision import autocast
from index.training.reader_material import Asked, Item, Material, stacked
from index.training.reader_network import tensors

HEATS = tuple(0.5 + 0.1 * step for step in range(26))
SHIFTS = tuple(-6 + 0.25 * step for step in range(49))
TOGETHER = 16


def logits_of(network: torch.nn.Module, material: Material, pairs: Sequence[tuple[str, str]]) -> list[Logits]:
    """Read (question, passage) pairs, those of a like size together."""
    network.eval()
    found: list[Logits | None] = [None] * len(pairs)
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][1]))
    for first in range(0, len(order), TOGETHER):
        group = order[first : first + TOGETHER]
        items = [Item(material.analyse(pairs[at][0][-QUESTION:]), material.written.analysed(pairs[at][1]), (), True) for at in group]
        question, passage, _ = stacked(items)
        with torch.no_grad(), autocast():
            logits = network(tensors(question), tensors(passage))
        starts, ends = logits["starts"].numpy(), logits["ends"].numpy()
        for row, at in enumerate(group):
            size = 1 + len(pairs[at][1])
            none = (float(starts[row, 0]), float(ends[row, 0]))
            found[at] = Logits(starts[row, 1:size], ends[row, 1:size], none)
    network.train()
    return [logits for logits in found if logits is not None]


def examine(network: torch.nn.Module, material: Material, asked: Sequence[Asked]) -> dict[str, float]:
    """Measure exact match and overlap on whole passages that answer."""
    read = logits_of(network, material, [(one.question, one.context) for one in asked])
    return _scored(asked, [best_span(logits, Scale())[:2] for logits in read])


def _scored(asked: Sequence[Asked], spans: Sequence[tuple[int, int]]) -> dict[str, float]:
    given = [one.context[start:end] for one, (start, end) in zip(asked, spans, strict=True)]
    matched = np.mean([exact_match(one.answers, text) for one, text in zip(asked, given, strict=True)])
    common = np.mean([overlap(one.answers, text) for one, text in zip(asked, given, strict=True)])
    return {"em": round(float(matched), 4), "f1": round(float(common), 4)}


def unanswered(material: Material) -> list[tuple[str, str]]:
    """Pair held-out questions with the held-out passage most like theirs that does not answer."""
    rivals = material.rivals(material.held_out)
    return [(one.question, rivals[at][0]) for at, one in enumerate(material.held_out) if rivals[at]]


def calibrated(network: torch.nn.Module, material: Material) -> dict[str, float]:
    """Fit heat by the likelihood that the best span is right, then what is added to "not here" by that of there being an answer."""
    asked = material.held_out
    answered = logits_of(network, material, [(one.question, one.context) for one in asked])
    without = logits_of(network, material, unanswered(material))
    spans = [best_span(logits, Scale())[:2] for logits in answered]
    right = np.array([overlap(one.answers, one.context[a:b]) for one, (a, b) in zip(asked, spans, strict=True)])

    def span_loss(heat: float) -> float:
        scale = Scale(heat, -1e3)
        share = np.clip([best_span(logits, scale)[2] for logits in answered], 1e-4, 1 - 1e-4)
        return float(-np.mean(right * np.log(share) + (1 - right) * np.log(1 - share)))

    heat = min(HEATS, key=span_loss)

    def absence_loss(shift: float) -> float:
        scale = Scale(heat, shift)
        here = np.clip([best_span(logits, scale)[3] for logits in answered], 1e-4, 1 - 1e-4)
        gone = np.clip([best_span(logits, scale)[3] for logits in without], 1e-4, 1 - 1e-4)
        return float(-np.mean(np.log(1 - here)) - np.mean(np.log(gone)))

    return {"heat": round(heat, 3), "absent": min(SHIFTS, key=absence_loss)}


def figures_of(folder: Path, material: Material) -> dict[str, Any]:
    """Measure what was written, as the program runs it, on the held-out questions and on those whose passage does not answer."""
    reader = Reader.open(folder)
    asked = material.held_out
    read = [reader.read(one.question, [one.context])[0] for one in asked]
    gone = [reader.read(question, [context])[0] for question, context in unanswered(material)]
    figures: dict[str, Any] = _scored(asked, [(one.start, one.end) for one in read])
    figures["no_answer_auroc"] = round(auroc([one.no_answer for one in gone], [one.no_answer for one in read]), 4)
    figures["questions"] = len(asked)
    return figures


def auroc(high: Sequence[float], low: Sequence[float]) -> float:
    """Give the share of pairs in which one of `high` is greater than one of `low`, ties half."""
    sorted_low = np.sort(np.asarray(low))
    under = np.searchsorted(sorted_low, high, "left") + np.searchsorted(sorted_low, high, "right")
    return float(np.mean(under) / 2 / len(low))
