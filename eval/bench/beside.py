"""Side by side with what a user would take instead, over the same documents and questions, each in a process of its own.

Evidence counts as found when every quoted place of it lies inside the chunks given. Chunkers of other assistants are searched with
BM25 over jieba's words, LlamaIndex with its own vector index and txtai with its own, both with this program's encoder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bench.chunkers import CHUNKERS, Chunk
from eval.bench.speed import memory, percentiles
from eval.run import read_questions
from eval.types import Question

Place = tuple[str, Chunk]
Search = Callable[[str, int], list[Place]]
"""Question and number to the best chunks, each with its document's name."""

DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Corpus:
    """names and canonical texts of the documents."""

    folder: Path
    texts: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> Corpus:
        from corpus.readers import read

        files = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md", ".html"))
        return cls(folder, {path.name: read(path.read_bytes(), path.name).text for path in files})


# ---------------------------------------------------------------- the systems


def ours(corpus: Corpus, work: Path) -> Search:
    from assistant import Assistant
    from assistant.config import Config

    assistant = Assistant.open(work / "library", Config())
    assistant.add([corpus.folder])
    return lambda question, k: [(hit.doc, ((hit.start, hit.end),)) for hit in assistant.search(question, k=k)]


def ours_answering(corpus: Corpus, work: Path) -> Search:
    """The clauses that an answer cites, which are no ranking: all of them count for every k."""
    from assistant import Assistant
    from assistant.config import Config

    assistant = Assistant.open(work / "library", Config())
    assistant.add([corpus.folder])
    return lambda question, k: [(c.doc, ((c.start, c.end),)) for c in assistant.ask(question).citations]


def chunked(name: str) -> Callable[[Corpus, Path], Search]:
    def build(corpus: Corpus, work: Path) -> Search:
        import bm25s

        from index.tokens import Tokens

        tokens = Tokens(backend="jieba", cache=work / "cache")
        places = [(doc, chunk) for doc, text in corpus.texts.items() for chunk in CHUNKERS[name](text)]
        retriever = bm25s.BM25(k1=1.5, b=0.75)
        retriever.index([tokens.words(_words_of(corpus, place)) or [""] for place in places], show_progress=False)

        def search(question: str, k: int) -> list[Place]:
            found, scores = retriever.retrieve([tokens.words(question) or [""]], k=min(k, len(places)), show_progress=False)
            return [places[int(i)] for i, score in zip(found[0], scores[0], strict=True) if score > 0]

        return search

    return build


def _words_of(corpus: Corpus, place: Place) -> str:
    return "\n".join(corpus.texts[place[0]][start:end] for start, end in place[1])


def _encoder(corpus: Corpus) -> Any:
    """This program's encoder, fitted on the same 500-character windows where it is fitted at all."""
    from index.encoder import fit, open_encoder, setting_of

    setting = setting_of("")
    if setting != "corpus":
        return open_encoder(setting)
    return fit([_words_of(corpus, (doc, chunk)) for doc, text in corpus.texts.items() for chunk in CHUNKERS["fixed 500/50"](text)])[0]


def llama_index(corpus: Corpus, work: Path) -> Search:
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter

    encoder = _encoder(corpus)

    class Ours(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return list(map(float, encoder.encode([text])[0]))

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, row)) for row in encoder.encode(texts)]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    documents = [Document(text=text, id_=name, metadata={"doc": name}) for name, text in corpus.texts.items()]
    index = VectorStoreIndex.from_documents(documents, embed_model=Ours(), transformations=[SentenceSplitter()])

    def search(question: str, k: int) -> list[Place]:
        found: list[Any] = list(index.as_retriever(similarity_top_k=k).retrieve(question))
        return [(hit.node.metadata["doc"], ((hit.node.start_char_idx or 0, hit.node.end_char_idx or 0),)) for hit in found]

    return search


def txtai(corpus: Corpus, work: Path) -> Search:
    from txtai import Embeddings

    encoder = _encoder(corpus)
    places = [(doc, chunk) for doc, text in corpus.texts.items() for chunk in CHUNKERS["fixed 500/50"](text)]
    embeddings = Embeddings({"method": "external", "transform": lambda texts: encoder.encode(list(texts)), "content": False})
    embeddings.index((i, _words_of(corpus, place), None) for i, place in enumerate(places))
    return lambda question, k: [places[int(i)] for i, _ in embeddings.search(question, k)]


SYSTEMS: dict[str, Callable[[Corpus, Path], Search]] = {
    "Policy Assistant, search": ours,
    "Policy Assistant, cited by the answer": ours_answering,
    "LlamaIndex default, our encoder": llama_index,
    "txtai vectors, our encoder, 500/50": txtai,
    **{f"{name} + bm25s": chunked(name) for name in CHUNKERS},
}


# ---------------------------------------------------------------- measuring


