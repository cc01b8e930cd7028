"""Rows put in order, set against each other, chosen by time or by what was planned: in a web page, a text and a Markdown file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant

RESULTS = """<html><body><h1>安岭县2024年乡镇综合考核结果通报</h1><p>各乡镇:现将2024年考核结果通报如下。</p>
<p>表1 乡镇考核得分表</p>
<table><tr><th rowspan="2">乡镇</th><th colspan="2">经济发展(40分)</th><th rowspan="2">民生得分</th><th rowspan="2">总分</th><th rowspan="2">等次</th></tr>
<tr><th>招商得分</th><th>税收得分</th></tr>
<tr><td>青石镇</td><td>18.5</td><td>17</td><td>52</td><td>87.5</td><td>优秀</td></tr>
<tr><td>白沙乡</td><td>16</td><td>15.2</td><td>50</td><td>81.2</td><td>良好</td></tr>
<tr><td>河口镇</td><td>19</td><td>18.6</td><td>55</td><td>92.6</td><td>优秀</td></tr>
<tr><td>云顶乡</td><td>12</td><td>11.5</td><td>48</td><td>71.5</td><td>合格</td></tr>
<tr><td>大坪镇</td><td>15</td><td>16.4</td><td>47</td><td>78.4</td><td>良好</td></tr></table>
<p>表2 农村公路养护经费安排表(单位:万元)</p>
<table><tr><th>片区</th><th>乡镇</th><th>里程(公里)</th><th>经费</th><th>完成时间</th><th>备注</th></tr>
<tr><td rowspan="2">北片</td><td>青石镇</td><td>42</td><td>63</td><td>2024年9月</td><td></td></tr>
<tr><td>白沙乡</td><td>35.5</td><td>50</td><td>2024年11月</td><td>跨年</td></tr>
<tr><td rowspan="3">南片</td><td>河口镇</td><td>28</td><td>45</td><td>2024年6月</td><td></td></tr>
<tr><td>云顶乡</td><td>51.5</td><td>90</td><td>2024年12月</td><td>跨年</td></tr>
<tr><td>大坪镇</td><td>30</td><td>48</td><td>2024年11月</td><td></td></tr></table>
<p>北片是指县城以北各乡镇。</p></body></html>"""
PLAN = """禾山市校园维修改造实施方案

一、总体安排
2025年全市维修改造学校6所,总投资2180万元。

二、任务清单

附件1 维修改造项目表

序号
学校
所在区
项目内容
投资(万元)
牵头单位
完成时限

1
第一小学
东区
操场翻新
320
市教育局
2025年8月底

2
实验中学
西区
教学楼加固
860
市住建局
2025年11月底

3
第三小学
东区
食堂改造
150
市教育局
2025年8月底

4
育才中学
南区
宿舍新建
600
市住建局
2025年12月底

5
城关幼儿园
西区
围墙修缮
40
市教育局
2025年6月底

6
第五小学
南区
屋顶防水
210
市教育局
2025年9月底

附件2 2024年安全检查情况

学校 检查次数 发现隐患 已整改 整改率 责任人
第一小学 4 12 12 100% 柳青山
实验中学 6 25 20 80% 柳青山
第三小学 3 8 7 87.5% 何向东
育才中学 5 18 18 100% 何向东
合计 18 63 57 90.5%

三、经费来源
一是市级财政安排1200万元;二是区级配套600万元;三是学校自筹380万元。

联系人:柳青山 电话:0599-6123456
"""
SHELTERS = """# 沿河县应急避难场所名录

| 场所名称 | 类型 | 所在乡镇 | 面积(平方米) | 可容纳人数 | 启用年份 |
|---|---|---|---|---|---|
| 人民广场 | Ⅰ类 | 城关镇 | 12000 | 6000 | 2018 |
| 县体育馆 | Ⅱ类 | 城关镇 | 8500 | 4200 | 2020 |
| 河东中学操场 | Ⅲ类 | 河东乡 | 3600 | 1800 | 2021 |
| 北关公园 | Ⅰ类 | 城关镇 | 15000 | 7500 | 2019 |
| 柳林小学操场 | Ⅲ类 | 柳林镇 | 2400 | 1200 | 2021 |
| 马家坝广场 | Ⅲ类 | 柳林镇 | 1800 | 900 | 2023 |

