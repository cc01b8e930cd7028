"""A paper as one web page that prints well: A4, no script, nothing loaded from elsewhere; the key starts on a page of its own."""

from __future__ import annotations

import html
from collections.abc import Sequence

from assistant.quiz.export.text import heading_of, lines_of
from assistant.quiz.export.words import printable
from assistant.quiz.types import Quiz

STYLE = """
@page { size: A4; margin: 2.2cm 2.4cm; }
body { font-family: 'Source Han Serif SC', 'Noto Serif CJK SC', SimSun, serif; font-size: 10.5pt; line-height: 1.7; max-width: 17cm; margin: 1cm auto; color: #111; }
h1 { font: bold 17pt 'Source Han Sans SC', 'Noto Sans CJK SC', SimHei, sans-serif; text-align: center; }
h2 { font: bold 12pt 'Source Han Sans SC', 'Noto Sans CJK SC', SimHei, sans-serif; margin: 1.2em 0 .3em; break-after: avoid; }
.who { text-align: center; } .q { margin: .5em 0; break-inside: avoid; } .o { margin-left: 1.6em; }
.key { break-before: page; } .key .q { font-size: 9.5pt; } .room { height: 6em; }
"""


def html_page(quizzes: Sequence[Quiz], title: str) -> bytes:
    """Give the page: every paper, then every key."""
    papers = "".join(_paper(quiz, title) for quiz in quizzes)
    keys = "".join(_key(quiz, title) for quiz in quizzes)
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_safe(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="zh-CN"><head>{head}</head><body>{papers}{keys}</body></html>\n'.encode()


def _safe(text: str) -> str:
    return html.escape(printable(text))


def _titled(quiz: Quiz, title: str) -> str:
    return _safe(title + (f"（{quiz.version}卷）" if quiz.version else ""))


def _paper(quiz: Quiz, title: str) -> str:
    parts = [f"<section><h1>{_titled(quiz, title)}</h1>", f'<p class="who">单位：____________　姓名：__________　得分：______　（满分{quiz.total}分）</p>']
    number = 0
    for part, (kind, items) in enumerate(quiz.grouped()):
        parts.append(f"<h2>{_safe(heading_of(part, items))}</h2>")
        for item in items:
            number += 1
            first, *rest = lines_of(item, number)
            below = "".join(f'<div class="o">{_safe(line.strip())}</div>' for line in rest)
            room = '<div class="room"></div>' if kind == "short" else ""
            parts.append(f'<div class="q">{_safe(first)}{below}{room}</div>')
    return "".join([*parts, "</section>"])


def _key(quiz: Quiz, title: str) -> str:
    items = [item for _, found in quiz.grouped() for item in found]
    rows = "".join(f'<div class="q">{n}. {_safe(item.explanation)}</div>' for n, item in enumerate(items, 1))
    return f'<section class="key"><h1>{_titled(quiz, title)} 参考答案与依据</h1>{rows}</section>'
