from __future__ import annotations

import time
from datetime import date

import pytest

from corpus.dates import deadlines_in, parse_cell
from corpus.types import Deadline, Span

ISSUED = date(2023, 2, 23)


def read(text: str, issued: date | None = ISSUED) -> tuple[Deadline, ...]:
    return deadlines_in(text, Span(0, len(text)), issued=issued)


def cell(text: str) -> Deadline | None:
    return parse_cell(text, Span(0, len(text)), ISSUED)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("2024年6月底前完成", date(2024, 6, 30)),
        ("2025年底实现", date(2025, 12, 31)),
        ("2025年底前", date(2025, 12, 31)),
        ("2024年2月末", date(2024, 2, 29)),
        ("2020年8月15日前,各地上报", date(2020, 8, 15)),
        ("2022 年底前走向规范", date(2022, 12, 31)),
        ("到2022年,基本实现", date(2022, 12, 31)),
        ("今年年底前", date(2023, 12, 31)),
        ("明年6月底前", date(2024, 6, 30)),
        ("年内完成", date(2023, 12, 31)),
        ("2022年8月前", date(2022, 7, 31)),
        ("2020年12月30前完成", date(2020, 12, 30)),
        ("2024.6.30前", date(2024, 6, 30)),
        ("二〇二四年六月三十日前", date(2024, 6, 30)),
        ("２０２４年６月底前", date(2024, 6, 30)),
        ("2022年12月31日24时前", date(2022, 12, 31)),
    ],
)
def test_a_limit_gives_the_last_day_that_counts(text: str, until: date) -> None:
    (deadline,) = read(text)
    assert (deadline.kind, deadline.since, deadline.until) == ("by", None, until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2020年5月至2022年12月", date(2020, 5, 1), date(2022, 12, 31)),
        ("2020年7月至12月", date(2020, 7, 1), date(2020, 12, 31)),
        ("从2020年5月启动至2022年12月结束", date(2020, 5, 1), date(2022, 12, 31)),
        ("2024—2026年", date(2024, 1, 1), date(2026, 12, 31)),
        ("2024年3月29日", date(2024, 3, 29), date(2024, 3, 29)),
        ("2024年上半年", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024年第一季度", date(2024, 1, 1), date(2024, 3, 31)),
        ("3月中旬", date(2023, 3, 11), date(2023, 3, 20)),
        ("2月23日至28日", date(2023, 2, 23), date(2023, 2, 28)),
        ("2025年3月20日9:00至3月26日17:00", date(2025, 3, 20), date(2025, 3, 26)),
        ("2024年5月1日8时起至10月1日18时止", date(2024, 5, 1), date(2024, 10, 1)),
    ],
)
def test_a_stretch_of_time_gives_both_bounds(text: str, since: date, until: date) -> None:
    (deadline,) = read(text)
    assert (deadline.kind, deadline.since, deadline.until) == ("during", since, until)


def test_several_years_of_one_sentence_are_all_found() -> None:
    assert [(d.value, d.until) for d in read("2020年完成30%,2021年完成80%,2022年完成100%。")] == [
        ("2020年", date(2020, 12, 31)), ("2021年", date(2021, 12, 31)), ("2022年", date(2022, 12, 31)),
    ]


def test_a_year_carries_on_within_its_sentence_only() -> None:
    first, second, third = read("2024年3月启动,6月底前完成。9月底前总结。", None)
    assert (first.until, second.until, third.until) == (date(2024, 3, 31), date(2024, 6, 30), None)


@pytest.mark.parametrize("text", ["每年12月底前", "每月28日前", "每季度", "每半年", "每3年", "每周"])
def test_what_comes_back_is_recurring(text: str) -> None:
    assert [(d.kind, d.value) for d in read(text)] == [("recurring", text)]


@pytest.mark.parametrize("text", ["批准后30日内", "自收到之日起3个工作日内", "24小时之内"])
def test_what_follows_an_event_is_relative(text: str) -> None:
    assert [d.kind for d in read(text)] == ["relative"]


def test_a_date_of_effect_is_open_ended() -> None:
    (deadline,) = read("自2024年5月1日起施行")
    assert (deadline.kind, deadline.since, deadline.until) == ("from", date(2024, 5, 1), None)


@pytest.mark.parametrize(
    ("text", "reading", "until"),
    [
        ("32日前报送", "3月2日前", date(2023, 3, 2)),
        ("610日前报送", "6月10日前", date(2023, 6, 10)),
        ("2023223日至531日", "2023年2月23日至5月31日", date(2023, 5, 31)),
        ("112日前报送", "", None),
    ],
)
def test_a_damaged_date_is_read_only_where_one_reading_is_possible(text: str, reading: str, until: date | None) -> None:
    (deadline,) = read(text)
    assert (deadline.reading, deadline.until) == (reading, until)
    assert deadline.value in text


@pytest.mark.parametrize("text", ["《目录》(2019年版)", "《三年行动方案(2024—2026年)》", "云安〔2020〕4号", "四个季度", "3.15晚会", "2020年以来"])
def test_titles_versions_and_numbers_are_no_limits(text: str) -> None:
    assert read(text) == ()


def test_spans_are_offsets_of_the_whole_text() -> None:
    text = "前言前言。要求2024年6月底前完成。"
    (deadline,) = deadlines_in(text, Span(5, len(text)))
    assert deadline.span.of(text) == "2024年6月底前"


@pytest.mark.parametrize(
    ("text", "kind", "until"),
    [
        ("2024年6月底", "by", date(2024, 6, 30)),
        ("2024年6月", "by", date(2024, 6, 30)),
        ("2024.6", "by", date(2024, 6, 30)),
        ("2024年", "by", date(2024, 12, 31)),
        ("2024-06-30", "by", date(2024, 6, 30)),
        ("2025年底前,并长期坚持", "by", date(2025, 12, 31)),
        ("2024年3月-12月", "during", date(2024, 12, 31)),
        ("常态化", "ongoing", None),
        ("持续推进", "ongoing", None),
        ("每年12月底前", "recurring", None),
        ("根据上级推广应用时间节点确定", "relative", None),
    ],
)
def test_a_cell_of_a_table_is_read_as_a_whole(text: str, kind: str, until: date | None) -> None:
    deadline = cell(text)
    assert deadline is not None
    assert (deadline.kind, deadline.until, deadline.value) == (kind, until, text)


def test_an_empty_cell_is_no_limit() -> None:
    assert cell("  ") is None


@pytest.mark.parametrize("unit", ["2024年", "1月", "每", "年", "30日", "后", "2024年6月至"])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    read(unit * (50_000 // len(unit)))
    assert time.process_time() - started < 5
