"""Damaged files through every reader, and odd texts through what reads document text outside the sandbox. `make fuzz` does more."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableDocument
from corpus.readers import READERS, doc, eml, picture, ppt, read, reader_for
from corpus.spans import Span
from corpus.succession import Edition, successions
from corpus.types import Repeal
from index.tokens import Tokens
from tests.fuzzing import LONGEST_SECONDS, SEEDS, damaged, damaged_inside, fault

DAMAGES = st.lists(
    st.tuples(st.integers(0, 6), st.floats(0, 1), st.floats(0, 1), st.integers(0, 65535)), min_size=1, max_size=6
)  # fmt: skip
ODD = (
    "9", "9.", "9,", "第", "一", "百分之", "百分之一", "(", ")", "《", "〔", " ", "\t", "\n", "\n \n", "\x00", "\x1b", "\u3000", "\u200b", "\u202e",
    "第一条", "2024年", "一二三年", "a", "a ", "A甲", "(2024年修订)", "印发《", "废止", "〇", "é", "\ufdfa", "②", "𠀀", "_", "%", "1000,",
)  # fmt: skip


def test_every_reader_has_a_sound_file_to_damage() -> None:
    assert {reader_for(name) for name in SEEDS} == set(READERS) - {doc, ppt}
    for name, data in SEEDS.items():
        if reader_for(name) is picture:
            with pytest.raises(UnreadableDocument):
                read(data, name)
        else:
            assert read(data, name).text


@pytest.mark.parametrize("name", SEEDS)
def test_only_refusals_escape_a_reader(name: str) -> None:
    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(DAMAGES, st.booleans())
    def damage(damages: list[tuple[int, float, float, int]], inside: bool) -> None:
        wrong = fault((damaged_inside if inside else damaged)(SEEDS[name], damages), name)
        assert not wrong, wrong

    damage()


@pytest.mark.parametrize("stated", ["Mon, 3 Mar 99999999999 08:00:00 +0800", "Mon, 3 Mar 2025 08:00:99999999999999999999", "0", "3 Mar 2147483648 08:00:00 +0800"])
def test_a_mail_of_no_day_is_read(stated: str) -> None:
    assert "请落实" in eml.read(f"Subject: a\r\nFrom: a@example.cn\r\nDate: {stated}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请落实。".encode(), "a.eml").text


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_odd_text_is_tokenised_in_time(odd: str, tokens: Tokens) -> None:
    text = "关于检查的通知" + odd * (50_000 // len(odd)) + "年条"
    started = time.process_time()
    words, characters = tokens.both(text)
    assert "通知" in words and "检查" in characters
    assert time.process_time() - started < LONGEST_SECONDS


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens()


@pytest.mark.parametrize("odd", [*ODD, "marks"], ids=ascii)
def test_odd_titles_are_compared_in_time(odd: str) -> None:
    title = "(修" * 8_000 + "订)" * 8_000 if odd == "marks" else "关于" + odd * (20_000 // len(odd))
    repeals = (Repeal(0, "repealed", odd * 2_000, odd * 2_000, None, Span(0, 1), Span(0, 1)),)
    editions = [Edition(f"{year}", odd * 100, title, odd * 100, odd * 100, date(year, 1, 1), None, None, None, (), repeals) for year in (2019, 2024)]
    started = time.process_time()
    links = successions(editions)
    assert {link.later for link in links} <= {"2019", "2024"} and all(edition.label and not edition.draft for edition in editions)
    assert time.process_time() - started < LONGEST_SECONDS
