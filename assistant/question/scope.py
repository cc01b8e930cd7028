"""Which documents a question is about: by place, title, year, attachment and item number.

Places come from the documents' own cards, never from a list. A place the question names that no document is from is reported as
unknown, so that the reply can say so instead of answering from the wrong document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import overload

from assistant.lexicon.cues import STOPWORDS
from assistant.lexicon.no_places import NO_PLACES
from assistant.lexicon.synonyms import ALTERNATIVES
from assistant.question.query import Reference, Scope
from assistant.question.tagging import Words
from corpus.numbers import CN, value_of
from corpus.text import fold

_LEVELS = "省市区县镇乡旗盟"
_GENERIC = re.compile(
    r"^(?:全|我|本|各|该|哪|每|一|两|几|某|外|属|城|乡|村|市|区|县|镇|省|上|下|辖|园|社|小|矿|林|山|老|新|郊|景|库|校|厂|片|灾|禁|地|港|牧|湖|海|开发|高新|工业|保护|行政|生活|作业|办公|功能|重点|示范|建成|经开|自贸|保税|功能|文创|物流|化工|新城|核心|主城|其他|其它|所有|有关|相关|对应|所在|国家|全国|中心|经济|危险|生产|仓储|旅游|风景|住宅|居民|施工|商业|街)*"
    r"(?:街道|自治[区州县]|[省市区县镇乡旗盟])$"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(?=年|[-—–~至到]|\D|$)")
_ATTACHMENT = re.compile(rf"附件([{CN}]+|\d+)|第([{CN}]+|\d+)个?附件")
_CLASS = re.compile(rf"第([{CN}]+|\d+)类")
_CALLED = re.compile(r"[\u4e00-\u9fff]{2}")
_REFERENCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cn_paren", re.compile(rf"第?[((]([{CN}]+)[))]")),
    ("chapter", re.compile(rf"第([{CN}]+|\d+)章")),
    ("article", re.compile(rf"第([{CN}]+|\d+)[条]")),
    ("part", re.compile(rf"第([{CN}]+|\d+)(?:大)?(?:部分|方面)")),
    ("item", re.compile(rf"第([{CN}]+|\d+)(?:项|点|款|个|步)")),
    ("item", _CLASS),
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
        shorts = {short_place(place): place for place in ids}
        for document in self._documents:
            # A school or a works names its place in short: 澄溪职业技术学院 is of 澄溪市.
            if not document.places and (short := next((s for size in (4, 3, 2) if (s := document.title[:size]) in shorts), "")):
                ids[shorts[short]].add(document.id)
        return {place: ((fold(place), fold(short_place(place))), frozenset(of)) for place, of in ids.items()}

    @cached_property
    def titles(self) -> tuple[str, ...]:
        return tuple(document.title for document in self._documents)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The names of all places, whole and short."""
        return tuple(form for forms, _ in self.places.values() for form in forms)

    @cached_property
    def _alike(self) -> dict[str, tuple[str, ...]]:
        """The documents whose titles differ in place and year alone, by what is left of the title."""
        ids: dict[str, list[str]] = {}
        for document in self._documents:
            ids.setdefault(_bare_title(document), []).append(document.id)
        return {bare: tuple(of) for bare, of in ids.items() if len(of) > 1 and len(bare) >= _TELLING_TITLE}

    @cached_property
    def by_id(self) -> dict[str, Known]:
        return {document.id: document for document in self._documents}

    def alike(self, id: str) -> tuple[Known, ...]:
        """The document and the others of the same title for another place or year, in the order of the library."""
        if (document := self.by_id.get(id)) is None:
            return ()
        return tuple(self.by_id[of] for of in self._alike.get(_bare_title(document), (id,)))

    def twins(self, id: str) -> tuple[Known, ...]:
        """The other documents of the same title for another place or year."""
        return tuple(document for document in self.alike(id) if document.id != id)

    @cached_property
    def folded_titles(self) -> str:
        """All titles in matching form, one a line."""
        return "\n".join(fold(document.title) for document in self._documents)

    @cached_property
    def _telling(self) -> tuple[str, tuple[int, ...]]:
        """The titles without the words of the genre, joined by bars; where each begins."""
        titles = [_told(document.title) for document in self._documents]
        starts = tuple(accumulate((len(title) + 1 for title in titles), initial=0))
        return "|".join(titles) + "|", starts

    @cached_property
    def _triples(self) -> Container[str]:
        """Every three characters that the titles hold; of few titles their text, which tells as well and need not be cut up for a question."""
        joined, _ = self._telling
        return frozenset(joined[i : i + 3] for i in range(len(joined) - 2)) if len(self._documents) > _MANY else joined

    def named_by_title(self, question: str, words: Words | None = None) -> frozenset[str]:
        """Documents whose title shares with the question the longest run, of three to 24 characters, that no other title has."""
        joined, starts = self._telling
        held = _held_runs(question, joined, self._triples, 24)
        for size in range(max(held, default=0), 2, -1):
            found = {self._only_holder(question[i : i + size], joined, starts) for i, length in enumerate(held) if length >= size}
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

    def names(self, words: Words) -> tuple[str, ...]:
        """The places of the documents, and the names that no dictionary has at the head of their titles (云麓高新区…)."""
        heads = self._leads if len(self._documents) <= _MANY else ()
        shorts = {short_place(place) for place in self.places}
        return (*self.places, *(lead for lead in heads if not words.has(lead) and lead not in shorts))

    def _by_lead(self, question: str, words: Words) -> frozenset[str]:
        """Documents whose title begins with a name that no dictionary has (松岩实验学校…) and the question says."""
        found = [ids for lead, ids in self._leads.items() if lead in question and not words.has(lead)]
        return found[0] if len(found) == 1 else frozenset()

    def _only_holder(self, run: str, joined: str, starts: Sequence[int]) -> str:
        """The id of the one document whose title holds `run`; "" for none and for several."""
        # 201 of 2015年 is no name.
        place = -1 if "|" in run or run.isdigit() else joined.find(run)
        if place < 0:
            return ""
        at = bisect_right(starts, place) - 1
        return "" if joined.find(run, starts[at + 1]) >= 0 else self._documents[at].id


