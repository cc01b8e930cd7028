"""Ways to reach people: contact persons, telephone, fax, mail, address and website, as labelled in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.clauses import HAN, Reading, read
from corpus.names import is_name, split_names, titled_name
from corpus.types import Contact, Mention, Section, Source, Span


@dataclass(frozen=True, slots=True)
class Label:
    """kind: kind of the contact.  words: how texts call it; the characters may be spread over blanks."""

    kind: str
    words: tuple[str, ...]


LABELS = (
    Label("person", ("联系人及电话", "联系人", "联络人", "经办人", "咨询人", "解读人", "办理人", "联系人员", "业务联系人")),
    Label("fax", ("传真电话", "传真号码", "传真")),
    Label("email", ("电子邮箱", "电子邮件", "电子信箱", "邮箱地址", "邮箱", "邮件", "E-mail", "e-mail", "Email", "email", "E-MAIL")),
    Label("address", ("联系地址", "通讯地址", "通信地址", "办公地址", "办公地点", "邮寄地址", "受理地址", "地址")),
    Label("", ("邮政编码", "邮编")),
    Label("website", ("网址", "官方网站", "网站")),
    Label(
        "phone",
        ("联系电话", "咨询电话", "值班电话", "举报电话", "监督电话", "服务电话", "投诉电话", "办公电话", "报名电话", "应急电话", "值守电话", "联系方式", "手机号码", "手机号", "手机", "咨询热线",
         "服务热线", "举报热线", "投诉热线", "投诉专线", "举报专线", "服务专线", "专线", "热线电话", "热线", "电话"),
    ),
)  # fmt: skip
_KINDS = {word: label.kind for label in LABELS for word in label.words}
_LABEL = re.compile("|".join(r"\s{0,4}".join(map(re.escape, word)) for word in sorted(_KINDS, key=len, reverse=True)))
_PHONE = re.compile(r"(?<![\d.A-Za-z-])(?:[(]?0\d{2,3}[)]?\s?[-—–]?\s?(?:\d{3,4}[ -]?\d{4}|\d{4} \d{3})(?:[-—转]\d{1,6})?|0\d{2,3}-1\d{4}|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|[48]00-?\d{3,4}-?\d{3,4}|\d{7,8}(?:[-转/]\d{1,4})?|0(?: \d){2,3} ?[-—–] ?\d(?: \d){6,7}|\d{3,6})(?![\d.A-Za-z])")
_MOBILE = re.compile(r"(?<![\d.A-Za-z-])1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<![\d.A-Za-z(-])(?:[(]0\d{2,3}[)]|0\d{2,3}[-—])\d{3,4}[ -]?\d{3,4}(?![\d.A-Za-z])")
"""A number with its area code is one whatever stands before it: 政策咨询:人事科 0576-8120 4417, 急诊科0553-7709 120."""
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_WEBSITE = re.compile(r"https?://[A-Za-z0-9./?=&%_#:~-]{4,200}|(?<![A-Za-z0-9.])www\.[A-Za-z0-9./?=&%_-]{4,200}")
_TITLED = re.compile(r"[\u4e00-\u9fff](?:科长|处长|主任|老师|局长|股长|工|同志|先生|女士|经理|站长|所长|队长)")
_REACH = 120


def contacts(source: Source, sections: tuple[Section, ...]) -> tuple[Contact, ...]:
    """Find the ways of contact in text order; a value is taken once, with the line that states it."""
    reading = read(source, sections)
    found = [*_labelled(reading), *_anywhere(reading)]
    found.sort(key=lambda contact: (contact.value.span.start, contact.value.span.end))
    taken: list[Contact] = []
    for contact in found:
        if not taken or contact.value.span.start >= taken[-1].value.span.end:
            taken.append(replace(contact, ordinal=len(taken)))
    return tuple(taken)


def _labelled(reading: Reading) -> Iterator[Contact]:
    labels = list(_LABEL.finditer(reading.plain))
    for label, following in zip_longest(labels, labels[1:]):
        kind = _KINDS["".join(label.group().split())]
        if not kind or (found := _value_start(reading.plain, label, kind)) is None:
            continue
        start, marked = found
        limit = min(following.start() if following else len(reading.plain), start + _REACH)
        value = Span(start, _value_end(reading.plain, start, limit))
        for contact in _values(reading, kind, value):
            if marked or (contact.kind in ("phone", "fax") and len(contact.value.value) >= 7):
                yield contact


def _value_start(plain: str, label: re.Match[str], kind: str) -> tuple[int, bool] | None:
    """Give where the value begins and whether a colon marks it; a telephone label may do without."""
    match = re.compile(r"\s{0,3}(?:[(][^()\n]{1,12}[)])?\s{0,3}(?P<colon>:)?[ ]{0,4}(?P<line>\n\s{0,4})?").match(plain, label.end())
    if match is None:
        return None
    bare = kind in ("phone", "fax") and not match.group("line") and re.compile(r"[(]?[\d+]").match(plain, match.end())
    return (match.end(), bool(match.group("colon"))) if match.group("colon") or bare else None


def _value_end(plain: str, start: int, limit: int) -> int:
    stop = re.compile(r"[\n。;]").search(plain, start, limit)
    return stop.start() if stop else limit


def _values(reading: Reading, kind: str, value: Span) -> Iterator[Contact]:
    plain = reading.plain
    if kind == "person":
        yield from _persons(reading, value)
        return
    if kind == "address":
        words = plain[value.start : value.end].rstrip(" ,(")
        words = words.rstrip(")") if words.count(")") > words.count("(") else words
        if len(words) >= 4:
            yield _contact(reading, kind, Span(value.start, value.start + len(words)))
        return
    patterns = {"email": _EMAIL, "website": _WEBSITE}
    for match in patterns.get(kind, _PHONE).finditer(plain, value.start, value.end):
        yield _contact(reading, kind, Span(match.start(), match.end()))
    if kind == "phone":
        yield from _persons(reading, value)


def _persons(reading: Reading, value: Span) -> Iterator[Contact]:
    """Read the names of a contact line, also when they run together, and the telephone numbers beside them."""
    for match in re.compile(rf"[{HAN}·]+").finditer(reading.plain, value.start, value.end):
        word = match.group().removesuffix("同志")
        at = match.start()
        titled = titled_name(word)
        if titled and not is_name(word):
            yield _contact(reading, "person", Span(at + len(titled[0]), at + len(word)))
        elif _TITLED.fullmatch(match.group()):
            yield _contact(reading, "person", Span(at, match.end()))
        for name in split_names(word):
            yield _contact(reading, "person", Span(at, at + len(name)))
            at += len(name)
    yield from _spread_names(reading, value)
    for match in _PHONE.finditer(reading.plain, value.start, value.end):
        if len(match.group()) >= 7:
            yield _contact(reading, "phone", Span(match.start(), match.end()))


def _spread_names(reading: Reading, value: Span) -> Iterator[Contact]:
    for match in re.compile(rf"(?<![{HAN}])([{HAN}])\s{{1,3}}([{HAN}])(?![{HAN}])").finditer(reading.plain, value.start, value.end):
        if is_name(match.group(1) + match.group(2)):
            yield _contact(reading, "person", Span(match.start(), match.end()))


def _anywhere(reading: Reading) -> Iterator[Contact]:
    for kind, pattern in (("email", _EMAIL), ("website", _WEBSITE), ("phone", _MOBILE), ("phone", _LANDLINE)):
        for match in pattern.finditer(reading.plain):
            yield _contact(reading, kind, Span(match.start(), match.end()))


def _contact(reading: Reading, kind: str, span: Span) -> Contact:
    value = "".join(span.of(reading.plain).split()) if kind != "address" else reading.value(span)
    return Contact(0, kind, Mention(value, span), reading.sentence(span.start))
