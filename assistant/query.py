"""The question understood: what is asked for, about what, and within which documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.terms import Term


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered place the question names: 附件6, 第9条, (七), 第3条. family as in `corpus.types.Section`, "item" for 第N项/条 of a list."""

    family: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look.

    documents: ids the question limits itself to, by place, title or filter; empty means all.
    places: the known places it names.  unknown: places it names that no document is from.
    years: calendar years it names.  attachment: number of the attachment.  references: other numbered places.
    explicit: the asker chose the documents (a filter), not the wording.
    """

    documents: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    attachment: int | None = None
    references: tuple[Reference, ...] = ()
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One question, read.

    kind: what is asked for first (see `Answer.kind`).  wants: every attribute asked for, in order ("lead", "deadline", …).
    topic: folded words of the question without question words and scope.  terms: its content words, weighted.
    focus: of a follow-up, the words that are new in it.
    units: organisations the question names.  role: "lead", "support" or "any" for questions about a unit's tasks.
    since/until: dates that tasks are asked for.  count: the number of things expected (哪七条 → 7).
    measure_word: unit of the figure asked for (艘, 公里, %).  asked_noun: what kind of thing is to be listed (哪几个阶段 → 阶段).  quoted: terms in quotation marks.
    context: folded answers of the earlier turns, for who is meant by 他 or 组长.
    claim: a statement the asker wants confirmed, or takes for granted (既然…).
    corrections: (as written, as meant) of every slip of the pen that was put right in `text`.
    """

    text: str
    folded: str
    language: str = "zh"
    kind: str = "other"
    wants: tuple[str, ...] = ()
    topic: str = ""
    terms: tuple[Term, ...] = ()
    focus: tuple[Term, ...] = ()
    units: tuple[str, ...] = ()
    role: str = "any"
    since: date | None = None
    until: date | None = None
    count: int | None = None
    measure_word: str = ""
    asked_noun: str = ""
    quoted: tuple[str, ...] = ()
    claim: bool = False
    presumes: bool = False
    follow_up: bool = False
    context: str = ""
    corrections: tuple[tuple[str, str], ...] = ()
    scope: Scope = field(default_factory=Scope)
