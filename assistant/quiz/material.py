"""What a quiz is made from: the points of the chosen documents, and the whole library to prove that a wrong option is wrong."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary

from assistant.answering.clauses import sentences
from assistant.library.library import Library
from assistant.quiz.figures import figures
from assistant.quiz.listings import listings
from assistant.quiz.offices import offices
from assistant.quiz.points import Point, contained, pairs_of, plain
from assistant.quiz.terms import terms
from assistant.quiz.times import frequencies, times
from assistant.quiz.wording import BLANK, pretty, source_name
from corpus.types import Document, Span
from corpus.units import unit_matches

FAMILIES = (figures, times, frequencies, offices, terms, listings)
ALIKE = 0.7
"""Two statements with this share of common pairs of characters are taken to speak of one matter."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a document in matching form."""

    text: str
    pairs: frozenset[str]


class Pages:
    """One document read for a quiz: its points, its sentences, its lists and offices."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.folded = plain(document.text)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Every point of the document, each fact once, none that the text states in two ways."""
        kept: list[Point] = []
        seen: dict[str, list[tuple[frozenset[str], Point]]] = defaultdict(list)
        for family in FAMILIES:
            for point in family(self.document):
                pairs = pairs_of(point.around)
                alike = [p for other, p in seen[point.family] if contained(pairs, other) >= ALIKE]
                if any(set(p.values) == set(point.values) or p.told == point.told for p in alike) or not self.settled(point):
                    continue
                seen[point.family].append((pairs, point))
                kept.append(point)
        return tuple(kept)

    def settled(self, point: Point) -> bool:
        """Does the document give one value only where the statement's own words stand?"""
        if point.family not in ("figure", "time", "often"):
            return True
        left, right = (plain(part)[cut] for part, cut in zip(point.statement.split(BLANK), (slice(-10, None), slice(10)), strict=True))
        own = plain(point.values[0])
        if len(left) >= 4:
            after = [self.folded[at : at + len(own) + 3] for at in _places(left, self.folded)]
            found = [m.group() for words in after if right[:4] in words or not right for m in _VALUE.finditer(words) if m.start() == 0]
        else:
            found = [m.group() for at in _places(right, self.folded) if (m := _VALUE_BEFORE.search(self.folded[max(0, at - len(right) - 12) : at - len(right)]))]
        return all(value.startswith(own[: len(value)]) or own in value for value in found)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        whole = Span(0, len(self.document.text))
        found = (plain(s.of(self.document.text)) for s in sentences(self.document.text, whole))
        return tuple(Said(text, pairs_of(text)) for text in dict.fromkeys(found) if len(text) >= 6)

    @cached_property
    def units(self) -> Counter[str]:
        """Offices that lead or cooperate in this document, with how often."""
        from corpus.units import is_unit_name

        group = re.compile("各|有关|相关|其他|等|成员单位|部门$|单位$|企业$")
        found = Counter(
            pretty(m.value) for duty in self.document.facts.duties for m in (*duty.lead, *duty.support)
            if not m.inherited and not group.search(m.value) and is_unit_name(m.value)
        )  # fmt: skip
        # A name one character short of a frequent one is a misprint (区通运输局).
        doubled = {n for n in found if re.search(r"区区|市市|县县|镇镇|局局", n)}
        slips = doubled | {n for n in found if any(len(o) == len(n) + 1 and found[o] > found[n] and _lacks_one(n, o) for o in found)}
        return Counter({n: count for n, count in found.items() if n not in slips})

    @cached_property
    def lists(self) -> tuple[frozenset[str], ...]:
        """Every list of the document, also those no question is made of: what stands in one with a right part may be right too."""
        facts = self.document.facts
        listed = [e.members for e in facts.enumerations] + [d.members for d in facts.definitions if d.members]
        return tuple(dict.fromkeys(frozenset(plain(m.value) for m in members) for members in listed))


    @cached_property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Parts of clear lists (those of points) with their chapter, to serve as wrong options of others."""
        return tuple(dict.fromkeys((v, p.path[:1]) for p in self.points if p.family in ("term", "list") for v in p.values))


_VALUE = re.compile(r"\d+(?:\.\d+)?%?|每.")
_VALUE_BEFORE = re.compile(r"(?:20\d\d年(?:\d{1,2}月)?|每(?:两?年|半年|季度|月|周))(?:底?以?前|底)?$")


def _places(words: str, text: str) -> Iterator[int]:
    """Where `words` end in `text`."""
    at = text.find(words) if words else -1
    while at >= 0:
        yield at + len(words)
        at = text.find(words, at + 1)


def _lacks_one(short: str, long: str) -> bool:
    return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))


@dataclass(frozen=True)
class Material:
    """The pages to ask about, and all pages of the library to check against."""

    asked: tuple[Pages, ...]
    all: tuple[Pages, ...]

    @cached_property
    def points(self) -> tuple[Point, ...]:
        return tuple(self._named(point) for pages in self.asked for point in pages.points)

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """Which documents a source's name could mean."""
        found: dict[str, set[str]] = defaultdict(set)
        for pages in self.all:
            for path in {(), *((p.path[0],) for p in pages.document.passages if p.path)}:
                found[source_name(pages.document, path)].add(pages.document.id)
        return found

    def _named(self, point: Point) -> Point:
        """Tell a source that shares its name with another document's by its number or file name."""
        if len(self._names.get(point.source, ())) < 2:
            return point
        card = point.document.card
        more = card.number or card.issuer or re.sub(r"\.\w+$", "", point.document.name)
        return replace(point, source=f"{point.source}（{pretty(more)}）")

    def pages_of(self, point: Point) -> Pages:
        return next(p for p in self.all if p.document.id == point.document.id)

    def occurs(self, told: str) -> bool:
        """Do these folded words stand in any document?"""
        return any(told in pages.folded for pages in self.all)

    def repeats(self, point: Point) -> int:
        """In how many sentences of the library the fact is said."""
        pairs = pairs_of(point.told)
        value = plain(point.values[0])
        return sum(value in said.text and contained(pairs, said.pairs) >= ALIKE for pages in self.all for said in pages.said)

    def also_right(self, point: Point, value: str) -> bool:
        """Could `value` be right as well, by any text of the library? Close calls count as yes."""
        folded = plain(value)
        if any(folded == plain(v) for v in point.values) or not folded:
            return True
        if self.occurs(plain(point.statement.replace("▁", value))):
            return True
        if point.family in ("lead", "support"):
            return self._takes_part(point, value)
        if point.family in ("term", "list"):
            return self._listed(point, value)
        around = pairs_of(point.around)
        return any(folded in said.text and contained(around, said.pairs) >= ALIKE for said in self.pages_of(point).said)

    def _takes_part(self, point: Point, unit: str) -> bool:
        text = point.document.text
        if any(unit in pretty(span.of(text)) for span in point.quotes) or any(_one_office(unit, v) for v in point.values):
            return True
        wanted = pairs_of(plain(point.prompt))
        for duty in point.document.facts.duties:
            named = [m.value for m in (*duty.lead, *duty.support)]
            same = duty.ordinal == point.duty or contained(wanted, pairs_of(plain(duty.heading or duty.task.value)[:80])) >= ALIKE
            if same and any(_one_office(unit, n) for n in named):
                return True
        return False

    def _listed(self, point: Point, value: str) -> bool:
        folded = plain(value)
        own = [plain(v) for v in point.values]
        if any(folded in v or v in folded or near(folded, v) for v in own):
            return True
        if any(folded in plain(span.of(point.document.text)) for span in point.quotes) or folded in point.around:
            return True
        if point.prompt and point.family == "list" and folded in plain(point.document.sections[point.section].span.of(point.document.text)):
            # A heading further down, or words of the part itself, belong to the part too.
            return True
        least = min(2, len(own))
        shared = [parts for pages in self.all for parts in pages.lists if len(parts.intersection(own)) >= least]
        return any(near(folded, part) or folded in part for parts in shared for part in parts)


