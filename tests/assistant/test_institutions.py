"""Schools, hospitals and offices as people call them; tables and lists of offices asked in everyday words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.question.nicknames import spelled_out
from assistant.question.tagging import words
from tests.assistant.asking import asking

POSTS = """栎川职业技术学院2026年公开招聘公告

栎职院人〔2026〕7号

一、招聘岗位

| 岗位代码 | 岗位名称 | 人数 | 学历要求 | 年龄上限 |
|---|---|---|---|---|
| A01 | 机械专任教师 | 8 | 硕士研究生以上 | 35周岁 |
| A02 | 护理专任教师 | 5 | 本科以上 | 40周岁 |
| B01 | 专职辅导员 | 6 | 硕士研究生以上 | 30周岁 |

二、其他

面试成绩低于70分的,不得录用。
"""
WARDS = """栎川市第二人民医院探视规定

第一条 普通病区探视时间为15:00至17:30。

第二条 夜间求助电话:0688-6630199(总值班室)。
"""
GUIDE = """栎川市就业补贴申领指南(2026年版)

一、适用范围

本指南所称高校毕业生,是指毕业5年内的毕业生;所称困难人员,是指连续失业1年以上的人员。

二、补贴标准

| 序号 | 补贴项目 | 申请对象 | 2026年标准 | 2025年标准 | 受理窗口 |
|---|---|---|---|---|---|
| 1 | 一次性创业补贴 | 首次创办企业 | 8000元/户 | 5000元/户 | 市政务服务中心12号窗口 |
| 2 | 创业场地租金补贴 | 租用经营场地的人员 | 不超过600元/月 | 不超过500元/月 | 市政务服务中心12号窗口 |
| 3 | 一次性吸纳就业补贴 | 招用毕业生的企业 | 1500元/人 | 1000元/人 | 市政务服务中心15号窗口 |

三、职责分工

市公共就业服务中心负责审核;市市场监督管理局负责核验登记信息。
"""
PLAN = """青塘县城市内涝应急预案

一、职责

成员单位职责:
1. 县住建局:承担日常工作,组织排水抢险;
2. 县公安局:交通管制,下穿立交封闭;
3. 县应急管理局:调度救援力量,统计灾情。

二、响应

| 级别 | 启动条件 | 批准启动人 | 队伍到位时限 |
|---|---|---|---|
| Ⅲ级 | 1小时降雨50毫米以上 | 副指挥长 | 45分钟 |
| Ⅱ级 | 1小时降雨70毫米以上 | 指挥长 | 30分钟 |

三、采购

投标保证金:第1包9万元,第2包7万元,第3包5万元。

四、整治

由县文旅局负责于8月20日前完成测绘,由县资规局负责于9月30日前完成范围划定。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"posts.txt": POSTS, "wards.txt": WARDS, "guide.txt": GUIDE, "plan.txt": PLAN}
    with asking(tmp_path_factory.mktemp("institutions"), texts) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("栎川职院这次招几个辅导员?", "6人"), ("护理老师年龄最大到几岁能报(职院)?", "40周岁"), ("半夜在二院有急事打哪个电话?", "0688-6630199"),
        ("15号窗口受理哪项补贴?", "一次性吸纳就业补贴"), ("吸纳就业补贴25年每人多少?", "1000元/人"), ("补贴材料由哪家单位负责审核?", "负责:市公共就业服务中心(原文未标明牵头单位)"),
        ("补贴指南里高校毕业生是怎么算的?", "毕业5年内的毕业生"), ("内涝二级响应由谁拍板启动?", "指挥长"), ("内涝Ⅲ级响应,一小时雨下到多少毫米算?", "1小时降雨50毫米以上"),
        ("第2包要交多少投标保证金?", "第2包7万元"),
    ],
)  # fmt: skip
def test_everyday_names_and_words_find_the_value(library: Assistant, question: str, answer: str) -> None:
    assert library.ask(question).answer == answer


def test_the_reply_says_which_name_it_took(library: Assistant) -> None:
    assert "问题中的“职院”按“职业技术学院”理解" in library.ask("职院招几个辅导员?").notes


@pytest.mark.parametrize(("question", "held"), [("内涝预案规定应急局管哪些事?", "统计灾情"), ("方案里给县资规局派的活是啥?", "范围划定"), ("指南里一共有几项补贴?", "共3项")])
def test_what_an_office_does_and_how_many_things_a_table_lists(library: Assistant, question: str, held: str) -> None:
    answer = library.ask(question)
    assert answer.status == "answered" and held in answer.answer and "测绘" not in answer.answer


def test_a_short_form_of_two_names_or_one_the_documents_use_stays() -> None:
    titles = ("栎川市第一中学章程", "栎川市第一人民医院章程", "松冈学院章程", "松湾学院章程")
    of = words()
    assert spelled_out("一院几点开门", titles, ("栎川市",), of, lambda piece: int(len(piece) > 2)) == ("第一人民医院几点开门", (("一院", "第一人民医院"),))
    assert spelled_out("一院几点开门", titles, ("栎川市",), of, lambda piece: 9 - len(piece))[1] == ()
    assert spelled_out("松院几点开门", titles, (), of, lambda piece: int(len(piece) > 2))[1] == ()
