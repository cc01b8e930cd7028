"""A paper as JSON for programs, after `schema.json` beside this file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.quiz.types import Quiz

SCHEMA = Path(__file__).with_name("schema.json")


def object_of(quizzes: Sequence[Quiz]) -> dict[str, Any]:
    """Give the object of `quiz --format json`; several versions stand under "versions", the first one's items also at the top."""
    first = quizzes[0].as_json()
    return first | {"versions": [quiz.as_json() for quiz in quizzes]} if len(quizzes) > 1 else first


def json_bytes(quizzes: Sequence[Quiz]) -> bytes:
    return (json.dumps(object_of(quizzes), ensure_ascii=False, indent=1) + "\n").encode()
