"""People of a document: who sits in which group, who chairs, who is on duty, and how to reach whom.

Rosters come as labels (`组 长:毕 磊 副支队长`), as sentences (`由马路生担任办公室主任`) or as tables. Two-character names are
often spread over a blank and several people share a line, so the value is read word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.clauses import HAN, Reading, read, split
from corpus.contacts import contacts
from corpus.names import is_name, titled_name
from corpus.text import squeeze
from corpus.types import Cell, Member, Mention, Section, Source, Span, Table

GROUP_ROLES = (
    "第一组长", "组长", "常务副组长", "副组长", "成员", "成员单位", "组员", "顾问", "总指挥长", "总指挥", "常务副总指挥", "副总指挥长", "副总指挥", "指挥长", "常务副指挥长", "副指挥长", "政委",
    "主任", "常务副主任", "副主任", "办公室主任", "办公室副主任", "总召集人", "召集人", "副召集人", "联络员", "秘书长", "副秘书长", "队长", "副队长", "主席", "副主席", "委员",
    "牵头领导", "责任领导", "包保领导", "分管领导", "挂钩领导", "总河长", "河长", "湖长", "林长", "路长", "网格长", "网格员", "责任人", "行政责任人", "技术责任人", "巡查责任人", "负责人", "主要负责人", "分管负责人", "指导老师", "班主任",
)
MEETING_ROLES = (
    "主持", "主持人", "会议主持", "会议主持人", "出席", "出席人员", "出席人", "参会人员", "参会", "与会人员", "参加人员", "参加", "到会人员", "列席", "列席人员", "缺席", "缺席人员", "请假", "请假人员",
    "记录", "记录人", "会议记录", "记录员", "汇报人", "签发人", "签发",
)
DUTY_ROLES = ("带班领导", "值班领导", "带班", "值班长", "值班人员", "值班员", "值班干部", "值班司机", "主班", "副班", "值班", "备勤", "带班人员")
ROLES = GROUP_ROLES + MEETING_ROLES + DUTY_ROLES

__all__ = ["contacts", "members"]


def _spread(word: str) -> str:
    return r"\s{0,4}".join(word)


_ROLE_WORDS = "|".join(_spread(word) for word in sorted(ROLES, key=len, reverse=True))
_LABEL = re.compile(rf"(?:(?<=[\s(。;:、,)\d.])|(?<![\s\S]))(?P<role>{_ROLE_WORDS})\s?(?:[(][^()]{{1,12}}[)])?\s?:", re.M)
CHARGE_ROLES = frozenset(("责任人", "行政责任人", "技术责任人", "巡查责任人", "负责人", "主要负责人", "牵头领导", "责任领导", "包保领导", "分管领导", "挂钩领导"))
"""Roles of somebody who answers for the matter beside which he is named."""
_IN_CHARGE = re.compile(rf"(?<=[,;(])\s?(?:第一|主要|具体|直接|项目|现场|整改)?(?P<role>{'|'.join(sorted(CHARGE_ROLES, key=len, reverse=True))})(?:为|是|由)?\s?(?P<name>[{HAN}]{{2,4}}?)(?:同志)?(?=[,;。)\n]|$)")
"""石桥水库,投资620万元,责任人林舟,8月底前完工: named without a colon within an item."""
_MARK = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]+")
_OFFICE = re.compile(r"(?:(?P<body>领导小组|指挥部|专班|委员会|联席会议|工作组)?(?:下设)?办公室(?:地点)?(?:设在|设于)|下设(?:的)?办公室[在于]|设(?:立)?办公室[在于]|(?P<seat>领导小组|指挥部|专班)(?:设在|设于))(?P<place>[^,。;\n]{2,50})")
_GROUP = re.compile(r"(?:成立|组建|设立|调整|充实)(?:了|由[^,。;]{2,30}的)?(?P<group>(?:“[^”\n]{2,40}”|[^,。;:\n“”]){0,50}?(?:领导小组|工作组|工作专班|指挥部|委员会|联席会议|专班|协调小组|工作小组|突击队|应急队|分队))")
_NAMED_GROUP = re.compile(r"[^\s,。;:、“”()]{2,40}(?:领导小组|工作专班|指挥部|联席会议|协调小组|工作小组|委员会)(?:成员)?(?:名单|组成人员)?")
_TAKES = re.compile(r"(?:同志)?(?:兼任|担任|兼|任)(?P<role>[^,。;、()\n]{0,14}?(?:主任|组长|总指挥|指挥长|召集人|队长|秘书长|联络员|负责人|成员|书记|主席))$")
_TAKEN_BY = re.compile(rf"(?P<role>(?:办公室)?(?:主任|副主任|组长|副组长|总指挥|指挥长|召集人|队长|秘书长))(?:一职)?由(?P<who>[{HAN}]{{2,30}}?)(?:同志)?(?:兼任|担任)")
_HEADED_BY = re.compile(rf"以(?P<who>[{HAN}]{{2,24}}?)(?:同志)?为(?P<role>(?:总|副)?(?:组长|总指挥|指挥长|召集人|队长|主任))")
"""成立以县长陶景山为组长的领导小组."""
_CELL = re.compile(rf"(?:(?<![{HAN}])[{HAN}] [{HAN}](?![{HAN}])|[^\s|])+")
_NEXT_HOLDER = re.compile(rf"[{HAN}]{{4,24}}[ \t\u3000]{{2,}}[{HAN}]{{2,4}}[ \t\u3000]*(?:\n|$)")
_REACH = 700
_WORD = re.compile(r"[^\s、,;。:]+|[、,;。:]|\n|[^\S\n]+")


@dataclass(frozen=True, slots=True)
class _Person:
    name: Span
    post: tuple[Span, ...] = ()
    person: bool = True


def members(source: Source, sections: tuple[Section, ...]) -> tuple[Member, ...]:
    """Find who holds which role, in text order; a group's office has the role 办公室 and its seat as name."""
    reading = read(source, sections)
    found = [*_rosters(reading), *_in_charge(reading), *_appointed(reading), *_offices(reading)]
    for table in source.tables:
        found += _tabled(reading, table)
    found += _plain_tables(reading)
    found.sort(key=lambda member: (member.name.span.start, member.ordinal))
    return tuple(replace(member, ordinal=ordinal) for ordinal, member in enumerate(_distinct(found)))


