"""Readers give the canonical text, and what the format itself marks points into it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentTooLarge, UnreadableDocument, UnsupportedFormat
from corpus.readers import MAX_BYTES, SUFFIXES, check_size, read

NOTICE = "关于开展检查的通知\n\n一、目标\n2025年底前完成。\n"


def page(body, head=""):
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def rows_of(table, text):
    return [(cell.row, cell.column, cell.span.of(text)) for cell in table.cells]


# ---------------------------------------------------------------- choosing a reader


@pytest.mark.parametrize("name", ["a.dwg", "a.mp4", "a", "txt", "a.txt.exe"])
def test_a_file_of_another_kind_is_refused_with_what_to_do(name):
    with pytest.raises(UnsupportedFormat) as refusal:
        read(NOTICE.encode(), name)
    assert refusal.value.code == "unsupported_format" and ".txt" in refusal.value.remedy


def test_suffixes_are_read_regardless_of_case():
    assert read(NOTICE.encode(), "通知.TXT").format == "plain"
    assert {".txt", ".md", ".html", ".htm"} <= set(SUFFIXES)


def test_a_file_over_the_limit_is_refused_naming_size_and_limit():
    with pytest.raises(DocumentTooLarge, match="50 MB"):
        check_size(MAX_BYTES + 1)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_pdf_in_disguise_is_refused_naming_what_it_is(suffix):
    with pytest.raises(UnreadableDocument, match="PDF"):
        read(b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "通知" + suffix)


# ---------------------------------------------------------------- plain text


def test_plain_text_is_kept_as_it_is():
    text = "\u2002标题 \t\n\n\u3000\u3000一、目标。\x0c\n\u200b末行 "
    assert read(text.encode(), "a.txt").text == text


def test_only_line_ends_and_the_mark_differ_from_the_file():
    source = read(("\ufeff" + NOTICE.replace("\n", "\r\n")).encode(), "a.txt")
    assert source.text == NOTICE
    assert read(NOTICE.replace("\n", "\r").encode(), "a.txt").text == NOTICE


def test_anchors_name_the_line_of_every_filled_line():
    source = read(NOTICE.encode(), "a.txt")
    lines = NOTICE.split("\n")
    assert [(a.line, source.text[a.start]) for a in source.anchors] == [(1, "关"), (3, "一"), (4, "2")]
    assert all(source.text.startswith(lines[a.line - 1], a.start) for a in source.anchors)


# ---------------------------------------------------------------- Markdown

MARKDOWN = """---
title: "检查方案"
文号: 某政发〔2024〕4号
---

# 关于检查的方案 #

一、目标
---------

## 二、任务
```
# 这不是标题
```

| 任务 | 牵头单位 |
|:-----|:--------:|
| 清零 | 区消防救援大队 |
| 甲\\|乙 |  |
完。

