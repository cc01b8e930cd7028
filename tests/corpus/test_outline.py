from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.outline import outline, section_at
from corpus.types import HeadingMark, Section, Source, Span

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
DOCUMENTS = sorted((SHARED / "corpus").glob("*.txt"))


def sections_of(text: str, **more: object) -> tuple[Section, ...]:
    return outline(Source(text, "txt", **more))  # type: ignore[arg-type]


def labels(text: str) -> list[str]:
    return [section.label for section in sections_of(text)]


def paths(text: str) -> list[tuple[str, ...]]:
    return [section.path for section in sections_of(text)]


def document(short: str) -> str:
    found = [path for path in DOCUMENTS if path.name.startswith(short)]
    if not found:
        pytest.skip("the reference documents are not here")
    return found[0].read_text(encoding="utf-8")


def test_four_families_nest_and_run_in_headings_end_at_the_stop() -> None:
    text = "一、主要任务\n(一)源头防。先说几句。\n1.强化管控。有效衔接。\n(1)细分。内容。\n2.落实纳管。内容。\n二、保障"
    assert paths(text) == [
        ("一、主要任务",),
        ("一、主要任务", "(一)源头防"),
        ("一、主要任务", "(一)源头防", "1.强化管控"),
        ("一、主要任务", "(一)源头防", "1.强化管控", "(1)细分"),
        ("一、主要任务", "(一)源头防", "2.落实纳管"),
        ("二、保障",),
    ]


def test_a_section_ends_before_the_marks_of_the_next_heading() -> None:
    text = "## 一、任务\n做好工作。\n\n## 二、奖惩\n(一)通报。\n(二)连续两年不合格的,约谈。\n\n## 三、其他\n文。"
    assert [section.span.of(text)[-4:] for section in sections_of(text)] == ["好工作。", ",约谈。", ")通报。", ",约谈。", "他\n文。"]


def test_full_width_and_ascii_marks_give_the_same_outline() -> None:
    narrow = "一、任务\n(一)甲。内容。\n1.乙。内容。\n(二)丙。内容。"
    wide = "一、任务\n（一）甲。内容。\n１．乙。内容。\n（二）丙。内容。"
    assert [s.number for s in sections_of(narrow)] == [s.number for s in sections_of(wide)]
    assert [s.title for s in sections_of(narrow)] == [s.title for s in sections_of(wide)]


def test_headings_in_mid_line_count_when_the_sequence_fits() -> None:
    text = "一、目标 通过三年整治,好转。\n\n二、主要任务和措施 (一)集中学习宣传教育 1.集中观看学习。2020年底前,观看。"
    assert paths(text)[-1] == ("二、主要任务和措施", "(一)集中学习宣传教育", "1.集中观看学习")


def test_an_attachment_title_ends_where_the_first_heading_begins() -> None:
    text = "正文。\n附件3:\n危险化学品安全专项整治 三年行动实施方案 一、整治目标 通过三年,好转。\n二、主要任务\n内容。"
    first = sections_of(text)[0]
    assert (first.family, first.number, first.title) == ("attachment", 3, "危险化学品安全专项整治三年行动实施方案")
    assert [s.attachment for s in sections_of(text)] == [3, 3, 3]


def test_an_announced_attachment_begins_where_its_title_is_repeated() -> None:
    text = "一、要求\n做好。\n附件:任务清单\n\n任务清单\n\n一、甲\n内容。"
    kinds = [(s.family, s.label) for s in sections_of(text)]
    assert kinds == [("cn", "一、"), ("attachment", "附件"), ("cn", "一、")]


def test_a_list_of_announced_attachments_is_no_heading() -> None:
    text = "一、要求\n做好。\n附件:1.任务清单\n2.责任分工表\n\n某局\n2024年1月2日\n\n附件1\n任务清单\n一、甲\n内容。\n附件2\n责任分工表\n内容。"
    assert [(s.family, s.number) for s in sections_of(text)] == [("cn", 1), ("attachment", 1), ("cn", 1), ("attachment", 2)]


def test_a_regulation_has_chapters_articles_and_items() -> None:
    text = (
        "某市消防条例\n\n第一章 总则\n第一条 为了预防火灾,制定本条例。\n第二条 本市行政区域内适用本条例。\n第二章 责任\n"
        "第三条 单位应当履行下列职责:\n(一)制定制度;\n(二)开展检查;\n第三条之一 个人应当配合。\n第四条 违反第三条规定的,处罚。"
    )
    found = sections_of(text)
    assert [s.label for s in found] == [
        "第一章", "第一条", "第二条", "第二章", "第三条", "(一)", "(二)", "第三条之一", "第四条",
    ]
    assert found[5].path == ("第二章 责任", "第三条", "(一)制定制度")
    assert not any(s.notes for s in found)


def test_a_decimal_outline_of_an_emergency_plan_is_read() -> None:
    text = "1 总则\n1.1 编制目的\n为了应对。\n1.2 适用范围\n全市。\n2 组织体系\n2.1 指挥部\n组成如下。\n2.1.1 职责\n指挥。"
    assert [s.path[-1] for s in sections_of(text)] == [
        "1 总则", "1.1 编制目的", "1.2 适用范围", "2 组织体系", "2.1 指挥部", "2.1.1 职责",
    ]
    assert [s.level for s in sections_of(text)] == [1, 2, 2, 1, 2, 3]


