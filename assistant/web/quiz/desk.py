"""What every handler of a quiz page gets: the parts of the program it works with, and the visit it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from assistant.config import Config
from assistant.quiz.keeping.papers import Papers
from assistant.quiz.keeping.sittings import Sittings
from assistant.session import Assistant
from assistant.web import sections
from assistant.web.frame import Page
from assistant.web.quiz.access import Limits
from assistant.web.quiz.words import Words


@dataclass(frozen=True, slots=True)
class Desk:
    """The open library, its papers and sittings, and how often things may be done."""

    assistant: Assistant
    config: Config
    papers: Papers
    sittings: Sittings
    limits: Limits


Visit = sections.Visit[Words]
Handler = Callable[[Desk, Visit], Page | Response]
