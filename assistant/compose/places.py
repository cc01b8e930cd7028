"""Questions about the place of a text: what an attachment or item is about, and which documents mention a term."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Quote, lines, shortened
from assistant.answering.evidence import Gathered, document_meant
from assistant.compose.texts import clean
from assistant.library.library import Library
from assistant.question.query import Query
from corpus.text import find_folded, fold
from corpus.types import Document, Section, Span

_ABOUT = re.compile(r"(?:是|讲|说|写|(?<!处罚)规定|要求)(?:了|的)?(?:是)?(?:关于)?(?:些)?(?:什么|啥|哪些|哪几)|是关于|标题|题目|名称|叫什么|主要内容|内容是|什么内容")
_PARTS = re.compile(r"哪(?:些|几)(?:个|大)*(?:部分|方面|章|块)|分(?:成|为)?(?:哪)?几|怎么分|结构|目录")
_SHOWN = 420
"""Characters of an item read out whole."""


def numbered_place(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer what 附件6 or 第九条 is about: its title, its parts, or its own text."""
    scope = query.scope
    if not _ABOUT.search(query.folded) and not _PARTS.search(query.folded):
        return None
    document = document_meant(query, library.likely(query), holds=lambda d: _find(d, query) is not None)
    if document is None:
        return None
    section = _find(document, query)
    if section is None:
        return None
    if _PARTS.search(query.folded):
        return _parts(document, section)
    body = Span(section.heading.start, section.span.end)
    if section.family == "attachment" or len(body) > _SHOWN:
        children = [s for s in document.sections if s.parent == section.index and s.title]
        text = section.title + (":\n" + lines([c.title for c in children]) if children and scope.attachment is None else "")
        return Draft("list", text, (Quote(document, section.heading, section.path),), 0.95, True, (), "", "outline")
    return Draft("list", clean(body.of(document.text)), (Quote(document, body, section.path),), 0.95, True, (), "", "outline")


def _find(document: Document, query: Query) -> Section | None:
    """The section that the numbered places of the question name, from the widest to the narrowest."""
    found: Section | None = None
    if query.scope.attachment is not None:
        found = next((s for s in document.sections if s.family == "attachment" and s.number == query.scope.attachment), None)
        if found is None:
            return None
    for reference in query.scope.references:
        families = {"article": ("article", "arabic"), "item": ("arabic", "cn_paren", "cn"), "part": ("cn", "chapter", "decimal")}.get(reference.family, (reference.family,))
        inside = [s for s in document.sections if found is None or found.span.covers(s.span) and s.index != found.index]
        below = next((s for f in families for s in inside if s.family == f and s.number == reference.number), None)
        if below is None:
            return None
        found = below
    return found


def _parts(document: Document, section: Section) -> Draft | None:
    children = [s for s in document.sections if s.parent == section.index and s.title]
    if len(children) < 2:
        return None
    quotes = tuple(Quote(document, s.heading, s.path) for s in children)
    return Draft("list", lines([s.title for s in children]), quotes, 0.95, True, (), "", "outline")


def mentions(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """List the documents that contain a term, with how often and one clause each."""
    term = query.quoted[0] if query.quoted else max((t.text for t in query.terms if t.known), key=len, default="")
    if len(term) < 2:
        return None
    texts: list[str] = []
    quotes: list[Quote] = []
    for document in library.holding(term, query.scope.documents):
        times = fold(document.text).count(term)
        if not times:
            continue
        texts.append(f"《{shortened(document.title, 40)}》({times}处)")
        span = find_folded(term, document.text)
        passage = next((p for p in document.passages if span and p.span.covers(span)), None)
        if span and passage:
            quotes.append(Quote(document, passage.span if len(passage.span) <= 500 else span, passage.path, (span,)))
    if not texts:
        return Draft("list", "", (), 0.0, False, (), f"没有文件提到“{term}”", "mentions")
    return Draft("list", f"共{len(texts)}份:\n{lines(texts)}", tuple(quotes), 0.95, True, (), "", "outline")
