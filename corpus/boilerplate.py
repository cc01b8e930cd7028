"""Words around a document that are not part of it: site navigation, print buttons, footers, tables of contents."""

from __future__ import annotations

import re

from corpus.numbers import CN
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
# The page number behind an entry of the contents, after dots or a blank.
_PAGE = re.compile(r"(?<=[^\s.…·_-]{3})(?:[ ]?[.…·_-]{2,80}[ ]?|[ ]{1,40})[(]?\d{0,4}[)]?$")
_ENTRY_NUMBER = re.compile(rf"第[{CN}\d]{{1,5}}(?:部分|[章编篇节条])|[{CN}]{{1,3}}、|[(][{CN}]{{1,3}}[)]|\d{{1,2}}(?:[.]\d{{1,2}}){{0,3}}")
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
        if ("." in line or "…" in line or "·" in line) and _LEADER.search(line[-60:]):
            spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


def _contents_end(text: str, at: int) -> int:
    """Go on while lines are short, up to the one that repeats an entry, or the number of the first entry."""
    seen: set[str] = set()
    first = ""
    while at < len(text):
        end = text.find("\n", at + 1)
        end = len(text) if end < 0 else end
        line = text[at:end].strip()
        entry, paged = _entry(line[-4 * _CONTENTS_LINE :])
        number = _ENTRY_NUMBER.match(entry)
        again = entry in seen or (number is not None and number.group() == first)
        if line and ((len(entry) > _CONTENTS_LINE or entry.endswith("。")) or (again and not paged)):
            return at
        first = first or (number.group() if number else "")
        seen.add(entry)
        at = end
    # Everything to the end looked like contents: then it is a short document, not a table of contents.
    return 0


def _entry(line: str) -> tuple[str, bool]:
    """Give a line without blanks and page number, and whether dots lead to that number."""
    page = _PAGE.search(line)
    if page is None:
        return "".join(line.split()), False
    return "".join(line[: page.start()].split()), bool(page.group().strip(" ()0123456789"))
