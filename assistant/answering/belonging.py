"""What a value belongs to: the member, the attribute and the year that were asked for must stand where it stands.

The sentence beside the right one looks like it: 二级渔港…90% beside 一级渔港…100%, 押金 beside 租金, this year's plan beside next year's. The witness
is the place of the value: its comma segment, its sentence, its heading path. A draft whose place names a sibling of what was asked for is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answering.clauses import segments, sentences
from assistant.answering.draft import Draft
from assistant.lexicon.siblings import AMOUNTS, SIBLINGS
from assistant.question.query import Query
from corpus.numbers import CN, value_of
from corpus.text import fold


def stray(query: Query, draft: Draft) -> str:
    """Say in what a draft is about something else than what was asked for; "" when it is about that."""
    if query.language != "zh" or not draft.quotes:
        return ""
    if is_a_heading(draft):
        return "文件只有这个标题,没有写明内容"
    if absent := _not_named(query, draft):
        return f"没有找到“{absent}”的内容"
    if part := _of_another_part(query, draft):
        return part
    if member := of_another_member(query, draft):
        return member
    if query.kind in ("number", "count") and (thing := of_another_attribute(query, draft)):
        return f"文件没有写明“{thing}”"
    if query.kind in ("number", "deadline") and (late := _untimely(query, draft)):
        return late
    if query.kind == "number" and lacks_gap(query, draft):
        return "文件没有写明还差多少"
    if lacks_consequence(query, draft):
        return "文件写了这条规定,没有写明违反的后果"
    if slogan := _slogan_only_used(query, draft):
        return f"文件提到“{slogan}”,但没有解释它的含义"
    return "文件提到这个词,但没有解释它的含义" if lacks_meaning(query, draft) else ""


def _untimely(query: Query, draft: Draft) -> str:
    """Say that the value is of another year, or no day at all."""
    if of_another_year(query, draft):
        return "文件没有写明这一年的数字" if query.kind == "number" else "文件没有写明这一年的时间"
    if problem := _of_the_other_time(query, draft):
        return problem
    return "文件没有写明具体时间" if query.kind == "deadline" and lacks_day(query, draft) else ""


_MOST = 4
"""Quotes that are looked at."""
_HALF = 0.5
"""Cover from which on a word counts as said."""


def _near(draft: Draft, *, segment: bool) -> str:
    """The segments, or the sentences, that the marked words of an answer stand in."""
    found: list[str] = []
    for quote in draft.quotes[:_MOST]:
        mark = quote.highlights[0] if quote.highlights else quote.span
        cut = segments if segment else sentences
        found += [s.of(quote.document.text) for s in cut(quote.document.text, quote.span) if s.overlaps(mark)]
    return fold("\n".join(found))


def _path(draft: Draft) -> str:
    return fold("\n".join("\n".join(quote.path) for quote in draft.quotes[:_MOST]))


def _whole(draft: Draft) -> str:
    return fold("\n".join(quote.span.of(quote.document.text) for quote in draft.quotes[:_MOST]))


def _title(draft: Draft) -> str:
    return fold("\n".join(f"{q.document.title} {' '.join(q.document.card.places)}" for q in draft.quotes[:_MOST]))


# ---------------------------------------------------------------- another member of a series

_GRADE = re.compile(r"(?:(?<![a-z])(?:iii|ii|iv|vi|i|v)|[一二三四五六]|(?<!\d)[1-6])(?=级(?!以上|及以上|以下|及以下|部门|单位|政府|财政|联动))")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi")
_OPEN_GRADE = re.compile("级(?:及)?以[上下]")
_NON = re.compile("非(?!法|常|遗|得|但|要|凡)([㐀-鿿]{2})")


def of_another_member(query: Query, draft: Draft) -> str:
    """Name the sibling that the place of the answer is about, when it is not the only member that is asked about (硕士 of 博士每月2000元)."""
    if draft.basis in ("series", "list", "card"):
        return ""
    asked = query.folded
    places = (_near(draft, segment=True), _near(draft, segment=False), _path(draft))
    graded = not _OPEN_GRADE.search(asked + places[1] + places[2])
    for pattern in (*SIBLINGS, *((_GRADE,) if graded else ())):
        wanted, named = _members(asked, pattern), next((found for place in places if (found := _members(place, pattern))), {})
        if len(wanted) == 1 and named and not wanted.keys() & named.keys():
            return f"没有找到“{''.join(wanted.values())}”的这项内容,文件写的是{'、'.join(named.values())}"
    return _of_the_rest(asked, places)


@lru_cache(maxsize=2048)
def _members(text: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """The members that a text names, as printed; grades by number: 2级, 二级 and ii级 are one."""
    found: dict[str, str] = {}
    for match in pattern.finditer(text):
        word = match.group()
        found.setdefault(_number(word) if pattern is _GRADE else word, word.upper() + _tail(text[match.end() :], pattern))
    return found


def _number(grade: str) -> str:
    return str(_ROMAN.index(grade) if grade in _ROMAN else value_of(grade))


def _tail(text: str, pattern: re.Pattern[str]) -> str:
    """What is shown behind a member: the word that makes it one (四|季度, 保证|水位), where it takes one."""
    after = re.match("[㐀-鿿]{1,2}", text)
    if after is None or "(?=" not in pattern.pattern:
        return ""
    return after.group() if after.group() in ("季度", "半年", "水位", "事故", "阶段") else after.group()[:1]


def _of_the_rest(asked: str, places: tuple[str, str, str]) -> str:
    """非国有博物馆 is asked for and the text speaks of 国有博物馆, or the other way round."""
    near = "".join(places)
    for word in _NON.findall(asked):
        if word in near and f"非{word}" not in near and asked.count(word) == asked.count(f"非{word}"):
            return f"没有找到“非{word}”的这项内容"
    for word in _NON.findall(places[0]):
        if word in asked and f"非{word}" not in asked and word not in near.replace(f"非{word}", ""):
            return f"没有找到“{word}”的这项内容,文件写的是非{word}"
    return ""


# ---------------------------------------------------------------- another attribute

_ASKS_AMOUNT = re.compile("多少|几(?!乎)|多高|多大|多长|百分之")
_BESIDE = 4
"""Characters between the name of an amount and the word that asks for it (租金最多是多少)."""
_COUNTED = re.compile(
    r"(?:多少|几(?!乎|[月点年日号]))(?:个|家|名|位|台|部|辆|艘|只|张|间|座|处|所|套|条|项|份|种|类|次|场|期|户|件|起|支|本|块|根|棵|株|头|批|届|具|顶|盏|组|对|元|万元?)?的?"
)
_SHARE = re.compile("比例|比率|比重|占比|百分比")
"""占多少比例 asks for a share, which its figure shows; no text need name it."""
_NO_NOUN = re.compile("以|达|里|要|该|能|才|不|上|下|内|外")
_PER = re.compile("^[月年日总均](?=[㐀-鿿]{2})")
"""What an amount is reckoned by; 每月租金 is told where 租金 stands above 每月420元."""


def of_another_attribute(query: Query, draft: Draft) -> str:
    """Name what is to be told the amount of (租金是多少, 多少个窗口) when the place of the figure does not name it; "" when it does."""
    asks = _ASKS_AMOUNT.search(query.folded)
    if asks is None or draft.basis not in ("value", "text") or query.follow_up:
        return ""
    counted = _COUNTED.search(query.folded)
    nouns = [t for t in query.terms if counted and query.folded.startswith(t.text, counted.end())]
    place = _near(draft, segment=False) + _path(draft) + _title(draft)
    for term in query.terms:
        if nouns and asks.end() > query.folded.find(term.text):
            continue  # 补贴要交几样材料: the materials are counted
        if AMOUNTS.search(term.text) and len(term.text) > 1 and _beside(query.folded, term.text, asks) and term.cover(place) < _HALF and _PER.sub("", term.text) not in place:
            return term.text
    place += _whole(draft)
    return next((t.text for t in nouns if (t.required or AMOUNTS.search(t.text)) and len(t.text) > 1 and not _SHARE.fullmatch(t.text) and not _NO_NOUN.match(t.text) and t.cover(place) < _HALF), "")


def _beside(asked: str, word: str, asks: re.Match[str]) -> bool:
    before = asked.rfind(word, 0, asks.start())
    after = asked.find(word, asks.end())
    return (before >= 0 and asks.start() - before - len(word) <= _BESIDE) or 0 <= after - asks.end() < _BESIDE


# ---------------------------------------------------------------- another year

_RANGE = re.compile(r"(20\d\d)年?[-—–~至到]{1,2}(20\d\d)")
_AHEAD = re.compile("目标|任务|安排|部署|打算|计划")


def of_another_year(query: Query, draft: Draft) -> bool:
    """Does the answer stand in a plan of another year than the only one asked for, without naming it (年度投资2.61亿元 of a plan of 2026 for 2027)?"""
    if len(query.scope.years) != 1 or draft.basis not in ("value", "text", "outline"):
        return False
    asked, near, title = query.scope.years[0], _whole(draft) + _path(draft), _title(draft)
    issued = {q.document.card.issued.year for q in draft.quotes if q.document.card.issued}
    if str(asked) in near + title or any(int(a) <= asked <= int(b) for a, b in _RANGE.findall(near + title)) or asked in issued:
        return False
    years = {int(y) for y in re.findall(r"20\d\d", _path(draft)) or re.findall(r"20\d\d", title)}
    return bool(years) and asked not in years and (asked > max(years) or bool(_AHEAD.search(_path(draft))))


_BEFORE, _NOW = re.compile("去年|上年|上一年|过去一年"), re.compile("今年.{0,6}(?:计划|打算|要|准备|目标|安排|预计|将)|还要|接下来")
_BACK = re.compile("回顾|总结|去年工作|上年工作|过去一年|完成情况|主要成[绩效]")


def _of_the_other_time(query: Query, draft: Draft) -> str:
    """A report looks back and ahead: last year's figure stands in no plan, what is planned in no review."""
    if draft.basis not in ("value", "text"):
        return ""
    path, near = _path(draft), _near(draft, segment=False)
    if _BEFORE.search(query.folded) and _AHEAD.search(path) and not _BACK.search(path) and not re.search(r"去年|上年|已|完成了|达到了|20\d\d年", near):
        return "文件写的是今后的安排,没有写明去年的数字"
    if _NOW.search(query.folded) and _BACK.search(path) and not _AHEAD.search(path) and not re.search("今年|计划|将|力争", near):
        return "文件写的是过去的情况,没有写明今年的安排"
    return ""


