"""What a text must hold to be an answer: a question where wants a place, a question why a reason, one for a name a name.

The best sentence about a subject often says something else about it than what was asked. Each rule names, for questions of one form,
the signs of which an answer has at least one; a draft without them is refused with the reason. Typed facts (exact drafts) are held
only against the rules that say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.answering.belonging import stray
from assistant.answering.clauses import sentences
from assistant.answering.draft import Draft
from assistant.compose import acts
from assistant.lexicon.acts import ACTS, Act
from assistant.lexicon.cues import DOES, LEADS, SUPPORTS, WHY
from assistant.question.measured import states_unit
from assistant.question.query import Query
from assistant.question.terms import NEAR_WORD, Term, coverage
from corpus.dates import deadlines_in
from corpus.names import is_name
from corpus.text import fold
from corpus.types import Span
from corpus.units import units_in


@dataclass(frozen=True, slots=True)
class Guard:
    """asked: does the rule hold for this question?  held: does the draft have what is needed?  exact: facts are checked too."""

    asked: Callable[[Query], bool]
    held: Callable[[Query, Draft], bool]
    missing: str
    exact: bool = False


def missing_from(query: Query, draft: Draft) -> str:
    """Say what the question asks for and the draft does not hold, "" when it may stand."""
    return next((g.missing for g in GUARDS if (g.exact or not draft.exact) and g.asked(query) and not g.held(query, draft)), "") or stray(query, draft)


def _asks(pattern: str) -> Callable[[Query], bool]:
    compiled = re.compile(pattern)
    return lambda query: bool(compiled.search(query.folded))


def _says(pattern: str) -> Callable[[Query, Draft], bool]:
    compiled = re.compile(pattern)
    return lambda _, draft: bool(compiled.search(fold(draft.text)))


_BODY = re.compile(f"{LEADS}|{DOES}|{SUPPORTS}|部门|单位|机构|哪个(?:科|处|股|站|中心|街道|乡镇|镇|办)|哪家")
_RESPONSIBLE = re.compile("牵头|负责|主管|责任|承担|组织|制定|监督管理|处罚|责令|没收|查处|处以|核验|审核")
_BODY_DOES = re.compile("(?:主管部门|部门|单位|政府|委员会)[^,。]{0,6}(?:负责|牵头|承担|组织)")
_ROLE = re.compile("(?:施工|监理|设计|勘察|中标|承建|代建|经办|运营|供应|承包|评估|检测|审计|承办|合作)(?:单位|公司|机构|银行|企业|方)")
_POST = re.compile("组长|主任|指挥长|总指挥|召集人|秘书长|主持|记录|局长|区长|县长|市长|省长|镇长|书记|联络员|带班|值班")
_HELD_POST = re.compile("(?<!成)(?<!增)(?<!延)(?<![时部特专])长(?![期效度])|主任|书记|主席|经理|总监|秘书|巡视员|调研员|科员|办事员|董事|工程师|教授|[医教]师|代表|委员|组员|指挥|召集人|干事|会计|出纳|负责人|队员|管理员|联络员")
"""Words of posts; a name beside an office and a number tells none."""
_BY_TARIFF = re.compile("按(?:照)?(?:什么|啥|哪种|哪个)(?:样的)?(?:价|标准|收费)")
"""Asks by which tariff something is charged (执行居民价格), not how much it comes to."""
_FEE = re.compile("(?![收缴免交消经浪])[㐀-鿿]费(?!用)")


def _names_units(query: Query, draft: Draft) -> bool:
    """Does the text say who does it: an organisation, and a word of responsibility?"""
    named = units_in(draft.text, Span(0, len(draft.text))) or _BODY_DOES.search(draft.text)
    return bool(_RESPONSIBLE.search(draft.text) and named)


_PLACE = re.compile("(?<![新难好差特强弱错变同异别])在哪(?!些|个|家|几|一|部|本|次|种|类|级|年|月|天|日|方面)|哪条路|(?:什么地方|哪里)(?!出台|不|禁|可|能|允|要|需|有)|具体位置|哪个位置")


_SOMEWHERE = (
    r"位于|设在|地址|地点|(?<!各)(?<!镇)街道(?!办)|[路街巷](?:[与和、0-9东南西北]|段|口)|大道|号楼|[0-9]+(?:室|号)|会议室|中心|广场|窗口"
    r"|[东南西北]至|网站|平台|公众号|坐落|地处|境内|沿岸|一带|分布[于在]|产[自于]|源[自于]|发祥|起源|出[生身]于|生于|毕业于|就读于"
)


def _asks_place(query: Query) -> bool:
    """The seat of an office and an address are facts of their own; who may go where is no place."""
    return query.kind not in ("meta", "contact", "lead", "support") and bool(_PLACE.search(query.folded))


def _asks_role(query: Query) -> bool:
    return query.kind in ("lead", "support", "list", "other") and bool(_ROLE.search(query.folded))


_WHICH_FIRM = re.compile("(?:哪[一]?[家个]|什么|啥)[^,?]{0,6}?(?:公司|企业|机构|银行|厂家|单位)[^,?]{0,4}?(?P<act>施工|承建|设计|监理|中标|代建|运营|供货|承包|检测|审计)")
"""哪家公司施工 asks for who does a work, which the office in charge of it does not."""
_ANY_FIRM = re.compile("(?:第三方|专业|有资质的?|相关|社会|中介)(?:[评检审鉴测咨服][㐀-鿿]{1,3})?(?:公司|机构|单位|组织)|第三方")


def _names_firm(query: Query, draft: Draft) -> bool:
    asked = _WHICH_FIRM.search(query.folded)
    evidence = fold("".join(q.span.of(q.document.text) for q in draft.quotes))
    return asked is None or asked["act"] in evidence


def _holds_role(query: Query, draft: Draft) -> bool:
    role = _ROLE.search(query.folded)
    evidence = fold("".join(q.span.of(q.document.text) for q in draft.quotes))
    return bool(role) and role.group() in evidence  # type: ignore[union-attr]


def _holds_fee(asked: list[str], draft: Draft) -> bool:
    """A sentence that names another fee states that one's amount, even where the asked one stands beside it."""
    stated = _FEE.findall(fold(draft.text))
    return any(fee in (stated or fold("".join(q.span.of(q.document.text) for q in draft.quotes))) for fee in asked)


