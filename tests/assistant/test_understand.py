"""Reading a question: the kind of answer it wants, its units, dates, quotes and numbers, and what a follow-up takes over."""

from datetime import date

import pytest

from assistant.question.query import Query
from assistant.question.scope import Known
from assistant.question.tagging import words
from assistant.question.understand import Knowledge, understand
from assistant.types import Turn

PLACES = (Known("d1", "区.txt", "青岭区消防方案", ("青岭区",), (2024, 2026)), Known("d2", "县.txt", "泽安县消防方案", ("泽安县",), None))
KNOWLEDGE = Knowledge(PLACES, lambda text: 1, 100, words(), lambda text: ("区住房城乡建设局", "住房城乡建设局"))

PHRASINGS = {
    "lead": """
        充电桩由谁牵头
        水库除险加固的牵头单位是谁
        哪个部门主抓校车安全
        农贸市场改造归口哪个部门
        河道保洁是谁负责的
        危房改造哪家单位主责
        扬尘治理由哪个局来管
        养老服务归谁管
        防汛物资储备哪个部门负责落实
        景区安全是哪个单位总负责
    """,
    "support": """
        充电桩的配合单位有哪些
        水库除险加固由哪些部门协助
        校车安全谁配合
        除了住建局外,危房改造还有谁参与
        农贸市场改造的责任单位是哪些
        县教育局牵头校车治理,谁来配合
        哪些单位参与河道保洁
        扬尘治理的协办单位
    """,
    "deadline": """
        充电桩什么时候建完
        水库除险加固的完成时限
        河道保洁几月底前结束
        危房改造最晚到哪一年
        校车更新截止到几号
        禁渔期的起止时间
        方案里养老床位何时配齐
        整改报告最迟哪天交
    """,
    "number": """
        充电桩要建多少个
        水库除险加固几座
        养老床位覆盖率要达到多少
        垃圾分类达标率是百分之几
        多久巡查一次河道
        校车每月检查几次
        奖励举报人多少钱
        培训时长多少小时
        河道清淤多少公里
        绿地面积占比多大
        每隔多久演练一次
        新增停车位多少个
    """,
    "count": """
        区水利局牵头几项任务
        任务清单里一共有多少项任务
        方案有几个附件
        条例共有几章
        方案分几大部分
        县住建局要落实几条措施
        年底前要完成几项工作
        这份意见共提出多少条举措
    """,
    "reverse": """
        区水利局牵头哪些任务
        县教育局负责哪些工作
        由市交通局牵头的任务有哪些
        区城管局配合哪些事项
        2025年底前要完成哪些任务
        县应急管理局名下有什么任务
        区民政局参与了哪些工作
    """,
    "list": """
        重点整治哪些领域
        防汛检查包括哪几个方面
        要建立哪三项机制
        禁止哪些行为
        河长要履行哪几项义务
        方案分为哪几个阶段
        培训对象有哪些
        补贴范围包括哪些
    """,
    "definition": """
        “三同时”是什么意思
        什么叫河长制
        一岗双责指的是什么
        “两单两卡”怎么理解
        何谓重大隐患
        “四方责任”的含义
        什么是首违不罚
    """,
    "measure": """
        河道保洁怎么考核
        怎样申请养老补贴
        乱倒垃圾如何处罚
        发现隐患怎么办
        校车超员会怎么处理
        对拒不整改的企业采取什么措施
        高层住宅着火该怎么逃生
        扬尘超标有什么后果
    """,
    "contact": """
        咨询电话是多少
        举报邮箱是什么
        联系人是谁
        养老补贴怎么联系
        有疑问找谁咨询
        传真号码是多少
    """,
    "meta": """
        通知的文号是什么
        方案是哪天印发的
        条例什么时候施行
        这份通知是谁印发的
        领导小组组长是谁
        文件的主送单位是哪些
        办公室设在哪里
        意见的索引号
        会议由谁主持
    """,
    "yesno": """
        充电桩是区住建局牵头吗
        楼道里能不能停电动车
        校车是不是每月都要检查
        养犬需要登记吗
        有没有要求安装报警器
        河道保洁是否纳入考核
        乡镇可不可以自行审批
    """,
    "compare": """
        两个区的牵头单位一样吗
        甲县和乙县的完成时间有什么不同
        正文和任务清单的时限是否一致
        哪个镇的目标更高
        附件1和附件2的要求有何区别
        两地的补贴标准相差多少
    """,
}
CASES = [(question.strip(), kind) for kind, block in PHRASINGS.items() for question in block.strip().split("\n")]


