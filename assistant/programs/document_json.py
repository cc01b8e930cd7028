"""The JSON objects of documents, the same on every face: the card, the outline, the facts, the text."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any

from corpus.types import Document, Section

PARTS = ("card", "outline", "facts", "text")


def document_as_json(document: Document) -> dict[str, Any]:
    """Give what identifies a document and how much was read in it."""
    card = document.card
    return {
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "issuer": card.issuer,
        "number": card.number,
        "issued": _iso(card.issued),
        "published": _iso(card.published),
        "version": document.version,
        "characters": len(document.text),
        "sections": len(document.sections),
        "passages": len(document.passages),
        "facts": dict(document.facts.counts()),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def shown_as_json(document: Document, part: str) -> dict[str, Any]:
    """Give one part of a document. part: "card", "outline", "facts" or "text"."""
    if part == "outline":
        return document_as_json(document) | {"sections": [_section(section) for section in document.sections]}
    if part == "facts":
        return document_as_json(document) | {"facts": _plain(document.facts)}
    if part == "text":
        return document_as_json(document) | {"text": document.text}
    return document_as_json(document) | {"card": _plain(document.card), "notes": _plain(document.notes)}


def _section(section: Section) -> dict[str, Any]:
    return {
        "label": section.label,
        "title": section.title,
        "family": section.family,
        "level": section.level,
        "parent": section.parent,
        "path": list(section.path),
        "start": section.span.start,
        "end": section.span.end,
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
