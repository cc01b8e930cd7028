"""What every handler of a quiz page gets: the parts of the program it works with, and the visit it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.config import Config
from assistant.quiz.keeping.papers import Papers
from assistant.quiz.keeping.sittings import Sittings
from assistant.session import Assistant
from assistant.web.quiz.access import Form, Limits
from assistant.web.quiz.words import Words


@dataclass(frozen=True, slots=True)
class Desk:
    """The open library, its papers and sittings, and how often things may be done."""

    assistant: Assistant
    config: Config
    papers: Papers
    sittings: Sittings
    limits: Limits


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. form: what was sent, or the fields of the address.  parts: of the path."""

    request: Request
    words: Words
    form: Form
    parts: Mapping[str, str]


Handler = Callable[[Desk, Visit], Response]


def go(address: str) -> Response:
    """Lead to a page after something was changed."""
    return RedirectResponse(address, status_code=303)
