"""A question put into other words by a person: checked like one that was made, with answer and explanation brought in line."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.quiz.export.words import printable
from assistant.quiz.types import FALSE, LETTERS, TRUE, Item
from corpus.errors import BadQuiz

LONGEST_STEM = 1000
LONGEST_OPTION = 300
MOST_OPTIONS = 10


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person wrote. options: of a choice, empty ones left out; the right order of an order; the right partners of a match.

    right: indexes of the right ones among `options` as sent.  accepted: wordings of a fill, points of a short answer.
    """

    stem: str
    options: Sequence[str] = ()
    right: Sequence[int] = ()
    prompts: Sequence[str] = ()
    accepted: Sequence[str] = ()


def edited(item: Item, edit: Edit) -> Item:
    """Give the question as it was edited; its sources stay. Raises BadQuiz ("bad_edit") for what cannot be a question."""
    stem = _line(edit.stem, LONGEST_STEM)
    if len(stem) < 5:
        raise _bad("题干太短", "请写出完整的题干")
    changed = _EDITORS[item.kind](replace(item, stem=stem), edit)
    before = f"答案：{item.answer}。"
    if changed.explanation.startswith(before):
        changed = replace(changed, explanation=f"答案：{changed.answer}。" + changed.explanation[len(before) :])
    return changed


def _choice(item: Item, edit: Edit) -> Item:
    kept = [(i, text) for i, o in enumerate(edit.options) if (text := _line(o, LONGEST_OPTION))]
    options = tuple(text for _, text in kept)
    key = tuple(n for n, (i, _) in enumerate(kept) if i in edit.right)
    _check_texts(options, 2, "选项")
    if item.kind == "multiple":
        if len(key) < 2:
            raise _bad("多项选择题至少有两个正确选项", "请勾选两个以上,或换成单项选择题")
        answer = "".join(LETTERS[k] for k in key) + f"（{'、'.join(options[k] for k in key)}）"
        return replace(item, options=options, key=key, answer=answer)
    if len(key) != 1:
        raise _bad("这道题应有且只有一个正确选项", "请选定一个正确选项")
    # What a case adds in brackets (the rates set, the dates due) still holds while its key does.
    same = options == item.options and key == item.key
    return replace(item, options=options, key=key, answer=item.answer if same else f"{LETTERS[key[0]]}. {options[key[0]]}")


def _true_false(item: Item, edit: Edit) -> Item:
    key = tuple(k for k in edit.right if k in (0, 1))
    if len(key) != 1:
        raise _bad("判断题要选“正确”或“错误”", "请选定一个")
    return replace(item, key=key, answer=item.answer if key == item.key else (TRUE, FALSE)[key[0]])


def _fill(item: Item, edit: Edit) -> Item:
    accepted = _lines(edit.accepted)
    _check_texts(accepted, 1, "答案")
    return replace(item, key=accepted, answer=item.answer if accepted == item.key else accepted[0])


def _short(item: Item, edit: Edit) -> Item:
    points = _lines(edit.accepted)
    _check_texts(points, 1, "要点")
    return replace(item, key=points, answer="；".join(points))


def _order(item: Item, edit: Edit) -> Item:
    right = _lines(edit.options)
    _check_texts(right, 3, "步骤")
    if right == item.accepted:
        return item
    options = _mixed(right, item)
    return replace(item, options=options, key=right, answer="→".join(LETTERS[options.index(r)] for r in right))


def _match(item: Item, edit: Edit) -> Item:
    pairs = [(_line(p, LONGEST_OPTION), _line(o, LONGEST_OPTION)) for p, o in zip(edit.prompts, edit.options, strict=False)]
    pairs = [pair for pair in pairs if any(pair)]
    if not all(p and o for p, o in pairs):
        raise _bad("有一行缺左边或右边", "请把每一行都写全,或清空整行")
    prompts, right = tuple(p for p, _ in pairs), tuple(o for _, o in pairs)
    _check_texts(prompts, 2, "匹配项")
    _check_texts(right, 2, "匹配项")
    if (prompts, right) == (item.prompts, item.accepted):
        return item
    options = item.options if sorted(right) == sorted(item.options) else _mixed(right, item)
    answer = "；".join(f"{n}—{LETTERS[options.index(r)]}" for n, r in enumerate(right, 1))
    return replace(item, prompts=prompts, options=options, key=right, answer=answer)


_EDITORS = {
    "single": _choice, "multiple": _choice, "case": _choice, "true_false": _true_false,
    "fill": _fill, "short": _short, "order": _order, "match": _match,
}  # fmt: skip


def _mixed(right: tuple[str, ...], item: Item) -> tuple[str, ...]:
    """Shuffle so that the order given is not the right one; the same texts always fall the same way."""
    rng = random.Random(f"{item.id} {right}")
    options = list(right)
    while tuple(options) == right:
        rng.shuffle(options)
    return tuple(options)


def _check_texts(texts: Sequence[str], fewest: int, what: str) -> None:
    if not fewest <= len(texts) <= MOST_OPTIONS:
        raise _bad(f"{what}应有 {fewest} 到 {MOST_OPTIONS} 个,现有 {len(texts)} 个", "请增减后再保存")
    if len(set(texts)) < len(texts):
        raise _bad(f"有两个{what}相同", "请改成互不相同的")


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for text in texts for part in text.splitlines() if (line := _line(part, LONGEST_OPTION)))


def _line(text: str, longest: int) -> str:
    line = " ".join(printable(text).split())
    if len(line) > longest:
        raise _bad(f"有一处写了 {len(line)} 个字,超过上限 {longest} 个字", "请缩短")
    return line


def _bad(message: str, remedy: str) -> BadQuiz:
    return BadQuiz("bad_edit", message, remedy)
