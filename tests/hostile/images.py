"""Pictures: dimensions that lie, frames without end, vector graphics."""

from __future__ import annotations

import struct
import zlib

from tests.hostile.case import Case, fixed

REFUSED = ("unsupported_format", "malformed", "too_large", "no_text", "binary_file", "parser_memory", "parser_timeout", "ocr_missing", "empty_file")


def png(width: int, height: int, data: bytes | None = None, *, depth: int = 8, color: int = 0) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = bytes(width + 1) * height if data is None else data
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def tiff(width: int, height: int, *, ring: bool = False) -> bytes:
    tags = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (278, 4, height), (279, 4, 10)]
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\x00" + struct.pack("<I", 8) + directory + struct.pack("<I", 8 if ring else 0) + bytes(64)


CASES = (
    Case("弹-真.png", "P-22", lambda _: png(30_000, 30_000, b""), REFUSED),
    Case("弹-大.png", "P-22", lambda _: png(12_000, 9_000), REFUSED),
    Case("弹-谎.png", "P-22", fixed(png(2_000_000_000, 2_000_000_000, b"x")), REFUSED),
    Case("零.png", "P-22", fixed(png(0, 0, b"")), REFUSED),
    Case("细长.png", "P-22", fixed(png(1, 60_000)), REFUSED),
    Case("白.png", "P-22", fixed(png(800, 600, b"\x00" + b"\xff" * 800)), REFUSED),
    Case("截断.png", "P-06", fixed(png(100, 100)[:60]), REFUSED),
    Case("环.tif", "P-13", fixed(tiff(100, 100, ring=True)), REFUSED),
    Case("弹.tif", "P-22", fixed(tiff(60_000, 60_000)), REFUSED),
    Case("弹.bmp", "P-22", fixed(b"BM" + struct.pack("<IHHIIiiHHIIiiII", 100, 0, 0, 54, 40, 100_000, 100_000, 1, 24, 0, 0, 0, 0, 0, 0)), REFUSED),
    Case("弹.jpg", "P-22", fixed(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00\xff\xd9"), REFUSED),
    Case("空.jpg", "P-06", fixed(b""), REFUSED),
    Case("矢量.svg", "P-22", lambda canary: f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{canary.url}"/><script>alert(1)</script></svg>'.encode(), REFUSED),
    Case("矢量.png", "U-09", lambda canary: f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{canary.url}"/></svg>'.encode(), REFUSED),
    Case("动图.gif", "P-22", fixed(b"GIF89a\xff\xff\xff\xff\x00\x00\x00" + b",\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x01\x00\x00" * 2000 + b";"), REFUSED),
)
