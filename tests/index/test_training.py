from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from itertools import count as count_up
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from index.static import StaticEncoder, digest_of
from index.training.batches import Material, thinned, without
from index.training.clauses import clause_pairs
from index.training.evaluate import Exam, mean_reciprocal_rank
from index.training.export import quantised
from index.training.meaning import starting_vectors
from index.training.network import Batch, Network, units_of
from index.training.pairs import DOCUMENT, SOURCES, Pair, is_held_out, read_pairs, read_texts, split
from index.training.recipe import Recipe
from index.training.train import recipe_of, texts_of, train
from index.training.vocabulary import build_tokenizer, choose_pieces, count_words

TOPICS = {"消防": "防盗窗影响逃生应当拆除", "充电": "电动自行车集中充电设施建设", "水库": "大坝巡查和泄洪安排", "演练": "每季度组织应急演习"}
SMALL = ["vocabulary=300", "dimension=16", "batch=8", "epochs=30", "clauses=20", "rate=0.02", "framed=0.1", "hidden=0"]


def names(count: int, *, held_out: bool) -> list[str]:
    """Name that many documents of one side of the split."""
    every = (f"{n:0{DOCUMENT}x}" for n in count_up())
    return list(islice((name for name in every if is_held_out(name) == held_out), count))


def write_lines(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a handful of pairs of every source, and two documents."""
    folder = tmp_path_factory.mktemp("data")
    documents = [*names(11, held_out=False), *names(1, held_out=True)]
    for source in SOURCES:
        rows = [
            {"query": f"{topic}怎么办", "positive": f"{text}{turn}", "group": f"{documents[turn]}{topic}"}
            for turn in range(12)
            for topic, text in TOPICS.items()
        ]
        write_lines(folder / "train" / f"{source}.jsonl.gz", rows)
    law = {"id": documents[0], "title": "甲区消防条例", "text": "第一条 为了加强消防工作,预防火灾,保护人身安全,制定本条例。\n第二章 责任\n第二条 单位应当组织演练。"}
    for name in ("laws", "policies"):
        write_lines(folder / "scale" / f"{name}.jsonl.gz", [law, law, law])
    return folder


@pytest.fixture
def trained(data: Path, tmp_path: Path) -> Callable[..., Path]:
    def run(name: str, *settings: str, work: str = "work") -> Path:
        train(data, tmp_path / name, tmp_path / work, recipe_of([*SMALL, *settings]), threads=1)
        return tmp_path / name

    return run


def test_a_run_learns_which_passage_answers_and_writes_a_model_that_opens(trained: Callable[..., Path]) -> None:
    folder = trained("model")
    encoder = StaticEncoder(folder, fingerprint=digest_of(folder))
    questions, passages = encoder.encode([f"{topic}怎么办" for topic in TOPICS]), encoder.encode(list(TOPICS.values()))
    assert (questions @ passages.T).argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert encoder.dimension == 16


def test_a_run_that_was_stopped_goes_on_to_the_same_model(
    trained: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = 0
    step = Network.step

    def counting(self: Network, batch: Batch, *, rate: float, scale: float, sizes: list[int]) -> float:
        nonlocal steps
        steps += 1
        return step(self, batch, rate=rate, scale=scale, sizes=sizes)

    monkeypatch.setattr(Network, "step", counting)
    whole = trained("whole", work="one")
    total_steps, steps = steps, 0

    def stopping(self: Network, batch: Batch, *, rate: float, scale: float, sizes: list[int]) -> float:
        nonlocal steps
        steps += 1
        if steps == 130:
            raise KeyboardInterrupt
        return step(self, batch, rate=rate, scale=scale, sizes=sizes)

    monkeypatch.setattr(Network, "step", stopping)
    with pytest.raises(KeyboardInterrupt):
        trained("halves", work="two")
    assert digest_of(trained("halves", work="two")) == digest_of(whole)
    # 129 before the stop, and from the last checkpoint, step 100, to the end.
    assert steps - 130 == total_steps - 100


def test_passages_of_one_group_are_never_each_others_negatives() -> None:
    def loss(groups: list[int]) -> float:
        network = Network(["<unk>", "甲", "乙"], np.ones(3, np.float32), np.zeros((3, 8), np.float32), seed=0, composed=False)
        ids = [np.array([1]), np.array([2])]
        return network.step(Batch(ids, ids, np.array(groups)), rate=0.0, scale=20.0, sizes=[8])

    assert loss([0, 0]) == pytest.approx(0, abs=1e-6)
    assert loss([0, 1]) > 1e-6


def test_a_token_is_made_of_its_characters_and_pairs() -> None:
    assert units_of("消防站") == ["消", "防", "站", "消防", "防站"]
    assert units_of("消防") == ["消", "防"]
    assert units_of("5g") == units_of("水") == []
    start = np.array([[0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]], dtype=np.float32)
    network = Network(["<unk>", "消防", "水"], np.full(3, 0.5, np.float32), start, seed=1, composed=True)
    expected = 0.5 * (start + np.stack([np.zeros(4), network.units.value.mean(0).numpy(), np.zeros(4)]))
    assert np.allclose(network.table(), expected, atol=1e-6)


def test_words_that_keep_the_same_company_start_near_each_other() -> None:
    texts = ["单位发放工资责令支付", "单位发放报酬责令支付", "水库大坝安全巡查", "水库堤防安全巡查"] * 6
    words = ["发放", "工资", "报酬", "责令", "支付", "水库", "大坝", "堤防", "安全", "巡查"]
    tokenizer = build_tokenizer(choose_pieces(count_words(texts, words), 200))
    vectors = starting_vectors(texts, tokenizer, 8, seed=0)
    wages, pay, dam = (vectors[tokenizer.token_to_id(word)] for word in ("工资", "报酬", "大坝"))
    assert wages @ pay > 0.8 > wages @ dam + 0.4
    assert np.linalg.norm(wages) == pytest.approx(1, abs=1e-5)


def test_a_batch_depends_on_its_number_alone() -> None:
    pairs = [Pair(f"{topic}怎么办呢", text, topic, "ict_law") for topic, text in TOPICS.items()]
    tokenizer = build_tokenizer(choose_pieces(count_words([*TOPICS.values()] * 3, ()), 100))
    recipe = Recipe(batch=3, framed=0.5)
    material = Material.of(pairs, tokenizer, recipe)
    first, again, other = material.batch(7, recipe), material.batch(7, recipe), material.batch(8, recipe)
    same = [np.array_equal(a, b) for a, b in zip(first.passages, again.passages, strict=True)]
    assert all(same) and np.array_equal(first.groups, again.groups)
    assert not all(len(a) == len(b) for a, b in zip(first.questions, other.questions, strict=True)) or (
        first.groups.tolist() != other.groups.tolist()
    )
    seen = np.concatenate([material.batch(step, recipe).groups for step in range(4)])
    assert np.bincount(seen).tolist() == [3, 3, 3, 3]


def test_thinning_leaves_something_and_hiding_takes_only_shared_tokens() -> None:
    rng = np.random.default_rng(0)
    long = np.arange(100)
    assert 60 < len(thinned(long, 0.2, rng)) < 95
    assert len(thinned(np.arange(3), 0.9, rng)) == 3
    kept = [without(long, np.arange(10), 1.0, rng) for _ in range(20)]
    assert {tuple(ids.tolist()) for ids in kept} == {tuple(range(100)), tuple(range(10, 100))}


def test_a_document_is_held_out_with_every_kind_of_pair_and_what_repeats_it() -> None:
    section = "这是一个足够长的段落,用来说明什么是保留的文本内容。" * 2
    (held,), (free,) = names(1, held_out=True), names(1, held_out=False)
    pairs = [
        Pair("标题", section, f"{held}7e80b353f7", "heading_policy"),
        Pair("同一文件的句子", "同一文件里离这一段很远的另一段文字,说的是别的事情。", held, "ict_policy"),
        Pair("引用它的句子", "前文。" + section, free, "ict_policy"),
        Pair("引用它的条文", "前文。" + section, f"{free}12", "lead_law_article"),
        Pair("别的", "完全不同的另一段文字,与上面没有任何共同之处,只为比较。", free, "ict_policy"),
    ]
    trained, held_out = split(pairs)
    assert [pair.query for pair in trained] == ["别的"]
    assert [pair.query for pair in held_out] == ["标题", "同一文件的句子"]


def test_words_are_learnt_from_whole_documents_of_training_pairs_alone(tmp_path: Path) -> None:
    (held,), (free, unknown) = names(1, held_out=True), names(2, held_out=False)
    rows = [{"id": name, "title": f"标题{name}", "text": "正文"} for name in (held, free, unknown)]
    for name in ("laws", "policies"):
        write_lines(tmp_path / "scale" / f"{name}.jsonl.gz", rows)
    trained = [Pair("问", "答", f"{free}3", "ict_law")]
    assert list(texts_of(tmp_path, trained)) == [f"标题{free}\n正文"] * 2
    assert list(read_texts(tmp_path / "scale" / "laws.jsonl.gz", {unknown})) == [(f"标题{unknown}", "正文")]


def test_pairs_are_read_with_their_source(data: Path) -> None:
    pairs = list(read_pairs(data / "train"))
    assert {pair.source for pair in pairs} == set(SOURCES)
    assert len(pairs) == 48 * len(SOURCES)


def test_clauses_are_drawn_from_articles_with_the_title_before_the_rest() -> None:
    law = "第一条 为了预防火灾,保护人身安全,维护公共利益,根据有关法律,制定本条例。\n第二章 责任\n第二条 短。"
    (pair,) = clause_pairs([("消防条例", law)], seed=0)
    assert pair.positive.startswith("消防条例\n") and pair.query not in pair.positive
    assert "第二章" not in pair.positive


def test_words_of_the_vocabulary_come_out_whole_and_characters_are_the_way_out() -> None:
    texts = ["防盗窗动态清零由区消防救援大队牵头"] * 5
    tokenizer = build_tokenizer(choose_pieces(count_words(texts, ["防盗窗"]), 100))
    assert tokenizer.encode("防盗窗。2025", add_special_tokens=False).tokens == ["防盗窗", "2", "0", "2", "5"]
    assert tokenizer.encode("窗防", add_special_tokens=False).tokens == ["窗", "防"]


def test_eight_bits_keep_directions() -> None:
    table = np.random.default_rng(0).standard_normal((50, 64)).astype(np.float32)
    numbers, factors = quantised(table)
    back = numbers * factors[:, np.newaxis]
    cosines = (back * table).sum(1) / np.linalg.norm(back, axis=1) / np.linalg.norm(table, axis=1)
    assert numbers.dtype == np.int8 and cosines.min() > 0.9998


def test_reciprocal_ranks_are_averaged() -> None:
    passages = np.eye(3, dtype=np.float32)
    questions = np.array([[1, 0.5, 0], [0.1, 0.2, 0.3]], dtype=np.float32)
    exam = Exam(("a", "b"), ("x", "y", "z"), (frozenset({1}), frozenset({2})))
    assert mean_reciprocal_rank(questions, passages, exam) == pytest.approx((0.5 + 1) / 2)


def test_a_setting_the_recipe_does_not_have_is_refused() -> None:
    assert recipe_of(["composed=false", "epochs=1.5"]) == Recipe(composed=False, epochs=1.5)
    with pytest.raises(ValueError, match="dimension"):
        recipe_of(["layers=2"])
