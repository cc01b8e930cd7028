"""Names of offices: splitting lists of them, finding them in running text, and telling when two names mean one office.

Names are compared without place and level (区应急管理局 = 应急管理局), by alias groups (住建局 = 住房和城乡建设局), never shown
so: what is shown is the name as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.text import fold, squeeze, trim
from corpus.types import Mention, Span
from corpus.unit_names import (
    ALIASES,
    CENTRES,
    COLLECTIVE,
    FILLERS,
    INSIDE,
    LEVELS,
    LOOSE,
    NOT_FIRST,
    NOT_UNITS,
    RELATED,
    SUFFIXES,
)
from corpus.width import narrow

_HAN = "\u4e00-\u9fff"
_SUFFIX = "|".join(sorted(map(re.escape, SUFFIXES), key=len, reverse=True))
# Each strips one layer from the end of a list or of one name; they are applied until none fits.
_TAILS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[。.;,:、\s]+$",
        r"(?<=.)[(][*“]*(?:双|共同|联合|并列|联手)牵头(?:单位|部门)?[*”]*[)]$",
        r"(?:按照?|依照?|依据|根据|安)(?:各自)?的?(?:职责|职能|责任|分工|权限|“[^”]{1,10}”)[^、,;]{0,14}$",
        r"(?<=[局委办部队心司院会段府])责$",
        r"(?:分别|共同|联合|具体|各自|分头|分工){0,2}(?:牵头|负责|配合|参与|承担|协助|落实|主办|协办)(?:负责|组织|实施|落实|推进|配合|抓好){0,2}$",
    )
)
_OPEN = re.compile(r"等(?:各?级?(?:其他|相关|有关|职能|责任|涉及)?){0,2}(?:部门|单位|成员单位|企业|机构|部门和单位|部门单位)?$")
_LEAD_IN = re.compile(r"^(?:由|责成|商请|提请|请(?=[省市区县镇各])|会同|联合|以及|及|和|与|并由|主要由|具体由|再由)(?=.{2})")
_GLUED = re.compile(r"(?<=[局委办部队心司院会段府])(?=各(?:有关|相关|级|镇|乡|街道))")
_AND = re.compile(rf"(?<=[局委办厅部队心司院会府])(?:和|及|以及|与|暨)(?:(?=[{_HAN}()]{{1,14}}(?:{_SUFFIX})(?:$|等))|(?<=及)(?=[{_HAN}]{{2,16}}(?:部门|单位)$))")
_KEPT_TOGETHER = re.compile(r"各(?:有关|相关)?(?:省|市|县|区|镇|乡|乡镇|街道|园区|县区|区县|县市|市县|科室|村|处室)(?:\([^()]{1,12}\))?")
_BARE_LEVEL = re.compile(r"(?:设区的|设区)?[省市县区]{1,2}(?:\([省市县区、]{1,6}\))?")
_REGULATORS = ("主管部门", "行政部门", "监管部门", "管理部门", "监督部门")
_BARE_GROUP = re.compile(r"(?:镇|乡|街道|园区|开发区|功能区|社区|村|区|县|部门|单位|办事处|街道办|科室|直属机构|行政村)")


def is_open_list(text: str) -> bool:
    """Tell whether a list of units ends in 等: others belong to it as well."""
    return bool(_stripped(narrow(text.strip()))[1])


def is_unit_name(name: str) -> bool:
    """Tell whether a name taken from running text is an office's: its last word says so and it does not begin with a verb."""
    bare = re.sub(r"[(][^()]*[)]", "", name)
    if not 2 <= len(bare) <= 24 or "(" in bare or ")" in bare or bare.endswith(NOT_UNITS) or bare.startswith(NOT_FIRST):
        return False
    if bare.endswith(SUFFIXES) or _known(_without_place(bare)) or (bare.endswith(INSIDE) and 3 <= len(bare) <= 10):
        return True
    return bare.endswith(COLLECTIVE) and (bare.endswith(_REGULATORS) or not any(c in bare for c in "的和是"))


