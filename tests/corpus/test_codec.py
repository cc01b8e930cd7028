"""Parts of a stored document are decoded as far as they are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codec import Stored, decode, decode_each, decode_one, encode, overlapping
from corpus.mentions import Span
from corpus.parse import parse
from corpus.types import Duty, Passage


def test_of_a_stored_tuple_only_what_overlaps_is_decoded() -> None:
    text = "任务\n\n" + "".join(f"{n}.第{n}项检查。(牵头单位:区应急局)\n" for n in range(1, 9))
    duties = parse(text.encode(), "t.txt").facts.duties
    assert len(duties) > 3
    stored = decode_each(encode(duties, tuple[Duty, ...]), Duty)
    assert isinstance(stored, Stored)
    for wanted in (duties[2].clause, Span(0, 1), Span(duties[1].clause.start + 1, duties[3].clause.start + 1)):
        found = [d for d in duties if d.clause.overlaps(wanted)]
        assert list(overlapping(stored, "clause", wanted.start, wanted.end)) == found == list(overlapping(duties, "clause", wanted.start, wanted.end))
    assert len(stored._decoded) < len(duties)
    assert stored[len(duties) - 1] == duties[-1] and tuple(stored) == duties == tuple(stored)


TRAPS = st.lists(st.sampled_from(['[1,"text', ',[2,"row",', '"]],[1,"text",0,[1,2]]', "},[", "\\", '\\"', "[2,", "第一条", ']]', '"', "\n"]), max_size=4).map("".join)


@given(st.lists(st.tuples(st.sampled_from(["text", "row"]), st.lists(TRAPS, max_size=3)), max_size=12))
def test_one_element_is_the_one_of_the_whole(rows: list[tuple[str, list[str]]]) -> None:
    passages = tuple(Passage(n, kind, n % 3 - 1, Span(10 * n, 10 * n + 5), tuple(path)) for n, (kind, path) in enumerate(rows))
    payload = encode(passages, tuple[Passage, ...])
    assert tuple(decode_one(payload, Passage, n) for n in range(len(passages))) == passages
    with pytest.raises(IndexError):
        decode_one(payload, Passage, len(passages))


@dataclass(frozen=True, slots=True)
class _Told:
    text: str
    day: date | None = None
    parts: tuple[int, ...] = ()
    sure: float = 1.0


def test_a_value_is_written_without_its_last_defaults_whatever_it_holds() -> None:
    for value, row in (
        (_Told("甲"), '["甲"]'),
        (_Told("甲\n\x01", date(2025, 3, 1)), r'["甲\n\u0001","2025-03-01"]'),
        (_Told("甲", None, (), 0.5), '["甲",null,[],0.5]'),
        (_Told("甲", None, (), True), '["甲",null,[],true]'),
        (_Told("\ud800"), '["\ud800"]'),
        (_Told("甲", date(2025, 3, 1), (2**70,)), f'["甲","2025-03-01",[{2**70}]]'),
    ):
        written = encode(value, _Told)
        assert written == '[{"_Told":["text","day","parts","sure"]},' + row + "]"
        assert decode(written, _Told) == value
