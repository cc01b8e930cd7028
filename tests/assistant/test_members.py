"""Values that a text gives step by step or member by member: the one that is asked for, and their sum where the text has none."""

from __future__ import annotations

import pytest

from assistant.question.bounds import amounts_in, stretches_in
from tests.conftest import AssistantOf

GRANTS = """松岚市高龄补贴办法

第一条 年满70周岁的居民按照下列标准领取补贴:
(一)70周岁以上不满80周岁的,每人每月60元;
(二)80周岁以上不满90周岁的,每人每月130元;
(三)90周岁以上的,每人每月320元。
第二条 新建日间照料室,面积100平方米以上不足300平方米的补助7万元,300平方米以上的补助12万元。
第三条 年度考核为A级(优秀)、B级(良好)、C级(合格)的照料室,分别给予每年4万元、2万元、1万元补贴。
第四条 信用等级按分值评定:90分以上为AAA级,80分以上不足90分为AA级,不足80分为A级。
第五条 AAA级机构每年检查1次;AA级机构每半年检查1次;A级机构每季度检查1次。
第六条 高龄补贴每季度首月20日前发放到位。
第七条 硕士每人每月补贴900元,最多发放24个月。
第八条 取得初级工、中级工、高级工证书的,分别补贴1000元、1500元、2000元。
第九条 加装电梯每台补助20万元,其中省级6万元、县级14万元。
"""

PLAN = """清溪县公交发展计划

一、线路
2024年新增线路3条、2025年新增6条、2026年新增4条,加装电梯三年分别完成30台、35台、40台。
二、车辆
2024年、2025年、2026年分别更新公交车41辆、56辆、33辆。
三、覆盖
站点覆盖率由2023年的70%提高到2024年的77%、2025年的85%。
四、装置
报警装置安装率2024年底前达到60%,2025年6月底前达到100%。
五、比赛
参赛队获得金牌7枚、银牌9枚、铜牌12枚,评价收到好评430条,差评23条。
六、抢修
爆管抢修人员应当在城区40分钟、乡镇90分钟内赶到现场。
七、考评
总分100分,其中产业发展30分、生态宜居20分、乡风文明15分。
指标
分值
目标值
数据来源
高标准农田面积
7
63%
项目验收
农村生活污水处理率
8
52%
现场核查
卫生厕所普及率
6
98%
抽样调查
八、附则
"""


@pytest.mark.parametrize(
    ("text", "held", "not_held"),
    [
        ("80周岁以上不满90周岁的", (80, 89), (79, 90)),
        ("200至500平方米", (200, 500), (199, 501)),
        ("不足60分", (0, 59.5), (60,)),
        ("超过10公里的", (10001,), (10000,)),
        ("10公里(含)以内", (10000,), (10001,)),
        ("5万元以上10万元以下", (50000, 100000), (49999, 100001)),
    ],
)
def test_a_stretch_holds_what_it_says(text: str, held: tuple[float, ...], not_held: tuple[float, ...]) -> None:
    (stretch,) = stretches_in(text)
    assert all(map(stretch.holds, held))
    assert not any(map(stretch.holds, not_held))


@pytest.mark.parametrize(("asked", "expected"), [("82岁领多少", [82]), ("我奶奶今年95了", [95]), ("2025年多少", []), ("每千人几个", []), ("一个月多少", []), ("600平米补多少", [600])])
def test_an_amount_of_the_question(asked: str, expected: list[float]) -> None:
    assert [amount.value for amount in amounts_in(asked)] == expected


def test_the_amount_or_the_name_decides(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(GRANTS)
    for question, said, unsaid in (
        ("松岚市82岁的居民一个月补贴多少", "130元", "60元"),
        ("90岁的居民每月补贴多少钱", "320元", "130元"),
        ("250平米的日间照料室补助多少", "7万元", "12万元"),
        ("考核B级的照料室一年补贴多少", "2万元", "4万元"),
        ("信用85分是什么等级", "AA级", "AAA级"),
        ("信用多少分才算AAA级", "90分以上", "80分"),
        ("A级机构多久检查一次", "每季度", "半年"),
        ("硕士补贴最多发几个月", "24个月", "900"),
        ("高级工证书补贴多少", "2000元", "1000元"),
        ("加装电梯县里补多少", "14万元", "6万元"),
        ("高龄补贴多久发一次", "每季度首月20日前", "130"),
    ):
        answer = assistant.ask(question).answer
        assert said in answer, question
        assert unsaid not in answer.replace(said, ""), question


def test_one_of_a_row_or_all_of_it(assistant_of: AssistantOf) -> None:
    assistant = assistant_of(PLAN)
    for question, said, unsaid in (
        ("清溪2025年新增几条线路", "6条", "3条"),
        ("2026年更新多少辆公交车", "33辆", "41辆"),
        ("2024年站点覆盖率要到多少", "77%", "85%"),
        ("2025年和2026年一共新增几条线路", "共10条", "13条"),
        ("2025年加装多少台电梯", "35台", "6条"),
        ("乡镇爆管了抢修的人多久到", "乡镇90分钟内", "40分钟"),
        ("考评生态宜居占几分", "20分", "30分"),
        ("生活污水处理率要到多少", "52%", "8"),
        ("清溪三年一共新增多少条线路", "共13条", "共3条"),
        ("三年总共更新公交车多少辆", "共130辆", "无"),
        ("报警装置什么时候要全部装上", "2025年6月底前", "2024年"),
        ("清溪拿了几块银牌", "9枚", "部分"),
        ("评价收到几条差评", "23条", "430"),
    ):
        answer = assistant.ask(question).answer
        assert said in answer, question
        assert unsaid not in answer, question
