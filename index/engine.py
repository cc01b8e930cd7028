"""The index of a library: passages in, ranked hits out. Derived from the catalog, built whole, never changed in place.

Three rankers see the same passages: words and characters (BM25) and dense (vectors). Each one's scores are divided by its best
and added with the weights below; see `WEIGHTS` for why.
"""

from __future__ import annotations

import hashlib
import json
import math
import platform
import weakref
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any

from corpus.errors import ConfigError, LibraryCorrupt, LibraryTooNew, PolicyAssistantError
from index.generations import LOCK, MANIFEST, REMEDY, Generation, open_current, publish, sweep, writing
from index.lexical import Clause, Lexical, Ranking, build_lexical, full_text
from index.tokens import Tokens
from index.types import Encoder, Hit, Unit, Vectors

if TYPE_CHECKING:
    from index.types import FloatArray

FORMAT = 1
"""Of the folder's layout; a change that older programs cannot read raises it by one."""

RANKERS = ("words", "characters", "dense")

WEIGHTS: Mapping[str, float] = {"words": 0.5, "characters": 1.0, "dense": 0.2}
"""Characters find most by themselves; words correct chance bigrams; a fitted vector only adds what shares no character.

MRR@10 on policy headings / encyclopaedia questions / lay questions on statutes: characters .289 / .970 / .419, words
.275 / .974 / .385, both by scores scaled by the best .295 / .984 / .418, by reciprocal rank (c = 60) .289 / .974 / .414, with
the corpus encoder .296 / .983 / .421 and recall@10 .428 -> .438 on the headings. Between 0.3 and 0.7 for words nothing changes
by more than .002; above 0.3 for dense the encyclopaedia loses. Trigrams, a squared idf and boosted titles lost on two of three.
"""

POOL = 100
"""Passages each ranker contributes at least, so that a cut at k does not hide the second opinion."""

QUESTION_LIMIT = 2_000
"""Characters of a query that count; each token costs a walk through its postings."""

EAGER_BYTES = 32 << 20
"""Up to this size all files are verified when the index is opened, beyond it the dense side at its first use."""

