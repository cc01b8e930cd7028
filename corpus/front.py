"""The front and the end of a document: title, document number, addressees, signature.

The front is what stands before the first numbered heading. Official documents follow GB/T 9704 only loosely once they have
been through a website, so every reading is a choice between candidates, with the line printed as evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.boilerplate import footer_start, is_navigation
from corpus.clauses import HAN, Reading
from corpus.metadata import date_in, is_labelled
from corpus.names import titled_name
from corpus.text import squeeze
from corpus.types import HeadingMark, Section, Span

GENRES = (
    "通知", "通告", "公告", "通报", "报告", "请示", "批复", "意见", "函", "纪要", "决定", "决议", "命令", "令", "公报", "议案", "条例", "规定", "办法", "细则", "规则", "规程", "方案", "预案",
    "计划", "规划", "纲要", "要点", "措施", "清单", "标准", "规范", "指南", "制度", "章程", "守则", "总结", "讲话", "解读", "答复", "建议", "名单", "安排", "分工", "倡议书", "承诺书", "责任书",
    "值班表", "台账", "目录", "手册", "公约", "说明", "汇报", "要求", "简报", "解释", "举措", "工作表", "议程", "政策", "法",
)  # fmt: skip
_MASTHEAD = re.compile(rf"[{HAN}]{{0,4}}(?:会议纪要|纪要|简报|通报|公报|通告|督查通报)")
"""The name of a series above the title of its issue: 专题会议纪要 over 关于…的会议纪要."""
_SERIES = re.compile("(?:会议纪要|简报|督查通报)$")
_GENRE = re.compile(rf"(?:{'|'.join(GENRES)})(?:\s?[(][^()]{{1,40}}[)])*$")
_ORGAN = re.compile(r"(?:政府|委员会|党委|党工委|办公室|办公厅|[厅局部委办院会队社站所处科组]|中心|公司|集团|部门|学校|大学|中学|小学|幼儿园|法院|检察院|指挥部|领导小组|专班|办事处|银行|学会|协会|管理区|园区)$")
_NUMBER = re.compile(
    rf"^[#*\s(]*(?P<number>[{HAN}A-Za-z()]{{0,20}}?\s?[〔\[(【{{]\s?(?:19|20)\d{{2}}\s?[〕\])】}}]?\s?第?\s?\d{{0,4}}\s?(?:号|期)?|[{HAN}]{{2,20}}令\s?第?\s?[\d一二三四五六七八九十百]{{1,5}}\s?号|第\s?[\d一二三四五六七八九十百]{{1,5}}\s?(?:号|期))[)*\s]*(?:(?:签发人|(?<=\s)[{HAN}]{{2,8}}[:：]).{{0,80}})?$"
)
_WHOLE_NUMBER = re.compile(r"[〔\[(【{]\s?\d{4}\s?[〕\])】}]\s?第?\s?\d{1,4}\s?(?:号|期)|令\s?第?.{1,6}号|第.{1,6}[号期]")
_BROKEN_NUMBER = re.compile(rf"(?P<head>[{HAN}]{{1,12}})[〔\[(【]?(?P<year>(?:19|20)\d{{2}})[〕\])】]?(?P<serial>\d{{1,4}})号?$")
_ADDRESSEE = re.compile(r"[各全]|单位|政府|部门|[局委办厅会]|公司|企业|学校|街道|乡镇|同志|代表|中心|医院|科室|村")
_DATE_LINE = re.compile(
    rf"^(?P<organ>[{HAN}()、\s]{{0,60}}?)\s{{0,20}}(?P<date>(?:(?:19|20)\d{{2}}|[二一][〇○零一二三四五六七八九]{{3}})\s?[年./-]\s?[\d一二三四五六七八九十]{{1,3}}\s?[月./-]\s?[\d一二三四五六七八九十]{{1,3}}\s?日?|(?:19|20)\d{{4,6}})\s?(?P<printed>印发)?$"
)
_NUMBERED = frozenset(("part", "chapter", "section", "article", "cn", "cn_paren", "decimal", "arabic", "arabic_paren", "attachment", "run", "question", "markup"))
_FRONT_LINES, _END_LINES, _TITLE_LIMIT = 60, 14, 80


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when. organs: spans of the issuers, in order.  note: for a damaged date."""

    organs: tuple[Span, ...]
    day: date | None
    date: Span
    note: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """Lines of the front (before the first numbered heading) and of the ends of the body (where signatures stand)."""

    lines: tuple[Span, ...]
    ends: tuple[tuple[Span, ...], ...]


