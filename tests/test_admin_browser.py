"""The administration pages in a real browser, at a desk and on a phone, light and dark: nothing sticks out, everything has a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import PHONE, UNNAMED, needs_browser, picture
from tests.web_server import served

pytestmark = needs_browser
TABS = ("", "/people", "/collections", "/collections/default", "/keys", "/log?check=1", "/health", "/backup", "/settings")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("admin"), accounts="off") as address:
        yield address


class Visit:
    """A page that remembers what it complained about."""

    def __init__(self, browser: Any, address: str, **settings: Any) -> None:
        self.complaints: list[str] = []
        self.address = address
        self.page = browser.new_context(**{"locale": "zh-CN", "viewport": {"width": 1440, "height": 900}, **settings}).new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", lambda m: m.type in ("error", "warning") and self.complaints.append(m.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda r: r.url.startswith(address) or self.complaints.append(r.url))

    def go(self, path: str, name: str = "") -> Any:
        self.page.goto(self.address + "/admin" + path)
        self.check()
        if name:
            picture(self.page, name)
        return self.page

    def check(self) -> None:
        assert self.page.evaluate(UNNAMED) == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.page.url
        assert self.complaints == []


def test_an_administrator_works_without_scripts(browser: Any, address: str) -> None:
    """Accounts, a collection for visitors, a key, a setting: each by plain forms, each asked again where it cannot be undone."""
    visit = Visit(browser, address, java_script_enabled=False)
    page = visit.page
    page.goto(address + "/admin/people")
    page.locator("input[name=name]").fill("王主任")
    page.locator(".card button.primary").click()
    assert len(page.locator(".secret").inner_text()) == 19
    page.locator("input[name=name]").fill("张三")
    page.locator("select[name=role]").select_option("editor")
    page.locator(".card button.primary").click()
    page.get_by_role("link", name="张三").click()
    page.get_by_role("link", name="删除账号").click()
    page.locator("main", has_text="不能恢复").wait_for()
    page.get_by_role("link", name="取消").click()
    page.goto(address + "/admin/collections")
    page.locator("input[name=name]").fill("公开文件")
    page.locator(".card button.primary").click()
    page.locator("aside select[name=role]").select_option("visitor")
    page.locator("aside form:has(select[name=role]) button").click()
    page.locator(".ticks input[type=checkbox]").first.check()
    page.locator(".row.end button.primary").click()
    page.locator(".notice", has_text="放入 1 份").wait_for()
    page.goto(address + "/admin/backup")
    page.get_by_role("button", name="立即备份").click()
    page.locator(".notice", has_text="备份完成").wait_for()


def test_every_page_holds_together_at_a_desk(browser: Any, address: str) -> None:
    visit = Visit(browser, address)
    for tab in TABS:
        visit.go(tab, "web-admin" if tab == "/collections/default" else "")
    visit.page.locator(".switch-language").click()
    visit.page.get_by_role("heading", name="Settings").wait_for()


def test_every_page_holds_together_on_a_phone_in_the_dark(browser: Any, address: str) -> None:
    visit = Visit(browser, address, **PHONE, color_scheme="dark", locale="en-GB")
    for tab in TABS:
        page = visit.go(tab, "web-admin-phone" if tab == "/people" else "")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 23, 27)"
        here = page.locator(".bar nav [aria-current], .tabs [aria-current]")
        assert all(box["x"] >= -1 and box["x"] + box["width"] <= 391 for box in (one.bounding_box() for one in here.all())) and here.count() == 2
    page.goto(address + "/documents")
    page.locator(".bar nav.more").wait_for()
