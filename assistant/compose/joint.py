"""What one question demands several times over, met from one place of a text, each value given to the demand it belongs to.

几天内能申请,多久答复 demands two values, 个人和单位各罚多少 one value for each of two subjects. Asked one by one, such demands draw the
same value twice or one from elsewhere. Here the values of a sentence, an item or a section are dealt out among all demands at
once, each to the demand whose own words stand nearest to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, product

from assistant.answering.clauses import Clause, segments, sentences
from assistant.answering.draft import Draft, Quote, shortened
from assistant.answering.evidence import Gathered
from assistant.compose.contrast import dealt_out, shown
from assistant.compose.wanted import TELLING, TOLD, Wanted, wanted
from assistant.question.query import Query
from assistant.question.terms import Term, coverage
from corpus.text import fold
from corpus.types import Document, Span

SENTENCE, ITEM, SECTION = 0.14, 0.1, 0.0
"""What it counts that all values stand in one sentence, in one item; a section is the widest place."""

SAID = 0.3
"""Fit from which the words of a demand are held to stand beside a value."""
FACTS = frozenset(("cell", "row", "duty", "duties", "people", "card", "contacts"))
"""Bases of drafts that are read from facts, which name what each value belongs to."""
PLAIN = 0.5
"""The same for a demand of no typed kind, for which any words of a sentence may be the answer."""
SURE = 0.75
"""Fit from which words of no typed kind are held to be what the text states of a subject."""
BETTER = 0.2
"""By how much a value must fit a demand better than what answers it when it is asked alone."""

_AROUND = 0.85
"""What a word of the question counts that stands in the place, but not in the sentence of the value."""
_WIDEST = 1500
_LONGER = 0.06
"""What each further comma segment counts against a run of them."""
_MOST_CLAUSES, _MOST_VALUES = 12, 5


@dataclass(frozen=True, slots=True)
class Demand:
    """One of the things asked for. query: it, read.  own: the words that only it has.  signs: characters of its own.

    nearest: those beside the question word.  draft: what answers it when it is asked alone, if anything does.  label: the subject it is about, "" for a question of its own.
    """

    query: Query
    own: tuple[Term, ...]
    signs: frozenset[str]
    draft: Draft | None = None
    label: str = ""
    nearest: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Value:
    """A value in its place. piece: folded words beside it that belong to it alone.  near: with the segments before it, back to the value before.
    cost: what its length counts against it.  bare: it is said without its segment, which is that of others as well.
    """

    document: Document
    span: Span
    sentence: Span
    path: tuple[str, ...]
    piece: str
    near: str
    cost: float = 0.0
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Dealt:
    score: float
    values: tuple[Value | None, ...]
    fits: tuple[float, ...]


def met(demands: Sequence[Demand], whole: Query, gathered: Sequence[Gathered], *, told: bool = True) -> tuple[Draft | None, ...]:
    """Give for each demand the draft that answers it better than the one it has, None where that one may stand or nothing does.

    whole: the question read as one.  gathered: what was found for it and for its parts.  told: plain words may answer where no
    typed value does.
    """
    found = _met(demands, [wanted(d.query) for d in demands], whole, gathered)
    open_still = [d.label and new is None and (d.draft is None or is_of_another(demands, at)) for at, (d, new) in enumerate(zip(demands, found, strict=True))]
    if not told or not any(open_still):
        return found
    # What has no name that is known as one (公园中心) is said in words all the same.
    words = _met([replace(d, draft=None) for d in demands], [TOLD] * len(demands), whole, gathered)
    if len({(d.quotes[0].document.id, d.quotes[0].path) for d in words if d is not None}) != 1 or None in words:
        return found
    return tuple(other if needed else new for needed, new, other in zip(open_still, found, words, strict=True))


def _met(demands: Sequence[Demand], kinds: Sequence[Wanted], whole: Query, gathered: Sequence[Gathered]) -> tuple[Draft | None, ...]:
    dealt = max(_dealt(demands, kinds, whole, gathered), key=lambda d: d.score, default=None)
    if dealt is None:
        return (None,) * len(demands)
    return tuple(
        _draft(demand, kinds[at], value, whole, fit) if value is not None and _replaces(at, demands, kinds, value, fit) and _on_topic(kinds[at], demands, value, whole) else None
        for at, (demand, value, fit) in enumerate(zip(demands, dealt.values, dealt.fits, strict=True))
    )


def _on_topic(kind: Wanted, demands: Sequence[Demand], value: Value, whole: Query) -> bool:
    """Words of no typed kind must be about what the demands have in common; a subject is spoken of in many places."""
    own = {t.text for d in demands for t in d.own}
    shared = tuple(t for t in whole.terms if t.text not in own)
    around = ((fold(value.sentence.of(value.document.text)), 1.0), (fold(" ".join((*value.path, value.document.title))), 0.75))
    return kind.name != TELLING or not shared or coverage(shared, around) >= PLAIN


def is_of_another(demands: Sequence[Demand], at: int) -> bool:
    """Does the draft of a demand about one subject state what another subject has: 县级 where the sentence says 市?"""
    demand = demands[at]
    if not demand.own or demand.draft is None or demand.draft.basis in FACTS or _ANY.search(demand.label):
        return False
    if not demand.label:
        return _said_of_another(demands, at)
    if len(_stated_in(demand.draft, wanted(demand.query))) >= len(demands):
        return False
    marks = _marked(demand.draft)
    quoted = ((q.document, sentence) for q in demand.draft.quotes[:2] for sentence in sentences(q.document.text, q.span))
    found = [v for d, s in quoted for v in _stated(d, s, wanted(demand.query)) if any(v.span.overlaps(m) for _, m in marks)]
    above = fold(" ".join(" ".join(quote.path) for quote in demand.draft.quotes[:2]) + demand.draft.text)
    if coverage(demand.own, ((above, 1.0),)) >= SAID:
        return False
    cited = fold("".join(quote.span.of(quote.document.text) for quote in demand.draft.quotes[:2]))
    others = any(d.label and coverage(d.own, ((cited, 1.0),)) >= PLAIN for d in demands if d is not demand)
    nearer = [v for v in found if not any(d.label and coverage(d.own, ((v.piece, 1.0),)) >= PLAIN for d in demands if d is not demand) or _at(demand, v)]
    return max((fit(demand, v) for v in nearer), default=0.0 if others or found else SAID) < SAID


def _at(demand: Demand, value: Value) -> bool:
    return coverage(demand.own, ((value.piece, 1.0),)) >= SAID


def _said_of_another(demands: Sequence[Demand], at: int) -> bool:
    """Is the one value that a question was answered with that of another one, whose words stand beside it while none of its own do?"""
    draft = demands[at].draft
    kind = wanted(demands[at].query)
    if draft is None or kind.name == TELLING or not _claimed(at, demands, _marked(draft)) or len(_stated_in(draft, kind)) > 1:
        return False
    quoted = ((q.document, sentence) for q in draft.quotes[:1] for sentence in sentences(q.document.text, q.span))
    found = [v for d, s in quoted for v in _stated(d, s, kind) if any(v.span.overlaps(m) for _, m in _marked(draft))]
    return any(fit(demands[at], v) < SAID and any(fit(d, v) >= SURE for d in demands if d is not demands[at]) for v in found)


_ANY = re.compile("一般|普通|其他|其余|平时|常规")
"""Labels of what holds unless something else is said; texts seldom name it."""


def typed(query: Query) -> bool:
    """Does a question demand a value of a kind that texts state as such: a figure, a day, an office?"""
    return wanted(query).name != TELLING


# ---------------------------------------------------------------- dealing out


def _dealt(demands: Sequence[Demand], kinds: Sequence[Wanted], whole: Query, gathered: Sequence[Gathered]) -> Iterator[_Dealt]:
    stated = cache(_stated)
    fitted = cache(lambda at, value: fit(demands[at], value) + kinds[at].bonus(value.span.of(value.document.text)))
    by_name = {kind.name: kind for kind in kinds}
    named = {q.document.id for d in demands if d.draft is not None and not d.label for q in d.draft.quotes}
    for document, place, width in _places(gathered):
        if named and document.id not in named:
            continue  # what is asked in one breath is told in one document
        cut = sentences(document.text, place)
        found = {name: [v for sentence in cut for v in stated(document, sentence, kind)] for name, kind in by_name.items()}
        if sum(bool(found[kind.name]) for kind in kinds) < 2:
            continue
        around = fold(place.of(document.text))
        titled = fold(f"{' '.join(_path_at(document, place))} {document.title} {' '.join(document.card.places)}")
        levels = ((around, _AROUND), (titled, 0.75))
        topic = {v.sentence: coverage(whole.terms, ((fold(v.sentence.of(document.text)), 1.0), *levels)) for of in found.values() for v in of}
        best = [_best([(fitted(at, value), value) for value in found[kind.name]]) for at, kind in enumerate(kinds)]
        for choice in product(*best):
            if _twice(choice):
                continue
            fits = tuple(fit for fit, _ in choice)
            near = sum(one is not None and one.sentence == other.sentence for (_, one), (_, other) in pairwise(choice) if other) / len(choice)
            about = sum(topic[v.sentence] for _, v in choice if v is not None) / len(choice)
            yield _Dealt(sum(fits) / len(fits) + about + width + 0.05 * near + 0.02 * _in_order(choice), tuple(v for _, v in choice), fits)


def _twice(choice: Sequence[tuple[float, Value | None]]) -> bool:
    """Does one value answer two demands that it does not belong to equally (市、县每年各一次)?"""
    for at, (fit, value) in enumerate(choice):
        for other_fit, other in choice[at + 1 :]:
            if value is not None and other is not None and _overlap(value, other) and min(fit, other_fit) < _SHARED:
                return True
    return False


def _overlap(one: Value, other: Value) -> bool:
    return one.document.id == other.document.id and one.span.overlaps(other.span)


_SHARED = 0.95


def _in_order(choice: Sequence[tuple[float, Value | None]]) -> float:
    starts = [v.span.start for _, v in choice if v is not None]
    return float(starts == sorted(starts))


def _best(ranked: list[tuple[float, Value]]) -> list[tuple[float, Value | None]]:
    ranked.sort(key=lambda p: -p[0])
    return [*ranked[:_MOST_VALUES], (0.0, None)]


def fit(demand: Demand, value: Value) -> float:
    """How well the words around a value fit a demand, 0 to 1: its own words, or the characters they share (省里补 for 省级补助)."""
    words = coverage(demand.own, ((value.piece, 1.0), (value.near, _BEFORE)))
    signs = max(_shared(demand.signs, value.piece), _BEFORE * _shared(demand.signs, value.near))
    return max(words, 0.9 * signs, 0.9 * _shared(demand.nearest, value.piece) if len(demand.nearest) > 1 else 0.0) - value.cost


def _shared(signs: frozenset[str], text: str) -> float:
    return len(signs & set(text)) / len(signs) if signs else 0.0


_BEFORE = 0.7
"""What words count that stand in the segments before, where no other value comes between: 清场后,…在5个工作日内退还."""


def _places(gathered: Sequence[Gathered]) -> Iterator[tuple[Document, Span, float]]:
    """The sentences, items and sections of the best clauses found."""
    seen: set[tuple[str, Span]] = set()
    for clause in _clauses(gathered):
        document = clause.document
        home = document.sections[clause.passage.section] if clause.passage.section >= 0 else None
        above = document.sections[home.parent].span if home and home.parent >= 0 else (home.span if home else clause.passage.span)
        for place, width in ((clause.span, SENTENCE), (clause.passage.span, ITEM), (above, SECTION)):
            if (document.id, place) not in seen and len(place) <= _WIDEST:
                seen.add((document.id, place))
                yield document, place, width


def _clauses(gathered: Sequence[Gathered]) -> Iterable[Clause]:
    for found in gathered:
        yield from (s.clause for s in found.clauses[:_MOST_CLAUSES] if s.clause.passage.kind == "text")


def _path_at(document: Document, place: Span) -> tuple[str, ...]:
    return next((p.path for p in document.passages if p.span.overlaps(place)), ())


def _stated(document: Document, sentence: Span, kind: Wanted) -> tuple[Value, ...]:
    """The values of a kind in a sentence, each with the words that belong to it: up to the value before it and to the next comma."""
    text = document.text
    spans = kind.spans(document, sentence)
    if kind.name == TELLING:
        path = _path_at(document, sentence)
        return tuple(Value(document, span, sentence, path, fold(span.of(text)), "", _LONGER * text.count(",", span.start, span.end)) for span in spans)
    cut = segments(text, sentence) if spans else ()
    path = _path_at(document, sentence) if spans else ()
    members = dealt_out(text, sentence, spans) if len(spans) > 1 else ()
    if any(members):
        return tuple(Value(document, span, sentence, path, member, "", bare=True) for span, member in zip(spans, members, strict=True))
    found: list[Value] = []
    leads = kind.name == "date" and len(spans) > 1 and fold(text[sentence.start : spans[0].start]).strip() == "" and text[spans[0].end : spans[0].end + 1] in (",", "，")
    for at, span in enumerate(spans):
        home = next((s for s in cut if s.overlaps(span)), sentence)
        start = max(home.start, spans[at - 1].end if at else home.start)
        end = min(home.end, spans[at + 1].start if at + 1 < len(spans) else home.end)
        tail = text.find("、", span.end, end)
        piece = Span(min(start, span.start), max(tail if tail >= 0 else end, span.end))
        before = max(spans[at - 1].end, sentence.start) if at else sentence.start
        if leads:
            # 6月底前,完成A,9月底前完成B: what is due by a date stands behind it.
            home_of_next = next((s.start for s in cut if at + 1 < len(spans) and s.overlaps(spans[at + 1])), sentence.end)
            piece, before = Span(piece.start, max(home_of_next, piece.end)), piece.start
        near = Span(min(before, piece.start), piece.end)
        found.append(Value(document, span, sentence, path, fold(piece.of(text)), fold(near.of(text))))
    return tuple(found)


# ---------------------------------------------------------------- what may stand


def _replaces(at: int, demands: Sequence[Demand], kinds: Sequence[Wanted], value: Value, fits: float) -> bool:
    """Is the value dealt to a demand better than the draft it has?"""
    demand = demands[at]
    if kinds[at].name == TELLING:
        if demand.label:
            return fits >= SAID and (demand.draft is None or _claimed(at, demands, _marked(demand.draft)))
        others = (other.draft for n, other in enumerate(demands) if n != at)
        return demand.draft is None and fits >= PLAIN and any(_is_beside(value, other) for other in others)
    if value.bare and fits >= SURE:
        return True
    if demand.draft is None or not demand.draft.text or not kinds[at].held(demand.draft.text):
        # What is left over beside the others' values may be that of a demand with no words of its own (多少, 一般人群), of no other.
        return fits >= SAID or (_open(demand) and any(_is_beside(value, other.draft) for n, other in enumerate(demands) if n != at))
    marks = _marked(demand.draft)
    if demand.draft.basis in FACTS and not _claimed(at, demands, marks):
        return fits >= SURE > demand.draft.coverage  # a row that holds little of the question says nothing against a sentence that does
    if any(mark.overlaps(value.span) and document == value.document.id for document, mark in marks):
        return False
    if _claimed(at, demands, marks):
        return (fits >= SAID or _open(demand)) and len(_stated_in(demand.draft, kinds[at])) < len(demands)
    quoted = ((q.document, sentence) for q in demand.draft.quotes[:2] for sentence in sentences(q.document.text, q.span))
    own = [v for document, sentence in quoted for v in _stated(document, sentence, kinds[at]) if any(v.span.overlaps(m) for _, m in marks)]
    held = max((fit(demand, v) for v in own), default=SAID if not own else 0.0)
    return fits > held + BETTER


def _names_one(demand: Demand) -> bool:
    return bool(demand.label) and not _ANY.search(demand.label)


def _open(demand: Demand) -> bool:
    return not _names_one(demand) if demand.label else not demand.own and len(demand.signs) < _WORDY


_WORDY = 2
"""Characters that say what a demand is about; fewer say nothing."""


def _is_beside(value: Value, draft: Draft | None) -> bool:
    return draft is not None and any(q.document.id == value.document.id and q.span.overlaps(value.sentence) for q in draft.quotes)


def _marked(draft: Draft) -> list[tuple[str, Span]]:
    return [(quote.document.id, mark) for quote in draft.quotes for mark in quote.highlights]


def _stated_in(draft: Draft, kind: Wanted) -> set[str]:
    """The different values that the text of a draft holds: a sentence that is read out whole may meet several demands."""
    found = (v.span.of(v.document.text) for quote in draft.quotes[:2] for s in sentences(quote.document.text, quote.span) for v in _stated(quote.document, s, kind))
    return {value for value in found if value in draft.text}


def _claimed(at: int, demands: Sequence[Demand], marks: Sequence[tuple[str, Span]]) -> bool:
    """Does another demand rest on the very same value?"""
    own = demands[at].draft
    others = [_marked(d.draft) for n, d in enumerate(demands) if n != at and d.draft is not None and own is not None and d.draft.text == own.text]
    return any(set(marks) & set(other) for other in others)


# ---------------------------------------------------------------- writing


def _draft(demand: Demand, kind: Wanted, value: Value, whole: Query, fit: float) -> Draft:
    """Give the value in its segment, cited with its sentence."""
    text = value.document.text
    within = [s for s in segments(text, value.sentence) if s.overlaps(value.span)]
    segment = Span(within[0].start, within[-1].end) if within and not value.bare else value.span
    shown_text = shortened(shown(text, segment).strip("| "), 90)
    around = fold(value.sentence.of(text))
    covered = coverage(whole.terms, ((around, 1.0), (fold(" ".join(value.path)), 0.9), (fold(value.document.title), 0.8)))
    quote = Quote(value.document, value.sentence, value.path, (value.span,))
    exact = kind.name != TELLING or (bool(demand.label) and fit >= SURE)
    return Draft(demand.query.kind, shown_text, (quote,), max(covered, 0.5), exact, (), "", "value", (("own", min(fit, 1.0)),))
