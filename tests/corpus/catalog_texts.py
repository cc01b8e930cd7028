"""Small documents made by hand, and how tests put them into a catalog."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from corpus.readers import read
from corpus.store import Store
from corpus.types import Card, Document, Duty, Facts, Mention, Note, Passage, Section, Span


def document_of(text: str, name: str = "通知.txt") -> Document:
    """Make a small document by hand: one section, one passage a line."""
    source = read(text.encode(), "通知.txt")
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    whole = Span(0, len(text))
    section = Section(0, -1, "cn", 1, "一、", 1, "目标", lines[0], whole, whole, ("一、目标",))
    passages = tuple(Passage(i, "text", 0, span, section.path) for i, span in enumerate(lines))
    duty = Duty(0, "sentence", 0, section.path, None, whole, whole, Mention("任务", lines[0]), lead=(Mention("区应急管理局", lines[0]),))
    card = Card(title=lines[0].of(text), issuer="区应急管理局", number="某政发〔2024〕4号", issued=date(2024, 3, 21))
    return Document(name, source, card, (section,), passages, Facts(duties=(duty,)), (Note("number_lost", "缺号", lines[0]),))


def put(store: Store, text: str, origin: str = "/a/通知.txt") -> Any:
    return store.put(document_of(text, Path(origin).name), text.encode(), origin)
