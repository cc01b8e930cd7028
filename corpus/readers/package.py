"""A ZIP container of XML parts (docx, xlsx, pptx): opened from bytes, every limit counted on what is really unpacked.

Nothing is written to disk and no member name is used as a path. XML is parsed without entities, document types and network.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import DocumentTooLarge, UnreadableDocument

MAX_UNPACKED = 200_000_000
MAX_PART = 100_000_000
MAX_MEMBERS = 5_000
MAX_RATIO = 200
_RATIO_FROM = 10_000_000
_CHUNK = 1 << 18
_INCOMPLETE = "文件可能损坏或没有下载完整,请重新获取后再添加"
_PROTECTED = "请用 Office 或 WPS 打开,去掉密码后另存一份再添加"

Element = Any
"""An lxml element; lxml has no types of its own."""


@dataclass(slots=True)
class Package:
    """An open container. unpacked: bytes taken out so far, over all parts."""

    archive: zipfile.ZipFile
    size: int
    unpacked: int = 0
    names: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return name.lower() in self.names

    def read(self, name: str) -> bytes:
        """Unpack one part, counting; b"" when there is no such part.

        Raises DocumentTooLarge ("too_large") and UnreadableDocument ("malformed", "encrypted").
        """
        member = self.names.get(name.lower())
        return b"" if member is None else self._unpack(member)

    def _unpack(self, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & 0x1:
            raise UnreadableDocument("encrypted", "压缩包设有密码", _PROTECTED)
        chunks: list[bytes] = []
        size = 0
        try:
            with self.archive.open(member) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    self.unpacked += len(chunk)
                    self._check(size)
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise UnreadableDocument("malformed", f"文件不完整:其中的 {_shown(member.filename)} 读不出来", _INCOMPLETE) from error
        return b"".join(chunks)

    def _check(self, size: int) -> None:
        bomb = self.unpacked > _RATIO_FROM and self.unpacked > MAX_RATIO * self.size
        if size > MAX_PART or self.unpacked > MAX_UNPACKED or bomb:
            raise DocumentTooLarge(
                "too_large", f"解压后的内容过大(超过 {self.unpacked // 1_000_000} MB,压缩包本身 {self.size / 1_000_000:.1f} MB)", "请拆分成几个文件后再添加"
            )

    def xml(self, name: str) -> Element | None:
        """Parse one part; None when there is no such part."""
        data = self.read(name)
        return parse_xml(data, name) if data else None

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Give the relationships of a part: id → (kind, name of the part it points to); what lies outside is left out."""
        folder, base = posixpath.split(name)
        root = self.xml(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        found: dict[str, tuple[str, str]] = {}
        if root is not None:
            for child in root.iterfind("{*}Relationship"):
                target = child.get("Target") or ""
                if (child.get("TargetMode") or "").lower() == "external" or not child.get("Id"):
                    continue
                path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[child.get("Id")] = ((child.get("Type") or "").rsplit("/", 1)[-1], path)
        return found


def open_package(data: bytes) -> Package:
    """Open a container; raise UnreadableDocument ("malformed") or DocumentTooLarge when it is none or beyond the limits."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError, EOFError) as error:
        raise UnreadableDocument("malformed", "文件不完整:压缩结构读不出来", _INCOMPLETE) from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise DocumentTooLarge("too_large", f"文件中有 {len(members)} 个部分,上限为 {MAX_MEMBERS} 个", "请拆分成几个文件后再添加")
    package = Package(archive, max(1, len(data)))
    for member in members:
        package.names.setdefault(member.filename.replace("\\", "/").lower(), member)
    return package


def parse_xml(data: bytes, name: str) -> Element:
    """Parse XML without resolving anything; raise UnreadableDocument ("malformed") also for a document type."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnreadableDocument("malformed", f"文件不完整或已损坏:其中的 {_shown(name)} 不是有效的 XML", _INCOMPLETE) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableDocument("malformed", f"文件中的 {_shown(name)} 带有文档类型声明,Office 文件不应有", _INCOMPLETE)
    return root


def _shown(name: str) -> str:
    """Print a member's name: short and on one line."""
    return "".join(c if c.isprintable() else "?" for c in name)[-60:]


def number_in(value: str | None, default: int = 0, limit: int = 1_000_000) -> int:
    """Read a number that a file states, clamped to ±limit; `default` where it is none."""
    words = (value or "").strip()
    body = words[1:] if words[:1] in "+-" else words
    if not body.isascii() or not body.isdigit() or len(body) > 12:
        return default
    return max(-limit, min(limit, int(words)))
