"""The settings that may be changed while the program runs, each with what it does."""

from __future__ import annotations

from starlette.responses import Response

from assistant.live import CHANGEABLE, Changeable, change, give_back
from assistant.web.admin.desk import Arrival, Desk, failed, lead, page, said
from assistant.web.frame import Page, button, form, select, tags, text_input
from assistant.web.markup import element, escape
from assistant.web.sections import go
from assistant.web.words import Words
from corpus.errors import InputError


def show_settings(desk: Desk, visit: Arrival) -> Page:
    return _settings(desk, visit)


def _settings(desk: Desk, visit: Arrival, problem: str = "") -> Page:
    w, saved = visit.words, visit.form.text("saved")
    names = {one.name: _name(one, w) for one in CHANGEABLE}
    notice = w("setting_saved", name=names[saved]) if saved in names else ""
    cards = "".join(_one(desk, one, w) for one in CHANGEABLE)
    return page(w, "settings", lead(w("settings_lead")) + element("div", cards, class_="halves"), notice=notice, problem=problem)


def _one(desk: Desk, one: Changeable, w: Words) -> str:
    setting, value, started = one.setting, str(getattr(desk.live, one.name)), str(getattr(desk.live.started, one.name))
    name = _name(one, w)
    if setting.choices:
        control = select("value", [(choice, w(f"choice_{choice}")) for choice in setting.choices], value, aria_label=name)
    else:
        control = text_input("value", value, inputmode="decimal", required="", autocomplete="off", aria_label=name)
    allowed = "" if setting.choices else w("allowed", what=f"{setting.low:g} – {setting.high:g}")
    changed = one.name in desk.live.changed
    head = element("h2", escape(name) + " " + element("code", escape(one.name), class_="quiet") + (tags((w("changed"),), "on") if changed else ""))
    why = element("p", escape(one.why[w.language == "en"]), class_="quiet")
    hint = element("p", escape(" · ".join(filter(None, (w("started", value=w(f"choice_{started}") if setting.choices else started), allowed)))), class_="quiet")
    save = form(f"/admin/settings/{one.name}", element("div", control + button(w("save"), aria_label=f"{w('save')}: {name}"), class_="row"))
    back = form(f"/admin/settings/{one.name}/back", button(w("as_started"), look="plain", aria_label=f"{w('as_started')}: {name}")) if changed else ""
    return element("section", head + why + save + hint + back, class_="card stack")


def _name(one: Changeable, w: Words) -> str:
    return one.english if w.language == "en" else one.chinese


def save_setting(desk: Desk, visit: Arrival) -> Page | Response:
    name = visit.parts["setting"]
    try:
        change(desk.database, desk.live, name, visit.form.text("value"), by=visit.principal.name)
    except InputError as error:
        return failed(_settings(desk, visit, said(visit.words, error)), error)
    return go(f"/admin/settings?saved={name}")


def as_started(desk: Desk, visit: Arrival) -> Response:
    name = visit.parts["setting"]
    give_back(desk.database, desk.live, name, by=visit.principal.name)
    return go(f"/admin/settings?saved={name}")
