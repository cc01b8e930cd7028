"""The factbook leads to every document that states what is asked for, also after changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import index.build
from assistant import Assistant
from assistant.library.factbook import FACTS, Factbook
from corpus.errors import LibraryCorrupt
from corpus.units import unit_beginnings, unit_key, unit_matches

PLAN = """云泊区消防安全整治方案

一、主要任务

1.开展防盗窗清零行动,2025年6月30日前完成。(牵头单位:区消防救援大队;配合单位:区住建局;完成时限:2025年6月30日前)

“三违”(违章指挥、违章操作、违反劳动纪律)行为要从严查处。
"""
OTHER = """松岚市防汛工作方案

一、主要任务

1.开展水库大坝巡查。(牵头单位:市水利局、市应急管理局;完成时限:2026年12月31日前)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("a.txt", PLAN), ("b.txt", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def named(assistant: Assistant, found: frozenset[str]) -> set[str]:
    return {row.name for row in assistant.library().factbook.rows if row.id in found}


def check(assistant: Assistant) -> None:
    book = assistant.library().factbook
    assert named(assistant, book.with_units(["消防救援大队"])) == {"a.txt"}
    assert named(assistant, book.with_units(["水利局"])) == {"b.txt"}
    assert named(assistant, book.due(None, date(2025, 12, 31))) == {"a.txt"}
    assert named(assistant, book.due(date(2026, 1, 1), date(2026, 12, 31))) == {"b.txt"}
    assert named(assistant, book.due_on(6, 30)) == {"a.txt"} and not book.due_on(6, 29)
    assert named(assistant, book.due_on(12, 0)) == {"b.txt"}
    assert named(assistant, book.defining(["什么是三违?"])) == {"a.txt"} and not book.defining(["什么是五违?"])
    assert book.named_units("区消防救援大队和水利局负责什么") == ("区消防救援大队", "消防救援大队", "水利局")
    assert {row.name for row in book.rows if row.leads > 1} == {"b.txt"}
    titled = book.titled("防汛方案", 1)
    assert [row.name for row in book.rows if row.id in titled] == ["b.txt"]


def test_it_leads_to_the_documents_that_state_it(folder: Path) -> None:
    with Assistant.open(folder / "library") as assistant:
        assistant.add([folder / "a.txt", folder / "b.txt"])
        check(assistant)


def test_it_follows_every_change(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.build, "SMALL", 0)
    monkeypatch.setattr(index.build, "REFIT", 0)
    monkeypatch.setattr(index.build, "EXACT", 0)
    monkeypatch.setattr(index.build, "GONE_SHARE", 9)
    with Assistant.open(folder / "library") as assistant:
        assistant.add([folder / "b.txt"])
        first = assistant.library()
        (folder / "c.txt").write_text(PLAN.replace("消防救援大队", "教育局"), encoding="utf-8")
        assistant.add([folder / "c.txt"])
        (folder / "c.txt").write_text(PLAN + "\n附则\n", encoding="utf-8")
        (folder / "c.txt").rename(folder / "a.txt")
        assistant.add([folder / "a.txt"])
        assistant.remove("c.txt")
        check(assistant)
        assert not assistant.library().factbook.with_units(["教育局"])
        assert [row.name for row in first.factbook.rows] == ["b.txt"]


def test_a_generation_without_it_is_made_anew(folder: Path) -> None:
    with Assistant.open(folder / "library") as assistant:
        assistant.add([folder / "a.txt"])
        place = assistant.library().index.folder
    with pytest.raises(LibraryCorrupt, match=FACTS):
        Factbook(folder)
    (place / FACTS).unlink()
    with Assistant.open(folder / "library") as assistant:
        assert assistant.library().factbook.rows


def test_names_that_may_be_meant_begin_as_one_of_the_beginnings_looked_at() -> None:
    names = ["区住建局", "云泊区住房和城乡建设局", "市应急管理局", "区应急局", "区公安分局", "交警大队", "县文化和旅游局", "区消防救援大队", "镇人民政府", "团区委", "供电公司", "科技和工业局", "区委宣传部", "街道办事处", "市场监督管理局", "最高人民法院"]
    queries = [*names, "住建部门", "应急", "公安", "消防大队", "文旅局", "科技局", "宣传部", "市场监管局", "工信局", "法院", "供电"]
    matching = 0
    for query in queries:
        beginnings = unit_beginnings(query)
        for name in names:
            if unit_matches(query, name):
                matching += 1
                assert unit_key(name)[:2] in beginnings, (query, name)
    assert matching > len(names)
