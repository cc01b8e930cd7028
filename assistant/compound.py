"""Several questions asked in one breath (每样留多少克、要留多久?): told apart, so that each is answered and what has no answer is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.subjects import Subjects
from assistant.types import Answer, Citation
from corpus.numbers import CN
from corpus.text import fold

_ASKS = re.compile(
    rf"谁|(?<![{CN}\d第])几|多少|什么|啥|哪|怎么|怎样|咋|如何|吗|呢|多久|多长|多大|多高|多远|是否|是不是|能不能|可不可以|有没有|要不要|会不会|百分之|何时|何地"
)
_TAG = re.compile(r"^(?:对吗|是吗|对不对|是不是|行吗|可以吗|好吗|有吗|对吧|是吧)$")
"""Words after a statement that ask whether it is so: no question of their own."""
_SHARED = re.compile(r"^(?:都|各|分别|其中|一共|总共|合计)|一样|相同|区别|差别|对比|相比|更|差(?:多少|几)|多几|(?<![最至])少几")
"""A part that asks about all that the first part named (分别叫什么): the two are one question."""
_BREAK = re.compile(r"[,;、?。!]|以及|还有(?=[^?]{2,})|并且")
_EDGES = " ,;、?。!,;?!"
_SERIES = re.compile(
    rf"(?P<one>第?[{CN}\d]+(?P<of>期|批|级|阶段|季度|档|类|等奖?)|上半年|(?:城镇|城市|市级|省级|区级|县级|首次|小学|企业))(?:[、和与及]|以及)(?P<two>第?[{CN}\d]+(?(of)(?P=of)|(?!))|下半年|(?:农村|乡村|区级|县级|镇级|市级|再次|中学|个人))"
)
_AROUND = re.compile(r"(?P<event>[㐀-鿿]{2})前后(?=.{0,12}(?:各|分别))")
_WHO_IS = re.compile("(?:都|分别)?(?:是|叫)谁")
"""谁 after several posts asks for the holder of each."""

WHOLE = frozenset(("compare", "reverse", "mentions", "definition", "contact"))
"""Kinds whose composers read the question as a whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions. label: the member it is about (一期), when the parts ask the same of several.  whole: it needs no part before it."""

    text: str
    label: str = ""
    whole: bool = False


def parts_of(question: str, subjects: Subjects | None = None) -> tuple[Part, ...]:
    """Cut a question into the questions it asks, in order; a single one comes back alone. subjects: what it is asked of, one by one."""
    if shared := _members(question):
        return shared
    if subjects and (subjects.apart or _WHO_IS.search(fold(question))) and not _SHARED.search(fold(question).lstrip(_EDGES)):
        return tuple(Part(subjects.before + label + subjects.after, label, whole=True) for label in subjects.labels)
    texts = list(_asked(question))
    return tuple(map(Part, texts)) if len(texts) > 1 and all(len(text) > 1 for text in texts) else (Part(question),)


def _members(question: str) -> tuple[Part, ...]:
    """Ask the same of each of two things: 一期、二期什么时候完工 → 一期什么时候完工, 二期什么时候完工."""
    folded = fold(question) if len(fold(question)) == len(question) else question
    if around := _AROUND.search(folded):
        event, before, after = around["event"], folded[: around.start()], folded[around.end() :]
        return tuple(Part(before + event + side + after, event + side, whole=True) for side in ("前", "后"))
    if _SHARED.search(folded.lstrip(_EDGES)):
        return ()
    if match := _SERIES.search(folded):
        before, rest = folded[: match.start()], re.sub("^(?:各|分别|都)", "", folded[match.end() :])
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


def joined(whole: Answer, parts: Sequence[Part], answers: Sequence[Answer]) -> Answer:
    """Put the answers to the parts together and name the parts without one; `whole` is the answer to the question read as one.

    The confidence is that of the least certain part that is answered.
    """
    given = [(part, answer) for part, answer in zip(parts, answers, strict=True) if answer.status == "answered"]
    if not given:
        return whole
    texts: list[tuple[str, str]] = []
    for part, answer in given:
        said = answer.kind, f"{part.label}:{answer.answer}" if part.label and part.label not in answer.answer else answer.answer
        if not any(_says(longer, said) for _, longer in texts):
            texts = [before for before in texts if not _says(said[1], before)] + [said]
    notes = [note for _, answer in given for note in answer.notes]
    notes += [f"“{part.text}”这一问,文件中没有找到依据" for part, answer in zip(parts, answers, strict=True) if answer.status != "answered"]
    return replace(
        given[0][1],
        question=whole.question,
        answer="\n".join(text for _, text in texts),
        confidence=min(answer.confidence for _, answer in given),
        notes=tuple(dict.fromkeys(notes)),
        citations=_numbered(citation for _, answer in given for citation in answer.citations),
    )


def _says(longer: str, said: tuple[str, str]) -> bool:
    """Is an answer (kind, text) said by another one? An office that merely stands in a sentence about something else is not said to lead."""
    kind, text = said
    return fold(text) == fold(longer) or (kind not in ("lead", "support") and fold(text) in fold(longer))


def _numbered(cited: Iterable[Citation]) -> tuple[Citation, ...]:
    merged: dict[tuple[str, int, int], Citation] = {}
    for citation in cited:
        key = (citation.document_id, citation.start, citation.end)
        seen = merged.get(key)
        merged[key] = citation if seen is None else replace(seen, highlight=tuple(sorted({*seen.highlight, *citation.highlight})))
    return tuple(replace(citation, n=n) for n, citation in enumerate(merged.values(), 1))
