"""A static embedding read without torch: the mean of one learned vector per token, then length 1.

It reads what sentence-transformers' `StaticEmbedding` saves, and model2vec's layout (whole numbers with a weight per token, in
which our own model is shipped), and gives the same vectors to 1e-5. The table stays a memory map: a question touches ten rows.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ConfigError
from index.latent import unit_rows
from index.pieces import Pieces
from index.types import FloatArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL = Path(__file__).with_name("model")
"""The encoder that is shipped with the program."""

FINGERPRINT = "SHA256"
"""File beside a model of ours: SHA-256 of weights and tokenizer, see `digest_of`."""

BATCH = 256
"""Texts encoded at once: their rows, some 25 MB as float32, still mostly fit the cache."""

QUESTION = 2_000
"""Characters of texts that are split by a loop of ours instead of by `tokenizers`, which has to be opened first."""

WEIGHTS_FILE, TOKENIZER_FILE = "model.safetensors", "tokenizer.json"
STATIC_MODULES = {"StaticEmbedding", "Normalize"}
TYPES: Mapping[str, str] = {"I8": "<i1", "F16": "<f2", "F32": "<f4", "F64": "<f8", "I32": "<i4", "I64": "<i8"}
"""Names of safetensors for what the tables may hold, and NumPy's."""


@dataclass(frozen=True, slots=True)
class Table:
    """One vector per token id. rows: (n, dimension), of any type in TYPES; weights: float32 (tokens,); mapping: id -> row."""

    rows: NDArray[Any]
    weights: FloatArray | None
    mapping: NDArray[np.int64] | None

    @property
    def dimension(self) -> int:
        return int(self.rows.shape[1])

    def of(self, ids: NDArray[np.int64]) -> FloatArray:
        """Give the vectors of `ids`, float32 (n, dimension)."""
        places = ids if self.mapping is None else self.mapping[ids]
        vectors = self.rows[places].astype(np.float32)
        if self.weights is not None:
            vectors *= self.weights[ids, np.newaxis]
        return vectors


class StaticEncoder:
    """An open static embedding. May be shared between threads."""

    def __init__(self, folder: Path, *, fingerprint: str = "") -> None:
        """Open the model; a tenth of a second for 60,000 tokens.

        fingerprint: SHA-256 the files must have, "" for any. Raises ConfigError when `folder` does not hold a static
        embedding or another one than that.
        """
        at = _static_folder(folder)
        try:
            definition = (at / TOKENIZER_FILE).read_bytes()
            # tokenizers raises a bare Exception for what is not JSON.
            self._pieces = Pieces.of(json.loads(definition))
            content = _mapped(at / WEIGHTS_FILE)
        except (OSError, ValueError) as error:
            raise _bad_model(folder, str(error)) from error
        digest = hashlib.sha256(content)
        digest.update(definition)
        if fingerprint and digest.hexdigest() != fingerprint:
            raise _bad_model(folder, "内容与登记的校验值不符")
        self._table = _table(content, folder)
        self._definition = definition
        if self._pieces is None:
            _ = self._tokenizer
        self.name = f"static-{self.dimension}-{digest.hexdigest()[:12]}"

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(self._definition.decode())
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @property
    def dimension(self) -> int:
        return self._table.dimension

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Encode; some ten thousand passages of 200 characters a second on two cores."""
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), BATCH):
            batch = list(texts[first : first + BATCH])
            found = self._ids(batch)
            known = [row for row, ids in enumerate(found) if ids]
            if known:
                ids = np.fromiter(chain.from_iterable(found), dtype=np.int64)
                starts = np.cumsum([0, *(len(found[row]) for row in known[:-1])])
                sums[np.add(known, first)] = np.add.reduceat(self._table.of(ids), starts, axis=0)
        # Sum and mean have one direction, and only that is kept.
        return unit_rows(sums)

    def _ids(self, texts: Sequence[str]) -> Sequence[Sequence[int]]:
        """Split texts into ids of tokens; a question without opening the library for it."""
        if self._pieces is not None and sum(map(len, texts)) <= QUESTION:
            split = [self._pieces.ids(text) for text in texts]
            if None not in split:
                return [ids for ids in split if ids is not None]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


def shipped_fingerprint() -> str:
    """Read the SHA-256 that the shipped encoder must have. Raises ConfigError when this installation has none."""
    try:
        return (MODEL / FINGERPRINT).read_text(encoding="ascii").split()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise _bad_model(MODEL, f"程序自带的模型不完整:{error}") from error


def digest_of(folder: Path) -> str:
    """Compute what the fingerprint file holds: SHA-256 of the weights followed by the tokenizer."""
    return hashlib.sha256((folder / WEIGHTS_FILE).read_bytes() + (folder / TOKENIZER_FILE).read_bytes()).hexdigest()


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


def _mapped(path: Path) -> mmap.mmap:
    """Map a file into memory, for reading. Raises ValueError when it is empty."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _table(content: mmap.mmap, folder: Path) -> Table:
    """Find the tensors of a safetensors file in place, without copying them."""
    tensors = _tensors(content, folder)
    rows = tensors.get("embedding.weight", tensors.get("embeddings"))
    if rows is None or rows.ndim != 2:
        raise _bad_model(folder, "权重文件里没有词向量表")
    weights, mapping = tensors.get("weights"), tensors.get("mapping")
    return Table(
        rows,
        None if weights is None else np.asarray(weights, dtype=np.float32),
        None if mapping is None else np.asarray(mapping, dtype=np.int64),
    )


def _tensors(content: mmap.mmap, folder: Path) -> dict[str, NDArray[Any]]:
    """Read the header (its length in eight bytes, then JSON) and lay arrays over what it describes."""
    found: dict[str, NDArray[Any]] = {}
    try:
        start = 8 + int.from_bytes(content[:8], "little")
        header: dict[str, Any] = json.loads(content[8:start])
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            first, last = entry["data_offsets"]
            kind = np.dtype(TYPES[entry["dtype"]])
            if not 0 <= first <= last <= len(content) - start:
                raise ValueError(f"{name} reaches beyond the file")
            array = np.frombuffer(content, kind, (last - first) // kind.itemsize, start + first)
            found[name] = array.reshape(entry["shape"])
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise _bad_model(folder, f"权重文件读不懂:{error}") from error
    return found


def _bad_model(folder: Path, reason: str) -> ConfigError:
    return ConfigError(
        "bad_setting", f"{folder} 里没有可用的静态词向量模型({reason})", "请给出 sentence-transformers 保存的文件夹"
    )
