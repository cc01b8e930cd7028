"""Questions that put several facts together: match tasks and units, put in order, judge a case."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.quiz.making import Made, Seed, Workshop
from assistant.quiz.points import Point, plain
from assistant.quiz.types import LETTERS
from assistant.quiz.wording import CHOICE_BLANK, inner, title_of

PAIRS = 4

# ---------------------------------------------------------------- which points go together


def groups(points: Sequence[Point], rng: random.Random) -> Iterator[Seed]:
    """Give seeds of questions that need several facts of one source, in an order the dice decide."""
    by_source: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for point in points:
        by_source[point.document.id, point.source].append(point)
    for found in by_source.values():
        mixed = list(found)
        rng.shuffle(mixed)
        for family in ("lead", "term"):
            yield from _pairs([p for p in mixed if p.family == family])
        yield from _orders([p for p in mixed if p.family == "time" and p.prompt and _exact(p)])
        yield from (Seed("order", (p,)) for p in mixed if p.ordered)
        yield from _cases(mixed)


def _pairs(points: Sequence[Point]) -> Iterator[Seed]:
    """Fours with distinct answers, none of which fits another's prompt."""
    usable = [p for p in points if p.prompt and (p.family == "term" or len(p.values) == 1) and len("、".join(p.values)) <= 48]
    while len(usable) >= PAIRS - 1:
        chosen: list[Point] = []
        for point in usable:
            if len(chosen) < PAIRS and all(_apart(point, c) and _apart(c, point) for c in chosen):
                chosen.append(point)
        if len(chosen) < PAIRS - 1:
            return
        yield Seed("match", tuple(chosen))
        usable = [p for p in usable if p not in chosen]


def _apart(point: Point, other: Point) -> bool:
    """Does the clause of `point` hold nothing of the other's answer?"""
    text = point.document.text
    clause = plain("".join(span.of(text) for span in point.quotes) + "".join(point.values))
    parts = [plain(v) for v in other.values]
    if plain(point.prompt) in plain("".join(other.values)):
        return False
    return not any(p in clause for p in parts) if point.family == "lead" else not all(p in clause for p in parts)


def _orders(points: Sequence[Point]) -> Iterator[Seed]:
    usable = list(points)
    while len(usable) >= 3:
        chosen: list[Point] = []
        for point in usable:
            apart = all(point.until and c.until and abs((point.until - c.until).days) >= 28 for c in chosen)
            alike = any(plain(point.prompt) in plain(c.prompt) or plain(c.prompt) in plain(point.prompt) for c in chosen)
            if apart and not alike and len(chosen) < 4 and not re.search(r"20\d\d年", point.prompt):
                chosen.append(point)
        if len(chosen) < 3:
            return
        yield Seed("order", tuple(chosen))
        usable = [p for p in usable if p not in chosen]


def _cases(points: Sequence[Point]) -> Iterator[Seed]:
    leads = {p.duty: p for p in points if p.family == "lead" and len(p.values) == 1}
    for point in points:
        if point.family == "time" and point.duty >= 0 and point.duty in leads:
            yield Seed("case", (leads[point.duty], point))
    shares = [p for p in points if p.family == "figure" and p.comparator == ">=" and p.unit == "%" and p.prompt and (p.number or 0) in range(20, 100)]
    for one, two in zip(shares[::2], shares[1::2], strict=False):
        if plain(one.prompt) != plain(two.prompt):
            yield Seed("case", (one, two))
    dated = [p for p in points if p.family == "time" and p.prompt and p.duty < 0 and _exact(p)]
    for one, two in zip(dated[::2], dated[1::2], strict=False):
        if plain(one.prompt) != plain(two.prompt):
            yield Seed("case", (one, two))


def _exact(point: Point) -> bool:
    """Does the limit name a last day, as 2025年底前 does and 2025年 does not quite, and is it the only one of its clause?"""
    said = " ".join(span.of(point.document.text) for span in point.quotes)
    return bool(point.until and re.search("月|底|前", point.values[0]) and len(re.findall(r"20\d\d\s*年|(?<![\d年])\d{1,2}月底?前", said)) == 1)


# ---------------------------------------------------------------- making them


def match(workshop: Workshop) -> Made | None:
    """Prompts on the left, shuffled answers on the right."""
    points = workshop.seed.points
    right = tuple("、".join(p.values) for p in points)
    options = list(right)
    while tuple(options) == right:
        workshop.rng.shuffle(options)
    what = "术语与其含义" if points[0].family == "term" else "任务与其牵头单位"
    stem = f"根据{points[0].source}，将下列{what}一一对应。"
    answer = "；".join(f"{n}—{LETTERS[options.index(r)]}" for n, r in enumerate(right, 1))
    return Made(stem, tuple(options), right, answer, 0.3 + 0.1 * len(points), tuple(p.prompt for p in points))


