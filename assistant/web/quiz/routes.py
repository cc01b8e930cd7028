"""The quiz pages as sections: /quiz for trainers, /q for participants; who may call them, and how often."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request

from assistant.config import Config
from assistant.quiz.keeping.papers import Papers
from assistant.quiz.keeping.sittings import Sittings
from assistant.session import Assistant
from assistant.web.guard import LARGEST_BODY
from assistant.web.quiz import participants, trainers
from assistant.web.quiz.access import LARGEST_REPLY, Limits, address_of, check_trainer, usual_limits
from assistant.web.quiz.desk import Desk, as_seen
from assistant.web.quiz.words import WORDS, Words
from assistant.web.sections import NUMBER, Section
from corpus.errors import PolicyAssistantError

_PARTS = {"paper": NUMBER, "template": NUMBER, "sitting": NUMBER, "item": r"q[0-9a-f]{1,20}", "token": r"[\w-]{1,64}"}


def quiz_sections(assistant: Assistant, config: Config, limits: Limits | None = None) -> tuple[Section[Desk, Words], ...]:
    """Give /quiz… for trainers and /q/… for participants."""
    papers = Papers(assistant.store)
    desk = Desk(assistant, config, papers, Sittings(papers), limits or usual_limits())
    table = {address: as_seen(handler) for address, handler in trainers.TABLE.items()}
    for_trainers = Section(
        name="quiz", root="/quiz", desk=desk, words=WORDS, table=table, parts=_PARTS, right="make_quizzes", enter=partial(check_trainer, config),
        kind="quiz", styles=("quiz.css",), scripts=("quiz.js",),
    )  # fmt: skip
    for_participants = Section(
        name="", root="/q", desk=desk, words=WORDS, table=participants.TABLE, parts=_PARTS, right=None, enter=partial(_check_participant, desk.limits),
        largest=LARGEST_REPLY, larger={"/q/{token}/finish": LARGEST_BODY}, kind="quiz", styles=("quiz.css",), scripts=("quiz.js",), bare=True,
        failed=partial(_count_stranger, desk.limits), back=_back_of_participant,
    )  # fmt: skip
    return for_trainers, for_participants


def _check_participant(limits: Limits, request: Request) -> None:
    limits.requests.check(address_of(request))
    limits.strangers.look(address_of(request))


def _count_stranger(limits: Limits, request: Request, error: PolicyAssistantError) -> None:
    if error.code == "unknown_share":
        limits.strangers.check(address_of(request))


def _back_of_participant(request: Request, error: PolicyAssistantError) -> str:
    if error.code in ("unknown_share", "not_found"):
        return ""
    parts = request.scope["path"].split("/")
    return "/".join(parts[:3]) if len(parts) > 3 else "/"
