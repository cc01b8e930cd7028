"""Who does an act of procedure, or to whom something is reported: a body named beside the very word of the act.

The office that leads a task is not thereby the one that accepts it, pays for it or gets the report; a text that does not say who
does is said not to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.clauses import segments
from assistant.answering.draft import Draft, Quote, names
from assistant.answering.evidence import Gathered, Scored
from assistant.lexicon.acts import ACTS, Act
from assistant.lexicon.cues import LEADS
from assistant.question.query import Query
from assistant.question.terms import Term, coverage
from corpus.text import fold, trim
from corpus.types import Mention, Span
from corpus.units import split_units, units_in

_MOST = 12
_FAR = 0.35
"""How much less than the best clause a clause may cover that states the act: 补贴由A受理 names the matter shortly."""
_BEHIND = 10
"""Characters behind the act within which its receiver begins: 报送至县应急局."""


def act_asked(query: Query) -> Act | None:
    """The act whose doer or receiver a question asks for; who leads it (监管由谁牵头) is asked of the task."""
    if re.search(LEADS, query.folded):
        return None
    return next((act for act in ACTS if act.asked.search(query.folded)), None) if query.kind == "lead" else None


def doer(query: Query, gathered: Gathered) -> Draft | None:
    """Name the body beside the act; None where no clause near the best one states it."""
    act = act_asked(query)
    if act is None or not gathered.clauses:
        return None
    top = gathered.clauses[0].score
    # 谁拨付 after a question about one of several amounts: what was spoken of need not be named again.
    meant = query.focus if query.follow_up else query.terms
    about = tuple(t for t in meant if not act.said.search(t.text))
    found: list[tuple[float, Scored, tuple[Mention, ...]]] = []
    for scored in gathered.clauses[:_MOST]:
        if scored.score < top - _FAR:
            break
        if (bodies := tuple(_beside(act, scored, about))) and (about_it := _about(about, scored)) >= _LEAST:
            found.append((about_it, scored, bodies))
    if not found:
        return None
    # 谁审核 is who 审核, before who 核验.
    verbs = [verb for verb in act.verbs if verb in query.folded]
    found = [f for f in found if any(verb in f[1].clause.own for verb in verbs)] or found
    held, best, bodies = max(found, key=lambda f: (f[0], f[1].score))
    quote = Quote(best.clause.document, best.clause.span, best.clause.passage.path, tuple(m.span for m in bodies))
    text = names([m.value for m in bodies])
    return Draft("lead", text, (quote,), max(held, best.score), True, (), "", "act", (("own", max(held, best.own)),))


_LEAST, _TOLD_APART = 0.45, 0.15
_SHORT, _ELSEWHERE = 4000, 0.7


def _about(about: tuple[Term, ...], scored: Scored) -> float:
    clause = scored.clause
    item = fold(clause.passage.span.of(clause.document.text))
    levels = [(clause.own, 1.0), (item, 0.9), (fold(" ".join(clause.passage.path)), 0.9), (clause.title, 0.7)]
    if len(clause.document.text) < _SHORT:
        # A short text on one matter names it once (租房补贴) and says shortly afterwards who handles it (补贴由A受理).
        levels.append((fold(clause.document.text), _ELSEWHERE))
    return coverage(about, levels) if about else 1.0


def _beside(act: Act, scored: Scored, about: Sequence[Term]) -> Iterator[Mention]:
    """The bodies beside the act; of several that get something one after another (报A,A汇总后报B) those of the segment most about the matter."""
    text = scored.clause.document.text
    cut = segments(text, scored.clause.span)
    if not act.receives:
        beside = [(coverage(about, ((fold(segment.of(text)), 1.0),)), bodies) for segment in cut if (bodies := list(_in_segment(act, scored, segment)))]
        best = max((held for held, _ in beside), default=0.0)
        # 区县评定一至三级,市评定四级和五级: where the segments tell, the one about the matter does.
        yield from (body for held, bodies in beside if held >= best - _TOLD_APART for body in bodies)
        return
    for segment in sorted(cut, key=lambda s: -coverage(about, ((fold(s.of(text)), 1.0),))):
        if bodies := list(_in_segment(act, scored, segment)):
            yield from bodies
            return


def _in_segment(act: Act, scored: Scored, segment: Span) -> Iterator[Mention]:
    text = scored.clause.document.text
    said = act.said.search(text, segment.start, segment.end)
    if said is None:
        return
    if labelled := _LABEL.match(text, said.end(), scored.clause.span.end):
        yield from split_units(text, trim(text, Span(labelled.end(), min(_stop(text, labelled.end()), scored.clause.span.end))))
    elif act.by is not None:
        yield from (Mention(m.group(1), Span(m.start(1), m.end(1))) for m in act.by.finditer(text, segment.start, segment.end))
    elif act.receives:
        reach = Span(said.end(), min(said.end() + _BEHIND + 20, segment.end))
        yield from (m for m in units_in(text, reach) if m.span.start <= said.end() + _BEHIND)
    else:
        # 第五届人民代表大会 is not named in full by its kind.
        yield from (_with_post(text, m) for m in units_in(text, Span(segment.start, said.start())) if text[m.span.start - 1 : m.span.start] != "届")


def _with_post(text: str, body: Mention) -> Mention:
    """由市指挥部总指挥批准: the one who holds the post does it, not the body."""
    post = _POST.match(text, body.span.end)
    return Mention(body.value + post.group(), Span(body.span.start, post.end())) if post else body


_POST = re.compile("(?:副?总指挥长?|副?指挥长|(?:主要|分管)?(?:负责人|负责同志|领导)|(?:党委|党组|党工委)?副?书记|副?主任|副?局长|副?院长|副?校长|副?会长)(?=[^㐀-鿿]|[报批审核签同授决验发负组会])")
_LABEL = re.compile(r"(?:单位|部门|机关|机构)\s*[:：为是]")


def _stop(text: str, at: int) -> int:
    """Where a labelled field ends: 督办单位:A;责任单位:B."""
    found = re.compile(r"[;；。\n)）]").search(text, at)
    return found.start() if found else len(text)


def states_act(query: Query, draft: Draft) -> bool:
    """Does what is cited say the act at all?"""
    act = act_asked(query)
    return act is None or any(act.said.search(fold(_with_headings(quote, draft))) for quote in draft.quotes)


def _with_headings(quote: Quote, draft: Draft) -> str:
    """What is cited; of the row of a table with the headings, which say what its cells are (批准人)."""
    text = quote.document.text
    above = next((t.span.start for t in quote.document.source.tables if t.span.covers(quote.span)), quote.span.start) if draft.basis == "cell" else quote.span.start
    return text[above : min(above + _HEADINGS, quote.span.start)] + quote.span.of(text)


_HEADINGS = 200
