"""A follow-up question: completed from the turns before by what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.lexicon.cues import LEADS
from assistant.question.compared import held_against
from assistant.question.demands import Demands, Part
from assistant.question.ellipsis import ANEW, YEAR_MEANT, in_full, names_place_only, names_year_only, put_right
from assistant.question.likes import ATTRIBUTE, THIS_MATTER, like_put_in, of_subject, with_subject
from assistant.question.listed import Meant, items_meant
from assistant.question.query import Query
from assistant.question.scope import Known
from assistant.question.tagging import Words
from assistant.types import Turn
from corpus.text import fold
from corpus.types import Span
from corpus.units import units_in

_FOLLOWS = re.compile(r"^(?:那么?|然后|还有|另外|换成|改成|我(?:问|说)的是|不是问?)|呢(?:[?,]|$)|^(?:它|他们?|这个|那个|这项|这条|上面|其)|其他|这项|这条|该项|上述|前面")


@dataclass(frozen=True, slots=True)
class Reader:
    """What completing needs of the library. read: reads a question alone.  knows: does the library have a string?

    occurs: does a string occur in any of the documents with these ids? None: it is not looked up.
    holders: the documents that may hold a string.
    """

    read: Callable[[str], Query]
    documents: Sequence[Known]
    knows: Callable[[str], bool]
    words: Words
    occurs: Callable[[str, frozenset[str]], bool] | None = None
    holders: Callable[[str], frozenset[str]] = lambda text: frozenset()


@dataclass(frozen=True, slots=True)
class _Said:
    """One question of what is spoken of. manner: how it goes on from the one before it (`_completed`)."""

    query: Query
    manner: Literal["alone", "goes on", "stays", "elsewhere"]
    meant: Meant | None = None
    by_likeness: bool = False


def resumed(query: Query, history: Sequence[Turn], reader: Reader, *, sure: bool) -> Query:
    """Complete a follow-up from the turns before: its own words first, what is missing from the questions it goes on from.

    A change of subject in between ends what was spoken of before it. sure: it is known to go on from the turn before, whatever its words.
    """
    history = _since_anew(history)
    if not history:
        return query
    talk: tuple[_Said, ...] = ()
    for at, turn in enumerate(history):
        if at and held_against(turn.question):
            continue
        talk = _begun(_next(reader.read(put_right(turn.question)), talk, history[:at], reader, sure=False), reader)
    before = talk
    talk = _next(query, talk, history, reader, sure=sure)
    if talk[-1].query is query and len(talk) == 1:
        return query
    context = fold(" ".join(turn.answer for turn in history[-2:]))

    def whole(said: tuple[_Said, ...]) -> Query:
        full = said[0].query.text if len(said) == 1 else ""
        completed = _completed(said, history, reader)
        own = full or said[-1].query.text
        return replace(completed, text=own, meant=full, follow_up=not full, context=context, corrections=query.corrections)

    readings = [whole(talk)]
    if len(talk) <= len(before) and talk[-1].by_likeness:
        # 中度呢 has its place in the question before; where that reads badly its words are added to it.
        readings.append(whole((*before, _Said(query, "goes on"))))
    if len(talk) > 1 and talk[-1].meant is None and not _PERSON.search(query.folded) and (full := of_subject(query.folded, fold(talk[0].query.text), reader.words)):
        said = whole((_Said(replace(_asked(full, reader), text=full), "alone"),))
        said = replace(said, focus=query.terms, scope=replace(said.scope, documents=said.scope.documents or readings[0].scope.documents))
        readings.insert(0 if len(talk) == 2 and THIS_MATTER.match(query.folded) else 1, said)
    if not sure and talk[-1].manner == "goes on" and talk[-1].meant is None and len(talk) > 1 and _full(query):
        # 这个通告管几年 after a talk about fines: a question of its own about the same documents.
        said = whole((*before, _Said(query, "stays")))
        readings.append(replace(said, kind=query.kind, demands=query.demands))
    if talk[-1].manner == "stays":
        readings.append(query)
    return replace(readings[0], otherwise=tuple(readings[1:]))


_PERSON = re.compile("他|她|还(?:有|牵头|负责)|其他|别的|呢(?:[?,]|$)")
"""Who or what else is meant is told by an answer, not by what was asked about."""


def _full(query: Query) -> bool:
    """Does a follow-up say what it asks and of what?"""
    loose = query.kind == "yesno"
    own = [t for t in query.terms if t.known and (loose or (t.weight > 0.3 and t.required)) and not _NO_SUBJECT.fullmatch(t.text)]
    return bool(own) and not re.search("呢(?:[?,]|$)", query.folded) and not ATTRIBUTE.fullmatch(query.folded)


def _since_anew(history: Sequence[Turn]) -> Sequence[Turn]:
    """The turns since another subject was announced (换个话题,…), without the announcement."""
    start = max((at for at, turn in enumerate(history) if ANEW.search(fold(turn.question))), default=-1)
    if start < 0:
        return history
    return (replace(history[start], question=ANEW.sub("", fold(history[start].question))), *history[start + 1 :])


def _next(query: Query, talk: tuple[_Said, ...], history: Sequence[Turn], reader: Reader, *, sure: bool) -> tuple[_Said, ...]:
    """Add a question to what is spoken of: behind it, in the place of a question of which it changes a word, or as a new subject."""
    if not talk:
        return (_Said(query, "alone"),)
    if not (sure or _goes_on(query, history, len(history))):
        stays = _stays(query, _completed(talk, history, reader), reader)
        return (*talk, _Said(query, "stays")) if stays else (_Said(query, "alone"),)
    if meant := items_meant(query.text, history):
        return (*talk, _Said(query, "goes on", meant))
    if two := _TWO.match(query.folded):
        # 升到二级呢,间隔多久: another level, then something else about it.
        turned = _next(reader.read(two["other"]), talk, history, reader, sure=True)
        if len(turned) <= len(talk):
            return (*turned, _Said(replace(reader.read(two["asked"]), text=two["asked"]), "goes on"))
    for at in range(len(talk) - 1, -1, -1):
        before = _completed(talk[: at + 1], history, reader)
        if talk[at].meant:
            continue
        text = talk[at].query.text
        full = in_full(query, replace(before, text=text), reader.documents, reader.knows, last=at == 0)
        like = None if full or query.wants else like_put_in(query.folded, fold(text), reader.knows, reader.words)
        about = None if full or like or at or _OTHER_TASKS.search(query.folded) else with_subject(query.folded, fold(text))
        if changed := full or like or about:
            unsure = like is not None or bool(YEAR_MEANT.search(query.folded))
            said = replace(talk[at], query=replace(_asked(changed, reader), text=changed), by_likeness=unsure)
            return (*talk[:at], said, *talk[at + 1 :])
    return (*talk, _Said(query, "elsewhere" if names_place_only(query) else "goes on"))


def _begun(talk: tuple[_Said, ...], reader: Reader) -> tuple[_Said, ...]:
    """Look for the documents of a question that begins a talk; one that goes on stays with those spoken of, whoever else uses its words."""
    first = talk[0]
    return (replace(first, query=_asked(first.query.text, reader)),) if len(talk) == 1 and first.manner == "alone" else talk


_TWO = re.compile("(?P<other>[^,]{2,12}呢),(?P<asked>[^,]{3,12})")


def _completed(talk: Sequence[_Said], history: Sequence[Turn], reader: Reader) -> Query:
    """Read the last question in the light of those before it."""
    whole = talk[0].query
    for said in talk[1:]:
        if said.meant:
            whole = _of_items(said.query, whole, said.meant, reader)
        elif said.manner == "stays":
            whole = _merge_lightly(said.query, whole)
        elif said.manner == "elsewhere":
            own = said.query.scope
            scope = replace(whole.scope, documents=own.documents, places=own.places, unknown=own.unknown, explicit=own.explicit)
            whole = replace(whole, text=said.query.text, scope=scope)
        else:
            whole = _other_tasks(_merge(said.query, whole), history, reader)
        whole = replace(whole, follow_up=True, meant="")
    return whole


def _goes_on(query: Query, history: Sequence[Turn], at: int) -> bool:
    own = [t for t in query.terms if t.weight > 0.3 and not _NO_SUBJECT.fullmatch(t.text)]
    asked_before = fold(history[at - 1].question)
    shared = sum(t.text in asked_before for t in own)
    resumes = shared * 2 >= len(own) and len(query.folded) <= 14 and not query.scope.places
    return bool(_FOLLOWS.search(query.folded)) or len(own) <= 1 or resumes or names_year_only(query) or items_meant(query.text, history[:at]) is not None


_NO_SUBJECT = re.compile("(?:19|20)\\d\\d|[一两二三四五六七八九十几每][个种家人次项年月]?")
"""Years and counts among the words of a question: they tell no subject from another."""
_FEW = 20
"""Documents that a conversation may be about; more are no subject."""
_OF_ALL = frozenset(("mentions", "compare"))
"""Kinds of questions that are asked of the whole library."""


def _stays(query: Query, before: Query, reader: Reader) -> bool:
    """Does a full question that names no document ask on about the documents spoken of, which use its words?"""
    ids, own = before.scope.documents, query.scope
    if reader.occurs is None or not 0 < len(ids) <= _FEW or query.kind in _OF_ALL or own.places or own.unknown or (own.documents and not own.explicit):
        return False
    telling = [t for t in query.terms if t.weight > 0.3 and t.required and t.known and not _NO_SUBJECT.fullmatch(t.text)]
    missing = sum(t.weight for t in telling if not any(reader.occurs(form, ids) for form in (t.text, *t.alternatives, *t.near)))
    return missing * 3 <= sum(t.weight for t in telling)


def _asked(question: str, reader: Reader) -> Query:
    """Read a question that was asked: about the documents that hold all it is about, where it names none and they are few."""
    query = reader.read(question)
    if query.scope.documents or query.scope.unknown or query.kind in _OF_ALL:
        return query
    telling = sorted((t for t in query.terms if t.weight > 0.5 and t.known), key=lambda t: -t.weight)[:_TELLING]
    holding = [reader.holders(t.text) for t in telling]
    ids = frozenset.intersection(*holding) if holding else frozenset()
    return replace(query, scope=replace(query.scope, documents=ids)) if 0 < len(ids) <= _SUBJECT else query


_TELLING, _SUBJECT = 4, 2


def _merge_lightly(query: Query, before: Query) -> Query:
    """Ask a full question of the documents spoken of; what was spoken of decides only among passages that answer it alike."""
    fresh = {t.text for t in query.terms}
    terms = tuple(replace(t, weight=t.weight * _LIGHT, required=False) for t in before.terms if t.text not in fresh)
    years = query.scope.years or before.scope.years
    scope = replace(before.scope, years=years, attachment=query.scope.attachment, references=query.scope.references, unknown=())
    return replace(query, focus=query.terms, terms=query.terms + terms, scope=scope)


_LIGHT = 0.3


def _of_items(query: Query, previous: Query, meant: Meant, reader: Reader) -> Query:
    """Ask for items of the list before, or something else about one of them."""
    if not meant.items:
        return replace(previous, text=query.text, folded=query.folded, kind="list", beyond=meant.listed, follow_up=True, meant="")
    named = [reader.read(item) for item in meant.items]
    terms = {t.text: t for one in named for t in one.terms}
    titled = _TITLED.match(meant.items[0])
    scope = previous.scope
    if titled and len(meant.items) == 1 and (ids := [d.id for d in reader.documents if fold(d.title).startswith(fold(titled[1].rstrip("…")))]):
        scope = replace(scope, documents=frozenset(ids))
    base = replace(previous, terms=tuple(terms.values()), units=(), quoted=(), topic=",".join(one.topic for one in named), scope=replace(scope, references=()))
    if meant.rest and len(meant.items) == 1:
        return replace(_merge(reader.read(meant.rest), base), text=query.text, follow_up=True)
    demands = Demands(("list",))
    if meant.rest:
        # 前两项分别由谁牵头 asks the same of each.
        rest = re.sub("^(?:各自?|分别|都)", "", meant.rest)
        demands = replace(demands, parts=tuple(Part(f"第{n}项{rest}", head=f"第{n}项", whole=True) for n in meant.numbers))
    return replace(base, text=query.text, folded=query.folded, kind="list", demands=demands, items=meant.items, count=None, asked_noun="", follow_up=True, meant="")


_TITLED = re.compile("《([^》]*)》")


_OTHER_TASKS = re.compile(rf"^(?:那么?)?(?:他们?|它们?|该(?:单位|局|部门)|这(?:个|家)?(?:单位|局|部门))(?:还|也|都|另外)*(?:{LEADS}|负责|承担|配合|参与).{{0,2}}(?:别的|其他|哪些|什么|啥)")


def _other_tasks(query: Query, history: Sequence[Turn], reader: Reader) -> Query:
    """他们还牵头别的吗 asks for the tasks of the unit that was spoken of last: named by an answer, or asked about."""
    if not _OTHER_TASKS.search(query.folded):
        return query
    named: tuple[str, ...] = ()
    turns = [turn for turn in reversed(history) if reader.read(turn.question).kind in (query.role, "reverse", "count")]
    for turn in [*turns, *reversed(history)]:  # 还牵头 is said of the one that leads
        answered = fold(turn.answer)
        asked = reader.read(turn.question)
        told = tuple(dict.fromkeys(m.value for m in units_in(answered, Span(0, len(answered)))))
        if named := (asked.units if asked.kind in ("reverse", "count") else told)[:1]:
            break
    return replace(query, kind="reverse", demands=replace(query.demands, kinds=()), units=named, terms=()) if named else query


_YES_OR_NO = re.compile("(?:吗|么|不|没有?)[?]?$|[可能会要][不]?[可能会要]|是否|有没有")


def _merge(query: Query, previous: Query) -> Query:
    contrast = bool(re.search(r"呢[??]?$|^(?:换成|改成)|其他", query.folded)) and not query.wants
    scope = query.scope
    if not (scope.places or scope.documents):
        scope = replace(previous.scope, years=scope.years or previous.scope.years, unknown=scope.unknown)
        if query.scope.references or query.scope.attachment is not None:
            scope = replace(scope, references=query.scope.references, attachment=query.scope.attachment or previous.scope.attachment)
    fresh = {t.text for t in query.terms}
    fade = 0.5 if contrast and fresh else 0.8
    focus = query.terms
    asks = bool(query.wants) or query.kind not in ("other", "yesno") or (query.kind == "yesno" and bool(_YES_OR_NO.search(query.folded)) and bool(query.terms))
    kind, wants = (query.kind, query.wants) if asks else (previous.kind, previous.wants)
    if kind != previous.kind:
        # Whose telephone was asked for still is the subject; the telephone no longer is.
        kept = tuple(t for t in previous.terms if not ATTRIBUTE.fullmatch(t.text))
        previous = replace(previous, terms=kept, topic=ATTRIBUTE.sub(",", previous.topic))
    terms = query.terms + tuple(replace(t, weight=t.weight * fade, required=t.required and not contrast) for t in previous.terms if t.text not in fresh)
    return replace(
        query, focus=focus, kind=kind, demands=replace(query.demands, kinds=wants or previous.wants), scope=scope, terms=terms, topic=f"{query.topic},{previous.topic}",
        role=previous.role if query.role == "any" and kind == previous.kind else query.role, units=query.units or previous.units, measure_word=query.measure_word or (previous.measure_word if kind == previous.kind else ""),
        quoted=query.quoted or previous.quoted,
    )  # fmt: skip