_ASKS_LACK = re.compile("[还尚][差缺欠]|缺口|[差缺欠](?:了)?(?:多少|几)")
_LACK = re.compile("[差缺欠不]|尚|仍|还|剩")


def lacks_gap(query: Query, draft: Draft) -> bool:
    """Is what is missing asked for, and the text says only what there is or will be (还差多少: 新增160万立方米)?"""
    return bool(_ASKS_LACK.search(query.folded)) and draft.basis == "value" and not draft.text.endswith("(计算得出)") and not _LACK.search(_near(draft, segment=False))


# ---------------------------------------------------------------- no statement at all


def is_a_heading(draft: Draft) -> bool:
    """Is all that is said the heading of a part that goes on below it (4.1.1 启动条件), or the title?"""
    if len(draft.quotes) != 1 or draft.basis != "text":
        return False
    document, said = draft.quotes[0].document, _bare(_LED.sub("", draft.text))
    if said == _bare(document.title):
        return True
    at = draft.quotes[0].span
    headed = (s for s in document.sections if s.heading.overlaps(at) and len(s.span) > len(s.heading) + 1)
    return any(_bare(s.heading.of(document.text)) == said and not s.heading.of(document.text).rstrip().endswith(("。", ";", "；")) for s in headed)


_LED = re.compile("^[^:：。]{0,4}。?原文(?:写明)?[:：]")
"""What a reply to a yes-or-no question puts before the sentence it quotes."""


