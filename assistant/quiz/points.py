"""A point: one fact of a document put as a statement with a blank, with everything that a question about it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from assistant.answering.clauses import segments, sentences
from assistant.quiz.wording import BLANK, filled, pretty, unnumbered, whole
from corpus.text import fold
from corpus.types import Document, Passage, Span

Family = Literal["figure", "time", "often", "lead", "support", "term", "list"]


@dataclass(frozen=True, slots=True)
class Point:
    """statement: natural words with one BLANK, no full stop.  values: what belongs there, as printed.

    prompt: short words that stand for the fact in a pair or a case.  question: asks for all values in words; "" when only the
    blank is natural.  quote: the whole clause; marks: the words in it that answer.  number: the value of a figure.
    ordered: the values are steps in their order.  told: folded words that are the fact itself.
    """

    family: Family
    document: Document
    section: int
    path: tuple[str, ...]
    source: str
    statement: str
    values: tuple[str, ...]
    quotes: tuple[Span, ...]
    marks: tuple[Span, ...]
    prompt: str = ""
    question: str = ""
    until: date | None = None
    number: float | None = None
    unit: str = ""
    comparator: str = ""
    ordered: bool = False
    duty: int = -1

    @property
    def told(self) -> str:
        return plain(filled(self.statement, self.values))

    def with_values(self, values: Sequence[str]) -> str:
        """Give the statement with these values, put together as the text puts its own together (A、B和C)."""
        text = self.document.text
        printed = pretty(self.marks[0].of(text)) if self.family == "list" and len(self.marks) == 1 else ""
        at = 0
        for own, new in zip(self.values, values, strict=True):
            place = printed.find(own, at)
            if place < 0:
                return filled(self.statement, joined(values))
            printed = printed[:place] + new + printed[place + len(own) :]
            at = place + len(new)
        return filled(self.statement, printed)

    @property
    def key(self) -> str:
        """The fact's identity: the same words said twice in a document are one fact, in whatever library the document is."""
        return f"{self.document.name}:{self.family}:{self.told}"

    @property
    def around(self) -> str:
        """The folded statement without what is asked."""
        return plain(self.statement.replace(BLANK, ""))


def joined(values: Sequence[str]) -> str:
    """Join values with 、, or with ；where one of them has a pause of its own."""
    return ("；" if any("、" in v or "，" in v for v in values) else "、").join(values)


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """Give the folded text without punctuation, for comparing statements."""
    return re.sub(r"[^\w%.]|_", "", fold(text))


