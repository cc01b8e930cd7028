"""The tasks page as people meet it, in a real browser, over the sample documents and a table that is longer than a page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.samples import sample_files
from tests.browser import PHONE, needs_browser, picture
from tests.web_server import served

pytestmark = needs_browser
DAY = "2025-06-20"
UNITS = ("区教育局", "区住建局", "区商务局", "区文旅局")
LONG = "青山区年度重点工作任务分解表\n\n青山区人民政府办公室\n2025年1月6日\n\n一、重点任务\n" + "\n".join(
    f"{n}.第{n}项工作。2025年{n % 12 + 1}月底前完成第{n}项工作的年度目标。(牵头单位:{UNITS[n % 4]};配合单位:{UNITS[(n + 1) % 4]})" for n in range(1, 61)
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("tasks")
    (folder / "青山区任务表.txt").write_text(LONG, encoding="utf-8")
    with served(folder, files=[*sample_files()[:2], folder / "青山区任务表.txt"]) as address:
        yield address


def rows(page: Any) -> list[str]:
    return [text.replace("\n", " ") for text in page.locator("table.tasks tbody tr").all_inner_texts()]


def narrowed(page: Any, change: Callable[[], Any]) -> None:
    """Change something, and wait for the list to follow."""
    with page.expect_response(re.compile(r"/tasks(\?|$)")):
        change()
    page.wait_for_function("() => !document.querySelector('#results[aria-busy]')")


def test_the_list_is_narrowed_without_loading_the_page_and_the_address_keeps_it(page_of: Callable[..., Any]) -> None:
    page = page_of(f"/tasks?today={DAY}")
    page.evaluate("window.same = true")
    picture(page, "web-tasks")
    narrowed(page, lambda: page.get_by_label("单位", exact=True).fill("教育局"))
    narrowed(page, lambda: page.get_by_label("角色").select_option("alone"))
    narrowed(page, lambda: page.get_by_role("link", name=re.compile("^已过期限")).click())
    found = rows(page)
    assert found and all("单独牵头" in row and "教育局" in row and "已过" in row for row in found)
    narrowed(page, lambda: page.get_by_role("link", name="完成时限").click())
    days = page.locator("time.until").all_inner_texts()
    assert days == sorted(days) and page.locator("th[aria-sort=ascending]").inner_text().startswith("完成时限")
    assert page.evaluate("window.same")
    fresh = page_of(page.url)
    assert rows(fresh) == rows(page) and fresh.get_by_label("单位", exact=True).input_value() == "教育局"


def test_a_choice_made_while_the_list_is_on_its_way_does_not_undo_the_one_before(page_of: Callable[..., Any]) -> None:
    page = page_of(f"/tasks?today={DAY}")
    held: list[Any] = []
    page.route(re.compile(r"/tasks\?"), lambda route: route.continue_() if held else held.append(route))
    page.get_by_role("link", name=re.compile("^已过期限")).click()
    page.locator("#results[aria-busy][inert]").wait_for()
    page.get_by_label("角色").select_option("alone")
    with page.expect_response(lambda reply: "part=alone" in reply.url and "state=overdue" in reply.url):
        held[0].continue_()
    page.wait_for_url(re.compile("part=alone.*state=overdue|state=overdue.*part=alone"))
    assert rows(page) and all("已过" in row for row in rows(page))


def test_letters_that_are_being_composed_are_not_looked_for(page_of: Callable[..., Any]) -> None:
    page = page_of(f"/tasks?today={DAY}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    compose = "(box, [text, done]) => { box.value = text; box.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));"
    compose += " if (done) box.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true})); }"
    box = page.get_by_label("单位", exact=True)
    box.evaluate(compose, ["jiao yu ju", False])
    narrowed(page, lambda: box.evaluate(compose, ["教育局", True]))
    assert not any("jiao" in url for url in asked) and all("教育局" in row for row in rows(page))


def test_a_task_opens_its_clause_beside_the_list(page_of: Callable[..., Any]) -> None:
    page = page_of(f"/tasks?today={DAY}&q=第7项工作")
    page.get_by_role("link", name="第7项工作").first.click()
    page.locator("#source #cited").wait_for()
    assert "第7项工作" in page.locator("#source #cited").inner_text() and "区文旅局" in page.locator("#source #cited").inner_text()
    page.locator("#panel-title:focus").wait_for()
    page.keyboard.press("Escape")
    page.locator("#source").wait_for(state="hidden")
    page.locator("a.clause-link:focus").wait_for()


def test_pages_are_turned_and_go_back(page_of: Callable[..., Any]) -> None:
    page = page_of(f"/tasks?today={DAY}&q=第")
    first = rows(page)
    narrowed(page, lambda: page.get_by_role("link", name="下一页").click())
    assert len(first) == 50 and rows(page) and rows(page)[0] not in first and "page=2" in page.url
    page.go_back()
    page.wait_for_function("first => document.querySelector('table.tasks tbody tr')?.innerText.replaceAll('\\n', ' ') === first", arg=first[0])


def test_charts_are_drawn_from_here_and_can_be_read_as_tables(page_of: Callable[..., Any]) -> None:
    page = page_of(f"/tasks?today={DAY}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert not page.evaluate("Boolean(window.Plotly)")
    narrowed(page, lambda: page.get_by_role("link", name="图表").click())
    page.locator(".plot.drawn svg.main-svg").first.wait_for(timeout=60_000)
    assert any(url.endswith("/page/plotly.js") for url in asked)
    page.locator("summary", has_text="数据表").first.click()
    table = page.locator(".chart").first.get_by_role("table")
    assert table.get_by_role("rowheader", name="区教育局").count() and table.get_by_role("columnheader", name="牵头").count()
    page.wait_for_function("() => document.querySelectorAll('.plot.drawn').length >= 2", timeout=30_000)
    page.locator("summary", has_text="数据表").first.click()
    page.evaluate("document.querySelector('.list-bar').scrollIntoView()")
    picture(page, "web-tasks-charts")
    page.locator(".toggle-theme").click()
    page.locator("body.dark").wait_for()
    page.wait_for_function("document.getAnimations().every((one) => one.playState === 'finished')")


def test_what_is_filtered_is_exported(page_of: Callable[..., Any], tmp_path: Path) -> None:
    page = page_of(f"/tasks?today={DAY}&unit=区教育局&part=lead&state=later")
    count = int(page.locator(".state[aria-current] .count").inner_text())
    for name, ending in (("Excel", "xlsx"), ("CSV", "csv"), ("日历", "ics")):
        with page.expect_download() as started:
            page.get_by_role("link", name=name).click()
        started.value.save_as(tmp_path / f"tasks.{ending}")
        assert re.fullmatch(rf"任务清单-\d{{4}}-\d\d-\d\d\.{ending}", started.value.suggested_filename)
    assert zipfile.ZipFile(tmp_path / "tasks.xlsx").read("xl/worksheets/sheet1.xml").count(b"<row ") == count + 1
    assert (tmp_path / "tasks.csv").read_text(encoding="utf-8-sig").count("区教育局") >= count
    assert (tmp_path / "tasks.ics").read_bytes().count(b"BEGIN:VEVENT") == count


def test_the_phone_shows_tasks_as_cards_in_english_and_dark(page_of: Callable[..., Any]) -> None:
    page = page_of(f"/tasks?today={DAY}&unit=教育局", locale="en-GB", color_scheme="dark", **PHONE)
    assert page.get_by_role("heading", name="Tasks").is_visible() and page.get_by_label("Unit", exact=True).is_visible()
    picture(page, "web-tasks-phone")
    card = page.locator("table.tasks tbody tr").first
    assert card.bounding_box()["width"] <= 390
    card.locator("a.clause-link").tap()
    page.locator("#source #cited").first.wait_for()
    page.locator(".panel-close").tap()


def test_it_works_without_scripts(page_of: Callable[..., Any]) -> None:
    page = page_of(f"/tasks?today={DAY}", java_script_enabled=False)
    page.get_by_label("单位", exact=True).fill("区教育局")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**unit=**")
    assert rows(page) and all("教育局" in row for row in rows(page))
    page.get_by_role("link", name="图表").click()
    page.locator(".chart table").first.wait_for()
    page.get_by_role("link", name="收起图表").click()
    page.locator("a.clause-link").first.click()
    page.locator("#cited").first.wait_for()


def test_nothing_found_and_an_empty_library_say_so(page_of: Callable[..., Any]) -> None:
    page = page_of("/tasks?q=没有这样的任务")
    page.get_by_text("没有符合条件的任务").wait_for()
    page.get_by_role("link", name="清除条件").click()
    page.locator("table.tasks").wait_for()
