"""A paper as Word files, set as Chinese papers are: A4, title in 黑体, text in 宋体, sources in 仿宋; paper, answer sheet, key."""

from __future__ import annotations

import io
from typing import Any

from assistant.quiz.export.text import heading_of
from assistant.quiz.export.words import letters_of, place_of, printable, written_key
from assistant.quiz.making import excerpt
from assistant.quiz.types import CHOICES, LETTERS, POINTS, Item, Quiz
from assistant.quiz.wording import CHOICE_BLANK

SONG, HEI, FANG = "宋体", "黑体", "仿宋"
LATIN = "Times New Roman"
TEXT_WIDTH_CM = 15.6
PER_ROW = 10
UNBROKEN = "（\u00a0\u00a0\u00a0\u00a0）"
"""The blank to choose for, which no line may part."""


def paper_docx(quiz: Quiz, title: str) -> bytes:
    """Give the paper itself, without keys."""
    document = _document(f"{title}{_version(quiz)}")
    _name_line(document)
    _score_table(document, quiz)
    number = 0
    for part, (_, items) in enumerate(quiz.grouped()):
        _paragraph(document, heading_of(part, items), font=HEI, size=12, before=10, keep=True)
        for item in items:
            number += 1
            _question(document, item, number)
    return _saved(document)


def sheet_docx(quiz: Quiz, title: str) -> bytes:
    """Give the answer sheet: boxes for choices, lines for words, room for answers in writing."""
    document = _document(f"{title}{_version(quiz)} 答题卡")
    _name_line(document)
    number = 0
    for part, (kind, items) in enumerate(quiz.grouped()):
        _paragraph(document, heading_of(part, items), font=HEI, size=12, before=10, keep=True)
        numbers = range(number + 1, number + len(items) + 1)
        number += len(items)
        if kind in CHOICES:
            _boxes(document, list(numbers))
        else:
            for at, item in zip(numbers, items, strict=True):
                _room(document, item, at)
    return _saved(document)


def key_docx(quiz: Quiz, title: str) -> bytes:
    """Give the paper with key, explanation and sources, and a table of all keys in front."""
    document = _document(f"{title}{_version(quiz)} 参考答案与依据")
    choices = [(n, item) for n, item in _numbered(quiz) if item.kind in CHOICES]
    if choices:
        _paragraph(document, "选择、判断与案例题答案速查", font=HEI, size=12, keep=True)
        _boxes(document, [n for n, _ in choices], [letters_of(item) for _, item in choices])
    for part, (_, items) in enumerate(quiz.grouped()):
        _paragraph(document, heading_of(part, items), font=HEI, size=12, before=10, keep=True)
        for number, item in _numbered(quiz):
            if item in items:
                _question(document, item, number)
                _key(document, item)
    return _saved(document)


def _version(quiz: Quiz) -> str:
    return f"（{quiz.version}卷）" if quiz.version else ""


def _numbered(quiz: Quiz) -> list[tuple[int, Item]]:
    return list(enumerate((item for _, items in quiz.grouped() for item in items), 1))


# ---------------------------------------------------------------- the page


def _document(title: str) -> Any:
    import docx
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.3)
    section.left_margin = section.right_margin = Cm((21 - TEXT_WIDTH_CM) / 2)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    _fonts(normal.element.get_or_add_rPr(), SONG)
    normal.paragraph_format.line_spacing = Pt(19)
    normal.paragraph_format.space_after = Pt(0)
    document.core_properties.title = printable(title)
    document.core_properties.author = ""
    _paragraph(document, title, font=HEI, size=18, centre=True, after=8, spacing=28)
    _page_numbers(section)
    return document


