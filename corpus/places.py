"""Which places a document is from, told by the suffixes of administrative names (省 市 区 县 镇 …), from wide to narrow.

There is no list of places. A name is taken where one stands: at the start of a title, an issuer or a cited regulation,
after punctuation, or behind a wider place. Which of them is the document's own follows from where it stands, from how often
it is mentioned, and from the level at which the text speaks of itself (我镇, 全区, 市委).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.clauses import HAN, Reading
from corpus.lists import is_leading
from corpus.types import Field, Span

SUFFIXES = (("省", 1), ("自治区", 1), ("特别行政区", 1), ("自治州", 2), ("市", 2), ("州", 2), ("盟", 2), ("地区", 2), ("自治县", 3), ("县", 3), ("自治旗", 3), ("旗", 3), ("新区", 3), ("区", 3), ("镇", 4), ("乡", 4), ("街道", 4), ("苏木", 4))
_LEVELS = dict(SUFFIXES)
_SUFFIX = "|".join(sorted(_LEVELS, key=len, reverse=True))
_NOT_AFTER = r"[级份域块间别分场值面帜舰下袍友军略心力静定痛亲愁土贤]|民(?!政)|村(?!委)"
_SUFFIXED = re.compile(_SUFFIX)
_OWN = {level: re.compile(rf"[全我本](?:{kinds})") for level, kinds in ((1, "省"), (2, "市|州|盟"), (3, "区|县|旗"), (4, "镇|乡|街道"))}
_NAMES = tuple(
    (width, re.compile(rf"(?P<stem>[{HAN}]{{{width}}})(?P<suffix>{_SUFFIX})(?!{_NOT_AFTER})")) for width in range(1, 13)
)
_ANY = re.compile(rf"[{HAN}]{{1,12}}?(?:{_SUFFIX})(?!{_NOT_AFTER})")
"""Whether any of the names begins at a place, which is told much sooner than which."""
_BOUNDARY = re.compile(rf"(?:(?<![{HAN}])|(?<=[在由对将与和及至])|(?<=根据|关于|结合|推动|推进|按照|贯彻|依据|落实|印发|学习|中共))(?=[{HAN}])")
_GENERIC = re.compile(
    r"^[日月年号点时分次届]|^住房和?城|[委府办厅局的各全本我该每某两这那其有或个等为是由于从到把将让被使按及]|^(?:自治|直辖|计划单列|城|小|社|园|街|辖|库|矿|山|林|灾|景|校|厂|片|分|主|禁|限|地|大|中|新|老|多|跨|省|市|县|区|乡|镇|村|集|建制|中心|重点|城乡|农村|乡镇|区县|县区|市县|示范|试点|特色|边远|直辖|地级|副省级)$"
    r"|(?:工业园|开发|管理|保护|作业|办公|生产|集中|示范|防治|风险|功能|建成|保税|核心|试验|合作|度假|保障|易发|多发|密集|聚集|集聚|服务|活动|规划|高新|生活|施工|住宅|商业|限制|警戒|仓储|物流|旅游|风景|主城|老城|旧城|中心城|示范城|工矿|建设|报告|上报|报送|报请|通知|通报|联系|请示|抄送|移交|转交|安全|发展|改造|治理|整治|城市|都会|集贸|农贸|交易|人才|资本|劳动力|房地产|自由贸易)$"
)
_GENERIC_AREA = re.compile(r"[园社小地辖街库灾厂校牧矿特]区$|强市$|(?:城|超|夜|股|菜|门|上|都)市$")
_SINGLE_STEM = re.compile(r"[县]")
_ORGAN = re.compile(r"[^,。;《》\n]{0,10}《|第.{1,4}届|人民政府|政府|党委|党工委|委员会|委|安委|办公室|人大|政协|[局厅]|应急|公安|发改|教育|住建|卫健|水务|水利")
_REALITY = re.compile(rf"结合(?P<place>[{HAN}]{{2,3}})实际")
_STRONG, _PAIR, _TITLE_CITED = 20, 6, 2


@dataclass(frozen=True, slots=True)
class Place:
    """A place name in the text. level: 1 province, 2 city, 3 county, 4 town."""

    name: str
    stem: str
    level: int
    span: Span


def names_in(plain: str, start: int, end: int) -> Iterator[list[Place]]:
    """Give the chains of place names (`松岚市` `云泊区`) that stand at a boundary, each chain in order."""
    at = start
    while boundary := _BOUNDARY.search(plain, at, end):
        # Most boundaries begin no name, which one look tells.
        chain = _chain(plain, boundary.start(), end) if _ANY.match(plain, boundary.start(), end) else []
        at = chain[-1].span.end if chain else boundary.start() + 1
        if chain:
            yield chain


def _chain(plain: str, at: int, end: int) -> list[Place]:
    chain: list[Place] = []
    while place := _place(plain, at, end, wider=chain[-1].level if chain else 0):
        chain.append(place)
        at = place.span.end
    return chain


def _place(plain: str, at: int, end: int, *, wider: int) -> Place | None:
    """Read one name at `at`: the shortest stem with a suffix that is narrower than the name before it."""
    for candidate in _readings(plain, at, end):
        if candidate.level > wider or (wider == 2 and candidate.name.endswith("市")):
            return candidate
    return None


def _readings(plain: str, at: int, end: int) -> Iterator[Place]:
    if _ANY.match(plain, at, end) is None:
        return
    for width, pattern in _NAMES:
        match = pattern.match(plain, at, end)
        if match is None:
            continue
        stem, suffix = match.group("stem"), match.group("suffix")
        if width > (3 if suffix == "省" else 4) and not suffix.startswith("自治"):
            continue
        if (width == 1 and not _SINGLE_STEM.fullmatch(suffix)) or _GENERIC.search(stem) or _GENERIC_AREA.search(stem + suffix) or is_leading(stem):
            if width == 1 or len(stem) < 3:
                continue
            return
        yield Place(stem + suffix, stem, _LEVELS[suffix], Span(match.start(), match.end()))


def places(reading: Reading, strong: Sequence[Span]) -> tuple[tuple[str, ...], list[Field]]:
    """Give the document's places from wide to narrow and a field for each, with its short form where the text uses it.

    strong: title, issuer, source, attachment titles: places named there are the document's own.
    """
    weights: Counter[tuple[int, str]] = Counter()
    first: dict[str, Place] = {}
    own = 0
    for span in strong:
        for chain in names_in(reading.plain, span.start, span.end):
            own = max(own, chain[-1].level)
            _weigh(weights, first, chain, _STRONG)
    for chain in names_in(reading.plain, 0, len(reading.plain)):
        _weigh(weights, first, chain, _weight(reading.plain, chain))
    own = own or _own_level(reading.plain)
    chosen = [first[name] for level in range(1, 5) if (name := _best(weights, level, own))]
    if not chosen:
        return _from_reality(reading)
    return tuple(place.name for place in chosen), [field for place in chosen for field in _fields(reading, place)]


def _weigh(weights: Counter[tuple[int, str]], first: dict[str, Place], chain: list[Place], weight: int) -> None:
    for place in chain:
        weights[(place.level, place.name)] += weight + (_PAIR if len(chain) > 1 else 0)
        first.setdefault(place.name, place)


def _weight(plain: str, chain: list[Place]) -> int:
    """Weigh a mention in the body: the title of a regulation or an organ of the place tell more than a bare mention."""
    start, end = chain[0].span.start, chain[-1].span.end
    if plain[start - 1 : start] == "《":
        return _TITLE_CITED
    return _TITLE_CITED if _ORGAN.match(plain, end) else 1


def _own_level(plain: str) -> int:
    counts = {level: len(pattern.findall(plain)) for level, pattern in _OWN.items()}
    level = max(counts, key=lambda level: counts[level])
    return level if counts[level] else 4


def _best(weights: Counter[tuple[int, str]], level: int, own: int) -> str | None:
    """Give the place of a level: none below the document's own level, at it a frequent one, above it one that is cited."""
    if level > own:
        return None
    ranked = sorted(((weight, name) for (at, name), weight in weights.items() if at == level), reverse=True)
    enough = 3 if level == own else 2
    return ranked[0][1] if ranked and ranked[0][0] >= enough else None


def _fields(reading: Reading, place: Place) -> Iterator[Field]:
    yield Field("place", "", place.name, place.span)
    short = _alone(reading.plain, place.stem) if len(place.stem) > 1 else None
    if short:
        yield Field("place", "简称", place.stem, short)


def _alone(plain: str, stem: str) -> Span | None:
    """Find the first place where the stem of a name stands without a suffix."""
    at = plain.find(stem)
    while at >= 0 and _SUFFIXED.match(plain, at + len(stem)):
        at = plain.find(stem, at + 1)
    return Span(at, at + len(stem)) if at >= 0 else None


def _from_reality(reading: Reading) -> tuple[tuple[str, ...], list[Field]]:
    """Take `结合云泊实际` when no name with a suffix is found."""
    for match in _REALITY.finditer(reading.plain):
        name = match.group("place")
        if not _GENERIC.search(name) and not re.search(r"工作|当前|自身|我国|本地|各地|辖区|岗位|项目|单位|部门|企业|当地|地方|情况|行业|公司|学校|村|局", name):
            return (name,), [Field("place", "", name, Span(match.start("place"), match.end("place")))]
    return (), []
