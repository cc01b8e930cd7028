"""Tables printed one cell a line, row after row, without blank lines between."""

from __future__ import annotations

import pytest

from corpus.parse import parse
from corpus.readers.run_tables import run_tables
from corpus.readers.text_tables import lines_of
from tests.conftest import AssistantOf

DUTY = """青山市防汛值班通知

附件1

值班安排表

日期
带班领导
值班员
值班电话
5月1日
符远(市水利局局长)
褚慕、简知
0900-3390021
5月2日
鲜于哲(市应急局局长)
都春、简知
0900-3390022
5月3日
郜云(市水利局副局长)
褚慕、桂青
0900-3390023

附件2

水库名录

水库名称
所在县
总库容(万立方米)
龙门水库
栎坪县
4860
碧云水库
桐坞县
7230
丹枫水库
长堰县
10800
"""


def test_the_width_is_told_by_what_repeats() -> None:
    tables = run_tables(lines_of(DUTY))
    assert [(max(c.column for c in t.cells) + 1, max(c.row for c in t.cells)) for t in tables] == [(4, 3), (3, 3)]
    assert [c.span.of(DUTY) for c in tables[1].cells if c.row == 3] == ["丹枫水库", "长堰县", "10800"]


@pytest.mark.parametrize(
    "text",
    [
        "名称\n地点\n数量\n甲水库\n东乡\n12\n乙水库\n西乡\n",
        "一、目标\n二、任务\n三、措施\n四、保障\n五、要求\n六、附则\n七、其他\n八、说明\n",
        "主送\n抄送\n印发\n县水利局。\n县财政局。\n县教育局。\n县民政局。\n县卫健局。\n县公安局。\n",
        "张三\n李四\n王五\n赵六\n钱七\n孙八\n周九\n吴十\n郑一\n冯二\n陈三\n褚四\n",
    ],
)
def test_lines_in_which_nothing_repeats_are_no_table(text: str) -> None:
    assert run_tables(lines_of(text)) == ()


@pytest.mark.parametrize(("question", "said"), [("丹枫水库总库容多大?", "10800"), ("褚慕排在哪几天值班?", "5月3日"), ("5月2日谁带班", "鲜于哲")])
def test_the_cells_answer(assistant_of: AssistantOf, question: str, said: str) -> None:
    assert said in assistant_of(DUTY).ask(question).answer


def test_the_tables_are_read_with_the_file() -> None:
    assert len(parse(DUTY.encode(), "a.txt").source.tables) == 2


def test_a_table_begins_right_below_a_sentence_and_its_caption() -> None:
    text = "第三条 本规定自印发之日起施行。\n附件:场馆一览表\n场馆开放情况一览表\n名称\n面积\n容量\n东湖馆\n3200\n900\n西湖馆\n1800\n420\n南湖馆\n2600\n700\n"
    (table,) = run_tables(lines_of(text))
    assert [cell.span.of(text) for cell in table.cells if cell.row == 0] == ["名称", "面积", "容量"]


FEES = """石浦镇卫生院收费公示
各村卫生室:
现将收费标准公布如下。
项目
计价单位
标准(元)
备注
门诊诊查
次
12
不收挂号费
病房床位
床/日
36
陪护床
床/晚
18
体检
次
0
每年1次
以上标准自2025年1月1日起执行。
"""


def test_a_table_within_running_text_and_cells_left_out_at_the_ends_of_rows() -> None:
    (table,) = run_tables(lines_of(FEES))
    rows = [[c.span.of(FEES) for c in table.cells if c.row == row] for row in range(5)]
    assert rows == [["项目", "计价单位", "标准(元)", "备注"], ["门诊诊查", "次", "12", "不收挂号费"], ["病房床位", "床/日", "36"], ["陪护床", "床/晚", "18"], ["体检", "次", "0", "每年1次"]]


def test_a_cell_of_such_a_table_answers(assistant_of: AssistantOf) -> None:
    assert "18" in assistant_of(FEES).ask("石浦陪护床一晚上几块").answer
