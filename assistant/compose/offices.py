"""Whose number stands in a line: of several offices and purposes the one that is asked for, and no other's in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.query import Query
from corpus.text import fold
from corpus.types import Contact, Document, Span

_BODY = "局|办|委|会|联|中心|处|科|股|所|站|队|院|厅|社|公司|学校|台"
_OFFICE = re.compile(rf"[㐀-鿿]{{1,10}}?(?:{_BODY})(?![长员公室系时理间])")
_ASKED = re.compile(
    rf"([㐀-鿿]{{1,10}}?(?:{_BODY}))(?:办公室)?的?(?:24小时|二十四小时|值班|办公|联系|咨询|投诉|举报|监督|服务|公开|对外|紧急|应急)*的?(?:电话|号码|传真|邮箱|手机|热线)"
)
_LEVEL = re.compile("^.*[省市区县镇乡旗](?=..)")
_LINE = re.compile("([㐀-鿿]{2,8})(?:热线|专线|电话)")
_PLAIN = re.compile("联系|值班|办公|咨询|服务|监督|投诉|举报|公开|对外|固定|移动|及|和|与|传真|人|号码|政策|业务|24小时|小时")
_AGAINST = re.compile("投诉|举报|监督")
_ADVICE = re.compile("咨询|报修|救援|报名|技术|办理|预约")


def of_the_office(query: Query, document: Document, found: Sequence[Contact]) -> tuple[list[Contact], str]:
    """Leave out the numbers whose line names another office than the one asked for; also give the office, or the purpose, when none is left."""
    labels = [(contact, _label(document, contact)) for contact in found]
    office = _office(query)
    if office and not any(_fits(office, label) or _named(office, document, contact) for contact, label in labels):
        kept = [contact for contact, label in labels if not _OFFICE.search(label) and not _purpose(label)]
        return kept, "" if kept else office
    if (purpose := _AGAINST.search(query.folded)) and labels and all(_ADVICE.search(label) and not _AGAINST.search(label) for _, label in labels):
        return [], purpose.group()
    return list(found), ""


def whose(query: Query) -> str:
    """The office, or the purpose, that a number is asked for; "" when none is named."""
    against = _AGAINST.search(query.folded)
    return _office(query) or (against.group() if against else "")


def _office(query: Query) -> str:
    """The office whose number is asked for, without the place it is of."""
    match = _ASKED.search(query.folded)
    unit = query.units[0] if len(query.units) == 1 else ""
    name = match.group(1) if match and not (unit and match.group(1).endswith(unit)) else unit
    for place in query.scope.places:
        name = name.replace(fold(place), "").replace(fold(place)[:-1], "")
    return _LEVEL.sub("", name) if len(name) > 1 else ""


def _label(document: Document, contact: Contact) -> str:
    """What stands before a number in its clause, behind the number before it."""
    text, at = document.text, contact.value.span.start
    before = max((c.value.span.end for c in document.facts.contacts if c.value.span.end <= at and c.value.span.start >= contact.clause.start), default=contact.clause.start)
    return fold(text[min(before, at) : at])


def _purpose(label: str) -> str:
    """What a line is for (供水服务热线, 欠薪举报电话), "" when it says no more than that it is a telephone."""
    return next((rest for word in _LINE.findall(label) if len(rest := _PLAIN.sub("", word)) > 1), "")


def _named(office: str, document: Document, contact: Contact) -> bool:
    """Does the clause of a number name a long office by its end (专班|办公室: 办公室设在县水利局,联系电话…)?"""
    return len(office) > _SHORT and office[-_SHORT:] in fold(contact.clause.of(document.text))


_SHORT = 3


def _fits(office: str, label: str) -> bool:
    """Does a label name the office, in full, short (疾控中心 of 疾病预防控制中心) or by another short name (防汛办, 防指办)?"""
    if re.search(".{0,4}?".join(map(re.escape, office)), label):
        return True
    return any(name[-1] == office[-1] and office[0] in name for name in _OFFICE.findall(label))


_NUMBER = re.compile(r"(?<![\d-])(?:0\d{2,3}[- ]?)?\d{7,8}(?![\d-])|(?<!\d)1[3-9]\d{9}(?!\d)")


def beside_the_office(office: str, documents: Sequence[Document]) -> tuple[Document, Span, Span] | None:
    """Find the line that names an office and a number that no contact was read from; give it with the number's place."""
    name = re.compile(".{0,6}?".join(map(re.escape, office)))
    for document in documents:
        for line in re.finditer("[^\n。;；]+", document.text):
            number = _NUMBER.search(line.group())
            if number and (named := name.search(line.group())) and named.end() <= number.start():
                at = line.start() + number.start()
                return document, Span(*line.span()), Span(at, at + len(number.group()))
    return None


__all__ = ["beside_the_office", "of_the_office", "whose"]
