"""What a text grants for the step of a scale that the question's amount falls into: 82岁 → 80周岁以上不满90周岁的,每人每月100元.

The steps stand side by side in a sentence, an item or the items below one opening; the amount alone decides which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.clauses import segments, sentences
from assistant.answering.draft import Draft, Quote, shortened
from assistant.answering.evidence import Gathered
from assistant.compose.contrast import shown
from assistant.compose.wanted import TELLING, Wanted, wanted
from assistant.question.bounds import Amount, Stretch, amounts_in, stretches_in
from assistant.question.query import Query
from assistant.question.terms import Term, coverage
from corpus.text import fold, fold_with_offsets, trim
from corpus.types import Document, Span

_MOST_CLAUSES, _WIDEST = 12, 1500
_FEWEST = 2
"""Steps that make a scale of values; one alone is a condition."""
_OPENING, _OF_IT = 16, 0.15
_ABOUT = 0.5
"""Share of the question, its amount left out, that a scale and what it stands under must hold."""


_WHICH_GRADE = re.compile("(?:什么|啥|哪[一个种]*|何种)(?:信用|风险|考核|评价)?(?:等级|等次|级别?|档次?|类(?!似)|标准|待遇|规模|型|等(?=[?,的]|$))|(?:怎么|咋|如何)(?:得分|计分|算分|打分|评分|评|补|奖|收)|几(?:级|档|星|类)")


@dataclass(frozen=True, slots=True)
class _Grade:
    """A step in its place. content: what is said of it, up to the next step or the end of the sentence."""

    stretch: Stretch
    at: Span
    content: Span
    sentence: Span


@dataclass(frozen=True, slots=True)
class _Found:
    document: Document
    grade: _Grade
    value: Span | None
    path: tuple[str, ...]
    score: float
    opening: Span


def by_amount(query: Query, gathered: Gathered) -> Draft | None:
    """Give what holds for the amount that the question names; None where it names none or no scale about its matter holds it."""
    amounts = amounts_in(query.folded)
    if not amounts:
        return None
    kind = wanted(query)
    if kind.name == TELLING and not _WHICH_GRADE.search(query.folded):
        return None
    terms = tuple(t for t in query.terms if not any(t.text in a.text or a.text in t.text for a in amounts) and not any(c.isdigit() for c in t.text) and not _WHICH_GRADE.search(f"什么{t.text}"))
    found = [f for document, block in _blocks(gathered) if (f := _in_block(document, block, amounts, kind, terms)) is not None]
    best = max(found, key=lambda f: (round(f.score, 2), -len(f.grade.content)), default=None)
    return _draft(query, best) if best and best.score >= _ABOUT else None


def _blocks(gathered: Gathered) -> Iterator[tuple[Document, Span]]:
    """The sentences, passages and sections of the best clauses, each once."""
    seen: set[tuple[str, Span]] = set()
    for scored in gathered.clauses[:_MOST_CLAUSES]:
        clause = scored.clause
        if clause.passage.kind != "text":
            continue
        document = clause.document
        home = document.sections[clause.passage.section] if clause.passage.section >= 0 else None
        above = (home.span, document.sections[home.parent].span if home.parent >= 0 else home.span) if home else ()
        for block in (clause.span, clause.passage.span, *above):
            if (document.id, block) not in seen and len(block) <= _WIDEST:
                seen.add((document.id, block))
                yield document, block


def _in_block(document: Document, block: Span, amounts: Sequence[Amount], kind: Wanted, terms: Sequence[Term]) -> _Found | None:
    path = next((p.path for p in document.passages if p.span.overlaps(block)), ())
    for amount in amounts:
        grades = [g for g in _grades(document, block) if g.stretch.scale == amount.scale]
        if len({(g.stretch.low, g.stretch.high) for g in grades}) < _FEWEST:
            continue
        near = fold(block.of(document.text))
        named = f"{fold(' '.join(path))}{near[:_OPENING]}"
        of_it = _OF_IT if amount.of and amount.of in named else 0.0
        above = ((fold(" ".join(path)), 0.9), (fold(f"{document.title} {' '.join(document.card.places)}"), 0.8))
        fitting = []
        for at, grade in enumerate(grades):
            values = _values(document, grade, kind)
            if grade.stretch.holds(amount.value) and (values or kind.name in (TELLING, "body")):
                value = _best(document, grade, values, terms)
                opening = grades[_first_of_scale(grades, at)]
                own = fold(document.text[opening.content.start : grade.content.end])
                fitting.append(_Found(document, grade, value, path, coverage(terms, ((own, 1.0), (near, 0.95), *above)) + of_it, opening.sentence))
        if fitting:
            # An end that two steps share belongs to the one that begins with it.
            return max(fitting, key=lambda f: (round(f.score, 2), f.grade.stretch.low))
    return None


def _first_of_scale(grades: Sequence[_Grade], at: int) -> int:
    """The first of the steps that go on into each other up to this one: there it is said of what the scale is.

    One begins where the one before it ends (不足2亿元…2亿元以上), or both are open and stand in one sentence (70周岁以上…,80周岁以上…).
    """
    while at and grades[at].stretch.scale == grades[at - 1].stretch.scale:
        before, step = grades[at - 1].stretch, grades[at].stretch
        rising = before.high == step.high and before.low < step.low and grades[at - 1].sentence == grades[at].sentence
        if step.low != before.high and not rising:
            break
        at -= 1
    return at


def _grades(document: Document, block: Span) -> list[_Grade]:
    text = document.text
    found: list[_Grade] = []
    for sentence in sentences(text, block):
        folded, offsets = fold_with_offsets(sentence.of(text))
        steps = [(s, Span(sentence.start + offsets[s.span.start], sentence.start + offsets[s.span.end - 1] + 1)) for s in stretches_in(folded)]
        cut = segments(text, sentence)
        for n, (stretch, at) in enumerate(steps):
            begin = _begin(cut, at, steps[n - 1][1].end if n else sentence.start)
            same = next((m for m in range(n + 1, len(steps)) if steps[m][0].scale == stretch.scale), None)
            end = _begin(cut, steps[same][1], at.end) if same is not None else sentence.end
            found.append(_Grade(stretch, at, trim(text, Span(begin, end)), sentence))
    return found


def _begin(cut: Sequence[Span], at: Span, floor: int) -> int:
    """Where what is said of a step begins: its comma segment, unless another step stands before it there."""
    home = next((s.start for s in cut if s.overlaps(at)), at.start)
    return home if home >= floor else at.start


def _values(document: Document, grade: _Grade, kind: Wanted) -> list[Span]:
    if kind.name == TELLING:
        return []
    return [v for v in kind.spans(document, grade.sentence) if grade.content.covers(v) and not v.overlaps(grade.at)]


def _best(document: Document, grade: _Grade, values: Sequence[Span], terms: Sequence[Term]) -> Span | None:
    cut = segments(document.text, grade.content)
    beside = [v for v in values if any(s.overlaps(v) and s.overlaps(grade.at) for s in cut)]
    if beside and not any(s.overlaps(grade.at) for s in cut[1:]):
        values = beside  # 80周岁以上每餐补贴3元,低保老年人每餐补贴5元: what stands right beside the step is said of it
    about = {v: coverage(terms, ((fold(next((s for s in cut if s.overlaps(v)), v).of(document.text)), 1.0),)) for v in values}
    return max(values, key=lambda v: (round(about[v], 2), -v.start), default=None)


def _draft(query: Query, found: _Found) -> Draft:
    text, grade, value = found.document.text, found.grade, found.value
    said = grade.content
    if value is not None:
        home = next((s for s in segments(text, grade.content) if s.overlaps(value)), value)
        between = text[grade.at.end : home.start]
        told = f"{grade.at.of(text)}:{shown(text, home)}" if _farther(between) else shown(text, Span(said.start, home.end))
    else:
        told = shown(text, said)
    quote = Quote(found.document, grade.sentence, found.path, (grade.at, value) if value is not None else (said,))
    own = min(found.score, 1.0)
    quotes = (quote,) if found.opening == grade.sentence else (quote, Quote(found.document, found.opening, found.path))
    return Draft(query.kind, shortened(told.rstrip("、,，;；"), 120), quotes, own, True, (), "", "value", (("own", own),))


def _farther(between: str) -> bool:
    """Does more than the rest of the condition stand between a step and its value?"""
    return any(c.isdigit() for c in between) or between.count(",") + between.count("，") > 1
