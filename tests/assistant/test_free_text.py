"""Questions of free text whose answer stands in a form of its own: an opening of minutes, a sanction, a definition by its heading."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from tests.assistant.asking import asking

MINUTES = """临湖区人民政府

专题会议纪要

〔2025〕第3期

关于湖东中学迁建工程推进工作的会议纪要

5月8日下午,副区长白朗主持召开专题会议,研究湖东中学迁建工程推进有关问题。

会议指出,项目推进存在两方面问题:一是围墙外管线未迁改;二是夜间施工噪声扰民。

一、关于调度机制。建立“周报告、月调度”制度,区城投集团每周五报送进度。

二、关于纪律。推行“双查双罚”。凡未按期完成任务的,既查承办单位,也查督办单位。

三、关于电价。学校过渡期用电执行居民价格。
"""

RULES = """青禾市共享单车管理办法

第一条 禁止加装、改装下列单车:

(一)未经检测的;

(二)拆除车锁的。

第二条 禁止在盲道、消防通道、公交站台停放共享单车。

第三条 单车损坏的,运营企业应当在二十四小时内运走维修。

第四条 车辆报废实行“拆解销毁”制度,即由运营企业登记、主管部门核验、拆解企业销毁,公示5天后归档。

第五条 违反本办法第三条规定,单车损坏未运走维修的,由城市管理部门责令改正,处一千元罚款。

第六条 检查发现,东街运维人员1人虚报里程。对虚报里程的运维人员予以约谈并扣发绩效。

第七条 本办法施行前已经损坏的单车,由运营企业统一收回,不适用前款规定。

第八条 未经登记上道路行驶的单车,由公安机关扣留。

第九条 各街道的12处停放点、8个驿站逐一落实巡查、维护、调度“三个责任人”。全面组织开展查锁具,清占道,收破损3项具体行动。

第十条 运营企业应当每季度完成清点任务。未按期完成清点的,年度评价不得评为优秀。

附件 企业须知

1.对评价结果有异议的,可以自收到结果之日起十日内向市城市管理局申请复查,并附书面材料和运营台账。

咨询电话:0100-5550101
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("free"), {"纪要.txt": MINUTES, "办法.txt": RULES}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "wanted", "unwanted"),
    [
        ("湖东中学迁建卡在哪几个问题上", "1. 围墙外管线未迁改\n2. 夜间施工噪声扰民", "主持召开"),
        ("湖东中学迁建进度怎么调度", "每周五报送进度", "主持召开"),
        ("纪要里的“双查双罚”是什么意思", "既查承办单位,也查督办单位", ""),
        ("学校过渡期用电按什么价格", "执行居民价格", ""),
        ("青禾哪些地方不准停共享单车", "消防通道", "拆除车锁"),
        ("“拆解销毁”制度是什么意思", "公示5天后归档", ""),
        ("青禾单车损坏了怎么修", "二十四小时内运走维修", ""),
        ("青禾虚报里程的运维人员怎么处理的", "约谈", ""),
        ("青禾停放点的“三个责任人”是哪三个", "巡查、维护、调度", ""),
        ("青禾三项行动叫什么名字", "查锁具、清占道、收破损", ""),
        ("青禾企业没完成清点怎么处理", "不得评为优秀", ""),
        ("青禾企业对评价结果不服怎么办", "申请复查", ""),
        ("青禾单车没上牌就上路会怎样", "扣留", ""),
    ],
)
def test_the_sentence_that_answers_comes_before_one_that_only_names_the_matter(assistant: Assistant, question: str, wanted: str, unwanted: str) -> None:
    answer = assistant.ask(question)
    assert wanted in answer.answer
    assert not unwanted or unwanted not in answer.answer


def test_minutes_have_the_title_of_their_matter_and_not_of_their_series(assistant: Assistant) -> None:
    assert "关于湖东中学迁建工程推进工作的会议纪要" in [citation.title for citation in assistant.ask("湖东中学迁建进度怎么调度").citations]


def test_a_term_nobody_explains_is_still_refused(assistant: Assistant) -> None:
    assert assistant.ask("纪要里的“三查三罚”是什么意思").status == "refused"


def test_so_many_things_of_a_year_are_listed_where_no_task_has_that_limit(tmp_path_factory: pytest.TempPathFactory) -> None:
    report = "沐阳县政府工作报告\n\n一、2025年工作安排\n\n全力办好3件民生实事:一是新建幼儿园2所;二是加装电梯40部;三是改造公厕12座。\n"
    with asking(tmp_path_factory.mktemp("year"), {"报告.txt": report}) as opened:
        answer = opened.ask("沐阳县2025年三件民生实事是哪些")
        assert "加装电梯40部" in answer.answer
