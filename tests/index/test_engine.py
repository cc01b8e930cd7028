from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ConfigError, LibraryCorrupt, LibraryTooNew
from index.engine import Index
from index.fusion import WEIGHTS
from index.generations import MANIFEST, POINTER, writing
from index.manifest import FORMAT, read_manifest
from index.tokens import Tokens
from index.types import Strength, Unit

ROOT = Path(__file__).resolve().parents[2]
TOKENS = Tokens()
TEXTS = (
    "集中开展拆违清障行动,2025年底前实现人员密集场所防盗窗动态清零。区消防救援大队牵头。",
    "开展有限空间作业专项整治,由区应急管理局牵头,各镇配合。",
    "加强电动自行车集中充电设施建设,新增充电端口五千个。",
    "督促企业落实全员安全生产责任制,整改率达到百分之九十五。",
    "每季度开展一次应急演练。",
    "水库大坝由区水利局巡查。",
)
IndexOf = Callable[..., Index]


def units_of(texts: Iterable[str]) -> list[Unit]:
    return [Unit(100 + i, f"文件{i % 2}", f"第{i % 2}号方案", "二、主要任务", text) for i, text in enumerate(texts)]


@pytest.fixture
def index_of(tmp_path: Path) -> IndexOf:
    def build(*texts: str, generation: int = 1, encoder: str = "corpus") -> Index:
        return Index.build(tmp_path / "index", units_of(texts), encoder=encoder, generation=generation, tokens=TOKENS)

    return build


# ---------------------------------------------------------------- searching


def test_the_passage_that_answers_comes_first_with_its_rank_in_every_ranker(index_of: IndexOf) -> None:
    hits = index_of(*TEXTS).search("防盗窗清零由谁牵头")
    assert (hits[0].key, hits[0].document_id) == (100, "文件0")
    assert hits[0].ranks == {"words": 1, "characters": 1, "dense": 1}
    assert hits[0].score == pytest.approx(sum(WEIGHTS.values()))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_numeral_is_found_in_either_writing(index_of: IndexOf) -> None:
    index = index_of(*TEXTS)
    assert index.search("二〇二五年底前要完成什么", k=1)[0].key == 100
    assert index.search("95%", k=1)[0].key == 103


@pytest.mark.parametrize("rankers", [("words",), ("characters",), ("dense",), ("words", "characters")])
def test_rankers_can_be_chosen(index_of: IndexOf, rankers: tuple[str, ...]) -> None:
    hits = index_of(*TEXTS).search("有限空间作业专项整治", rankers=rankers)
    assert hits[0].key == 101
    assert all(set(hit.ranks) <= set(rankers) for hit in hits)


def test_only_passages_of_the_given_documents_come_back(index_of: IndexOf) -> None:
    index = index_of(*TEXTS)
    hits = index.search("防盗窗由谁牵头", documents=["文件1"])
    assert hits and {hit.document_id for hit in hits} == {"文件1"}
    assert index.search("防盗窗动态清零", documents=[]) == ()
    assert index.search("防盗窗动态清零", documents=["没有"]) == ()


def test_the_raw_scores_are_those_of_the_rankers(index_of: IndexOf) -> None:
    index = index_of(*TEXTS)
    best = index.search("防盗窗清零由谁牵头")[0]
    own = index.rankings("防盗窗清零由谁牵头")
    assert best.raw == {ranker: ranking[0][1] for ranker, ranking in own.items()}


def test_a_text_with_its_passage_is_stronger_than_one_without(index_of: IndexOf) -> None:
    index = index_of(*TEXTS)
    there, gone, other = (index.strength(text) for text in ("防盗窗动态清零", "渔船动态监管", "xyz"))
    assert 1 >= there.characters > gone.characters > other.characters == 0
    assert there.words > gone.words
    assert 0 < there.ahead <= 1
    assert index.strength("防盗窗动态清零", documents=["文件1"]).characters < there.characters
    assert index.strength("防盗窗", documents=["没有的"]) == Strength()


def test_the_length_of_a_text_does_not_make_it_stronger(index_of: IndexOf) -> None:
    index = index_of(*TEXTS)
    whole = index.strength(TEXTS[0])
    assert whole.characters == pytest.approx(index.strength("防盗窗动态清零").characters, abs=0.25)


def test_k_bounds_the_hits_and_a_small_k_gives_a_prefix(index_of: IndexOf) -> None:
    index = index_of(*TEXTS)
    assert index.search("牵头", k=0) == ()
    assert index.search("区牵头", k=2) == index.search("区牵头", k=50)[:2]


@pytest.mark.parametrize(
    "question",
    ["", " \n", "???", "zzz", "安全" * 5000, "\x00安\ud800全"],
    ids=["empty", "blank", "marks", "unknown", "long", "surrogate"],
)
def test_no_question_breaks_the_search(index_of: IndexOf, question: str) -> None:
    index_of(*TEXTS).search(question)


