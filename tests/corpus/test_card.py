"""The data of a document itself, in notices, regulations, reports, minutes and web pages."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from corpus.card import card
from corpus.outline import outline
from corpus.types import Card, Source

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

NOTICE = """索  引  号：000014349/2024-00031	主题分类：教育、科技
发文机关：国务院办公厅	成文日期：2024年02月18日
发文字号：国办发〔2024〕9号	发布日期：2024年03月01日

国务院办公厅关于加强
校外供餐管理工作的通知
国办发〔2024〕9号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
为加强校外供餐管理，根据《中华人民共和国食品安全法》及其实施条例，现就有关事项通知如下：
一、总体要求
到2025年，覆盖率达到98%以上；到2027年，投诉量下降30%。
二、保障措施
本通知自2024年5月1日起施行，有效期至2029年4月30日。
附件：1.供餐单位基本条件
      2.供餐检查表

国务院办公厅
2024年2月18日
抄送：最高人民法院。
国务院办公厅秘书局            2024年2月19日印发
"""

REGULATION = """云溪市电动自行车管理条例
（2023年10月26日云溪市第十五届人民代表大会常务委员会第十三次会议通过）
第一章 总则
第一条 为了加强管理，根据《中华人民共和国道路交通安全法》等法律、行政法规，结合本市实际，制定本条例。
第二条 本条例所称电动自行车，是指两轮自行车。
第三条 本条例自2024年1月1日起施行。
"""

PLAN = """东江县水利局文件
东水〔2023〕12 号
东江县水利局关于印发2023年度山洪灾害防御预案的通知
各乡镇人民政府、县直有关单位：
现将《2023年度山洪灾害防御预案》印发给你们，请认真贯彻执行。

东江县水利局    东江县应急管理局
二〇二三年四月六日

1 总则
1.1 编制依据
依据《中华人民共和国防洪法》，制定本预案。
"""

PAGE = """首页
>政府信息公开>通知公告
索引号 764542/2024-117
组配分类 通知公告 发布机构 区教育局
生成日期 2024-03-21 公开方式 主动公开
主题分类 教育 体裁分类 其他
公开范围 面向全社会
青浦区校园安全提升行动实施方案(2024—2026年)
发布日期: 2024-03-21 15:22 信息来源: 区教育局

