from __future__ import annotations

from collections.abc import Callable

from assistant import Assistant


def test_a_library_is_a_llama_index_retriever_with_verbatim_nodes(assistant_of: Callable[..., Assistant]) -> None:
    assistant = assistant_of("甲区方案\n一、任务\n1.防盗窗动态清零由区消防救援大队牵头。\n2.燃气管道更新由区住建局牵头。\n")
    nodes = assistant.retriever(k=3).retrieve("防盗窗由谁牵头")
    place = nodes[0].node.metadata
    document = assistant.store.document(place["document_id"])
    assert "防盗窗" in nodes[0].node.get_content()
    assert document.text[place["start"] : place["end"]] == nodes[0].node.get_content()


def test_a_query_engine_answers_without_a_language_model(assistant_of: Callable[..., Assistant]) -> None:
    assistant = assistant_of("甲区方案\n一、任务\n1.防盗窗动态清零由区消防救援大队牵头。\n")
    assert "区消防救援大队" in str(assistant.query_engine(k=1).query("防盗窗由谁牵头"))
