"""Parsing reads everything a document states, and a fault in one step never costs the text."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import parse as parsing
from corpus.errors import UnreadableDocument
from corpus.parse import parse, plain_passages
from corpus.verify import spans_in

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

PLAN = """安全生产行动方案

一、工作目标
到2025年底前,重点企业标准化达标率达到95%以上。

二、主要任务
(一)开展动态清零。2025年底前完成。(牵头单位:区消防救援大队;配合单位:区住建局)
"""


def test_a_plan_gives_sections_duties_targets_and_passages():
    document = parse(PLAN.encode(), "方案.txt")
    assert document.text == PLAN and document.name == "方案.txt"
    assert [section.label for section in document.sections if section.label] == ["一、", "二、", "(一)"]
    assert [mention.value for duty in document.facts.duties for mention in duty.lead] == ["区消防救援大队"]
    assert any(target.value == "95" for target in document.facts.targets)
    assert document.facts.deadlines and document.passages
    assert [note for note in document.notes if note.code == "step_failed"] == []


def test_a_step_that_fails_is_noted_and_costs_nothing_else(monkeypatch):
    def fail(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(parsing, "targets", fail)
    monkeypatch.setattr(parsing, "passages", fail)
    document = parse(PLAN.encode(), "方案.txt")
    assert [note.code for note in document.notes] == ["step_failed", "step_failed"]
    assert document.text == PLAN and document.facts.duties and document.facts.targets == ()
    assert "".join(p.span.of(PLAN) for p in document.passages).replace("\n", "") == PLAN.replace("\n", "")


@given(st.text(st.sampled_from("安全\n ,。x"), max_size=3000))
def test_plain_passages_cover_every_word(text):
    found = plain_passages(text)
    covered = {at for passage in found for at in range(passage.span.start, passage.span.end)}
    assert all(at in covered for at, character in enumerate(text) if not character.isspace())
    assert [p.ordinal for p in found] == list(range(len(found)))


def test_what_cannot_be_read_is_refused():
    with pytest.raises(UnreadableDocument):
        parse(b"\x00\x01", "a.txt")


POLICY_PIECES = (
    "一、", "(一)", "1.", "(1)", "一是", "二是", "第一条", "附件1:", "\n", "\n\n", "牵头单位", "责任单位:", "(责任单位:", ")", "、", ",", "。", ";",
    "区应急管理局", "2025年底前", "2024年6月", "32日前", "达到95%以上", "到", "以上", "“五步法”", "联系电话:8667387", "由", "牵头", "下同", "组 长:毕 磊",
    "索引号 ", "发文字号", "〔2024〕4号", "序号", "完成时限", "常态化", "关于印发", "的通知", "A", "0", " ", "|", "《", "》",
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(POLICY_PIECES), min_size=1, max_size=80))
def test_any_run_of_policy_words_is_parsed_without_a_fault(pieces):
    text = "安全" + "".join(pieces)
    document = parse(text.encode(), "a.txt")
    assert document.text == text
    assert [note.message for note in document.notes if note.code == "step_failed"] == []
    assert all(0 <= span.start <= span.end <= len(text) for span in spans_in(document))


@pytest.mark.skipif(not SHARED.exists(), reason="the sample documents are not here")
@pytest.mark.parametrize("path", sorted((SHARED / "corpus").glob("*.txt")), ids=lambda path: path.stem)
def test_real_documents_are_parsed_without_a_fault(path):
    document = parse(path.read_bytes(), path.name)
    assert document.text == path.read_text(encoding="utf-8")
    assert [note.message for note in document.notes if note.code == "step_failed"] == []
    assert document.passages and document.sections
