"""Web pages and the tricks of XML in them: depth, entities, spans, things that are fetched, things that are not seen."""

from __future__ import annotations

from tests.hostile.case import HIDDEN, SECRET, TASK, Case, fixed

PAGE = f"<!doctype html><meta charset=utf-8><title>通知</title><body><h1>关于开展安全检查的通知</h1><p>(一){TASK}</p>"


def _page(rest: str) -> bytes:
    return (PAGE + rest).encode()


def _hidden(number: int, markup: str) -> Case:
    return Case(f"隐藏{number}.html", "P-21", fixed(_page(markup)), present=(TASK,), absent=(HIDDEN,))


HIDING = tuple(
    _hidden(number, markup)
    for number, markup in enumerate(
        (
            f"<p style='display:none'>{HIDDEN}</p>",
            f"<p style='visibility: hidden'>{HIDDEN}</p>",
            f"<p hidden>{HIDDEN}</p>",
            f"<p style='font-size:0'>{HIDDEN}</p>",
            f"<!-- {HIDDEN} -->",
            f"<template><p>{HIDDEN}</p></template>",
            f"<script>document.write('{HIDDEN}')</script>",
            f"<noscript>{HIDDEN}</noscript>",
            f"<p><del>{HIDDEN}</del></p>",
            f"<textarea>{HIDDEN}</textarea>",
            f"<svg><text>{HIDDEN}</text></svg>",
            f"<iframe srcdoc='<p>{HIDDEN}</p>'></iframe>",
            f"<input value='{HIDDEN}'>",
            f"<img alt='{HIDDEN}' src=x>",
            f"<p style='color:#fff;background:#fff'>{HIDDEN}</p>",
            f"<p style='color: white'>{HIDDEN}</p>",
            f"<p style='font-size:1px'>{HIDDEN}</p>",
            f"<p style='position:absolute;left:-9999px'>{HIDDEN}</p>",
            f"<p style='opacity:0'>{HIDDEN}</p>",
            f"<p style='text-indent:-9999px'>{HIDDEN}</p>",
            f"<p aria-hidden=true style='height:0;overflow:hidden'>{HIDDEN}</p>",
        ),
        start=1,
    )
)

DEPTH = (
    Case("嵌套.html", "P-11", fixed(_page("<div>" * 100_000 + "深")), ("malformed", "too_large", "taken")),
    Case("嵌套行内.html", "P-11", fixed(_page("<b>" * 100_000 + "深")), ("malformed", "too_large", "taken")),
    Case("嵌套表.html", "P-17", fixed(_page("<table><tr><td>" * 3000 + "深")), ("malformed", "too_large", "taken")),
    Case("嵌套列表.html", "P-11", fixed(_page("<ul><li>" * 5000 + "深")), ("malformed", "too_large", "taken")),
    Case("未闭合.html", "P-11", fixed(_page("<font color=red>段" * 3000 + "</p>" * 3000)), ("malformed", "too_large", "taken")),
    Case("格式领养.html", "P-11", fixed(_page("<a><b><i>" * 2000 + "<p>段</p>" * 2000)), ("malformed", "too_large", "taken")),
    Case("标签雨.html", "P-11", fixed(_page("<br>" * 300_000)), ("malformed", "too_large", "taken")),
    Case("属性雨.html", "P-11", fixed(_page("<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">段")), present=(TASK,)),
    Case("长属性.html", "P-11", fixed(_page("<p style='" + "x:y;" * 200_000 + "'>段")), present=(TASK,)),
    Case("尖括号.html", "P-19", fixed(_page("<" * 200_000)), present=(TASK,)),
    Case("注释.html", "P-19", fixed(_page("<!--" * 50_000)), present=(TASK,)),
    Case("跨列.html", "P-17", fixed(_page(f"<table><tr><td colspan=2000000000>{TASK}</td><td>甲</td></tr></table>")), present=(TASK,)),
    Case("跨行.html", "P-17", fixed(_page("<table>" + "<tr><td rowspan=65534>任务</td><td>甲</td></tr>" * 300 + "</table>")), ("taken", "too_large")),
    Case("跨负.html", "P-17", fixed(_page("<table><tr><td colspan=-5 rowspan=x>甲</td><td colspan=1e9>乙</td></tr></table>")), present=(TASK,)),
    Case("大表.html", "P-18", fixed(_page("<table>" + "<tr><td>甲<td>乙<td>丙</tr>" * 1_500 + "</table>")), ("taken", "too_large")),
)

ENTITIES = (
    Case("实体笑.html", "P-08", fixed(_page("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>&b;")), present=(TASK,)),
    Case("实体代理.html", "P-03", fixed(_page("<p>&#xD800;&#xDFFF;&#0;&#x110000;&#99999999999;段</p>")), present=(TASK,)),
    Case("实体雨.html", "P-08", fixed(_page("&amp;" * 200_000)), present=(TASK,)),
    Case(
        "外部实体.html", "P-09",
        lambda canary: f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{canary.file_url}">]><html><body><p>{TASK}</p><p>&x;</p></body></html>'.encode(),
        present=(TASK,), absent=(SECRET,),
    ),
    Case(
        "包含.html", "P-09",
        lambda canary: _page(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{canary.file_url}" parse="text"/>'),
        present=(TASK,), absent=(SECRET,),
    ),
    Case(
        "外链.html", "P-10",
        lambda canary: _page(
            f"<link rel=stylesheet href={canary.url}><script src={canary.url}></script><img src={canary.url}><iframe src={canary.url}></iframe>"
            f"<object data={canary.url}></object><style>@import url({canary.url})</style><base href={canary.url}>"
            f"<meta http-equiv=refresh content='0;url={canary.url}'><video src={canary.url}></video><form action={canary.url}></form>"
        ),
        present=(TASK,),
    ),
    Case("本地图.html", "P-09", lambda canary: _page(f"<img src='{canary.file_url}'><iframe src='{canary.file_url}'></iframe>"), present=(TASK,), absent=(SECRET,)),
    Case("脚本.html", "U-05", fixed(_page("<img src=x onerror=alert(1)><svg onload=alert(1)>")), present=(TASK,), absent=("alert",)),
    Case("声明不符.html", "P-02", fixed(PAGE.replace("utf-8", "gbk").encode()), present=(TASK,)),
    Case("编码谎言.html", "P-02", fixed(PAGE.replace("utf-8", "utf-16").encode("gbk")), present=(TASK,)),
    Case("只有脚本.html", "P-21", fixed("<html><body><script>var a='正文'</script></body></html>"), ("no_text",)),
    Case("空.html", "P-06", fixed("<html></html>"), ("no_text",)),
    Case("半截.html", "P-06", fixed(_page("<table><tr><td>甲</td><td")), present=(TASK,)),
)

CASES = (*HIDING, *DEPTH, *ENTITIES)
