"""Open an assistant over texts written in a test module, and check what every answer has to keep to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant import Assistant
from assistant.config import Config
from assistant.types import Answer, Turn

TOWN = """白鹭镇禁渔通告

附件1

白鹭镇禁渔水域名录

一、清水河段禁渔期为3月1日至6月30日。

附件2

白鹭镇渔政分工

一、清水河段夜间巡查每周2次。
"""
"""A notice whose two attachments speak of the same stretch of river."""


@contextmanager
def asking(folder: Path, texts: Mapping[str, str]) -> Iterator[Assistant]:
    """Open an assistant over `texts` (file name -> text), for one module's questions."""
    paths = [folder / name for name in texts]
    for path in paths:
        path.write_text(texts[path.name], encoding="utf-8")
    with Assistant.open(folder / "library", Config()) as assistant:
        taken = assistant.add(paths).files if paths else ()
        assert [file.status for file in taken] == ["added"] * len(paths)
        yield assistant


def continued(assistant: Assistant, *questions: str) -> Answer:
    """Ask the questions as one conversation; give the last answer."""
    turns: list[Turn] = []
    for question in questions[:-1]:
        turns.append(Turn(question, assistant.ask(question, turns).answer))
    return assistant.ask(questions[-1], turns)


def marked(answer: Answer) -> list[str]:
    """The highlighted words of all citations, in order."""
    return [c.quote[a - c.start : b - c.start] for c in answer.citations for a, b in c.highlight]


def assert_citations_hold(assistant: Assistant, answer: Answer) -> None:
    """Every quote is the stored text from start to end, its highlights lie inside, and only answers cite."""
    for number, citation in enumerate(answer.citations, 1):
        text = assistant.store.document(citation.document_id).text
        assert citation.n == number
        assert citation.quote == text[citation.start : citation.end] != ""
        assert all(citation.start <= a < b <= citation.end for a, b in citation.highlight)
    assert bool(answer.citations) == (answer.status == "answered")
    assert 0 <= answer.confidence <= 1
    assert answer.abstained == (answer.status == "refused") == bool(answer.reason)
