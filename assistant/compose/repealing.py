"""What a document ends: 《…》同时废止."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.clauses import sentences
from assistant.answering.draft import Draft, Quote
from assistant.compose.texts import clean
from assistant.question.query import Query
from corpus.types import Document

_ASKED = re.compile("废止(?:的|了)?(?:是)?(?:哪|什么|啥|[旧老原][㐀-鿿]{2})|(?:哪|什么|啥)[份个部些]?[^,?]{0,8}(?:同时)?(?:废止|作废|失效)")
"""Asks for what a document ends, not for its own end."""
_ENDS = re.compile("》[^《。;]{0,40}(?:同时|即行|予以|自行)?(?:废止|失效|停止执行)")


def repealed(query: Query, documents: Sequence[Document]) -> Draft | None:
    """Give the sentence of a document that ends others; None for another question, and where none does."""
    if not _ASKED.search(query.folded):
        return None
    for document in documents:
        for passage in document.passages:
            for span in sentences(document.text, passage.span):
                if _ENDS.search(span.of(document.text)):
                    return Draft("meta", clean(span.of(document.text)), (Quote(document, span, passage.path, (span,)),), 0.95, True, (), "", "card")
    return None
