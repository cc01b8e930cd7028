"""Items that say the same of one thing after another, read as a table."""

from corpus.item_tables import item_tables
from corpus.outline import outline
from corpus.readers.plain import read

HOMES = """附件2
拟撤并敬老院安排
1.白石敬老院(白石乡):核定床位24张,在院6人,转入清河中心;
2.柘口敬老院(柘口镇):核定床位38张,在院8人,转入县福利院,2025年底前完成;
3.麻岭敬老院(麻岭镇):核定床位40张,在院11人,转入县福利院。

驿站名录:(1)东门驿站,床位120张;(2)北渡驿站,床位86张。
一类区域:钟楼路以内的商业区,共有泊位1860个。
二类区域:环城北路以内的其他区域,共有泊位5240个。

工作安排:
1.自查阶段(9月1日至9月15日):各单位自查。
2.抽查阶段(10月1日至10月20日):抽查比例不低于30%。
"""


def _read(text: str) -> list[tuple[str, list[tuple[str, str]], list[list[str]]]]:
    source = read(text.encode(), "homes.txt")
    tables = item_tables(source, outline(source))
    return [
        (t.caption, [(h.label, h.unit) for h in t.headings[1:-1]], [[c.span.of(text) for c in row.cells[:-1] if c] for row in t.rows]) for t in tables
    ]


def test_items_with_a_figure_of_the_same_kind_each_make_a_table() -> None:
    homes, inns, areas = _read(HOMES)
    assert homes == (
        "拟撤并敬老院安排",
        [("核定床位", "张"), ("在院", "人")],
        [["白石敬老院", "24张", "6人"], ["柘口敬老院", "38张", "8人"], ["麻岭敬老院", "40张", "11人"]],
    )
    assert inns == ("驿站名录", [("床位", "张")], [["东门驿站", "120张"], ["北渡驿站", "86张"]])
    assert areas[1:] == ([("泊位", "个")], [["一类区域", "1860个"], ["二类区域", "5240个"]])


def test_items_without_a_figure_they_share_make_none() -> None:
    """Days and shares are nothing to reckon with; one item alone is no run."""
    assert _read("工作安排:\n1.自查阶段(9月1日起):自查30%。\n2.抽查阶段(10月1日起):抽查20%。\n") == []
    assert _read("1.甲驿站,床位20张。\n\n2.乙单位负责巡查。\n") == []
