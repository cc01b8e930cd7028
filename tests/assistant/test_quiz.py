"""Questions made from documents: every key is in its clause, no wrong option is, and the same seed makes the same paper."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.config import Config
from assistant.quiz.grading import grade
from assistant.quiz.points import plain
from assistant.quiz.service import versions
from assistant.quiz.types import CHOICES, KINDS, Item, Quiz, QuizRequest
from corpus.errors import BadQuiz, UnknownDocument
from corpus.text import fold

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"

PLAN = """青石镇消防安全整治方案

一、工作目标

到2025年底,老旧小区消防车通道标识施划率达95%以上,消防志愿队人员培训覆盖率达80%以上。

二、重点任务

1.打通消防生命通道。2025年6月底前完成全镇消防车通道排查。(牵头单位:镇消防工作站)

2.整治沿街商铺违规住人。2024年底前完成沿街商铺隐患清零。(牵头单位:镇综合执法队)

3.规范电动自行车充电。2026年底前建成集中充电点120个。(牵头单位:镇住建办)

4.强化“三清三关”。落实“三清三关”(清走道、清阳台、清厨房、关火源、关电源、关气源)要求,每季度开展1次入户检查。(牵头单位:镇应急办)

三、保障措施

(一)加强组织领导

(二)加强经费投入

