"""The border to llama-index: our index as its retriever and query engine, and any of its vector stores as our dense side.

llama-index-core is imported at use. Its vector stores, splitters and settings stay outside the index proper; nothing here
needs a language model or the network of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np

from corpus.errors import MissingExtra
from index.engine import Index
from index.lexical import Ranking
from index.types import FloatArray

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.query_engine import RetrieverQueryEngine
    from llama_index.core.vector_stores.types import BasePydanticVectorStore

PassagesLookup = Callable[[int], tuple[str, Mapping[str, Any]]]
"""Key of a passage to its text and metadata (document, title, path, start, end: what the catalog knows)."""

KEY_BITS = (1 << 64) - 1

NOTHING_FOUND = "文件中没有找到相关内容。"

BATCH = 500
"""Vectors sent to a vector store in one call."""


def retriever(
    index: Index, passages_lookup: PassagesLookup, k: int = 10, *, documents: Collection[str] | None = None
) -> BaseRetriever:
    """Give the index as a llama-index retriever: k nodes, best first, with our fused scores and the ranks in the metadata.

    Raises MissingExtra when llama-index-core is not installed.
    """
    _require()
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

    class IndexRetriever(BaseRetriever):
        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            found = []
            for hit in index.search(query_bundle.query_str, k=k, documents=documents):
                text, metadata = passages_lookup(hit.key)
                described = {**metadata, "document_id": hit.document_id, "ranks": dict(hit.ranks)}
                node = TextNode(id_=str(hit.key), text=text, metadata=described)
                found.append(NodeWithScore(node=node, score=hit.score))
            return found

    return IndexRetriever()


def query_engine(
    index: Index,
    passages_lookup: PassagesLookup,
    k: int = 3,
    *,
    documents: Collection[str] | None = None,
) -> RetrieverQueryEngine:
    """Give a llama-index query engine whose response is the k best passages, verbatim, one paragraph each.

    Raises MissingExtra when llama-index-core is not installed.
    """
    source = retriever(index, passages_lookup, k, documents=documents)
    from llama_index.core.base.response.schema import Response
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine
    from llama_index.core.response_synthesizers import BaseSynthesizer

    class Quotation(BaseSynthesizer):
        def get_response(self, query_str: str, text_chunks: Sequence[str], **response_kwargs: Any) -> str:
            return "\n\n".join(text_chunks)

        async def aget_response(self, query_str: str, text_chunks: Sequence[str], **response_kwargs: Any) -> str:
            return self.get_response(query_str, text_chunks)

        def synthesize(self, query: Any, nodes: Sequence[Any], *args: Any, **kwargs: Any) -> Response:
            # The inherited one hands over each node with its metadata printed in front, which is not in the document.
            quoted = [found.node.get_content() for found in nodes]
            text = self.get_response(str(query), quoted) if quoted else NOTHING_FOUND
            return Response(
                text, source_nodes=list(nodes), metadata=self._get_metadata_for_response([n.node for n in nodes])
            )

        async def asynthesize(self, query: Any, nodes: Sequence[Any], *args: Any, **kwargs: Any) -> Response:
            return self.synthesize(query, nodes)

        def _get_prompts(self) -> dict[str, Any]:
            return {}

        def _update_prompts(self, prompts: dict[str, Any]) -> None:
            return None

    # Without a model of its own a synthesiser reaches for the global one, which is OpenAI's.
    return RetrieverQueryEngine(retriever=source, response_synthesizer=Quotation(llm=MockLLM()))


class StoreVectors:
    """The dense side in any llama-index vector store (Milvus, PostgreSQL, Qdrant, …): give it to `Index.build` and `Index.open`.

    library: name under which this library's vectors are marked, so that several can share a store.
    A build adds vectors; the caller removes the keys of passages that are gone, or clears the store before.
    """

    def __init__(self, store: BasePydanticVectorStore, *, library: str = "policy-assistant") -> None:
        _require()
        self._store = store
        self._library = library
        self._namespace = int.from_bytes(hashlib.sha256(library.encode()).digest()[:8], "big")

    def add(self, keys: Sequence[int], vectors: FloatArray, *, documents: Sequence[str]) -> None:
        from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

        nodes = []
        for key, vector, document in zip(keys, vectors, documents, strict=True):
            metadata = {"key": key, "document_id": document, "library": self._library}
            node = TextNode(id_=self._node_id(key), text=str(key), metadata=metadata, embedding=vector.tolist())
            node.relationships[NodeRelationship.SOURCE] = RelatedNodeInfo(node_id=document)
            nodes.append(node)
        for first in range(0, len(nodes), BATCH):
            self._store.add(list(nodes[first : first + BATCH]))

    def remove(self, keys: Iterable[int]) -> int:
        """Forget these keys; gives how many were asked for, as stores do not report how many they had."""
        node_ids = [self._node_id(key) for key in keys]
        for first in range(0, len(node_ids), BATCH):
            self._store.delete_nodes(node_ids=node_ids[first : first + BATCH])
        return len(node_ids)

    def search(self, vector: FloatArray, *, k: int, documents: Collection[str] | None = None) -> Ranking:
        """Rank by the store's similarity (cosine, where the store offers a choice)."""
        from llama_index.core.vector_stores.types import VectorStoreQuery

        if not np.any(vector) or k < 1:
            return []
        filters = self._filters(documents)
        query = VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=k, filters=filters)
        found = self._store.query(query)
        keys = [UUID(node_id).int & KEY_BITS for node_id in found.ids or []]
        scores = found.similarities or []
        return sorted(zip(keys, map(float, scores), strict=True), key=lambda pair: (-pair[1], pair[0]))

    def _node_id(self, key: int) -> str:
        # Some stores take nothing but UUIDs; the key in the lower half spares a second lookup.
        return str(UUID(int=self._namespace << 64 | key))

    def _filters(self, documents: Collection[str] | None) -> Any:
        from llama_index.core.vector_stores.types import FilterOperator, MetadataFilter, MetadataFilters

        filters = [MetadataFilter(key="library", value=self._library)]
        if documents is not None:
            filters.append(MetadataFilter(key="document_id", value=sorted(documents), operator=FilterOperator.IN))
        return MetadataFilters(filters=list(filters))


def _require() -> None:
    from importlib.util import find_spec

    if find_spec("llama_index") is None or find_spec("llama_index.core") is None:
        raise MissingExtra("missing_extra", "没有安装 llama-index-core", "请运行 pip install llama-index-core")
