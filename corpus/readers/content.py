"""What an office file really is: programs and websites give files the wrong suffix, and the content decides.

A web page saved as .doc, a .docx renamed .doc, a text table called .xls are common; a PDF called .docx is refused by name.
"""

from __future__ import annotations

import re

from corpus.encodings import found_format
from corpus.errors import UnreadableDocument, UnsupportedFormat

OFFICE_SUFFIXES = (".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".xlsx", ".xlsm", ".xls", ".et", ".ods", ".pptx", ".pptm", ".ppt", ".dps")
SHEET_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# What a ZIP container holds, by the name of a member; of an OLE container, by the name of a stream.
_MEMBERS = (
    (b"word/document", ".docx"),
    (b"xl/workbook", ".xlsx"),
    (b"xl/worksheets", ".xlsx"),
    (b"ppt/presentation", ".pptx"),
    (b"ppt/slides", ".pptx"),
    (b"OFD.xml", ".ofd"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", ".odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ".ods"),
)
_STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt"))
FLAT_TEXT, FLAT_SHEET = "flat text", "flat sheet"
"""Kinds of the one-file XML formats of Office 2003 and OpenDocument, which have no suffix of their own."""

_FLAT = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", FLAT_SHEET),
    (b"application/vnd.oasis.opendocument.text", FLAT_TEXT),
    (b"application/vnd.oasis.opendocument.spreadsheet", FLAT_SHEET),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)[\s>]", re.IGNORECASE)
_MIME = re.compile(rb"(?:MIME-Version|Content-Type|From|Subject|Date)\s*:", re.IGNORECASE)
_PROTECTED = "请用 Office 或 WPS 打开,去掉密码后另存一份再添加"


def kind_of(data: bytes) -> str:
    """Give the suffix that fits the content: ".docx", ".doc", ".html", …, ".zip" for other archives, ".txt" for what looks like text.

    "" where the content is something else that is no office file (found_format names it). Raises UnreadableDocument ("encrypted") and UnsupportedFormat.
    """
    if data.startswith(ZIP):
        return next((suffix for name, suffix in _MEMBERS if name in data), ".zip")
    if data.startswith(OLE):
        return _kind_of_ole(data)
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if found_format(data):
        return ""
    if _MIME.match(head) and b"multipart/related" in data[:8192].lower():
        return ".mht"
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        # LibreOffice drops the merged cells of its tables and shifts what follows: units would change places with tasks.
        raise UnsupportedFormat("unsupported_format", "文件内容是 Word 2003 XML,读不可靠", "请用 Word 或 WPS 打开后另存为 .docx 再添加")
    if head.startswith(b"<?xml") and (flat := next((kind for name, kind in _FLAT if name in head), "")):
        return flat
    if _HTML.search(head):
        return ".html"
    return ".txt"


def _kind_of_ole(data: bytes) -> str:
    for stream, kind in _STREAMS:
        if stream.encode("utf-16-le") + b"\0\0" in data:
            if kind == "encrypted" or (kind == ".doc" and _is_locked(data)):
                raise UnreadableDocument("encrypted", "文件设有打开密码", _PROTECTED)
            return kind
    return ""


def _is_locked(data: bytes) -> bool:
    """Read the flag of a Word 97 file; its header begins a sector ([MS-DOC] 2.5.2)."""
    at = data.find(b"\xec\xa5", 512)
    while 0 <= at < len(data) - 12:
        if at % 512 == 0:
            return bool(data[at + 11] & 0x01)
        at = data.find(b"\xec\xa5", at + 2)
    return False


def refuse_other(data: bytes, suffix: str) -> UnreadableDocument:
    """Make the error for a file whose content is no office file at all."""
    named = found_format(data) or "其他格式"
    if data.startswith(OLE):
        named = "认不出的旧版 Office 文件"
    elif data.startswith(ZIP):
        named = "压缩包,不是 Office 文件"
    elif not data:
        return UnreadableDocument("empty_file", "文件是空的(0 字节)", "请检查文件是否保存完整")
    return UnreadableDocument("binary_file", f"扩展名是 {suffix},但文件内容是{named}", "请把扩展名改成与内容一致,或用原来的软件另存后再添加")
