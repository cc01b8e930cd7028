"""Where a question wants to look: places, titles, years, attachments, numbered places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import scope as scopes
from assistant.question.query import Scope
from assistant.question.scope import Catalogue, Known, scope_of, short_place
from assistant.question.tagging import words
from corpus.text import fold
from tests.conftest import AssistantOf

DOCUMENTS = (
    Known("d1", "a.txt", "青岭区消防安全整治三年行动方案", ("松江市", "青岭区"), (2024, 2026)),
    Known("d2", "b.txt", "桂河镇秸秆禁烧通知", ("松江市", "青岭区", "桂河镇"), (2025, 2025)),
    Known("d3", "c.txt", "泽安县养犬管理办法", ("泽安县",), None),
    Known("d4", "d.txt", "泽安县优化营商环境十二条措施", ("泽安县",), None),
)


def read(question: str, *, chosen: tuple[str, ...] = (), mentioned: str = "") -> tuple[Scope, str]:
    return scope_of(question, DOCUMENTS, chosen=chosen, mentioned=lambda text: text in mentioned, words=words())


@pytest.mark.parametrize(("place", "short"), [("青岭区", "青岭"), ("泽安县", "泽安"), ("桂河镇", "桂河"), ("东湖街道", "东湖"), ("渡口", "渡口"), ("沙市", "沙市")])
def test_a_place_is_shortened_by_its_level(place: str, short: str) -> None:
    assert short_place(place) == short


@given(st.text("安全生产管", max_size=12), st.lists(st.text("安全生产管", max_size=8), max_size=5))
def test_the_runs_that_titles_hold_are_found_in_few_looks(question: str, titles: list[str]) -> None:
    joined = "|".join(titles) + "|"
    naive = [max((n for n in range(3, 6) if len(question[at : at + n]) == n and question[at : at + n] in joined), default=0) for at in range(max(len(question) - 2, 0))]
    cut = frozenset(joined[i : i + 3] for i in range(len(joined) - 2))
    assert scopes._held_runs(question, joined, joined, 5) == scopes._held_runs(question, joined, cut, 5) == naive


def test_a_place_limits_the_question_to_its_documents() -> None:
    scope, _ = read("泽安县养犬登记归谁管")
    assert scope.places == ("泽安县",) and scope.documents <= {"d3", "d4"} and "d3" in scope.documents


def test_the_narrowest_place_decides() -> None:
    assert read("松江市青岭区桂河镇的禁烧期")[0].documents == {"d2"}


def test_a_place_is_taken_out_of_the_question() -> None:
    _, rest = read("泽安县养犬登记归谁管")
    assert "泽安" not in rest and "养犬登记" in rest


def test_a_body_named_after_its_place_stays_in_the_question() -> None:
    _, rest = read("泽安县局负责什么")
    assert "局负责什么" in rest


@pytest.mark.parametrize(("question", "place"), [("云岭市充电桩由谁牵头", "云岭市"), ("柏树县的充电桩", "柏树县"), ("武汉充电桩由谁牵头", "武汉")])
def test_a_place_of_no_document_is_unknown(question: str, place: str) -> None:
    assert read(question)[0].unknown == (place,)


def test_a_place_that_a_document_mentions_is_not_unknown() -> None:
    assert read("云岭市充电桩由谁牵头", mentioned="与云岭市协同")[0].unknown == ()


@pytest.mark.parametrize("question", ["全市充电桩由谁牵头", "各县区如何上报", "哪个镇的目标最高", "老旧小区由谁改造", "工业园区怎么检查", "学校和社区怎么做", "省市两级如何联动", "城区易涝点有几处"])
def test_ordinary_words_are_no_unknown_place(question: str) -> None:
    assert read(question)[0].unknown == ()


def test_a_title_limits_the_question_to_its_document() -> None:
    assert read("秸秆禁烧通知里怎么要求的")[0].documents == {"d2"}


def test_a_counted_title_is_enough() -> None:
    assert read("十二条措施里有哪些内容")[0].documents == {"d4"}


def test_words_all_titles_share_limit_nothing() -> None:
    assert read("安全整治方案由谁牵头")[0].documents == frozenset()


def test_documents_chosen_by_the_asker_win() -> None:
    scope, _ = read("充电桩由谁牵头", chosen=("d3",))
    assert scope.documents == {"d3"} and scope.explicit


@pytest.mark.parametrize(("question", "years"), [("2025年的目标", (2025,)), ("2024年和2026年的目标", (2024, 2026)), ("到2026年底", (2026,)), ("编号20251234", ()), ("目标是多少", ())])
def test_years_are_read(question: str, years: tuple[int, ...]) -> None:
    assert read(question)[0].years == years


@pytest.mark.parametrize(("question", "number"), [("附件3由谁牵头", 3), ("附件三由谁牵头", 3), ("第二个附件讲什么", 2), ("有几个附件", None), ("附件1和附件2有什么不同", None)])
def test_one_attachment_is_read_by_its_number(question: str, number: int | None) -> None:
    assert read(question)[0].attachment == number


@pytest.mark.parametrize(
    ("question", "family", "number"),
    [("第九条怎么规定", "article", 9), ("第2章讲什么", "chapter", 2), ("(七)由谁牵头", "cn_paren", 7), ("第三项任务", "item", 3), ("第一部分讲什么", "part", 1), ("第二大行动", "ordinal", 2)],
)
def test_numbered_places_are_read(question: str, family: str, number: int) -> None:
    assert (family, number) in [(r.family, r.number) for r in read(question)[0].references]


def test_a_numbered_class_that_the_library_writes_so_is_a_name() -> None:
    scope, rest = read("第三类器械归谁管", mentioned="本办法所称第三类器械")
    assert scope.references == () and "第三类器械" in rest


def test_a_numbered_class_that_the_library_does_not_write_is_a_number() -> None:
    scope, _ = read("第三类是什么", mentioned="本办法所称第三类器械")
    assert [(r.family, r.number) for r in scope.references] == [("item", 3)]


def test_scope_words_are_removed_from_the_question() -> None:
    _, rest = read("青岭区附件3第九条中充电桩由谁牵头")
    assert "附件" not in rest and "第九条" not in rest and "青岭" not in rest and "充电桩由谁牵头" in rest


def test_a_district_of_a_known_town_that_no_document_names_is_unknown() -> None:
    assert read("松江市沾益区养犬登记归谁管")[0].unknown == ("沾益区",)


@pytest.mark.parametrize("question", ["城建那个行动方案谁负责", "一个礼拜开几次会", "治安巡逻谁负责"])
def test_an_everyday_word_is_no_place(question: str) -> None:
    assert read(question)[0].unknown == ()


def test_a_title_that_asks_is_not_named_by_every_question() -> None:
    asking = Known("a", "a", "什么是公租房?什么时候可以申请?", (), None)
    other = Known("b", "b", "青岭区公园管理办法", (), None)
    catalogue = Catalogue([asking, other])
    assert catalogue.named_by_title(fold("垃圾分类是什么意思,什么时候收运")) == frozenset()
    assert catalogue.named_by_title(fold("公租房怎么退租")) == frozenset(("a",))


def test_the_first_character_of_another_word_is_no_level_of_a_place() -> None:
    assert read("开菜市场要交啥材料")[0].unknown == ()


def test_a_level_that_belongs_to_a_thing_is_left_when_the_place_is_taken_out(assistant_of: AssistantOf) -> None:
    text = "兰陵省人民政府关于古树保护的意见\n\n一、全省共有古树3200株,其中省级118株、市级420株。\n二、省级古树保护资金每年200万元,市级由各市安排。\n"
    assistant = assistant_of(text)
    assert "118株" in assistant.ask("兰陵省级古树有几株?").answer
    assert "200万元" in assistant.ask("兰陵省级古树保护资金每年多少?").answer


def test_a_pair_of_adjectives_is_no_place(assistant_of: AssistantOf) -> None:
    text = "丹阳市标牌管理办法\n\n第一条 设置标牌的申请,审批时间为6个工作日,原规定为15个工作日。\n"
    answer = assistant_of(text).ask("标牌审批时间新旧规定各是几天?").answer
    assert "6个工作日" in answer
    assert "15个工作日" in answer
