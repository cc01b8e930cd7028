"""The tasks of the whole library as a person works with them: narrowed, put in order, compared with today, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Literal
from weakref import WeakKeyDictionary

from assistant.library.library import Library
from assistant.question.scope import short_place
from assistant.session import Assistant
from assistant.tasks.matrix import Task, task_of
from corpus.text import fold
from corpus.types import Document, Duty
from corpus.units import unit_matches

Part = Literal["alone", "joint", "support"]
"""How a unit takes part: it leads alone, it leads together with others, it supports."""
State = Literal["overdue", "soon", "later", "undated", "none"]
"""A deadline seen from today: passed, within SOON_DAYS, later, one without a calendar date (长期), none at all."""
Order = Literal["document", "deadline", "unit", "task"]

STATES: tuple[State, ...] = ("overdue", "soon", "later", "undated", "none")
ORDERS: tuple[Order, ...] = ("document", "deadline", "unit", "task")
SOON_DAYS = 30
MOST_ENTRIES = 50_000
"""Tasks that are looked at, in the order of the library; some 60 MB."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A task with what it is found by. field: the field of work it stands under, as the document calls it.  words: folded.

    issuer, places: of its document.
    """

    task: Task
    field: str
    words: str
    issuer: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; what is empty does not limit. today: what deadlines are compared with.

    words: each has to occur in task, heading path, title or units.  unit: by any of its names.  part: as what the unit takes part, or any
    unit does.  issuer, place: of the document.  since, until: bounds of the last day, both inclusive.
    """

    today: date
    words: str = ""
    unit: str = ""
    part: Part | Literal["lead", ""] = ""
    documents: tuple[str, ...] = ()
    issuer: str = ""
    place: str = ""
    since: date | None = None
    until: date | None = None
    state: State | Literal["due", ""] = ""
    order: Order = "document"
    descending: bool = False
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list. unit, part: in a list by unit, "" in one by task, unless one unit is asked for."""

    entry: Entry
    unit: str = ""
    part: Part | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many tasks each unit, month of the deadline, field and document has, those with the most first, months in order.

    units: (unit, leads, supports).  months: ("2025-06", tasks).  fields, documents: (name, tasks).
    """

    units: tuple[tuple[str, int, int], ...]
    months: tuple[tuple[str, int], ...]
    fields: tuple[tuple[str, int], ...]
    documents: tuple[tuple[str, int], ...]


class TaskList:
    """The entries of a library, read once for each generation of it and each part of it that somebody sees."""

    def __init__(self) -> None:
        self._read: WeakKeyDictionary[Library, tuple[date, tuple[Entry, ...]]] = WeakKeyDictionary()

    def entries(self, assistant: Assistant, today: date) -> tuple[Entry, ...]:
        """Give the tasks of the documents in force today, at most MOST_ENTRIES."""
        library = assistant.library()
        known = self._read.get(library)
        if known is None or known[0] != today:
            known = (today, entries_of(assistant.duties()))
            self._read[library] = known
        return known[1]


def entries_of(duties: Iterable[tuple[Document, Duty]]) -> tuple[Entry, ...]:
    return tuple(_entry(document, duty) for document, duty in islice(duties, MOST_ENTRIES))


def _entry(document: Document, duty: Duty) -> Entry:
    task = task_of(document, duty)
    field = duty.system.value if duty.system else duty.path[0] if len(duty.path) > 1 else ""
    words = fold("\n".join((task.task, task.title, task.deadline, *task.path, *task.lead, *task.support)))
    return Entry(task, field, words, document.card.issuer, document.card.places)


def state_of(task: Task, today: date) -> State:
    if task.until is None:
        return "undated" if task.deadline else "none"
    if task.until < today:
        return "overdue"
    return "soon" if task.until <= today + timedelta(days=SOON_DAYS) else "later"


# ---------------------------------------------------------------- narrowing and ordering


def chosen(entries: Sequence[Entry], wanted: Wanted) -> tuple[Line, ...]:
    """Give the lines wanted, in order."""
    names = _names(entries, wanted.unit) if wanted.unit else None
    tests = tuple(_tests(wanted))
    kept = (entry for entry in entries if all(test(entry) for test in tests))
    lines = [line for entry in kept for line in _lines(entry, wanted, names)]
    if wanted.order == "document":
        return tuple(reversed(lines)) if wanted.descending else tuple(lines)
    key = _KEYS[wanted.order]
    missing = [line for line in lines if not key(line)]
    found = sorted((line for line in lines if key(line)), key=key, reverse=wanted.descending)
    return (*found, *missing)


_KEYS: Mapping[Order, Callable[[Line], str]] = {
    "deadline": lambda line: line.entry.task.until.isoformat() if line.entry.task.until else "",
    "unit": lambda line: line.unit or "".join(line.entry.task.lead[:1]) or "".join(line.entry.task.support[:1]),
    "task": lambda line: line.entry.task.task,
}


