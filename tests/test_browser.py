"""The page as a person meets it, in a real browser: ask, read, follow a citation, on a desk and on a phone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.browser import FAINT, PHONE, UNNAMED, needs_browser
from tests.web_server import served

pytestmark = needs_browser

QUESTION = "青山区防盗窗动态清零由谁牵头?"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("web")) as address:
        yield address


class Visit:
    """An open page that remembers what it asked for and what it complained about."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda m: m.type in ("error", "warning") and self.complaints.append(m.text))
        # A page that is left or loaded anew drops what it was still asking for.
        page.on("pageerror", lambda error: str(error).startswith("AbortError") or self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        self._streams: list[Any] = []
        page.on("request", lambda request: "/queue/" in request.url and self._streams.append(request))
        for ended in ("requestfinished", "requestfailed"):
            page.on(ended, lambda request: request in self._streams and self._streams.remove(request))
        page.goto(address + "/")
        page.locator(".welcome").wait_for()

    def settled(self) -> Any:
        """Wait until nothing is on its way from the server, as Gradio complains where a page is left before; give the page."""
        for _ in range(1000):
            if not self._streams:
                return self.page
            self.page.wait_for_timeout(30)
        raise AssertionError([request.url for request in self._streams])

    def ask(self, question: str) -> Any:
        """Type a question, send it with Enter and give the finished reply."""
        count = self.page.locator(".exchange").count()
        box = self.page.locator("#question textarea")
        box.fill(question)
        box.press("Enter")
        self.page.locator(".exchange").nth(count).wait_for()
        reply = self.page.locator(".exchange.latest .reply:not(.pending):not(.streaming)")
        reply.wait_for()
        return reply


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Visit]]:
    """Open the page in a fresh browser profile; every visit has to end without complaint and without a foreign request."""
    visits: list[Visit] = []
    with ExitStack() as contexts:

        def make(**settings: Any) -> Visit:
            context = browser.new_context(**{"locale": "zh-CN", "viewport": {"width": 1440, "height": 900}, **settings})
            contexts.callback(context.close)
            visits.append(Visit(context.new_page(), address))
            return visits[-1]

        yield make
        for made in visits:
            assert made.complaints == []
            assert [url for url in made.requests if not url.startswith((address, "data:", "blob:"))] == []


def test_a_question_is_answered_and_its_clause_shown_with_the_answer_marked(visit: Callable[..., Visit]) -> None:
    opened = visit()
    reply = opened.ask(QUESTION)
    assert "区消防救援大队" in reply.locator(".answer").inner_text()
    opened.page.locator("#source").wait_for()
    opened.page.keyboard.press("Escape")
    opened.page.locator("#source").wait_for(state="hidden")
    reply.locator("a.chip").first.click()
    words = opened.page.locator("#source mark .words").first
    words.wait_for()
    assert words.inner_text() == "区消防救援大队" and in_view(opened.page, words)
    assert "防盗窗动态清零" in opened.page.locator("#source #cited").inner_text()
    assert "一、主要任务" in opened.page.locator("#source .panel-path").inner_text()


def in_view(page: Any, element: Any) -> bool:
    box, size = element.bounding_box(), page.viewport_size
    return bool(
        box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and box["x"] + box["width"] <= size["width"]
    )


def test_the_panel_follows_the_chosen_citation_and_gives_focus_back(visit: Callable[..., Visit]) -> None:
    opened = visit()
    chip = opened.ask(QUESTION).locator("a.chip").first
    # In one step: between the two a busy page may draw the reply anew.
    chip.press("Enter")
    opened.page.locator("#panel-title:focus").wait_for()
    assert chip.get_attribute("aria-current") == "true"
    opened.page.keyboard.press("Escape")
    opened.page.locator("#source").wait_for(state="hidden")
    opened.page.locator("a.chip:focus").wait_for()


