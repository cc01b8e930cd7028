"""Who does what in running text: 由X牵头, X牵头…Y配合, labelled lines after an item, `X局:负责…`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from corpus.numbers import CN
from corpus.statements import LABEL, Statement, read_statement
from corpus.text import squeeze, trim
from corpus.types import Mention, Span
from corpus.unit_names import NOT_FIRST
from corpus.units import is_open_list, is_unit_name, split_units, units_in

_MAX_LEADS = 12
_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_LEADING = re.compile(
    r"(?P<gap>等?(?:部门|单位|有关部门)?(?:将|要|应当?|负责|具体|继续|共同|分别|联合|统一){0,2})牵头"
    r"(?!单位|部门|处室|科室|抓总的|抓总作用|作用|人)"
)
_SUPPORTING = re.compile(
    r"(?P<units>[^,;:。]{2,120}?)(?:等(?:相关|有关)?(?:部门|单位)?)?(?:按照?(?:各自)?职责(?:分工)?)?(?:积极|密切|协同|予以|做好|共同){0,2}(?:配合|参与|协助)(?!单位|部门)"
)
_TOGETHER = re.compile(r"会同(?P<units>[^,;。]{2,80}?)(?=制定|组织|负责|开展|研究|建立|落实|做好|推进|编制|出台|实施|联合|共同|对|,|。|;|$)")
_BY = re.compile(r"由(?P<units>[^,;。由]{2,60}?)(?=(?:等(?:相关|有关)?(?:部门|单位)?)?(?:具体|共同|分别|统一)?(?:负责|承担|组织实施|会同))")
_RESPONSIBLE = re.compile(r"(?P<units>[^,;。:]{2,80}?)(?:等(?:相关|有关)?(?:部门|单位)?)?(?:具体|共同|分别|统一|全面)?负责(?!人|同志|制|任)")
_JOINT = re.compile(r"(?P<units>[^,;。:]{4,160}?)(?:等(?:相关|有关)?(?:部门|单位))?(?:要|应当?|须|必须)?(?:联合|共同|按职责|按照职责|分别)")
_OWN_LINE = re.compile(
    r"[ ]{0,8}(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]{1,2}[ ]?)?(?P<units>[^\s。;:,]{2,60})[:。][ ]?(?P<verb>负责|牵头|承担|组织|指导|配合|参与|协助|督促)"
)
_MARK = re.compile(rf"[ ]{{0,4}}(?:第[{CN}]{{1,6}}[条章]|[(]?[{CN}\d]{{1,3}}[)、.]{{1,2}}|[{CN}]{{1,2}}是)[ ]{{0,4}}")
_FIELD_WORD = re.compile(r"[\u4e00-\u9fff]{2,10}")


@dataclass(frozen=True, slots=True)
class Found:
    """Units named by running text. clause: the sentence or item; task: what is to be done."""

    clause: Span
    statement: Span
    task: Span
    lead: tuple[Mention, ...] = ()
    support: tuple[Mention, ...] = ()
    label: str = ""
    open_list: bool = False


def find_sentences(text: str, skip: Callable[[int], bool]) -> Iterator[Found]:
    """Find the statements of a narrow text outside the stretches that `skip` names, in text order."""
    for line in re.finditer(r"[^\n]+", text):
        if skip(line.start()) or "|" in line.group():
            continue
        own = _own_line(text, line)
        if own is not None:
            yield own
            continue
        for sentence in _SENTENCE.finditer(text, line.start(), line.end()):
            span = _without_mark(text, trim(text, Span(sentence.start(), sentence.end())))
            found = None if skip(span.start) or skip(max(span.end - 1, span.start)) else _sentence(text, span)
            if found is not None:
                yield found


def _own_line(text: str, line: re.Match[str]) -> Found | None:
    """`市教育局:负责学校…` in a list of duties by unit."""
    match = _OWN_LINE.match(text, line.start(), line.end())
    if match is None or not _all_units(text, Span(match.start("units"), match.end("units"))):
        return None
    units = split_units(text, Span(match.start("units"), match.end("units")))
    clause = trim(text, Span(line.start(), line.end()))
    task = Span(match.start("verb"), clause.end)
    leads = match.group("verb") == "牵头"
    return Found(
        clause, Span(match.start("units"), match.end("verb")), task,
        lead=units if leads else (), support=() if leads else units, label="" if leads else match.group("verb"),
    )


def _all_units(text: str, span: Span) -> bool:
    names = [mention.value for mention in split_units(text, span)]
    return bool(names) and all(is_unit_name(name) for name in names)


def _without_mark(text: str, span: Span) -> Span:
    mark = _MARK.match(text, span.start, span.end)
    return Span(mark.end(), span.end) if mark else span


def _sentence(text: str, span: Span) -> Found | None:
    words = span.of(text)
    if LABEL.search(words) or not any(word in words for word in ("牵头", "负责", "会同", "联合", "共同", "配合")):
        return None
    for read in (_by_lead, _by_together, _by_agent, _by_responsible, _by_joint):
        found = read(text, span)
        if found is not None:
            return found
    return None


def _by_lead(text: str, span: Span) -> Found | None:
    leads: list[Mention] = []
    places: list[int] = []
    for match in islice(_LEADING.finditer(text, span.start, span.end), _MAX_LEADS):
        units = _units_before(text, span.start, match.start())
        if units:
            leads += units
            places += [units[0].span.start, match.end()]
    if not leads:
        return None
    rest = Span(places[1], span.end)
    support = _supporting(text, rest)
    end = max([places[-1], *(mention.span.end for mention in support)])
    open_list = "等" in text[leads[-1].span.end : places[-1]]
    return Found(span, Span(places[0], end), _without_end(text, span), tuple(leads), support, "配合" if support else "", open_list)


def _units_before(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """The chain of units that ends right before `end`: `由市应急局、市公安局|牵头`."""
    window = Span(max(start, end - 160), end)
    chain: list[Mention] = []
    limit = end
    for mention in reversed(units_in(text, window)):
        between = text[mention.span.end : limit].strip()
        if between not in ("", "、", "和", "及", "与", ",", "以及"):
            break
        chain.insert(0, mention)
        limit = mention.span.start
    return (_whole_name(text, start, chain[0]), *chain[1:]) if chain else ()


def _whole_name(text: str, start: int, mention: Mention) -> Mention:
    """Widen a long name to the 由 or the stop in front of it: 由|全市安全生产治本攻坚领导小组办公室|牵头."""
    window = text[max(start, mention.span.start - 24) : mention.span.start]
    front = re.split(r"[^\u4e00-\u9fff]|由", window)[-1]
    if not front or front.startswith(NOT_FIRST) or "由" not in window[-len(front) - 1 :]:
        return mention
    at = Span(mention.span.start - len(front), mention.span.end)
    return Mention(squeeze(at.of(text)), at)


def _supporting(text: str, span: Span) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for match in _SUPPORTING.finditer(text, span.start, span.end):
        at = Span(match.start("units"), match.end("units"))
        found += units_in(text, at)
    for match in _TOGETHER.finditer(text, span.start, span.end):
        found += _named(text, Span(match.start("units"), match.end("units")))
    return tuple(sorted(set(found), key=lambda mention: mention.span))


def _named(text: str, span: Span) -> tuple[Mention, ...]:
    return split_units(text, span) if _all_units(text, span) else units_in(text, span)


def _by_together(text: str, span: Span) -> Found | None:
    """`市应急局会同市公安局制定…`: the first leads, the others join."""
    match = _TOGETHER.search(text, span.start, span.end)
    units = _units_before(text, span.start, match.start()) if match else ()
    if match is None or not units:
        return None
    joined = _named(text, Span(match.start("units"), match.end("units")))
    statement = Span(units[0].span.start, match.end("units"))
    return Found(span, statement, _without_end(text, span), units, joined, "会同", is_open_list(match.group("units")))


def _by_agent(text: str, span: Span) -> Found | None:
    match = _BY.search(text, span.start, span.end)
    if match is None:
        return None
    at = Span(match.start("units"), match.end("units"))
    return _responsible(text, span, at, match.end())


def _by_responsible(text: str, span: Span) -> Found | None:
    match = _RESPONSIBLE.match(text, span.start, span.end)
    if match is None:
        return None
    return _responsible(text, span, Span(match.start("units"), match.end("units")), match.end())


def _responsible(text: str, span: Span, at: Span, end: int) -> Found | None:
    units = split_units(text, at) if _all_units(text, at) else ()
    if not units:
        return None
    support = _supporting(text, Span(end, span.end))
    if support:
        return Found(span, Span(at.start, end), _without_end(text, span), units, support, "配合", is_open_list(at.of(text)))
    return Found(span, Span(at.start, end), _without_end(text, span), (), units, "负责", is_open_list(at.of(text)))


def _by_joint(text: str, span: Span) -> Found | None:
    """`应急管理、公安、住房城乡建设等部门联合制定…`: a digest that opens with the list of units."""
    match = _JOINT.match(text, span.start, span.end)
    if match is None or "、" not in match.group("units"):
        return None
    at = Span(match.start("units"), match.end("units"))
    units = split_units(text, at)
    by_field = text[at.end : match.end()].startswith("等") and "部门" in text[at.end : match.end()]
    if len(units) < 2 or not (_all_units(text, at) or by_field and all(_FIELD_WORD.fullmatch(u.value) for u in units)):
        return None
    return Found(span, Span(at.start, match.end()), _without_end(text, span), (), units, "联合", True)


def _without_end(text: str, span: Span) -> Span:
    return trim(text, Span(span.start, span.end - 1 if text[span.end - 1] in "。;!?" else span.end))


# ---------------------------------------------------------------- labelled lines


def find_labelled(text: str, skip: Callable[[int], bool], *, issued: date | None = None) -> Iterator[tuple[Span, Statement]]:
    """Find `牵头单位:X` lines and the like outside brackets: (the whole group of labels, what it states).

    Labels that follow each other with nothing but their values in between form one group.
    """
    group: Span | None = None
    for match in LABEL.finditer(text):
        if skip(match.start()) or not _opens_field(text, match.start()):
            continue
        end = _value_end(text, match.end())
        if group is not None and not text[group.end : match.start()].strip(" \n;,。、*-|"):
            group = Span(group.start, end)
            continue
        if group is not None:
            yield group, read_statement(text, group, issued=issued)
        group = Span(match.start(), end)
    if group is not None:
        yield group, read_statement(text, group, issued=issued)


def _opens_field(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].strip(" *-")
    return start == 0 or not before or before[-1] in "\n。;,、)”*-"


def _value_end(text: str, start: int) -> int:
    at = start
    while at < len(text) and text[at] in " \n*" and at < start + 3:
        at += 1
    for end in range(at, min(len(text), at + 400)):
        if text[end] in "\n。;" and not (text[end] == "\n" and text[end - 1] in "、,"):
            return end
    return min(len(text), at + 400)
