"""Passages on their way to the dense side of a new generation: encoded block by block, while other work goes on.

An encoder that is at hand encodes a block in a thread of its own; what takes its time there, splitting and adding up, is done outside
of Python. The corpus encoder has to be fitted first, so all texts wait for it, in a file when they are many.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from index.dense import Part, Rows
from index.lexical import full_text
from index.types import Encoder, FloatArray, Unit, Vectors

ENCODER = "encoder"
"""Folder of the fitted encoder within a generation."""

BLOCK = 5_000
"""Passages read again at once."""

Passages = Sequence[tuple[int, str, str]]
"""Key, document and full text of passages."""


def _passages_of(block: Sequence[Unit]) -> Passages:
    return [(unit.key, unit.document_id, full_text(unit)) for unit in block]


class Encoding:
    """What becomes of the passages of a new generation on the dense side; this one has none. name: of the encoder."""

    name = ""

    def add(self, block: Sequence[Unit]) -> None:
        """Take the next passages, by key."""

    def finish(self) -> tuple[Part, ...]:
        """Write what was taken, of which there is some; give the segments."""
        return ()


@contextmanager
def encoding(folder: Path, setting: str, vectors: Vectors | None) -> Iterator[Encoding]:
    """Open what encodes the passages of a generation in `folder`. setting: see `index.encoder`; vectors: see `index.build.write_whole`."""
    if setting == "none":
        yield Encoding()
    elif setting == "corpus":
        fitting = _Fitting(folder, vectors)
        yield fitting
        fitting.spool.remove()
    else:
        with ThreadPoolExecutor(1, "encode") as thread:
            yield _Ahead(folder, setting, vectors, thread)


class _Taken:
    """Vectors on their way to where they are kept: the segment of a new generation, or a place of the caller's own."""

    def __init__(self, dimension: int, vectors: Vectors | None) -> None:
        self._vectors = vectors
        self._rows = None if vectors else Rows(dimension)

    def add(self, block: Passages, encoded: FloatArray) -> None:
        if self._rows is not None:
            self._rows.add([key for key, _, _ in block], encoded)
        elif self._vectors:
            self._vectors.add([key for key, _, _ in block], encoded, documents=[document for _, document, _ in block])

    def save(self, folder: Path) -> tuple[Part, ...]:
        return () if self._rows is None else (self._rows.save(folder, "dense-1"),)


class _Ahead(Encoding):
    """An encoder that is at hand: it encodes a block, mostly outside of Python, while the same block is being tokenised."""

    def __init__(self, folder: Path, setting: str, vectors: Vectors | None, thread: ThreadPoolExecutor) -> None:
        self._folder, self._setting, self._vectors, self._thread = folder, setting, vectors, thread
        self._encoder: Encoder | None = None
        self._begun: Future[None] | None = None

    def add(self, block: Sequence[Unit]) -> None:
        from index.encoder import open_encoder

        if self._encoder is None:
            self._encoder = open_encoder(self._setting)
            assert self._encoder is not None, self._setting
            self.name = self._encoder.name
            self._taken = _Taken(self._encoder.dimension, self._vectors)
        self._wait()
        self._begun = self._thread.submit(self._encode, self._encoder, _passages_of(block))

    def _encode(self, encoder: Encoder, block: Passages) -> None:
        self._taken.add(block, encoder.encode([text for _, _, text in block]))

    def _wait(self) -> None:
        if self._begun is not None:
            self._begun.result()

    def finish(self) -> tuple[Part, ...]:
        self._wait()
        return self._taken.save(self._folder)


class _Fitting(Encoding):
    """The corpus encoder: all texts wait until it has been fitted to them."""

    def __init__(self, folder: Path, vectors: Vectors | None) -> None:
        self._folder, self._vectors = folder, vectors
        self.spool = _Spool(folder / "texts")

    def add(self, block: Sequence[Unit]) -> None:
        self.spool.add(_passages_of(block))

    def finish(self) -> tuple[Part, ...]:
        from index.encoder import fit
        from index.latent import SAMPLE

        if few := self.spool.passages():
            fitted, vectors = fit([text for _, _, text in few])
            taken = _Taken(fitted.dimension, self._vectors)
            taken.add(few, vectors)
        else:
            fitted, _ = fit(_sample((text for block in self.spool.blocks() for _, _, text in block), SAMPLE))
            taken = _Taken(fitted.dimension, self._vectors)
            for block in self.spool.blocks():
                taken.add(block, fitted.encode([text for _, _, text in block]))
        fitted.save(self._folder / ENCODER)
        self.name = fitted.name
        return taken.save(self._folder)


class _Spool:
    """The texts of all passages, in memory while they are few, else in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: Passages = ()
        self._blocks = 0

    def add(self, block: Passages) -> None:
        if self._last:
            with self._path.open("a", encoding="ascii", newline="\n") as file:
                file.writelines(f"{json.dumps(passage)}\n" for passage in self._last)
            self._blocks += 1
        self._last = block

    def passages(self) -> Passages:
        """Give all when they are one block, else none."""
        return () if self._blocks else self._last

    def blocks(self) -> Iterator[Passages]:
        if self._blocks:
            with self._path.open(encoding="ascii") as file:
                while lines := list(islice(file, BLOCK)):
                    yield [(key, document, text) for key, document, text in map(json.loads, lines)]
        yield self._last

    def remove(self) -> None:
        self._path.unlink(missing_ok=True)


def _sample(texts: Iterable[str], size: int) -> list[str]:
    """Draw `size` texts evenly from a stream of any length (Vitter's algorithm R); the same stream gives the same."""
    chance = random.Random(0)
    drawn: list[str] = []
    for seen, text in enumerate(texts):
        if seen < size:
            drawn.append(text)
        elif (place := chance.randrange(seen + 1)) < size:
            drawn[place] = text
    return drawn
