from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ConfigError
from index.rerank import SHIPPED, CrossEncoderReranker, open_reranker, reranked
from index.types import FloatArray


class Longest:
    """Takes the longest text for the best."""

    name = "longest"
    weight = 0.0

    def score(self, question: str, texts: Sequence[str]) -> FloatArray:
        return np.array([len(text) for text in texts], dtype=np.float32)


@pytest.fixture(scope="module")
def cross_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a random BERT of one small layer with one output."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("cross")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set("防盗窗动态清零由消防救援大队牵头安全"))]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder / "model")
    shape = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=1,
    )
    BertForSequenceClassification(shape).save_pretrained(folder / "model")
    return folder / "model"


def test_the_best_candidates_are_put_in_the_rerankers_order_and_the_rest_stays() -> None:
    found = [("a", "一"), ("b", "一二三"), ("c", "一二"), ("d", "一二三四五")]
    assert reranked(Longest(), "?", found, candidates=3) == ["b", "c", "a", "d"]
    assert reranked(Longest(), "?", []) == []


def test_a_weight_adds_to_what_the_search_says() -> None:
    class Half(Longest):
        weight = 0.5

    found = [("a", "一"), ("b", "一二三"), ("c", "一二")]
    assert reranked(Half(), "?", found, before=[5.0, 3.0, 2.9]) == ["a", "b", "c"]
    assert reranked(Half(), "?", found, before=[3.2, 3.0, 2.9]) == ["b", "c", "a"]
    assert reranked(Half(), "?", found) == ["b", "c", "a"]


def test_the_shipped_network_says_which_passage_answers() -> None:
    reranker = open_reranker(SHIPPED)
    assert reranker is not None and reranker.weight > 0
    texts = ["第九条 本办法自2025年1月1日起施行。", "第三条 市应急管理局负责全市森林防火工作。", ""]
    scores = reranker.score("谁负责全市森林防火工作?", texts)
    assert scores.dtype == np.float32 and scores.argmax() == 1
    assert reranker.score("谁负责全市森林防火工作?", texts[1:2])[0] == pytest.approx(scores[1], abs=1e-4)
    assert reranker.name.startswith("reranker-")


def test_equal_scores_keep_the_order_of_the_search() -> None:
    assert reranked(Longest(), "?", [(2, "甲"), (1, "乙"), (3, "丙")]) == [2, 1, 3]


def test_a_cross_encoder_scores_each_pair_by_itself(cross_folder: Path) -> None:
    reranker = open_reranker(str(cross_folder))
    assert reranker is not None
    texts = ["防盗窗动态清零", "由消防救援大队牵头", "安全"]
    scores = reranker.score("防盗窗由谁牵头", texts)
    assert scores.shape == (3,) and scores.dtype == np.float32
    assert reranker.score("防盗窗由谁牵头", texts[1:2])[0] == pytest.approx(scores[1], abs=1e-5)
    assert reranker.score("?", []).shape == (0,)
    assert reranker.name == CrossEncoderReranker(str(cross_folder)).name


def test_none_is_set_by_nothing_and_a_missing_one_is_not_fetched() -> None:
    assert open_reranker("") is None
    with pytest.raises(ConfigError, match="打不开"):
        open_reranker("nobody/no-such-reranker")


def test_a_search_of_the_library_is_reranked_by_one_setting(cross_folder: Path, tmp_path: Path) -> None:
    from assistant import Assistant
    from assistant.config import Config

    text = tmp_path / "方案.txt"
    tasks = "".join(f"{n}.{what}安全检查由区消防救援大队牵头。\n" for n, what in enumerate("窗动队头零", 1))
    text.write_text(f"甲区方案\n一、任务\n{tasks}", encoding="utf-8")
    with Assistant.open(tmp_path / "library", Config(reranker=str(cross_folder))) as assistant:
        assistant.add([text])
        plain = assistant.library().index.search("安全检查由谁牵头")
        hits = list(assistant.library().search("安全检查由谁牵头", k=3))
        judge = CrossEncoderReranker(str(cross_folder))
        texts = [" › ".join(hit.passage.path) + "\n" + hit.passage.span.of(hit.document.text) for hit in hits]
        scores = judge.score("安全检查由谁牵头", texts).tolist()
        assert scores == sorted(scores, reverse=True)
        assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in plain[:3]])
