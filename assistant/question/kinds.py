"""What kind of answer a question wants, told by its cues (`lexicon.cues`).

The kinds are tried from the most telling cue to the least, because question words overlap (哪些单位牵头 asks for units,
牵头哪些任务 for tasks).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.lexicon.cues import DOES, KINDS, LEADS, SUPPORTS, TASKS, TIMES, UNIT_WORD, WHICH, WHO
from corpus.dates import deadlines_in
from corpus.numbers import CN, value_of
from corpus.types import Span

_ASKS_UNITS = re.compile(rf"{WHO}|(?:牵头|主管|负责)(?:单位|部门)?的?是[^,?]{{2,12}}还是|(?:部门|单位|机构|机关|厅局|委办局)(?:分别)?(?:是|有|都有|还有)?(?:谁|哪(?![天年月日号周里]|[些类种]人)|什么(?!时)|啥(?!时))|(?:单位|部门)(?:名称)?(?:是|有|都有)?[??]?$|找谁|归谁|由谁|(?:牵头|负责)的(?:是)?[??]?$")
_ASKS_TASKS = re.compile(
    rf"(?:牵头|负责|参加|参与|配合|加入|属于|在)(?:了|的)?(?:是|有)?{WHICH}个?(?:工作)?(?:小?组|专班)|{WHICH}(?!{UNIT_WORD}).{{0,6}}?{TASKS}(?!级|里|中|清单里)|{TASKS}(?:都|分别|主要|还)?(?:有|是|包括|包含)?(?:{WHICH})|(?:牵头|负责|承担|配合|参与|协助|领)(?:了)?(?:的)?(?:是|有)?(?:做|干|抓|整改|推进|落实|实施|开展|办理|建设|完成)?(?:{WHICH})(?!{UNIT_WORD}|个?{UNIT_WORD})|名下|(?:牵头|负责(?!人)|承担|配合|参与)(?:的)?(?:具体|全部|所有|各项|每项)?(?:的)?{TASKS}(?:清单)?\??$|(?:牵头|负责)(?:的)?是哪几|(?:任务|工作|事项)(?:都|全部?)?(?:列|说|讲|给)|(?:牵头|负责)(?:些|了)?(?:什么|哪些|啥)(?!单位|部门)"
    rf"|(?:几|多少)(?:条|项|个|件)?(?:具体)?(?:任务|工作|举措|措施|事项)"
    r"|哪些(?:要|需要?|应|得|必须|是)?(?:在|于|到)?[^,?]{0,12}?(?:底前|月前|月底|年底|年内|日前|前)(?:要|须|得|必须)?(?:完成|办完|办结|做完|落实|到期|完工|办好)"
    r"|(?:底前|月前|月底|年底|年内|日前|前)(?:要|需|应|须|得|必须)?(?:完成|办完|办结|做完|到期|完工|办好)的(?:都|分别)?(?:有|是)(?:哪些|哪几|什么|啥)"
)
_ASKS_ROLE = re.compile("(?:管|干|做|负责|承担)(?:着|了)?(?:些|哪些|哪[一几]?(?:块|方面|摊)|什么|啥)|职责(?:是|有|包括)?(?:什么|哪些|啥)|(?:什么|哪些|啥)职责")
_ELLIPTIC = (
    ("support", re.compile(r"^(?:那么?)?(?:配合|协助|责任|支持)(?:的|单位|部门|方)*呢?[??]?$")),
    ("lead", re.compile(r"^(?:那么?)?(?:牵头|主责|负责)(?:的|单位|部门|方)*呢?[??]?$")),
    ("deadline", re.compile(r"^(?:那么?)?(?:时间|时限|期限|截止时间?|完成时限|完成时间)呢?[??]?$")),
)
"""Follow-ups that are nothing but the attribute asked for."""
_ROLE_LEAD = re.compile(rf"{LEADS}|归谁|谁管|归口|(?<!分)(?:归|由).{{0,8}}(?:管|负责|抓)")
_BESIDE = rf"(?:跟|和|与|同)[^,?]{{2,14}}?(?:一起|一块儿?|一道|共同|联手|搭伙)(?:来)?(?:(?:干|做|办|抓|管|负责|推进|落实|完成|建设?|搞|整治|开展)(?:[^,?谁哪]{{0,8}}?))?(?:的|活儿?)*(?:还|都|分别)?(?:是|有)?{WHO}"
"""和住建局一起干的还有谁: the others of those who do it."""
_ALSO = rf"{LEADS}(?:的|之外|以外|外)*,(?:那|另外)?(?:还有|另有){WHO}"
"""公安局牵头,还有谁一块儿干: the others are asked for, not who leads."""
_ROLE_SUPPORT = re.compile(rf"{_BESIDE}|{_ALSO}|{SUPPORTS}|(?:责任|协办|落实|实施)(?:\(配合\))?(?:单位|部门)|除.{{1,10}}(?:外|还)")
_SUPPORT_ASKED = re.compile(rf"{_BESIDE}|{_ALSO}|{SUPPORTS}(?:的)?(?:单位|部门|方)?(?:都|分别)?(?:是|有)?(?:{WHO}|哪|什么)|{WHO}.{{0,3}}{SUPPORTS}|除.{{1,10}}(?:外|以外|之外|还有)")
_LEADISH = re.compile(rf"{LEADS}|{DOES}|是谁的|归|的任务|谁的")
_TIMES = re.compile(TIMES)
_COUNTS = re.compile(
    r"(?<!哪)(?:几|多少)(?:大)?(?:条|项|个|件|份|章|类)?(?:具体|重点|牵头)?(?:任务|工作(?!者|人员)|举措|措施|事项|附件|部分|板块|章节?|条款)|分(?:成|为|了|作)?(?:几|多少)大?块(?!钱)|(?<!哪)(?:几|多少)(?:条|项|章|件|样|种|份|类)(?=[?,、]|$|要|是|由|任|归|材料|证件|条件|资料|手续|情形|步骤|流程|渠道|方式|途径)|(?:的|有|列|编)(?<!哪)(?:几|多少)(?:条|项)\??$|(?:几|多少)[个家]?成员(?:单位|部门)"
)
_NUMBERS = re.compile(
    r"多少|[什啥]么?价(?=[?,钱]|$)|多大|百分之?几|百分比|几成|多久|多[长远高重粗宽深厚](?![要大点视])|比例|占比|比率|(?<![哪那这好])几(?:平方米|平米|平方|公顷|公斤|千克|克|升|秒|副|架|盏|根|笔|宗|次|人|名|家|个|艘|座|处|年|天|日|周|月|小时|公里|米|万|倍|级|点|位|种|台|辆|元|块|户|所|支|项|分钟|岁|吨|成|张|层|栋|幢|间|套|面|亩|口|头|只|株|棵|枚|条|件|份|场|期|轮|批|趟|部|册|门|班|床|样|步|道|把|具|件|分|顶|双|桶|箱|瓶|袋|枚|针|折|个工作日)|频次|频率|数量|指标|(?:率|目标|上限|下限|规模|产能|总量)(?:是|要到|为|要求|目标)?(?:多少|几|呢|[??]|$)|隔多"
)
_LISTS = re.compile(rf"哪[{CN}\d]+[㐀-鿿]|哪[{CN}\d]*(?:些|几|个|类|种|方面|项|条|步|线|环节|铁|有|防|本|句|者|点|地方|面|层|级|块|部分|张|字|大)|(?:有|包括|分为|都|是|含)(?:哪|啥|什么)|分别(?:是|叫|为)|叫什么|有啥|啥名|(?:啥|什么)(?:流程|程序|步骤)|具备(?:些|的)?(?:什么|啥)|(?:什么|啥)(?:情况|情形)(?!下?(?:怎|咋|如何|可以吗))|(?:啥|什么)(?:条件|材料|手续|情形|资料|证件|服务|物资|物品|设施|设备|项目|活动|课程|福利|待遇|功能|行为|毛病)|哪几|列出|列举|都有谁|名称|有谁")
_EXPECTED = re.compile(
    rf"哪([{CN}]{{1,3}}|\d{{1,2}})(?:个|些|类|种|方面|项|条|步|线|环节|铁|有|防|本|句|者|点|地方|面|层|级|块|部分|大)?"
    rf"|(?<![第\d{CN}])([{CN}]{{1,3}}|\d{{1,2}})(?:个(?!月)|类|种|项|件(?!事|套)|方面|大|部分|环节|阶段)(?!以上)"
)


def kinds_of(folded: str, rest: str, units: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Decide the main kind and every attribute asked for. The order of the rules is the order of how telling a cue is."""
    for kind, pattern in _ELLIPTIC:
        if pattern.search(folded):
            return kind, (kind,)
    folded = _ASIDE.sub("", folded)
    asks_units = bool(_ASKS_UNITS.search(folded))
    cued = [cue.kind for cue in KINDS if cue.pattern.search(folded)]
    wants = _wanted(folded, asks_units)
    whole = _whole_library_kind(folded, cued, units, asks_units=asks_units)
    if whole:
        return whole, wants
    if BARRED.search(folded) or DIVIDED.search(folded):
        return "list", ()
    if TIERS.search(folded) and "number" not in wants:
        return "list", wants
    for kind in ("meta", "definition", "yesno"):
        if kind in cued and not (kind == "yesno" and (_asks_last(folded) or _CASES.search(folded))):
            return kind, wants
    names = re.search("分别(?:是|叫)|叫什么|叫啥", folded) and not re.search("多少|百分|频次|频率|比例|率|多久|时限|期限", folded)
    if wants and not (wants[0] == "number" and names):
        return wants[0], wants
    if "measure" in cued and re.search("怎|咋|如何|办法|讲究|处罚|后果", folded):
        return "measure", wants
    if _LISTS.search(folded):
        return "list", wants
    return ("measure" if "measure" in cued else "other"), wants


