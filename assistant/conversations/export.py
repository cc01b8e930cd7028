"""A conversation as a file to pass on: Markdown and Word, each answer with its numbered sources and their words.

Text stays text: what a document or a question holds becomes neither markup nor a link, in either format.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.conversations.types import Conversation, Exchange
from assistant.programs.verbs import Where
from assistant.types import Citation

Format = Literal["md", "docx"]
MEDIA_TYPES: Mapping[Format, str] = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The words around what was asked and answered, in the language of the page. page: with {n}.  in_force: with {day}."""

    product: str
    exported: str
    question: str
    answer: str
    sources: str
    nearest: str
    scope: str
    refused: str
    note: str
    hidden: str
    page: str
    in_force: str
    disclaimer: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph. kind: "title", "quiet", "question", "answer", "note", "label", "source", "quote"."""

    kind: str
    text: str


def exported(conversation: Conversation, format: Format, labels: Labels) -> bytes:
    """Write a conversation."""
    parts = tuple(_parts(conversation, labels))
    return _markdown(parts).encode() if format == "md" else _word(parts, labels)


def _parts(conversation: Conversation, labels: Labels) -> Iterator[_Part]:
    yield _Part("title", conversation.title or labels.product)
    yield _Part("quiet", f"{labels.product} · {labels.exported}")
    for exchange in conversation.exchanges:
        yield from _exchange(exchange, labels)
    yield _Part("quiet", labels.disclaimer)


def _exchange(exchange: Exchange, labels: Labels) -> Iterator[_Part]:
    yield _Part("question", f"{labels.question}: {exchange.question}")
    if scope := scope_of(exchange.where, labels.in_force):
        yield _Part("quiet", f"{labels.scope}: {scope}")
    answer = exchange.answer
    if answer is None or exchange.hidden:
        yield _Part("note", exchange.fault if answer is None else labels.hidden)
        return
    if answer.status == "answered":
        yield _Part("answer", answer.answer)
    else:
        yield _Part("answer", labels.refused)
        yield _Part("note", answer.reason)
    for note in answer.notes:
        yield _Part("note", f"{labels.note}: {note}")
    if answer.shown:
        yield _Part("label", labels.sources if answer.citations else labels.nearest)
    for citation in answer.shown:
        yield _Part("source", f"[{citation.n}] {place_of(citation, labels.page)}")
        yield _Part("quote", citation.quote.strip())


def scope_of(where: Where, in_force: str) -> str:
    """Say a scope in a few words; documents by their number. in_force: with {day}."""
    days = "–".join((where.since, where.until)) if where.since or where.until else ""
    documents = f"×{len(where.documents)}" if where.documents else ""
    on_day = in_force.format(day=where.as_of) if where.as_of else ""
    return " · ".join(part for part in (documents, where.issuer, where.place, days, on_day) if part)


def place_of(citation: Citation, page: str) -> str:
    numbered = (page.format(n=citation.page),) if citation.page else ()
    return " › ".join((citation.title or citation.doc, *citation.path, *numbered))


def printable(text: str) -> str:
    """Drop what XML may not hold, and the signs that turn the direction of text or hide in it."""
    return _UNPRINTABLE.sub("", text)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]")

# ---------------------------------------------------------------- Markdown

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>#|~&!$@^])|(?<=[A-Za-z])(:)|(?<=[wW])(\.)")
_BEGINS_SOMETHING = re.compile(r"^(\d+)([.)])|^([-+=])")


def as_markdown(text: str) -> str:
    """Give text as Markdown that shows exactly it, one paragraph: line breaks stay, nothing in it means anything."""
    lines = (_line(line.strip()) for line in printable(text).splitlines() if line.strip())
    return "  \n".join(lines)


def _line(line: str) -> str:
    escaped = _MEANS_SOMETHING.sub(lambda m: "\\" + m.group(), line)
    return _BEGINS_SOMETHING.sub(lambda m: f"{m.group(1)}\\{m.group(2)}" if m.group(1) else "\\" + m.group(), escaped)


def _markdown(parts: tuple[_Part, ...]) -> str:
    written = []
    for part in parts:
        text = as_markdown(part.text)
        if text:
            head = {"title": "# ", "question": "## "}.get(part.kind, "")
            joined = text.replace("  \n", " ") if head else text
            written.append(f"**{joined}**" if part.kind == "label" else head + joined if part.kind != "quote" else "> " + joined.replace("\n", "\n> "))
    return "\n\n".join(written) + "\n"


# ---------------------------------------------------------------- Word

_SONG, _HEI, _KAI = "宋体", "黑体", "楷体"
_LOOKS: Mapping[str, tuple[str, float, bool, float, float]] = {
    # font, size in points, bold, space before in points, indent in centimetres
    "title": (_HEI, 18, True, 0, 0), "quiet": (_SONG, 9, False, 2, 0), "question": (_HEI, 12, True, 16, 0), "answer": (_SONG, 11.5, False, 6, 0),
    "note": (_SONG, 10.5, False, 4, 0), "label": (_HEI, 10.5, False, 8, 0), "source": (_SONG, 10, False, 4, 0.4), "quote": (_KAI, 10.5, False, 2, 0.9),
}  # fmt: skip


def _word(parts: tuple[_Part, ...], labels: Labels) -> bytes:
    import docx
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.3)
    document.core_properties.title = printable(parts[0].text)[:200]
    document.core_properties.author = labels.product
    for part in parts:
        if part.text.strip():
            _paragraph(document, part)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _paragraph(document: Any, part: _Part) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    font, size, bold, before, indent = _LOOKS[part.kind]
    paragraph = document.add_paragraph(style="Heading 1" if part.kind == "title" else "Heading 2" if part.kind == "question" else None)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(2)
    paragraph.paragraph_format.left_indent = Cm(indent)
    paragraph.paragraph_format.keep_with_next = part.kind in ("question", "label", "source")
    run = paragraph.add_run(printable(part.text))
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Times New Roman"
    run.font.color.rgb = RGBColor(0x5B, 0x68, 0x73) if part.kind == "quiet" else RGBColor(0, 0, 0)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


