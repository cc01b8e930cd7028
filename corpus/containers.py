"""Files that hold files: archives (.zip) and mails with attachments (.eml), unpacked in memory and member by member.

The name of a member is only a label: nothing is ever written under it. All limits count what is really unpacked, over the
archives inside an archive as well.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath, PurePosixPath

from corpus.errors import DocumentTooLarge, InputError, UnreadableDocument
from corpus.readers import MAX_BYTES, eml, reader_for

MAX_UNPACKED = 500_000_000
MAX_MEMBERS = 5_000
MAX_RATIO = 200
MAX_DEPTH = 3
INSIDE = "!/"
"""Stands between a container and its member: 通知.zip!/附件/任务表.xlsx."""

_RATIO_FROM = 20_000_000
_CHUNK = 1 << 18
_DRIVE = re.compile(r"[A-Za-z]:")
_UNPACK = "请先解压,再添加其中的文件"


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container. name: its path there, with INSIDE between nested ones.  refusal: why it is not read, None when it is."""

    name: str
    data: bytes = b""
    refusal: InputError | None = None


class _Exhausted(DocumentTooLarge):
    """The archive as a whole is too large, not one of its files."""


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked, over all levels. size: bytes of the outermost file."""

    size: int
    unpacked: int = 0
    members: int = 0
    seen: set[str] = field(default_factory=set)

    def take(self, amount: int) -> None:
        self.unpacked += amount
        bomb = self.unpacked > _RATIO_FROM and self.unpacked > MAX_RATIO * max(1, self.size)
        if self.unpacked > MAX_UNPACKED or bomb:
            raise _Exhausted("too_large", f"压缩包解压后过大(超过 {self.unpacked // 1_000_000} MB)", _UNPACK)

    def count(self) -> None:
        self.members += 1
        if self.members > MAX_MEMBERS:
            raise _Exhausted("too_large", f"压缩包中的文件超过 {MAX_MEMBERS} 个", _UNPACK)


def is_archive(name: str) -> bool:
    """Tell a file that is no document itself."""
    return PurePath(name).suffix.lower() == ".zip"


def holds_files(name: str) -> bool:
    """Tell a file whose members are documents of their own."""
    return is_archive(name) or PurePath(name).suffix.lower() == ".eml"


def members(data: bytes, name: str) -> Iterator[Member]:
    """Give the files inside a container one after another, each with its bytes or the reason why it is left out.

    What breaks the container as a whole comes as a last member without a name. Hidden files are passed over like in a folder.
    """
    budget = _Budget(len(data))
    try:
        yield from _members(data, name, "", 1, budget)
        if is_archive(name) and not budget.members:
            raise UnreadableDocument("no_text", "压缩包里没有文件", "请检查压缩包是否完整")
    except InputError as refusal:
        yield Member("", refusal=refusal)


def _members(data: bytes, name: str, outer: str, depth: int, budget: _Budget) -> Iterator[Member]:
    if depth > MAX_DEPTH:
        raise UnreadableDocument("malformed", f"压缩包套了超过 {MAX_DEPTH} 层", _UNPACK)
    for member in _unzipped(data, budget) if is_archive(name) else _attached(data, budget):
        label = outer + member.name
        if member.refusal is not None:
            yield Member(label, refusal=member.refusal)
        elif not is_archive(member.name):
            yield _checked(Member(label, member.data))
        if member.refusal is None and holds_files(member.name):
            try:
                yield from _members(member.data, member.name, label + INSIDE, depth + 1, budget)
            except UnreadableDocument as refusal:
                yield Member(label, refusal=refusal)


def _checked(member: Member) -> Member:
    try:
        reader_for(PurePosixPath(member.name).name)
    except InputError as refusal:
        return Member(member.name, refusal=refusal)
    return member


# ---------------------------------------------------------------- archives


def _unzipped(data: bytes, budget: _Budget) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, struct.error, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadableDocument("malformed", "文件不完整:压缩包读不出来", "请重新获取压缩包,或先解压再添加其中的文件") from error
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise DocumentTooLarge("too_large", f"压缩包中有 {len(infos)} 个文件,上限为 {MAX_MEMBERS} 个", _UNPACK)
    for info in sorted(infos, key=_name_of):
        name = _name_of(info)
        # `is_dir` of zipfile fails on an empty name.
        if info.filename.endswith("/") or _is_hidden(name):
            continue
        budget.count()
        yield _member(archive, info, name, budget)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: _Budget) -> Member:
    try:
        path = _safe(name, info)
        if path in budget.seen:
            raise UnreadableDocument("malformed", "压缩包里有两个同名文件,只读取了第一个", _UNPACK)
        if not is_archive(path):
            reader_for(PurePosixPath(path).name)
        return Member(path, _unpacked(archive, info, budget))
    except _Exhausted:
        raise
    except InputError as refusal:
        return Member(_label(name), refusal=refusal)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    if info.flag_bits & 0x1:
        raise UnreadableDocument("encrypted", "压缩包设有密码", "请用密码解压后,再添加其中的文件")
    chunks: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                budget.take(len(chunk))
                if size > MAX_BYTES:
                    raise DocumentTooLarge("too_large", f"文件太大,上限为 {MAX_BYTES // 1_000_000} MB", "请拆分成几个文件后再添加")
                chunks.append(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableDocument("malformed", "文件不完整:解压时出错", "请重新获取压缩包,或先解压再添加其中的文件") from error
    return b"".join(chunks)


def _name_of(info: zipfile.ZipInfo) -> str:
    """Give a member's name; Windows writes Chinese names in its own encoding and does not say so."""
    name = info.filename
    if info.flag_bits & 0x800 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _safe(name: str, info: zipfile.ZipInfo) -> str:
    """Give the path of a member inside the archive; refuse what points out of it and what is no plain file."""
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == 3 else 0
    if kind not in (0, stat.S_IFREG):
        raise UnreadableDocument("not_a_file", "压缩包里的链接或设备,不是普通文件", "请添加它指向的文件本身")
    path = unicodedata.normalize("NFC", name.replace("\\", "/"))
    parts = path.split("/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in parts or "\0" in path or len(path) > 1000:
        raise UnreadableDocument("malformed", "压缩包里的文件名指向压缩包之外", "这样的压缩包不安全;请先解压检查,再添加其中的文件")
    return _label("/".join(part for part in parts if part not in ("", ".")))


def _label(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:1000] or "?"


def _is_hidden(name: str) -> bool:
    parts = [part for part in name.replace("\\", "/").split("/") if part not in (".", "..")]
    return any(part.startswith((".", "~$")) for part in parts if part) or parts[:1] == ["__MACOSX"] or parts[-1:] == ["Thumbs.db"]


# ---------------------------------------------------------------- mails


def _attached(data: bytes, budget: _Budget) -> Iterator[Member]:
    """Give the attachments of a mail; pictures inside its text are passed over."""
    names: set[str] = set()
    for name, content in eml.attachments(data):
        budget.count()
        budget.take(len(content))
        label = _label(PurePosixPath(name.replace("\\", "/")).name) or "附件"
        while label in names:
            label = f"{len(names) + 1}-{label}"
        names.add(label)
        yield Member(label, content)
