"""Questions made from any text by cutting something out of one of its sentences and asking for it.

They look like the task itself: who, when, how many, what, by the kind of what was cut out; words left out and exchanged, so that a
question is not simply its sentence (Lewis, Denoyer and Riedel, "Unsupervised question answering by cloze translation", 2019).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.reading.features import TAGS, Analysed

ASKING: Mapping[str, tuple[str, ...]] = {
    "nr": ("谁", "谁", "哪位", "什么人", "哪个人"),
    "ns": ("哪里", "什么地方", "哪个地方", "哪", "哪个国家", "何处", "哪个城市"),
    "nt": ("哪个单位", "哪个机构", "什么机构", "哪个部门", "谁"),
    "t": ("什么时候", "何时", "哪一年", "什么时间", "几时", "哪年"),
    "year": ("哪一年", "哪年", "什么时候", "何时"),
    "m": ("多少", "几", "多少", "什么数量"),
    "title": ("什么", "哪部作品", "什么文件", "哪个", "哪本书"),
    "n": ("什么", "什么", "哪个", "哪些", "哪种"),
    "v": ("什么", "怎么样", "如何", "怎么做"),
    "clause": ("什么", "怎样", "如何", "怎么样", "有什么", "为什么", "哪些"),
}
"""Words that ask, by the kind of what is asked for."""

_DATE = re.compile(r"(?:公元前?|约)?(?:\d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日|\d{1,2}世纪(?:\d{1,2}年代)?|[一二三四五六七八九十〇]{2,4}年(?:[一二三四五六七八九十]{1,2}月)?)(?:至|到|-|—)?(?:\d{1,4}年)?(?:底|初|前|末|以前|之前)?")
_FIGURE = re.compile(r"(?:约|近|超过|达|达到|不少于|不超过|不低于)?(?:\d[\d,.]*|[一二三四五六七八九十百千万亿两]{1,6})(?:万|亿)?(?:%|[个人名次天项户处岁周元米里吨种座位部家条所台辆只头集届场分度倍]|公里|平方公里|平方米|公顷|小时|分钟|个月|个工作日|日内|工作日|万元|亿元|美元)(?:以上|以下|以内|左右)?")
_TITLED = re.compile(r"《[^》]{2,30}》|“[^”]{2,20}”|「[^」]{2,20}」")
_CLAUSE = re.compile(r"[^,。;:!?,。;:!?\n]{4,60}")
_SENTENCE = re.compile(r"[^。!?;!?;\n]+[。!?;!?;\n]?")
_NOUNS = frozenset({"n", "nr", "ns", "nt", "nz", "nrt", "ng", "vn", "an", "eng", "j", "l", "b", "i", "s"})
_WORD = re.compile(r"\w+")

FRONT = ("请问", "那么", "根据材料", "请问一下")
TAILS = ("是什么?", "是哪个?", "为何?", "是多少?")


@dataclass(frozen=True, slots=True)
class Cloze:
    """A question about a text; start, end: where the text answers."""

    question: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How questions are spoilt. dropped: highest share of words left out; swapped: share exchanged for a neighbour in meaning."""

    dropped: float = 0.5
    swapped: float = 0.12
    titled: float = 0.35


def words_of(text: Analysed, start: int, end: int) -> list[tuple[int, int, str]]:
    """List the words between `start` and `end`: (start, end, kind)."""
    places = text.places[start:end]
    first = np.flatnonzero((places == 0) | (places == 3)) + start
    bounds = [*first.tolist(), end]
    return [(a, b, TAGS[int(text.tags[a])]) for a, b in zip(bounds[:-1], bounds[1:], strict=True)]


def ask(text: Analysed, title: str, near: Mapping[str, Sequence[str]], habits: Habits, chance: np.random.Generator) -> Cloze | None:
    """Make a question about `text`; None when the sentence drawn has nothing to ask for."""
    sentences = [match for match in _SENTENCE.finditer(text.text) if 10 <= len(match[0]) <= 160]
    if not sentences:
        return None
    sentence = sentences[int(chance.integers(len(sentences)))]
    start, end = sentence.span()
    choice = _chosen(text, start, end, chance)
    if choice is None:
        return None
    first, last, kind = choice
    left, right = _frame(text.text, start, end, first, last, chance)
    return Cloze(_question(text, left, right, first, last, kind, title, near, habits, chance), first, last)