def _distinct(found: list[Member]) -> Iterator[Member]:
    seen: set[tuple[int, str]] = set()
    for member in found:
        key = (member.name.span.start, member.role)
        if key not in seen:
            seen.add(key)
            yield member


def _member(reading: Reading, body: str, role: str, person: _Person, clause: Span) -> Member:
    index, path = reading.place(person.name.start)
    name = squeeze(person.name.of(reading.text)) if not person.person else "".join(person.name.of(reading.text).split())
    post = "、".join(reading.value(span) for span in person.post)
    return Member(0, index, path, body, role, Mention(name, person.name), post, clause)


# ---------------------------------------------------------------- labels


def _rosters(reading: Reading) -> Iterator[Member]:
    labels = list(_LABEL.finditer(reading.plain))
    body, block_end = "", -_REACH
    for label, following in zip_longest(labels, labels[1:]):
        limit = min(following.start() if following else len(reading.plain), label.end() + _REACH)
        people, end = _people(reading.plain, Span(label.end(), limit))
        if label.start() - block_end > 40:
            body = _body(reading, label.start())
        block_end = end
        role = "".join(label.group("role").split())
        for person in people:
            yield _member(reading, body, role, person, Span(label.start("role"), max(end, person.name.end)))


def _in_charge(reading: Reading) -> Iterator[Member]:
    for match in _IN_CHARGE.finditer(reading.plain):
        if is_name(match["name"]):
            item = reading.sentence(match.start())
            # What a person answers for is named first: the words up to the first comma.
            matter = split(reading.plain, item, ",:")[0]
            yield _member(reading, _MARK.sub("", reading.value(matter)), match["role"], _Person(Span(match.start("name"), match.end("name"))), item)


