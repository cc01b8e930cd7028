"""The question understood: what is asked for, about what, and within which documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.question.demands import Demands
from assistant.question.terms import Term


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

    kind: what is asked for first (see `Answer.kind`).  demands: all that is asked for.
    other_kinds: what it may ask for instead, the likeliest first.
    topic: folded words of the question without question words and scope.  terms: its content words, weighted.
    focus: of a follow-up, the words that are new in it.
    units: organisations the question names.  role: "lead", "support" or "any" for questions about a unit's tasks.
    since/until: dates that tasks are asked for.  count: the number of things expected (哪七条 → 7).
    measure_word: unit of the figure asked for (艘, 公里, %).  asked_noun: what kind of thing is to be listed (哪几个阶段 → 阶段).  quoted: terms in quotation marks.
    meant: the question in full that an elliptic follow-up stands for (望洲县呢), "" where its own words were read.
    items: of a list answered before, the items meant (第二项呢).  beyond: how many it has, where one further is meant.
    excluded: what it sets aside (除了身份证还要什么).
    context: folded answers of the earlier turns, for who is meant by 他 or 组长.
    claim: a statement the asker wants confirmed, or takes for granted (既然…).
    corrections: (as written, as meant) of every slip of the pen that was put right in `text`.
    otherwise: other ways to read a follow-up; the last may be the question alone, for where no other is answered.
    """

    text: str
    folded: str
    language: str = "zh"
    kind: str = "other"
    other_kinds: tuple[str, ...] = ()
    demands: Demands = Demands()
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
    meant: str = ""
    items: tuple[str, ...] = ()
    beyond: int = 0
    excluded: tuple[str, ...] = ()
    context: str = ""
    corrections: tuple[tuple[str, str], ...] = ()
    scope: Scope = field(default_factory=Scope)
    otherwise: tuple[Query, ...] = ()

    @property
    def wants(self) -> tuple[str, ...]:
        """Every attribute asked for, in order."""
        return self.demands.kinds


def search_text(query: Query) -> str:
    """The words to search for: the topic as asked and the official words for it."""
    words = [t.text for t in query.terms]
    others = [other for t in query.terms for other in (*t.alternatives[:3], *t.near)]
    return " ".join([*words, *words, *others]) or query.folded