_MANY = 1_000
"""Documents from which their titles are not looked through for every run of a question."""


def catalogue_of(documents: Sequence[Known]) -> Catalogue:
    return documents if isinstance(documents, Catalogue) else Catalogue(documents)


_TELLING_TITLE = 4
"""Characters that must be left of a title for it to say what the document is about."""


def _bare_title(document: Known) -> str:
    title = fold(document.title)
    for form in sorted({fold(f) for place in document.places for f in (place, short_place(place))}, key=len, reverse=True):
        title = title.replace(form, "") if len(form) > 1 else title
    return re.sub(r"(?:19|20)\d{2}年?度?|[^㐀-鿿a-z]", "", title)


_HAN_PAIR = re.compile("[㐀-鿿]{2}")


@lru_cache(maxsize=4096)
def _told(title: str) -> str:
    """A title in matching form, bars for the words of the genre."""
    return _ORDINARY.sub("|", fold(title))


def _held_runs(question: str, joined: str, triples: Container[str], most: int) -> list[int]:
    """How long a run of the question from each of its characters on, of three to `most`, stands in the joined titles; 0 for none.

    What follows the first character of such a run stands there too, so that each look begins where the one before ended.
    """
    held: list[int] = []
    length = 0
    for at in range(len(question) - 2):
        length -= 1
        if length < 3:
            length = 3 if question[at : at + 3] in triples else 0
        while 3 <= length < most and at + length < len(question) and question[at : at + length + 1] in joined:
            length += 1
        held.append(length)
    return held


def short_place(place: str) -> str:
    """Give the place without its level (云泊区 → 云泊); short names of one character stay whole."""
    for suffix in ("街道", "自治区", "自治州", "自治县", *_LEVELS):
        if place.endswith(suffix) and len(place) - len(suffix) >= 2:
            return place[: -len(suffix)]
    return place


_JOINED = re.compile(r"(?<=[局委办厅部院会队站所社处省市区县镇乡])[和与及](?=[省市区县镇乡])")
"""和 between two offices: 水务局和县应急局 names no 和县."""


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
    rest = _JOINED.sub(",", question)
    catalogue = catalogue_of(documents)
    places, named, rest = _places(question, catalogue, rest)
    unknown = _unknown_places(rest, mentioned, words)
    inside = Catalogue([d for d in catalogue if d.id in named]) if named else catalogue
    titled = inside.named_by_title(question, words) or named
    attachment, rest = _attachment(rest)
    references = _references(rest, mentioned)
    for reference in references:
        if reference.family != "ordinal":
            rest = rest.replace(reference.text, ",")
    years = tuple(dict.fromkeys(int(m.group(1)) for m in _YEAR.finditer(question)))
    ids = frozenset(chosen) or named or titled
    if chosen and named:
        ids = frozenset(chosen) & named or frozenset(chosen)
    elif len(years) == 1 and len(ids) > 1:
        ids = _of_year(catalogue, ids, str(years[0]))
    return Scope(ids, places, unknown, years, attachment, references, bool(chosen)), rest


def _of_year(catalogue: Catalogue, ids: frozenset[str], year: str) -> frozenset[str]:
    """Of like documents of several years keep the one whose title names the year asked for."""
    held = {d.id: set(re.findall(r"20\d\d", d.title)) for d in catalogue if d.id in ids}
    others = {t.id for id, years in held.items() if years == {year} for t in catalogue.twins(id) if held.get(t.id) and year not in held[t.id]}
    return ids - others


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
        full = re.compile(_levelled(form) + rf"(?:街道|[{_LEVELS}](?!级))?(?![长局委办政])")
        rest = full.sub(",", rest)
    return tuple(found), frozenset(named), rest


