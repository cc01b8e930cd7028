from __future__ import annotations

import time

from corpus.attachments import find_attachments
from corpus.outline import outline
from corpus.types import Source


def tops(text: str) -> list[tuple[str, int | None, str]]:
    return [(s.label, s.number, s.title) for s in outline(Source(text, "txt")) if s.family == "attachment"]


def test_appendices_by_letter_and_tables_open_on_their_own_lines() -> None:
    text = "1 总则\n1.1 目的\n文。\n附录A\n名词解释\n甲是指乙。\n附录B\n通讯录\n电话。\n附表1\n物资表\n内容。"
    assert tops(text) == [("附录A", 1, "名词解释"), ("附录B", 2, "通讯录"), ("附表1", 1, "物资表")]


def test_an_appendix_with_its_title_on_one_line_opens_where_sentences_follow() -> None:
    text = "一、要求\n文。\n附录A 名词解释\n甲是指乙。\n附录B 职责分工\n丙负责。"
    assert tops(text) == [("附录A", 1, "名词解释"), ("附录B", 2, "职责分工")]


def test_titles_that_only_announce_open_nothing() -> None:
    assert tops("一、要求\n文。\n附件1 任务清单\n附件2 分工表\n\n某市人民政府\n2024年1月2日") == []


def test_entries_of_the_contents_are_no_appendices() -> None:
    text = "目录\n1 总则 ..... 1\n1.1 目的 ..... 1\n附录A 流程图 ..... 9\n1 总则\n1.1 目的\n文。\n附录A 流程图\n先报告。后处置。"
    assert tops(text) == [("附录A", 1, "流程图")]


def test_many_appendices_in_contents_are_read_in_linear_time() -> None:
    started = time.process_time()
    find_attachments("附录A 流程图 ..... 9\n" * 4_000)
    assert time.process_time() - started < 3
