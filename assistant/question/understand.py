"""Read a question: what kind of answer it wants, about what, in which scope.

What it wants is read by `kinds`; a follow-up is completed by `follow_ups` from the turn before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.english.bilingual import near_words
from assistant.english.border import Translation, is_english, translate
from assistant.lexicon.cues import LEADS, TIMES, WHO, WHY
from assistant.question.cases import banned, neglected
from assistant.question.compound import demands_of
from assistant.question.demands import Demands
from assistant.question.ellipsis import ANEW, put_right
from assistant.question.follow_ups import Reader, resumed
from assistant.question.kinds import asked_noun, dates_asked, expected, kinds_of, role_of
from assistant.question.measured import measure_word
from assistant.question.nicknames import spelled_out
from assistant.question.query import Query, Scope
from assistant.question.question_kinds import Reading, reconsidered
from assistant.question.scope import Known, catalogue_of, scope_of
from assistant.question.spelling import corrected, simplified
from assistant.question.tagging import Words
from assistant.question.terms import Term, telling, terms_of
from assistant.question.wording import in_plain_words
from assistant.types import Turn
from corpus.text import fold
from corpus.types import Span
from corpus.units import units_in

_QUOTED = re.compile(r"[“\"《「]([^”\"》」]{1,24})[”\"》」]")
_PRESUMES = re.compile(rf"既然|{WHY}|凭什么|明明")
_CUE_WORDS = re.compile(
    rf"{WHO}(?:来(?!自|源|宾|电|函|访|料|年))?|{TIMES}|{LEADS}(?:单位|部门|方)?|(?:责任|配合)(?:\(配合\))?(?:单位|部门)|(?:具体)?(?:是|叫)(?:指)?(?:什么|啥|谁|哪\w?)(?:意思)?|(?:多少|几)(?:个?(?:小时|分钟|工作日|月|人)|公里|平方米|亿?万?元|[钱个条项家人次名艘座处天年周辆台户所岁吨层张份块万](?![㐀-鿿]))?(?:钱|个|条|项|家|人|次|名|艘|座|处)?|百分之几|百分比|多大比例|多久|多长时间|对不对|是不是|能不能|会不会|要不要|有没有|可不可以|可以不"
    r"|(?:实施|行动|工作)?(?:方案|通知|文件|清单|材料|办法里|条例里|措施里)(?:里|中|上|的)|任务清单|清单|(?:里|中)(?:面)?(?:写的|列的|说的|讲的|提的|定的|要求的)|说法|说的|讲的|提到的|所称的?|区级|分(?:成|为)?了?哪?几(?:档|类|级|等|种|个)|哪(?:一|几|些|两|三|四|五|六|七|八|九|十)?(?:个|些|家|项|条|类|种|方面|本|步|位|年|月|天|日|级)?|怎么(?:办|做|处理|样)?|如何|怎样|啥|什么|分别|既然|为什么|为何|请问|最[多少](?=[的是]|$)|加起来|加在一起|总共|一共|合起来"
)


_MANNER = re.compile("(?:怎么|咋|咋样)个([㐀-鿿]{1,3})法")
"""怎么个领法 asks 怎么领."""
_DATE_WORDS = re.compile(r"((?:19|20)\d{2})年(?:底|末|度|初|前|内|之前|以前)*|(?<=\d)[月日号](?:底|份|前|之前|以前)*")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What understanding needs to know of the library.

    frequency: in how many of `count` passages a string occurs.  words: the dictionary.
    units: gives the organisations that duties name, with and without level, which stand in a folded text, longest first.
    occurs: does a string occur in any of the documents with these ids? None: it is not looked up.
    holders: the documents that may hold a string.
    """

    documents: Sequence[Known]
    frequency: Callable[[str], int]
    count: int
    words: Words
    units: Callable[[str], Sequence[str]] = lambda text: ()
    occurs: Callable[[str, frozenset[str]], bool] | None = None
    holders: Callable[[str], frozenset[str]] = lambda text: frozenset()