def test_an_unknown_ranker_is_a_mistake_of_the_program(index_of: IndexOf) -> None:
    with pytest.raises(ValueError, match="bm25"):
        index_of(*TEXTS).search("安全", rankers=("bm25",))


@pytest.mark.parametrize("encoder", ["corpus", "none"])
@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_library_of_hardly_any_passages_works(index_of: IndexOf, n: int, encoder: str) -> None:
    index = index_of(*TEXTS[:n], encoder=encoder)
    assert len(index) == n
    assert len(index.search("防盗窗")) <= n
    assert (index.encode(["防盗窗"]) is None) == (encoder == "none" or n == 0)


def test_statistics_tell_rare_tokens_from_common_ones(index_of: IndexOf) -> None:
    index = index_of(*TEXTS)
    assert index.document_frequency("牵头") == index.document_frequency("牵头", field="words") == 2
    assert index.document_frequency("方案", field="title") == len(TEXTS)
    assert index.idf("防盗") > index.idf("牵头") > index.idf("方案") > 0


def test_an_index_can_be_searched_from_many_threads(index_of: IndexOf) -> None:
    index, found = index_of(*TEXTS), []
    threads = [threading.Thread(target=lambda: found.append(index.search("防盗窗清零")[0].key)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [100] * 8


# ---------------------------------------------------------------- opening and damage


def test_an_opened_index_answers_like_the_one_that_was_built(index_of: IndexOf, tmp_path: Path) -> None:
    built = index_of(*TEXTS, generation=7)
    with Index.open(tmp_path / "index") as opened:
        assert opened.generation == built.generation == 7
        assert opened.encoder == "corpus"
        assert opened.search("防盗窗清零由谁牵头") == built.search("防盗窗清零由谁牵头")
        assert np.array_equal(np.asarray(opened.encode(["充电"])), np.asarray(built.encode(["充电"])))
        opened.verify()


def test_a_closed_index_says_so(index_of: IndexOf) -> None:
    index = index_of(*TEXTS)
    index.close()
    index.close()
    with pytest.raises(ValueError, match="closed"):
        index.search("安全")


def test_the_user_dictionary_is_kept_with_the_index(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("石榴籽工程\n", encoding="utf-8")
    units = units_of(["推进石榴籽工程。", "推进工程建设。"])
    Index.build(tmp_path / "index", units, generation=1, tokens=Tokens(dictionary=words)).close()
    with Index.open(tmp_path / "index") as index:
        assert index.document_frequency("石榴籽工程", field="words") == 1
        assert index.search("石榴籽工程", rankers=("words",))[0].key == 100
    with pytest.raises(LibraryCorrupt, match="词典"):
        Index.open(tmp_path / "index", tokens=TOKENS)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock" and path.name != "in-use"]


def test_one_changed_bit_in_any_file_is_noticed_at_opening(index_of: IndexOf, tmp_path: Path) -> None:
    index_of(*TEXTS).close()
    for path in files_in(tmp_path / "index"):
        content = path.read_bytes()
        for damaged in (content[: len(content) // 2], content[:-1] + bytes([content[-1] ^ 4])) if content else ():
            path.write_bytes(damaged)
            with pytest.raises(LibraryCorrupt):
                Index.open(tmp_path / "index", tokens=TOKENS).search("防盗窗")
        path.unlink()
        with pytest.raises(LibraryCorrupt):
            Index.open(tmp_path / "index", tokens=TOKENS)
        path.write_bytes(content)
    Index.open(tmp_path / "index", tokens=TOKENS).close()


def rewrite_manifest(folder: Path, **changes: object) -> None:
    """Publish the current generation's manifest with other values, as another version of the program would have."""
    import hashlib

    name = (folder / POINTER).read_text(encoding="utf-8").split()[0]
    content = json.loads((folder / name / MANIFEST).read_text(encoding="utf-8")) | changes
    (folder / name / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    digest = hashlib.sha256((folder / name / MANIFEST).read_bytes()).hexdigest()
    (folder / POINTER).write_text(f"{name} {digest}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"format": FORMAT + 1}, LibraryTooNew),
        ({"format": FORMAT - 1}, LibraryCorrupt),
        ({"libraries": {"tantivy": "tantivy v0.1.0"}}, LibraryCorrupt),
        ({"tokens": "0" * 64}, LibraryCorrupt),
        ({"unknown": 1}, LibraryCorrupt),
        ({"encoder_name": "corpus-128-other"}, LibraryCorrupt),
    ],
)
def test_an_index_of_another_version_is_refused(
    index_of: IndexOf, tmp_path: Path, changes: dict[str, object], error: type[Exception]
) -> None:
    index_of(*TEXTS).close()
    rewrite_manifest(tmp_path / "index", **changes)
    with pytest.raises(error):
        Index.open(tmp_path / "index", tokens=TOKENS).search("防盗窗")


def test_a_failed_build_keeps_the_former_generation(index_of: IndexOf, tmp_path: Path) -> None:
    index_of(*TEXTS, generation=1).close()
    with pytest.raises(ConfigError):
        index_of(*TEXTS, generation=2, encoder="static:/nowhere")
    with Index.open(tmp_path / "index", tokens=TOKENS) as index:
        assert index.generation == 1


def test_a_reader_goes_on_with_its_generation_while_newer_ones_are_built(index_of: IndexOf, tmp_path: Path) -> None:
    reader = index_of(*TEXTS, generation=1)
    for generation in (2, 3):
        index_of("全新的内容。", generation=generation).close()
    # Its dense side was never opened before: the files must still be there.
    assert reader.search("防盗窗清零", rankers=("dense",))[0].key == 100
    reader.close()
    index_of("全新的内容。", generation=4).close()
    generations = {path.name for path in (tmp_path / "index").iterdir() if path.is_dir()}
    assert generations == {"generation-3", "generation-4"}


# ---------------------------------------------------------------- kills

CHILD = """
import itertools, os, signal, sys
from pathlib import Path
from index.engine import Index
from index.types import Strength, Unit
folder, first = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
for generation in itertools.count(first):
    units = [Unit(i, "文件", "方案", "任务", f"第{generation}代的第{i}段话,防盗窗清零") for i in range(40)]
    Index.build(folder, units, generation=generation).close()
    print(generation, flush=True)
"""


def test_kill_9_in_a_build_leaves_a_readable_index(index_of: IndexOf, tmp_path: Path) -> None:
    index_of(*TEXTS, generation=1).close()
    delays, last = random.Random(0), 1
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path / "index"), str(last + 1)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(delays.uniform(0.02, 0.6))
        child.send_signal(signal.SIGKILL)
        reported = [int(line) for line in child.stdout.read().split()]
        child.stdout.close()
        child.wait()
        with Index.open(tmp_path / "index", tokens=TOKENS) as index:
            assert index.generation >= max([last, *reported])
            assert index.search("防盗窗清零", k=1)
            last = index.generation
    index_of(*TEXTS, generation=last + 1).close()
    assert not list((tmp_path / "index").glob("building-*"))


def test_a_kill_between_the_last_file_and_the_pointer_leaves_the_old_generation(
    index_of: IndexOf, tmp_path: Path
) -> None:
    index_of(*TEXTS, generation=1).close()
    with writing(tmp_path / "index") as building:
        (building / MANIFEST).write_text("{}", encoding="utf-8")
        building.rename(tmp_path / "index" / "generation-2")
    (tmp_path / "index" / f"{POINTER}.new").write_text("generation-2 ab", encoding="utf-8")
    with Index.open(tmp_path / "index", tokens=TOKENS) as index:
        assert index.generation == 1
    index_of(*TEXTS, generation=2).close()
    with Index.open(tmp_path / "index", tokens=TOKENS) as index:
        assert index.generation == 2


# ---------------------------------------------------------------- cost


def test_a_lexical_search_loads_no_heavy_package(index_of: IndexOf, tmp_path: Path) -> None:
    index_of(*TEXTS).close()
    code = (
        "import sys; from pathlib import Path; from index.engine import Index\n"
        "Index.open(Path(sys.argv[1])).search('防盗窗', rankers=('words', 'characters'))\n"
        "print(sorted(sys.modules.keys() & {'faiss', 'torch', 'safetensors', 'tokenizers', 'llama_index', 'jieba'}))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "index")]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "[]"


def test_building_and_searching_are_quick_enough(tmp_path: Path) -> None:
    texts = [f"{TEXTS[i % 6]}第{i}项,{TEXTS[(i * 7 + 1) % 6]}编号{i * i}" for i in range(1000)]
    began = time.process_time()
    with Index.build(tmp_path / "index", units_of(texts), generation=1, tokens=TOKENS) as index:
        built = time.process_time()
        for i in range(50):
            index.search(f"第{i}项由谁牵头整治充电设施")
        searched = time.process_time()
    # Four times what an idle machine takes, in processor time, so that a busy one does not fail it.
    assert built - began < 4
    assert (searched - built) / 50 < 0.02


def test_a_manifest_names_what_it_is_made_of(index_of: IndexOf, tmp_path: Path) -> None:
    index_of(*TEXTS, generation=3).close()
    manifest = read_manifest((tmp_path / "index" / "generation-3" / MANIFEST).read_bytes())
    assert (manifest.format, manifest.generation, manifest.passages, manifest.encoder) == (
        FORMAT,
        3,
        len(TEXTS),
        "corpus",
    )
    assert manifest.encoder_name.startswith("corpus-") and len(manifest.tokens) == 64
    assert {"units.json", "dense-1.faiss", "dense-1.npy", "gone.npy", "dictionary.txt"} < manifest.files.keys()
    assert all(len(digest) == 64 for digest in manifest.files.values())
    shutil.rmtree(tmp_path / "index")
