"""What a stretch of text says about who does a thing: labelled fields, 牵头 in running form, or units alone.

`责任单位:各镇、街道;牵头部门:区委宣传部`, `A、B牵头,C等部门按职责分工负责`, `X建设由A牵头,Y整治由B牵头`, `A负责,B配合`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from corpus.columns import LABELS, is_assisting
from corpus.dates import parse_cell
from corpus.list_cells import looks_like_deadline
from corpus.text import squeeze, trim
from corpus.types import Deadline, Mention, Span
from corpus.units import is_open_list, split_units

_WORDS = {
    role: [word for word in words if len(word) >= 3 or word == "牵头"]
    for role, words in LABELS
    if role in ("deadline", "lead", "support", "person")
}
_WORDS["support"] += ["责任(配合)单位", "责任(配合)部门", "配合(责任)单位", "责任(牵头)单位"]
_WORDS["oversee"] = [a + b for a in ("督办", "督导", "督查", "监督", "考核") for b in ("单位", "部门")]
"""Who watches over a task neither leads nor helps."""
_ROLE = {word: role for role, words in _WORDS.items() for word in words} | {"责任(牵头)单位": "lead"}
_ALTERNATIVES = "|".join(sorted(map(re.escape, _ROLE), key=len, reverse=True))
_BARE = {"配合": "support", "协办": "support", "协助": "support", "参与": "support", "责任": "support", "主办": "lead", "主责": "lead", "承办": "lead"}
"""Labels without 单位: 牵头:A;配合:B. Words of running text too, so they count only at the beginning of a field."""
_FIRST = "".join(sorted({word[0] for word in (*_ROLE, *_BARE)}))
# What a label may begin with is told first, as it is sought at every character of a text.
LABEL = re.compile(rf"(?=[国省市区县镇街级及{_FIRST}])(?:(?:国家|省|市|区|县|镇|街道)?级)?(?:及)?(?P<word>{_ALTERNATIVES}|(?<![^\s(【\[;,。])(?:{'|'.join(_BARE)})(?=\s?:))\s?[:]")
_LEADS = re.compile(r"(?:分别|共同|联合|统一)?牵头(?!单位|部门)(?:负责|组织|落实|实施|推进|抓总|办理){0,2}")
_TOPIC = re.compile(r"(?P<topic>[^,;:]{2,30}?)由(?P<unit>[^,;]{2,60}?)(?:分别|共同)?牵头")
_SUPPORTS = re.compile(r"(?:积极|密切|协同)?(?:配合|参与|参加|协助|协办)(?:落实|实施|推进)?$")
ALSO_BELOW = re.compile(r"[,;。]?\s?(?:以?下(?:相?同|均同)|以下均相?同)[。;]?\s*$")
_DUTY_END = re.compile(r"(?:负责|配合|落实|参与|协助|牵头)$")


_HELPING = "(配合)"
"""Stands for the label where units are told to help in words: B、C配合."""


@dataclass(slots=True)
class Statement:
    """Who leads, who supports, by when; gathered while the fields of one statement are read."""

    lead: list[Mention] = field(default_factory=list)
    support: list[Mention] = field(default_factory=list)
    fields: list[tuple[str, tuple[Mention, ...]]] = field(default_factory=list)
    topics: list[tuple[str, str]] = field(default_factory=list)
    lead_text: Mention | None = None
    support_text: Mention | None = None
    deadline: Deadline | None = None
    open_list: bool = False

    @property
    def label(self) -> str:
        """How the text calls those that support: those responsible before those that only help."""
        return min((label for label, _ in self.fields if label != _HELPING), key=is_assisting, default="")

    @property
    def assisting(self) -> tuple[Mention, ...]:
        """Of the supporting units those that only help, where others are responsible."""
        helpers = tuple(mention for label, units in self.fields if is_assisting(label) for mention in units)
        return helpers if len(helpers) < len(self.support) else ()

    @property
    def names_units(self) -> bool:
        return bool(self.lead or self.support)


@dataclass(frozen=True, slots=True)
class _Field:
    label: str
    role: str
    span: Span


def read_statement(text: str, span: Span, *, issued: date | None = None) -> Statement:
    """Read a statement without its outer bracket; `text` is narrow."""
    statement = Statement()
    if below := ALSO_BELOW.search(text, span.start, span.end):
        span = Span(span.start, below.start())
    for part in _fields(text, span):
        if part.role == "deadline":
            statement.deadline = statement.deadline or parse_cell(text, trim(text, part.span), issued)
        elif part.role == "lead":
            _read_lead(text, part, statement, issued)
        elif part.role == "support":
            before = len(statement.support)
            _read_clauses(text, part.span, statement, issued)
            if part.label and len(trim(text, part.span)):
                statement.fields.append((part.label, tuple(statement.support[before:])))
    return statement


def _fields(text: str, span: Span) -> Iterator[_Field]:
    labels = list(LABEL.finditer(text, span.start, span.end))
    first = labels[0].start() if labels else span.end
    if text[span.start : first].strip(" ;,。、\n"):
        yield _Field("", "support", Span(span.start, first))
    for at, match in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else span.end
        word = match.group("word")
        label = squeeze(match.group()).rstrip(":")
        yield _Field(label, _ROLE.get(word) or _BARE.get(word, "support"), Span(match.end(), end))


def _clauses(text: str, span: Span) -> Iterator[Span]:
    depth, start = 0, span.start
    for at in range(span.start, span.end):
        character = text[at]
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif character in ",;。" and depth == 0:
            yield Span(start, at)
            start = at + 1
    yield Span(start, span.end)


def _untimed(text: str, clauses: Iterable[Span], statement: Statement, issued: date | None) -> list[Span]:
    """Give the clauses that name units; one that says when (2025年6月底前完成) sets the time limit."""
    kept = []
    for clause in clauses:
        at = trim(text, clause)
        if len(at) and looks_like_deadline(text, at, issued):
            statement.deadline = statement.deadline or parse_cell(text, at, issued)
        else:
            kept.append(clause)
    return kept


def _add(text: str, span: Span, to: list[Mention], statement: Statement) -> None:
    known = {(mention.value, mention.span) for mention in to}
    to += [mention for mention in split_units(text, span) if (mention.value, mention.span) not in known]
    statement.open_list = statement.open_list or is_open_list(span.of(text))


def _read_lead(text: str, part: _Field, statement: Statement, issued: date | None) -> None:
    """A lead field may still go on about others: `区邮政局牵头,各有关部门按职责分工负责`."""
    if _LEADS.search(text, part.span.start, part.span.end):
        _read_clauses(text, part.span, statement, issued)
        return
    clauses = _untimed(text, _clauses(text, part.span), statement, issued) or [part.span]
    own = [clauses[0]]
    for clause in clauses[1:]:
        # After a comma, 各有关部门按职责分工负责 are the others; another plain name still leads.
        if _DUTY_END.search(trim(text, clause).of(text)) and not own[-1].of(text).strip().endswith(("负责", "落实")):
            _add(text, clause, statement.support, statement)
        else:
            own.append(clause)
    for clause in own:
        _add(text, clause, statement.lead, statement)
    statement.lead_text = statement.lead_text or _as_printed(text, part.span)


def _as_printed(text: str, span: Span) -> Mention:
    at = trim(text, span)
    return Mention(squeeze(at.of(text)), at)


def _read_clauses(text: str, span: Span, statement: Statement, issued: date | None) -> None:
    """Read `A、B牵头,C、D配合`: what stands before 牵头 leads, the rest supports."""
    waiting: list[Span] = []
    clauses = _untimed(text, (trim(text, clause) for clause in _clauses(text, span)), statement, issued)
    contrasted = any(_SUPPORTS.search(clause.of(text)) for clause in clauses[1:])
    for clause in clauses:
        topic = _TOPIC.search(text, clause.start, clause.end)
        leads = _LEADS.search(text, clause.start, clause.end)
        if topic:
            at = Span(topic.start("unit"), topic.end("unit"))
            before = len(statement.lead)
            _add(text, at, statement.lead, statement)
            statement.topics += [(m.value, squeeze(topic.group("topic"))) for m in statement.lead[before:]]
        elif leads:
            for pending in [*waiting, Span(clause.start, leads.start())]:
                _add(text, pending, statement.lead, statement)
            waiting = []
            if text[leads.end() : clause.end].strip(" 、,;。") and not leads.group().endswith("负责"):
                waiting = [Span(leads.end(), clause.end)]
        elif contrasted and clause.of(text).endswith("负责") and not statement.lead:
            # A负责,B配合: the first of the two leads.
            for pending in [*waiting, clause]:
                _add(text, pending, statement.lead, statement)
            waiting = []
        else:
            waiting.append(clause)
            if _SUPPORTS.search(clause.of(text)):
                before = len(statement.support)
                for pending in waiting:
                    _add(text, pending, statement.support, statement)
                statement.fields.append((_HELPING, tuple(statement.support[before:])))
                waiting = []
    for pending in waiting:
        _add(text, pending, statement.support, statement)
