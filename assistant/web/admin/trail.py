"""The audit trail: read, filtered, checked, written as csv."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from assistant.accounts.collections import list_collections
from assistant.accounts.exports import note_export
from assistant.accounts.people import users_of
from assistant.export.delimited import inert
from assistant.web.admin.desk import Arrival, Desk, lead, listing, page, stamp
from assistant.web.admin.words import action_word, exported_words
from assistant.web.forms import Form, Refused
from assistant.web.frame import Page, button, field, form, select, text_input
from assistant.web.markup import element, escape
from assistant.web.words import Words
from corpus import audit
from corpus.audit import Entry

_ON_A_PAGE = 100


def show_trail(desk: Desk, visit: Arrival) -> Page:
    """Show the newest first; with ?check= also whether the chain holds."""
    w, sent = visit.words, visit.form
    with desk.database.reading() as connection:
        whole = audit.trail(connection)
        broken = audit.broken(connection) if sent.text("check") else False
    names = _names(desk, w)
    found, at = fitting(whole, sent, names), sent.number("at", 0)
    rows = [
        (escape(stamp(one.at)), escape(one.by), escape(action_word(one.action, w)), escape(about(one, names)), element("span", escape(rest(one, names)), class_="detail") if rest(one, names) else "")
        for one in found[at : at + _ON_A_PAGE]
    ]
    heads = (w("when"), w("who"), w("what"), w("about"), w("detail"))
    listed = listing(heads, rows, look="trail") if rows else element("p", escape(w("no_lines")), class_="card quiet")
    notice = w("chain_fine", n=len(whole)) if sent.text("check") and not broken else ""
    content = lead(w("log_lead")) + _filter(whole, sent, w) + element("p", escape(w("lines", n=len(found))), class_="quiet") + listed + _pages(sent, at, len(found), w)
    return page(w, "log", content, notice=notice, problem=w("chain_broken") if broken else "")


def fitting(whole: Sequence[Entry], sent: Form, names: dict[str, str]) -> list[Entry]:
    """Give the lines that fit every filter that was filled in, the newest first. Raises Refused for what is no day."""
    who, action, words = sent.text("who"), sent.text("action"), sent.text("q").casefold()
    since, until = _day(sent, "since"), _day(sent, "until")
    return [
        one
        for one in reversed(whole)
        if (not who or one.by == who)
        and (not action or one.action == action)
        and (not since or one.at[:10] >= since)
        and (not until or one.at[:10] <= until)
        and (not words or words in f"{one.by} {one.detail} {names.get(one.document_id, '')}".casefold())
    ]


def about(one: Entry, names: dict[str, str]) -> str:
    """Say what a line is about: a document by its title, else what its detail names."""
    if one.document_id:
        return names.get(one.document_id, one.document_id)
    named = str(_detail(one).get("about", ""))
    return names.get(named, named)


def _names(desk: Desk, w: Words) -> dict[str, str]:
    """Give what a person calls the documents, collections and accounts that there are, by their ids."""
    documents = {d.id: d.title or d.name for d in desk.assistant.store.documents()}
    return exported_words(w) | documents | {c.id: c.name for c in list_collections(desk.database)} | {u.id: u.name for u in users_of(desk.database)}


def rest(one: Entry, names: dict[str, str]) -> str:
    """Say the rest of a line's detail in one line. names: of what its values may be the ids of."""
    detail = _detail(one)
    if not detail:
        return one.detail
    return ", ".join(f"{key}: {'、'.join(map(str, value)) if isinstance(value, list) else names.get(str(value), str(value))}" for key, value in detail.items() if key != "about")


def _detail(one: Entry) -> dict[str, object]:
    try:
        found = json.loads(one.detail)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _day(sent: Form, name: str) -> str:
    text = sent.text(name)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Refused(400, "bad_form", f"{text[:20]!r} 不是日期", "请填写年-月-日") from None


def _filter(whole: Sequence[Entry], sent: Form, w: Words) -> str:
    people = [("", w("any")), *((name, name) for name in sorted({one.by for one in whole}))]
    actions = [("", w("any")), *((action, action_word(action, w)) for action in sorted({one.action for one in whole}))]
    fields = (
        field(w("who"), select("who", people, sent.text("who")))
        + field(w("what"), select("action", actions, sent.text("action")))
        + field(w("from"), text_input("since", sent.text("since"), type="date"))
        + field(w("to"), text_input("until", sent.text("until"), type="date"))
        + field(w("search"), text_input("q", sent.text("q"), type="search"))
    )
    buttons = (
        button(w("filter"), look="primary")
        + button(w("check_chain"), name="check", value="1")
        + element("a", escape(w("csv")), class_="button", href="/admin/log.csv?" + _query(sent))
    )
    return element("section", form("/admin/log", element("div", fields, class_="row") + element("div", buttons, class_="row end"), method="get", class_="stack"), class_="card")


def _query(sent: Form, **more: str) -> str:
    kept = {name: sent.text(name) for name in ("who", "action", "since", "until", "q") if sent.text(name)}
    return urlencode(kept | more)


def _pages(sent: Form, at: int, count: int, w: Words) -> str:
    newer = element("a", escape(w("newer")), class_="button", href="/admin/log?" + _query(sent, at=str(max(0, at - _ON_A_PAGE)))) if at else ""
    older = element("a", escape(w("older")), class_="button", href="/admin/log?" + _query(sent, at=str(at + _ON_A_PAGE))) if at + _ON_A_PAGE < count else ""
    return element("div", newer + older, class_="row end") if newer or older else ""


def download_trail(desk: Desk, visit: Arrival) -> Response:
    """Write the lines that fit as csv, the oldest first; no cell can be taken for a formula."""
    with desk.database.reading() as connection:
        whole = audit.trail(connection)
    names = _names(desk, visit.words)
    found = fitting(whole, visit.form, names)
    note_export(desk.database, visit.principal, "trail", "csv", count=len(found))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("at", "by", "action", "about", "detail"))
    for one in reversed(found):
        writer.writerow([inert(cell) for cell in (one.at, one.by, one.action, about(one, names), one.detail)])
    headers = {"content-disposition": 'attachment; filename="audit.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

