"""Until when, how many, how often: dates and figures."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking, assert_citations_hold, marked

LIST = """青禾县消防整治任务清单

序号

主要任务

具体任务

完成时限

牵头单位

责任单位

1

拆除防盗窗

1.2024年10月底前拆除人员密集场所防盗窗。

2025年底

县消防救援大队

县住建局

2

整治充电隐患

2.新建电动自行车集中充电桩1200个,惠及群众3200户。

2024年9月底

县住建局

县供电公司

3

强化宣传培训

3.组织网格员消防培训,每季度至少1次。

常态化

县应急管理局

各乡镇
"""
GOALS = """青禾县消防工作三年规划

一、工作目标

到2024年底,微型消防站建成率达到60%,2025年底达到80%,2026年底达到95%。

规模以上企业安全生产标准化达标率达到70%;规模以下企业达标率达到40%。

二、主要措施

(一)燃气经营企业每半年入户安检一次,餐饮场所燃气泄漏报警器安装率达到100%。

(二)发现火点后10分钟内报告镇禁烧办。

(三)安排应急物资经费18万元,配备消防车6辆、专职消防员45人。
"""
NOTICE = """南屏乡秸秆禁烧通告

一、全乡禁烧期为2025年9月10日至11月30日。

二、32日前完成物资储备检查。

三、秸秆离田每亩补贴25元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"清单.txt": LIST, "规划.txt": GOALS, "通告.txt": NOTICE}
    with asking(tmp_path_factory.mktemp("values"), texts) as opened:
        yield opened


@pytest.mark.parametrize("question", ["充电桩什么时候完成", "充电桩的完成时限是哪天", "建充电桩最晚到啥时候", "充电桩几月前要建完"])
def test_the_deadline_cell_answers_until_when(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.kind, answer.answer) == ("deadline", "2024年9月底")
    assert marked(answer) == ["2024年9月底"]


def test_the_deadline_cell_wins_over_a_date_in_the_task(assistant: Assistant) -> None:
    answer = assistant.ask("防盗窗拆除什么时候完成")
    assert answer.answer.startswith("2025年底")
    assert marked(answer) == ["2025年底"]


def test_the_difference_between_cell_and_task_is_noted(assistant: Assistant) -> None:
    (note,) = assistant.ask("防盗窗拆除什么时候完成").notes
    assert "2025年底" in note and "2024年10月底前" in note


def test_standing_work_has_no_end(assistant: Assistant) -> None:
    assert assistant.ask("网格员消防培训什么时候完成").answer.startswith("常态化")


def test_a_damaged_date_gets_its_reading_beside_it(assistant: Assistant) -> None:
    answer = assistant.ask("物资储备检查什么时候完成")
    assert "32日前" in answer.answer and "3月2日前" in answer.answer
    assert any("字符丢失" in note for note in answer.notes)
    assert marked(answer) == ["32日前"]


@pytest.mark.parametrize("question", ["禁烧期从什么时候到什么时候", "秸秆禁烧的起止时间"])
def test_a_period_is_given_with_both_ends(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "2025年9月10日" in answer.answer and "11月30日" in answer.answer


@pytest.mark.parametrize(("year", "share"), [(2024, "60%"), (2025, "80%"), (2026, "95%")])
def test_the_asked_year_picks_its_figure(assistant: Assistant, year: int, share: str) -> None:
    answer = assistant.ask(f"{year}年微型消防站建成率要达到多少")
    assert answer.kind == "number"
    assert [s for s in ("60%", "80%", "95%") if s in answer.answer] == [share]
    assert any(share in mark for mark in marked(answer))


def test_a_year_inside_the_covered_ones_but_without_a_figure_is_not_made_up(assistant: Assistant) -> None:
    answer = assistant.ask("2028年微型消防站建成率要达到多少")
    assert answer.abstained and "2028" in answer.reason


@pytest.mark.parametrize(
    ("question", "figure", "others"),
    [
        ("新建充电桩多少个", "1200个", ()),
        ("充电桩惠及多少户群众", "3200户", ()),
        ("配备消防车多少辆", "6辆", ()),
        ("专职消防员配备多少人", "45人", ()),
        ("应急物资经费安排多少钱", "18万元", ("45人",)),
        ("秸秆离田每亩补多少元", "25元", ()),
    ],
)
def test_the_asked_measure_word_picks_the_figure(assistant: Assistant, question: str, figure: str, others: tuple[str, ...]) -> None:
    answer = assistant.ask(question)
    assert answer.kind == "number"
    assert figure in answer.answer
    assert any(figure in mark for mark in marked(answer))
    assert not any(other in answer.answer for other in others)


@pytest.mark.parametrize(("question", "said"), [("燃气企业多久入户安检一次", "每半年入户安检一次"), ("网格员多久培训一次", "每季度至少1次"), ("网格员消防培训的频次", "每季度至少1次")])
def test_how_often_is_answered_with_the_frequency(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question).answer


def test_a_time_limit_after_an_event_is_answered(assistant: Assistant) -> None:
    assert "10分钟内" in assistant.ask("发现火点多久之内报告").answer


@pytest.mark.parametrize(("subject", "share", "other"), [("规模以上企业", "70%", "40%"), ("规模以下企业", "40%", "70%")])
def test_two_figures_of_one_sentence_are_told_apart_by_their_subject(assistant: Assistant, subject: str, share: str, other: str) -> None:
    answer = assistant.ask(f"{subject}达标率要达到多少").answer
    assert share in answer and other not in answer


def test_money_that_is_not_stated_is_not_made_up(assistant: Assistant) -> None:
    answer = assistant.ask("微型消防站建设要花多少钱")
    assert answer.abstained


def test_an_answer_about_a_figure_is_short(assistant: Assistant) -> None:
    assert len(assistant.ask("新建充电桩多少个").answer) <= 40


@pytest.mark.parametrize("question", ["充电桩什么时候完成", "配备消防车多少辆", "物资储备检查什么时候完成", "禁烧期从什么时候到什么时候"])
def test_citations_are_the_stored_words(assistant: Assistant, question: str) -> None:
    assert_citations_hold(assistant, assistant.ask(question))
