"""A document's own page: what it is, what was read in it, how it is built, what people corrected and decided; the forms that change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.library.editions import Editions
from assistant.web.documents.facts import clause_address, facts_of, units_of
from assistant.web.documents.listing import MOST_CHOICES, document_page
from assistant.web.frame import Page, button, check, details, field, form, moment, select, tags, text_input, void
from assistant.web.markup import element, escape
from assistant.web.source import document_address
from assistant.web.words import Words
from corpus.audit import Entry
from corpus.corrections import Made
from corpus.store import Listing, Version
from corpus.succession import Succession
from corpus.types import Document, Duty

MOST_SECTIONS = 400
MOST_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document besides itself. others: to compare with and to relate to.  changing: corrections may be made.

    removing: it may be removed.
    """

    remarks: Sequence[str]
    editions: Editions
    versions: Sequence[Version]
    corrections: Sequence[Made]
    trail: Sequence[Entry]
    others: Sequence[Listing]
    changing: bool
    removing: bool


def card_page(document: Document, known: Known, w: Words, *, notice: str = "") -> Page:
    head = element("p", element("a", escape("‹ " + w("all_documents")), href="/documents"), class_="crumb")
    head += element("h1", escape(document.title), lang="zh-CN")
    pages = max((anchor.page or 0 for anchor in document.source.anchors), default=0)
    size = w("pages", count=pages) if pages else w("characters", count=len(document.text))
    head += element("p", tags((document.name, size, w("version", n=document.version))) + element("a", escape(w("open_text")), class_="tool cite", href=document_address(document.id)))
    head += element("p", escape(notice), class_="notice", role="status") if notice else ""
    head += "".join(element("p", escape(remark), class_="notice warn", lang="zh-CN") for remark in known.remarks)
    facts = element("section", element("h2", escape(w("fact_kinds"))) + facts_of(document, w, correcting=known.changing), class_="card")
    main = _data(document, known, w) + facts + _outline(document, w)
    aside = _notes(document, w) + _editions(document, known, w) + _corrections(document, known, w) + _versions(document, known, w)
    aside += _manage(document, known, w) + _trail(known, w)
    return Page(document.title, head + element("div", element("div", main, class_="stack") + element("aside", aside), class_="columns"))


# ---------------------------------------------------------------- what it is


def _data(document: Document, known: Known, w: Words) -> str:
    told: dict[str, list[str]] = {}
    for one in document.card.fields:
        told.setdefault(one.name, []).append(
            element("a", escape(one.value), class_="cite", href=clause_address(document, one.span)) if len(one.span) else escape(one.value)
        )
    pairs = "".join(
        element("div", element("dt", escape(_field_name(name, w))) + element("dd", "、".join(dict.fromkeys(values)), lang="zh-CN"))
        for name, values in told.items()
        if name != "title"
    )
    correct = element("a", escape(w("correct_card")), class_="tool", href=f"{document_page(document.id)}/correct") if known.changing else ""
    head = element("div", element("h2", escape(w("card"))) + correct, class_="title-row")
    return element("section", head + element("dl", pairs, class_="data"), class_="card") if pairs or correct else ""


def _field_name(name: str, w: Words) -> str:
    try:
        return w(f"field_{name}")
    except KeyError:
        return name


def _outline(document: Document, w: Words) -> str:
    shown = [section for section in document.sections if section.title or section.path][:MOST_SECTIONS]
    if not shown:
        return element("section", element("h2", escape(w("outline"))) + element("p", escape(w("no_outline")), class_="quiet"), class_="card")
    entries = "".join(
        element(
            "li",
            element("a", escape(section.path[-1] if section.path else section.title), class_="cite", href=clause_address(document, section.heading if len(section.heading) else section.span)),
            class_=f"depth-{min(max(len(section.path) - 1, 0), 4)}",
        )
        for section in shown
    )  # fmt: skip
    return element("section", element("h2", escape(w("outline"))) + element("ol", entries, class_="outline", lang="zh-CN"), class_="card")


