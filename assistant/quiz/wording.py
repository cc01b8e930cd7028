"""How text of a document becomes part of a question: Chinese punctuation, no numbering, a name for the source."""

from __future__ import annotations

import re

from corpus.text import squeeze
from corpus.types import Document

BLANK = "▁"
"""Stands in a statement for what is asked."""
CHOICE_BLANK, WRITTEN_BLANK = "（　　）", "________"

_WIDE = str.maketrans({"(": "（", ")": "）", ";": "；", "?": "？", "!": "！"})
_NUMBER = re.compile(
    r"^[*#>\s]*(?:第[一二三四五六七八九十百\d]{1,5}[条款][*\s]*|[一二三四五六七八九十]{1,3}是(?=[^\s])|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?=\D|20\d\d年)|[①-⑳])[,，:：]?\s*"
)
_ATTACHMENT = re.compile(r"^附件\s*\d*\s*[:：.．]?\s*")
_ISSUED = re.compile(r"关于(?:印发|转发|下发|发布)[《“]?(?P<title>.+?)[》”]?的(?:通知|公告|通告)$")


def pretty(text: str) -> str:
    """Give text as one line with Chinese punctuation, as a printed paper has it."""
    text = squeeze(text.replace("**", "")).translate(_WIDE)
    text = re.sub("^(.{2,12}领域)[:：]", r"在\1，", text)
    text = re.sub(r"(?<!\d),|,(?!\d)", "，", text)
    text = re.sub(r"(?<!\d):|:(?!\d)", "：", text)
    return text.strip(" 　")


def unnumbered(text: str) -> str:
    """Drop the mark an item begins with: 1. (二) 一是."""
    while (match := _NUMBER.match(text)) and match.end() < len(text):
        text = text[match.end() :]
    return text


def inner(text: str) -> str:
    """Give text fit to stand between “ and ”: its own double quotes become single ones."""
    return text.replace("“", "‘").replace("”", "’")


def whole(text: str) -> bool:
    """Are all brackets and quotes of `text` closed in it?"""
    depth: list[str] = []
    pairs = {"）": "（", "》": "《", "”": "“", "〉": "〈", "】": "【", "’": "‘", "〕": "〔"}
    for character in text:
        if character in pairs.values():
            depth.append(character)
        elif character in pairs and (not depth or depth.pop() != pairs[character]):
            return False
    return not depth


def title_of(document: Document) -> str:
    """Give the document's own title: 关于印发《X》的通知 is X; a doubled title counts once."""
    title = pretty(document.title)
    if issued := _ISSUED.search(title):
        title = issued["title"]
    title = title.strip("《》")
    half = title[: len(title) // 2]
    return half if len(title) % 2 == 0 and half * 2 == title else title


def attachment_title(path: tuple[str, ...]) -> str:
    """Give the title of the attachment a path begins with, "" when it is none or has none."""
    if not path or not path[0].startswith("附件"):
        return ""
    title = pretty(_ATTACHMENT.sub("", path[0])).strip("《》")
    half = title[: len(title) // 2]
    title = half if len(title) % 2 == 0 and half * 2 == title else title
    return title if len(title) >= 6 else ""


def source_name(document: Document, path: tuple[str, ...]) -> str:
    """Name the source as a question does: 《…方案》, with the place in front when the title does not have one."""
    title = attachment_title(path) or title_of(document)
    places = document.card.places
    named = any(place in title or (len(place) > 2 and place[:-1] in title) for place in places)
    place = "" if named or not places else places[-1]
    return f"{place}《{title}》"


def filled(statement: str, values: tuple[str, ...] | str) -> str:
    """Put values into the blank of a statement."""
    return statement.replace(BLANK, values if isinstance(values, str) else "、".join(values))
