"""Which documents a question is about: by place, title, year, attachment and item number.

Places come from the documents' own cards, never from a list. A place the question names that no document is from is reported as
unknown, so that the reply can say so instead of answering from the wrong document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import overload

from assistant.lexicon.cues import STOPWORDS
from assistant.lexicon.synonyms import ALTERNATIVES
from assistant.query import Reference, Scope
from assistant.tagging import Words
from corpus.numbers import CN, value_of
from corpus.text import fold

_LEVELS = "省市区县镇乡旗盟"
_GENERIC = re.compile(
    r"^(?:全|我|本|各|该|哪|每|一|两|几|某|外|属|城|乡|村|市|区|县|镇|省|上|下|辖|园|社|小|矿|林|山|老|新|郊|景|库|校|厂|片|灾|禁|地|港|牧|湖|海|开发|高新|工业|保护|行政|生活|作业|办公|功能|重点|示范|建成|经开|自贸|保税|功能|文创|物流|化工|新城|核心|主城|其他|其它|所有|有关|相关|对应|所在|国家|全国|中心|经济|危险|生产|仓储|旅游|风景|住宅|居民|施工|商业|街)*"
    r"(?:街道|自治[区州县]|[省市区县镇乡旗盟])$"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?=年|[-—–~至到]|\D|$)")
_ATTACHMENT = re.compile(rf"附件([{CN}]+|\d+)|第([{CN}]+|\d+)个?附件")
_REFERENCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cn_paren", re.compile(rf"第?[((]([{CN}]+)[))]")),
    ("chapter", re.compile(rf"第([{CN}]+|\d+)章")),
    ("article", re.compile(rf"第([{CN}]+|\d+)[条]")),
    ("part", re.compile(rf"第([{CN}]+|\d+)(?:大)?(?:部分|方面)")),
    ("item", re.compile(rf"第([{CN}]+|\d+)(?:项|点|款|个|类|步)")),
    ("ordinal", re.compile(rf"第([{CN}]+|\d+)(?:大|个|项)?(?:行动|阶段|工程|任务|措施|部分)")),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What scope resolution needs to know of one document."""

    id: str
    name: str
    title: str
    places: tuple[str, ...]
    years: tuple[int, int] | None


class Catalogue(Sequence[Known]):
    """The documents of a library, with what a scope is found by, made once: their places and the text of their titles."""

    def __init__(self, documents: Sequence[Known]) -> None:
        self._documents = tuple(documents)

    def __len__(self) -> int:
        return len(self._documents)

    @overload
    def __getitem__(self, at: int) -> Known: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Known]: ...
    def __getitem__(self, at: int | slice) -> Known | Sequence[Known]:
        return self._documents[at]

    def __iter__(self) -> Iterator[Known]:
        return iter(self._documents)

    @cached_property
    def places(self) -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
        """Each place to the forms of its name and the ids of its documents, in the order the documents name them."""
        ids: dict[str, set[str]] = {}
        for document in self._documents:
            for place in document.places:
                ids.setdefault(place, set()).add(document.id)
        return {place: ((fold(place), fold(short_place(place))), frozenset(of)) for place, of in ids.items()}

    @cached_property
    def folded_titles(self) -> str:
        """All titles in matching form, one a line."""
        return "\n".join(fold(document.title) for document in self._documents)

    @cached_property
    def _telling(self) -> tuple[str, tuple[int, ...], frozenset[str]]:
        """The titles without the words of the genre, joined by bars; where each begins; every three characters that they hold."""
        titles = [_ORDINARY.sub("|", fold(document.title)) for document in self._documents]
        starts = tuple(accumulate((len(title) + 1 for title in titles), initial=0))
        return "|".join(titles) + "|", starts, frozenset(title[i : i + 3] for title in titles for i in range(len(title) - 2))

    def named_by_title(self, question: str, words: Words | None = None) -> frozenset[str]:
        """Documents whose title shares with the question the longest run, of three to 24 characters, that no other title has."""
        joined, starts, triples = self._telling
        heads = [i for i in range(len(question) - 2) if question[i : i + 3] in triples]
        longest = 3 + max((_in_a_row(heads, at) for at in range(len(heads))), default=0)
        for size in range(min(longest, 24), 2, -1):
            found = {self._only_holder(question[i : i + size], joined, starts) for i in heads if i + size <= len(question)}
            if ids := frozenset(found - {""}):
                return ids
        return self._by_lead(question, words) if words else frozenset()

    @cached_property
    def _leads(self) -> dict[str, frozenset[str]]:
        """The two characters each title begins with, and the documents that do."""
        leads: dict[str, set[str]] = {}
        for document in self._documents:
            leads.setdefault(fold(document.title)[:2], set()).add(document.id)
        return {lead: frozenset(ids) for lead, ids in leads.items() if _HAN_PAIR.fullmatch(lead)}

    def _by_lead(self, question: str, words: Words) -> frozenset[str]:
        """Documents whose title begins with a name that no dictionary has (松岩实验学校…) and the question says."""
        found = [ids for lead, ids in self._leads.items() if lead in question and not words.has(lead)]
        return found[0] if len(found) == 1 else frozenset()

    def _only_holder(self, run: str, joined: str, starts: Sequence[int]) -> str:
        """The id of the one document whose title holds `run`; "" for none and for several."""
        place = -1 if "|" in run else joined.find(run)
        if place < 0:
            return ""
        at = bisect_right(starts, place) - 1
        return "" if joined.find(run, starts[at + 1]) >= 0 else self._documents[at].id