def _stripped(text: str) -> tuple[str, bool]:
    """Strip duty words from the end of a narrow list; True when 等 was among them."""
    opened = False
    while True:
        before = text
        for tail in _TAILS:
            text = tail.sub("", text[-60:]) if len(text) <= 60 else text[:-60] + tail.sub("", text[-60:])
        cut = _OPEN.search(text[-30:])
        if cut and len(text) > len(cut.group()):
            text = text[: len(text) - len(cut.group())]
            opened = True
        if text == before:
            return text, opened


def split_units(text: str, span: Span) -> tuple[Mention, ...]:
    """Split a list of units as printed in a cell or bracket; closing 等按职责分工负责 and the like is not part of a name.

    Commas inside brackets do not split, `各镇、街道` stays one name. Values are names without white space.
    """
    printed = narrow(text[span.start : span.end])
    body = _stripped(printed)[0]
    mentions = []
    for piece in _joined(body, list(_pieces(body))):
        found = _name(text, body, Span(piece.start, piece.end), span.start)
        if found is not None:
            mentions.append(found)
    return tuple(mentions)


def _pieces(body: str) -> Iterator[Span]:
    depth = start = 0
    for at, character in enumerate(body):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif character in "、,;\n。" and (depth == 0 or ")" not in body[at:]):
            if character == "\n" and not _ends_name(body, start, at):
                continue
            yield Span(start, at)
            start = at + 1
    yield Span(start, len(body))


def _ends_name(body: str, start: int, at: int) -> bool:
    # A line break inside a name is a wrapped cell, not a separator.
    return body[start:at].strip().endswith(SUFFIXES + COLLECTIVE)


def _joined(body: str, pieces: list[Span]) -> Iterator[Span]:
    at = 0
    while at < len(pieces):
        piece = trim(body, pieces[at])
        word = piece.of(body)
        following = pieces[at + 1].of(body).strip() if at + 1 < len(pieces) else ""
        if _KEPT_TOGETHER.fullmatch(word) and _BARE_GROUP.match(following) and len(_stripped(following)[0]) <= 8 and (
            not following.endswith(("政府", "局", "中心", "公司", "集团", "大队", "支队", "学校", "医院"))
        ):
            yield Span(piece.start, pieces[at + 1].end)
            at += 2
            continue
        if _BARE_LEVEL.fullmatch(word) and _BARE_LEVEL.match(following):
            # 市、县(区)人民政府 is one name of several bodies.
            pieces[at + 1] = Span(piece.start, pieces[at + 1].end)
            at += 1
            continue
        yield from _unglued(body, piece)
        at += 1


def _unglued(body: str, piece: Span) -> Iterator[Span]:
    start = piece.start
    for pattern in (_GLUED, _AND):
        for match in pattern.finditer(body, piece.start, piece.end):
            if match.start() > start:
                yield Span(start, match.start())
                start = match.end()
    yield Span(start, piece.end)


def _name(text: str, body: str, piece: Span, offset: int) -> Mention | None:
    word = piece.of(body)
    start = piece.start + len(word) - len(word.lstrip(" \n:。"))
    while lead := _LEAD_IN.match(body[start : piece.end]):
        start += lead.end()
    stripped = _stripped(body[start : piece.end])[0]
    end = start + len(stripped)
    if end <= start or not re.search(rf"[{_HAN}A-Za-z]", stripped):
        return None
    at = trim(text, Span(offset + start, offset + end))
    return Mention(squeeze(at.of(text)), at)


# ---------------------------------------------------------------- one office, many names


