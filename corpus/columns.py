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
              "牵头处室", "牵头科室", "牵头单位部门", "牵头责任部门", "第一责任单位", "承办单位", "承办部门")),
    ("support", ("责任配合单位", "配合单位", "配合部门", "参与单位", "协办单位", "协办部门", "责任单位", "责任部门", "配合责任单位", "参加单位",
                 "协同单位", "协同部门", "配合科室", "责任科室", "责任处室", "实施单位", "落实单位", "责任主体", "责任单位部门", "部门", "单位")),
    ("person", ("责任人", "责任领导", "分管领导", "牵头领导", "联系人", "负责人", "包保领导", "督办领导", "责任人员")),
    ("remark", ("备注", "说明", "考核指标", "目标", "成果形式", "进展情况", "完成情况", "落实情况", "预期成果", "工作进展", "目标要求", "具体目标", "主要目标")),
    ("text", ("主要任务", "落实举措", "具体任务", "工作任务", "重点任务", "任务", "工作内容", "任务内容", "主要内容", "工作措施", "具体措施", "措施",
              "工作举措", "具体举措", "举措", "主要举措", "整改措施", "工作事项", "事项", "任务事项", "重点工作", "主要工作", "目标任务", "任务名称",
              "工作要求", "具体内容", "任务清单", "任务分解", "分工事项", "类别", "任务类别", "工作类别", "项目", "领域", "内容", "具体工作", "责任事项",
              "重点事项", "改革任务", "推进举措", "整治任务", "整治内容", "具体要求", "重点内容", "工作项目", "任务要求")),
)
_ROLE = {word: role for role, words in LABELS for word in words}
_DROPPED = re.compile(r"[()\[\]【】/、:·*]")


@dataclass(frozen=True, slots=True)
class Column:
    """role: "number", "system", "measure", "task", "deadline", "lead", "support", "person", "remark", "other"."""

    label: str
    role: str


@lru_cache(maxsize=4096)
def role_of(label: str) -> str | None:
    """Give the role that a header cell names; "text" for any column of tasks or groups of tasks; None when unknown."""
    return _ROLE.get(_DROPPED.sub("", fold(label)))


def columns_of(labels: Sequence[str]) -> tuple[Column, ...]:
    """Give the columns of a header; of several text columns the last is the task, those before it group it."""
    roles = [role_of(label) or "other" for label in labels]
    texts = [at for at, role in enumerate(roles) if role == "text"]
    first_unit = next((at for at, role in enumerate(roles) if role in ("lead", "support", "deadline")), len(roles))
    before = [at for at in texts if at < first_unit] or texts
    names = ("task", "measure", "system")
    for distance, at in enumerate(reversed(before)):
        roles[at] = names[distance] if distance < len(names) else "other"
    return tuple(
        Column(fold(label), "remark" if role == "text" else role) for label, role in zip(labels, roles, strict=True)
    )


def is_task_header(columns: Sequence[Column]) -> bool:
    """Tell whether a table under this header assigns tasks to units."""
    roles = {column.role for column in columns}
    return "task" in roles and bool(roles & {"lead", "support"}) and len(columns) >= 2
