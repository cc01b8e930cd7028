"""Mails (.eml) and saved web pages with their parts (.mht): subject, sender, date and text; attachments are files of their own."""

from __future__ import annotations

import html as markup
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.encodings import decode, found_format
from corpus.errors import UnreadableDocument
from corpus.readers import html, plain
from corpus.types import Anchor, Cell, HeadingMark, Note, Source, Span, Table

if TYPE_CHECKING:
    from email.message import EmailMessage

SUFFIXES: tuple[str, ...] = (".eml", ".mht", ".mhtml")
PRELOAD = ("email", "email.policy", "email.parser")

MAX_PARTS = 200
_HEADERS = (("Subject", "主题"), ("From", "发件人"), ("To", "收件人"), ("Cc", "抄送"), ("Date", "日期"))
_LONGEST = 500
_FAULTS = (LookupError, ValueError, OverflowError, TypeError, AttributeError, RecursionError, AssertionError)
_RESAVE = "请在邮件软件中重新另存,或把正文复制到文本文件后再添加"


def read(data: bytes, name: str) -> Source:
    """Read a mail: its headings as lines, then its text, else its web page."""
    message = _message(data)
    parts = list(_parts(message))
    body = _body(parts)
    stated = [(label, words) for header, label in _HEADERS if (words := _header(message, header))]
    is_page = not any(label in ("发件人", "收件人") for label, _ in stated)
    if body is None and (is_page or not stated):
        raise UnreadableDocument("no_text", "邮件或网页中没有文字", _RESAVE)
    if is_page and body is not None:
        return body
    lines = [words if label == "主题" else f"{label}：{words}" for label, words in stated]
    found = _below(lines, body or Source("", "eml"))
    names = [attached for part in parts if (attached := _file_name(part))]
    notes = [Note("attachments", f"邮件带有 {len(names)} 个附件:{'、'.join(names)[:200]}", Span(0, 0))] if names else []
    return replace(found, format="eml", title=_header(message, "Subject"), notes=(*found.notes, *notes))


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give (name, bytes) of every attached file; raise UnreadableDocument ("malformed")."""
    for part in _parts(_message(data)):
        name = _file_name(part)
        if name and part.get_content_disposition() != "inline":
            content = _content(part)
            if content:
                yield name, content


# ---------------------------------------------------------------- parts


def _message(data: bytes) -> EmailMessage:
    from email import policy
    from email.parser import BytesParser

    if not data.strip():
        raise UnreadableDocument("empty_file", "文件是空的(0 字节)", "请检查文件是否保存完整")
    if found := found_format(data):
        raise UnreadableDocument("binary_file", f"文件内容是{found},不是邮件", "请把扩展名改成与内容一致后再添加")
    # The parser compares every line with the boundaries of all levels around it.
    if data.lower().count(b"multipart/") > MAX_PARTS or data.lower().count(b"\ncontent-type:") > 5 * MAX_PARTS:
        raise UnreadableDocument("malformed", f"邮件的部分超过 {MAX_PARTS} 个", _RESAVE)
    try:
        return BytesParser(policy=policy.default).parsebytes(data)
    except _FAULTS as error:
        raise UnreadableDocument("malformed", "邮件读不出来", _RESAVE) from error


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Give the leaves of a mail in order; a mail inside a mail is a leaf."""
    waiting: list[Any] = [message]
    count = 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > 5 * MAX_PARTS:
            raise UnreadableDocument("malformed", f"邮件的部分超过 {5 * MAX_PARTS} 个", _RESAVE)
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting += reversed(part.get_payload())
        else:
            yield part


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = message.get(name)
    except _FAULTS:
        return ""
    words = " ".join(str(value or "").split())
    return words[:_LONGEST]


def _file_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except _FAULTS:
        name = ""
    if not name and part.get_content_type() == "message/rfc822":
        name = "转发的邮件.eml"
    return " ".join(str(name).split())


def _content(part: EmailMessage) -> bytes:
    try:
        if part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload()
            return bytes(inner[0]) if isinstance(inner, list) and inner else b""
        content = part.get_payload(decode=True)
    except _FAULTS:
        return b""
    return content if isinstance(content, bytes) else b""


def _body(parts: list[EmailMessage]) -> Source | None:
    """Choose the text: the web page where it has tables or there is nothing else, the plain text otherwise."""
    texts = [part for part in parts if part.get_content_type() == "text/plain" and not _is_file(part) and _content(part).strip()]
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml") and not _is_file(part) and _content(part).strip()]
    found: Source | None = None
    for part in pages[:1]:
        found = _page(part)
    if texts and (found is None or not found.tables):
        return _text(texts)
    return found


def _is_file(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment"


def _text(parts: list[EmailMessage]) -> Source | None:
    pieces = []
    for part in parts:
        try:
            pieces.append(decode(_content(part), declared=part.get_content_charset() or "")[0])
        except (UnreadableDocument, *_FAULTS):
            continue
    text = plain.unify_line_ends("\n".join(pieces)).strip("\n")
    return Source(text, "eml", anchors=()) if text else None


def _page(part: EmailMessage) -> Source | None:
    try:
        text, _ = decode(_content(part), declared=part.get_content_charset() or "")
        return html.read(f'<meta charset="utf-8">{text}'.encode(), "mail.html")
    except UnreadableDocument:
        return None


# ---------------------------------------------------------------- headings above the text


def _below(lines: list[str], body: Source) -> Source:
    """Put lines above a text; everything that points into it moves down."""
    head = "\n".join(markup.unescape(line) for line in lines)
    by = len(head) + 2 if head else 0

    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    def table(found: Table) -> Table:
        return replace(found, span=moved(found.span), cells=tuple(cell(c) for c in found.cells))

    def cell(found: Cell) -> Cell:
        return replace(found, span=moved(found.span))

    return replace(
        body,
        text=f"{head}\n\n{body.text}" if head else body.text,
        tables=tuple(map(table, body.tables)),
        headings=tuple(HeadingMark(moved(mark.span), mark.level) for mark in body.headings),
        anchors=tuple(Anchor(anchor.start + by, None, anchor.page, anchor.cell) for anchor in body.anchors if anchor.page or anchor.cell),
    )