def _bare(text: str) -> str:
    return re.sub(r"^[#*\s]+|[\s。:;*]+$", "", fold(text))


# ---------------------------------------------------------------- a rule without its consequence, a term without its meaning

_ASKS_CONSEQUENCE = re.compile("(?:怎么|咋|如何|会怎样|会被?怎么?)(?:罚|处罚|惩)|会(?:有|是)?(?:什么|啥)(?:样的)?(?:后果|下场)|有(?:什么|啥)后果|会(?:怎样|咋样|怎么样)$")
_CONSEQUENCE = re.compile(
    "罚|处[以分置理]|责令|警告|没收|吊销|拘留|取消|追[回究责缴]|问责|约谈|扣[分减除发罚回]?|通报|收回|停[发止产业工用]|不再|列入|移[送交]|依法|给予|纳入|清退|退[还出回]|撤|降|限期|强制|记入|不予|不得(?:享受|申[请报]|参加|承接|评|再|受理|晋)"
    "|一票否决|曝光|抄告|断水|拆除|注销|计0分|零分|解除|终止|赔|关闭|淘汰|更换|整改|不享受|等待期|全额|自[理负]|自行承担|作废|失效|视为|顺延|冻结"
)


def lacks_consequence(query: Query, draft: Draft) -> bool:
    """What happens to him who breaks a rule is asked for, and the text states the rule alone (承租人不得转租)."""
    return asks_consequence(query) and not states_consequence(fold(draft.text) + _near(draft, segment=False))


