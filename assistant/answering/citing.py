"""What is cited for an answer: each quote grown to the paragraph it stands in, and the other places of its document that say the same.

An answer is a few words; who checks it needs the paragraph around them, and wants to know that the task list says it as well.
Nothing here changes an answer or how sure it is: both are settled before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.clauses import sentences
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered, Scored
from corpus.numbers import CN
from corpus.text import fold, trim
from corpus.types import Document, Section, Span

PARAGRAPH = 300
"""Characters up to which a paragraph is cited whole; of a longer one the sentence is."""
_LINE = 30
"""A line up to so long (a document number, a signature) is cited with its neighbours: alone it says nothing."""
_HEADING = 130
"""Characters to which a heading grows by the first sentence of the text that follows it on its line."""

MOST_ELSEWHERE = 3
_READ = 40
"""How many of the best clauses are compared with what is cited."""
_ALIKE = 0.6
"""Share of the pairs of characters of the shorter of two sentences that the other has as well, from which on both say the same."""
_LEAST_PAIRS = 10


def cited(draft: Draft, gathered: Gathered) -> tuple[Quote, ...]:
    """Give what to cite for a draft, the quotes of the draft first; a count is led by the sentence that states it."""
    counted = _states_count(draft, gathered) if draft.kind == "count" else ()
    growth = _WITH_NEIGHBOURS.get(draft.basis, _grown)
    grown = [growth(quote) for quote in (*counted, *draft.quotes)]
    return (*grown, *(_grown(quote) for quote in _elsewhere(draft, grown, gathered)))


# ---------------------------------------------------------------- the paragraph


def _grown(quote: Quote) -> Quote:
    """A quote with the rest of its paragraph; the words that were quoted stay marked."""
    document, span = quote.document, quote.span
    at = bisect_left(document.sections, span.start, key=lambda section: section.heading.start)
    if at < len(document.sections) and document.sections[at].heading == span:
        around = _with_text(document, document.sections[at])
    else:
        around = _paragraph(document, span)
    return quote if around == span else replace(quote, span=around, highlights=quote.highlights or (span,))


def _with_text(document: Document, section: Section) -> Span:
    """A heading with the first sentence of the text that follows it on its own line; alone where none does."""
    text, heading = document.text, section.heading
    line_end = text.find("\n", heading.end)
    end = min(line_end if line_end >= 0 else len(text), section.span.end)
    following = sentences(text, Span(heading.end, end)) if heading.end < end else ()
    first = next((s for s in following if len(s.of(text).strip("。.:：;； ")) > 1), None)
    return Span(heading.start, first.end) if first and first.end - heading.start <= _HEADING else heading


def _paragraph(document: Document, span: Span) -> Span:
    """The passage, or the line of it, that holds the quote and is short enough to be read; the quote itself where none is."""
    text = document.text
    at = bisect_right(document.passages, trim(text, span).start, key=lambda passage: passage.span.start) - 1
    if at < 0 or (home := document.passages[at]).kind != "text":
        return span
    if len(home.span) <= PARAGRAPH:
        return home.span if home.span.covers(span) else span
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    line = trim(text, Span(max(start, home.span.start), min(end if end >= 0 else len(text), home.span.end)))
    return line if line.covers(span) and len(line) <= PARAGRAPH else span


def _beside_lines(quote: Quote) -> Quote:
    """A short line (a document number, a signature, a telephone number) with the written lines before and after it."""
    text, span = quote.document.text, trim(quote.document.text, quote.span)
    if len(span) > _LINE:
        return quote
    before, after = text[: span.start].rstrip(), len(text) - len(text[span.end :].lstrip())
    last = text.find("\n", after)
    grown = Span(before.rfind("\n") + 1, last if last >= 0 else len(text))
    return replace(quote, span=trim(text, grown), highlights=quote.highlights or (span,)) if len(grown) <= PARAGRAPH else quote


_WITH_NEIGHBOURS = {"card": _beside_lines, "contacts": _beside_lines}


# ---------------------------------------------------------------- elsewhere


_ONE_STATEMENT = frozenset(("lead", "support", "deadline", "number", "measure", "yesno", "definition", "list", "other", "meta"))
"""Kinds that one statement answers, which may stand twice; the others cite all they name, or sides that must differ."""


def _elsewhere(draft: Draft, grown: Sequence[Quote], gathered: Gathered) -> Iterator[Quote]:
    """Where else in the cited documents the same is said: the row of the task list beside the paragraph, the body beside an attachment."""
    if draft.kind not in _ONE_STATEMENT or len(draft.quotes) > MOST_ELSEWHERE:
        return
    taken = [(quote.document.id, quote.span) for quote in grown]
    values = _values(draft)
    said = [_said(quote) for quote in draft.quotes]
    least = max((s.score for s in gathered.clauses[:_READ] if _inside(s, taken)), default=1.0) - _WORSE
    left = MOST_ELSEWHERE
    for scored in gathered.clauses[:_READ]:
        if scored.score < least or not left:
            return
        clause = scored.clause
        if not any(clause.document.id == key for key, _ in taken) or _inside(scored, taken):
            continue
        if all(value in clause.own for value in values) and any(_same(one, clause.own) for one in said):
            yield Quote(clause.document, clause.span, clause.passage.path)
            taken.append((clause.document.id, clause.span))
            left -= 1


_WORSE = 0.12
"""How much less of the question another place may cover than the one cited."""


def _inside(scored: Scored, taken: Sequence[tuple[str, Span]]) -> bool:
    return any(scored.clause.document.id == key and span.overlaps(scored.clause.span) for key, span in taken)


def _values(draft: Draft) -> tuple[str, ...]:
    """The words that answer, where one typed fact does: another place must hold them as well."""
    if not draft.exact or len(draft.quotes) != 1:
        return ()
    quote = draft.quotes[0]
    return tuple(fold(mark.of(quote.document.text)) for mark in quote.highlights if len(mark) <= _LINE)


def _said(quote: Quote) -> str:
    """The sentence of a quote that holds what is marked in it, in matching form; all of it where nothing is."""
    text = quote.document.text
    marked = [s for s in sentences(text, quote.span) if any(s.overlaps(mark) for mark in quote.highlights)]
    return fold("".join(s.of(text) for s in marked) or quote.span.of(text))


def _pairs(folded: str) -> frozenset[str]:
    words = re.sub(r"[^\w]", "", folded)
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _same(one: str, other: str) -> bool:
    """Do two texts say the same in nearly the same words, and no other figures?"""
    first, second = _pairs(one), _pairs(other)
    least, most = sorted((len(first), len(second)))
    if least < _LEAST_PAIRS or least < _SIZE * most or len(first & second) < _ALIKE * least:
        return False
    figures, others = set(_FIGURE.findall(one)), set(_FIGURE.findall(other))
    return figures <= others or others <= figures


_SIZE = 0.4
_FIGURE = re.compile(rf"\d+(?:\.\d+)?|[{CN}]+(?=[级类期])|[ivx]+(?=级)")


_HOW_MANY = re.compile(r"共(\d+)(\D)")


def _states_count(draft: Draft, gathered: Gathered) -> tuple[Quote, ...]:
    """The sentence of the document itself that says how many there are (形成21条措施), where a number was counted."""
    found = _HOW_MANY.match(draft.text)
    if found is None or not draft.quotes:
        return ()
    document = draft.quotes[0].document
    stated = re.compile(rf"(?<!\d){found.group(1)}(?:{found.group(2)}|[条项])(?!月)")
    for scored in gathered.clauses[:_READ]:
        clause = scored.clause
        if clause.document.id == document.id and (match := stated.search(clause.text)):
            mark = Span(clause.span.start + match.start(), clause.span.start + match.end())
            return (Quote(document, clause.span, clause.passage.path, (mark,)),)
    return ()
