"""The spine: understand → search → gather → judge → compose. The only place that orders the steps."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from assistant import demands as demands_of
from assistant.compose import (
    agreement,
    aspects,
    cells,
    duties,
    joint,
    lists,
    members,
    pairs,
    places,
    records,
    rulings,
    series,
    tallies,
    texts,
    values,
)
from assistant.compose.texts import clean, pointed
from assistant.compound import WHOLE, Part, joined, parts_of
from assistant.confidence import NOTHING_FOUND, Found, judge, presence
from assistant.draft import Draft, citations, shortened
from assistant.english import frame
from assistant.evidence import NOTHING_GATHERED, Gathered, gather, margin_of
from assistant.guards import missing_from
from assistant.lexicon.cues import INSTRUCTION, SMALL_TALK
from assistant.library import Library
from assistant.premises import level_problem, member_problem, place_problem, premise_problem, scope_problem
from assistant.query import Query
from assistant.reading.sights import Sight, led_by, look
from assistant.subjects import Subjects, subjects_of
from assistant.types import Answer, Turn
from assistant.understand import understand
from assistant.understood import understood
from corpus.text import fold

THRESHOLD = 0.4


def answer(
    question: str, library: Library, *, history: Sequence[Turn] = (), documents: Sequence[str] = (), threshold: float = THRESHOLD
) -> Answer:
    """Answer one question from the library, or refuse with the reason. history: earlier turns, oldest first."""
    started = time.perf_counter()
    query = understand(question, library.knowledge, history=history, documents=documents)
    replied = _replied(query, library, threshold)
    reply = replied.answer
    if query.language != "en" and (query.kind not in WHOLE or query.kind == "contact"):
        subjects = None if _each_document(replied) else subjects_of(query.text, library.knowledge.words, query.scope.places)
        parts = parts_of(query.text, subjects) if query.kind not in WHOLE or (subjects and subjects.apart) else ()
        if len(parts) > 1:
            reply = _part_by_part(replied, parts, library, history, documents, threshold)
        elif subjects:
            reply = _of_subjects(replied, subjects, library, threshold) or reply
    read = understood(query, history[-1].question if history else "")
    return replace(reply, question=question, latency_ms=(time.perf_counter() - started) * 1000, understood=read)


@dataclass(frozen=True, slots=True)
class _Replied:
    """An answer with what it was made of. draft: None where nothing was drafted, or what was drafted may not stand."""

    query: Query
    answer: Answer
    gathered: Gathered = NOTHING_GATHERED
    found: Found = NOTHING_FOUND
    draft: Draft | None = None


def _each_document(replied: _Replied) -> bool:
    """Is what is asked of two places answered from the documents of each?"""
    draft = replied.draft
    return draft is not None and len(replied.query.scope.places) > 1 and len({quote.document.id for quote in draft.quotes}) > 1


def _of_subjects(replied: _Replied, subjects: Subjects, library: Library, threshold: float) -> Answer | None:
    """Answer one question for each of its subjects from one place; None where they cannot all be told apart there."""
    query = replied.query
    demands = demands_of.of_subjects(query, subjects, library)
    facts = replied.draft is not None and replied.draft.basis in joint.FACTS
    if facts or not joint.typed(query) or library.occurs(subjects.seam, query.scope.documents):
        return None
    found = [draft for draft in joint.met(demands, query, (replied.gathered,), told=False) if draft is not None]
    if len(found) < len(demands) or len({d.quotes[0].highlights for d in found}) < len(found):
        return None
    texts = [d.text if label in d.text or len(found) < 2 else f"{label}:{d.text}" for label, d in zip(subjects.labels, found, strict=True)]
    draft = replace(found[0], text="\n".join(dict.fromkeys(texts)), quotes=tuple(q for d in found for q in d.quotes))
    answer = _judged(query, draft, replied.found, library, threshold)
    return answer if answer.status == "answered" else None


def _part_by_part(
    whole: _Replied, parts: Sequence[Part], library: Library, history: Sequence[Turn], documents: Sequence[str], threshold: float
) -> Answer:
    """Answer the parts of a question in turn. A later part is a follow-up of the first, about the documents that answered it.

    What asked alone finds nothing, or what another part was answered with, is sought where the others stand.
    """
    found: list[_Replied] = []
    turns = tuple(history)
    for part in parts:
        goes_on = bool(found) and not part.whole
        query = understand(part.text, library.knowledge, history=turns if goes_on else history, documents=documents, resumes=goes_on)
        cited = {citation.document_id for one in found for citation in one.answer.citations}
        if goes_on and cited and not documents and not understand(part.text, library.knowledge).scope.places:
            query = replace(query, scope=replace(query.scope, documents=frozenset(cited)))
        if goes_on and _OWN_KIND.search(query.folded):
            own = understand(part.text, library.knowledge)
            query = replace(query, kind=own.kind, wants=own.wants)
        found.append(_replied(query, library, threshold))
        turns = (*turns, Turn(part.text, found[-1].answer.answer))
    demands = demands_of.of_parts([one.query for one in found], parts, [one.draft for one in found], library)
    better = joint.met(demands, whole.query, (whole.gathered, *(one.gathered for one in found)))
    answers = [
        _bettered(replace(one, answer=refuse(one.query, _NOT_ITS_OWN)) if joint.is_of_another(demands, at) else one, draft, whole, library, threshold)
        for at, (one, draft) in enumerate(zip(found, better, strict=True))
    ]
    if {"lead", "support"} <= {answer.kind for answer in answers}:
        answers = [replace(a, answer=SINGLE["support"] + a.answer) if a.kind == "support" and a.status == "answered" else a for a in answers]
    return joined(whole.answer, parts, answers)


_NOT_ITS_OWN = "没有找到这一项的内容"
_OWN_KIND = re.compile("在哪|哪里|哪儿|怎么|怎样|如何|吗$|能不能|能否|可不可以")
"""Words by which a later part asks another kind of question than the one before it."""


def _bettered(one: _Replied, draft: Draft | None, whole: _Replied, library: Library, threshold: float) -> Answer:
    """The answer of a part, or that of the draft found for it beside the others; it is held against the part or the whole question."""
    if draft is None or missing_from(one.query, draft):
        return one.answer
    answers = [_judged(q.query, draft, q.found, library, threshold) for q in (one, whole)]
    best = max(answers, key=lambda a: (a.status == "answered", a.confidence))
    return best if best.status == "answered" else one.answer


def _replied(query: Query, library: Library, threshold: float) -> _Replied:
    if SMALL_TALK.search(query.folded) or INSTRUCTION.search(query.text):
        return _Replied(query, refuse(query, "这不是关于文件内容的问题;可以问牵头单位、完成时限、目标数字、条款含义等"))
    if problem := scope_problem(query, library):
        return _Replied(query, refuse(query, problem))
    gathered = gather(query, library)
    found = _found(query, gathered, library)
    # A refusal is less sure than any answer that is given; how sure says how likely the library has the answer all the same.
    doubt = threshold * presence(found.strength)
    if problem := premise_problem(query, gathered, library):
        return _Replied(query, refuse(query, problem, confidence=doubt), gathered, found)
    read = cache(lambda: _sights(query, gathered, library))
    draft = compose(query, gathered, library, read)
    if draft and draft.text:
        draft = _with_the_second(draft, query, gathered, library)
    if draft is None:
        return _Replied(query, refuse(query, "文件中没有找到相关内容", confidence=doubt), gathered, found)
    answer = _judged(query, draft, found, library, threshold)
    return _Replied(query, answer, gathered, found, draft if answer.status == "answered" else None)


def _judged(query: Query, draft: Draft, found: Found, library: Library, threshold: float) -> Answer:
    """Give the draft as an answer with its probability, or the refusal it comes to."""
    doubt = threshold * presence(found.strength)
    covered = _covered(draft)
    verdict = judge(query, draft, covered, found)
    trace = (("kind", query.kind), ("basis", draft.basis), *((n, f"{v:.3f}") for n, v in verdict.features))
    problem = draft.missing or ("" if draft.text else "文件中没有写明")
    problem = problem or place_problem(query, covered, library.knowledge.words) or level_problem(query, covered)
    if problem := problem or member_problem(query, _cited(draft), library):
        refusal = refuse(query, problem, kind=draft.kind, confidence=doubt)
        return replace(refusal, trace=(("problem", problem), *trace))
    if verdict.probability < threshold:
        refusal = refuse(query, "文件中没有找到足够接近的内容", kind=draft.kind, confidence=doubt)
        return replace(refusal, trace=trace)
    text = frame(draft.kind, draft.text) + _task_line(draft) if query.language == "en" else draft.text
    slips = (f"问题中的“{written}”按“{meant}”理解" for written, meant in query.corrections)
    notes = tuple(dict.fromkeys((*slips, *_taken_for(query, draft), *draft.notes, *_doubts(draft))))
    return Answer(query.text, "answered", draft.kind, text, verdict.probability, citations(draft.quotes), "", notes, trace=trace)


def _sights(query: Query, gathered: Gathered, library: Library) -> tuple[Sight, ...]:
    """Let the network read the best passages of a question of free text; nothing where there is none, or facts are asked for."""
    if query.kind in UNREAD or (reader := library.reader) is None or not gathered.clauses:
        return ()
    return look(query, gathered, reader)


UNREAD = frozenset(("contact", "meta", "reverse", "mentions", "compare"))
"""Kinds that only facts answer, or whole clauses set side by side."""


def _found(query: Query, gathered: Gathered, library: Library) -> Found:
    asked = query.text if query.language == "zh" and not query.follow_up else " ".join(t.text for t in query.terms)
    return Found(margin_of(gathered), library.strength(asked, query.scope.documents), library.count)


def _with_the_second(draft: Draft, query: Query, gathered: Gathered, library: Library) -> Draft:
    """Add what else the question asks of the same thing (建多少个,什么时候建成): only a fact of the same passage counts."""
    text, quotes = draft.text, draft.quotes
    if not draft.exact or query.kind not in SINGLE:
        return draft
    for kind in query.wants:
        if kind == query.kind or kind not in SINGLE:
            continue
        other = compose(replace(query, kind=kind), gathered, library)
        if other and other.exact and other.text and not other.missing and other.text not in text and _same_passage(draft, other):
            text, quotes = f"{text}\n{SINGLE[kind]}{other.text}", quotes + other.quotes
    return replace(draft, text=text, quotes=quotes)


def _doubts(draft: Draft) -> tuple[str, ...]:
    """Give what the reader of the file doubts about the places that are cited: a page that was hard to recognise."""
    cited = [(quote.document, quote.span) for quote in draft.quotes[:_MOST_DOUBTED]]
    return tuple(note.message for document, span in cited for note in document.notes if len(note.span) and note.span.overlaps(span))


_MOST_DOUBTED = 10


SINGLE = {"lead": "牵头:", "support": "配合:", "deadline": "", "number": ""}
"""Kinds that are answered by one fact, of which one question may ask several; with the label of a second answer that needs one."""


def _same_passage(one: Draft, other: Draft) -> bool:
    return bool(one.quotes and other.quotes) and all(
        other.quotes[0].document.id == q.document.id and other.quotes[0].path == q.path for q in one.quotes
    )


def _taken_for(query: Query, draft: Draft) -> tuple[str, ...]:
    """Say which task was taken when the question's own word for it is not the document's."""
    if draft.basis not in ("duty", "row") or not draft.quotes:
        return ()
    near = _covered(draft)
    strangers = [t.text for t in query.terms if t.required and t.weight > 0.3 and t.cover(near) < 0.5]
    if not strangers:
        return ()
    return (f"文件中没有“{'、'.join(strangers[:3])}”的说法,按最接近的任务回答:{_task_of(draft)}",)


def _task_of(draft: Draft) -> str:
    quote = draft.quotes[0]
    text = clean(quote.span.of(quote.document.text).split("\n")[0])
    # 由市水务局牵头。 alone does not say what; the heading above it does.
    return shortened(clean(quote.path[-1]) if quote.path and len(text) < _BARE_STATEMENT else text, 60)


_BARE_STATEMENT = 16


def _task_line(draft: Draft) -> str:
    """An English reply names the task it took: the asker's word is seldom the document's."""
    return f"\nTask: {_task_of(draft)}" if draft.basis in ("duty", "row") and draft.quotes else ""


def refuse(query: Query, reason: str, *, kind: str = "", confidence: float = 0.0) -> Answer:
    """Make the refusal: an honest sentence with its reason. confidence: how likely an answer is there all the same, below the threshold."""
    text = frame("refused", reason) if query.language == "en" else f"文件中没有依据回答这个问题:{reason}。"
    return Answer(query.text, "refused", kind or query.kind, text, confidence, (), reason)


Composer = Callable[[Query, Gathered, Library], Draft | None]


def compose(query: Query, gathered: Gathered, library: Library, read: Callable[[], Sequence[Sight]] = tuple) -> Draft | None:
    """Draft an answer of the kind asked for: the first composer of the kind that finds one, else the best passage.

    read: has a network read the passages; that leads the choice where clauses speak and no fact does.
    """
    if query.kind == "yesno":
        gathered = led_by(gathered, read())
    tabular: tuple[Composer, ...] = (agreement.agreement, cells.cell_answer) if query.kind in TABULAR else ()
    for composer in (*tabular, aspects.part_asked, *COMPOSERS.get(query.kind, ())):
        if draft := composer(query, gathered, library):
            break
    else:
        draft = texts.text_answer(query, led_by(gathered, read()), kind=query.kind)
        draft = pointed(query, draft, read()) if draft else draft
        if draft and query.kind in FACTUAL and not (query.kind == "number" and _FIGURE.search(draft.text)):
            # The question wants a value that no fact gives: a sentence about the subject is a weaker answer.
            draft = replace(draft, coverage=draft.coverage - 0.15)
    if draft and draft.text and (missing := missing_from(query, draft)):
        # A sentence that covers more of the question names nobody: then the nearest task does, and its coverage says how sure that is.
        nearest = DISTANT[query.kind](query, gathered) if query.kind in DISTANT else None
        if nearest and nearest.text and nearest.coverage >= _NEAR_ENOUGH and not missing_from(query, nearest):
            return nearest
        return replace(draft, text="", missing=missing)
    return draft


_NEAR_ENOUGH = 0.7
DISTANT: dict[str, Callable[[Query, Gathered], Draft | None]] = {
    "lead": partial(duties.lead, far=1.0),
    "support": partial(duties.support, far=1.0),
}


COMPOSERS: dict[str, tuple[Composer, ...]] = {
    "contact": (records.contact,),
    "meta": (lambda q, g, lib: values.own_date(q, g), records.document_data),
    "count": (lambda q, g, lib: tallies.count(q, lib), lists.counted, lambda q, g, lib: values.number(q, g)),
    "reverse": (lambda q, g, lib: tallies.reverse(q, lib),),
    "lead": (lambda q, g, lib: rulings.punisher(q, g), lambda q, g, lib: duties.lead(q, g), lambda q, g, lib: lists.bodies(q, g, lib)),
    "support": (lambda q, g, lib: duties.support(q, g),),
    "deadline": (lambda q, g, lib: series.each(q, g), lambda q, g, lib: values.clock(q, g), lambda q, g, lib: values.deadline(q, g)),
    "number": (lambda q, g, lib: series.each(q, g), lambda q, g, lib: values.clock(q, g), lambda q, g, lib: rulings.penalty(q, g), lambda q, g, lib: texts.penalty(q, g) if q.measure_word == "元" else None, pairs.compared, lambda q, g, lib: values.number(q, g)),
    "measure": (lambda q, g, lib: rulings.penalty(q, g), lambda q, g, lib: texts.penalty(q, g), lambda q, g, lib: lists.items_below(q, g) or (members.one_of_several(q, g) if _WHAT.search(q.folded) else None)),
    "list": (places.numbered_place, lambda q, g, lib: tallies.by_person(q, lib), lists.enumerate_members),
    "other": (places.numbered_place, lambda q, g, lib: members.one_of_several(q, g), lambda q, g, lib: lists.items_below(q, g) or lists.siblings(q, g)),
    "mentions": (places.mentions,),
    "definition": (places.numbered_place, lists.definition),
    "yesno": (lambda q, g, lib: rulings.ruling(q, g), lambda q, g, lib: texts.yes_or_no(q, g)),
    "compare": (lambda q, g, lib: values.year_by_year(q, g), pairs.compared, lambda q, g, lib: texts.compare(q, g, lib),),
}
_WHAT: re.Pattern[str] = re.compile("(?:什么|啥|哪种)(?:形式|方式|方法|学历|标准|条件|颜色)")
"""How one of several is done is said in a few words; how a matter is dealt with takes the whole sentence."""
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千]+(?:个|次|天|日|年|月|家|人|名|元|周|小时)")
TABULAR = frozenset(
    ("number", "meta", "contact", "lead", "support", "deadline", "compare", "list", "count", "reverse", "yesno", "other")
)
"""Kinds that a cell of a table may answer; asked first, it declines whenever it is unsure."""
FACTUAL = frozenset(("lead", "support", "deadline", "number"))


def _cited(draft: Draft) -> str:
    """The answer and what is cited with its headings, in matching form."""
    return fold(draft.text + "".join(q.span.of(q.document.text) + " ".join(q.path) for q in draft.quotes[:8]))


def _covered(draft: Draft) -> str:
    parts = [fold(q.span.of(q.document.text) + " ".join(q.path) + q.document.title + " ".join(q.document.card.places)) for q in draft.quotes[:8]]
    return "".join(parts)
