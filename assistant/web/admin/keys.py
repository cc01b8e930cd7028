"""Keys of programs: which there are, one more, shown once, and an end to one."""

from __future__ import annotations

from starlette.responses import Response

from assistant.accounts.keys import LONGEST_DAYS, Key, issue_key, list_keys, revoke_key
from assistant.accounts.people import LONGEST_NAME, users_of
from assistant.accounts.types import SCOPES
from assistant.web.admin.desk import Arrival, Desk, ask_again, card, failed, lead, listing, once, page, said, stamp
from assistant.web.forms import Refused
from assistant.web.frame import Page, button, check, field, form, number_input, select, tags, text_input
from assistant.web.markup import element, escape
from assistant.web.sections import go
from assistant.web.words import Words
from corpus import audit
from corpus.errors import InputError

_DAYS = 365


def show_keys(desk: Desk, visit: Arrival) -> Page:
    return _keys(desk, visit)


def _keys(desk: Desk, visit: Arrival, *, problem: str = "", secret: str = "") -> Page:
    w, known = visit.words, list_keys(desk.database)
    rows = [_row(key, w) for key in known]
    heads = (w("name"), w("key_person"), w("scopes"), w("state"), "")
    listed = listing(heads, rows) if rows else element("p", escape(w("no_keys")), class_="card quiet")
    notice = w("done") if visit.form.text("done") else ""
    return page(w, "keys", lead(w("keys_lead")) + secret + listed + _new(desk, w), notice=notice, problem=problem)


def _row(key: Key, w: Words) -> tuple[str, ...]:
    valid = key.valid(audit.now())
    state = escape(w("until", when=stamp(key.expires_at)[:10])) if valid else tags((w("revoked" if key.revoked_at else "expired"),), "warn")
    end = element("a", escape(w("revoke_key")), class_="button plain", href=f"/admin/keys/{key.id}/revoke", aria_label=f"{w('revoke_key')}: {key.name}") if valid else ""
    name = escape(key.name) + " " + element("code", escape(key.id), class_="quiet")
    return name, escape(key.user), tags([w(scope) for scope in key.scopes]), state, end


def _new(desk: Desk, w: Words) -> str:
    people = [(one.id, f"{one.name} · {w(one.role)}") for one in users_of(desk.database) if not one.disabled]
    if not people:
        return element("p", escape(w("keys_need_people")), class_="notice")
    first = field(w("name"), text_input("name", maxlength=str(LONGEST_NAME), required="", autocomplete="off")) + field(w("key_person"), select("person", people))
    scopes = element("legend", escape(w("scopes"))) + "".join(check("scope", scope, w(scope), on=scope != "upload") for scope in SCOPES)
    last = field(w("days"), number_input("days", _DAYS, 1, LONGEST_DAYS, required="")) + button(w("new_key"), look="primary")
    content = element("div", first, class_="row") + element("fieldset", scopes) + element("div", last, class_="row")
    return card(w("new_key"), form("/admin/keys", content, class_="stack"))


def add_key(desk: Desk, visit: Arrival) -> Page:
    sent, w = visit.form, visit.words
    try:
        _, whole = issue_key(desk.database, sent.text("person"), sent.text("name"), sent.all("scope"), sent.number("days", _DAYS), by=visit.principal.name)
    except InputError as error:
        return failed(_keys(desk, visit, problem=said(w, error)), error)
    desk.changed()
    return _keys(desk, visit, secret=once(w("key_once"), whole))


def ask_revoke(desk: Desk, visit: Arrival) -> Page:
    w, key = visit.words, _found(desk, visit)
    return ask_again(
        w, "keys", f"{w('revoke_key')}: {key.name}", w("revoke_key_note", name=key.name), f"/admin/keys/{key.id}/revoke", "/admin/keys", w("revoke_key")
    )


def revoke(desk: Desk, visit: Arrival) -> Response:
    revoke_key(desk.database, visit.parts["key"], by=visit.principal.name)
    desk.changed()
    return go("/admin/keys?done=1")


def _found(desk: Desk, visit: Arrival) -> Key:
    for key in list_keys(desk.database):
        if key.id == visit.parts["key"]:
            return key
    raise Refused(404, "unknown_key", "没有这个密钥", "请回到密钥列表")