def understand(
    question: str, knowledge: Knowledge, *, history: Sequence[Turn] = (), documents: Sequence[str] = (), resumes: bool = False
) -> Query:
    """Read `question` in the light of the earlier turns. documents: ids the asker limits the search to.

    resumes: it is known to go on from the turn before, whatever its words.
    """
    meant = _MANNER.sub(r"怎么\1", simplified(question))
    if history:
        meant, anew = put_right(meant), meant
        if ANEW.search(fold(anew)):
            meant, history = ANEW.sub("", fold(anew)), ()
    corrections: tuple[tuple[str, str], ...] = ()
    if not is_english(meant):
        meant, corrections = _as_written(meant, knowledge)
        meant = in_plain_words(meant)
    query = replace(_read(meant, knowledge, documents), corrections=corrections)
    if history:
        earlier = [replace(turn, question=_plain(turn.question)) for turn in history]
        reader = Reader(lambda text: _read(text, knowledge, documents), knowledge.documents, lambda text: knowledge.frequency(text) > 0, knowledge.words, knowledge.occurs, knowledge.holders)
        query = resumed(query, earlier, reader, sure=resumes)
    others = tuple(replace(other, demands=demands_of(other, knowledge.words)) for other in query.otherwise)
    return replace(query, demands=demands_of(query, knowledge.words), otherwise=others)


def _as_written(question: str, knowledge: Knowledge) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Put slips right and whole names for short ones."""
    catalogue = catalogue_of(knowledge.documents)
    named, names = spelled_out(question, catalogue.titles, catalogue.forms, knowledge.words, knowledge.frequency)
    meant, slips = corrected(named, knowledge.words, lambda piece: knowledge.frequency(piece) > 0)
    return meant, (*names, *slips)


def _plain(question: str) -> str:
    return simplified(question) if is_english(question) else in_plain_words(simplified(question))


def _read(question: str, knowledge: Knowledge, documents: Sequence[str]) -> Query:
    folded = fold(question)
    language = "en" if is_english(question) else "zh"
    extra: tuple[tuple[str, tuple[str, ...]], ...] = ()
    wording = folded
    translation: Translation | None = None
    if language == "en":
        translation = translate(question, catalogue_of(knowledge.documents).names(knowledge.words), lambda word: knowledge.frequency(word) > 0)
        wording, extra = translation.wording, translation.terms
    wording, excluded = _set_aside(wording)
    scope, rest = scope_of(
        wording, knowledge.documents, chosen=documents, mentioned=lambda s: knowledge.frequency(s) > 0, words=knowledge.words
    )
    if translation and translation.unknown_places:
        scope = replace(scope, unknown=scope.unknown + translation.unknown_places)
    units = _units(wording, rest, knowledge)
    kind, wants = kinds_of(wording, rest, units)
    read = reconsidered(wording, kind, wants, named=bool(units)) if language == "zh" else Reading(kind, wants)
    kind = read.kind
    if language == "zh":
        extra = _case_put(folded, kind, lambda word: knowledge.frequency(word) > 0)
    topic = _DATE_WORDS.sub(r"\1,", _CUE_WORDS.sub(",", rest))
    quoted = tuple(fold(q).strip(".…") for q in _QUOTED.findall(question) if language == "zh" or re.search("[㐀-鿿]", q))
    terms = telling(_known_in(scope, terms_of(topic, knowledge.words, knowledge.frequency, knowledge.count, extra, quoted), knowledge, language))
    if _ANY_PLACE.search(folded):
        terms = tuple(replace(t, required=False, weight=0.3 * t.weight) if t.text == "地方" else t for t in terms)
    since, until = dates_asked(wording, kind)
    return Query(
        text=question,
        folded=wording if translation or excluded else folded,
        language=language,
        kind=kind,
        other_kinds=read.others,
        demands=Demands(read.wants),
        topic=topic,
        terms=terms,
        units=units,
        role=role_of(wording),
        since=since,
        until=until,
        count=expected(wording),
        measure_word=measure_word(wording),
        asked_noun=asked_noun(wording),
        quoted=quoted,
        claim=kind == "yesno",
        presumes=bool(_PRESUMES.search(wording)),
        scope=scope,
        excluded=excluded,
    )


def _case_put(folded: str, kind: str, used: Callable[[str], bool]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What somebody did not do, where that is what is asked about, and what is forbidden, with the words of the texts."""
    undone = neglected(folded, used) if kind in ("measure", "yesno", "other") else ()
    return (*undone, *banned(folded, used))


def _set_aside(wording: str) -> tuple[str, tuple[str, ...]]:
    """Take out what a question for further things sets aside (除了身份证还要什么); of offices (除了A还有谁配合) the composers know."""
    found = _EXCEPT.search(wording)
    if found is None or re.search(WHO, wording) or re.search(LEADS, wording):
        return wording, ()
    return wording[: found.start()] + wording[found.end() :], tuple(re.split("[、和与及]", found["what"]))


