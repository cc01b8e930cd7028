"""Answers beside corrections: whoever relies on a corrected fact reads that it was corrected, by whom and from what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.types import Answer
from corpus.types import Document, Note, Span

CODE = "corrected"


def with_corrections(answer: Answer, document_of: Callable[[str], Document | None]) -> Answer:
    """Add the remarks of corrections that touch what is cited; a time limit read straight from the text takes its corrected form."""
    text, notes = answer.answer, list(answer.notes)
    for citation in answer.citations:
        document = document_of(citation.document_id)
        quoted = Span(citation.start, citation.end)
        for note in _corrections(document, quoted) if document else ():
            notes.append(note.message)
            words = note.span.of(document.text) if document else ""
            if note.reading and words and words in text and note.reading not in text:
                text = text.replace(words, note.reading)
    if len(notes) == len(answer.notes):
        return answer
    return replace(answer, answer=text, notes=tuple(dict.fromkeys(notes)))


def _corrections(document: Document, quoted: Span) -> tuple[Note, ...]:
    return tuple(note for note in document.notes if note.code == CODE and note.span.overlaps(quoted))
