"""Values as JSON: each comes back as it was, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, get_args, get_type_hints

import pytest

import corpus.types
from corpus.codec import decode, encode
from corpus.types import Contact, HeadingMark, Source, Span

VALUES: dict[Any, Any] = {int: 3, float: 0.5, str: "文“字”\n", bool: True, type(None): None, date: date(2024, 2, 29)}


def example(kind: Any, depth: int = 0) -> Any:
    """Build a value of any stored type with every field filled."""
    if kind in VALUES:
        return VALUES[kind]
    arguments = get_args(kind)
    if hasattr(kind, "__dataclass_fields__"):
        return kind(**{name: example(hint, depth + 1) for name, hint in get_type_hints(kind).items()})
    if type(None) in arguments:
        return example(arguments[0], depth)
    if Ellipsis in arguments:
        return (example(arguments[0], depth), example(arguments[0], depth))
    return tuple(example(argument, depth) for argument in arguments)


KINDS = [value for value in vars(corpus.types).values() if hasattr(value, "__dataclass_fields__")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_value_comes_back_as_it_was(kind):
    value = example(kind)
    assert decode(encode(value, kind), kind) == value


def test_values_that_equal_their_defaults_take_no_room_and_come_back():
    contact = HeadingMark(Span(1, 2), 1)
    source = Source("文", "plain", headings=(contact,))
    assert decode(encode(source, Source), Source) == source
    assert decode(encode((), tuple[Contact, ...]), tuple[Contact, ...]) == ()


def test_a_value_written_by_another_version_is_read_by_field_name():
    written = '[{"Span":["start","end"],"HeadingMark":["color","level","span"]},["red",2,[3,5]]]'
    assert decode(written, HeadingMark) == HeadingMark(Span(3, 5), 2)


@pytest.mark.parametrize("payload", ["", "[]", "[{},3]", '[{"Span":["start"]},[3]]', "null"])
def test_what_is_no_stored_value_is_refused(payload):
    with pytest.raises(ValueError):
        decode(payload, Span)


def test_a_value_of_few_words_is_kept_and_only_those_are_taken_from_a_stranger() -> None:
    for word in ("by", "on"):
        assert decode(encode((word,), tuple[Literal["by", "on"], ...]), tuple[Literal["by", "on"], ...], strict=True) == (word,)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not a stored"):
        decode(encode(("up",), tuple[str, ...]), tuple[Literal["by", "on"], ...], strict=True)  # type: ignore[arg-type]