def _says_fee(query: Query, draft: Draft) -> bool:
    """Does the answer say the fee in a longer form (摊位管理费 of 摊位费)?"""
    return any(t.text.endswith("费") and Term(t.text, 1.0).cover(said_by(draft)) >= NEAR_WORD for t in query.terms)


_IN_A_LIST = re.compile("(目录|名录|名单|名册|清单)(?:(?:里面?|中|上)(?:都|一共|主要|具体|分别)?(?:有|是|含)|(?:里面?|中|上)?(?:都|一共|主要|具体|分别)?(?:包含|包括|列|列入|收录|涵盖))了?(?:哪|什么|啥|多少)")


def _asks_what_a_list_holds(query: Query) -> bool:
    return bool(_IN_A_LIST.search(query.folded))


def _is_that_list(query: Query, draft: Draft) -> bool:
    """Is what is cited that list, by its heading or its words (目录包括…)? A sentence that only names the list (属于目录的上浮20%) holds none of it."""
    named = _IN_A_LIST.search(query.folded)
    if named is None or draft.basis in ("cell", "row", "duties", "card"):
        return True
    word = named.group(1)
    above = (fold(heading).strip(" 。;:") for q in draft.quotes[:4] for heading in (*q.path, q.document.title))
    return any(re.search(f"{word}(?:[(][^()]*[)])?$", heading) for heading in above) or bool(re.search(f"{word}(?:[^,。;]{{0,12}}?(?:包括|包含|如下|为|有|:|是指)|》?[((:])|(?:列入|纳入|录入)[^,。;]{{0,12}}{word}(?!的|管理)", _sentences(draft) + fold(draft.text)))


