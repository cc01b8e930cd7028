"""Two documents, or two versions of one, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.library.comparison import Pair, Piece
from assistant.web.documents.listing import MOST_CHOICES, document_page
from assistant.web.frame import Page, button, field, form, select
from assistant.web.markup import element, escape
from assistant.web.words import Words
from corpus.store import Listing
from corpus.types import Document

MOST_ALIKE = 4
"""Paragraphs that are alike and stand together up to which they are shown without being asked for; one stays at each end."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side. token: how an address names it: an id, or an id and a version (`d12@2`)."""

    token: str
    document: Document


def choose_page(listings: Sequence[Listing], chosen: Sequence[str], w: Words) -> Page:
    """Write the page on which two documents are chosen."""
    content = element("p", element("a", escape("‹ " + w("all_documents")), href="/documents"), class_="crumb") + element("h1", escape(w("compare_two")))
    notice = element("p", escape(w("choose_both")), class_="quiet")
    return Page(w("compare_title"), content + element("section", notice + _choice(listings, (*chosen, "", "")[:2], w), class_="card narrow"))


def _choice(listings: Sequence[Listing], chosen: Sequence[str], w: Words) -> str:
    offered = [(one.id, one.title or one.name) for one in listings[:MOST_CHOICES]]
    known = dict(offered)
    fields = "".join(
        field(w(name), select("with", [*([(token, token)] if token and token not in known else []), *offered], token))
        for name, token in zip(("left", "right"), chosen, strict=True)
    )
    return form("/documents/compare", fields + button(w("show"), look="primary"), method="get", class_="stacked")


def compare_page(left: Side, right: Side, pairs: Sequence[Pair], w: Words) -> Page:
    counts = Counter(pair.kind for pair in pairs)
    content = element("p", element("a", escape("‹ " + w("all_documents")), href="/documents"), class_="crumb") + element("h1", escape(w("compare_two")))
    summary = {kind: counts[kind] for kind in ("same", "changed", "left", "right")}  # type: ignore[index]
    said = w("summary", **summary) if len(counts) > 1 or not counts["same"] else w("identical")
    content += element("p", escape(said), class_="notice", role="status")
    heads = element("div", _name(left, w) + _name(right, w), class_="sides heads")
    return Page(w("compare_title"), content + element("div", heads + "".join(_rows(pairs, w)), class_="card comparison"), "comparing")


def _name(side: Side, w: Words) -> str:
    one = side.document
    link = element("a", escape(one.title), href=document_page(one.id), lang="zh-CN")
    stated = " · ".join(part for part in (one.name, one.card.number, one.card.issued.isoformat() if one.card.issued else "", w("version", n=one.version)) if part)
    return element("div", element("b", link) + element("span", escape(stated), class_="quiet"), class_="side")


def _rows(pairs: Sequence[Pair], w: Words) -> Iterator[str]:
    for alike, run in groupby(pairs, key=lambda pair: pair.kind == "same"):
        rows = list(run)
        if not alike or len(rows) <= MOST_ALIKE:
            yield from (_row(pair, w) for pair in rows)
            continue
        yield _row(rows[0], w)
        hidden = "".join(_row(pair, w) for pair in rows[1:-1])
        yield element("details", element("summary", escape(w("same_folded", count=len(rows) - 2))) + hidden, class_="alike")
        yield _row(rows[-1], w)


def _row(pair: Pair, w: Words) -> str:
    word = {"same": "same", "changed": "changed", "left": "only_left", "right": "only_right"}[pair.kind]
    left = element("div", _pieces(pair.left, "del"), class_="side", data_side=w("left"))
    right = element("div", _pieces(pair.right, "ins"), class_="side", data_side=w("right"))
    mark = element("span", escape(w(word)), class_="unseen")
    return element("div", mark + left + right, class_=f"sides pair {pair.kind}", lang="zh-CN")


def _pieces(pieces: Sequence[Piece], tag: str) -> str:
    return "".join(element(tag, escape(piece.text)) if piece.differs else escape(piece.text) for piece in pieces)