_ASIDE = re.compile(r"\((?:含|包括|包含|或|不含|不算|不包括)[^()]{1,12}\)|\([^()]{1,10}(?:不算|除外|不含|也算|都算)\)")
"""牵头(含共同牵头)什么: what stands in brackets says how to count, not what."""
TIERS = re.compile("(?:分(?:成|为)?了?哪?几|哪几)(?:个)?(?:档|等|级|种|类)|哪[几些](?:个|块|项|方面|部分)?[^,?]{0,6},?(?:分别|各)(?:占|是|算|为|有|给|扣|得)*(?:多少|几)")
"""补贴分几档,各多少 wants all of them, each with its figure."""
BARRED = re.compile(
    "(?:不能|不可以|不得|不准|不许|禁止|严禁|不让|不该)(?:用来|用于)?(?:做|干|搞|有|碰|买|卖|拿去)?(?:些|的)?(?:什么|啥)(?!时|地方|样|价|叫)"
    "|(?:哪些|什么|啥)(?:事|行为|活动|钱)?[^,?]{0,3}(?:不能|不可以|不得|不准|不许|不让|不该|禁止)(?:做|干|搞|有|碰|花|买|卖|养|带|放|拍|用|种|停|扔|倒|烧|收|存|寄|装|挖|捕|建|经营|销售|携带|进|出售)(?:[?]|$)"
    "|(?:哪些|什么|啥)(?:事|行为)?(?:干|做|碰|搞)不得|(?:谁|哪些人|什么人|啥人)(?:就|都)?(?:不能|不可以|不得|不准|不许|不让|没资格)"
)
"""What must not be done is asked for, or who is barred."""
DIVIDED = re.compile("各(?:个)?(?:部门|单位|成员单位|科室)(?:都|分别|各自)*(?:负责|管|干|承担|做)(?:些|的)?(?:什么|啥|哪)|各(?:个)?(?:部门|单位)(?:的)?(?:职责|分工)|(?:部门|单位|职责)(?:是)?(?:怎么|咋|如何)分工|哪些部门[^?]{0,12}分别(?:管|负责|干)")
"""What each of the offices does is asked for."""
_CASES = re.compile("(?:哪些|哪几种?|什么样?的?|啥)(?:紧急|特殊|具体)?(?:情况|情形|条件|时候|人|材料|行为|项目|东西|费用|家庭|企业|单位)(?:下|的)?(?![^,?]*(?:吗|是不是|对不对|是否))")
"""哪些情形可以不经表决: the cases are asked for, whatever the rest says may or may not be."""
_YESNO = next(cue.pattern for cue in KINDS if cue.kind == "yesno")


