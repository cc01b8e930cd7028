"""The sum of what a text states year by year, or member by member, where it gives no total itself: 2024年3条、2025年5条 → 共8条."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered, Scored, score_clause
from assistant.compose.amounts import Amount, amount, of_one_unit, summed
from assistant.compose.labelled import Label, dealt_to, labels_in, named_in
from assistant.compose.wanted import TELLING, wanted
from assistant.lexicon.labels import FAMILIES, YEAR
from assistant.lexicon.reckoning import NOT_SUMMED, SUM
from assistant.question.query import Query
from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Span

_YEARS = re.compile(rf"(?<![第\d{CN}])(?P<count>[{CN}两]|\d)年(?!级|内有|一次)|(?P<some>几年|这些年|各年)")
_NEAR, _MOST_CLAUSES, _LEAST = 0.15, 4, 0.5
_FEWEST = 2
_TOTAL = re.compile("合计|总计|共计|累计|共(?=[^,，。;；]{0,8}$)|总(?=[^,，。;；]{0,6}$)")


def over_members(query: Query, gathered: Gathered) -> Draft | None:
    """Add up the values of the members asked about: of so many years, or of all that the question names."""
    kind = wanted(query)
    if kind.name in (TELLING, "date", "share", "time") or not SUM.search(query.folded) or NOT_SUMMED.search(query.topic) or not gathered.clauses:
        return None
    top = gathered.clauses[0].score
    for scored in gathered.clauses[:_MOST_CLAUSES]:
        if scored.score < max(top - _NEAR, _LEAST) or scored.clause.passage.kind != "text":
            continue
        values = [v for v in kind.spans(scored.clause.document, scored.clause.span)]
        for family in FAMILIES:
            chosen = _members(query, family, labels_in(scored.clause, family))
            pairs = [(label, value) for label in chosen if (value := dealt_to(label, labels_in(scored.clause, family), values, scored.clause))]
            if len(pairs) >= _FEWEST and len(pairs) == len(chosen) and (draft := _draft(query, scored, pairs)):
                return draft
    return None


def _members(query: Query, family: re.Pattern[str], labels: Sequence[Label]) -> list[Label]:
    """The members that are added up: those named, where the question names several; all years where it asks for so many."""
    names = [label.name for label in labels]
    if len(set(names)) != len(names):
        return []
    asked = set(map(str, query.scope.years)) if family is YEAR else {name for name, _ in named_in(family, query.folded)}
    if len(asked) >= _FEWEST:
        return [label for label in labels if label.name in asked] if asked <= set(names) else []
    years = _YEARS.search(query.folded)
    if family is not YEAR or years is None or asked:
        return []
    return list(labels) if years["some"] or value_of(years["count"]) == len(labels) else []


def _draft(query: Query, scored: Scored, pairs: Sequence[tuple[Label, Span]]) -> Draft | None:
    clause, text = scored.clause, scored.clause.document.text
    printed = [value.of(text) for _, value in pairs]
    amounts = [_amount(p) for p in printed]
    known = [a for a in amounts if a is not None]
    stated = _TOTAL.search(fold(text[clause.span.start : pairs[0][1].start]))
    if len(known) != len(amounts) or not of_one_unit(known) or known[0].share or stated:
        return None
    parts = "、".join(f"{label.span.of(text)}{p}" for (label, _), p in zip(pairs, printed, strict=True))
    told = f"共{summed(known)}(计算得出:{parts})"
    quote = Quote(clause.document, clause.span, clause.passage.path, tuple(value for _, value in pairs))
    # 三年 is said of the members, not by the text.
    again = score_clause(clause, [t for t in query.terms if not _YEARS.fullmatch(t.text)])
    score = min(max(scored.score, again.score), 1.0)
    return Draft(query.kind, told, (quote,), score, True, (), "", "value", (("own", score),))


_PRINTED = re.compile(r"[^\d]*(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d]{0,6}?)(?:左右|以上|以内)?$")


def _amount(printed: str) -> Amount | None:
    match = _PRINTED.fullmatch(fold(printed))
    return amount(match["number"], match["unit"]) if match else None
