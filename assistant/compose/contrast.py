"""Values that one sentence states side by side: which of them is the one asked for (生育二孩…2000元,生育三孩…5000元).

The words that belong to a value alone stand between the value before it and itself: its piece. Among the values of one sentence
what tells is only what their pieces do not share, and how much else a piece says (新建、改扩建12家,其中新建4家).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.clauses import segments
from assistant.evidence import segment_of
from assistant.query import Query
from corpus.numbers import CN
from corpus.text import fold
from corpus.types import Document, Span

TELLING, WHOLE = 0.42, 0.08
"""What the words count that only some pieces have; what it counts that a piece says nothing else than what is asked."""

_BREAK = re.compile(r"[,，;；。:：\n]|其中")
_FIRST = re.compile(rf"^[、,，;；和及与\s)）]*(?:其中)?(?:第(?:[{CN}]+|\d+)条[ \u3000]+|[（(](?:[{CN}]+|\d+)[)）]\s*)?")
_WORDS = re.compile("[㐀-鿿a-z0-9]")


def before(text: str, sentence: Span, values: Sequence[Span]) -> tuple[str, ...]:
    """The words of each value of a sentence, folded: from the value before it, or the last comma since, to its own end.

    values: in text order, without overlap. 城镇、农村居民…分别达到A和B deals its members out to the values.
    """
    if dealt := dealt_out(text, sentence, values):
        return dealt
    cut = pieces(text, sentence, values)
    opening = _YEAR.findall(text[sentence.start : cut[0].start])
    # The year that a sentence opens with is that of its first value: 到2024年底,建成率达到60%,2025年底达到80%.
    return tuple((f"{opening[-1]}年" if at == 0 and opening else "") + fold(piece.of(text)) for at, piece in enumerate(cut))


def wholes(text: str, sentence: Span, values: Sequence[Span]) -> tuple[str, ...]:
    """For each value the words of the whole that it is a part of (共12家,其中新建4家、改扩建8家), folded; "" for the others."""
    cut = pieces(text, sentence, values)
    found: list[str] = []
    whole = ""
    for at, value in enumerate(values):
        if at and "其中" in text[values[at - 1].end : value.start]:
            whole = fold(cut[at - 1].of(text))
        found.append(whole)
    return tuple(found)


def around(text: str, sentence: Span, values: Sequence[Span]) -> tuple[str, ...]:
    """The words of each date of a sentence, folded: its comma segment and those after it up to the next date's (2025年底前,…)."""
    cut = segments(text, sentence)
    home = [next((i for i, piece in enumerate(cut) if piece.overlaps(value)), 0) for value in values]
    found = []
    for at, index in enumerate(home):
        last = max(home[at + 1] - 1, index) if at + 1 < len(home) else len(cut) - 1
        found.append(fold(Span(cut[index].start, cut[last].end).of(text)) if cut else "")
    return tuple(found) if len(set(home)) == len(home) else ("",) * len(values)


_DEALT = re.compile(r"(?P<members>[^,，;；。:：]{2,40}?)[,，]?(?:分别|依次)")


def dealt_out(text: str, sentence: Span, values: Sequence[Span]) -> tuple[str, ...]:
    """The member of each value where the text deals them out in order (甲、乙分别为1人和2人), folded; nothing where it does not."""
    head = _DEALT.search(text, sentence.start, values[0].start)
    if not head:
        return ()
    members = re.split("、|和|与|及", head.group("members"))
    if len(members) < len(values):
        # 小学11所、初中5所,每所补助分别为15万元和20万元: the list stands before the comma.
        before = re.split("[,，;；。:：]", text[sentence.start : head.start()].rstrip(",，;；。:："))[-1]
        members = listed if len(listed := before.split("、")) == len(values) else members
    return tuple(fold(member) for member in members[-len(values) :]) if len(members) >= len(values) else ("",) * len(values)


def pieces(text: str, sentence: Span, values: Sequence[Span]) -> tuple[Span, ...]:
    """The piece of each value, see `before`. A comma right before the value (总量,12万吨) does not cut its words off."""
    found: list[Span] = []
    floor = sentence.start
    for value in values:
        start = floor
        for mark in _BREAK.finditer(text, floor, value.start):
            if value.start - mark.end() >= _LEAST:
                start = mark.end()
        found.append(Span(start, value.end))
        floor = value.end
    return tuple(found)


