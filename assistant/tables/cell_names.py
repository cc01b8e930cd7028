"""The names by which a question may call a cell, and names as people shorten them: 三院 for 第三人民医院, 社零总额 for 社会消费品零售总额.

A short form begins and ends as the name does and takes its other characters in order; spoken words may stand within it (映月湖那个学校).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.lexicon.headers import PLAIN
from assistant.lexicon.spoken import SPOKEN_NAMES
from corpus.grids import UNITS
from corpus.text import fold
from corpus.types import Span

BRACKET = re.compile(r"\(([^()]*)\)")
_LEVEL = re.compile(r"(?<![a-z])(iv|i{1,3}|[1-4])级")
_LEVELS = {"i": "一", "ii": "二", "iii": "三", "iv": "四", "1": "一", "2": "二", "3": "三", "4": "四"}
_OF_LEVEL = re.compile("^[省市县区镇乡](?:委(?=[㐀-鿿]{3})|政府)?")
_COUNTER = re.compile(r"(?<!\d)\d{1,4}号[㐀-鿿]{1,4}$")
"""市政务服务中心15号窗口 is called 15号窗口."""
_SPLIT = re.compile(r"[、,;/\s]+|及其|以及")
_SCHOOL = re.compile("第([一二三四五六七八九十]+)(?:([中小])学|(幼)儿园)$")
"""市第一中学 is called 市一中."""


def plain(text: str) -> str:
    """Fold text and give the days of the week and grades one spelling: 周六 → 星期六, Ⅱ级 → 二级."""
    folded = re.sub(r"[*`]", "", fold(text))
    folded = re.sub(r"(?:周|礼拜)(?=[一二三四五六日天几](?!年))", "星期", folded).replace("星期天", "星期日")
    return _LEVEL.sub(lambda m: _LEVELS[m.group(1)] + "级", folded)


def forms_of(printed: str) -> set[str]:
    """The names by which a question may call a cell: whole, without brackets, each of several, without the level of an office."""
    printed = re.sub(r"[*`]", "", printed).replace("（", "(").replace("）", ")")
    parts = [plain(printed), plain(BRACKET.sub("", printed))]
    parts += [plain(p) for p in _SPLIT.split(BRACKET.sub(" ", printed))] + [plain(p) for p in BRACKET.findall(printed)]
    parts += [short for p in parts if (short := _SCHOOL.sub(lambda m: "".join(filter(None, m.groups())), p)) != p]
    parts += [p.replace(formal, said) for p in parts for formal, said in SPOKEN_NAMES if formal in p]
    parts += [_OF_LEVEL.sub("", p) for p in parts if len(p) >= 4 and p[-1] in "局委办会队中心"]
    parts += [m.group() for p in parts if (m := _COUNTER.search(p))]
    return {p for p in parts if 2 <= len(p) <= 24 and re.search(r"[㐀-鿿a-z]", p) and p not in UNITS and p not in PLAIN}


_SHORTEST, _LONGEST = 3, 24
_LEAST = 0.3
"""Share of the name's characters that a short form has at least."""
_SPOKEN = re.compile("(?:那|这)(?:个|座|所|家|条|处|片|块)|的")


def short_forms(text: str, names: Sequence[str]) -> list[tuple[Span, int]]:
    """Find the names (by their place in `names`) that the text gives in a short form, longest first, none within another.

    What may be short for two of them is none's; a piece of a name as it stands is no short form.
    """
    found: dict[Span, list[int]] = {}
    for at, name in enumerate(names):
        for span in _in_order(text, name):
            found.setdefault(span, []).append(at)
    # 创业补贴 of 一次性创业补贴 is no short form of 创业场地租金补贴.
    alone = sorted(((span, at[0]) for span, at in found.items() if len(at) == 1 and not any(span.of(text) in name for name in names)), key=lambda f: (-len(f[0]), f[0].start))
    kept: list[tuple[Span, int]] = []
    for span, at in alone:
        if not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, at))
    return kept


def _in_order(text: str, name: str) -> list[Span]:
    if not _SHORTEST < len(name) <= _LONGEST or name[0] not in text or name[-1] not in text:
        return []
    spans = []
    for start in [at for at, character in enumerate(text) if character == name[0]]:
        taken, end = [0], start + 1
        best = 0
        while end < len(text):
            if spoken := _SPOKEN.match(text, end):
                end = spoken.end()
                continue
            following = name.find(text[end], taken[-1] + 1)
            if following < 0:
                break
            taken.append(following)
            end += 1
            if following == len(name) - 1 and _stands_for(taken, name):
                best = end
        if best:
            spans.append(Span(start, best))
    return spans


def _stands_for(taken: Sequence[int], name: str) -> bool:
    """Are there enough of the name's characters, two of them side by side?"""
    beside = any(b - a == 1 for a, b in pairwise(taken))
    return len(taken) >= max(_SHORTEST, _LEAST * len(name)) and beside
