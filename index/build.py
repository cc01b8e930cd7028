"""Writing a generation of the index: whole from all passages, or from the generation before with what changed.

A generation made from another shares its finished files by hard links, so that a changed document costs what it holds and not what
the library holds. Whoever reads the older generation keeps it: no file is ever written twice.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from index.dense import Keys, Part, Rows, Segment, to_join
from index.encoding import ENCODER, encoding
from index.lexical import SMALL_HEAP, LexicalWriter, entry_of, full_text
from index.manifest import Manifest, digests, library_versions
from index.runs import Run, Runs, lengthen
from index.tokens import Tokens
from index.types import Unit, Vectors

LEXICAL, UNITS, GONE, DICTIONARY = "lexical", "units.json", "gone.npy", "dictionary.txt"

BLOCK = 5_000
"""Passages tokenised and encoded at once."""

SMALL = 1_000
"""Passages up to which everything is written anew at every change."""

REFIT = 5_000
"""Passages up to which the corpus encoder is fitted anew at every change; later when the library has doubled."""

EXACT = 5_000
"""Passages up to which a removal writes everything anew, so that the statistics of BM25 are those of what is left."""

GONE_SHARE = 0.1
"""Share of removed passages in the statistics from which everything is written anew."""

Wanted = Mapping[str, tuple[int, int]]
"""Document to (first key, number of passages): what the catalog holds."""

UnitsOf = Callable[[Collection[str] | None], Iterable[Unit]]
"""Gives the passages of some documents, of all for None, by key."""

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Change:
    """What a generation takes in. folder: being written.  before: folder of the generation it is made from, None when it is made
    of everything.  added, removed: documents; one that changed is in both."""

    folder: Path
    before: Path | None
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to write a generation. beside: writes files of the caller's own into the folder, which are kept and verified with it."""

    encoder: str
    generation: int
    tokens: Tokens
    vectors: Vectors | None = None
    beside: Callable[[Change], None] = lambda change: None
    progress: Progress = lambda done, total: None


