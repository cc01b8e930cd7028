"""Lists are complete and easy to read aloud; terms are explained."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, assert_citations_hold, marked
from tests.conftest import AssistantOf

RULES = """泽安县养犬管理办法

第一章 总则

第一条 为了规范养犬行为,制定本办法。

第二条 本办法所称烈性犬,是指容易伤人的犬种,具体名录由县公安机关公布。

第二章 行为规范

第三条 携犬外出禁止下列行为:

(一)不牵犬绳;

(二)进入幼儿园、医院;

(三)放任犬只追咬他人。

第三章 附则

第四条 本办法自2024年7月1日起施行。
"""
DIGEST = """云台县安全生产一图读懂

一、建立红、橙、黄、蓝四色风险图。

二、落实“三同步”要求,即同步部署、同步检查、同步考核。

三、推行“三违”(违章指挥、违章操作、违反劳动纪律)零容忍。

四、深化“四不两直”检查。

五、重点整治危险化学品、道路交通、建筑施工、城镇燃气等四个领域。

六、从三个方面加强培训。一是组织新上岗人员岗前培训。二是组织班组长轮训。三是组织特种作业人员复训。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("lists"), {"办法.txt": RULES, "图解.txt": DIGEST}) as opened:
        yield opened


def test_the_items_below_a_colon_are_all_listed_one_a_line(assistant: Assistant) -> None:
    answer = assistant.ask("携犬外出禁止哪些行为")
    assert answer.answer.split("\n") == ["1. 不牵犬绳", "2. 进入幼儿园、医院", "3. 放任犬只追咬他人"]


def test_the_items_below_a_colon_are_cited_with_their_opening(assistant: Assistant) -> None:
    (citation,) = assistant.ask("携犬外出禁止哪些行为").citations
    assert citation.quote.startswith("第三条 携犬外出禁止下列行为:") and citation.quote.endswith("追咬他人。")


def test_short_words_are_listed_on_one_line(assistant: Assistant) -> None:
    answer = assistant.ask("风险图有哪几种颜色")
    assert answer.answer == "红、橙、黄、蓝"
    assert marked(answer) == ["红", "橙", "黄", "蓝"]


@pytest.mark.parametrize("question", ["重点整治哪四个领域", "重点整治的领域有哪些", "要整治的四个领域分别是什么"])
def test_the_members_of_a_sentence_are_all_listed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question).answer
    assert all(field in answer for field in ("危险化学品", "道路交通", "建筑施工", "城镇燃气"))


def test_points_numbered_in_running_text_are_all_listed(assistant: Assistant) -> None:
    answer = assistant.ask("从哪三个方面加强培训")
    assert all(part in answer.answer for part in ("岗前培训", "班组长轮训", "特种作业人员复训"))
    assert len(answer.answer.split("\n")) == 3


