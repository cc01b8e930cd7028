"""Read a question: what kind of answer it wants, about what, in which scope.

Rules over data tables (`lexicon.cues`): the kinds are tried from the most telling cue to the least, because question words
overlap (哪些单位牵头 asks for units, 牵头哪些任务 for tasks). A follow-up takes over from the turn before what it leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.bilingual import near_words
from assistant.english import Translation, is_english, translate
from assistant.lexicon.cues import (
    DOES,
    KINDS,
    LEADS,
    SUPPORTS,
    TASKS,
    TIMES,
    UNIT_WORD,
    WHICH,
    WHO,
)
from assistant.query import Query, Scope
from assistant.scope import Known, scope_of
from assistant.spelling import corrected, simplified
from assistant.tagging import Words
from assistant.terms import Term, telling, terms_of
from assistant.types import Turn
from corpus.dates import deadlines_in
from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Span
from corpus.units import units_in

_ASKS_UNITS = re.compile(rf"{WHO}|(?:部门|单位|机构|机关)(?:分别)?(?:是|有|都有)?(?:谁|哪(?![天年月日号周里])|什么(?!时)|啥(?!时))|(?:单位|部门)(?:名称)?(?:是|有|都有)?[??]?$|找谁|归谁|由谁|(?:牵头|负责)的(?:是)?[??]?$")
_ASKS_TASKS = re.compile(
    rf"{WHICH}(?!{UNIT_WORD}).{{0,6}}?{TASKS}(?!级|里|中|清单里)|{TASKS}(?:都|分别|主要|还)?(?:有|是|包括|包含)?(?:{WHICH})|(?:牵头|负责|承担|配合|参与|协助|领)(?:了)?(?:的)?(?:是|有)?(?:做|干|抓|整改|推进|落实|实施|开展|办理|建设|完成)?(?:{WHICH})(?!{UNIT_WORD}|个?{UNIT_WORD})|名下|(?:牵头|负责(?!人)|承担|配合|参与)(?:的)?(?:具体)?{TASKS}(?:清单)?\??$|(?:牵头|负责)(?:的)?是哪几|(?:任务|工作|事项)(?:都|全部?)?(?:列|说|讲|给)|(?:牵头|负责)(?:些|了)?(?:什么|哪些|啥)(?!单位|部门)"
    rf"|(?:几|多少)(?:条|项|个|件)?(?:具体)?(?:任务|工作|举措|措施|事项)"
)
_ASKS_ROLE = re.compile("(?:管|干|做|负责|承担)(?:着|了)?(?:些|哪些|哪几?(?:块|方面|摊)|什么|啥)|职责(?:是|有|包括)?(?:什么|哪些|啥)|(?:什么|哪些|啥)职责")
_ELLIPTIC = (
    ("support", re.compile(r"^(?:那么?)?(?:配合|协助|责任|支持)(?:的|单位|部门|方)*呢?[??]?$")),
    ("lead", re.compile(r"^(?:那么?)?(?:牵头|主责|负责)(?:的|单位|部门|方)*呢?[??]?$")),
    ("deadline", re.compile(r"^(?:那么?)?(?:时间|时限|期限|截止时间?|完成时限|完成时间)呢?[??]?$")),
)
"""Follow-ups that are nothing but the attribute asked for."""
_ROLE_LEAD = re.compile(rf"{LEADS}|归谁|谁管|归口|(?<!分)(?:归|由).{{0,8}}(?:管|负责|抓)")
_ROLE_SUPPORT = re.compile(rf"{SUPPORTS}|(?:责任|协办|落实|实施)(?:\(配合\))?(?:单位|部门)|除.{{1,10}}(?:外|还)")
_SUPPORT_ASKED = re.compile(rf"{SUPPORTS}(?:的)?(?:单位|部门|方)?(?:都|分别)?(?:是|有)?(?:{WHO}|哪|什么)|{WHO}.{{0,3}}{SUPPORTS}|除.{{1,10}}(?:外|以外|之外|还有)")
_LEADISH = re.compile(rf"{LEADS}|{DOES}|是谁的|归|的任务|谁的")
_TIMES = re.compile(TIMES)
_COUNTS = re.compile(
    r"(?<!哪)(?:几|多少)(?:大)?(?:条|项|个|件|份|章|类)?(?:具体|重点|牵头)?(?:任务|工作(?!者|人员)|举措|措施|事项|附件|部分|板块|块(?!钱)|章节?|条款)|(?<!哪)(?:几|多少)(?:条|项|章|块|件|样|种|份|类)(?=[?,、]|$|要|是|由|任|归|材料|证件|条件|资料|手续|情形|步骤|流程|渠道|方式|途径)|(?:的|有|列|编)(?<!哪)(?:几|多少)(?:条|项)\??$"
)
_NUMBERS = re.compile(
    r"多少|多大|百分之?几|百分比|几成|多久|多长|多远|多高|比例|占比|比率|(?<!哪)几(?:次|人|名|家|个|艘|座|处|年|天|日|周|月|小时|公里|米|万|倍|级|点|位|种|台|辆|元|块|户|所|支|项|分钟|岁|吨|成|张|层|栋|幢|间|套|面|亩|口|头|只|株|棵|份|场|期|轮|批|趟|部|册|门|班|床|样|步|道|把|具|件|分|顶|双|桶|箱|瓶|袋|枚|针|折|个工作日)|频次|频率|数量|指标|(?:率|目标|上限|下限|规模|产能|总量)(?:是|要到|为|要求|目标)?(?:多少|几|呢|[??]|$)|隔多"
)
_LISTS = re.compile(rf"哪[{CN}\d]+[㐀-鿿]|哪[{CN}\d]*(?:些|几|个|类|种|方面|项|条|步|线|环节|铁|有|防|本|句|者|点|地方|面|层|级|块|部分|张|字|大)|(?:有|包括|分为|都|是|含)(?:哪|啥|什么)|分别(?:是|叫|为)|叫什么|有啥|啥名|(?:啥|什么)(?:条件|材料|手续|情形|资料|证件)|哪几|列出|列举|都有谁|名称|有谁")
_MEASURE_WORD = re.compile(
    r"(?:多少|几)(?:万)?(公里|平方米|万吨|吨|米|艘|家|个|座|处|人|名|次|项|条|年|个月|天|日|周|小时|分钟|元|万元|块|辆|台|户|所|支|倍|级|岁|种|位|点|口|间|套|面|亩|度|样|张|层|栋|幢|头|只|株|棵|份|场|期|轮|批|部|册|门|道|折|把|具|件|分(?!钟|之)|顶|双|桶|箱|瓶|袋|枚|针|个工作日)"
)
_SHARE = re.compile(r"百分|比例|占比|比率|比重|几成|[率度](?:目标)?(?:是|要|为|达|得|应)?(?:多少|几|到|呢|$|[??])|多大比|覆盖率|达标率|知晓率|使用率")
_MONEY = re.compile(r"多少钱|几块钱|多少元|多少万元|多少万[?]|(?:奖励?|罚款?|补贴|补助|缴纳?|收费?)多少|(?:[补奖罚]|领|花|交|缴|赔偿?|(?<![回吸接征验签])收)(?:了|到|给)?(?:多少|几)(?:[万千百亿块]|钱|[?]|$)|(?:投资|造价|工资|薪资|薪酬|津贴|租金|押金|票价?|单价|总价|房租|学费|工本费)(?:总额|标准|总量)?(?:是|有|为|要|约|大概|一共|总共|共)?(?:多少|几)(?![人户家个次张%成份])|(?:罚款|奖金|经费|预算|费用|资金|补贴|补助).{0,6}(?:多少|几|标准)|(?:多少|几).{0,3}(?:罚款|奖金|经费|预算|费用|资金|补贴|补助)|金额|什么价|收费标准|补贴标准|补助标准")
_DURATION = re.compile(r"多久|多长|隔多|频次|频率|几(?:年|个月|天|周|小时)(?:一|内|做|轮|培|报)|多少(?:天|日|小时|年)")
_EXPECTED = re.compile(
    rf"哪([{CN}]{{1,3}}|\d{{1,2}})(?:个|些|类|种|方面|项|条|步|线|环节|铁|有|防|本|句|者|点|地方|面|层|级|块|部分|大)?"
    rf"|(?<![第\d{CN}])([{CN}]{{1,3}}|\d{{1,2}})(?:个(?!月)|类|种|项|方面|大|部分|环节|阶段)(?!以上)"
)
_QUOTED = re.compile(r"[“\"《「]([^”\"》」]{1,24})[”\"》」]")
_PRESUMES = re.compile(r"既然|为什么|为何|为啥|凭什么|明明")
_FOLLOWS = re.compile(r"^(?:那么?|然后|还有|另外|换成|改成|我(?:问|说)的是|不是问?)|呢[??]?$|^(?:它|他们?|这个|那个|这项|这条|上面|其)|其他|这项|这条|该项|上述|前面")
_CUE_WORDS = re.compile(
    rf"{WHO}|{TIMES}|{LEADS}(?:单位|部门|方)?|(?:责任|配合)(?:\(配合\))?(?:单位|部门)|(?:具体)?(?:是|叫)(?:指)?(?:什么|啥|谁|哪\w?)(?:意思)?|(?:多少|几)(?:个?(?:小时|分钟|工作日|月|人)|公里|平方米|亿?万?元|[钱个条项家人次名艘座处天年周辆台户所岁吨层张份块万](?![㐀-鿿]))?(?:钱|个|条|项|家|人|次|名|艘|座|处)?|百分之几|百分比|多大比例|多久|多长时间|对不对|是不是|能不能|会不会|要不要|有没有|可不可以|可以不"
    r"|(?:实施|行动|工作)?(?:方案|通知|文件|清单|材料|办法里|条例里|措施里)(?:里|中|上|的)|任务清单|清单|(?:里|中)(?:面)?(?:写的|列的|说的|讲的|提的|定的|要求的)|说法|说的|讲的|提到的|所称的?|区级|哪(?:一|几|些|两|三|四|五|六|七|八|九|十)?(?:个|些|家|项|条|类|种|方面|本|步|位|年|月|天|日|级)?|怎么(?:办|做|处理|样)?|如何|怎样|啥|什么|分别|既然|为什么|为何|请问"
)


_DATE_WORDS = re.compile(r"((?:19|20)\d{2})年(?:底|末|度|初|前|内|之前|以前)*|(?<=\d)[月日号](?:底|份|前|之前|以前)*")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What understanding needs to know of the library.

    frequency: in how many of `count` passages a string occurs.  words: the dictionary.
    units: gives the organisations that duties name, with and without level, which stand in a folded text, longest first.
    occurs: does a string occur in any of the documents with these ids? None: it is not looked up.
    """

    documents: Sequence[Known]
    frequency: Callable[[str], int]
    count: int
    words: Words
    units: Callable[[str], Sequence[str]] = lambda text: ()
    occurs: Callable[[str, frozenset[str]], bool] | None = None


