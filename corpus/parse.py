"""Bytes → `Document`: the order in which everything that a document states is read from it.

A fault in one step on a strange document must not cost the document: its text stays searchable, what the step would have
given is missing, and the document carries a note that says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from corpus.card import card
from corpus.contacts import contacts
from corpus.dates import deadlines_in
from corpus.definitions import definitions
from corpus.duties import duties
from corpus.enumerations import enumerations
from corpus.outline import outline
from corpus.passages import passages
from corpus.people import members
from corpus.readers import read
from corpus.repeals import repeals
from corpus.spans import lie_within
from corpus.targets import targets
from corpus.types import Card, Document, Facts, Note, Passage, Source, Span

T = TypeVar("T")

# What a mistake in a step raises on text that nobody thought of. Everything else (no memory, Ctrl-C) goes up.
STEP_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

STEPS = {
    "outline": "章节",
    "card": "文件要素",
    "duties": "任务分工",
    "targets": "目标指标",
    "deadlines": "时限",
    "definitions": "术语解释",
    "enumerations": "列举事项",
    "members": "组成人员",
    "contacts": "联系方式",
    "repeals": "废止和修改的文件",
    "passages": "段落",
}

_NOTHING: tuple[Any, ...] = ()
_PLAIN_PASSAGE = 600
_log = logging.getLogger(__name__)


def parse(data: bytes, name: str) -> Document:
    """Read a file called `name` and everything it states.

    Raises UnreadableDocument, UnsupportedFormat, DocumentTooLarge; what a step could not read is a note of the document.
    """
    return parse_source(read(data, name), name)


def parse_source(source: Source, name: str) -> Document:
    """Read everything that the text of a file states."""
    steps = _Steps(len(source.text))
    sections = steps.take("outline", _NOTHING, lambda: outline(source))
    about = steps.take("card", Card(), lambda: card(source, sections))
    issued = about.issued or about.published
    found = steps.take("duties", _NOTHING, lambda: duties(source, sections, issued))
    whole = Span(0, len(source.text))
    facts = Facts(
        duties=found,
        targets=steps.take("targets", _NOTHING, lambda: targets(source, sections)),
        deadlines=steps.take("deadlines", _NOTHING, lambda: deadlines_in(source.text, whole, issued=issued)),
        definitions=steps.take("definitions", _NOTHING, lambda: definitions(source, sections)),
        enumerations=steps.take("enumerations", _NOTHING, lambda: enumerations(source, sections)),
        members=steps.take("members", _NOTHING, lambda: members(source, sections)),
        contacts=steps.take("contacts", _NOTHING, lambda: contacts(source, sections)),
        repeals=steps.take("repeals", _NOTHING, lambda: repeals(source, sections, about)),
    )
    units = steps.take("passages", _NOTHING, lambda: passages(source, sections, found)) or plain_passages(source.text)
    notes = (*source.notes, *steps.notes)
    return Document(name, replace(source, notes=()), about, sections, units, facts, notes)


@dataclass(slots=True)
class _Steps:
    """Runs the steps over one text and keeps a note for each that failed. size: characters of the text."""

    size: int
    notes: list[Note] = field(default_factory=list)

    def take(self, step: str, instead: T, run: Callable[[], T]) -> T:
        """Give what the step finds; `instead` when it fails or points outside the text."""
        try:
            result = run()
            if not lie_within(result, self.size):
                raise ValueError("span outside the text")
        except STEP_FAULTS as error:
            _log.warning("step %s failed", step, exc_info=True)
            message = f"程序没能从这份文件中读出{STEPS[step]}({type(error).__name__}),正文不受影响"
            self.notes.append(Note("step_failed", message, Span(0, 0)))
            return instead
        return result


def plain_passages(text: str) -> tuple[Passage, ...]:
    """Cut a text without known structure at its lines, about 600 characters a passage."""
    found: list[Span] = []
    start = at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if end - start >= _PLAIN_PASSAGE:
            found += [Span(cut, min(cut + _PLAIN_PASSAGE, end)) for cut in range(start, end, _PLAIN_PASSAGE)]
            start = end + 1
        at = end + 1
    if start < len(text):
        found.append(Span(start, len(text)))
    filled = [span for span in found if span.of(text).strip()]
    return tuple(Passage(ordinal, "text", -1, span, ()) for ordinal, span in enumerate(filled))
