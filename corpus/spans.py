"""Every place that a value points to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from corpus.types import Span


def spans_in(value: object) -> Iterator[Span]:
    """Yield every span anywhere inside a value of `corpus.types`."""
    waiting: list[Any] = [value]
    while waiting:
        current = waiting.pop()
        kind: Any = type(current)
        if kind is Span:
            yield current
        elif kind is tuple:
            waiting += current
        else:
            for name in _pointing(kind):
                waiting.append(getattr(current, name))


def lie_within(value: object, size: int) -> bool:
    """Tell whether every span anywhere inside a value lies within a text of `size` characters."""
    waiting: list[Any] = [value]
    while waiting:
        current = waiting.pop()
        kind: Any = type(current)
        if kind is Span:
            if not 0 <= current.start <= current.end <= size:
                return False
        elif kind is tuple:
            waiting += current
        else:
            for name in _pointing(kind):
                waiting.append(getattr(current, name))
    return True


@cache
def _pointing(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass whose values may hold a span; none of another type."""
    if not is_dataclass(kind):
        return ()
    hints = get_type_hints(kind)
    return tuple(field.name for field in fields(kind) if _may_hold(hints[field.name], frozenset((kind,))))


def _may_hold(hint: Any, above: frozenset[Any]) -> bool:
    if hint is Span or hint is Any or hint is object:
        return True
    if is_dataclass(hint):
        # What lies within a type of its own kind lies within the kind.
        return hint in above or any(_may_hold(inner, above | {hint}) for inner in get_type_hints(hint).values())
    return any(_may_hold(inner, above) for inner in get_args(hint))