(三)加强督导检查
"""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("quiz") / "library", Config()) as assistant:
        assistant.add([SAMPLES])
        yield assistant


@pytest.fixture(scope="module")
def paper(samples: Assistant) -> Quiz:
    return samples.quiz(count=60, seed=3)


def of_kind(quiz: Quiz, kind: str) -> Item:
    return next(item for item in quiz.items if item.kind == kind)


def test_a_paper_has_exactly_as_many_questions_as_asked_for_in_eight_kinds(paper: Quiz) -> None:
    assert len(paper.items) == 60
    assert {item.kind for item in paper.items} == set(KINDS)
    assert not paper.shortfall


def test_the_same_seed_makes_the_same_paper_and_another_seed_another(samples: Assistant, paper: Quiz) -> None:
    assert samples.quiz(count=60, seed=3) == paper
    assert {i.id for i in samples.quiz(count=60, seed=4).items} != {i.id for i in paper.items}


def test_the_same_documents_in_another_library_make_the_same_paper(assistant_of) -> None:  # type: ignore[no-untyped-def]
    one, two = (assistant_of(**{"方案.txt": PLAN}).quiz(count=6, seed=2) for _ in range(2))
    assert [(i.id, i.stem, i.options, i.key) for i in one.items] == [(i.id, i.stem, i.options, i.key) for i in two.items]


def test_every_kind_asked_for_is_on_the_paper_where_they_fit(samples: Assistant) -> None:
    assert {i.kind for i in samples.quiz(count=8).items} == set(KINDS)
    assert {i.kind for i in samples.quiz(count=2, kinds=("single", "case")).items} == {"single", "case"}


def test_every_citation_is_verbatim(samples: Assistant, paper: Quiz) -> None:
    for item in paper.items:
        assert item.citations
        for citation in item.citations:
            assert citation.quote == samples.store.document(citation.document_id).text[citation.start : citation.end] != ""
            assert all(citation.start <= a < b <= citation.end for a, b in citation.highlight)


def test_what_is_right_stands_in_the_clause_and_what_is_wrong_does_not(paper: Quiz) -> None:
    for item in paper.items:
        quoted = plain("".join(c.quote for c in item.citations))
        if item.kind == "fill":
            assert plain(item.accepted[0]) in quoted, item
        if item.kind == "multiple":
            for at, option in enumerate(item.options):
                assert (plain(option) in quoted) == (at in item.key), (item, option)


def test_no_fact_is_asked_twice_and_no_question_shows_what_another_asks(paper: Quiz) -> None:
    asked = Counter(fact for item in paper.items for fact in item.facts)
    assert max(asked.values()) == 1
    for item in paper.items:
        shown = plain("".join((item.stem, *item.options, *item.prompts)))
        assert not any(told in shown for other in paper.items if other is not item for told in other.says)


def test_questions_come_from_many_documents_and_sections(paper: Quiz) -> None:
    assert len({c.document_id for item in paper.items for c in item.citations}) >= 8


def test_options_differ_and_keys_point_at_them(paper: Quiz) -> None:
    for item in paper.items:
        assert len(set(map(fold, item.options))) == len(item.options)
        if item.kind in CHOICES:
            assert all(isinstance(k, int) and 0 <= k < len(item.options) for k in item.key)
            assert len(item.key) < len(item.options)
        assert 1 <= item.difficulty <= 5


def test_the_stem_does_not_give_the_key_away(paper: Quiz) -> None:
    for item in paper.items:
        if item.kind in ("single", "fill", "multiple"):
            right = [item.options[k] for k in item.right] or [item.accepted[0]]
            body = item.stem.split("》", 1)[-1]
            assert item.stem.count("不属于") or not any(plain(r) in plain(body) for r in right if len(r) > 2), item


def test_the_explanation_names_document_headings_and_words(paper: Quiz) -> None:
    for item in paper.items:
        assert item.explanation.startswith("答案：")
        assert "依据：" in item.explanation and "原文：“" in item.explanation


def test_only_the_chosen_kinds_difficulties_and_documents_are_used(samples: Assistant) -> None:
    quiz = samples.quiz(documents=("01-yunbo-safety-plan.txt",), count=8, kinds=("single", "fill"), difficulty=(2, 3))
    assert {item.kind for item in quiz.items} == {"single", "fill"}
    assert {item.difficulty for item in quiz.items} <= {2, 3}
    assert {c.doc for item in quiz.items for c in item.citations} == {"01-yunbo-safety-plan.txt"}


def test_numbers_of_single_kinds_are_met(samples: Assistant) -> None:
    quiz = samples.quiz(count=10, numbers=(("single", 6), ("true_false", 4)), kinds=("single", "true_false"))
    assert Counter(item.kind for item in quiz.items) == {"single": 6, "true_false": 4}


def test_sections_units_and_topics_narrow_the_choice(samples: Assistant) -> None:
    by_section = samples.quiz(sections=("畅通应急生命通道",), count=2, kinds=("single", "true_false", "fill"))
    assert all(any("畅通应急生命通道" in p for p in c.path) for item in by_section.items for c in item.citations)
    by_unit = samples.quiz(units=("消防救援大队",), count=2, kinds=("single", "true_false"))
    assert all("消防救援大队" in "".join(c.quote for c in item.citations) for item in by_unit.items)
    by_topic = samples.quiz(topics=("燃气",), count=4)
    assert all("燃气" in item.explanation for item in by_topic.items)


def test_too_many_are_asked_for_and_the_paper_says_how_many_there_are(assistant_of) -> None:  # type: ignore[no-untyped-def]
    quiz = assistant_of(PLAN).quiz(count=300)
    assert 5 <= len(quiz.items) < 300
    assert f"只能出 {len(quiz.items)} 题" in quiz.shortfall


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({"count": 0}, "bad_count"),
        ({"count": -3}, "bad_count"),
        ({"count": 5000}, "bad_count"),
        ({"kinds": ("riddle",)}, "unknown_kind"),
        ({"kinds": ()}, "unknown_kind"),
        ({"difficulty": (4, 2)}, "bad_difficulty"),
        ({"sections": ("没有这一章节",)}, "unknown_section"),
        ({"units": ("火星管理局",)}, "unknown_unit"),
        ({"keep": ("q00000000001",)}, "unknown_item"),
    ],
)
def test_what_cannot_be_meant_is_said_so(samples: Assistant, choices: dict[str, object], code: str) -> None:
    with pytest.raises(BadQuiz) as caught:
        samples.quiz(**choices)
    assert caught.value.code == code
    assert caught.value.remedy


def test_an_unknown_document_is_said_so(samples: Assistant) -> None:
    with pytest.raises(UnknownDocument):
        samples.quiz(documents=("没有.txt",))


def test_an_empty_library_is_said_so(tmp_path: Path) -> None:
    with Assistant.open(tmp_path, Config()) as assistant, pytest.raises(BadQuiz) as caught:
        assistant.quiz()
    assert caught.value.code == "empty_library"


def test_a_locked_question_comes_again_as_it_was(samples: Assistant, paper: Quiz) -> None:
    locked = (paper.items[0], paper.items[20])
    again = samples.quiz(count=60, seed=99, keep=tuple(i.id for i in locked))
    assert set(locked) <= set(again.items)
    assert len(again.items) == 60


def test_a_swapped_question_asks_something_else_and_the_others_stay(samples: Assistant, paper: Quiz) -> None:
    old = paper.items[5]
    swapped = samples.swap(paper, old.id)
    assert swapped.items[:5] + swapped.items[6:] == paper.items[:5] + paper.items[6:]
    assert not set(swapped.items[5].facts) & set(old.facts)
    assert swapped.items[5].kind == old.kind
    twice = samples.swap(swapped, swapped.items[5].id)
    assert twice.items[5].id not in (old.id, swapped.items[5].id)
    with pytest.raises(BadQuiz):
        samples.swap(paper, "q-not-there")


def test_versions_ask_the_same_in_another_order_and_keys_follow(paper: Quiz) -> None:
    a, b = versions(paper, 2)
    assert (a.version, b.version) == ("A", "B")
    assert a.items == paper.items
    assert [i.id for i in a.items] != [i.id for i in b.items]
    before = {item.id: item for item in a.items}
    for item in b.items:
        assert {item.options[k] for k in item.right} == {before[item.id].options[k] for k in before[item.id].right}
        assert item.answer in item.explanation
    with pytest.raises(BadQuiz):
        versions(paper, 0)


def test_the_right_reply_is_right_and_a_wrong_one_is_not(paper: Quiz) -> None:
    for item in paper.items:
        assert grade(item, list(item.key) if item.kind != "fill" else item.accepted[0]).right, item
        wrong = [k for k in range(len(item.options)) if k not in item.key][:1] if item.kind in CHOICES else ["完全不对"]
        judged = grade(item, wrong)
        assert not judged.right and judged.score == 0
        assert judged.explanation == item.explanation


def test_letters_and_texts_are_understood_as_replies(paper: Quiz) -> None:
    single, multiple, order, match = (of_kind(paper, kind) for kind in ("single", "multiple", "order", "match"))
    letter = "ABCDEF"[single.right[0]]
    assert grade(single, letter).right and grade(single, letter.lower()).right and grade(single, single.options[single.right[0]]).right
    assert grade(multiple, "".join("ABCDEF"[k] for k in multiple.right)).right
    assert grade(multiple, [multiple.right[0]]).score == 0.5
    assert grade(order, "".join("ABCDEF"[order.options.index(t)] for t in order.accepted)).right
    half = [*match.accepted[:1], *["无"] * (len(match.accepted) - 1)]
    assert grade(match, half).score == pytest.approx(1 / len(match.accepted))
    with pytest.raises(BadQuiz):
        grade(single, "Z")


def test_a_short_answer_counts_the_points_it_names(paper: Quiz) -> None:
    item = of_kind(paper, "short")
    assert grade(item, "、".join(item.accepted)).right
    assert 0 < grade(item, item.accepted[0]).score < 1


def test_json_has_the_shape_that_programs_read(paper: Quiz) -> None:
    shown = json.loads(json.dumps(paper.as_json()))
    assert shown["seed"] == 3 and len(shown["items"]) == 60
    for item in shown["items"]:
        assert {"id", "kind", "stem", "options", "key", "explanation", "difficulty", "citations"} <= item.keys()
        assert set(item["citations"][0]) == {"n", "document_id", "doc", "title", "path", "start", "end", "quote", "highlight", "page"}


def test_damaged_time_limits_and_inherited_offices_are_not_asked(assistant_of) -> None:  # type: ignore[no-untyped-def]
    text = PLAN.replace("2025年6月底前完成全镇", "32日前完成全镇")
    quiz = assistant_of(text).quiz(count=100)
    assert not any("32日" in item.stem + "".join(map(str, item.key)) for item in quiz.items)


def test_a_request_is_a_plain_frozen_value(samples: Assistant) -> None:
    request = QuizRequest(count=3, seed=5)
    assert samples.quiz(request).items == samples.quiz(replace(request, documents=())).items