_LEAST = 2
"""Characters that must be left between a comma and the value for the comma to begin its piece."""


def shown(text: str, piece: Span) -> str:
    """A piece as it is read out: without the mark and 其中 that join it to the one before, without the number of its article or item."""
    return _FIRST.sub("", piece.of(text)).replace("\n", "").strip()


def contrasts(query: Query, texts: Sequence[str], *, whole: float = WHOLE, above: Sequence[str] = ()) -> tuple[float, ...]:
    """What each of the pieces of one sentence gains by the words of the question that not all of them hold.

    texts: folded.  above: words of the whole that a piece is part of, which it need not repeat.
    """
    above = above or ("",) * len(texts)
    asked_about = query.focus if query.follow_up and query.focus else query.terms
    terms = [t for t in asked_about if (len(t.text) > 1 or t.required) and not _YEAR.match(t.text)]
    held = [[max(t.cover(text), t.cover(over)) for text, over in zip(texts, above, strict=True)] for t in terms]
    telling = [(t, row) for t, row in zip(terms, held, strict=True) if max(row, default=0.0) - min(row, default=0.0) > 0.3]
    total = sum(t.weight for t, _ in telling)
    gains = []
    for at, text in enumerate(texts):
        gain = sum(t.weight * row[at] for t, row in telling) / total if total else 0.0
        said = len(_WORDS.findall(text)) or 1
        asked = sum(len(t.text) for t in terms if t.cover(text) >= 0.9)
        gains.append(TELLING * gain + whole * min(asked / said, 1.0) + _kin(query.folded, text) + _year(query, text))
    return tuple(gains)


_GROUPS = re.compile(r"(单位|个人)|(城镇|城市|农村)|(男|女)|(首次|初次|再次)|(一般|较大|重大|特别重大)|(本科|硕士|博士|研究生)|(小学|初中|高中|幼儿园|中学)|(上半年|下半年)|(新建|改扩建|改建|扩建)|(夏|冬)|(上午|下午)|(法定|承诺)")
_NUMBERED = re.compile(r"([一二三四五六七八九十两\d])(?:胎|孩|人户|口之?家|口人|等奖|级|类|档|期|号线|居室|次)")
_EQUAL = {"两": "二", "1": "一", "2": "二", "3": "三", "4": "四", "5": "五", "6": "六"}


def _kin(asked: str, text: str) -> float:
    """A member of a small family of opposites that the question names is held against that of the piece: 个人 is not 单位."""
    gain = 0.0
    there = _named(text)
    for family, words in _named(asked).items():
        if len(words) == 1 and there.get(family):
            gain += (0.25 if words == there[family] else 0.1) if words & there[family] else -0.2
    numbers, own = {_EQUAL.get(n, n) for n in _NUMBERED.findall(asked)}, {_EQUAL.get(n, n) for n in _NUMBERED.findall(text)}
    if len(numbers) == 1 and own:
        gain += 0.25 if numbers & own else -0.2
    return gain


_YEAR = re.compile(r"(20\d\d)(?!\d)")


def _year(query: Query, text: str) -> float:
    stated = set(_YEAR.findall(text))
    if not stated or not query.scope.years:
        return 0.0
    return _BY_YEAR if stated & {str(year) for year in query.scope.years} else -_BY_YEAR


_BY_YEAR = 0.4
"""What it counts that a piece is about the year asked for; more than its words, which later years seldom repeat."""


def _named(text: str) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for match in _GROUPS.finditer(text):
        found.setdefault(match.lastindex or 0, set()).add(match.group())
    return found


_CAP = re.compile(r"\s*(?:单[个次项家户]|每[个次项家户]|累计|总额|年度)?(?:最高|最多|上限|封顶|不超过)")
_RATE = re.compile(r"(?:按|给予|补助|补贴|奖励)[^,，;；。]{0,24}?\d+(?:\.\d+)?%")


def with_rate(document: Document, sentence: Span, segment: Span) -> Span:
    """A cap alone (单个最高30万元) is no answer to how much is paid: the share before it belongs to it (按投资额的40%给予补助)."""
    if not _CAP.match(segment.of(document.text)) or segment.start <= sentence.start:
        return segment
    before = segment_of(document, sentence, Span(segment.start - 2, segment.start - 1))
    return Span(before.start, segment.end) if _RATE.search(before.of(document.text)) else segment
