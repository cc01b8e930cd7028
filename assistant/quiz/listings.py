"""Points from lists: what a section consists of, which stages follow each other, what a sentence lists side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.quiz.points import Point, cut_around
from assistant.quiz.wording import BLANK, inner, pretty, source_name, title_of, whole
from corpus.types import Document, Enumeration, Span

_PLAIN = re.compile(r"(?:工作|整治|总体|主要|行动|基本)?(?:目标|任务|要求|原则|步骤|措施|安排|内容|思想|背景|依据|体系)$|指导思想|组织领导|总则|附则|附件|实施步骤|时间安排|保障措施|任务和措施|工作要求")
_STAGE = re.compile(r"阶段|(?:20\d\d年).{0,3}\d{1,2}月|第[一二三四五]步")
_GLUED = re.compile(r"[㐀-鿿]{3,}[ 　]+[㐀-鿿]{3,}")
"""Two headings, or a heading and its text, that lost what parted them."""
_DATED = re.compile(r"[（(。，:：].*$")
FEWEST, MOST = 3, 8


def listings(document: Document) -> Iterator[Point]:
    """Give a point for each list whose parts are clear: by headings, or by parts of one shape in a sentence."""
    for listed in document.facts.enumerations:
        point = _by_headings(document, listed) if listed.kind == "headings" else _in_sentence(document, listed)
        if point:
            yield point


def _by_headings(document: Document, listed: Enumeration) -> Point | None:
    head = _undoubled(pretty(listed.head.value))
    titles = tuple(pretty(m.value) for m in listed.members)
    staged = sum(bool(_STAGE.search(t)) for t in titles) >= 0.6 * len(titles)
    parts = tuple(_DATED.sub("", t).strip() for t in titles) if staged else titles
    if not FEWEST <= len(parts) <= MOST or len(set(parts)) < len(parts) or not head or head == title_of(document):
        return None
    if not all(4 <= len(p) <= 28 and whole(p) and not re.search(r"[。；：▁]|20\d\d年", p) for p in parts):
        return None
    if not staged and sum(bool(_PLAIN.search(p)) for p in parts) > 0.3 * len(parts):
        return None
    if not whole(head) or not 4 <= len(head) <= 36 or not _same_labels(document, listed):
        return None
    source = source_name(document, listed.path)
    if head in source:
        return None
    asked = "分为哪几个阶段？" if staged else "提出了哪些方面的内容？"
    return Point(
        "list", document, listed.section, listed.path, source, f"“{inner(head)}”部分{'依次分为' if staged else '包括'}{BLANK}",
        parts, tuple(m.span for m in listed.members), tuple(m.span for m in listed.members),
        prompt=f"“{inner(head)}”", question=f"“{inner(head)}”部分{asked}", ordered=staged,
    )  # fmt: skip


def _same_labels(document: Document, listed: Enumeration) -> bool:
    """Is the list whole: the children of the section of that name, with no number lost or skipped?"""
    section = document.sections[listed.section] if 0 <= listed.section < len(document.sections) else None
    if section is None or _GLUED.search(section.heading.of(document.text)) or pretty(section.title) != _undoubled(pretty(listed.head.value)):
        return False
    children = [s for s in document.sections if s.parent == listed.section]
    numbers = [s.number for s in children]
    whole_list = len(children) == len(listed.members) and (set(numbers) == {None} or numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + len(numbers))))
    return whole_list and not any(s.notes for s in children)


def _undoubled(text: str) -> str:
    half = text[: len(text) // 2]
    return half if len(text) % 2 == 0 and half * 2 == text else text


_BETWEEN = re.compile(r"[\s、和及与以“”‘’]*")


def _in_sentence(document: Document, listed: Enumeration) -> Point | None:
    values = tuple(pretty(m.value).strip("“”") for m in listed.members)
    text = document.text
    if not FEWEST <= len(values) <= MOST or not _uniform(values) or len(set(values)) < len(values):
        return None
    spans = [m.span for m in listed.members]
    between = [text[a.end : b.start] for a, b in zip(spans, spans[1:], strict=False)]
    if not all(_BETWEEN.fullmatch(gap) for gap in between):
        return None
    start, end = spans[0].start, spans[-1].end
    start -= text[start - 1] in "“‘" if start else 0
    end += text[end : end + 1] in ("”", "’")
    if re.match(r"\s*(?:等|[、“])", text[end : end + 2]) or text[start - 1 : start] == "、":
        return None
    if re.match(r"\s*[,，]\s*[“《]", text[end : end + 4]):
        return None
    cut = cut_around(document, Span(start, end))
    if cut is None or any(v in cut.statement for v in values) or _unit_list(values) or re.search(r"▁[一二三四五六七八九十\d]+[个项种方]", cut.statement):
        return None
    return Point(
        "list", document, cut.passage.section, cut.passage.path, source_name(document, cut.passage.path),
        cut.statement, values, (cut.sentence,), (Span(start, end),),
    )  # fmt: skip


def _uniform(values: tuple[str, ...]) -> bool:
    """Parts of one length were cut rightly at both ends; so were titles in 《》."""
    if all(v.startswith("《") and v.endswith("》") for v in values):
        return True
    return len({len(v) for v in values}) == 1 and 2 <= len(values[0]) <= 10 and all(re.fullmatch("[㐀-鿿]+", v) for v in values)


def _unit_list(values: tuple[str, ...]) -> bool:
    return sum(v.endswith(("局", "办", "委", "大队", "街道")) for v in values) > len(values) / 2
