"""Reasons not to answer that lie in the question: a place, year, attachment or item the library does not have, a false premise."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.answering.clauses import segments
from assistant.answering.evidence import CAUSE, Gathered, document_meant, ranked_duties
from assistant.compose.purposes import purpose_of
from assistant.lexicon.aspects import ASPECTS
from assistant.lexicon.cues import REASON, WHY
from assistant.library.library import Library
from assistant.question.query import Query, Reference
from assistant.question.scope import is_place_name
from assistant.question.tagging import Words
from assistant.question.terms import coverage
from assistant.question.tiers import fits, steps_in
from corpus.numbers import CN, numeral_of, value_of
from corpus.text import fold
from corpus.types import Document
from corpus.units import unit_matches

_CONTENT = re.compile(r"》(?:的|里|中|里面|一共|总共|共|全文|,)*(?:有)?(?:罚则|(?:几|多少)(?:条|章|款)|全文|具体内容|内容|第|哪几章|规定了|怎么规定|如何规定)")
_BROKEN = re.compile(r"违反了?《[^》]{2,40}》[^。?]{0,20}(?:罚|处分|处理|后果|追责)")
"""Asks what breaking a rule costs that is named by its title."""
_LAW = re.compile(r"[《]([^》]{2,40})[》]|((?:[㐀-鿿]{2,12})(?:法|条例))(?=第)")


def scope_problem(query: Query, library: Library) -> str:
    """Say why the scope of the question is empty, "" when it is not."""
    scope = query.scope
    if scope.unknown:
        return f"文件库中没有“{'、'.join(scope.unknown)}”的文件"
    # To find the documents that may be meant takes a ranking; nothing looks at them for a question without any of these.
    looks = scope.attachment is not None or scope.references or scope.years or _CONTENT.search(query.folded) or _BROKEN.search(query.folded)
    documents = list(library.likely(query)) if looks else []
    anywhere = not library.small and len(documents) != len(scope.documents)
    number = scope.attachment
    if number is not None and not (anywhere and library.has_attachment(number)) and (problem := _no_attachment(number, documents)):
        return problem
    if problem := _other_law(query, documents):
        return problem
    for reference in scope.references:
        if problem := _no_item(reference, query, documents):
            return problem
    for term in query.terms:
        grade = _GRADE.fullmatch(term.text)
        if grade and not term.known and not _SAME_GRADE.search(query.folded) and not any(library.occurs(f"{form}级", scope.documents) for form in _forms(grade.group(1))):
            return f"文件中没有“{term.text.upper()}”"
    years = [y for y in scope.years if not (library.has_year(y) if anywhere else any(_covers_year(d, y) for d in documents))]
    if years and len(years) == len(scope.years):
        return f"文件中没有{'、'.join(map(str, years))}年的内容"
    return ""


_GRADE = re.compile(rf"([{CN}]|[ivx]{{1,4}}|\d)级")
_SAME_GRADE = re.compile("[同上下哪逐每任]一级|一级政府")
"""Points at a level and names none."""
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def _forms(grade: str) -> tuple[str, ...]:
    """The ways one number of a grade is written: 2, 二, ii."""
    value = _ROMAN.index(grade) if grade in _ROMAN else value_of(grade) or 0
    return (str(value), numeral_of(value), _ROMAN[value]) if 0 < value < len(_ROMAN) else (grade,)


def _no_attachment(number: int, documents: list[Document]) -> str:
    counts = [len({s.attachment for s in d.sections if s.attachment is not None}) or len(d.card.attachments) for d in documents]
    known = {s.attachment for d in documents for s in d.sections if s.attachment is not None} | {n for d in documents for n, _ in d.card.attachments}
    if number in known:
        return ""
    return f"没有附件{number},共{max(counts, default=0)}个附件"


def _other_law(query: Query, documents: list[Document]) -> str:
    """A numbered article of a law that is not one of the documents cannot be quoted, even if they name the law."""
    asks_content = _CONTENT.search(query.folded) or _BROKEN.search(query.folded)
    if not any(r.family == "article" for r in query.scope.references) and not asks_content:
        return ""
    broken = _BROKEN.search(query.folded)
    for match in _LAW.finditer(query.folded):
        law = match.group(1) or match.group(2)
        if broken and any(re.search(f"{re.escape(law)}》?[^。]{{0,80}}(?:罚|处分|追究)", fold(d.text)) for d in documents):
            return ""
        if not any(_names(law, d.title.replace(" ", "")) for d in documents):
            return f"文件库中没有《{law}》的原文"
    return ""


def _names(law: str, title: str) -> bool:
    """Is this the title, or short for it (云泊餐厨办法 for 云泊市餐厨垃圾管理办法)? 安全生产法 is not short for 安全生产管理办法."""
    at = 0
    for character in law:
        at = title.find(character, at) + 1
        if not at:
            return title in law
    return law[-2:] in title


def _no_item(reference: Reference, query: Query, documents: list[Document]) -> str:
    """第22条 of 21: say how many there are. Only for documents that number such items."""
    meant = documents[0] if len(documents) == 1 else document_meant(query, documents)
    if meant is None:
        return ""
    document = meant
    if reference.family == "ordinal":
        return _beyond_stated(reference, document)
    families = {"cn_paren": ("cn_paren",), "chapter": ("chapter",), "article": ("article", "arabic"), "item": ("arabic", "cn_paren", "cn")}.get(reference.family, ())
    numbers = {f: [s.number for s in document.sections if s.family == f and s.number is not None] for f in families}
    for duty in document.facts.duties:
        if reference.family == "cn_paren" and duty.measure:
            label = re.match(r"[((]([一二三四五六七八九十]+)[))]", duty.measure.value)
            if label:
                numbers.setdefault("cn_paren", []).append(value_of(label.group(1)) or 0)
    if reference.family == "item":
        numbers["row"] = [value_of(f.number) or 0 for f in document.facts.duties if f.source == "row"]
    highest = max((n for ns in numbers.values() for n in ns if n is not None), default=None)
    if highest is None or reference.number <= highest:
        return ""
    word = {"cn_paren": "项", "chapter": "章", "article": "条"}.get(reference.family, "项")
    return f"没有{reference.text},只有{highest}{word}"


def _beyond_stated(reference: Reference, document: Document) -> str:
    """第六大行动 of a plan that announces five (“大起底、…”五大行动)."""
    noun = re.sub(rf"^第[{CN}\d]+(?:大|个|项)?", "", reference.text)
    stated = [value_of(m) for m in re.findall(rf"([{CN}]{{1,3}}|\d{{1,2}})(?:大|个|项|条)?(?:具体|专项|重点|主要)?{noun}", fold(document.text))]
    counts = [n for n in stated if n and n > 1]
    if counts and reference.number > max(counts):
        return f"没有{reference.text},只有{max(counts)}项{noun}"
    return ""


_SINCE = re.compile(r"(?P<year>20\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:(?P<after>以后|以来|之后|后)|以前|之前|前)(?=[^,，。;；]{1,10}的)")
"""2019年以后新建的 says what holds for every later year."""


def _open_to(match: re.Match[str], year: int) -> bool:
    """Is a year within a stretch of time that has one end?"""
    return int(match["year"]) <= year if match["after"] else year <= int(match["year"])


def _covers_year(document: Document, year: int) -> bool:
    if str(year) in document.text or any(_open_to(match, year) for match in _SINCE.finditer(document.text)):
        return True
    return bool(document.card.years and document.card.years[0] <= year <= document.card.years[1])


_ORDINAL = re.compile(rf"第(?:[{CN}]+|\d+)[次届批期号轮]")
_SAME_WORD = 0.9
"""Cover of an ordinal that stands there itself or as another word for it (首次)."""
_PLACE_LIKE = re.compile(r"[㐀-鿿]{2,4}(?:省|市|区|县|镇|乡|街道)")


_TOWN = re.compile(r"(?![各全哪每几个本两三四农乡城新老在到对和与的从将])[㐀-鿿](?![个农乡城])[㐀-鿿](?:镇|乡|村)(?!级|长|街|卫|镇)")
_NUMBERED = (
    re.compile(rf"(?<!第)([{CN}])类(?!似|别)"),
    re.compile(rf"(?<!第)([{CN}])等奖"),
    re.compile(r"(\d{1,2})号线"),
)
_FAMILIES = (
    *_NUMBERED,
    re.compile("(小学|初中|高中|幼儿园)(?!生物|物理|数学)"),
    re.compile("(硕士|博士|本科|大专)"),
    re.compile("(初级工|中级工|高级工|(?<!高级)技师|高级技师)"),
)
"""Kinds of members that a text tells apart: what holds for 一类 and 二类 says nothing of 三类."""


def member_problem(query: Query, near: str, library: Library) -> str:
    """Say that a member of a series is not among those the evidence tells apart (三类区域 of 一类 and 二类), "" when it is.

    near: folded text of what is cited with its headings.
    """
    for town in _TOWN.findall(query.folded):
        others = any(o != town for o in _TOWN.findall(near))
        own = any(town in place for place in query.scope.places)
        if not own and town not in near and others and town[:2] not in near and query.kind in _OF_ONE and library.occurs(town, query.scope.documents):
            return f"没有找到“{town}”的这项内容"
    if query.kind in _OF_ONE and fits(query.folded, near) is False:
        scale = steps_in(query.folded)[0].scale
        printed = "、".join(dict.fromkeys(s.text for s in steps_in(near) if s.scale == scale))
        return f"没有找到“{steps_in(query.folded)[0].text}”的内容,文件写的是{printed}"
    for family in _FAMILIES:
        asked, stated = set(family.findall(query.folded)), set(family.findall(near))
        if asked and len(stated) >= (1 if family in _NUMBERED else 2) and not asked & stated and query.kind in _OF_ONE:
            return f"没有找到“{next(m.group() for m in family.finditer(query.folded))}”的这项内容"
    return ""


_OF_ONE = frozenset(("number", "deadline", "lead", "support", "list", "other", "definition", "contact"))


def place_problem(query: Query, evidence: str, words: Words) -> str:
    """A place the library knows only by mention must stand in the evidence: one town's figure is not another's.

    evidence: folded text of the clauses with heading paths and titles.
    """
    for match in _ORDINAL.finditer(query.folded):
        others = {o.group() for o in _ORDINAL.finditer(evidence) if o.group()[-1] == match.group()[-1]}
        if others and not any(value_of(o[1:-1]) == value_of(match.group()[1:-1]) for o in others) and not query.claim:
            return f"没有找到“{match.group()}”的内容,文件写的是{'、'.join(sorted(others)[:3])}"
    for term in query.terms:
        if _ORDINAL.fullmatch(term.text) and term.cover(evidence) < _SAME_WORD:
            return f"没有找到“{term.text}”的内容"
        if _PLACE_LIKE.fullmatch(term.text) and is_place_name(term.text, words) and term.text not in evidence:
            return f"没有找到“{term.text}”的这项内容"
    return ""


_LEVELS = (
    (re.compile("(?:乡镇级?|镇级|乡级)$"), "乡镇"),
    (re.compile("(?:村级|行政村)$"), "村"),
    (re.compile("县级$"), "县区旗"),
    (re.compile("区级$"), "区县"),
    (re.compile("(?:市级|地级市)$"), "市"),
    (re.compile("省级$"), "省区"),
    (re.compile("国家级$"), "国家"),
)
"""A word of administrative level before a thing, and the characters of which the evidence must hold one."""


def level_problem(query: Query, evidence: str) -> str:
    """A thing asked for at one level of administration is not the thing of another (乡镇图书馆 is not 市图书馆).

    evidence: as in `place_problem`.
    """
    for term in query.terms:
        if not (term.required and len(term.text) > 1 and term.text in evidence):
            continue
        before = query.folded.partition(term.text)[0]
        for level, signs in _LEVELS:
            if (found := level.search(before)) and not any(sign in evidence for sign in signs):
                return f"没有找到“{found.group()}{term.text}”的这项内容"
    return ""


_MOVE = re.compile(r"(增长|增加|提高|上升|提升|增|升)|(下降|减少|降低|下滑|减|降)")


def _turned_round(query: Query, gathered: Gathered) -> str:
    """为什么下降了6.1% where the text says 增长6.1%: the figure is there, its direction is not the one presumed."""
    for match in re.finditer(rf"(?:{_MOVE.pattern})了?(?:到|约|近|超过)?(\d+(?:\.\d+)?%)", query.folded):
        up, _, figure = match.groups()
        for scored in gathered.clauses[:12]:
            before = re.search(rf"(?:{_MOVE.pattern})[^,。;]{{0,4}}{re.escape(figure)}", scored.clause.own)
            if before and bool(before.group(1)) != bool(up):
                return f"前提不成立:文件写的是“{before.group()}”"
    return ""


_MOVED_TO = re.compile(r"(?:[提增降调涨减升扩缩][㐀-鿿]?|上升|下降)(?:到|至|为)了?(?P<number>\d+(?:\.\d+)?)(?P<unit>万?[元圆块]|%|[㐀-鿿])?")


def _moved_elsewhere(query: Query, gathered: Gathered, library: Library) -> str:
    """降到380元是从几号开始的 where no document meant has that figure: say what the nearest clause has in its place."""
    moved = _MOVED_TO.search(query.folded)
    if moved is None or query.kind not in _OF_A_CHANGE or not query.scope.documents or query.language != "zh" or library.occurs(moved["number"], query.scope.documents):
        return ""
    unit = (moved["unit"] or "").translate(_PRINTED)
    stated = re.compile(rf"(?<![\d.])\d[\d.]*{re.escape(unit)}")
    for scored in gathered.clauses[:_NEAREST] if unit else ():
        for piece in segments(scored.clause.document.text, scored.clause.span):
            if stated.search(said := fold(piece.of(scored.clause.document.text))) and coverage(query.terms, ((said, 1.0),)) >= _ABOUT_IT:
                return f"前提不成立:文件写的是“{said.strip(' ,;。')}”"
    return f"前提不成立:文件中没有“{moved.group()}”"


_OF_A_CHANGE = frozenset(("deadline", "lead", "other", "measure", "list", "meta"))
"""Kinds of questions that take the change for granted; how much is asked of it by the others, or whether it is so."""
_PRINTED = str.maketrans("圆块", "元元")
_NEAREST, _ABOUT_IT = 6, 0.3


def elsewhere_problem(query: Query, near: str, library: Library) -> str:
    """Say that the thing asked about is named by the documents of other places only, and what is cited is another thing.

    near: folded text of what is cited with its headings.
    """
    scope = query.scope
    if len(scope.places) != 1 or not scope.documents or query.follow_up or query.language != "zh" or query.kind not in _OF_ONE:
        return ""
    for piece in _PARTICLES.split(query.folded):
        for length in range(len(piece), _A_LONG_NAME - 1, -1):
            names = (piece[at : at + length] for at in range(len(piece) - length + 1))
            name = next((n for n in names if library.occurs(n)), None)
            if name is None:
                continue
            pairs = [a + b for a, b in pairwise(name)]
            if sum(pair in near for pair in pairs) < _MOSTLY * len(pairs) and not library.occurs(name, scope.documents):
                return f"{scope.places[0]}的文件没有写到“{name}”"
            break
    return ""


_PARTICLES = re.compile(r"[^㐀-鿿]+|[的对是在有由和与及或将把被给向为]|多少|什么|哪[些个里]?|怎么|如何|谁|几")
_A_LONG_NAME, _MOSTLY = 6, 0.5
"""Characters from which on a name is hardly common to texts by chance; the share of its pairs of characters that what is cited must hold."""


def premise_problem(query: Query, gathered: Gathered, library: Library) -> str:
    """Correct what a question takes for granted against the documents (既然A牵头X, 为什么推迟到2027年)."""
    if problem := _moved_elsewhere(query, gathered, library):
        return problem
    led = _LED_BY.match(query.folded) if query.units else None
    if not query.presumes and not led and not REASON.search(query.folded):
        return ""
    if led:
        return _led_by_another(query, gathered)
    ranked = ranked_duties(query, ((d.document, d.duty) for d in gathered.duties))
    if query.units and ranked and ranked[0].score > 0.45:
        best = ranked[0].duty
        mentions = best.lead or best.support
        if mentions and not any(unit_matches(u, m.value) for u in query.units for m in mentions):
            return f"前提不成立:该任务的牵头单位不是{'、'.join(query.units)},而是{'、'.join(m.value for m in mentions)}"
    if query.scope.years and gathered.duties and gathered.duties[0].score > 0.4:
        limit = gathered.duties[0].duty.deadline
        if limit and not any(str(y) in limit.value for y in query.scope.years):
            return f"文件中没有这样写:该任务的完成时限是{limit.value}"
    if problem := _turned_round(query, gathered):
        return problem
    return "文件中没有写明原因" if re.search(WHY, query.folded) and not _cause_given(gathered) and not _background_given(query, gathered) else ""


_LED_BY = re.compile("[^,?]{2,20}(?:牵头|主抓|负责)的(?:那个|这个|那项|这项)")
"""区教育局牵头的那个化工园区整治: takes for granted who leads it."""


def _led_by_another(query: Query, gathered: Gathered) -> str:
    """Correct who is taken to lead a task that is spoken of as known, when none of the tasks that fit it best is led by that office."""
    ranked = ranked_duties(replace(query, presumes=True), ((d.document, d.duty) for d in gathered.duties))
    best = [r for r in ranked if r.score > max(ranked[0].score - 0.1, 0.45)]
    if not best or any(unit_matches(u, m.value) for u in query.units for r in best for m in (*r.duty.lead, *r.duty.support)) or not best[0].duty.lead:
        return ""
    if len(best) > 1 or best[0].own < _SURE_OF_TASK:
        return f"没有找到由{'、'.join(query.units)}牵头的这项任务"
    return f"前提不成立:该任务的牵头单位不是{'、'.join(query.units)},而是{'、'.join(m.value for m in best[0].duty.lead)}"


_SURE_OF_TASK = 0.9
"""Cover by its own words from which the best task, alone, is the one meant: whom else it names is said only then."""


def _cause_given(gathered: Gathered) -> bool:
    """Does one of the best clauses say why (因用地调整)?"""
    near = [s for s in gathered.clauses[:6] if s.score >= gathered.clauses[0].score - 0.25 and s.own >= 0.5]
    return any(CAUSE.search(s.clause.own) for s in near)


def _background_given(query: Query, gathered: Gathered) -> bool:
    """Does the document found first have a part on why it was made (出台背景), or open with what it is for, where that is asked?"""
    aspect = next(a for a in ASPECTS if a.name == "background")
    document = gathered.clauses[0].clause.document if gathered.clauses and aspect.asked.search(query.folded) else None
    return document is not None and (purpose_of(document) is not None or any(aspect.heads_it(fold(s.title)) for s in document.sections))
