"""What every handler of a quiz page gets: the parts of the program it works with, and the visit it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.responses import Response

from assistant.accounts.types import Principal
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

    def seen_by(self, principal: Principal) -> Desk:
        """Give the desk with the library as somebody sees it."""
        if principal.collections is None:
            return self
        assistant = self.assistant.seen_by(principal)
        papers = Papers(assistant.store)
        return replace(self, assistant=assistant, papers=papers, sittings=Sittings(papers))


Visit = sections.Visit[Words]
Handler = Callable[[Desk, Visit], Page | Response]


def as_seen(handler: Handler) -> Handler:
    """Let a handler work with what the visitor sees."""
    return lambda desk, visit: handler(desk.seen_by(visit.principal), visit)
