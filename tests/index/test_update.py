"""A generation made from the one before is worth one that was written whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

import index.build
import index.manifest
from corpus.errors import LibraryCorrupt
from index.build import Change
from index.engine import Index
from index.generations import MANIFEST
from index.lexical import Clause, Lexical
from index.manifest import SEEN, read_manifest
from index.tokens import Tokens
from index.types import Unit
from tests.index.test_lexical import bm25

ROOT = Path(__file__).resolve().parents[2]
TOKENS = Tokens()
WORDS = ("防盗窗", "清零", "消防救援大队", "牵头", "有限空间", "作业", "审批", "演练", "充电", "巡查", "大坝", "水利局")
QUESTIONS = ("防盗窗清零由谁牵头", "有限空间作业审批", "大坝巡查", "消防演练 充电")


class Library:
    """What a catalog would hold: documents of a few passages, under keys that are used once."""

    def __init__(self) -> None:
        self.next_key = 1
        self.wanted: dict[str, tuple[int, int]] = {}
        self.texts: dict[str, list[str]] = {}

    def put(self, document: str, count: int, seed: int) -> None:
        chance = random.Random(seed)
        self.texts[document] = ["".join(chance.choices(WORDS, k=chance.randint(2, 6))) for _ in range(count)]
        self.wanted.pop(document, None)
        self.wanted[document] = (self.next_key, count)
        self.next_key += count

    def remove(self, document: str) -> None:
        del self.wanted[document], self.texts[document]

    def units(self, documents: Collection[str] | None = None) -> Iterator[Unit]:
        for document, (first, _) in sorted(self.wanted.items(), key=lambda item: item[1]):
            if documents is None or document in documents:
                for at, text in enumerate(self.texts[document]):
                    yield Unit(first + at, document, f"{document}方案", "", text)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library that counts as large: changes are written as changes."""
    for limit in ("SMALL", "REFIT", "EXACT"):
        monkeypatch.setattr(index.build, limit, 0)
    monkeypatch.setattr(index.build, "GONE_SHARE", 0.5)
    library = Library()
    for n in range(20):
        library.put(f"文件{n}", 3, n)
    return library


def update(library: Library, folder: Path, generation: int, encoder: str = "corpus") -> Index:
    return Index.update(folder, library.wanted, library.units, encoder=encoder, generation=generation, tokens=TOKENS)


def files_of(folder: Path, index: Index) -> set[str]:
    manifest = read_manifest((index.folder / MANIFEST).read_bytes())
    return set(manifest.files)


def whole(library: Library, folder: Path, encoder: str = "none") -> Index:
    return Index.build(folder, library.units(), encoder=encoder, generation=1, tokens=TOKENS)


def rankings(index: Index, ranker: str) -> list[list[tuple[int, float]]]:
    return [[(hit.key, pytest.approx(hit.score, rel=1e-5)) for hit in index.search(q, k=200, rankers=(ranker,))] for q in QUESTIONS]


@pytest.mark.parametrize("ranker", ["words", "characters"])
def test_added_documents_score_as_if_they_had_been_there_from_the_start(library: Library, tmp_path: Path, ranker: str) -> None:
    update(library, tmp_path / "grown", 1, "none").close()
    for n in range(20, 30):
        library.put(f"文件{n}", 2, n)
        update(library, tmp_path / "grown", n, "none").close()
    with Index.open(tmp_path / "grown", tokens=TOKENS) as grown, whole(library, tmp_path / "whole") as anew:
        assert len(grown) == len(anew) == 80
        assert rankings(grown, ranker) == rankings(anew, ranker)
        assert grown.document_frequency("盗窗") == anew.document_frequency("盗窗")