_CANONICAL = {alias: group[0] for group in ALIASES for alias in group}
_OFFICE_END = re.compile(r"(?P<field>.{2,16}?)(?:局|厅|委员会|委|部|(?:行政主管|主管|监管|行政)?部门|机关|机构)")
_FIELD_KEY = {
    match.group("field").replace("和", ""): group[0]
    for group in reversed(ALIASES) if group[0].endswith("局")
    for alias in group if (match := _OFFICE_END.fullmatch(alias))
}
# Branches of nationwide enterprises and of the tax service carry the place inside the name.
_BRANCHES = (
    (re.compile(r"(?:国网|南方电网|南网)?.{0,24}(?:供电|电力)(?:有限|有限责任)?(?:分)?(?:公司|局)"), "供电局"),
    (re.compile(r"(?:国家税务总局)?.{0,14}税务(?:总|分)?局"), "税务局"),
    (re.compile(r"(?:中国)?(?:电信).{0,14}公司|中国电信"), "中国电信"),
    (re.compile(r"(?:中国)?(?:移动).{0,14}公司|中国移动"), "中国移动"),
    (re.compile(r"(?:中国)?(?:联通).{0,14}公司|中国联通"), "中国联通"),
    (re.compile(r"(?:中国)?(?:铁塔).{0,14}公司|中国铁塔"), "中国铁塔"),
)
_BY_LENGTH = sorted(_CANONICAL, key=len, reverse=True)
_STEMS = sorted({w for word, full in LOOSE for w in (word, *full)} | {"科技", "民政", "公安", "财政", "司法", "体育", "文", "旅", "工业", "信息"})
# Without its place such a name would be any place's.
_PLACE_BOUND = ("人民政府", "政府", "街道办事处", "办事处", "街道办", "管委会", "管理委员会", "委", "党委", "委员会")
_COMPOUNDS = ("城市", "市场", "市政", "区域", "社区", "园区", "县域", "乡村", "镇域", "景区", "地区", "辖区", "州际", "开发区", "城乡", "城镇")
_PLACE = re.compile(rf"^(?:(?![局委办厅部队会])[{_HAN}]){{2,5}}?(?:特别行政区|自治[区州县旗]|省|市|州|县|区|旗|镇|乡|街道)(?=[{_HAN}]{{2}})")
_BRANCH = re.compile(rf"^(?P<base>[{_HAN}]{{2,14}}?局)[{_HAN}]{{0,6}}分局$")


def _known(name: str) -> str | None:
    """Give the full form of a name without place: by its alias group or, whatever office it is, by its field (住建厅, 住建部门)."""
    if name in _CANONICAL:
        return _CANONICAL[name]
    office = _OFFICE_END.fullmatch(name)
    return _FIELD_KEY.get(office.group("field").replace("和", "")) if office else None


def _without_place(name: str) -> str:
    while True:
        if _known(name):
            return name
        if name.startswith(("中共", "国家")) and len(name) > 4:
            name = name[2:]
            continue
        if name[1:2] in ("县", "市", "区", "州") and _known(name[2:]) and name[2:] not in _PLACE_BOUND:
            return name[2:]
        match = _PLACE.match(name)
        compound = match is not None and any(c in match.group() for c in _COMPOUNDS) and "开发区" not in name[:6]
        if match and not compound and name[match.end() :] not in _PLACE_BOUND:
            name = name[match.end() :]
        elif len(name) > 2 and _level(name):
            name = name[2:] if name[1] in "级直" else name[1:]
        else:
            return name


_YOUTH_LEAGUE = re.compile(rf"(?:共青团|团[{LEVELS}]?委)")


@lru_cache(maxsize=8192)
def unit_key(name: str) -> str:
    """Give the name by which an office is compared: full form, without place, level and branch.

    `区住建局` and `云泊区住房和城乡建设局` give `住房和城乡建设局`; an unknown name gives itself without place and level.
    """
    name = _stripped(fold(name))[0]
    core = _without_place(name)
    if _YOUTH_LEAGUE.match(name):
        return "共青团委"
    national = next((key for pattern, key in _BRANCHES if pattern.fullmatch(core)), None)
    if national is not None:
        return national
    core = _canonical(core)
    if branch := _BRANCH.match(core):
        core = _canonical(_without_place(branch.group("base")))
    if core.endswith("分局") and len(core) >= 4:
        core = _canonical(core[:-2] + "局")
    return core