LEXICAL, UNITS, DICTIONARY, VECTORS, ENCODER = "lexical", "units.json", "dictionary.txt", "dense.faiss", "encoder"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of.

    encoder: the setting, as `open_encoder` takes it; encoder_name: the very model.  tokens: `Tokens.fingerprint`.
    libraries: versions that wrote it.  files: SHA-256 of every file, by its path inside the generation.
    """

    generation: int
    passages: int
    encoder: str
    encoder_name: str
    tokens: str
    libraries: dict[str, str]
    files: dict[str, str]
    sizes: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT


class Index:
    """An open generation of the index, for reading. May be shared between threads; `close` it, or use it with `with`.

    A newer generation does not disturb it: it goes on answering from its own until it is closed.
    """

    def __init__(self, held: Generation, manifest: Manifest, tokens: Tokens, vectors: Vectors | None) -> None:
        """For `open` and `build`."""
        # An index replaced by a newer one is simply dropped while other threads may still search in it.
        self._release = weakref.finalize(self, held.close)
        self._folder = held.folder
        self._manifest = manifest
        self._tokens = tokens
        self._vectors = vectors
        self._encoder: Encoder | None = None
        self._lock = Lock()
        self._closed = False
        self._lexical = Lexical(self._folder / LEXICAL)
        self._keys_of: dict[str, list[int]] = json.loads((self._folder / UNITS).read_bytes())
        self._document_of = {key: document for document, keys in self._keys_of.items() for key in keys}

    @classmethod
    def build(
        cls,
        folder: Path,
        units: Iterable[Unit],
        *,
        encoder: str = "corpus",
        generation: int,
        tokens: Tokens | None = None,
        vectors: Vectors | None = None,
    ) -> Index:
        """Build a generation from all passages of the catalog, make it current and open it.

        encoder: see `index.encoder`.  vectors: where the dense side is kept instead of a file, e.g. a server; they are
        added under the units' keys. Raises ConfigError for an unusable encoder; whatever happens, the former generation stays.
        """
        tokens = tokens or Tokens()
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        with writing(folder) as building:
            _write(building, list(units), encoder, generation, tokens, vectors)
            publish(folder, building, generation)
        return cls.open(folder, tokens=tokens, vectors=vectors)

    @classmethod
    def open(cls, folder: Path, *, tokens: Tokens | None = None, vectors: Vectors | None = None) -> Index:
        """Open the current generation; the encoder and FAISS wait for the first dense search.

        tokens: the tokeniser with the user's dictionary as it is now; None takes the dictionary the index was built with.
        Raises LibraryCorrupt ("index_corrupt") when there is no index, when it is damaged, or when it was made with other
        versions or another dictionary: build it again. Raises LibraryTooNew when a newer program wrote it.
        """
        held = open_current(folder)
        try:
            manifest = _read_manifest(held)
            eager = sum(manifest.sizes.values()) <= EAGER_BYTES
            verify_files(held.folder, manifest, lambda name: eager or name.startswith((LEXICAL, UNITS, DICTIONARY)))
            tokens = tokens or _stored_tokens(held.folder)
            _check_versions(manifest, tokens)
        except PolicyAssistantError:
            held.close()
            raise
        return cls(held, manifest, tokens, vectors)

    @property
    def generation(self) -> int:
        """The catalog's generation this index was built from."""
        return self._manifest.generation

    @property
    def encoder(self) -> str:
        """The encoder setting this index was built with."""
        return self._manifest.encoder

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    def __len__(self) -> int:
        return self._manifest.passages

    def search(
        self,
        text: str,
        *,
        k: int = 50,
        documents: Collection[str] | None = None,
        rankers: Sequence[str] = RANKERS,
    ) -> tuple[Hit, ...]:
        """Rank the passages for a query: at most k hits, best first, fused scores in (0, sum of `WEIGHTS`].

        documents: only passages of these documents, None for all.  rankers: which of `RANKERS` take part; "dense" is passed
        over when the index has no encoder. Raises LibraryCorrupt when the dense side turns out to be damaged.
        """
        self._check_open()
        if unknown := set(rankers) - set(RANKERS):
            raise ValueError(f"unknown rankers: {sorted(unknown)}")
        among = None if documents is None else [document for document in documents if document in self._keys_of]
        if k < 1 or among == []:
            return ()
        text = text[:QUESTION_LIMIT]
        rankings = {ranker: self._rank(ranker, text, k=max(k, POOL), documents=among) for ranker in rankers}
        return tuple(
            Hit(key, self._document_of[key], score, ranks)
            for key, score, ranks in fuse(rankings)
            if key in self._document_of
        )[:k]

    def document_frequency(self, token: str, *, field: str = "characters") -> int:
        """Count the passages that hold a token.  field: one of `index.lexical.FIELDS`."""
        self._check_open()
        return self._lexical.document_frequency(field, token)

    def idf(self, token: str, *, field: str = "characters") -> float:
        """Weigh a token as BM25 does, log(1 + (N - n + 0.5) / (n + 0.5)): near 0 when every passage holds it."""
        n = self.document_frequency(token, field=field)
        return math.log(1 + (len(self) - n + 0.5) / (n + 0.5))

    def encode(self, texts: Sequence[str]) -> FloatArray | None:
        """Encode with the index's own encoder: float32 (n, dimension), rows of length 1; None when it has none."""
        self._check_open()
        encoder, _ = self._dense_side()
        return None if encoder is None else encoder.encode(texts)

    def verify(self) -> None:
        """Compare every file with its SHA-256. Raises LibraryCorrupt for the first that differs."""
        self._check_open()
        verify_files(self._folder, self._manifest, lambda name: True)

    def close(self) -> None:
        """Let go of the generation; it may be swept from now on. May be called twice."""
        self._closed = True
        self._release()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise ValueError("the index is closed")

    def _rank(self, ranker: str, text: str, *, k: int, documents: Collection[str] | None) -> Ranking:
        if ranker == "words":
            return self._lexical.search([Clause("words", self._tokens.words(text))], k=k, documents=documents)
        if ranker == "characters":
            return self._lexical.search([Clause("characters", self._tokens.characters(text))], k=k, documents=documents)
        encoder, vectors = self._dense_side()
        if encoder is None or vectors is None:
            return []
        return vectors.search(encoder.encode([text])[0], k=k, documents=documents)

    def _dense_side(self) -> tuple[Encoder | None, Vectors | None]:
        if self._manifest.encoder == "none" or not len(self):
            return None, None
        with self._lock:
            if self._encoder is None:
                self._encoder = _open_encoder(self._folder, self._manifest)
            if self._vectors is None:
                self._vectors = self._open_dense()
            return self._encoder, self._vectors

    def _open_dense(self) -> Vectors:
        from index.dense import Dense

        expected = self._manifest.files.get(VECTORS)
        if expected is None:
            raise ConfigError(
                "bad_setting", "这个索引的向量存放在外部的向量库里", "请在配置中给出该向量库,或者重建索引"
            )
        return Dense.open(self._folder / VECTORS, self._keys_of, sha256=expected)


def fuse(rankings: Mapping[str, Ranking]) -> list[tuple[int, float, dict[str, int]]]:
    """Add the rankers' scores, each divided by its best and weighted; a passage that a ranker does not list gets nothing.

    Returns (key, score, 1-based rank per ranker), best first, equal scores by key.
    """
    scores: dict[int, float] = {}
    ranks: dict[int, dict[str, int]] = {}
    for ranker, ranking in rankings.items():
        best = ranking[0][1] if ranking else 0.0
        for rank, (key, score) in enumerate(ranking, 1):
            if score > 0:
                scores[key] = scores.get(key, 0.0) + WEIGHTS[ranker] * score / best
                ranks.setdefault(key, {})[ranker] = rank
    return [(key, scores[key], ranks[key]) for key in sorted(scores, key=lambda key: (-scores[key], key))]


