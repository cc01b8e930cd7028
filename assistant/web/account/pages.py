"""Logging in and out, the first administrator, one's own password and keys: plain forms that work without scripts."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.responses import Response

from assistant.accounts import people
from assistant.accounts.collections import list_collections
from assistant.accounts.keys import Key, issue_key, list_keys, revoke_key
from assistant.accounts.passwords import SHORTEST
from assistant.accounts.sessions import count_guess, network_of, sign_in, sign_out
from assistant.accounts.types import SCOPES
from assistant.session import Assistant
from assistant.web.account.words import WORDS
from assistant.web.addresses import own_page
from assistant.web.door import Door
from assistant.web.forms import Refused
from assistant.web.frame import Page, button, check, field, form, moment, number_input, tags, text_input, void
from assistant.web.markup import element, escape
from assistant.web.sections import IDENTITY, Section, Visit, go
from assistant.web.words import Words
from corpus.audit import now as moment_now
from corpus.errors import InputError

USUAL_DAYS = 365


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with."""

    assistant: Assistant
    door: Door


# ---------------------------------------------------------------- logging in


def show_login(desk: Desk, visit: Visit[Words]) -> Page | Response:
    wanted = own_page(visit.form.text("next") or "/")
    if visit.principal.id not in ("nobody", "visitor"):
        return go(wanted)
    if not desk.door.has_users():
        return go("/setup")
    return _login_page(desk, visit.words, wanted)


def log_in(desk: Desk, visit: Visit[Words]) -> Page | Response:
    wanted, database = own_page(visit.form.text("next") or "/"), desk.assistant.store.database
    try:
        token = sign_in(database, visit.form.text("name"), _secret(visit, "password"), _address(visit))
    except InputError as error:
        return replace(_login_page(desk, visit.words, wanted, visit.form.text("name"), _said(visit.words, error)), status=error.status)
    return _seated(desk, visit, token, wanted)


def log_out(desk: Desk, visit: Visit[Words]) -> Response:
    sign_out(desk.assistant.store.database, desk.door.token_in(_headers(visit)))
    desk.door.forget()
    response = go("/login")
    response.headers.append(*desk.door.set_cookie(""))
    return response


def _seated(desk: Desk, visit: Visit[Words], token: str, address: str) -> Response:
    """Hand the browser its new session; one it had before is over."""
    if before := desk.door.token_in(_headers(visit)):
        sign_out(desk.assistant.store.database, before)
    desk.door.forget()
    response = go(address)
    response.headers.append(*desk.door.set_cookie(token))
    return response


def _login_page(desk: Desk, w: Words, wanted: str, name: str = "", problem: str = "") -> Page:
    fields = (
        void("input", type="hidden", name="next", value=wanted)
        + field(w("name"), text_input("name", name, autocomplete="username", required="", autofocus="" if not name else None))
        + field(w("password"), _password_input("password", "current-password", autofocus="" if name else None))
        + button(w("enter"), look="primary wide")
    )
    content = _card(w("login"), w("login_lead"), problem, form("/login", fields, class_="card-form"))
    return Page(w("login"), content, kind="account")


# ---------------------------------------------------------------- the first administrator


def show_setup(desk: Desk, visit: Visit[Words]) -> Page | Response:
    if not desk.door.accounts_on() or desk.door.has_users():
        return go("/login")
    return _setup_page(visit.words)


def set_up(desk: Desk, visit: Visit[Words]) -> Page | Response:
    if not desk.door.accounts_on() or desk.door.has_users():
        return go("/login")
    database, sent, name = desk.assistant.store.database, visit.form, visit.form.text("name")
    try:
        count_guess(database, ("user:first", f"address:{network_of(_address(visit))}"), "")
        if not hmac.compare_digest(sent.text("code").upper().encode(), desk.door.code.encode()):
            raise Refused(401, "wrong_code", "一次性代码不对", "请看程序启动时在控制台显示的代码")
        password = _twice(visit, "password")
        people.create_user(database, name, password, "administrator", by="一次性代码")
        token = sign_in(database, name, password, _address(visit))
    except InputError as error:
        return replace(_setup_page(visit.words, sent.text("code"), name, _said(visit.words, error)), status=error.status)
    return _seated(desk, visit, token, "/")


