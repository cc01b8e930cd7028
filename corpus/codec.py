"""The values of `corpus.types` as JSON and back, driven by their type hints.

An object becomes the list of its field values in declared order, without trailing defaults: compact, and decoded without a
look-up per field. The field names of every type involved stand once beside the value, so that what an older program wrote is
read by name: a field that is gone is dropped, a new one takes its default.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints, overload

import orjson

T = TypeVar("T")
Decoder = Callable[[Any], Any]
Names = tuple[tuple[str, tuple[str, ...]], ...]

_PLAIN = (str, int, float, bool, type(None))

_REQUIRED = object()


def encode(value: object, kind: Any) -> str:
    """Give `value`, of the type `kind` (a dataclass or e.g. `tuple[Section, ...]`), as one line of JSON."""
    try:
        return orjson.dumps([_names_of(kind), value], default=_row, option=orjson.OPT_PASSTHROUGH_DATACLASS).decode()
    except orjson.JSONEncodeError:
        # Whole numbers beyond 64 bits, unpaired surrogates.
        return json.dumps([_names_of(kind), value], ensure_ascii=False, separators=(",", ":"), default=_row)


def decode(payload: str | bytes, kind: type[T], *, strict: bool = False) -> T:
    """Give back what `encode` was given. Raises ValueError when `payload` is not of the type `kind`.

    strict: for what a stranger wrote; the type of every single value is checked, which a stored value does not need.
    """
    wanted: Any = kind
    try:
        names, value = _read(payload)
        if strict and names != _names_of(wanted):
            raise ValueError(f"not a {kind} of this program")
        written = tuple(sorted((name, tuple(columns)) for name, columns in names.items()))
        result: T = _decoder(wanted, written, strict)(value)
    except (TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ValueError(f"not a stored {kind}: {error}") from error
    return result


def _read(payload: str | bytes) -> Any:
    """Read what this program wrote: five times as fast as the standard library, which takes over for what the fast reader refuses
    (whole numbers beyond 64 bits, unpaired surrogates)."""
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        return json.loads(payload)


@cache
def _names_of(kind: Any) -> dict[str, list[str]]:
    return {cls.__name__: [f.name for f in fields(cls)] for cls in _dataclasses(kind)}


class Stored(Sequence[T]):
    """The elements of a stored tuple, each decoded when it is first asked for."""

    def __init__(self, rows: Sequence[Any], decoder: Decoder, columns: tuple[str, ...] = ()) -> None:
        self._rows = rows
        self._decoder = decoder
        self._columns = columns
        self._decoded: dict[int, T] = {}

    def __iter__(self) -> Iterator[T]:
        return iter(tuple(self[place] for place in range(len(self._rows))))

    def __len__(self) -> int:
        return len(self._rows)

    def overlapping(self, field: str, start: int, end: int) -> Iterator[T]:
        """Give the elements whose span in `field`, which all of them have, overlaps [start, end)."""
        column = self._columns.index(field)
        for place, row in enumerate(self._rows):
            if row[column][0] < end and start < row[column][1]:
                yield self[place]

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self))))
        place = at if at >= 0 else len(self) + at
        if place not in self._decoded:
            row = self._rows[place]
            try:
                self._decoded[place] = self._decoder(row)
            except (TypeError, AttributeError, LookupError) as error:
                raise ValueError(f"not a stored value: {error}") from error
        return self._decoded[place]


def decode_one(payload: str, element: type[T], place: int) -> T:
    """Give the element at `place` of a stored `tuple[element, ...]` without reading the others, which a search through many documents
    would do for nothing. For types whose first field is the place and whose second is a word. Raises ValueError, IndexError.

    `[7,"t` stands nowhere but where the row 7 begins: inside a string its quote would end the string, and no letter follows an end.
    """
    head = payload.find("},[")
    start = payload.find(f'[{place},"', head)
    while start >= 0 and not payload[start + len(f'[{place},"')].isalpha():
        start = payload.find(f'[{place},"', start + 1)
    if head < 0 or start < 0:
        raise IndexError(place)
    end = payload.find(f',[{place + 1},"', start)
    while end >= 0 and not payload[end + len(f',[{place + 1},"')].isalpha():
        end = payload.find(f',[{place + 1},"', end + 1)
    try:
        names = _read(payload[1 : head + 1])
        row = _read(payload[start : end if end >= 0 else payload.rindex("]]")])
        kind: Any = element
        result: T = _decoder(kind, tuple(sorted((name, tuple(columns)) for name, columns in names.items())), False)(row)
        return result
    except (TypeError, AttributeError, LookupError) as error:
        raise ValueError(f"not a stored tuple of {element}: {error}") from error


def overlapping(elements: Sequence[T], field: str, start: int, end: int) -> Iterator[T]:
    """Give the elements whose span in `field` overlaps [start, end); of a stored tuple the others are not decoded."""
    if isinstance(elements, Stored):
        yield from elements.overlapping(field, start, end)
    else:
        for element in elements:
            span = getattr(element, field)
            if span.start < end and start < span.end:
                yield element


def decode_each(payload: str | bytes, element: type[T]) -> Stored[T]:
    """Give a stored `tuple[element, ...]`, whose elements are decoded one by one as they are asked for."""
    try:
        names, rows = _read(payload)
        written = tuple(sorted((name, tuple(columns)) for name, columns in names.items()))
        kind: Any = element
        return Stored(rows, _decoder(kind, written, False), tuple(names.get(element.__name__, ())))
    except (TypeError, AttributeError, LookupError) as error:
        raise ValueError(f"not a stored tuple of {element}: {error}") from error


def _row(value: Any) -> Any:
    """Give the values of the fields of a dataclass, without the last ones that are their defaults; a day as it is written."""
    cls: Any = type(value)
    return _writer(cls)(value)


@cache
def _writer(cls: Any) -> Callable[[Any], Any]:
    """Build what gives the row of a value of this class."""
    if issubclass(cls, date):
        return date.isoformat
    names = [f.name for f in fields(cls)]
    values: Any = attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
    columns = tuple((type(_default(f)), _default(f)) for f in reversed(fields(cls)))
    if not columns or columns[0][1] is _REQUIRED:
        # A span, like most of what is stored, has no defaults.
        return values  # type: ignore[no-any-return]

    def row(value: Any) -> tuple[Any, ...]:
        every: tuple[Any, ...] = values(value)
        end = len(every)
        for kind, default in columns:
            if type(every[end - 1]) is not kind or every[end - 1] != default:
                break
            end -= 1
        return every[:end]

    return row


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else _REQUIRED


@cache
def _dataclasses(kind: Any) -> tuple[type[Any], ...]:
    """Give every dataclass that a value of the type `kind` may hold."""
    found: dict[type[Any], None] = {}
    waiting = [kind]
    while waiting:
        current = waiting.pop()
        if is_dataclass(current) and isinstance(current, type) and current not in found:
            found[current] = None
            waiting += get_type_hints(current).values()
        waiting += get_args(current)
    return tuple(sorted(found, key=lambda cls: cls.__name__))


@cache
def _decoder(kind: Any, written: Names, strict: bool) -> Decoder:
    """Build the function that turns the JSON of a `kind` into the value."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = _decoder(next(a for a in get_args(kind) if a is not type(None)), written, strict)
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_decoder(get_args(kind), written, strict)
    if kind is date:
        return date.fromisoformat
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_decoder(kind, written, strict)
    if kind in _PLAIN:
        return _checked(kind) if strict else _same
    if origin is Literal:
        return _one_of(kind) if strict else _same
    raise TypeError(f"no stored form for {kind!r}")


