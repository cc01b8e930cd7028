"""A follow-up that changes one word of the question before it, said in full: 望洲县呢, 2025年的呢, 最后一年呢, 不是双一流的呢.

The question before stands in full; the word is put in the place of its like. What asks for another attribute (那配合单位呢) has no such
word and is completed otherwise (`follow_ups`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.question.query import Query, Scope
from assistant.question.scope import Known, short_place
from corpus.numbers import CN, value_of
from corpus.text import fold

_SAID = "(?:问|说|要|指|想问|想知道)"
_NOT_BUT = re.compile(rf"^(?:不对?|错了)?,?(?:我?{_SAID}?的?)不是(?:问)?(?P<no>[^,。?]{{1,12}})[,。](?:而?是|我?{_SAID}的是|是问)(?P<yes>[^,。?]{{1,14}})[?。]?$")
_BUT_NOT = re.compile(rf"^我?{_SAID}的是(?P<yes>[^,。?]{{1,14}})[,。](?:而?不是|不是问)(?P<no>[^,。?]{{1,12}})[?。]?$")
_NEGATED = re.compile(r"^(?:那么?|如果|要是|但)*(?:不是|不属于|没有|不含|不在|非)(?P<what>[^,。?]{2,12}?)(?:的话|的)?(?:呢|怎么办|怎么算|又?是?多少)?[?。]?$")
BEFORE = re.compile(rf"^(?:那么?|换成|改成|如果是|要是|我{_SAID}的是|应该是|不对,?|错了,?|还有)+")
AFTER = re.compile(r"(?:的|那边|那个|这边|那份|方案|文件|情况|呢|又|[?。!])+$")
_YEAR = re.compile(r"(?:到了?|换成)?(?P<year>20\d\d)年?(?:度|底|末)?(?:[,的]?(?:目标|指标|数字|任务)?(?:变成|变为|提高到|又?是|要到?|达到|为)?(?:多少|几)?)")
_NTH_YEAR = re.compile(r"第(?P<n>[一二三四五])年|(?P<first>头一?年|首年)|(?P<last>最后一?年|末年|收官之?年)|(?P<back>[前上]一?年度?)|(?P<on>次年|[后下]一?年度?|再过一年)|^(?P<this>[今本]年|明年|(?P<past>去年))(?:的?(?:目标|计划|任务|指标|安排))?$")


_BUT = re.compile(
    rf"^(?:不对|不是(?:这个|那个|问这个)?|错了|(?:我)?(?:说|问|打)错了|你?(?:理解|搞|弄)错了)[,。!]+(?:(?:我{_SAID}的|应该|其实|而)?是|我{_SAID}(?:的)?)?(?P<yes>[^。?]{{1,16}})[?。]?$"
)
"""A correction that says only what is meant: 不对,我问的是2022年; 不对,是区级的."""
_OPEN = re.compile("谁|哪|什么|啥|多少|几|怎么|如何|何时|吗|么$|多[久长大]")


ANEW = re.compile(r"^(?:那?我?们?(?:换个?(?:话题|问题|别的|一个)|不说这个了?|问(?:点|个)别的|另(?:外)?问(?:你)?(?:一下|一?个(?:问题)?)?|再问一?个别的)(?:吧|问|了)?)[,。:]")
"""Says that another subject begins."""


YEAR_MEANT = re.compile("[今本明去]年")
"""A year named by the day somebody speaks, not by its number."""


def put_right(question: str) -> str:
    """Keep what a correction asks for: 我问的不是牵头,是配合 → 配合呢?"""
    folded = fold(question)
    found = _NOT_BUT.search(folded) or _BUT_NOT.search(folded) or _BUT.search(folded)
    if found and _OPEN.search(found["yes"]):
        return found["yes"]
    return f"{found['yes'].rstrip('呢的')}呢?" if found else question


def in_full(query: Query, before: Query, documents: Sequence[Known], knows: Callable[[str], bool], *, last: bool) -> str | None:
    """Say a follow-up in full by the question before it; None where it is no mere change of a word of it.

    knows: does the library have a string?  last: there is no other question left that it may change; a place or year that none of them
    names is then put before this one.
    """
    text = fold(before.text)
    if (negated := _NEGATED.search(query.folded)) and negated["what"] in text:
        what = negated["what"]
        return text.replace(what, f"非{what}" if knows(f"非{what}") else "其他")
    core = AFTER.sub("", BEFORE.sub("", query.folded))
    if _is_place(core, query.scope):
        return _with_place(core, text, before.scope, last=last)
    if numbered := _numbered(core, before.scope):
        return text.replace(*numbered)
    if year := _year_named(core) or year_meant(core, before, documents):
        return _with_year(str(year), text) if last or re.search(r"(?<!\d)20\d\d(?!\d)", text) else None
    return None


_NEIGHBOUR = re.compile("(?P<back>[上前])一(?:条|章|项|款)|[下后]一(?:条|章|项|款)")


def _numbered(core: str, before: Scope) -> tuple[str, str] | None:
    """The article, chapter or item of the question before, and the one meant instead (第十条呢, 上一条呢)."""
    if len(before.references) != 1:
        return None
    old = before.references[0]
    if found := _NEIGHBOUR.fullmatch(core):
        number = old.number - 1 if found["back"] else old.number + 1
        return (old.text, f"第{number}{core[-1]}") if number > 0 and old.text.endswith(core[-1]) else None
    return (old.text, core) if re.fullmatch(rf"第[{CN}\d]+[条章项款]", core) and old.text.endswith(core[-1]) else None


def names_place_only(query: Query) -> bool:
    """Is a follow-up nothing but a place (临浦县的)?"""
    return _is_place(AFTER.sub("", BEFORE.sub("", query.folded)), query.scope)


def year_meant(text: str, before: Query, documents: Sequence[Known]) -> int | None:
    """The year that 第二年, 最后一年 or 下一年 means: by the years its document runs over, else by the year spoken of."""
    found = _NTH_YEAR.search(text)
    if not found:
        return None
    spans = {d.years for d in documents if d.id in before.scope.documents and d.years and d.years[0] < d.years[1]}
    first, last = spans.pop() if len(spans) == 1 else (min(before.scope.years, default=0), 0)
    spoken = before.scope.years
    if found["n"] or found["first"]:
        return first + (value_of(found["n"]) or 1) - 1 if found["n"] and first else first or None
    if found["last"]:
        return last or None
    # Who contrasts 今年 with a year named means the one after it: reports tell last year's figures beside this year's aims.
    return (min(spoken) - 1 if found["back"] or found["past"] else min(spoken) + 1) if spoken else None


def names_year_only(query: Query) -> bool:
    """Is a follow-up nothing but another year (到了2026年,目标变成多少)?"""
    return _year_named(AFTER.sub("", BEFORE.sub("", query.folded))) is not None


def _year_named(core: str) -> int | None:
    found = _YEAR.fullmatch(core)
    return int(found["year"]) if found else None


def _is_place(core: str, scope: Scope) -> bool:
    forms = sorted((fold(form) for place in scope.places for form in (place, short_place(place))), key=len, reverse=True)
    for form in forms:
        core = core.replace(form, "", 1)
    return bool(scope.places) and not core.strip(",的")


def _with_place(place: str, text: str, before: Scope, *, last: bool) -> str | None:
    """Put a place where the question before names one, or at its head."""
    named = [next((f for f in (fold(p), fold(short_place(p))) if f in text), "") for p in before.places]
    forms = [form for form in named if form]
    if not forms:
        return f"{place}{text}" if last else None
    joined = "".join(sorted(forms, key=text.index))
    return text.replace(joined, place, 1) if joined in text else None


def _with_year(year: str, text: str) -> str | None:
    named = set(re.findall(r"(?<!\d)20\d\d(?!\d)", text))
    if len(named) > 1:
        return None
    return text.replace(named.pop(), year) if named else f"{year}年{text}"