#不是标题
"""


def test_markdown_keeps_its_source_and_marks_its_headings():
    source = read(MARKDOWN.encode(), "a.md")
    assert source.text == MARKDOWN
    assert [(h.level, h.span.of(MARKDOWN)) for h in source.headings] == [(1, "关于检查的方案"), (2, "一、目标"), (2, "二、任务")]
    assert source.title == "检查方案"


def test_a_pipe_table_becomes_cells_with_their_places():
    source = read(MARKDOWN.encode(), "a.md")
    (table,) = source.tables
    assert rows_of(table, MARKDOWN) == [
        (0, 0, "任务"), (0, 1, "牵头单位"), (1, 0, "清零"), (1, 1, "区消防救援大队"), (2, 0, "甲\\|乙"), (2, 1, ""),
    ]  # fmt: skip
    assert [cell.header for cell in table.cells] == [True, True, False, False, False, False]
    assert table.span.of(MARKDOWN).startswith("| 任务") and table.span.of(MARKDOWN).endswith("|  |")


def test_a_pipe_table_needs_no_outer_pipes():
    text = "任务 | 时限\n--- | ---\n清零 | 2025年底\n"
    (table,) = read(text.encode(), "a.md").tables
    assert [span for _, _, span in rows_of(table, text)] == ["任务", "时限", "清零", "2025年底"]


@given(st.text(st.sampled_from("#|-:=` \n\\一1.安a~>")))
def test_any_markdown_gives_marks_inside_the_text(text):
    text = "安" + text
    source = read(text.encode(), "a.md")
    spans = [c.span for t in source.tables for c in t.cells] + [h.span for h in source.headings]
    assert source.text == text
    assert all(0 <= s.start <= s.end <= len(text) and "\n" not in s.of(text) for s in spans)


# ---------------------------------------------------------------- HTML


def test_a_page_gives_one_paragraph_a_line_with_entities_decoded():
    source = read(page("<p>&nbsp;　各镇(街道),\n各<b>有关</b>部门:</p><p>达到&lt;95%&gt;。<br>第二行</p>"), "a.html")
    assert source.text == "各镇(街道),\n各有关部门:\n达到<95%>。\n第二行".replace(",\n", ", ")


def test_a_line_wrap_inside_chinese_is_no_blank():
    assert read(page("<p>安全\n  生产 and\nwork</p>"), "a.html").text == "安全生产 and work"


def test_headings_keep_their_level():
    source = read(page("<h1>关于检查的方案</h1><h2>一、<span>目标</span></h2><p>完成。</p>"), "a.html")
    assert [(h.level, h.span.of(source.text)) for h in source.headings] == [(1, "关于检查的方案"), (2, "一、目标")]


def test_merged_cells_take_their_place_in_the_grid():
    body = (
        "<p>前文</p><table><tr><th rowspan=2>序号</th><th colspan=2>任务</th></tr><tr><th>内容</th><th>牵头单位</th></tr>"
        "<tr><td>1</td><td><p>清零</p><p>第二段</p></td><td></td></tr></table><p>后文</p>"
    )
    source = read(page(body), "a.html")
    assert source.text == "前文\n序号\n任务\n内容\n牵头单位\n1\n清零\n第二段\n后文"
    (table,) = source.tables
    assert rows_of(table, source.text) == [
        (0, 0, "序号"), (0, 1, "任务"), (1, 1, "内容"), (1, 2, "牵头单位"), (2, 0, "1"), (2, 1, "清零\n第二段"), (2, 2, ""),
    ]  # fmt: skip
    assert [(c.row_span, c.column_span, c.header) for c in table.cells][:3] == [(2, 1, True), (1, 2, True), (1, 1, True)]


def test_an_empty_last_cell_stays_inside_the_text():
    source = read(page("<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td></td></tr></table>"), "a.html")
    assert source.tables[0].cells[-1].span.end <= len(source.text)


def test_a_table_that_lays_out_the_page_is_no_table():
    body = "<table><tr><td>栏目</td><td><table><tr><td>任务</td><td>时限</td></tr><tr><td>清零</td><td>2025年底</td></tr></table></td></tr></table>"
    (table,) = read(page(body), "a.html").tables
    assert [cell.row for cell in table.cells] == [0, 0, 1, 1]


SITE = """<div class="header"><a href="/">首页</a><a>新闻</a><a>公开</a><a>互动</a></div>
<div class="dqwz">当前位置:<a>首页</a>&gt;<a>通知</a></div>
<form><table class="xxgk"><tr><td>索引号</td><td>113/2024-1</td><td>发布机构</td><td>某某局</td></tr></table>
<h1>关于开展检查的通知</h1><div class="share">分享到:<a>微信</a></div>
<div id="zoom"><p>正文第一段,说明检查的目的、范围、时间和要求,请认真执行。</p><p>附件:<a href="1.doc">1.任务清单.doc</a></p></div></form>
<ul><li><a>相关新闻一</a></li><li><a>相关新闻二</a></li><li><a>相关新闻三</a></li><li><a>相关新闻四</a></li></ul>
<p>【打印本页】 【关闭窗口】</p><div class="footer">版权所有:某某市人民政府</div>"""


def test_the_site_around_the_document_is_left_out_but_its_data_stay():
    source = read(page(SITE, "<title>关于开展检查的通知_某某市人民政府</title>"), "a.html")
    assert source.text.split("\n") == [
        "索引号", "113/2024-1", "发布机构", "某某局", "关于开展检查的通知",
        "正文第一段,说明检查的目的、范围、时间和要求,请认真执行。", "附件:1.任务清单.doc",
    ]  # fmt: skip
    assert source.title == "关于开展检查的通知"


def test_content_under_a_name_of_furniture_is_kept():
    body = "<div class='share-nav'>" + "<p>各部门要认真落实安全生产责任。</p>" * 5 + "</div>"
    assert read(page(body), "a.html").text.count("落实") == 5


def test_hidden_and_struck_text_is_no_evidence_and_is_noted():
    source = read(page("<p>保留</p><p style='display: none'>隐藏</p><p hidden>也隐藏</p><p><s>废止</s>有效</p>"), "a.html")
    assert source.text == "保留\n有效"
    assert [note.code for note in source.notes] == ["hidden_text"]


def test_numbers_of_a_numbered_list_are_printed_once():
    assert read(page("<ol start=3><li>甲项</li><li>乙项</li></ol><ol><li>1.丙项</li></ol>"), "a.html").text == "3.甲项\n4.乙项\n1.丙项"


def test_the_charset_of_the_meta_tag_is_used():
    html = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'></head><p>通知</p>"
    source = read(html.encode("gbk"), "a.html")
    assert (source.text, source.encoding) == ("通知", "gb18030")


def test_anchors_name_the_line_of_the_file():
    source = read("<html><body>\n<p>甲段</p>\n\n<p>乙段</p></body></html>".encode(), "a.html")
    assert [(a.start, a.line) for a in source.anchors] == [(0, 2), (3, 4)]


def test_text_without_tags_is_read_as_plain_text():
    assert read(NOTICE.encode(), "a.html").text == NOTICE


def test_a_page_without_text_is_refused():
    with pytest.raises(UnreadableDocument) as refusal:
        read(page("<script>document.write('安全')</script><p> </p>"), "a.html")
    assert refusal.value.code == "no_text"


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000 + "文", "<ul><li>文" * 50_000, "".join(f"<b a={i}><p>" for i in range(20_000)) + "文", "<span>" * 100_000 + "文",
     "<table><tr>" + "<td rowspan=65534 colspan=1000>文" * 500 + "<tr><td>文" * 500, "<" * 1_000_000 + "文", "<b " * 500_000 + "文",
     "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>" * 3000, "<!--" * 300_000 + "文", "<script>" * 100_000 + "文"],
    ids=["deep blocks", "deep lists", "styles", "deep spans", "huge cells", "angles", "open tags", "tables", "comments", "scripts"],
)  # fmt: skip
def test_hostile_pages_are_judged_in_seconds(html):
    started = time.monotonic()
    try:
        read(html.encode(), "a.html")
    except UnreadableDocument as refusal:
        assert refusal.code in ("malformed", "no_text")
    assert time.monotonic() - started < 10


@given(st.lists(st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td>", "<td rowspan=3>", "<th colspan=2>", "<p>", "</p>", "<h2>", "</h2>", "<a>", "</a>", "<br>",
     "安全", "牵头单位:", "索引号", "<div id=zoom>", "</div>", "<ol>", "<li>", "<pre>", "\n", "&nbsp;", "<caption>", "<div class=nav>", "<s>"]
)))  # fmt: skip
def test_any_page_gives_marks_inside_the_text(pieces):
    source = read(page("<p>安</p>" + "".join(pieces)), "a.html")
    text = source.text
    spans = [c.span for t in source.tables for c in t.cells] + [t.span for t in source.tables] + [h.span for h in source.headings]
    assert all(0 <= s.start <= s.end <= len(text) for s in spans)
    assert all(line.strip() == line and line for line in text.split("\n"))


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("color:#ffffff", False),
        ("color: rgb(255, 255, 255) !important", False),
        ("color:white;background:#1f4e79", True),
        ("color:#333", True),
        ("font-size:1px", False),
        ("font-size:0.9em", True),
        ("font-size:10.5pt", True),
        ("text-indent:-9999px", False),
        ("text-indent:-21.0pt;mso-char-indent-count:-2", True),
        ("position:absolute; left:-10000px", False),
        ("opacity:0", False),
        ("opacity:0.9", True),
        ("height:0;overflow:hidden", False),
        ("height:0", True),
        ("display:none", False),
    ],
)
def test_text_that_a_page_keeps_from_being_seen_is_no_evidence(style, seen):
    page = f"<title>通知</title><p>正文第一段写明任务。</p><p style='{style}'>第二段</p>"
    source = read(page.encode(), "a.html")
    assert ("第二段" in source.text) is seen
    assert [note.code for note in source.notes] == ([] if seen else ["hidden_text"])


def test_white_words_on_a_dark_cell_are_seen():
    page = "<table><tr style='background:#1f4e79'><td><span style='color:#fff'>任务名称</span></td><td>单位</td></tr><tr><td>甲</td><td>乙</td></tr></table><p>正文第一段。</p>"
    assert "任务名称" in read(page.encode(), "a.html").text
