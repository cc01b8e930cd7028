"""Amounts as people say and as texts print them, held against each other."""

import pytest

from assistant.question.quantities import amounts_in, holds


@pytest.mark.parametrize(
    ("said", "nature", "number", "bound"),
    [
        ("存60天", "time", 60, ""),
        ("不少于90日", "time", 90, "least"),
        ("住满一个月", "time", 30.4, "least"),
        ("补一万块", "money", 10_000, ""),
        ("最高不超过5万元", "money", 50_000, "most"),
        ("占比65%", "share", 65, ""),
        ("百分之六十五", "share", 65, ""),
        ("不满6周岁的儿童", "age", 6, "under"),
        ("四层以上(不含四层)", "层", 4, "above"),
        ("每季度召开一次会议", "rhythm", 91.2, ""),
        ("一年两次", "rhythm", 182.5, ""),
    ],
)
def test_an_amount_is_read_with_its_bound(said: str, nature: str, number: float, bound: str) -> None:
    (amount,) = amounts_in(said)
    assert (amount.nature, amount.bound) == (nature, bound) and abs(amount.number - number) < 1e-6


@pytest.mark.parametrize("text", ["2024年11月底", "第三条", "11月3日", "一等奖"])
def test_dates_and_ordinals_are_no_amounts(text: str) -> None:
    assert amounts_in(text) == ()


@pytest.mark.parametrize(
    ("claimed", "stated", "limits", "expected"),
    [
        ("12人", "不超过10人", True, False),
        ("8个", "不超过10人", True, True),
        ("两个月", "不少于90日", True, False),
        ("三个月", "不少于90日", True, True),
        ("10人", "不超过10人", False, True),
        ("9人", "不超过10人", False, False),
        ("每月一次", "每季度一次", False, False),
        ("超过15人", "不超过15人", True, False),
        ("5000元", "5天", True, None),
    ],
)
def test_a_claim_is_held_against_a_bound(claimed: str, stated: str, limits: bool, expected: bool | None) -> None:
    assert holds(amounts_in(claimed)[0], amounts_in(stated)[0], limits=limits) is expected
