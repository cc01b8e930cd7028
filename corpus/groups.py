"""A statement of who is responsible that stands at the end of a group of items: is it the last item's or the whole group's?

The group's own regularity decides: where any other item has a statement of its own, the last item's is its own too; where none has, it
speaks for the group. (Groups beside it say nothing: texts that state each item's office elsewhere do close a group with one.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.text import squeeze, trim
from corpus.types import Duty, Mention, Note, Section, Span

_TOPS = ("cn", "chapter")


def closes_group(sections: Sequence[Section], home: int, marks: Sequence[Span]) -> bool:
    """Does the last item of a group (section `home`) carry the statement of all of them? marks: all statements of the text."""
    parent = sections[home].parent if home >= 0 else -1
    if parent < 0 or sections[parent].family == "attachment" or sections[home].family in _TOPS:
        return False
    items = [s for s in sections if s.parent == parent and s.family != "run"]
    inside = [mark for mark in marks if sections[parent].span.covers(mark)]
    return len(items) > 1 and items[-1].index == home and len(inside) == 1


def of_group(text: str, duty: Duty, sections: Sequence[Section], mark: Span) -> Duty:
    """Give the duty of the last item to its group."""
    parent = sections[duty.section].parent
    task = trim(text, Span(sections[parent].span.start, mark.start))
    note = Note("section_scope", "该责任说明位于本节末尾,本节其他各项未另行注明", mark)
    return replace(
        duty,
        section=parent,
        path=sections[parent].path,
        scope="section",
        number=sections[parent].label.strip("()（）.、．。"),
        heading=sections[parent].title,
        task=Mention(squeeze(task.of(text)), task),
        notes=(*duty.notes, note),
    )