def _post_asked(query: Query) -> re.Match[str] | None:
    """The post whose holder a question asks for, where it names no deputy; an English question has it among its terms."""
    asked = query.folded + "".join(t.text for t in query.terms if query.language == "en")
    who = f"谁|哪位|{_CALLED.pattern}" if query.language == "zh" else r"(?i)^who (?:is|are|was)\b|name of"
    return _POST.search(asked) if re.search(who, query.text) and not re.search("[副代]|deputy|vice|acting", asked) else None


def _names_that_post(query: Query, draft: Draft) -> bool:
    """A deputy (副市长) holds another post than the one asked for."""
    post = _post_asked(query)
    said = fold("".join(q.span.of(q.document.text) for q in draft.quotes[:4]) + draft.text)
    return post is None or post.group() not in said or bool(re.search(f"(?<!副){post.group()}", said))


_CALLED = re.compile("叫什么|叫啥|姓什么|姓名|名字")


def _asks_person(query: Query) -> bool:
    return query.kind == "meta" and bool(re.search(f"谁|哪位|{_CALLED.pattern}", query.folded) and _POST.search(query.folded))


def _holds_person(query: Query, draft: Draft) -> bool:
    post = _POST.search(query.folded)
    return bool(post) and post.group() in draft.text and dict(draft.features).get("own", 0.0) > 0.8  # type: ignore[union-attr]


def _holds_name(query: Query, draft: Draft) -> bool:
    """Does a name stand right behind the post (主任:林一舟) or before it (林一舟任主任)? What the holder of a post does tells no name."""
    post = _POST.search(query.folded)
    if post is None or draft.basis == "people":
        return True
    behind = re.findall(rf"{post.group()}(?:由|为|是|[:;|,、(])?([㐀-鿿]{{2,3}})", said_by(draft))
    before = re.findall(rf"(?<![㐀-鿿])([㐀-鿿]{{2,3}})(?:同志)?(?:[(:;|,、]|[㐀-鿿]{{0,6}}[任为是])[㐀-鿿]{{0,8}}{post.group()}", said_by(draft))
    return any(is_name(word) or is_name(word[:2]) for word in (*behind, *before))


def said_by(draft: Draft) -> str:
    """The answer in matching form."""
    return fold(draft.text)


def _sentences(draft: Draft) -> str:
    """The sentences that the values of an answer stand in, in matching form."""
    found: list[str] = []
    for quote in draft.quotes[:4]:
        mark = quote.highlights[0] if quote.highlights else quote.span
        found += [span.of(quote.document.text) for span in sentences(quote.document.text, quote.span) if span.overlaps(mark)]
    return fold("".join(found))


_LASTING = re.compile(
    r"[\d一二两三四五六七八九十百半几](?:余|多)?个?(?:年|季|月|周|星期|天|日|小时|分钟|秒|学期|学年|工作日|时)"
    "|每|次|随时|立即|立刻|即时|当[日天场月年]|常态|长期|永久|全天|全程|全年|定期|及时|同步|连续|实时"
)
_SHARE = re.compile(r"%|‰|百分|千分|成|倍|全部|全覆盖|全额|分之|\d:\d|半|率")
_ANY_FIGURE = r"[\d〇零一二两三四五六七八九十百千万半]|全部|全年|全额|免|[不无]限|[不未]收|每|随时|常态|长期|及时|立即"
_DAYS = r"[天日周月年]|24小时|48小时|72小时|及时|立即|随时|同步|每"


def _asks_fine(query: Query) -> bool:
    return query.kind in ("number", "measure") and query.language == "zh" and not query.follow_up and "罚" in query.folded


def _describes_case(query: Query, draft: Draft) -> bool:
    """Does the evidence have any word of the case that a penalty is asked for? What the document is about and the penalty itself are no case."""
    titles = fold("".join(q.document.title + " ".join(q.document.card.places) for q in draft.quotes[:4]))
    case = [t for t in query.terms if not _OF_PENALTY.search(t.text) and t.cover(titles) < NEAR_WORD]
    evidence = fold("".join(q.span.of(q.document.text) + " ".join(q.path) for q in draft.quotes[:4]))
    return not case or any(t.cover(evidence) > NEAR_WORD for t in case)


