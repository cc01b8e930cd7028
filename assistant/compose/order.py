"""Which composers answer which kind of question, in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.answering.draft import Draft
from assistant.answering.evidence import Gathered
from assistant.compose import (
    acts,
    agreement,
    aspects,
    bodies,
    busiest,
    cells,
    comparing,
    counted,
    definitions,
    divided,
    duties,
    exempted,
    graded,
    grades,
    hours,
    items,
    labelled,
    leftover,
    lists,
    members,
    occasions,
    pairs,
    partition,
    persons,
    places,
    purposes,
    records,
    rosters,
    rulings,
    series,
    slogans,
    tallies,
    texts,
    totals,
    triggers,
    values,
)
from assistant.compose.consequences import consequence
from assistant.library.library import Library
from assistant.question.kinds import TIERS
from assistant.question.query import Query

NEAR_ENOUGH = 0.7
"""Coverage from which a draft that was looked for further off is taken."""
Composer = Callable[[Query, Gathered, Library], Draft | None]
"""Drafts an answer from what was gathered; None where it has none, and the next is asked."""


def composers_of(kind: str) -> tuple[Composer, ...]:
    """Return the composers for a kind of question, the first to be asked first."""
    return (*_BEFORE_ALL, *(_FROM_TABLES if kind in TABULAR else ()), *_BEFORE_THE_KIND, *OF_KIND.get(kind, ()))


def _from_clauses(composer: Callable[[Query, Gathered], Draft | None]) -> Composer:
    return lambda query, gathered, library: composer(query, gathered)


def _from_library(composer: Callable[[Query, Library], Draft | None]) -> Composer:
    return lambda query, gathered, library: composer(query, library)


def _stated(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """A number that a sentence states of the very thing comes before the rows of a table, which may list a part of them."""
    return counted.beside_its_noun(query, gathered, least=counted.SURE) if query.kind == "number" else None


def _opened(query: Query, gathered: Gathered, library: Library) -> None:
    """Have the facts that the composers of a kind look for read for all documents found at once."""
    if query.kind in _LOOKED_FOR:
        library.fetched((s.clause.document for s in gathered.clauses[: values.WITHIN]), *_LOOKED_FOR[query.kind])


_LOOKED_FOR = {"deadline": ("deadlines",), "number": ("targets",), "count": ("targets",)}

def _tasks(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """The tasks of a unit or a time; where there are none, a list: of as many as are asked for (2025年十件实事), or of what the unit has to do."""
    found = divided.with_its_part(query, gathered, tallies.reverse(query, library))
    if found is None or found.text or (query.units and query.role != "any") or (query.count is None and not query.units):
        return found
    listed = lists.enumerate_members(replace(query, kind="list"), gathered, library)
    sure = listed and listed.exact and listed.text and (not query.units or listed.coverage >= NEAR_ENOUGH)
    if sure or query.count is None or query.units:
        return listed if sure else found
    # 十件实事: things by number that no duty has a time limit for; that there is no such task would be no true reason.
    whole = listed is not None and listed.text.count("\n") + 1 == query.count
    return listed if whole else replace(found, missing="没有找到逐项列出它们的内容")


def _tiers(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """分几档,各多少: the list of them, where it says more than the figures that one sentence gives."""
    if not TIERS.search(query.folded):
        return None
    listed = lists.enumerate_members(query, gathered, library)
    figures = values.number(query, gathered)
    several = bool(figures and figures.text.count("\n"))
    return listed if listed and listed.exact and listed.text and not several else figures


def _fine_in_money(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    return texts.penalty(query, gathered) if query.measure_word == "元" else None


def _steps_or_form(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    return items.items_below(query, gathered) or (members.one_of_several(query, gathered) if _WHAT.search(query.folded) else None)


def _items_around(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    return items.items_below(query, gathered) or items.siblings(query, gathered)


def _attachments(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    return tallies.attachments(query, library) if tallies.ATTACHED.search(query.folded) else None


_WHAT: re.Pattern[str] = re.compile("(?:什么|啥|哪种)(?:形式|方式|方法|学历|标准|条件|颜色)")
"""How one of several is done is said in a few words; how a matter is dealt with takes the whole sentence."""

TABULAR = frozenset(
    ("number", "meta", "contact", "lead", "support", "deadline", "compare", "list", "count", "reverse", "yesno", "other")
)
"""Kinds that a cell of a table may answer; asked first, it declines whenever it is unsure."""
_BEFORE_ALL: tuple[Composer, ...] = (
    rosters.on_duty,
    _stated,
    persons.of_person,
    persons.in_charge,
    triggers.conditions_of_level,
    _from_clauses(slogans.counted_series),
    definitions.meant,
)
"""For questions of every kind; each looks for a form of its own (a person's name, a post, a level) and declines without it."""
_FROM_TABLES: tuple[Composer, ...] = (agreement.agreement, busiest.busiest, cells.cell_answer)
_BEFORE_THE_KIND: tuple[Composer, ...] = (aspects.part_asked, _from_clauses(purposes.made_for), _opened)
OF_KIND: dict[str, tuple[Composer, ...]] = {
    "contact": (records.contact,),
    "meta": (
        _from_clauses(values.own_date),
        records.document_data,
    ),
    "count": (
        _from_clauses(partition.divided_into),
        records.people_counted,
        bodies.bodies_counted,
        slogans.numbered,
        _from_library(tallies.count),
        lists.counted,
        _from_clauses(counted.beside_its_noun),
        _from_clauses(values.number),
    ),
    "reverse": (_tasks,),
    "lead": (
        _from_clauses(graded.by_amount),
        _from_clauses(acts.doer),
        _from_clauses(rulings.punisher),
        _from_clauses(duties.lead),
        lists.bodies,
    ),
    "support": (_from_clauses(duties.support),),
    "deadline": (
        occasions.condition,
        _from_clauses(labelled.of_member),
        _from_clauses(series.each),
        _from_clauses(hours.clock),
        _from_clauses(values.deadline),
    ),
    "number": (
        _from_clauses(partition.divided_into),
        _from_clauses(grades.grade_asked),
        _tiers,
        records.people_counted,
        _from_clauses(graded.by_amount),
        _from_clauses(totals.over_members),
        _from_clauses(labelled.of_member),
        _from_clauses(leftover.left_over),
        _from_clauses(counted.beside_its_noun),
        _from_clauses(values.year_by_year),
        _from_clauses(series.each),
        _from_clauses(hours.clock),
        _from_clauses(rulings.penalty),
        _fine_in_money,
        pairs.compared,
        _from_clauses(values.number),
    ),
    "measure": (
        _from_clauses(graded.by_amount),
        _from_clauses(rulings.penalty),
        _from_clauses(texts.penalty),
        _from_clauses(consequence),
        _steps_or_form,
    ),
    "list": (
        places.numbered_place,
        _from_clauses(exempted.let_off),
        _from_clauses(partition.divided_into),
        partition.classes_of_table,
        _from_clauses(grades.grade_asked),
        _attachments,
        _from_clauses(graded.by_amount),
        _from_library(tallies.by_person),
        lists.enumerate_members,
    ),
    "other": (
        places.numbered_place,
        _from_clauses(grades.grade_asked),
        _from_clauses(graded.by_amount),
        _from_clauses(members.one_of_several),
        _items_around,
    ),
    "mentions": (places.mentions,),
    "definition": (
        places.numbered_place,
        definitions.definition,
    ),
    "yesno": (
        _from_clauses(rulings.denial),
        _from_clauses(rulings.ruling),
        _from_clauses(texts.yes_or_no),
    ),
    "compare": (
        _from_clauses(values.year_by_year),
        pairs.compared,
        comparing.compare,
    ),
}
