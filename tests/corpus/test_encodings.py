"""Any encoding a Chinese office writes is read right; what is not text is refused with its reason."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.encodings import decode
from corpus.errors import UnreadableDocument

NOTICE = "关于印发《安全生产治本攻坚行动方案》的通知\n\n各镇(街道)、有关部门:\n一、总体要求。到2025年底前完成整治任务95%以上。\n"
TRADITIONAL = "關於印發《安全生產治本攻堅行動方案》的通知\n各鎮(街道)、有關部門:\n一、總體要求。到2025年底前完成整治任務。\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "gb18030", "gbk", "gb2312"],
)
def test_every_encoding_gives_the_same_text(encoding):
    text, _ = decode(NOTICE.encode(encoding))
    assert text == NOTICE


@pytest.mark.parametrize("encoding", ["big5", "gbk", "utf-16-le", "utf-8"])
def test_traditional_chinese_is_told_apart(encoding):
    assert decode(TRADITIONAL.encode(encoding))[0] == TRADITIONAL


def test_a_few_words_in_gbk_are_enough():
    assert decode("安全生产方案".encode("gbk")) == ("安全生产方案", "gb18030")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_plain_english_in_a_wide_encoding_without_mark_is_read(encoding):
    assert decode("Notice on safe production, 2024\n".encode(encoding))[0] == "Notice on safe production, 2024\n"


def test_every_two_byte_gbk_character_survives_among_common_ones():
    rare = [bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF) if trail != 0x7F]
    for start in range(0, len(rare), 30):
        data = NOTICE.encode("gb18030") * 6 + b"".join(rare[start : start + 30])
        if "\ue000" <= max(data.decode("gb18030")) <= "\uf8ff":
            continue
        text, encoding = decode(data)
        assert encoding == "gb18030" and text.encode("gb18030") == data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t\r\n", "no_text"),
        ("\ufeff　\n".encode(), "no_text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "binary_file"),
        (b"rubbish\n%PDF-1.4\n1 0 obj\n", "binary_file"),
        (b"PK\x03\x04\x14\x00\x06\x00word/document.xml", "binary_file"),
        (b"\x7fELF\x02\x01\x01\x00", "binary_file"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "binary_file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary_file"),
        (b"{\\rtf1\\ansi hello}", "binary_file"),
        (NOTICE.encode() + b"\x00\x00\x01" + NOTICE.encode(), "binary_file"),
        (b"\x01\x02\x03\x04\x05text", "binary_file"),
        ("caf\xe9 \xe0 la cr\xe8me".encode("latin-1"), "unknown_encoding"),
        (NOTICE.encode()[:-2] + b"\xff", "unknown_encoding"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_text_is_refused_with_its_reason(data, code):
    with pytest.raises(UnreadableDocument) as refusal:
        decode(data)
    assert refusal.value.code == code
    assert refusal.value.message and refusal.value.remedy


def test_damaged_utf8_is_not_taken_for_gb18030():
    with pytest.raises(UnreadableDocument, match="第 13 行.*字节处不是有效的 UTF-8"):
        decode(NOTICE.encode() * 3 + b"\xe5\xae" + NOTICE.encode())


def test_random_bytes_never_pass_as_text():
    generator = random.Random(7)
    for size in (40, 200, 1000, 4000, 100_000):
        for _ in range(30):
            with pytest.raises(UnreadableDocument):
                decode(generator.randbytes(size))


def test_random_pairs_that_are_valid_gb18030_are_refused():
    generator = random.Random(8)
    pairs = [bytes((lead, trail)) for lead in range(0x81, 0xFE) for trail in range(0x80, 0xFF)]
    with pytest.raises(UnreadableDocument):
        decode(b"".join(generator.choices(pairs, k=2000)))


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@given(st.text(st.sampled_from("安全生产方案第一条、。()0123456789年月日\n 牵头单位:区应急管理局"), min_size=8))
def test_running_text_survives_any_of_our_encodings(text):
    assume(any(c.isalnum() for c in text))
    # A few characters of GBK can be valid UTF-8 by chance (联通): without a word from the file that cannot be told apart.
    assume(not is_utf8(text.encode("gb18030")) or text.isascii())
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        assert decode(text.encode(encoding))[0] == text


def test_a_declared_encoding_is_a_hint_and_utf8_wins():
    assert decode(NOTICE.encode(), declared="gb2312") == (NOTICE, "utf-8")
    assert decode(TRADITIONAL.encode("big5"), declared="Big5")[0] == TRADITIONAL
