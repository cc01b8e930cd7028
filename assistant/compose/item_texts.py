"""What the items of a list say."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.ends import ended_alike
from assistant.compose.texts import clean
from corpus.types import Document, Mention, Section, Span


def item_texts(document: Document, items: Sequence[Section]) -> tuple[list[str], str]:
    """Give the text of each item without its mark, and the sentence after the last of them that adds to the list, "" for none."""
    spans, added = ended_alike(document.text, [Span(s.heading.start, s.span.end) for s in items])
    texts = [clean(span.of(document.text)).removeprefix(s.label).strip().rstrip("。;；") for s, span in zip(items, spans, strict=True)]
    return texts, added


def whole_items(document: Document, members: Sequence[Mention], *, figures: bool) -> list[str]:
    """Give the items in full whose titles are the members, where a title is only the beginning of what its item says; else none.

    figures: each with its figure is asked for, so that what stands behind the colon of a title belongs to it.
    """
    by_start = {s.heading.end: s for s in document.sections}
    items = [next((by_start[end] for end in range(m.span.end, m.span.end + 3) if end in by_start), None) for m in members]
    found = [item for item in items if item is not None]
    if len(found) < len(items) or any(len(s.span) > _WHOLE for s in found):
        return []
    cut = [document.text[m.span.end : s.span.end].lstrip()[:1] for m, s in zip(members, found, strict=True)]
    if not any(mark and mark in ";；,，" and s.body.of(document.text).strip() for mark, s in zip(cut, found, strict=True)) and not (figures and all(mark and mark in ":：" for mark in cut)):
        return []
    return item_texts(document, found)[0]


_WHOLE = 120
