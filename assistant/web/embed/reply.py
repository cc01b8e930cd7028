"""A reply of the embedded chat page as HTML: the answer with numbers, and behind each number its clause."""

from __future__ import annotations

from assistant.types import Answer, Citation
from assistant.web.conversation import markers
from assistant.web.markup import element, escape
from assistant.web.source import source_address
from assistant.web.words import Words

_LONGEST_CLAUSE = 1500


def render_reply(answer: Answer, w: Words) -> str:
    """Write a finished reply."""
    if answer.status == "answered":
        said = _lines(answer, w)
    else:
        title = w("refused") if answer.status == "refused" else w("clarify")
        said = element("p", escape(title), class_="title") + element("p", escape(answer.reason or answer.answer))
    notes = "".join(element("li", escape(note)) for note in answer.notes)
    return element(
        "div", said + (element("ul", notes, class_="notes") if notes else "") + _sources(answer, w), class_=f"reply {answer.status}", lang="zh-CN"
    )


def _lines(answer: Answer, w: Words) -> str:
    lines = [line for line in answer.answer.split("\n") if line.strip()] or [""]
    placed = markers(lines, answer.citations)
    written = (
        element("p", escape(line) + "".join(_marker(c, w) for c in citations)) for line, citations in zip(lines, placed, strict=True)
    )
    return element("div", "".join(written), class_="said")


def _marker(citation: Citation, w: Words) -> str:
    return element("button", str(citation.n), type="button", class_="marker", data_n=str(citation.n), aria_label=w("open_n", n=citation.n))


def _sources(answer: Answer, w: Words) -> str:
    if not answer.shown:
        return ""
    listed = "".join(_source(citation, w) for citation in answer.shown)
    return element("div", element("p", escape(w("sources" if answer.citations else "nearest")), class_="title") + listed, class_="sources")


def _source(citation: Citation, w: Words) -> str:
    name = citation.title or citation.doc
    summary = element("summary", element("span", str(citation.n), class_="number") + element("span", escape(name), class_="name"))
    return element("details", summary + clause(citation, w), class_="source", data_n=str(citation.n))


def clause(citation: Citation, w: Words) -> str:
    """Write one clause: where it stands, its words with those that answer marked, the way to the whole document."""
    page = (w("page_n", n=citation.page),) if citation.page else ()
    place = " › ".join((*citation.path, *page))
    path = element("p", escape(place), class_="path") if place else ""
    way = element("a", escape(w("whole")), href=source_address(citation), target="_blank", rel="noopener")
    return element("div", path + element("blockquote", _marked(citation)) + element("p", way), class_="clause")


def _marked(citation: Citation) -> str:
    """Give the quote with the words that answer marked. A long clause is cut off; the whole document has the rest."""
    spans = sorted((max(s, citation.start), min(e, citation.end)) for s, e in citation.highlight)
    last = max([_LONGEST_CLAUSE, *(e - citation.start for _, e in spans[:1])])
    quote = citation.quote[:last]
    parts, at = [], 0
    for start, end in ((s - citation.start, e - citation.start) for s, e in spans):
        if at <= start < end <= len(quote):
            parts += [escape(quote[at:start]), element("mark", escape(quote[start:end]))]
            at = end
    return "".join(parts) + escape(quote[at:]) + ("…" if len(quote) < len(citation.quote) else "")
