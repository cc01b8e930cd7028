"""The card of a document: its title, number, issuer, dates, addressees, basis, places and years, each with its words.

Fields are gathered from labels (`corpus.metadata`), from the layout of front and end (`corpus.front`) and from fixed phrases
(根据《…》, 自…起施行). The scalars of `Card` repeat the best field of a kind; all that was found stays in `fields`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from corpus.attachments import find_attachments
from corpus.clauses import Reading, read
from corpus.front import Front, Signature, addressees_of, front_of, number_of, printed_by, signature_of, title_of
from corpus.metadata import date_in, labelled
from corpus.numbers import CN
from corpus.places import places
from corpus.text import squeeze
from corpus.types import Card, Field, Section, Source, Span

_BASIS = re.compile(r"(?:根据|依据|依照|按照|遵照|贯彻\s?落实|贯彻|落实)(?P<basis>(?:[^,。;:\n《》]|《[^《》\n]{1,90}(?:〈[^〉]{1,60}〉[^《》\n]{0,60})?》){2,200})")
_BASIS_END = re.compile(r"[(]以下.*$|(?:的?(?:有关|相关)?(?:要求|精神|规定|部署|安排|决策部署|文件通知要求|通知要求|部署要求|工作要求))+$|等(?:有关)?(?:法律、?法规|文件|规定|法律法规)?(?:的?规定)?$")
_BASIS_WORDS = re.compile(r"《|方案|通知|意见|要求|部署|规定|决定|计划|条例|法律|文件|精神")
_EFFECTIVE = re.compile(r"自(?P<when>[^,。;\n]{2,30}?)起(?:正式)?(?:施行|实施|执行|生效|试行)")
_EXPIRES = re.compile(rf"有效期(?:限)?(?:至|到|为|是)?\s?(?:自[^,。;\n]{{2,14}}起)?(?P<when>(?:19|20)\d{{2}}年\d{{1,2}}月\d{{1,2}}日|[\d{CN}]{{1,3}}\s?(?:年|个月))")
_PERIOD = re.compile(
    r"(?:自|从)?(?P<when>(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?(?:启动|开始|起)?\s?(?:至|到|-|—|~){1,2}\s?(?:(?:19|20)\d{2}年)?\d{1,2}月(?:\d{1,2}日)?(?:底|末)?(?:结束|止)?)"
)
_OWN = re.compile(r"本(?:办法|规定|细则|通知|意见|方案|条例|规则|决定|制度|政策|措施|公告|通告|预案|标准|法)|施行|执行|实施|印发|发布之日|公布之日")
_ADOPTED = re.compile(r"(?P<date>(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)[^。\n]{4,90}?(?P<label>通过|修正|修订|批准|公布|(?<=会议)上|(?<=大会)上)")
_ISSUED_BY_TITLE = re.compile(r"^(?P<issuer>[^《》]{2,40}?)关于")
_CAPTION = re.compile(r"^(?P<issuer>[^\n]{2,30}?)文件$")
_PERIODS = 40
_RANGE = re.compile(r"(?P<first>(?:19|20)\d{2})\s?年?\s?(?:-|—|–|~|至|到){1,2}\s?(?P<last>(?:19|20)\d{2})\s?年?")
_SPELL = re.compile(r"(?:自|从)?(?P<first>(?:19|20)\d{2})年\d{0,2}月?(?:启动|开始|起)?(?:至|到|-|—|~){1,2}(?P<last>(?:19|20)\d{2})年\d{0,2}月?")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})\s?年")
_AHEAD = re.compile(r"到(?P<until>20\d{2})年|(?P<year>20\d{2})年(?:\d{1,2}月)?(?:底|末|前)")


def card(source: Source, sections: tuple[Section, ...]) -> Card:
    """Read the document's own data; what it does not state stays empty."""
    reading = read(source, sections)
    front = front_of(reading)
    fields = list(_labelled(reading, front))
    title, fields = _title(reading, front, source, fields)
    signature = signature_of(reading, front)
    fields += _laid_out(reading, front, title, signature)
    fields += [*_basis(reading, front, title), *_phrases(reading)]
    attachments, attachment_fields = _attachments(reading)
    fields += attachment_fields
    words = _first(fields, "title") or squeeze(source.title)
    strong = [field.span for field in fields if field.name in ("title", "issuer", "source", "attachment", "printed_by")]
    named, place_fields = places(reading, strong)
    fields = sorted({(field.name, field.span, field.value): field for field in fields + place_fields}.values(), key=lambda field: field.span)
    issued, published = _day(reading, fields, "issued"), _day(reading, fields, "published")
    return Card(
        title=words,
        issuer=_issuer(fields),
        number=_first(fields, "number"),
        issued=issued,
        published=published,
        places=named,
        years=_years(reading, words, issued or published),
        attachments=attachments,
        fields=tuple(fields),
    )


