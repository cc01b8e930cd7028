"""What every server-written page has: head, header bar with the ways, languages and theme, fault page, parts of forms.

A handler gives a `Page`, its title and content; the shell around it is put on in one place, where it is known who asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.web.markup import element, escape
from assistant.web.words import Words


@dataclass(frozen=True, slots=True)
class Page:
    """What a handler gives. content: HTML of the main part.  kind: class of the body."""

    title: str
    content: str
    kind: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """An entry of the header bar. name: the key of its word."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Shell:
    """What is around a page. ways: those this visitor may enter, none for visitors who go nowhere else.  here: the way he is on.

    styles, scripts: files under /page beside those every page has.
    """

    words: Words
    ways: tuple[Way, ...] = ()
    here: str = ""
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def write(page: Page, shell: Shell) -> str:
    """Write a page in its shell."""
    w = shell.words
    # Under the server's own policy, no-referrer, browsers send forms with "Origin: null", which the guard refuses.
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="same-origin"><script src="/page/early.js"></script><link rel="icon" href="/page/logo.svg">'
        + "".join(void("link", rel="stylesheet", href=f"/page/{name}") for name in ("page.css", "shell.css", *shell.styles))
        + "".join(element("script", type="module", src=f"/page/{name}") for name in ("shell.js", *shell.scripts))
        + element("title", escape(f"{page.title} - {w.texts.product}"))
    )
    skip = element("a", escape(w("to_content")), class_="skip", href="#content") if shell.ways else ""
    body = skip + _header(shell) + element("main", page.content, id="content", tabindex="-1")
    return "<!doctype html>" + element("html", element("head", head) + element("body", body, class_=f"shell {page.kind}".strip()), lang=w.texts.html_lang)


def _header(shell: Shell) -> str:
    w = shell.words
    name = element("span", escape(w.texts.product), class_="brand-name")
    links = "".join(
        element("a", escape(w(way.name)), href=way.address, aria_current="page" if way.name == shell.here else None) for way in shell.ways
    )
    brand = element("a", name, class_="bar-brand", href=shell.ways[0].address) if shell.ways else element("span", name, class_="bar-brand")
    nav = element("nav", links, aria_label=w("ways")) if links else ""
    tools = element(
        "button", escape(w("other_language")), type="button", class_="tool switch-language", data_to="en" if w.language == "zh" else "zh"
    ) + element("button", "◐", type="button", class_="tool toggle-theme", aria_label=w("theme"), title=w("theme"))
    return element("header", brand + nav + element("div", tools, class_="bar-tools"), class_="bar")


def fault(message: str, remedy: str, back: str, w: Words, *, status: int = 400, headers: tuple[tuple[str, str], ...] = ()) -> Page:
    """Write a page that says what went wrong. back: an address of ours, "" where there is none."""
    content = element(
        "section",
        element("h1", escape(w("error")))
        + element("p", escape(message))
        + (element("p", escape(remedy), class_="quiet") if remedy else "")
        + (element("p", element("a", escape(w("back")), class_="button", href=back)) if back else ""),
        class_="card narrow fault", role="alert",
    )  # fmt: skip
    return Page(w("error"), content, status=status, headers=headers)


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
