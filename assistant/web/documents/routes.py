"""The documents pages as a section: /documents, a page for each document, two side by side, and what changes a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import Response

from assistant.accounts.collections import list_collections
from assistant.accounts.types import Principal, Right
from assistant.config import Config
from assistant.library.comparison import compared
from assistant.library.editions import edition_of
from assistant.library.library import Library
from assistant.session import Assistant
from assistant.tasks.matrix import last_day
from assistant.web import sections
from assistant.web.documents.card import Known, card_page, correct_page
from assistant.web.documents.facts import units_of
from assistant.web.documents.listing import PER_PAGE, Row, asked_of, chosen, document_page, documents_page
from assistant.web.documents.sides import Side, choose_page, compare_page
from assistant.web.documents.words import WORDS
from assistant.web.forms import Form, Refused
from assistant.web.frame import Page
from assistant.web.sections import IDENTITY, NUMBER, Section, go
from assistant.web.uploads import check_changes
from assistant.web.words import Words
from corpus.account_tables import DEFAULT
from corpus.corrections import Correction
from corpus.errors import InputError, PolicyAssistantError
from corpus.store import Listing
from corpus.types import Document, Duty

DONE = ("removed", "reparsed", "corrected", "correction_undone", "decided")
NONE = ("无", "none")
_UNITS = re.compile(r"[、,，;；]")
_SIDE = re.compile(rf"({IDENTITY})(?:@({NUMBER}))?")


@dataclass(frozen=True)
class Desk:
    assistant: Assistant
    config: Config
    listed: WeakKeyDictionary[Library, tuple[Listing, ...]] = field(default_factory=WeakKeyDictionary)

    def listings(self, assistant: Assistant) -> tuple[Listing, ...]:
        """List every document, read once for each generation of the library and each part of it that somebody sees."""
        library = assistant.library()
        if library not in self.listed:
            self.listed[library] = assistant.store.documents()
        return self.listed[library]

    def check(self, principal: Principal, right: Right) -> None:
        """Raise UploadRefused or Denied where somebody may not change anything."""
        check_changes(self.config, principal)
        principal.check(right)

    def may(self, principal: Principal, right: Right) -> bool:
        try:
            self.check(principal, right)
        except InputError:
            return False
        return True

    def collections(self, principal: Principal) -> tuple[tuple[str, str], ...]:
        """Give the collections a file may be put into, (id, name), the usual one first; () where there is nothing to choose."""
        found = list_collections(self.assistant.store.database, principal.collections)
        return tuple((one.id, one.name) for one in sorted(found, key=lambda one: one.id != DEFAULT)) if len(found) > 1 else ()


Visit = sections.Visit[Words]


def documents_section(assistant: Assistant, config: Config) -> Section[Desk, Words]:
    return Section(
        name="documents", root="/documents", desk=Desk(assistant, config), words=WORDS, table=TABLE, parts={"document": IDENTITY, "number": NUMBER},
        kind="wide", styles=("tasks.css", "documents.css"), scripts=("source.js", "documents.js"), back=_back,
    )  # fmt: skip


def _back(request: Request, error: PolicyAssistantError) -> str:
    parts = request.scope["path"].split("/")
    return "/".join(parts[:3]) if len(parts) > 3 and error.code != "unknown_document" else "/documents" if len(parts) > 2 else "/"


# ---------------------------------------------------------------- looking


def show_list(desk: Desk, visit: Visit) -> Page:
    assistant = desk.assistant.seen_by(visit.principal)
    asked, listings, library = asked_of(visit.form), desk.listings(assistant), assistant.library()
    aside = library.editions.aside(date.today())
    found = chosen(listings, asked, aside)
    pages = max(-(-len(found) // PER_PAGE), 1)
    page = min(asked.page, pages)
    rows = [_row(assistant, library, one, aside) for one in found[(page - 1) * PER_PAGE : page * PER_PAGE]]
    collections = desk.collections(visit.principal) if desk.may(visit.principal, "upload") else None
    return documents_page(asked, rows, len(found), listings, visit.words, collections=collections, notice=_notice(visit))


def _row(assistant: Assistant, library: Library, one: Listing, aside: frozenset[str]) -> Row:
    raw = assistant.store.raw(one.id)
    source = raw.part("source")
    pages = max((anchor.page or 0 for anchor in source.anchors), default=0)
    edition = library.editions.by_id.get(one.id)
    remarks = tuple(library.editions.remarks(edition, date.today())) if edition else ()
    return Row(one, pages or None, len(raw.part("notes")), len(source.text), one.id in aside, remarks)


def _notice(visit: Visit) -> str:
    done = visit.form.text("done")
    return visit.words(done) if done in DONE else ""


def show_card(desk: Desk, visit: Visit) -> Page:
    assistant = desk.assistant.seen_by(visit.principal)
    document = assistant.store.document(visit.parts["document"])
    library = assistant.library()
    known = Known(
        remarks=tuple(library.editions.remarks(edition_of(document), date.today())),
        editions=library.editions,
        versions=assistant.store.versions(document.id),
        corrections=assistant.store.corrections(document.id),
        trail=assistant.store.trail(document.id) if visit.principal.may("correct") else (),
        others=[one for one in desk.listings(assistant) if one.id != document.id],
        changing=desk.may(visit.principal, "correct"),
        removing=desk.may(visit.principal, "upload"),
    )
    return card_page(document, known, visit.words, notice=_notice(visit))


def compare(desk: Desk, visit: Visit) -> Page:
    assistant = desk.assistant.seen_by(visit.principal)
    tokens = [token for token in visit.form.all("with") if token]
    if len(tokens) != 2:
        return choose_page(desk.listings(assistant), tokens[:2], visit.words)
    left, right = (Side(token, _side(assistant, token)) for token in tokens)
    return compare_page(left, right, compared(left.document, right.document), visit.words)


def _side(assistant: Assistant, token: str) -> Document:
    match = _SIDE.fullmatch(token)
    if match is None:
        raise Refused(400, "bad_form", f"没有这份文件: {token[:20]!r}", "请从列表中选择")
    identity, number = match.groups()
    return assistant.store.version(identity, int(number)) if number else assistant.store.document(identity)


# ---------------------------------------------------------------- changing


def show_correct(desk: Desk, visit: Visit) -> Page:
    desk.check(visit.principal, "correct")
    document = desk.assistant.seen_by(visit.principal).store.document(visit.parts["document"])
    return correct_page(document, _duty(document, visit.form), visit.words)


def correct(desk: Desk, visit: Visit) -> Response:
    desk.check(visit.principal, "correct")
    assistant = desk.assistant.seen_by(visit.principal)
    document = assistant.store.document(visit.parts["document"])
    duty = _duty(document, visit.form)
    correction = _for_duty(document, duty, visit.form) if duty else _for_card(document, visit.form)
    if not correction.says():
        raise Refused(400, "bad_correction", "没有写改成什么", "请填写更正后的内容")
    assistant.correct(document.id, (correction,), by=visit.principal.name)
    return go(f"{document_page(document.id)}?done=corrected")


def _duty(document: Document, sent: Form) -> Duty | None:
    """Find the duty that a form is about, None where it is about the document. Raises Refused when it is no longer that duty."""
    if not sent.text("duty"):
        return None
    number, start = sent.number("duty", 0), sent.text("start")
    duty = next((one for one in document.facts.duties if one.ordinal == number), None)
    if duty is None or (start and start != str(duty.clause.start)):
        raise Refused(409, "changed_meanwhile", "文件已被重新读取", "请刷新页面后再更正")
    return duty


def _for_duty(document: Document, duty: Duty, sent: Form) -> Correction:
    alike = [one for one in document.facts.duties if one.clause == duty.clause]
    limit = sent.text("deadline")
    return Correction(
        clause=duty.clause.of(document.text),
        task=duty.task.value if len(alike) > 1 else "",
        lead=_units(sent.text("lead"), units_of(duty, "lead")),
        support=_units(sent.text("support"), units_of(duty, "support")),
        deadline=limit if limit and limit != (duty.deadline.value if duty.deadline else "") else None,
        reason=sent.text("reason"),
    )


def _units(text: str, before: str) -> tuple[str, ...] | None:
    if not text or text == before:
        return None
    return () if text.lower() in NONE else tuple(name for part in _UNITS.split(text) if (name := part.strip()))


def _for_card(document: Document, sent: Form) -> Correction:
    card = document.card
    issued = last_day(sent.text("issued")) if sent.text("issued") else None
    return Correction(
        title=_other(sent.text("title"), card.title),
        issuer=_other(sent.text("issuer"), card.issuer),
        number=_other(sent.text("number"), card.number),
        issued=issued if issued != card.issued else None,
        reason=sent.text("reason"),
    )


def _other(text: str, before: str) -> str | None:
    return text if text and text != before else None


def undo(desk: Desk, visit: Visit) -> Response:
    desk.check(visit.principal, "correct")
    document = visit.parts["document"]
    desk.assistant.seen_by(visit.principal).undo_correction(document, int(visit.parts["number"]), by=visit.principal.name)
    return go(f"{document_page(document)}?done=correction_undone")


def supersede(desk: Desk, visit: Visit) -> Response:
    desk.check(visit.principal, "correct")
    document, other, verdict = visit.parts["document"], visit.form.text("other"), visit.form.text("verdict")
    if verdict not in ("confirmed", "rejected", ""):
        raise Refused(400, "bad_form", "没有这种认定", "请使用页面上的按钮")
    earlier, later = (other, document) if visit.form.text("as") == "later" else (document, other)
    desk.assistant.seen_by(visit.principal).supersede(earlier, later, verdict, by=visit.principal.name)
    return go(f"{document_page(document)}?done=decided")


def reparse(desk: Desk, visit: Visit) -> Response:
    desk.check(visit.principal, "correct")
    document = desk.assistant.seen_by(visit.principal).reparse(visit.parts["document"])
    return go(f"{document_page(document)}?done=reparsed")


def remove(desk: Desk, visit: Visit) -> Response:
    desk.check(visit.principal, "upload")
    if visit.form.text("sure") != "1":
        raise Refused(400, "not_confirmed", "没有确认移除", "请勾选确认后再移除")
    desk.assistant.seen_by(visit.principal).remove(visit.parts["document"], by=visit.principal.name)
    return go("/documents?done=removed")


TABLE: dict[tuple[str, str], Callable[[Desk, Visit], Page | Response]] = {
    ("GET", "/documents"): show_list,
    ("GET", "/documents/compare"): compare,
    ("GET", "/documents/{document}"): show_card,
    ("GET", "/documents/{document}/correct"): show_correct,
    ("POST", "/documents/{document}/correct"): correct,
    ("POST", "/documents/{document}/corrections/{number}/undo"): undo,
    ("POST", "/documents/{document}/supersede"): supersede,
    ("POST", "/documents/{document}/reparse"): reparse,
    ("POST", "/documents/{document}/remove"): remove,
}
