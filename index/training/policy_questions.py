"""Questions people wrote on policies, with passages: the sets of `eval/families` as material to train on.

A set is a file of questions with the folder of their documents; beside them stands a file of questions on single passages.
A question with its evidence gives the window around it with the span that answers; the other windows of its documents, and those that
are most like a question nobody can answer, give examples of "not here".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.parse import parse
from corpus.text import find_folded, fold
from corpus.types import Document, Span
from corpus.windows import Window, window_of
from index.training.reader_material import Asked

LIKE = 2
"""Windows that do not answer, the most like the question, for every question that has an answer; twice as many for one that has none."""

COMPACT = 24
"""Characters up to which the strings wanted are the answer as they stand; a longer stretch is widened to whole pieces of its sentences."""

LONGEST = 160
"""Characters of an answer that is trained on."""

DOCUMENTS = frozenset((".txt", ".md", ".html"))
_BREAKS = frozenset("。;；,，:：\n")

Groups = Sequence[Sequence[str]]


def policy_questions(questions: Path, folder: Path, passages: Path | None = None) -> list[Asked]:
    """Read a set. folder: its documents.  passages: the file of questions on single passages, of which those on these documents are taken too."""
    documents = {path.name: parse(path.read_bytes(), path.name) for path in sorted(folder.iterdir()) if path.suffix in DOCUMENTS}
    windows = {name: _windows(document) for name, document in documents.items()}
    found: list[Asked] = []
    for row in _rows(questions):
        if row.get("lang", "zh") == "zh" and not row.get("history"):
            found.extend(_asked(row, documents, windows))
    for row in _rows(passages) if passages else ():
        if (passages.parent.parent / "families" / row["document"]).resolve().parent == folder.resolve():  # type: ignore[union-attr]
            found.extend(_on_passage(row, documents[Path(row["document"]).name]))
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _windows(document: Document) -> list[Window]:
    """All windows of a document, each once."""
    kept = {window.span: window for passage in document.passages if passage.kind != "heading" for window in (window_of(document, passage),)}
    return list(kept.values())


def _asked(row: Mapping[str, Any], documents: Mapping[str, Document], windows: Mapping[str, Sequence[Window]]) -> Iterator[Asked]:
    must = row.get("must") or ()
    answered: list[Window] = []
    for piece in row.get("evidence") or ():
        document = documents.get(piece["doc"])
        quote = find_folded(piece["quote"], document.text) if document else None
        for window in windows[piece["doc"]] if quote else ():
            if quote and window.span.overlaps(quote):
                answered.append(window)
                if one := _answered(row, must, window, quote):
                    yield one
                    break
    names = [name for name in row.get("docs") or () if name in windows] or list(windows)
    strangers = [w for name in names for w in windows[name] if not any(w.document is a.document and w.span.overlaps(a.span) for a in answered)]
    strangers = [w for w in strangers if not must or not all(any(fold(choice) in fold(w.context) for choice in group) for group in must)]
    for window in most_alike(row["question"], strangers)[: LIKE if answered else 2 * LIKE]:
        yield Asked(row["question"], window.context, ())


def _answered(row: Mapping[str, Any], must: Groups, window: Window, quote: Span) -> Asked | None:
    """The question on a window that holds all that is wanted inside the evidence."""
    document = window.document
    within = Span(max(quote.start, window.span.start), min(quote.end, window.span.end))
    span = find_folded(str(row.get("answer", "")).rstrip("。"), document.text, within) or covered(document.text, within, must)
    if span and row.get("kind") == "yesno":
        span = _whole_pieces(document.text, within, span)
    if span is None or len(span) > LONGEST or not must:
        return None
    lead = len(window.head) - window.span.start
    return Asked(row["question"], window.context, ((span.start + lead, span.end + lead),), (span.of(document.text),))


def covered(text: str, within: Span, must: Groups) -> Span | None:
    """The stretch that holds a string of every group, the longest string of each; whole pieces of sentences where it is long."""
    found: list[Span] = []
    for group in must:
        places = [place for choice in group if (place := find_folded(choice, text, within))]
        if not places:
            return None
        found.append(max(places, key=len))
    if not found:
        return None
    span = Span(min(one.start for one in found), max(one.end for one in found))
    if len(span) <= COMPACT and len(found) == 1:
        return span
    return _whole_pieces(text, within, span)


def _whole_pieces(text: str, within: Span, span: Span) -> Span:
    start, end = span.start, span.end
    while start > within.start and text[start - 1] not in _BREAKS:
        start -= 1
    while end < within.end and text[end] not in _BREAKS:
        end += 1
    return Span(start, end)


def _on_passage(row: Mapping[str, Any], document: Document) -> Iterator[Asked]:
    at = document.text.index(row["anchor"])
    passage = next(p for p in document.passages if p.span.start <= at < p.span.end)
    window = window_of(document, passage)
    if not row["must"]:
        yield Asked(row["question"], window.context, ())
    elif (span := covered(document.text, window.span, row["must"])) and len(span) <= LONGEST:
        lead = len(window.head) - window.span.start
        yield Asked(row["question"], window.context, ((span.start + lead, span.end + lead),), (span.of(document.text),))


def most_alike(question: str, windows: Sequence[Window]) -> list[Window]:
    """Order windows by the pairs of characters they share with a question, rare pairs counting more."""
    pairs = _pairs(question)
    held = [_pairs(window.context) & pairs for window in windows]
    often = {pair: 1 + sum(pair in one for one in held) for pair in pairs}
    order = sorted(range(len(windows)), key=lambda at: -sum(1 / often[pair] for pair in held[at]))
    return [windows[at] for at in order]


def _pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[at : at + 2] for at in range(len(folded) - 1)}
