"""Two places, years or things set beside each other: the open question asked of each side, and the answers held against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.draft import shortened
from assistant.answering.replied import Replied, numbered
from assistant.answering.several import Steps
from assistant.answering.stated import stated_amount, stated_day
from assistant.lexicon.cues import LEADS, WHO
from assistant.lexicon.reckoning import SUM
from assistant.library.library import Library
from assistant.question.compared import MORE
from assistant.question.query import Query
from assistant.question.scope import short_place
from assistant.question.understand import understand
from assistant.types import Answer
from corpus.text import fold
from corpus.types import Span
from corpus.units import split_units

_DEGREE = re.compile(
    r"(?:,)?(?:(?P<which>谁|哪(?:一|个)?(?:个|家|边|份|里)?(?:县|市|区|镇|乡|省|地方?|年|文件|方案|办法)?)(?:的)?)?(?P<about>[㐀-鿿]{0,10}?)"
    rf"(?P<how>(?:更|最|要|得|会|还|定得|比较|建成得|[㐀-鿿]得)*)(?<!多)(?P<degree>(?:{'|'.join(MORE)})(?!少|久|长))(?:了|一?些|一?点|得多|出)*(?P<end>多少|几[㐀-鿿]?|吗|么|不|呢)?[?]?$"
)
_SAME = re.compile(r"(?:,)?(?:是不是|是否)?(?:都|也)?(?:一样|相同|一致)(?:吗|么|不|多|长|高|早|的|呢|大)*[?]?$")
_EITHER = re.compile("(?:,)?是?(?P<up>[升增涨多高])(?:了)?(?:还?是)(?P<down>[降减跌少低])(?:了)?(?=[?,]|$)")
"""Asks in which of two ways the first differs from the second: 多还是少, 是升是降."""
_CHANGED = re.compile(_EITHER.pattern + r"[?]?|(?:,)?(?:有|作|做)?了?(?:什么|啥|何|哪些|没有?|无)?(?:不同|不一样|变化|区别|差别|差异|调整|两样|变(?:了)?)(?:吗|么|没有?|呢)?[?]?$|(?:,)?(?:怎么变|变了没有?|相差|差)(?:的|多少|几[㐀-鿿]?|多大)?[?]?$")
_ASKS = re.compile(rf"多少|多久|几(?!项|条)|什么时候|啥时候|何时|{WHO}|谁")
_APIECE = re.compile("分别(?:说说|讲讲|是|为)?|各自?(?=[是有要补罚给])|,?(?:都|各)(?=是|由|有|为|多少|几)|比一?比|对比(?:一下)?|相比")
_BOTH = re.compile("(?:这|那)?(?:两|俩)(?:个|份|地)?(?:(?P<level>[县市区镇省])|地方?|文件|方案|办法|年|版)(?:的|里)?|新(?:旧|老)(?:两个?|版本?)?(?:的|办法|规定|方案|文件|标准)?里?|各(?:县|地)")
_YEARS_BESIDE = re.compile(
    r"(?P<one>20\d\d)年?(?:度)?(?:[底末])?(?:的)?(?:办法|方案|标准|规定|文件)?(?P<about>[^,;?、]{0,14}?)(?:和|与|跟|同|比|、|较|到)"
    r"(?:(?P<two>20\d\d)年?|(?P<back>[前上头]一?年))(?:度)?(?:[底末])?(?:的|里|办法|方案|相比|比)*"
)
"""Two years set beside each other; the second may be told by the first (比前一年), and what is asked about may stand between them."""
_LEAST = 0.45
"""Probability of each side's answer from which on the two are set side by side."""


@dataclass(frozen=True, slots=True)
class Side:
    """label: how the reply calls it.  asked: the open question of it.  documents: where alone it is looked for; empty: where its words say."""

    label: str
    asked: str
    documents: frozenset[str] = frozenset()


def beside(whole: Replied, steps: Steps) -> Answer | None:
    """Answer a comparison by the value of each side, the verdict first; None where a side has no value of its own."""
    query = whole.query
    if query.language == "en" or "正文" in query.folded:
        return None  # what body and table say of one thing is held together elsewhere
    placed = (len(query.scope.places) == 2 or _THINGS.search(query.folded) or _ALIKE.search(query.folded)) and _DEGREE.search(query.folded)
    years = _YEARS_BESIDE.search(query.folded) and not SUM.search(query.folded)  # 2025年和2026年一共 adds them up
    if query.follow_up or not (query.kind == "compare" or placed or _BOTH.search(query.folded) or years):
        return None
    if named := _row_by_row(whole):
        return named
    for sides in _sides_of(whole, steps.library):
        replies = [_reply(side, steps) for side in sides]
        if all(r.answer.status == "answered" and r.draft and r.answer.confidence >= _LEAST for r in replies):
            return _together(query, tuple(s.label for s in sides), replies)
    return None


