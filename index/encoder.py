"""The encoders a library can be built with, chosen by one setting.

"none"                  no dense side
"corpus"                fitted on the library itself (`index.latent`), no model needed: the default
"static:FOLDER"         a StaticEmbedding saved by sentence-transformers, read without it and without torch
"transformer:NAME"      any sentence-transformers model, a folder or the name of one that is already on this machine
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import ConfigError, MissingExtra
from index.latent import CorpusEncoder, fit, unit_rows
from index.types import Encoder, FloatArray

BATCH = 1_024
"""Texts tokenised at once by the static encoder: 20 MB of token ids at 500 characters each."""

STATIC_MODULES = {"StaticEmbedding", "Normalize"}


class StaticEncoder:
    """The mean of one learned vector per token, then length 1. Equal to sentence-transformers' to 1e-5."""

    def __init__(self, folder: Path) -> None:
        """Read the model. Raises ConfigError when `folder` does not hold a static embedding."""
        from tokenizers import Tokenizer

        at = _static_folder(folder)
        try:
            content = (at / "model.safetensors").read_bytes()
            definition = (at / "tokenizer.json").read_bytes()
            # tokenizers raises a bare Exception for what is not JSON.
            json.loads(definition)
        except (OSError, ValueError) as error:
            raise _bad_model(folder, str(error)) from error
        self._tokenizer = Tokenizer.from_str(definition.decode())
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._table = _static_table(content, folder)
        digest = hashlib.sha256(content + definition).hexdigest()
        self.name = f"static-{self.dimension}-{digest[:12]}"

    @property
    def dimension(self) -> int:
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> FloatArray:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), BATCH):
            batch = list(texts[first : first + BATCH])
            for row, encoding in enumerate(self._tokenizer.encode_batch(batch, add_special_tokens=False), first):
                if encoding.ids:
                    vectors[row] = self._table[encoding.ids].mean(axis=0, dtype=np.float32)
        return unit_rows(vectors)


def _static_folder(folder: Path) -> Path:
    """Find the module inside a saved model; only models without any other layer give the same vectors."""
    listing = folder / "modules.json"
    if not listing.is_file():
        return folder
    modules = json.loads(listing.read_text(encoding="utf-8"))
    kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
    if not set(kinds) <= STATIC_MODULES or "StaticEmbedding" not in kinds:
        raise _bad_model(folder, f"它的层是 {', '.join(kinds)}")
    return folder / str(modules[kinds.index("StaticEmbedding")]["path"])


def _static_table(content: bytes, folder: Path) -> FloatArray:
    """Give one vector per token id, float32 (tokens, dimension); also of model2vec's own layout."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        weights = load(content)
    except SafetensorError as error:
        raise _bad_model(folder, str(error)) from error
    table = weights.get("embedding.weight", weights.get("embeddings"))
    if table is None or table.ndim != 2:
        raise _bad_model(folder, "权重文件里没有词向量表")
    if "mapping" in weights:
        table = table[weights["mapping"].astype(np.int64)]
    if "weights" in weights:
        table = table.astype(np.float32) * weights["weights"].astype(np.float32)[:, np.newaxis]
    return np.ascontiguousarray(table, dtype=np.float32)


class TransformerEncoder:
    """A sentence-transformers model. Importing that library takes some seconds and half a gigabyte.

    download: let the library fetch the model when it is not on this machine; by default nothing goes to the network.
    """

    def __init__(self, name: str, *, download: bool = False) -> None:
        """Load the model. Raises MissingExtra without the library, ConfigError when the model is not there."""
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise MissingExtra(
                "missing_extra", "没有安装 sentence-transformers", "请运行 pip install sentence-transformers"
            ) from None
        try:
            self._model: Any = SentenceTransformer(name, device="cpu", local_files_only=not download)
        except (OSError, ValueError) as error:
            raise ConfigError("bad_setting", f"编码模型 {name} 打不开({error})", "请给出已下载模型的文件夹") from error
        self._dimension = int(self._model.encode(["尺寸"]).shape[1])
        self.name = f"transformer-{self._dimension}-{self._fingerprint()}"

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode(self, texts: Sequence[str]) -> FloatArray:
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        vectors = self._model.encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, dtype=np.float32))

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(f"{name} {tuple(tensor.shape)} {float(tensor.float().sum()):.6e}\n".encode())
        return digest.hexdigest()[:12]


def open_encoder(setting: str, *, fitted: Path | None = None, download: bool = False) -> Encoder | None:
    """Open the encoder that `setting` names; None for "none".

    fitted: folder of the corpus encoder, needed for "corpus".
    Raises ConfigError for an unknown setting or an unusable model, MissingExtra when its library is not installed.
    """
    kind, _, place = setting.partition(":")
    if setting == "none":
        return None
    if setting == "corpus" and fitted is not None:
        return CorpusEncoder.load(fitted)
    if kind == "static" and place:
        return StaticEncoder(Path(place))
    if kind == "transformer" and place:
        return TransformerEncoder(place, download=download)
    raise ConfigError(
        "bad_setting", f"不认识的编码器 {setting!r}", "可以用 none、corpus、static:文件夹、transformer:文件夹"
    )


def setting_of(name: str) -> str:
    """Give the full setting for what a person writes: "" is the built-in encoder, a folder or model name tells its own kind."""
    if not name:
        return "corpus"
    if name in ("none", "corpus") or name.partition(":")[0] in ("static", "transformer"):
        return name
    modules = Path(name) / "modules.json"
    static = modules.is_file() and "StaticEmbedding" in modules.read_text(encoding="utf-8")
    return f"{'static' if static else 'transformer'}:{name}"


def _bad_model(folder: Path, reason: str) -> ConfigError:
    return ConfigError(
        "bad_setting", f"{folder} 里没有可用的静态词向量模型({reason})", "请给出 sentence-transformers 保存的文件夹"
    )


__all__ = ["CorpusEncoder", "Encoder", "StaticEncoder", "TransformerEncoder", "fit", "open_encoder", "setting_of"]
