"""The second opinion on what a question wants: what it changes, what it leaves alone, how it is fitted."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.question.question_kinds import Reading, chosen, probabilities, reconsidered, runs_of
from eval.question_kinds import Model, read_labelled

KEPT = """柳溪县燃气安全整治方案

柳溪县人民政府
2024年3月5日

一、主要任务
1.更换老旧管网。2024年底前更换老旧管网30公里。(牵头单位:县住建局;配合单位:县财政局)
2.推广报警装置。为餐饮场所安装燃气泄漏报警装置。(牵头单位:县商务局)
3.严查黑气点。每季度开展一次联合执法。(牵头单位:县公安局)
二、供热服务
室温不达标的,用户可拨打县供热公司服务电话6612345报修。
"""


@pytest.mark.parametrize(
    ("question", "ruled", "wants", "kind"),
    [
        ("请汇总区住建局在清单里当牵头单位的各项任务", "other", (), "reverse"),
        ("家里暖气不热往哪打?", "other", (), "contact"),
        ("那份通知是哪天上网公布的?", "deadline", ("deadline",), "meta"),
    ],
)
def test_words_that_no_rule_has_tell_the_kind(question: str, ruled: str, wants: tuple[str, ...], kind: str) -> None:
    reading = reconsidered(question, ruled, wants)
    assert reading.kind == kind and ruled in reading.others


@pytest.mark.parametrize(
    ("question", "ruled", "wants"),
    [
        ("防盗窗动态清零由谁牵头?", "lead", ("lead",)), ("什么时候完成老旧管网更换?", "deadline", ("deadline",)),
        ("一个托班收25个孩子行不行?", "yesno", ()), ("那配合呢", "support", ("support",)),
    ],
)  # fmt: skip
def test_plain_words_keep_the_kind_of_the_rules(question: str, ruled: str, wants: tuple[str, ...]) -> None:
    reading = reconsidered(question, ruled, wants)
    assert (reading.kind, reading.wants) == (ruled, wants)


def test_probabilities_are_of_all_kinds_and_add_up() -> None:
    likely = probabilities("老旧管网更换由谁牵头?", "lead")
    assert math.isclose(sum(likely.values()), 1.0) and max(likely, key=likely.__getitem__) == "lead" and likely["lead"] > 0.9


def test_the_kind_of_the_rules_gives_way_only_to_one_that_is_clearly_likelier() -> None:
    assert chosen("list", {"list": 0.2, "reverse": 0.8}) == "reverse"
    assert chosen("list", {"list": 0.35, "reverse": 0.65}) == "list"
    assert chosen("list", {"list": 0.1, "reverse": 0.45, "measure": 0.45}) == "list"
    assert reconsidered("那么呢", "other", ()) == Reading("other", ())


def test_runs_hold_the_ends_of_a_question_and_no_figures() -> None:
    assert set(runs_of("限3 0天?")) >= {"^", "$", "^限0天", "天$", "限0天$"} and not any(len(run) > 4 or "3" in run for run in runs_of("限30天?"))


def test_a_question_in_other_words_is_answered(tmp_path: Path) -> None:
    (tmp_path / "方案.txt").write_text(KEPT, encoding="utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([tmp_path / "方案.txt"])
        assert "更换老旧管网" in assistant.ask("请汇总县住建局当牵头单位的各项任务").answer
        assert "6612345" in assistant.ask("室温不达标的往哪打?").answer


def test_a_model_is_fitted_on_labelled_questions_and_told_apart_from_the_rules(tmp_path: Path) -> None:
    asked = [(f"{thing}这摊活儿归谁", "lead") for thing in "甲乙丙丁戊己"] + [(f"{thing}往哪打", "contact") for thing in "甲乙丙丁戊己"]
    asked += [(f"{thing}啥时候弄完", "deadline") for thing in "甲乙丙丁戊己"]
    more = [{"question": "Who leads it?", "kind": "lead"}, {"question": "编号", "kind": "unanswerable"}, {"question": "那甲呢", "kind": "lead", "history": [1]}]
    path = tmp_path / "wordings.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [*({"question": q, "kind": k} for q, k in asked), *more]), encoding="utf-8")
    rows = read_labelled(path)
    assert [(row.folded, row.kind) for row in rows] == asked
    stored = Model(rows).as_json()
    assert stored["kinds"] == ["contact", "deadline", "lead"] and stored["runs"]["往哪打"][0] > 0 > stored["runs"]["往哪打"][2]


def test_the_kind_that_answers_is_the_kind_of_the_question_and_of_its_other_wording(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "方案.txt").write_text(KEPT, encoding="utf-8")
    asked = {"id": "a1", "question": "更换老旧管网由谁牵头?", "lang": "zh", "kind": "list", "docs": ["方案.txt"], "must": [["县住建局"]], "answerable": True}
    again = {**asked, "id": "pa1", "question": "更换老旧管网这块谁挑头"}
    for name, row in (("questions.jsonl", asked), ("reworded.jsonl", again)):
        (tmp_path / name).write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert [read_labelled(tmp_path / name, documents)[0].kind for name in ("questions.jsonl", "reworded.jsonl")] == ["lead", "lead"]