def pairs_of(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def contained(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set's pairs of characters that the other has too; 0 for an empty one."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


# ---------------------------------------------------------------- a statement cut around the words asked for

_LEANS = re.compile(
    r"^(?:达到?|实现|完成|控制在|不低于|不少于|不高于|不得?超过|提升[至到]|提高[至到]|下降|增长|增加|减少|并|且|其中|含|由|较|同比|分别|比例|均|累计|力争|确保|做到"
    r"|逐步|及时|按时|全部|占比|完成率|配备|再|也|以及|同时|对其|将其|每年|每季度|每月|每半年|至少)"
)
_TIME_PHRASE = re.compile(r"^(?:到|截至|自|从)?20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|初|末)?(?:以?前|起|内|之前)?[，,]?")
_NO_OBJECT = re.compile(r"^(?:建立|推行|实施|落实|完成)$")
_BAD_START = re.compile(r"^(?:其|该|此|这|上述|以上|以下|其中|并|且|及|和|与|的|等|或|而|也|均|再|含|同比|分别|由于|因此|对此|如|若|对(?:单位|个人)处|并?处|[、，。；：”）》’])")
_BAD_END = re.compile(r"(?:的|和|与|及|、|在|对|把|将|或|以)$")
_LABEL = re.compile(r"^.{2,14}(?:领域|方面|行业|区域|环节|部门|企业|场所)[:：]$")
_TIMED = re.compile(r"^(?:到|截至|自|从)?20\d\d年.{0,8}[,，]$")
_OCCASION = re.compile(r"(?:如?遇|凡|一旦|发生|接到|出现|当|对(?!照|标)|违反|未)")
_CONDITION = re.compile(r"(?:时|后|的|情况下|期间|以上的)[,，]$")
"""Without its condition a demand means another thing."""
_ONLY_OCCASION = re.compile("(?:按照|根据|对照|依据|结合|针对|围绕|通过)")
LONGEST, SHORTEST = 78, 9


@dataclass(frozen=True, slots=True)
class Cut:
    """A statement with its blank, and the sentence it was cut from."""

    statement: str
    sentence: Span
    passage: Passage


def passage_at(document: Document, span: Span) -> Passage | None:
    return next((p for p in document.passages if p.kind in ("text", "row", "table") and p.span.covers(span)), None)


def cut_around(document: Document, mark: Span, *, period: str = "") -> Cut | None:
    """Cut a statement that can stand alone around the words `mark`, which become the blank; None when that cannot be done well."""
    text = document.text
    passage = passage_at(document, mark)
    if passage is None:
        return None
    sentence = next((s for s in sentences(text, passage.span) if s.covers(mark)), None)
    if sentence is None or "|" in sentence.of(text):
        return None
    pieces = segments(text, sentence)
    at = next((i for i, piece in enumerate(pieces) if piece.covers(mark)), None)
    if at is None:
        return None
    first = _first_piece(text, pieces, at, mark)
    first = next((n for n in range(first) if _OCCASION.match(unnumbered(pieces[n].of(text)))), first)
    while first > 0 and at - first < 4 and _CONDITION.search(pieces[first - 1].of(text)):
        first -= 1
    words = _without_heading(document, passage, _worded(text, pieces[first : at + 1], mark))
    if _LEANS.match(_TIME_PHRASE.sub("", words).replace(BLANK, "")) and not words.startswith(BLANK):
        return None
    ahead = [p.of(text) for p in pieces[:first]]
    if ahead and _LABEL.match(unnumbered(ahead[0])):
        label = unnumbered(ahead[0]).rstrip(":：")
        words = f"在{label}，{words}" if label.endswith("领域") else f"{label}：{words}"
    if (period and fold(period) not in fold(words)) or not period:
        timed = next((p for p in reversed(ahead) if _TIMED.match(unnumbered(p))), "")
        if period and not timed:
            return None
        if timed and not re.match(r"(?:到|截至)?20\d\d", words):
            words = f"{unnumbered(timed)}{words}"
    statement = pretty(words).strip("，。；：、")
    return Cut(statement, sentence, passage) if stands_alone(statement) else None


def _first_piece(text: str, pieces: tuple[Span, ...], at: int, mark: Span) -> int:
    first = at
    while first > 0 and at - first < 3:
        words = unnumbered(text[pieces[first].start : mark.start])
        rest = text[mark.end : pieces[at].end]
        whole_words = _TIME_PHRASE.sub("", unnumbered(words + rest))
        objectless = _NO_OBJECT.match(plain(rest)) and first == at
        bare = len(plain(whole_words)) < SHORTEST or _LEANS.match(whole_words) or objectless or not plain(words) and len(plain(rest)) < 12
        if not bare:
            break
        first -= 1
    return first


def _without_heading(document: Document, passage: Passage, words: str) -> str:
    """Drop the heading that runs into the sentence without a stop (整治目标 通过三年整治…)."""
    title = document.sections[passage.section].title if 0 <= passage.section < len(document.sections) else ""
    rest = words.removeprefix(title) if title else words
    return rest.lstrip(" 　,，:：。") if rest != words and len(rest) >= SHORTEST and rest[:1] in " 　\n,，:：。" else words


def _worded(text: str, pieces: tuple[Span, ...], mark: Span) -> str:
    return unnumbered(text[pieces[0].start : mark.start] + BLANK + text[mark.end : pieces[-1].end])


def stands_alone(statement: str) -> bool:
    """Is the statement whole, of a fit length, and does it lean on nothing said before it?"""
    bare = plain(statement.replace(BLANK, ""))
    return (
        statement.count(BLANK) == 1
        and len(statement) <= LONGEST
        and len(bare) >= SHORTEST
        and whole(statement)
        and not _BAD_START.match(statement)
        and not _BAD_END.search(statement)
        and ("，" in statement or not _ONLY_OCCASION.match(statement))
        and not re.search(r"《[^》]*▁|(?:上述|以上各|前款|同上|下同|详见|见附件)", statement)
        and "\n" not in statement
    )
