"""Bytes to text: which encoding a file is in, and whether it is text at all.

GB18030 and UTF-16 give *some* characters for nearly any bytes, so that decoding without an error proves nothing. What tells a
right reading from a wrong one is how common the Chinese characters are that it gives: at least 99 of 100 in running text belong
to the level-1 sets of GB 2312 and Big5, but only about 10 in 100 of text read with the wrong encoding (25 for UTF-8 taken
for GB18030, 50 for GB18030 taken for Big5).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.errors import UnreadableDocument

COMMON_SHARE = 0.7
ODD_SHARE = 0.1
BIG5_LEAD = 0.15
_SLICE = 20_000


@dataclass(frozen=True, slots=True)
class Magic:
    """Bytes by which a file format that is not text gives itself away."""

    prefix: bytes
    name: str


MAGIC = (
    Magic(b"%PDF-", "PDF 文件"),
    Magic(b"PK\x03\x04", "ZIP 压缩包或 Office 文件(docx、xlsx、pptx、ofd)"),
    Magic(b"PK\x05\x06", "空的 ZIP 压缩包"),
    Magic(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文件(doc、xls、ppt、wps)"),
    Magic(b"{\\rtf", "RTF 文件"),
    Magic(b"\x7fELF", "可执行程序(ELF)"),
    Magic(b"MZ\x90\x00", "可执行程序(EXE)"),
    Magic(b"\xca\xfe\xba\xbe", "可执行程序(Java 或 macOS)"),
    Magic(b"\xcf\xfa\xed\xfe", "可执行程序(macOS)"),
    Magic(b"\x89PNG\r\n\x1a\n", "图片(PNG)"),
    Magic(b"\xff\xd8\xff", "图片(JPEG)"),
    Magic(b"GIF87a", "图片(GIF)"),
    Magic(b"GIF89a", "图片(GIF)"),
    Magic(b"II*\x00", "图片(TIFF)"),
    Magic(b"MM\x00*", "图片(TIFF)"),
    Magic(b"Rar!\x1a\x07", "RAR 压缩包"),
    Magic(b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    Magic(b"\x1f\x8b", "gzip 压缩文件"),
    Magic(b"BZh", "bzip2 压缩文件"),
    Magic(b"\xfd7zXZ\x00", "xz 压缩文件"),
    Magic(b"\x28\xb5\x2f\xfd", "zstd 压缩文件"),
    Magic(b"SQLite format 3\x00", "SQLite 数据库"),
    Magic(b"%!PS", "PostScript 文件"),
)

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# What a file may declare, and the superset that is right for it: pages that say gb2312 use characters of GBK.
DECLARED = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}

_SAVE_AS_TEXT = "请用原来的软件打开,另存为 UTF-8 文本(.txt)或网页(.html)后再添加"
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_LETTER = re.compile(r"[^\W_]")


def decode(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """Decode the bytes of a text file; give the text without byte-order mark and the name of its encoding.

    declared: the encoding the file states itself (an HTML meta tag), "" when it states none; tried early, never trusted blindly.
    Raises UnreadableDocument: "empty_file", "binary_file", "unknown_encoding", "no_text".
    """
    if not data:
        raise UnreadableDocument("empty_file", "文件是空的(0 字节)", "请检查文件是否保存完整")
    found = found_format(data)
    if found:
        raise UnreadableDocument("binary_file", f"文件内容是{found},不是文本", _SAVE_AS_TEXT)
    text, encoding = _decode_marked(data) or _decode_unmarked(data, declared)
    _refuse_binary(text)
    if not _LETTER.search(text):
        raise UnreadableDocument("no_text", f"文件中没有文字(共 {len(text)} 个字符,全是空白或符号)", "请检查文件是否保存完整")
    return text, encoding


def found_format(data: bytes) -> str:
    """Name the format that the first bytes give away, in Chinese; "" when they look like text."""
    for magic in MAGIC:
        if data.startswith(magic.prefix):
            return magic.name
    # PDF readers accept rubbish before the header, and scanners write it.
    if b"%PDF-" in data[:1024] and b"\0" not in data[:1024] and b"obj" in data[:8192]:
        return "PDF 文件"
    return ""


def _decode_marked(data: bytes) -> tuple[str, str] | None:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], encoding)
            if text is None:
                raise UnreadableDocument(
                    "unknown_encoding", f"文件开头标明是 {encoding},但内容不符合这种编码", "文件可能损坏或不完整,请重新保存为 UTF-8"
                )
            return text, encoding
    return None


def _decode_unmarked(data: bytes, declared: str) -> tuple[str, str]:
    stated = DECLARED.get(declared.strip().lower(), "")
    text = _try(data, "utf-8")
    is_utf8 = text is not None and "\0" not in text
    # A few characters of GBK can be valid UTF-8 by chance (联通): there the file's own word decides.
    if text is not None and is_utf8 and (not stated or _common_share(text) >= COMMON_SHARE):
        return text, "utf-8"
    readings = list(_plausible_readings(data, stated))
    if readings:
        best = max(readings, key=lambda reading: reading[0])
        return best[1], best[2]
    if text is not None and is_utf8:
        return text, "utf-8"
    if b"\0" in data or len(_CONTROLS.findall(data, 0, _SLICE)) > ODD_SHARE * min(len(data), _SLICE):
        raise UnreadableDocument("binary_file", "文件不是文本:含有大量控制字符或空字符", _SAVE_AS_TEXT)
    raise UnreadableDocument("unknown_encoding", f"认不出文件的编码{_where_utf8_ends(data)}", "请用记事本等软件另存为 UTF-8 编码后再添加")


def _plausible_readings(data: bytes, declared: str) -> Iterator[tuple[float, str, str]]:
    """Yield (score, text, encoding) of every reading that gives likely text; a declared encoding wins over an equal one."""
    # Text in 16 bits a character without a single line end, blank or digit does not occur; bytes that look like it do.
    wide = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be") if b"\0" in data else ()
    for encoding in (*wide, "gb18030", "big5hkscs"):
        text = _try(data, encoding)
        if text is None or "\0" in text:
            continue
        share = _common_share(text)
        if share >= COMMON_SHARE and not _mostly_odd(text):
            handicap = BIG5_LEAD if encoding == "big5hkscs" and declared != encoding else 0.0
            yield share - handicap + (0.01 if encoding == declared else 0.0), text, encoding


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _where_utf8_ends(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        rest = data.decode("utf-8", "ignore")
        # What gives common Chinese characters but for some bytes is damaged UTF-8, not another encoding: say where.
        if not rest.isascii() and _common_share(rest) >= COMMON_SHARE:
            line = data.count(b"\n", 0, error.start) + 1
            return f"(第 {line} 行、第 {error.start + 1} 字节处不是有效的 UTF-8,文件可能损坏或不完整)"
    return "(不是 UTF-8、UTF-16、GB18030 或 Big5)"


def _refuse_binary(text: str) -> None:
    if "\0" in text:
        at = text.index("\0")
        raise UnreadableDocument("binary_file", f"文件含有空字符(第 {at + 1} 个字符处),不是纯文本或已经损坏", _SAVE_AS_TEXT)
    if _mostly_odd(text):
        raise UnreadableDocument("binary_file", "文件不是文本:含有大量控制字符或没有定义的字符", _SAVE_AS_TEXT)


def _sample(text: str) -> str:
    """Cut the beginning, the middle and the end: statistics of a large file need no more."""
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return text[:_SLICE] + text[middle : middle + _SLICE] + text[-_SLICE:]


def _mostly_odd(text: str) -> bool:
    sample = _sample(text)
    odd = sum(map(sample.count, filter(_is_odd, set(sample))))
    return odd > ODD_SHARE * max(1, len(sample))


@lru_cache(maxsize=65536)
def _is_odd(character: str) -> bool:
    """Tell control, unassigned and private-use characters, other than white space."""
    return unicodedata.category(character) in ("Cc", "Cn", "Co") and not character.isspace()


def _common_share(text: str) -> float:
    """Give the share of common Chinese characters and punctuation among all characters beyond ASCII, in [0, 1]."""
    foreign = [c for c in _sample(text) if c > "\x7f" and not _is_neutral(c)]
    if not foreign:
        return 1.0
    common = _common_characters()
    return sum(c in common for c in foreign) / len(foreign)


def _is_neutral(character: str) -> bool:
    """Tell punctuation, symbols and full-width forms: wrong readings hold few, right ones say nothing by them."""
    return "\u2000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef" or character in "\xa0·×÷°±§"


@lru_cache(maxsize=1)
def _common_characters() -> frozenset[str]:
    """Give the level-1 sets of GB 2312 (3,755) and Big5 (5,401 with its lead bytes)."""
    rows = ((range(0xB0, 0xD8), (range(0xA1, 0xFF),), "gb2312"), (range(0xA4, 0xC7), (range(0x40, 0x7F), range(0xA1, 0xFF)), "big5"))
    characters: set[str] = set()
    for leads, trails, encoding in rows:
        for lead in leads:
            for trail in (byte for row in trails for byte in row):
                characters.update(bytes((lead, trail)).decode(encoding, "ignore"))
    return frozenset(characters)
