"""How many bodies make up another: as the text states it (等14家单位), else as many as it lists."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Quote, lines
from assistant.answering.evidence import Gathered
from assistant.library.library import Library
from assistant.question.query import Query
from corpus.numbers import CN, value_of
from corpus.types import Enumeration, Span

_ASKED = re.compile("(?:几|多少)[个家]?成员(?:单位|部门)?|由(?:几|多少)[个家](?:成员)?(?:单位|部门|机构)组成")
_MEMBERS = re.compile("成员(?:单位|部门)(?!职责|应|要|负责)|组成(?:单位|部门)")
_STATED = re.compile(rf"(?:等|共|计)(?P<number>\d{{1,3}}|[{CN}]{{1,3}})[个家](?:成员)?(?:单位|部门|机构)?")
_NEAR = 0.35
"""How much worse than the best a clause may be that lists the members."""


def bodies_counted(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer 有几个成员单位 from the clause that lists them; None where none does."""
    if not _ASKED.search(query.folded) or not gathered.clauses:
        return None
    for scored in gathered.clauses:
        clause = scored.clause
        if scored.score < gathered.clauses[0].score - _NEAR or not _MEMBERS.search(clause.own):
            continue
        document = next(iter(library.reading([clause.document], "enumerations")))
        listed = next((f for f in document.facts.enumerations if f.kind != "headings" and _inside(f, clause.span)), None)
        stated = _STATED.search(clause.own)
        number = (value_of(stated["number"]) if stated else None) or (len(listed.members) if listed else 0)
        if number < _SEVERAL:
            continue
        names = [_AFTER.sub("", m.value) for m in listed.members] if listed else []
        text = f"共{number}家" + (f":\n{lines(names)}" if len(names) == number else f":{clause.text.strip()}")
        return Draft("count", text, (Quote(document, clause.span, clause.passage.path),), max(scored.score, 0.8), True, (), "", "list")
    return None


_SEVERAL = 2
_AFTER = re.compile("(?:等.{0,6})?(?:为|是|组成).*$")


def _inside(fact: Enumeration, clause: Span) -> bool:
    return all(clause.covers(m.span) for m in fact.members)