def _names(entries: Sequence[Entry], unit: str) -> frozenset[str]:
    """Give the names of organisations that somebody who says `unit` may mean."""
    known = {name for entry in entries for name in (*entry.task.lead, *entry.task.support)}
    return frozenset(name for name in known if unit_matches(unit, name) or fold(unit) in fold(name))


def _tests(wanted: Wanted) -> Iterator[Callable[[Entry], bool]]:
    if words := [fold(word) for word in wanted.words.split()]:
        yield lambda entry: all(word in entry.words for word in words)
    if wanted.documents:
        documents = frozenset(wanted.documents)
        yield lambda entry: entry.task.document_id in documents
    if issuer := fold(wanted.issuer):
        yield lambda entry: issuer in fold(entry.issuer)
    if place := fold(wanted.place):
        yield lambda entry: any(place in (fold(p), fold(short_place(p))) for p in entry.places)
    if since := wanted.since:
        yield lambda entry: entry.task.until is not None and entry.task.until >= since
    if until := wanted.until:
        yield lambda entry: entry.task.until is not None and entry.task.until <= until
    if wanted.state:
        states = ("soon", "later") if wanted.state == "due" else (wanted.state,)
        yield lambda entry: state_of(entry.task, wanted.today) in states


def _lines(entry: Entry, wanted: Wanted, names: Collection[str] | None) -> Iterator[Line]:
    """Give the lines of one task: one a unit in a list by unit, else at most one."""
    parts = [(unit, part) for unit, part in parts_of(entry.task) if (names is None or unit in names) and _fits(part, wanted.part)]
    if wanted.by_unit:
        yield from (Line(entry, unit, part) for unit, part in parts)
    elif names is not None:
        yield from (Line(entry, unit, part) for unit, part in parts[:1])
    elif parts or not wanted.part:
        yield Line(entry)


def _fits(part: Part, wanted: str) -> bool:
    return part in (("alone", "joint") if wanted == "lead" else (wanted or part,))


def parts_of(task: Task) -> Iterator[tuple[str, Part]]:
    """Give every unit of a task with how it takes part."""
    yield from ((unit, "alone" if len(task.lead) == 1 else "joint") for unit in task.lead)
    yield from ((unit, "support") for unit in task.support)


# ---------------------------------------------------------------- what can be chosen, what there is


@dataclass(frozen=True, slots=True)
class Choices:
    """What occurs, for lists to choose from, most frequent first. documents: (id, title), in the order of the library."""

    units: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    issuers: tuple[str, ...]
    places: tuple[str, ...]


def choices_of(entries: Sequence[Entry], most: int) -> Choices:
    """Give what occurs in the entries; most: how many of each at most."""
    units = Counter(unit for entry in entries for unit, _ in parts_of(entry.task))
    documents = dict.fromkeys((entry.task.document_id, entry.task.title) for entry in entries)
    one_each = {entry.task.document_id: entry for entry in entries}.values()
    issuers = Counter(entry.issuer for entry in one_each if entry.issuer)
    places = Counter(place for entry in one_each for place in entry.places)
    return Choices(_most(units, most), tuple(islice(documents, most)), _most(issuers, most), _most(places, most))


def _most(counted: Counter[str], most: int) -> tuple[str, ...]:
    return tuple(name for name, _ in counted.most_common(most))


def tasks_of(lines: Iterable[Line]) -> tuple[Task, ...]:
    """Give the tasks of the lines, each once: what an export holds."""
    return tuple(dict.fromkeys(line.entry.task for line in lines))


def states_in(entries: Sequence[Entry], wanted: Wanted) -> Mapping[State, int]:
    """Count the tasks by state among what is wanted, whatever state that asks for."""
    lines = chosen(entries, replace(wanted, state="", by_unit=False, order="document"))
    return Counter(state_of(line.entry.task, wanted.today) for line in lines)


def tallies_of(lines: Iterable[Line]) -> Tallies:
    """Count the tasks of the lines, each once."""
    entries = list({id(line.entry): line.entry for line in lines}.values())
    leads = Counter(unit for entry in entries for unit in entry.task.lead)
    supports = Counter(unit for entry in entries for unit in entry.task.support)
    units = sorted(leads | supports, key=lambda unit: (-leads[unit] - supports[unit], unit))
    months = Counter(entry.task.until.isoformat()[:7] for entry in entries if entry.task.until)
    fields = Counter(entry.field for entry in entries if entry.field)
    documents = Counter(entry.task.title for entry in entries)
    return Tallies(
        tuple((unit, leads[unit], supports[unit]) for unit in units),
        tuple(sorted(months.items())),
        tuple(fields.most_common()),
        tuple(documents.most_common()),
    )
