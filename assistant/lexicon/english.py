"""English for a Chinese policy library, as data: the glossary, words without content, and how questions are framed.

The glossary itself is the text file `english.txt` beside this module, so that an office can extend it without programming.
`FRAMES` turn the way an English question asks into the Chinese wording that asks the same; the rules of
`assistant.question.understand` then read both languages. All tables hold words of the genre only.
"""

from __future__ import annotations

import re
from importlib.resources import files

LEAD, SUPPORT, DEADLINE = "由谁牵头", "配合单位有哪些", "完成时限是什么时候"
LEADS_WHAT, SUPPORTS_WHAT, DOES_WHAT = "牵头哪些任务", "配合哪些任务", "负责哪些任务"


def _read() -> tuple[dict[str, tuple[str, ...]], frozenset[str], frozenset[str], dict[str, str]]:
    """Read `english.txt`: wording -> renderings, which wordings name bodies, words without content, irregular forms."""
    found: dict[str, tuple[str, ...]] = {}
    bodies: set[str] = set()
    stop: set[str] = set()
    irregular: dict[str, str] = {}
    heading = ""
    for line in files("assistant.lexicon").joinpath("english.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line
        elif "=" in line:
            english, _, chinese = line.partition("=")
            wordings = [wording.strip() for wording in english.split("|")]
            found.update(dict.fromkeys(wordings, tuple(chinese.split())))
            if heading.startswith("# bodies"):
                bodies.update(wordings)
        elif ">" in line:
            irregular[line.partition(">")[0].strip()] = line.partition(">")[2].strip()
        else:
            stop.update(line.split())
    return found, frozenset(bodies), frozenset(stop), irregular


GLOSSARY, BODIES, _STOP, IRREGULAR = _read()
"""English wording (lower case, singular) -> Chinese renderings, best first; the wordings that name bodies; words without content;
irregular forms (held -> hold)."""

LEVELS: dict[str, str] = {
    "district": "区", "city": "市", "municipal": "市", "municipality": "市", "county": "县", "provincial": "省", "province": "省",
    "town": "镇", "township": "镇", "village": "村", "prefecture": "州", "subdistrict": "街道", "banner": "旗",
}  # fmt: skip
"""Level words before or after a name, and the Chinese prefix of that level's bodies (区应急管理局)."""

MONTHS: dict[str, int] = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6,
    "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip

STOP: frozenset[str] = _STOP | frozenset(MONTHS)
"""Words that carry no topic of their own: function and question words, and what the frames and the scope already say."""

_UNIT = r"(?:(?:competent|government|lead|main|responsible|supporting|other|district|city|county|municipal) )?(?:units?|departments?|bod(?:y|ies)|agenc(?:y|ies)|bureaus?|offices?|organi[sz]ations?|authorit(?:y|ies)|part(?:y|ies)|institutions?|brigades?|ministry|ministries|committees?)"
_DO = r"(?:does|do|did|is|are|was|were|has|have|must|should|shall|will|can|may)"
# Not the relative one: those who refuse, enterprises who delay.
_WHO = rf"(?:(?<!s )(?<!those )(?<!people )(?<!person )(?<!anyone )(?<!children )(?<!staff )\bwho(?:'s)?\b|\bwhom\b|\b(?:which|what) (?!{_DO}\b)(?:\w+ ){{0,2}}?{_UNIT}\b)"
_LEADS = r"(?:leads?|leading(?! group| small group)|led|heads?|headed|heading|chairs?|spearheads?|take (?:the )?lead|takes the lead|in charge|(?<!also )responsible(?! units?\b| departments?\b)|runs?|oversees?|coordinates?|accountable)"
_SUPPORTS = r"(?:supports?|supporting|cooperates?|co operates?|cooperating|co operating|assists?|assisting|helps?|participates?|takes? part|involved|also responsible|besides|apart from|in addition|contributes?|works? with)"
_TASKS = r"(?:tasks?|work items?|items?|work(?! safety)|jobs?|duties|assignments?|things|measures?|actions?|projects?|responsibilities)"
_LEAD_AT_END = r"(?:lead|leads|leading|led|head|chair|in charge of|take the lead (?:on|in|for)|responsible for|accountable for|oversee)"
_BODY_IN_TEXT = r"(?:bureau|office|committee|commission|brigade|department|government|company|police|station|court|union|federation|league|administration|headquarters|subdistrict|it|they)"


def _frame(pattern: str, wording: str) -> tuple[re.Pattern[str], str]:
    return re.compile(pattern), wording


_CONTACTS = (
    _frame(r"\b(?:phone|telephone|call)\b.*\be ?mail\b|\be ?mail\b.*\b(?:phone|telephone)\b", "联系电话和邮箱是多少"),
    _frame(r"\be ?mail(?: address(?:es)?)?\b(?! service)|\bmailbox\b", "邮箱是多少"),
    _frame(r"\bfax\b", "传真是多少"),
    _frame(r"\b(?:tele)?phone (?:number|line)?|\bhotline\b|\b(?:number|line|extension) (?:to|should|can|could|do|does|must|shall|would|will|may)\b.*\b(?:call|dial|ring|phone|reach|use)\b|\b(?:who|whom|what|which number) (?:to|should|can|could|do|must|shall|would|may)\b.{0,12}\b(?:dial|ring)\b|\bcontact number|\bnumber .{0,20}\bdial\b", "联系电话是多少"),
    _frame(r"\bcontact (?:persons?|people)\b|\bcontacts for\b|\bwho are the contacts\b|\bwho(?:m)? (?:can|should|do|must|to) .{0,12}contact\b|\bperson to contact\b|\bwho is the contact\b", "联系人是谁"),
    _frame(r"\bcontact (?:details?|information)\b|\bhow (?:can|do|to|should) .{0,12}(?:contact|reach|get in touch)\b", "联系方式是什么"),
)
_COUNTS = (
    _frame(rf"\bhow many (?:\w+ ){{0,2}}{_TASKS}\b.*\b{_LEAD_AT_END}\b", "牵头几项任务"),
    _frame(rf"\bhow many (?:\w+ ){{0,2}}{_TASKS}\b.*\b{_SUPPORTS}\b", "配合几项任务"),
    _frame(r"\bhow many (?:\w+ ){0,2}(?:tasks|work items|items|duties|assignments|jobs)\b|\bnumber of (?:tasks|items)\b", "共有几项任务"),
    _frame(r"\bhow many (?:\w+ ){0,2}(?:attachments|annex(?:es)?|appendi(?:ces|xes))\b", "共有几个附件"),
    _frame(r"\bhow many chapters\b", "共有几章"),
    _frame(r"\bhow many (?:articles|clauses|provisions|rules)\b", "共有几条"),
    _frame(r"\bhow many (?:\w+ ){0,2}measures\b", "共有几条措施"),
    _frame(r"\bhow many (?:parts|sections)\b", "共有几个部分"),
)
_COMPARISONS = (
    _frame(r"\bdifferences?\b|\bdiffers?\b|\bdifferent from\b|\bcompare[ds]?\b|\bcomparison\b|\bcontrast\b", "有什么不同"),
    _frame(r"\b(?:the )?same (?:as|in|for|deadline|target|time|date|unit|figure|rate|number|for both)\b|\bthe same\b|\bidentical\b|\bconsistent\b", "是否一样"),
    _frame(r"^(?:which|who|what|where|is|are|does|do|has|in which)\b.*\b(?:earlier|sooner)\b", "哪个更早"),
    _frame(r"^(?:which|who|what|where|is|are|does|do|has)\b.*\blater\b(?! than)", "哪个更晚"),
    _frame(r"^(?:which|who|what|where|is|are|does|do|has)\b.*\b(?:higher|bigger|larger|greater|stricter|tougher)\b", "哪个更高"),
    _frame(r"^(?:which|who|what|where|is|are|does|do|has)\b.*\b(?:lower|smaller|shorter)\b", "哪个更低"),
)
_REVERSE = (
    _frame(rf"\b(?:which|what|list|all|show|name|give)\b (?:\w+ ){{0,3}}?{_TASKS}\b.*\b(?:{_DO}|that|which)\b.*\b{_LEAD_AT_END}\b", LEADS_WHAT),
    _frame(rf"\b(?:which|what|list|all|show|name|give)\b (?:\w+ ){{0,3}}?{_TASKS}\b.*\bled by\b(?! (?:who|which|what))|\b{_TASKS} led by\b", LEADS_WHAT),
    _frame(rf"\b(?:which|what|list|all|show|name|give)\b (?:\w+ ){{0,3}}?{_TASKS}\b.*\b{_DO}\b.*\b(?:{_BODY_IN_TEXT})\b.*\b{_SUPPORTS}\b", SUPPORTS_WHAT),
    _frame(rf"\b{_TASKS} (?:that |which )?(?:the )?(?:\w+ ){{0,8}}?{_BODY_IN_TEXT} (?:leads|lead|is leading|is in charge of|heads)\b", LEADS_WHAT),
    _frame(rf"\b{_TASKS} (?:that |which )?(?:the )?(?:\w+ ){{0,8}}?{_BODY_IN_TEXT} (?:supports?|assists?|cooperates? (?:on|in))\b", SUPPORTS_WHAT),
    _frame(rf"^(?:and |so )?what (?:else )?{_DO} .*\b(?:lead|leading|in charge of|take the lead (?:on|in|for))\b(?: (?:in|for|within|under|of) [\w ]+)? ?\??$", LEADS_WHAT),
    _frame(rf"^(?:and |so )?what (?:else )?{_DO} .*\b{_BODY_IN_TEXT}\b.*\b(?:support|assist|cooperate (?:on|in|with)|help with)\b ?\??$", SUPPORTS_WHAT),
    _frame(rf"^(?:and |so )?what (?:else )?{_DO} .*\bresponsible for ?\??$|\b(?:responsibilities|duties|tasks|jobs) (?:of|for|assigned to) (?:the )?(?:\w+ ){{0,6}}{_BODY_IN_TEXT}\b", DOES_WHAT),
    _frame(rf"^(?:and |so )?what {_DO} (?:the )?(?:\w+ ){{0,7}}{_BODY_IN_TEXT} (?:have to |need to )?do ?\??$", DOES_WHAT),
    _frame(rf"\b(?:which|what|list|all|show|name)\b (?:\w+ ){{0,3}}?{_TASKS}\b.*\b(?:due|completed?|finish(?:ed)?|done|deadlines?|ends?|expires?|by|before|ongoing)\b.*\b(?:(?:19|20)\d\d|{'|'.join(MONTHS)})\b", "要完成哪些任务"),
    _frame(rf"\b(?:which|what) (?:\w+ ){{0,3}}?{_TASKS}\b.*\b(?:due|ongoing|long term)\b", "要完成哪些任务"),
    _frame(r"\bwhat (?:is|must be|has to be|should be|needs to be) (?:due|completed?|finished|done)\b.*\b(?:by|before|in)\b.*\b(?:19|20)\d\d\b", "要完成哪些任务"),
)
_ROLES: tuple[tuple[str, str], ...] = (
    (r"deputy (?:group |team )?(?:leader|head)s?|vice (?:group )?leaders?", "副组长"),
    (r"deputy (?:commander|chief commander)s?", "副总指挥"),
    (r"deputy (?:office )?directors?", "副主任"),
    (r"(?:group|team|task force) (?:leader|head)|(?:head|leader) of the (?:leading |working )?(?:group|team|task force)|heads? the (?:leading |working )?(?:group|team)", "组长"),
    (r"(?:chief )?commander(?: in chief)?", "总指挥"),
    (r"(?:office )?director of the (?:\w+ )*office|office director|head of the (?:\w+ )*office", "办公室主任"),
    (r"host(?:ed)?|chaired|moderat\w+|presided|chairs? the meeting", "主持人"),
    (r"on leadership duty|duty leader|leader on duty|on duty leader|leads? the duty", "值班领导"),
    (r"on duty", "值班人员"),
    (r"note taker|minute taker|took (?:the )?(?:notes|minutes)|record(?:ed|er)|kept the minutes", "记录人"),
    (r"convenor|convener", "召集人"),
    (r"director(?: general)?|(?:runs|heads?|leads?|is (?:the )?(?:head|chief|boss) of|is in charge of) (?:the )?(?:xplace )?(?:\w+ ){1,6}?(?:bureau|office|department)(?: (?:of|in) (?:the )?xplace(?: \w+)?)?(?= ?[?.]?$)", "主任"),
    (r"(?:responsible )?(?:officer|official|person)s?(?: in charge| responsible)", "责任人"),
)
_META = (
    _frame(r"\bwho (?:issued|published|released|wrote)\b.*\b(?:to whom|addressed|recipients?)\b", "谁印发,发给谁"),
    _frame(r"\b(?:when (?:was|were)\b.*\b(?:issued|published|released)\b.*\b(?:by whom|who|by which)|who (?:issued|published|released)\b.*\bwhen)\b", "什么时候印发,谁印发"),
    _frame(r"\b(?:document|reference) number and (?:\w+ )?date\b", "发文字号和印发日期是什么"),
    _frame(rf"{_WHO} (?:has |have )?signed\b", "落款单位是谁"),
    *(_frame(rf"\bwho\b.{{0,25}}\b(?:{role})\b|\bname of the (?:{role})\b", f"{name}是谁") for role, name in _ROLES),
    _frame(r"\bwho (?:attended|was present|took part|participated)\b", "出席的有谁"),
    _frame(rf"(?:{_WHO}) (?:has |have |had )?(?:jointly )?(?:issued?|publish(?:ed|es)?|released?|promulgated|adopted|approved|drafted|wrote|formulated|enacted) (?:the |this |that |these )?(?:\w+ ){{0,6}}?(?:document|notice|plan|regulations?|measures|scheme|circular|guidelines?|opinions?|minutes|programme|program|rules|it)\b|\b(?:issuer|issuing (?:body|authority|agency|unit)|issued by (?:whom|who|which))\b", "谁印发"),
    _frame(r"\bwhen (?:was|were|is|did)\b.*\b(?:issued?|publish(?:ed)?|released?|promulgated|adopted|passed|announced|dated)\b|\b(?:issue|publication|release|adoption) date\b|\bdate (?:of issue|of publication|was .* issued)\b|\bon (?:which|what) (?:date|day) (?:was|were)\b.*\b(?:issued|published|released|adopted)\b", "什么时候印发"),
    _frame(r"\bwhen\b.*\b(?:take effect|takes effect|effective|come into force|comes into force|enter into force|enters into force|in force|came into force|took effect)\b|\beffective date\b", "什么时候施行"),
    _frame(r"\bindex number\b", "索引号是什么"),
    _frame(r"\b(?:document|reference|issue|file|dispatch|circular) (?:number|no\b)|\bnumber of the (?:document|notice|circular|plan)\b", "发文字号是什么"),
    _frame(r"\b(?:full |official |exact )?title of (?:the|this)\b|\b(?:full|official) (?:title|name)\b", "文件的标题是什么"),
    _frame(r"\b(?:addressed to|addressees?|recipients?|sent to whom|to whom is)\b", "主送单位是谁"),
    _frame(r"\bvalid(?:ity)?\b.*\b(?:until|period|long|when|expire)|\bperiod of validity\b|\bwhen does (?:the|this) \w+ expire\b|\buntil when is\b.*\bvalid\b", "有效期到什么时候"),
    _frame(r"\b(?:superior|higher level|parent) documents?\b|\bon what basis\b|\bbased on (?:which|what)\b|\bwhich (?:documents?|laws?) (?:is|are|was) .*\bbas(?:ed|is)\b", "依据的上级文件是什么"),
    _frame(r"\b(?:where|in which (?:bureau|body|unit|department))\b.*\boffice\b.*\b(?:located|set up|established|based|housed)\b|\bwhere is the (?:\w+ ){0,6}office\b", "办公室设在哪里"),
    _frame(r"\bdisclosure\b.*\bscope\b|\bscope\b.*\bdisclosure\b", "公开方式和公开范围是什么"),
    _frame(r"\bscope of disclosure\b|\bdisclosure scope\b", "公开范围是什么"),
    _frame(r"\bhow (?:is|was) .{0,30}\bdisclosed\b|\bdisclosure (?:method|mode|type)\b", "公开方式是什么"),
)
_DEFINITIONS = (
    _frame(r"^(?:and |so )?(?:which|what) (?:\w+ ){1,2}?(?:are|is|do|does|belongs? to|counts? as)\b(?: the)? [\"'][^\"]+[\"'](?: \w+){0,2} ?\??$|\bwhat (?:counts|qualifies) as\b", "是指什么"),
    _frame(r"\bwhat (?:exactly )?(?:does|do|did|is|are)\b.*\b(?:mean|means|meant|stand for|stands for|refer to|signify|consist of|denote)\b(?! by)|\b(?:definition|meaning) of\b|\bmeant by\b|\bdefine[ds]?\b|\bwhat is the meaning\b|\bexplain the term\b", "是什么意思"),
    _frame(r"^(?:and |so )?what(?:'s| is| are) (?:an? |the )?[\"“'‘《][^\"”]+[\"”'’》](?: \w+){0,3} ?\??$|^what(?:'s| is) an? [\w ]{3,40}\??$", "是什么意思"),
)
_ATTRIBUTE_NOUN = r"\b(?:deadline|time limit|lead (?:unit|department)|support\w* (?:unit|department)s?|target|budget|phone|e ?mail|number)\b"
_FOLLOW_UPS = (
    _frame(
        rf"^(?:and |so |ok |then )*(?:what|how) about\b(?!.*{_ATTRIBUTE_NOUN})|^and (?:for|in|at) [\w' ]+\??$"
        rf"|^and (?:the )?(?!.*(?:{_ATTRIBUTE_NOUN}|\b(?:who|whom|what|when|which|how|where|why|{_DO})\b))[\w' ]{{2,30}}\??$", "那呢"
    ),
)
_OPENING = r"^(?:and |but |so |then )*"
_AUXILIARY = rf"{_OPENING}(?:is|are|was|were|does|do|did|must|can|could|may|might|should|shall|will|would|has|have|had|need|needs|isn't|aren't|doesn't|don't|can't|mustn't)\b"
_YES_NO = (
    _frame(r"(?:, ?(?:right|correct|true|yes|is it|isn't it|doesn't it|aren't they|don't they|is that (?:right|correct|true)))\s*\??$|^is it (?:true|correct|right)\b", "对吗"),
    _frame(rf"{_AUXILIARY}.*\b(?:led by|lead|leads|leading|in charge|responsible for)\b", "牵头吗"),
    _frame(rf"{_OPENING}(?:can|could|may|might|can't)\b|{_AUXILIARY}.*\b(?:allowed|permitted|free to|able to|possible)\b", "可以吗"),
    _frame(rf"{_OPENING}(?:must|need|needs|mustn't|should|shall)\b|{_AUXILIARY}.*\b(?:need|needed|have to|has to|mandatory|required|compulsory|obliged|obligatory|necessary)\b", "必须吗"),
    _frame(rf"{_OPENING}(?:is|are|was|were) there\b", "有吗"),
    _frame(_AUXILIARY, "是吗"),
    _frame(r"\bwhether\b", "是否"),
)
_SUPPORT = (
    _frame(r"\b(?:who|which|what) (?:are|is) (?:the )?responsible (?:units?|departments?)\b|\bresponsible (?:units?|departments?) (?:for|of)\b", "责任单位有哪些"),
    _frame(rf"^(?:besides|apart from|in addition to|other than|except(?: for)?)\b.*{_WHO}", SUPPORT),
    _frame(rf"{_WHO}.{{0,80}}?\b{_SUPPORTS}\b|\b(?:support|supporting|cooperating|co operating|cooperation|assisting|participating) {_UNIT}\b|\b{_SUPPORTS}\b by (?:whom|which)\b|\bwho else\b|\b(?:which|what) other {_UNIT}", SUPPORT),
)
_LEAD = (
    _frame(rf"{_WHO}(?:(?!\b(?:support|assist|cooperat)\w*).){{0,60}}?\b{_LEADS}\b|\blead(?:ing)? {_UNIT}\b|\bled by (?:whom|who|which|what)\b|\bwho(?:se| is the) lead\b", LEAD),
    _frame(rf"\bunder whose\b|\bwhose (?:job|responsibility|task|duty)\b|\b(?:by|to) whom\b|\b(?:by|to|at|with) (?:which|what) (?:\w+ ){{0,2}}?{_UNIT}\b|{_WHO} (?!must|should|shall|can|may|needs?|has to|have to|are|is|to|do|does|did|will|were|was)(?:\w+ly )?\w+(?:s|es)?\b", "由谁负责"),
    _frame(rf"\b(?:which|what) (?:\w+ ){{0,2}}?{_UNIT}\b", "由哪个部门负责"),
)
_DEADLINE = (
    _frame(r"\b(?:which|what) (?:day|date) of (?:each|every|the) month\b", "每月几号前"),
    _frame(r"\bfrom when (?:to|till|until) when\b|\b(?:which|what) (?:period|dates?|months)\b.*\b(?:run|last|cover|take place)\b|\bstart and end\b|\bbegin and end\b", "起止时间是什么时候"),
    _frame(r"\b(?:which|what) month\b", "几月"),
    _frame(r"\b(?:which|what) year\b", "哪年"),
    _frame(r"\b(?:which|what) (?:day|date)\b", "哪天"),
    _frame(r"\b(?:by|until|till|before|since|from) when\b|\bdeadlines?\b|\bcut ?off(?: date| point)?\b|\b(?:closing|final|target|completion|end) date\b|\blatest (?:date|time|day)\b|\bhow long .{0,20}\bhave (?:to|left)\b|\bdue date\b|\btime ?limits?\b|\btime ?(?:frame|line)\b|\b(?:by|before|in|on|at) (?:which|what) (?:date|time|year|month|day|quarter)\b|\b(?:which|what) (?:year|month|date|day|quarter)\b|\bhow soon\b|\bat the latest\b|\bwhen (?:is|are) .* due\b", DEADLINE),
    _frame(r"(?:^|[,;?.] |\band |\bbut |\bso |\bknow |\bme )when\b", DEADLINE),
)
_NUMBER = (
    _frame(r"\bhow much (?:money|funding|budget)\b", "多少钱"),
    _frame(r"\bhow much (?:money|funding|does|do|is the (?:fine|fee|reward|subsidy|price|cost)|will|would|must|can)\b.*\b(?:cost|pay|paid|fine|fee|reward|subsid\w+|receive|get|price|charge|worth|budget|invest\w*|money|funding|yuan|grant)\b|\b(?:what|how (?:high|large|big|much)) (?:is|are|was|will be)? ?(?:the )?(?:\w+ ){0,4}(?:fines?|rewards?|subsid(?:y|ies)|bonus|fees?|prices?|costs?|budget|funding|allowances?|grants?|compensation|tuition|rent|wages?|salary|salaries|pension)\b", "多少钱"),
    _frame(r"\b(?:what|which) (?:percentage|proportion|share|percent|fraction|per cent)\b|\bhow many per ?cent\b|\bpercentage\b|\bwhat (?:is|are) the (?:share|proportion)\b", "占比多少"),
    _frame(r"\b(?:what|which|how high|how much)\b.*\b(?:rate|coverage|ratio|proportion)\b|\bto what (?:rate|level)\b", "百分之几"),
    _frame(r"\bhow (?:often|frequently|regularly)\b|\b(?:what|which) (?:is the )?(?:\w+ ){0,3}(?:frequency|interval)\b", "多久一次"),
    _frame(r"\bhow many times\b", "多少次"),
    _frame(r"\bhow many (?:hours|class hours|study hours)\b", "多少小时"),
    _frame(r"\bhow many (?:\w+ )?days\b", "多少天"),
    _frame(r"\bhow many (?:\w+ )?years\b", "多少年"),
    _frame(r"\bhow old\b|\b(?:what|which) age\b", "多少岁"),
    _frame(r"\bhow (?:many|long) (?:\w+ ){0,3}(?:kilomet(?:re|er)s|km)\b", "多少公里"),
    _frame(r"\bhow many (?:[\w']+ ){0,4}(?:accidents|fires|incidents|cases)\b", "多少起"),
    _frame(r"\bhow many (?:\w+ ){0,3}(?:vessels|ships|boats)\b", "多少艘"),
    _frame(r"\bhow many (?:\w+ ){0,3}(?:mines|bridges|reservoirs|dams|tunnels|warehouses)\b", "多少座"),
    _frame(r"\bhow many (?:\w+ ){0,3}(?:people|persons|employees|staff|workers|officers|members|inspectors|firefighters|talents)\b", "多少人"),
    _frame(r"\bhow many (?:\w+ ){0,3}(?:enterprises|companies|businesses|firms|outlets|shops|stores)\b", "多少家"),
    _frame(r"\bhow many (?:\w+ ){0,3}(?:households|families|homes)\b", "多少户"),
    _frame(r"\bhow long (?:is|are) the\b.*\b(?:road|bridge|dyke|pipe\w*|tunnel|river|guardrail)s?\b|\bhow far\b", "多长"),
    _frame(r"\bhow long\b|\b(?:what|which) (?:is the )?(?:\w+ ){0,3}duration\b|\bwithin how\b", "多长时间"),
    _frame(r"\bhow (?:large|big|high|tall|deep|wide|heavy|fast|close|early|late)\b", "多少"),
    _frame(r"\bhow (?:many|much|few)\b|\bhow (?:great )?(?:a|an) (?:number|amount)\b", "多少"),
    _frame(r"\b(?:what|which)(?:'s| is| was| will be| number| amount| quantity| figure)\b.*\b(?:target|goal|cap|limit|ceiling|minimum|maximum|quota|number|amount|total|figure|size|threshold|capacity|output|growth|quantity|area|length|value|speed|temperature|distance)\b(?! (?:for|of) (?:the )?(?:plan|document|campaign|notice)\b)", "多少"),
    _frame(r"\bat what (?:level|point|figure|distance|height|temperature)\b|\bby how\b|\bto what (?:figure|number)\b", "多少"),
)
_WHO_LEADS = _frame(
    rf"{_WHO}(?:(?!\b(?:support|assist|cooperat)\w*).){{0,60}}?\b{_LEADS}\b|(?<!besides the )(?<!from the )\blead {_UNIT}\b|\bled by (?:whom|who|which)\b", LEAD
)
ATTRIBUTES: tuple[tuple[tuple[re.Pattern[str], str], ...], ...] = ((_WHO_LEADS,), _SUPPORT, _DEADLINE, _NUMBER)
"""Frames that ask for an attribute of a task, one group a kind; a question may ask for several kinds."""

_MEASURES = (
    _frame(r"^(?:and |but |so )?why\b", "为什么"),
    _frame(r"\b(?:what|which) (?:\w+ ){0,2}(?:measures?|steps|methods?|means|incentives?|approach(?:es)?)\b", "采取什么措施"),
    _frame(r"\bwhat(?:'s| is| are| kind of)?(?: the)? (?:\w+ ){0,2}(?:penalt(?:y|ies)|punishments?|sanctions?|consequences?)\b", "会怎么处罚"),
    _frame(r"\bwhat(?:'s| is| are)?(?: the)? (?:\w+ ){0,2}(?:requirements?|standards?|conditions?|criteria)\b", "什么要求"),
    _frame(r"\bhow (?:do|does|did|is|are|was|were|can|could|should|shall|will|would|must|may|to|has|have|often)\b|\bin (?:what|which) (?:way|manner)\b|^how\b", "怎么"),
    _frame(r"\bwhat (?:happens?|will happen|should (?:be done|\w+ do)|must (?:be done|\w+ do)|is (?:to be )?done|to do|can be done|has to be done)\b", "怎么办"),
    _frame(r"^(?:and |so |but )?what (?:must|should|shall|do|does|can|may|will|did)\b.*\bdo\b", "怎么做"),
)
_LISTS = (
    _frame(r"\b(?:which|what) (?:are the |\w+ )?(?:\w+ )?(?:stages|phases)\b|\b(?:stages|phases)\b.*\bdivided\b", "分为哪几个阶段"),
    _frame(r"\b(?:which|what|how many) (?:\w+ )?(?:parts|stages|phases|sections|chapters|steps)\b.*\b(?:divided|split|consist|comprise|have|has|fall)\b(?<!stages)|\bdivided into\b", "分为哪几个部分"),
    _frame(r"\bwhere\b", "在哪里"),
    _frame(r"\bwho (?:are|is|were) (?:the )?(?:other |ordinary )?members?\b|\bwhich people\b|\bmembers\b.*\b(?:list|who)\b", "领导小组成员有谁"),
    _frame(r"^who\b|\bwhom\b|\bwhose\b", "谁"),
    _frame(r"\bwhat(?:'re| are| were)\b|\b(?:which|list|name|enumerate)\b|\bwhat (?:\w+ ){1,3}(?:are|were|must|should|does|do|is|have|has|will|can)\b|\bgive (?:me )?(?:all|the)\b|\bshow (?:me )?(?:all|the)\b", "有哪些"),
    _frame(r"\bwhat\b", "是什么"),
)
_KEYWORDS = (
    _frame(r"\b(?:rate|coverage|percentage|proportion)\b", "百分之几"),
    _frame(r"\b(?:budget|subsidy|fine|reward|price|fee|cost)\b", "多少钱"),
    _frame(r"\b(?:targets?|quota|figure|number of|frequency)\b", "多少"),
)
FRAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    *_CONTACTS, *_COUNTS, *_COMPARISONS, *_REVERSE, *_META, *_DEFINITIONS, *_FOLLOW_UPS, *_YES_NO,
    *_SUPPORT, *_LEAD, *_DEADLINE, *_NUMBER, *_MEASURES, *_LISTS, *_KEYWORDS,
)  # fmt: skip
"""How an English question (lower case, hyphens as blanks, politeness removed) asks, most telling first -> Chinese wording."""

