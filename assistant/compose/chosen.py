"""Items of a list that was read out before, each in full, from where the documents state it."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Quote, lines, shortened
from assistant.answering.evidence import Gathered
from assistant.compose.texts import clean
from assistant.library.library import Library
from assistant.question.query import Query
from corpus.text import find_folded, fold
from corpus.types import Document, Span

_MARK = re.compile(r"^(?:[((（]?[一二三四五六七八九十\d]{1,3}[))）、.．](?!\d))+[ 　]*")
_TITLE = re.compile(r"^《[^》]*》")
_LONGEST, _HEAD, _LEAST = 420, 40, 2


def chosen_items(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Read out the items that a follow-up means; None where it means none or one is found nowhere."""
    if query.beyond:
        return Draft("list", "", (), 0.0, False, (), f"前面只列出{query.beyond}项", "list")
    if not query.items:
        return None
    found = [_found(item, query, gathered, library) for item in query.items]
    quotes = [quote for quote in found if quote is not None]
    if not quotes or len(quotes) < len(found):
        return None
    texts = [_text(item, quote, query.items) for item, quote in zip(query.items, quotes, strict=True)]
    return Draft("list", lines(texts), tuple(quotes), 1.0, True, (), "", "outline", (("own", 1.0),))


def _found(item: str, query: Query, gathered: Gathered, library: Library) -> Quote | None:
    head = _TITLE.sub("", item).split("…")[0].strip("。;；")[:_HEAD]
    if len(head) < _LEAST:
        return None
    for document in _documents(query, gathered, library):
        span = find_folded(fold(head), document.text)
        passage = next((p for p in document.passages if span and p.span.covers(span)), None)
        if span and passage:
            return Quote(document, passage.span if len(passage.span) <= _LONGEST else span, passage.path, (span,))
    return None


def _documents(query: Query, gathered: Gathered, library: Library) -> list[Document]:
    """Those in which the item was found, best first, then those that the conversation is about."""
    ranked = [s.clause.document for s in gathered.clauses]
    others = list(library.among(query.scope.documents)) if query.scope.documents else []
    return list({d.id: d for d in [*ranked, *others]}.values())


def _text(item: str, quote: Quote, items: tuple[str, ...]) -> str:
    """The whole paragraph of the item; of a paragraph that holds further items only its own words."""
    text = quote.document.text
    whole = _MARK.sub("", clean(quote.span.of(text)))
    at = quote.highlights[0]
    lists_more = text.count("\n", quote.span.start, quote.span.end) > 1 or "、" in Span(at.end, min(at.end + 1, len(text))).of(text)
    return shortened(clean(_TITLE.sub("", item)) if lists_more else whole, _LONGEST)
