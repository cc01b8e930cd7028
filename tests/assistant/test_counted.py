"""Numbers beside the very noun that is counted, and who does a work, which no office in charge stands in for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from corpus.parse import parse
from tests.assistant.asking import asking

MINUTES = """栎山岭区安全生产委员会
会议纪要
〔2026〕第6期

一、会议通报
1—4月全区发生生产安全事故7起,死亡2人。排查隐患1846条,已整改1729条。

二、议定事项
(一)区教育局于5月31日前对全区47所学校、68家校外培训机构完成检查。
(二)白沙河治理由区水利局牵头,12月底前完工。
(三)满意度调查由区统计局委托第三方开展。
"""
AWARDS = """青塘市人民政府关于表彰先进的决定

市政府决定对10个先进集体、20名先进个人和5个突出贡献项目予以表彰。

青塘市民政局负责解释。
"""
PROJECTS = """青塘市民政局关于印发重点项目清单的通知

全年共安排项目46个,总投资287亿元。

| 项目名称 | 总投资(亿元) |
|---|---|
| 石桥医院 | 8.4 |
| 柳湾学校 | 3.6 |
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("counted"), {"minutes.txt": MINUTES, "awards.txt": AWARDS, "projects.txt": PROJECTS}) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "answer"),
    [("这回表彰了多少名先进个人?", "20名先进个人"), ("栎山岭区要查多少家培训机构?", "68家校外培训机构"), ("清单一共多少个项目?", "项目46个"), ("表彰了几个先进集体?", "10个先进集体")],
)
def test_the_number_beside_the_noun_answers(library: Assistant, question: str, answer: str) -> None:
    assert library.ask(question).answer == answer


def test_accidents_are_counted(library: Assistant) -> None:
    assert "7起" in library.ask("栎山岭区前四个月出了几起生产安全事故?").answer


@pytest.mark.parametrize("question", ["白沙河治理由哪家公司施工?", "满意度调查找哪家第三方公司做?", "表彰了几名劳动模范?"])
def test_who_does_the_work_and_what_is_not_counted_is_refused(library: Assistant, question: str) -> None:
    assert library.ask(question).status == "refused"


def test_an_office_above_a_bare_title_is_a_part_of_it() -> None:
    assert parse(MINUTES.encode(), "minutes.txt").card.title == "栎山岭区安全生产委员会会议纪要"


def test_the_place_of_an_office_of_civil_affairs_is_known() -> None:
    assert parse(PROJECTS.encode(), "projects.txt").card.places == ("青塘市",)
