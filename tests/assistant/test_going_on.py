"""Conversations that go on about what was spoken of: a word changed, the subject carried, the documents kept, another subject begun."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.question.likes import like_put_in, of_subject, with_subject
from assistant.question.tagging import words
from tests.assistant.asking import asking, assert_citations_hold, continued

CARE = """泽安县居家照护补贴办法

第一条 照护服务补贴标准:重度失能老人每月600元,中度失能老人每月350元。
第二条 补贴由县民政局审核。已入住福利院的不能享受。
第三条 照护员取得高级证书的奖励1800元。
"""
CAMPS = """关于做好暑期青少年营地服务保障工作的通知

各镇人民政府:

东湖营地:7月6日开营,共接收营员310名。收费每人每期450元,困难家庭学生免费。
西岭营地:7月13日开营,共接收营员260名。收费每人每期530元,困难家庭学生减半收费。

| 物资名称 | 东湖营地 | 西岭营地 |
| --- | --- | --- |
| 帐篷(顶) | 70 | 45 |
| 救生衣(件) | 320 | 280 |
"""
PLAN = """望洲县燃气应急预案

指挥部下设两个工作组:
(1)抢险救援组:由县消防救援大队牵头,负责关阀、堵漏、灭火。
(2)善后舆情组:由县委宣传部牵头,负责信息发布和安抚。
"""
BUSES = """临浦市公交改革方案

新增公交线路12条,由市交通局牵头,2025年8月底前完成。困难家庭乘车免费。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    documents = {"照护.md": CARE, "营地.md": CAMPS, "预案.txt": PLAN, "公交.txt": BUSES}
    with asking(tmp_path_factory.mktemp("going-on"), documents) as opened:
        yield opened


SEVERE = "泽安县重度失能老人每月补多少钱"


@pytest.mark.parametrize(
    ("questions", "said", "unsaid"),
    [
        ((SEVERE, "中度呢"), "350元", "600元"),
        ((SEVERE, "哪些人不能享受"), "福利院", "600元"),
        ((SEVERE, "换个话题,临浦市新增公交线路几条", "谁牵头"), "市交通局", "民政"),
        (("东湖营地收多少人", "西岭呢"), "260名", "310名"),
        (("东湖营地收多少人", "西岭呢", "收费多少"), "530元", "450元"),
        (("西岭营地收多少人", "帐篷有几顶"), "45", "70"),
        (("望洲县抢险救援组由谁牵头", "它干什么"), "堵漏", "安抚"),
        (("望洲县抢险救援组由谁牵头", "善后舆情组呢"), "县委宣传部", "消防"),
    ],
)
def test_the_last_answer_says(assistant: Assistant, questions: tuple[str, ...], said: str, unsaid: str) -> None:
    answer = continued(assistant, *questions)
    assert said in answer.answer
    assert unsaid not in answer.answer
    assert_citations_hold(assistant, answer)


def test_a_full_question_stays_with_the_document_spoken_of_where_it_has_its_words(assistant: Assistant) -> None:
    assert "免费" in continued(assistant, "临浦市新增公交线路几条", "困难家庭要不要交钱").answer
    assert "减半" not in continued(assistant, "临浦市新增公交线路几条", "困难家庭要不要交钱").answer


def test_a_full_question_that_the_document_spoken_of_does_not_answer_is_asked_of_all(assistant: Assistant) -> None:
    assert "12条" in continued(assistant, SEVERE, "新增公交线路几条").answer


@pytest.mark.parametrize(
    ("asked", "before", "full"),
    [
        ("中度呢", "重度失能每月补多少", "中度失能每月补多少"),
        ("15万的呢", "亩均税收20万以上的减多少", "亩均税收15万的减多少"),
        ("不到10万呢", "亩均税收20万以上的减多少", "亩均税收不到10万的减多少"),
        ("d类呢", "e类人才补多少", "d类人才补多少"),
        ("善后舆情组呢", "抢险救援组谁牵头", "善后舆情组谁牵头"),
        ("配合单位呢", "充电桩由谁牵头", None),
        ("时间呢", "充电桩由谁牵头", None),
        ("为什么呢", "充电桩由谁牵头", None),
    ],
)
def test_a_word_takes_the_place_of_its_like(asked: str, before: str, full: str | None) -> None:
    assert like_put_in(asked, before, lambda text: False, words()) == full


def test_a_word_takes_the_place_of_one_the_library_uses_alike() -> None:
    assert like_put_in("西岭呢", "东湖营地收多少人", lambda text: text == "西岭营地", words()) == "西岭营地收多少人"
    assert like_put_in("西岭呢", "东湖营地收多少人", lambda text: False, words()) is None


def test_what_was_asked_about_stands_before_what_is_asked_of_it() -> None:
    assert of_subject("帐篷有几顶", "东湖营地收多少人", words()) == "东湖营地帐篷有几顶"
    assert of_subject("这件事的期限是哪天", "河道清淤谁牵头", words()) == "河道清淤期限是哪天"
    assert of_subject("七层的补多少", "五层加装电梯补多少", words()) is None
    assert with_subject("它干什么", "抢险救援组由谁牵头") == "抢险救援组干什么"
    assert with_subject("谁配合", "抢险救援组由谁牵头") is None


FARES = """临浦县老年助餐补贴办法
第一条 2024年新增助餐点18个,2025年新增助餐点24个,2026年新增助餐点30个。
第二条 每餐补贴3元,比2023年增加1元。
第三条 低保老人免费用餐。
第四条 餐券不得转让。
第五条 本科学历的志愿者可以报名。
"""
OTHER_FARES = """望洲市志愿服务办法
志愿者应当先登记。本科学历的志愿者优先。老人可以转让餐盒,登记后即可延期归还餐盒。
"""


@pytest.fixture(scope="module")
def fares(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("fares"), {"助餐.txt": FARES, "志愿.txt": OTHER_FARES}) as opened:
        yield opened


POINTS = "临浦县2025年新增助餐点多少个"


@pytest.mark.parametrize(
    ("questions", "said", "unsaid"),
    [
        ((POINTS, "比前一年多还是少"), "2025年比2024年多,相差6个", "30"),
        ((POINTS, "和2026年差多少"), "少,相差6个", "18"),
        ((POINTS, "比2024年少吗"), "不是,2025年比2024年多", "30"),
        ((POINTS, "比前一年多多少", "2026年呢"), "30个", "18"),
        ((POINTS, "2024年呢", "两年差多少"), "相差6个", "30"),
        ((POINTS, "不对,我问的是2026年"), "30个", "24"),
        (("临浦县每餐补贴多少", "涨了多少"), "比2023年增加1元", "没有依据"),
        (("临浦县每餐补贴多少", "那可以转让吗"), "不可以", "登记"),
        (("临浦县每餐补贴多少", "低保老人呢", "能转让吗"), "不可以", "登记"),
    ],
)
def test_a_talk_stays_with_its_document_and_holds_figures_together(assistant: Assistant, fares: Assistant, questions: tuple[str, ...], said: str, unsaid: str) -> None:
    answer = continued(fares, *questions)
    assert said in answer.answer
    assert unsaid not in answer.answer
    assert_citations_hold(fares, answer)


def test_what_the_document_spoken_of_does_not_say_is_refused(fares: Assistant) -> None:
    assert continued(fares, "临浦县每餐补贴多少", "可以延期吗").status == "refused"
