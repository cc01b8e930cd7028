"""Which composers answer which kind of question, in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistant.answering.draft import Draft
from assistant.answering.evidence import Gathered
from assistant.answering.guards import missing_from
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
from assistant.compose.chosen import chosen_items
from assistant.compose.consequences import consequence
from assistant.compose.excluding import without
from assistant.library.library import Library
from assistant.question.kinds import TIERS
from assistant.question.query import Query

Composer = Callable[[Query, Gathered, Library], Draft | None]


def compose(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Draft an answer of the kind asked for: the first composer of the kind that finds one, else the best passage."""
    if (query.items or query.beyond) and (draft := chosen_items(query, gathered, library)):
        return draft
    tabular: tuple[Composer, ...] = (agreement.agreement, busiest.busiest, cells.cell_answer) if query.kind in TABULAR else ()
    for composer in (rosters.on_duty, _stated, persons.of_person, persons.in_charge, triggers.conditions_of_level, lambda q, g, lib: slogans.counted_series(q, g), definitions.meant, *tabular, aspects.part_asked, lambda q, g, lib: purposes.made_for(q, g), _opened, *COMPOSERS.get(query.kind, ())):
        if draft := composer(query, gathered, library):
            break
    else:
        draft = texts.text_answer(query, gathered, kind=query.kind)
        if draft and query.kind in FACTUAL and not (query.kind == "number" and _FIGURE.search(draft.text)):
            # The question wants a value that no fact gives: a sentence about the subject is a weaker answer.
            draft = replace(draft, coverage=draft.coverage - 0.15)
    if draft and query.excluded:
        draft = without(draft, query.excluded)
    if draft and draft.text and (missing := missing_from(query, draft)):
        # A sentence that covers more of the question names nobody: then the nearest task does, and its coverage says how sure that is.
        nearest = DISTANT[query.kind](query, gathered) if query.kind in DISTANT else None
        if nearest and nearest.text and nearest.coverage >= _NEAR_ENOUGH and not missing_from(query, nearest):
            return nearest
        return replace(draft, text="", missing=missing)
    return draft


