"""Words around a document that are not part of it: site navigation, print buttons, footers, tables of contents."""

from __future__ import annotations

import re

from corpus.types import Span

# Each pattern is matched against a whole line without its outer spaces.
FOOTERS = (
    r"推荐访问.{0,80}",
    r"(?:上一篇|下一篇|上一条|下一条)\s?[:]?.{0,80}",
    r"(?:[【\[〖(]?\s?(?:打印本页|打印|关闭窗口|关闭|返回顶部|收藏|分享到?|字体.{0,12}|我要纠错|扫一扫.{0,20})\s?[】\]〗)]?\s*){1,6}[:]?",
    r"(?:Copyright|©|版权所有).{0,120}",
    r".{0,40}(?:版权所有|All Rights Reserved).{0,80}",
    r"(?:[^\s]{1,3}ICP备|网站标识码|.{0,4}公网安备|网站地图|联系我们|技术支持).{0,120}",
    r"(?:主办|承办|主管)(?:单位)?\s?[:].{0,100}",
    r"(?:作者|编辑)\s?[:].{0,20}",
    r"责任编辑\s?[:].{0,20}",
    r"(?:关键词|标签|Tags?)\s?[:].{0,80}",
)
_FOOTER = re.compile("|".join(FOOTERS), re.I)
NAVIGATION = (
    r"首页",
    r"(?:首页|当前位置|您的位置|您现在的位置)\s?[>:/|»].{0,80}",
    r">.{1,80}",
    r"(?:点击|浏览|阅读)(?:次数|量|数)?\s?[:]\s?\d*\s?次?",
    r"字[体号]\s?[:]?.{0,20}",
)
_NAVIGATION = re.compile("|".join(NAVIGATION))
_CONTENTS = re.compile(r"^[ ]*目[ ]*[录次][ ]*$", re.M)
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,})\s?\d{0,4}\s?$")
_FOOTER_LINES = 40
_CONTENTS_LINE = 50


def is_footer(line: str) -> bool:
    """Tell whether a line consists of site furniture only."""
    line = line.strip()
    return bool(line) and bool(_FOOTER.fullmatch(line))


def is_navigation(line: str) -> bool:
    """Tell whether a line is a breadcrumb, a counter or a print button."""
    line = line.strip()
    return is_footer(line) or bool(_NAVIGATION.fullmatch(line))


def footer_start(text: str) -> int:
    """Give the offset where the site's footer begins, `len(text)` when there is none."""
    cut = end = len(text)
    for _ in range(_FOOTER_LINES):
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        if is_footer(line):
            cut = start
        elif line:
            break
        if start == 0:
            break
        end = start - 1
    return cut


def contents_spans(text: str) -> list[Span]:
    """Find tables of contents: the short lines after 目录, and lines of dot leaders with a page number."""
    spans = []
    for match in _CONTENTS.finditer(text):
        spans.append(Span(match.start(), _contents_end(text, match.end())))
    at = 0
    for line in text.split("\n"):
        if _LEADER.search(line[-60:]):
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


def _contents_end(text: str, at: int) -> int:
    seen: set[str] = set()
    while at < len(text):
        end = text.find("\n", at + 1)
        end = len(text) if end < 0 else end
        line = "".join(text[at:end].split())
        if len(line) > _CONTENTS_LINE or line.endswith("。") or (line and line in seen):
            return at
        seen.add(line)
        at = end
    # Everything to the end looked like contents: then it is a short document, not a table of contents.
    return 0
