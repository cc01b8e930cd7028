"""The reading network computed with NumPy, one passage at a time, so that all of it stays in the processor's cache."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.reading.features import Analysed, shared
from index.reading.shape import Shape
from index.types import FloatArray

Weights = Mapping[str, FloatArray]
EPSILON = np.float32(1e-5)


@dataclass(frozen=True, slots=True)
class Logits:
    """starts, ends: (n,), one number per character.  absent: the two numbers for "not here", of start and of end."""

    starts: FloatArray
    ends: FloatArray
    absent: tuple[float, float]


@cache
def _stay_on_one_core() -> None:
    """Let NumPy multiply on the caller's core, in the whole process.

    A few hundred rows gain nothing from a second thread, and where the cores are busy its turns at waiting cost twenty times the work.
    """
    from threadpoolctl import ThreadpoolController

    ThreadpoolController().select(internal_api="openblas").limit(limits=1)


class Network:
    """Weights with the arithmetic over them. May be shared between threads."""

    def __init__(self, shape: Shape, weights: Mapping[str, NDArray[Any]]) -> None:
        """weights: by the names of `index.training.reader_network`, of any floating type, `vectors` also of whole numbers."""
        _stay_on_one_core()
        self.shape = shape
        self._w: dict[str, FloatArray] = {
            name: np.ascontiguousarray(_turned(name, array)) for name, array in weights.items() if name != "vectors"
        }
        self._vectors = weights["vectors"]
        self._scales = self._w.pop("scales", None)

    def read(self, question: Analysed, passage: Analysed) -> Logits:
        """Give the logits of a passage of one character at least for a question of one at least."""
        w = self._w
        x, none = self._seen(question, passage)
        head = self.shape.head
        hands = np.maximum(x @ w["point.weight"][:, : 2 * head] + w["point.bias"][: 2 * head], 0)
        starts = self._linear("starts", hands[:, :head])[:, 0]
        ends = self._linear("ends", hands[:, head:])[:, 0]
        return Logits(starts, ends, (float(none[0]), float(none[1])))

    def relevance(self, question: Analysed, passage: Analysed) -> float:
        """Say how well the passage answers: the opposite of "not here"."""
        _, none = self._seen(question, passage)
        return -float(none.sum())

    def _seen(self, question: Analysed, passage: Analysed) -> tuple[FloatArray, FloatArray]:
        """Give the last layer, (n, width), and the two numbers for "not here"."""
        w = self._w
        q = self._encoded(question, passage)
        common = shared(passage, question)
        p = self._encoded(passage, question, common)
        likeness: FloatArray = ((p @ w["alike.weight"]) @ q.T).astype(np.float32, copy=False)
        likeness *= np.float32(self.shape.width**-0.5)
        likeness += (q @ w["weigh.weight"] + w["weigh.bias"])[:, 0]
        to_q, to_p = _softmax(likeness, 1), _softmax(likeness, 0)
        about = to_q @ q
        back = to_q @ (to_p.T @ p)
        told = _softmax(self._linear("sum", q).T, 1) @ q
        told = np.maximum(self._linear("asked", told), 0)
        x = self._linear("fuse", np.concatenate([p, about, p * about, p * back, np.abs(p - about), common], axis=1))
        half = len(self.shape.above) // 2
        for at, dilation in enumerate(self.shape.above):
            if at == half:
                x += self._linear("whole", np.concatenate([x.max(axis=0, keepdims=True), told], axis=1))
            x = self._block(f"above.{at}", x, dilation, told)
        x = _normal(x) * w["last.weight"] + w["last.bias"]
        seen = np.concatenate([x.max(axis=0, keepdims=True), told, x.mean(axis=0, keepdims=True)], axis=1)
        return x, self._linear("none", np.maximum(self._linear("absent", seen), 0))[0]

    def _encoded(self, text: Analysed, other: Analysed, common: FloatArray | None = None) -> FloatArray:
        w = self._w
        common = shared(text, other) if common is None else common
        words = self._vectors[text.words].astype(np.float32)
        if self._scales is not None:
            words *= self._scales
        parts = [w["characters.weight"][text.rows], w["tags.weight"][text.tags], w["places.weight"][text.places], words, common]
        x = self._linear("mix", np.concatenate(parts, axis=1))
        for at, dilation in enumerate(self.shape.below):
            x = self._block(f"below.{at}", x, dilation, None)
        return x

    def _block(self, name: str, x: FloatArray, dilation: int, told: FloatArray | None) -> FloatArray:
        w = self._w
        size, width = x.shape
        reach = (self.shape.kernel - 1) // 2 * dilation
        # The scale of the norm is folded into the look; its shift cannot be, as there is none beyond the edges.
        wide = np.zeros((size + 2 * reach, width), dtype=np.float32)
        np.multiply(_normal(x), w[f"{name}.norm.weight"], out=wide[reach : reach + size])
        wide[reach : reach + size] += w[f"{name}.norm.bias"]
        look = w[f"{name}.look.weight"]
        y = wide[:size] * look[0]
        turn = np.empty_like(y)
        for at in range(1, self.shape.kernel):
            np.multiply(wide[at * dilation : at * dilation + size], look[at], out=turn)
            y += turn
        y += w[f"{name}.look.bias"]
        y = y @ w[f"{name}.gate.weight"]
        shift = w[f"{name}.gate.bias"]
        if told is not None:
            shift = shift + (told @ w[f"{name}.told.weight"])[0]
        y += shift
        value, gate = y[:, :width], y[:, width:]
        np.maximum(gate, 0, out=gate)
        value *= gate
        value += x
        return np.ascontiguousarray(value)

    def _linear(self, name: str, x: FloatArray) -> FloatArray:
        y: FloatArray = x @ self._w[f"{name}.weight"]
        y += self._w[f"{name}.bias"]
        return y


def _turned(name: str, array: NDArray[Any]) -> FloatArray:
    """Lay weights out as they are multiplied: (in, out) for layers, (kernel, width) for looks."""
    whole = np.asarray(array, dtype=np.float32)
    if name.endswith("look.weight"):
        return whole.reshape(len(whole), -1).T
    table = name.split(".")[0] in {"characters", "tags", "places"}
    return whole.T if whole.ndim == 2 and not table else whole


def _normal(x: FloatArray) -> FloatArray:
    """Bring every row to mean 0 and variance 1."""
    y: FloatArray = x - x.mean(axis=1, keepdims=True)
    spread = np.einsum("nd,nd->n", y, y)[:, np.newaxis] / np.float32(x.shape[1])
    y /= np.sqrt(spread + EPSILON)
    return y


def _softmax(x: FloatArray, axis: int) -> FloatArray:
    y: FloatArray = np.exp(x - x.max(axis=axis, keepdims=True))
    y /= y.sum(axis=axis, keepdims=True)
    return y
