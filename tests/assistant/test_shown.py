"""What was read in a document is shown so that a person can check it."""

from __future__ import annotations

from assistant.cli.shown import lines_of

PLAN = """东江县危险房屋整治方案
东政发〔2024〕4号
一、重点任务
(一)排查危险房屋。由县住建局牵头,县应急局配合,2025年6月底前完成排查,排查率达到95%以上。
(二)拆除危险房屋。长期坚持,由县城管局牵头。
二、其他
《东江县危房管理办法》(东政发〔2019〕3号)同时废止。
东江县人民政府
2024年3月21日
"""


def shown(document, part):
    return "\n".join(lines_of(document, part))


def test_the_card_names_every_datum_in_chinese_and_what_was_read(document_of):
    text = shown(document_of(PLAN), "card")
    assert "文号: 东政发〔2024〕4号" in text and "成文日期: 2024-03-21" in text and "任务 2" in text
    assert "issued" not in text and "number" not in text


def test_the_outline_says_what_stands_under_each_heading(document_of):
    lines = list(lines_of(document_of(PLAN), "outline"))
    assert lines[0].startswith("一、重点任务") and any(line.startswith("  (一)排查危险房屋") and "任务 1" in line for line in lines)


def test_facts_come_with_units_days_and_place(document_of):
    text = shown(document_of(PLAN), "facts")
    assert "【任务】2 项" in text and "牵头: 县住建局" in text and "配合: 县应急局" in text
    assert "2025年6月底前 = 不晚于 2025-06-30" in text and "不低于 95%" in text
    assert "废止《东江县危房管理办法》东政发〔2019〕3号" in text


def test_a_document_without_facts_says_so(document_of):
    document = document_of("今天开会。")
    assert shown(document, "facts") == "没有读出事项" and shown(document, "outline") == "没有读出章节"
    assert shown(document, "text") == "今天开会。"
