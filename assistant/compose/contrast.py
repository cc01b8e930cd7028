"""Values that one sentence states side by side: which of them is the one asked for (生育二孩…2000元,生育三孩…5000元).

The words that belong to a value alone stand between the value before it and itself: its piece. Among the values of one sentence
what tells is only what their pieces do not share, and how much else a piece says (新建、改扩建12家,其中新建4家).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.answering.clauses import segments
from assistant.answering.evidence import segment_of
from assistant.question.members import AMONG, OTHER, SAME, held_against
from assistant.question.query import Query
from corpus.numbers import CN
from corpus.text import fold
from corpus.types import Document, Span

TELLING, WHOLE = 0.42, 0.08
"""What the words count that only some pieces have; what it counts that a piece says nothing else than what is asked."""

_BREAK = re.compile(r"[,，;；。:：\n]|其中")
_FIRST = re.compile(
    rf"^[、,，;；和及与\s)）*#-]*(?:其中)?(?:第(?:[{CN}]+|\d+)条[*]*[ \u3000]+|[（(](?:[{CN}]+|\d+)[)）]\s*|[{CN}]{{1,3}}、|\d{{1,2}}[.．、]\s*(?=[㐀-鿿“《])|\d{{1,2}}(?:\.\d{{1,2}})+\s+(?=[㐀-鿿“《]))?"
)
_WORDS = re.compile("[㐀-鿿a-z0-9]")


def before(text: str, sentence: Span, values: Sequence[Span]) -> tuple[str, ...]:
    """The words of each value of a sentence, folded: from the value before it, or the last comma since, to its own end.

    values: in text order, without overlap. 城镇、农村居民…分别达到A和B deals its members out to the values.
    """
    if dealt := dealt_out(text, sentence, values):
        return dealt
    cut = pieces(text, sentence, values)
    if len(cut) > 1 and all(text.startswith("、", piece.start) for piece in cut[1:]):
        # 抢修人员应当在城区40分钟、乡镇90分钟内: what stands before the name of the first is said of all.
        longest = max(len(piece) for piece in cut[1:])
        cut = (Span(max(cut[0].start, cut[0].end - longest), cut[0].end), *cut[1:])
    opening = _YEAR.findall(text[sentence.start : cut[0].start])
    # The year that a sentence opens with is that of its first value: 到2024年底,建成率达到60%,2025年底达到80%.
    said = [fold(piece.of(text)) for piece in cut]
    for at in range(1, len(said)):
        if _SAME_OF_A_YEAR.match(said[at]):
            # 新增企业19家,2023年为14家: what is said of the year alone is said of what stands before it.
            said[at] = _UP_TO_FIGURE.split(_YEAR.sub("", said[at - 1]))[0] + said[at]
    return tuple((f"{opening[-1]}年" if at == 0 and opening else "") + piece for at, piece in enumerate(said))


_SAME_OF_A_YEAR = re.compile(r"[,;、]?(?:而|比)?(?:20\d\d年|[上去前]一?年)(?:同期|底|末|全年)?(?:为|是|有|仅|只有|达到?|的?数?为)?\d")
_UP_TO_FIGURE = re.compile(r"(?=\d)")


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
    if len(set(home)) == len(home) > 1 and all(values[at].start - cut[home[at]].start < _LEAST for at in range(1, len(values))):
        # 安装率2024年底前达到60%,2025年6月底前达到100%: what stands before the first date is said of all of them.
        cut = (*cut[: home[0]], Span(min(values[0].start, cut[home[0]].end), cut[home[0]].end), *cut[home[0] + 1 :])
    found = []
    for at, index in enumerate(home):
        last = max(home[at + 1] - 1, index) if at + 1 < len(home) else len(cut) - 1
        found.append(fold(Span(cut[index].start, cut[last].end).of(text)) if cut else "")
    if len(set(home)) < len(home) and all(_NAMED_AGAIN.fullmatch(text, one.end, other.start) for one, other in pairwise(values)):
        # 城区40分钟、乡镇90分钟内: what tells them apart stands between the marks of the list.
        starts = [cut[home[0]].start, *(text.index("、", one.end) + 1 for one in values[:-1])]
        return tuple(fold(text[start : value.end]) for start, value in zip(starts, values, strict=True))
    return tuple(found) if len(set(home)) == len(home) else ("",) * len(values)


_NAMED_AGAIN = re.compile("[^、]*、[㐀-鿿][^、]*")
"""What stands between two values of which the second has a name of its own before it (40分钟、乡镇90分钟)."""
_AND = re.compile("、|和|与|及(?![率格时其])")
_DEALT = re.compile(r"(?P<members>[^,，;；。:：]{2,40}?)[,，]?(?:分别|依次)")


def dealt_out(text: str, sentence: Span, values: Sequence[Span]) -> tuple[str, ...]:
    """The member of each value where the text deals them out in order (甲、乙分别为1人和2人), folded; nothing where it does not."""
    head = _DEALT.search(text, sentence.start, values[0].start)
    if not head:
        return ()
    members = _AND.split(head.group("members"))
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
    said = re.sub(r"\s*\n\s*", "", _FIRST.sub("", piece.of(text).strip())).strip()
    return said.strip("“”") if said.count("“") != said.count("”") else said


def contrasts(query: Query, texts: Sequence[str], *, whole: float = WHOLE, above: Sequence[str] = ()) -> tuple[float, ...]:
    """What each of the pieces of one sentence gains by the words of the question that not all of them hold.

    texts: folded.  above: words of the whole that a piece is part of, which it need not repeat.
    """
    above = above or ("",) * len(texts)
    asked_about = query.focus if query.follow_up and query.focus else query.terms
    terms = [t for t in asked_about if (len(t.text) > 1 or t.required) and not _YEAR.match(t.text) and not _is_whose(t.text, texts)]
    held = [[max(t.cover(text), t.cover(over)) for text, over in zip(texts, above, strict=True)] for t in terms]
    telling = [(t, row) for t, row in zip(terms, held, strict=True) if max(row, default=0.0) - min(row, default=0.0) > 0.3]
    total = sum(t.weight for t, _ in telling)
    literal = _literal(query.folded, texts) if not (telling or any(above)) else frozenset()
    gains = []
    kin = [[(family, said) for family, said, _ in held_against(query.folded, (text,))] for text in texts]
    apart = {family for of_text in kin for family, said in of_text if said == OTHER}
    for at, text in enumerate(texts):
        gain = sum(t.weight * row[at] for t, row in telling) / total if total else float(at in literal)
        said = len(_WORDS.findall(text)) or 1
        asked = sum(len(t.text) for t in terms if t.cover(text) >= 0.9)
        gains.append(TELLING * gain + whole * min(asked / said, 1.0) + sum(_KIN[said] if family in apart else _UNOPPOSED for family, said in kin[at]) + _year(query, text) + _counted(query.folded, text))
    return tuple(gains)


def _is_whose(word: str, texts: Sequence[str]) -> bool:
    """Is this the place that a sentence begins with, of which all its pieces speak: 丰禾县老旧管网占41%,更换进度为52%?"""
    begins = re.match(rf"[^㐀-鿿]*(?:[{CN}]{{1,3}}、|\([{CN}]{{1,3}}\))?(?:{re.escape(word)}[{_PLACES}]?|{re.escape(word.rstrip(_PLACES))}[{_PLACES}])", texts[0])
    return bool(begins) and begins.group()[-1] in _PLACES and not any(re.search(f"[㐀-鿿][{_PLACES}]", text) for text in texts[1:])  # type: ignore[union-attr]


_PLACES = "省市区县镇乡"


_THING = re.compile(r"(?:几|多少)(?:[个条件家名位项处座所台辆份枚块次起]|万?元)?(?P<thing>[㐀-鿿]{2,6}?)(?:[?,]|$)")
_NAMED = re.compile(rf"[^㐀-鿿]*(?P<name>[㐀-鿿]{{2,6}}?)(?:为|是|有|达到?|共)?[\d{CN}]")
_COUNTED = 0.8
"""What it counts that a piece is the very thing that is asked for and its number, and nothing else: 差评203条."""


def names_itself(asked: str, text: str) -> bool:
    """Does a short piece begin with a name that the question says (差评203条)? Then it is told without what stands before it."""
    named = _NAMED.match(fold(text))
    return bool(named) and named["name"] in asked  # type: ignore[index]


def _counted(asked: str, text: str) -> float:
    thing, named = _THING.search(asked), _NAMED.match(text)
    return _COUNTED if thing and named and thing["thing"] == named["name"] else 0.0


def _literal(asked: str, texts: Sequence[str]) -> frozenset[int]:
    """The only piece that begins with two characters of the question, where its words tell nothing: 修乡道市里 may be cut as 修乡|道市里."""
    hits = frozenset(at for at, text in enumerate(texts) if (label := re.sub("^[、,;和及]+", "", text)[:2]) in asked and re.fullmatch("[㐀-鿿]{2}", label))
    return hits if len(hits) == 1 else frozenset()


_UNOPPOSED = 0.04
_KIN = {SAME: 0.25, AMONG: 0.1, OTHER: -0.2}
"""What it counts that a piece speaks of the member of a family that the question names (个人 is not 单位); less where no other piece speaks of others."""


_YEAR = re.compile(r"(20\d\d)(?!\d)")


def _year(query: Query, text: str) -> float:
    stated = set(_YEAR.findall(text))
    if not stated or not query.scope.years:
        return 0.0
    return _BY_YEAR if stated & {str(year) for year in query.scope.years} else -_BY_YEAR


_BY_YEAR = 0.4
"""What it counts that a piece is about the year asked for; more than its words, which later years seldom repeat."""


_CAP = re.compile(r"\s*(?:单[个次项家户]|每[个次项家户]|累计|总额|年度)?(?:最高|最多|上限|封顶|不超过)")
_RATE = re.compile(r"(?:按|给予|补助|补贴|奖励)[^,，;；。]{0,24}?\d+(?:\.\d+)?%")


def with_rate(document: Document, sentence: Span, segment: Span) -> Span:
    """A cap alone (单个最高30万元) is no answer to how much is paid: the share before it belongs to it (按投资额的40%给予补助)."""
    if not _CAP.match(segment.of(document.text)) or segment.start <= sentence.start:
        return segment
    before = segment_of(document, sentence, Span(segment.start - 2, segment.start - 1))
    return Span(before.start, segment.end) if _RATE.search(before.of(document.text)) else segment
