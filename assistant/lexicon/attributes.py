"""Nouns for what a task, a document or a group has, which questions name in a row: 牵头单位、配合单位和完成时限分别是什么.

From the columns of task lists and the card of a document. family: attributes of one family are read by one composer together
(文号和发布日期).  question: how the noun alone is asked.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attribute:
    family: str
    pattern: str
    question: str


ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("lead", r"(?:牵头|主责|主办|主管|负责)(?:单位|部门)|牵头方", "是谁"),
    Attribute("support", r"(?:配合|协办|协助|责任|参与)(?:单位|部门)", "有哪些"),
    Attribute("deadline", r"(?:完成|办理|截止)?(?:时限|期限)|(?:完成|截止)(?:时间|日期)", "是什么时候"),
    Attribute("data", r"文号|发文字号|发文机关|(?:发布|印发|成文|施行|发文)(?:日期|时间)", "是什么"),
    Attribute("contact", r"(?:联系|咨询|值班|监督|举报|投诉)?电话|联系人|联系方式|邮箱", "是多少"),
    Attribute("person", r"(?:副)?(?:组长|总指挥|指挥长|召集人)|办公室主任", "是谁"),
    Attribute("figure", r"[㐀-鿿]{0,4}(?:数量|长度|面积|金额|目标值?|比例|次数|标准)", "是多少"),
)
