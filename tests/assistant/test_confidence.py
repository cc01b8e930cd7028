"""The probability that a draft is right."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.confidence import UNREAD, Found, features, judge, presence, sureness, weights
from assistant.answering.draft import Draft
from assistant.question.query import Query
from assistant.question.terms import Term
from eval.calibrate import NAMES
from index.types import Strength

TERMS = (Term("充电桩", 0.9), Term("公租房", 0.6, (), True, False), Term("改造", 0.3))
QUERY = Query("充电桩", "充电桩", terms=TERMS)


def draft(coverage: float = 0.8, *, exact: bool = False, kind: str = "lead", basis: str = "duty") -> Draft:
    return Draft(kind, "答", (), coverage, exact, basis=basis)


def test_the_shipped_weights_name_only_known_features() -> None:
    assert set(weights().weights) <= set(NAMES)
    assert weights().version and all(math.isfinite(value) for value in (weights().bias, *weights().weights.values()))


def test_every_weighted_feature_is_described() -> None:
    assert set(weights().weights) <= set(features(QUERY, draft(), "充电桩"))


def test_features_lie_between_zero_and_one() -> None:
    assert all(0 <= value <= 1 for value in features(QUERY, draft(1.4), "充电桩").values())


def test_a_thing_the_library_never_mentions_is_strange() -> None:
    assert features(QUERY, draft(), "充电桩")["strange"] == pytest.approx(0.6 / 1.8)


def test_a_word_the_evidence_lacks_is_missing() -> None:
    assert features(QUERY, draft(), "")["missing"] > features(QUERY, draft(), "充电桩")["missing"] == 0.0


def test_free_text_is_told_from_a_typed_fact() -> None:
    assert features(QUERY, draft(kind="measure"), "")["measure"] == 1.0
    assert features(QUERY, draft(kind="measure", exact=True), "")["measure"] == 0.0


def test_a_question_without_words_of_its_own_is_bare() -> None:
    assert features(Query("什么时候", "什么时候"), draft(), "")["bare"] == 1.0


def test_an_exact_answer_that_covers_the_question_is_likely() -> None:
    known = Query("充电桩", "充电桩", terms=TERMS[:1])
    assert judge(known, draft(1.0, exact=True), "充电桩").probability > 0.9


def test_an_answer_about_something_else_is_unlikely() -> None:
    stranger = Query("公租房", "公租房", terms=TERMS[1:2])
    assert judge(stranger, draft(0.05, kind="other", basis="text"), "秸秆禁烧").probability < 0.3


@given(st.floats(-1, 2), st.booleans(), st.sampled_from(["lead", "list", "measure", "yesno", "other"]), st.text(max_size=20))
def test_the_probability_is_one(coverage: float, exact: bool, kind: str, covered: str) -> None:
    assert 0.0 < judge(QUERY, draft(coverage, exact=exact, kind=kind), covered).probability < 1.0


WEAK, STRONG = Strength(0.05, 0.05, 0.1), Strength(0.6, 0.7, 0.8)


def test_passages_that_fit_make_an_answer_likelier_to_be_there() -> None:
    assert 0 < presence(Found(0.0, WEAK)) < 0.3 < 0.8 < presence(Found(0.0, STRONG)) < 1


def test_a_network_that_finds_no_answer_makes_it_less_likely_to_be_there() -> None:
    def read(p: float) -> float:
        return presence(Found(0.0, Strength(0.4, 0.4, 0.5), here=sureness(p)))

    assert read(0.0) < read(0.1) < read(0.9) < read(1.0)
    assert UNREAD < sureness(0.0) < sureness(1.0) == 1.0


def test_coverage_alone_is_not_trusted_in_a_large_library() -> None:
    def sure(passages: int, strength: Strength) -> float:
        return judge(QUERY, draft(1.0, exact=True), "充电桩", Found(0.0, strength, passages)).probability

    assert sure(800, WEAK) == sure(800, STRONG) > 0.8 and sure(60_000, STRONG) > 0.7
    assert sure(60_000, WEAK) < sure(4_000, WEAK) < sure(800, WEAK)
