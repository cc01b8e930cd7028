"""The list of documents: a place to drop files on, filters, a line for each document with its card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from assistant.web.forms import Form, Refused
from assistant.web.frame import Page, button, check, field, form, select, tags, text_input, void
from assistant.web.markup import element, escape
from assistant.web.words import Words
from corpus.store import Listing
from corpus.text import fold

PER_PAGE = 25
MOST_CHOICES = 300
ORDERS = ("added", "issued", "name")
STATES = ("in_force", "aside")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list shows; all of it stands in the address. state: "in_force", "aside" or "" for both."""

    words: str = ""
    issuer: str = ""
    state: str = ""
    order: str = "added"
    page: int = 1

    def address(self, **changes: Any) -> str:
        """Give the address of the list with something else asked for, on its first page."""
        new = replace(self, **{"page": 1, **changes})
        pairs = (("q", new.words), ("issuer", new.issuer), ("state", new.state), ("order", new.order if new.order != "added" else ""), ("page", str(new.page) if new.page > 1 else ""))
        query = urlencode([(name, value) for name, value in pairs if value])
        return f"/documents?{query}" if query else "/documents"


@dataclass(frozen=True, slots=True)
class Row:
    """A document as it is listed. pages: None for a format without.  notes: how many places are flagged.  aside: no longer in force."""

    listing: Listing
    pages: int | None
    notes: int
    characters: int
    aside: bool
    remarks: tuple[str, ...]


def asked_of(sent: Form) -> Asked:
    """Read the fields of an address. Raises Refused for what cannot be meant."""
    order, state = sent.text("order") or "added", sent.text("state")
    if order not in ORDERS or state not in ("", *STATES):
        raise Refused(400, "bad_form", "地址里的条件不可用", "请使用页面上的条件")
    return Asked(sent.text("q")[:200], sent.text("issuer")[:200], state, order, max(sent.number("page", 1), 1))


def chosen(listings: Sequence[Listing], asked: Asked, aside: frozenset[str]) -> list[Listing]:
    """Give the documents asked for, in order. aside: ids of those no longer in force."""
    words = [fold(word) for word in asked.words.split()]
    found = [
        one
        for one in listings
        if (not words or all(word in fold(f"{one.title}\n{one.name}\n{one.issuer}\n{one.number}") for word in words))
        and (not asked.issuer or one.issuer == asked.issuer)
        and (not asked.state or (one.id in aside) == (asked.state == "aside"))
    ]
    if asked.order == "name":
        return found
    return sorted(found, key=lambda one: one.issued if asked.order == "issued" else one.added_at, reverse=True)


def documents_page(
    asked: Asked, rows: Sequence[Row], count: int, listings: Sequence[Listing], w: Words, *,
    collections: Sequence[tuple[str, str]] | None = None, notice: str = "",
) -> Page:  # fmt: skip
    """Write the page. rows: of the page asked for.  count: of all that are asked for.  listings: everything there is.

    collections: (id, name) of those a file may be put into, () for no choice, None where nothing may be uploaded.
    """
    total = element("span", escape(w("count", count=len(listings))), class_="hint")
    content = element("h1", escape(w("title"))) + element("p", escape(w("intro")) + total, class_="lead")
    content += element("p", escape(notice), class_="notice", role="status") if notice else ""
    content += _upload(collections, w) if collections is not None else ""
    if not listings:
        hint = element("p", escape(w("none_hint")), class_="quiet") if collections is not None else ""
        return Page(w("title"), content + element("section", element("p", element("b", escape(w("none_yet")))) + hint, class_="card empty"))
    content += _filters(asked, listings, w)
    if not rows:
        content += element("section", element("p", element("b", escape(w("empty")))), class_="card empty", role="status")
    else:
        listed = element("ul", "".join(_line(row, w) for row in rows), class_="documents", aria_label=w("results"))
        compare = element("div", element("span", escape(w("compare_hint")), class_="quiet") + button(w("compare")), class_="compare-bar")
        content += form("/documents/compare", listed + compare, method="get", id="chosen") + _paging(asked, count, w)
    return Page(w("title"), content)


