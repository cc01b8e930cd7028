"""Who answers for a matter in person, and what a person answers for: from 责任人, 负责人 and the like, named in the item itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.draft import Draft, Quote, lines, names
from assistant.answering.evidence import Gathered, Scored, in_scope
from assistant.library.library import Library
from assistant.question.query import Query
from corpus.people import CHARGE_ROLES
from corpus.types import Document, Member, Span

_PERSON = re.compile("责任人|负责人|(?:责任|包保|分管|牵头|挂钩)领导|哪(?:个|一?位)(?:领导|同志|干部|人)?(?:来|在|去)?(?:负责|管|包|盯|抓)")
_CHARGE = re.compile("(?:谁|什么人)(?:来|在|去|具体)?(?:负责|管|包|盯|抓)|(?:归|由)谁(?!家)|负责的?(?:人)?是谁|找谁负责")
_ASKED = re.compile("谁|哪[位个]|什么人|叫什么|名字|是[??]?$")
_OF_PERSON = re.compile("负责|管|牵头|包|领|分管|承担|名下|手[里上]|任务|盯|抓|分工|干|做")
_WHICH = re.compile("哪|几|什么|啥|多少")
_HOW_MANY = re.compile("(?:几|多少)(?:件|项|个|座|处|条)(?:事|任务|工作|项目|活|$|[?])")
_NEAR = 0.15
"""How much less than the best clause one may cover that names somebody in charge."""
_LEAST = 0.5
"""Share of the question that it has to cover."""
_MOST = 2
"""Persons of one item; a list of all persons in charge is about none in particular."""
_LONGEST = 120
"""Characters of an item that are told whole."""


def in_charge(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Name the person whom the item asked about holds responsible; None where it names none, or an office is asked for."""
    said = _PERSON.search(query.folded)
    if query.language == "en" or not (said or _CHARGE.search(query.folded)) or not _ASKED.search(query.folded) or not gathered.clauses:
        return None
    for scored in gathered.clauses:
        if scored.score < max(_LEAST, gathered.clauses[0].score - _NEAR):
            return None
        found = _named_in(scored, library)
        if 0 < len({m.name.value for m in found}) <= _MOST and (said or not _of_an_office(scored, gathered)):
            quote = Quote(scored.clause.document, scored.clause.passage.span, scored.clause.passage.path, tuple(m.name.span for m in found))
            return Draft("lead", names([m.name.value for m in found]), (quote,), scored.score, True, (), "", "people", (("own", scored.own),))
    return None


def _named_in(scored: Scored, library: Library) -> list[Member]:
    document = library.fetched([scored.clause.document], "members")[0]
    return [m for m in document.facts.members if m.role in CHARGE_ROLES and scored.clause.passage.span.covers(m.name.span)]


def _of_an_office(scored: Scored, gathered: Gathered) -> bool:
    """Does the item name an office that leads, which is what 谁负责 asks for before a person?"""
    here = scored.clause.passage.span
    return any(d.document.id == scored.clause.document.id and here.overlaps(d.duty.clause) and d.duty.lead for d in gathered.duties)


def of_person(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """List the items that hold the person responsible whom the question names; None where it names nobody of the kind."""
    text = query.folded
    figure = query.kind == "number" and not _HOW_MANY.search(text)
    if query.language == "en" or figure or not _OF_PERSON.search(text) or not _WHICH.search(text):
        return None
    items = list(_items_of(query, library))
    if not items:
        return None
    told = [_told(document, span) for document, span, _ in items]
    quotes = tuple(Quote(document, span, member.path, (member.name.span,)) for document, span, member in items)
    head = f"共{len(items)}项:\n" if len(items) > 1 or _HOW_MANY.search(text) else ""
    return Draft("reverse", head + lines(told), quotes, 1.0, True, (), "", "people")


def _items_of(query: Query, library: Library) -> Iterator[tuple[Document, Span, Member]]:
    seen: set[tuple[str, Span]] = set()
    for document, members in library.stated(library.stating(query.scope.documents, library.factbook.people((query.folded,))), "members"):
        for member in members:
            if member.role in CHARGE_ROLES and member.name.value in query.folded and in_scope(document, member.section, query):
                span = _item(document, member)
                if span and (document.id, span) not in seen:
                    seen.add((document.id, span))
                    yield document, span, member


def _item(document: Document, member: Member) -> Span | None:
    """The passage in which the person is named, where it is an item, else the clause; None for the row of a table, which is read as such."""
    home = next((p for p in document.passages if p.span.covers(member.name.span)), None)
    if home is None or home.kind != "text":
        return None
    return home.span if len(home.span) <= 2 * _LONGEST else member.clause


def _told(document: Document, span: Span) -> str:
    text = _MARK.sub("", span.of(document.text).strip())
    return text.rstrip("。;；") if len(text) <= _LONGEST else text[: text.find("。") + 1 or _LONGEST].rstrip("。;；")


_MARK = re.compile(r"^[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]+\s*")

__all__ = ["in_charge", "of_person"]