PRESUMING = re.compile(r"^(?:since|given that|as|seeing that|now that|considering that) .*,")
"""A question that takes something for granted: its premise is checked first."""

CLAUSES = re.compile(r".+?(?=(?:,| and| but)(?: and)? (?:who|whom|which|what|when|by when|how|by what|by whom|at what|to whom)\b|$)")
"""The parts of a question that may each ask for something of their own."""

POLITE = re.compile(
    r"^(?:(?:please|hi|hello|excuse me|well|so|ok|okay|now)[,!.]? |(?:can|could|would|will) you (?:please |kindly )?(?:tell|let|show|inform|explain|give|list|say)(?: (?:me|us))?(?: know)? ?"
    r"|(?:do|does) (?:you|anyone) know |i (?:would like|want|need|wish) to (?:know|ask|find out) ?|i'd like to (?:know|ask) ?|i wonder |tell me |may i (?:ask|know) )+"
)
"""What people say before the question proper."""

NOISE = re.compile(
    r"\b(?:plans? to|planned to|the tasks? (?:of|to)|in charge of|responsible for|take the lead|takes the lead|is given|are given|given for|as well as|according to|with regard to"
    r"|in the (?:plan|document|notice|table|task list|list)|by (?:the )?(?:plan|document|notice)|in order to|such as|at least|at most|at the latest|no later than|have to|has to|task (?:list|table)s?|(?<=xplace )record|recorded|stand for|make sure|take part in)\b"
)
"""Phrases whose words would otherwise be read as topic."""

