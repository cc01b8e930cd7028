"""The subjects that one question is asked about: 个人和单位各罚多少, 市级、县级多久一次."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.demands import Subjects
from assistant.question.scope import short_place
from assistant.question.tagging import Words
from corpus.text import fold

_AND = re.compile(r"[和与及、跟]|以及")
_EACH = re.compile(r"各(?!地|类|种|项|级|个|镇|乡|县|区|市|部门|单位|位)|分别|依次")
_EACH_FIRST = re.compile(r"^,?(?:各自?|分别|依次|都)(?=[是为有由在要占应])|(?:各自?|分别|依次)(?=.)")
_NOT_NAMES = ("v", "r", "p", "c", "u", "d", "w", "y", "e", "k", "h")
"""Tags of words that do not belong to a name; the tagger guesses at many that do (湿地, 一般)."""
_NO_SUBJECT = re.compile("(?:去|今|明|上|本|20\\d\\d)年|牵头|配合|责任|负责|时限|期限|时间|文号|日期|多少|几|什么|哪|谁")
"""What is asked of one thing, not a thing of which something is asked."""

_MOST = 4


def subjects_of(question: str, words: Words, places: Sequence[str] = ()) -> Subjects | None:
    """Find the subjects that a question names side by side; None where it names one. places: known ones that it names."""
    folded = fold(question)
    joints = list(_AND.finditer(_QUOTED.sub(lambda m: "," * len(m.group()), folded)))
    for at, joint in enumerate(joints):
        left = _run(folded[: joint.start()], words, back=True)
        if not left:
            continue
        middle: list[str] = []
        end = joint.end()
        for following in joints[at + 1 :]:
            between = folded[end : following.start()]
            if not 1 < len(between) <= _LONGEST or "".join(_run(between, words, back=False)) != between or len(middle) > _MOST - 3:
                break
            middle.append(between)
            end = following.end()
        right = _run(folded[end:], words, back=False)
        if not right:
            continue
        skipped = len(right[0]) if len(right) > 1 and right[0] in _DOES_TO else 0
        one, two = _parallel(left, right[1:] if skipped else right)
        end += skipped
        labels = (one, *middle, two)
        if any(_NO_SUBJECT.search(label) or len(label) < 2 for label in labels) or len(set(labels)) < len(labels):
            continue
        before, after = folded[: joint.start() - len(one)], folded[end + len(two) :]
        if _placed("".join(right), places) and (piece := re.split("[,;?。]", before)[-1]):
            # 甲县意见和乙市预案: what has its own place does not share what stands before the other.
            two = "".join(right)
            labels, before, after = (piece + one, *middle, two), before[: -len(piece)], folded[end + len(two) :]
        return Subjects(labels, before, _EACH_FIRST.sub("", after), bool(_EACH.search(after)), folded[joint.start() - 1 : joint.end() + 2])
    return None


def _placed(phrase: str, places: Sequence[str]) -> bool:
    return any(fold(form) in phrase for place in places for form in (place, short_place(place)))


_LONGEST = 12
_QUOTED = re.compile(r"[“《「\"][^”》」\"]*[”》」\"]")


def _run(text: str, words: Words, *, back: bool) -> list[str]:
    """The words of the noun phrase at the end (or head) of a text."""
    piece = re.split(r"[,;?。:!“”()《》、]", text)[-1 if back else 0]
    tagged = list(words.tag(piece))
    found: list[str] = []
    order = range(len(tagged) - 1, -1, -1) if back else range(len(tagged))
    for at in order:
        word, part = tagged[at]
        beside = at + 1 < len(tagged) and not tagged[at + 1][1].startswith(_NOT_NAMES) and tagged[at + 1][0] not in _ASKING
        # 投诉电话 and 组长: a verb before a noun and one that names who does it belong to the phrase.
        verbal = part.startswith("v") and len(word) > 1 and (beside or _DOER.search(word))
        if word in _ASKING or (part.startswith(_NOT_NAMES) and not verbal and not part.startswith("vn")):
            break
        found.append(word)
    return found[::-1] if back else found


_ASKING = frozenset(("各", "分别", "多少", "多久", "每天", "每年", "每月", "每次", "每人", "几", "最高", "最低", "最多", "最少", "至少"))
_DOES_TO = frozenset("罚收补奖交报给发")
"""Verbs of one character that stand before each subject: 罚单位和罚个人各多少."""
_DOER = re.compile("[长员人者手率量]$")


def _parallel(left: list[str], right: list[str]) -> tuple[str, str]:
    """The end of one phrase and the head of the other that are built alike: 融雪剂交通局|城管局 → 交通局, 城管局."""
    pairs = [("".join(left[i:]), "".join(right[: j + 1])) for i in range(len(left)) for j in range(len(right))]
    return max(pairs, key=lambda pair: (pair[0][-1] == pair[1][-1], -abs(len(pair[0]) - len(pair[1])), len(pair[0]) + len(pair[1])))