@pytest.mark.parametrize(
    "sentence",
    ["浓度不超过0.0025毫克。", "2024.5.1施行。", "1.5倍以上。", "按1、2、3、4级划分。", "一、二级企业达标。", "(一)、(二)项规定的情形。", "统一是原则。"],
)
def test_figures_and_references_are_no_headings(sentence: str) -> None:
    assert labels(f"一、要求\n{sentence}\n二、其他\n内容。") == ["一、", "二、"]


def test_numbers_may_run_on_through_groups() -> None:
    text = "一、甲\n(一)组\n1.子。文。\n2.丑。文。\n(二)组\n3.寅。文。\n4.卯。文。"
    assert [s.notes for s in sections_of(text)] == [()] * 7


def test_an_outer_numbering_goes_on_after_a_box_with_its_own() -> None:
    text = "一、甲\n(一)组\n1.子。文。\n2.丑。文。\n专栏\n1.盒。文。\n2.箱。文。\n3.柜。文。\n(二)组\n3.寅。文。\n4.卯。文。"
    assert [s.label for s in sections_of(text)] == ["一、", "(一)", "1.", "2.", "1.", "2.", "3.", "(二)", "3.", "4."]
    assert not any(s.notes for s in sections_of(text))


def test_the_end_of_a_broken_bracket_is_no_lost_heading() -> None:
    text = "(一)甲。颗粒物(PM\n2.5\n)浓度下降。\n(二)乙。见附件(第\n2)项。"
    assert labels(text) == ["(一)", "(二)"]


def test_a_skipped_number_is_flagged_and_kept() -> None:
    found = sections_of("一、甲\n1.子。文。\n2.丑。文。\n4.卯。文。")
    assert found[-1].label == "4."
    assert [note.code for note in found[-1].notes] == ["number_skipped"]
    assert "3." in found[-1].notes[0].message


def test_lost_numbers_are_read_from_the_sequence_and_kept_as_printed() -> None:
    text = (
        "一、指导思想\n\n深入学习,确保形势持续稳定向好。\n\n、工作任务\n\n主要任务如下:\n\n查思想,压实责任。\n\n1.重视。要研究部署工作。\n\n"
        "(二)找隐患,排查。\n\n内容很多。\n\n)依法惩,执法。\n\n1.保障。健全执法体系理顺执法机制。"
    )
    found = sections_of(text)
    lost = {s.title: s.notes[0].reading for s in found if s.notes}
    assert lost == {"工作任务": "二、", "查思想,压实责任": "(一)", "依法惩,执法": "(三)"}


def test_a_run_enumeration_lies_below_its_item_and_ends_with_the_paragraph() -> None:
    text = "1.甲。一是做这个;\n二是做那个。\n另起一段。\n2.乙。文。"
    found = sections_of(text)
    assert [(s.family, s.number, s.level) for s in found] == [("arabic", 1, 1), ("run", 1, 2), ("run", 2, 2), ("arabic", 2, 1)]
    assert text[found[2].span.start : found[2].span.end] == "二是做那个。"


def test_a_phase_heading_ends_with_its_time() -> None:
    found = sections_of("(一)动员阶段(2020年5月)。制定方案。\n(二)实施阶段(2020年6月-2021年12月)按照行动计划,认真组织实施。")
    assert [s.title for s in found] == ["动员阶段(2020年5月)", "实施阶段(2020年6月-2021年12月)"]


def test_a_single_first_of_a_run_is_no_enumeration() -> None:
    assert labels("1.甲。一是要做。\n2.乙。文。") == ["1.", "2."]


def test_an_enumeration_of_the_preamble_does_not_stand_beside_the_headings() -> None:
    text = "会议指出三个问题:一是甲;二是乙。\n会议议定:\n一、关于子。一是快;二是好。\n二、关于丑。文。"
    assert [(s.label, s.level) for s in sections_of(text)] == [("一、", 1), ("一是", 2), ("二是", 2), ("二、", 1)]


def test_a_speech_of_enumerated_paragraphs_alone_keeps_them() -> None:
    assert labels("一是加强领导。要重视。\n二是抓好落实。要快。") == ["一是", "二是"]


def test_marked_headings_enclose_plain_ones_and_keep_their_numbers() -> None:
    text = "工作方案\n二、主要任务\n(一)甲。文。\n1.乙。文。\n保障措施\n文。"
    headings = (HeadingMark(Span(0, 4), 1), HeadingMark(Span(5, 11), 2), HeadingMark(Span(text.index("保障"), text.index("保障") + 4), 2))
    found = sections_of(text, headings=headings)
    assert [(s.family, s.path[-1], s.level) for s in found] == [
        ("markup", "工作方案", 1), ("cn", "二、主要任务", 2), ("cn_paren", "(一)甲", 3), ("arabic", "1.乙", 4), ("markup", "保障措施", 2),
    ]