def _canonical(core: str) -> str:
    if known := _known(core):
        return known
    if core.startswith("委") and core[1:] in _CANONICAL:
        return _CANONICAL[core[1:]]
    # 丘溪消防救援大队: a place without its level word in front of a known name.
    for alias in _BY_LENGTH:
        prefix = core[: -len(alias)]
        if len(alias) >= 4 and alias not in _PLACE_BOUND and core.endswith(alias) and 2 <= len(prefix) <= 3 and not any(s in prefix for s in _STEMS):
            return _CANONICAL[alias]
    if core.endswith("分局") and len(core) > 4 and core[:-2] + "局" not in _CANONICAL:
        return _canonical_branch(core)
    return core


def _canonical_branch(core: str) -> str:
    """丘溪公安分局 -> 公安局."""
    full = core[:-2] + "局"
    for alias in _BY_LENGTH:
        prefix = full[: -len(alias)]
        if full.endswith(alias) and 2 <= len(prefix) <= 3 and not any(s in prefix for s in _STEMS):
            return _CANONICAL[alias]
    return core


def _level(name: str) -> str:
    compound = name.startswith(_COMPOUNDS) and not name.startswith("市政府")
    return name[0] if name and name[0] in LEVELS and not compound and name not in _CANONICAL else ""


@lru_cache(maxsize=65536)
def same_unit(a: str, b: str) -> bool:
    """Tell whether two names mean one office; 市应急局 and 区应急局 are two, 应急局 is either of them."""
    if unit_key(a) != unit_key(b):
        return False
    levels = _level(a), _level(b)
    return not all(levels) or levels[0] == levels[1] or "分局" in a + b


_GENERIC_WORD = re.compile(r"(?:部门|单位|机构|方面|系统|条线)$")
_OFFICE = re.compile(r"(?:委员会|总局|分局|总队|支队|大队|中队|办公室|中心|局|委|办|厅|部|队)$")


@lru_cache(maxsize=65536)
def unit_matches(query: str, name: str) -> bool:
    """Tell whether a person who says `query` may mean the office `name`: 消防大队, 公安, 应急部门, 文旅局.

    Looser than `same_unit`: a short word for part of the name counts, another office's word does not (科技局 is not
    科技和工业局).
    """
    if same_unit(query, name):
        return True
    if _level(query) and _level(name) and _level(query) != _level(name):
        return False
    keys = {unit_key(query), unit_key(name)}
    if any(keys <= set(family) for family in RELATED):
        return True
    if "人民政府" in keys:
        return False
    wanted = _GENERIC_WORD.sub("", _without_place(_stripped(fold(query))[0]))
    full = unit_key(name)
    if len(wanted) < 2:
        return False
    suffix = _OFFICE.search(wanted)
    stem = wanted[: suffix.start()] if suffix and suffix.start() >= 2 else wanted
    if suffix and not _suffixes_agree(suffix.group(), full):
        return False
    stems = (stem, *next((full for word, full in LOOSE if word == stem), ()))
    return any(_begins(full, begin) for begin in stems)


def unit_beginnings(query: str) -> frozenset[str]:
    """Give the first two characters that the `unit_key` of every name has that `unit_matches` the query: of all names look at those."""
    key = unit_key(query)
    wanted = _GENERIC_WORD.sub("", _without_place(_stripped(fold(query))[0]))
    suffix = _OFFICE.search(wanted)
    stem = wanted[: suffix.start()] if suffix and suffix.start() >= 2 else wanted
    stems = (stem, *next((full for word, full in LOOSE if word == stem), ()))
    related = (other for family in RELATED if key in family for other in family)
    return frozenset(name[:2] for name in (key, *stems, *related))


