from __future__ import annotations

import gc
import math
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import LibraryCorrupt
from index.lexical import HEADING_MARK, Clause, Lexical, build_lexical, entry_of
from index.tokens import Tokens
from index.types import Unit

TOKENS = Tokens()
Build = Callable[..., Lexical]
TEXTS = ("防盗窗清零由消防救援大队牵头。", "有限空间作业须审批。", "防盗窗、防盗网。", "消防消防消防。", "")


@pytest.fixture
def lexical_of(tmp_path_factory: pytest.TempPathFactory) -> Build:
    def build(*texts: str, title: str = "", path: str = "") -> Lexical:
        folder = tmp_path_factory.mktemp("lexical") / "index"
        units = [Unit(10 + i, f"文件{i % 2}", title, path, text) for i, text in enumerate(texts)]
        build_lexical(folder, units, TOKENS)
        return Lexical(folder)

    return build


def bm25(query: list[str], passages: list[list[str]], k1: float = 1.2, b: float = 0.75) -> list[float]:
    """Score every passage, naively."""
    average = sum(map(len, passages)) / len(passages)
    scores = [0.0] * len(passages)
    for token in query:
        n = sum(token in passage for passage in passages)
        idf = math.log(1 + (len(passages) - n + 0.5) / (n + 0.5))
        for i, passage in enumerate(passages):
            tf = passage.count(token)
            scores[i] += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * len(passage) / average)) if tf else 0.0
    return scores


def check_against_naive(lexical: Lexical, texts: tuple[str, ...], question: str) -> None:
    for field, split in (("words", TOKENS.words), ("characters", TOKENS.characters)):
        query = split(question)
        naive = {10 + i: score for i, score in enumerate(bm25(query, [split(text) for text in texts])) if score > 0}
        found = dict(lexical.search([Clause(field, query)], k=100))
        assert found.keys() == naive.keys()
        assert all(found[key] == pytest.approx(naive[key], rel=1e-4) for key in naive)


@pytest.mark.parametrize("question", ["防盗窗由谁牵头", "消防 消防", "有限空间", "毫不相干的问题", ""])
def test_scores_equal_those_of_a_naive_bm25(lexical_of: Build, question: str) -> None:
    check_against_naive(lexical_of(*TEXTS), TEXTS, question)


# A field longer than 40 tokens is stored with a rounded length, so the texts are short.
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text("防盗窗消大队有限", max_size=9), min_size=1, max_size=6), st.text("防盗窗消大队有限", max_size=6)
)
def test_scores_equal_a_naive_bm25_on_any_short_text(lexical_of: Build, texts: list[str], question: str) -> None:
    check_against_naive(lexical_of(*texts), tuple(texts), question)


def test_a_filter_by_document_leaves_the_scores_as_they_are(lexical_of: Build) -> None:
    lexical = lexical_of(*TEXTS)
    query = [Clause("characters", TOKENS.characters("防盗窗消防"))]
    everywhere = lexical.search(query, k=10)
    assert lexical.search(query, k=10, documents=["文件1"]) == [hit for hit in everywhere if hit[0] % 2 == 1]
    assert lexical.search(query, k=10, documents=["没有这个文件"]) == []


def test_a_search_begun_ahead_gives_what_it_gives_when_asked(lexical_of: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.lexical.HELPED_FROM", 0)
    plain, ahead = lexical_of(*TEXTS), lexical_of(*TEXTS)
    query = [Clause("characters", TOKENS.characters("防盗窗消防"))]
    for _ in range(2):
        ahead.expect(query, k=10)
        assert ahead.search(query, k=10) == plain.search(query, k=10)


def test_a_ranking_is_made_once_and_cut_as_it_is_asked_for(lexical_of: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.lexical.HELPED_FROM", 0)
    plain, kept = lexical_of(*TEXTS), lexical_of(*TEXTS)
    query = [Clause("characters", TOKENS.characters("防盗窗消防"))]
    whole = plain.search(query, k=10)
    assert len(whole) == 3
    for k in (1, 3, 2, 10, 2):
        kept.expect(query, k=k)
        assert kept.search(query, k=k) == whole[:k]
    made = kept._search
    monkeypatch.setattr(kept, "_search", lambda *_: pytest.fail("ranked again"))
    assert kept.search(query, k=1) == whole[:1]
    monkeypatch.setattr(kept, "_search", made)
    assert kept.search(query, k=10, documents=["文件1"]) == plain.search(query, k=10, documents=["文件1"])


def test_the_filter_works_before_the_cut_at_k(lexical_of: Build) -> None:
    lexical = lexical_of("消防消防消防", "只提一次消防的很长很长的一段话,后面还有许多别的内容")
    assert lexical.search([Clause("characters", ["消防"])], k=1, documents=["文件1"])[0][0] == 11


def test_a_boost_multiplies_and_clauses_add_up(lexical_of: Build) -> None:
    lexical = lexical_of("防盗窗。", "别的。", title="防盗窗清零方案")
    alone = dict(lexical.search([Clause("title", ["盗窗"])], k=5))
    both = dict(lexical.search([Clause("title", ["盗窗"], boost=3.0), Clause("words", ["防盗窗"])], k=5))
    words = dict(lexical.search([Clause("words", ["防盗窗"])], k=5))
    assert both[10] == pytest.approx(3 * alone[10] + words[10], rel=1e-5)


def test_title_and_heading_path_are_searched_with_the_text(lexical_of: Build) -> None:
    lexical = lexical_of("由区局负责。", title="烟花爆竹方案", path="二、主要任务")
    assert lexical.search([Clause("words", ["烟花爆竹"])], k=5)
    assert lexical.search([Clause("path", ["任务"])], k=5)
    assert not lexical.search([Clause("title", ["任务"])], k=5)


def test_document_frequencies_count_passages(lexical_of: Build) -> None:
    lexical = lexical_of(*TEXTS)
    assert lexical.document_frequency("characters", "消防") == 2
    assert lexical.document_frequency("words", "防盗窗") == 2
    assert lexical.document_frequency("words", "没有") == 0
    assert len(lexical) == len(TEXTS)


def test_equal_scores_come_in_the_order_of_keys(lexical_of: Build) -> None:
    lexical = lexical_of(*["同一句话"] * 5)
    assert [key for key, _ in lexical.search([Clause("characters", ["同一"])], k=5)] == [10, 11, 12, 13, 14]


def test_an_empty_index_finds_nothing(lexical_of: Build) -> None:
    assert lexical_of().search([Clause("words", ["安全"])], k=5) == []


def test_a_folder_without_an_index_is_reported(tmp_path: Path) -> None:
    with pytest.raises(LibraryCorrupt, match="关键词索引"):
        Lexical(tmp_path)


@given(st.lists(st.text("安全第九条款二十1,0 ab　\n（）", max_size=8), min_size=1, max_size=4))
def test_headings_one_by_one_give_the_tokens_of_their_path(headings: list[str]) -> None:
    path = HEADING_MARK.join(headings)
    entry = entry_of(Unit(1, "d1", "", path, ""), TOKENS)
    words, characters = TOKENS.both(path)
    assert (entry.words.split(), entry.characters.split(), entry.path.split()) == (words, characters, characters)


def test_what_was_tokenised_does_not_keep_the_tokeniser_alive() -> None:
    # Each holds a dictionary of some 35 MB, and every change of a library makes a new one.
    tokens = Tokens()
    kept = weakref.ref(tokens)
    entry_of(Unit(1, "d1", "方案", "一、任务", "防盗窗清零"), tokens)
    del tokens
    gc.collect()
    assert kept() is None
