"""The trained table as a folder that both sentence-transformers and `index.static` open.

Whole numbers of eight bits with a factor per token, in model2vec's layout: a quarter of the size at the same rankings.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.static import FINGERPRINT, TOKENIZER_FILE, WEIGHTS_FILE, digest_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

KIND = "sentence_transformers.sentence_transformer.modules"
MODULES = (
    {"idx": 0, "name": "0", "path": "", "type": f"{KIND}.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{KIND}.Normalize"},
)
STEPS = 127


def write_model(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """Write the model; other files in `folder`, such as its card, stay.  table: float32 (tokens, dimension)."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    numbers, factors = quantised(table)
    save_file({"embeddings": numbers, "weights": factors}, folder / WEIGHTS_FILE, metadata={"format": "pt"})
    # safetensors writes for the owner alone.
    (folder / WEIGHTS_FILE).chmod(0o644)
    (folder / TOKENIZER_FILE).write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    _write_json(folder / "modules.json", list(MODULES))
    _write_json(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    (folder / "1_Normalize").mkdir(exist_ok=True)
    _write_json(folder / "1_Normalize" / "config.json", {})
    (folder / FINGERPRINT).write_text(digest_of(folder) + "\n", encoding="ascii")


def quantised(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round every row to whole numbers up to 127 times a factor: int8 (tokens, dimension), float32 (tokens,)."""
    factors = np.maximum(np.abs(table).max(axis=1), 1e-12) / STEPS
    numbers = np.rint(table / factors[:, np.newaxis]).astype(np.int8)
    return numbers, factors.astype(np.float32)


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