def _setup_page(w: Words, code: str = "", name: str = "", problem: str = "") -> Page:
    fields = (
        field(w("code"), text_input("code", code, autocomplete="off", required="", spellcheck="false"), w("code_hint"))
        + field(w("name"), text_input("name", name, autocomplete="username", required="", maxlength=str(people.LONGEST_NAME)))
        + _new_password(w, "password")
        + button(w("create"), look="primary wide")
    )
    return Page(w("setup"), _card(w("setup"), w("setup_lead"), problem, form("/setup", fields, class_="card-form")), kind="account")


# ---------------------------------------------------------------- one's own account


def show_account(desk: Desk, visit: Visit[Words]) -> Page | Response:
    notice = visit.words("changed") if visit.form.text("changed") else ""
    if visit.principal.id == "local":
        return go("/")  # without accounts there is none to show, and the login would lead back here
    return _account_page(desk, visit, notice=notice) if _has_account(visit) else go("/login?next=/account")


def change_password(desk: Desk, visit: Visit[Words]) -> Page | Response:
    database, mine = desk.assistant.store.database, visit.principal
    if not _has_account(visit):
        return go("/login?next=/account")
    try:
        # The present password is compared as at a login, and guesses count as they do there.
        sign_out(database, sign_in(database, mine.name, _secret(visit, "current"), _address(visit)))
        password = _twice(visit, "new")
        if password == _secret(visit, "current"):
            raise Refused(400, "same_password", "新密码与现在的相同", "请换一个")
        people.set_password(database, mine.id, password, by=mine.name)
        token = sign_in(database, mine.name, password, _address(visit))
    except InputError as error:
        return replace(_account_page(desk, visit, problem=_said(visit.words, error)), status=error.status)
    return _seated(desk, visit, token, "/" if mine.must_change else "/account?changed=1")


def make_key(desk: Desk, visit: Visit[Words]) -> Page | Response:
    if not _has_account(visit):
        return go("/login?next=/account")
    sent, mine = visit.form, visit.principal
    try:
        _, whole = issue_key(
            desk.assistant.store.database, mine.id, sent.text("name"), sent.all("scope"), sent.number("days", USUAL_DAYS), by=mine.name
        )
    except InputError as error:
        return replace(_account_page(desk, visit, problem=_said(visit.words, error)), status=error.status)
    return _account_page(desk, visit, key=whole)


def end_key(desk: Desk, visit: Visit[Words]) -> Response:
    revoke_key(desk.assistant.store.database, visit.parts["key"], by=visit.principal.name, user=visit.principal.id)
    desk.door.forget()
    return go("/account")


def _account_page(desk: Desk, visit: Visit[Words], *, notice: str = "", problem: str = "", key: str = "") -> Page:
    w, mine = visit.words, visit.principal
    if mine.must_change:
        return _first_page(w, problem)
    listed = list_collections(desk.assistant.store.database, mine.collections)
    sees = w("all") if mine.collections is None else ""
    known = (
        element("p", element("span", escape(w("role")), class_="label") + " " + tags((w(mine.role),), "on"))
        + element("p", element("span", escape(w("sees")), class_="label") + " " + (tags((sees,)) or tags([one.name for one in listed]) or escape(w("none"))))
        + form("/logout", button(w("logout")))
    )
    said = (element("p", escape(notice), class_="notice", role="status") if notice else "") + _problem(problem)
    content = (
        element("section", element("h1", escape(mine.name)) + said + known, class_="card narrow")
        + element("section", element("h2", escape(w("change"))) + _change_form(w), class_="card narrow")
        + element("section", element("h2", escape(w("keys"))) + _keys(desk, visit, key), class_="card narrow", id="keys")
    )
    return Page(w("account"), content, kind="account")


def _change_form(w: Words) -> str:
    fields = field(w("current"), _password_input("current", "current-password")) + _new_password(w, "new")
    return form("/account/password", fields + button(w("change"), look="primary"), class_="card-form")


def _first_page(w: Words, problem: str) -> Page:
    """Write what somebody sees who came with the password that was given to him: nothing but the form to change it."""
    content = _change_form(w) + form("/logout", button(w("logout"), look="plain"))
    return Page(w("first"), _card(w("first"), w("first_lead"), problem, content), kind="account")