def _row_by_row(whole: Replied) -> Answer | None:
    """Lead the cells of two rows (甲馆:85顶;乙馆:60顶) with whether they are the same."""
    draft = whole.draft
    parts = draft.text.split(";") if draft and draft.basis == "cell" else []
    if len(parts) != 2 or not _SAME.search(whole.query.folded) or not all(":" in part for part in parts):
        return None
    one, two = (part.partition(":")[2] for part in parts)
    return replace(whole.answer, answer=f"{'一样' if fold(one) == fold(two) else '不一样'}\n{whole.answer.answer}")


def _sides_of(whole: Replied, library: Library) -> list[tuple[Side, Side]]:
    query = whole.query
    rest = query.folded
    found = _YEARS_BESIDE.search(rest)
    years: tuple[str, ...] = (found["one"], found["two"] or str(int(found["one"]) - 1)) if found else ()
    rest = rest[: found.start()] + found["about"] + rest[found.end() :] if found else rest
    places = query.scope.places if len(query.scope.places) == 2 else ()
    for place in places:
        for form in (fold(place), fold(short_place(place))):
            rest = rest.replace(form, "\0")
    rest = re.sub("\0[和与跟同、比及还是]*\0(?:比一?比)?|^\0|\0", lambda m: "", _BOTH.sub("", rest)).lstrip("和与跟同、比,的")
    found_sides: list[tuple[Side, Side]] = []
    for asked in _open_questions(rest):
        if places:
            found_sides.append((Side(places[0], f"{places[0]}{asked}"), Side(places[1], f"{places[1]}{asked}")))
        elif things := None if years else _ALIKE.search(query.folded) or _THINGS.search(query.folded):
            kind = things.groupdict().get("kind") or ""
            one, two = things["one"].removesuffix(kind) + kind, things["two"].removesuffix(kind) + kind
            rest_of = query.folded[things.end() :]
            found_sides += [(Side(one, f"{one}{q}"), Side(two, f"{two}{q}")) for q in _open_questions(rest_of)]
            return found_sides
        elif twins := _twins(whole, library, years):
            found_sides.append((Side(twins[0][0], asked, frozenset((twins[0][1],))), Side(twins[1][0], asked, frozenset((twins[1][1],)))))
        elif years and (_EITHER.search(query.folded) or not _told_apart(whole, years)):
            found_sides.append((Side(f"{years[0]}年", f"{years[0]}年{asked}"), Side(f"{years[1]}年", f"{years[1]}年{asked}")))
    return found_sides


def _told_apart(whole: Replied, years: Sequence[str]) -> bool:
    """Does the answer to the question read as one tell the figure of each year already?"""
    draft = whole.draft
    return draft is not None and all(re.search(rf"{year}年[^:\n]*:" if draft.basis != "cell" else year, draft.text) for year in years)


_THINGS = re.compile(
    "^(?P<one>[㐀-鿿a-z0-9]{2,8}?)(?:和|与|跟|同|比)(?P<two>[㐀-鿿a-z0-9]{2,8}?)(?:哪(?:一|个)?(?:个|家|边|种|类)?(?P<kind>[㐀-鿿]{2}(?=[㐀-鿿]{1,6}))|(?:哪(?:一|个)?(?:个|家|边|种|类)?|谁)?的)"
)
_ALIKE = re.compile("^(?P<one>[㐀-鿿]{1,6}(?P<like>[㐀-鿿]{2}))(?:比|和|与|跟|同)(?P<two>[㐀-鿿]{1,6}(?P=like))(?!的?(?:和|、))")
"""Two things of one kind: 镜湖营地比云峰营地."""


