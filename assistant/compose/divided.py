"""What a part headed 职责分工 says of one office in a sentence of its own, without a word of duty: 市发展改革委制定指导价;市财政局检查收支."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.clauses import segments, sentences
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered, in_scope
from assistant.compose.contrast import shown
from assistant.question.query import Query
from corpus.types import Document, Section, Span
from corpus.units import unit_matches, units_in

_HEADED = re.compile("职责|分工")
_ASKED = re.compile("分工|职责|(?:管|负责|承担|干|做)(?:着|了|些)*(?:什么|啥|哪)")
_NEAR, _MOST = 6, 12


def with_its_part(query: Query, gathered: Gathered, found: Draft | None) -> Draft | None:
    """Add to the tasks of an office what the division of work says of it; `found` where that says nothing new."""
    if not query.units or query.role != "any" or not _ASKED.search(query.folded):
        return found
    told = found.text if found else ""
    parts = [(document, home, span) for document, home, span in _parts(query, gathered) if (said := shown(document.text, span).rstrip("。；;，,")) and said not in told]
    if not parts:
        return found
    items = [shown(document.text, span).rstrip("。；;，,") for document, _, span in parts]
    quotes = tuple(Quote(document, span, home.path, (span,)) for document, home, span in parts)
    if found is None or not found.text:
        return Draft("reverse", "\n".join(items), quotes, 0.95, True, (), "", "duties")
    return replace(found, text=_listed(items, found.text), quotes=(*quotes, *found.quotes))


def _listed(items: list[str], text: str) -> str:
    """Put the items before those of a counted list, or before what is no such list."""
    head, _, rest = text.partition(":\n")
    if not (counted := _COUNTED.fullmatch(head)):
        return "\n".join((*items, text))
    every = [*items, *(_NUMBER.sub("", line) for line in rest.split("\n"))]
    return f"共{int(counted[1]) + len(items)}项:\n" + "\n".join(f"{n}. {item}" for n, item in enumerate(every, 1))


_COUNTED = re.compile(r"共(\d+)项")
_NUMBER = re.compile(r"^\d+\. ")


def _parts(query: Query, gathered: Gathered) -> list[tuple[Document, Section, Span]]:
    found: dict[tuple[str, Span], tuple[Document, Section, Span]] = {}
    for document in {s.clause.document.id: s.clause.document for s in gathered.clauses[:_NEAR]}.values():
        for home in document.sections:
            if not _HEADED.search(home.title) or not in_scope(document, home.index, query):
                continue
            for span in (piece for sentence in sentences(document.text, home.body) for piece in segments(document.text, sentence)):
                first = next(iter(units_in(document.text, span)), None)
                if first and first.span.start == span.start and any(unit_matches(unit, first.value) for unit in query.units):
                    found[document.id, span] = (document, home, span)
    return list(found.values())[:_MOST]