def test_focus_stays_on_a_citation_when_the_conversation_is_drawn_anew(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.ask(QUESTION).locator("a.chip").first.focus()
    opened.page.evaluate("() => { const log = document.querySelector('.log'); log.outerHTML = log.outerHTML; }")
    opened.page.locator("a.chip:focus").wait_for()


def test_a_follow_up_uses_the_conversation_and_a_new_one_forgets_it(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.ask(QUESTION)
    assert "6月底前" in opened.ask("什么时候完成?").locator(".answer").inner_text()
    opened.page.locator("#new-conversation").click()
    opened.page.locator(".welcome").wait_for()
    assert opened.page.locator(".exchange").count() == 0


def test_only_the_chosen_documents_are_asked_and_the_limits_cleared_in_one_step(visit: Callable[..., Visit]) -> None:
    opened = visit()
    page = opened.page
    page.get_by_role("button", name="限定范围").click()
    page.get_by_role("checkbox", name="白石镇").check()
    page.get_by_label("地区").fill("白石镇")
    page.get_by_role("button", name="应用").click()
    assert "正在以下范围内查找:白石镇消防安全整治方案 · 白石镇" in page.locator("#scope").inner_text()
    reply = opened.ask("防盗窗动态清零由谁牵头?")
    assert "镇应急消防管理站" in reply.locator(".answer").inner_text()
    assert {title for title in reply.locator(".chip-title").all_inner_texts()} == {"白石镇消防安全整治方案"}
    assert "白石镇" in page.locator(".exchange.latest .within").inner_text()
    page.get_by_role("button", name="清除范围").click()
    assert "区消防救援大队" in opened.ask(QUESTION).locator(".answer").inner_text()


def test_what_the_documents_do_not_say_is_refused_calmly(visit: Callable[..., Visit]) -> None:
    reply = visit().ask("月球基地的建设由谁牵头?")
    assert "refused" in str(reply.get_attribute("class")) and "文件中没有找到依据" in reply.inner_text()


def test_a_suggested_question_is_answered_when_it_is_chosen(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.page.locator(".suggestion").first.click()
    opened.page.locator(".exchange.latest .reply.answered .chip").first.wait_for()


def test_why_an_answer_reads_so_is_told_and_escape_leads_back(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.ask(QUESTION).locator("a.why").press("Enter")  # one step: an answer that is still being finished takes the focus away
    opened.page.locator("#panel-title:focus").wait_for()
    told = opened.page.locator(".explanation").inner_text()
    assert "由谁牵头" in told and "把握" in told and "青山区消防安全整治方案" in told
    opened.page.locator(".explanation a.cite").first.click()
    opened.page.locator("#source mark .words").first.wait_for()
    opened.page.keyboard.press("Escape")
    opened.page.locator("a.why:focus").wait_for()


def test_a_refusal_names_what_is_missing_and_offers_what_can_be_answered(visit: Callable[..., Visit]) -> None:
    opened = visit()
    reply = opened.ask("月球基地的防盗窗由谁牵头?")
    assert "月球" in reply.locator(".unknown-word").all_inner_texts()
    reply.locator(".suggestion").first.click()
    opened.page.locator(".exchange.latest .reply.answered .chip").first.wait_for()


def test_a_conversation_is_found_again_in_the_history_renamed_and_deleted(visit: Callable[..., Visit]) -> None:
    opened = visit()
    page = opened.page
    opened.ask("应急演练每学期几次?")
    page.locator("#new-conversation").click()
    page.locator(".welcome").wait_for()
    page.locator(".history-words").fill("每学期")
    page.get_by_role("link", name="应急演练每学期几次?").click()
    page.locator(".exchange.latest .reply.answered .chip").first.wait_for()
    entry = page.locator("#history li", has_text="应急演练").first
    entry.locator("summary").click()
    entry.get_by_label("对话名称").fill("演练<b>的事")
    entry.get_by_role("button", name="保存").click()
    page.locator(".history-words").fill("演练<b>")
    page.get_by_role("link", name="演练<b>的事").wait_for()
    entry = page.locator("#history li", has_text="演练<b>的事")
    entry.locator("summary").click()
    entry.get_by_role("button", name="删除").click()
    page.get_by_role("button", name="确定删除").click()
    page.get_by_text("没有找到。").wait_for()


def test_what_is_typed_while_the_list_of_conversations_is_on_its_way_stays(visit: Callable[..., Visit]) -> None:
    opened = visit()
    page = opened.page
    opened.ask("应急演练每学期几次?")
    opened.settled().locator("#history li", has_text="应急演练").first.wait_for()
    held: list[Any] = []
    page.route("**/chat/history?words=%E6%BC%94", lambda route: held.append(route))
    box = page.locator(".history-words")
    with page.expect_request("**/chat/history?words=%E6%BC%94"):
        box.fill("演")
    box.evaluate("box => box.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}))")
    box.evaluate("box => { box.value = '演l'; box.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true})); }")
    with page.expect_response("**/chat/history?words=%E6%BC%94"):
        held[0].continue_()
    page.evaluate("new Promise((done) => setTimeout(done, 300))")
    assert box.input_value() == "演l"
    box.evaluate("box => { box.value = '演练'; box.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true})); }")
    page.locator("#history li", has_text="应急演练").first.wait_for()
    assert box.input_value() == "演练"


def test_the_side_column_scrolls_on_a_low_screen_and_nothing_in_it_overlaps(visit: Callable[..., Visit]) -> None:
    opened = visit(viewport={"width": 1280, "height": 380})
    opened.ask("应急演练每学期几次?")
    opened.page.locator("#history li", has_text="应急演练").first.wait_for()
    history, library = (opened.page.locator(part) for part in ("#history", "#library"))
    assert history.evaluate("e => e.scrollHeight <= e.clientHeight")
    above, below = history.bounding_box(), library.bounding_box()
    assert above and below and above["y"] + above["height"] <= below["y"]


def test_a_thumb_down_takes_a_reason_and_stays_pressed(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.ask(QUESTION).locator("a.thumb.down").click()
    opened.page.get_by_label("不完整").check()
    opened.page.get_by_label("补充说明(可不填)").fill("还缺<img src=x onerror=alert(1)>配合单位")
    opened.page.get_by_role("button", name="提交").click()
    opened.page.locator("a.thumb.down.pressed[aria-pressed=true]").wait_for()
    opened.page.locator("a.thumb.down").click()
    opened.page.locator("a.thumb.down:not(.pressed)").wait_for()


def test_a_conversation_is_saved_as_a_file(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.ask(QUESTION)
    opened.page.evaluate("addEventListener('beforeunload', () => (window.left = true))")
    for link, ending in (("导出 Word", ".docx"), ("导出 Markdown", ".md")):
        with opened.page.expect_download() as saved:
            opened.page.get_by_role("link", name=link).click()
        assert saved.value.suggested_filename == f"青山区防盗窗动态清零由谁牵头{ending}"
    assert opened.page.evaluate("window.left") is None and opened.page.locator(".exchange").count() == 1


def test_print_shows_the_conversation_alone(visit: Callable[..., Visit]) -> None:
    opened = visit(color_scheme="dark")
    opened.ask(QUESTION)
    opened.page.emulate_media(media="print")
    for gone in ("#side", "#composer", "#scope", ".footer-tools", "#source"):
        assert opened.page.locator(gone).first.is_hidden(), gone
    assert opened.page.locator(".exchange .answer").is_visible() and opened.page.locator(".chip-quote").is_visible()
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_shortcuts_lead_to_question_limits_and_list(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.keyboard.press("Alt+l")
    page.get_by_role("dialog", name="限定范围").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+j")
    page.get_by_role("dialog", name="键盘快捷键").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+/")
    page.locator("#question textarea:focus").wait_for()


def test_what_is_looked_up_and_answered_is_announced(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.ask(QUESTION)
    announced = opened.page.locator("#announced[role=status][aria-live=polite]")
    announced.get_by_text("区消防救援大队").wait_for()
    assert "把握" in announced.inner_text()


def test_the_menu_of_the_phone_holds_history_documents_and_settings(visit: Callable[..., Visit]) -> None:
    opened = visit(**PHONE)
    page = opened.page
    assert page.locator("#history").is_hidden() and page.locator("#library").is_hidden()
    page.locator("#menu").tap()
    for shown in ("#history", "#library", "#preferences"):
        page.locator(shown).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    page.locator("#menu:focus").wait_for()
    page.locator(".open-filters").tap()
    page.locator("#dialog form.filters").wait_for()
    assert page.evaluate("document.querySelector('#dialog').scrollWidth") <= 390


def test_the_phone_shows_the_source_over_the_page_and_nothing_sticks_out(visit: Callable[..., Visit]) -> None:
    opened = visit(**PHONE)
    reply = opened.ask(QUESTION)
    assert opened.page.locator("#source").count() == 0 or opened.page.locator("#source").is_hidden()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    reply.locator("a.chip").first.tap()
    words = opened.page.locator("#source mark .words").first
    words.wait_for()
    assert in_view(opened.page, words)
    opened.page.locator(".panel-close").tap()
    opened.page.locator("#source").wait_for(state="hidden")


def test_the_page_speaks_the_browsers_language_and_can_be_switched(visit: Callable[..., Visit]) -> None:
    opened = visit(locale="en-GB")
    page = opened.page
    assert (
        page.get_by_role("button", name="Ask", exact=True).is_visible() and page.get_by_label("Question").is_visible()
    )
    opened.ask(QUESTION)
    page.locator("#switch-language").click()
    page.get_by_role("button", name="提问", exact=True).wait_for()
    assert "区消防救援大队" in page.locator(".exchange.latest .answer").inner_text()
    page.locator("html[lang=zh-CN]").wait_for()
    opened.settled().reload()
    page.get_by_text("想查哪条政策规定?").wait_for()


def test_a_question_sent_while_the_last_one_is_answered_is_answered_next(visit: Callable[..., Visit]) -> None:
    opened = visit()
    box = opened.page.locator("#question textarea")
    box.fill(QUESTION)
    box.press("Enter")
    opened.page.locator(".exchange .reply.pending, .exchange .reply.streaming, .exchange .reply.answered").first.wait_for()
    box.fill("完善“一厂一策”制度由谁牵头?")
    box.press("Enter")
    opened.page.locator(".exchange").nth(1).locator(".reply.answered:not(.streaming)").wait_for()
    assert opened.page.locator(".exchange").count() == 2 and "区消防救援大队" in opened.page.locator(".exchange .answer").first.inner_text()


def test_a_hostile_question_stays_text(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.page.on("dialog", lambda dialog: opened.complaints.append("a dialog opened"))
    opened.ask("<img src=//evil.example/x onerror=alert(1)> **x** [y](javascript:alert(2))")
    asked = opened.page.locator(".exchange.latest .question p").inner_text()
    assert asked.endswith("<img src=//evil.example/x onerror=alert(1)> **x** [y](javascript:alert(2))")
    assert opened.page.locator("#conversation img").count() == 0


def test_copying_takes_the_citations_along(visit: Callable[..., Visit]) -> None:
    opened = visit(permissions=["clipboard-read", "clipboard-write"])
    opened.ask(QUESTION).locator("button.copy").click()
    opened.page.locator("button.copy.done").first.wait_for()
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert "区消防救援大队" in copied and "[1] " in copied and "防盗窗动态清零" in copied


def test_the_first_visit_and_the_first_words_are_quick(visit: Callable[..., Visit]) -> None:
    taken = []
    for _ in range(3):  # the least disturbed of three, as other tests run beside this one
        started = time.perf_counter()
        opened = visit()
        taken.append(time.perf_counter() - started)
    assert min(taken) < 3.0
    box = opened.page.locator("#question textarea")
    words = []
    for count in range(3):
        box.fill(QUESTION)
        started = time.perf_counter()
        box.press("Enter")
        opened.page.locator(".exchange").nth(count).locator(".reply:not(.pending) .answer").wait_for()
        words.append(time.perf_counter() - started)
        opened.page.locator(".exchange.latest .reply.answered:not(.streaming)").wait_for()
    # The aim is 0.5 s on an idle machine; the bound leaves room for a busy one.
    assert min(words) < 1.5


def test_dark_follows_the_system_and_the_button(visit: Callable[..., Visit]) -> None:
    page = visit(color_scheme="dark").page
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    assert page.evaluate(FAINT) == []
    page.locator(".toggle-theme").click()
    assert page.evaluate(paper) != dark
    assert dark == "rgb(17, 23, 27)"


def test_every_control_can_be_reached_and_named_by_keyboard_and_every_text_read(visit: Callable[..., Visit]) -> None:
    opened = visit()
    opened.ask(QUESTION)
    assert opened.page.evaluate(UNNAMED) == [] and opened.page.evaluate(FAINT) == []
    opened.page.locator(".open-filters").click()
    opened.page.locator("#dialog form.filters").wait_for()
    assert opened.page.evaluate(UNNAMED) == [] and opened.page.evaluate(FAINT) == []


def test_the_source_page_works_without_the_assistant(visit: Callable[..., Visit]) -> None:
    opened = visit()
    chip = opened.ask(QUESTION).locator("a.chip").first
    opened.settled().goto(chip.evaluate("link => link.href"))
    assert opened.page.locator("mark .words").first.inner_text() == "区消防救援大队"
    assert in_view(opened.page, opened.page.locator("mark .words").first)