def _fonts(properties: Any, chinese: str) -> None:
    """Name the fonts for Latin and for Chinese: without the second, Word sets Chinese in the Latin font's stand-in."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), LATIN)
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:hint"), "eastAsia")


def _run(paragraph: Any, text: str, *, font: str = SONG, size: float = 10.5, bold: bool = False) -> Any:
    from docx.shared import Pt

    run = paragraph.add_run(printable(text).replace(CHOICE_BLANK, UNBROKEN))
    run.font.size = Pt(size)
    run.bold = bold
    _fonts(run._element.get_or_add_rPr(), font)
    return run


def _paragraph(
    document: Any, text: str, *, font: str = SONG, size: float = 10.5, centre: bool = False,
    before: float = 0, after: float = 0, keep: bool = False, spacing: float = 0, indent: float = 0, hanging: float = 0,
) -> Any:  # fmt: skip
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.keep_with_next = keep
    if spacing:
        form.line_spacing = Pt(spacing)
    if indent or hanging:
        form.left_indent, form.first_line_indent = Pt(indent), Pt(-hanging)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, font=font, size=size)
    return paragraph


def _page_numbers(section: Any) -> None:
    """第 X 页 共 Y 页, as fields that Word counts."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for before, field in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES")):
        _run(paragraph, before, size=9)
        run = _run(paragraph, "", size=9)
        for kind, text in (("begin", ""), ("", field), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            part.text = text or None
            run._element.append(part)
    _run(paragraph, " 页", size=9)


def _name_line(document: Any) -> None:
    _paragraph(document, "单位：______________　姓名：____________　日期：____________　得分：________", centre=True, after=6)


def _score_table(document: Any, quiz: Quiz) -> None:
    """题号 一 二 三 … 总分, with what each part is worth and a row for marks."""
    parts = quiz.grouped()
    head = ["题号", *"一二三四五六七八"[: len(parts)], "总分"]
    worth = ["满分", *(str(POINTS[kind] * len(items)) for kind, items in parts), str(quiz.total)]
    _table(document, [head, worth, ["得分", *[""] * (len(parts) + 1)]])


def _table(document: Any, rows: list[list[str]]) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    table = document.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            paragraph = table.cell(at, column).paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(paragraph, text, font=HEI if at == 0 else SONG)


# ---------------------------------------------------------------- one question


def _question(document: Any, item: Item, number: int) -> None:
    stem = item.stem + (CHOICE_BLANK if item.kind == "true_false" else "")
    follows = item.kind not in ("true_false", "fill", "short")
    _paragraph(document, f"{number}. {stem}", before=4, keep=follows, indent=18, hanging=18)
    for at, prompt in enumerate(item.prompts, 1):
        _paragraph(document, f"（{at}）{prompt}", indent=40, hanging=22, keep=True)
    if item.kind != "true_false" and item.options:
        _options(document, item)
    if item.kind == "short":
        for _ in range(max(3, len(item.key))):
            _paragraph(document, "", spacing=22)
    if item.kind in ("order", "match"):
        blank = "　".join(f"（{n}）→____" for n in range(1, len(item.prompts) + 1)) if item.prompts else " → ".join(["____"] * len(item.options))
        _paragraph(document, f"答：{blank}", indent=18)


def _options(document: Any, item: Item) -> None:
    """Put options in four, two or one columns, as wide as the longest needs."""
    from docx.shared import Cm

    texts = [f"{LETTERS[n]}. {option}" for n, option in enumerate(item.options)]
    longest = max(map(_width, texts))
    columns = 4 if longest <= 9 and len(texts) >= 4 else 2 if longest <= 19 and len(texts) % 2 == 0 or longest <= 19 and len(texts) > 2 else 1
    rows = [texts[at : at + columns] for at in range(0, len(texts), columns)]
    for at, row in enumerate(rows):
        paragraph = _paragraph(document, "\t".join(row), indent=36, hanging=18 if columns == 1 else 18, keep=at < len(rows) - 1)
        for stop in range(1, columns):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.65 + stop * (TEXT_WIDTH_CM - 0.65) / columns))


def _width(text: str) -> float:
    """The width in Chinese characters."""
    return sum(1 if ord(c) > 0x2E7F or c in "“”‘’—…" else 0.5 for c in text)


def _key(document: Any, item: Item) -> None:
    answer = item.answer if item.kind != "fill" else written_key(item)
    paragraph = _paragraph(document, "【答案】", font=HEI, indent=18, keep=True)
    _run(paragraph, f"{answer}　　难度：{'★' * item.difficulty}{'☆' * (5 - item.difficulty)}")
    for place in dict.fromkeys(place_of(c) for c in item.citations):
        quoted = "……".join(excerpt(c) for c in item.citations if place_of(c) == place)
        paragraph = _paragraph(document, "【依据】", font=HEI, indent=18)
        _run(paragraph, f"{place}：“{quoted}”", font=FANG)


def _boxes(document: Any, numbers: list[int], filled: list[str] | None = None) -> None:
    """A grid of question numbers with a box below each."""
    for at in range(0, len(numbers), PER_ROW):
        row = numbers[at : at + PER_ROW]
        pad = [""] * (min(PER_ROW, max(len(numbers), 1)) - len(row))
        below = filled[at : at + PER_ROW] if filled else [""] * len(row)
        _table(document, [[*map(str, row), *pad], [*below, *pad]])
        _paragraph(document, "", spacing=8)


def _room(document: Any, item: Item, number: int) -> None:
    if item.kind in ("match", "order"):
        blank = "　".join(f"（{n}）→____" for n in range(1, len(item.prompts) + 1)) if item.prompts else " → ".join(["____"] * len(item.options))
        _paragraph(document, f"{number}. {blank}", before=4)
        return
    _paragraph(document, f"{number}. ________________________________", before=4)
    if item.kind == "short":
        for _ in range(max(2, len(item.key) - 1)):
            _paragraph(document, "　 ________________________________________________________________", spacing=24)


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
