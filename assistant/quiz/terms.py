"""Points from definitions: what a term stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.quiz.points import Point
from assistant.quiz.wording import BLANK, inner, pretty, source_name, whole
from corpus.numbers import value_of
from corpus.types import Definition, Document, Span


def terms(document: Document) -> Iterator[Point]:
    """Give a point for each counted term (三违, 五进) whose parts are as many as it says; of two meanings of one term none."""
    seen: set[tuple[str, ...]] = set()
    for definition in document.facts.definitions:
        parts = tuple(pretty(m.value).strip("。；，") for m in definition.members)
        distinct = {tuple(m.value for m in d.members) for d in document.facts.definitions if d.term.value == definition.term.value}
        if len(distinct) == 1 and _counts(definition, parts) and parts not in seen:
            seen.add(parts)
            yield _point(document, definition, parts)


def _counts(definition: Definition, parts: tuple[str, ...]) -> bool:
    said = [value_of(n) for n in re.findall(r"\d|[一二两三四五六七八九十]", definition.term.value)]
    lengths = [len(p) for p in parts]
    return (
        len(parts) >= 3
        and len(parts) in said
        and len(set(parts)) == len(parts)
        and all(whole(p) and 1 <= len(p) <= 30 and not re.search("[，。；：]", p) for p in parts)
        and min(lengths) * 3 >= max(lengths)
        and len(definition.term.value) <= 12
    )


def _point(document: Document, definition: Definition, parts: tuple[str, ...]) -> Point:
    term = inner(pretty(definition.term.value).strip("“”"))
    return Point(
        "term", document, definition.section, definition.path, source_name(document, definition.path),
        f"“{term}”是指{BLANK}", parts, _quotes(document, definition), (definition.meaning.span,),
        prompt=f"“{term}”", question=f"“{term}”具体指什么？",
    )  # fmt: skip


def _quotes(document: Document, definition: Definition) -> tuple[Span, ...]:
    """The clause with the parts, and the heading with the term when the term stands there only."""
    if definition.clause.covers(definition.term.span) or definition.term.value in definition.clause.of(document.text):
        return (definition.clause,)
    heading = next((s.heading for s in document.sections if s.heading.covers(definition.term.span)), definition.term.span)
    return (heading, definition.clause)
