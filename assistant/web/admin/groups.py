"""Collections: which there are, which documents are in them, who sees them."""

from __future__ import annotations

from starlette.responses import Response

from assistant.accounts.collections import (
    CollectionListing,
    Grant,
    create_collection,
    documents_in,
    grant,
    list_collections,
    put_documents,
    remove_collection,
    rename_collection,
    revoke,
    take_documents,
)
from assistant.accounts.people import LONGEST_NAME, users_of
from assistant.accounts.types import ROLES
from assistant.web.admin.desk import Arrival, Desk, ask_again, card, failed, lead, listing, page, said
from assistant.web.forms import Refused
from assistant.web.frame import Page, button, check, field, form, select, tags, text_input, void
from assistant.web.markup import element, escape
from assistant.web.sections import go
from assistant.web.words import Words
from corpus.account_tables import DEFAULT
from corpus.errors import InputError

_SHOWN = 3000
"""Documents in the list of ticks: as many as a form may have fields."""


def show_collections(desk: Desk, visit: Arrival) -> Page:
    return _collections(desk, visit)


def _collections(desk: Desk, visit: Arrival, problem: str = "") -> Page:
    w = visit.words
    rows = [
        (
            element("a", escape(one.name), href=_address(one.id)) + (tags((w("default"),)) if one.id == DEFAULT else ""),
            escape(str(one.documents)),
            tags([grant_word(g, w) for g in one.grants], "on") or escape(w("only_admins")),
        )
        for one in list_collections(desk.database)
    ]
    fields = field(w("name"), text_input("name", maxlength=str(LONGEST_NAME), required="", autocomplete="off")) + button(w("add"), look="primary")
    new = card(w("new_collection"), form("/admin/collections", element("div", fields, class_="row")))
    notice = w("done") if visit.form.text("done") else ""
    return page(w, "collections", lead(w("collections_lead")) + listing((w("name"), w("documents"), w("who_sees")), rows) + new, notice=notice, problem=problem)


def grant_word(one: Grant, w: Words) -> str:
    """Say who a grant is for."""
    if one.kind == "user":
        return one.name
    return w("visitor") if one.holder == "visitor" else w("role_and_up", role=w(one.holder))


def add_collection(desk: Desk, visit: Arrival) -> Page | Response:
    try:
        made = create_collection(desk.database, visit.form.text("name"), by=visit.principal.name)
    except InputError as error:
        return failed(_collections(desk, visit, said(visit.words, error)), error)
    return go(_address(made))


def show_collection(desk: Desk, visit: Arrival) -> Page:
    w, one = visit.words, _found(desk, visit)
    form_of = visit.form
    notice = w("changed_n", put=form_of.number("put", 0), taken=form_of.number("taken", 0)) if form_of.text("put") else w("done") if form_of.text("done") else ""
    aside = _who(desk, one, w) + _naming(one, w) + _removing(one, w)
    content = element("div", _documents(desk, one, visit) + element("aside", aside), class_="columns")
    return page(w, "collections", content, title=w("collection_of", name=one.name), notice=notice)


def _who(desk: Desk, one: CollectionListing, w: Words) -> str:
    root = _address(one.id)
    held = "".join(
        element(
            "li",
            element("span", escape(grant_word(g, w)))
            + form(f"{root}/revoke", void("input", type="hidden", name=g.kind, value=g.holder) + button(w("revoke"), look="plain", aria_label=f"{w('revoke')}: {grant_word(g, w)}")),
        )
        for g in one.grants
    )
    granted = {(g.kind, g.holder) for g in one.grants}
    roles = [(role, w("visitor") if role == "visitor" else w("role_and_up", role=w(role))) for role in ROLES[:3] if ("role", role) not in granted]
    people = [(u.id, u.name) for u in users_of(desk.database) if u.role != "administrator" and ("user", u.id) not in granted]
    by_role = form(f"{root}/grant", element("div", field(w("grant_role"), select("role", roles)) + button(w("grant")), class_="row")) if roles else ""
    by_person = form(f"{root}/grant", element("div", field(w("grant_person"), select("user", people)) + button(w("grant")), class_="row")) if people else ""
    listed = element("ul", held, class_="plain lines") if held else element("p", escape(w("only_admins")), class_="quiet")
    return card(w("who_sees"), listed + by_role + by_person + element("p", escape(w("visitors_note")), class_="quiet"), look="stack")


