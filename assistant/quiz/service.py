"""What a face calls: make a paper, swap one question, shuffle versions. Pure functions of library and request.

    request = QuizRequest(documents=("方案.txt",), count=20, kinds=("single", "fill"), seed=7)
    quiz = make_quiz(library, request)
    quiz = swap(library, quiz, quiz.items[3].id)                  # another question in its place
    again = make_quiz(library, replace(request, seed=8, keep=("q…",)))   # all others anew, locked ones kept
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from assistant.library.library import Library
from assistant.quiz.making import VARIANTS, Seed
from assistant.quiz.material import Material, material_of, of_units
from assistant.quiz.points import Point
from assistant.quiz.selection import Paper, choose, make, seeds_of
from assistant.quiz.types import KIND_NAMES, KINDS, LETTERS, Item, Quiz, QuizRequest
from corpus.errors import BadQuiz, UnknownDocument
from corpus.text import fold

MOST = 1000


def make_quiz(library: Library, request: QuizRequest) -> Quiz:
    """Make the paper asked for; where the documents do not give as many questions, `shortfall` says how many and why.

    Raises BadQuiz for a request that cannot be meant, UnknownDocument for a document that is not in the library.
    """
    request = checked(request)
    material, points = scoped(library, request)
    seeds = seeds_of(points, [*request.kinds, *(k for k, _ in request.numbers)])
    kept = [_again(material, seeds_of(material.points, KINDS), identity) for identity in request.keep]
    items = choose(material, seeds, request, kept)
    return Quiz(request.seed, items, request, len(seeds), _shortfall(request, items, seeds, points))


def swap(library: Library, quiz: Quiz, identity: str) -> Quiz:
    """Put another question of the same kind (of any kind when there is none) in the place of one; its id is not used again."""
    at = next((i for i, item in enumerate(quiz.items) if item.id == identity), None)
    if at is None:
        raise BadQuiz("unknown_item", f"试卷里没有题目 {identity}", "请用试卷里的题目编号")
    request = checked(quiz.request)
    material, points = scoped(library, request)
    paper = Paper()
    for item in quiz.items:
        if item.id != identity:
            paper.take(item, ("", ""))
    old = quiz.items[at]
    rng = random.Random(f"swap {quiz.seed} {identity}")
    seeds = [s for s in seeds_of(points, request.kinds) if not {p.key for p in s.points} & set(old.facts)]
    rng.shuffle(seeds)
    used = {*request.avoid, identity}
    for seed in sorted(seeds, key=lambda s: s.kind != old.kind):
        new = make(material, seed, rng.randrange(VARIANTS))
        if new and new.id not in used and request.difficulty[0] <= new.difficulty <= request.difficulty[1] and paper.fits(new):
            items = (*quiz.items[:at], new, *quiz.items[at + 1 :])
            return replace(quiz, items=items, request=replace(request, avoid=(*request.avoid, identity)))
    raise BadQuiz("no_other_item", "没有别的题目可以换", "请放宽范围、题型或难度")


def versions(quiz: Quiz, count: int) -> tuple[Quiz, ...]:
    """Give papers A, B, … of the same questions, each in another order with options shuffled; keys follow.

    Questions stay grouped by kind, as on the printed paper. Raises BadQuiz when `count` is not 1 to 26.
    """
    if not 1 <= count <= len(LETTERS):
        raise BadQuiz("bad_versions", f"卷数应为 1 到 {len(LETTERS)}: {count}", "常用 2(A、B 卷)")
    return tuple(_version(quiz, LETTERS[n]) for n in range(count))


def _version(quiz: Quiz, letter: str) -> Quiz:
    if letter == "A":
        return replace(quiz, version=letter)
    rng = random.Random(f"version {quiz.seed} {letter}")
    items: list[Item] = []
    for _, found in quiz.grouped():
        mixed = [_shuffled(item, rng) for item in found]
        rng.shuffle(mixed)
        items += mixed
    return replace(quiz, items=tuple(items), version=letter)


def _shuffled(item: Item, rng: random.Random) -> Item:
    """Put the options in another order; the letters in answer and explanation follow. Options that speak of each other stay."""
    if item.kind not in ("single", "multiple", "case") or any("两项" in o for o in item.options):
        return item
    order = list(range(len(item.options)))
    rng.shuffle(order)
    options = tuple(item.options[i] for i in order)
    key = tuple(sorted(order.index(k) for k in item.right))
    if item.kind == "multiple":
        answer = "".join(LETTERS[k] for k in key) + f"（{'；'.join(options[k] for k in key)}）"
    else:
        answer = f"{LETTERS[key[0]]}. {options[key[0]]}"
    return replace(item, options=options, key=key, answer=answer, explanation=item.explanation.replace(item.answer, answer, 1))


# ---------------------------------------------------------------- the request


def checked(request: QuizRequest) -> QuizRequest:
    """Give the request with its kinds in order. Raises BadQuiz where it cannot be meant."""
    unknown = [k for k in (*request.kinds, *(k for k, _ in request.numbers)) if k not in KINDS]
    if unknown:
        names = "、".join(f"{k}({KIND_NAMES[k]})" for k in KINDS)
        raise BadQuiz("unknown_kind", f"没有题型 {unknown[0]!r}", f"可用的题型: {names}")
    asked = sum(n for _, n in request.numbers)
    count = max(request.count, asked)
    if not 1 <= count <= MOST or any(n < 0 for _, n in request.numbers):
        raise BadQuiz("bad_count", f"题数应为 1 到 {MOST}: {request.count}", "请写题数,如 20")
    low, high = request.difficulty
    if not 1 <= low <= high <= 5:
        raise BadQuiz("bad_difficulty", f"难度应为 1 到 5,先低后高: {low}-{high}", "请写 1-5 或 2-4 或 3")
    if not request.kinds and not request.numbers:
        raise BadQuiz("unknown_kind", "没有选题型", "请至少选一种题型")
    return replace(request, count=count, kinds=tuple(k for k in KINDS if k in request.kinds))


def scoped(library: Library, request: QuizRequest) -> tuple[Material, tuple[Point, ...]]:
    """Give the material and the points within what the request chooses. Raises BadQuiz for a choice that meets nothing."""
    identities = [_identity(library, d) for d in request.documents]
    material = material_of(library, identities)
    if not material.asked:
        raise BadQuiz("empty_library", "文件库里没有文件", "请先用 policy-assistant add 加入文件")
    points: Sequence[Point] = material.points
    for wanted in request.sections:
        _check_section(material, wanted)
    if request.sections:
        words = [fold(s) for s in request.sections]
        points = [p for p in points if any(w in fold("›".join(p.path)) for w in words)]
    if request.topics:
        words = [fold(t) for t in request.topics]
        points = [p for p in points if any(w in fold("›".join(p.path) + p.statement + "、".join(p.values)) for w in words)]
    if request.units:
        points = list(of_units(points, request.units))
        if not points:
            raise BadQuiz("unknown_unit", f"所选范围里没有 {'、'.join(request.units)} 的任务", "请核对单位名称,或放宽范围")
    return material, tuple(points)


def _identity(library: Library, document: str) -> str:
    for known in library.documents:
        if document in (known.id, known.name):
            return known.id
    raise UnknownDocument("unknown_document", f"文件库里没有 {document}", "请用 policy-assistant documents 查看编号和名称")


def _check_section(material: Material, wanted: str) -> None:
    word = fold(wanted)
    if not word or not any(word in fold("›".join(s.path)) for pages in material.asked for s in pages.document.sections):
        raise BadQuiz("unknown_section", f"所选文件里没有章节 {wanted!r}", "请用 policy-assistant show DOC --outline 查看章节")


def _again(material: Material, seeds: Sequence[Seed], identity: str) -> tuple[Item, Seed]:
    """Make a locked question again from its id."""
    if identity and identity[-1].isdigit():
        for seed in seeds:
            if seed.identity(int(identity[-1])) == identity and (item := make(material, seed, int(identity[-1]))):
                return item, seed
    raise BadQuiz("unknown_item", f"文件库里出不了题目 {identity}", "文件可能已更新,请解除锁定后重出")


def _shortfall(request: QuizRequest, items: Sequence[Item], seeds: Sequence[Seed], points: Sequence[Point]) -> str:
    if len(items) >= request.count:
        return ""
    facts = len({p.key for s in seeds for p in s.points})
    why = f"所选范围和题型里可出题的事实共 {facts} 条" if facts else "所选范围和题型里没有可出题的事实"
    extra = ",一条事实在一份试卷里只考一次"
    if request.difficulty != (1, 5):
        extra += f",难度限于 {request.difficulty[0]}-{request.difficulty[1]}"
    if points and not seeds:
        extra += ",所选题型不适合这些事实"
    return f"要 {request.count} 题,只能出 {len(items)} 题: {why}{extra}"