def _asks_last(folded: str) -> bool:
    """Is the last part of a sentence a demand of its own (配不配得上,牵头单位是?)? What stands before it is then no yes or no."""
    before, comma, last = folded.rpartition(",")
    return bool(comma) and not _YESNO.search(last) and bool(_wanted(last, bool(_ASKS_UNITS.search(last))))


def _whole_library_kind(folded: str, cued: Sequence[str], units: tuple[str, ...], *, asks_units: bool) -> str:
    """Kinds that are told by more than one cue: contact, count, compare, reverse, the parts of a document."""
    if _PARTS.search(folded) and re.search("哪|叫|分别", folded):
        return "list"
    if "contact" in cued and not _CALLS_WITHIN.search(folded):
        return "contact"
    if _COUNTS.search(folded) and not (_HAPPENED.search(folded) or _PAID.search(folded)):
        return "count"
    if "compare" in cued:
        return "compare"
    if _MENTIONS.search(folded):
        return "mentions"
    if _DEEDS.search(folded):
        return "list"
    if _MANY_LEADS.search(folded) and _ASKS_TASKS.search(folded):
        return "reverse"
    if units and re.search(LEADS, folded) and (_WHICH_OF_THEM.search(folded) or (re.search("任务|工作|事项", folded) and re.search("时限|什么时候|期限|时间", folded))):
        return "reverse"
    if _COUNTED_THING.search(folded) and not units:
        return ""
    tasks = (_ASKS_TASKS.search(folded) or (units and _ASKS_ROLE.search(folded))) and (units or (not asks_units and _until_asked(folded)))
    return "reverse" if tasks and "definition" not in cued else ""


