"""What a question demands: how many things, of what kind, each of one subject or of several.

Made once when the question is read (`compound.demands_of`); what answers it keeps to it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions. label: the member it is about (一期), when the parts ask the same of several.  whole: it needs no part before it.

    head: the attribute it asks for, where the question names several in a row (牵头单位、完成时限); its answer is headed by it.
    """

    text: str
    label: str = ""
    whole: bool = False
    head: str = ""


@dataclass(frozen=True, slots=True)
class Subjects:
    """labels: what is asked about, in order.  before, after: the rest of the question.

    apart: it says that each has an answer of its own (各, 分别).  seam: the words around the last 和, by which a name of two
    parts (煤与瓦斯) can be known.
    """

    labels: tuple[str, ...]
    before: str
    after: str
    apart: bool
    seam: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Two things set side by side (法定办结和承诺办结差几天): as they are printed in the question, and without a verb before them."""

    printed: tuple[str, str]
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Demands:
    """All that one question asks for.

    kinds: every attribute asked of one matter, in order ("lead", "deadline", …).
    questions: the questions it is cut into by its wording; empty for kinds that are read as a whole.
    parts: the same, or the one question asked of each of its subjects.
    subjects: what it is asked about, one by one, where it names several.
    sides: the two things whose values it sets beside each other.
    """

    kinds: tuple[str, ...] = ()
    questions: tuple[Part, ...] = ()
    parts: tuple[Part, ...] = ()
    subjects: Subjects | None = None
    sides: Sides | None = None