def difference(held: Runs, wanted: Wanted) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the documents to add and to remove, so that `held` becomes `wanted`; one with other keys is in both."""
    same = {d for d, place in wanted.items() if held.ranges(d) == ((place,) if place[1] else ())}
    added = tuple(document for document in wanted if document not in same)
    return added, tuple(document for document in held.documents if document not in same)


def must_be_whole(manifest: Manifest, held: Runs, wanted: Wanted, encoder: str) -> bool:
    """Tell whether a change is written better from everything than from the generation before."""
    added, removed = difference(held, wanted)
    total = sum(count for _, count in wanted.values())
    coming = sum(wanted[document][1] for document in added)
    going = sum(count for document in removed for _, count in held.ranges(document))
    # A catalog that was restored gives keys out again; vectors are kept in the order of their keys.
    highest = max((first + count for first, count, _ in held), default=0)
    again = any(wanted[document][0] < highest for document in added if wanted[document][1])
    return (
        manifest.encoder != encoder
        or total <= SMALL
        or coming > len(held)
        or again
        or (encoder == "corpus" and (total <= REFIT or total > 2 * manifest.fitted))
        or (going > 0 and total <= EXACT)
        or manifest.gone + going > GONE_SHARE * total
    )


# ---------------------------------------------------------------- whole


def write_whole(folder: Path, units: Iterable[Unit], plan: Plan, total: int = 0) -> Manifest:
    """Write a generation of all passages, by key. total: their number, for the progress; 0 when unknown."""
    (folder / DICTIONARY).write_text("".join(f"{word}\n" for word in plan.tokens.dictionary), encoding="utf-8")
    writer = LexicalWriter(folder / LEXICAL)
    found: list[Run] = []
    done = 0
    with encoding(folder, plan.encoder, plan.vectors) as dense:
        for block in _blocks(units):
            dense.add(block)
            for unit in block:
                lengthen(found, unit.key, unit.document_id)
                writer.add(entry_of(unit, plan.tokens))
            done += len(block)
            plan.progress(done, total or done)
        writer.commit()
        parts = dense.finish() if done else ()
    runs = Runs(found)
    plan.beside(Change(folder, None, runs.documents, ()))
    return _finish(folder, plan, runs, (), parts, encoder_name=dense.name, fitted=len(runs), gone=0)


# ---------------------------------------------------------------- from the generation before


def write_changed(
    folder: Path, before: Path, manifest: Manifest, held: Runs, wanted: Wanted, units_of: UnitsOf, plan: Plan
) -> Manifest:
    """Write a generation from the one `before`, which `manifest` describes, with what `wanted` has in other places."""
    added, removed = difference(held, wanted)
    _link(before, folder, manifest)
    units = list(units_of(added)) if added else []
    writer = LexicalWriter(folder / LEXICAL, heap=SMALL_HEAP)
    writer.remove(removed)
    for done, unit in enumerate(units):
        writer.add(entry_of(unit, plan.tokens))
        if done % BLOCK == 0:
            plan.progress(done, len(units))
    writer.commit()
    going = [key for document in removed for first, count in held.ranges(document) for key in range(first, first + count)]
    kept = [run for run in held if run[2] not in set(removed)]
    runs = Runs([*kept, *((*wanted[document], document) for document in added if wanted[document][1])])
    gone = np.concatenate([np.load(before / GONE), np.array(going, dtype=np.int64)])
    parts = tuple(Part(name, rows) for name, rows in manifest.vectors)
    if manifest.encoder_name:
        parts, gone = _change_vectors(folder, parts, gone, units, going, plan)
    plan.beside(Change(folder, before, added, removed))
    return _finish(
        folder, plan, runs, gone.tolist(), parts, encoder_name=manifest.encoder_name,
        fitted=manifest.fitted, gone=manifest.gone + len(going), before=before, known=manifest.files,
    )  # fmt: skip


def _link(before: Path, folder: Path, manifest: Manifest) -> None:
    """Give the new generation the files of the one before, under the same names."""
    for name in manifest.files:
        if name in (UNITS, GONE):
            continue
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(before / name, target)
        except OSError:
            # A file system without hard links.
            shutil.copy2(before / name, target)


def _change_vectors(
    folder: Path, parts: tuple[Part, ...], gone: Keys, units: Sequence[Unit], going: Sequence[int], plan: Plan
) -> tuple[tuple[Part, ...], Keys]:
    """Add the vectors of `units` as a segment, joined with the small ones before it; give the segments and the keys to pass over."""
    from index.encoder import open_encoder

    if plan.vectors and going:
        plan.vectors.remove(going)
    if not units:
        return parts, gone
    encoder = open_encoder(plan.encoder, fitted=folder / ENCODER)
    assert encoder is not None, plan.encoder
    keys = [unit.key for unit in units]
    vectors = encoder.encode([full_text(unit) for unit in units])
    if plan.vectors:
        plan.vectors.add(keys, vectors, documents=[unit.document_id for unit in units])
        return parts, gone
    joined = to_join([part.rows for part in parts], len(units))
    kept, old = parts[: len(parts) - joined], parts[len(parts) - joined :]
    rows = Rows(encoder.dimension)
    for part in old:
        segment = Segment(folder, part)
        for block in segment.blocks(gone):
            rows.add(*block)
        gone = gone[~np.isin(gone, segment.keys)]
    rows.add(keys, vectors)
    number = 1 + max((int(part.name.rpartition("-")[2]) for part in parts), default=0)
    new = rows.save(folder, f"dense-{number}")
    for part in old:
        for file in part.files:
            (folder / file).unlink()
    return (*kept, new), gone


def _finish(
    folder: Path, plan: Plan, runs: Runs, gone_keys: Collection[int], parts: Sequence[Part], *,
    encoder_name: str, fitted: int, gone: int, before: Path | None = None, known: Mapping[str, str] | None = None,
) -> Manifest:  # fmt: skip
    runs.save(folder / UNITS)
    np.save(folder / GONE, np.fromiter(gone_keys, dtype=np.int64, count=len(gone_keys)))
    files = digests(folder, before, known or {})
    manifest = Manifest(
        generation=plan.generation,
        passages=len(runs),
        encoder=plan.encoder,
        encoder_name=encoder_name,
        tokens=plan.tokens.fingerprint,
        fitted=fitted,
        vectors=tuple((part.name, part.rows) for part in parts),
        gone=gone,
        libraries=library_versions(),
        files=files,
        sizes={name: (folder / name).stat().st_size for name in files},
    )
    manifest.write(folder)
    return manifest


def _blocks(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    waiting = iter(units)
    while block := list(islice(waiting, BLOCK)):
        yield block
