"""Words that ask for something reckoned from rows: a sum, a number of rows, the most, so many times as much, a bound.

Sources: how people ask officials about lists and budgets; extend by adding a word and a test. Patterns are matched on folded text.
"""

from __future__ import annotations

import re

from corpus.numbers import CN

MEASURES = "个家所座处项条名位户种类件台辆支艘口栋片宗笔场段批"
"""Words that count things of which a row may stand for one each."""

SUM = re.compile(
    r"合计|总计|共计|加起来|加在一起|加一起|加总|相加|一共|总共|拢共|统共|总和|累计|全部加|(?<![公])共(?=[有需投建招住设列]*(?:几|多少))|总(?=投资|金额|人数|户数|床位|面积|里程|长度|数)"
    r"|intotal|altogether|combined"
)
"""Asks for several figures added up, or for the number of things."""

TIMES_AS_MUCH = re.compile(r"(?:的)?(?:几|多少)倍|翻了?几番|howmanytimes(?:as|the|larger|bigger)")
SHARE_OF_ALL = re.compile(r"占(?:了)?(?:全[省市县区镇部]|总[数量额]?|所有|整个|合计)[^,?]{0,8}?(?:的)?(?:百分之几|百分之多少|多少|几成|比例|比重)[^,?]{0,4}|占(?:全部|总数)?(?:的)?(?:百分之几|百分之多少|几成)")
MEAN = re.compile(rf"平均(?:每(?:[{MEASURES}]|(?P<each>[㐀-鿿]))[㐀-鿿]{{0,2}})?(?:下来|算下来)?|onaverage")

_LARGE, _SMALL = "高大多长深宽重强贵快", "低小少短浅窄轻弱便宜慢"
_WAY = rf"[{_LARGE}{_SMALL}](?![学区组镇型微时桥坪道队中新速江校班河])"
MOST = re.compile(rf"最(?P<way>{_WAY})(?:的)?|最(?P<when>早|晚|迟|先|后|新|旧|老)(?!一[年名])(?:的)?|(?P<last>垫底|倒数第[一1](?!名?[{CN}])|末位|排(?:在)?最后|最后一名)|(?P<first>居首|排(?:在)?(?:最前|首位|第一)|榜首|第一名)|(?P<least>smallest|lowest|shortest|fewest)|most(?!ly)|highest|largest|longest|biggest")
"""Asks for the row that leads, or comes last."""

PLACED = re.compile(rf"(?P<sure>(?P<back>倒数)|排名?|排在|位列|居|(?<=[分量额率数资积程金高长]))第(?P<nth>[{CN}]|\d+)(?P<way>{_WAY})?(?:名|位)?|第(?P<also>[{CN}]|\d+)(?P<by>{_WAY})|第(?P<bare>[{CN}]|\d+)名?(?=的?(?:是|为)(?:谁|哪))")
PLACE_ASKED = re.compile("(?:综合|总分)?(?:排名?|排在|名列|位列|得了?)?第几(?:名|位)?|排名(?:是)?(?:多少|如何|怎样|怎么样)|(?<!安)排多少")
LEADING = re.compile(rf"(?P<end>[前后])(?P<count>[{CN}]|\d+)(?:名|位|个|家)?(?=的|是|分别|有|都|[?,]|$)|最(?P<way>{_WAY})的(?:前)?(?P<number>[两{CN}])[{MEASURES}]")
SMALL = frozenset(_SMALL)

HOW_MANY_ROWS = re.compile(rf"(?:几|多少)(?P<measure>[{MEASURES}])?(?P<noun>[㐀-鿿]{{0,8}})|howmany")
MEASURE_ASKED = re.compile(rf"(?:几|多少|哪|些)([{MEASURES}])")
WHICH_ROWS = re.compile(rf"哪些|哪几|哪[一二两三四五六七八九十]?(?:[{MEASURES}]|里|儿|村|镇|乡)|名单|都有什么|有什么|列出|which")

OVER = r"超过|大于|高于|多于|不止|超出|超|morethan|over"
AT_LEAST = r"不少于|不低于|不小于|至少|达到|满|atleast"
UNDER = r"不到|不足|低于|少于|小于|不满|没到|没有到|fewerthan|lessthan|under"
AT_MOST = r"不超过|不高于|不多于|不大于|至多|最多(?=\d)|atmost"
BOUND = re.compile(
    rf"(?:(?P<over>(?<!不)(?:{OVER}))|(?P<least>{AT_LEAST})|(?P<under>{UNDER})|(?P<most>{AT_MOST})|(?P<same>等于|正好|刚好|(?<=[数量额率])[为是])|在)?了?"
    rf"(?P<number>(?<!\d)\d[\d,]*(?:\.\d+)?|[{CN}]{{1,4}})(?P<unit>[百千万亿]?(?:平方米|立方米|公里|千米|个百分点|公顷|块钱?|[个家户人名位座处所项条件台辆套张栋米吨亩元天次组起场岁分层孔口支艘盏%‰])?|[百千万亿])?(?P<after>(?:及|或)?(?:以上|以下|以内)|之?上的|之?下的)?"
)
"""A bound on a figure: 超过5000万元, 35张以下. It needs a word before or after the number to be one."""

NOT_REACHED = re.compile(r"(?:没有?|未|没能)(?:能)?(?:完成|达标|整改|办结|销号|到位|消除|解决|达到(?:年度)?(?:目标|要求)|实现(?:年度)?目标)(?:年度)?(?:的?目标|任务)?|不达标|欠账|拖后腿")
EXCEEDED = re.compile(r"超额(?:完成)?|超(?:过|出)了?(?:年度)?(?:目标|计划|任务)")
REACHED = re.compile(r"(?:全部|都|已经?|如期|按时)?(?:完成|达到|实现)了?(?:年度)?(?:目标|计划)|达标")
PLANNED = re.compile(r"目标|计划|任务(?:数|量)?$|应完成|下达|发现|排查|受理|交办|反馈|总数")
DONE = re.compile(r"实际|实绩|完成(?:数|量|情况|值)?$|实现|到位|已|整改(?:数|完成)?$|办结(?:数)?$|销号(?:数)?$")
TO_GO = re.compile(r"还有|还差|还剩|尚有|剩|差|缺口|欠")
"""Asks for what is left of a plan."""
RATE = re.compile(r"(?:完成|达标|实现|整改|办结|销号)率|完成(?:比例|进度)")

FLOW = re.compile(r"新[增建]|培训|改造|完成|当年|投资|投入|发放|补[助贴]|资金|金额|整治|更新|招|开展|治理|受理|办结|完工|安装|建成|建设|救助|修复|复绿|经费|支出|收入|奖励|预算|安排")
"""Quantities of a year that can be added to those of other years."""
STOCK = re.compile(r"累计|占比|率|保有|拥有|总量|总数|总库容|存量|人口|每|增速|指数|浓度|均值|期末|年末|年底")
"""Quantities that stand at a certain time, or hold for one thing: years are not added."""

NOT_SUMMED = re.compile(r"率|比例|占比|百分|均|每|单价|标准|指数|增速|浓度|水位|高程|温度|得分|分数|排名|名次")
"""Headings of figures that make no sense when added up."""
