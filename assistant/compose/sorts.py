"""What sort of thing a list holds - conditions, papers, steps, cases, duties - as its head says it, and as a question asks for it."""

from __future__ import annotations

import re

_SORTS: tuple[tuple[str, str, str], ...] = (
    # sort, how a head names it, how people ask for it
    ("conditions", "条件|资格|具备|符合|满足|门槛|要求", "条件|资格|门槛|具备|符合|满足|够格|(?:什么|啥|哪些)(?:硬性)?要求"),
    ("papers", "材料|资料|证件|证明|手续", "材料|资料|证件|手续|(?:带|交|提交|准备|上传|提供)(?:些|上)?(?:什么|啥|哪[些几])"),
    ("steps", "步骤|流程|程序|环节|阶段", "步骤|流程|程序|环节|阶段|怎么走|哪几步|几步"),
    ("duties", "职责|分工|任务|义务", "职责|职能|分工|义务|(?:干|做|管|负责)(?:些|的)?(?:什么|啥|哪些(?!事))"),
    ("cases", "情形|情况|行为|之一", "情形|(?:什么|啥|哪[些几]种?)(?:样的)?情况|行为"),
    ("measures", "措施|办法|举措|手段", "措施|举措|手段"),
    ("principles", "原则|方针", "原则|方针"),
    ("problems", "问题|不足|短板", "问题|不足|短板|毛病"),
)
_NAMED = tuple((sort, re.compile(head)) for sort, head, _ in _SORTS)
_ASKED = tuple((sort, re.compile(asked)) for sort, _, asked in _SORTS)
_ACTS = re.compile("(?:做|干|采取|开展|落实)(?:好|些|了)?(?:哪[些几]|什么|啥)|怎么(?:做|办|管|抓)")
_CONSISTS = re.compile("(?:包括|包含|分为|是指|涵盖)[:：]?$")


def fit(question: str, head: str, before: str) -> float:
    """Give what the sorts of a list and of a folded question add to its score: less than 0 where they differ.

    before: the words right in front of the first member.
    """
    asked = {sort for sort, pattern in _ASKED if pattern.search(question)}
    named = {sort for sort, pattern in _NAMED if pattern.search(head)}
    if asked and named and not asked & named:
        return -0.25
    if _ACTS.search(question) and _CONSISTS.search(before):
        return -0.2  # what has to be done is no list of what something consists of
    return 0.05 if asked & named else 0.0
