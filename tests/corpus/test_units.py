from __future__ import annotations

import time

import pytest

from corpus.types import Span
from corpus.unit_names import ALIASES
from corpus.units import is_open_list, same_unit, split_units, unit_key, unit_matches, units_in


def split(text: str) -> list[str]:
    return [mention.value for mention in split_units(text, Span(0, len(text)))]


def found(text: str) -> list[str]:
    return [mention.value for mention in units_in(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区安委办、区消安委办,区委社工部", ["区安委办", "区消安委办", "区委社工部"]),
        ("区交通局等按职责分工负责", ["区交通局"]),
        ("区发改局、区经信局按职责分工负责", ["区发改局", "区经信局"]),
        ("区住建局、区水利局\n\n、区消防救援大队等按职责分工负责", ["区住建局", "区水利局", "区消防救援大队"]),
        ("各镇、街道", ["各镇、街道"]),
        ("各镇（街道）、园区", ["各镇（街道）、园区"]),
        ("铁路沿线各镇(街道)", ["铁路沿线各镇(街道)"]),
        ("各县（市、区）、各有关单位", ["各县（市、区）", "各有关单位"]),
        ("各镇人民政府、街道办事处,某园区管委会", ["各镇人民政府", "街道办事处", "某园区管委会"]),
        ("甲车务段、乙工务段各有关部门按职责分工负责", ["甲车务段", "乙工务段", "各有关部门"]),
        ("甲车务段、乙工务段安职责权限具体负责", ["甲车务段", "乙工务段"]),
        ("区交通局、邮政局责", ["区交通局", "邮政局"]),
        ("市公安局和市交通运输局", ["市公安局", "市交通运输局"]),
        ("市住房和城乡建设局；市发展和改革委员会", ["市住房和城乡建设局", "市发展和改革委员会"]),
        ("由市应急局、市公安局分别牵头", ["市应急局", "市公安局"]),
        ("各有关部门按照“三个必须”要求负责", ["各有关部门"]),
        ("市安委会各成员单位", ["市安委会各成员单位"]),
        ("区民政局、区商务局（联合牵头）", ["区民政局", "区商务局"]),
        ("各乡镇、县融媒体中心", ["各乡镇", "县融媒体中心"]),
    ],
)
def test_a_list_is_split_into_names_without_duty_words(text: str, names: list[str]) -> None:
    assert split(text) == names


def test_every_mention_points_to_its_words() -> None:
    text = "牵头单位：市应急局、 市公安局等部门"
    for mention in split_units(text, Span(5, len(text))):
        assert mention.span.of(text) == mention.value


def test_a_list_that_ends_in_and_others_is_open() -> None:
    assert is_open_list("区交通局等按职责分工负责")
    assert not is_open_list("区交通局、区公安局按职责分工负责")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("区住建局", "某某区住房和城乡建设局"),
        ("区发改委", "区发展和改革局"),
        ("区人社局", "人力资源和社会保障局"),
        ("市监局", "区市场监督管理局"),
        ("区安委办", "区安全生产委员会办公室"),
        ("区自然资源局", "区自然资源规划分局"),
        ("区生态环境分局", "某某生态环境局某某分局"),
        ("区公安分局", "曲江市公安局麒麟区分局"),
        ("麒麟公安分局", "市公安局麒麟分局"),
        ("麒麟消防救援大队", "区消防救援大队"),
        ("团区委", "共青团某某区委"),
        ("区编办", "区委编办"),
    ],
)
def test_names_of_one_office_are_the_same(a: str, b: str) -> None:
    assert same_unit(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("区安委办", "区消安委办"), ("区安委办", "区安委会"), ("区科技局", "区科技和工业局"), ("区水利局", "区水务局"),
        ("市应急局", "区应急局"), ("区文旅局", "区文广旅游体育局"), ("甲镇人民政府", "乙镇人民政府"), ("高新区管委会", "工业园区管委会"),
        ("区教育局", "区教体局"),
    ],
)
def test_names_of_two_offices_differ(a: str, b: str) -> None:
    assert not same_unit(a, b)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("消防大队", "区消防救援大队"), ("公安", "区公安分局"), ("应急局", "区应急管理局"), ("民政", "区民政局"), ("文旅局", "区文广旅游体育局"),
        ("消防部门", "某某消防救援大队"), ("市场监管部门", "区市场监管局"), ("教育局", "区教体局"), ("宣传部", "区委宣传部"), ("住建", "区住建局"),
        ("水利局", "区水务局"),
    ],
)
def test_a_loose_wording_finds_the_office(query: str, name: str) -> None:
    assert unit_matches(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [("科技局", "区科技和工业局"), ("安委办", "区消安委办"), ("市应急局", "区应急管理局"), ("安委会", "区安委会成员单位"), ("局", "区应急局")],
)
def test_a_loose_wording_finds_no_other_office(query: str, name: str) -> None:
    assert not unit_matches(query, name)


def test_no_name_belongs_to_two_alias_groups() -> None:
    names = [name for group in ALIASES for name in group]
    assert len(names) == len(set(names))


def test_a_key_is_its_own_key() -> None:
    for group in ALIASES:
        assert unit_key(unit_key(group[0])) == unit_key(group[0])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由市应急管理局牵头,会同市公安局、市消防救援支队组织实施,报市安委办", ["市应急管理局", "市公安局", "市消防救援支队", "市安委办"]),
        ("区安委办将牵头成立工作专班", ["区安委办"]),
        ("各县(市、区)安委会、市安全生产各专委会牵头抓总", ["各县(市、区)安委会", "市安全生产各专委会"]),
        ("住房和城乡建设部门会同有关部门制定", ["住房和城乡建设部门"]),
        ("优化空间布局,充分发挥当前局面下的优势", []),
    ],
)
def test_offices_are_found_in_running_text(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize("unit", ["市", "市局", "各镇、", "等", "（", "局分局", "牵头"])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    started = time.process_time()
    split(text)
    found(text)
    assert time.process_time() - started < 5