def _labelled(reading: Reading, front: Front) -> Iterator[Field]:
    seen: set[Span] = set()
    for lines in front.ends:
        for field in labelled(reading, lines):
            if field.span not in seen and not (field.name == "title" and lines is not front.lines):
                seen.add(field.span)
                yield field


def _title(reading: Reading, front: Front, source: Source, fields: list[Field]) -> tuple[Span | None, list[Field]]:
    """Settle the title: a labelled one counts when it reads like one, else the best line of the front."""
    stated = [field for field in fields if field.name == "title" and len(field.value) >= 6]
    others = [field for field in fields if field.name != "title"]
    if stated:
        return stated[0].span, [*others, stated[0]]
    span = title_of(reading, front, source.title, source.headings)
    if span is None:
        return None, others
    return span, [*others, Field("title", "", reading.value(span), span)]


def _laid_out(reading: Reading, front: Front, title: Span | None, signature: Signature | None) -> Iterator[Field]:
    """Give what the layout states: number, addressees, signature, caption, imprint, adoption."""
    number = number_of(reading, front)
    if number:
        yield Field("number", "", reading.value(number[0]), *number)
    addressees = addressees_of(reading, front, title)
    if addressees:
        yield Field("addressees", "", reading.value(addressees), addressees)
    if signature:
        yield from (Field("issuer", "落款", "".join(reading.value(organ).split()), organ) for organ in signature.organs)
        yield _dated(reading, "issued", "落款", (signature.day, signature.date, signature.note))
    yield from _captions(reading, front, title)
    imprint = printed_by(reading, front)
    if imprint:
        yield Field("printed_by", "印发", reading.value(imprint[0]), imprint[0])
        yield _dated(reading, "issued", "印发", imprint[1])


def _captions(reading: Reading, front: Front, title: Span | None) -> Iterator[Field]:
    for line in front.lines[:12]:
        caption = _CAPTION.match(reading.plain[line.start : line.end].strip("#* "))
        if caption:
            start = reading.plain.index(caption.group("issuer"), line.start)
            yield Field("issuer", "文件头", squeeze(caption.group("issuer")), Span(start, start + len(caption.group("issuer"))))
    if title:
        named = _ISSUED_BY_TITLE.match(reading.plain[title.start : title.end].strip())
        if named:
            span = Span(title.start, title.start + named.end("issuer"))
            yield Field("issuer", "标题", reading.value(span), span)
    for line in front.lines:
        for match in _ADOPTED.finditer(reading.plain, line.start, line.end):
            found = date_in(reading.plain, match.start("date"), match.end("date"))
            if found:
                yield _dated(reading, "issued", match.group("label").replace("上", "会议"), found)


def _dated(reading: Reading, name: str, label: str, found: tuple[date | None, Span, str]) -> Field:
    day, span, note = found
    return Field(name, label, day.isoformat() if day and not note else reading.value(span), span, note)


def _basis(reading: Reading, front: Front, title: Span | None) -> Iterator[Field]:
    """Give the superior documents the text rests on, named before its first heading, in an attachment's, or in article 1."""
    spans = [line for line in front.lines if len(line) > 20 and not (title and title.overlaps(line))]
    spans += [section.body for section in reading.sections if section.family in ("attachment", "title")]
    spans += [section.span for section in reading.sections if section.family == "article" and section.number == 1]
    for span in spans:
        limit = min(span.end, span.start + 900)
        for match in _BASIS.finditer(reading.plain, span.start, limit):
            basis = Span(match.start("basis"), match.end("basis"))
            ending = _BASIS_END.search(match.group("basis"))
            if ending and match.group("basis")[: ending.start()].endswith("》"):
                basis = Span(basis.start, basis.start + ending.start())
            if _BASIS_WORDS.search(match.group("basis")) and len(basis) > 4:
                yield Field("basis", match.group()[: match.start("basis") - match.start()], reading.value(basis), basis)


