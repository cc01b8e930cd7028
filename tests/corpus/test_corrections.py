"""Corrections find their fact by the words of its clause, survive every parse while the words stand, and rest when they do not."""

from __future__ import annotations

import json
from datetime import date

import pytest

from corpus.corrections import Correction, corrections_in
from corpus.errors import InputError
from corpus.intake import add_files, refresh
from corpus.parse import parse
from corpus.store import Store

PLAN = """东江县危险房屋整治方案
一、重点任务
(一)排查危险房屋。由县住建局牵头,县应急局配合,2025年6月底前完成排查。
(二)拆除危险房屋。由县城管局牵头,县公安局配合,2025年底前完成拆除。
二、工作要求
每半年检查一次,2026年6月底前报告结果。
东江县人民政府
2024年3月21日
"""
CLAUSE = "由县住建局牵头,县应急局配合"


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path, plan):
    opened = Store.open(tmp_path / "library")
    add_files(opened, [plan])
    yield opened
    opened.close()


def fresh(store):
    return parse(store.original("方案.txt"), "方案.txt")


def correct(store, *corrections, by="王芳"):
    store.correct("方案.txt", corrections, fresh(store), by=by)


def duty(store, at=0):
    duties = store.document("方案.txt").facts.duties
    assert len(duties) == 2
    return duties[at]


def names(mentions):
    return [mention.value for mention in mentions]


def test_a_correction_changes_the_fact_and_leaves_the_text(store):
    assert names(duty(store).lead) == ["县住建局"]
    correct(store, Correction(CLAUSE, lead=("县自然资源局",), support=("县住建局", "县应急局"), deadline="2025年9月底前", reason="印错"))
    changed, document = duty(store), store.document("方案.txt")
    assert names(changed.lead) == ["县自然资源局"] and names(changed.support) == ["县住建局", "县应急局"]
    assert changed.deadline.until == date(2025, 9, 30) and changed.deadline.span.of(document.text) == "2025年6月底前"
    assert document.text == parse(PLAN.encode(), "方案.txt").text
    assert all(mention.span.of(document.text) for mention in (*changed.lead, *changed.support)) and store.verify() == ()
    (lead, _, _) = [note.message for note in changed.notes if note.code == "corrected"]
    assert "县住建局" in lead and "县自然资源局" in lead and "印错" in lead and "王芳" in lead
    assert names(duty(store, 1).lead) == ["县城管局"]


def test_a_corrected_deadline_stands_in_the_list_of_deadlines_too(store):
    correct(store, Correction("2026年6月底前报告结果", deadline="2026年9月底前"))
    values = [d.value for d in store.document("方案.txt").facts.deadlines]
    assert "2026年9月底前" in values and "2026年6月底前" not in values


def test_data_of_the_document_can_be_corrected(store):
    correct(store, Correction(title="东江县危险房屋三年整治方案", issuer="东江县住建局", issued=date(2024, 4, 1)))
    (listing,) = store.documents()
    assert (listing.title, listing.issuer, listing.issued) == ("东江县危险房屋三年整治方案", "东江县住建局", "2024-04-01")
    assert [f.value for f in store.document("方案.txt").card.all("title")] == ["东江县危险房屋三年整治方案"]


def test_a_correction_survives_parsing_again(store):
    from sqlalchemy import update

    from corpus.schema import versions

    correct(store, Correction(CLAUSE, lead=("县自然资源局",)))
    with store.database.writing() as connection:
        connection.execute(update(versions).values(parser="older"))
    assert len(refresh(store)) == 1 and names(duty(store).lead) == ["县自然资源局"]


def test_a_correction_holds_in_a_new_version_while_its_words_stand(store, plan):
    correct(store, Correction(CLAUSE, lead=("县自然资源局",)))
    plan.write_text("关于印发整治方案的通知\n" + PLAN, encoding="utf-8")
    assert add_files(store, [plan]).files[0].status == "new_version" and names(duty(store).lead) == ["县自然资源局"]
    plan.write_text(PLAN.replace(CLAUSE, "由县民政局牵头,县应急局配合"), encoding="utf-8")
    add_files(store, [plan])
    assert names(duty(store).lead) == ["县民政局"]
    assert [made.applied for made in store.corrections("方案.txt")] == [False]
    assert any(note.code == "correction_rests" for note in store.document("方案.txt").notes)
    plan.write_text(PLAN + "附注。", encoding="utf-8")
    add_files(store, [plan])
    assert names(duty(store).lead) == ["县自然资源局"] and [made.applied for made in store.corrections()] == [True]


def test_a_correction_can_be_taken_back_and_the_trail_keeps_both(store):
    correct(store, Correction(CLAUSE, lead=("县自然资源局",)))
    (made,) = store.corrections("方案.txt")
    store.undo_correction("方案.txt", made.id, fresh(store), by="李强")
    assert names(duty(store).lead) == ["县住建局"]
    (taken_back,) = store.corrections("方案.txt")
    assert (taken_back.by, taken_back.undone_by, taken_back.applied) == ("王芳", "李强", False)
    assert [(e.by, e.action) for e in store.trail("方案.txt")] == [("王芳", "correct"), ("李强", "undo_correction")]
    with pytest.raises(InputError) as refusal:
        store.undo_correction("方案.txt", made.id, fresh(store), by="李强")
    assert refusal.value.code == "unknown_correction"


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (Correction("由县财政局牵头", lead=("县住建局",)), "clause_not_found"),
        (Correction("危险房屋", lead=("县住建局",)), "ambiguous_clause"),
        (Correction("每半年检查一次", lead=("县住建局",)), "no_fact_there"),
        (Correction("二、工作要求", deadline="2026年"), "no_fact_there"),
    ],
)
def test_what_cannot_be_placed_is_refused_and_nothing_is_kept(store, correction, code):
    before = store.generation
    with pytest.raises(InputError) as refusal:
        correct(store, Correction(title="别的标题"), correction)
    assert refusal.value.code == code and store.generation == before
    assert store.corrections() == () and store.trail() == () and store.documents()[0].title == "东江县危险房屋整治方案"


# ---------------------------------------------------------------- the file


def test_both_formats_of_a_correction_file_say_the_same():
    expected = (Correction("一句", lead=("甲局", "乙局"), reason="印错"), Correction(issued=date(2024, 3, 21)))
    as_json = {"corrections": [{"clause": "一句", "lead": ["甲局", "乙局"], "reason": "印错"}, {"issued": "2024-03-21"}]}
    toml = '[[corrections]]\nclause = "一句"\nlead = ["甲局", "乙局"]\nreason = "印错"\n[[corrections]]\nissued = 2024-03-21\n'
    assert corrections_in(json.dumps(as_json).encode(), "更正.json") == expected
    assert corrections_in(json.dumps(as_json["corrections"]).encode(), "更正.json") == expected
    assert corrections_in(toml.encode(), "更正.toml") == expected


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "3", "[3]", '[{"clause": "一句"}]', '[{"lead": ["甲局"]}]', '[{"clause": "一句", "lead": [3]}]',
     '[{"issued": "昨天"}]', '[{"colour": "red", "title": "题"}]', '[{"title": " "}]', "[" * 100_000],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_how_it_should_look(text):
    with pytest.raises(InputError) as refusal:
        corrections_in(text.encode(), "更正.json")
    assert refusal.value.code == "bad_corrections_file" and "clause" in refusal.value.remedy