_HAN_PAIR = re.compile("[㐀-鿿]{2}")


def _in_a_row(heads: Sequence[int], at: int) -> int:
    """How many of the places from `at` on follow each other without a gap, less one."""
    end = at
    while end + 1 < len(heads) and heads[end + 1] == heads[end] + 1:
        end += 1
    return end - at


def short_place(place: str) -> str:
    """Give the place without its level (云泊区 → 云泊); short names of one character stay whole."""
    for suffix in ("街道", "自治区", "自治州", "自治县", *_LEVELS):
        if place.endswith(suffix) and len(place) - len(suffix) >= 2:
            return place[: -len(suffix)]
    return place


def scope_of(
    question: str,
    documents: Sequence[Known],
    *,
    chosen: Sequence[str] = (),
    mentioned: Callable[[str], bool],
    words: Words,
) -> tuple[Scope, str]:
    """Read the scope out of a folded question; also give the question without the words that only set the scope.

    chosen: ids the asker filtered by.  mentioned: does a string occur anywhere in the library?
    """
    rest = question
    catalogue = documents if isinstance(documents, Catalogue) else Catalogue(documents)
    places, named, rest = _places(question, catalogue, rest)
    unknown = _unknown_places(rest, mentioned, words)
    inside = Catalogue([d for d in catalogue if d.id in named]) if named else catalogue
    titled = inside.named_by_title(question, words) or named
    attachment, rest = _attachment(rest)
    references = _references(rest)
    for reference in references:
        if reference.family != "ordinal":
            rest = rest.replace(reference.text, ",")
    years = tuple(dict.fromkeys(int(m.group(1)) for m in _YEAR.finditer(question)))
    ids = frozenset(chosen) or named or titled
    if chosen and named:
        ids = frozenset(chosen) & named or frozenset(chosen)
    return Scope(ids, places, unknown, years, attachment, references, bool(chosen)), rest


def _places(question: str, catalogue: Catalogue, rest: str) -> tuple[tuple[str, ...], frozenset[str], str]:
    found: dict[str, str] = {}
    for place, (forms, _) in catalogue.places.items():
        for form in forms:
            if len(form) >= 2 and form in question and len(form) > len(found.get(place, "")):
                found[place] = form
    # 松岚市云泊区: the narrowest place named decides; a wide one alone (松岚) keeps all its documents.
    sets = [catalogue.places[place][1] for place in found]
    named: set[str] = set()
    for ids in sorted(sets, key=len):
        if not any(ids > other for other in sets):
            named |= ids
    for form in sorted(found.values(), key=len, reverse=True):
        full = re.compile(re.escape(form) + rf"(?:街道|[{_LEVELS}])?(?![长局委办政])")
        rest = full.sub(",", rest)
    return tuple(found), frozenset(named), rest