# ---------------------------------------------------------------- writing a generation


def _write(
    folder: Path, units: list[Unit], encoder: str, generation: int, tokens: Tokens, vectors: Vectors | None
) -> None:
    keys_of: dict[str, list[int]] = {}
    for unit in units:
        keys_of.setdefault(unit.document_id, []).append(unit.key)
    (folder / UNITS).write_text(json.dumps(keys_of, ensure_ascii=False), encoding="utf-8")
    (folder / DICTIONARY).write_text("".join(f"{word}\n" for word in tokens.dictionary), encoding="utf-8")
    build_lexical(folder / LEXICAL, units, tokens)
    encoder_name = _write_dense(folder, units, encoder, vectors) if encoder != "none" and units else ""
    manifest = Manifest(
        generation=generation,
        passages=len(units),
        encoder=encoder,
        encoder_name=encoder_name,
        tokens=tokens.fingerprint,
        libraries=_library_versions(),
        files={name: _digest(folder / name) for name in _file_names(folder)},
        sizes={name: (folder / name).stat().st_size for name in _file_names(folder)},
    )
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")


def _write_dense(folder: Path, units: Sequence[Unit], setting: str, vectors: Vectors | None) -> str:
    """Encode all passages and store their vectors; gives the encoder's name."""
    from index.dense import Dense
    from index.encoder import fit, open_encoder

    texts = [full_text(unit) for unit in units]
    if setting == "corpus":
        fitted, encoded = fit(texts)
        fitted.save(folder / ENCODER)
        encoder: Encoder = fitted
    else:
        opened = open_encoder(setting)
        if opened is None:
            return ""
        encoder, encoded = opened, opened.encode(texts)
    store = vectors or Dense.empty(encoder.dimension, expected=len(units))
    store.add([unit.key for unit in units], encoded, documents=[unit.document_id for unit in units])
    if isinstance(store, Dense):
        store.save(folder / VECTORS)
    return encoder.name


def _file_names(folder: Path) -> list[str]:
    """List the files whose content is fixed: tantivy's lock files come and go."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if path.suffix != ".lock" and path.name != LOCK)


def _library_versions() -> dict[str, str]:
    # What the segmenter does is part of `Tokens.fingerprint`; FAISS reads what its older releases wrote.
    return {"python": platform.python_version(), "tantivy": _tantivy_version()}


def _tantivy_version() -> str:
    import tantivy

    return str(tantivy.__version__)  # type: ignore[attr-defined]


# ---------------------------------------------------------------- reading a generation


def _read_manifest(held: Generation) -> Manifest:
    try:
        content: dict[str, Any] = json.loads(held.manifest)
        if content.get("format", 0) > FORMAT:
            raise LibraryTooNew(
                "library_too_new", f"索引格式 {content['format']} 比本程序新", "请升级 policy-assistant"
            )
        return Manifest(**content)
    except (ValueError, TypeError) as error:
        raise LibraryCorrupt("index_corrupt", f"索引清单读不懂({error})", REMEDY) from error


def verify_files(folder: Path, manifest: Manifest, wanted: Callable[[str], bool]) -> None:
    """Compare the SHA-256 of the files whose name `wanted` accepts. Raises LibraryCorrupt; some 0.7 GB/s."""
    for name, expected in manifest.files.items():
        if not wanted(name):
            continue
        try:
            found = _digest(folder / name)
        except OSError as error:
            raise LibraryCorrupt("index_corrupt", f"索引文件 {name} 读不出来({error})", REMEDY) from error
        if found != expected:
            raise LibraryCorrupt("index_corrupt", f"索引文件 {name} 损坏(校验值不符)", REMEDY)


def _check_versions(manifest: Manifest, tokens: Tokens) -> None:
    written_by, running = manifest.libraries.get("tantivy", ""), _tantivy_version()
    # Tantivy's format may change between releases, and the index is only a copy.
    if written_by != running:
        raise LibraryCorrupt("index_corrupt", f"索引由 {written_by} 写成,现在用的是 {running}", REMEDY)
    if manifest.tokens != tokens.fingerprint:
        raise LibraryCorrupt("index_corrupt", "分词器或词典在建索引之后变过", REMEDY)


def _open_encoder(folder: Path, manifest: Manifest) -> Encoder | None:
    from index.encoder import open_encoder

    verify_files(folder, manifest, lambda name: name.startswith(f"{ENCODER}/"))
    encoder = open_encoder(manifest.encoder, fitted=folder / ENCODER)
    if encoder is not None and encoder.name != manifest.encoder_name:
        raise LibraryCorrupt("index_corrupt", f"编码器由 {manifest.encoder_name} 换成了 {encoder.name}", REMEDY)
    return encoder


def _stored_tokens(folder: Path) -> Tokens:
    return Tokens(dictionary=folder / DICTIONARY)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
