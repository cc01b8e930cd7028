"""Content words of a question and how well a text covers them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.tagging import words
from assistant.question.terms import EXACT, LOOSE, SYNONYM, Term, coverage, telling, terms_of, words_of

HAN = st.text(alphabet="充电桩消防车通道危险化学品企业安全生产老旧小区改造", min_size=1, max_size=30)
TERMS = (Term("充电桩", 0.9), Term("消防车通道", 0.8, ("生命通道",)), Term("改造", 0.3), Term("危化品", 0.6, ("危险化学品",)))


def texts_of(topic: str, *, known: str = "") -> list[str]:
    return [word for word, _ in words_of(topic, words(), lambda text: text in known)]


def test_a_word_that_stands_in_the_text_is_covered() -> None:
    assert Term("充电桩", 1.0).cover("新建充电桩1200个") == EXACT


def test_a_synonym_covers_a_little_less_than_the_word() -> None:
    assert Term("消防车通道", 1.0, ("生命通道",)).cover("打通生命通道") == SYNONYM < EXACT


def test_the_long_form_covers_its_abbreviation() -> None:
    assert Term("危化品", 1.0).cover("危险化学品企业") == LOOSE < SYNONYM


def test_two_characters_in_the_other_order_are_one_thing() -> None:
    assert Term("烟感", 1.0).cover("安装感烟探测器") == LOOSE


def test_pieces_of_a_word_cover_part_of_it() -> None:
    assert 0 < Term("充电设施", 1.0).cover("集中充电桩") < LOOSE


def test_an_unrelated_text_covers_nothing() -> None:
    assert Term("充电桩", 1.0).cover("秸秆禁烧") == 0.0


def test_a_single_character_is_covered_only_by_itself() -> None:
    assert Term("桥", 1.0).cover("危桥改造") == EXACT
    assert Term("桥", 1.0).cover("道路改造") == 0.0


def test_the_share_covered_is_weighted() -> None:
    heavy, light = Term("充电桩", 0.9), Term("改造", 0.1)
    assert coverage((heavy, light), (("充电桩", 1.0),)) == pytest.approx(0.9)
    assert coverage((heavy, light), (("改造", 1.0),)) == pytest.approx(0.1)


def test_a_nearer_text_counts_more_than_a_farther_one() -> None:
    assert coverage(TERMS[:1], (("充电桩", 1.0),)) > coverage(TERMS[:1], (("", 1.0), ("充电桩", 0.6)))


def test_no_terms_are_covered_by_nothing() -> None:
    assert coverage((), (("充电桩", 1.0),)) == 0.0


@given(HAN, HAN)
def test_coverage_is_a_share(near: str, far: str) -> None:
    assert 0.0 <= coverage(TERMS, ((near, 1.0), (far, 0.6))) <= 1.0


@given(HAN, HAN)
def test_more_text_never_covers_less(text: str, more: str) -> None:
    assert coverage(TERMS, ((text + more, 1.0),)) >= coverage(TERMS, ((text, 1.0),))
    assert coverage(TERMS, ((text, 1.0), (more, 0.6))) >= coverage(TERMS, ((text, 1.0),))


@given(st.text(max_size=60))
def test_any_text_is_cut_into_words_without_stop_words(text: str) -> None:
    found = texts_of(text.casefold())
    assert all(found)
    assert not {"的", "什么", "哪些"} & set(found)


def test_question_words_carry_no_topic() -> None:
    assert texts_of("请问充电设施的建设要求是什么", known="充电设施") and "什么" not in texts_of("充电设施是什么")


def test_a_stray_character_joins_its_neighbour_where_the_library_has_the_pair() -> None:
    assert any("帆张网" in word for word in texts_of("帆张网渔船", known="帆张网渔船"))


def test_ordinals_and_levels_stay_whole() -> None:
    assert "第二批" in texts_of("第二批名单") and "a级" in texts_of("a级企业")


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    counts = {"充电桩": 1, "企业": 80}
    weights = {t.text: t.weight for t in terms_of("充电桩,企业", words(), lambda s: counts.get(s, 0), 100)}
    assert weights["企业"] < max(weight for text, weight in weights.items() if text != "企业")


def test_a_word_the_library_never_uses_is_not_known() -> None:
    (term,) = terms_of("公租房", words(), lambda s: 0, 100)
    assert not term.known and term.required


def test_a_quoted_term_counts_more_than_its_words() -> None:
    terms = terms_of("三同步制度", words(), lambda s: 1, 100, quoted=("三同步制度",))
    assert terms[0].text == "三同步制度"
    assert all(term.weight < terms[0].weight for term in terms[1:])


def test_translated_words_are_taken_in_with_their_alternatives() -> None:
    terms = terms_of("", words(), lambda s: 1, 100, extra=(("充电桩", ("充电设施",)),))
    assert [(term.text, term.alternatives) for term in terms] == [("充电桩", ("充电设施",))]


def test_words_of_asking_that_no_document_uses_tell_nothing() -> None:
    asked = (Term("看见", 0.25, known=False), Term("加班", 0.25, known=False), Term("频次", 0.6))
    assert [term.text for term in telling(asked)] == ["加班", "频次"]


def test_a_step_is_covered_by_the_range_around_it() -> None:
    assert Term("17岁", 0.6, step=True).cover("未满十八周岁的不得载人") == 1.0
    assert Term("17岁", 0.6, step=True).cover("年满二十周岁的可以载人") == 0.0
