"""Which earlier documents a text ends or changes: 《X》(某政发〔2019〕3号)同时废止, 代替《X》, 关于修改《X》的决定.

A name counts only where a verb of ending stands right behind or before it: who merely cites a document does not end it, and
what is 已废止 was ended by somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from corpus.clauses import HAN, Reading, read
from corpus.metadata import date_in
from corpus.text import squeeze
from corpus.types import Card, Repeal, Section, Source, Span

_NUMBER = rf"[{HAN}]{{1,12}}\s?[〔\[(【]\s?(?:19|20)\d{{2}}\s?[〕\])】]\s?第?\s?\d{{1,4}}\s?号"
_TITLE = r"《[^《》\n]{2,90}(?:《[^《》\n]{2,60}》[^《》\n]{0,20})?》"
_BRACKET = rf"(?:\((?:{_NUMBER}|[^()\n]{{2,60}})\))"
_ITEM = rf"(?:{_TITLE}\s?{_BRACKET}?|{_NUMBER})"
_AGO = r"(?:原|(?:于)?(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?[^《》,。;\n]{0,14}?(?:的|之)?)?"
_LIST = rf"{_ITEM}(?:\s?(?:[、,]|和|及|以及|与|,?以及){{1,2}}\s?{_AGO}{_ITEM})*"
_ENDED = "废止|失效|停止执行|不再执行|停止使用"
_AFTER = re.compile(rf"(?P<list>{_LIST})(?:等?(?:\d+|[一二三四五六七八九十]+)?[件份个]?(?:文件|文|规定)?)(?P<gap>[^。;《》\n]{{0,24}}?)(?P<verb>{_ENDED})")
_BEFORE = re.compile(rf"(?P<verb>废止|代替|替代|取代)(?:了)?{_AGO}(?P<list>{_LIST})")
_AMENDED = re.compile(rf"(?:对|将){_AGO}(?P<list>{_LIST})(?P<gap>[^。;《》\n]{{0,12}}?)(?:作|做|进行|予以)(?:出)?(?:如下|以下|部分|相应)?(?P<verb>修改|修订|修正)")
_AMENDING = re.compile(rf"关于(?P<verb>修改|修正){_AGO}(?P<list>{_LIST})")
_OPENS_LIST = re.compile(rf"(?:{_ENDED}).{{0,30}}(?:下列|以下|如下)|(?:下列|以下).{{0,40}}(?:{_ENDED})|(?:{_ENDED})的?.{{0,12}}(?:目录|清单|文件)[^。]{{0,6}}$")
_LISTED = re.compile(rf"^\W{{0,3}}(?:[(]?[\d一二三四五六七八九十]{{1,3}}[)]?[.、]?)?\s?(?P<list>{_ITEM})")
_OTHERS = re.compile(r"[未不勿拟]|已经?|之?前|除外")
_PART = re.compile(r"第[^,。;《》]{1,8}[条款章项节]|附件|部分")
_ONE_NAMED = re.compile(rf"(?P<title>{_TITLE})\s?(?P<bracket>{_BRACKET})?|(?P<number>{_NUMBER})")
_NUMBERED = re.compile(_NUMBER)
_DAY = re.compile(r"(?P<day>(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)(?=\s?(?:起|开始|废止|失效|停止))")
_LIMIT = 200


def repeals(source: Source, sections: tuple[Section, ...], card: Card) -> tuple[Repeal, ...]:
    """Find what the text ends or changes, in text order; each document once, the stronger statement first."""
    reading = read(source, sections)
    found: dict[tuple[str, str], Repeal] = {}
    for repeal in _stated(reading, ending=bool(re.search(_ENDED, card.title))):
        place = (repeal.title, repeal.number)
        known = found.get(place)
        if known is None or (known.kind == "amended" and repeal.kind != "amended"):
            found[place] = repeal
        if len(found) == _LIMIT:
            break
    return tuple(replace(repeal, ordinal=ordinal) for ordinal, repeal in enumerate(sorted(found.values(), key=lambda r: r.span)))


def _stated(reading: Reading, *, ending: bool) -> Iterator[Repeal]:
    """ending: the document is a decision that ends others, so that its list needs no verb a line."""
    listing = False
    for sentence in reading.sentences:
        words = reading.plain[sentence.start : sentence.end]
        if "《" not in words and "号" not in words:
            listing = bool(_OPENS_LIST.search(words)) or (listing and len(words) < 60)
            continue
        stated = list(_in_sentence(reading, sentence, words))
        yield from stated
        listed = _LISTED.match(words) if listing or ending else None
        if listed and not stated and not _OTHERS.search(words[listed.end() : listed.end() + 6]):
            yield from _named(reading, sentence, sentence.start + listed.start("list"), listed.group("list"), "repealed", None)
        listing = bool(_OPENS_LIST.search(words)) or (listing and bool(listed))


def _in_sentence(reading: Reading, sentence: Span, words: str) -> Iterator[Repeal]:
    for pattern, kind in ((_AFTER, "repealed"), (_BEFORE, ""), (_AMENDED, "amended"), (_AMENDING, "amended")):
        for match in pattern.finditer(words):
            gap = match.groupdict().get("gap") or ""
            before = words[max(match.start() - 3, 0) : match.start()]
            if _inside_name(words, match.start("verb")) or _OTHERS.search(gap) or _OTHERS.search(before):
                continue
            named = kind or ("repealed" if match.group("verb") == "废止" else "replaced")
            if _PART.search(gap) or _PART.match(words, match.end()):
                named = "amended"
            at = sentence.start + match.start("list")
            yield from _named(reading, sentence, at, match.group("list"), named, _since(reading, sentence, words, match))


def _inside_name(words: str, at: int) -> bool:
    return words.count("《", 0, at) > words.count("》", 0, at)


def _since(reading: Reading, sentence: Span, words: str, match: re.Match[str]) -> date | None:
    """Give the last day named for it: 自2024年2月1日起废止, else that of the sentence, 自2024年1月1日起施行."""
    days = [day for day in _DAY.finditer(words) if not match.start("list") <= day.start() < match.end("list")]
    if not days:
        return None
    found = date_in(reading.plain, sentence.start + days[-1].start("day"), sentence.start + days[-1].end("day"))
    return found[0] if found else None


def _named(reading: Reading, sentence: Span, at: int, words: str, kind: str, since: date | None) -> Iterator[Repeal]:
    """Part a list of names into its documents."""
    for item in _ONE_NAMED.finditer(words):
        number = item.group("number") or _number_in(item.group("bracket") or "")
        title = squeeze((item.group("title") or "")[1:-1])
        span = Span(at + item.start(), at + item.end())
        yield Repeal(0, kind, title, squeeze(number), since, span, sentence)


def _number_in(words: str) -> str:
    found = _NUMBERED.search(words)
    return found.group() if found else ""