def _chosen(text: Analysed, start: int, end: int, chance: np.random.Generator) -> tuple[int, int, str] | None:
    """Choose what to ask for in the sentence: (start, end, kind); rare kinds are as likely as frequent ones."""
    sentence = text.text[start:end]
    kinds: dict[str, list[tuple[int, int]]] = {}
    for kind, pattern in (("t", _DATE), ("m", _FIGURE), ("title", _TITLED), ("clause", _CLAUSE)):
        found = [(start + match.start(), start + match.end()) for match in pattern.finditer(sentence)]
        if found:
            kinds[kind] = found
    for first, last, kind in _phrases(text, start, end):
        kinds.setdefault(kind, []).append((first, last))
    if not kinds:
        return None
    names = sorted(kinds)
    weights = np.array([{"clause": 1.6, "n": 1.6}.get(name, 1.0) for name in names])
    kind = names[int(chance.choice(len(names), p=weights / weights.sum()))]
    first, last = kinds[kind][int(chance.integers(len(kinds[kind])))]
    if kind == "clause" and chance.random() < 0.5:
        first, last = _shortened(text, first, last, chance)
    return (first, last, kind) if last > first and last - first < end - start - 4 else None


def _phrases(text: Analysed, start: int, end: int) -> list[tuple[int, int, str]]:
    """Find runs of nouns; their kind is that of their last word."""
    runs: list[tuple[int, int, str]] = []
    for first, last, tag in words_of(text, start, end):
        if tag not in _NOUNS:
            continue
        kind = {"nr": "nr", "nrt": "nr", "ns": "ns", "nt": "nt"}.get(tag, "n")
        if runs and runs[-1][1] == first and first - runs[-1][0] < 14:
            runs[-1] = (runs[-1][0], last, kind)
        else:
            runs.append((first, last, kind))
    return [run for run in runs if run[1] - run[0] > 1]


def _shortened(text: Analysed, first: int, last: int, chance: np.random.Generator) -> tuple[int, int]:
    """Leave the first words of a clause to the question."""
    words = words_of(text, first, last)
    if len(words) < 3:
        return first, last
    return words[int(chance.integers(1, len(words) - 1))][0], last


def _frame(whole: str, start: int, end: int, first: int, last: int, chance: np.random.Generator) -> tuple[int, int]:
    """Choose how much of the sentence around the answer is asked with: often only its own clauses."""
    commas = [at for at in range(start, end) if whole[at] in ",,;;::"]
    left = [start, *(at + 1 for at in commas if at < first)]
    right = [*(at for at in commas if at >= last), end]
    keep_left = int(min(chance.geometric(0.6), len(left)))
    keep_right = int(min(chance.geometric(0.72), len(right)))
    a, b = left[-keep_left], right[keep_right - 1]
    if (first - a) + (b - last) < 6:
        return left[0], right[-1]
    return a, b


def _question(
    text: Analysed, left: int, right: int, first: int, last: int, kind: str, title: str, near: Mapping[str, Sequence[str]],
    habits: Habits, chance: np.random.Generator,
) -> str:  # fmt: skip
    asking = ASKING[kind][int(chance.integers(len(ASKING[kind])))]
    dropped = chance.random() * habits.dropped
    before = _spoilt(text, left, first, dropped, near, habits, chance)
    behind = _spoilt(text, last, right, dropped, near, habits, chance)
    way = chance.random()
    if way < 0.55:
        words = [*before, asking, *behind]
    elif way < 0.75:
        words = [asking, *before, *behind]
    else:
        words = [*before, *behind, "的是" if chance.random() < 0.5 else "是", asking]
    if title and chance.random() < habits.titled and title not in "".join(words):
        words = [title, *(["的"] if chance.random() < 0.3 else []), *words]
    if chance.random() < 0.1:
        words.insert(0, FRONT[int(chance.integers(len(FRONT)))])
    return "".join(words).strip(",， ")[:90] + ("?" if chance.random() < 0.8 else "")


def _spoilt(
    text: Analysed, start: int, end: int, dropped: float, near: Mapping[str, Sequence[str]], habits: Habits,
    chance: np.random.Generator,
) -> list[str]:  # fmt: skip
    """Give the words from `start` to `end`, without some of them and with others exchanged."""
    kept: list[str] = []
    for first, last, _ in words_of(text, start, end) if end > start else []:
        word = text.text[first:last]
        if chance.random() < dropped:
            continue
        if not _WORD.fullmatch(word):
            kept += [word] if chance.random() < 0.5 and word in ",,、《》“”" else []
            continue
        others = near.get(word)
        if others and chance.random() < habits.swapped:
            word = others[int(chance.integers(len(others)))]
        kept.append(word)
    return kept
