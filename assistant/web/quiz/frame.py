"""What every quiz page has: head, header with languages and theme, form parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from assistant.web.markup import element, escape
from assistant.web.quiz.words import Words


def page(title: str, content: str, w: Words, *, trainer: bool, kind: str = "") -> str:
    """Write a page. trainer: with the way to the other pages; participants get none. kind: class of the body."""
    # Under the server's own policy, no-referrer, browsers send forms with "Origin: null", which the guard refuses.
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="same-origin"><script src="/page/early.js"></script><link rel="icon" href="/page/logo.svg">'
        '<link rel="stylesheet" href="/page/page.css"><link rel="stylesheet" href="/page/quiz.css">'
        '<script type="module" src="/page/quiz.js"></script>' + element("title", escape(f"{title} - {w.texts.product}"))
    )
    body = _header(w, trainer) + element("main", content, id="content", tabindex="-1")
    return "<!doctype html>" + element("html", element("head", head) + element("body", body, class_=f"quiz {kind}".strip()), lang=w.texts.html_lang)


def _header(w: Words, trainer: bool) -> str:
    name = element("span", escape(w.texts.product), class_="brand-name")
    links = (
        element("a", escape(w("ask")), href="/") + element("a", escape(w("quizzes")), href="/quiz") if trainer else ""
    )
    brand = element("a", name, class_="bar-brand", href="/") if trainer else element("span", name, class_="bar-brand")
    tools = element(
        "button", escape(w("other_language")), type="button", class_="tool switch-language", data_to="en" if w.language == "zh" else "zh"
    ) + element("button", "◐", type="button", class_="tool toggle-theme", aria_label=w("theme"), title=w("theme"))
    return element("header", brand + element("nav", links, aria_label=w("quizzes")) + element("div", tools, class_="bar-tools"), class_="bar")


def fault(message: str, remedy: str, back: str, w: Words, *, trainer: bool) -> str:
    """Write a page that says what went wrong. back: an address of ours."""
    content = element(
        "section",
        element("h1", escape(w("error")))
        + element("p", escape(message))
        + (element("p", escape(remedy), class_="quiet") if remedy else "")
        + element("p", element("a", escape(w("back")), class_="button", href=back)),
        class_="card narrow fault", role="alert",
    )  # fmt: skip
    return page(w("error"), content, w, trainer=trainer)


# ---------------------------------------------------------------- parts of forms


def form(action: str, content: str, *, method: str = "post", **attributes: str | None) -> str:
    return element("form", content, action=action, method=method, **attributes)


def button(label: str, *, look: str = "", **attributes: str | None) -> str:
    return element("button", escape(label), type="submit", class_=f"button {look}".strip(), **attributes)


def field(label: str, control: str, hint: str = "") -> str:
    """Write a control under its label. The control is inside the label, so it needs no id."""
    said = element("span", escape(label), class_="label") + (element("span", escape(hint), class_="hint") if hint else "")
    return element("label", said + control, class_="field")


def text_input(name: str, value: str = "", **attributes: str | None) -> str:
    given = {"type": "text", "maxlength": "80", **attributes}
    return void("input", name=name, value=value, **given)


def number_input(name: str, value: int | str, low: int, high: int, **attributes: str | None) -> str:
    return void("input", type="number", name=name, value=str(value), min=str(low), max=str(high), inputmode="numeric", **attributes)


def check(name: str, value: str, label: str, *, on: bool = False, kind: str = "checkbox", **attributes: str | None) -> str:
    """Write a checkbox or radio button with its label beside it."""
    box = void("input", type=kind, name=name, value=value, checked="" if on else None, **attributes)
    return element("label", box + element("span", escape(label)), class_="check")


def select(name: str, choices: Iterable[tuple[str, str]], chosen: str = "", **attributes: str | None) -> str:
    options = "".join(
        element("option", escape(label), value=value, selected="" if value == chosen else None) for value, label in choices
    )
    return element("select", options, name=name, **attributes)


def area(name: str, value: str, rows: int, **attributes: str | None) -> str:
    return element("textarea", escape(value), name=name, rows=str(rows), **attributes)


def void(tag: str, **attributes: str | None) -> str:
    """Write an element that has no content and no end tag."""
    return element(tag, "", **attributes).removesuffix(f"</{tag}>")


def details(summary: str, content: str, **attributes: str | None) -> str:
    return element("details", element("summary", escape(summary)) + content, **attributes)


def tags(texts: Sequence[str], look: str = "") -> str:
    return "".join(element("span", escape(text), class_=f"tag {look}".strip()) for text in texts if text)


def moment(when: datetime) -> str:
    """Say a point in time as the clock of this machine shows it."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def now() -> datetime:
    return datetime.now(UTC)


def marks(points: float) -> str:
    """Say marks without needless digits: 7, 7.5."""
    return f"{points:.1f}".rstrip("0").rstrip(".")