def _notes(document: Document, w: Words) -> str:
    if not document.notes:
        return ""
    rows = "".join(
        element("li", element("a", escape(note.message), class_="cite", href=clause_address(document, note.span)) if len(note.span) else escape(note.message))
        for note in document.notes[:MOST_ENTRIES]
    )
    return element("section", element("h2", escape(w("damage"))) + element("ul", rows, class_="note-lines", lang="zh-CN"), class_="card")


# ---------------------------------------------------------------- editions and versions


def _editions(document: Document, known: Known, w: Words) -> str:
    links = [link for link in known.editions.links if document.id in (link.earlier, link.later)]
    rows = "".join(_link(document, link, known, w) for link in links)
    declare = ""
    if known.changing and known.others:
        ways = [("later", w("this_replaces")), ("earlier", w("replaced_by"))]
        others = field(w("other"), select("other", [(one.id, one.title or one.name) for one in known.others[:MOST_CHOICES]], required=""))
        content = select("as", ways, aria_label=w("supersede")) + others + element("p", escape(w("supersede_hint")), class_="quiet")
        content += void("input", type="hidden", name="verdict", value="confirmed") + button(w("declare"))
        declare = details(w("supersede"), form(f"{document_page(document.id)}/supersede", content, class_="stacked"))
    if not rows and not declare:
        return ""
    return element("section", element("h2", escape(w("editions"))) + (element("ul", rows, class_="edition-lines") if rows else "") + declare, class_="card")


def _link(document: Document, link: Succession, known: Known, w: Words) -> str:
    newer = link.later == document.id
    other = link.earlier if newer else link.later
    edition = known.editions.by_id.get(other)
    name = element("a", escape(edition.title if edition else other), href=document_page(other), lang="zh-CN")
    state = w("rejected_link") if link.state == "rejected" else w(link.state)
    said = tags((w("older") if newer else w("newer"), state), "on" if link.accepted else "") + name + element("p", escape(link.evidence), class_="quiet", lang="zh-CN")
    said += element("a", escape(w("compare")), class_="tool", href=f"/documents/compare?with={link.earlier}&with={link.later}")
    if known.changing:
        verdicts = (("", "take_back"),) if link.decision else (("confirmed", "confirm"), ("rejected", "reject")) if not link.certain else (("rejected", "reject"),)
        hidden = void("input", type="hidden", name="as", value="later" if newer else "earlier") + void("input", type="hidden", name="other", value=other)
        buttons = "".join(button(w(word), look="plain", name="verdict", value=verdict) for verdict, word in verdicts)
        said += form(f"{document_page(document.id)}/supersede", hidden + buttons, class_="row")
    return element("li", said)


def _versions(document: Document, known: Known, w: Words) -> str:
    rows = ""
    for version in known.versions:
        current = version.number == document.version
        compare = f"/documents/compare?with={document.id}@{version.number}&with={document.id}"
        link = "" if current else element("a", escape(w("compare")), class_="tool", href=compare)
        name = element("span", escape(w("version", n=version.number))) + tags((w("current"),) if current else (), "on")
        rows += element("li", name + element("span", escape(_when(version.added_at)), class_="quiet") + link)
    others = ""
    if known.others:
        picked = select("with", [(one.id, one.title or one.name) for one in known.others[:MOST_CHOICES]], aria_label=w("compare_with"))
        hidden = void("input", type="hidden", name="with", value=document.id)
        others = details(w("compare_with"), form("/documents/compare", hidden + picked + button(w("show")), method="get", class_="stacked"))
    return element("section", element("h2", escape(w("versions"))) + element("ul", rows, class_="version-lines") + others, class_="card")


def _when(text: str) -> str:
    try:
        return moment(datetime.fromisoformat(text))
    except ValueError:
        return text


# ---------------------------------------------------------------- changes


