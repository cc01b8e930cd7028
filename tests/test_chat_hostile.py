"""Hostile text in documents, titles, names and questions, met in a real browser on every part of the chat page (R-01 to R-04, R-06).

No dialog opens, no script of the text runs, the content policy has nothing to report, nothing is asked of another site, and at no
moment of the stream does an element stand in the conversation that the renderer does not write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import pytest

from tests.browser import needs_browser
from tests.test_browser import Visit
from tests.web_server import served

pytestmark = needs_browser

PAYLOADS = (
    "<script>alert(1)</script>", "<img src=//evil.example/x onerror=alert(2)>", "<svg/onload=alert(3)>", "<iframe srcdoc='<script>alert(4)</script>'>",
    "</div></span><form action=//evil.example><button>x</button></form>", "<style>*{display:none}</style>", "<base href=//evil.example>", "<math><mi xlink:href=javascript:alert(5)>",
    "[点这里](javascript:alert(6))", "{{7*7}}{0.__class__}%s", "<http://evil.example>", "$$\\\\href{javascript:alert(7)}{x}$$", "```mermaid graph TD; A-->B```",
    "&lt;img src=x onerror=alert(8)&gt;", "<a id=conversation name=log href=data:text/html,<script>alert(9)</script>>x</a>", "[^1] [^1]: 注", "![图](http://evil.example/p.png)",
)  # fmt: skip
TITLE = "关于[整治](javascript:alert(11))的通知"
HEADING = "<img src=x onerror=alert(10)>整治方案"
PAGE = f"<h1>{escape(HEADING)}</h1><p>一、任务</p><p>1.清理楼道。(牵头单位:区住建局)</p>"
HOSTILE = f"""{TITLE}

<b onmouseover=alert(12)>青山区</b>安全生产委员会
2024年3月5日

一、<script>alert(13)</script>主要任务
本方案所称“甲类词语”,是指{"、".join(PAYLOADS[:9])}。
本方案所称“乙类词语”,是指{"、".join(PAYLOADS[9:])}。
1.防护网动态清零。2024年6月底前,完成<img src=x onerror=alert(14)>防护网清理。(牵头单位:区消防救援大队)
"""
WATCH = """
  window.seen = [];
  document.addEventListener("securitypolicyviolation", (e) => seen.push("policy: " + e.violatedDirective + " " + e.blockedURI));
  new MutationObserver(() => {
    const bad = document.querySelector(".log :is(img, script, iframe, svg, math, form, style, base, object, embed, video, input, [onerror], [onload], [onmouseover])");
    if (bad) seen.push(bad.outerHTML);
    for (const link of document.querySelectorAll(".log a[href]"))
      if (link.origin !== location.origin) seen.push("link " + link.href);
  }).observe(document, { childList: true, subtree: true, characterData: true });
"""


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("hostile"), more={"x' onerror='alert(15)' &lt;b&gt;.txt": HOSTILE, "页.html": PAGE}) as address:
        yield address


@pytest.fixture
def visit_hostile(browser: Any, hostile_address: str) -> Iterator[Callable[[], Visit]]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened = Visit(page, hostile_address)
    yield lambda: opened
    assert dialogs == [] and opened.complaints == [] and page.evaluate("seen") == []
    assert [url for url in opened.requests if not url.startswith((hostile_address, "data:", "blob:"))] == []
    context.close()


def test_a_hostile_document_is_text_in_answer_stream_source_and_explanation(visit_hostile: Callable[[], Visit]) -> None:
    opened = visit_hostile()
    page = opened.page
    reply = opened.ask("什么是甲类词语?")
    assert "<script>alert(1)</script>" in reply.locator(".answer").inner_text()
    assert TITLE in reply.locator(".chip-title").first.inner_text()
    page.locator("#source .words").first.wait_for()
    assert "<svg/onload=alert(3)>" in page.locator("#source .document").inner_text()
    reply.locator("a.why").click()
    page.locator(".explanation").get_by_text("<script>alert(13)</script>").first.wait_for()
    page.keyboard.press("Escape")
    assert "{{7*7}}{0.__class__}%s" in opened.ask("什么是乙类词语?").locator(".answer").inner_text()
    page.locator(".open-filters").click()
    page.locator("#dialog .pick").get_by_text(HEADING).wait_for()
    assert HEADING in page.locator("#library").inner_text()


def test_a_hostile_question_is_text_in_conversation_history_and_when_it_is_opened_again(visit_hostile: Callable[[], Visit]) -> None:
    opened = visit_hostile()
    page = opened.page
    question = f"防护网动态清零由谁牵头?{PAYLOADS[1]}{PAYLOADS[8]}"
    opened.ask(question)
    assert page.locator(".exchange.latest .question p").inner_text().endswith(question)
    page.locator("#new-conversation").click()
    page.locator(".welcome").wait_for()
    page.locator(".open-conversation").filter(has_text="防护网动态清零").first.click()
    page.locator(".exchange.latest .reply").wait_for()
    assert page.locator(".exchange.latest .question p").inner_text().endswith(question)
    page.locator("#history summary").first.click()
    assert page.locator("#history .manage input").first.input_value().startswith("防护网动态清零由谁牵头?<img")


@pytest.mark.parametrize("pause", [0, 100])
def test_an_answer_broken_off_leaves_the_new_conversation_empty(visit_hostile: Callable[[], Visit], pause: int) -> None:
    opened = visit_hostile()
    page = opened.page
    page.locator("#question textarea").fill("什么是甲类词语?")
    page.locator("#question textarea").press("Enter")
    page.locator(".reply.streaming, .reply.answered").wait_for()  # a slow browser may see it finished at once
    page.wait_for_timeout(pause)
    page.locator("#new-conversation").click()
    page.locator(".welcome").wait_for()
    opened.settled().wait_for_timeout(100)
    assert page.locator(".welcome").count() == 1 and page.locator(".exchange").count() == 0
    assert "区消防救援大队" in opened.ask("防护网动态清零由谁牵头?").locator(".answer").inner_text()
    assert page.locator(".exchange").count() == 1
