"""Reasons not to answer that lie in the question: a place, year, attachment or item the library does not have, a false premise."""

from __future__ import annotations

import re

from assistant.evidence import CAUSE, Gathered, document_meant, ranked_duties
from assistant.library import Library
from assistant.query import Query, Reference
from assistant.scope import is_place_name
from assistant.tagging import Words
from assistant.tiers import fits, steps_in
from corpus.numbers import CN, numeral_of, value_of
from corpus.text import fold
from corpus.types import Document
from corpus.units import unit_matches

_CONTENT = re.compile(r"》(?:的|里|中|里面)*(?:罚则|全文|具体内容|内容|第|哪几章|规定了|怎么规定|如何规定)")
_LAW = re.compile(r"[《]([^》]{2,40})[》]|((?:[㐀-鿿]{2,12})(?:法|条例))(?=第)")


def scope_problem(query: Query, library: Library) -> str:
    """Say why the scope of the question is empty, "" when it is not."""
    if query.scope.unknown:
        return f"文件库中没有“{'、'.join(query.scope.unknown)}”的文件"
    documents = list(library.likely(query))
    anywhere = not library.small and len(documents) != len(query.scope.documents)
    number = query.scope.attachment
    if number is not None and not (anywhere and library.has_attachment(number)) and (problem := _no_attachment(number, documents)):
        return problem
    if problem := _other_law(query, documents):
        return problem
    for reference in query.scope.references:
        if problem := _no_item(reference, query, documents):
            return problem
    for term in query.terms:
        grade = _GRADE.fullmatch(term.text)
        if grade and not term.known and not any(library.occurs(f"{form}级", query.scope.documents) for form in _forms(grade.group(1))):
            return f"文件中没有“{term.text.upper()}”"
    years = [y for y in query.scope.years if not (library.has_year(y) if anywhere else any(_covers_year(d, y) for d in documents))]
    if years and len(years) == len(query.scope.years):
        return f"文件中没有{'、'.join(map(str, years))}年的内容"
    return ""


_GRADE = re.compile(rf"([{CN}]|[ivx]{{1,4}}|\d)级")
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
    asks_content = _CONTENT.search(query.folded)
    if not any(r.family == "article" for r in query.scope.references) and not asks_content:
        return ""
    for match in _LAW.finditer(query.folded):
        law = match.group(1) or match.group(2)
        if not any(law in d.title.replace(" ", "") or d.title.replace(" ", "") in law for d in documents):
            return f"文件库中没有《{law}》的原文"
    return ""


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


def _covers_year(document: Document, year: int) -> bool:
    if str(year) in document.text:
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
        if len(asked) == 1 and len(stated) >= (1 if family in _NUMBERED else 2) and not asked & stated and query.kind in _OF_ONE:
            return f"没有找到“{next(m.group() for m in family.finditer(query.folded))}”的这项内容"
    return ""


_OF_ONE = frozenset(("number", "deadline", "lead", "support", "list", "other", "definition", "contact"))


def place_problem(query: Query, evidence: str, words: Words) -> str:
    """A place the library knows only by mention must stand in the evidence: one town's figure is not another's.

    evidence: folded text of the clauses with heading paths and titles.
    """
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


_WHY = re.compile("原因|为什么|为何|为啥|咋会|怎么会")
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


def premise_problem(query: Query, gathered: Gathered, library: Library) -> str:
    """Correct what a question takes for granted against the documents (既然A牵头X, 为什么推迟到2027年)."""
    if not query.presumes and not _WHY.search(query.folded):
        return ""
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
    return "文件中没有写明原因" if re.search("为什么|为何|为啥", query.folded) and not _cause_given(gathered) else ""


def _cause_given(gathered: Gathered) -> bool:
    """Does one of the best clauses say why (因用地调整)?"""
    near = [s for s in gathered.clauses[:6] if s.score >= gathered.clauses[0].score - 0.25 and s.own >= 0.5]
    return any(CAUSE.search(s.clause.own) for s in near)
