"""What an answer writes into a tab that was left while it was written."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from assistant.web.chat.tabs import Frame, Tabs


def answer(kept: list[str]) -> Generator[Frame]:
    try:
        yield {"log": "one"}
        yield {"log": "two"}
    finally:
        kept.append("kept")


def test_an_answer_that_is_left_ends_with_the_page_gone_to_and_is_kept() -> None:
    tabs, kept = Tabs(), list[str]()
    frames = tabs.written("a", answer(kept))
    assert next(frames) == {"log": "one"}
    assert tabs.left("a", {"log": "new"}) == {"log": "new"}
    assert list(frames) == [{"log": "new"}] and kept == ["kept"]
    assert list(tabs.written("a", answer(kept))) == [{"log": "one"}, {"log": "two"}]


def test_another_tab_and_a_tab_without_an_answer_change_nothing() -> None:
    tabs, kept = Tabs(), list[str]()
    tabs.left("a", {"log": "early"})
    frames = tabs.written("a", answer(kept))
    next(frames)
    tabs.left("b", {"log": "other"})
    assert list(frames) == [{"log": "two"}]


def test_an_answer_whose_browser_is_gone_is_closed_and_a_fault_goes_through() -> None:
    tabs, kept = Tabs(), list[str]()
    frames = tabs.written("a", answer(kept))
    next(frames)
    frames.close()  # type: ignore[attr-defined]
    assert kept == ["kept"]

    def failing() -> Generator[Frame]:
        yield {"log": "one"}
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(tabs.written("a", failing()))
    assert list(tabs.written("a", answer(kept))) == [{"log": "one"}, {"log": "two"}]