_OF_PENALTY = re.compile("罚|处理|处分|个人|单位|企业|公司|最高|最低|条例|办法|规定")
_FINED = re.compile("罚|处[^理置分方]|没收|赔|追缴|扣")
_PRICE = re.compile("价|费|票|租|工资|薪|补贴|补助|津贴|奖|多少钱|几块钱")
_FINE = re.compile("罚|处|违|后果|责任|赔|被抓|被查|抓到|查到")
_PERIOD = re.compile(r"20\d\d(?=年)|[一二三四1-4]季度|[上下]半年")
_CHANGE = re.compile("比|较|增|升|降|减|涨|提高|变化|幅")


def _only_compared_with(query: Query, draft: Draft) -> bool:
    """Does the sentence name the only period that is asked about just to compare with it (较2023年下降25%)?"""
    asked = set(_PERIOD.findall(query.folded))
    if len(asked) != 1 or _CHANGE.search(query.folded):
        return False
    text, period = _sentences(draft), asked.pop()
    places = [match.start() for match in re.finditer(re.escape(period), text)]
    return bool(places) and all(
        re.search("(?:比|较|与|同)[^,。;]{0,6}$", text[:at]) or re.match(f"{period}年?(?:相比|同期|基数|的?基础)", text[at:]) for at in places
    )


_YEARS_STATED = re.compile(r"(20\d\d)年?(?:[-—–~至到]{1,2}(20\d\d))?")


def _of_another_year(query: Query, draft: Draft) -> bool:
    """Does the figure stand under another year than the only one asked for (2025年…不少于40个 for 2026年)? The year of a plan's title is that of all of it."""
    if len(query.scope.years) != 1 or draft.basis not in ("value", "text") or _CHANGE.search(query.folded):
        return False
    asked = query.scope.years[0]
    if any(str(asked) in q.document.title or (q.document.card.issued is not None and q.document.card.issued.year == asked) for q in draft.quotes):
        return False
    stated = [(int(a), int(b or a)) for a, b in _YEARS_STATED.findall(fold(draft.text))]
    return bool(stated) and not any(first <= asked <= last for first, last in stated)


_LEFT_OPEN = re.compile("(?:目录|名单|名录|清单|品种|范围|标准|办法|细则|条件|程序|流程|比例|金额|数额|价格)(?:及[^,。]{1,8})?,?由[^。;,]{2,40}(?:确定|规定|制定|公布|划定|发布|另行)")


def _answered_later(query: Query, draft: Draft) -> bool:
    """Is all that the text says who will say it (具体品种由…确定并公布)? Who does is then the answer to no other question."""
    return bool(_LEFT_OPEN.search(said_by(draft))) and "\n" not in draft.text


def _says_amount(query: Query, draft: Draft) -> bool:
    """A rent or a fee (租金标准) may be set as a share of another, unless it is asked for in money; by which tariff it is charged needs no amount."""
    said = fold(draft.text)
    if _BY_TARIFF.search(query.folded) and re.search("价|标准|免", said):
        return True
    return "元" in said or (bool(_SHARE.search(said)) and not re.search("[元钱块]", query.folded))


def _names_street(query: Query, draft: Draft) -> bool:
    """A word of the question itself (文化中心) names no place."""
    text = said_by(draft)
    for term in query.terms:
        text = text.replace(term.text, "")
    return bool(re.search(_SOMEWHERE, text))


def _spells_out(query: Query, draft: Draft) -> bool:
    """Of forty things asked for by name a sentence that only counts them lists none; three names are three."""
    named = len(re.findall("[、,;；\n]|和|及", draft.text)) + 1
    if query.count is not None and _CALLED.search(query.folded) and re.search("[各都]叫|叫啥名|名字|名称", query.folded):
        return named >= query.count
    return query.count is None or query.count < 4 or len(re.findall("[、;；\n]|和|及", draft.text)) + 1 >= query.count / 2


def _own_words(query: Query) -> tuple[Term, ...]:
    return tuple(t for t in query.focus if t.required and t.known and t.weight > 0.3)


def _loose_words(query: Query) -> str:
    """The words of a yes-or-no follow-up that has none the text must have (可以延期吗)."""
    return "" if query.kind != "yesno" or _own_words(query) else "".join(t.text for t in query.focus)


