"""The encoders a library can be built with, chosen by one setting.

"shipped:FINGERPRINT"   the trained encoder of `index/model`: the default
"none"                  no dense side
"corpus"                fitted on the library itself (`index.latent`), no model needed
"static:FOLDER"         a StaticEmbedding saved by sentence-transformers, read without it and without torch (`index.static`)
"transformer:NAME"      any sentence-transformers model, a folder or the name of one that is already on this machine
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import ConfigError, MissingExtra
from index.latent import CorpusEncoder, fit, unit_rows
from index.static import MODEL, StaticEncoder, shipped_fingerprint
from index.types import Encoder, FloatArray


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
    if kind == "shipped":
        return _shipped(MODEL, shipped_fingerprint())
    if kind == "static" and place:
        return StaticEncoder(Path(place))
    if kind == "transformer" and place:
        return TransformerEncoder(place, download=download)
    raise ConfigError(
        "bad_setting", f"不认识的编码器 {setting!r}", "可以用 none、corpus、shipped、static:文件夹、transformer:文件夹"
    )


@lru_cache(maxsize=1)
def _shipped(folder: Path, fingerprint: str) -> StaticEncoder:
    """Open the shipped encoder once: every change of a library builds an index with it and opens it again, a third of a second each."""
    return StaticEncoder(folder, fingerprint=fingerprint)


def setting_of(name: str) -> str:
    """Give the full setting for what a person writes: "" is the shipped encoder, a folder or model name tells its own kind.

    The shipped encoder's setting holds its fingerprint, so that a library is indexed anew when an update brings another one.
    """
    if name in ("", "shipped"):
        return f"shipped:{shipped_fingerprint()[:12]}"
    if name in ("none", "corpus") or name.partition(":")[0] in ("static", "transformer"):
        return name
    modules = Path(name) / "modules.json"
    static = modules.is_file() and "StaticEmbedding" in modules.read_text(encoding="utf-8")
    return f"{'static' if static else 'transformer'}:{name}"


__all__ = ["CorpusEncoder", "Encoder", "StaticEncoder", "TransformerEncoder", "fit", "open_encoder", "setting_of"]
