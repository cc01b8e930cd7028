"""What a question demands: several asked in one breath (每样留多少克、要留多久?) are told apart, so that each is answered and what has no answer is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.lexicon.attributes import ATTRIBUTES
from assistant.lexicon.cues import ROSTER
from assistant.question.demands import Demands, Part, Sides, Subjects
from assistant.question.query import Query
from assistant.question.subjects import subjects_of
from assistant.question.tagging import Words
from corpus.numbers import CN
from corpus.text import fold

_ASKS = re.compile(
    rf"谁|(?<![{CN}\d第那这好])几|多少|什么|啥|哪|怎么|怎样|咋|如何|吗|呢|多久|多长|多大|多高|多远|是否|是不是|能不能|可不可以|有没有|要不要|会不会|百分之|何时|何地"
)
_TAG = re.compile(r"^(?:对吗|是吗|对不对|是不是|行吗|可以吗|好吗|有吗|对吧|是吧)$")
"""Words after a statement that ask whether it is so: no question of their own."""
_SHARED = re.compile(r"^(?:都|各|分别|其中|一共|总共|合计)|一样|相同|区别|差别|对比|相比|更|差(?:多少|几)|多几|(?<![最至])少几")
"""A part that asks about all that the first part named (分别叫什么): the two are one question."""
_TOGETHER = re.compile("一共|总共|合计|加起来|加在一起|相加|总和|[几多][少]?倍")
"""What is asked of both together (一类和二类一共多少) is one question."""
_BREAK = re.compile(r"[,;、?。!]|以及|还有(?=[^?]{2,})|并且")
_EDGES = " ,;、?。!,;?!"
_SERIES = re.compile(
    rf"(?P<one>第?[{CN}\d]+(?P<of>期|批|级|阶段|季度|档|类|等奖?)|上半年|(?:城镇|城市|市级|省级|区级|县级|首次|小学|企业))(?:[、和与及]|以及)(?P<two>第?[{CN}\d]+(?(of)(?P=of)|(?!))|下半年|(?:农村|乡村|区级|县级|镇级|市级|再次|中学|个人))"
)
_YEARS = re.compile(r"(?P<one>(?:到)?20\d\d年(?:底|末)?前?)(?:[、和与及]|以及)(?P<two>(?:到)?20\d\d年(?:底|末)?前?)(?=.*(?:各|分别))")
_AROUND = re.compile(r"(?P<event>[㐀-鿿]{2})前后(?=.{0,12}(?:各|分别))")
_WHO_IS = re.compile("(?:都|分别)?(?:是|叫)谁")
"""谁 after several posts asks for the holder of each."""

_ANY = "|".join(a.pattern for a in ATTRIBUTES)
_QUESTIONS = {a.family: a.question for a in ATTRIBUTES}
_BETWEEN = re.compile("[、,]|以及|还有|[和与及]")
_CONTACT = re.compile("打(?:哪|什么|谁)|电话|号码|联系|热线|邮箱|传真|咨询|对接|找.{0,8}谁|报给|在哪|哪里|哪儿|地址|几点")

WHOLE = frozenset(("compare", "reverse", "mentions", "definition", "contact"))
"""Kinds whose composers read the question as a whole."""


def demands_of(query: Query, words: Words) -> Demands:
    """Read what a question demands beside the kinds it asks for."""
    if query.demands.parts:
        return query.demands  # each of several items of a list before
    sides = None if len(query.scope.places) > 1 or len(query.scope.years) > 1 else sides_of(query.folded)
    whole = query.kind in WHOLE
    if query.language == "en" or (whole and query.kind not in ("contact", "reverse")):
        return replace(query.demands, sides=sides)
    if query.kind == "meta" and all(ROSTER.search(fold(part.text)) for part in parts_of(query.text)):
        # 办公室主任是谁,副主任呢: a roster is read once for all the roles asked for.
        return replace(query.demands, sides=sides)
    subjects = None if _TOGETHER.search(query.folded) else subjects_of(query.text, words, query.scope.places)
    cut = not whole or (subjects and subjects.apart) or (query.kind == "contact" and _beside_contact(query.text))
    parts = parts_of(query.text, subjects) if cut else ()
    subjects = subjects if query.kind != "reverse" else None
    return replace(query.demands, questions=() if whole else parts_of(query.text), parts=parts, subjects=subjects, sides=sides)


def _beside_contact(question: str) -> bool:
    """Does a question for a telephone number ask for something else as well (谁牵头,电话多少)?"""
    parts = parts_of(question)
    return len(parts) > 1 and any(not _CONTACT.search(part.text) for part in parts)


_PAIR = re.compile(
    r"(?P<one>[㐀-鿿a-z0-9“”]{2,14})(?:和|与|跟|同|、|还是|比)(?P<two>[㐀-鿿a-z0-9“”]{2,10}?)"
    r"(?=的|在|对|,|有|哪|谁|一样|相比|比|各|分别|差|多少|相同|不同|几|最|目标|时限|标准|次数|率|时间|[?]|$)"
)
_SET_BESIDE = re.compile("一样|相同|不同|区别|差别|差异|相差|差(?:多少|几)|哪个|谁|更|分别|各(?:是|有|要|占|为|收|罚|补|最)?.{0,2}(?:多少|几)|各多")
_VERB = re.compile(r"^(?:[㐀-鿿]*(?:的|罚|收|补|里|在|是))(?=[㐀-鿿]{2})")


def sides_of(folded: str) -> Sides | None:
    """Find the two things that a question, folded, sets side by side."""
    match = _PAIR.search(folded)
    if not match or not _SET_BESIDE.search(folded):
        return None
    printed = match.group("one"), match.group("two")
    return Sides(printed, (_VERB.sub("", printed[0]), _VERB.sub("", printed[1])))


def parts_of(question: str, subjects: Subjects | None = None) -> tuple[Part, ...]:
    """Cut a question into the questions it asks, in order; a single one comes back alone. subjects: what it is asked of, one by one."""
    if several := _attributes(question) or _members(question):
        return several
    if subjects and (subjects.apart or _WHO_IS.search(fold(question))) and not _SHARED.search(fold(question).lstrip(_EDGES)):
        return tuple(Part(subjects.before + label + subjects.after, label, whole=True) for label in subjects.labels)
    texts = list(_asked(question))
    return tuple(map(Part, texts)) if len(texts) > 1 and all(len(text) > 1 for text in texts) else (Part(question),)


_LISTED = "|".join(f"(?P<_{a.family}>{a.pattern})" for a in ATTRIBUTES)
_ATTRIBUTE = re.compile(_LISTED)
_ROW = re.compile(rf"(?P<row>(?:{_ANY})(?:(?:[、,]|和|与|及|以及|还有)(?:{_ANY}))+)(?:都|分别|各|依次)*(?:是|为|有|在)?(?:什么|啥|谁|多少|哪些|哪个|几号|何)?(?:时候|时间)?[?。]*$")


def _attributes(question: str) -> tuple[Part, ...]:
    """Cut a row of attributes of one thing: X的牵头单位和完成时限 → X的牵头单位是谁, 完成时限是什么时候."""
    folded = fold(question) if len(fold(question)) == len(question) else question
    row = _ROW.search(folded)
    if row is None or row.start() == 0:
        return ()
    named = [(m.group(), (m.lastgroup or "")[1:]) for piece in _BETWEEN.split(row["row"]) if (m := _ATTRIBUTE.fullmatch(piece))]
    families = {family for _, family in named}
    if len(named) < 2 or len(families) < 2 or families <= {"lead", "support"}:
        return ()
    asked = [noun + _QUESTIONS[family] for noun, family in named]
    before = folded[: row.start()]
    return tuple(Part(before + text if at == 0 else text, head=named[at][0]) for at, text in enumerate(asked))


def _members(question: str) -> tuple[Part, ...]:
    """Ask the same of each of two things: 一期、二期什么时候完工 → 一期什么时候完工, 二期什么时候完工."""
    folded = fold(question) if len(fold(question)) == len(question) else question
    if around := _AROUND.search(folded):
        event, before, after = around["event"], folded[: around.start()], folded[around.end() :]
        return tuple(Part(before + event + side + after, event + side, whole=True) for side in ("前", "后"))
    if _SHARED.search(folded.lstrip(_EDGES)) or _TOGETHER.search(folded):
        return ()
    if match := _SERIES.search(folded) or _YEARS.search(folded):
        before, rest = folded[: match.start()], re.sub("^(?:各|分别|都)|(?:各|分别)(?=[是有要为])", "", folded[match.end() :])
        return tuple(Part(before + match[name] + rest, match[name], whole=True) for name in ("one", "two")) if _ASKS.search(rest) else ()
    return ()


def _asked(question: str) -> Iterator[str]:
    """Cut at marks between two pieces that ask. What asks nothing (a place, a condition) goes with the next piece, at the end with the last."""
    parts: list[str] = []
    waiting = ""
    for piece in _pieces(question):
        bare = fold(piece).strip(_EDGES)
        tag = bool(_TAG.match(bare))
        if _ASKS.search(bare) and not tag and not _SHARED.search(bare):
            parts.append(waiting + piece)
            waiting = ""
        elif parts and (tag or _ASKS.search(bare)):
            parts[-1] += piece
        else:
            waiting += piece
    if waiting and parts:
        parts[-1] += waiting
    return (part.strip(_EDGES) for part in parts)


def _pieces(question: str) -> Iterator[str]:
    # Cuts are sought in the folded text, where it keeps the places of characters.
    folded = fold(question) if len(fold(question)) == len(question) else question
    cuts = [m.end() if len(m.group()) == 1 else m.start() for m in _BREAK.finditer(folded)]
    edges = [0, *cuts, len(question)]
    return (piece for start, end in zip(edges, edges[1:], strict=False) if (piece := question[start:end]).strip())