def test_the_table_of_phrasings_covers_every_kind() -> None:
    assert len(CASES) >= 80
    assert min(sum(kind == of for _, of in CASES) for kind in PHRASINGS) >= 6


@pytest.mark.parametrize(("question", "kind"), CASES)
def test_the_kind_is_read_from_the_wording(question: str, kind: str) -> None:
    assert understand(question, KNOWLEDGE).kind == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("危废产生量和处置能力配不配得上,牵头单位是?", "lead"),
        ("联合执法除了消防大队,区级责任部门还有哪些?", "support"),
        ("跟应急局一起干的是哪些单位?", "support"),
        ("煤改气治理列为责任部门的是哪几个局(牵头的不算)?", "support"),
        ("这项制度由哪个单位牵头配合市里去建?", "lead"),
        ("区商务局在清单里牵头(含共同牵头)什么?", "reverse"),
        ("列一下市市场监管局牵头的全部任务", "reverse"),
        ("危险性化学品具体指哪类?", "definition"),
        ("跟自然资源局一起建场站的还有谁", "support"),
        ("2026年9月底前要完成的有哪些", "reverse"),
        ("任务分工里哪些要在2025年3月底前办完", "reverse"),
        ("2025年要开几条公交线", "number"),
        ("70多岁的老人在食堂吃午饭,一顿补几块?", "number"),
    ],
)
def test_what_is_asked_is_told_from_what_stands_beside_it(question: str, kind: str) -> None:
    assert understand(question, KNOWLEDGE).kind == kind


@pytest.mark.parametrize("mark", ["", "?", "呢?", "  "])
def test_closing_marks_do_not_change_the_kind(mark: str) -> None:
    assert understand("充电桩由谁牵头" + mark, KNOWLEDGE).kind == "lead"


@pytest.mark.parametrize("opening", ["请问", "麻烦问一下,", "我想知道", "你好,请问"])
def test_politeness_does_not_change_the_kind(opening: str) -> None:
    assert understand(opening + "充电桩由谁牵头", KNOWLEDGE).kind == "lead"


def test_full_width_characters_are_read_as_half_width() -> None:
    wide = understand("2025年底前,充电桩要建多少个?", KNOWLEDGE)
    assert (wide.kind, wide.scope.years) == ("number", (2025,))


def test_two_attributes_are_read_in_their_order() -> None:
    assert understand("充电桩由谁牵头,什么时候完成?", KNOWLEDGE).wants == ("lead", "deadline")


@pytest.mark.parametrize(("question", "role"), [("区水利局牵头哪些任务", "lead"), ("区水利局配合哪些任务", "support"), ("区水利局负责哪些任务", "any")])
def test_the_role_of_a_unit_is_read(question: str, role: str) -> None:
    query = understand(question, KNOWLEDGE)
    assert query.role == role and "区水利局" in query.units


def test_a_unit_known_from_duties_is_recognised_by_its_name_there() -> None:
    assert understand("区住房城乡建设局牵头哪些任务", KNOWLEDGE).units == ("区住房城乡建设局",)


def test_question_words_are_no_unit() -> None:
    assert understand("充电桩由哪个局牵头", KNOWLEDGE).units == ()


@pytest.mark.parametrize(
    ("question", "until"),
    [("2025年底前要完成哪些任务", date(2025, 12, 31)), ("2024年6月底前要完成哪些任务", date(2024, 6, 30)), ("2025年3月15日前要完成几项任务", date(2025, 3, 15))],
)
def test_the_date_tasks_are_asked_for_is_read(question: str, until: date) -> None:
    assert understand(question, KNOWLEDGE).until == until


