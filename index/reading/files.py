"""A network's folder: weights, measures, and what was known of words before training; checked before anything is believed.

| file | what |
|---|---|
| `network.safetensors` | all weights, the word vectors as whole numbers of eight bits, the tables of the lexicon |
| `network.json` | format, kind, shape, fitted scale |
| `SHA256` | of the two together |
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ConfigError
from index.reading.features import Lexicon
from index.reading.shape import Shape

FORMAT = 1
WEIGHTS_FILE, MEASURES_FILE, FINGERPRINT = "network.safetensors", "network.json", "SHA256"
_LEXICON = ("lexicon.characters", "lexicon.keys", "lexicon.rows", "lexicon.weights")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a folder holds. weights: by the names of the training network.  scale: fitted numbers by name.  digest: SHA-256."""

    kind: str
    shape: Shape
    scale: Mapping[str, float]
    lexicon: Lexicon
    weights: Mapping[str, NDArray[Any]]
    digest: str


def read_parts(folder: Path, kind: str) -> Parts:
    """Read a network's folder. Raises ConfigError when it is not one of this kind, not whole or not what its checksum says."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        content = (folder / WEIGHTS_FILE).read_bytes()
        described = (folder / MEASURES_FILE).read_bytes()
        wanted = (folder / FINGERPRINT).read_text(encoding="ascii").split()[0]
        digest = hashlib.sha256(content + described).hexdigest()
        if digest != wanted:
            raise _bad_network(folder, "内容与登记的校验值不符")
        measures = json.loads(described)
        if (measures["format"], measures["kind"]) != (FORMAT, kind):
            raise _bad_network(folder, f"是第 {measures['format']} 版 {measures['kind']},需要第 {FORMAT} 版 {kind}")
        shape = measures["shape"]
        shape = Shape(**{**shape, "below": tuple(shape["below"]), "above": tuple(shape["above"])})
        tensors = load(content)
        lexicon = Lexicon(*(np.ascontiguousarray(tensors.pop(name)) for name in _LEXICON))
        return Parts(kind, shape, measures["scale"], lexicon, tensors, digest)
    except (OSError, ValueError, KeyError, TypeError, IndexError, SafetensorError) as error:
        raise _bad_network(folder, str(error)) from error


def write_parts(
    folder: Path, *, kind: str, shape: Shape, scale: Mapping[str, float], lexicon: Lexicon, weights: Mapping[str, NDArray[Any]]
) -> str:
    """Write a network's folder, floating weights with sixteen bits, word vectors with eight. Gives the SHA-256."""
    from safetensors.numpy import save

    kept: dict[str, NDArray[Any]] = {name: array.astype(np.float16) for name, array in weights.items() if name != "vectors"}
    kept["vectors"], kept["scales"] = quantised(weights["vectors"])
    tables: tuple[NDArray[Any], ...] = (lexicon.characters, lexicon.keys, lexicon.rows, lexicon.weights)
    kept.update(zip(_LEXICON, tables, strict=True))
    content = save({name: np.ascontiguousarray(array) for name, array in kept.items()})
    described = json.dumps(
        {"format": FORMAT, "kind": kind, "shape": asdict(shape), "scale": dict(scale)}, indent=1
    ).encode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS_FILE).write_bytes(content)
    (folder / MEASURES_FILE).write_bytes(described)
    digest = hashlib.sha256(content + described).hexdigest()
    (folder / FINGERPRINT).write_text(f"{digest}\n", encoding="ascii")
    return digest


def quantised(vectors: NDArray[Any]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Give whole numbers of eight bits (n, d) and the factor of every component (d,)."""
    factors = np.maximum(np.abs(vectors).max(axis=0), 1e-9) / 127
    return np.rint(vectors / factors).astype(np.int8), factors.astype(np.float32)


def _bad_network(folder: Path, reason: str) -> ConfigError:
    return ConfigError("bad_setting", f"{folder} 里没有可用的阅读网络({reason})", "请重新安装程序,或者给出 make train-reader 写的文件夹")