_DEEDS = re.compile(rf"(?:[{CN}]{{1,3}}|\d{{1,2}})件(?:民生|惠民|为民)?实事(?!.*(?:牵头|负责|谁|什么时候|何时|多少|几|完成|办完|办好|吗|没有|是不是|是否|哪一?[件项]))")
"""十件实事都是啥: a list by its name and number, no tasks due within a time."""
_COUNTED_THING = re.compile(r"(?<!哪)(?:几|多少)[条项个件](?![㐀-鿿]{0,8}?(?:任务|工作|措施|举措|事项))(?!具体|重点|内容|职责|清单|要|是|由|任|归|牵头|需|应|在|都)[㐀-鿿]{2}")
"""几条公交线 counts lines, no tasks."""
_HAPPENED = re.compile(r"(?:(?:办|收|收到|受理|承办|接到|接|查处|整改|完成|发生|开展|排查|新增|建成|办理|立案|处理|解决)(?:了|过)|收到|受理|承办|接到|超期)(?:的)?(?:工单|案件|事项|投诉)?(?:了)?(?:多少|几)[件条项个起]")
"""What was done so many times stands as a figure in the text; nothing is counted."""
_PAID = re.compile("[补交收罚给花发领奖赔付](?:了|到)?(?:几|多少)块")
"""一顿补几块 asks for money."""
_CALLS_WITHIN = re.compile("(?:多久|多长时间|几分钟|几个?小时|多少分钟).{0,8}(?:打|电话).{0,4}(?:电话)?(?:报|通知|告|上报)|电话.{0,2}(?:多久|多长时间|几分钟|几个?小时|多少分钟)")
_WHICH_OF_THEM = re.compile("有?哪(?:些|几)(?:件|项|条)(?:[?]|$)")
JOINTLY = re.compile("(?:共同|联合|联手|一起|一块儿?|一同|并列|双)牵头")
"""Tasks led by several together are meant."""
SEVERAL_LEAD = re.compile(rf"(?<![哪第])(?P<number>[{CN}2-9]|多|几)(?:(?:个|家)(?:以上)?(?:的)?(?:部门|单位|局|机构)?|(?:以上)?(?:的)?(?:部门|单位))(?:以上)?(?:[^,?谁哪几]{{0,3}}牵头|(?:共同|联合|联手|一起|一块儿?|一同)[^,?谁哪几]{{0,3}}牵头)")
"""The same, by how many of them: 两个以上部门牵头, 几家一起来牵头."""
_MANY_LEADS = re.compile(f"{SEVERAL_LEAD.pattern}|{JOINTLY.pattern}")
_MENTIONS = re.compile(r"哪(?:些|几|个)?(?:份|个|篇)?(?:文件|方案|通知|文档|材料|政策|条例)(?:里|中)?(?:都|也|有)*(?:提到|提及|涉及|写到|写了|讲到|说到|包含|出现|规定了|有)")
_PARTS = re.compile(r"分(?:成|为)?了?哪?几(?:个|大)*(?:部分|阶段|章|板块|步)")


_OBJECT = re.compile(rf"(?:[{CN}\d]+(?:家|个|名|位)|第[{CN}\d]+名?|[前后倒][{CN}\d]+名?|垫底|末位)(?:的)?(?:单位|部门)?(?:都|分别)?(?:是|有|叫)(?:谁|哪)|"
    r"(?:表扬|批评|通报|点名|约谈|处分)(?:了)?(?:的)?(?:[㐀-鿿]{0,4}(?:单位|部门|乡镇|县区))?(?:是|有|都有)?(?:谁|哪)|(?:谁|哪(?:些|几)?(?:个|家)?(?:单位|部门)?)(?:被|受到?|挨).{0,4}(?:表扬|批评|通报|点名|约谈|处分)|"
    r"(?:来自|出自)(?:谁|哪)|(?:培训|通知|发给|送给|罚|奖励?|检查|针对|面向|覆盖|包括)谁|(?:由|有).{0,8}组成|组成(?:单位|部门|人员)")
