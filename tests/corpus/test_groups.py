"""A statement at the end of a group of items: the group's, unless another item has its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.types import Duty
from tests.assistant.asking import asking

HEAD = "青岭县宣传工作方案\n\n一、加强宣传\n\n"
ITEMS = "(1)做好校园宣传,举办讲座12场。{own}\n(2)做好社区宣传,张贴海报300张。{last}\n"


def duties_in(folder: Path, text: str) -> tuple[Duty, ...]:
    with asking(folder, {"方案.txt": HEAD + text}) as assistant:
        return tuple(assistant.store.document("方案.txt").facts.duties)


@pytest.mark.parametrize("last", ["(责任单位:县教育局、县民政局)", "\n责任单位:县教育局、县民政局"])
def test_the_only_statement_of_a_group_speaks_for_the_group(tmp_path: Path, last: str) -> None:
    (duty,) = duties_in(tmp_path, ITEMS.format(own="", last=last))
    assert duty.scope == "section"
    assert [m.value for m in duty.support] == ["县教育局", "县民政局"]
    assert "校园宣传" in duty.task.value
    assert [note.code for note in duty.notes] == ["section_scope"]


@pytest.mark.parametrize(("own", "last"), [("(责任单位:县委宣传部)", "(责任单位:县教育局)"), ("\n责任单位:县委宣传部", "\n责任单位:县教育局")])
def test_where_another_item_has_its_own_the_last_one_has_its_own_too(tmp_path: Path, own: str, last: str) -> None:
    duties = duties_in(tmp_path, ITEMS.format(own=own, last=last))
    assert [(duty.scope, [m.value for m in duty.support]) for duty in duties] == [("item", ["县委宣传部"]), ("item", ["县教育局"])]


def test_who_watches_over_a_task_neither_leads_nor_helps(tmp_path: Path) -> None:
    (duty,) = duties_in(tmp_path, "建立问题台账。(督办单位:县政府办;牵头单位:县教育局;参与单位:县总工会、各镇(街道))\n")
    assert [m.value for m in duty.lead] == ["县教育局"]
    assert [m.value for m in duty.support] == ["县总工会", "各镇(街道)"]


def test_an_item_of_the_group_is_answered_and_cited_with_it(tmp_path: Path) -> None:
    text = ITEMS.format(own="", last="(牵头单位:县教育局;督办单位:县政府办)")
    with asking(tmp_path, {"方案.txt": HEAD + text}) as assistant:
        answer = assistant.ask("校园宣传由谁牵头")
        assert answer.answer == "县教育局"
        assert answer.notes == ("该责任说明位于本节末尾,本节其他各项未另行注明",)
        assert "校园宣传" in answer.citations[0].quote
        assert assistant.ask("社区宣传的督办单位是谁").answer == "县政府办"
