"""Every place that a value points to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from corpus.types import Span


def spans_in(value: object) -> Iterator[Span]:
    """Yield every span anywhere inside a value of `corpus.types`."""
    waiting: list[Any] = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Span):
            yield current
        elif isinstance(current, tuple):
            waiting.extend(current)
        elif is_dataclass(current):
            kind: Any = type(current)
            waiting.extend(getattr(current, name) for name in _names(kind))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