def test_scores_over_several_segments_equal_those_of_a_naive_bm25(library: Library, tmp_path: Path) -> None:
    """A removed passage counts in the statistics until its segment is rewritten, so the naive version counts it, too."""
    update(library, tmp_path, 1, "none").close()
    everything = {unit.key: unit for unit in library.units()}
    for n, change in enumerate(("put", "remove", "put", "replace"), 2):
        if change == "remove":
            library.remove("文件3")
        else:
            library.put("文件5" if change == "replace" else f"新{n}", 4, 100 + n)
        everything |= {unit.key: unit for unit in library.units()}
        update(library, tmp_path, n, "none").close()
    with Index.open(tmp_path, tokens=TOKENS) as grown:
        lexical = Lexical(grown.folder / "lexical")
        texts = [TOKENS.characters(f"{u.title}\n\n{u.path}\n\n{u.text}") for u in everything.values()]
        alive = {unit.key for unit in library.units()}
        for question in QUESTIONS:
            query = TOKENS.characters(question)
            naive = {k: s for k, s in zip(everything, bm25(query, texts), strict=True) if s > 0 and k in alive}
            found = dict(lexical.search([Clause("characters", query)], k=200))
            assert found.keys() == naive.keys()
            # A length over 40 is stored rounded.
            assert all(found[key] == pytest.approx(naive[key], rel=0.02) for key in naive)


def test_a_removal_from_a_small_library_leaves_exact_statistics(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.build, "EXACT", 5_000)
    update(library, tmp_path / "grown", 1, "none").close()
    library.remove("文件7")
    library.put("文件9", 5, 77)
    with update(library, tmp_path / "grown", 2, "none") as grown, whole(library, tmp_path / "whole") as anew:
        assert rankings(grown, "characters") == rankings(anew, "characters")


def test_the_dense_side_follows_what_is_added_replaced_and_removed(library: Library, tmp_path: Path) -> None:
    update(library, tmp_path, 1).close()
    library.put("文件4", 2, 4)
    library.put("新", 3, 50)
    library.remove("文件8")
    with update(library, tmp_path, 2) as index:
        keys = {unit.key for unit in library.units()}
        hits = index.search("防盗窗清零由谁牵头", k=200, rankers=("dense",))
        assert {hit.key for hit in hits} <= keys
        for unit in library.units(["新", "文件4"]):
            best = index.search(f"{unit.title} {unit.text}", k=1, rankers=("dense",), documents=[unit.document_id])
            assert best and best[0].document_id == unit.document_id
        assert index.search("大坝", rankers=("dense",), documents=["文件8"]) == ()


def test_a_change_writes_little_and_leaves_the_older_generation_alone(library: Library, tmp_path: Path) -> None:
    before = update(library, tmp_path, 1)
    old = {name: (before.folder / name).read_bytes() for name in files_of(tmp_path, before)}
    found = rankings(before, "characters")
    library.put("新", 3, 50)
    library.remove("文件2")
    with update(library, tmp_path, 2) as after:
        shared = {name for name in files_of(tmp_path, after) & old.keys() if (after.folder / name).samefile(before.folder / name)}
        assert {"dense-1.faiss", "dictionary.txt", "encoder/projection.safetensors"} <= shared
        assert any(name.startswith("lexical/") for name in shared)
        after.verify()
    assert {name: (before.folder / name).read_bytes() for name in old} == old
    before.verify()
    assert rankings(before, "characters") == found
    before.close()


def test_segments_of_vectors_are_joined_as_they_grow_in_number(library: Library, tmp_path: Path) -> None:
    update(library, tmp_path, 1).close()
    for n in range(30):
        library.put(f"新{n}", 3, n)
        if n % 5 == 4:
            library.remove(f"新{n - 2}")
        update(library, tmp_path, 2 + n).close()
    with Index.open(tmp_path, tokens=TOKENS) as grown:
        parts = read_manifest((grown.folder / MANIFEST).read_bytes()).vectors
        assert len(parts) <= 4
        assert {name for name in files_of(tmp_path, grown) if name.endswith(".faiss")} == {f"{name}.faiss" for name, _ in parts}
        for unit in library.units(["新29", "新3", "文件0"]):
            assert grown.search(f"{unit.title} {unit.text}", k=1, rankers=("dense",), documents=[unit.document_id])


@pytest.mark.parametrize("reason", ["encoder", "words", "damage", "many gone", "none before"])
def test_what_cannot_be_continued_is_written_whole(library: Library, tmp_path: Path, reason: str) -> None:
    changes: list[Change] = []
    tokens, encoder = TOKENS, "corpus"
    if reason != "none before":
        update(library, tmp_path, 1).close()
    if reason == "encoder":
        encoder = "none"
    elif reason == "words":
        (tmp_path / "words.txt").write_text("防盗窗清零\n", encoding="utf-8")
        tokens = Tokens(dictionary=tmp_path / "words.txt")
    elif reason == "damage":
        (tmp_path / "generation-1" / "units.json").write_bytes(b"[]")
    elif reason == "many gone":
        for n in range(15):
            library.remove(f"文件{n}")
    with Index.update(
        tmp_path, library.wanted, library.units, encoder=encoder, generation=2, tokens=tokens, beside=changes.append
    ) as after:
        assert [change.before for change in changes] == [None]
        assert len(after) == sum(count for _, count in library.wanted.values())