def _one_office(a: str, b: str) -> bool:
    """May two names mean one office, one of them perhaps without its place (区人民政府, 云泊区人民政府)?"""
    return unit_matches(a, b) or unit_matches(b, a) or a.endswith(b) or b.endswith(a)


def near(a: str, b: str) -> bool:
    """Do two words have most of their characters in common?"""
    common = sum((Counter(a) & Counter(b)).values())
    return common / max(min(len(a), len(b)), 1) >= 0.75


_READ: WeakKeyDictionary[Library, dict[str, Pages]] = WeakKeyDictionary()


def material_of(library: Library, documents: Collection[str] = ()) -> Material:
    """Read the library for a quiz, once for each generation of it. documents: ids to ask about, all when empty."""
    known = _READ.setdefault(library, {})
    for document in library.documents:
        if document.id not in known:
            known[document.id] = Pages(document)
    every = tuple(known[d.id] for d in library.documents)
    return Material(tuple(p for p in every if not documents or p.document.id in documents), every)


def of_units(points: Sequence[Point], units: Sequence[str]) -> Iterator[Point]:
    """Give the points about one of the offices: it leads or cooperates in the task."""
    by_duty: dict[tuple[str, int], bool] = {}
    for point in points:
        if point.duty < 0:
            continue
        key = (point.document.id, point.duty)
        if key not in by_duty:
            duty = point.document.facts.duties[point.duty]
            by_duty[key] = any(unit_matches(u, m.value) for u in units for m in (*duty.lead, *duty.support))
        if by_duty[key]:
            yield point
