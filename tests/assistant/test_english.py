"""English questions: the glossary is well formed, each question gets the right kind, its words, places, bodies and dates."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assistant.english.border import frame, is_english, translate
from assistant.lexicon.english import BODIES, FRAMES, GLOSSARY, STOP
from assistant.question.scope import Known
from assistant.question.tagging import words as dictionary
from assistant.question.understand import Knowledge, understand

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PLACES = ("松岚市", "云泊区", "柳湾镇", "沥川县", "岚江省", "长安县")
KNOWN = tuple(Known(place, f"{place}.txt", f"{place}方案", (place,), (2024, 2026)) for place in PLACES)


# ---------------------------------------------------------------- the glossary


def test_the_glossary_covers_the_genre() -> None:
    assert len(GLOSSARY) >= 3500
    assert len(BODIES) >= 250
    assert not BODIES - GLOSSARY.keys()


def test_every_rendering_is_chinese() -> None:
    bad = {k: v for k, v in GLOSSARY.items() if not v or not all(re.fullmatch("[㐀-鿿]+", word) for word in v)}
    assert bad == {}


def test_every_key_is_normalised() -> None:
    form = re.compile(r"[a-z0-9][a-z0-9&.']*(?: [a-z0-9&.']+){0,6}")
    assert [key for key in GLOSSARY if not form.fullmatch(key)] == []
    assert [key for key in GLOSSARY if {"the", "a", "an"} & set(key.split())] == []


def test_renderings_of_one_wording_do_not_repeat() -> None:
    assert [key for key, words in GLOSSARY.items() if len(set(words)) < len(words)] == []


def test_words_without_content_are_lower_case_words() -> None:
    assert [word for word in STOP if not re.fullmatch("[a-z]+(?:'[a-z]+)?", word)] == []


def test_every_frame_gives_chinese() -> None:
    assert [wording for _, wording in FRAMES if not re.fullmatch("[㐀-鿿,]+", wording)] == []


# ---------------------------------------------------------------- kinds and words of questions over many fields

QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("lead", "Who is in charge of vaccinating the elderly in rural clinics?", "接种 老年人 农村 诊所"),
    ("lead", "Which department is responsible for garbage sorting in residential compounds?", "垃圾分类 小区"),
    ("lead", "Who is the lead unit for high-standard farmland construction?", "高标准农田 建设"),
    ("lead", "By whom is the tourist safety inspection led?", "游客 安全检查"),
    ("lead", "Which agency heads the school bullying campaign?", "欺凌"),
    ("lead", "what unit is responsible for elevator inspections", "电梯 检查"),
    ("lead", "I would like to know which department manages stray dogs.", "犬"),
    ("lead", "lead unit high-rise fire", "高层建筑 火灾"),
    ("lead", "Who takes the lead on phasing out open-pit mines?", "淘汰 露天矿山"),
    ("support", "Which departments support the fire lane campaign?", "消防车通道"),
    ("support", "Who cooperates with the education bureau on campus safety?", "教育局 校园安全"),
    ("support", "What are the supporting units for the river cleanup?", "河道 清理"),
    ("support", "Besides the lead unit, who else takes part in dangerous-house renovation?", "危房 改造"),
    ("deadline", "When must the sewage treatment plant be completed?", "污水处理厂 完成"),
    ("deadline", "What is the deadline for submitting annual reports?", "报送 年度报告"),
    ("deadline", "By what date should all coal mines below 300,000 tonnes be closed?", "煤矿 关闭"),
    ("deadline", "In which year will the rural road guardrails be finished?", "农村公路 防护栏"),
    ("deadline", "From when to when does the summer fishing moratorium last?", "休渔"),
    ("deadline", "Could you please tell me when the plan to phase out small mines must be completed?", "淘汰 矿山"),
    ("deadline", "deadline for fire-lane marking", "消防车通道 标识"),
    ("deadline", "Until when is straw burning banned?", "秸秆焚烧 禁止"),
    ("number", "How many nursing beds will be added in 2024?", "护理型床位 新增"),
    ("number", "What percentage of e-bikes must be charged at public charging points?", "电动自行车 充电"),
    ("number", "How often are boilers inspected?", "锅炉 检查"),
    ("number", "How long must safety training records be kept?", "安全培训 记录"),
    ("number", "How much is the subsidy for installing elevators in old buildings?", "补贴 安装 电梯"),
    ("number", "What is the minimum wage?", "最低工资"),
    ("number", "What is the coverage target for family doctors by 2026?", "覆盖率 家庭医生"),
    ("number", "How many hours of training do new employees need?", "培训 新员工"),
    ("number", "What's the growth target for grain output?", "增长 粮食 产量"),
    ("number", "target rate for vaccination 2025", "接种"),
    ("number", "What is the maximum number of fireworks shops?", "烟花爆竹 商店"),
    ("count", "How many tasks does the County Agriculture and Rural Affairs Bureau lead?", "农业农村局"),
    ("count", "How many attachments does the notice have?", "附件"),
    ("count", "How many chapters are there in the regulation?", "章 条例"),
    ("count", "How many tasks are due by the end of 2024?", ""),
    ("reverse", "Which tasks does the Municipal Health Commission lead?", "卫生健康局"),
    ("reverse", "What is the housing bureau responsible for?", "住建局"),
    ("reverse", "Which tasks must be finished by the end of June 2024?", ""),
    ("reverse", "List all tasks the County Emergency Management Bureau supports.", "应急管理局"),
    ("reverse", "What does the transport bureau lead?", "交通运输局"),
    ("reverse", "Show me the tasks led by the District Education Bureau", "教育局"),
    ("definition", 'What does "one post, two responsibilities" mean?', "一岗双责"),
    ("definition", "What is the definition of a confined space?", "有限空间"),
    ("definition", "What is meant by hazardous waste?", "危险废物"),
    ("definition", "What is a micro fire station?", "微型消防站"),
    ("list", "What are the main goals of the flood control plan?", "主要目标 防汛"),
    ("list", "Which enterprises must buy work safety liability insurance?", "企业 安全生产责任保险"),
    ("list", "What are the five key sectors?", "领域"),
    ("list", "List the members of the leading group", "领导小组成员"),
    ("measure", "How are illegal fishing boats handled?", "非法 渔船 处理"),
    ("measure", "How should a gas leak be reported?", "燃气 泄漏 报告"),
    ("measure", "What happens if an enterprise refuses to rectify hazards?", "企业 拒不 整改 隐患"),
    ("measure", "What measures are taken to prevent forest fires?", "防范 森林火灾"),
    ("measure", "What is the penalty for smoking in schools?", "处罚 吸烟 学校"),
    ("measure", "What should residents do when a flood warning is issued?", "居民 预警"),
    ("contact", "What is the telephone number of the office?", "电话"),
    ("contact", "Who is the contact person for the tender?", "招标"),
    ("contact", "What is the e-mail address for complaints?", "邮箱 投诉"),
    ("meta", "Who issued the notice?", "通知"),
    ("meta", "When was the regulation adopted?", "条例"),
    ("meta", "What is the document number of the circular?", "文号"),
    ("meta", "Who is the group leader of the flood control leading group?", "组长 防汛"),
    ("meta", "When does the ordinance enter into force?", "条例"),
    ("meta", "Who chaired the meeting?", "会议"),
    ("yesno", "Is it mandatory to install smoke detectors in rental houses?", "必须 安装 烟感 出租房"),
    ("yesno", "Can parents choose not to take part in after-school services?", "家长 自愿 课后服务"),
    ("yesno", "Must hotels have two emergency exits?", "宾馆 安全出口"),
    ("yesno", "Electric bicycles may not be charged indoors, right?", "电动自行车 充电 室内"),
    ("compare", "What is the difference between Annex 3 and Annex 5?", ""),
    ("compare", "Do the two plans set the same deadline for gas hose replacement?", "软管 更换"),
    ("compare", "Which has the higher target, 2024 or 2025?", "目标"),
)


@cache
def knowledge() -> Knowledge:
    return Knowledge(KNOWN, lambda text: int(bool(re.fullmatch("[㐀-鿿]+", text))), 100, dictionary())


@pytest.mark.parametrize(("kind", "question", "words"), QUESTIONS, ids=[question for _, question, _ in QUESTIONS])
def test_a_question_gets_its_kind_and_its_words(kind: str, question: str, words: str) -> None:
    assert understand(question, knowledge()).kind == kind
    renderings = {word for term, others in translate(question, PLACES).terms for word in (term, *others)}
    assert [word for word in words.split() if word not in renderings] == []


def test_two_wants_are_given_in_the_order_of_the_question() -> None:
    assert understand("Who's in charge of river patrols and by when must they finish?", knowledge()).wants == ("lead", "deadline")
    assert understand("When is the school meal reform due and who is responsible?", knowledge()).wants == ("deadline", "lead")


def test_a_number_word_before_the_things_asked_for_is_expected() -> None:
    assert understand("What are the seven actions?", knowledge()).count == 7
    assert understand("Which 3 stages are there?", knowledge()).count == 3


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("How many vessels are repaired?", "艘"),
        ("How many kilometres of road are built?", "公里"),
        ("What is the budget?", "元"),
        ("What share of schools takes part?", "%"),
        ("How many days are allowed?", "天"),
    ],
)
def test_the_measure_word_is_known_from_the_noun(question: str, unit: str) -> None:
    assert understand(question, knowledge()).measure_word == unit


# ---------------------------------------------------------------- places, bodies, dates, numbered places


@pytest.mark.parametrize(
    "question",
    [
        "Who leads fire safety in Yunbo?",
        "who leads fire safety in yunbo district",
        "Who leads fire safety in Yun-bo District?",
        "Who leads fire safety in Yun Bo?",
        "What is Yunbo's deadline for fire safety?",
    ],
)
def test_a_place_is_found_however_its_pinyin_is_written(question: str) -> None:
    translation = translate(question, PLACES)
    assert translation.wording.split("、")[0] == "云泊区"
    assert translation.unknown_places == ()
    assert [word for word, _ in translation.terms] == ["消防安全"]


def test_a_character_of_several_readings_is_found_by_each() -> None:
    assert translate("Who leads in Chang'an County?", PLACES).wording.startswith("长安县")
    assert translate("Who leads in Zhangan?", PLACES).wording.startswith("长安县")


def test_words_of_a_question_are_no_place() -> None:
    assert translate("how long you keep records", ("龙游县",)).wording == "多长时间"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who leads fire safety in Hangzhou?", "Hangzhou"),
        ("What is the deadline in Xi'an for garbage sorting?", "Xi'an"),
        ("Which department leads in Pudong New District?", "Pudong"),
        ("How many firefighters does Chengdu City plan to add?", "Chengdu"),
        ("Who leads the fire lane task in London?", "London"),
        ("what is the deadline in hangzhou city", "hangzhou"),
        ("Guangzhou's deadline for gas alarms?", "Guangzhou"),
    ],
)
def test_a_place_of_no_document_is_reported(question: str, name: str) -> None:
    assert translate(question, PLACES).unknown_places == (name,)


@pytest.mark.parametrize(
    "question",
    [
        "In May, what must schools do?",
        "What did the State Council require of Local Governments?",
        "Who leads the Work Safety Month activities in June?",
        "Which District Bureau leads the Spring Festival safety checks?",
        "Does the Emergency Management Bureau lead tasks for Enterprises and Schools?",
        "What does the Law on Work Safety say about training?",
        "What is the deadline for Chinese New Year fireworks?",
        "Which tasks does the Yunbo District Science and Technology Bureau lead?",
        "Who is the officer responsible for Shuangxi Reservoir (双溪水库)?",
    ],
)
def test_ordinary_capitals_are_no_place(question: str) -> None:
    assert translate(question, PLACES).unknown_places == ()


@pytest.mark.parametrize(
    ("body", "chinese"),
    [
        ("the Yunbo District Science and Technology Bureau", "区科技局"),
        ("the Municipal Bureau of Emergency Management", "市应急管理局"),
        ("the Provincial Department of Civil Affairs", "省民政厅"),
        ("the county housing and urban-rural development bureau", "县住建局"),
        ("the Office of the District Work Safety Committee", "区安委会"),
        ("the fire and rescue brigade", "消防救援大队"),
        ("the district organization department", "区委组织部"),
    ],
)
def test_a_body_keeps_its_level(body: str, chinese: str) -> None:
    assert chinese in translate(f"Which tasks does {body} lead?", PLACES).wording.split("、")


def test_bodies_that_english_does_not_tell_apart_are_all_named() -> None:
    wording = translate("Which tasks does the county water bureau lead?", PLACES).wording
    assert wording == "县水务局、县水利局、牵头哪些任务"


def test_a_relative_who_is_no_question_word() -> None:
    assert understand("How are enterprises who refuse to rectify punished?", knowledge()).kind == "measure"


def test_a_premise_taken_for_granted_is_marked() -> None:
    assert understand("Since the education bureau leads fire safety, when must it report?", knowledge()).presumes
    assert understand("Why are small mines closed?", knowledge()).presumes


def test_a_law_is_cited_before_its_article() -> None:
    assert "安全生产法第36条" in translate("What does Article 36 of the Work Safety Law say?", PLACES).wording


@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("Can fireworks be sold?", "可以吗"),
        ("Must helmets be worn?", "必须吗"),
        ("Is the campaign led by the city?", "牵头吗"),
        ("Is there a reward?", "有吗"),
        ("How many mines are there now?", "现在有多少座"),
    ],
)
def test_permission_duty_and_state_are_kept(question: str, wording: str) -> None:
    assert translate(question, PLACES).wording == wording


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("by the end of June 2024", "2024年6月底前"),
        ("by 30 June 2024", "2024年6月30日前"),
        ("before June 30th, 2024", "2024年6月30日前"),
        ("in 2025", "2025年"),
        ("by 2025", "到2025年"),
        ("by the end of 2025", "2025年底前"),
        ("in the first half of 2025", "2025年上半年"),
        ("in the third quarter of 2025", "2025年第三季度"),
        ("in May", "5月"),
    ],
)
def test_dates_are_given_in_chinese(english: str, chinese: str) -> None:
    assert chinese in translate(f"Which tasks must be done {english}?", PLACES).wording.split("、")


def test_the_modal_verb_may_is_no_month() -> None:
    assert "5月" not in translate("May landlords rent out rooms by the day?", PLACES).wording


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Article 9", "第9条"),
        ("the third chapter", "第3章"),
        ("Annex VI", "附件6"),
        ("attachment no. 12", "附件12"),
        ("the second appendix", "附件2"),
        ("item seven", "第7项"),
        ("the 21 measures", "21条"),
    ],
)
def test_numbered_places_are_given_in_chinese(english: str, chinese: str) -> None:
    assert chinese in translate(f"What does {english} say?", PLACES).wording.split("、")


def test_chinese_words_in_the_question_are_kept() -> None:
    translation = translate('What does "三违" mean?', PLACES)
    assert translation.wording == "三违、是什么意思"
    assert translation.terms == (("三违", ()),)


def test_a_word_the_glossary_lacks_stays_a_term() -> None:
    assert ("skateboarding", ()) in translate("Who leads skateboarding?", PLACES).terms


def test_the_question_is_also_given_as_a_chinese_asker_would_put_it() -> None:
    assert translate("When was the Yunbo flood control plan issued?", PLACES).question == "云泊区、防汛、印发、什么时候印发"


def test_english_is_told_from_chinese_with_latin_names() -> None:
    assert is_english("Who leads the fire lane (一街一策) task in Yunbo?")
    assert not is_english("DCS系统和SIS系统什么时候装完?")


# ---------------------------------------------------------------- English words around an answer


@pytest.mark.parametrize(
    ("kind", "chinese", "framed"),
    [
        ("lead", "区消防救援大队", "Lead unit: 区消防救援大队 (District Fire and Rescue Brigade)"),
        ("lead", "省民政厅", "Lead unit: 省民政厅 (Provincial Civil Affairs Department)"),
        ("lead", "麒麟区应急局", "Lead unit: 麒麟区应急局 (Qilin District Emergency Management Bureau)"),
        ("lead", "云泊区应急局", "Lead unit: 云泊区应急局 (District Emergency Management Bureau)"),
        ("lead", "团县委、县水利局等", "Lead units: 团县委、县水利局等 (County Committee of the Youth League, County Water Conservancy Bureau and others)"),
        ("lead", "区住建局、某某协会", "Lead units: 区住建局、某某协会"),
        ("lead", "市生态环境局云泊分局", "Lead unit: 市生态环境局云泊分局"),
        ("support", "各镇、街道", "Supporting units: 各镇、街道 (all towns and subdistricts)"),
        ("deadline", "2025年底", "Deadline: 2025年底 (by 31 December 2025)"),
        ("deadline", "每年12月底前", "Deadline: 每年12月底前 (every year by the end of December)"),
        ("deadline", "常态化", "Deadline: 常态化 (ongoing)"),
        ("deadline", "批准后30日内", "Deadline: 批准后30日内 (within 30 days)"),
        ("number", "完成渔船整治30艘", "Figure: 完成渔船整治30艘 (30 vessels)"),
        ("number", "不少于1.2万人", "Figure: 不少于1.2万人 (at least 12,000 people)"),
        ("number", "2024年95%,2025年98%", "Figure: 2024年95%,2025年98%"),
        ("count", "共2项:\n1. 甲\n2. 乙", "Total (2 in all):\n共2项:\n1. 甲\n2. 乙"),
        ("yesno", "不是,牵头单位是区安委办", "No: 不是,牵头单位是区安委办"),
        ("refused", "文件没有写明金额", "The documents do not answer this: no amount of money is stated (文件没有写明金额)"),
        ("other", "见原文", "The document says: 见原文"),
    ],
)
def test_an_answer_is_framed_in_english(kind: str, chinese: str, framed: str) -> None:
    assert frame(kind, chinese) == framed


def test_the_caller_may_state_the_date() -> None:
    assert frame("deadline", "32日前", until=date(2024, 3, 2)) == "Deadline: 32日前 (by 2 March 2024)"
