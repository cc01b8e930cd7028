"""The tasks of a library as a list: which are wanted, in which order, how they stand to today, how many there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.tasks.matrix import Task
from assistant.tasks.tasklist import (
    Entry,
    TaskList,
    Wanted,
    choices_of,
    chosen,
    entries_of,
    state_of,
    states_in,
    tallies_of,
    tasks_of,
)
from assistant.web.forms import fields_of
from assistant.web.tasks.asked import asked_of
from corpus.errors import InputError
from tests.conftest import AssistantOf

TODAY = date(2024, 6, 20)
PLAN = """青山区消防安全整治方案

青山区人民政府
2024年3月5日

一、主要任务
1.防盗窗清零。2024年6月底前,完成防盗窗清零。(牵头单位:区消防救援大队;配合单位:区住建局)
2.联合检查。2024年5月底前,完成联合检查。(牵头单位:区应急管理局、区住建局)
3.应急演练。各学校开展应急演练。(牵头单位:区教育局;配合单位:区应急管理局)
4.年度总结。2025年12月底前,完成年度总结。(牵头单位:区应急管理局)
"""


def entry(number: int, until: date | None = None) -> Entry:
    unit = f"第{number % 97}局"
    task = Task(f"任务{number}", (unit,), ("区住建局",), "2024年底" if until else "", None, until, ("一、主要任务",), "d", "d.txt", "方案", number, number + 1)
    return Entry(task, "主要任务", f"任务{number} {unit}", "区政府", ("青山区",))


@pytest.fixture
def entries(assistant_of: AssistantOf) -> tuple[Entry, ...]:
    return TaskList().entries(assistant_of(PLAN), TODAY)


def tasks(entries: tuple[Entry, ...], **wanted: object) -> list[str]:
    return [line.entry.task.task.split("。")[0] for line in chosen(entries, replace(Wanted(TODAY), **wanted))]  # type: ignore[arg-type]


def test_a_list_is_narrowed_by_everything_asked_for(entries: tuple[Entry, ...]) -> None:
    assert tasks(entries, unit="住建局") == ["1.防盗窗清零", "2.联合检查"]
    assert tasks(entries, unit="住建局", part="joint") == ["2.联合检查"] == tasks(entries, part="joint")
    assert tasks(entries, part="alone", words="应急") == ["3.应急演练", "4.年度总结"]
    assert tasks(entries, unit="应急管理局", part="support") == ["3.应急演练"]
    assert tasks(entries, words="年度 总结") == ["4.年度总结"] and tasks(entries, words="没有") == []
    assert tasks(entries, since=date(2024, 6, 1), until=date(2024, 6, 30)) == ["1.防盗窗清零"]
    assert len(tasks(entries, place="青山", issuer="青山区人民政府")) == 4 and tasks(entries, place="白石镇") == []
    assert tasks(entries, documents=("other",)) == []


def test_deadlines_are_compared_with_today(entries: tuple[Entry, ...]) -> None:
    assert tasks(entries, state="overdue") == ["2.联合检查"] and tasks(entries, state="soon") == ["1.防盗窗清零"]
    assert tasks(entries, state="due") == ["1.防盗窗清零", "4.年度总结"] and tasks(entries, state="none") == ["3.应急演练"]
    assert states_in(entries, Wanted(TODAY, state="soon")) == {"overdue": 1, "soon": 1, "later": 1, "none": 1}
    last = entries[0].task
    assert [state_of(last, day) for day in (date(2024, 6, 30), date(2024, 7, 1), date(2024, 5, 30))] == ["soon", "overdue", "later"]


def test_order_and_view(entries: tuple[Entry, ...]) -> None:
    assert tasks(entries, order="deadline")[:2] == ["2.联合检查", "1.防盗窗清零"]
    assert tasks(entries, order="deadline", descending=True) == ["4.年度总结", "1.防盗窗清零", "2.联合检查", "3.应急演练"]
    assert tasks(entries, descending=True)[0] == "4.年度总结"
    lines = chosen(entries, Wanted(TODAY, by_unit=True, order="unit"))
    assert [(line.unit, line.part) for line in lines if line.unit == "区住建局"] == [("区住建局", "support"), ("区住建局", "joint")]
    assert len(lines) == 7 and len(tasks_of(lines)) == 4


def test_what_there_is_to_choose_from_and_to_draw(entries: tuple[Entry, ...]) -> None:
    found = choices_of(entries, 2)
    assert found.units == ("区应急管理局", "区住建局") and found.places[:1] == ("青山区",) and found.issuers == ("青山区人民政府",)
    tallies = tallies_of(chosen(entries, Wanted(TODAY, by_unit=True)))
    assert tallies.units[0] == ("区应急管理局", 2, 1) and tallies.months == (("2024-05", 1), ("2024-06", 1), ("2025-12", 1))


def test_the_list_follows_the_library(assistant_of: AssistantOf) -> None:
    assistant, known = assistant_of(PLAN), TaskList()
    before = known.entries(assistant, TODAY)
    assert known.entries(assistant, TODAY) is before
    assistant.remove(assistant.store.documents()[0].id)
    assert known.entries(assistant, TODAY) == ()
    assert entries_of(()) == ()


def test_ten_thousand_tasks_are_narrowed_in_a_moment() -> None:
    many = tuple(entry(n, date(2024, 1 + n % 12, 1)) for n in range(10_000))
    lines = chosen(many, Wanted(TODAY, unit="第7局", order="deadline"))
    assert len(lines) == len(range(7, 10_000, 97)) and choices_of(many, 300).units[0] == "区住建局"


def test_an_address_says_all_and_is_read_back() -> None:
    text = "q=%E6%B6%88%E9%98%B2&unit=x&part=joint&document=d1&document=d2&since=2024-01-01&until=2024-12-31&state=due&order=deadline&desc=1&view=units&charts=1&today=2024-06-20&page=3"
    asked = asked_of(fields_of(text.encode()), date(2000, 1, 1))
    assert asked.query() == text and asked.wanted.today == TODAY and asked.page == 3 and asked.narrowed
    assert asked_of(fields_of(b""), TODAY).address() == "/tasks" and not asked_of(fields_of(b"view=units"), TODAY).narrowed
    for wrong in (b"part=boss", b"state=1", b"order=x", b"since=soon", b"page=x"):
        with pytest.raises(InputError):
            asked_of(fields_of(wrong), TODAY)