def _levelled(form: str) -> str:
    """The pattern of a place's name that leaves its level to what is of that level: 宁川 of 宁川省级专项资金."""
    return rf"{re.escape(form[:-1])}(?:{form[-1]}(?!级)|(?={form[-1]}级))" if len(form) > _PAIR and form[-1] in _LEVELS else re.escape(form)


_LEVEL = re.compile(rf"街道|(?!市[场民容政]|区[域间块别]|县域|镇[痛定静]|乡[亲愁]|省[得略心])[{_LEVELS}](?!长)")
"""A level of administration at the end of a name, no first half of another word (菜市场)."""
_NAME_TAGS = frozenset(("ns", "nr", "nrt", "nrfg"))


def _unknown_places(rest: str, mentioned: Callable[[str], bool], words: Words) -> tuple[str, ...]:
    """Names of places nobody in the library has heard of: a proper name before a level (海曙|区), or a well-known name alone."""
    unknown: list[str] = []
    tokens = {word: part for word, part in words.tag(rest)}
    for level in _LEVEL.finditer(rest):
        for size in (2, 3, 4):
            stem = rest[max(level.start() - size, 0) : level.start()]
            whole = stem + level.group()
            opens = level.start() <= size or rest[level.start() - size - 1] in ",，;；。?？、 "
            # 得了省级表彰: a level of things, unless a known name stands before it.
            level_of = rest.startswith("级", level.end())
            named = whole in tokens or tokens.get(stem) in _NAME_TAGS or (opens and size == 2 and not level_of)
            if len(stem) < size or stem[0] in _POINTING or _GENERIC.match(whole) or not named or _ends_in_a_word(whole, words):
                continue
            # What stands between a place of the library (taken out by a comma) and a level is one within it: 霖州市丘溪区.
            # So is what has such a place behind it in brackets: 丘溪区(霖州市).
            beside = rest[: level.start() - size].endswith(",") or (opens and rest.startswith("(,", level.end()))
            within = size == 2 and beside and stem in tokens and stem not in STOPWORDS
            if (within or _is_name(stem, words)) and not mentioned(stem):
                unknown.append(whole)
            break
    for word, part in words.tag(rest):
        alone = part == "ns" and word not in STOPWORDS and word[-1] not in "里上下外内边" and word not in NO_PLACES and 2 <= len(word) <= 3 and word[-1] not in "路街桥口站度率量" and not _GENERIC.match(word) and words.has(word)
        if alone and _is_name(word, words) and not mentioned(short_place(word)) and not any(word in u for u in unknown):
            unknown.append(word)
    return tuple(dict.fromkeys(unknown))


def _ends_in_a_word(whole: str, words: Words) -> bool:
    """Is the level the end of an ordinary word (建|城市, 逛|超市), so that no name stands before it?"""
    last = list(words.tag(whole))[-1]
    return last[0] != "街道" and len(last[0]) == _PAIR < len(whole) and last[1].startswith("n") and words.has(last[0])


_PAIR = 2


_LOOSE_ENDS = re.compile("[里外中上下的和与在有是由将把被列]")
_POINTING = "这那此该某"
"""What points at a thing before a level names none: 这次|县(政府常务会)."""
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
    r"安全生产|安全|专项整治|专项|整治|三年|两年|五年|行动|实施|工作|方案|计划|通知|意见|办法|规定|条例|细则|措施|关于|印发|开展|进一步|改造提升|提质增效|提升|高质量发展|加强|推进|做好|全面|深入|重点|任务|清单|管理|建设|年度|[的和与及]|(?:是|叫|为|由)?(?:什么|啥|谁)(?:是|时候|时间|地方|意思|样|人|原因)?|怎么(?:办|样|做)?|如何|怎样|多少|哪(?:些|个|里|儿|家|年|天|种)?|为何|能不能|是否|有没有|[吗呢?!:]|(?:19|20)\d{2}年?|[-—–~()()《》“”·、,]"
)
"""Words that titles of the genre share, and those of asking (什么是公租房?); what is left names the document."""


def _attachment(rest: str) -> tuple[int | None, str]:
    found = list(_ATTACHMENT.finditer(rest))
    bare = _ATTACHMENT.sub(",", rest)
    if len(found) != 1:
        return None, bare
    return value_of(found[0].group(1) or found[0].group(2)), bare


def _references(rest: str, mentioned: Callable[[str], bool]) -> tuple[Reference, ...]:
    """Read the numbers of parts. 第二类医疗器械 is a name and no second part, where the library writes it so."""
    found: list[Reference] = []
    for family, pattern in _REFERENCES:
        for match in pattern.finditer(rest):
            number = value_of(match.group(1))
            called = _CALLED.match(rest, match.end()) if pattern is _CLASS else None
            if number is not None and not (called and mentioned(match.group() + called.group())):
                found.append(Reference(family, number, match.group()))
    return tuple(found)
