"""Office packages from their parts, and the ways in which a package lies about itself."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache

Parts = Mapping[str, str | bytes]


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts; names are taken as they are."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def bomb(parts: Parts, name: str, megabytes: int) -> bytes:
    """Pack parts and one that is that large unpacked."""
    whole = io.BytesIO(packed(parts))
    body, crc = _pressed(megabytes)
    with zipfile.ZipFile(whole, "a") as archive:
        info = zipfile.ZipInfo(name)
        archive.writestr(info, b"")
        info.compress_type, info.CRC, info.compress_size, info.file_size = zipfile.ZIP_DEFLATED, crc, len(body), 1_000_000 * megabytes
        # `zipfile` has no way to add what is compressed already: the empty member is given its header and body anew.
        assert archive.fp is not None
        archive.fp.seek(info.header_offset)
        archive.fp.write(info.FileHeader() + body)
        archive.start_dir = archive.fp.tell()
    return whole.getvalue()


@cache
def _pressed(megabytes: int) -> tuple[bytes, int]:
    """Give that many megabytes of nothing, compressed, and their check sum."""
    press = zlib.compressobj(1, zlib.DEFLATED, -15)
    block = bytes(1_000_000)
    crc = 0
    pieces = []
    for _ in range(megabytes):
        crc = zlib.crc32(block, crc)
        pieces.append(press.compress(block))
    return b"".join(pieces) + press.flush(), crc


def flagged(data: bytes, flag: int) -> bytes:
    """Set a flag bit of every member, e.g. 1: encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= flag
            at = changed.find(mark, at + 4)
    return bytes(changed)


def with_wrong_crc(data: bytes) -> bytes:
    """Change the check sums in the directory."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 16] ^= 0xFF
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def with_lying_sizes(data: bytes, size: int = 10) -> bytes:
    """Let the directory say that every member is tiny unpacked."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset : at + offset + 4] = struct.pack("<I", size)
            at = changed.find(mark, at + 4)
    return bytes(changed)


def overlapping(name: str, copies: int, megabytes: int) -> bytes:
    """Pack one deflated member that the directory lists many times (after David Fifield's zip bomb)."""
    body, crc = _pressed(megabytes)
    size = megabytes * 1_000_000

    def head(member: str) -> bytes:
        return struct.pack("<HHHHHIII", 20, 0, 8, 0, 33, crc, len(body), size) + struct.pack("<HH", len(member), 0)

    data = b"PK\x03\x04" + head(name) + name.encode() + body
    directory = b""
    for number in range(copies):
        member = f"{number:04}{name[4:]}" if number else name
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + head(member) + struct.pack("<HHHII", 0, 0, 0, 0, 0) + member.encode()
    return data + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, copies, copies, len(directory), len(data), 0)
