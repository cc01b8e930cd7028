"""What terms mean, where the document itself says it.

Policy texts explain their short forms in a handful of ways: a bracket after the term, a list before it, a colon or a dash after it, 是指, 即,
以下简称. A term that counts (“五到位”) is checked against the members of its explanation, which also chooses between explanations. A term that is
only quoted gets no definition.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.asked_terms import asked_terms
from corpus.clauses import HAN, Reading, read, split
from corpus.lists import CountTerm, count_term, list_before, members, trim_lead
from corpus.numbers import CN, value_of
from corpus.types import Definition, Mention, Section, Source, Span

_NO_EXPLANATION = re.compile(
    r"责任|牵头|负责|配合|详?见附|见下|附件|试行|暂行|修订|征求意见|送审|以下|下同|简称|统称|如有|不含|除外|参照|略|共\d|第[一二三四五六七八九十\d]+[条号期]|[\d年月日.\-—~至〔〕]+号?$|https?:"
)
_MIDDLE = rf"[{HAN}]{{0,6}}"
_AFTER_TERM = re.compile(rf"(?P<noun>{_MIDDLE}?)\s?(?P<sign>\(|:|——?|—{{2}}|是指|指的是|,?\s?即(?![可将使便日时刻办])[:]?|,?\s?也就是|,?指(?![出导挥定示明引标数派令南针望向控])|,指)")
_SHORT_FORM = re.compile(r"\((?:以下|下)?(?:均|分别|合并|并|统)?(?:简称|统称|合称|称|称为)(?:为)?[:]?\s?(?P<terms>[^()]{1,60})\)")
_MEANS_SIGN = re.compile(r"(?<![但凡都只就不正仅])是指(?!导|挥|示)|(?<!联)系指(?!导|标)|指的是|[,]\s?指(?=[^出导挥定示明引标])|的含义是|的含义为")
_NEXT_TERM = re.compile(r"[;,]\s?所[称指]")  # 所称甲,是指…;所称乙,是指…
_THAT_IS = re.compile(r"[,(—]\s?即(?![可将使便日时刻席办])[:]?|,?也就是说?[,:]?")
_GRADE = re.compile(rf"(?P<term>(?:[A-DⅠⅡⅢⅣ]|[1-5一二三四五]|[红橙黄蓝]色?)级)(?:风险)?(?:为|即|\()(?P<meaning>[{HAN}]{{2,20}})")
_COUNTED_NOUN = re.compile(
    rf"(?<![\d.{CN}第])(?:等|这|共|实行|做到|实现|落实|推行|的)?(?P<term>(?P<count>[二两三四五六七八九十]{{1,2}}|\d{{1,2}})[个项种类条步级色区线大张把](?P<noun>[{HAN}]{{0,4}}))"
)
_NOUN_END = re.compile(r"[的高进开实为等标是要和与在上中内予加给都均并入挂逐]|分类|分别|安全")
_ARTICLE_LEAD = re.compile(r"^(?:第[一二三四五六七八九十百\d]{1,5}条|本(?:条例|办法|规定|细则|法|规则|方案|通知|意见|预案|标准|制度|规范|章程)(?:中|所称的?|所指的?|下列用语)?|所称的?|其中|这里的?|[(]?[一二三四五六七八九十\d]{1,2}[)、.])\s?")
_NO_NOUN = ("主要", "其中", "各类", "以下", "包括", "单位", "部门", "企业")
_NAME_LEAD = re.compile(r"^(?:.*?(?:根据|结合|依据|按照|依托|关于|会同|经由|成立|设立|组建|建立|制定|印发|开展|委托|报送|由|将))")

_REACH, _TRIES, _SHORT_SENTENCE = 800, 20, 90


@dataclass(frozen=True, slots=True)
class _Found:
    term: Span
    meaning: Span
    members: tuple[Span, ...]
    clause: Span


def definitions(source: Source, sections: tuple[Section, ...]) -> tuple[Definition, ...]:
    """Find the terms the document explains, in text order; the first and fullest explanation of a place wins."""
    reading = read(source, sections)
    found = [*_quoted_terms(reading), *_meant(reading), *_short_forms(reading), *_graded(reading)]
    found += [*_counted_lists(reading), *_bracketed_nouns(reading, {item.term for item in found}), *(_Found(t, m, (), c) for t, m, c in asked_terms(reading))]
    found += _matched_by_key(reading, {reading.plain[item.term.start : item.term.end] for item in found})
    found.sort(key=lambda item: (item.term.start, -len(item.meaning)))
    return tuple(_definitions(reading, found))


def _definitions(reading: Reading, found: list[_Found]) -> Iterator[Definition]:
    seen: set[tuple[int, int]] = set()
    ordinal = 0
    for item in found:
        key = (item.term.start, item.meaning.start)
        if key in seen or item.term.overlaps(item.meaning) or not len(item.term):
            continue
        seen.add(key)
        index, path = reading.place(item.term.start)
        term, meaning, *parts = (Mention(reading.value(span), span) for span in (item.term, item.meaning, *item.members))
        yield Definition(ordinal, index, path, term, meaning, tuple(parts) if len(parts) > 1 else (), item.clause)
        ordinal += 1


# ---------------------------------------------------------------- quoted terms


def _quoted_terms(reading: Reading) -> Iterator[_Found]:
    for term in reading.quotes:
        if len(term) > 24 or "\n" in reading.plain[term.start : term.end]:
            continue
        counted = count_term(reading.plain[term.start : term.end])
        explained = _after(reading, term, counted)
        if counted and (explained is None or not _agrees(explained, counted)):
            explained = _before(reading, term, counted) or _clauses_after(reading, term, counted) or explained
        if explained:
            yield explained


def _agrees(found: _Found, counted: CountTerm) -> bool:
    return len(found.members) == counted.total


def _after(reading: Reading, term: Span, counted: CountTerm | None) -> _Found | None:
    """Read what follows a quoted term: `(…)`, `:…`, `——…`, `,即…`."""
    match = _AFTER_TERM.match(reading.plain, term.end + 1)
    if not match:
        return None
    if match.group("sign") == "(":
        return _bracket(reading, term, match.end() - 1, counted, adjacent=not match.group("noun"))
    sentence = reading.sentence(term.start)
    meaning = _trimmed(reading.plain, Span(match.end(), max(match.end(), min(sentence.end, match.end() + _REACH))))
    if match.group("sign") in (":", "—", "——") and counted is None:
        return None
    if counted and match.group("sign") in (":", "—", "——"):
        return _expansion(reading, term, meaning, counted, sentence)
    if len(meaning) < 2:
        return None
    if "即" in match.group("sign"):
        meaning = _that_is(reading.plain, meaning, counted)
    return _Found(term, meaning, _members(reading.plain, meaning, counted), sentence)


def _bracket(reading: Reading, term: Span, opened: int, counted: CountTerm | None, *, adjacent: bool) -> _Found | None:
    closed = reading.brackets.get(opened)
    if closed is None or closed - opened < 3:
        return None
    meaning = _trimmed(reading.plain, Span(opened + 1, closed))
    words = reading.plain[meaning.start : meaning.end]
    parts = _members(reading.plain, meaning, counted)
    listed = len(parts) > 1
    if _NO_EXPLANATION.search(words) and not (counted and len(parts) == counted.total):
        return None
    if not listed and (counted or not adjacent or len(words) < 4):
        return None
    return _Found(term, meaning, parts, Span(_clause_start(reading, term.start), closed + 1))


def _expansion(reading: Reading, term: Span, meaning: Span, counted: CountTerm, sentence: Span) -> _Found | None:
    """Take what follows a colon or dash as meaning when it has as many members as the term counts."""
    for marks in ("、", ";", ",", "、,"):
        parts = split(reading.plain, meaning, marks)
        if len(parts) == counted.total:
            return _Found(term, meaning, tuple(parts), sentence)
    parts = list(members(reading.plain, meaning))
    return _Found(term, meaning, tuple(parts), sentence) if len(parts) == counted.total else None


def _before(reading: Reading, term: Span, counted: CountTerm) -> _Found | None:
    """Take the list that ends at the term: `责任、措施、资金、时限和预案“五到位”`, also with its own quotes or in brackets before."""
    start = term.start - 1
    if reading.plain[start - 1 : start] in ("(", ",", "、", "。", ":", ";") and not _opened_alone(reading, start):
        return None
    end = start - 1 if _opened_alone(reading, start) else start
    sentence = reading.sentence(term.start)
    quoted = next((span for span in reading.quotes if span.end + 1 == end), None)
    if quoted is not None:
        parts = tuple(members(reading.plain, quoted))
    else:
        parts = list_before(reading.plain, sentence.start, end, counted.total)
    if len(parts) != counted.total or max(map(len, parts)) > 20:
        return None
    return _Found(term, Span(parts[0].start, parts[-1].end), parts, Span(_clause_start(reading, parts[0].start), term.end + 1))


def _opened_alone(reading: Reading, start: int) -> bool:
    """Tell whether the bracket before the quote holds nothing but the term: `A、B、C(“三违”)`."""
    return reading.plain[start - 1 : start] == "(" and start - 1 in reading.brackets


def _clauses_after(reading: Reading, term: Span, counted: CountTerm) -> _Found | None:
    """Take the clauses after `“两述职一报告”制度,` when each part is named as often as it is counted."""
    sentence = reading.sentence(term.start)
    if len(counted.parts) < 2:
        return None
    rest = split(reading.plain, Span(term.end + 1, min(sentence.end, term.end + _REACH)), ",;")[1:]
    if len(rest) < counted.total:
        return None
    parts = tuple(rest[: counted.total])
    texts = [reading.plain[part.start : part.end] for part in parts]
    words = reading.plain[term.start : term.end]
    for count, key in counted.parts:
        if any(words in text for text in texts) or sum(key in text for text in texts) != count:
            return None
    return _Found(term, Span(parts[0].start, parts[-1].end), parts, sentence)


# ---------------------------------------------------------------- 是指, 即, 简称


def _meant(reading: Reading) -> Iterator[_Found]:
    for sign in _MEANS_SIGN.finditer(reading.plain):
        sentence = reading.sentence(sign.start())
        term = _term_before(reading.plain, Span(max(sentence.start, sign.start() - 60), sign.start()))
        end = min(sentence.end, sign.end() + _REACH)
        if reading.plain[sign.end() : sign.end() + 1] == ":":
            end = _listed_end(reading, sentence)
        elif other := _NEXT_TERM.search(reading.plain, sign.end(), end):
            end = other.start()
        meaning = _trimmed(reading.plain, Span(sign.end(), end))
        if term and len(meaning) > 3:
            yield _Found(term, meaning, _members(reading.plain, meaning, None), Span(sentence.start, end))
    for sign in _THAT_IS.finditer(reading.plain):
        sentence = reading.sentence(sign.start())
        quoted = next((span for span in _quotes_within(reading, Span(max(0, sign.start() - 40), sign.start()))), None)
        if quoted is None or sign.start() - quoted.end > 12 or quoted.start < sentence.start:
            continue
        counted = count_term(quoted.of(reading.plain))
        meaning = _that_is(reading.plain, _trimmed(reading.plain, Span(sign.end(), min(sentence.end, sign.end() + _REACH))), counted)
        yield _Found(quoted, meaning, _members(reading.plain, meaning, counted), sentence)


def _quotes_within(reading: Reading, span: Span) -> list[Span]:
    index = bisect_left(reading.quotes, span.end, key=lambda quoted: quoted.start)
    return [quoted for quoted in reversed(reading.quotes[max(0, index - 3) : index]) if quoted.start >= span.start and quoted.end < span.end]


def _that_is(plain: str, meaning: Span, counted: CountTerm | None) -> Span:
    """Bound an explanation after 即: the whole list when the term counts it, else the clause."""
    closed = plain.find(")", meaning.start, meaning.end)
    opened = plain.find("(", meaning.start, meaning.end)
    if closed >= 0 and not 0 <= opened < closed:
        meaning = Span(meaning.start, closed)
    parts = split(plain, meaning, ",;")
    if counted and len(parts) == counted.total:
        return meaning
    # A short sentence explains to its end (即…验收,公示7天后销号); of a long one, or where members are counted, the first clause does.
    return (split(plain, meaning, ";") if not counted and len(meaning) <= _SHORT_SENTENCE else parts)[0] if parts else meaning


def _term_before(plain: str, span: Span) -> Span | None:
    """Give the term that stands before 是指: quoted, after 所称, or the subject of the clause."""
    words = plain[span.start : span.end].rstrip(" ,:")
    span = Span(span.start, span.start + len(words))
    parts = split(plain, span, ",;:。")
    if not parts:
        return None
    term = parts[-1]
    quoted = re.search(r"“([^”]{1,30})”[^“”]{0,4}$", plain[term.start : term.end])
    if quoted:
        return Span(term.start + quoted.start(1), term.start + quoted.end(1))
    called = plain.rfind("所称", term.start, term.end)
    start = called + 2 if called >= 0 else term.start
    while match := _ARTICLE_LEAD.match(plain[start : term.end]):
        start += match.end()
    if plain.startswith("的", start):
        start += 1
    return _trimmed(plain, Span(start, term.end)) if 1 < term.end - start <= 30 else None


def _listed_end(reading: Reading, sentence: Span) -> int:
    """Give the end of the items that follow `…是指:` on lines of their own."""
    section = reading.section(sentence.start)
    limit = min(section.span.end if section else len(reading.plain), sentence.end + 800)
    lines = re.compile(r"\n\s*(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.]|[-—·•])[^\n]{1,200}")
    end = sentence.end
    while end < limit and (match := lines.match(reading.plain, end, limit)):
        end = match.end()
    return end


def _short_forms(reading: Reading) -> Iterator[_Found]:
    for match in _SHORT_FORM.finditer(reading.plain):
        quoted = _quotes_within(reading, Span(match.start(), match.end()))
        term = quoted[-1] if len(quoted) == 1 else Span(match.start("terms"), match.end("terms"))
        sentence = reading.sentence(match.start())
        meaning = _name_before(reading.plain, Span(max(sentence.start, match.start() - 80), match.start()))
        if len(meaning) > 1:
            yield _Found(term, meaning, _members(reading.plain, meaning, None), Span(_clause_start(reading, meaning.start), match.end()))


def _name_before(plain: str, span: Span) -> Span:
    """Give the name that stands before a bracket: a whole title, or the clause without the words that lead in."""
    if plain[span.end - 1 : span.end] == "》":
        opened = plain.rfind("《", span.start, span.end)
        return Span(opened, span.end) if opened >= 0 else span
    parts = split(plain, span, ",;:。")
    name = parts[-1] if parts else span
    while article := _ARTICLE_LEAD.match(plain[name.start : name.end]):
        name = _trimmed(plain, Span(name.start + article.end(), name.end))
    lead = _NAME_LEAD.match(plain[name.start : name.end])
    shorter = Span(name.start + lead.end(), name.end) if lead and lead.end() < len(name) - 1 else name
    return trim_lead(plain, shorter)


# ---------------------------------------------------------------- grades, counted lists, nouns with a bracket


def _graded(reading: Reading) -> Iterator[_Found]:
    for match in _GRADE.finditer(reading.plain):
        sentence = reading.sentence(match.start())
        meaning = Span(match.start("meaning"), match.end("meaning"))
        if not _NO_EXPLANATION.search(match.group("meaning")):
            yield _Found(Span(match.start("term"), match.end("term")), meaning, (), sentence)


def _counted_lists(reading: Reading) -> Iterator[_Found]:
    """Read `“关、逃、喊、报、助”五步法` and `红、橙、黄、蓝四种颜色`: the list first, then the term that counts it."""
    for match in _COUNTED_NOUN.finditer(reading.plain):
        count = value_of(match.group("count")) or 0
        before = reading.plain[match.start() - 1 : match.start()]
        if not 2 <= count <= 30 or not before or before in "\n 第、(,。“:;":
            continue
        term = _cut_noun(match)
        if term.end - match.start("noun") < {"级": 0, "色": 0, "步": 1, "区": 1}.get(match.string[match.start("noun") - 1], 2):
            continue
        quoted = next((span for span in _quotes_within(reading, Span(max(0, match.start() - 130), match.start())) if span.end + 1 == match.start()), None)
        sentence = reading.sentence(match.start())
        parts = members(reading.plain, quoted) if quoted else list_before(reading.plain, sentence.start, match.start(), count, commas=True)
        if len(parts) == count and (count > 2 or quoted):
            meaning = Span(parts[0].start, parts[-1].end)
            yield _Found(term, meaning, tuple(parts), Span(_clause_start(reading, meaning.start), term.end))


def _cut_noun(match: re.Match[str]) -> Span:
    start = match.start("term")
    head = match.start("noun")
    end = match.end("term")
    stop = _NOUN_END.search(match.string, head, end)
    return Span(start, stop.start() if stop else end)


def _bracketed_nouns(reading: Reading, known: set[Span]) -> Iterator[_Found]:
    """Read `比对检查(生产经营单位、监管部门先后进行自查、检查,…)`: a noun without quotes and a bracket that lists or describes."""
    for opened, closed in sorted(reading.brackets.items()):
        words = reading.plain[opened + 1 : closed]
        if closed - opened < 9 or reading.plain[opened - 1 : opened] in "”》\n,。;、(" or _NO_EXPLANATION.search(words):
            continue
        meaning = _trimmed(reading.plain, Span(opened + 1, closed))
        parts = _members(reading.plain, meaning, None)
        if len(parts) < 3 and not ("," in words and "、" in words):
            continue
        part = split(reading.plain, Span(max(reading.sentence(opened).start, opened - 40), opened), "、,;:。")
        term = trim_lead(reading.plain, part[-1]) if part else Span(opened, opened)
        if 2 <= len(term) <= 12 and reading.value(term) not in _NO_NOUN and term not in known and re.fullmatch(rf"[{HAN}A-Za-z\d]+", reading.plain[term.start : term.end]):
            yield _Found(term, meaning, parts, Span(_clause_start(reading, term.start), closed + 1))


# ---------------------------------------------------------------- terms explained elsewhere


def _matched_by_key(reading: Reading, explained: set[str]) -> list[_Found]:
    """Explain `“三铁”` by a list of three in its own section whose members all begin or end with its key word."""
    found: list[_Found] = []
    tried: Counter[str] = Counter()
    for term in reading.quotes:
        words = reading.plain[term.start : term.end]
        tried[words] += 1
        if tried[words] > _TRIES:
            continue
        counted = count_term(words)
        # A list that cannot be there needs no pattern, which would have to be made for it.
        if counted and counted.key and words not in explained and 3 <= counted.total <= 12 and reading.plain.count(counted.key) >= counted.total:
            found += filter(None, [_nearest_list(reading, term, counted)])
    return found


def _nearest_list(reading: Reading, term: Span, counted: CountTerm) -> _Found | None:
    section = reading.section(term.start)
    scope = section.span if section else reading.sentence(term.start)
    scope = Span(max(scope.start, term.start - 600), min(scope.end, term.end + 600))
    key, total, member = re.escape(counted.key), counted.total, r"[^、,;。:“”()\s《》\d]{0,10}"
    leading = rf"{key}{member}(?:[、和]{key}{member}){{{total - 1}}}"
    trailing = rf"{member}{key}(?:[、和]{member}{key}){{{total - 1}}}"
    best: _Found | None = None
    for match in re.compile(f"{leading}(?!、)|{trailing}(?!、)").finditer(reading.plain, scope.start, scope.end):
        span = Span(match.start(), match.end())
        parts = members(reading.plain, span)
        if len(parts) != total:
            continue
        widths = {len(part) for part in parts[1:-1]}
        if len(widths) == 1 and len(parts[-1]) > (width := widths.pop()):
            parts = (*parts[:-1], Span(parts[-1].start, parts[-1].start + width))
        parts = (trim_lead(reading.plain, parts[0]) if reading.plain[parts[0].start] != counted.key[0] else parts[0], *parts[1:])
        meaning = Span(parts[0].start, parts[-1].end)
        item = _Found(term, meaning, parts, reading.sentence(span.start))
        if best is None or abs(span.start - term.start) < abs(best.meaning.start - term.start):
            best = item
    return best


# ---------------------------------------------------------------- spans


def _members(plain: str, meaning: Span, counted: CountTerm | None) -> tuple[Span, ...]:
    """Split an explanation; when the term counts its members, by the mark that gives as many."""
    found = members(plain, meaning)
    if counted is None or len(found) == counted.total:
        return found if all(len(part) <= 60 for part in found) else ()
    for marks in (",", ";", "、,"):
        parts = split(plain, meaning, marks)
        if len(parts) == counted.total:
            return tuple(parts)
    return found


def _trimmed(plain: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and plain[start] in " \n,:—":
        start += 1
    while end > start and plain[end - 1] in " \n。;,!":
        end -= 1
    return Span(start, end)


def _clause_start(reading: Reading, at: int) -> int:
    sentence = reading.sentence(at)
    floor = max(sentence.start, at - _REACH)
    cut = max(reading.plain.rfind(mark, floor, at) for mark in ",;:。") + 1
    return max(floor, cut)
