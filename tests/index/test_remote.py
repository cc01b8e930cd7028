from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest

from index.engine import Index
from index.remote import NOTHING_FOUND, StoreVectors, query_engine, retriever
from index.tokens import Tokens
from index.types import Unit

TEXTS = {
    31: "2025年底前实现防盗窗动态清零。区消防救援大队牵头。",
    47: "开展有限空间作业专项整治,由区应急管理局牵头。",
    53: "加强电动自行车集中充电设施建设。",
}
UNITS = [Unit(key, f"文件{key}", "方案", "任务", text) for key, text in TEXTS.items()]
TOKENS = Tokens()


def passages_lookup(key: int) -> tuple[str, Mapping[str, Any]]:
    return TEXTS[key], {"title": "方案", "start": key}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach out: not even a name is resolved."""

    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.build(tmp_path / "index", UNITS, generation=1, tokens=TOKENS)


def test_the_retriever_gives_our_hits_as_nodes_with_their_metadata(index: Index) -> None:
    nodes = retriever(index, passages_lookup, k=2).retrieve("防盗窗清零由谁牵头")
    hits = index.search("防盗窗清零由谁牵头", k=2)
    assert [(node.node.get_content(), node.score) for node in nodes] == [(TEXTS[hit.key], hit.score) for hit in hits]
    assert nodes[0].node.metadata["document_id"] == hits[0].document_id
    assert nodes[0].node.metadata["start"] == 31


def test_the_retriever_keeps_to_the_given_documents(index: Index) -> None:
    nodes = retriever(index, passages_lookup, k=5, documents=[UNITS[1].document_id]).retrieve("由谁牵头")
    assert [node.node.get_content() for node in nodes] == [TEXTS[47]]


def test_the_retriever_answers_asynchronous_callers(index: Index) -> None:
    nodes = asyncio.run(retriever(index, passages_lookup).aretrieve("有限空间"))
    assert nodes[0].node.node_id == "47"


def test_the_query_engine_quotes_the_best_passages_verbatim_without_a_model(index: Index) -> None:
    response = query_engine(index, passages_lookup, k=1).query("电动自行车充电设施")
    assert str(response) == TEXTS[53]
    assert response.source_nodes[0].node.node_id == "53"
    assert (response.metadata or {})["53"]["title"] == "方案"
    assert str(asyncio.run(query_engine(index, passages_lookup, k=1).aquery("电动自行车"))) == TEXTS[53]


def test_the_query_engine_says_when_nothing_was_found(index: Index) -> None:
    response = query_engine(index, passages_lookup).query("xyz")
    assert str(response) == NOTHING_FOUND
    assert response.source_nodes == []


def test_a_vector_store_of_llama_index_serves_as_the_dense_side(index: Index, tmp_path: Path) -> None:
    from llama_index.core.vector_stores import SimpleVectorStore

    store = StoreVectors(SimpleVectorStore())
    with Index.build(tmp_path / "remote", UNITS, generation=1, tokens=TOKENS, vectors=store) as remote:
        assert not list((tmp_path / "remote").rglob("dense.faiss"))
        for question in ("防盗窗清零", "充电设施", "有限空间作业"):
            ours, theirs = index.search(question), remote.search(question)
            assert [(hit.key, hit.ranks) for hit in ours] == [(hit.key, hit.ranks) for hit in theirs]
            assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in theirs], abs=1e-4)
    with Index.open(tmp_path / "remote", tokens=TOKENS, vectors=store) as again:
        assert again.search("防盗窗清零", rankers=("dense",))[0].key == 31


def test_a_vector_store_filters_by_document_and_forgets_keys(index: Index) -> None:
    from llama_index.core.vector_stores import SimpleVectorStore

    store = StoreVectors(SimpleVectorStore())
    vectors = index.encode(list(TEXTS.values()))
    assert vectors is not None
    store.add(list(TEXTS), vectors, documents=[unit.document_id for unit in UNITS])
    assert [key for key, _ in store.search(vectors[0], k=3)][0] == 31
    assert [key for key, _ in store.search(vectors[0], k=3, documents=[UNITS[2].document_id])] == [53]
    assert store.remove([31]) == 1
    assert 31 not in [key for key, _ in store.search(vectors[0], k=3)]
    assert store.search(vectors[0] * 0, k=3) == []


def test_two_libraries_can_share_a_vector_store(index: Index) -> None:
    from llama_index.core.vector_stores import SimpleVectorStore

    shared = SimpleVectorStore()
    first, second = StoreVectors(shared, library="甲"), StoreVectors(shared, library="乙")
    vectors = index.encode(list(TEXTS.values()))
    assert vectors is not None
    first.add([1, 2, 3], vectors, documents=["d"] * 3)
    second.add([1, 2], vectors[1:], documents=["d"] * 2)
    assert sorted(key for key, _ in first.search(vectors[0], k=9)) == [1, 2, 3]
    assert sorted(key for key, _ in second.search(vectors[0], k=9)) == [1, 2]


def test_an_index_whose_vectors_are_elsewhere_says_so(tmp_path: Path) -> None:
    from llama_index.core.vector_stores import SimpleVectorStore

    from corpus.errors import ConfigError

    store = StoreVectors(SimpleVectorStore())
    Index.build(tmp_path / "remote", UNITS, generation=1, tokens=TOKENS, vectors=store).close()
    with Index.open(tmp_path / "remote", tokens=TOKENS) as index:
        assert index.search("防盗窗", rankers=("words",))
        with pytest.raises(ConfigError, match="外部"):
            index.search("防盗窗")
