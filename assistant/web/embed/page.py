"""The embedded chat page: one column, one box for the question, a small panel for a clause. Its script makes it answer without loading
anew; without the script the form does.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.web.markup import element, escape
from assistant.web.words import Words


def embed_page(w: Words, suggestions: Sequence[str], *, longest: int, exchange: tuple[str, str] | None = None) -> str:
    """Write the page. exchange: a question and the HTML of its reply, where no script asked.  longest: characters of a question."""
    said = _exchange(*exchange) if exchange else ""
    log = element("div", _welcome(w, suggestions, hidden=bool(exchange)) + said, id="log", role="log", aria_label=w("log"), tabindex="0")
    box = element("textarea", "", name="question", id="question", rows="1", required="", maxlength=str(longest), placeholder=w("placeholder"), aria_label=w("question_label"), enterkeyhint="send")
    send = element("button", escape(w("send")), type="submit", id="send")
    form = element("form", box + send, id="composer", method="post", action="/embed")
    panel = element(
        "aside",
        element("header", element("h2", escape(w("clause")), id="clause-title", tabindex="-1") + element("button", "×", type="button", id="clause-close", aria_label=w("close")))
        + element("div", "", id="clause-words"),
        id="clause", role="dialog", aria_labelledby="clause-title", hidden="",
    )  # fmt: skip
    foot = element("p", escape(w("hint")), class_="hint")
    return _document(w, _head(w) + element("main", log) + element("footer", form + foot) + panel)


def closed_page(w: Words) -> str:
    """Write the page that stands there while nothing is open to visitors."""
    said = element("p", escape(w("closed")), class_="welcome-title") + element("p", escape(w("closed_hint")))
    return _document(w, _head(w) + element("main", element("div", element("div", said, class_="welcome"), id="log")))


def _head(w: Words) -> str:
    other = "en" if w.language == "zh" else "zh"
    tools = (
        element("button", "↺", type="button", id="clear", aria_label=w("clear"), title=w("clear"), hidden="")
        + element("a", escape(w("other_language")), href=f"/embed?lang={other}", hreflang="zh-CN" if other == "zh" else "en", lang="zh-CN" if other == "zh" else "en")
    )
    return element("header", element("h1", escape(w.texts.product)) + element("nav", tools, aria_label=w("other_language")), class_="head")


def _welcome(w: Words, suggestions: Sequence[str], *, hidden: bool) -> str:
    said = element("p", escape(w("welcome")), class_="welcome-title") + element("p", escape(w("welcome_hint")))
    offered = "".join(element("button", escape(question), type="button", class_="suggestion", lang="zh-CN") for question in suggestions)
    return element("div", said + element("div", offered, class_="suggestions"), class_="welcome", hidden="" if hidden else None)


def _exchange(question: str, reply: str) -> str:
    return element("p", escape(question), class_="question") + reply


def _document(w: Words, content: str) -> str:
    words = {"looking": w("looking"), "network": w("network"), "refused": w("refused")}
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="same-origin"><link rel="icon" href="/page/logo.svg">'
        '<link rel="stylesheet" href="/page/embed.css"><script type="module" src="/page/embed-page.js"></script>'
        + element("title", escape(w.texts.product))
    )
    data = {f"data_{key}": value for key, value in words.items()}
    return "<!doctype html>" + element("html", element("head", head) + element("body", content, class_="embed", data_language=w.language, **data), lang=w.texts.html_lang)
