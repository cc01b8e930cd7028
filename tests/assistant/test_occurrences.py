"""Counting the passages that hold a text gives what looking through each of them gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.library.occurrences import Occurrences

FEW = st.text("安全消防1a", max_size=6)


@given(st.lists(FEW, max_size=8), FEW)
def test_as_many_passages_are_counted_as_hold_the_text(passages: list[str], text: str) -> None:
    assert Occurrences(passages).count(text) == sum(text in passage for passage in passages)


def test_a_passage_that_holds_a_text_twice_counts_once() -> None:
    assert Occurrences(["安全安全", "安全", "消防"]).count("安全") == 2


def test_a_text_is_not_found_across_two_passages() -> None:
    assert Occurrences(["防盗窗动", "态清零", "动态"]).count("动态清零") == 0
