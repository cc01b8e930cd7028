"""The benchmarks measure what they say they measure."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.config import Config
from eval.bench.beside import Corpus, share_found
from eval.bench.chunkers import CHUNKERS, laws
from eval.bench.corpora import documents, fill, varied
from eval.bench.speed import growth, percentiles, questions

TEXT = "云泊区工作方案\n\n一、总体要求\n\n" + "各单位要落实责任。" * 60 + "\n\n二、主要任务\n\n(一)开展检查。\n\n" + "每季度检查一次,2025年底前完成。" * 80


@pytest.mark.parametrize("name", CHUNKERS)
def test_chunks_hold_the_text_and_keep_to_their_size(name: str) -> None:
    chunks = CHUNKERS[name](TEXT)
    covered = {at for chunk in chunks for start, end in chunk for at in range(start, end)}
    assert not "".join(c for at, c in enumerate(TEXT) if at not in covered).strip()
    if name != "RAGFlow laws":
        limit = {"fixed 500/50": 500, "Langchain-Chatchat 250": 250, "Langchain-Chatchat 750/150": 750, "MaxKB 500": 500}.get(name, 1024)
        assert all(end - start <= limit for chunk in chunks for start, end in chunk)


def test_laws_repeat_the_headings_above() -> None:
    text = "第一章 总则\n第一条 甲。\n第二条 乙。\n第二章 罚则\n第三条 丙。\n"
    cut = ["".join(text[a:b] for a, b in chunk).split("\n")[:-1] for chunk in laws(text)]
    assert cut == [["第一章 总则", "第一条 甲。"], ["第一章 总则", "第二条 乙。"], ["第二章 罚则", "第三条 丙。"]]


def test_evidence_counts_when_the_chunks_cover_it_together() -> None:
    corpus = Corpus(Path(), {"a.txt": "甲乙丙丁\n\n戊己庚辛"})
    place = [("a.txt", 2, 8)]
    assert share_found(place, [("a.txt", ((0, 4),)), ("a.txt", ((6, 10),))], corpus) == 1
    assert share_found(place, [("a.txt", ((0, 4),))], corpus) == 0
    assert share_found(place, [("b.txt", ((0, 10),))], corpus) == 0
    assert share_found([*place, ("a.txt", 0, 2)], [("a.txt", ((0, 4),))], corpus) == 0.5


def test_the_growth_of_a_power_is_its_exponent() -> None:
    assert growth([10, 100, 1000], [3 * size**0.5 for size in (10, 100, 1000)]) == 0.5
    assert percentiles([i / 1000 for i in range(1, 101)]) == {"p50": 50.0, "p95": 95.0, "p99": 99.0}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [{"id": f"d{i}", "title": f"北京市第{i}号条例", "text": f"第一条 2020年起实行。\n第二条 罚款{35 + i}元以下。\n第三条 本条例自公布之日起施行。"} for i in range(3)]
    with gzip.open(tmp_path / "laws.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return tmp_path


def test_variations_are_documents_of_their_own(data: Path) -> None:
    taken = list(islice(documents(data), 12))
    assert len({text for _, text in taken}) == len({name for name, _ in taken}) == 12
    assert varied("a.txt", "原文", 0) == ("a.txt", "原文")
    with pytest.raises(ValueError, match="jsonl"):
        next(documents(data / "nothing"))


def test_a_library_is_filled_to_its_size_and_gives_questions(data: Path, tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "library", Config()) as assistant:
        assert fill(assistant.store, data, 30, workers=1) >= 30
        assert fill(assistant.store, data, 30, workers=1) >= 30
        library = assistant.library()
        assert 30 <= library.count < 40
        asked = questions(library, 8)
        assert len(asked) == 8 and asked == questions(library, 8)