def _naming(one: CollectionListing, w: Words) -> str:
    fields = field(w("name"), text_input("name", one.name, maxlength=str(LONGEST_NAME), required="", autocomplete="off")) + button(w("save"))
    return card(w("rename"), form(f"{_address(one.id)}/rename", element("div", fields, class_="row")))


def _removing(one: CollectionListing, w: Words) -> str:
    if one.id == DEFAULT:
        return ""
    return card(w("remove_collection"), element("a", escape(w("remove_collection")), class_="button danger", href=f"{_address(one.id)}/remove"), note=w("remove_collection_note"))


def _documents(desk: Desk, one: CollectionListing, visit: Arrival) -> str:
    w, wanted = visit.words, visit.form.text("q")
    inside = documents_in(desk.database, one.id)
    fitting = [d for d in desk.assistant.store.documents() if wanted.casefold() in f"{d.title} {d.name}".casefold()][: _SHOWN // 2]
    look = form(_address(one.id), element("div", field(w("filter"), text_input("q", wanted, type="search")) + button(w("search")), class_="row"), method="get")
    # The ticks of what the filter does not show are left as they are: only what was on the page is sent.
    boxes = "".join(
        void("input", type="hidden", name="shown", value=d.id) + check("document", d.id, d.title or d.name, on=d.id in inside) for d in fitting
    )
    sent = form(f"{_address(one.id)}/documents", element("div", boxes, class_="ticks") + element("div", button(w("save"), look="primary"), class_="row end")) if boxes else element("p", escape(w("none")), class_="quiet")
    return card(w("documents_in"), look + sent, note=w("documents_note"), look="stack")


def change_documents(desk: Desk, visit: Arrival) -> Response:
    one, shown, ticked = _found(desk, visit), set(visit.form.all("shown")), set(visit.form.all("document"))
    inside = documents_in(desk.database, one.id)
    put = put_documents(desk.database, one.id, sorted((ticked & shown) - inside), by=visit.principal.name)
    taken = take_documents(desk.database, one.id, sorted((shown - ticked) & inside), by=visit.principal.name)
    desk.changed()
    return go(f"{_address(one.id)}?put={put}&taken={taken}")


def rename(desk: Desk, visit: Arrival) -> Response:
    rename_collection(desk.database, visit.parts["collection"], visit.form.text("name"), by=visit.principal.name)
    return _done(desk, visit)


def grant_to(desk: Desk, visit: Arrival) -> Response:
    grant(desk.database, visit.parts["collection"], role=visit.form.text("role"), user=visit.form.text("user"), by=visit.principal.name)
    return _done(desk, visit)


def revoke_from(desk: Desk, visit: Arrival) -> Response:
    revoke(desk.database, visit.parts["collection"], role=visit.form.text("role"), user=visit.form.text("user"), by=visit.principal.name)
    return _done(desk, visit)


def ask_remove(desk: Desk, visit: Arrival) -> Page:
    w, one = visit.words, _found(desk, visit)
    root = _address(one.id)
    return ask_again(w, "collections", f"{w('remove_collection')}: {one.name}", w("remove_collection_note"), f"{root}/remove", root, w("remove_collection"))


def remove(desk: Desk, visit: Arrival) -> Response:
    remove_collection(desk.database, visit.parts["collection"], by=visit.principal.name)
    desk.changed()
    return go("/admin/collections?done=1")


def _found(desk: Desk, visit: Arrival) -> CollectionListing:
    for one in list_collections(desk.database):
        if one.id == visit.parts["collection"]:
            return one
    raise Refused(404, "unknown_collection", "没有这个文件集", "请回到文件集列表")


def _done(desk: Desk, visit: Arrival) -> Response:
    desk.changed()
    return go(f"{_address(visit.parts['collection'])}?done=1")


def _address(identity: str) -> str:
    return f"/admin/collections/{identity}"
