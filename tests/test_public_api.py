"""The names other programs may import, and nothing else."""

from __future__ import annotations

import inspect

import assistant as package
from assistant import Answer, Assistant, Citation, Quiz, QuizRequest, SearchHit, Turn


def test_the_public_names_are_exactly_these() -> None:
    assert sorted(package.__all__) == ["Answer", "Assistant", "Citation", "Quiz", "QuizRequest", "SearchHit", "Turn"]


def test_every_public_name_can_be_imported_and_says_what_it_is() -> None:
    for name in (Answer, Assistant, Citation, Quiz, QuizRequest, SearchHit, Turn):
        assert inspect.getdoc(name)


def test_the_assistant_has_these_verbs() -> None:
    verbs = {name for name, _ in inspect.getmembers(Assistant, callable) if not name.startswith("_")}
    assert {"open", "close", "add", "remove", "ask", "search", "duties", "quiz", "reindex", "verify"} <= verbs


def test_an_assistant_opens_adds_and_asks_as_documented() -> None:
    assert list(inspect.signature(Assistant.open).parameters) == ["folder", "config"]
    assert list(inspect.signature(Assistant.add).parameters)[:2] == ["self", "paths"]
    assert list(inspect.signature(Assistant.ask).parameters) == ["self", "question", "history", "documents", "as_of"]


def test_an_answer_keeps_the_shape_that_programs_read() -> None:
    citation = Citation(1, "d", "a.txt", "标题", ("一、",), 3, 5, "引文", ((3, 4),))
    answer = Answer("谁?", "refused", "lead", "", 0.123456, (citation,), reason="没有写")
    assert answer.as_json() == {
        "id": "",
        "question": "谁?",
        "status": "refused",
        "abstained": True,
        "kind": "lead",
        "answer": "",
        "confidence": 0.1235,
        "reason": "没有写",
        "notes": [],
        "latency_ms": 0.0,
        "citations": [
            {
                "n": 1,
                "document_id": "d",
                "doc": "a.txt",
                "title": "标题",
                "path": ["一、"],
                "start": 3,
                "end": 5,
                "quote": "引文",
                "highlight": [[3, 4]],
                "page": None,
            }
        ],
    }
