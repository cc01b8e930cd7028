"""How well a time limit in a text fits the way a question asks for one."""

from __future__ import annotations

import re

from assistant.question.query import Query
from corpus.types import Deadline, Document, Span


def wants_span(query: Query) -> bool:
    return bool(re.search(r"起止|从.{0,8}到|时段|(?:几号|几日|哪天|什么时候|啥时候|何时|几月)(?:几号|几日)?(?:到|至)(?:几|哪|什么|啥|何)", query.folded))


def date_bonus(query: Query, limit: Deadline) -> float:
    """How well a time limit fits the way the question asks for one: a day or a month, a period, its beginning or its end."""
    bonus = 0.0
    asked = query.folded
    if re.search(r"哪天|几号|几日|哪一天|哪日", asked):
        bonus += 0.05 if re.search("[日号]", limit.value) else -0.2
    if re.search(r"哪个月|几月", asked) and "月" in limit.value:
        bonus += 0.04
    if wants_span(query):
        bonus += 0.2 if limit.kind == "during" else -0.1
    if limit.kind == "recurring":
        bonus += 0.04 if re.search(r"每(?:年|月|季|周)", asked) else -0.2
    if limit.kind == "by":
        bonus += 0.05
    if limit.kind == "from" and re.search("最迟|最晚|截止|期限|失效|到期|到哪|到几|为止|结束", asked):
        bonus -= 0.3 if re.search("失效|到期|到哪|到几|为止|结束", asked) else 0.15
    if query.scope.years:
        bonus += 0.06 if any(str(y) in limit.value for y in query.scope.years) else -0.06
        if _BARE_YEAR.fullmatch(limit.value) and int(limit.value[:4]) in query.scope.years:
            bonus -= _SAID_ALREADY
    return bonus


_BEGUN, _ENDED = re.compile("开工|启动|动工|开始|开建|起步"), re.compile("完成|完工|竣工|建成|投用|投入使用|办结|结束")


def of_the_other_end(query: Query, document: Document, sentence: Span, at: Span) -> float:
    """What is begun by a time (4月25日前开工) counts against it where the end is asked for, and the other way round."""
    said = re.match("[^,，。;；、]{0,12}", document.text[at.end : sentence.end])
    asked, own = [[bool(p.search(text)) for p in (_BEGUN, _ENDED)] for text in (query.folded, said.group() if said else "")]
    return _OTHER_END if sum(asked) == sum(own) == 1 and asked != own else 0.0


_OTHER_END = 0.2
_BARE_YEAR = re.compile("20\\d\\d年(?:度|内)?")
_SAID_ALREADY = 0.5
"""The year that the question itself names is no answer to when in that year."""