NUMERALS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "one first i", "two second ii", "three third iii", "four fourth iv", "five fifth v", "six sixth vi", "seven seventh vii",
            "eight eighth viii", "nine ninth ix", "ten tenth x", "eleven eleventh xi", "twelve twelfth xii", "thirteen thirteenth",
            "fourteen fourteenth", "fifteen fifteenth", "sixteen sixteenth", "seventeen seventeenth", "eighteen eighteenth",
            "nineteen nineteenth", "twenty twentieth",
        ),
        1,
    )
    for word in words.split()
} | {"twenty one": 21, "thirty": 30, "forty": 40, "fifty": 50}  # fmt: skip

_CARDINAL = r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}"
COUNTED = re.compile(rf"\b(?:the|all|which|list|name|these|those)\b (?:\w+ ){{0,2}}?({_CARDINAL})\b(?! ?(?:%|percent|am|pm|o'clock|days?|months?|years?|hours?|minutes?|kilomet|met(?:re|er)s?)|(?: \w+)? (?:measures|articles|rules)\b)")
"""The number of members a question itself expects: the seven actions."""
COUNTED_SORTS = re.compile(r"\b(?:types?|kinds?|categories|sorts?|classes)\b")
EQUAL_BODIES: dict[str, tuple[str, ...]] = {
    "水务局": ("水利局",), "水利局": ("水务局",), "工信局": ("经信局",), "经信局": ("工信局",), "教育局": ("教育体育局",), "人社局": ("人力社保局",),
    "文旅局": ("文广旅体局", "文化广电旅游局"), "文广旅体局": ("文旅局",), "综合行政执法局": ("城市管理局",), "海洋与渔业局": ("渔业局", "农业农村局"),
    "交警": ("交警大队",), "防汛抗旱指挥部": ("防指",), "住建局": ("住房城乡建设局",),
}  # fmt: skip
"""Bodies that English does not tell apart: each place has one of them, so all are named."""
PARTY_BODIES = ("组织部", "宣传部", "统战部", "政法委", "编办", "网信办")
"""Departments of a party committee: 区委组织部, where a department of the government is 区教育局."""

