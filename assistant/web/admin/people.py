"""Accounts: who there is, one more, another role, another password, logins, disabled, gone."""

from __future__ import annotations

import secrets

from starlette.responses import Response

from assistant.accounts.collections import list_collections
from assistant.accounts.people import (
    LONGEST_NAME,
    User,
    change_role,
    create_user,
    remove_user,
    set_disabled,
    set_password,
    user,
    users_of,
)
from assistant.accounts.sessions import end_sessions, principal_of_user, sessions_of
from assistant.accounts.types import ROLES, Role
from assistant.web.admin.desk import (
    Arrival,
    Desk,
    ask_again,
    card,
    failed,
    lead,
    listing,
    moment_of,
    once,
    page,
    said,
    stamp,
    values,
)
from assistant.web.forms import Refused
from assistant.web.frame import Page, button, field, form, select, tags, text_input
from assistant.web.markup import element, escape
from assistant.web.sections import go
from assistant.web.words import Words
from corpus.errors import InputError

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GIVEN: tuple[Role, ...] = ROLES[1:]
"""What an account may be; a visitor has none."""


def first_password() -> str:
    """Make a password that can be read out and typed: 80 random bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def show_people(desk: Desk, visit: Arrival) -> Page:
    return _people(desk, visit, notice=visit.words("done") if visit.form.text("done") else "")


def _people(desk: Desk, visit: Arrival, *, notice: str = "", problem: str = "", secret: str = "") -> Page:
    w, known = visit.words, users_of(desk.database)
    rows = [
        (
            element("a", escape(one.name), href=_address(one.id)),
            tags((w(one.role),), "on"),
            tags((w("disabled"),), "warn") if one.disabled else escape(w("active")),
            escape(stamp(one.made_at)),
        )
        for one in known
    ]
    listed = listing((w("name"), w("role"), w("state"), w("made")), rows) if known else ""
    new = _new_person(w) if known else _first_person(w)
    return page(w, "people", lead(w("people_lead")) + secret + listed + new, notice=notice, problem=problem)


def _new_person(w: Words) -> str:
    fields = field(w("name"), text_input("name", maxlength=str(LONGEST_NAME), required="", autocomplete="off")) + field(w("role"), _roles(w, "reader"))
    return card(w("new_person"), form("/admin/people", element("div", fields + button(w("add"), look="primary"), class_="row")))


def _first_person(w: Words) -> str:
    fields = field(w("name"), text_input("name", maxlength=str(LONGEST_NAME), required="", autocomplete="off")) + button(w("first"), look="primary")
    explained = element("p", escape(w("accounts_off")), class_="notice") + element("p", escape(w("accounts_how")))
    return card("", explained + form("/admin/people", element("div", fields, class_="row")), look="stack")


def add_person(desk: Desk, visit: Arrival) -> Page:
    """Make an account with a password that is shown in the reply; the first one is an administrator, as nobody else could let him be."""
    w, known, password = visit.words, users_of(desk.database), first_password()
    role = _role(visit.form.text("role")) if known else "administrator"
    try:
        made = create_user(desk.database, visit.form.text("name"), password, role, by=visit.principal.name, first=True)
    except InputError as error:
        return failed(_people(desk, visit, problem=said(w, error)), error)
    # Where it is the first, the reply is still made for the one who asked; he logs in with what it shows.
    desk.changed()
    return _people(desk, visit, secret=once(w("password_once", name=made.name), password))


def show_person(desk: Desk, visit: Arrival) -> Page:
    return _person(desk, visit, user(desk.database, visit.parts["person"]), notice=visit.words("done") if visit.form.text("done") else "")


def _person(desk: Desk, visit: Arrival, one: User, *, notice: str = "", problem: str = "", secret: str = "") -> Page:
    w, root = visit.words, _address(one.id)
    state = values(((w("role"), w(one.role)), (w("state"), w("disabled" if one.disabled else "active")), (w("made"), stamp(one.made_at)), (w("sees"), _sees(desk, one, w))))
    role = form(f"{root}/role", element("div", field(w("role"), _roles(w, one.role)) + button(w("save"), look="primary"), class_="row"))
    living = sessions_of(desk.database, one.id)
    sat = element("ul", "".join(element("li", escape(w("session_since", since=moment_of(s.made_at), seen=moment_of(s.seen_at)))) for s in living), class_="plain")
    logins = (sat + form(f"{root}/end", button(w("end_sessions")))) if living else element("p", escape(w("no_sessions")), class_="quiet")
    disabled = form(f"{root}/{'enable' if one.disabled else 'disable'}", button(w("enable" if one.disabled else "disable")))
    content = secret + element(
        "div",
        card(one.name, state)
        + card(w("change_role"), role, note=w("role_note"))
        + card(w("sessions"), logins)
        + card(w("new_password"), form(f"{root}/password", button(w("new_password"))), note=w("new_password_note"))
        + card(w("state"), disabled, note=w("disable_note"))
        + card(w("remove_person"), element("a", escape(w("remove_person")), class_="button danger", href=f"{root}/remove"), note=w("remove_person_note")),
        class_="halves",
    )
    return page(w, "people", content, title=w("person_of", name=one.name), notice=notice, problem=problem)


def _sees(desk: Desk, one: User, w: Words) -> str:
    principal = principal_of_user(desk.database, one.id)
    if one.role == "administrator":
        return w("everything")
    seen = principal.collections if principal else frozenset()
    return "、".join(c.name for c in list_collections(desk.database, seen)) or w("none")


def change_person_role(desk: Desk, visit: Arrival) -> Response:
    change_role(desk.database, visit.parts["person"], _role(visit.form.text("role")), by=visit.principal.name)
    return _changed(desk, visit)


def disable_person(desk: Desk, visit: Arrival) -> Response:
    set_disabled(desk.database, visit.parts["person"], True, by=visit.principal.name)
    return _changed(desk, visit)


def enable_person(desk: Desk, visit: Arrival) -> Response:
    set_disabled(desk.database, visit.parts["person"], False, by=visit.principal.name)
    return _changed(desk, visit)


def end_person_sessions(desk: Desk, visit: Arrival) -> Response:
    end_sessions(desk.database, user(desk.database, visit.parts["person"]).id, by=visit.principal.name)
    return _changed(desk, visit)


def reset_password(desk: Desk, visit: Arrival) -> Page:
    password = first_password()
    one = set_password(desk.database, visit.parts["person"], password, by=visit.principal.name, first=True)
    desk.changed()
    return _person(desk, visit, one, secret=once(visit.words("password_once", name=one.name), password))


def ask_remove_person(desk: Desk, visit: Arrival) -> Page:
    w, one = visit.words, user(desk.database, visit.parts["person"])
    root = _address(one.id)
    return ask_again(w, "people", f"{w('remove_person')}: {one.name}", w("remove_person_note"), f"{root}/remove", root, w("remove_person"))


def remove_person(desk: Desk, visit: Arrival) -> Response:
    remove_user(desk.database, visit.parts["person"], by=visit.principal.name)
    desk.changed()
    return go("/admin/people?done=1")


def _changed(desk: Desk, visit: Arrival) -> Response:
    desk.changed()
    return go(f"{_address(visit.parts['person'])}?done=1")


def _address(identity: str) -> str:
    return f"/admin/people/{identity}"


def _roles(w: Words, chosen: str) -> str:
    return select("role", [(role, f"{w(role)} · {w(role + '_hint')}") for role in _GIVEN], chosen)


def _role(text: str) -> Role:
    for role in _GIVEN:
        if role == text:
            return role
    raise Refused(400, "unknown_role", f"没有角色 {text[:40]!r}", "请在列表里选择")
