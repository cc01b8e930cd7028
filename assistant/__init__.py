"""Answers with citations from policy documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.quiz.types import Quiz as Quiz
    from assistant.quiz.types import QuizRequest as QuizRequest
    from assistant.session import Assistant as Assistant
    from assistant.types import Answer as Answer
    from assistant.types import Citation as Citation
    from assistant.types import SearchHit as SearchHit
    from assistant.types import Turn as Turn

__all__ = ["Answer", "Assistant", "Citation", "Quiz", "QuizRequest", "SearchHit", "Turn"]

_HOMES = {"Assistant": "assistant.session", "SearchHit": "assistant.types", "Answer": "assistant.types", "Citation": "assistant.types", "Quiz": "assistant.quiz.types", "QuizRequest": "assistant.quiz.types", "Turn": "assistant.types"}


def __getattr__(name: str) -> Any:
    """Import at use, so that `import assistant` stays instant."""
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
