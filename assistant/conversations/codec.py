"""Answers as the catalog keeps them, and back.

No quote is kept: it is cut from its document when the answer is read again, by one who may see the document today. Where the words are
others by now the citation comes back without a quote; where the document does not exist for the reader, nothing of the answer does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.conversations.types import Exchange
from assistant.programs.verbs import Where
from assistant.types import Answer, Citation
from corpus.codec import decode, encode

Cut = Callable[[str, int, int], str | None]
"""Cuts the text of a document (id) from start to end; None when the document does not exist for the one who reads."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """digests: of the quotes, in the order of the citations.  collections: which ones the asker saw, None for all."""

    where: Where
    answer: Answer | None
    fault: str
    digests: tuple[str, ...]
    collections: tuple[str, ...] | None


def written(exchange: Exchange, collections: frozenset[str] | None) -> str:
    """Write an exchange without its question. collections: those that the asker saw when he got the answer."""
    answer = exchange.answer
    digests = tuple(digest(c.quote) for c in answer.shown) if answer else ()
    bare = _showing(answer, tuple(replace(c, quote="") for c in answer.shown)) if answer else None
    seen = None if collections is None else tuple(sorted(collections))
    return encode(_Kept(exchange.where, bare, exchange.fault, digests, seen), _Kept)


def read(question: str, content: str, number: int, asked_at: str, cut: Cut, collections: frozenset[str] | None) -> Exchange:
    """Read an exchange again for somebody who sees `collections` (None: all) today."""
    kept = decode(content, _Kept)
    exchange = Exchange(question, kept.answer, None, kept.fault, number, kept.where, asked_at)
    if kept.answer is None:
        return exchange
    quotes = [cut(c.document_id, c.start, c.end) for c in kept.answer.shown]
    if None in quotes or _sees_less(collections, kept.collections):
        return replace(exchange, answer=_nothing_of(kept.answer), where=_named(kept.where, cut), hidden=True)
    pairs = zip(kept.answer.shown, quotes, kept.digests, strict=True)
    cited = tuple(_whole(citation, quote or "", kept_digest) for citation, quote, kept_digest in pairs)
    changed = any(not citation.quote for citation in cited)
    return replace(exchange, answer=_showing(kept.answer, cited), where=_named(kept.where, cut), changed=changed)


def digest(quote: str) -> str:
    return hashlib.sha256(quote.encode()).hexdigest()[:32] if quote else ""


def _showing(answer: Answer, shown: tuple[Citation, ...]) -> Answer:
    return replace(answer, citations=shown) if answer.citations else replace(answer, nearest=shown)


def _whole(citation: Citation, quote: str, kept_digest: str) -> Citation:
    return replace(citation, quote=quote if quote and digest(quote) == kept_digest else "")


def _sees_less(today: frozenset[str] | None, then: tuple[str, ...] | None) -> bool:
    """Does the reader see less than the asker did? Also what was not found, counted or noted tells of a document."""
    return today is not None and (then is None or not frozenset(then) <= today)


def _nothing_of(answer: Answer) -> Answer:
    return Answer(answer.question, answer.status, answer.kind, "", 0.0)


def _named(where: Where, cut: Cut) -> Where:
    """Leave out the documents that do not exist for the reader."""
    return replace(where, documents=tuple(d for d in where.documents if cut(d, 0, 0) is not None))