def understand(
    question: str, knowledge: Knowledge, *, history: Sequence[Turn] = (), documents: Sequence[str] = (), resumes: bool = False
) -> Query:
    """Read `question` in the light of the earlier turns. documents: ids the asker limits the search to.

    resumes: it is known to go on from the turn before, whatever its words.
    """
    meant = simplified(question)
    corrections: tuple[tuple[str, str], ...] = ()
    if not is_english(meant):
        meant, corrections = corrected(meant, knowledge.words, lambda piece: knowledge.frequency(piece) > 0)
    query = replace(_read(meant, knowledge, documents), corrections=corrections)
    if not history:
        return query
    earlier = [replace(turn, question=simplified(turn.question)) for turn in history]
    return _resume(query, earlier, knowledge, documents, sure=resumes)


def _read(question: str, knowledge: Knowledge, documents: Sequence[str]) -> Query:
    folded = fold(question)
    language = "en" if is_english(question) else "zh"
    extra: tuple[tuple[str, tuple[str, ...]], ...] = ()
    wording = folded
    translation: Translation | None = None
    if language == "en":
        translation = translate(question, tuple(p for d in knowledge.documents for p in d.places), lambda word: knowledge.frequency(word) > 0)
        wording, extra = translation.wording, translation.terms
    scope, rest = scope_of(
        wording, knowledge.documents, chosen=documents, mentioned=lambda s: knowledge.frequency(s) > 0, words=knowledge.words
    )
    if translation and translation.unknown_places:
        scope = replace(scope, unknown=scope.unknown + translation.unknown_places)
    units = _units(wording, rest, knowledge)
    kind, wants = _kinds(wording, rest, units)
    topic = _DATE_WORDS.sub(r"\1,", _CUE_WORDS.sub(",", rest))
    quoted = tuple(fold(q).strip(".…") for q in _QUOTED.findall(question) if language == "zh" or re.search("[㐀-鿿]", q))
    terms = telling(_known_in(scope, terms_of(topic, knowledge.words, knowledge.frequency, knowledge.count, extra, quoted), knowledge, language))
    since, until = _dates_asked(wording, kind)
    return Query(
        text=question,
        folded=wording if translation else folded,
        language=language,
        kind=kind,
        wants=wants,
        topic=topic,
        terms=terms,
        units=units,
        role=_role(wording),
        since=since,
        until=until,
        count=_expected(wording),
        measure_word=_measure_word(wording),
        asked_noun=_asked_noun(wording),
        quoted=quoted,
        claim=kind == "yesno",
        presumes=bool(_PRESUMES.search(wording)),
        scope=scope,
    )