def _twins(whole: Replied, library: Library, years: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(label, id) of the two documents meant: like documents of two years that are named, or of the only two places or years there are."""
    named = [s.clause.document.id for s in whole.gathered.clauses[:6]]
    for id in dict.fromkeys([*named, *sorted(whole.query.scope.documents)[:4]]):
        of = {d.id: d for d in library.known.alike(id)}
        if len(of) < 2:
            continue
        by_year = {y: i for i, d in of.items() for y in re.findall(r"20\d\d", d.title)[:1]}
        if years and all(y in by_year for y in years):
            return tuple((f"{y}年", by_year[y]) for y in years)
        if years or len(of) != 2:
            continue
        if len(by_year) == 2:
            return tuple((f"{y}年", by_year[y]) for y in sorted(by_year))
        by_place = {d.places[0]: i for i, d in of.items() if d.places}
        if len(by_place) == 2:
            return tuple(by_place.items())
    both = _BOTH.search(whole.query.folded)
    if years or not both:
        return ()
    places: dict[str, str] = {}
    for scored in whole.gathered.clauses[:_NEAR]:
        for place in scored.clause.document.card.places[:1]:
            if not both["level"] or place.endswith(both["level"]):
                places.setdefault(place, scored.clause.document.id)
    return tuple(places.items()) if len(places) == 2 else ()


_NEAR = 8


def _open_questions(rest: str) -> list[str]:
    """What is asked of each side, in the ways worth trying."""
    plain = _APIECE.sub("", _CHANGED.sub("", _SAME.sub("", rest)))
    degree = _DEGREE.search(plain)
    if degree and (plain == rest or not _ASKS.search(plain)) and not _ASKS.search(plain[: degree.start()]):
        stem = plain[: degree.start()] + (degree["about"] or "") + re.sub("更|最|会|还|比较|定得", "", degree["how"] or "")
        stem = stem.rstrip(",得")
        if degree["degree"] in ("早", "晚", "快", "慢"):
            return [f"{stem}什么时候?", f"{stem}的时限是什么时候?"]
        if degree["degree"] in ("久", "长", "短"):
            return [f"{stem}多久?", f"{stem}是多少?"]
        if degree["degree"] in ("贵", "便宜"):
            return [f"{stem}多少钱?"]
        if degree["degree"] in ("远", "近"):
            return [f"{stem}多少米?", f"{stem}多少公里?"]
        counted = re.search("[人钱元块天家个户次项亩]$", stem)
        return [f"{stem[:-1]}多少{counted.group()}?" if counted else f"{stem}多少?", f"{stem}是多少?"]
    # 每户最多补多少,哪个高: the question of each side stands before that for the greater.
    plain = (plain[: degree.start()] if degree and _ASKS.search(plain[: degree.start()]) else plain).rstrip(",?的")
    return _asked_plainly(plain) if plain else []


def _asked_plainly(plain: str) -> list[str]:
    """The questions for what a noun phrase names (水质检测的频次 → 多久一次); one that is a question already comes back."""
    if often := re.search("频[次率]$", plain):
        return [f"{plain[: often.start()].rstrip('的')}多久一次?", f"{plain}是多少?"]
    if _ASKS.search(plain):
        return [f"{plain}?"]
    if re.search(f"{LEADS}(?:单位|部门|方)?$", plain):
        return [f"{plain}是谁?"]
    if re.search("处罚|罚则|后果|处理(?:办法|方式)?$", plain):
        return [f"{re.sub('的?(?:处罚|罚则|后果|处理)(?:办法|方式|规定)?$', '', plain)}怎么处理?"]
    if re.search("时限|期限|时间|截止|日期$", plain):
        return [f"{plain}是什么时候?", f"{plain}是多久?"]
    if re.search("(?:方式|方法|做法|来源|渠道|流程|程序|主体|对象|范围|内容)$", plain):
        return []  # what is set beside each other is how, not how much
    return [f"{plain}是多少?", f"{plain}是多久?"] if not re.search("年限|期$", plain) else [f"{plain}是多久?"]


def _reply(side: Side, steps: Steps) -> Replied:
    query = understand(side.asked, steps.library.knowledge)
    if side.documents:
        query = replace(query, scope=replace(query.scope, documents=side.documents, unknown=()))
    return steps.reply(query)


# ---------------------------------------------------------------- together


def _together(query: Query, labels: tuple[str, ...], replies: Sequence[Replied]) -> Answer | None:
    texts = [reply.answer.answer for reply in replies]
    if any("\n" in text for text in texts) and len(" ".join(texts)) > _LONG:
        return None
    lines = "\n".join(f"{label}:{shortened(text.removeprefix(f'{label}:').replace(chr(10), ';'), 160)}" for label, text in zip(labels, texts, strict=True))
    if _of_other_things(replies, labels) or (re.search("什么|啥|何|哪些", query.folded) and _CHANGED.search(query.folded) and _order(replies) == 0):
        return None  # what is asked for is a difference, and these values show none
    word = "" if _EACH.search(query.folded) and not _HELD.search(query.folded) else _verdict(query, labels, replies)
    citations = numbered(c for reply in replies for c in reply.answer.citations)
    answer = f"{word}\n{lines}" if word else lines
    notes = tuple(dict.fromkeys(n for r in replies for n in r.answer.notes))
    return replace(replies[0].answer, question=query.text, kind="compare", answer=answer, citations=citations, notes=notes, confidence=min(r.answer.confidence for r in replies))


_LONG = 500
_EACH = re.compile(rf"(?:各|分别)(?:自|都)?(?:是|有|要|为)?(?:{WHO}|多少|几|什么|哪|多[大长高久])")
_HELD = re.compile("一样|相同|一致|不同|区别|差|变|更|最|比")
"""各几艘 asks for two figures; 各几艘,一样吗 also how they compare."""


def _of_other_things(replies: Sequence[Replied], labels: tuple[str, ...]) -> bool:
    """Does the sentence of one side name a thing asked about that the other's does not (高危企业)?"""
    cited = [fold(stated_amount(r.draft).sentence) for r in replies if r.draft]
    terms = [t for t in replies[0].query.terms if t.required and len(t.text) > 1 and not _YEAR.fullmatch(t.text) and not any(t.text in fold(label) for label in labels)]
    covers = [sorted(t.cover(text) for text in cited) for t in terms]
    return any(low < _ABSENT and high >= _PRESENT for low, high in covers)


_YEAR = re.compile(r"20\d\d")
_ABSENT, _PRESENT = 0.3, 0.9


def _verdict(query: Query, labels: tuple[str, ...], replies: Sequence[Replied]) -> str:
    """The line that leads the answer, "" where the values cannot be compared."""
    order = _order(replies)
    if order is None:
        return ""
    folded = query.folded
    if either := _EITHER.search(folded):
        return f"{labels[0]}{either['up'] if order > 0 else either['down']}" if order else "两者一样"
    degree = _DEGREE.search(_CHANGED.sub("", folded))
    if _SAME.search(folded) or not degree:
        return "一样" if order == 0 else "不一样"
    way = MORE[degree["degree"]]
    if order == 0:
        return "两者一样" if degree["which"] else "不是,两者一样"
    ahead = labels[0] if order * way > 0 else labels[1]
    if degree["which"] or not re.search("吗|么|不$|没有", folded):
        return f"{ahead}更{degree['degree']}"
    claimed = _claimed_ahead(folded, labels)
    return ("是" if ahead == claimed else "不是") + f",{ahead}更{degree['degree']}"


def _claimed_ahead(folded: str, labels: tuple[str, ...]) -> str:
    """Of A比B早吗 the one that is said to be ahead: A."""
    at = {label: min((i for form in (fold(label), fold(short_place(label)), label.rstrip("年")) if (i := folded.find(form)) >= 0), default=-1) for label in labels}
    than = folded.find("比")
    before = [label for label in labels if 0 <= at[label] < than]
    behind = [label for label in labels if at[label] > than]
    if before:
        return before[0]
    return next((label for label in labels if label not in behind), labels[0])


def _order(replies: Sequence[Replied]) -> int | None:
    """1 where the first value is the greater (the later), -1 the smaller, 0 the same; None where they are of different natures."""
    one, two = (reply.draft for reply in replies)
    assert one is not None and two is not None
    if one.kind == two.kind and one.kind in ("lead", "support"):
        named = [{m.value for m in split_units(d.text, Span(0, len(d.text)))} for d in (one, two)]
        return 0 if named[0] == named[1] else 1
    first, second = stated_day(one), stated_day(two)
    if first and second and first.until and second.until and one.kind == two.kind == "deadline":
        return (first.until > second.until) - (first.until < second.until)
    a = stated_amount(one).amount
    b = stated_amount(two, a).amount if a else None
    if a is None or b is None:
        return 0 if fold(one.text) == fold(two.text) else None
    return 0 if a.equals(b) else 1 if a.number > b.number else -1
