"""Canonical text and its copies for matching.

A document's canonical text is what is stored, shown and cited. Matching works on folded copies: NFKC, case folded, without
white space; each folded character keeps the offset it came from, so that a match is always a span of the canonical text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from corpus.types import Span

SPACES = re.compile(r"\s+")
SPREAD = re.compile(r"(?<![\d.,])(?<!\d )\d{1,4}(?: \d{1,4}){1,5}(?= ?(?:[%％‰]|[万亿]?元|[年月日天周岁个名人家户套件项次处倍米亩吨里层间分]|平方|公[里斤顷]|工作日|小时))")
"""A number whose digits a typesetter set apart (６ ０ ％, １ ２０ ０ 元); its unit follows."""
_SET_APART = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[０-９])|(?<=[０-９]) (?=[\u4e00-\u9fff％])")

_QUOTES = str.maketrans({"「": "“", "」": "”", "『": "“", "』": "”", "＂": '"', "‘": "“", "’": "”"})


_LEVELS = {ord(roman): chinese for roman, chinese in zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "一二三四五六七八九十", strict=True)}
"""Ⅱ级响应 is 二级响应; NFKC would make Latin letters of the numerals."""


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    character = character.translate(_LEVELS)
    folded = unicodedata.normalize("NFKC", character).casefold()
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c)[0] != "C")


def fold(text: str) -> str:
    """Give the matching copy of `text`: NFKC, case folded, no white space, no control characters."""
    if len(text) > _LONG:
        for printed, folded in _FREQUENT:
            text = text.replace(printed, folded)
    return _FOLDED.sub(_fold_match, text)


_LONG = 40
_FREQUENT = (("，", ","), ("；", ";"), ("：", ":"), ("（", "("), ("）", ")"), ("\n", ""), (" ", ""))
"""Nineteen of twenty characters that folding changes, which are quicker replaced than found one by one."""

_FOLDED = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff0-9a-z、。,;:.()%!?“”《》〈〉-]")
"""What folding may change; the rest, nine of ten characters, is passed over."""


def _fold_match(match: re.Match[str]) -> str:
    return _fold_character(match[0])


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Give the matching copy and, for each of its characters, the offset in `text` it came from."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for folded in _fold_character(character):
            characters.append(folded)
            offsets.append(offset)
    return "".join(characters), offsets


def find_folded(needle: str, text: str, within: Span | None = None) -> Span | None:
    """Find `needle` in `text` regardless of width, case and white space; None when it does not occur."""
    base = within.start if within else 0
    folded, offsets = fold_with_offsets(within.of(text) if within else text)
    wanted = fold(needle)
    at = folded.find(wanted) if wanted else -1
    if at < 0:
        return None
    return Span(base + offsets[at], base + offsets[at + len(wanted) - 1] + 1)


_NOT_BETWEEN_WORDS = re.compile(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")


def squeeze(text: str) -> str:
    """Remove white space that a line wrap or a converter left inside Chinese text; keep one blank between Latin words."""
    text = SPACES.sub(" ", text.strip())
    return _NOT_BETWEEN_WORDS.sub("", text) if " " in text else text


def joined_digits(text: str) -> str:
    """Write numbers whose digits stand apart, and wide ones within Chinese, without blanks: 的 ６ ０ ％ → 的６０％."""
    return _SET_APART.sub("", SPREAD.sub(lambda match: match.group().replace(" ", ""), text))


def trim(text: str, span: Span) -> Span:
    """Shrink `span` so that it neither starts nor ends with white space."""
    start, end = span.start, span.end
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