def _has_words_of_its_own(query: Query) -> bool:
    return (query.follow_up or bool(query.meant)) and bool(_own_words(query) or _loose_words(query))


def _holds_own_words(query: Query, draft: Draft) -> bool:
    """A follow-up asks for what is new in it; a sentence that only says again what was spoken of is no answer."""
    cited = fold("".join(q.span.of(q.document.text) + " ".join(q.path) + q.document.title for q in draft.quotes[:8]))
    if loose := _loose_words(query):
        return any(sign in cited for sign in loose)
    return coverage(_own_words(query), ((cited, 1.0),)) > _SOME


_SOME = 0.2


_LABEL = re.compile(r"(?m)^[\s*#]*(?:\d+(?:\.\d+)*[.、)](?!\d)|[(][一二三四五六七八九十\d]+[)]|[一二三四五六七八九十]+、)|第[〇零一二三四五六七八九十百\d]+[条章节款项]|[((][一二三四五六七八九十\d]+[))]项?|《[^》]*》|〔\d+〕\d+号")
"""Figures that number a place of the text or name another one."""
_COUNTED = re.compile(r"\d|[〇零一二两三四五六七八九十百千万半]+(?:余|多)?(?:分之|成|[个家人名位次项条件处座所户台辆套岁年月天日周时分秒元角米里克吨亩层张份块只头株倍级届轮期批张折倍])|减半|全部|全年|全额|免|[不无]限|[不未]收|每|随时|常态|长期|及时|立即|若干|所有")


def _counts(query: Query, draft: Draft) -> bool:
    """Does the text hold a figure of its own? The number of an item or an article counts nothing."""
    return bool(_COUNTED.search(_LABEL.sub("", said_by(draft))))


_CLASSES: tuple[frozenset[str], ...] = tuple(
    frozenset(units.split())
    for units in ("家 个 户 处 座 所 间 套 台 辆 艘 条 项 件 宗 起 张 份 株 棵 只 头 栋 幢 口 支 部 册 本 块 把 顶 道 门 种 类", "人 名 位", "年 个月 月 天 日 周 小时 个小时 时 分钟 工作日 个工作日 岁", "元", "米 公里 千米 里", "吨 公斤 千克 斤 克", "%", "次 场 回 期 轮", "度 摄氏度 ℃ °c")
)
"""Units of the same nature: a number of people is never asked for by the unit of things, nor a span of time by that of money."""
_WITH_UNIT = re.compile(rf"[\d〇零一二两三四五六七八九十百千万亿]+(?:余|多)?(?:万|亿)?({'|'.join(sorted((re.escape(u) for c in _CLASSES for u in c), key=len, reverse=True))})")


def _of_another_nature(query: Query, draft: Draft) -> bool:
    """Do all figures of the text count something of another nature than what is asked for?"""
    asked = None if query.measure_word == "个" else next((c for c in _CLASSES if query.measure_word in c), None)
    stated = set(_WITH_UNIT.findall(_LABEL.sub("", said_by(draft))))
    # A share is stated by any unit (每100人配1人) or as a ratio (1:15).
    ratio = query.measure_word == "%" and re.search(r"\d[:：]\d|分之|每", said_by(draft))
    return bool(asked and stated) and not ratio and not any(unit in asked for unit in stated)  # type: ignore[operator]


def _only_asks(query: Query, draft: Draft) -> bool:
    """Is the text itself a question, the heading of an answer that is not there?"""
    return bool(re.fullmatch(r"[^。!?;]*\?[*\s]*", said_by(draft))) and draft.basis == "text"


_EXPLAINS = re.compile("凡|既|指(?!导|出|挥|定|数|标|派|示|引)|包括|包含|即|是(?!否)|称|简称|定义|含义|也就是|分为|由[^,。]{2,30}(?:组成|构成)|主要有|、|:")


def _explains(query: Query, draft: Draft) -> bool:
    """Has the sentence any of the words that explain a term? One that only uses it does not say what it is."""
    return draft.basis != "text" or bool(_EXPLAINS.search(_LABEL.sub("", said_by(draft))))