注:县体育馆维修期间暂停使用。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("ranks")
    for name, text in (("results.html", RESULTS), ("plan.txt", PLAN), ("shelters.md", SHELTERS)):
        (folder / name).write_text(text, encoding="utf-8")
    with Assistant.open(folder / "library") as opened:
        opened.add([folder / name for name in ("results.html", "plan.txt", "shelters.md")])
        yield opened


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("安岭县总分第一的是哪个乡镇", "河口镇(92.6)"),  # the header has two rows
        ("安岭县哪个乡镇总分垫底", "云顶乡(71.5)"),
        ("安岭县倒数第二的是哪个乡镇", "大坪镇(78.4)"),
        ("安岭县考核总分前三名是谁", "河口镇(92.6)、青石镇(87.5)、白沙乡(81.2)"),
        ("大坪镇考核排第几", "第4(共5个)"),
        ("安岭县考核得优秀的是哪几个乡镇", "共2个:青石镇、河口镇"),
        ("安岭县南片养护里程一共多少公里", "合计109.5公里"),  # merged cells
        ("备注跨年的有哪几个乡镇", "共2个:白沙乡、云顶乡"),
        ("养护任务最晚完成的是哪个乡镇", "云顶乡(2024年12月)"),
        ("养护任务最早完成的是哪个乡镇", "河口镇(2024年6月)"),
        ("安岭县养护经费平均每个乡镇多少", "59.2万元"),
        ("禾山市8月底要完成的有哪几所学校", "共2所:第一小学、第三小学"),  # one cell a line
        ("第一小学和第三小学加起来投资多少", "合计470万元"),
        ("市住建局牵头的投资合计多少", "合计1460万元"),
        ("禾山市一共发现多少处隐患", "63处"),
        ("禾山市还有多少隐患没整改", "差6:"),
        ("实验中学还差几个隐患没整改", "差5个"),
        ("禾山市整改率不到100%的学校有哪些", "实验中学(80%)、第三小学(87.5%)"),
        ("经费来源三项加起来多少", "合计2180万元:市级财政1200万元、区级600万元、学校380万元"),
        ("育才中学检查次数比第三小学多几次", "育才中学更多,相差2"),
        ("沿河县2021年启用的场所有哪些", "河东中学操场、柳林小学操场"),
        ("沿河县最新启用的避难场所是哪个", "马家坝广场(2023)"),
        ("沿河县Ⅰ类场所一共多大面积", "合计27000平方米"),
        ("沿河县城关镇的避难场所总共能住多少人", "合计17700人"),
    ],
)
def test_rows_in_order_and_in_time(assistant: Assistant, question: str, starts: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered", answer.reason
    assert answer.answer.startswith(starts), answer.answer


def test_shares_are_not_added_and_a_place_that_is_not_listed_is_no_row(assistant: Assistant) -> None:
    refused = assistant.ask("禾山市各学校整改率加起来是多少")
    assert refused.status == "refused" and "不能相加" in refused.reason
    assert assistant.ask("沿河县石桥镇有几处避难场所").status == "refused"


def test_who_has_the_most_tasks(tmp_path: Path) -> None:
    path = tmp_path / "tasks.md"
    rows = ("|1|修桥|县交通局|县财政局|2025年6月底|", "|2|修路|县交通局|县住建局|2025年9月底|", "|3|植树|县林业局|县住建局|2025年3月底|")
    path.write_text("# 白石县2025年重点任务清单\n\n|序号|重点任务|牵头单位|配合单位|完成时限|\n|---|---|---|---|---|\n" + "\n".join(rows), encoding="utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([path])
        answer = assistant.ask("白石县哪个部门牵头的任务最多")
        assert answer.answer.startswith("县交通局(2项);其次县林业局1项") and len(answer.citations) == 2
        assert assistant.ask("白石县清单里哪家单位配合的任务最多").answer.startswith("县住建局(2项)")


def test_the_tasks_of_a_sort_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "sorts.md"
    rows = ("|政务服务|1|开办企业一窗通办|市监局|3月底|", "|要素保障|2|设立转贷资金池|市财政局|5月底|", "|要素保障|3|推行标准地出让|市住建局|9月底|")
    path.write_text("# 平桥市2025年重点任务清单\n\n|类别|序号|工作任务|牵头单位|完成时限|\n|---|---|---|---|---|\n" + "\n".join(rows), encoding="utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        assistant.add([path])
        assert assistant.ask("平桥清单里要素保障类的有哪些").answer == "设立转贷资金池、推行标准地出让"
