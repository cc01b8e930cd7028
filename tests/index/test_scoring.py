"""The expected figures were worked out by hand from the official script's rules."""

from __future__ import annotations

import pytest

from index.reading.scoring import exact_match, overlap, units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1990年，被擢升", ["1990", "年", "被", "擢", "升"]),
        ("《Windows XP》", ["windows", "xp"]),
        ("约3.5%、1,000个", ["约", "3.5", "%", "1,000", "个"]),
        # What is dropped does not end a word.
        ("UTF-8编码", ["utf8", "编", "码"]),
        ("好……", ["好", "…", "…"]),
        ("(甲)", ["(", "甲", ")"]),
        ("，。", []),
    ],
)
def test_a_text_is_split_as_the_script_does(text: str, expected: list[str]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize(
    ("answers", "given", "match", "common"),
    [
        (["范廷颂"], "范廷颂", 1.0, 1.0),
        (["1963年。"], "1963年", 1.0, 1.0),
        (["范廷颂枢机"], "范廷颂", 0.0, 2 * 1.0 * 0.6 / 1.6),
        # The longest run in common counts, not all that is in common: 甲乙 of 甲乙丙丁 and 甲乙戊丁.
        (["甲乙丙丁"], "甲乙戊丁", 0.0, 0.5),
        (["河内", "越南河内"], "越南河内", 1.0, 1.0),
        (["河内"], "西贡", 0.0, 0.0),
        (["河内"], "", 0.0, 0.0),
    ],
)
def test_answers_are_scored_as_the_script_does(answers: list[str], given: str, match: float, common: float) -> None:
    assert exact_match(answers, given) == match
    assert overlap(answers, given) == pytest.approx(common)
