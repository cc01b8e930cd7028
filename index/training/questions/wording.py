"""How people word what a document says: frames of questions and everyday words for official ones. Data, and the dice.

Where the entries come from: the frames are the author's, in the manner of questions to counters and hotlines; the pairs of words are
those in which laws and everyday speech differ most often (a look through the articles of `scale/`), none belongs to one document.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

FRAMES: Mapping[str, tuple[str, ...]] = {
    "definition": (
        "什么是{what}", "{what}是什么", "{what}是什么意思", "{what}指什么", "{what}指的是什么", "怎么理解{what}", "{what}的定义是什么",
        "何谓{what}", "什么叫{what}", "啥是{what}", "{what}怎么界定", "哪些算{what}", "{what}怎么定义", "怎样才算{what}",
    ),
    "authority": (
        "谁负责{what}", "{what}由谁负责", "{what}归谁管", "{what}归哪个部门管", "哪个部门负责{what}", "{what}是哪个单位的事",
        "{what}找谁", "{what}由哪个部门主管", "负责{what}的是哪个部门", "主责{what}的单位是哪家", "哪家单位管{what}", "{what}这块谁来抓",
        "{what}由什么机构承担", "{what}的责任单位是谁",
    ),
    "does": (
        "{who}负责什么", "{who}负责哪些工作", "{who}管什么", "{who}的职责是什么", "{who}承担哪些职责", "{who}主要干什么",
        "什么事归{who}管", "哪些工作由{who}负责",
    ),
    "limit": (
        "{who}应当在多长时间内{act}", "{act}的期限是多久", "{who}要在几天内{act}", "最晚多久要{act}", "多久之内要{act}",
        "{act}需要多长时间", "几日内应当{act}", "{act}的时限是什么", "{who}什么时候之前要{act}", "{act}最长多久", "多久能{act}",
    ),
    "effective": (
        "{title}什么时候施行", "{title}从什么时候开始实施", "{title}何时生效", "{title}哪天起执行", "什么时候开始施行{title}", "{title}啥时候开始实行",
    ),
    "purpose": ("制定{title}的目的是什么", "为什么要制定{title}", "{title}是为了什么制定的", "出台{title}是为什么", "{title}的立法目的是什么"),
    "basis": ("{title}是根据什么制定的", "制定{title}的依据是什么", "{title}依据哪些法律制定", "{title}的上位法是什么"),
    "scope": ("{title}适用于什么范围", "哪些情况适用{title}", "{title}的适用范围是什么", "{title}管哪些事", "什么活动要遵守{title}"),
    "fine": (
        "{what}罚多少钱", "{what}会被罚款多少", "{what}要罚多少", "{what}的罚款金额是多少", "{what}处多少罚款", "罚多少:{what}",
        "{what}罚款的幅度是多少", "{what}要交多少罚款",
    ),
    "penalty": (
        "{what}怎么处罚", "{what}会有什么后果", "{what}要承担什么责任", "{what}会被怎么处理", "{what}咋处理", "{what}会怎么样",
        "{what}如何处罚", "对{what}怎么罚", "{what}有什么处罚",
    ),
    "punisher": ("{what}由谁处罚", "{what}由哪个部门处罚", "{what}归谁查处", "{what}哪个部门来管", "谁有权处罚{what}", "{what}由谁责令改正"),
    "case": (
        "{what}怎么办", "{what}应当怎么处理", "{what}如何处理", "{what}要怎么做", "{what}怎么规定的", "{what}有什么规定", "{what}的话怎么办",
        "如果{what},该怎么办", "{what}应该怎么做", "万一{what}咋办", "{what}的情况怎么处理", "对{what}的如何处理", "{what}会怎样",
    ),
    "duty": ("{who}应当做什么", "{who}有哪些义务", "{who}要做到哪些", "对{who}有什么要求", "{who}需要怎么做", "{who}必须怎么做"),
    "ban": ("{who}不得做什么", "{who}不能做哪些事", "禁止{who}干什么", "{who}有哪些不准做的", "哪些事{who}不能做"),
    "who": (
        "谁应当{act}", "{act}由谁来做", "{act}是谁的责任", "哪些人要{act}", "由谁{act}", "应当由哪个单位{act}", "谁来{act}", "{act}归谁做",
        "哪些单位必须{act}", "谁有责任{act}",
    ),
    "may": ("{who}能不能{act}", "{who}可以{act}吗", "允许{who}{act}吗", "{who}能{act}吗", "{who}{act}行不行", "是否允许{who}{act}", "{who}可不可以{act}"),
    "figure": (
        "{what}是多少", "{what}要达到多少", "{what}目标是多少", "{what}有多少", "{what}达到多少", "{what}多少{unit}",
        "{what}有多少{unit}", "{what}要求多少", "{what}的指标是多少", "{what}几{unit}", "{what}的数字是多少", "{what}具体是多少{unit}",
    ),
    "often": ("{who}{act}多久一次", "{who}{act}的频次是多少", "{act}多长时间一次", "{act}每年几次", "{who}隔多久有一次{act}", "{act}是几年几次"),
    "lead": (
        "{what}由谁牵头", "{what}是哪个部门牵头", "谁牵头{what}", "{what}的牵头单位是谁", "{what}归谁管", "{what}谁负责", "{what}主责单位是哪家",
        "哪家牵头{what}", "{what}由哪个单位负责", "负责{what}的是谁", "{what}该找哪个局",
    ),
    "support": ("{what}由谁配合", "{what}的责任单位有哪些", "{what}配合单位是谁", "还有哪些部门参与{what}", "协助{what}的是哪些单位", "{what}有哪些单位一起做"),
    "deadline": (
        "{what}什么时候完成", "{what}的完成时限是什么时候", "{what}截止到什么时候", "{what}最晚什么时候要做完", "{what}啥时候完成", "到什么时候要{what}",
        "什么时候之前要{what}", "{what}的时间节点是什么",
    ),
    "how": (
        "怎么{what}", "如何{what}", "怎样{what}", "{what}有哪些措施", "{what}要做什么", "{what}有什么要求", "{what}怎么开展", "{what}的具体举措是什么",
        "{what}方面有哪些安排", "{what}怎么搞", "{what}要抓哪些事", "{what}的内容是什么",
    ),
    "members": ("{what}有哪些", "{what}包括哪些", "有哪些{what}", "{what}包括什么", "{what}分别是什么", "{what}都有什么", "哪些是{what}", "{what}具体指哪些"),
    "subsidy": (
        "{who}补助多少", "{who}能拿多少钱", "给{who}奖励多少", "{who}补贴标准是多少", "{who}有多少奖励", "{who}可以得到多少补助", "{who}给多少钱",
    ),
    "approve": ("{act}要经谁批准", "{act}由谁审批", "{act}找谁批", "{act}需要谁同意", "谁批准{act}", "{act}报谁批准"),
}

OPENINGS = ("", "", "", "", "", "请问", "我想问一下,", "想了解一下,", "按规定,", "问一下", "麻烦问下,", "请教:")
CLOSINGS = ("?", "?", "？", "?", "", "呢?", "")

EVERYDAY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("应当", ("要", "应该", "得", "必须")), ("不得", ("不能", "不准", "不许")), ("可以", ("能", "可")), ("擅自", ("私自", "自己", "未经同意")),
    ("未取得", ("没有取得", "没拿到", "没有")), ("未按照规定", ("没按规定", "不按规定")), ("未按规定", ("没按规定", "不按要求")), ("未", ("没", "没有")),
    ("拒绝", ("不肯", "拒不")), ("逾期", ("过期", "超过期限")), ("缴纳", ("交", "交纳")), ("驾驶", ("开",)), ("机动车", ("车", "汽车")), ("购买", ("买",)),
    ("出售", ("卖",)), ("销售", ("卖", "出售")), ("饲养", ("养",)), ("携带", ("带",)), ("噪声", ("噪音",)), ("丢弃", ("乱扔", "扔")), ("抛撒", ("乱扔", "撒")),
    ("损坏", ("弄坏", "破坏")), ("办理", ("办",)), ("提供", ("给",)), ("隐瞒", ("瞒着",)), ("伪造", ("造假",)), ("转让", ("转给别人",)), ("告知", ("告诉",)),
    ("报告", ("上报", "汇报")), ("建设", ("修建", "建")), ("燃放", ("放",)), ("烟花爆竹", ("鞭炮",)), ("劳动者", ("员工", "工人")), ("用人单位", ("公司", "单位")),
    ("子女", ("孩子",)), ("父母", ("爸妈",)), ("未成年人", ("孩子", "小孩")), ("老年人", ("老人",)), ("残疾人", ("残障人士",)), ("医疗机构", ("医院",)),
    ("学校", ("校方",)), ("房屋", ("房子",)), ("租赁", ("出租", "租")), ("承租人", ("租客",)), ("出租人", ("房东",)), ("消费者", ("顾客",)), ("经营者", ("商家", "店家")),
    ("物业服务企业", ("物业", "物业公司")), ("业主", ("住户",)), ("公安机关", ("警方", "派出所", "公安")), ("人民法院", ("法院",)), ("人民检察院", ("检察院",)),
    ("人民政府", ("政府",)), ("主管部门", ("主管单位", "部门")), ("行政处罚", ("处罚",)), ("赔偿责任", ("赔偿",)), ("申请人", ("申请的人", "申办人")), ("变更", ("更改", "改")),
    ("注销", ("销掉", "取消")), ("期限", ("时间",)), ("费用", ("钱",)), ("设立", ("成立", "开办")), ("从事", ("做", "搞")), ("举办", ("办", "搞")), ("严禁", ("禁止", "不准")),
    ("开展", ("搞", "进行")), ("推进", ("推动",)), ("加强", ("强化", "抓好")), ("完善", ("健全",)), ("建立", ("设立", "搭建")), ("实施", ("推行", "执行")), ("提升", ("提高",)),
    ("提高", ("提升",)), ("促进", ("推动",)), ("培育", ("培养",)), ("达到", ("做到",)), ("制定", ("出台", "定")), ("危险化学品", ("危化品",)), ("突发事件", ("突发情况",)),
    ("生活垃圾", ("垃圾",)), ("道路", ("路",)), ("车辆", ("车",)), ("自行车", ("单车",)), ("电动自行车", ("电动车",)), ("教师", ("老师",)), ("职工", ("员工",)), ("报酬", ("工钱",)),
    ("工资", ("工钱", "薪水")), ("死亡", ("去世",)), ("近亲属", ("家属", "家人")), ("具备", ("有", "满足")), ("符合", ("满足",)), ("方可", ("才能",)), ("立即", ("马上",)), ("及时", ("尽快",)),
)  # fmt: skip
"""(official word, words people say instead)"""

_MODIFIERS = re.compile(
    r"依法|按照(?:国家)?(?:有关)?规定|根据(?:有关)?规定|依照(?:有关)?法律、?法规(?:的规定)?|本(?:市|省|县|区|州|自治区|自治州)(?:行政区域内)?的?|本(?:条例|办法|法|规定|细则)(?:所称|规定)的?|"
    r"进一步|切实|大力|积极|全面|深入|扎实|加快|着力|持续|有关|相关|各级|县级以上(?:地方)?|同级|国家规定的|有下列(?:行为|情形)之一"
)
_LISTED = re.compile(r"([\u4e00-\u9fff]{2,12})((?:、[\u4e00-\u9fff]{2,12})+)(?:(?:和|或者?|以及|及)([\u4e00-\u9fff]{2,8}))?")
_BROKEN = re.compile(r"违反(?:本|前|《)[^,，]{0,30}规定[,，]|^(?:任何)?(?:单位|个人|单位和个人|组织)[,，]")


def loosened(text: str, rng: random.Random) -> str:
    """Say a piece of a document as somebody might who has not read it: shorter, partly in other words."""
    text = _BROKEN.sub("", text) or text
    if rng.random() < 0.6 and len(shorter := _MODIFIERS.sub("", text)) >= 3:
        text = shorter
    if rng.random() < 0.5:
        text = _LISTED.sub(lambda match: _one_of(match, rng), text)
    if rng.random() < 0.55:
        text = everyday(text, rng)
    if len(text) > 24 and rng.random() < 0.5:
        text = _one_part(text, rng)
    return text.strip(" ,，、:：;；。")


def everyday(text: str, rng: random.Random, *, share: float = 0.6) -> str:
    """Put everyday words in the place of official ones, each with probability `share`."""
    for official, others in EVERYDAY:
        if official in text and rng.random() < share:
            text = text.replace(official, rng.choice(others), 1)
    return text


def _one_of(match: re.Match[str], rng: random.Random) -> str:
    items = [match[1], *match[2].strip("、").split("、")] + ([match[3]] if match[3] else [])
    # The last item carries what the list hangs on (A、B、C的单位), the first what comes before it.
    kept = rng.choice((items[-1:], items[-2:], items[:1] + items[-1:]))
    return "、".join(dict.fromkeys(kept))


def _one_part(text: str, rng: random.Random) -> str:
    parts = [part for part in re.split("[,，]", text) if len(part) >= 6]
    return rng.choice(parts) if len(parts) > 1 else text


def asked(kind: str, slots: Mapping[str, str], rng: random.Random, *, where: str = "") -> str:
    """Word a question. slots: what the frames of the kind name, as the document says it.  where: a title to put in front, or ""."""
    said = {name: value if name in ("title", "unit") else loosened(value, rng) for name, value in slots.items()}
    thing = said.get("what") or said.get("act") or ""
    question = rng.choice(FRAMES[kind]).format(**{"what": thing, "act": thing, **said})
    return framed(question, rng, where=where)


def framed(question: str, rng: random.Random, *, where: str = "") -> str:
    """Put what people say around a question."""
    if where:
        question = rng.choice(("{0}里,{1}", "{0}规定{1}", "{0}中{1}", "根据{0},{1}", "{0}:{1}", "{1}({0})")).format(where, question)
    elif rng.random() < 0.5:
        question = rng.choice(OPENINGS) + question
    return question + rng.choice(CLOSINGS)