def front_of(reading: Reading) -> Front:
    """Cut out the lines in which a document states its own data."""
    plain, sections = reading.plain, reading.sections
    numbered = [section for section in sections if section.family in _NUMBERED and not _is_front_heading(section)]
    limit = numbered[0].span.start if numbered else len(plain)
    lines = _lines(plain, 0, limit)[:_FRONT_LINES]
    attachments = [section.span.start for section in sections if section.family == "attachment"]
    footer = footer_start(plain)
    stops = {min(attachments[0], footer) if attachments and attachments[0] > limit else footer, footer, len(plain)}
    ends = tuple(tuple(_lines(plain, max(limit, stop - 1500), stop)[-_END_LINES:]) for stop in sorted(stops))
    return Front(tuple(lines), (tuple(lines), *ends))


def _is_front_heading(section: Section) -> bool:
    return section.family == "markup" and section.level <= 2 and section.index <= 1


def _lines(plain: str, start: int, end: int) -> list[Span]:
    spans = []
    for match in re.compile(r"[^\n]+").finditer(plain, start, end):
        words = match.group()
        left = len(words) - len(words.lstrip())
        if words.strip():
            spans.append(Span(match.start() + left, match.start() + len(words.rstrip())))
    return spans


# ---------------------------------------------------------------- title


def title_of(reading: Reading, front: Front, title: str, headings: Sequence[HeadingMark]) -> Span | None:
    """Choose the document's own title among the lines of the front; one broken over lines comes as one span."""
    blocks = _blocks(reading, front)
    subject = any("关于" in block.of(reading.plain) for block in blocks)
    marked = [mark.span for mark in headings[:6]]
    best, best_score = None, 0
    wanted = squeeze(title)
    for position, block in enumerate(blocks):
        words = squeeze(block.of(reading.plain))
        if not _GENRE.search(words) and (len(words) > 40 or ("," in words and position)):
            continue
        score = 4 * bool(_GENRE.search(words)) + ("关于" in words) + (position == 0) + 2 * any(mark.overlaps(block) for mark in marked)
        score += 2 * bool(wanted and (words in wanted or wanted in words)) + (reading.plain.count(block.of(reading.plain)) > 1)
        score += 2 * (words == wanted)  # the merged row above a table says more than the name of its sheet
        score -= 2 * (subject and "关于" not in words and bool(_MASTHEAD.fullmatch(words) or _SERIES.search(words)))
        if score > best_score:
            best, best_score = block, score
    return best


def _blocks(reading: Reading, front: Front) -> list[Span]:
    plain = reading.plain
    blocks: list[Span] = []
    for position, line in enumerate(front.lines):
        line = _unmarked(plain, line)
        if not _is_title_line(plain, line, front.lines[position + 1 : position + 2]):
            continue
        last = blocks[-1] if blocks else None
        if last and _continues(plain, last, line):
            blocks[-1] = Span(last.start, line.end)
        else:
            blocks.append(line)
    return [block for block in blocks if not _is_bare_organ(plain, block)] or blocks


def _unmarked(plain: str, line: Span) -> Span:
    """Take the marks of Markdown off a line."""
    start, end = line.start, line.end
    while start < end and plain[start] in "#* ":
        start += 1
    while end > start and plain[end - 1] in "* ":
        end -= 1
    return Span(start, end)


def _is_title_line(plain: str, line: Span, following: Sequence[Span]) -> bool:
    words = plain[line.start : line.end]
    if ">" in words:  # 首页>通知公告: where the page stands in its site
        return False
    if not 3 <= len(words) <= _TITLE_LIMIT or re.search(r"[。;]|[:]$|^[(].*[)]$|^——|[,、]$|@|https?:|^\d+$|^附件|^[(]?\d{4}年.*(?:通过|修正|修订|批准|公布|施行)", words):
        return False
    if is_navigation(words) or is_labelled(plain, line) or _NUMBER.match(words) or _DATE_LINE.match(words) or words.endswith("文件"):
        return False
    if titled_name(words.replace(" ", "")):
        return False
    signed = following and _DATE_LINE.match(plain[following[0].start : following[0].end])
    return not (signed and _ORGAN.search(words) and not _GENRE.search(words))


def _continues(plain: str, last: Span, line: Span) -> bool:
    """Tell whether a title goes on from the line `last` to `line`."""
    upper, lower = plain[last.start : last.end], plain[line.start : line.end]
    gap = plain[last.end : line.start]
    if len(upper) + len(lower) > 120 or gap.strip(" \n#*"):
        return False
    if re.search(r"(?:关于|印发|转发|批转|的|和|、|及|发布)$", upper) or upper.count("《") > upper.count("》"):
        return True
    if re.match(r"关于|印发|转发", lower):
        return bool(_ORGAN.search(upper)) and not _GENRE.search(upper)
    # An office above a bare 会议纪要 is a part of its name.
    return gap.count("\n") == 1 and not _GENRE.search(upper) and (not _ORGAN.search(upper) or bool(_MASTHEAD.fullmatch(lower))) and bool(_GENRE.search(lower))


