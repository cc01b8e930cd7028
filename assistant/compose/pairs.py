"""The value of each of two things that a question sets side by side: 法定办结和承诺办结差几天, 罚单位和罚个人各多少."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.clauses import segments
from assistant.compose import values
from assistant.compose.differences import difference
from assistant.draft import Draft, shortened
from assistant.evidence import Gathered, gather
from assistant.library import Library
from assistant.query import Query
from assistant.terms import Term, coverage, terms_of
from corpus.text import fold
from corpus.types import Span

_PAIR = re.compile(
    r"(?P<one>[㐀-鿿a-z0-9“”]{2,14})(?:和|与|跟|同|、|还是|比)(?P<two>[㐀-鿿a-z0-9“”]{2,10}?)"
    r"(?=的|在|对|,|有|哪|谁|一样|相比|比|各|分别|差|多少|相同|不同|几|最|目标|时限|标准|次数|率|时间|[?]|$)"
)
_ASKED = re.compile("一样|相同|不同|区别|差别|差异|相差|差(?:多少|几)|哪个|谁|更|分别|各(?:是|有|要|占|为|收|罚|补|最)?.{0,2}(?:多少|几)|各多")
_VERB = re.compile(r"^(?:[㐀-鿿]*(?:的|罚|收|补|里|在|是))(?=[㐀-鿿]{2})")


def compared(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Set the figures (or dates) of two things named with 和 beside each other; None where one of them has none of its own."""
    match = _PAIR.search(query.folded)
    if not match or not _ASKED.search(query.folded) or len(query.scope.places) > 1 or len(query.scope.years) > 1:
        return None
    one, two = (_VERB.sub("", match.group(name)) for name in ("one", "two"))
    title = gathered.clauses[0].clause.title if gathered.clauses else ""
    own = (_own(title, library, one, two), _own(title, library, two, one))
    if not all(own):
        return None
    shared = tuple(t for t in query.terms if all(t.text != o.text for side in own for o in side))
    drafts = []
    for mine, other, words in ((own[0], match.group("two"), one), (own[1], match.group("one"), two)):
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
