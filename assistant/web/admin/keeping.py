"""What the library is made of and whether it is sound; backups, made into its own folder and taken from there."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from starlette.responses import FileResponse, Response

from assistant.accounts.people import note, users_of
from assistant.cli.doctor import NEEDED
from assistant.web.admin.desk import Arrival, Desk, ask_again, card, lead, listing, page, size_of, stamp, values
from assistant.web.forms import Refused
from assistant.web.frame import Page, button, form
from assistant.web.markup import element, escape
from assistant.web.sections import go
from assistant.web.words import Words

BACKUPS = "backups"
NAME = re.compile(r"backup-[0-9]{8}-[0-9]{6}\.db", re.ASCII)
MOST_KEPT = 100
_ONE_CHECKS = threading.Lock()


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in the library's folder. at: when it was made, as its name says, in the time of this machine."""

    path: Path
    size: int

    @property
    def at(self) -> datetime:
        return datetime.strptime(self.path.name, "backup-%Y%m%d-%H%M%S.db")


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """List the backups, the newest first."""
    place = folder / BACKUPS
    found = [path for path in place.iterdir() if NAME.fullmatch(path.name) and path.is_file() and not path.is_symlink()] if place.is_dir() else []
    return tuple(Backup(path, path.stat().st_size) for path in sorted(found, reverse=True))


# ---------------------------------------------------------------- health


def show_health(desk: Desk, visit: Arrival) -> Page:
    return _health(desk, visit)


def _health(desk: Desk, visit: Arrival, *, notice: str = "", problems: tuple[str, ...] = ()) -> Page:
    w = visit.words
    found = element("ul", "".join(element("li", escape(one)) for one in problems), class_="plain lines") if problems else ""
    wrong = card("", element("p", escape(w("verify_found", n=len(problems))), class_="notice warn", role="alert") + found, look="stack") if problems else ""
    check = card(w("verify"), form("/admin/health", button(w("verify"), look="primary")), note=w("verify_note"))
    content = wrong + element("div", _library(desk, w) + card(w("versions"), values(tuple(_versions()))) + check, class_="halves")
    return page(w, "health", lead(w("health_lead")) + content, notice=notice)


def _library(desk: Desk, w: Words) -> str:
    assistant, folder = desk.assistant, desk.assistant.folder
    shelves = assistant.store.shelves()
    kept = backups_in(folder)
    index = assistant.library().index
    known = (
        (w("documents"), str(len(shelves))),
        (w("passages"), str(sum(shelf.passages for shelf in shelves))),
        (w("accounts_n"), str(len(users_of(desk.database)))),
        (w("stale"), str(len(assistant.store.stale()))),
        (w("generation"), str(assistant.store.generation)),
        (w("index_generation"), f"{index.generation} · {w('in_step' if index.generation == assistant.store.generation else 'not_in_step')}"),
        (w("encoder"), index.encoder or "—"),
        (w("catalog_size"), size_of(sum(path.stat().st_size for path in folder.glob("catalog.sqlite*")))),
        (w("index_size"), size_of(_size_below(folder / "index"))),
        (w("free"), size_of(shutil.disk_usage(folder).free)),
        (w("last_backup"), kept[0].at.strftime("%Y-%m-%d %H:%M") if kept else w("never")),
    )
    return card(w("library"), values(known))


def _size_below(folder: Path) -> int:
    """Give the bytes of the files below a folder; one that several generations share counts once."""
    seen: dict[tuple[int, int], int] = {}
    for path in folder.rglob("*") if folder.is_dir() else ():
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        if path.is_file():
            seen[status.st_dev, status.st_ino] = status.st_size
    return sum(seen.values())


def _versions() -> Iterator[tuple[str, str]]:
    for name in ("policy-assistant", *NEEDED, "fastapi", "uvicorn"):
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, "—"


