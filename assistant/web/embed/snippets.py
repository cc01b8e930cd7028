"""The page for editors with what to copy into another web site, and how it will look there."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.config import Config
from assistant.web import sections
from assistant.web.addresses import is_loopback
from assistant.web.embed.framing import SNIPPETS, sites_in
from assistant.web.embed.routes import Visitors
from assistant.web.embed.words import WORDS
from assistant.web.frame import Page
from assistant.web.markup import element, escape
from assistant.web.quiz.access import base_address
from assistant.web.sections import Section
from assistant.web.words import Words

Visit = sections.Visit[Words]


@dataclass(frozen=True, slots=True)
class Desk:
    visitors: Visitors

    @property
    def config(self) -> Config:
        return self.visitors.config()


def snippets_section(visitors: Visitors) -> Section[Desk, Words]:
    """Give /embedding, for editors."""
    return Section(
        name="", root=SNIPPETS, desk=Desk(visitors), words=WORDS, table={("GET", SNIPPETS): show}, right="evaluate", kind="evaluation",
        styles=("evaluation.css",),
    )  # fmt: skip


def show(desk: Desk, visit: Visit) -> Page:
    w = visit.words
    base = base_address(desk.config, visit.request).rstrip("/")
    head = element("div", element("h1", escape(w("embedding"))) + element("p", escape(w("intro")), class_="lead"), class_="heading")
    main = (
        _snippet(w("button_title"), w("button_hint"), button_snippet(base, w.language, w("button_label")), w)
        + _snippet(w("frame_title"), w("frame_hint"), frame_snippet(base, w.language, w.texts.product), w)
        + _rules(desk, w)
    )
    preview = element("iframe", "", src=f"/embed?lang={w.language}", title=w("preview"), class_="preview")
    aside = element("section", element("h2", escape(w("preview"))) + element("div", preview, class_="preview-frame"), class_="card")
    columns = element("div", element("div", main, class_="stack") + element("aside", aside), class_="columns")
    return Page(w("embedding"), head + _warnings(desk, w) + columns, kind="embedding")


def button_snippet(base: str, language: str, label: str) -> str:
    return f'<script src="{base}/page/embed.js" data-lang="{language}" data-label="{label}" defer></script>'


def frame_snippet(base: str, language: str, title: str) -> str:
    return f'<iframe src="{base}/embed?lang={language}" title="{title}" style="width:100%;height:600px;border:0" loading="lazy"></iframe>'


def _snippet(title: str, hint: str, code: str, w: Words) -> str:
    copy = element("button", escape(w("copy")), type="button", class_="button copy", data_text=code, data_done=w("copied"))
    return element("section", element("h2", escape(title)) + element("p", escape(hint), class_="quiet") + element("pre", escape(code), class_="snippet", tabindex="0") + copy, class_="card")


def _warnings(desk: Desk, w: Words) -> str:
    told = [] if sites_in(desk.config.embed_sites) else [w("no_sites")]
    if is_loopback(desk.config.host) and not desk.config.public_address:
        told.append(w("local_only"))
    if desk.visitors.library() is None:
        told.append(w("nothing_public"))
    return "".join(element("p", escape(text), class_="notice warn") for text in told)


def _rules(desk: Desk, w: Words) -> str:
    library = desk.visitors.library()
    listed = "".join(element("li", escape(site)) for site in sites_in(desk.config.embed_sites))
    count = element("p", escape(w("public_documents", count=len(library.store.documents())))) if library is not None else ""
    limit = element("p", escape(w("limit", count=desk.config.embed_questions_per_minute)))
    sites = element("ul", listed, class_="sites") if listed else ""
    return element("section", element("h2", escape(w("sites"))) + sites + element("p", escape(w("sites_hint")), class_="quiet") + count + limit, class_="card")
