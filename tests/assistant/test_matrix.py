"""The task matrix: its rows, its filters, and its files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from assistant.export.delimited import csv_of, inert
from assistant.export.matrix_file import WRITERS, matrix_file
from assistant.tasks.matrix import COLUMNS, last_day, matrix_of
from corpus.errors import InputError
from corpus.types import Deadline, Document, Duty, Facts, Mention, Note, Source, Span

TEXT = "1.防盗窗动态清零。\n\n2025年底\n\n区消防救援大队"
END_2025 = Deadline("2025年底", Span(12, 18), "by", until=date(2025, 12, 31))

DutyOf = Callable[..., tuple[Document, Duty]]


@pytest.fixture
def duty_of() -> DutyOf:
    """Make a duty of a small document. lead, support: unit names; the rest as in Duty."""

    def make(
        task: str = "防盗窗动态清零。",
        lead: tuple[str, ...] = ("区消防救援大队",),
        support: tuple[str, ...] = (),
        **more: object,
    ) -> tuple[Document, Duty]:
        document = Document(name="清单.txt", source=Source(TEXT, "text"), id="d1")
        nowhere = Span(0, 0)
        more = {"deadline": END_2025, "path": ("工程防",)} | more
        duty = Duty(
            ordinal=0,
            source="row",
            section=-1,
            attachment=None,
            clause=Span(0, len(TEXT)),
            statement=Span(20, 27),
            task=Mention(task, nowhere),
            lead=tuple(Mention(name, nowhere) for name in lead),
            support=tuple(Mention(name, nowhere) for name in support),
            **more,  # type: ignore[arg-type]
        )
        return document, duty

    return make


def test_a_row_says_who_does_what_until_when_and_where_it_stands(duty_of: DutyOf) -> None:
    (row,) = matrix_of([duty_of(support=("区住建局",))])
    assert row.as_json() == {
        "task": "防盗窗动态清零。",
        "lead": ["区消防救援大队"],
        "support": ["区住建局"],
        "deadline": {"text": "2025年底", "from": None, "to": "2025-12-31"},
        "path": ["工程防"],
        "document_id": "d1",
        "doc": "清单.txt",
        "start": 0,
        "end": len(TEXT),
        "notes": [],
    }


def test_the_limits_that_the_clause_states_serve_where_the_row_has_none(duty_of: DutyOf) -> None:
    document, duty = duty_of(deadline=None)
    facts = Facts(deadlines=(Deadline("2024年底", Span(2, 8), "by", until=date(2024, 12, 31)), END_2025))
    (row,) = matrix_of([(replace(document, facts=facts), duty)])
    assert (row.deadline, row.until) == ("2024年底、2025年底", date(2025, 12, 31))
    (row,) = matrix_of([(replace(document, facts=facts), replace(duty, scope="section"))])
    assert (row.deadline, row.until) == ("", None)


def test_damage_and_open_lists_are_noted(duty_of: DutyOf) -> None:
    damaged = Deadline("32日前", Span(0, 4), "by", until=date(2023, 3, 2), reading="3月2日前")
    note = Note("number_skipped", "编号跳过3", Span(0, 1))
    (row,) = matrix_of([duty_of(deadline=damaged, open_list=True, notes=(note,))])
    assert row.notes == ("编号跳过3", "时限原文“32日前”,应为“3月2日前”", "名单以“等”结尾,没有列全")


def test_a_rule_stands_where_no_unit_is_listed(duty_of: DutyOf) -> None:
    (row,) = matrix_of([duty_of(support_text=Mention("各相关部门按职责分工负责", Span(0, 0)))])
    assert row.support == ("各相关部门按职责分工负责",)


def test_rows_are_filtered_by_unit_and_by_how_it_takes_part(duty_of: DutyOf) -> None:
    duties = [duty_of(lead=("区应急管理局",)), duty_of(lead=("区住建局",), support=("区应急管理局",))]
    assert len(matrix_of(duties, unit="应急管理局")) == 2
    assert [row.lead for row in matrix_of(duties, unit="应急管理局", role="lead")] == [("区应急管理局",)]
    assert [row.lead for row in matrix_of(duties, unit="应急管理局", role="support")] == [("区住建局",)]
    assert matrix_of(duties, unit="教育局") == ()


def test_without_a_unit_a_role_keeps_the_rows_that_name_one(duty_of: DutyOf) -> None:
    duties = [duty_of(lead=()), duty_of()]
    assert len(matrix_of(duties)) == 2
    assert len(matrix_of(duties, role="lead")) == 1


def test_rows_are_filtered_by_their_last_day_inclusively(duty_of: DutyOf) -> None:
    duties = [duty_of(), duty_of(deadline=None)]
    assert len(matrix_of(duties, before=date(2025, 12, 31))) == 1
    assert matrix_of(duties, before=date(2025, 12, 30)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-06-30", date(2024, 6, 30)),
        ("2024/6/3", date(2024, 6, 3)),
        ("2024年6月底前", date(2024, 6, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2024年底", date(2024, 12, 31)),
        ("2024", date(2024, 12, 31)),
    ],
)
def test_a_day_is_read_as_people_type_it(text: str, expected: date) -> None:
    assert last_day(text) == expected


@pytest.mark.parametrize("text", ["", "明天", "2024-13", "2024-02-30", "24-1-1", "0000"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="不是日期"):
        last_day(text)


# ---------------------------------------------------------------- files


def test_the_csv_opens_in_excel_and_holds_every_column(duty_of: DutyOf) -> None:
    content = csv_of(matrix_of([duty_of()]))
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head == [column.heading for column in COLUMNS]
    assert dict(zip(head, row, strict=True))["截止日期"] == "2025-12-31"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "\u3000＋1"])
def test_no_cell_starts_as_a_formula(duty_of: DutyOf, text: str) -> None:
    assert inert(text) == "'" + text
    content = csv_of(matrix_of([duty_of(task=text)])).decode("utf-8-sig")
    assert next(iter(list(csv.reader(io.StringIO(content, newline="")))[1])).startswith("'")


def test_the_workbook_is_filterable_with_real_dates_and_no_formulas(duty_of: DutyOf) -> None:
    rows = matrix_of([duty_of(task="=1+1"), duty_of(task="https://example.org", deadline=None)])
    sheet = load_workbook(io.BytesIO(matrix_file(rows, "xlsx"))).active
    assert sheet.auto_filter.ref == "A1:H3"
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["E2"].value.date() == date(2025, 12, 31)
    assert sheet["A3"].hyperlink is None
    assert sheet["E3"].value is None


def test_the_calendar_has_one_all_day_event_for_each_dated_task(duty_of: DutyOf) -> None:
    content = matrix_file(matrix_of([duty_of(), duty_of(deadline=None)]), "ics")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["dtstart"].dt == date(2025, 12, 31)
    assert str(event["summary"]) == "防盗窗动态清零。(区消防救援大队牵头)"
    assert "清单.txt › 工程防" in str(event["description"])


def test_the_table_shows_document_text_as_it_is(duty_of: DutyOf) -> None:
    shown = matrix_file(matrix_of([duty_of(task="[red]防盗窗[/red]")]), "table").decode()
    assert "[red]防盗窗[/red]" in shown


def test_the_json_is_the_list_of_rows(duty_of: DutyOf) -> None:
    assert [row["lead"] for row in json.loads(matrix_file(matrix_of([duty_of()]), "json"))] == [["区消防救援大队"]]


@pytest.mark.parametrize("form", WRITERS)
def test_an_empty_matrix_is_a_whole_file(form: str) -> None:
    assert matrix_file((), form)
