"""The value of each of two things that a question sets side by side: 法定办结和承诺办结差几天, 罚单位和罚个人各多少."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.clauses import segments
from assistant.answering.draft import Draft, shortened
from assistant.answering.evidence import Gathered, gather
from assistant.compose import values
from assistant.compose.differences import difference
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.terms import Term, coverage, terms_of
from corpus.text import fold
from corpus.types import Span


def compared(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Set the figures (or dates) of two things named with 和 beside each other; None where one of them has none of its own."""
    sides = query.demands.sides
    if sides is None:
        return None
    (one, two), (first, second) = sides.names, sides.printed
    title = gathered.clauses[0].clause.title if gathered.clauses else ""
    own = (_own(title, library, one, two), _own(title, library, two, one))
    if not all(own):
        return None
    shared = tuple(t for t in query.terms if all(t.text != o.text for side in own for o in side))
    drafts = []
    for mine, other, words in ((own[0], second, one), (own[1], first, two)):
        folded = query.folded.replace(f"{other}", "") if other in query.folded else query.folded
        side = replace(
            query, kind="number", folded=folded + words, terms=(*(replace(t, weight=1.6 * t.weight) for t in mine), *shared), focus=mine, units=()
        )
        draft = values.number(side, gather(side, library))
        if draft is None or not draft.text or not draft.exact or not draft.quotes[0].highlights or not _holds(mine, draft):
            return None
        drafts.append(draft)
    if drafts[0].quotes[0].path[-1:] != drafts[1].quotes[0].path[-1:]:
        return None
    if drafts[0].quotes[0].highlights == drafts[1].quotes[0].highlights or drafts[0].quotes[0].document.id != drafts[1].quotes[0].document.id:
        return None
    text = "\n".join(shortened(d.text, 90) for d in drafts) + difference(query, drafts[0], drafts[1])
    quotes = (*drafts[0].quotes[:1], *drafts[1].quotes[:1])
    return Draft(query.kind, text, quotes, min(d.coverage for d in drafts), True, (), "", "value")


def _own(title: str, library: Library, thing: str, other: str) -> tuple[Term, ...]:
    """The words that only this one of the two things has. title: of the document, folded with its places; what it says tells nothing."""
    known = library.knowledge
    found = terms_of(thing, known.words, known.frequency, known.count)
    return tuple(t for t in found if t.text not in other and t.cover(title) < 0.7)


def _holds(mine: tuple[Term, ...], draft: Draft) -> bool:
    """Does the segment around the value, or the heading above it, name the thing?"""
    quote = draft.quotes[0]
    text = quote.document.text
    at = quote.highlights[0]
    cut = segments(text, quote.span)
    index = next((i for i, s in enumerate(cut) if s.overlaps(at)), 0)
    near = Span(cut[max(index - 1, 0)].start, cut[index].end) if cut else quote.span
    return coverage(mine, ((fold(near.of(text)), 1.0), (fold("".join(quote.path[-1:])), 0.9))) >= 0.5
