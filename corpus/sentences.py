"""Who does what in running text: 由X牵头, X牵头…Y配合, labelled lines after an item, `X局:负责…`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, pairwise

from corpus.dates import deadlines_in
from corpus.numbers import CN
from corpus.statements import LABEL, Statement, read_statement
from corpus.text import squeeze, trim
from corpus.types import Mention, Span
from corpus.unit_names import COLLECTIVE, NOT_FIRST
from corpus.units import is_open_list, is_unit_name, split_units, units_in

_MAX_LEADS = 12
_UNNAMED = (*COLLECTIVE, ")")
_NO_OFFICE = ("企业", "园区", "公司", "学校", "医院", "村", "社区")
# Asked of everybody in every document; nobody is asked who does it.
_EXHORTS = re.compile(r"高度重视|提高(?:政治)?站位|统一思想|充分认[识清]|加强(?:组织)?领导|切实加强|增强.{0,8}意识")
_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_LEADING = re.compile(
    r"(?P<gap>等?(?:部门|单位|有关部门)?(?:将|要|应当?|负责|具体|继续|共同|分别|联合|统一){0,2})牵头"
    r"(?!单位|部门|处室|科室|抓总的|抓总作用|作用|人)"
)
_SUPPORTING = re.compile(
    r"(?P<units>[^,;:。]{2,120}?)(?:等(?:相关|有关)?(?:部门|单位)?)?(?:按照?(?:各自)?职责(?:分工)?)?(?:积极|密切|协同|予以|做好|共同){0,2}(?:配合|参与|参加|协助)(?!单位|部门)"
)
_TOGETHER = re.compile(r"会同(?P<units>[^,;。]{2,80}?)(?=制定|组织|负责|开展|研究|建立|落实|做好|推进|编制|出台|实施|联合|共同|对|,|。|;|$)")
_BY = re.compile(r"由(?P<units>[^,;。由]{2,60}?)(?=(?:等(?:相关|有关)?(?:部门|单位)?)?(?:具体|共同|分别|统一|继续|尽快|抓紧){0,2}(?:负责|承担|组织实施|会同|按原|按照|推进|落实|承办|办理|制定|汇总|统筹|督办|跟踪|做好|抓好))")
_RESPONSIBLE = re.compile(r"(?P<units>[^,;。:]{2,80}?)(?:等(?:相关|有关)?(?:部门|单位)?)?(?:具体|共同|分别|统一|全面)?负责(?!人|同志|制(?![定作订])|任)")
_JOINT = re.compile(r"(?P<units>[^,;。:]{4,160}?)(?:等(?:相关|有关)?(?:部门|单位)(?:和(?:机构|单位))?)?[,]?(?:要|应当?|须|必须)?(?:联合|共同|分别|(?:按照?|依照?|依据|根据|在)(?:各自的?)?职责(?:分工|范围内?)?)")
_ORDERED = re.compile(
    r"(?:责成|商请|请|要求)(?P<units>[^,;。:]{2,60}?)(?:等(?:相关|有关)?(?:部门|单位)?)?(?=要|应|于|在|尽快|抓紧|研究|制定|负责|进一步|做好|认真|按|对|将|加快|加强|继续|组织|抓好|限期|立即|严格|根据|结合|开展|完成|,|\d)"
)
_OBLIGED = re.compile(r"(?P<units>[^,;。:]{2,80}?)(?:等(?:相关|有关)?(?:部门|单位))?(?:要|应当|应|必须|须)(?![求点素是有对急用该])")
_OVERSEES = re.compile(
    r"(?P<units>[^,;。:]{2,60}?)(?:依法|统一|具体)?(?:对[^,;。]{2,60}?)(?:依法)?(?:实施|进行|履行|承担)[^,;。]{0,8}?(?P<label>监督管理|监督检查|监管|监督|管理|指导)"
)
_HELPS = re.compile(
    r"(?P<units>[^,;。:]{2,80}?)(?:要)?(?:积极|密切|协同){0,2}(?:配合|协助)(?P<lead>[^,;。]{2,40}?)(?=做好|开展|完成|推进|抓好|落实|实施|组织)"
)
_MODAL = re.compile(r"(?:要|应当|应|须|必须|负责)$")
_FRONT = re.compile(r"[^\u4e00-\u9fff]|由")
_SAID = re.compile(r"(?:会议|与会人员|区长|市长|县长|主任)[^,:。]{0,8}?(?:要求|强调|明确|决定|议定|指出|同意|认为|确定|原则同意)[,:]?\s?")
_WORDS = ("牵头", "负责", "会同", "联合", "共同", "配合", "协助", "职责", "责成", "请", "要", "应", "须", "由", "监督", "监管", "管理", "指导")
_ITEM = r"[ ]{0,8}(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]{1,2}[ ]?)?"
_DUTY_VERBS = ("负责", "牵头", "承担", "组织", "指导", "配合", "参与", "协助", "督促")
_OWN_LINE = re.compile(_ITEM + r"(?P<units>[^\s。;:,]{2,60})[:。][ ]?(?P<verb>" + "|".join(_DUTY_VERBS) + ")")
_LISTED_LINE = re.compile(_ITEM + r"(?P<units>[^。;:,\n]{2,60}):[ ]?(?P<verb>[\u4e00-\u9fff]{2})(?=[^。;\n]{5})")
_LEAST_LISTED = 3
_MARK = re.compile(rf"[ *]{{0,4}}(?:第[{CN}]{{1,6}}[条章]|[(]?[{CN}\d]{{1,3}}[)、.]{{1,2}}|[{CN}]{{1,2}}是)[ *]{{0,4}}")
_OFFICE_WITHIN = re.compile(r"[\u4e00-\u9fff]{2,8}(?:科|股|处|室|组|馆)(?=[、和及与,]|$)")
_BY_FIELD = re.compile(r"等(?:相关|有关)?部门$")
_TURN = re.compile(r"[,;](?=由[^,;。]{2,40}?(?:负责|牵头|承担)[^,;。]{2})")
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
    listed = _lists_by_unit(text)
    for line in re.finditer(r"[^\n]+", text):
        if skip(line.start()) or "|" in line.group():
            continue
        own = _own_line(text, line, _LISTED_LINE if line.start() in listed else _OWN_LINE)
        if own is not None:
            yield own
            continue
        for sentence in _SENTENCE.finditer(text, line.start(), line.end()):
            whole = _without_mark(text, trim(text, Span(sentence.start(), sentence.end())))
            for span in () if skip(whole.start) or skip(max(whole.end - 1, whole.start)) else _by_turns(text, whole):
                found = _sentence(text, span)
                if found is not None:
                    yield found


def _by_turns(text: str, span: Span) -> list[Span]:
    """Part a sentence that tells one office after another what it does: 由A负责甲,由B负责乙."""
    cuts = [match.start() + 1 for match in _TURN.finditer(text, span.start, span.end)]
    if not cuts or not _TURN.match("," + span.of(text)):
        return [span]
    return [Span(start, end) for start, end in pairwise([span.start, *cuts, span.end])]


def _lists_by_unit(text: str) -> frozenset[int]:
    """Where the lines of lists of duties by unit begin: three lines or more, one after the other, of a unit, a colon and what it does."""
    found: set[int] = set()
    run: list[int] = []
    for line in re.finditer(r"[^\n]+", text):
        listed = _LISTED_LINE.match(text, line.start(), line.end())
        if listed and _all_units(text, Span(listed.start("units"), listed.end("units"))):
            run.append(line.start())
            if len(run) >= _LEAST_LISTED:
                found.update(run)
        elif line.group().strip():
            run = []
    return frozenset(found)


def _own_line(text: str, line: re.Match[str], pattern: re.Pattern[str]) -> Found | None:
    """`市教育局:负责学校…` in a list of duties by unit."""
    match = pattern.match(text, line.start(), line.end())
    if match is None or not _all_units(text, Span(match.start("units"), match.end("units"))):
        return None
    units = split_units(text, Span(match.start("units"), match.end("units")))
    clause = trim(text, Span(line.start(), line.end()))
    task = Span(match.start("verb"), clause.end)
    leads = match.group("verb") == "牵头"
    label = "" if leads else match.group("verb") if match.group("verb") in _DUTY_VERBS else "负责"
    return Found(
        clause, Span(match.start("units"), match.end("verb")), task,
        lead=units if leads else (), support=() if leads else units, label=label,
    )


def _all_units(text: str, span: Span) -> bool:
    names = [mention.value for mention in split_units(text, span)]
    return bool(names) and all(is_unit_name(name) for name in names)


def _without_mark(text: str, span: Span) -> Span:
    mark = _MARK.match(text, span.start, span.end)
    return Span(mark.end(), span.end) if mark else span


def _says_a_word(words: str) -> bool:
    for word in _WORDS:  # noqa: SIM110 - a generator takes twice as long
        if word in words:
            return True
    return False


def _sentence(text: str, span: Span) -> Found | None:
    words = span.of(text)
    if not _says_a_word(words) or (":" in words and LABEL.search(words)):
        return None
    said = _SAID.match(text, span.start, span.end)
    body = Span(said.end(), span.end) if said and said.end() < span.end else span
    for read in (_by_lead, _by_together, _by_agent, _by_responsible, _by_joint, _by_order, _by_oversight, _by_help, _by_obligation):
        found = read(text, body)
        if found is not None:
            return replace(found, clause=span)
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
        if within := _OFFICE_WITHIN.match(text, mention.span.end, limit):
            # 由市教育局|基建科|牵头: a part of an office is named with the office.
            whole = Span(mention.span.start, within.end())
            mention, between = Mention(squeeze(whole.of(text)), whole), text[within.end() : limit].strip()
        if between not in ("", "、", "和", "及", "与", ",", "以及"):
            break
        chain.insert(0, mention)
        limit = mention.span.start
    if chain:
        return (_whole_name(text, start, chain[0]), *chain[1:])
    # 由柳湾街道|牵头: a street, village or station is a unit only where the sentence says so.
    by = text.rfind("由", window.start, end)
    named = Span(by + 1, end)
    return split_units(text, named) if by >= 0 and len(named) <= 60 and _all_units(text, named) else ()


def _whole_name(text: str, start: int, mention: Mention) -> Mention:
    """Widen a long name to the 由 or the stop in front of it: 由|全市安全生产治本攻坚领导小组办公室|牵头."""
    window = text[max(start, mention.span.start - 24) : mention.span.start]
    front = _FRONT.split(window)[-1]
    if not front or front.startswith(NOT_FIRST) or "由" not in window[-len(front) - 1 :]:
        return mention
    at = Span(mention.span.start - len(front), mention.span.end)
    return Mention(squeeze(at.of(text)), at)


def _supporting(text: str, span: Span) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for match in _SUPPORTING.finditer(text, span.start, span.end):
        at = Span(match.start("units"), match.end("units"))
        found += _named(text, at)
    for match in _TOGETHER.finditer(text, span.start, span.end):
        found += _named(text, Span(match.start("units"), match.end("units")))
    return tuple(sorted(set(found), key=lambda mention: mention.span))


def _named(text: str, span: Span) -> tuple[Mention, ...]:
    units = split_units(text, span)
    by_field = _BY_FIELD.search(text, span.start, span.end) and all(_FIELD_WORD.fullmatch(unit.value) for unit in units)
    return units if by_field or _all_units(text, span) else units_in(text, span)


def _by_together(text: str, span: Span) -> Found | None:
    """`市应急局会同市公安局制定…`: the first leads, the others join."""
    match = _TOGETHER.search(text, span.start, span.end)
    end = match.start() if match else span.start
    if modal := _MODAL.search(text[max(span.start, end - 4) : end]):
        end -= len(modal.group())
    units = _units_before(text, span.start, end) if match else ()
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
    if match is None or not ("、" in match.group("units") or "职责" in match.group()):
        return None
    at = Span(match.start("units"), match.end("units"))
    units = split_units(text, at)
    rest = text[at.end : match.end()]
    by_field = rest.startswith("等") and "部门" in rest
    if not units or (len(units) < 2 and "职责" not in rest) or not (_all_units(text, at) or by_field and all(_FIELD_WORD.fullmatch(u.value) for u in units)):
        return None
    label = "职责分工" if "职责" in rest else "联合"
    return Found(span, Span(at.start, match.end()), _without_end(text, span), (), units, label, by_field or label == "联合")


def _by_order(text: str, span: Span) -> Found | None:
    """`责成市应急局于6月底前…`, `请市教育局尽快…`."""
    match = _ORDERED.search(text, span.start, span.end)
    return _responsible(text, span, Span(match.start("units"), match.end("units")), match.end()) if match else None


def _by_oversight(text: str, span: Span) -> Found | None:
    """`国务院应急管理部门对全国安全生产工作实施综合监督管理`."""
    match = _OVERSEES.match(text, span.start, span.end)
    found = _responsible(text, span, Span(match.start("units"), match.end("units")), match.end()) if match else None
    return replace(found, label=match.group("label")) if found and match else None


def _by_help(text: str, span: Span) -> Found | None:
    """`市经信局配合市应急局做好…`: the second is the one that does it."""
    match = _HELPS.match(text, span.start, span.end)
    if match is None:
        return None
    helpers, helped = Span(match.start("units"), match.end("units")), Span(match.start("lead"), match.end("lead"))
    if not (_all_units(text, helpers) and _all_units(text, helped)):
        return None
    return Found(span, Span(helpers.start, helped.end), _without_end(text, span), split_units(text, helped), split_units(text, helpers), "配合")


def _by_obligation(text: str, span: Span) -> Found | None:
    """`市住建局要在…前完成`: an office by name; 各有关部门要高度重视 gives nobody anything to do unless there is a time limit."""
    match = _OBLIGED.match(text, span.start, span.end)
    if match is None:
        return None
    at = Span(match.start("units"), match.end("units"))
    names = [mention.value for mention in split_units(text, at)]
    named = not any(name.endswith(_UNNAMED) or name.startswith("各") for name in names)
    if any(name.endswith(_NO_OFFICE) for name in names) or _EXHORTS.search(text, match.end(), match.end() + 12):
        return None
    if not named and not deadlines_in(text, span):
        return None
    found = _responsible(text, span, at, match.end())
    return replace(found, label="要求") if found else None


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