_NUMBER_WORD = rf"(\d{{1,3}}|{'|'.join(sorted(NUMERALS, key=len, reverse=True))})"
_ORDINAL = r"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}(?=st|nd|rd|th))(?:st|nd|rd|th)?"
MODIFIERS: tuple[tuple[re.Pattern[str], str], ...] = (
    _frame(r"\b(?:completed|finished|achieved|done|progress)\b.*\b(?:so far|to date|by now|up to now|already|now)\b|\b(?:so far|to date|by now|up to now|already)\b.*\b(?:completed|finished|achieved|done)\b", "现在完成了"),
    _frame(r"\b(?:now|currently|at present|so far|to date|at the moment)\b", "现在有"),
    _frame(r"^(?:is|are|was|were|does|do|did|must|can|should|will|has|have)\b.*\b(?:all|every)\b", "所有"),
)
"""What goes before the question word: the state of things now, or all of them."""

REFERENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"\b(ongoing|long term|permanent|continuous) (?=(?:\w+ )?(?:tasks|items|measures|work))", "常态化"),
        (r"\b(?:level|grade) ([1-9]|one|two|three|four|i{1,3}|iv)\b", "{}级"),
        (rf"\b(?:attachment|annexe?|appendix)(?: (?:no\.?|number))? {_NUMBER_WORD}\b", "附件{}"),
        (rf"\b{_ORDINAL} (?:attachment|annexe?|appendix)\b", "附件{}"),
        (rf"\b(?:article|art\.?)(?: (?:no\.?|number))? {_NUMBER_WORD}\b", "第{}条"),
        (rf"\b{_ORDINAL} article\b", "第{}条"),
        (rf"\bchapter(?: (?:no\.?|number))? {_NUMBER_WORD}\b", "第{}章"),
        (rf"\b{_ORDINAL} chapter\b", "第{}章"),
        (r"[(（]([一二三四五六七八九十]{1,3})[)）]", "({})"),
        (rf"\b(?:part|section)(?: (?:no\.?|number))? {_NUMBER_WORD}\b", "第{}部分"),
        (rf"\b{_ORDINAL} (?:part|section)\b", "第{}部分"),
        (rf"\b(?:item|point|measure|task|rule|clause|step)(?: (?:no\.?|number))? {_NUMBER_WORD}\b(?! (?:months?|days?|years?))", "第{}项"),
        (rf"\b{_ORDINAL} (?:item|point|measure|task|rule|step)\b", "第{}项"),
        (r"\b(\d{1,2}|ten|twelve|fifteen|eighteen|twenty one|twenty) (?:\w+ ){0,1}?(?:measures|articles|rules)\b", "{}条"),
    )
)
"""How English names numbered places, and the Chinese form that the rules of scope read."""

PLACE_SPELLINGS: dict[str, tuple[str, ...]] = {
    "陕西": ("Shaanxi",), "内蒙古": ("Inner Mongolia",), "西藏": ("Tibet", "Xizang"), "香港": ("Hong Kong",), "澳门": ("Macau", "Macao"),
    "哈尔滨": ("Harbin",), "呼和浩特": ("Hohhot",), "乌鲁木齐": ("Urumqi",), "拉萨": ("Lhasa",), "广东": ("Canton",), "北京": ("Peking",),
    "日喀则": ("Shigatse",), "喀什": ("Kashgar",), "鄂尔多斯": ("Ordos",), "齐齐哈尔": ("Qiqihar",), "吐鲁番": ("Turpan",), "台湾": ("Taiwan",),
}  # fmt: skip
"""Places whose established Latin spelling is not their pinyin."""