_NAME_TAGS = frozenset(("ns", "nr", "nrt", "nrfg"))


def _unknown_places(rest: str, mentioned: Callable[[str], bool], words: Words) -> tuple[str, ...]:
    """Names of places nobody in the library has heard of: a proper name before a level (海曙|区), or a well-known name alone."""
    unknown: list[str] = []
    tokens = {word: part for word, part in words.tag(rest)}
    for level in re.finditer(rf"街道|[{_LEVELS}](?!长)", rest):
        for size in (2, 3, 4):
            stem = rest[max(level.start() - size, 0) : level.start()]
            whole = stem + level.group()
            opens = level.start() <= size or rest[level.start() - size - 1] in ",，;；。?？、 "
            named = whole in tokens or tokens.get(stem) in _NAME_TAGS or (opens and size == 2)
            if len(stem) < size or _GENERIC.match(whole) or not named:
                continue
            if _is_name(stem, words) and not mentioned(stem):
                unknown.append(whole)
            break
    for word, part in words.tag(rest):
        alone = part == "ns" and word not in STOPWORDS and word[-1] not in "里上下外内边" and word not in NO_PLACES and 2 <= len(word) <= 3 and word[-1] not in "路街桥口站" and not _GENERIC.match(word) and words.has(word)
        if alone and _is_name(word, words) and not mentioned(short_place(word)) and not any(word in u for u in unknown):
            unknown.append(word)
    return tuple(dict.fromkeys(unknown))


NO_PLACES = frozenset(["上门", "出门", "开门", "部门", "专门", "后门", "前门", "大门", "校门", "家门", "城门"])
"""Words that the dictionary takes for places and the genre does not."""
_LOOSE_ENDS = re.compile("[里外中上下的和与在有是由将把被列]")
_COUNTED = re.compile(r"^[一二三四五六七八九十两几本各\d]+(?:[个本条项类种家艘座处位名次件份张块])?$")


def is_place_name(place: str, words: Words) -> bool:
    """Is this word with a level at its end the name of a place (not 园区, 社区, 重点镇)?"""
    stem = short_place(place)
    return stem != place and not _GENERIC.match(place) and [part for _, part in words.tag(stem)] == ["ns"]


def _is_name(stem: str, words: Words) -> bool:
    """A proper name by the dictionary's tag, or two characters that no dictionary knows together."""
    if stem in ALTERNATIVES or not re.fullmatch("[㐀-鿿]+", stem):
        return False
    if words.has(stem) and [part for _, part in words.tag(stem)] == ["ns"] and not _COUNTED.search(stem):
        return True
    if _LOOSE_ENDS.search(stem):
        return False
    if _COUNTED.search(stem):
        return False
    tokens = list(words.tag(stem))
    if any(part[0] in "vpdcr" for _, part in tokens):
        return False  # 报给(区), 停城(区): a verb before a level, no name
    if len(tokens) == 1 and tokens[0][1] in _NAME_TAGS:
        return True
    return len(stem) == 2 and not words.has(stem)


_ORDINARY = re.compile(
    r"安全生产|安全|专项整治|专项|整治|三年|两年|五年|行动|实施|工作|方案|计划|通知|意见|办法|规定|条例|细则|措施|关于|印发|开展|进一步|加强|推进|做好|全面|深入|重点|任务|清单|管理|建设|年度|[的和与及]|(?:19|20)\d{2}年?|[-—–~()()《》“”·、,]"
)
"""Words that titles of the genre share; what is left names the document."""


def _attachment(rest: str) -> tuple[int | None, str]:
    found = list(_ATTACHMENT.finditer(rest))
    bare = _ATTACHMENT.sub(",", rest)
    if len(found) != 1:
        return None, bare
    return value_of(found[0].group(1) or found[0].group(2)), bare


def _references(rest: str) -> tuple[Reference, ...]:
    found: list[Reference] = []
    for family, pattern in _REFERENCES:
        for match in pattern.finditer(rest):
            number = value_of(match.group(1))
            if number is not None:
                found.append(Reference(family, number, match.group()))
    return tuple(found)