def _is_bare_organ(plain: str, block: Span) -> bool:
    words = plain[block.start : block.end]
    return bool(_ORGAN.search(words)) and not _GENRE.search(words) and len(words) <= 30


# ---------------------------------------------------------------- number, addressees, signature


def number_of(reading: Reading, front: Front) -> tuple[Span, str] | None:
    """Find the document number on a line of its own; a broken one comes with a note."""
    for line in front.lines:
        match = _NUMBER.match(reading.plain[line.start : line.end])
        if match and not _DATE_LINE.match(match.group("number")):
            span = Span(line.start + match.start("number"), line.start + match.end("number"))
            return span, number_note(reading.plain[span.start : span.end])
    if order := _ORDER.search(reading.plain, 0, _HEAD):
        return Span(order.start("number"), order.end("number")), ""
    return None


_HEAD = 600
_ORDER = re.compile(rf"(?P<number>(?![年月日])[{HAN}]{{2,20}}令\s?第\s?(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,5}})\s?号)\s?(?:公布|发布|颁布)")
"""The number of a decree inside the line of its adoption: 2024年9月20日某市人民政府令第67号公布."""


def number_note(number: str) -> str:
    """Give the remark on a broken document number, "" when it is whole."""
    if _WHOLE_NUMBER.search(number):
        return ""
    broken = _BROKEN_NUMBER.search(squeeze(number))
    reading = f";应为{broken.group('head')}〔{broken.group('year')}〕{broken.group('serial')}号" if broken else ""
    return f"文号不完整,按原文照录{reading}"


def addressees_of(reading: Reading, front: Front, title: Span | None) -> Span | None:
    """Find the line of addressees: it ends in a colon and stands before the text."""
    for line in front.lines:
        words = reading.plain[line.start : line.end]
        if len(words) > 250 and not words.endswith(":"):
            if title is None or line.start > title.end:
                return None
            continue
        if words.endswith(":") and 3 <= len(words) <= 250 and _ADDRESSEE.search(words) and not is_labelled(reading.plain, line):
            if re.search(r"如下:|附件|听取|研究|决定|事项|以下|现将|[。;]|^\d", words):
                continue
            return Span(line.start, line.end - 1)
    return None


def signature_of(reading: Reading, front: Front) -> Signature | None:
    """Find the signature: lines that name organs, above a line that is a date."""
    best: Signature | None = None
    for lines in front.ends:
        for position, line in enumerate(lines):
            found = _signature(reading, lines, position, line)
            if found and (best is None or (found.organs and not best.organs)):
                best = found
    return best


def _signature(reading: Reading, lines: Sequence[Span], position: int, line: Span) -> Signature | None:
    plain = reading.plain
    match = _DATE_LINE.match(plain[line.start : line.end])
    if match is None or match.group("printed"):
        return None
    found = date_in(plain, line.start + match.start("date"), line.end)
    if found is None:
        return None
    day, span, note = found
    organs = []
    if match.group("organ").strip():
        organs = _organs(plain, Span(line.start, line.start + match.end("organ")))
    for upper in reversed(lines[max(0, position - 5) : position]):
        if organs and match.group("organ").strip() or not _is_signing(plain, upper):
            break
        organs = _organs(plain, upper) + organs
    if note and not organs:
        return None
    return Signature(tuple(organs), day, span, note)


def _is_signing(plain: str, line: Span) -> bool:
    words = plain[line.start : line.end]
    return len(words) <= 60 and bool(_ORGAN.search(words)) and not re.search(r"[。;:,《》]", words) and not _GENRE.search(words)


def _organs(plain: str, line: Span) -> list[Span]:
    """Split a line of several signing organs; blanks inside one name (`民 政 局`) do not part it."""
    parts = [Span(match.start(), match.end()) for match in re.compile(r"[^\s、]+(?: [^\s、]{1,2}(?=\s|$))*").finditer(plain, line.start, line.end)]
    return parts if len(parts) > 1 and all(_ORGAN.search(plain[part.start : part.end]) and len(part) > 3 for part in parts) else [line]


def printed_by(reading: Reading, front: Front) -> tuple[Span, tuple[date | None, Span, str]] | None:
    """Find the imprint at the end: `XX办公室 2024年3月29日印发`."""
    for lines in front.ends[1:]:
        for line in lines:
            match = _DATE_LINE.match(reading.plain[line.start : line.end])
            if match and match.group("printed") and match.group("organ").strip():
                found = date_in(reading.plain, line.start + match.start("date"), line.end)
                if found:
                    organ = match.group("organ").rstrip()
                    return Span(line.start, line.start + len(organ)), found
    return None
