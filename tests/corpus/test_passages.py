from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.boilerplate import footer_start, is_navigation
from corpus.duties import duties
from corpus.outline import outline
from corpus.passages import LIMIT, passages
from corpus.types import Cell, Passage, Section, Source, Span, Table

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
DOCUMENTS = sorted((SHARED / "corpus").glob("*.txt"))


def cut(text: str, *, tables: tuple[Table, ...] = ()) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    source = Source(text, "txt", tables=tables)
    sections = outline(source)
    return sections, passages(source, sections, duties(source, sections))


def texts(text: str, kind: str = "text") -> list[str]:
    return [p.span.of(text) for p in cut(text)[1] if p.kind == kind]


def check(text: str, sections: tuple[Section, ...], found: tuple[Passage, ...]) -> list[str]:
    """Passages are ordered, disjoint and within their section; give the stretches that lie in none."""
    left, at = [], 0
    for number, passage in enumerate(found):
        assert passage.ordinal == number
        assert at <= passage.span.start < passage.span.end <= len(text)
        assert passage.span.of(text) == passage.span.of(text).strip() != ""
        if passage.section >= 0:
            assert sections[passage.section].span.covers(passage.span)
        left.append(text[at : passage.span.start])
        at = passage.span.end
    left.append(text[at:])
    return [piece.strip() for piece in left if piece.strip()]


def test_a_passage_stays_within_its_section_and_carries_its_path() -> None:
    text = "前言一句。\n一、任务\n(一)甲。做好甲。\n(二)乙。做好乙。"
    sections, found = cut(text)
    assert [(p.kind, p.span.of(text), p.path) for p in found] == [
        ("text", "前言一句。", ()),
        ("heading", "一、任务", ("一、任务",)),
        ("text", "(一)甲。做好甲。", ("一、任务", "(一)甲")),
        ("text", "(二)乙。做好乙。", ("一、任务", "(二)乙")),
    ]
    assert check(text, sections, found) == []


def test_long_text_is_cut_at_sentence_ends() -> None:
    text = "一、任务\n" + "落实各项安全生产工作措施要求。" * 60
    parts = texts(text)
    assert len(parts) >= 3
    assert all(len(part) <= LIMIT and part.endswith("。") for part in parts)


def test_a_list_of_fields_on_one_line_is_cut_at_each_field() -> None:
    text = "一、目标\n道路交通领域:实现好转。消防领域:隐患动态清零。农业领域:加强排查。"
    assert texts(text) == ["一、目标\n道路交通领域:实现好转。", "消防领域:隐患动态清零。", "农业领域:加强排查。"]


def test_a_bracket_statement_is_never_cut() -> None:
    bracket = "(责任单位:各镇、街道;\n牵头部门:区委宣传部;\n" + "区应急局、" * 80 + "区公安局)"
    text = "1.学习。" + "组织观看学习。" * 40 + bracket + "\n2.乙。文。"
    assert any(bracket in part for part in texts(text))


def test_each_row_of_a_task_list_is_one_passage() -> None:
    text = "清单\n序号\n任务\n牵头单位\n完成时限\n1\n修订预案\n市应急局\n2025年3月\n2\n开展检查\n市水利局\n2025年5月\n"
    assert texts(text, "row") == ["修订预案\n市应急局\n2025年3月", "开展检查\n市水利局\n2025年5月"]


def test_a_table_without_duties_is_kept_as_table() -> None:
    text = "一、概况\n| 指标 | 数值 |\n| 企业 | 12家 |\n二、其他\n文。"
    cells = [Cell(r, c, Span(text.index(w), text.index(w) + len(w))) for r, c, w in ((0, 0, "指标"), (0, 1, "数值"), (1, 0, "企业"), (1, 1, "12家"))]
    table = Table(Span(text.index("|"), text.index("二、") - 1), tuple(cells))
    found = cut(text, tables=(table,))[1]
    assert [p.span.of(text) for p in found if p.kind == "table"] == ["指标 | 数值 |\n| 企业 | 12家"]


def test_the_block_of_labels_is_the_card_and_navigation_is_left_out() -> None:
    text = (
        "首页\n>政府信息公开>通知公告\n索引号 1234/2024-1\n发布机构 区应急局\n生成日期 2024-03-21\n某区实施方案\n\n一、目标\n做好工作。\n\n"
        "【打印本页】 【关闭窗口】"
    )
    sections, found = cut(text)
    assert [(p.kind, p.span.of(text)) for p in found][:2] == [
        ("card", "索引号 1234/2024-1\n发布机构 区应急局\n生成日期 2024-03-21"), ("text", "某区实施方案"),
    ]
    assert check(text, sections, found) == ["首页\n>政府信息公开>通知公告", "【打印本页】 【关闭窗口】"]


def test_empty_form_rows_are_left_out() -> None:
    text = "附件\n\n台账\n\n填报单位:\n\n序号\n\n隐患内容\n\n备注\n\n1\n\n\n\n2\n\n\n\n......\n\n情况小结:已整改。"
    sections, found = cut(text)
    assert check(text, sections, found) == ["1\n\n\n\n2\n\n\n\n......"]


def test_the_marks_before_a_heading_end_no_passage() -> None:
    text = "## 一、目标\n\n做好工作。\n\n## 二、措施\n\n(一)开展检查。\n\n**二、其他**\n文。"
    sections, found = cut(text)
    assert [p.span.of(text) for p in found] == ["一、目标\n\n做好工作。", "二、措施", "(一)开展检查。", "二、其他**\n文。"]
    assert set(check(text, sections, found)) <= {"##", "**"}


@pytest.mark.parametrize("line", ["【打印本页】 【关闭窗口】", "上一篇:某某", "Copyright @ 2013 All Rights Reserved", "推荐访问:", "某网 版权所有", "首页"])
def test_site_furniture_is_recognised(line: str) -> None:
    assert is_navigation(line)


@pytest.mark.parametrize("line", ["打印店消防安全检查", "首页建设要求完成。", "附件:任务清单", "各单位要认真落实。"])
def test_text_is_no_site_furniture(line: str) -> None:
    assert not is_navigation(line)


def test_a_footer_begins_with_its_first_line() -> None:
    text = "正文。\n\n推荐访问:\n上一篇:某某\n\nCopyright @ 2013"
    assert text[footer_start(text) :].startswith("推荐访问")
    assert footer_start("正文。") == 3


PIECES = st.sampled_from(
    ["一、", "二、", "(一)", "1.", "2.", "一是", "二是", "附件1", "附件:", "\n", "\n\n", " ", "。", ";", "加强领导", "内容,很长", "(责任单位:区应急局;\n牵头单位:区公安局)",
     "道路领域:", "序号\n任务\n牵头单位\n", "区住建局\n", "2024年底\n", "首页\n", "索引号 12\n", "（", "）", "3\n"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_passages_are_disjoint_and_within_sections_whatever_the_text(text: str) -> None:
    sections, found = cut(text)
    for piece in check(text, sections, found):
        assert all(len(line.strip()) <= 12 or is_navigation(line) for line in piece.split("\n"))


@pytest.mark.skipif(not DOCUMENTS, reason="the reference documents are not here")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:3])
def test_reference_documents_are_covered(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sections, found = cut(text)
    for piece in check(text, sections, found):
        lines = [line for line in piece.split("\n") if line.strip()]
        assert all(is_navigation(line) or len(line) <= 6 for line in lines)
    assert sum(len(p.span) > LIMIT for p in found) <= len(found) * 0.02
