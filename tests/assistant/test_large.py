"""A large library answers as a small one does: it looks at the documents that matter instead of at all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import assistant.library.library
from assistant import Assistant
from corpus.glances import TEXT
from corpus.samples import sample_files
from corpus.types import Document

QUESTIONS = Path(__file__).resolve().parents[2] / "eval" / "questions" / "samples.jsonl"
WHOLE_LIBRARY = ("reverse", "count", "contact", "definition", "meta", "deadline", "lead", "list", "compare", "yesno")


def asked() -> list[str]:
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    chosen = [row for kind in WHOLE_LIBRARY for row in [r for r in rows if r["kind"] == kind and not r.get("history")][:12]]
    return [row["question"] for row in chosen]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("large") / "library") as opened:
        opened.add(list(sample_files()))
        yield opened


def answers(library: Assistant) -> list[tuple[str, str]]:
    return [(question, library.ask(question).answer) for question in asked()]


def test_questions_over_the_whole_library_get_the_same_answers(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    small = answers(library)
    monkeypatch.setattr(assistant.library.library, "SMALL", 0)
    library._drop()
    assert not library.library().small
    large = answers(library)
    differ = [pair for pair in zip(small, large, strict=True) if pair[0] != pair[1]]
    assert len(small) > 80 and len(differ) <= 1, differ


def test_a_list_of_tasks_is_complete_in_a_large_library(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant.library.library, "SMALL", 0)
    library._drop()
    opened = library.library()
    for unit in {mention.value for _, duty in opened.duties() for mention in duty.lead}:
        everything = {(d.id, f.ordinal) for d, f in opened.duties() if any(m.value == unit for m in f.lead)}
        found = {(d.id, f.ordinal) for d, f in opened.duties((), opened.factbook.with_units([unit])) if any(m.value == unit for m in f.lead)}
        assert found == everything


def test_documents_that_hold_a_text_are_all_found(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant.library.library, "SMALL", 0)
    library._drop()
    opened = library.library()
    for term in ("安全", "应急管理局", "防汛", "2025年", "课后服务"):
        holding = {d.id for d in opened.documents if term in d.text}
        assert holding <= {d.id for d in opened.holding(term)}
        assert bool(holding) == opened.occurs(term)
    assert not list(opened.holding("毫不相干的词语"))


def test_few_documents_of_a_large_library_stay_open(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    import assistant.library.shelves

    monkeypatch.setattr(assistant.library.library, "SMALL", 0)
    monkeypatch.setattr(assistant.library.shelves, "OPEN", 2)
    library._drop()
    documents = library.library().documents
    texts = [d.text for d in documents if d.passages]
    assert sum(d._raw is not None for d in documents) <= 2  # type: ignore[attr-defined]
    assert [d.text for d in documents if d.passages] == texts


def test_one_part_of_many_documents_is_read_without_opening_them(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    small = library.library()
    wanted = {document.id: tuple(document.facts.definitions) for document in small.documents}
    texts = dict(map(_named, small.stated(small.documents, TEXT)))
    assert texts == {document.id: document.text for document in small.documents}
    assert any(wanted.values()) and dict(map(_named, small.stated(small.documents, "definitions"))) == wanted
    monkeypatch.setattr(assistant.library.library, "SMALL", 0)
    library._drop()
    large = library.library()
    assert {identity: tuple(facts) for identity, facts in map(_named, large.stated(large.documents, "definitions"))} == wanted
    assert dict(map(_named, large.stated(large.documents, TEXT))) == texts
    assert all(document._raw is None for document in large.documents)  # type: ignore[attr-defined]


def _named(pair: tuple[Document, Any]) -> tuple[str, Any]:
    return pair[0].id, pair[1]
