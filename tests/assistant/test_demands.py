"""What one question demands several times over: each value to the demand and the subject it belongs to, what is missing said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.question.subjects import subjects_of
from assistant.question.tagging import words
from tests.assistant.asking import asking, assert_citations_hold

PARK = """河湾市城市公园管理办法

第一条 综合公园由市公园中心管护,社区公园由街道办事处管护。
第二条 综合公园每日开放不少于16小时,社区公园每日开放不少于12小时。检测报告保存五年。公园座椅间距不超过50米。
第三条 市公园中心每半年至少组织一次设施检测,区级每年组织一次。
第四条 在公园举办活动的,应当提前15个工作日向市园林局提出申请,市园林局在7个工作日内答复。对答复不服的,可以在10日内申请复查,复查结果在20日内告知。
第五条 活动结束后主办方应当在24小时内清场,保证金在5个工作日内退还。
第六条 擅自举办活动的,对个人处二百元以上五百元以下罚款,对单位处一千元以上五千元以下罚款。
第七条 改造方案应当由占比三分之二以上的住户参与表决,并经参与表决住户四分之三以上同意。
"""

FOREST = """松岭县春季造林工作总结

(一)成立以副县长罗向阳为组长的造林指挥部,指挥部办公室设在县林业局,局长孙立民兼任办公室主任。
(二)苗木每株0.9元,县财政负担六成,乡镇负担四成。
(三)投资4260万元,其中省级补助2800万元、县级配套1460万元。
(四)取得初级、中级、高级证书的护林员,分别按每人每月100元、200元、300元补助。
(五)10月底前出台《松岭县林木管护办法》,由县林业局牵头,县司法局配合。
(六)县水务局:储备水泵不少于30台。
(七)县应急局:储备水泵不少于45台。
(八)青坪镇苗圃于8月底前建成,双溪镇苗圃于11月底前建成。
"""


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("park"), {"公园.txt": PARK}) as opened:
        yield opened


@pytest.fixture(scope="module")
def forest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("forest"), {"造林.txt": FOREST}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("在公园办活动要提前几天申请,园林局多久答复?", "15个工作日", "7个工作日"),
        ("办活动的申请没批,几天内能申请复查,多久有结果", "10日", "20日"),
        ("公园活动完了多久清场,押金几天退?", "24小时", "5个工作日"),
        ("检测报告保存多久,座椅隔多远放一个", "五年", "50米"),
        ("改造方案要多少人参加表决,参加的里头要多少同意?", "三分之二", "四分之三"),
    ],
)
def test_two_questions_of_one_place_get_a_value_each(park: Assistant, question: str, first: str, second: str) -> None:
    answer = park.ask(question)
    one, two = answer.answer.split("\n")
    assert first in one
    assert second in two
    assert second not in one
    assert_citations_hold(park, answer)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("综合公园和社区公园每天各开放多长时间", ["16小时", "12小时"]),
        ("擅自办活动,个人和单位各罚多少?", ["五百元", "五千元"]),
        ("综合公园和社区公园分别由谁管护?", ["市公园中心", "街道办事处"]),
        ("公园设施市级和区级多久检测一次?", ["每半年", "每年"]),
    ],
)
def test_one_question_about_two_subjects_binds_each_value_to_its_own(park: Assistant, question: str, values: list[str]) -> None:
    lines = park.ask(question).answer.replace(";", "\n").split("\n")
    assert len(lines) == len(values)
    for at, value in enumerate(values):
        assert value in lines[at]
        assert not any(value in line for n, line in enumerate(lines) if n != at)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("造林指挥部组长和办公室主任是谁", ["罗向阳", "孙立民"]),
        ("造林投资里省里补多少,县里配多少", ["2800万元", "1460万元"]),
        ("水泵水务局和应急局各备多少台", ["30台", "45台"]),
        ("青坪和双溪的苗圃分别什么时候建成?", ["8月底前", "11月底前"]),
        ("苗木一株多少钱,县乡怎么分摊?", ["0.9元", "县财政负担六成,乡镇负担四成"]),
        ("林木管护办法谁牵头出台,几月前", ["县林业局", "10月底前"]),
    ],
)
def test_parts_of_a_question_share_their_place(forest: Assistant, question: str, values: list[str]) -> None:
    answer = forest.ask(question).answer
    assert all(value in answer for value in values)
    assert len(answer) < 90


def test_two_years_of_a_text_are_given_with_their_difference(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "松岭县造林报告\n\n一、2023年,全县造林2.7万亩。\n二、2024年,全县造林3.2万亩。\n"
    with asking(tmp_path_factory.mktemp("years"), {"报告.txt": text}) as report:
        answer = report.ask("松岭县造林2024年比2023年多多少万亩").answer
        assert answer == "2023年:全县造林2.7万亩\n2024年:全县造林3.2万亩\n相差0.5万亩(计算得出)"
        assert "相差" not in report.ask("松岭县2023年和2024年各造林多少万亩").answer


def test_members_listed_before_the_comma_are_dealt_out(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "镜湖区食堂改造方案\n\n一、全年改造食堂18所,其中小学11所、初中5所、幼儿园2所,每所补助分别为15万元、20万元和10万元。\n"
    with asking(tmp_path_factory.mktemp("members"), {"方案.txt": text}) as plan:
        assert plan.ask("小学、初中、幼儿园食堂改造每所各补多少").answer == "小学:15万元\n初中:20万元\n幼儿园:10万元"


def test_the_value_of_one_question_is_not_that_of_another(forest: Assistant) -> None:
    answer = forest.ask("苗木每株多少钱,养老金交多少元?")
    assert "0.9元" in answer.answer
    assert any("养老金" in note for note in answer.notes)


def test_what_a_text_deals_out_in_order_goes_to_each_in_order(forest: Assistant) -> None:
    answer = forest.ask("护林员初级、中级、高级证书每月补助各是多少?")
    assert answer.answer == "初级:100元\n中级:200元\n高级:300元"


def test_a_value_of_another_subject_is_never_given(park: Assistant) -> None:
    answer = park.ask("综合公园和湿地公园每天各开放多长时间")
    assert "16小时" in answer.answer
    assert "12小时" not in answer.answer
    assert any("湿地公园" in note for note in answer.notes)


def test_a_demand_without_a_value_beside_the_other_is_said_to_have_none(park: Assistant) -> None:
    answer = park.ask("公园活动结束多久清场,经费多少万元?")
    assert "24小时" in answer.answer
    assert any("经费多少万元" in note for note in answer.notes)


def test_a_single_question_keeps_its_single_value(park: Assistant) -> None:
    assert park.ask("综合公园每天开放多长时间?").answer == "综合公园每日开放不少于16小时"


@pytest.mark.parametrize(
    ("question", "labels", "apart"),
    [
        ("融雪剂交通局和城管局各备多少吨", ("交通局", "城管局"), True),
        ("个人和单位罚款各是多少", ("个人", "单位"), True),
        ("社区、街道、民政局各要几天办完", ("社区", "街道", "民政局"), True),
        ("市级和县级综合演练多久搞一次", ("市级", "县级"), False),
    ],
)
def test_subjects_are_told_from_what_stands_around_them(question: str, labels: tuple[str, ...], apart: bool) -> None:
    found = subjects_of(question, words())
    assert found is not None
    assert (found.labels, found.apart) == (labels, apart)


@pytest.mark.parametrize("question", ["牵头和配合单位分别是谁", "啥叫“日巡查、周抽检、月通报”", "去年和今年各多少", "谁负责、什么时候完成"])
def test_what_is_asked_of_one_thing_has_no_subjects(question: str) -> None:
    assert subjects_of(question, words()) is None