@pytest.mark.parametrize(("question", "count"), [("哪三项机制", 3), ("有哪些机制", None), ("五大行动分别是什么", 5), ("哪10个领域", 10)])
def test_the_number_of_things_expected_is_read(question: str, count: int | None) -> None:
    assert understand(question, KNOWLEDGE).count == count


@pytest.mark.parametrize(
    ("question", "word"),
    [("建多少个充电桩", "个"), ("清淤多少公里", "公里"), ("覆盖率达到多少", "%"), ("举报奖多少钱", "元"), ("多久检查一次", "久"), ("渔船有多少艘", "艘"), ("这个工种招几个人", "人"), ("装电梯补几万", "元"), ("项目总投资多少", "元"), ("投资增长多少", "")],
)
def test_the_measure_word_asked_for_is_read(question: str, word: str) -> None:
    assert understand(question, KNOWLEDGE).measure_word == word


@pytest.mark.parametrize("question", ["“三同步”是什么意思", "《三同步》是什么意思", "「三同步」是什么意思"])
def test_quoted_terms_are_kept_whole(question: str) -> None:
    query = understand(question, KNOWLEDGE)
    assert query.quoted == ("三同步",)
    assert "三同步" in [term.text for term in query.terms]


@pytest.mark.parametrize("question", ["既然城管局牵头,那住建局做什么", "为什么推迟到明年", "明明写了奖励,凭什么不发"])
def test_what_a_question_takes_for_granted_is_noticed(question: str) -> None:
    assert understand(question, KNOWLEDGE).presumes


def test_the_topic_is_free_of_question_words_and_places() -> None:
    texts = {term.text for term in understand("青岭区的充电桩由谁牵头?", KNOWLEDGE).terms}
    assert any("充电" in text for text in texts)
    assert not texts & {"谁", "牵头", "青岭区", "青岭", "由谁"}


def test_a_question_of_other_words_only_is_of_no_special_kind() -> None:
    assert understand("充电桩", KNOWLEDGE).kind == "other"


def test_english_is_read_as_english() -> None:
    query = understand("Who leads the charging pile task?", KNOWLEDGE)
    assert (query.language, query.kind) == ("en", "lead")


# ---------------------------------------------------------------- follow-ups


def resumed(question: str, *before: str) -> Query:
    return understand(question, KNOWLEDGE, history=[Turn(text, "……") for text in before])


def test_a_follow_up_takes_over_the_topic() -> None:
    query = resumed("那配合单位呢?", "充电桩由谁牵头?")
    assert query.follow_up and query.kind == "support"
    assert any("充电" in term.text for term in query.terms)


def test_a_follow_up_takes_over_the_kind() -> None:
    query = resumed("消防车通道呢?", "充电桩由谁牵头?")
    assert query.kind == "lead"
    assert query.terms[0].weight > query.terms[-1].weight


def test_a_follow_up_takes_over_the_place() -> None:
    assert resumed("什么时候完成?", "青岭区充电桩由谁牵头?").scope.documents == {"d1"}


def test_a_place_of_its_own_replaces_the_place_before() -> None:
    query = resumed("泽安县呢?", "青岭区充电桩由谁牵头?")
    assert query.kind == "lead" and query.scope.documents == {"d2"}


def test_the_second_year_is_the_one_after() -> None:
    assert resumed("第二年呢?", "2024年建成率是多少?").scope.years == (2025,)
    assert resumed("第三年呢?", "2024年建成率是多少?").scope.years == (2026,)


def test_a_question_that_says_everything_is_no_follow_up() -> None:
    query = resumed("农贸市场升级改造和老旧电梯更新由哪个部门负责资金拨付?", "青岭区充电桩由谁牵头?")
    assert not query.follow_up and query.scope.documents == frozenset()
