"""From points to questions: what every kind shares (opening words, explanation, citations, identity, difficulty)."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.draft import Quote, citations
from assistant.quiz.material import Material
from assistant.quiz.points import Point
from assistant.quiz.types import Item, Kind
from assistant.quiz.wording import pretty
from assistant.types import Citation

VARIANTS = 8
"""From one fact and kind this many questions can be made that differ in words, wrong options and order."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A question not made yet: its kind and the points it asks, in order. `variant` chooses among its forms."""

    kind: Kind
    points: tuple[Point, ...]

    def identity(self, variant: int) -> str:
        """Give the id of the question: the same facts, kind and variant make the same question again."""
        facts = "\n".join((self.kind, *(p.key for p in self.points)))
        return f"q{hashlib.sha256(facts.encode()).hexdigest()[:10]}{variant}"

    @property
    def way(self) -> tuple[Kind, str, bool]:
        """Kind, family, and whether it asks for a named list: questions of one way soon bore."""
        first = self.points[0]
        return self.kind, first.family, bool(first.prompt) and len(first.values) > 1

    @property
    def home(self) -> tuple[str, str]:
        """Document and top heading, for spreading questions."""
        first = self.points[0]
        return first.document.id, "›".join(first.path[:2])


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a maker of one kind gets: the material, the points, and its own dice."""

    material: Material
    seed: Seed
    rng: random.Random

    @property
    def point(self) -> Point:
        return self.seed.points[0]


@dataclass(frozen=True, slots=True)
class Made:
    """A question as its maker gives it. hardness: 0 (easy) to 1, from the wrong options and what has to be put together."""

    stem: str
    options: tuple[str, ...]
    key: tuple[int | str, ...]
    answer: str
    hardness: float
    prompts: tuple[str, ...] = ()


_OPENINGS = ("根据{}，", "按照{}的要求，", "依据{}，", "{}提出，", "{}明确，")


_REPORTS = re.compile("共发生|累计|已完成|现有|截至")
"""What is reported is no demand."""


def opening(workshop: Workshop, *, statement: str = "") -> str:
    """Give the words that name the source. A statement about another's demand (要求…) takes no second demand in front."""
    source = workshop.point.source
    choices: tuple[str, ...] = _OPENINGS if not statement.startswith(("“", "按照", "根据", "依据", "要")) else ("根据{}，", "依据{}，", "在{}中，")
    if _REPORTS.search(statement):
        choices = ("根据{}，", "{}指出，")
    if statement.startswith(("按照", "根据", "依据")):
        choices = ("{}提出，", "{}明确，")
    return workshop.rng.choice(choices).format(source)


def finished(workshop: Workshop, made: Made, identity: str) -> Item:
    """Add source, explanation and difficulty to what a maker made."""
    points = workshop.seed.points
    cited = citations(q for p in points for q in _quotes(p))
    return Item(
        id=identity,
        kind=workshop.seed.kind,
        stem=made.stem,
        options=made.options,
        key=made.key,
        explanation=_explanation(made.answer, cited),
        difficulty=difficulty(workshop, made),
        citations=cited,
        prompts=made.prompts,
        answer=made.answer,
        facts=tuple(p.key for p in points),
        says=tuple(p.told for p in points),
    )


def _quotes(point: Point) -> list[Quote]:
    return [Quote(point.document, span, point.path, tuple(m for m in point.marks if span.covers(m))) for span in point.quotes]


LONGEST_EXCERPT = 90


def _explanation(answer: str, cited: Sequence[Citation]) -> str:
    """Say the answer and, for each place, title, headings, page and the words around what answers."""
    lines = [f"答案：{answer}。"]
    for path in dict.fromkeys((c.title, c.path, c.page) for c in cited):
        these = [c for c in cited if (c.title, c.path, c.page) == path]
        where = " › ".join([these[0].title, *these[0].path]) + (f"（第{these[0].page}页）" if these[0].page else "")
        quoted = "……".join(excerpt(c) for c in these[:6])
        lines.append(f"依据：{pretty(where)}。原文：“{quoted}”")
    return "".join(lines)


def excerpt(citation: Citation) -> str:
    """Cut the words around the marks out of a quote, verbatim but for line breaks."""
    quote = citation.quote
    if len(quote) <= LONGEST_EXCERPT:
        return _one_line(quote)
    start = min((a for a, _ in citation.highlight), default=citation.start) - citation.start
    end = max((b for _, b in citation.highlight), default=citation.start + LONGEST_EXCERPT) - citation.start
    slack = max(LONGEST_EXCERPT - (end - start), 20)
    low, high = max(0, start - slack * 2 // 3), min(len(quote), end + slack // 3)
    return ("…" if low else "") + _one_line(quote[low:high]) + ("…" if high < len(quote) else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------- difficulty

_BASE: dict[Kind, float] = {
    "true_false": 0.0, "single": 0.15, "multiple": 0.4, "fill": 0.4, "short": 0.55, "match": 0.35, "order": 0.4, "case": 0.5,
}  # fmt: skip


def difficulty(workshop: Workshop, made: Made) -> int:
    """Give 1 (easy) to 5 from what can be counted.

    The kind's own demand (recognise, choose several, write, put together); how close the wrong options are; how many clauses are
    needed; how often the library repeats the fact (what is said often is easier); how many parts the key has.
    """
    points = workshop.seed.points
    repeated = min(max(workshop.material.repeats(points[0]) - 1, 0), 4) / 4
    clauses = min(len({(p.document.id, q.start) for p in points for q in p.quotes}) - 1, 4) / 4
    parts = min(max(len(made.key) - 1, 0), 5) / 5 if workshop.seed.kind != "fill" else 0.0
    score = _BASE[workshop.seed.kind] + 0.3 * made.hardness + 0.12 * clauses + 0.12 * parts - 0.15 * repeated
    return min(5, max(1, 1 + int(score * 5)))

