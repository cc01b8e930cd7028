"""Every member of what a text states side by side, where each is asked for: 四层每台12万元;五层每台15万元;….

A run is a row of pieces, between commas, stops and line ends, that are built alike and each state a value of the kind asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answering.clauses import sentences
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered
from assistant.compose.contrast import shown
from assistant.compose.wanted import TELLING, Wanted, wanted
from assistant.lexicon.headers import EACH
from assistant.question.query import Query
from assistant.question.terms import Term, coverage
from corpus.numbers import CN
from corpus.text import fold, trim
from corpus.types import Document, Span

_CUT = re.compile(r"[,，;；。\n]")
_FIGURES = re.compile(rf"[\d{CN}.,，%]+")
_EACH_WORD = re.compile(r"(?:各个?|每(?:一)?(?:个(?!月|季|学期|工作日|小时|周|星期|人)|[家类种级档层])|所有|全部|不同)[㐀-鿿]{0,3}")
_ALIKE, _MOST, _WIDEST, _NEAR = 0.5, 15, 2000, 12
LEAST, SURE, _FAR = 0.5, 0.8, 0.1
"""Share of the question that a run, its opening, heading and title must hold."""


@dataclass(frozen=True, slots=True)
class _Run:
    document: Document
    pieces: tuple[Span, ...]
    values: tuple[Span, ...]
    path: tuple[str, ...]
    place: Span
    score: float


_EACH_ONE = re.compile(r"每(?:一)?个?([㐀-鿿]{2})")


def _one_named(query: Query, run: _Run) -> bool:
    """Is 每个街道 just one of the members (每镇不少于120份,每街道不少于80份)?"""
    named = set(_EACH_ONE.findall(query.folded))
    pieces = [fold(piece.of(run.document.text)) for piece in run.pieces]
    return any(sum(f"每{name}" in piece or f"每个{name}" in piece for piece in pieces) == 1 for name in named)


def each(query: Query, gathered: Gathered) -> Draft | None:
    """Read out the run of alike pieces that the question asks for; None where each is not asked for or no run is about it."""
    kind = wanted(query)
    if kind.name == TELLING or not EACH.search(query.folded) or len(query.scope.places) > 1:
        return None
    found = sorted(_runs(query, gathered, kind), key=lambda r: (-round(r.score, 2), -len(r.pieces)))
    if not found or found[0].score < LEAST:
        return None
    best = found[0]
    if _one_named(query, best):
        return None
    top = gathered.clauses[0].score
    near = (s.clause for s in gathered.clauses[:_NEAR] if s.score >= top - _FAR and s.clause.document.id == best.document.id)
    if best.score < SURE and not any(best.place.covers(clause.span) for clause in near):
        return None  # the best clause is elsewhere and says it in another way
    text = best.document.text
    lines = [shown(text, piece).rstrip("。；;，,") for piece in best.pieces]
    passage = next((p.span for p in best.document.passages if p.span.covers(best.pieces[0])), best.pieces[0])
    opened = next((s for s in sentences(text, passage) if s.covers(best.pieces[0])), best.pieces[0])
    whole = Span(opened.start, best.pieces[-1].end)
    quote = Quote(best.document, whole, best.path, best.values)
    return Draft(query.kind, "\n".join(lines), (quote,), min(best.score, 1.0), True, (), "", "series", (("own", min(best.score, 1.0)),))


def _runs(query: Query, gathered: Gathered, kind: Wanted) -> Iterator[_Run]:
    asked = _EACH_WORD.findall(query.folded)
    terms = tuple(t for t in query.terms if not any(t.text in word for word in asked))
    seen: set[tuple[str, Span]] = set()
    for scored in gathered.clauses[:_NEAR]:
        document, passage = scored.clause.document, scored.clause.passage
        place = _place(document, passage.section, passage.span)
        if passage.kind == "row" or (document.id, place) in seen:
            continue
        seen.add((document.id, place))
        title = fold(f"{document.title} {' '.join(document.card.places)}")
        for run in _alike(document, place, kind):
            opening = document.text[max(run[0][0].start - _OPENING, place.start) : run[0][0].start]
            own = fold("".join(piece.of(document.text) for piece, _ in run))
            path = fold(" ".join(passage.path))
            score = _held(terms, ((own, 1.0), (fold(opening), 0.95), (path, 0.9), (title, 0.75)))
            yield _Run(document, tuple(p for p, _ in run), tuple(v for _, v in run), passage.path, place, score)


def _held(terms: Sequence[Term], levels: Sequence[tuple[str, float]]) -> float:
    """Share of the words that the texts hold; a word of which they hold characters only (每餐补2元 of 补贴) counts in part."""
    total = sum(t.weight for t in terms)
    gained = 0.0
    for term in terms:
        signs = [factor * _PART * sum(c in text for c in term.text) / len(term.text) for text, factor in levels[:-1]]
        gained += term.weight * max(coverage((term,), levels), *signs)
    return gained / total if total else 0.0


_PART = 0.8
_OPENING = 90
"""Characters before a run that say what it is about (按层数分档:)."""


def _place(document: Document, section: int, span: Span) -> Span:
    """The item of a clause with its neighbours: a run may be cut into lines that are items of their own."""
    home = document.sections[section] if section >= 0 else None
    above = document.sections[home.parent].span if home and home.parent >= 0 else home.span if home else span
    return next((s for s in (above, home.span if home else span) if len(s) <= _WIDEST), span)


def _alike(document: Document, place: Span, kind: Wanted) -> Iterator[Sequence[tuple[Span, Span]]]:
    """The runs of neighbouring pieces, built alike, that each state a value."""
    text = document.text
    spans = kind.spans(document, place)
    run: list[tuple[Span, Span]] = []
    for piece in _pieces(text, place):
        value = next((s for s in reversed(spans) if piece.covers(s)), None)
        if value is None and len(run) > 1 and _ends_alike(text, run[-1][0], piece):
            run.append((piece, piece))
            continue
        if value is not None and len(run) == 1:
            run = [(_after_opening(text, run[0][0], run[0][1], piece), run[0][1])]
        if value is None or (run and not _built_alike(run[-1][0].of(text), piece.of(text))):
            if len(run) > 1:
                yield run
            run = []
        if value is not None and len(run) < _MOST:
            run.append((piece, value))
    if len(run) > 1:
        yield run


def _ends_alike(text: str, last: Span, piece: Span) -> bool:
    """Does a piece close a run in words (2022年完成70%,2023年全部完成)? It follows in the same sentence and opens with the same kind of figure."""
    opened = [_HEAD.match(part.of(text)) for part in (last, piece)]
    return bool(opened[0] and opened[1] and opened[0].group(1) == opened[1].group(1)) and not re.search("[。;；\n]", text[last.end : piece.start])


_HEAD = re.compile(rf"第?(?:\d+|[{CN}]+)([㐀-鿿])")


def _after_opening(text: str, first: Span, value: Span, second: Span) -> Span:
    """The first of a run without the words that open it (按年龄分档:), where the second has no label before a colon as it has."""
    colon = max(text.rfind(mark, first.start, value.start) for mark in ":：")
    labelled = any(mark in second.of(text) for mark in ":：")
    return first if colon < 0 or labelled else trim(text, Span(colon + 1, first.end))


def _pieces(text: str, place: Span) -> Iterator[Span]:
    start = place.start
    for mark in _CUT.finditer(text, place.start, place.end):
        at = mark.start()
        if text[at] in ",，" and text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit():
            continue
        if len(piece := trim(text, Span(start, at))):
            yield piece
        start = mark.end()
    if len(piece := trim(text, Span(start, place.end))):
        yield piece


def _built_alike(one: str, other: str) -> bool:
    """Do two pieces share most of their words besides figures?"""
    bare = [re.sub(r"[()（）:： \t]", "", _FIGURES.sub("0", fold(text))) for text in (one, other)]
    pairs = [{a + b for a, b in pairwise(text)} for text in bare]
    return bool(all(pairs)) and 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1])) >= _ALIKE
