"""Readers on passages that are given: the questions lead to passages that hold what they want, and the figures are what they say."""

import json

from eval.passages import EXAM, FAMILIES, QUESTIONS, Asked, exam, holds, measure, near, written
from index.reader import Reading

ROWS = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def test_every_passage_holds_what_its_question_wants() -> None:
    asked = list(written())
    assert len(asked) == len(ROWS) >= 150
    assert all(holds(one.context, one.must) for one in asked)
    assert 0.2 < sum(not one.must for one in asked) / len(asked) < 0.4


def test_an_anchor_stands_once_in_its_document() -> None:
    texts = {row["document"]: (FAMILIES / row["document"]).read_text(encoding="utf-8") for row in ROWS}
    assert all(texts[row["document"]].count(row["anchor"]) == 1 for row in ROWS)
    assert len({row["id"] for row in ROWS}) == len({(row["question"], row["anchor"]) for row in ROWS}) == len(ROWS)


def test_sets_kept_out_are_asked_on_the_passage_that_answers_and_on_one_that_does_not() -> None:
    asked = [one for folder in EXAM for one in exam(folder)]
    here, elsewhere = ([one for one in asked if bool(one.must) == answers] for answers in (True, False))
    assert len(here) > 120 and len(elsewhere) > 120
    assert all(holds(one.context, one.must) for one in here)
    wanted = {one.id: one.must for one in here}
    assert not [one.id for one in elsewhere if (must := wanted.get(one.id.removesuffix("-not"))) and holds(one.context, must)]


class LastWord:
    """Takes the last four characters; sure where 元 stands."""

    name = "last"

    def read(self, question: str, passages: list[str]) -> tuple[Reading, ...]:
        sure = [0.9 if "元" in text else 0.2 for text in passages]
        return tuple(Reading(len(text) - 4, len(text), s, 1 - s) for text, s in zip(passages, sure, strict=True))


def test_the_figures_count_right_spans_and_order_of_absence() -> None:
    asked = [Asked("a", "多少?", "罚款200元", (("200元",),)), Asked("b", "多少?", "奖励300元", (("400元",),)), Asked("c", "谁?", "由区局负责", ())]
    figures, wrong = measure(asked, LastWord(), exact=True)  # type: ignore[arg-type]
    assert figures == {"questions": 3, "answerable": 2, "right": 0.5, "told": 0.5, "auroc": 1.0}
    assert [(one.id, answer) for one, answer in wrong] == [("b", "300元")]


def test_a_made_answer_may_be_a_little_longer_or_shorter() -> None:
    assert near("自受理之日起十五日内", "十五日内") and near("十五日", "十五日内")
    assert not near("", "十五日内") and not near("日", "十五日内") and not near("十五日内" * 30, "十五日内")