@pytest.mark.parametrize("question", ["养犬管理办法分哪几章", "养犬管理办法由哪几部分组成", "养犬管理办法分为几个部分,分别是什么"])
def test_the_parts_of_a_document_are_its_top_headings(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.answer.split("\n") == ["1. 总则", "2. 行为规范", "3. 附则"]
    assert [c.quote for c in answer.citations] == ["第一章 总则", "第二章 行为规范", "第三章 附则"]


@pytest.mark.parametrize("question", ["“三同步”是指什么", "三同步什么意思", "什么叫“三同步”?", "三同步的含义"])
def test_a_counting_term_is_explained_by_its_members(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.kind == "definition"
    assert all(part in answer.answer for part in ("同步部署", "同步检查", "同步考核"))


def test_the_members_of_a_term_can_be_asked_for_as_a_list(assistant: Assistant) -> None:
    answer = assistant.ask("“三违”包括哪些").answer
    assert all(part in answer for part in ("违章指挥", "违章操作", "违反劳动纪律"))


def test_a_term_of_a_regulation_is_explained_without_its_opening(assistant: Assistant) -> None:
    answer = assistant.ask("什么是烈性犬")
    assert answer.answer.startswith("容易伤人的犬种") and "第二条" not in answer.answer
    assert answer.citations[0].quote.startswith("第二条 本办法所称烈性犬")


def test_a_term_that_is_only_used_is_not_explained(assistant: Assistant) -> None:
    assert assistant.ask("“四不两直”是什么意思").abstained


def test_the_members_of_an_unexplained_term_are_not_made_up(assistant: Assistant) -> None:
    assert assistant.ask("“四不两直”包括哪些内容").abstained


def test_a_term_nobody_uses_is_refused(assistant: Assistant) -> None:
    assert assistant.ask("“五防六查”是什么意思").abstained


@pytest.mark.parametrize("question", ["携犬外出禁止哪些行为", "风险图有哪几种颜色", "什么是烈性犬", "养犬管理办法分哪几章", "从哪三个方面加强培训"])
def test_citations_are_the_stored_words(assistant: Assistant, question: str) -> None:
    assert_citations_hold(assistant, assistant.ask(question))


TURNS = """青山区培训计划

一、轮训安排。2024年,完成矿山、燃气、养老机构等单位负责人集中培训。2025年,完成冶金企业、文物保护、商业综合体等单位负责人集中培训。
"""


@pytest.mark.parametrize(("year", "said", "silent"), [("2024", ("矿山", "燃气", "养老机构"), "冶金"), ("2025", ("冶金企业", "文物保护", "商业综合体"), "矿山")])
def test_the_list_of_the_year_asked_for_is_given(assistant_of: AssistantOf, year: str, said: tuple[str, ...], silent: str) -> None:
    answer = assistant_of(TURNS).ask(f"{year}年要轮到哪些单位的负责人集中培训?").answer
    assert all(word in answer for word in said) and silent not in answer


RISKS = """青山区园区方案

一、分级管控。严格控制硝酸铵等爆炸危险性化学品(指名录中危险性类别为爆炸物的化学品)的项目。评估为 B 级(较高安全风险)的,限期达到 C 级(一般安全风险)或 D 级(较低安全风险)。

二、产量目标。到2024年底,全区原煤产量290万吨;到2025年底,全区原煤产量300万吨;到2026年底,全区原煤产量500万吨。
"""


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("方案里“爆炸危险性化学品”具体指哪类?", "指名录中危险性类别为爆炸物的化学品"),
        ("园区D级代表什么?", "较低安全风险"),
        ("园区C级和D级各代表什么风险程度?", "C级:一般安全风险\nD级:较低安全风险"),
    ],
)
def test_a_bracket_after_a_term_explains_it(assistant_of: AssistantOf, question: str, answered: str) -> None:
    assert assistant_of(RISKS).ask(question).answer == answered


def test_a_figure_is_given_for_each_of_two_years(assistant_of: AssistantOf) -> None:
    answer = assistant_of(RISKS).ask("全区原煤产量2024年底和2026年底的目标各是多少?").answer
    assert "290" in answer and "500" in answer and "300" not in answer


BUSES = """青山县客运方案

一、主要任务

(一)优化线网。新增支线34条。(牵头单位:县交通运输局;完成时限:2024年12月底)

(二)规范服务。末班车不早于18时。老年人、残疾人、现役军人免费乘车。(牵头单位:公交公司;完成时限:2025年6月底)

(三)建设场站。新建客运站6座。(牵头单位:县住建局;完成时限:2026年9月底)
"""


@pytest.mark.parametrize("question", ["哪些人免费坐车", "当兵的坐车要钱吗"])
def test_a_sentence_of_one_task_is_no_list_of_the_tasks(assistant_of: AssistantOf, question: str) -> None:
    answer = assistant_of(BUSES).ask(question).answer
    assert "现役军人" in answer and "支线" not in answer