def _corrections(document: Document, known: Known, w: Words) -> str:
    if not known.corrections:
        return ""
    rows = ""
    for made in known.corrections:
        says = "；".join(f"{_says_name(name, w)}:{value}" for name, value in made.correction.says().items())
        state = tags((w("undone"),)) if made.undone_at else "" if made.applied else tags((w("resting"),), "warn")
        text = element("p", escape(says) + state, lang="zh-CN")
        about = element("p", escape(made.correction.clause[:80]), class_="quiet", lang="zh-CN") if made.correction.clause else ""
        who = element("p", escape("；".join(part for part in (made.correction.reason, w("by", who=made.by, when=_when(made.at))) if part)), class_="quiet")
        undo = form(f"{document_page(document.id)}/corrections/{made.id}/undo", button(w("undo"), look="plain")) if known.changing and not made.undone_at else ""
        rows += element("li", text + about + who + undo)
    return element("section", element("h2", escape(w("corrections"))) + element("ul", rows, class_="correction-lines"), class_="card")


def _says_name(name: str, w: Words) -> str:
    return w("name_title") if name == "title" else w(name)


def _manage(document: Document, known: Known, w: Words) -> str:
    if not known.changing and not known.removing:
        return ""
    base = document_page(document.id)
    parts = form(f"{base}/reparse", button(w("reparse"), data_working=w("reading")) + element("p", escape(w("reparse_hint")), class_="quiet")) if known.changing else ""
    if known.removing:
        sure = element("p", escape(w("remove_hint")), class_="quiet") + check("sure", "1", w("remove_check"), required="")
        parts += details(w("remove"), form(f"{base}/remove", sure + button(w("remove_sure", title=_short(document.title)), look="danger"), class_="stacked"))
    return element("section", element("h2", escape(w("manage"))) + parts, class_="card")


def _short(title: str) -> str:
    return title if len(title) <= 24 else title[:23] + "…"


def _trail(known: Known, w: Words) -> str:
    if not known.trail:
        return ""
    names = {"upload", "delete", "correct", "undo_correction", "supersede"}
    rows = "".join(
        element("li", element("b", escape(w(f"by_{one.action}") if one.action in names else one.action)) + element("span", escape(w("by", who=one.by, when=_when(one.at))), class_="quiet"))
        for one in reversed(known.trail[-MOST_ENTRIES:])
    )
    return element("section", details(w("history"), element("ol", rows, class_="trail-lines")), class_="card")


def correct_page(document: Document, duty: Duty | None, w: Words) -> Page:
    """Write the form that corrects a duty, or, without one, the data of the document."""
    base = document_page(document.id)
    head = element("p", element("a", escape(f"‹ {_short(document.title)}"), href=base), class_="crumb") + element("h1", escape(w("correct_title")))
    if duty is not None:
        quote = element("blockquote", element("a", escape(duty.clause.of(document.text)[:600]), class_="cite", href=clause_address(document, duty.clause)), lang="zh-CN")
        fields = field(w("lead"), text_input("lead", units_of(duty, "lead"), maxlength="400"), w("units_hint"))
        fields += field(w("support"), text_input("support", units_of(duty, "support"), maxlength="1000"), w("units_hint"))
        fields += field(w("deadline"), text_input("deadline", duty.deadline.value if duty.deadline else "", maxlength="100"))
        fields += void("input", type="hidden", name="duty", value=str(duty.ordinal)) + void("input", type="hidden", name="start", value=str(duty.clause.start))
    else:
        quote, card = "", document.card
        fields = field(w("name_title"), text_input("title", card.title, maxlength="300")) + field(w("issuer"), text_input("issuer", card.issuer, maxlength="200"))
        fields += field(w("number"), text_input("number", card.number, maxlength="100"))
        fields += field(w("issued"), void("input", type="date", name="issued", value=card.issued.isoformat() if card.issued else ""))
    fields += field(w("reason"), text_input("reason", "", maxlength="200"))
    ways = element("div", button(w("save"), look="primary", data_working=w("reading")) + element("a", escape(w("cancel")), class_="button", href=base), class_="row")
    hint = element("p", escape(w("correct_hint")), class_="quiet")
    return Page(w("correct_title"), head + element("section", quote + hint + form(f"{base}/correct", fields + ways, class_="stacked"), class_="card narrow correcting"))