def _people(plain: str, span: Span) -> tuple[list[_Person], int]:
    """Read names and posts word by word until the text stops to be a roster; give also where that is."""
    people: list[_Person] = []
    words = [Span(match.start(), match.end()) for match in _WORD.finditer(plain, span.start, span.end)]
    end, index, fresh = span.start, 0, True
    while index < len(words):
        word = words[index]
        text = plain[word.start : word.end]
        index += 1
        if text.isspace():
            fresh = fresh or "\n" in text
            continue
        if text in "。:":
            break
        if text in "、,;":
            continue
        person, used = _person(plain, words, index - 1)
        if person is None and not _goes_on(plain, word, people, fresh=fresh):
            break
        if person is not None:
            if people and not people[-1].person and not person.post and not plain[people[-1].name.end : word.start].strip(" \t\u3000"):
                # 县委副书记、县长  殷怀川: what was read so far is the post of the person.
                person = replace(person, post=(people.pop().name,))
            people.append(person)
            index += used - 1
            end = max(person.name.end, *(post.end for post in person.post)) if person.post else person.name.end
        elif people and not (fresh and people[-1].post and not people[-1].person) and not (fresh and _NEXT_HOLDER.match(plain, word.start)):
            people[-1] = replace(people[-1], post=(*people[-1].post, word)) if people[-1].person else replace(people[-1], name=Span(people[-1].name.start, word.end))
            end = word.end
        else:
            people.append(_Person(word, person=False))
            end = word.end
        fresh = False
    return people, end


def _goes_on(plain: str, word: Span, people: list[_Person], *, fresh: bool) -> bool:
    """Tell whether a word that is no name still belongs to the roster: a post, or units instead of people."""
    text = plain[word.start : word.end]
    if len(text) > 50 or re.search(r"下设|设在|负责(?!人)|办公室在|为了?|主要职责|各地|盖章|签[字名]|会议(?:指出|强调|要求|听取|研究|认为)", text):
        return False
    if not people:
        return True
    if fresh and people[-1].person and people[-1].post and _NEXT_HOLDER.match(plain, word.start):
        return True  # a post and its holder in a line of their own below the first of the role
    return not (fresh and people[-1].person)


def _person(plain: str, words: list[Span], index: int) -> tuple[_Person | None, int]:
    """Read a person at a word; gives also how many words the name takes (`毕 磊` takes three)."""
    word = words[index]
    text = plain[word.start : word.end]
    if len(text) == 1 and index + 2 < len(words):
        last = words[index + 2]
        gap = plain[words[index + 1].start : words[index + 1].end]
        if len(last) == 1 and gap.isspace() and "\n" not in gap and is_name(text + plain[last.start : last.end]):
            return _Person(Span(word.start, last.end)), 3
    bare, _, bracket = text.partition("(")
    bare = bare.removesuffix("同志")
    if is_name(bare):
        post = (Span(word.start + len(bare) + 1, word.end - 1),) if bracket and text.endswith(")") and text.startswith("(", len(bare)) else ()
        return _Person(Span(word.start, word.start + len(bare)), post), 1
    titled = titled_name(bare)
    if titled:
        return _Person(Span(word.start + len(titled[0]), word.start + len(bare)), (Span(word.start, word.start + len(titled[0])),)), 1
    return None, 1


def _body(reading: Reading, at: int) -> str:
    """Give the group a roster belongs to: the one just set up, else the heading it stands under."""
    floor = max(0, at - 400)
    found = list(_GROUP.finditer(reading.plain, floor, at))
    if found:
        return reading.value(Span(found[-1].start("group"), found[-1].end("group")))
    named = list(_NAMED_GROUP.finditer(reading.plain, max(0, at - 200), at))
    if named:
        return re.sub(r"(?:成员)?(?:名单|组成人员)$", "", squeeze(named[-1].group()))
    section = reading.section(at)
    return section.title if section else ""


# ---------------------------------------------------------------- sentences


def _appointed(reading: Reading) -> Iterator[Member]:
    for match in re.finditer(r"兼任|担任|(?<=[\u4e00-\u9fff])[兼任](?=办公室|第一|常务|副?组长|副?主任|副?总指挥|副?指挥长|秘书长|副?队长|成员|联络员|召集人)", reading.plain):
        sentence = reading.sentence(match.start())
        yield from _chain(reading, sentence, match.start())
    for match in (*_TAKEN_BY.finditer(reading.plain), *_HEADED_BY.finditer(reading.plain)):
        holder = _holder(reading.plain, Span(match.start("who"), match.end("who")))
        if holder:
            # The group that somebody heads is named after him.
            at = match.start() if match.re is _TAKEN_BY else min(match.end() + 30, len(reading.plain))
            yield _member(reading, _body(reading, at), match.group("role"), holder, _near(reading, reading.sentence(match.start()), match.start()))