def _same(value: Any) -> Any:
    return value


@cache
def _checked(kind: Any) -> Decoder:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{type(value).__name__} instead of {kind.__name__}")
        return value

    return check


def _all_of(kind: Any) -> Decoder:
    only = frozenset((kind,))

    def check(values: Any) -> Any:
        if not only.issuperset(map(type, values)):
            raise TypeError(f"not all {kind.__name__}")
        return tuple(values)

    return check


def _plain(cls: type[Any], kinds: tuple[type[Any], ...]) -> Decoder:
    """Check all values of a row at once; most rows are spans."""

    def decode(row: Any) -> Any:
        if tuple(map(type, row)) != kinds[: len(row)]:
            raise TypeError(f"not a {cls.__name__}")
        return cls(*row)

    return decode


def _one_of(kind: Any) -> Decoder:
    def check(value: Any) -> Any:
        if not isinstance(value, str) or value not in get_args(kind):
            raise TypeError(f"not one of {kind}")
        return value

    return check


def _tuple_decoder(arguments: tuple[Any, ...], written: Names, strict: bool) -> Decoder:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = _decoder(arguments[0], written, strict)
        if inner is _same:
            return tuple
        if arguments[0] in _PLAIN:
            return _all_of(arguments[0])
        return lambda values: tuple(map(inner, values))
    decoders = [_decoder(argument, written, strict) for argument in arguments]
    return lambda values: tuple(decode(value) for decode, value in zip(decoders, values, strict=True))


def _dataclass_decoder(cls: type[Any], written: Names, strict: bool) -> Decoder:
    hints = get_type_hints(cls)
    current = [f.name for f in fields(cls)]
    stored = dict(written).get(cls.__name__, ())
    decoders = tuple(_decoder(hints[name], written, strict) if name in hints else _same for name in stored)
    if list(stored) == current:
        if all(decode is _same for decode in decoders):
            return lambda row: cls(*row)
        if all(hints[name] in _PLAIN for name in current):
            return _plain(cls, tuple(hints[name] for name in current))
        return lambda row: cls(*[decode(value) for decode, value in zip(decoders, row)])  # noqa: B905 - defaults are cut off
    return _by_name(cls, stored, dict(zip(stored, decoders, strict=True)))


def _by_name(cls: type[Any], stored: tuple[str, ...], decoders: Mapping[str, Decoder]) -> Decoder:
    known = {f.name for f in fields(cls)}

    def decode(row: list[Any]) -> Any:
        return cls(**{name: decoders[name](value) for name, value in zip(stored, row, strict=False) if name in known})

    return decode