def _phrases(reading: Reading) -> Iterator[Field]:
    for name, pattern in (("effective", _EFFECTIVE), ("expires", _EXPIRES)):
        found = [match for match in pattern.finditer(reading.plain) if _OWN.search(reading.plain, reading.sentence(match.start()).start, match.end() + 4)]
        if found:
            span = Span(found[-1].start("when"), found[-1].end("when"))
            dated = date_in(reading.plain, span.start, span.end)
            value = dated[0].isoformat() if dated and dated[0] else reading.value(span)
            yield Field(name, "", value, Span(found[-1].start(), found[-1].end()))
    for match in islice(_PERIOD.finditer(reading.plain), _PERIODS):
        span = Span(match.start("when"), match.end("when"))
        yield Field("period", "", reading.value(span), span)


def _attachments(reading: Reading) -> tuple[tuple[tuple[int, str], ...], list[Field]]:
    """List attachments by number: those that follow, then those only announced."""
    titles: dict[int, str] = {}
    fields = []
    for section in reading.sections:
        if section.family == "attachment":
            number = section.number or len(titles) + 1
            if titles.setdefault(number, section.title) == section.title:
                fields.append(Field("attachment", section.label, section.title, section.heading))
    for announced in find_attachments(reading.plain).announcements:
        number = announced.number or 1
        title = squeeze(announced.title.strip("《》 "))
        if number not in titles and title and not any(title in known or known in title for known in titles.values() if known):
            titles[number] = title
            fields.append(Field("attachment", f"附件{announced.number or ''}", title, announced.span))
    return tuple(sorted(titles.items())), fields


# ---------------------------------------------------------------- the best of each kind


def _first(fields: Iterable[Field], name: str) -> str:
    return next((field.value for field in fields if field.name == name), "")


def _issuer(fields: list[Field]) -> str:
    """Prefer the signature (all that signed), then a label, the caption, the title."""
    issuers = [field for field in fields if field.name == "issuer"]
    signed = list(dict.fromkeys(field.value for field in issuers if field.label == "落款"))
    if signed:
        return "、".join(signed)
    for labels in ((), ("文件头",), ("标题",)):
        chosen = next((field.value for field in issuers if (field.label in labels if labels else field.label not in ("文件头", "标题"))), "")
        if chosen:
            return chosen
    return ""


_ORDER = {"落款": 0, "成文日期": 0, "成文时间": 0, "印发": 2, "通过": 3, "批准": 4, "公布": 4, "修订": 5, "修正": 5, "会议": 6}


def _day(reading: Reading, fields: list[Field], name: str) -> date | None:
    """Give the date of the best field; of a damaged one its only reading."""
    for field in sorted((field for field in fields if field.name == name), key=lambda field: _ORDER.get(field.label, 1)):
        found = date_in(reading.plain, field.span.start, field.span.end)
        if found and found[0]:
            return found[0]
    return None


def _years(reading: Reading, title: str, day: date | None) -> tuple[int, int] | None:
    """Tell which years the document covers: by its title, by a stated duration, or by the ends it sets."""
    for pattern, words in ((_RANGE, title), (_YEAR, title), (_SPELL, reading.plain)):
        match = pattern.search(words)
        if match:
            years = [int(value) for value in match.groups() if value]
            return (min(years), max(years))
    headed = [int(match.group("year")) for section in reading.sections if section.level <= 3 and (match := _YEAR.match(section.title))]
    ahead = headed + [int(match.group("year") or match.group("until")) for match in _AHEAD.finditer(reading.plain)]
    ahead = [year for year in ahead if day is None or day.year - 1 <= year <= day.year + 15]
    if ahead:
        ahead += [day.year] if day else []
        return (min(ahead), max(ahead))
    regulation = any(section.family == "article" for section in reading.sections)
    return (day.year, day.year) if day and not regulation else None