def _keys(desk: Desk, visit: Visit[Words], new: str) -> str:
    w = visit.words
    shown = element("div", element("p", escape(w("issued"))) + element("code", escape(new), class_="whole-key"), class_="notice", role="status") if new else ""
    mine = list_keys(desk.assistant.store.database, visit.principal.id)
    listed = element("ul", "".join(_key(key, w) for key in mine), class_="keys") if mine else element("p", escape(w("no_keys")), class_="quiet")
    fields = (
        field(w("key_name"), text_input("name", maxlength=str(people.LONGEST_NAME), required=""))
        + element("fieldset", element("legend", escape(w("scopes"))) + "".join(check("scope", one, w(one), on=one != "upload") for one in SCOPES))
        + field(w("days"), number_input("days", USUAL_DAYS, 1, 3650))
        + button(w("issue"))
    )
    return element("p", escape(w("keys_lead")), class_="quiet") + shown + listed + form("/account/keys", fields, class_="card-form")


def _key(key: Key, w: Words) -> str:
    valid = key.valid(moment_now())
    state = w("until", when=moment(datetime.fromisoformat(key.expires_at))) if valid else w("revoked" if key.revoked_at else "expired")
    said = element("span", element("strong", escape(key.name)) + element("code", escape(key.id)), class_="key-name")
    scopes = tags([w(scope) for scope in key.scopes]) + element("span", escape(state), class_="quiet")
    end = form(f"/account/keys/{key.id}/revoke", button(w("revoke"), look="plain")) if valid else ""
    return element("li", element("div", said + scopes) + end)


# ---------------------------------------------------------------- parts


def _card(title: str, lead: str, problem: str, content: str) -> str:
    return element("section", element("h1", escape(title)) + element("p", escape(lead), class_="quiet") + _problem(problem) + content, class_="card narrow")


def _problem(text: str) -> str:
    return element("p", escape(text), class_="notice warn", role="alert") if text else ""


def _said(w: Words, error: InputError) -> str:
    return w.error(error.code, error.message) + (f" {error.remedy}" if error.remedy and w.language == "zh" else "")


def _password_input(name: str, kind: str, **attributes: str | None) -> str:
    return text_input(name, "", **{"type": "password", "autocomplete": kind, "required": "", "maxlength": "1024", **attributes})


def _new_password(w: Words, name: str) -> str:
    hint = w("password_hint", shortest=SHORTEST)
    return field(w("new" if name == "new" else "password"), _password_input(name, "new-password"), hint) + field(
        w("again"), _password_input("again", "new-password")
    )


def _twice(visit: Visit[Words], name: str) -> str:
    password = _secret(visit, name)
    if password != _secret(visit, "again"):
        raise Refused(400, "not_the_same", "两次输入的密码不同", "请再输一次")
    return password


def _secret(visit: Visit[Words], name: str) -> str:
    """Give a field as it was typed; blanks at its ends are part of a password."""
    return next(iter(visit.form.all(name)), "")


def _address(visit: Visit[Words]) -> str:
    return visit.request.client.host if visit.request.client else ""


def _headers(visit: Visit[Words]) -> dict[str, list[str]]:
    return {"cookie": visit.request.headers.getlist("cookie")}


def _has_account(visit: Visit[Words]) -> bool:
    return visit.principal.id not in ("nobody", "visitor", "local")


def account_sections(assistant: Assistant, door: Door) -> tuple[Section[Desk, Words], ...]:
    """Give /login, /logout, /setup and /account."""
    desk = Desk(assistant, door)
    styles = ("account.css",)
    return (
        Section(name="", root="/login", desk=desk, words=WORDS, table={("GET", "/login"): show_login, ("POST", "/login"): log_in}, right=None, styles=styles, bare=True),
        Section(name="", root="/setup", desk=desk, words=WORDS, table={("GET", "/setup"): show_setup, ("POST", "/setup"): set_up}, right=None, styles=styles, bare=True),
        Section(name="", root="/logout", desk=desk, words=WORDS, table={("POST", "/logout"): log_out}, styles=styles),
        Section(
            name="", root="/account", desk=desk, words=WORDS, parts={"key": IDENTITY}, styles=styles,
            table={
                ("GET", "/account"): show_account, ("POST", "/account/password"): change_password, ("POST", "/account/keys"): make_key,
                ("POST", "/account/keys/{key}/revoke"): end_key,
            },
        ),
    )  # fmt: skip