为进一步做好校园安全工作,结合青浦实际,制定本方案。
一、目标
到2026年底,隐患清零。
信息来源:
青浦区
"""


def card_of(text: str, title: str = "") -> Card:
    source = Source(text, "txt", title=title)
    return card(source, outline(source))


def test_a_notice_states_its_data_by_labels_and_by_layout() -> None:
    found = card_of(NOTICE)
    assert found.title == "国务院办公厅关于加强校外供餐管理工作的通知"
    assert (found.issuer, found.number) == ("国务院办公厅", "国办发〔2024〕9号")
    assert (found.issued, found.published) == (date(2024, 2, 18), date(2024, 3, 1))
    assert found.all("addressees")[0].value == "各省、自治区、直辖市人民政府，国务院各部委、各直属机构"
    assert found.all("index_number")[0].value == "000014349/2024-00031"
    assert found.all("basis")[0].value == "《中华人民共和国食品安全法》及其实施条例"
    assert found.all("effective")[0].value == "2024-05-01"
    assert found.all("expires")[0].value == "2029-04-30"
    assert found.all("printed_by")[0].value == "国务院办公厅秘书局"
    assert found.attachments == ((1, "供餐单位基本条件"), (2, "供餐检查表"))
    assert found.years == (2024, 2027)


def test_a_regulation_has_its_adoption_its_basis_and_its_date_of_effect() -> None:
    found = card_of(REGULATION)
    assert found.title == "云溪市电动自行车管理条例"
    assert found.issued == date(2023, 10, 26)
    assert found.places == ("云溪市",)
    assert found.all("effective")[0].value == "2024-01-01"
    assert "道路交通安全法" in found.all("basis")[0].value
    assert found.years is None


def test_joint_issuers_a_caption_and_a_chinese_date_are_read() -> None:
    found = card_of(PLAN)
    assert found.title == "东江县水利局关于印发2023年度山洪灾害防御预案的通知"
    assert found.issuer == "东江县水利局、东江县应急管理局"
    assert found.number == "东水〔2023〕12号"
    assert found.issued == date(2023, 4, 6)
    assert found.places == ("东江县",)
    assert found.years == (2023, 2023)


def test_the_metadata_block_of_a_web_page_is_read_and_breadcrumbs_are_no_title() -> None:
    found = card_of(PAGE)
    assert found.title == "青浦区校园安全提升行动实施方案(2024—2026年)"
    assert found.issuer == "区教育局"
    assert found.published == date(2024, 3, 21)
    assert found.all("disclosure")[0].value == "主动公开"
    assert found.all("audience")[0].value == "面向全社会"
    assert [field.value for field in found.all("category")] == ["通知公告", "教育"]
    assert found.years == (2024, 2026)


def test_a_short_place_name_is_found_beside_the_full_one() -> None:
    found = card_of(PAGE)
    assert found.places == ("青浦区",)
    assert {field.value for field in found.all("place")} == {"青浦区", "青浦"}


def test_wider_places_are_taken_from_cited_regulations() -> None:
    text = "田安镇防汛方案\n为做好防汛工作,根据仙游县防指《防汛预案》,制定本方案。\n一、依据\n全镇执行《江南省防汛条例》《台阳市水库管理规定》。"
    assert card_of(text).places == ("江南省", "台阳市", "仙游县", "田安镇")


def test_a_decree_states_its_number_in_the_line_of_its_adoption() -> None:
    text = "石浦市广告牌管理办法\n\n(2024年9月6日市政府常务会议通过 2024年9月20日石浦市人民政府令第67号公布 自2025年1月1日起施行)\n\n第一条 为了加强管理,制定本办法。\n"
    assert card_of(text).number == "石浦市人民政府令第67号"


def test_whom_to_report_to_is_no_place() -> None:
    assert card_of("校园应急预案\n一、报告\n(1)报告区教育局;\n(2)报告区市场监管局;\n(3)报告区疾控中心。\n").places == ()


def test_common_nouns_with_a_suffix_are_no_places() -> None:
    assert card_of("关于加强园区安全管理的通知\n各工业园区、开发区、社区、小区、重点地区要加强超市和城乡接合部管理。\n").places == ()


def test_a_damaged_date_and_number_keep_their_print_and_get_a_note() -> None:
    found = card_of("青山市防汛委员会关于印发方案的通知\n青汛发〔20234\n各县防指:\n请认真执行。\n青山市防汛委员会\n2023223\n一、目标\n确保安全。")
    (issued,) = found.all("issued")
    assert issued.value == "2023223" and "2023年2月23日" in issued.note
    assert found.issued == date(2023, 2, 23)
    assert found.number == "青汛发〔20234"
    assert "青汛发〔2023〕4号" in found.all("number")[0].note


def test_a_damaged_date_with_two_readings_gets_none() -> None:
    found = card_of("青山市防汛委员会关于防汛的通知\n请认真执行。\n青山市防汛委员会\n2023111\n")
    assert found.issued is None and found.all("issued")[0].value == "2023111"


def test_a_title_broken_over_two_lines_is_joined_and_the_cover_signature_is_not_part_of_it() -> None:
    text = "各村、各科室:\n现将方案印发给你们。\n田安镇人民政府\n2024年3月29日\n田安镇校园安全三年行动\n实施方案(2024—2026年)\n为做好工作,制定本方案。\n一、目标\n安全。"
    found = card_of(text)
    assert found.title == "田安镇校园安全三年行动实施方案(2024—2026年)"
    assert found.issuer == "田安镇人民政府"
    assert found.all("addressees")[0].value == "各村、各科室"


def test_minutes_have_number_time_and_place_but_no_addressees() -> None:
    found = card_of("柳林镇党委会议纪要\n〔2024〕第7期\n时间：2024年4月12日上午9:00\n地点：镇政府会议室\n主持：周建国\n\n会议研究了以下事项：\n一、防汛\n加强值守。")
    assert found.title == "柳林镇党委会议纪要"
    assert found.number == "〔2024〕第7期"
    assert found.all("meeting_time")[0].value == "2024-04-12"
    assert found.all("addressees") == ()
    assert found.places == ("柳林镇",)


def test_a_work_report_is_dated_by_its_meeting_and_covers_the_years_of_its_parts() -> None:
    text = "政府工作报告\n——2024年1月16日在清河县第十七届人民代表大会第三次会议上\n清河县人民政府县长  赵明远\n各位代表：\n现在,我代表县人民政府报告工作。\n一、2023年工作回顾\n全县经济增长。\n二、2024年工作安排\n抓好落实。"
    found = card_of(text)
    assert (found.title, found.issued, found.years) == ("政府工作报告", date(2024, 1, 16), (2023, 2024))
    assert found.places == ("清河县",)


@pytest.mark.parametrize("text", [NOTICE, REGULATION, PLAN, PAGE])
def test_every_field_lies_in_the_text(text: str) -> None:
    for field in card_of(text).fields:
        assert 0 <= field.span.start < field.span.end <= len(text)
        assert field.span.of(text).strip()


def test_an_empty_text_has_an_empty_card() -> None:
    assert card_of("") == Card()


@pytest.mark.parametrize("seed", ["\n", "县", "根据《", "自", "有效期", "2024年1月至", "附件:\n", "关于"])
def test_a_long_monotonous_text_is_read_in_linear_time(seed: str) -> None:
    text = (seed * 20000)[:20000]
    started = time.process_time()
    card(Source(text, "txt"), ())
    assert time.process_time() - started < 4


def test_the_sample_documents_have_a_card_in_well_under_a_second() -> None:
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the shared sample documents are not there")
    for path in sorted((SHARED / "corpus").glob("*.txt")):
        source = Source(path.read_text(encoding="utf-8"), "txt")
        sections = outline(source)
        started = time.process_time()
        found = card(source, sections)
        assert time.process_time() - started < 1
        assert found.title and found.places