def test_a_table_of_contents_opens_no_sections() -> None:
    text = "目录\n第一章 总则\n第二章 职责\n第一章 总则\n第一条 为了安全,制定。\n第二章 职责\n第二条 各单位负责。"
    assert labels(text) == ["第一章", "第一条", "第二章", "第二条"]


def test_a_work_report_mixes_titles_that_break_after_the_number() -> None:
    text = "一、工作回顾\n(一)\n经济平稳增长 1.工业向好。增长5%。\n2.投资扩大。增长6%。\n二、工作安排\n内容。"
    assert paths(text)[2] == ("一、工作回顾", "(一)经济平稳增长", "1.工业向好")


def test_section_at_finds_the_innermost_section() -> None:
    text = "前言。\n一、甲\n1.乙。文字。\n二、丙\n文。"
    found = sections_of(text)
    assert section_at(found, 0) == -1
    assert found[section_at(found, text.index("文字"))].label == "1."
    assert found[section_at(found, text.index("丙"))].label == "二、"


def check_nesting(text: str, found: tuple[Section, ...]) -> None:
    for index, section in enumerate(found):
        assert section.index == index
        assert Span(0, len(text)).covers(section.span)
        assert section.span.covers(section.heading)
        assert section.heading.end <= section.body.start <= section.body.end <= section.span.end
        if index:
            assert found[index - 1].span.start <= section.span.start
        if section.parent >= 0:
            assert section.parent < index
            assert found[section.parent].span.covers(section.span)
    for earlier, later in zip(found, found[1:], strict=False):
        if earlier.parent == later.parent:
            assert earlier.span.end <= later.span.start


PIECES = st.sampled_from(
    ["一、", "二、", "三、", "(一)", "(二)", "（三）", "1.", "2.", "3、", "(1)", "①", "一是", "二是", "第一章", "第二条", "附件1", "附件:", "\n", "\n\n",
     " ", "。", ";", "总体要求", "加强领导", "2024年", "内容,很长", "责任单位:", "、", ")", "目录", "1.1 ", "2.1 ", "1 总则\n", "2 体系\n", "第一部分", "A.", "b)", "问:", "答:", "附录A", "?", "**", "## ", "序号\n任务\n牵头单位\n"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_sections_nest_whatever_the_text(text: str) -> None:
    check_nesting(text, sections_of(text))


@pytest.mark.parametrize("unit", ["（", "第一一一", "(一)\n", "1.", "一、\n", "附件\n", "一是", "\n", " ", "序号\n"])
def test_hostile_repetition_is_read_in_linear_time(unit: str) -> None:
    started = time.process_time()
    sections_of(unit * (50_000 // len(unit)))
    assert time.process_time() - started < 5


@pytest.mark.skipif(not DOCUMENTS, reason="the reference documents are not here")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:3])
def test_reference_documents_nest(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    check_nesting(text, sections_of(text))


def test_the_bundle_has_its_twelve_attachments_with_all_parts_and_items() -> None:
    found = sections_of(document("002"))
    tops = [s for s in found if s.family == "attachment"]
    assert [s.number for s in tops] == list(range(1, 13))
    items = {n: [] for n in range(1, 13)}  # type: dict[int, list[int]]
    for section in found:
        if section.family == "cn_paren" and section.attachment:
            items[section.attachment].append(sum(s.parent == section.index and s.family == "arabic" for s in found))
    assert items[1] == [5, 2, 3, 5, 2, 4]
    assert items[2] == [3, 4, 3, 4]
    assert items[3] == [5, 5, 2, 3, 4, 0, 0]
    assert items[4][-7:] == [5, 3, 4, 5, 8, 4, 3]
    assert items[5] == [2, 7, 3, 1, 0]
    assert items[6] == [5, 6, 2, 2, 3, 0, 3, 2]
    assert items[7] == [5, 2, 4, 5, 0, 0, 0, 0, 0]
    assert items[8] == [3, 3, 6, 10, 3, 7]
    assert items[9][4:10] == [4, 4, 3, 2, 3, 4]
    assert items[12] == [3, 0, 0, 2, 0]
    assert {n: sum(s.family == "cn" and s.attachment == n for s in found) for n in range(1, 13)} == {
        1: 2, 2: 2, 3: 2, 4: 3, 5: 2, 6: 2, 7: 5, 8: 2, 9: 5, 10: 5, 11: 2, 12: 2,
    }


@pytest.mark.parametrize(("short", "count"), [("000", 14), ("003", 21)])
def test_running_items_are_complete(short: str, count: int) -> None:
    found = [s for s in sections_of(document(short)) if s.family == "arabic"]
    assert [s.number for s in found][-count:] == list(range(1, count + 1))
    assert all(s.title for s in found)


def test_the_damaged_document_keeps_its_headings_with_readings() -> None:
    found = sections_of(document("004"))
    assert [n.reading for s in found for n in s.notes if n.code == "number_lost"] == ["二、", "(一)", "(二)", "(五)", "三、", "(二)", "(三)"]