def _suffixes_agree(asked: str, full: str) -> bool:
    return full.endswith(asked) or (asked in ("局", "委", "厅", "办", "分局") and full.endswith(("局", "委员会", "办公室")))


def _begins(full: str, stem: str) -> bool:
    if not full.startswith(stem):
        return False
    rest = full[len(stem) :]
    for filler in FILLERS:
        rest = rest.removeprefix(filler)
    return not rest or bool(_OFFICE.fullmatch(rest)) or (len(stem) >= 4 and rest.endswith(("局", "委", "大队")))


# ---------------------------------------------------------------- running text


_OWN_FIELDS = {"公安", "民政", "财政", "司法", "商务", "水务", "水利", "科技", "电力", "能源", "铁路", "邮政", "气象", "审计"}
_KNOWN = "|".join(re.escape(name) for name in _BY_LENGTH if len(name) >= 3)
_FIELDS = "|".join(sorted({w for word, full in LOOSE for w in (word, *full)} | _OWN_FIELDS, key=len, reverse=True))
_STRONG = (
    r"管理局|监管局|管委会|委员会|人民政府|街道办事处|救援大队|救援支队|专委会|专委办|安委办|安委会|领导小组办公室|办公室|分局|支队|大队|中队|"
    r"总工会|联合会|指挥部|有限公司|公司|成员单位"
)
_NOT_AFTER = r"(?![面势限门法署长员法规件])"
_UNIT = re.compile(
    rf"(?:各(?:县|市|区|镇|乡镇|乡|省|地)(?:\([^()]{{1,8}}\))?|[{_HAN}]{{2,4}}?(?:省|市|州|县|区|镇|乡|街道))?[省市区县镇乡州]?(?:级|直)?(?:"
    rf"(?:{_KNOWN}){_NOT_AFTER}|(?:{_FIELDS})(?:主管|监管|行政)?部门|(?:委)?[{_HAN}]{{2,8}}?(?:{_STRONG}){_NOT_AFTER}|[{_HAN}]{{2,5}}?局{_NOT_AFTER}"
    rf"|(?<=[省市区县镇乡州])[{_HAN}]{{2,8}}?(?:{'|'.join(CENTRES)})中心{_NOT_AFTER}"
    rf"|各(?:相关|有关|级)?(?:部门|单位|成员单位|专委会|镇|街道|乡镇))(?:[{_HAN}]{{1,4}}分局)?(?:成员单位)?"
)
_BREAKS = re.compile(
    r"由|会同|报送|报|交由|移交|经(?![信济贸营开])|请|责成|联合|组织|督促|指导|协调|配合|会商|以及|及|与|对|将|应当|通知|推送|抄送|提请|委托|依托|支持|担任|兼任|成立"
)


def units_in(text: str, span: Span) -> tuple[Mention, ...]:
    """Find names of offices in running text, in order and without overlap; values are names without white space."""
    piece = narrow(text[span.start : span.end])
    found = []
    for match in _UNIT.finditer(piece):
        start = _name_start(piece, match)
        if match.group().endswith(NOT_UNITS) or match.end() - start < 2 or _stripped(piece[start : match.end()])[0] in ("", "分局", "公司"):
            continue
        at = Span(span.start + start, span.start + match.end())
        found.append(Mention(squeeze(at.of(text)), at))
    return tuple(found)


def _name_start(piece: str, match: re.Match[str]) -> int:
    """Cut verbs off the front: 会同市公安局, 组织市安委会."""
    start = match.start()
    for lead in _BREAKS.finditer(piece, match.start(), match.end()):
        if lead.end() <= match.end() - 2:
            start = lead.end()
    name = piece[start : match.end()]
    verb = next((verb for verb in NOT_FIRST if name.startswith(verb) and len(name) - len(verb) >= 3), "")
    return start + len(verb) + (name[len(verb)] in "和在向" and len(name) - len(verb) > 3)
