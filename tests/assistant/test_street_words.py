"""What people say in the street for what rules print: stalls and noise, deliveries, hours, percentages, who lends a hand."""

from __future__ import annotations

import pytest

from tests.conftest import AssistantOf

RULES = """岑溪市街区经营管理规定

第一条 镇人民政府、街道办事处负责划定摊贩经营区域;城市管理部门负责占道经营查处;公安机关负责邻里噪声查处。
第二条 摊贩夜间经营不得晚于22时30分。摊贩不得经营散装白酒、生食水产品和自制冷荤。
第三条 商户应当保存进货票据不少于75日,积分有效期18个月。
第四条 商户不得在室外使用音响招揽顾客。
第五条 外卖、快递企业应当为配送车辆编号,每季度组织1次安全培训,为配送人员投保意外伤害保险。
第六条 既有小区增建停放场所的,充电车位不少于35%。
第七条 经营禁止品种的,处3000元以上9000元以下罚款;未备案经营的,处100元以上300元以下罚款。
第八条 志愿服务时间不包括往返路途和就餐时间。疫情防控中的志愿服务时间按3倍折算。
第九条 商户贷款由市财政按利息的12%贴息,每户最高20万元。
第十条 街区改造由市商务局牵头,市统计局、市测绘院配合。
第十一条 街区现有36眼自备井,其中9眼未安装水表。
"""


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("夜宵摊最晚摆到几点?", "22时30分", ""),
        ("小摊的经营区域由谁来划?", "街道办事处", "城市管理部门"),
        ("摊贩哪些东西不许卖?", "散装白酒", "22时"),
        ("楼上邻居吵,归哪个部门管?", "公安机关", "城市管理"),
        ("进货单子要留多久?", "75日", ""),
        ("积分多长时间作废?", "18个月", "75日"),
        ("送外卖的公司对骑手要做哪几件事?", "意外伤害保险", ""),
        ("老小区加建车棚,充电的位子占多少比例?", "35%", ""),
        ("卖了不让卖的东西罚几多?", "3000元以上9000元以下", "300元以下"),
        ("路上来回的时间算志愿时长不?", "不包括往返路途", "可以"),
        ("抗疫的志愿时间按几倍算?", "3倍", ""),
        ("商户贷款贴息几个点?", "12%", "20万元"),
        ("街区改造有谁帮着干?", "市统计局", "商务局"),
        ("街区没装水表的自备井有几口?", "9眼", ""),
    ],
)
def test_words_of_the_street_find_what_the_rules_print(assistant_of: AssistantOf, question: str, held: str, left_out: str) -> None:
    answer = assistant_of(RULES).ask(question)
    assert answer.status == "answered"
    assert held in answer.answer
    assert not left_out or left_out not in answer.answer


def test_two_rules_are_held_against_each_other_by_longer_and_denser(assistant_of: AssistantOf) -> None:
    one = "云溪市摊贩办法\n\n第一条 摊贩应当保存进货票据不少于40日,每12个摊位配备1名管理员。\n"
    other = "石岭市摊贩办法\n\n第一条 摊贩应当保存进货票据不少于80日,每30个摊位配备1名管理员。\n"
    assistant = assistant_of(one, other)
    longer = assistant.ask("云溪和石岭,哪个市的进货单子要留得更久?").answer
    denser = assistant.ask("摊位管理员配得密的是云溪还是石岭?").answer
    assert "石岭市更久" in longer
    assert "每12个摊位" in denser
    assert "每30个摊位" in denser
