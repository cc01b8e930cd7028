"""Acts of procedure that have a doer or a receiver of their own, beside those who lead the task: 验收, 拨付, 受理, 报给谁.

From the genre's clauses on handling (办理程序, 资金拨付, 监督考核, 信息报送). A verb that does the task itself (拆除, 安装) is none: who
leads the task does it. asked, said: the words of the question and of the text for the same act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.lexicon.cues import WHO


@dataclass(frozen=True, slots=True)
class Act:
    """name: as a reply says it.  asked: how a question asks for its doer or receiver.  said: how a text says it.

    receives: the one asked for stands behind the act (报县应急局), not before it.  verbs: the words for it themselves.
    by: finds who does it where that need be no office (由用人单位承担), in its first group; None where it is one.
    """

    name: str
    asked: re.Pattern[str]
    said: re.Pattern[str]
    receives: bool = False
    verbs: tuple[str, ...] = ()
    by: re.Pattern[str] | None = None


def _done(name: str, asked: str, said: str = "") -> Act:
    doer = rf"{WHO}(?:来|去|会|要|负责|进行|组织|具体|统一)*(?:{asked})(?!单位|部门|方|人)|(?:{asked})(?:工作)?(?:是|由|归|找)(?:的是)?{WHO}|(?:{asked})(?:单位|部门|机关|机构)(?:是|为|有)?{WHO}"
    return Act(name, re.compile(doer), re.compile(said or asked), verbs=tuple(asked.split("|")))


def _received(name: str, asked: str, said: str) -> Act:
    return Act(name, re.compile(rf"(?:{asked})(?:材料|情况|信息|数据|总结|方案|结果)?(?:给|到|至|往|向)?{WHO}|(?:向|给|跟){WHO}(?:{asked})"), re.compile(said), receives=True)


_PAYS = "承担|负担|列支|支付|出资|解决|缴纳|安排|保障"
_PAID_BY = Act(
    "承担费用",
    re.compile(rf"^(?!.*(?:办法|方案|文件|通知|规定|标准|细则|意见|公告|名单|清单|证明|方|题)(?:是|由|归|让)?{WHO})(?=.*(?:[费钱款]|资金|经费|[押奖保租]金|成本|开支)).*?{WHO}(?:来|去|要|该|负责)*(?:出|掏|付|负担|承担|买单|埋单)(?:这?笔?钱|费用)?(?=[?,]|的|$)"),
    re.compile(rf"{_PAYS}|列入|纳入"),
    by=re.compile(rf"(?:由|(?<=，)|(?<=,)|(?<=；))((?:(?!按照?|从|在|列入|纳入|应当|可以|不)[^,，。;；、由]){{2,16}}?)(?:按[^,，。;；]{{0,12}})?(?:全额|自行|共同|分别|统筹|予以|给予|负责)*(?:{_PAYS})"),
)
"""Who pays need be no office: 由用人单位承担, 由申请人自行负担."""

ACTS: tuple[Act, ...] = (
    _PAID_BY,
    _done("验收", "验收", "验收"),
    _done("审批", "审批|批准|核准|批复|拍板", "审批|批准|核准|批复|审定|审议"),
    _done("审核", "审核|审查|初审|复审|复核|把关|核定|认定", "审[核查定]|[初复]审|复核|核[定查验]|认定"),
    _done("评定", "评定|评选|评审|评(?![价估比论分议定选审标聘])", "评[定选审]|认定|复核|审定"),
    _done("拨付", "拨付|拨款|发放|发钱|打款|兑付|兑现|下拨", "拨付|拨款|发放|下[拨达]|兑[付现]|支付"),
    _done("受理", "受理|接件|收件", "受理|接收|收件|申请|登记"),
    _done("备案", "备案", "备案"),
    _done("考核", "考核|考评|评估|打分|评价", "考[核评]|评估|评价|测评|评审"),
    _done("监督", "监督|督查|督办|督导|监管", "监督|督[查办导促]|监管|检查"),
    _done("公示", "公示|公布|公告", "公[示布告开]|发布"),
    _done("发证", "发证|颁证|颁发", "发证|颁[证发]|核发"),
    _received("报送", "报送?|上报|报告|呈报|抄送|报备|备案|上交|提交|移交|移送|交(?=[给到至])|送(?=[给到至])|汇总(?=[给到至])", "报(?!名|警|告显示|废|价|酬|刊|道)|抄送|备案|[提上移]交|移送|[交送](?=[给到至由往])"),
)
