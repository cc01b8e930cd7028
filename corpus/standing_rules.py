"""Rules that a document states once for many of its duties: who leads of several units, who is always among them."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.text import squeeze, trim
from corpus.types import Duty, Mention, Note, Span


def under_rules(text: str, found: list[Duty]) -> list[Duty]:
    """Apply to the duties, in text order, what the narrow text says of them at large; each carries a note of the rule."""
    return _ruled_below(text, _first_leads(text, found))


_FIRST_LEADS = re.compile(
    r"[“\"']?(?:责任|配合|落实|承办)?(?:单位|部门)[”\"']?(?:栏|列)?(?:中|里|内)?(?:的)?,?(?:列|排)?(?:名|在|于)?(?:第一(?:个|位|家|名)?|首(?:个|位|家))(?:的)?(?:单位|部门|者)?"
    r"(?:的)?(?:即|均)?(?:为|是)(?:牵头|主责|主办)(?:单位|部门)?"
)


def _first_leads(text: str, found: list[Duty]) -> list[Duty]:
    """Where the document says that the first unit named leads, take it for the lead of every row and bracket that names none."""
    rule = _FIRST_LEADS.search(text)
    if rule is None:
        return found
    note = Note("first_leads", "原文注明:排在第一的责任单位为牵头单位", Span(rule.start(), rule.end()))
    return [
        replace(duty, lead=duty.support[:1], support=duty.support[1:], notes=(*duty.notes, note))
        if duty.source in ("row", "bracket") and duty.support and not duty.lead
        else duty
        for duty in found
    ]


_BELOW = re.compile(r"以下(?:各项|各条|任务|工作|事项)?(?:任务|工作)?均(?:需要?|由|须|要)(?P<units>[^,。;()]{2,40}?)(?:配合|落实|负责|参与)")


def _ruled_below(text: str, found: list[Duty]) -> list[Duty]:
    """A bracket that adds 以下任务均需X落实,不再列出 speaks for the brackets after it."""
    rules = [(duty, rule) for duty in found if duty.source == "bracket" and (rule := _BELOW.search(text, duty.statement.start, duty.statement.end))]
    if not rules:
        return found
    first, rule = min(rules, key=lambda pair: pair[0].clause.start)
    named = trim(text, Span(rule.start("units"), rule.end("units")))
    units = Mention(squeeze(named.of(text)), named, inherited=True)
    note = Note("rule_inherited", f"上文载明:以下各项均需{units.value}落实,不再逐项列出", units.span)

    def applied(duty: Duty) -> Duty:
        if duty is first:
            return replace(duty, support=tuple(m for m in duty.support if m.span.end <= rule.start()))
        if duty.source == "bracket" and duty.clause.start > first.clause.start:
            return replace(duty, support=(*duty.support, units), notes=(*duty.notes, note))
        return duty

    return list(map(applied, found))
