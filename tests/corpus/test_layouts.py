"""Layouts of pages as glyphs and rules: tables with and without lines, merged cells, footnotes, pages that go on."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.layout import doubtful, shown_pages, source_of
from corpus.readers.pages import ASCENT, DESCENT, Glyph, Page, Rule
from corpus.readers.ruled import grids
from corpus.types import Source

WIDTH, HEIGHT = 595.0, 842.0


def printed(text: str, x: float, y: float, size: float = 14, sure: float = 1.0) -> list[Glyph]:
    """Print a text whose base line begins at (x, y)."""
    found = []
    for character in text:
        step = size * (0.5 if character.isascii() else 1.0)
        found.append(Glyph(character, x, y - ASCENT * size, x + step, y + DESCENT * size, size, sure))
        x += step
    return found


def page(*texts: tuple[str, float, float] | tuple[str, float, float, float], rules: Sequence[Rule] = (), number: int = 1) -> Page:
    return Page(number, WIDTH, HEIGHT, tuple(glyph for text in texts for glyph in printed(*text)), tuple(rules))


def cells(source: Source, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.span.of(source.text)) for c in source.tables[table].cells]


def box(*xs: float, ys: Sequence[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


# ---------------------------------------------------------------- ruled tables


def test_a_missing_line_makes_one_cell_of_two() -> None:
    rules = [Rule(50, 100, 350, 100), Rule(150, 140, 350, 140), Rule(50, 180, 350, 180), Rule(50, 100, 50, 180), Rule(150, 100, 150, 180), Rule(250, 140, 250, 180), Rule(350, 100, 350, 180)]
    (grid,) = grids(rules)
    assert [(c.row, c.column, c.row_span, c.column_span) for c in grid.cells] == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]


def test_a_table_that_is_open_at_its_sides_is_one() -> None:
    rules = [*(Rule(50, y, 350, y) for y in (100, 140, 180)), Rule(150, 100, 150, 180)]
    (grid,) = grids(rules)
    assert len(grid.cells) == 4 and grid.box.x0 == 50 and grid.box.x1 == 350


def test_a_frame_and_a_line_are_no_table() -> None:
    assert grids(box(50, 350, ys=(100, 180))) == []
    assert grids([Rule(50, 100, 350, 100)]) == []


def rows(*texts: tuple[str, ...], top: float = 60, number: int = 1) -> Page:
    """A page with a table of three columns, each row 30 points high."""
    ys = [top + 30 * n for n in range(len(texts) + 1)]
    words = [(text, (55.0, 105.0, 305.0)[column], ys[row] + 20, 12.0) for row, line in enumerate(texts) for column, text in enumerate(line) if text]
    return page(*words, rules=box(50, 100, 300, 500, ys=ys), number=number)


def test_a_table_goes_on_over_the_page_without_its_repeated_header() -> None:
    header = ("序号", "任务", "责任单位")
    source = source_of([rows(header, ("1", "排查隐患", "区应急局"), number=1), rows(header, ("2", "整治隐患", "区住建局"), number=2)], "pdf")
    assert [text for *_, text in cells(source)] == ["序号", "任务", "责任单位", "1", "排查隐患", "区应急局", "2", "整治隐患", "区住建局"]
    assert [c.header for c in source.tables[0].cells][:4] == [True, True, True, False]
    assert source.page_at(source.text.index("整治")) == 2


def test_a_row_that_the_page_end_tore_is_one_row() -> None:
    first = rows(("序号", "任务", "责任单位"), ("1", "排查隐患，建立", "区应急局"), ("2", "整治隐患，逐项", "区住建局"))
    source = source_of([first, rows(("", "销号。", ""), ("3", "通报情况", "区督查室"), number=2)], "pdf")
    assert [text for row, *_, text in cells(source) if row == 2] == ["2", "整治隐患，逐项销号。", "区住建局"]
    assert [text for row, *_, text in cells(source) if row == 3] == ["3", "通报情况", "区督查室"]


def test_two_tables_with_text_between_them_stay_two() -> None:
    text = page(("一、以上为第一张表，以下为第二张表。", 50, 60), number=2)
    below = rows(("4", "复核", "区审计局"), top=100, number=2)
    second = Page(2, WIDTH, HEIGHT, text.glyphs + below.glyphs, below.rules)
    source = source_of([rows(("1", "排查", "区应急局")), second], "pdf")
    assert len(source.tables) == 2


# ---------------------------------------------------------------- tables without lines


def test_columns_without_lines_are_a_table_and_a_wrapped_cell_is_one() -> None:
    words = [("序号", 70, 100), ("工作任务", 110, 100), ("责任单位", 310, 100), ("完成时限", 420, 100)]
    words += [("1", 70, 124), ("开展全面排查", 110, 124), ("区消防救援大队", 310, 124), ("6月底前", 420, 124)]
    words += [("2", 70, 148), ("核查消防水源和通道并建立", 110, 148), ("区住建局", 310, 148), ("7月底前", 420, 148), ("台账", 110, 172)]
    words += [("3", 70, 196), ("抽检质量", 110, 196), ("区市场监管局", 310, 196), ("8月底前", 420, 196)]
    source = source_of([page(*words, ("以上任务由区安委办负责督促落实，每月通报一次进展情况。", 98, 250))], "pdf")
    assert [text for row, *_, text in cells(source) if row == 2] == ["2", "核查消防水源和通道并建立台账", "区住建局", "7月底前"]
    assert source.text.endswith("\n以上任务由区安委办负责督促落实，每月通报一次进展情况。")


def test_three_columns_of_running_text_are_no_table() -> None:
    words = [(f"{name}栏第{n}行的文字写满", x, 100.0 + 20 * n) for n in range(8) for name, x in (("左", 50.0), ("中", 230.0), ("右", 410.0))]
    source = source_of([page(*words)], "pdf")
    assert not source.tables
    assert source.text.index("左栏第7行") < source.text.index("中栏第0行") < source.text.index("中栏第7行") < source.text.index("右栏第0行")


# ---------------------------------------------------------------- footnotes


def test_a_footnote_stands_behind_the_paragraph_that_goes_on() -> None:
    full = "各镇人民政府要按照属地管理要求把工作任务①逐级分解到村到户并按"
    words = [("一、任务分工", 98, 72), (full[:30], 98, 100), (full[:32], 70, 128), ("① 工作任务指附件所列任务。", 70, 770, 9)]
    first = page(*words, rules=[Rule(70, 755, 200, 755)])
    second = page(("核内容，结果报区政府。", 70, 100), ("二、组织领导", 98, 128), ("由区安委办牵头。", 98, 156), number=2)
    lines = source_of([first, second], "pdf").text.split("\n")
    assert lines == ["一、任务分工", full[:30] + full[:32] + "核内容，结果报区政府。", "① 工作任务指附件所列任务。", "二、组织领导", "由区安委办牵头。"]


# ---------------------------------------------------------------- how sure


def test_a_page_that_was_hard_to_recognise_is_noted_with_its_place() -> None:
    def seen(text: str, sure: float, number: int) -> Page:
        return Page(number, WIDTH, HEIGHT, tuple(printed(text, 80, 100, sure=sure)), (), True)

    source = source_of([seen("由区财政局牵头。", 0.98, 1), seen("由区民政局配合。", 0.71, 2)], "image")
    (note,) = doubtful(source)
    assert note.code == "ocr_doubtful" and "第 2 页" in note.message and note.span.of(source.text) == "由区民政局配合。"


def test_page_numbers_are_printed_as_runs() -> None:
    assert shown_pages([1, 2, 3, 7]) == "第 1—3、7 页" and shown_pages([5]) == "第 5 页"


# ---------------------------------------------------------------- whatever stands on a page

glyphs = st.builds(
    lambda text, x, y, size: printed(text, x, y, size),
    st.text("甲乙。（1 a", min_size=1, max_size=12), st.floats(-50, 650), st.floats(-50, 900), st.floats(0.5, 60),
)  # fmt: skip
lines = st.builds(lambda x, y, length, flat: Rule(x, y, x + length, y) if flat else Rule(x, y, x, y + length), st.integers(0, 590), st.integers(0, 840), st.integers(1, 600), st.booleans())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(glyphs, max_size=12), st.lists(lines, max_size=14)), min_size=1, max_size=3))
def test_no_layout_fails_and_no_character_is_lost_or_doubled(drawn: list[tuple[list[list[Glyph]], list[Rule]]]) -> None:
    pages = [Page(n, WIDTH, HEIGHT, tuple(g for run in runs for g in run), tuple(rules)) for n, (runs, rules) in enumerate(drawn, 1)]
    source = source_of(pages, "pdf")
    shown = sorted("".join(source.text.split()))
    whole = sorted("".join(g.text for p in pages for g in p.glyphs if not g.text.isspace()))
    # Page numbers and repeated titles are left out, so that the text may hold less; never more.
    rest = list(whole)
    for character in shown:
        rest.remove(character)
    assert all(0 <= a.start <= len(source.text) for a in source.anchors)
    assert all(0 <= c.span.start <= c.span.end <= len(source.text) for t in source.tables for c in t.cells)