"""谁 or 哪些部门 as the object or the members of something, not as the one who does it."""


def _wanted(folded: str, asks_units: bool) -> tuple[str, ...]:
    """The attributes of a task or clause that are asked for, in question order."""
    found: list[tuple[int, str]] = []
    if _OBJECT.search(folded):
        pass
    elif asks_units or re.search(r"(?:单位|部门)(?:是|有|呢|[??]|$)|谁", folded):
        support = _ROLE_SUPPORT.search(folded)
        lead = re.search(LEADS, folded)
        place = (_ASKS_UNITS.search(folded) or re.search("谁|单位|部门", folded)).start()  # type: ignore[union-attr]
        if support and (_SUPPORT_ASKED.search(folded) or not (lead and _lead_is_asked(folded))):
            found.append((place, "support"))
            if lead and _BOTH_ROLES.search(folded):
                found.append((place - 1, "lead"))
        elif lead or _LEADISH.search(folded) or (asks_units and not re.search(rf"{WHO}的", folded)):
            found.append((place, "lead"))
    if times := _TIMES.search(folded):
        found.append((times.start(), "deadline"))
    number = _NUMBERS.search(folded) or (None if found else _BARE_FIGURE.search(folded))
    if number and not (times and times.start() <= number.start() < times.end()):  # 几月前 asks for no figure
        found.append((number.start(), "number"))
    return tuple(kind for _, kind in sorted(found))


_BARE_FIGURE = re.compile(
    "^(?!.*[谁哪啥何怎吗呢]|.*什么|.*如何).*?(?P<figure>概算|预算|投资额?|gdp|生产总值|产值|[增降]幅|增速|收入|总额|金额|额度|面积|单价|租金|造价|工期|里程"
    "|(?:总|人|户|床|家|次|件|任务|目标|计划|指标|床位|得|扣|处)[数分值])(?:是|为)?[?]?$"
)
"""A question without a question word that ends with the name of a figure (二院迁建总投资概算)."""

_BOTH_ROLES = re.compile(rf"{WHO}.{{0,4}}(?:{LEADS}).{{0,4}}{WHO}.{{0,4}}(?:{SUPPORTS})|(?:{LEADS})(?:单位|部门)?[和与、及].{{0,2}}(?:{SUPPORTS})(?:单位|部门)")


def _lead_is_asked(folded: str) -> bool:
    """Tell 「A牵头,谁配合」 (support is asked) from 「谁牵头」."""
    return bool(re.search(rf"{WHO}.{{0,4}}{LEADS}|{LEADS}(?:单位|部门|方|的)?.{{0,3}}(?:是|有)?{WHO}|{LEADS}(?:单位|部门)(?:是|有)?[??]?$", folded)) and not re.search(
        rf"除.{{0,6}}{LEADS}", folded
    )


def role_of(folded: str) -> str:
    if re.search(LEADS, folded):
        return "any" if re.search(f"都算|无论|不管|(?:责任|配合)单位的?都|参与(?!{LEADS})", folded) else "lead"
    if re.search(SUPPORTS, folded):
        return "support"
    return "any"


def _until_asked(folded: str) -> bool:
    return bool(re.search(r"\d{4}年?|年底|月底|常态化|长期|\d{1,2}月", folded))


def dates_asked(folded: str, kind: str):  # type: ignore[no-untyped-def]
    if kind not in ("reverse", "count"):
        return None, None
    return next(((d.since, d.until) for d in deadlines_in(folded, Span(0, len(folded))) if d.until), (None, None))


def expected(folded: str) -> int | None:
    for match in _EXPECTED.finditer(folded):
        value = value_of(match.group(1) or match.group(2))
        if value and value > 1:
            return value
    return None


_ASKED_NOUN = re.compile(rf"(?:哪[{CN}\d]*|几)(?:个|些|类|种|项|条|大)*([㐀-鿿]{{2,3}}?)(?:[?,、]|$|是|要|有|在|分别|需|应|必须|由|的)|([㐀-鿿]{{2}})(?:都|分别)?(?:有哪些|包括哪些|是哪[几些])")


def asked_noun(folded: str) -> str:
    """The noun after the question word: 分哪几个阶段 → 阶段."""
    match = _ASKED_NOUN.search(folded)
    if match is None and (one := _ASKED_ONE.search(folded)):
        return one.group(1)
    return (match.group(1) or match.group(2))[-2:] if match else ""


_ASKED_ONE = re.compile(rf"哪[{CN}几些\d]*个([组队班站岗科室园区])(?:[?,]|$|组成)")
"""Kinds of thing with names of one character: 下设哪几个组."""
