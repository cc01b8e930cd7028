"""What every administration page has: what it works with, the tabs, notices, lists of names and values, the page that asks once more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from assistant.live import LiveConfig
from assistant.session import Assistant
from assistant.web.frame import Page, button, form, void
from assistant.web.markup import element, escape
from assistant.web.sections import Visit
from assistant.web.words import Words
from corpus.database import Database
from corpus.errors import InputError

ROOT = "/admin"
TABS = ("overview", "people", "collections", "keys", "log", "health", "backup", "settings")


@dataclass(frozen=True, slots=True)
class Desk:
    """live: the settings as they are.  changed: to be called when what somebody may do was changed."""

    assistant: Assistant
    live: LiveConfig
    changed: Callable[[], None]

    @property
    def database(self) -> Database:
        return self.assistant.store.database


Arrival = Visit[Words]


def page(w: Words, here: str, content: str, *, title: str = "", notice: str = "", problem: str = "") -> Page:
    """Write a page of a tab. title: of a page below the tab's first one.  notice, problem: what became of the last request, as text."""
    said = element("p", escape(notice), class_="notice", role="status") if notice else ""
    said += element("p", escape(problem), class_="notice warn", role="alert") if problem else ""
    links = "".join(
        element("a", escape(w(tab)), href=address(tab), aria_current="page" if tab == here else None) for tab in TABS
    )
    heading = element("p", element("a", escape("← " + w(here)), href=address(here)), class_="crumb") if title else ""
    head = heading + element("h1", escape(title or w("administration" if here == "overview" else here)))
    return Page(title or w(here), element("nav", links, class_="tabs", aria_label=w("tabs")) + element("div", head, class_="head") + said + content)


def address(tab: str) -> str:
    return ROOT if tab == "overview" else f"{ROOT}/{tab}"


def lead(text: str) -> str:
    return element("p", escape(text), class_="lead")


def failed(made: Page, error: InputError) -> Page:
    """Give a page that shows an error the status of that error."""
    return replace(made, status=error.status)


def said(w: Words, error: InputError) -> str:
    """Say an error in the words of the page."""
    return w.error(error.code, error.message) + (f" {error.remedy}" if error.remedy and w.language == "zh" else "")


def card(title: str, content: str, *, note: str = "", identity: str | None = None, look: str = "") -> str:
    head = (element("h2", escape(title)) if title else "") + (element("p", escape(note), class_="quiet") if note else "")
    return element("section", head + content, class_=f"card {look}".strip(), id=identity)


def values(pairs: Sequence[tuple[str, str]]) -> str:
    """Write names with their values, plain text."""
    return element("dl", "".join(element("div", element("dt", escape(name)) + element("dd", escape(value))) for name, value in pairs), class_="values")


def listing(heads: Sequence[str], rows: Sequence[Sequence[str]], *, look: str = "") -> str:
    """Write a table; on a phone every row becomes a card. rows: cells as HTML, the first one names the row."""
    top = element("thead", element("tr", "".join(element("th", escape(head), scope="col") for head in heads)))
    body = "".join(
        element("tr", element("th", row[0], scope="row") + "".join(element("td", cell, data_label=head) for head, cell in zip(heads[1:], row[1:], strict=True)))
        for row in rows
    )
    return element("div", element("table", top + element("tbody", body), class_=f"rows {look}".strip()), class_="card table-frame")


def once(text: str, secret: str) -> str:
    """Show what is shown this once only."""
    return element("div", element("p", escape(text)) + element("code", escape(secret), class_="secret"), class_="notice warn once", role="status")


def ask_again(w: Words, here: str, question: str, note: str, action: str, back: str, label: str, fields: Sequence[tuple[str, str]] = ()) -> Page:
    """Write the page that asks once more before something that cannot be undone."""
    hidden = "".join(void("input", type="hidden", name=name, value=value) for name, value in fields)
    buttons = element("a", escape(w("cancel")), class_="button", href=back) + button(label, look="danger")
    content = element("section", element("h2", escape(question)) + element("p", escape(note)) + form(action, hidden + element("div", buttons, class_="row end")), class_="card narrow")
    return page(w, here, content, title=w("sure"))


def stamp(at: str) -> str:
    """Say a stored moment as the clock of this machine shows it; as it is where it cannot be read."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at


def moment_of(seconds: float) -> str:
    return stamp(datetime.fromtimestamp(seconds, UTC).isoformat())


def size_of(count: int) -> str:
    """Say a number of bytes."""
    if count < 1 << 20:
        return f"{count / 1024:.0f} KB"
    return f"{count / (1 << 20):.1f} MB" if count < 1 << 30 else f"{count / (1 << 30):.1f} GB"
