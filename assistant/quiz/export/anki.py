"""A paper as an Anki deck: the question in front, key and source on the back; the same question updates its card."""

from __future__ import annotations

import hashlib
import html
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.quiz.export.text import lines_of
from assistant.quiz.export.words import printable
from assistant.quiz.types import KIND_NAMES, Quiz

MODEL = 1_718_246_501
STYLE = ".card {font-family: 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; font-size: 18px; line-height: 1.7; text-align: left;} .source {color: #666; font-size: 14px;}"


def apkg(quizzes: Sequence[Quiz], title: str) -> bytes:
    """Give the deck; versions hold the same questions, so the first one is written."""
    import genanki

    model = genanki.Model(
        MODEL, "政策题目", fields=[{"name": "题目"}, {"name": "答案"}, {"name": "依据"}],
        templates=[{"name": "题目", "qfmt": "{{题目}}", "afmt": "{{FrontSide}}<hr id=answer><b>{{答案}}</b><div class=source>{{依据}}</div>"}],
        css=STYLE,
    )  # fmt: skip
    deck = genanki.Deck(int(hashlib.sha256(title.encode()).hexdigest()[:8], 16), title)
    for item in quizzes[0].items:
        lines = lines_of(item, 1)
        front = "<br>".join(_safe(line.strip()) for line in [lines[0].removeprefix("1. "), *lines[1:]])
        fields = [f"【{KIND_NAMES[item.kind]}】{front}", _safe(item.answer), _safe(item.explanation)]
        deck.add_note(genanki.Note(model=model, fields=fields, guid=item.id, tags=[item.kind, f"难度{item.difficulty}"]))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "deck.apkg"
        genanki.Package(deck).write_to_file(str(file))
        return file.read_bytes()


def _safe(text: str) -> str:
    """Give text as HTML that also holds none of Anki's own {{…}}."""
    return html.escape(printable(text)).replace("{{", "{&#8203;{").replace("\n", "<br>")