def _act_guard(act: Act) -> Guard:
    said = f"文件没有写明向谁{act.name}" if act.receives else f"文件没有写明由谁{act.name}"
    return Guard(lambda q: acts.act_asked(q) is act, acts.states_act, said, exact=True)


GUARDS: tuple[Guard, ...] = (
    *map(_act_guard, ACTS),
    Guard(_has_words_of_its_own, _holds_own_words, "文件中没有找到这一点"),
    Guard(_asks_role, _holds_role, "文件没有写明是哪家", exact=True),
    Guard(lambda q: bool(_WHICH_FIRM.search(q.folded)), _names_firm, "文件没有写明是哪家", exact=True),
    Guard(_asks("哪[一]?[家个][^,?]{0,6}第三方|第三方[^,?]{0,8}是?哪[一]?[家个]"), lambda _, d: not _ANY_FIRM.search(said_by(d)), "文件没有写明是哪家", exact=True),
    Guard(lambda q: q.kind == "lead" and bool(_BODY.search(q.folded)), _names_units, "文件没有写明牵头单位"),
    Guard(lambda q: q.kind == "support" and bool(_BODY.search(q.folded)), _names_units, "文件没有写明责任或配合单位"),
    Guard(
        _asks("(?:谁|哪个?(?:部门|单位|局|家)).{0,3}(?:出钱|掏钱|出资|拨款|买单|付钱|承担费用)"),
        lambda _, d: bool(re.search("资金|经费|财政|投资|出资|费用", "".join(q.span.of(q.document.text) for q in d.quotes))),
        "文件没有写明由谁出资",
        exact=True,
    ),
    Guard(_asks_place, _says(_SOMEWHERE), "文件没有写明地点"),
    Guard(_asks("哪条[路街]|具体(?:位置|地点|建在)"), lambda q, d: d.basis == "cell" or _names_street(q, d), "文件没有写明地点", exact=True),
    Guard(_asks("叫什么名字|姓什么|姓名|名字是"), lambda _, d: not re.search(r"[:：][^,;、\n]{0,16}(?:局长|主任|县长|市长|区长|镇长|书记|处长|科长)$", d.text), "文件只写明职务,没有写姓名", exact=True),
    Guard(_asks_person, _holds_person, "文件没有写明这个人"),
    Guard(lambda q: q.kind in ("lead", "support", "meta", "other") and _post_asked(q) is not None, _names_that_post, "文件只写了副职,没有写明正职", exact=True),
    Guard(_asks(r"(?:收费|要(?:交|花|付)?钱|收钱|要(?:交|付)?费)(?:吗|么|不|没)|收不收[费钱]|要不要(?:交|花|付)?[钱费]"), _says("费|钱|元|免|收取|缴|无偿|有偿|自理|财政|承担|价"), "文件没有写明是否收费", exact=True),
    Guard(_asks("有没有(?:奖[金励]?|补[贴助]|钱拿)|有(?:奖金|奖励|补贴|补助)(?:吗|么|没)"), _says("奖|补|资助|给予|发放|扶持|优惠|元"), "文件没有写明有没有奖励或补贴", exact=True),
    Guard(_asks("(?:什么|啥|何种|哪种)学历|学历(?:要求|有要求|是什么)"), _says("学历|学位|本科|专科|大专|高中|中专|中职|硕士|博士|研究生|文化程度|毕业"), "文件没有写明学历", exact=True),
    Guard(_asks_what_a_list_holds, _is_that_list, "文件只提到这份目录或名单,没有列出它的内容", exact=True),
    Guard(_asks("(?:什么|啥|何)(?:职务|职位)"), lambda _, d: bool(_HELD_POST.search(said_by(d))), "文件没有写明职务", exact=True),
    Guard(lambda q: _asks_person(q) and bool(_CALLED.search(q.folded)), _holds_name, "文件提到这个职务,但没有写姓名"),
    Guard(lambda q: q.kind == "contact" and "手机" in q.folded, _says(r"(?<!\d)1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"), "文件没有写手机号码", exact=True),
    Guard(lambda q: q.kind == "deadline", lambda _, d: bool(deadlines_in(d.text, Span(0, len(d.text)))), "文件没有写明时间"),
    Guard(lambda q: q.measure_word == "元", _says_amount, "文件没有写明金额"),
    Guard(
        lambda q: (q.measure_word == "元" or (q.kind == "number" and not q.measure_word)) and bool(_FEE.search(q.folded)),
        lambda q, d: d.basis == "cell" or _holds_fee(_FEE.findall(q.folded), d) or _says_fee(q, d),
        "文件没有写明这项费用",
        exact=True,
    ),
    Guard(lambda q: q.kind == "number", _says(_ANY_FIGURE), "文件没有写明数量", exact=True),
    Guard(lambda q: q.kind == "number" and q.measure_word in ("天", "日"), _says(_DAYS), "文件没有写明天数", exact=True),
    Guard(lambda q: _asks_fine(q) and q.measure_word == "元", lambda _, d: d.basis == "cell" or bool(_FINED.search(_sentences(d) + said_by(d))), "文件没有写明这种情形怎么处罚", exact=True),
    Guard(_asks_fine, _describes_case, "文件没有写明这种情形怎么处罚", exact=True),
    Guard(lambda q: q.kind == "number" and q.measure_word == "久", _says(_LASTING.pattern), "文件没有写明多长时间", exact=True),
    Guard(_asks("多久.{0,6}一?次"), _says(r"次|每隔|每[年季月周日天半旬](?![^,。;]{0,4}[\d.]+万?元)|随时|定期|及时|间隔|\d个?[年月天日周]"), "文件没有写明多久一次", exact=True),
    Guard(_asks("率.{0,6}(?:多少|几)|百分之?几|百分比|几成|(?:比例|占比|比重).{0,4}(?:多少|几|多大)"), lambda q, d: q.kind != "number" or bool(_SHARE.search(fold(d.text))), "文件没有写明比例", exact=True),
    Guard(
        lambda q: q.measure_word == "元" and q.language == "zh" and not q.follow_up and bool(_PRICE.search(q.folded)) and not _FINE.search(q.folded),
        lambda q, d: q.kind != "number" or "罚款" not in _sentences(d),
        "文件只写了罚款,没有写明这项金额",
        exact=True,
    ),
    Guard(lambda q: q.kind == "number", lambda q, d: not _only_compared_with(q, d), "文件只写了与这一时期相比的变化,没有写明当期的数字", exact=True),
    Guard(lambda q: q.kind == "number", lambda q, d: not _of_another_year(q, d), "文件没有写明这一年的数字", exact=True),
    Guard(lambda q: q.kind in ("list", "number", "measure", "other"), lambda q, d: not _answered_later(q, d), "文件只写明由谁确定,没有写明具体内容"),
    Guard(lambda q: q.kind == "definition", lambda q, d: said_by(d).strip("。:.") not in q.folded, "文件提到这个词,但没有解释它的含义", exact=True),
    Guard(lambda q: q.kind == "number", lambda q, d: states_unit(fold(d.text), q.measure_word), "文件没有写明数量"),
    Guard(_asks(rf"{WHY}|(?:是什么|什么|啥)原因|原因(?:是|有)"), _says("因|由于|原因|为了|旨在|目的|鉴于|针对|为(?:进一步|深入|全面|切实|规范|加强|解决|破解|适应|保障|促进|推动|防治|维护|提高|提升|改善|优化|加快|完善|恢复|方便)"), "文件没有写明原因"),
    Guard(lambda q: q.kind == "list", _spells_out, "文件没有逐项列出"),
    Guard(lambda q: q.kind == "number", _counts, "文件没有写明数量"),
    Guard(lambda q: q.kind == "number" and not q.follow_up, lambda q, d: d.basis not in ("text", "value") or not _of_another_nature(q, d), "文件没有写明这个数量", exact=True),
    Guard(lambda q: q.kind not in ("mentions", "list"), lambda q, d: not _only_asks(q, d), "文件只有这个问题,没有找到它的回答"),
    Guard(lambda q: q.kind == "definition", _explains, "文件提到这个词,但没有解释它的含义"),
)
