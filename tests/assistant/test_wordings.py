"""One demand in many wordings: each is answered like the plain one, and what only opens an enquiry counts for nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.question.wording import in_plain_words
from tests.assistant.asking import asking

PLAN = """云泊区小水库安全整治方案

发布日期:2024年2月18日

一、主要任务

(一)坝体加固。2025年6月底前完成12座小水库坝体加固。(牵头单位:区水利局;责任单位:区财政局、区林业局)

(二)闸门更新。2024年9月底前更换锈蚀闸门。(牵头单位:区水利局;责任单位:区供电局)

(三)汛期值守。汛期实行24小时值守。(牵头单位:区应急局;责任单位:区水利局、区气象局)

二、工作要求

巡库员每年组织3次泄洪演练。病险水库蓄水期限不得超过两个月。巡库落实“坝顶看裂缝、坝脚看渗水、闸口看锈蚀”三项标准。

水库安全评估为A级(高风险)的,立即放空库容。对整改拖延的管护单位,予以通报批评并约谈主要负责人。

三、实施步骤

(一)摸底排查阶段(2024年3月至4月)。逐座登记。

(二)集中整治阶段(2024年5月至2025年6月)。逐座销号。

(三)验收评估阶段(2025年7月至8月)。组织验收。
"""

WORDINGS = {
    ("坝体加固", "闸门更新"): """
        区水利局牵头的任务有哪些
        归水利局牵头的工作有些啥?
        由区水利局作为牵头部门的各项工作
        请列举云泊区由水利局当牵头单位的各项任务
        区水利局在任务清单里牵头的都有什么活儿
        请汇总区水利局担任牵头部门的全部事项
        麻烦把区水利局挑头的任务逐条列出来
        想了解一下,水利局主抓的那些工作都有哪些
        区水利局牵头的工作,请一一列出
        帮我查一下水利局挑大梁的任务是哪几项
        老师您好,区水利局领头的是哪几条任务
        区水利局牵头的事项,都有些啥
        区水利局挑头的事情有些什么
        云泊区由区水利局牵头的任务,请列举
        小水库方案里水利局牵头的任务,有哪些?请列出来
        """,
    ("财政局", "林业局"): """
        坝体加固由区水利局牵头,配合单位有哪些
        坝体加固除了牵头的水利局以外还有什么部门一起配合
        坝体加固除了牵头方水利局,其余哪些单位参与
        坝体加固这件事,除区水利局外,另外哪些单位是责任单位
        坝体加固除牵头的水利局之外还有谁参与
        请问坝体加固除了水利局,其他哪些部门是这条的责任单位
        """,
    ("2025年6月底前",): """
        坝体加固什么时候完成
        坝体加固的截止月份是?
        坝体加固什么时间之前做好
        坝体加固须在几月底以前完成?
        12座小水库的坝体加固,啥时候以前要弄完
        要做一次坝体加固,什么时候之前得搞完
        坝体加固的截止日子是哪天
        急,坝体加固何时之前必须全部落实到位
        """,
    ("3次",): """
        巡库员每年组织几次泄洪演练
        一年当中,巡库员要组织几次泄洪演练?
        巡库员一年至少得搞几回泄洪演练,麻烦告知
        巡库员一年最少要组织几回泄洪演练?
        巡库员一年至少搞多少次泄洪演练
        一年下来巡库员得组织几次泄洪演练
        我是新来的,巡库员一年里要组织几次泄洪演练
        """,
    ("两个月",): """
        病险水库蓄水最长多久
        病险水库蓄着水,最长期限是多少?
        病险水库蓄水最长时限是多久
        病险水库最多的蓄水时间是多长
        """,
    ("坝顶看裂缝", "坝脚看渗水", "闸口看锈蚀"): """
        巡库要落实哪三项标准
        巡库要对照三项标准,这三项都写了什么?
        巡库那三项标准分别是什么
        巡库落实"三项标准",这三项标准具体都是什么
        巡库落实的这三项标准具体指哪些
        请说明巡库那几项标准是什么
        """,
    ("摸底排查", "集中整治", "验收评估"): """
        小水库整治分哪几个阶段
        小水库整治时间上划成几个阶段,每段叫什么
        小水库整治的阶段划分,各阶段名称是什么?
        小水库整治分成几个阶段,每个阶段叫什么名字
        想问问小水库整治被划分为几个阶段,各阶段叫啥
        小水库整治总共分几步走,每一步叫什么
        """,
    ("高风险",): """
        水库评为A级是什么意思
        水库要是被评成了A级,说明它处于什么状况?
        水库评定为A级意味着什么
        如果水库评到A级,表示是什么情况
        水库被评上A级,代表什么
        """,
    ("通报批评", "约谈"): """
        管护单位整改拖延会怎么处理
        管护单位整改拖延的,会采取什么措施?
        管护单位整改拖延,将面临什么后果
        管护单位整改拖延要挨什么处罚
        有的管护单位整改拖延,有什么办法治?
        管护单位整改比较拖延的,会怎么处理
        管护单位整改拖延,整治的手段有哪些
        对付整改拖延的管护单位的手段有哪些
        """,
    ("区水利局",): """
        闸门更新由谁牵头
        闸门更新这块的牵头方是哪个
        要更换锈蚀闸门,牵头的局是?
        闸门更新,牵头单位写的是哪一家
        闸门更新归谁挑头
        建闸门更新工程,哪家在领头
        """,
    ("2024年2月18日",): """
        小水库方案网页是什么时候发布的
        小水库整治方案几时挂到网上的?
        请问小水库那份方案是哪天上网公布的
        小水库整治方案什么时候在网上公开的
        小水库方案是啥时候放到网站上的
        小水库整治方案哪一天挂网的
        """,
}
"""What an answer has to say, and wordings that ask for it; the first is the plain one."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("wordings")
    with asking(folder, {"小水库.txt": PLAN}) as assistant:
        yield assistant