def verify(desk: Desk, visit: Arrival) -> Page:
    """Check everything. One at a time: it reads the whole library."""
    if not _ONE_CHECKS.acquire(blocking=False):
        raise Refused(503, "server_busy", "正在检查", "请等这一次检查完")
    try:
        problems = desk.assistant.verify()
    finally:
        _ONE_CHECKS.release()
    return _health(desk, visit, notice="" if problems else visit.words("verify_fine"), problems=problems)


# ---------------------------------------------------------------- backups


def show_backups(desk: Desk, visit: Arrival) -> Page:
    w, made = visit.words, visit.form.text("made")
    notice = w("backup_done", name=made) if NAME.fullmatch(made) else w("done") if visit.form.text("done") else ""
    rows = [_row(one, w) for one in backups_in(desk.assistant.folder)]
    listed = listing((w("when"), w("size"), ""), rows) if rows else element("p", escape(w("no_backups")), class_="card quiet")
    now = card("", element("p", escape(w("backup_where"))) + element("p", escape(w("backup_secret")), class_="quiet") + form("/admin/backup", button(w("backup_now"), look="primary")), look="stack")
    return page(w, "backup", lead(w("backup_lead")) + now + listed + element("p", escape(w("restore_how")), class_="quiet"), notice=notice)


def _row(one: Backup, w: Words) -> tuple[str, str, str]:
    root, when = f"/admin/backup/{one.path.name}", one.at.strftime("%Y-%m-%d %H:%M:%S")
    take = element("a", escape(w("download")), class_="button plain", href=root, aria_label=f"{w('download')}: {when}")
    drop = element("a", escape(w("remove")), class_="button plain", href=f"{root}/remove", aria_label=f"{w('remove')}: {when}")
    return escape(when), escape(size_of(one.size)), element("div", take + drop, class_="row end")


def make_backup(desk: Desk, visit: Arrival) -> Response:
    """Write one under a name of ours; nothing of the request becomes part of it."""
    place = desk.assistant.folder / BACKUPS
    place.mkdir(mode=0o700, exist_ok=True)
    if len(backups_in(desk.assistant.folder)) >= MOST_KEPT:
        raise Refused(409, "too_many", f"已有 {MOST_KEPT} 个备份", "请先删除旧的备份")
    file = place / datetime.now().strftime("backup-%Y%m%d-%H%M%S.db")
    desk.assistant.store.backup(file)
    file.chmod(0o600)
    _note(desk, visit, "backup_made", file.name)
    return go(f"/admin/backup?made={file.name}")


def take_backup(desk: Desk, visit: Arrival) -> Response:
    one = _found(desk, visit)
    _note(desk, visit, "backup_taken", one.path.name)
    return FileResponse(one.path, media_type="application/octet-stream", filename=one.path.name)


def ask_remove_backup(desk: Desk, visit: Arrival) -> Page:
    w, one = visit.words, _found(desk, visit)
    name = one.path.name
    return ask_again(w, "backup", w("remove_backup"), w("remove_backup_note", name=name), f"/admin/backup/{name}/remove", "/admin/backup", w("remove_backup"))


def remove_backup(desk: Desk, visit: Arrival) -> Response:
    one = _found(desk, visit)
    one.path.unlink(missing_ok=True)
    _note(desk, visit, "backup_removed", one.path.name)
    return go("/admin/backup?done=1")


def _found(desk: Desk, visit: Arrival) -> Backup:
    for one in backups_in(desk.assistant.folder):
        if one.path.name == visit.parts["file"]:
            return one
    raise Refused(404, "unknown_backup", "没有这个备份", "请回到备份列表")


def _note(desk: Desk, visit: Arrival, action: str, name: str) -> None:
    with desk.database.writing() as connection:
        note(connection, visit.principal.name, action, name)


def last_backup(folder: Path, w: Words) -> str:
    kept = backups_in(folder)
    return stamp(kept[0].at.isoformat()) if kept else w("never")
