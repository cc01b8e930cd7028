"""What a question asks of a table: the words that ask for a column, and the headings such columns have."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aspect:
    """asked: words that ask for it.  label: headings of its columns.  named: the words name the column, they are not a mere question word."""

    name: str
    asked: re.Pattern[str]
    label: re.Pattern[str]
    named: bool


def _aspect(name: str, asked: str, label: str, *, named: bool = True) -> Aspect:
    return Aspect(name, re.compile(asked), re.compile(label), named)


ASPECTS: tuple[Aspect, ...] = (
    _aspect("phone", r"电话|手机|号码|联系方式|怎么联系|phone|telephone", r"电话|手机|联系方式|号码|座机"),
    _aspect("fax", r"传真|\bfax", r"传真"),
    _aspect("email", r"邮箱|邮件|e-?mail", r"邮箱|邮件"),
    _aspect("weekday", r"星期几|周几|礼拜几", r"星期|周次"),
    _aspect("driver", r"司机|驾驶员|开车|驾车|驾驶|driver", r"驾驶|司机"),
    _aspect("post", r"职务|职位|什么职|担任什么", r"职务|职位|职称|岗位"),
    _aspect("place", r"在哪(?!个|些|天|几|家|位|年|月)|哪里|哪儿|什么地方|何处|地点|地址|位置|放哪|where", r"地点|地址|位置|所在|场所|存放|坐落|住址"),
    _aspect("responsible", r"责任人|负责人|谁负责|由谁负责|谁管|谁包保|包保人|负责的是谁|归谁|[归由]哪(?:一?个|家)?(?:部门|单位|局|科室|股室)(?:来|在)?(?:管|负责|抓|主管)", r"责任人|负责人|包保|责任领导|(?:管理|管护|责任|主管|运营|维护)(?:单位|部门|机构)|分管|主管|河长|路长|田长|林长|网格员"),
    _aspect("contact", r"联系人|找谁|联系谁|对接", r"联系人|联络员|对接人"),
    _aspect("quantity", r"数量|多少|几(?![号日月点时天级])[㐀-鿿]", r"^(?:数量|总数|个数|储备数量?|配备数量?|合计|总量|储备量|现有数量?)$", named=False),
    _aspect("money", r"多少钱|多少元|多少万元|几块钱|费用|收费|价格|金额|(?<![自向])投(?:了|入|资)?(?:多少|几)|花(?:了|费)?(?:多少|几)|(?:多少|几)个?[亿万](?!人|户|吨|亩|平|立|千|米|公|件|次)", r"金额|费用|收费|价格|单价|标准|经费|资金|投资|补助|奖励"),
    _aspect("unit", r"(?:哪个|哪些|哪家|什么)(?:责任|主管|牵头)?(?:单位|部门|科室|机构|局)", r"单位|部门|科室|机构|主体", named=False),
    _aspect("date", r"几号|几日|哪天|哪一天|哪几天|哪些天|哪日|什么时候|啥时候|何时|什么时间|啥时间|多会儿|几月|when|whichday|whatday|whichdate|whatdate", r"日期|时间|日$|时限|期限|时段", named=False),
    _aspect("person", r"谁|什么人|哪位|哪个人|哪些人|哪几个人|who", r"人$|人员|领导|员$|姓名|名单|[组河路林田站所校院局县镇乡村队]长$|书记|主任$|干部|代表$|专家", named=False),
    _aspect("threshold", r"起付线|起付标准|门槛费|deductible", r"起付"),
    _aspect("rate", r"(?:能|可以?)?(?:报销?|支付|补偿)(?:比例|比率|多少|百分之几|几成)|百分之(?:几|多少)|reimburse[a-z]*|percentage", r"比例|比率|率$|率[(]"),
    _aspect("length", r"多长|长度", r"长度|里程|全长|总长|[线段管渠堤]长$"),
    _aspect("height", r"多高|高度", r"高度|高程|水位|坝高|高$"),
    _aspect("area", r"多大面积|面积", r"面积"),
    _aspect("frequency", r"多久(?:[㐀-鿿]{1,4})?(?:一次|一回|一趟)|多长时间(?:[㐀-鿿]{1,4})?(?:一次|一回)|隔多久|几天一次|频次|频率", r"频次|频率|次数|周期"),
    _aspect("time_needed", r"多久(?!.{0,5}[一几]次)|多长时间(?!.{0,5}[一几]次)|几(?:个)?(?:小时|分钟|工作日|天)(?:内|之内|办好|到位)", r"时限|时间|期限|天数|工作日|小时", named=False),
    _aspect("age", r"几岁|多大(?:年纪|岁数|年龄)|多大的?人|岁数|年龄", r"年龄|周岁"),
    _aspect("headcount", r"[招收录聘需缺](?:聘|录|收|生)?了?(?:几|多少)|(?:几|多少)个?(?:人|名额|位)", r"人数|名额|(?:招聘|招录|招生|录用|需求)(?:计划|数)"),
    _aspect("level", r"几级|什么级别|什么等级|哪一?级", r"级别|等级|级$", named=False),
)

SPOKEN_ROWS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(asked), meant)
    for asked, meant in (
        (r"外贸(?:总额|额)?|进出口额", "进出口总额"),
        (r"社零(?!总)(?:额)?", "社会消费品零售总额"),
        (r"固投", "固定资产投资"),
        (r"gdp", "生产总值"),
        (r"三甲(?:医院)?", "三级医院"),
        (r"(?:没有?|无|不带)电梯的?(?:住宅楼|楼房?|房子?|住宅)?", "多层住宅"),
        (r"二甲(?:医院)?", "二级医院"),
        (r"老师", "教师"),
        (r"(?:还|尚|都)?没(?:有|能)?(?=(?:[开完竣]工|[开启]动|完成|达标|验收|销号|整改|办结|投用|交付|入住|签约))|尚未(?=[㐀-鿿]{2})", "未"),
        (r"(?:tier|level|class|grade)-?(?:one|1|i)(?![a-z\d])|(?:tier|level|class|grade)-?one", "一级"),
        (r"(?:tier|level|class|grade)-?(?:two|2|ii)(?![i\d])", "二级"),
        (r"(?:tier|level|class|grade)-?(?:three|3|iii)(?!\d)", "三级"),
    )
)
"""What people say for the name of a row, and the words that tables have for it."""

IDLE = re.compile(r"达到|提高|增加|增长|上升|下降|减少|降低|变化|实现|要有|表[里中内]|tier|level|class|grade")
"""Words of a question that ask for the figure of a row without being part of its name."""

BASE = re.compile("基数|基期|基准|现状|实绩|实际")
"""Headings of a year that say what was, beside the years that are planned."""
LAST_YEAR = re.compile("(?:最后|最末|末)(?:一)?年|期末|到期(?:时|末)?(?=[^,]{0,6}(?:多少|几))")
FIRST_YEAR = re.compile("(?:第|头|首)[一1]?年|首年|起步年")
CHANGE = re.compile(r"差|提高|增加|增长|上升|下降|减少|降低|变化|涨|[升降]了?多|多了?多少|少了?多少|difference|increase|change|grow")
TASK_LIST_ASKED = re.compile(r"[几多][少]?(?:项|个|件|条)|哪些|哪几|什么任务|(?:负责|牵头|管)(?:的是)?什么|都有啥|howmany|which|what")
MARKED = re.compile("(?:标|注|写|打|画|带)(?:了|着|有|明|的是)*[“”\"]?$")
"""What a question says of rows before the mark in their cells: 标了双牵头的."""
IN_COLUMN = r"(?:当|作为|是|为|任|担任|列为|做){0,2}"
IN_MONTH = re.compile(r"(?<!\d)(\d{1,2})月(?:份|底|末)?(?:要|需|应|该|须)*(?:完成|办结|到期|完工|办完|收官)")
SUBSIDY = re.compile(r"补(?:贴|助|偿)?(?:多少|几|标准)|(?:多少|几)钱?的?补[贴助]")
SUBSIDY_STATED = re.compile(r"补贴|补助|奖补|补偿|资助")
"""Asks what is paid for one thing, and the clause of a cell that states it."""

PLAIN = frozenset(("安全", "管理", "工作", "生产", "情况", "重点", "主要", "名称", "建设", "单位", "要求", "内容", "项目", "标准", "计划", "实施", "申请"))
"""Two-character pieces that headings of any table share; they alone name no column."""

COLUMNS_ASKED = re.compile(
    r"(?:哪些|哪几|什么|几|多少)(?:个|大)?(?:列(?!车|举|出|入)|栏|字段|表头|填报项|填写项)|表头|(?:列|栏|字段)(?:名)?(?:都|分别)?(?:有|是|叫)(?:哪|什么|啥)|(?:要|需|应)(?:填写?|登记|记录)(?:哪|什么|啥)|whatcolumns|whichcolumns"
)
LARGER, SMALLER = "高大多长深宽重强快", "低小少短浅窄轻弱慢"
COMPARED = re.compile(rf"(?:更|比较|较|谁|哪[个座家处些]?)[^,。?]{{0,14}}?([{LARGER}{SMALLER}])(?:一些|一点)?(?:[?,。呢啊吗些]|$)|(?:水位|库容|高度|面积|数量|金额)([{LARGER}{SMALLER}])[?,]?$")
CLAIMED = re.compile(rf"比[^,。]{{2,14}}?(?:更|要|还)?([{LARGER}{SMALLER}])(?![学区组镇型微时桥坪道队中新速江校班河])")
SUPERLATIVE = re.compile(rf"最([{LARGER}{SMALLER}])")
FIGURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("长短", re.compile("长度|里程|全长|总长|时长|工期")),
    ("高低", re.compile("高|水位|率|标准|温度|金额|价")),
    ("大小", re.compile("面积|容|规模|流量|功率|人口")),
    ("多少", re.compile("数|量|人口|金额|面积")),
    ("宽窄", re.compile("宽")),
    ("深浅", re.compile("深")),
    ("重轻", re.compile("重")),
    ("快慢", re.compile("增速|增幅|增长|速度|进度")),
)
"""The headings of figures that an adjective compares: 哪条河长 asks for 长度."""

WHICH_ROW = re.compile(r"(?:哪(?:几|些)?|什么)(?:个|些|条|座|家|处|种|项(?!目)|位|所|支|类|样)?([㐀-鿿]{1,3})|([㐀-鿿]{2})(?:(?:主要|分别|都|总共|一共|具体)?(?:有|是)|叫)(?:哪|什么|啥)")
EACH = re.compile("各(?!项工作)|哪几[段批期次](?!会)|哪几个时间|每(?:一)?(?:个(?!月|季|学期|工作日|小时|周|星期|人)|[家类种级档层])|分别|所有|全部")
"""Asks for each of several things."""
FIGURE_ASKED = (
    (re.compile("要到|达到|做到|目标"), re.compile("目标|计划|指标值")),
    (re.compile("(?:多少|几)分(?!钟|之)|分值"), re.compile("分值|得分|权重|分数")),
)
"""Of several columns of figures the one that a question means by what it says of the figure: 要到多少 the target, 几分 the points."""
DIFFERENCE = re.compile(r"相差|比[^,?]{2,16}[多少高低大小长短](?:了|出)?多少|[多少高低](?:了|出)?几|差多少|差了?几|差距|多出多少|[高低多少大小]多少$|[高低多大小]多少\?")
TIMES = re.compile(r"(?<!哪)(?:几|多少)(?:个)?(天|次|回|晚|班)|howmany(?:days|times)")
"""Asks how often a name occurs: 带几天班, 值班几次."""

PERSONS = re.compile(r"(?:几|多少)(?:个|名|位)?(?:人|名|位)")
WHOSE_PHONE = re.compile("(?:打|找|拨)(?:给)?谁")
"""打谁电话 asks for the person and the number."""
HOW_MANY = re.compile(r"(?:有|列了?|共|几|多少)*(?:几|多少)(座|个|处|家|所|条|口|眼|支|名|人|位|种|类|户|辆|艘|台)")
AFTER_PART = re.compile(
    r"的|是|有|为|在|人(?!口)|者|领导|人员|干部|负责|谁|哪|几|多少|多[大高长少]|怎|什么|吗|呢|吧|啊|[?!,、。;:()]|$|[最更比高低大小和与及或]|分别|各|都|由|应|要|还|到|超过|同志"
)
"""What may follow a piece of a heading (带班 of 带班领导) for the heading to be meant: 带班的, not 带班电话."""

WHOLE_ROW = re.compile(r"(?:安排|情况|信息|指标|详情|资料|概况|参数)(?:是|有)?(?:什么|怎样|怎么样|如何|哪些|啥)?[??]?$")
TABLE_WORD = re.compile(r"表(?!决|示|扬|现|彰)|台账|名单|名册|清单|一览|安排|目录")
EMPTY_CELLS = frozenset(("", "-", "--", "—", "——", "/", "\\", "——/"))

COUNTED = re.compile("(?:几|多少)([㐀-鿿])")
"""The measure word asked for; a column of 套数 is meant by 几套."""
SORTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(label))
    for asked, label in (
        (r"已经?(?:完成|投|花|到位|支出|拨|用)|累计|完成了?(?:多少|几)|(?:截至|截止|到)[^,]{2,8}(?:完成|投|花)", r"累计|完成|已|到位|实际"),
        (r"计划|预算|打算|安排|准备|预计|要投|要花", r"计划|预算|安排|预计"),
        (r"总|一共|全部|合起来|多少", r"^总|合计|总投资|总额"),
    )
)
"""Of several columns of one measure (总投资, 本年计划投资, 累计完成) the one that a question means by what it says beside it; the total where it says nothing."""
TOTAL = re.compile("合计|总计|共计|小计|总数|总量|总分|总得分|综合得分|总成绩")
"""The column meant by 多少 where several hold figures."""
