"""The documents pages as people meet them, in a real browser: upload, look, correct, compare, remove."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import LOADED, PHONE, needs_browser, picture
from tests.web_server import NOTICE, OTHER, served

pytestmark = needs_browser
NEWER = NOTICE.replace("2024年6月底前", "2024年9月底前").replace("二、工作要求", "3.开展宣传。各街道开展消防宣传。(牵头单位:区文旅局)\n二、工作要求")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("documents")) as address:
        yield address


def file(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def opened(page: Any, title: str) -> None:
    page.get_by_role("link", name=title).first.click()
    page.locator(".fact-kind").first.wait_for()
    page.wait_for_function(LOADED)  # before its scripts are there a link leads to a page of its own


def test_files_are_uploaded_with_a_reason_for_each_refusal_and_versions_compared(page_of: Callable[..., Any], tmp_path: Path) -> None:
    page = page_of("/documents", refusals=True)
    good, bad = file(tmp_path, "河口镇方案.txt", OTHER.replace("白石镇", "河口镇")), file(tmp_path, "程序.exe", "MZ")
    page.locator("#files").set_input_files([good, bad])
    page.locator(".uploads .good").wait_for()
    assert "没有加入" in page.locator(".uploads .bad").inner_text() and "已加入" in page.locator(".uploads .good").inner_text()
    page.locator("#files").set_input_files([file(tmp_path, "河口镇方案.txt", OTHER.replace("白石镇", "河口镇").replace("9月底", "10月底"))])
    page.get_by_text("已作为新版本加入").wait_for()
    page.get_by_role("link", name="刷新列表").click()
    opened(page, "河口镇消防安全整治方案")
    assert "第 2 版" in page.locator(".version-lines").inner_text()
    page.locator(".version-lines").get_by_role("link", name="比较").click()
    assert page.locator(".pair.changed del").first.inner_text() == "9" and page.locator(".pair.changed ins").first.inner_text() == "10"


def test_a_file_can_be_dropped(page_of: Callable[..., Any]) -> None:
    page = page_of("/documents")
    page.evaluate(
        """text => { const data = new DataTransfer(); data.items.add(new File([text], "落下的方案.txt"));
        document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }""",
        OTHER.replace("白石镇", "南岭镇"),
    )
    page.locator(".uploads .good").wait_for()


def test_a_fact_opens_its_clause_and_is_corrected_and_put_back(page_of: Callable[..., Any]) -> None:
    page = page_of("/documents?q=青山")
    picture(page, "web-documents")
    opened(page, "青山区消防安全整治方案")
    page.locator(".fact-lines .cite").first.click()
    assert "防盗窗" in page.locator("#source #cited").first.inner_text()
    page.keyboard.press("Escape")
    picture(page, "web-document")
    page.locator(".fact-lines").get_by_role("link", name="更正").first.click()
    page.get_by_label("牵头单位").fill("区应急管理局")
    page.get_by_label("理由").fill("清单录入有误")
    page.get_by_role("button", name="保存更正").click()
    page.get_by_text("已更正,答案从现在起采用").wait_for()
    assert "区应急管理局" in page.locator(".fact-lines li").first.inner_text() and "清单录入有误" in page.locator(".correction-lines").inner_text()
    page.locator(".correction-lines").get_by_role("button", name="撤销").click()
    page.get_by_text("已撤销更正").wait_for()
    assert "区消防救援大队" in page.locator(".fact-lines li").first.inner_text()


def test_two_documents_are_compared_on_a_phone_in_the_dark(page_of: Callable[..., Any], tmp_path: Path) -> None:
    page = page_of("/documents")
    page.locator("#files").set_input_files([file(tmp_path, "青山区新方案.txt", NEWER)])
    page.locator(".uploads .good a").wait_for()
    newer = page.locator(".uploads .good a").get_attribute("href").rsplit("/", 1)[1]
    page.goto(page.url + "?order=name")
    for name in ("青山区方案", "青山区新方案"):
        page.locator(".document-line", has_text=f"{name}.txt").get_by_role("checkbox").check()
    page.get_by_role("button", name="比较").click()
    changed = {page.locator(f".pair.changed {tag}").first.inner_text() for tag in ("ins", "del")}
    assert changed == {"6", "9"} and newer in page.url
    picture(page, "web-compare")
    phone = page_of(page.url, color_scheme="dark", locale="en-GB", **PHONE)
    assert phone.locator(".pair.left, .pair.right").count() == 1 and phone.locator(".pair.changed .side").first.bounding_box()["width"] <= 390
    picture(phone, "web-compare-phone")


def test_a_document_is_read_again_related_and_removed(page_of: Callable[..., Any]) -> None:
    page = page_of("/documents?q=白石")
    opened(page, "白石镇消防安全整治方案")
    page.get_by_role("button", name="重新读取").click()
    page.get_by_text("已重新读取").wait_for()
    page.locator("summary", has_text="登记新旧关系").click()
    page.locator("select[name=other]").select_option(index=0)
    page.get_by_role("button", name="登记").click()
    page.get_by_text("已记录").wait_for()
    page.get_by_role("button", name="撤回").click()
    page.locator("summary", has_text="移除文件").click()
    page.get_by_label("我确认要移除这份文件").check()
    page.get_by_role("button", name="确认移除").click()
    page.get_by_text("已移除").wait_for()
    assert page.locator(".document-line", has_text="白石镇方案.txt").count() == 0


def test_the_phone_shows_the_list_and_a_document(page_of: Callable[..., Any]) -> None:
    page = page_of("/documents", locale="en-GB", color_scheme="dark", **PHONE)
    page.get_by_role("heading", name="Documents").wait_for()
    picture(page, "web-documents-phone")
    page.locator(".document-title").first.tap()
    page.get_by_role("heading", name="What was read").wait_for()


def test_an_unknown_document_and_a_form_without_consent_are_refused(page_of: Callable[..., Any]) -> None:
    page = page_of("/documents")
    known = page.locator(".document-title").first.get_attribute("href")
    base, ask = page.url.removesuffix("/documents"), page.request
    replies = [ask.get(base + "/documents/d0"), ask.post(f"{base}{known}/remove", form={"a": "1"}), ask.post(f"{base}{known}/correct", form={"a": "1"})]
    replies += [ask.get(base + "/documents/compare?with=x"), ask.get(base + "/documents?state=odd"), ask.get(f"{base}{known}/nothing")]
    assert [reply.status for reply in replies] == [404, 400, 400, 200, 400, 404]