def _upload(collections: Sequence[tuple[str, str]], w: Words) -> str:
    pick = void("input", type="file", multiple="", id="files", class_="unseen")
    choose = element("label", escape(w("choose")), for_="files", class_="button primary")
    words = element("p", element("span", escape(w("drop")), class_="drop-word") + choose) + element("p", escape(w("upload_hint")), class_="quiet")
    if collections:
        words += element("div", field(w("into"), select("collection", collections, collections[0][0], id="into")), class_="into")
    words += element("noscript", element("p", escape(w("needs_script")), class_="notice warn"))
    said = {f"data_{name}": w(name) for name in ("uploading", "reading", "added", "unchanged", "duplicate", "new_version", "rejected", "see", "lost", "upload_done")}
    progress = element("ul", "", class_="uploads", id="uploads", aria_live="polite", **said)
    return element("section", pick + words + progress, class_="card drop", id="drop", aria_label=w("upload"))


def _filters(asked: Asked, listings: Sequence[Listing], w: Words) -> str:
    issuers = [name for name, _ in Counter(one.issuer for one in listings if one.issuer).most_common(MOST_CHOICES)]
    if asked.issuer and asked.issuer not in issuers:
        issuers.append(asked.issuer)
    parts = (
        element("div", field(w("search"), text_input("q", asked.words, type="search", placeholder=w("search_hint"), maxlength="200")), class_="wide"),
        field(w("issuer"), select("issuer", [("", w("any")), *((name, name) for name in issuers)], asked.issuer)),
        field(w("state"), select("state", [("", w("any")), *((state, w(state)) for state in STATES)], asked.state)),
        field(w("order"), select("order", [(order, w(f"by_{order}")) for order in ORDERS], asked.order)),
    )
    clear = element("a", escape(w("clear")), class_="button plain", href="/documents") if asked != Asked(order=asked.order) else ""
    actions = element("div", button(w("apply"), look="primary") + clear, class_="row filter-actions")
    return form("/documents", element("div", "".join(parts) + actions, class_="filter-grid"), method="get", class_="card filters", role="search", aria_label=w("filters"))


def _line(row: Row, w: Words) -> str:
    one = row.listing
    title = one.title or one.name
    facts = sum(count for name, count in one.counts if name not in ("sections", "passages"))
    stated = [one.issuer, one.number, one.issued]
    found = [w("facts", count=facts) if facts else w("no_facts"), w("pages", count=row.pages) if row.pages else w("characters", count=row.characters)]
    badges = tags((w("aside"),), "warn") if row.aside else ""
    badges += tags((w("version_short", n=one.version),), "on") if one.version > 1 else ""
    badges += tags((w("notes", count=row.notes),), "warn") if row.notes else ""
    link = element("a", escape(title), href=document_page(one.id), class_="document-title", lang="zh-CN")
    card = element("p", "".join(element("span", escape(text)) for text in stated if text), class_="document-card", lang="zh-CN")
    read = element("p", "".join(element("span", escape(text)) for text in (*found, one.name)), class_="document-read quiet")
    remarks = "".join(element("p", escape(remark), class_="task-note", lang="zh-CN") for remark in row.remarks)
    box = check("with", one.id, "", aria_label=w("select", title=title))
    return element("li", box + element("div", link + card + remarks + read, class_="document-words") + element("div", badges, class_="document-badges"), class_="card document-line")


def document_page(identity: str) -> str:
    return f"/documents/{quote(identity, safe='')}"


def _paging(asked: Asked, count: int, w: Words) -> str:
    pages = -(-count // PER_PAGE)
    if pages < 2:
        return ""
    page = min(asked.page, pages)

    def way(to: int, word: str) -> str:
        return element("a", escape(w(word)), class_="button", href=asked.address(page=to)) if 1 <= to <= pages else element("span")

    here = element("span", escape(w("page_of", page=page, pages=pages)), class_="quiet")
    return element("nav", way(page - 1, "previous") + here + way(page + 1, "next"), class_="paging", aria_label=w("paging"))