CASES = [(expected, line.strip()) for expected, lines in WORDINGS.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("expected", "question"), CASES, ids=[question for _, question in CASES])
def test_each_wording_of_a_demand_is_answered_like_the_plain_one(plan: Assistant, expected: tuple[str, ...], question: str) -> None:
    answer = plan.ask(question)

    assert answer.status == "answered", answer.reason
    assert [word for word in expected if word not in answer.answer] == [], answer.answer


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("您好,想了解一下闸门更新谁牵头", "闸门更新谁牵头"),
        ("老师好,请问闸门更新谁牵头,谢谢", "闸门更新谁牵头"),
        ("联络表找不到了,麻烦查下:办公室设在哪", "办公室设在哪"),
        ("我是新来的,请问闸门更新谁牵头", "闸门更新谁牵头"),
        ("有点搞不清楚,闸门更新到底谁牵头", "闸门更新到底谁牵头"),
        ("能不能告诉我闸门更新谁牵头", "闸门更新谁牵头"),
        ("请教一下,闸门更新谁牵头,急", "闸门更新谁牵头"),
        ("闸门更新谁牵头,麻烦告知", "闸门更新谁牵头"),
        ("帮我看看闸门更新谁牵头", "闸门更新谁牵头"),
        ("申请公租房,应该打哪个号码", "申请公租房,应该打哪个电话"),
        ("面积最多按多少平方算", "面积最多按多少平方米算"),
        ("对管护单位,方案提出了哪些监管办法?", "对管护单位,方案怎么监管?"),
        ("一个摊位租金得多少", "一个摊位租金多少钱"),
        ("旱到什么地步才算中度干旱", "旱到什么程度中度干旱"),
        ("体型多大的狗会被认定为大型犬", "多大的狗算大型犬"),
        ("到了期限还没装,会怎么处理", "逾期还没装,会怎么处理"),
        ("2020年底是多少,2022年底又是多少", "2020年底和2022年底各是多少"),
        ("劳驾问一下,闸门更新谁牵头", "闸门更新谁牵头"),
    ],
)
def test_openings_and_thanks_are_no_part_of_a_question(question: str, plain: str) -> None:
    assert in_plain_words(question) == plain


@pytest.mark.parametrize(
    "question",
    [
        "闸门更新谁牵头",
        "狗证丢了,去哪里补办",
        "老板不发工资,找谁投诉",
        "区水利局牵头的任务2024年完成的有哪些",
        "第七条写了什么",
        "名单什么时候公布",
        "老师体检多久一次",
        "你好",
        "谢谢",
        "方案要求做到什么程度",
        "请假要提前几天",
        "2021年要装到百分之几",
        "到最后一年要多少",
        "督查组主要看些什么内容",
        "管理办法有哪些规定",
        "想开店要办哪些手续",
        "帮助老人要注意什么",
    ],
)
def test_what_a_question_is_about_is_left_alone(question: str) -> None:
    assert in_plain_words(question) == question


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("建水库坝体加固工程,由谁牵头", "区水利局"),
        ("小水库整治分几个接段,每段叫什么", "集中整治"),
        ("Who should I ask about reservoir gates? What is the cut-off date for dam reinforcement?", "2025年6月"),
    ],
)
def test_neither_an_ordinary_word_nor_a_slip_hides_what_is_asked(plan: Assistant, question: str, said: str) -> None:
    assert said in plan.ask(question).answer


def test_what_breaking_a_rule_costs_is_not_made_up_from_a_text_that_only_names_the_rule(tmp_path: Path) -> None:
    texts = {"方案.txt": "枫桥镇方案\n\n一、贯彻《澄江市水库管理规定》,压实管护责任,建立巡库制度,做到每库有人管。\n"}
    with asking(tmp_path, texts) as assistant:
        answer = assistant.ask("管护单位违反了《澄江市水库管理规定》会挨什么罚?")

    assert answer.status == "refused"
    assert "澄江市水库管理规定" in answer.reason


def test_the_number_to_dial_is_a_telephone_number(tmp_path: Path) -> None:
    with asking(tmp_path, {"通知.txt": "枫桥镇水库检查通知\n\n各村:\n\n请于3月2日前报送检查情况。\n\n联系人:周砚,联系电话:0000-6123456\n"}) as assistant:
        answer = assistant.ask("I need to call someone about the reservoir inspection. Which number should I dial?")

    assert "0000-6123456" in answer.answer


def test_a_short_name_of_a_rule_is_the_rule_and_that_of_another_is_not(tmp_path: Path) -> None:
    text = "云泊市餐厨垃圾管理办法\n\n第一条 为了加强管理,制定本办法。\n\n第二条 收运单位每日上门收运一次。\n"
    with asking(tmp_path, {"办法.txt": text}) as assistant:
        answered = assistant.ask("请说明云泊餐厨办法第二条的内容")
        other = assistant.ask("垃圾管理法第二条写了什么")

    assert "每日上门收运" in answered.answer
    assert "垃圾管理法" in other.reason
