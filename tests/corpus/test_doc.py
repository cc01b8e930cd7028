"""Old Word files: what LibreOffice makes of them, checked against a second reading; what happens where it is missing."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from corpus.errors import MissingExtra, UnreadableDocument, UnsupportedFormat
from corpus.parse import parse
from corpus.readers import read
from corpus.readers.doc import grids_of
from corpus.readers.office import _run, office_program
from corpus.sandbox import parse_file
from tests.corpus import renderings
from tests.corpus.renderings import EXPECTED, NOTICE, facts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs_office = pytest.mark.skipif(not office_program(), reason="LibreOffice is not installed")
needs_antiword = pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")


def converted(data: bytes, suffix: str, folder: Path) -> bytes:
    """Let LibreOffice write a .docx in another format."""
    (folder / "file.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run([office_program(), profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(folder / "file.docx")], folder)
    return (folder / f"file.{suffix}").read_bytes()


def with_a_line_below(data: bytes) -> bytes:
    from docx import Document

    document = Document(io.BytesIO(data))
    document.add_paragraph("抄送：区委办公室。")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@needs_office
def test_an_old_word_file_gives_the_same_duties_also_in_confinement(tmp_path: Path) -> None:
    data = converted(with_a_line_below(renderings.docx(NOTICE)), "doc", tmp_path)
    document = parse_file(data, "通知.doc")
    assert facts(document) == EXPECTED and not document.notes and document.source.format == "doc"
    assert facts(parse(data, "通知.wps")) == EXPECTED


@needs_office
@needs_antiword
def test_a_table_that_the_conversion_loses_is_put_back_and_reported(tmp_path: Path) -> None:
    document = parse(converted(renderings.docx(NOTICE), "doc", tmp_path), "通知.doc")
    found = facts(document)
    assert [fact.task for fact in found] == [fact.task for fact in EXPECTED]
    # The second reading does not tell merged cells from empty ones.
    assert sum(fact == wanted for fact, wanted in zip(found, EXPECTED, strict=True)) >= len(EXPECTED) - 1
    assert [note.code for note in document.notes] in ([], ["table_restored"])


@needs_office
@pytest.mark.parametrize("suffix", ["rtf", "odt"])
def test_other_formats_of_word_processors(suffix: str, tmp_path: Path) -> None:
    assert facts(parse(converted(renderings.docx(NOTICE), suffix, tmp_path), f"通知.{suffix}")) == EXPECTED


def test_without_libreoffice_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if office_program():
        pytest.skip("LibreOffice stands where it is found without a path")
    with pytest.raises(MissingExtra) as refusal:
        read(rb"{\rtf1 text}", "通知.doc")
    assert "LibreOffice" in refusal.value.message and "另存为" in refusal.value.remedy


def test_a_web_page_or_a_word_file_called_doc_needs_no_conversion() -> None:
    assert facts(parse(renderings.docx(NOTICE), "通知.doc")) == EXPECTED
    assert facts(parse(renderings.html(NOTICE), "通知.wps")) == EXPECTED
    assert read("各镇：按时报送。".encode("gb18030"), "通知.doc").format == "plain"


def test_a_locked_word_file_asks_for_an_open_copy() -> None:
    header = bytearray(bytes(512))
    header[:2], header[11] = b"\xec\xa5", 0x01
    data = OLE + bytes(504) + bytes(header) + "WordDocument".encode("utf-16-le") + bytes(100)
    with pytest.raises(UnreadableDocument) as refusal:
        read(data, "通知.doc")
    assert refusal.value.code == "encrypted"


@needs_office
def test_what_libreoffice_cannot_open_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        read(OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600), "通知.doc")


def test_the_tables_of_the_second_reading() -> None:
    book = b"""<?xml version="1.0"?><!DOCTYPE book PUBLIC "-//OASIS//DTD" "x.dtd"><book><informaltable><tgroup><tbody>
        <row><entry>\xe4\xbb\xbb\xe5\x8a\xa1</entry><entry>a &amp; b</entry></row></tbody></tgroup></informaltable></book>"""
    assert grids_of(book) == [[["任务", "a & b"]]] and grids_of(b"") == [] and grids_of(b"<book><") == []


@needs_office
def test_the_one_file_xml_formats_are_converted() -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    flat = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="{office}:office:1.0" xmlns:text="{office}:text:1.0" office:version="1.2"'
        ' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>由区应急局牵头排查隐患。</text:p></office:text></office:body></office:document>'
    )
    assert read(flat.encode(), "通知.doc").text == "由区应急局牵头排查隐患。"


def test_word_2003_xml_is_refused_for_its_tables_would_be_read_wrongly() -> None:
    with pytest.raises(UnsupportedFormat):
        read(b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>', "a.doc")
