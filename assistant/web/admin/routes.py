"""The addresses of the administration pages, and the first of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from assistant.accounts.collections import list_collections
from assistant.accounts.keys import list_keys
from assistant.accounts.people import users_of
from assistant.live import LiveConfig
from assistant.session import Assistant
from assistant.web.admin import groups, keeping, keys, people, settings, trail
from assistant.web.admin.desk import ROOT, Arrival, Desk, lead, page
from assistant.web.admin.words import WORDS
from assistant.web.frame import Page
from assistant.web.markup import element, escape
from assistant.web.sections import IDENTITY, Section
from assistant.web.words import Words
from corpus import audit


def show_overview(desk: Desk, visit: Arrival) -> Page:
    """Show each part with what there is to know of it at a glance."""
    w, database = visit.words, desk.database
    with database.reading() as connection:
        lines = len(audit.trail(connection))
    moment = audit.now()
    counts = {
        "people": str(len(users_of(database))),
        "collections": str(len(list_collections(database))),
        "keys": str(sum(key.valid(moment) for key in list_keys(database))),
        "log": w("lines", n=lines),
        "health": w("documents_n", n=len(desk.assistant.store.shelves())),
        "backup": keeping.last_backup(desk.assistant.folder, w),
        "settings": f"{w('changed')}: {len(desk.live.changed)}",
    }
    tiles = "".join(
        element("a", element("strong", escape(w(part))) + element("span", escape(said), class_="figure") + element("span", escape(w(f"{part}_lead")), class_="quiet"), class_="card tile", href=f"{ROOT}/{part}")
        for part, said in counts.items()
    )
    return page(w, "overview", lead(w("lead")) + element("div", tiles, class_="tiles"))


TABLE: Mapping[tuple[str, str], Callable[[Desk, Arrival], Page | Response]] = {
    ("GET", "/admin"): show_overview,
    ("GET", "/admin/people"): people.show_people,
    ("POST", "/admin/people"): people.add_person,
    ("GET", "/admin/people/{person}"): people.show_person,
    ("POST", "/admin/people/{person}/role"): people.change_person_role,
    ("POST", "/admin/people/{person}/disable"): people.disable_person,
    ("POST", "/admin/people/{person}/enable"): people.enable_person,
    ("POST", "/admin/people/{person}/end"): people.end_person_sessions,
    ("POST", "/admin/people/{person}/password"): people.reset_password,
    ("GET", "/admin/people/{person}/remove"): people.ask_remove_person,
    ("POST", "/admin/people/{person}/remove"): people.remove_person,
    ("GET", "/admin/collections"): groups.show_collections,
    ("POST", "/admin/collections"): groups.add_collection,
    ("GET", "/admin/collections/{collection}"): groups.show_collection,
    ("POST", "/admin/collections/{collection}/rename"): groups.rename,
    ("POST", "/admin/collections/{collection}/grant"): groups.grant_to,
    ("POST", "/admin/collections/{collection}/revoke"): groups.revoke_from,
    ("POST", "/admin/collections/{collection}/documents"): groups.change_documents,
    ("GET", "/admin/collections/{collection}/remove"): groups.ask_remove,
    ("POST", "/admin/collections/{collection}/remove"): groups.remove,
    ("GET", "/admin/keys"): keys.show_keys,
    ("POST", "/admin/keys"): keys.add_key,
    ("GET", "/admin/keys/{key}/revoke"): keys.ask_revoke,
    ("POST", "/admin/keys/{key}/revoke"): keys.revoke,
    ("GET", "/admin/log"): trail.show_trail,
    ("GET", "/admin/log.csv"): trail.download_trail,
    ("GET", "/admin/health"): keeping.show_health,
    ("POST", "/admin/health"): keeping.verify,
    ("GET", "/admin/backup"): keeping.show_backups,
    ("POST", "/admin/backup"): keeping.make_backup,
    ("GET", "/admin/backup/{file}"): keeping.take_backup,
    ("GET", "/admin/backup/{file}/remove"): keeping.ask_remove_backup,
    ("POST", "/admin/backup/{file}/remove"): keeping.remove_backup,
    ("GET", "/admin/settings"): settings.show_settings,
    ("POST", "/admin/settings/{setting}"): settings.save_setting,
    ("POST", "/admin/settings/{setting}/back"): settings.as_started,
}


def admin_section(assistant: Assistant, live: LiveConfig, changed: Callable[[], None]) -> Section[Desk, Words]:
    """Make the section. changed: called when what somebody may do was changed, so that nothing older is believed."""
    return Section(
        name="administration",
        root=ROOT,
        desk=Desk(assistant, live, changed),
        words=WORDS,
        table=TABLE,
        right="administer",
        parts={"person": IDENTITY, "collection": IDENTITY, "key": IDENTITY, "setting": r"[a-z_]{1,40}", "file": keeping.NAME.pattern},
        kind="admin",
        styles=("admin.css",),
    )