def order(workshop: Workshop) -> Made | None:
    """Steps in the order the text gives them, or tasks by their time limits."""
    points = workshop.seed.points
    if len(points) == 1:
        right = points[0].values
        stem = f"根据{points[0].source}，将{points[0].prompt}的下列各阶段按先后顺序排列。"
    else:
        right = tuple(p.prompt for p in sorted(points, key=lambda p: str(p.until)))
        stem = f"根据{points[0].source}，将下列任务按规定的完成时限由早到晚排列。"
    options = list(right)
    while tuple(options) == right:
        workshop.rng.shuffle(options)
    answer = "→".join(LETTERS[options.index(r)] for r in right)
    if len(points) > 1:
        by_prompt = {p.prompt: p for p in points}
        answer += "（" + "；".join(f"{LETTERS[options.index(r)]}：{by_prompt[r].values[0]}" for r in right) + "）"
    return Made(stem, tuple(options), right, answer, 0.3 + 0.1 * len(right))


def case(workshop: Workshop) -> Made | None:
    """A situation that two facts decide."""
    one, two = workshop.seed.points
    if one.family == "lead":
        return _who_and_when(workshop, one, two)
    return _reached(workshop, one, two) if one.family == "figure" else _late(workshop, one, two)


def _place(point: Point) -> str:
    places = point.document.card.places
    return places[-1] if places else title_of(point.document)


def _who_and_when(workshop: Workshop, lead: Point, time: Point) -> Made | None:
    from assistant.quiz.distractors import wrong_values

    unit = wrong_values(workshop.material, lead, 1, workshop.rng)
    limit = wrong_values(workshop.material, time, 1, workshop.rng)
    if not unit or not limit:
        return None
    right = f"由{lead.values[0]}牵头，{time.values[0]}完成"
    options = [right] + [
        f"由{u}牵头，{t}完成"
        for u, t in ((lead.values[0], limit[0].value), (unit[0].value, time.values[0]), (unit[0].value, limit[0].value))
    ]
    options = [o.replace("前完成", "前完成").replace("底完成", "底前完成") for o in options]
    right = options[0]
    workshop.rng.shuffle(options)
    at = options.index(right)
    who = workshop.rng.choice(("某督查组", "工作人员小李", "某镇街安全员", "某单位新任分管负责人"))
    stem = f"{who}要核对“{inner(lead.prompt)}”这项任务的责任和进度。根据{lead.source}，下列说法正确的是{CHOICE_BLANK}。"
    return Made(stem, tuple(options), (at,), f"{LETTERS[at]}. {right}", (unit[0].near + limit[0].near) / 2)


def _reached(workshop: Workshop, one: Point, two: Point) -> Made | None:
    """Two rates reached, each above or below what is set."""
    rng = workshop.rng
    met = (rng.random() < 0.5, rng.random() < 0.5)
    shown = [_around(p, ok, rng) for p, ok in zip((one, two), met, strict=True)]
    names = [p.prompt for p in (one, two)]
    options = ("两项均已达到要求", f"只有{names[0]}达到要求", f"只有{names[1]}达到要求", "两项均未达到要求")
    at = {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[met]
    stem = (
        f"某单位自查：{names[0]}为{shown[0]}，{names[1]}为{shown[1]}。"
        f"对照{one.source}提出的目标，下列判断正确的是{CHOICE_BLANK}。"
    )
    told = f"{LETTERS[at]}. {options[at]}（要求分别为{one.values[0]}以上、{two.values[0]}以上）"
    return Made(stem, options, (at,), told, 0.7)


def _around(point: Point, met: bool, rng: random.Random) -> str:
    goal = int(point.number or 0)
    value = rng.randint(goal + 1, min(99, goal + 4)) if met and goal < 99 else goal if met else goal - rng.randint(1, 4)
    return f"{value}%"


def _late(workshop: Workshop, one: Point, two: Point) -> Made | None:
    """Two tasks done on a day, each in time or late."""
    rng = workshop.rng
    if one.until is None or two.until is None:
        return None
    met = (rng.random() < 0.5, rng.random() < 0.5)
    days = [_day(p, ok, rng) for p, ok in zip((one, two), met, strict=True)]
    options = ("两项均按时完成", "只有第一项按时完成", "只有第二项按时完成", "两项均未按时完成")
    at = {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[met]
    stem = (
        f"{_place(one)}某责任单位于{days[0]}完成第一项任务“{inner(one.prompt)}”，于{days[1]}完成第二项任务“{inner(two.prompt)}”。"
        f"对照{one.source}规定的时限，下列判断正确的是{CHOICE_BLANK}。"
    )
    told = f"{LETTERS[at]}. {options[at]}（规定时限分别为{one.values[0]}、{two.values[0]}）"
    return Made(stem, options, (at,), told, 0.7)


def _day(point: Point, met: bool, rng: random.Random) -> str:
    """A month in which the task was done: before its last day, or after it."""
    assert point.until
    months = point.until.year * 12 + point.until.month - 1
    months += -rng.randint(1, 3) if met else rng.randint(1, 3)
    return f"{months // 12}年{months % 12 + 1}月"
