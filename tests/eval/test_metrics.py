"""The answer rule, the citation rule and the confidence measures."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.types import Answer, Citation
from eval.metrics import (
    auroc,
    contains,
    covers_half,
    expected_calibration_error,
    fault_of,
    groups_met,
    normalize,
    percentile,
    risk_coverage,
    score_answer,
    score_citations,
)
from eval.run import question_of
from eval.types import Question, Quote

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "eval"

ALPHABET = "0123456789.%%,。、 \n(“5五年年底Aa９％．百分之"


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("提升至 90% 以上", "90%", True),
        ("提升至95%以上", "5%", False),
        ("控制在0.0025以内", "0.0025", True),
        ("“关、逃、喊、报、助”", "关逃喊报助", True),
        ("2.2024年工矿", "2024", True),
        ("end of 2025 (2025年底)", "2025年", True),
        ("2024-03-21 15:22", "20240321", True),
        ("１０％", "10%", True),
        ("区消防救援大队", "", False),
        ("区消防救援大队", "。", False),
    ],
)
def test_a_string_matches_once_normalized_but_never_cuts_a_number(text: str, wanted: str, expected: bool) -> None:
    assert contains(text, wanted) is expected


def test_percent_and_decimal_point_survive_normalization() -> None:
    assert normalize(" 约 ９５．５％ , A。B. ") == "约95.5%ab"


def question(**fields: object) -> Question:
    return question_of({"id": "q1", "question": "谁牵头?", **fields}, path=Path("q.jsonl"), line=1)


def test_an_answer_needs_one_string_of_every_group() -> None:
    asked = question(must=[["消防大队", "消防救援大队"], ["2025"]])
    assert score_answer(asked, "消防救援大队,2025年底")
    assert fault_of(asked, "消防救援大队") == "missing: 2025"


def test_a_forbidden_string_fails_the_answer() -> None:
    assert fault_of(question(must=[["甲局"]], must_not=["乙局"]), "甲局、乙局") == "forbidden: 乙局"


def test_refusing_an_answerable_question_is_wrong() -> None:
    assert fault_of(question(must=[["甲局"]]), "甲局", refused=True) == "wrongly_refused"


def test_refusing_an_unanswerable_question_is_right() -> None:
    asked = question(answerable=False)
    assert score_answer(asked, "", refused=True)
    assert fault_of(asked, "甲局") == "answered_unanswerable"


def test_correcting_a_false_premise_is_right_too() -> None:
    assert score_answer(question(answerable=False, accept=[["十六", "16"]]), "清单只有16项")


def test_an_answer_may_be_long_only_when_it_is_a_list() -> None:
    long = "甲局" + "的" * 700
    assert fault_of(question(must=[["甲局"]], kind="lead"), long) == "too_long: 702"
    assert score_answer(question(must=[["甲局"]], kind="reverse"), long)


def citing(*quotes: tuple[str, str], answer: str = "区消防救援大队") -> Answer:
    citations = tuple(Citation(n, "d", doc, doc, (), 0, len(quote), quote) for n, (doc, quote) in enumerate(quotes, 1))
    return Answer("谁牵头?", "answered", "lead", answer, 0.9, citations)


TEXTS = {"a.txt": "1.防盗窗动态清零。\n\n2025年底\n\n区消防救援大队\n", "b.txt": "防盗窗由区消防救援大队清零。"}
GOLD = {
    "docs": ["a.txt"],
    "must": [["区消防救援大队"]],
    "evidence": [{"doc": "a.txt", "quote": "1.防盗窗动态清零。\n\n2025年底\n\n区消防救援大队"}],
}


def test_a_citation_of_half_the_quote_hits_it() -> None:
    scored = score_citations(question(**GOLD), citing(("a.txt", "2025年底\n\n区消防救援大队")), TEXTS)
    assert (scored.valid, scored.cited, scored.recall, scored.precision) == (1, 1, 1.0, 1.0)


def test_words_that_are_not_in_the_file_are_no_valid_citation() -> None:
    scored = score_citations(question(**GOLD), citing(("a.txt", "区消防救援大队牵头")), TEXTS)
    assert (scored.valid, scored.cited, scored.recall, scored.precision) == (0, 1, 0.0, 0.0)


def test_a_passage_that_states_the_answer_is_precise_without_hitting_the_quote() -> None:
    scored = score_citations(question(**GOLD), citing(("a.txt", "区消防救援大队")), TEXTS)
    assert (scored.recall, scored.precision) == (0.0, 1.0)


def test_another_document_that_states_the_shared_fact_counts_as_a_hit() -> None:
    shared = GOLD | {"docs": ["a.txt", "b.txt"]}
    assert score_citations(question(**shared), citing(("b.txt", TEXTS["b.txt"])), TEXTS).recall == 1.0
    assert score_citations(question(**GOLD), citing(("b.txt", TEXTS["b.txt"])), TEXTS).recall == 0.0


def test_a_reply_without_citations_has_recall_but_no_precision() -> None:
    scored = score_citations(question(**GOLD), citing(), TEXTS)
    assert (scored.recall, scored.precision) == (0.0, None)


@given(st.text("甲乙丙0", max_size=12), st.text("甲乙丙0", min_size=1, max_size=8))
def test_covering_half_equals_the_longest_common_substring_rule(passage: str, quote: str) -> None:
    longest = max(
        (
            end - start
            for start in range(len(quote))
            for end in range(start, len(quote) + 1)
            if quote[start:end] in passage
        ),
        default=0,
    )
    assert covers_half(passage, quote) is (2 * longest >= len(quote))


# ---------------------------------------------------------------- confidence


def test_perfect_confidence_has_no_calibration_error() -> None:
    assert expected_calibration_error([1.0, 1.0, 0.0], [True, True, False]) == 0.0
    assert expected_calibration_error([], []) == 0.0


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    assert expected_calibration_error([0.9] * 10, [True] * 5 + [False] * 5) == pytest.approx(0.4)


def test_auroc_is_one_when_every_right_reply_is_more_confident() -> None:
    assert auroc([0.9, 0.8, 0.3], [True, True, False]) == 1.0
    assert auroc([0.5, 0.5], [True, False]) == 0.5
    assert auroc([0.5, 0.5], [True, True]) is None


def test_risk_falls_when_only_the_most_confident_replies_are_kept() -> None:
    assert risk_coverage([0.2, 0.9], [False, True]) == ((0.5, 0.0), (1.0, 0.5))


def test_percentiles_interpolate() -> None:
    assert percentile([1, 2, 3, 4], 0.5) == 2.5
    assert percentile([7], 0.95) == 7
    assert percentile([], 0.5) == 0.0


# ---------------------------------------------------------------- the shared reference


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    path = SHARED / "validate.py"
    if not path.exists():
        pytest.skip("the shared evaluation set is not beside the project")
    spec = importlib.util.spec_from_file_location("validate", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@given(text=st.text(ALPHABET, max_size=14), wanted=st.text(ALPHABET, max_size=5))
def test_matching_agrees_with_the_reference(reference: ModuleType, text: str, wanted: str) -> None:
    assert normalize(text) == reference.normalize(text)
    assert contains(text, wanted) == reference.contains(text, wanted)


def test_scoring_agrees_with_the_reference_on_every_development_question(reference: ModuleType) -> None:
    rows = [json.loads(line) for line in (SHARED / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    replies = [row["answer"] for row in rows]
    for row, shifted in zip(rows, replies[1:] + replies[:1], strict=True):
        asked = question_of(row, path=SHARED, line=1)
        for reply in (row["answer"], shifted, row["answer"] + "的" * 600, ""):
            for refused in (False, True):
                assert score_answer(asked, reply, refused=refused) == reference.score_answer(row, reply, refused)
        assert list(groups_met(row["answer"], asked.must)) == reference.groups_met(row["answer"], row["must"])


def test_the_gold_evidence_hits_itself() -> None:
    asked = Question("q", "?", evidence=(Quote("a.txt", TEXTS["a.txt"]),), docs=("a.txt",))
    assert score_citations(asked, citing(("a.txt", TEXTS["a.txt"])), TEXTS).recall == 1.0