def _chain(reading: Reading, sentence: Span, at: int) -> Iterator[Member]:
    """Read `A、B任副主任` back from the verb: the people directly before it share the role."""
    limit = min(sentence.end, at + 40)
    end = min((cut for mark in ",。;、(\n" if (cut := reading.plain.find(mark, at, limit)) >= 0), default=limit)
    parts = split(reading.plain, Span(max(sentence.start, at - 160), end), "、,;:")
    if not parts or not (taken := _TAKES.search(reading.plain, parts[-1].start, end)):
        return
    role = squeeze(taken.group("role"))
    holders = [_holder(reading.plain, Span(parts[-1].start, taken.start()))]
    for part in reversed(parts[:-1]):
        holder = _holder(reading.plain, part)
        if holder is None or not holder.person:
            break
        holders.append(holder)
    for holder in filter(None, holders):
        yield _member(reading, _body(reading, at), role, holder, _near(reading, sentence, at))


def _near(reading: Reading, sentence: Span, at: int) -> Span:
    """Give the sentence, or of one that follows a roster without a stop the part after the last blank."""
    if len(sentence) <= 200:
        return sentence
    floor = max(sentence.start, at - 200)
    blank = max(reading.plain.rfind(mark, floor, at) for mark in (" ", "\n"))
    return Span(max(floor, blank + 1), min(sentence.end, at + 200))


def _holder(plain: str, span: Span) -> _Person | None:
    text = plain[span.start : span.end]
    lead = re.match(r"\s*(?:.*[由:])?", text)
    start = span.start + (lead.end() if lead else 0)
    text = plain[start : span.end].rstrip().removesuffix("同志")
    end = start + len(text)
    if is_name(text):
        return _Person(Span(start, end))
    titled = titled_name(text)
    if titled:
        return _Person(Span(start + len(titled[0]), end), (Span(start, start + len(titled[0])),))
    if text.endswith(("长", "主任", "书记", "负责人", "领导")) and 3 <= len(text) <= 24:
        return _Person(Span(start, end), person=False)
    return None


def _offices(reading: Reading) -> Iterator[Member]:
    for match in _OFFICE.finditer(reading.plain):
        place = Span(match.start("place"), match.end("place"))
        if match.group("place").count("(") != match.group("place").count(")"):
            place = Span(place.start, place.start + match.group("place").rindex("("))
        body = _body(reading, match.start())
        role = "办公室" if "办公室" in match.group() else match.group("seat") or "办公室"
        yield _member(reading, body, role, _Person(place, person=False), _near(reading, reading.sentence(match.start()), match.start()))


# ---------------------------------------------------------------- tables


def _tabled(reading: Reading, table: Table) -> Iterator[Member]:
    """Read a duty roster: each cell under a heading that is a role names people."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    if not rows:
        return
    first = min(rows)
    roles = {cell.column: role for cell in rows[first] if (role := "".join(cell.span.of(reading.plain).split())) in ROLES}
    for row in sorted(rows)[1:] if roles else ():
        clause = Span(min(cell.span.start for cell in rows[row]), max(cell.span.end for cell in rows[row]))
        for cell in rows[row]:
            if cell.column in roles and len(cell.span):
                people, _ = _people(reading.plain, cell.span)
                yield from (_member(reading, table.caption, roles[cell.column], person, clause) for person in people)


def _plain_tables(reading: Reading) -> Iterator[Member]:
    """Read a roster printed as lines of columns under a line of roles."""
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", reading.plain)]
    header: list[str] = []
    for line in lines:
        cells = [Span(match.start(), match.end()) for match in _CELL.finditer(reading.plain, line.start, line.end)]
        words = ["".join(reading.plain[cell.start : cell.end].split()) for cell in cells]
        if len(line) < 80 and len(words) >= 2 and any(word in ROLES for word in words) and ":" not in "".join(words):
            header = words
        elif header and len(cells) == len(header):
            body = _body(reading, line.start)
            for role, cell in zip(header, cells, strict=True):
                if role in ROLES:
                    yield from (_member(reading, body, role, person, line) for person in _people(reading.plain, cell)[0] if person.person)
        elif words and not set(words[0]) <= set("-|:"):
            header = []
