"""What a printed column header means: 完成时限 is the deadline, 责任(配合)单位 the support, 具体任务 the task."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import fold

# Role -> words that a header cell of that role consists of; brackets and blanks are dropped before the look-up.
LABELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("number", ("序号", "编号", "项次", "号")),
    ("deadline", ("完成时限", "时限", "完成时间", "时间节点", "时间要求", "整改时限", "完成期限", "时限要求", "进度安排", "时间安排", "推进时限",
                  "工作时限", "落实时限", "期限", "办结时限", "计划完成时间", "完成时限要求", "时间", "整改期限", "时间进度", "完成节点")),
    ("lead", ("牵头单位", "牵头部门", "牵头责任单位", "牵头", "主责单位", "主责部门", "主办单位", "主办部门", "主要责任单位", "牵头负责单位",
              "牵头处室", "牵头科室", "牵头股室", "牵头科", "牵头股", "主办科室", "主办处室", "主办股室", "承办科室", "承办处室", "承办股室", "牵头单位部门", "牵头责任部门", "第一责任单位", "承办单位", "承办部门")),
    ("support", ("责任配合单位", "配合单位", "配合部门", "参与单位", "协办单位", "协办部门", "责任单位", "责任部门", "配合责任单位", "参加单位",
                 "协同单位", "协同部门", "配合科室", "配合处室", "配合股室", "责任科室", "责任处室", "责任股室", "责任科", "责任股", "责任中队", "责任站所", "实施单位", "落实单位", "责任主体", "责任单位部门", "部门", "单位", "配合", "参与", "协办", "责任")),
    ("person", ("责任人", "责任领导", "分管领导", "牵头领导", "联系人", "负责人", "包保领导", "督办领导", "责任人员")),
    ("remark", ("备注", "说明", "考核指标", "目标", "成果形式", "进展情况", "完成情况", "落实情况", "预期成果", "工作进展", "目标要求", "具体目标", "主要目标")),
    ("text", ("主要任务", "落实举措", "具体任务", "工作任务", "重点任务", "任务", "工作内容", "任务内容", "主要内容", "工作措施", "具体措施", "措施",
              "工作举措", "具体举措", "举措", "主要举措", "整改措施", "工作事项", "事项", "任务事项", "重点工作", "主要工作", "目标任务", "任务名称",
              "工作要求", "具体内容", "任务清单", "任务分解", "分工事项", "类别", "任务类别", "工作类别", "项目", "领域", "内容", "具体工作", "责任事项",
              "重点事项", "改革任务", "推进举措", "整治任务", "整治内容", "具体要求", "重点内容", "工作项目", "任务要求")),
)
# What a label of that role is made of where no table lists it: 工作体系, 整改完成时间, 属地责任单位.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("deadline", r".{0,6}(?:完成|整改|办结|落实|推进|计划|实施|达标|销号|要求).{0,4}(?:时限|期限|时间|节点|日期)(?:要求)?|.{0,4}时限.{0,2}"),
    ("support", r"(?:责任|配合|牵头)(?:单位|部门)[及和与]?(?:责任人|负责人|联系人|领导)"),
    ("person", r".{0,8}(?:责任人|领导|联系人|负责人|联络员|责任人及电话)"),
    ("lead", r".{0,4}(?:牵头|主责|主办|主管|承办).{0,4}(?:单位|部门|科室|处室|股室)"),
    ("support", r".{0,6}(?:责任|配合|协同|参与|落实|实施|承担|协办|协助|参加).{0,4}(?:单位|部门|主体|科室|处室|股室|镇街|地区)"),
    ("text", r".{1,8}(?:任务|举措|措施|事项|体系|类别|领域|要点|板块|专题|内容|类型|方面|问题|行动)|问题|板块|方面|专题|体系|问题清单|存在问题"),
)
_ASSISTS = re.compile("(?!.*责任)(?:.*)(?:配合|协[办助同作]|参与|参加)")
# A lone column of these words in front of the tasks groups them at the top: a 主要任务 is finer than a 类别.
_WIDE = re.compile(r".{0,6}(?:类别|领域|体系|板块|方面|专题|类型|项目)")
_ROLE = {word: role for role, words in LABELS for word in words}
_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in PATTERNS)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,14}")
_DROPPED = re.compile(r"[()\[\]【】/、:·*]")


@dataclass(frozen=True, slots=True)
class Column:
    """role: "number", "system", "measure", "task", "deadline", "lead", "support", "assist", "person", "remark", "other".

    "assist" is a column of 配合单位 beside one of 责任单位.
    """

    label: str
    role: str


@lru_cache(maxsize=4096)
def role_of(label: str) -> str | None:
    """Give the role that a header cell names by a listed word; "text" for any column of tasks or groups of tasks; None when unknown."""
    return _ROLE.get(_DROPPED.sub("", fold(label)))


@lru_cache(maxsize=4096)
def likely_role(label: str) -> str | None:
    """Give the role of a header cell by its listed words or, failing that, by what it is made of (整改完成时间)."""
    words = _DROPPED.sub("", fold(label))
    if (known := role_of(label)) is not None or not _WORDS.fullmatch(words):
        return known
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(words)), None)


def columns_of(labels: Sequence[str]) -> tuple[Column, ...]:
    """Give the columns of a header; of several text columns the last is the task, those before it group it."""
    roles = [likely_role(label) or "other" for label in labels]
    texts = [at for at, role in enumerate(roles) if role == "text"]
    first_unit = next((at for at, role in enumerate(roles) if role in ("lead", "support", "deadline")), len(roles))
    wide = [at for at in texts if _WIDE.fullmatch(fold(labels[at]))]
    before = [at for at in texts if at < first_unit]
    if not before or (len(texts) > len(wide) and all(at in wide for at in before)):
        before = texts
    if not {"lead", "support"} & set(roles) and "deadline" in roles and roles.count("person") == 1:
        # Follow-up lists of minutes name nobody but a person for each matter.
        roles[roles.index("person")] = "support"
    helpers = [at for at, role in enumerate(roles) if role == "support" and is_assisting(labels[at])]
    if 0 < len(helpers) < roles.count("support"):
        for at in helpers:
            roles[at] = "assist"
    names = ("task", "system") if len(before) == 2 and before[0] in wide else ("task", "measure", "system")
    for distance, at in enumerate(reversed(before)):
        roles[at] = names[distance] if distance < len(names) else "other"
    return tuple(
        Column(fold(label), "remark" if role == "text" else role) for label, role in zip(labels, roles, strict=True)
    )


def is_assisting(label: str) -> bool:
    """Does a label name helpers only (配合单位)? Neither 责任单位 nor 责任(配合)单位 does."""
    return bool(_ASSISTS.match(label))


def is_task_header(columns: Sequence[Column]) -> bool:
    """Tell whether a table under this header assigns tasks to units."""
    roles = {column.role for column in columns}
    return "task" in roles and bool(roles & {"lead", "support"}) and len(columns) >= 2
