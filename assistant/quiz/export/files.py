"""The formats a paper can be written in: name → parts, each with the ending of its file name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.quiz.export.data import json_bytes
from assistant.quiz.types import Quiz


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an export. ending: what its name has after the stem, "" for the main one."""

    ending: str
    content: bytes


Writer = Callable[[Sequence[Quiz]], tuple[Part, ...]]


def _json(quizzes: Sequence[Quiz]) -> tuple[Part, ...]:
    return (Part("", json_bytes(quizzes)),)


WRITERS: dict[str, Writer] = {"json": _json}
FORMATS = tuple(WRITERS)


def quiz_files(quizzes: Sequence[Quiz], form: str) -> tuple[Part, ...]:
    """Write papers (versions of one quiz) in a format of `FORMATS`."""
    return WRITERS[form](quizzes)
