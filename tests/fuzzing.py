"""Damages small sound files of every format and tells what a reader does that it must not. `make fuzz` runs it for minutes.

The formats that LibreOffice converts (.doc, .ppt) are not here: what is read of them is a file of one of the others.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from corpus.errors import MissingExtra, ParseError
from corpus.readers import read
from corpus.spans import spans_in
from tests.hostile import containers, images, mail, markup, pdf, sheets, text, word
from tests.hostile.package import packed

LONGEST_SECONDS = 5.0
"""Processor time that a small file may take at most."""

_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="表"><table:table-row><table:table-cell table:number-columns-spanned="2"'
    ' office:value-type="string"><text:p>任务</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="3"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
_ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_CSV = "任务,牵头单位,时限\n清理楼道,区应急管理局,2025年6月底前\n检查,“区住建局”,\n"
_DEFLATED_PAGE = pdf.stream(zlib.compress(pdf.body(more="0 0 m 300 0 l S 9 9 80 40 re f")), "/Filter /FlateDecode")

SEEDS: Mapping[str, bytes] = {
    "通知.txt": text.PLAIN.encode(),
    "通知.md": (text.PLAIN + "# 一\n| 任务 | 单位 |\n|---|---|\n| 检查 | 区应急管理局 |\n").encode(),
    "通知.html": (markup.PAGE + "<table><tr><td rowspan=2>一<td>二<tr><td colspan=3>三</table>").encode(),
    "通知.csv": _CSV.encode("gb18030"),
    "通知.eml": (mail.HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + mail.PLAIN + text.PLAIN + "\r\n--b--\r\n").encode(),
    "通知.docx": word.docx(),
    "通知.xlsx": sheets.xlsx(),
    "通知.ods": packed({"mimetype": _ODS_KIND, "META-INF/manifest.xml": _MANIFEST, "content.xml": _ODS}, zipfile.ZIP_STORED),
    "通知.pptx": sheets.pptx(),
    "通知.ofd": containers.ofd(),
    "通知.pdf": pdf.pdf(),
    "通知压缩.pdf": pdf.pdf(contents=_DEFLATED_PAGE),
    "图.png": images.png(6, 6),
}

GARBAGE = (
    b"\x00", b"\xff\xfe", b"\x1a", b"\x81\x30", b"\xed\xa0\x80", b"<![CDATA[", b"]]>", b"<!--", b"&#xd800;", b"&x;", b"99999999999999999999",
    b"-1", b"1e999", b"NaN", b"(((((((", b"<<<<", b"[[[[", b"\r\n\r\n", b"--b", b"=?utf-8?B?", b"obj", b"endstream", b"PK\x03\x04", b"\xe7",
    "第一条".encode(), "一、".encode(), "\u202e\u200b\u3000".encode(), b"rowspan=65000 ", b"\t|\t|", "(牵头单位:".encode(), b"A" * 3000,
)  # fmt: skip

Damage = tuple[int, float, float, int]
"""Kind, place and length as shares of the file, and a value."""


def damaged(data: bytes, damages: Sequence[Damage]) -> bytes:
    """Apply damages one after another. Kinds: 0 flip, 1 cut off, 2 leave out, 3 swap, 4 repeat, 5 garbage, 6 overwrite with garbage."""
    made = bytearray(data)
    for kind, place, share, value in damages:
        at, size = int(place * len(made)), 1 + int(share * share * len(made) / 4)
        piece, garbage = made[at : at + size], GARBAGE[value % len(GARBAGE)]
        if kind == 0 and at < len(made):
            made[at] ^= 1 + value % 255
        elif kind == 1 and share > 0.5:
            del made[at:]
        elif kind == 2:
            del made[at : at + size]
        elif kind == 3:
            made[at : at + 2 * size] = made[at + size : at + 2 * size] + piece
        elif kind == 4:
            made[at:at] = piece * (1 + value % 20)
        elif kind == 5:
            made[at:at] = garbage
        elif kind == 6:
            made[at : at + len(garbage)] = garbage
    return bytes(made)


def damaged_inside(data: bytes, damages: Sequence[Damage]) -> bytes:
    """Damage one member of a package and pack it again with right check sums: the damage reaches what reads the member."""
    if not data.startswith(b"PK"):
        return damaged(data, damages)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    chosen = sorted(parts)[damages[0][3] % len(parts)] if damages else ""
    return packed({name: damaged(bytes(content), damages) if name == chosen else content for name, content in parts.items() if isinstance(content, bytes)})


def fault(data: bytes, name: str) -> str:
    """Read a file; give what is wrong with how that ended, "" when nothing is."""
    started = time.process_time()
    wrong = ""
    try:
        source = read(data, name)
    except (ParseError, MissingExtra):
        source = None
    except Exception as error:
        return f"{name}: {type(error).__name__}: {error}; bytes {data.hex()}"
    if source is not None and any(not 0 <= span.start <= span.end <= len(source.text) for span in spans_in(source)):
        wrong = "a span outside the text"
    if (taken := time.process_time() - started) > LONGEST_SECONDS:
        wrong = f"{taken:.1f} s"
    return f"{name}: {wrong}; bytes {data.hex()}" if wrong else ""


def random_damages(chance: random.Random) -> list[Damage]:
    return [(chance.randrange(7), chance.random(), chance.random(), chance.randrange(1 << 16)) for _ in range(chance.randint(1, 8))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0, help="for each file")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    failed = 0
    for name, sound in SEEDS.items():
        chance = random.Random(f"{options.seed} {name}")
        until, count, found = time.monotonic() + options.seconds, 0, set()
        while time.monotonic() < until and len(found) < 5:
            damages = random_damages(chance)
            count += 1
            if wrong := fault((damaged_inside if chance.random() < 0.7 else damaged)(sound, damages), name):
                if (kind := wrong.partition("; bytes")[0]) not in found:
                    print(wrong, flush=True)
                found.add(kind)
        failed += len(found)
        print(f"{name}: {count} files, {len(found)} faults", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
