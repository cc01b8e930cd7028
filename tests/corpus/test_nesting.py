from __future__ import annotations

from corpus.outline import outline
from corpus.types import Source


def tree(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.path[-1]) for section in outline(Source(text, "txt"))]


def test_a_plan_of_decimals_encloses_every_other_numbering() -> None:
    text = "1 总则\n1.1 目的\n为了。\n2 体系\n2.1 职责\n（一）甲局：负责。\n（二）乙局：负责。\n2.2 人员\n一、子。\n二、丑。\n3 附则\n解释。"
    assert tree(text) == [
        (1, "1 总则"), (2, "1.1 目的"), (1, "2 体系"), (2, "2.1 职责"), (3, "（一）甲局"), (3, "（二）乙局"), (2, "2.2 人员"),
        (3, "一、子"), (3, "二、丑"), (1, "3 附则"),
    ]


def test_chapters_of_a_plan_count_on_after_text_and_without_sections() -> None:
    text = "1 总则\n1.1 目的\n为了。\n2 响应\n响应分为四级。\n2.1 Ⅳ级响应\n（1）会商；\n（2）报告。\n2.2 Ⅲ级响应\n（1）会商。\n3 信息报告\n电话报告。"
    assert tree(text) == [
        (1, "1 总则"), (2, "1.1 目的"), (1, "2 响应"), (2, "2.1 Ⅳ级响应"), (3, "（1）会商"), (3, "（2）报告"), (2, "2.2 Ⅲ级响应"),
        (3, "（1）会商"), (1, "3 信息报告"),
    ]


def test_a_list_inside_a_dotted_plan_opens_no_chapters() -> None:
    text = "1. 总则\n1.1 范围\n1.全市。\n2.全县。\n3.全区。\n2. 体系\n2.1 机构\n2.1.1 办公室\n负责。\n2.1.2 专家组\n咨询。\n3. 附则\n解释。"
    assert tree(text) == [
        (1, "1. 总则"), (2, "1.1 范围"), (3, "1.全市"), (3, "2.全县"), (3, "3.全区"), (1, "2. 体系"), (2, "2.1 机构"),
        (3, "2.1.1 办公室"), (3, "2.1.2 专家组"), (1, "3. 附则"),
    ]


def test_numbers_without_blanks_before_their_titles_count_too() -> None:
    text = "1总则\n1.1编制目的\n甲。\n2职责\n2.1机构\n丙。\n5月底前完成\n3附则\n戊。"
    assert [title for _, title in tree(text)] == ["1 总则", "1.1 编制目的", "2 职责", "2.1 机构", "3 附则"]


def test_decimals_inside_items_stay_below_them() -> None:
    text = "一、要求\n(一)甲\n1.子\n1.1 一。文\n1.2 二。文\n2.丑\n2.1 三。文\n(二)乙\n文\n二、其他\n文"
    assert [level for level, _ in tree(text)] == [1, 2, 3, 4, 4, 3, 4, 2, 1]


def test_decimals_below_chinese_numbers_enclose_bracketed_ones() -> None:
    text = "一、总则\n1.1 目的\n（一）甲。\n（二）乙。\n1.2 范围\n文。\n二、职责\n2.1 机构\n文。"
    assert [level for level, _ in tree(text)] == [1, 2, 3, 3, 2, 1, 2]


def test_a_plan_that_follows_its_notice_counts_on_its_own() -> None:
    text = "请执行。\n一、加强领导。\n二、抓好落实。\n\n某市预案\n1 总则\n1.1 目的\n文。\n2 体系\n2.1 甲\n一、子局。\n二、丑局。\n3 附则\n文。"
    assert [level for level, _ in tree(text)] == [1, 1, 1, 2, 1, 2, 3, 3, 1]


def test_bracketed_numbers_that_begin_anew_in_every_item_lie_below_it() -> None:
    text = "一、任务\n1.甲\n(一)子。文。\n(二)丑。文。\n2.乙\n(一)寅。文。\n(二)卯。文。\n二、保障\n1.丙。文\n(一)辰。\n(二)巳。"
    assert [level for level, _ in tree(text)] == [1, 2, 3, 3, 2, 3, 3, 1, 2, 3, 3]


def test_letters_and_half_brackets_lie_below_numbers() -> None:
    text = "1.甲\n1）子；\n2）丑。\n①红；②绿。\n2.乙\nA.寅。\nB.卯。\n二、其他\nA类单位要做好。\nB.孤立。"
    assert tree(text)[:7] == [(1, "1.甲"), (2, "1）子"), (2, "2）丑"), (3, "①红"), (3, "②绿"), (1, "2.乙"), (2, "A.寅")]
    assert "B.孤立" not in [title for _, title in tree(text)]


def test_parts_enclose_everything_below() -> None:
    text = "第一部分 总体要求\n一、甲\n文。\n二、乙\n文。\n第二部分：重点任务\n一、丙\n文。"
    assert tree(text) == [(1, "第一部分 总体要求"), (2, "一、甲"), (2, "二、乙"), (1, "第二部分 重点任务"), (2, "一、丙")]