def _without_occasion(unit: str) -> str:
    """Take the words of an occasion off the name behind them: 发了黄色预警后燃气公司 → 燃气公司."""
    bare = _OCCASION.sub("", unit)
    return bare if len(bare) >= _SHORTEST_UNIT else unit


def _without_lead_in(unit: str, words: Words) -> str:
    """Take the words that lead up to a name off it: 案规定应急局 → 应急局, 单上老干部局 → 老干部局."""
    end = 0
    for word, _ in words.tag(unit):
        if word in _LEADS_UP:
            return _without_lead_in(unit[end + len(word) :], words) if len(unit) - end - len(word) >= _SHORTEST_UNIT else unit
        end += len(word)
    return unit


_LEADS_UP = frozenset(("规定", "要求", "明确", "写明", "写着", "规定了", "里", "里面", "上", "上面", "中", "里头", "让", "请", "叫", "给", "被", "由", "说", "的", "这", "那", "把", "对", "向", "关于"))
_EACH_OFFICE = re.compile("(?:各个?|所有|每个)(?:部门|单位|成员单位|科室)")
"""各部门 names no office."""
_OCCASION = re.compile("^[^,]{0,10}?(?:[^前今然先之以最落背][后]|期间|的时候|[^同及实定按准小]时(?!代|政|尚|装))")
_SHORTEST_UNIT = 3
_ANY_PLACE = re.compile("(?:哪[些几]个?|什么|啥)地方")
"""Asks for places of any kind: 地方 is no word that the text must have."""
_EXCEPT = re.compile(r"除了?(?P<what>[^,?。]{2,14}?)(?:之外|以外|外)?,?(?=还|另外|其他|别的)")


def _known_in(scope: Scope, terms: tuple[Term, ...], knowledge: Knowledge, language: str) -> tuple[Term, ...]:
    """In a question about one place's documents, what only the others mention is as unknown as what none mentions.

    For words nobody mentions the words of like meaning are looked up that somebody does.
    """
    occurs = knowledge.occurs
    limited = occurs is not None and 0 < len(scope.documents) <= _FEW

    def used(word: str) -> bool:
        return occurs(word, scope.documents) if occurs is not None and limited else knowledge.frequency(word) > 0

    found = []
    for term in terms:
        if term.known and not term.step and limited and not any(used(form) for form in (term.text, *term.alternatives)):
            term = replace(term, known=False)
        if not term.known and language == "zh" and _WORD.fullmatch(term.text):
            term = replace(term, near=near_words(term.text, used))
        found.append(term)
    return tuple(found)


_WORD = re.compile("[㐀-鿿]{1,4}")
_FEW = 20


def _units(wording: str, rest: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The organisations a question names: known ones as they are called in duties, others by the form of their names."""
    found: list[str] = []
    text = re.sub(WHO, ",", _BEFORE_UNITS.sub(",", _PRESUMES.sub(",", wording)))
    for unit in knowledge.units(text):
        if unit in text:
            found.append(unit)
            text = text.replace(unit, ",")
    # 场所归应急局维护: what stands before 归 is no part of the office's name.
    rest = _EACH_OFFICE.sub(",", re.sub("(?<=[㐀-鿿]{2})(?:归|是由|(?<!理)由)(?=[㐀-鿿])", ",", re.sub(WHO, ",", _BEFORE_UNITS.sub(",", _PRESUMES.sub(",", rest)))))
    others = [_without_lead_in(_without_occasion(m.value), knowledge.words) for m in units_in(rest, Span(0, len(rest))) if len(m.value) <= 14]
    found += [u for u in others if not any(u in f or f in u for f in found) and not _NO_NAME.search(u)]
    return tuple(dict.fromkeys(found))


_NO_NAME = re.compile("(?<!第)[几哪]|多少|[㐀-鿿]的[㐀-鿿]")
"""几家成员单位 are counted, 送外卖的公司 is described: they are no name of an office."""
_BEFORE_UNITS = re.compile("除了?(?!雪|草|冰|险|尘|害)|要求|请求|让|叫|牵头的|(?:清单|文件|方案|纪要|通知|办法|计划|预案|名单|表格)(?:里面?|上面?|中|给|对)")
"""What stands before the name of an organisation and belongs to none."""


__all__ = ["Knowledge", "Scope", "understand"]
