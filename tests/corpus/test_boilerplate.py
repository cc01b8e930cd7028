from __future__ import annotations

import time

import pytest

from corpus.boilerplate import contents_spans
from corpus.outline import outline
from corpus.types import Source


@pytest.mark.parametrize("leader", ["", " ", " ........ ", "……", "……………… ", "\t"])
def test_contents_with_page_numbers_open_no_sections(leader: str) -> None:
    entries = ["1 总则", "1.1 编制目的", "1.2 适用范围", "2 组织体系"]
    pages = [f"{entry}{leader}{number}" if leader else entry for number, entry in enumerate(entries, 1)]
    body = "1 总则\n1.1 编制目的\n为了。\n1.2 适用范围\n全市。\n2 组织体系\n组成。"
    text = "预案\n目 录\n" + "\n".join(pages) + "\n" + body
    found = outline(Source(text, "txt"))
    assert [section.path[-1] for section in found] == entries
    assert found[0].span.start == text.index(body)


def test_contents_whose_titles_differ_from_the_text_end_where_the_count_begins_anew() -> None:
    text = "目录\n第一章 总体要求 1\n第二章 主要任务 3\n第一章 总 要求\n第二章 任务\n第一条 各单位负责。"
    assert [section.label for section in outline(Source(text, "txt"))] == ["第一章", "第二章", "第一条"]


def test_long_lines_of_dots_are_read_in_linear_time() -> None:
    started = time.process_time()
    contents_spans("目录\n" + "总则" + "." * 50_000)
    assert time.process_time() - started < 2