def _stated(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """A number that a sentence states of the very thing comes before the rows of a table, which may list a part of them."""
    return counted.beside_its_noun(query, gathered, least=counted.SURE) if query.kind == "number" else None


def _opened(query: Query, gathered: Gathered, library: Library) -> None:
    """Have the facts that the composers of a kind look for read for all documents found at once."""
    if query.kind in _LOOKED_FOR:
        library.fetched((s.clause.document for s in gathered.clauses[: values.WITHIN]), *_LOOKED_FOR[query.kind])


_LOOKED_FOR = {"deadline": ("deadlines",), "number": ("targets",), "count": ("targets",)}
_NEAR_ENOUGH = 0.7
DISTANT: dict[str, Callable[[Query, Gathered], Draft | None]] = {
    "lead": partial(duties.lead, far=1.0),
    "support": partial(duties.support, far=1.0),
}


def _tasks(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """The tasks of a unit or a time; where there are none, a list: of as many as are asked for (2025年十件实事), or of what the unit has to do."""
    found = divided.with_its_part(query, gathered, tallies.reverse(query, library))
    if found is None or found.text or (query.units and query.role != "any") or (query.count is None and not query.units):
        return found
    listed = lists.enumerate_members(replace(query, kind="list"), gathered, library)
    sure = listed and listed.exact and listed.text and (not query.units or listed.coverage >= _NEAR_ENOUGH)
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


COMPOSERS: dict[str, tuple[Composer, ...]] = {
    "contact": (records.contact,),
    "meta": (lambda q, g, lib: values.own_date(q, g), records.document_data),
    "count": (lambda q, g, lib: partition.divided_into(q, g), records.people_counted, bodies.bodies_counted, slogans.numbered, lambda q, g, lib: tallies.count(q, lib), lists.counted, lambda q, g, lib: counted.beside_its_noun(q, g), lambda q, g, lib: values.number(q, g)),
    "reverse": (_tasks,),
    "lead": (lambda q, g, lib: graded.by_amount(q, g), lambda q, g, lib: acts.doer(q, g), lambda q, g, lib: rulings.punisher(q, g), lambda q, g, lib: duties.lead(q, g), lambda q, g, lib: lists.bodies(q, g, lib)),
    "support": (lambda q, g, lib: duties.support(q, g),),
    "deadline": (occasions.condition, lambda q, g, lib: labelled.of_member(q, g), lambda q, g, lib: series.each(q, g), lambda q, g, lib: hours.clock(q, g), lambda q, g, lib: values.deadline(q, g)),
    "number": (lambda q, g, lib: partition.divided_into(q, g), lambda q, g, lib: grades.grade_asked(q, g), lambda q, g, lib: _tiers(q, g, lib), records.people_counted, lambda q, g, lib: graded.by_amount(q, g), lambda q, g, lib: totals.over_members(q, g), lambda q, g, lib: labelled.of_member(q, g), lambda q, g, lib: leftover.left_over(q, g), lambda q, g, lib: counted.beside_its_noun(q, g), lambda q, g, lib: values.year_by_year(q, g), lambda q, g, lib: series.each(q, g), lambda q, g, lib: hours.clock(q, g), lambda q, g, lib: rulings.penalty(q, g), lambda q, g, lib: texts.penalty(q, g) if q.measure_word == "元" else None, pairs.compared, lambda q, g, lib: values.number(q, g)),
    "measure": (lambda q, g, lib: graded.by_amount(q, g), lambda q, g, lib: rulings.penalty(q, g), lambda q, g, lib: texts.penalty(q, g), lambda q, g, lib: consequence(q, g), lambda q, g, lib: items.items_below(q, g) or (members.one_of_several(q, g) if _WHAT.search(q.folded) else None)),
    "list": (places.numbered_place, lambda q, g, lib: exempted.let_off(q, g), lambda q, g, lib: partition.divided_into(q, g), partition.classes_of_table, lambda q, g, lib: grades.grade_asked(q, g), lambda q, g, lib: tallies.attachments(q, lib) if tallies.ATTACHED.search(q.folded) else None, lambda q, g, lib: graded.by_amount(q, g), lambda q, g, lib: tallies.by_person(q, lib), lists.enumerate_members),
    "other": (places.numbered_place, lambda q, g, lib: grades.grade_asked(q, g), lambda q, g, lib: graded.by_amount(q, g), lambda q, g, lib: members.one_of_several(q, g), lambda q, g, lib: items.items_below(q, g) or items.siblings(q, g)),
    "mentions": (places.mentions,),
    "definition": (places.numbered_place, definitions.definition),
    "yesno": (lambda q, g, lib: rulings.denial(q, g), lambda q, g, lib: rulings.ruling(q, g), lambda q, g, lib: texts.yes_or_no(q, g)),
    "compare": (lambda q, g, lib: values.year_by_year(q, g), pairs.compared, lambda q, g, lib: comparing.compare(q, g, lib),),
}
_WHAT: re.Pattern[str] = re.compile("(?:什么|啥|哪种)(?:形式|方式|方法|学历|标准|条件|颜色)")
"""How one of several is done is said in a few words; how a matter is dealt with takes the whole sentence."""
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千]+(?:个|次|天|日|年|月|家|人|名|元|周|小时)")
TABULAR = frozenset(
    ("number", "meta", "contact", "lead", "support", "deadline", "compare", "list", "count", "reverse", "yesno", "other")
)
"""Kinds that a cell of a table may answer; asked first, it declines whenever it is unsure."""
FACTUAL = frozenset(("lead", "support", "deadline", "number"))


def with_the_other_kinds(draft: Draft, query: Query, gathered: Gathered, library: Library) -> Draft:
    """Add what else the question asks of the same thing (建多少个,什么时候建成): only a fact of the same passage counts.

    What the documents do not state is said in a note.
    """
    text, quotes = draft.text, draft.quotes
    notes: list[str] = []
    if not draft.exact or query.kind not in SINGLE:
        return draft
    for kind in query.wants:
        if kind == query.kind or kind not in SINGLE:
            continue
        other = compose(replace(query, kind=kind), gathered, library)
        if other and other.exact and other.text and not other.missing and _same_passage(draft, other):
            if other.text not in text:
                act = acts.act_asked(replace(query, kind=kind))
                label = SINGLE[kind] if act is None else f"{act.name}给:" if act.receives else f"{act.name}:"
                text, quotes = f"{text}\n{label}{other.text}", quotes + other.quotes
        elif other is None or other.missing or not other.text:
            notes.append(f"{_ASKED[kind]}没有写明:{other.missing if other and other.missing else '文件中没有找到依据'}")
    return replace(draft, text=text, quotes=quotes, notes=(*draft.notes, *notes))


_ASKED = {"lead": "牵头单位", "support": "配合单位", "deadline": "时间", "number": "数量"}

SINGLE = {"lead": "牵头:", "support": "配合:", "deadline": "", "number": ""}
"""Kinds that are answered by one fact, of which one question may ask several; with the label of a second answer that needs one."""


def _same_passage(one: Draft, other: Draft) -> bool:
    return bool(one.quotes and other.quotes) and all(
        other.quotes[0].document.id == q.document.id and other.quotes[0].path == q.path for q in one.quotes
    )
