"""The quiz pages as people meet them, in a real browser: a trainer at a desk, participants on a phone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import LOADED, PHONE, needs_browser
from tests.web_server import served

pytestmark = needs_browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("quiz")) as address:
        yield address


@pytest.fixture(scope="module")
def paper(browser: Any, address: str) -> str:
    """The address of a paper that was made by filling in the form."""
    page = browser.new_page(locale="zh-CN")
    page.goto(address + "/quiz")
    page.get_by_role("checkbox", name="青山区").check()
    page.locator("#choices:not([aria-busy]):not(:has(.group)) summary", has_text="章节").click()
    page.get_by_role("checkbox", name="一、主要任务").check()
    page.get_by_label("试卷名称").fill("消防测试")
    page.get_by_label("题数", exact=True).fill("2")
    page.get_by_role("button", name="生成试卷").click()
    page.locator(".item").first.wait_for()
    made: str = page.url
    page.context.close()
    return made


def test_a_trainer_locks_edits_swaps_and_takes_the_paper_along(page_of: Callable[..., Any], paper: str, tmp_path: Path) -> None:
    page = page_of(paper)
    items = page.locator(".item")
    count = items.count()
    assert count >= 2 and page.locator("h1").inner_text() == "消防测试"
    items.nth(0).locator("summary", has_text="编辑").click()
    items.nth(0).get_by_label("题干").fill("改过的题干,由谁负责?")
    items.nth(0).get_by_role("button", name="保存").click()
    items.nth(0).get_by_text("已修改").wait_for()
    items.nth(0).get_by_role("button", name="锁定").click()
    page.locator(".item.locked").wait_for()
    swapped = items.nth(count - 1).get_attribute("id")
    items.nth(count - 1).get_by_role("button", name="换一题").click()
    page.wait_for_function("id => !document.getElementById(id)", arg=swapped)
    page.get_by_role("button", name="重出未锁定的题").click()
    page.locator(".item.locked", has_text="改过的题干").wait_for()
    items.nth(0).locator("summary", has_text="答案与依据").click()
    assert items.nth(0).locator(".panel-path").first.inner_text().startswith("关于印发《青山区消防安全整治方案》的通知")
    with page.expect_download() as started:
        page.get_by_role("button", name="下载").click()
    started.value.save_as(tmp_path / "paper.zip")
    assert len(zipfile.ZipFile(tmp_path / "paper.zip").namelist()) == 3 and started.value.suggested_filename == "消防测试.zip"


def answer(card: Any) -> None:
    """Answer a question somehow."""
    if card.locator("label.choice").count():
        card.locator("label.choice").first.click()
    for at, places in enumerate(card.locator("select").all()):
        places.select_option(index=at + 1)
    for written in card.locator("input[type=text], textarea").all():
        written.fill("区教育局")


def test_practice_shows_the_clause_at_once(page_of: Callable[..., Any], paper: str) -> None:
    page = page_of(paper)
    page.get_by_role("button", name="练习", exact=True).click()
    page.locator(".dots").wait_for()
    assert page.locator("blockquote").count() == 0
    answer(page.locator("fieldset"))
    page.get_by_role("button", name="提交本题").click()
    verdict = page.locator("#feedback")
    verdict.wait_for()
    assert re.search("答对了|部分正确|答错了", verdict.inner_text()) and "主要任务" in verdict.locator(".panel-path").first.inner_text()
    assert verdict.locator("mark").count() >= 1
    with page.context.expect_page() as opened:
        verdict.get_by_role("link", name="看原文").first.click()
    assert opened.value.locator("#cited").first.inner_text()


def test_an_exam_is_sat_on_a_phone_and_its_result_told_to_the_trainer(page_of: Callable[..., Any], paper: str, tmp_path: Path) -> None:
    trainer = page_of(paper)
    trainer.get_by_role("button", name="生成链接").click()
    link = trainer.locator(".address").first.input_value()
    trainer.locator("summary", has_text="二维码").first.click()
    assert trainer.locator(".qr svg").first.bounding_box()["width"] > 100
    phone = page_of(link, **PHONE)
    phone.get_by_label("姓名").fill("张三")
    phone.get_by_role("button", name="开始考试").tap()
    phone.locator("#clock").wait_for()
    saves: list[str] = []
    phone.on("request", lambda request: request.url.endswith("/save") and saves.append(request.post_data))
    for number, card in enumerate(phone.locator("fieldset.item").all(), 1):
        answer(card)
        # What is written is saved when the pen rests, and said so once nothing is left to save.
        phone.locator("#saved", has_text="已保存").wait_for()
        assert f"number={number}" in saves[-1].split("&")
    phone.reload()
    count = phone.locator("fieldset.item").count()
    phone.get_by_text(f"已答 {count} / {count}").wait_for()
    phone.get_by_role("button", name="交卷").tap()
    phone.locator(".score").wait_for()
    assert re.fullmatch(r"得分 [\d.]+ / \d+", phone.locator(".score").inner_text())
    trainer.get_by_role("link", name="成绩").click()
    with trainer.expect_download() as started:
        trainer.get_by_role("link", name="下载成绩表").click()
    started.value.save_as(tmp_path / "results.csv")
    assert "消防测试,张三,,考试," in (tmp_path / "results.csv").read_text(encoding="utf-8-sig")


def test_pages_follow_language_theme_and_width(page_of: Callable[..., Any], paper: str) -> None:
    page = page_of(paper, locale="en-GB", color_scheme="dark", **PHONE)
    assert page.get_by_role("button", name="Make the others anew").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 23, 27)"
    page.locator(".switch-language").tap()
    page.get_by_role("button", name="重出未锁定的题").wait_for()
    page.wait_for_function(LOADED)
    page.locator(".toggle-theme").tap()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(246, 247, 248)"


def test_the_chat_page_shows_the_way(page_of: Callable[..., Any]) -> None:
    page = page_of("/")
    page.get_by_role("link", name="出题组卷").click()
    page.get_by_role("heading", name="新试卷").wait_for()
