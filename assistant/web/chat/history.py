"""A person's conversations as the side column lists them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from assistant.conversations.keeping import LONGEST_TITLE
from assistant.conversations.types import Line
from assistant.web.frame import check, form, text_input
from assistant.web.markup import element, escape
from assistant.web.words import Words


def render_history(lines: Sequence[Line], w: Words, *, words: str = "", kept: bool = True, today: date | None = None) -> str:
    """Write the list with its search and its settings. words: what was searched for.  kept: are new conversations kept?"""
    search = text_input("words", words, type="search", class_="history-words", aria_label=w("search_history"), placeholder=w("search_history"), maxlength="60")
    found = _groups(lines, w, today or date.today()) if lines else element("p", escape(w("none_found" if words else "no_history")), class_="quiet")
    listed = element("div", found, class_="history-list", role="status" if words else None)
    return form("/chat/history", search, method="get", role="search", class_="history-search") + listed + _settings(kept, bool(lines), w)


def _groups(lines: Sequence[Line], w: Words, today: date) -> str:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        day = datetime.fromisoformat(line.changed_at).astimezone().date()
        groups.setdefault("today" if day >= today else "yesterday" if day == today - timedelta(1) else "earlier", []).append(line)
    return "".join(element("h3", escape(w(name))) + element("ul", [_line(line, w) for line in group]) for name, group in groups.items())


def _line(line: Line, w: Words) -> str:
    about = f"{line.title} · {w('questions', count=line.exchanges)}"
    link = element("a", escape(line.title), class_="open-conversation", href=f"/?c={line.token}", title=about)
    rename = form(
        f"/chat/{line.token}/rename",
        text_input("title", line.title, aria_label=w("name_of_it"), maxlength=str(LONGEST_TITLE), required="") + _button(w("save")),
    )
    delete = form(f"/chat/{line.token}/delete", _button(w("delete"), "danger"), data_sure=w("sure_delete"))
    more = element("summary", "⋯", title=w("manage"), aria_label=f"{w('manage')}: {line.title}")
    return element("li", link + element("details", more + element("div", rename + delete, class_="manage"), class_="more"))


def _settings(kept: bool, some: bool, w: Words) -> str:
    keep = form("/chat/history/keep", check("keep", "yes", w("keep_history"), on=kept, class_="keep-history"))
    said = "" if kept else element("p", escape(w("not_kept")), class_="quiet")
    delete = form("/chat/history/delete", _button(w("delete_all"), "danger"), data_sure=w("sure_delete_all")) if some else ""
    return element("div", keep + said + delete, class_="history-settings")


def _button(label: str, look: str = "") -> str:
    return element("button", escape(label), type="submit", class_=f"button small {look}".strip())
