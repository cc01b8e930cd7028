"""Archives and mails: every member is a document of its own, and no name or size of one does harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus import containers
from corpus.containers import members
from corpus.errors import ParseError, UnreadableDocument
from corpus.intake import add_files
from corpus.parse import parse
from corpus.readers import read
from corpus.store import Store
from tests.corpus import renderings
from tests.corpus.renderings import EXPECTED, NOTICE, TABLE_FACTS, facts

TEXT = "关于开展检查的通知\n\n一、目标\n2025年底前完成。\n".encode()


def zip_of(**files: bytes) -> bytes:
    return packed([(name, data) for name, data in files.items()])


def packed(files: list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def mail(*attached: tuple[str, bytes], html: str = "") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "关于报送防汛台账的通知", "区应急局 <a@example.cn>", "各镇 <b@example.cn>"
    message["Date"] = "Mon, 21 Apr 2025 09:00:00 +0800"
    message.set_content("各镇：\n请于2025年5月10日前报送。\n联系人：王某，电话：0599-6012345。")
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def named(data: bytes, name: str = "包.zip") -> list[tuple[str, str]]:
    """(name, code of the refusal or "")"""
    return [(member.name, member.refusal.code if member.refusal else "") for member in members(data, name)]


# ---------------------------------------------------------------- archives


def test_members_come_in_order_without_hidden_ones() -> None:
    data = packed([("通知/b.txt", TEXT), ("通知/", b""), ("__MACOSX/a.txt", TEXT), ("通知/.DS_Store", b"x"), ("通知/~$b.docx", b"x"), ("a.docx", renderings.docx(NOTICE)), ("图.dwg", b"x")])
    assert named(data) == [("a.docx", ""), ("图.dwg", "unsupported_format"), ("通知/b.txt", "")]


def test_chinese_names_without_the_mark_for_unicode_are_read() -> None:
    data = packed([("AAAAAA.txt", TEXT)])
    assert named(data.replace(b"AAAAAA", "通知表".encode("gbk"))) == [("通知表.txt", "")]


@pytest.mark.parametrize("name", ["../../b.txt", "/etc/b.txt", "C:\\b.txt", "a/../../b.txt", "\\\\host\\b.txt"])
def test_names_that_point_outside_are_refused(name: str) -> None:
    ((label, code),) = named(packed([(name, TEXT)]))
    assert code == "malformed" and label


def test_links_are_refused() -> None:
    link = zipfile.ZipInfo("a.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert named(packed([(link, b"/etc/passwd")])) == [("a.txt", "not_a_file")]


def test_an_archive_in_an_archive_is_opened_three_levels_deep() -> None:
    data = TEXT
    for level in range(5):
        data = zip_of(**{f"{level}.zip" if level else "a.txt": data})
    ((name, code),) = named(data)
    assert code == "malformed" and name.count("!/") == 2
    assert named(zip_of(**{"内.zip": zip_of(**{"a.txt": TEXT})})) == [("内.zip!/a.txt", "")]


def test_bombs_end_the_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    assert named(packed([(f"{n}.txt", bytes(40_000_000)) for n in range(3)]))[-1] == ("", "too_large")
    monkeypatch.setattr(containers, "MAX_MEMBERS", 3)
    assert named(packed([(f"{n}.txt", TEXT) for n in range(5)])) == [("", "too_large")]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + bytes(40), packed([("a.txt", TEXT)])[:-30], packed([])])
def test_a_broken_or_empty_archive_is_said_to_be_so(data: bytes) -> None:
    assert [name for name, code in named(data) if code] == [""]


def test_a_damaged_member_does_not_stop_the_rest() -> None:
    data = bytearray(packed([("a.txt", TEXT * 50), ("b.txt", TEXT)]))
    at = data.index(b"a.txt") + 12
    data[at : at + 8] = b"\xff" * 8
    assert named(bytes(data)) == [("a.txt", "malformed"), ("b.txt", "")]


def test_an_archive_goes_into_the_library_member_by_member(tmp_path: Path) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    (folder / "通知.zip").write_bytes(packed([("附件/分工.xlsx", renderings.xlsx(NOTICE)), ("通知.docx", renderings.docx(NOTICE)), ("坏.docx", b"PK\x03\x04x"), ("../外.txt", TEXT)]))
    seen: list[tuple[int, int]] = []
    with closing(Store.open(tmp_path / "library")) as store:
        report = add_files(store, [folder], lambda done, total, name: seen.append((done, total)))
        at = str(folder / "通知.zip")
        assert {(file.path, file.status, file.code) for file in report.files} == {
            (f"{at}!/附件/分工.xlsx", "added", ""), (f"{at}!/通知.docx", "added", ""), (f"{at}!/坏.docx", "rejected", "binary_file"), (f"{at}!/../外.txt", "rejected", "malformed"),
        }  # fmt: skip
        assert seen == [(0, 1), (1, 1)]
        found = {listing.name: facts(store.document(listing.id)) for listing in store.documents()}
        assert found == {"分工.xlsx": TABLE_FACTS, "通知.docx": EXPECTED}
        again = add_files(store, [folder])
        assert sorted(file.status for file in again.files) == ["rejected", "rejected", "unchanged", "unchanged"]
    assert not (tmp_path / "外.txt").exists()


# ---------------------------------------------------------------- mails


def test_a_mail_is_its_headings_and_its_text() -> None:
    source = read(mail(("台账.xlsx", b"x")), "来信.eml")
    assert source.text.startswith("关于报送防汛台账的通知\n发件人：区应急局 <a@example.cn>\n收件人：各镇 <b@example.cn>\n日期：Mon, 21 Apr 2025")
    assert source.text.endswith("联系人：王某，电话：0599-6012345。") and source.title == "关于报送防汛台账的通知" and "台账.xlsx" in source.notes[0].message
    assert [contact.value.value for contact in parse(mail(), "来信.eml").facts.contacts if contact.kind == "phone"] == ["0599-6012345"]


def test_a_mail_with_a_table_is_read_as_its_page() -> None:
    page = "<p>各镇：</p><table><tr><td>任务</td><td>牵头单位</td></tr><tr><td>排查隐患。</td><td>区应急局</td></tr></table>"
    document = parse(mail(html=page), "来信.eml")
    assert [(fact.task, fact.lead) for fact in facts(document)] == [("排查隐患。", ("区应急局",))]
    assert all(document.text[cell.span.start : cell.span.end] for cell in document.source.tables[0].cells)


def test_attachments_are_documents_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "来信.eml").write_bytes(mail(("../分工.xlsx", renderings.xlsx(NOTICE)), ("包.zip", zip_of(**{"a.txt": TEXT})), ("照片.dwg", b"x")))
    with closing(Store.open(tmp_path / "library")) as store:
        files = add_files(store, [tmp_path / "来信.eml"]).files
        at = str(tmp_path / "来信.eml")
        assert [(file.path, file.status) for file in files] == [
            (at, "added"), (f"{at}!/分工.xlsx", "added"), (f"{at}!/包.zip!/a.txt", "added"), (f"{at}!/照片.dwg", "rejected"),
        ]  # fmt: skip


def test_a_page_saved_with_its_parts() -> None:
    message = EmailMessage()
    message["Subject"] = "页"
    message.set_content(renderings.html(NOTICE).decode(), subtype="html")
    message.make_related()
    assert facts(parse(message.as_bytes(), "通知.mht")) == EXPECTED
    assert facts(parse(message.as_bytes(), "通知.doc")) == EXPECTED


@pytest.mark.parametrize("make", [
    lambda: b"", lambda: b"\x00" * 100, lambda: b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 5000,
    lambda: b"Content-Type: message/rfc822\n\n" * 3000, lambda: b"Content-Type: text/html; charset=nonsense\n\n<p></p>",
])  # fmt: skip
def test_hostile_mails_raise_parse_errors_only(make: Callable[[], bytes]) -> None:
    with pytest.raises(ParseError) as refusal:
        read(make(), "a.eml")
    assert refusal.value.remedy and isinstance(refusal.value, UnreadableDocument)