def places_of(question: Question, corpus: Corpus) -> list[tuple[str, int, int]]:
    """Where the quotes of the evidence stand."""
    found = []
    for doc, quote in _quotes(question):
        at = corpus.texts.get(doc, "").find(quote)
        if at >= 0:
            found.append((doc, at, at + len(quote)))
    return found


def _quotes(question: Question) -> Iterator[tuple[str, str]]:
    for evidence in question.evidence:
        yield evidence.doc, evidence.quote


def share_found(places: Sequence[tuple[str, int, int]], chunks: Sequence[Place], corpus: Corpus) -> float:
    """Share of the places that the chunks cover together, blanks aside."""
    covered = 0
    for doc, start, end in places:
        spans = sorted(span for name, chunk in chunks if name == doc for span in chunk)
        at = start
        for first, last in spans:
            if first <= at or not corpus.texts[doc][at:first].strip():
                at = max(at, last)
        covered += at >= end or not corpus.texts[doc][at:end].strip()
    return covered / len(places)


def measure(name: str, corpus: Corpus, questions: Sequence[Question]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as work:
        before = memory()[0]
        began = time.perf_counter()
        search = SYSTEMS[name](corpus, Path(work))
        search("安全生产", 1)
        built = time.perf_counter() - began
        spent, whole, lists, shown = [], {1: [], 5: [], 10: []}, [], []  # type: ignore[var-annotated]
        for question in questions:
            began = time.perf_counter()
            found = search(question.question, DEEPEST)
            spent.append(time.perf_counter() - began)
            places = places_of(question, corpus)
            shown.append(sum(end - start for _, chunk in found[:5] for start, end in chunk))
            for k, of in whole.items():
                of.append(share_found(places, found if "cited" in name else found[:k], corpus) == 1)
            if question.kind in ("list", "reverse"):
                lists.append(share_found(places, found if "cited" in name else found[:5], corpus))
        size = sum(len(text.encode()) for text in corpus.texts.values()) / 1e6
        return {
            "system": name, **{f"top{k}": round(sum(of) / len(of), 3) for k, of in whole.items()},
            "list_recall_top5": round(sum(lists) / max(len(lists), 1), 3), "characters_top5": round(sum(shown) / len(shown)), "build_s": round(built, 2), "build_mb_per_s": round(size / built, 3),
            "query_ms": percentiles(spent), "rss_mb": round(memory()[0] - before),
        }  # fmt: skip


def report(results: Sequence[dict[str, Any]], folder: Path) -> None:
    """Print the table, with ratios to the first row; write beside.json and beside.png."""
    from PIL import Image, ImageDraw
    from rich.console import Console
    from rich.table import Table

    own = results[0]
    table = Table("system", "top 1", "top 5", "top 10", "lists top 5", "characters top 5", "build s (ratio)", "query p50 ms (ratio)", "MB")
    for r in results:
        build, query = r["build_s"] / own["build_s"], r["query_ms"]["p50"] / max(own["query_ms"]["p50"], 1e-3)
        table.add_row(r["system"], *(str(r[f"top{k}"]) for k in (1, 5, 10)), str(r["list_recall_top5"]), str(r["characters_top5"]), f"{r['build_s']} ({build:.2f})", f"{r['query_ms']['p50']} ({query:.2f})", str(r["rss_mb"]))
    Console(width=150).print(table)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "beside.json").write_text(json.dumps(list(results), ensure_ascii=False, indent=1), encoding="utf-8")
    image = Image.new("RGB", (900, 40 + 34 * len(results)), "white")
    canvas = ImageDraw.Draw(image)
    for at, r in enumerate(results):
        y = 20 + 34 * at
        canvas.text((10, y + 8), r["system"], fill="black")
        for k, colour, shift in ((5, "#b9d6ea", 0), (1, "#1b6ca8", 8)):
            canvas.rectangle((300, y + shift, 300 + 520 * r[f"top{k}"], y + 24 - shift), fill=colour)
        canvas.text((830, y + 8), f"{r['top1']:.2f} / {r['top5']:.2f}", fill="black")
    image.save(folder / "beside.png")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, required=True, help="folder of the documents")
    parser.add_argument("--questions", type=Path, required=True, help="questions with evidence, as eval/questions has them")
    parser.add_argument("--out", type=Path, default=Path("bench-report"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        corpus = Corpus.read(chosen.documents)
        asked = [q for q in read_questions(chosen.questions) if q.answerable and q.lang == "zh" and not q.history]
        asked = [q for q in asked if q.evidence and len(places_of(q, corpus)) == len(q.evidence)]
        print(json.dumps(measure(chosen.one, corpus, asked), ensure_ascii=False))
        return
    results = []
    for name in SYSTEMS:
        command = [sys.executable, "-m", "eval.bench.beside", "--documents", str(chosen.documents), "--questions", str(chosen.questions), "--one", name]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(f"{name}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            continue
        results.append(json.loads(done.stdout.splitlines()[-1]))
    report(results, chosen.out)


if __name__ == "__main__":
    main()