def asks_consequence(query: Query) -> bool:
    """Is what happens to one who does something asked for (会咋样, 怎么罚)?"""
    return bool(_ASKS_CONSEQUENCE.search(query.folded.rstrip("?")))


def states_consequence(text: str) -> bool:
    """Does a folded text say that something happens to somebody?"""
    return bool(_CONSEQUENCE.search(text))


_ASKS_MEANING = re.compile("(?:是)?什么意思|指(?:的是)?(?:什么|啥|哪)|怎么(?:定义|理解|认定)|什么叫|什麼叫|指啥|是怎么回事|的?(?:含义|定义)")
_MEANS = r"[”\"》)]?(?:机制|制度|工作|行动|体系|模式|管理|建设|改革|服务|家庭|人员)?[,;]?(?:[((][^()()]{2,60}[))])?[,]?(?:,?是指|指(?!导|挥|标|定|数)|即|是(?!否)|就是|:|称|既|通过|包括|包含|含|由|分为|主要|、)"


def lacks_meaning(query: Query, draft: Draft) -> bool:
    """Is a term that is asked for only used by the sentence and not explained (推行“一次挂号管三天”)? An explanation follows its term or names it behind (称为…)."""
    if draft.basis != "text" or not _ASKS_MEANING.search(query.folded):
        return False
    said = (_near(draft, segment=False) if draft.quotes and draft.quotes[0].highlights else fold(draft.text)).replace("*", "")
    terms = [*query.quoted, *(t.text for t in query.terms if t.required and t.text in said)]
    told = any(re.search(rf"{re.escape(term)}{_MEANS}", said) or re.search(rf"(?:称为?|简称|叫做?|是)[“\"]?{re.escape(term)}", said) for term in terms)
    return bool(terms) and not told


# ---------------------------------------------------------------- a rhythm or a term instead of a day

_ASKS_DAY = re.compile("哪一?天|几月|几号|几日|哪个月|哪一?年|何[年月日]|具体日期|什么日期")
_ASKS_END = re.compile("(?:完成|办结|建成|完工|竣工|结束|截止).{0,6}(?:时限|期限|时间|什么时候|啥时候|何时)|(?:什么时候|啥时候|何时|时限|期限).{0,6}(?:完成|办结|建成|完工|竣工|结束|截止)")
_TERM = re.compile(r"(?:\d+|[一二三四五六七八九十]+)个?(?:工作)?[日天年月周]之?以?(?:内|前|后)?")
_YEAR_ALONE = re.compile(r"[到至在于]?20\d\d年?(?:以?内|度)?")
_RHYTHM = re.compile("每[年月季周日天]度?|每半年|每学期")
_DAY = re.compile(r"20\d\d|\d+月|[一二三四五六七八九十]+月|\d+[日号]|[年月季]底|节|期|今年|明年|季度|[上下]半年|当[天日]|根据|同步|立即|另行")


