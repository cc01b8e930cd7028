"""OFD: text by position, tables by their lines, what is hidden, damaged or not there."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.errors import ParseError, UnreadableDocument
from corpus.parse import parse
from corpus.readers import ofd
from corpus.readers.ofd_page import deltas, figures
from tests.corpus import paper
from tests.corpus.paper import Sheet
from tests.corpus.renderings import EXPECTED, NOTICE, facts

TEXT = "由区应急管理局牵头。"


def sheet(*texts: str, x: float = 39.2) -> Sheet:
    return Sheet([(x, 50.0 + 10 * n, 5.6, text) for n, text in enumerate(texts)])


def text_object(text: str, attributes: str = "", inner: str = "", x: float = 30, y: float = 120) -> str:
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 100 8" Font="1" Size="5.6" {attributes}>{inner}'
        f'<ofd:TextCode X="0" Y="5">{text}</ofd:TextCode></ofd:TextObject>'
    )


def test_every_duty_comes_out_of_the_ofd_of_a_notice() -> None:
    document = parse(paper.ofd(NOTICE), "通知.ofd")
    assert facts(document) == EXPECTED
    assert document.title == NOTICE[0].text and "— 2 —" not in document.text
    assert {a.page for a in document.source.anchors} == {1, 2, 3}


@pytest.mark.parametrize(
    ("stated", "count", "found"),
    [("5 6 7", 4, [5, 6, 7]), ("g 3 5.5", 4, [5.5] * 3), ("4 g 2 5 6", 9, [4, 5, 5, 6]), ("g 900000 5", 3, [5, 5, 5]), ("g", 3, []), (None, 3, [])],
)
def test_distances_may_be_listed_or_repeated(stated: str | None, count: int, found: list[float]) -> None:
    assert deltas(stated, count) == found


def test_a_path_gives_its_corners() -> None:
    assert list(figures("M 0 0 L 10 0 L 10 5 C M 1 1 L 2 2")) == [[(0, 0), (10, 0), (10, 5), (0, 0)], [(1, 1), (2, 2)]]
    assert list(figures("M 0 0 B 1 1 2 2 3 3")) == []


def test_hidden_text_is_no_evidence_and_is_reported() -> None:
    white = text_object("白色文字", inner='<ofd:FillColor Value="255 255 255"/>')
    extra = white + text_object("不显示的", 'Visible="false"') + text_object("页外文字", x=500) + text_object("极小文字", 'CTM="0.01 0 0 0.01 0 0"')
    source = ofd.read(paper.ofd_of([sheet(TEXT)], extra), "a.ofd")
    assert source.text == TEXT
    assert [(note.code, "16 个" in note.message) for note in source.notes] == [("hidden_text", True)]


def test_an_object_is_placed_by_its_matrix() -> None:
    source = ofd.read(paper.ofd_of([sheet(TEXT)], text_object("一、总体要求", 'CTM="2 0 0 2 0 0"', y=20)), "a.ofd")
    assert source.text == f"一、总体要求\n{TEXT}"
    assert source.anchors[0].box is not None and source.anchors[0].box[3] - source.anchors[0].box[1] == pytest.approx(2 * 5.6 * 72 / 25.4, abs=0.3)


def without(data: bytes, *names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
    return buffer.getvalue()


def test_what_is_damaged_is_refused_or_read_in_part() -> None:
    whole = paper.ofd(NOTICE)
    assert "任务分工表" not in ofd.read(without(whole, "Doc_0/Pages/Page_2/Content.xml"), "a.ofd").text.split("\n")[-1]
    for data, code in ((without(whole, "OFD.xml"), "malformed"), (b"", "empty_file"), (b"%PDF-1.4", "binary_file"), (whole[:900], "malformed")):
        with pytest.raises(UnreadableDocument) as refusal:
            ofd.read(data, "a.ofd")
        assert refusal.value.code == code and refusal.value.remedy


def test_names_that_lead_out_of_the_container_and_absurd_numbers_do_no_harm() -> None:
    data = paper.ofd_of([sheet(TEXT)], text_object("甲", 'CTM="nan 0 0 1e300 0 0"') + '<ofd:PathObject Boundary="0 0 1e99 1"/>')
    moved = data.replace(b"Pages/Page_0/", b"../../../../")
    assert ofd.read(data, "a.ofd").text.startswith(TEXT)
    with pytest.raises(ParseError):
        ofd.read(moved, "a.ofd")
