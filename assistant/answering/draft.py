"""A draft answer: text with the spans it rests on, before it is judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Citation
from corpus.text import joined_digits
from corpus.types import Document, Span

QUOTE_LIMIT = 700
"""Characters of a citation; a longer clause is cut down to the sentences around what answers."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause to cite and the words in it that answer."""

    document: Document
    span: Span
    path: tuple[str, ...]
    highlights: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """coverage: how much of the question the evidence covers, 0..1.  exact: a typed fact answers, not just a matching sentence.

    missing: why this cannot be answered although the subject was found ("该任务未写明牵头单位").
    """

    kind: str
    text: str
    quotes: tuple[Quote, ...]
    coverage: float
    exact: bool = False
    notes: tuple[str, ...] = ()
    missing: str = ""
    basis: str = ""
    features: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        # What is printed with its digits apart is said in one piece; the quotes stay as they are.
        object.__setattr__(self, "text", joined_digits(self.text))


def citations(quotes: Iterable[Quote]) -> tuple[Citation, ...]:
    """Number the quotes; the same span of the same document is cited once, with all highlights."""
    merged: dict[tuple[str, int, int], Quote] = {}
    for quote in quotes:
        key = (quote.document.id, quote.span.start, quote.span.end)
        seen = merged.get(key)
        merged[key] = quote if seen is None else Quote(quote.document, quote.span, quote.path, _union(seen, quote))
    return tuple(_citation(n, quote) for n, quote in enumerate(merged.values(), 1))


def _union(a: Quote, b: Quote) -> tuple[Span, ...]:
    return tuple(sorted({*a.highlights, *b.highlights}))


def _citation(n: int, quote: Quote) -> Citation:
    document, span = quote.document, quote.span
    marks = tuple((h.start, h.end) for h in quote.highlights if span.covers(h) and len(h))
    page = document.source.page_at(span.start)
    return Citation(
        n, document.id, document.name, document.title, quote.path, span.start, span.end, span.of(document.text), marks, page
    )  # fmt: skip


def names(values: Sequence[str], *, etc: bool = False) -> str:
    """Join names for reading aloud."""
    return "、".join(dict.fromkeys(values)) + ("等" if etc else "")


def lines(items: Sequence[str]) -> str:
    """Number the items, one a line; a single one stays as it is."""
    if len(items) == 1:
        return items[0]
    return "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))


def shortened(text: str, limit: int) -> str:
    """Cut a long text at the last comma or stop before `limit` characters and mark the cut."""
    text = text.strip().rstrip("。;；,，")
    if len(text) <= limit:
        return text
    cut = max(text.rfind(mark, 0, limit) for mark in ",，;；。、:：")
    return text[: cut if cut > limit // 2 else limit] + "…"