def _known_in(scope: Scope, terms: tuple[Term, ...], knowledge: Knowledge, language: str) -> tuple[Term, ...]:
    """In a question about one place's documents, what only the others mention is as unknown as what none mentions.

    For words nobody mentions the words of like meaning are looked up that somebody does.
    """
    occurs = knowledge.occurs
    limited = occurs is not None and 0 < len(scope.documents) <= _FEW

    def used(word: str) -> bool:
        return occurs(word, scope.documents) if occurs is not None and limited else knowledge.frequency(word) > 0

    found = []
    for term in terms:
        if term.known and not term.step and limited and not any(used(form) for form in (term.text, *term.alternatives)):
            term = replace(term, known=False)
        if not term.known and language == "zh" and _WORD.fullmatch(term.text):
            term = replace(term, near=near_words(term.text, used))
        found.append(term)
    return tuple(found)


_WORD = re.compile("[㐀-鿿]{1,4}")
_FEW = 20


def _units(wording: str, rest: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The organisations a question names: known ones as they are called in duties, others by the form of their names."""
    found: list[str] = []
    text = re.sub(WHO, ",", _PRESUMES.sub(",", wording))
    for unit in knowledge.units(text):
        if unit in text:
            found.append(unit)
            text = text.replace(unit, ",")
    rest = re.sub(WHO, ",", _PRESUMES.sub(",", rest))
    others = [m.value for m in units_in(rest, Span(0, len(rest))) if len(m.value) <= 14]
    found += [u for u in others if not any(u in f or f in u for f in found)]
    return tuple(dict.fromkeys(found))


def _kinds(folded: str, rest: str, units: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Decide the main kind and every attribute asked for. The order of the rules is the order of how telling a cue is."""
    for kind, pattern in _ELLIPTIC:
        if pattern.search(folded):
            return kind, (kind,)
    asks_units = bool(_ASKS_UNITS.search(folded))
    cued = [cue.kind for cue in KINDS if cue.pattern.search(folded)]
    wants = _wanted(folded, asks_units)
    whole = _whole_library_kind(folded, cued, units, asks_units=asks_units)
    if whole:
        return whole, wants
    for kind in ("meta", "definition", "yesno"):
        if kind in cued:
            return kind, wants
    names = re.search("分别(?:是|叫)|叫什么|叫啥", folded) and not re.search("多少|百分|频次|频率|比例|率|多久|时限|期限", folded)
    if wants and not (wants[0] == "number" and names):
        return wants[0], wants
    if "measure" in cued and re.search("怎|咋|如何|办法|讲究|处罚|后果", folded):
        return "measure", wants
    if _LISTS.search(folded):
        return "list", wants
    return ("measure" if "measure" in cued else "other"), wants


def _whole_library_kind(folded: str, cued: Sequence[str], units: tuple[str, ...], *, asks_units: bool) -> str:
    """Kinds that are told by more than one cue: contact, count, compare, reverse, the parts of a document."""
    if _PARTS.search(folded) and re.search("哪|叫|分别", folded):
        return "list"
    if "contact" in cued and not _CALLS_WITHIN.search(folded):
        return "contact"
    if _COUNTS.search(folded) and not _HAPPENED.search(folded):
        return "count"
    if "compare" in cued:
        return "compare"
    if _MENTIONS.search(folded):
        return "mentions"
    if _MANY_LEADS.search(folded) and _ASKS_TASKS.search(folded):
        return "reverse"
    if units and re.search(LEADS, folded) and (_WHICH_OF_THEM.search(folded) or (re.search("任务|工作|事项", folded) and re.search("时限|什么时候|期限|时间", folded))):
        return "reverse"
    tasks = (_ASKS_TASKS.search(folded) or (units and _ASKS_ROLE.search(folded))) and (units or (not asks_units and _until_asked(folded)))
    return "reverse" if tasks and "definition" not in cued else ""


_HAPPENED = re.compile(r"(?:(?:办|收|收到|受理|承办|接到|接|查处|整改|完成|发生|开展|排查|新增|建成|办理|立案|处理|解决)(?:了|过)|收到|受理|承办|接到|超期)(?:的)?(?:工单|案件|事项|投诉)?(?:了)?(?:多少|几)[件条项个起]")
"""What was done so many times stands as a figure in the text; nothing is counted."""
_CALLS_WITHIN = re.compile("(?:多久|多长时间|几分钟|几个?小时|多少分钟).{0,8}(?:打|电话).{0,4}(?:电话)?(?:报|通知|告|上报)|电话.{0,2}(?:多久|多长时间|几分钟|几个?小时|多少分钟)")
_WHICH_OF_THEM = re.compile("有?哪(?:些|几)(?:件|项|条)(?:[?]|$)")
_MANY_LEADS = re.compile(rf"(?:[{CN}2-9]|多|几)(?:个|家)?(?:以上)?(?:的)?(?:部门|单位)(?:以上)?.{{0,3}}牵头|共同牵头|联合牵头")
_MENTIONS = re.compile(r"哪(?:些|几|个)?(?:份|个|篇)?(?:文件|方案|通知|文档|材料|政策|条例)(?:里|中)?(?:都|也|有)*(?:提到|提及|涉及|写到|写了|讲到|说到|包含|出现|规定了|有)")
_PARTS = re.compile(r"分(?:成|为)?了?哪?几(?:个|大)*(?:部分|阶段|章|板块|步)")


_OBJECT = re.compile(rf"(?:[{CN}\d]+(?:家|个|名|位)|第[{CN}\d]+名?|[前后倒][{CN}\d]+名?|垫底|末位)(?:的)?(?:单位|部门)?(?:都|分别)?(?:是|有|叫)(?:谁|哪)|"
    r"(?:表扬|批评|通报|点名|约谈|处分)(?:了)?(?:的)?(?:是|有)?(?:谁|哪)|(?:谁|哪(?:些|几)?(?:个|家)?(?:单位|部门)?)(?:被|受到?|挨).{0,4}(?:表扬|批评|通报|点名|约谈|处分)|"
    r"(?:培训|通知|发给|送给|罚|奖励?|检查|针对|面向|覆盖|包括)谁|(?:由|有).{0,8}组成|组成(?:单位|部门|人员)")
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
    number = _NUMBERS.search(folded)
    if number and not (times and times.start() <= number.start() < times.end()):  # 几月前 asks for no figure
        found.append((number.start(), "number"))
    return tuple(kind for _, kind in sorted(found))


_BOTH_ROLES = re.compile(rf"{WHO}.{{0,4}}(?:{LEADS}).{{0,4}}{WHO}.{{0,4}}(?:{SUPPORTS})|(?:{LEADS})(?:单位|部门)?[和与、及].{{0,2}}(?:{SUPPORTS})(?:单位|部门)")


def _lead_is_asked(folded: str) -> bool:
    """Tell 「A牵头,谁配合」 (support is asked) from 「谁牵头」."""
    return bool(re.search(rf"{WHO}.{{0,4}}{LEADS}|{LEADS}(?:单位|部门|方|的)?.{{0,3}}(?:是|有)?{WHO}|{LEADS}(?:单位|部门)(?:是|有)?[??]?$", folded)) and not re.search(
        rf"除.{{0,6}}{LEADS}", folded
    )


def _role(folded: str) -> str:
    if re.search(LEADS, folded):
        return "any" if re.search("都算|无论|不管|(?:责任|配合)单位的?都|参与", folded) else "lead"
    if re.search(SUPPORTS, folded):
        return "support"
    return "any"


def _until_asked(folded: str) -> bool:
    return bool(re.search(r"\d{4}年?|年底|月底|常态化|长期|\d{1,2}月", folded))


def _dates_asked(folded: str, kind: str):  # type: ignore[no-untyped-def]
    if kind not in ("reverse", "count"):
        return None, None
    return next(((d.since, d.until) for d in deadlines_in(folded, Span(0, len(folded))) if d.until), (None, None))


def _expected(folded: str) -> int | None:
    for match in _EXPECTED.finditer(folded):
        value = value_of(match.group(1) or match.group(2))
        if value and value > 1:
            return value
    return None


_ASKED_NOUN = re.compile(rf"(?:哪[{CN}\d]*|几)(?:个|些|类|种|项|条|大)*([㐀-鿿]{{2,3}}?)(?:[?,、]|$|是|要|有|在|分别|需|应|必须|由|的)|([㐀-鿿]{{2}})(?:都|分别)?(?:有哪些|包括哪些|是哪[几些])")


def _asked_noun(folded: str) -> str:
    """The noun after the question word: 分哪几个阶段 → 阶段."""
    match = _ASKED_NOUN.search(folded)
    return (match.group(1) or match.group(2))[-2:] if match else ""


def _measure_word(folded: str) -> str:
    counted = _MEASURE_WORD.search(folded)
    if counted and counted.group(1) not in ("元", "万元", "块"):
        return "人" if folded[counted.start(1) :].startswith("个人") else counted.group(1)
    if _MONEY.search(folded):
        return "元"
    if counted:
        return counted.group(1)
    if _SHARE.search(folded):
        return "%"
    return "米" if re.search("多[远宽深]", folded) else "久" if _DURATION.search(folded) else ""


def _resume(query: Query, history: Sequence[Turn], knowledge: Knowledge, documents: Sequence[str], *, sure: bool) -> Query:
    """Complete a follow-up from the turns before: its own words first, what is missing from the last question."""
    own = [t for t in query.terms if t.weight > 0.3]
    asked_before = fold(history[-1].question)
    shared = sum(t.text in asked_before for t in own)
    resumes = shared * 2 >= len(own) and len(query.folded) <= 14 and not query.scope.places
    if not (sure or _FOLLOWS.search(query.folded) or len(own) <= 1 or resumes):
        return query
    previous = _read(history[0].question, knowledge, documents)
    for turn in history[1:]:
        previous = _merge(_read(turn.question, knowledge, documents), previous, knowledge)
    context = fold(" ".join(turn.answer for turn in history[-2:]))
    merged = replace(_merge(query, previous, knowledge), follow_up=True, context=context)
    return _other_tasks(merged, history[-1])


_OTHER_TASKS = re.compile(rf"^(?:那么?)?(?:他们?|它们?|该(?:单位|局|部门)|这(?:个|家)?(?:单位|局|部门))(?:还|也|都|另外)*(?:{LEADS}|负责|承担|配合|参与).{{0,2}}(?:别的|其他|哪些|什么|啥)")


def _other_tasks(query: Query, turn: Turn) -> Query:
    """他们还牵头别的吗 asks for the tasks of the unit that the last answer named."""
    if not _OTHER_TASKS.search(query.folded):
        return query
    answered = fold(turn.answer)
    named = tuple(dict.fromkeys(m.value for m in units_in(answered, Span(0, len(answered)))))[:1]
    return replace(query, kind="reverse", wants=(), units=named, terms=()) if named else query


def _merge(query: Query, previous: Query, knowledge: Knowledge) -> Query:
    contrast = bool(re.search(r"呢[??]?$|^(?:换成|改成)|其他", query.folded)) and not query.wants
    scope = query.scope
    if not (scope.places or scope.documents):
        scope = replace(previous.scope, years=scope.years or previous.scope.years, unknown=scope.unknown)
        if query.scope.references or query.scope.attachment is not None:
            scope = replace(scope, references=query.scope.references, attachment=query.scope.attachment or previous.scope.attachment)
    fresh = {t.text for t in query.terms}
    fade = 0.5 if contrast and fresh else 0.8
    years = _years_meant(query, previous)
    if years:
        scope = replace(scope, years=years)
    focus = query.terms
    terms = query.terms + tuple(replace(t, weight=t.weight * fade, required=t.required and not contrast) for t in previous.terms if t.text not in fresh)
    kind, wants = (query.kind, query.wants) if query.wants or query.kind not in ("other", "yesno") else (previous.kind, previous.wants)
    return replace(
        query, focus=focus, kind=kind, wants=wants or previous.wants, scope=scope, terms=terms, topic=f"{query.topic},{previous.topic}",
        units=query.units or previous.units, measure_word=query.measure_word or (previous.measure_word if kind == previous.kind else ""),
        quoted=query.quoted or previous.quoted,
    )  # fmt: skip


def _years_meant(query: Query, previous: Query) -> tuple[int, ...]:
    """第二年 after a question about 2020 is 2021."""
    match = re.search(r"第([二三四五])年|(次年|[后下]一?年度?|再过一年)", query.folded)
    if not match or not previous.scope.years:
        return query.scope.years
    step = (value_of(match.group(1)) or 2) - 1 if match.group(1) else 1
    return (min(previous.scope.years) + step,)


__all__ = ["Knowledge", "Scope", "understand"]