def test_files_beside_the_index_are_told_what_changed(library: Library, tmp_path: Path) -> None:
    def beside(change: Change) -> None:
        changes.append(change)
        (change.folder / "own.txt").unlink(missing_ok=True)
        (change.folder / "own.txt").write_text(f"{len(changes)}", encoding="utf-8")

    changes: list[Change] = []
    for generation in (1, 2):
        if generation == 2:
            library.put("新", 1, 9)
            library.put("文件3", 2, 9)
            library.remove("文件6")
        index_ = Index.update(tmp_path, library.wanted, library.units, generation=generation, tokens=TOKENS, beside=beside)
        assert (index_.folder / "own.txt").read_text(encoding="utf-8") == str(generation)
        index_.close()
    assert len(changes[0].added) == 20 and changes[0].before is None
    assert changes[1].added == ("新", "文件3") and set(changes[1].removed) == {"文件3", "文件6"}
    assert changes[1].before == tmp_path / "generation-1"


def test_a_large_index_is_verified_once_and_again_when_its_files_change(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.manifest, "EAGER_BYTES", 0)
    read: list[str] = []
    real = index.manifest.digest
    update(library, tmp_path, 1).close()
    monkeypatch.setattr(index.manifest, "digest", lambda path: read.append(path.name) or real(path))
    Index.open(tmp_path, tokens=TOKENS).close()
    assert read == []
    target = tmp_path / "generation-1" / "dense-1.faiss"
    content = target.read_bytes()
    target.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(LibraryCorrupt, match="dense-1"):
        Index.open(tmp_path, tokens=TOKENS)
    target.write_bytes(content)
    (tmp_path / SEEN).unlink()
    Index.open(tmp_path, tokens=TOKENS).close()
    assert len(read) > 5
    read.clear()
    Index.open(tmp_path, tokens=TOKENS).close()
    assert read == []


def test_keys_that_a_restored_catalog_gives_out_again_are_written_whole(library: Library, tmp_path: Path) -> None:
    update(library, tmp_path, 1).close()
    place, texts = library.wanted["文件3"], library.texts["文件3"]
    library.remove("文件3")
    update(library, tmp_path, 2).close()
    library.wanted["文件3"], library.texts["文件3"] = place, texts
    with update(library, tmp_path, 3) as index_:
        index_.verify()
        assert {hit.document_id for hit in index_.search("防盗窗", k=100)} <= set(library.wanted)


CHILD = """
import itertools, sys
from pathlib import Path
import index.build
from index.engine import Index
from tests.index.test_update import Library
index.build.SMALL = index.build.REFIT = index.build.EXACT = 0
folder, first = Path(sys.argv[1]), int(sys.argv[2])
library = Library()
for n in range(20 + first):
    library.put(f"文件{n}", 3, n)
print("ready", flush=True)
for generation in itertools.count(first):
    library.put(f"文件{20 + generation}", 3, generation)
    if generation % 4 == 0:
        library.remove(f"文件{generation}")
    Index.update(folder, library.wanted, library.units, generation=generation).close()
    print(generation, flush=True)
"""


def test_kill_9_in_a_change_leaves_a_readable_index(library: Library, tmp_path: Path) -> None:
    update(library, tmp_path, 1).close()
    delays, last = random.Random(1), 1
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path), str(last + 1)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(delays.uniform(0.02, 0.6))
        child.send_signal(signal.SIGKILL)
        reported = [int(line) for line in child.stdout.read().split()]
        child.stdout.close()
        child.wait()
        with Index.open(tmp_path, tokens=TOKENS) as index_:
            assert index_.generation >= max([last, *reported])
            assert index_.search("防盗窗清零", k=1)
            assert index_.search("防盗窗清零", k=1, rankers=("dense",))
            index_.verify()
            last = index_.generation
    update(library, tmp_path, last + 1).close()
    assert not list(tmp_path.glob("building-*"))