def lacks_day(query: Query, draft: Draft) -> bool:
    """Is a day asked for, or the end of a task, and the text gives only how long something takes, or how often it is done?"""
    if draft.basis != "value" or query.follow_up:
        return False
    said = fold(draft.text)
    asks = _ASKS_DAY.search(query.folded)
    if asks and "年" not in asks.group() and _YEAR_ALONE.fullmatch(said):
        return True
    if asks and not _RHYTHM.search(query.folded):
        return not _DAY.search(_TERM.sub("", said) if not re.search(r"20\d\d|月", said) else said)
    return bool(_ASKS_END.search(query.folded)) and bool(_RHYTHM.fullmatch(said))


_SLOGAN = re.compile(rf"(?:[{CN}][㐀-鿿]){{2,5}}")
_ASKS_PARTS = re.compile("解释|列出|逐[条项个]|[是指]?哪[些几]|是?[㐀-鿿]?(?:什么|啥)|含义|意思|分别|包括|具体|内容")
_TOLD = r"[”\"》)]?[^,。;:、]{0,6}(?:[((:]|,?(?:是指|指(?!导|挥|标|定|数)|即|就是|包括|包含|分别|既|也就是))"


def _slogan_only_used(query: Query, draft: Draft) -> str:
    """Give the slogan of numbered parts (五清三通五设) that is to be spelt out and that the answer only says again, or does not even name."""
    if not _ASKS_PARTS.search(query.folded) or draft.basis not in ("text", "definition", "value"):
        return ""
    said = fold(draft.text)
    for slogan in (match.group() for match in _SLOGAN.finditer(query.folded)):
        if slogan in said and not re.search(rf"{slogan}(?:、{_SLOGAN.pattern})*{_TOLD}", said):
            return slogan
        if slogan in query.quoted and slogan not in _whole(draft) + _path(draft):
            return slogan
    return ""


# ---------------------------------------------------------------- a code or a day that is not there

_CODE = re.compile(r"(?<![a-z\d.@/])[a-z]{1,2}-?\d{2,4}(?![a-z\d])")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_DAYS = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?(?:\([^()]*\))?(?:[至到—–~-]+(?:(\d{1,2})月)?(\d{1,2})[日号])?")


def _not_named(query: Query, draft: Draft) -> str:
    """Give the code of an item (f01), or the day of a roster, that is asked for and that nothing cited names."""
    near = _whole(draft) + _path(draft) + fold(draft.text)
    for code in (match.group() for match in _CODE.finditer(query.folded)):
        if code not in near + _title(draft) and draft.basis in ("text", "value", "list"):
            return code.upper()
    day = _MONTH_DAY.search(query.folded)
    if day and query.kind in ("meta", "contact") and draft.basis in ("text", "people", "cell", "value"):
        asked = (int(day[1]), int(day[2]))
        if not any(_first(match) <= asked <= _last(match) for match in _DAYS.finditer(near)):
            return day.group()
    return ""


def _of_another_part(query: Query, draft: Draft) -> str:
    """第5条 of the part named in quotation marks is not the fifth of another part."""
    numbered = [r.text for r in query.scope.references if r.family in ("article", "item")]
    if not numbered or draft.basis not in ("outline", "definition"):
        return ""
    place = _path(draft) + _title(draft)
    named = [t for t in query.terms if t.text in query.quoted and len(t.text) > _PAIR]
    return next((f"“{t.text}”里没有找到{numbered[0]}" for t in named if t.cover(place) < _HALF), "")


_PAIR = 2


def _first(match: re.Match[str]) -> tuple[int, int]:
    return int(match[1]), int(match[2])


def _last(match: re.Match[str]) -> tuple[int, int]:
    return int(match[3] or match[1]), int(match[4] or match[2])
