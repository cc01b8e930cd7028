"""Pages of government sites in the shapes they come in: of each only the document and its data are kept."""

from __future__ import annotations

import pytest

from corpus.parse import parse
from corpus.readers import read

DOCUMENT = (
    "<p>各镇人民政府：</p><p>　　为做好防汛工作，现通知如下。</p><p>一、重点任务</p><p>主办单位：各镇负责。</p>"
    "<table><tr><td>具体任务</td><td>牵头单位</td></tr><tr><td>排查隐患。</td><td rowspan=2>区应急局</td></tr><tr><td>整改隐患。</td></tr></table>"
    "<p>云泊区应急管理局</p><p>2025年4月18日</p>"
)
LINES = ["各镇人民政府：", "为做好防汛工作，现通知如下。", "一、重点任务", "主办单位：各镇负责。", "具体任务", "牵头单位", "排查隐患。", "区应急局", "整改隐患。", "云泊区应急管理局", "2025年4月18日"]
TITLE = "关于开展防汛检查的通知"
TOP = '<div class="top">无障碍 | <a href="#">登录</a> | <a href="#">注册</a></div>'
PATH = '<div>您现在的位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 通知公告</div>'
ABOUT = '<div><span>来源：区应急局</span><span>发布时间：2025-04-18 10:20</span><span>浏览次数：123</span><span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span><span>【<a>打印</a>】</span></div>'
BOTTOM = (
    "<div>分享到：<a>微信</a><a>微博</a></div><div>上一篇：<a>关于甲的通知</a></div><h3>相关链接</h3><ul><li><a>甲</a></li><li><a>乙</a></li><li><a>丙</a></li><li><a>丁</a></li></ul>"
    "<p>主办单位：云泊区人民政府办公室 承办：区大数据局</p><p>网站标识码：3500000001 闽ICP备05000001号</p><p>联系电话：0599-1234567 <a>网站地图</a></p>"
)
LAYOUT = "<table><tr><td><table><tr><td><a>首页</a></td><td><a>概况</a></td><td><a>公开</a></td></tr></table></td></tr><tr><td>{}</td></tr><tr><td>{}</td></tr></table>"


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}_云泊区人民政府</title></head><body>{body}</body></html>".encode()


SHAPES = {
    "divisions without names": (TOP + PATH + f"<div>{TITLE}</div>" + ABOUT + f"<div>{DOCUMENT}</div>" + BOTTOM, ["来源：区应急局 发布时间：2025-04-18 10:20"]),
    "tables for layout": (LAYOUT.format(f"{TITLE}</td></tr><tr><td>{DOCUMENT}", "版权所有：云泊区人民政府　技术支持：某公司"), []),
    "names run together": (
        f"<div class='leftmenu'>法定主动公开内容<ul><li>政策</li><li>规划</li></ul></div><div>{TITLE}</div>{DOCUMENT}"
        "<div class='footerlink'>友情链接：<a>省政府</a> <a>市政府</a></div><div class='foot'>地址：某路1号</div>", [],
    ),
    "pasted from Word": (
        f"<p class=MsoTitle><b><span>{TITLE}<o:p></o:p></span></b></p><p class=MsoNormal>&nbsp;</p>"
        + DOCUMENT.replace("<p>", "<p class=MsoNormal><span style='font-size:16.0pt'>").replace("</p>", "<o:p></o:p></span></p>"), [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_only_the_document_is_kept(shape: str) -> None:
    body, about = SHAPES[shape]
    document = parse(page(body), "通知.html")
    assert document.text.split("\n") == [TITLE, *about, *LINES]
    assert [duty.lead[0].value for duty in document.facts.duties if duty.source == "row"] == ["区应急局", "区应急局"]
    assert document.title == TITLE and document.card.issuer == "云泊区应急管理局"


def test_the_line_under_the_title_gives_the_day_of_publication() -> None:
    published = parse(page(TOP + f"<h1>{TITLE}</h1>" + ABOUT + DOCUMENT), "通知.html").card.published
    assert published is not None and published.isoformat() == "2025-04-18"


@pytest.mark.parametrize("style", ["color:#fff", "COLOR: white", "color:rgb(255, 255, 255)", "font-size:1px", "opacity:0", "position:absolute;left:-9999px", "text-indent:-999em"])
def test_what_is_painted_out_of_sight_is_no_evidence(style: str) -> None:
    source = read(page(f"<p style='{style}'>由乙局牵头。</p>{DOCUMENT}"), "通知.html")
    assert "乙局" not in source.text and source.notes[0].code == "hidden_text"


@pytest.mark.parametrize("shown", [
    "<p style='color:#fff;background:#036'>由乙局牵头。</p>", "<div style='background-color:#036'><p style='color:#fff'>由乙局牵头。</p></div>",
    "<p style='font-size:10.5pt'>由乙局牵头。</p>", "<p style='text-indent:-21pt;opacity:0.9'>由乙局牵头。</p>", "<p style='background-color:#fff'>由乙局牵头。</p>",
])  # fmt: skip
def test_what_is_seen_stays(shown: str) -> None:
    source = read(page(shown + DOCUMENT), "通知.html")
    assert "乙局" in source.text and not source.notes
