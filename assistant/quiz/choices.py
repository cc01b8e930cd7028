"""Questions with options for one fact: single choice, multiple choice, true or false."""

from __future__ import annotations

from assistant.quiz.distractors import wrong_values
from assistant.quiz.making import Made, Workshop, opening
from assistant.quiz.points import Point
from assistant.quiz.types import FALSE, LETTERS, TRUE
from assistant.quiz.wording import CHOICE_BLANK, filled

OPTIONS = 4
FEWEST_WRONG = 2
MOST_RIGHT = 4


def single(workshop: Workshop) -> Made | None:
    """One right option of four. Of a fact with several values one is asked for: which of these belongs, or which does not."""
    point = workshop.point
    if len(point.values) == 1:
        return _one_of_four(workshop, point)
    return _odd_one_out(workshop, point) if point.family in ("term", "list") else None


def _one_of_four(workshop: Workshop, point: Point) -> Made | None:
    wrong = wrong_values(workshop.material, point, OPTIONS - 1, workshop.rng)
    if len(wrong) < OPTIONS - 1:
        return None
    options = _arranged(workshop, [point.values[0], *(w.value for w in wrong)])
    at = options.index(point.values[0])
    return Made(_asked(workshop, point), options, (at,), f"{LETTERS[at]}. {point.values[0]}", sum(w.near for w in wrong) / len(wrong))


def _asked(workshop: Workshop, point: Point) -> str:
    """Put the statement as a stem: with a blank to choose for, or in words where that is natural."""
    head = opening(workshop, statement=point.statement)
    if point.family == "lead" and len(point.values) == 1:
        task = f"“{_quoted(point)}”"
        form = workshop.rng.choice((f"{task}这项任务由{CHOICE_BLANK}牵头。", f"牵头负责{task}的单位是{CHOICE_BLANK}。", f"{task}这项任务的牵头单位是哪一个？{CHOICE_BLANK}"))
        return head + form
    if point.family == "time" and point.question and workshop.rng.random() < 0.5:
        return f"{head}{point.question}{CHOICE_BLANK}"
    return f"{head}{filled(point.statement, CHOICE_BLANK)}。"


def _quoted(point: Point) -> str:
    return point.statement.split("”这项任务")[0].removeprefix("“")


def _odd_one_out(workshop: Workshop, point: Point) -> Made | None:
    """Three right parts and one that does not belong."""
    wrong = wrong_values(workshop.material, point, 1, workshop.rng)
    if not wrong or len(point.values) < 3 or not point.prompt:
        return None
    parts = workshop.rng.sample(point.values, 3)
    options = _arranged(workshop, [*parts, wrong[0].value])
    at = options.index(wrong[0].value)
    ask = "下列各项中，不属于" if workshop.rng.random() < 0.5 else "下列哪一项不属于"
    what = f"{point.prompt}{'内容' if point.family == 'term' else '部分'}的是{CHOICE_BLANK}。"
    what = what if ask.startswith("下列各项") else f"{point.prompt}{'' if point.family == 'term' else '部分'}的内容？{CHOICE_BLANK}"
    return Made(f"{opening(workshop, statement='“')}{ask}{what}", options, (at,), f"{LETTERS[at]}. {wrong[0].value}", wrong[0].near)


def multiple(workshop: Workshop) -> Made | None:
    """All parts of a fact among others, or of a long list those that belong to it; at least two are wrong, at most six stand."""
    point = workshop.point
    named = bool(point.prompt) and point.family in ("term", "list")
    right = list(point.values)
    if len(right) > MOST_RIGHT and named:
        right = workshop.rng.sample(right, workshop.rng.choice((3, 4)))
    if not 2 <= len(right) <= MOST_RIGHT:
        return None
    wrong = wrong_values(workshop.material, point, FEWEST_WRONG, workshop.rng)
    if len(wrong) < FEWEST_WRONG:
        return None
    options = _arranged(workshop, [*right, *(w.value for w in wrong)])
    key = tuple(sorted(options.index(v) for v in right))
    answer = "".join(LETTERS[k] for k in key) + f"（{'；'.join(options[k] for k in key)}）"
    if len(right) < len(point.values):
        stem = f"{opening(workshop, statement='“')}下列各项中，属于{point.prompt}{'内容' if point.family == 'term' else '部分'}的有{CHOICE_BLANK}。"
    else:
        stem = f"{opening(workshop, statement=point.statement)}{filled(point.statement, CHOICE_BLANK).replace('依次分为', '包括')}。"
    return Made(stem, options, key, answer, sum(w.near for w in wrong) / len(wrong))


def true_false(workshop: Workshop) -> Made | None:
    """The statement as it is, or with one value replaced by a wrong one."""
    point = workshop.point
    values = list(point.values)
    truth = workshop.rng.random() < 0.5
    near = 0.3
    if not truth:
        wrong = wrong_values(workshop.material, point, 1, workshop.rng)
        if not wrong:
            return None
        values[workshop.rng.randrange(len(values))] = wrong[0].value
        near = wrong[0].near
    stem = f"{opening(workshop, statement=point.statement)}{point.with_values(values)}。"
    right = point.with_values(point.values)
    answer = TRUE if truth else f"{FALSE}，应为“{right}”" if "“" not in right else f"{FALSE}，应为：{right}"
    return Made(stem, (TRUE, FALSE), (0 if truth else 1,), answer, near)


def _arranged(workshop: Workshop, options: list[str]) -> tuple[str, ...]:
    """Shuffle the options; figures and dates stand in their own order half of the time, as people set them."""
    if workshop.point.family in ("figure", "time") and workshop.rng.random() < 0.5 and len({len(o) for o in options}) == 1:
        return tuple(sorted(options))
    workshop.rng.shuffle(options)
    return tuple(options)
