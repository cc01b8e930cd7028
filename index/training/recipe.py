"""What one training run is made of: a frozen value that goes into the model card as it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of a run; the same recipe, data and seed give the same model on the same machine.

    vocabulary: tokens.  dimension: components; the leading half and quarter of them are trained to do by themselves.
    batch, epochs, rate: pairs a step, passes over the pairs, Adam's highest rate, falling in a line to a twentieth.
    scale: cosines are multiplied with it before the softmax.  tokens: of a passage, at most.
    meaning: share of the company that words keep (`index.training.meaning`) in the vectors they start from; the rest is chance.
    composed: a token's vector takes part in its characters and pairs.  weighted: start from SIF weights, not from equal ones.
    dropped: share of a passage's tokens left out, half of that of a question's; it makes up for few pairs.
    hidden: in every second pair, share of the tokens shared with the question that the passage loses, so that related words
    are learnt and not only the same ones.  framed: share of the questions that get a turn of phrase of people who ask.
    clauses: besides the pairs, so many clauses of laws with the rest of their article.
    """

    seed: int = 0
    vocabulary: int = 60_000
    dimension: int = 256
    batch: int = 1024
    epochs: float = 3.0
    rate: float = 2e-3
    scale: float = 20.0
    tokens: int = 128
    meaning: float = 0.7
    composed: bool = True
    weighted: bool = True
    dropped: float = 0.1
    hidden: float = 0.0
    framed: float = 0.0
    clauses: int = 0


FRAMES = (
    "请问", "怎么办", "是什么", "什么是", "有哪些", "是否合法", "可以吗", "能不能", "怎么处理", "如何处理",
    "应该怎么办", "需要什么条件", "由谁负责", "有什么规定", "怎么规定的", "会被处罚吗", "是否有效", "如何认定",
    "怎么算", "多少", "什么时候", "哪些情形", "要承担什么责任", "需要承担责任吗", "我", "我们", "如果", "的话",
    "该怎么做", "属于什么", "是不是", "吗", "呢", "怎样", "哪个部门", "找谁", "为什么", "如何", "什么情况下",
    "能否", "是否可以", "有何规定", "关于", "的规定", "谁来", "是多少", "有什么要求", "怎么申请", "怎么办理",
    "具体包括哪些", "应当", "公司", "单位", "个人", "别人", "对方", "法院", "会", "被", "想", "要求", "自己",
    "没有", "不", "了",
)  # fmt: skip
"""Turns of phrase around what is asked; put around headings and clauses, they are learnt to tell nothing."""
