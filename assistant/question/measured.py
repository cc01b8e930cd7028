"""In what measure a question wants its figure: by the measure word it says (几艘), else by what such wordings ask for (给多少 wants money).

With it: which measure words go together, and whether a text states a figure in one of them.
"""

from __future__ import annotations

import re

_MEASURE_WORD = re.compile(
    r"(?:多少|几)(?:万)?(公里|平方米|毫米|厘米|摄氏度|学时|课时|万吨|吨|米|艘|家|个月|个工作日|个(?!百分点|小时|星期|季度|学期)|座|处|人|名|次|项|条|年|个月|天|日|周|小时|分钟|元|万元|块|辆|台|户|所|支|倍|级|岁|种|位|点|口|间|套|面|亩|度|样|架|班|根|盏|剂|盒|床位|桩|张|层|栋|幢|头|只|株|棵|份|场|期|轮|批|部|册|门|道|折|把|具|件|本(?![地市区县镇级单人])|篇|幅|封|副|队|届|起(?![来步点草到码诉]|因|源)|宗|例(?![如会外行])|分(?!钟|之)|顶|双|桶|箱|瓶|袋|枚|针|个工作日)"
)
_PEOPLE = re.compile("个(?:人(?!民|大)|娃|孩子|小孩|学生|老人|员工|工人|保安|老师|家长|名额(?=的人)|干部|师傅|大人|病人|志愿者)")
"""People counted by 个."""
_SHARE = re.compile(r"百分|比例|占比|比率|比重|几成|[率度](?:目标)?(?:是|要|为|达|得|应)?(?:多少|几|到|呢|$|[??])|多大比|率[㐀-鿿]{0,4}多[高大]|覆盖率|达标率|知晓率|使用率")
_MONEY = re.compile(r"多少钱|几块钱|(?<!分)(?<!分[成为了作])几块(?=[?,]|$|一[个次晚天顿份]|每)|多少元|多少万元|多少万[?]|(?:奖励?|罚款?|补贴|补助|缴纳?|收费)多少|(?:[补奖罚]|领|花|交|缴|赔偿?|(?<![回吸接征验签])收)(?:了|到|给)?(?:多少|几)(?:[万千百亿块]|钱|[?]|$)|(?:[水电气油房地菜药]价|投资|造价|工资|薪资|薪酬|津贴|租金|押金|票价?|单价|总价|房租|学费|工本费)(?:总额|标准|总量)?(?:是|有|为|要|约|大概|一共|总共|共)?(?:多少|几)(?![人户家个次张%成份])|(?:罚款|奖金|经费|预算|(?<!免)费用|资金|补贴|补助).{0,6}(?:多少|几|标准)|(?:多少|几).{0,4}(?:罚款|奖金|经费|预算|费用|资金|补贴|补助|津贴|慰问金|助学金|奖学金|补偿金|养老金|租金|押金)|金额|什么价|收费标准|补贴标准|补助标准")
_PART_OF = re.compile("占(?:了|到|比)?(?:多少|几)(?=[?,]|呢|$)")
"""投诉里资金使用难占多少 asks for a share, whatever it is a share of."""
_DURATION = re.compile(r"多久|多长|隔多|频次|频率|几(?:年|个月|天|周|小时)(?:一|内|做|轮|培|报)|多少(?:天|日|小时|年)")

_PAID = re.compile(r"(?:给|发|拿|挣|赚|掏|付|开|到手|得|交|收)(?:个|到|了|我|他|她|他们|你|人家)?多少(?=[?,]|呢|$)|(?:一|每)个?(?:人|月|天|年|次|晚|顿|车|户|位|间|班|平|亩)(?:每?个?(?:人|月|天|年|次|晚|班))?(?:能|可以|要|会|得|该|大概)*(?:是|给|发|领|拿|挣|补|赔|奖|开|收|交|付|掏)(?:我|他|她|他们|你|人家)?(?:多少|几百?)(?=[?,]|呢|$)")
"""What is handed over without a word for what it is (一个月给多少) is money."""
_TIME_AGAIN = r"(?:多久|隔多长(?:时间)?|多长时间|多少天|几(?:个?小时|天|周|个?星期|个?礼拜|个?月|个?季度|年|个学期))"
HOW_OFTEN = re.compile(rf"{_TIME_AGAIN}(?:就|要|得|必须|需要?|会|应当?|至少|才)*(?P<act>[^,?]{{0,8}}?)(?:[一1][次回遍趟轮版届期班]|(?<=[一1])[㐀-鿿](?=[?,的]|$))|频次|频率")
"""How often something is done is asked for: 多久报一次, 几年改一版, 几年一换."""
IN_WHAT_TIME = re.compile(r"(?:多久|多长时间|几(?:个)?(?:小时|分钟|天|日|周|月|年|工作日)|多少(?:个)?(?:小时|分钟|天|日|工作日))(?:之内|以内|内|里(?:头|面)?)(?!容|部)")
"""Within what time something is to be done: no rhythm answers that."""
_LINES = r"(?:管(?!理|控|委|护|辖|道工)|管[道网线子]|[公道马铁线水电光]路|路(?![径由])|[干支]?线(?!索|上|下)|渠|堤|河(?!长)|沟|隧道|[大栈高]桥|桥|[绿步栈车跑航赛]道(?!口)|[光电线]缆|绳(?!之)|[堤大水]坝|护栏|围栏|围挡|岸线|轨道|网线|沟槽|红线|标线|防线)"
_LONG = re.compile(rf"多长的?(?:新|旧|老)?[㐀-鿿]{{0,5}}?{_LINES}|{_LINES}[㐀-鿿]{{0,6}}?(?:有|是|为|达|要|修|建|铺|挖|改造?|拉|架|敷设|跑)?(?:到)?多长(?!时间|期限|日子|久)|(?:修|铺|挖|架|拉|敷设|跑|延伸)(?:了)?多长(?!时间|期限|日子|久)")
"""Things with a length: how long they are, not how long they take."""
_SIZES = (
    ("米", re.compile(r"多[远宽深粗厚]|(?:楼|墙|坝|堤|栏|围挡|杆|灯|架|建筑|车辆?|台阶|门槛|桌|堆|旗|树|牌|井|罩|门|窗)[㐀-鿿]{0,5}多高")),
    ("公斤", re.compile("多重(?![要大点])")),
    ("岁", re.compile("多大(?:年纪|年龄|岁数)|多大(?:才|就)(?:能|可以)")),
    ("平方米", re.compile("多大(?:的)?(?:面积|地方|地块|地皮|场地|房子?|屋子?|院子?|店面?|门面)|面积(?:有|要|是|得|为|不能|不得)*多[大少]")),
)
"""Adjectives of size with the measure that stands for their family, see `compose.measures`."""


def measure_word(folded: str) -> str:
    """Give the measure of the figure that a folded question wants; 久 for a time of any unit, "" where nothing tells."""
    if HOW_OFTEN.search(folded) and not _TIMES_A_WHILE.search(folded):
        return "久"
    counted = _MEASURE_WORD.search(folded)
    if counted and counted.group(1) not in ("元", "万元", "块"):
        return "人" if _PEOPLE.match(folded, counted.start(1)) else counted.group(1)
    if _PART_OF.search(folded):
        return "%"
    if _MONEY.search(folded):
        return "元"
    if counted:
        return counted.group(1)
    if _SHARE.search(folded):
        return "%"
    if _LONG.search(folded):
        return "米"
    if size := next((measure for measure, pattern in _SIZES if pattern.search(folded)), ""):
        return size
    if _DURATION.search(folded):
        return "久"
    return "元" if _PAID.search(folded) else ""


_TIMES_A_WHILE = re.compile("(?:几|多少)[次回遍趟轮场](?!事)")
"""频次是一年几次 wants a number of times."""


TIME_UNITS = frozenset(["年", "个月", "月", "周", "天", "日", "小时", "个小时", "分钟", "季度", "半年", "个工作日", "工作日"])
COUNT_FAMILIES = (
    frozenset(["家", "个", "户", "处", "座", "所"]),
    frozenset(["人", "名", "位"]),
    frozenset(["天", "日", "个工作日", "工作日"]),
    frozenset(["次", "场", "回", "期", "遍"]),
    frozenset(["册", "本", "部"]),
    frozenset(["枚", "块", "面"]),
    frozenset(["条", "项", "件"]),
    frozenset(["米", "公里", "千米", "厘米", "毫米"]),
    frozenset(["元", "万元", "亿元"]),
    frozenset(["吨", "万吨", "公斤", "千克", "斤", "克"]),
    frozenset(["平方米", "亩", "公顷", "平方公里", "平米"]),
    frozenset(["岁", "周岁"]),
    frozenset(["学时", "课时"]),
    frozenset(["度", "摄氏度", "℃"]),
    frozenset(["口", "眼"]),
    frozenset(["棵", "株"]),
    frozenset(["辆", "台", "部"]),
    frozenset(["艘", "条", "只"]),
    frozenset(["栋", "幢", "座"]),
    frozenset(["头", "只", "匹", "羽"]),
)
"""Measure words that count the same things."""


def counted_like(asked: str) -> frozenset[str]:
    """The measure words that may stand in a text for the one asked with; of times all, as what takes 3天 may be said in 工作日."""
    if asked in TIME_UNITS:
        return TIME_UNITS
    return frozenset((asked,)).union(*(family for family in COUNT_FAMILIES if asked in family))


def states_unit(text: str, asked: str) -> bool:
    """Does a text hold a figure with the unit asked for, or one of its kind?"""
    if asked in ("", "个", "久", "%"):
        return True
    if asked == "折":
        return bool(re.search(r"\d%|百分之|[\d一二三四五六七八九]折|免|减半", text))
    family = counted_like(asked)
    return any(re.search(rf"[\d一二两三四五六七八九十百千万]+(?:余|多)?(?:个)?{re.escape(unit)}(?!钟)", text) for unit in family)
