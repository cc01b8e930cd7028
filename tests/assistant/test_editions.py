"""Answers come from the edition in force on the day asked for, and say which edition they rest on."""

from __future__ import annotations

import json
from datetime import date

import pytest

from assistant.cli.main import main
from assistant.library.editions import asked_day
from tests.editions import NEW, NOTICE

OLD = NOTICE.format(mark="", year=2019, number=3, times=1, since="2019年6月1日", end="旧房台账每年更新2次。")
QUESTION = "危险房屋每年检查几次"


@pytest.fixture
def assistant(assistant_of):
    return assistant_of(**{"旧.txt": OLD, "新.txt": NEW})


def cited(answer):
    return [(c.doc, c.title) for c in answer.citations]


def test_today_the_edition_in_force_answers_and_names_itself(assistant):
    answer = assistant.ask(QUESTION)
    assert "4次" in answer.answer and [doc for doc, _ in cited(answer)] == ["新.txt"]
    assert "(2023年修订)" in answer.citations[0].title and answer.notes == ()


@pytest.mark.parametrize("question", ["2022年时危险房屋每年检查几次", "按2020年的规定,危险房屋每年检查几次", "2023年12月31日的时候危险房屋每年检查几次?"])
def test_a_question_about_an_earlier_day_is_answered_from_the_edition_of_that_day(assistant, question):
    answer = assistant.ask(question)
    assert "1次" in answer.answer and cited(answer) == [("旧.txt", "东江县人民政府关于印发《东江县危险房屋管理办法》的通知(2019年印发)")]
    assert answer.question == question
    assert any("有效的文件回答" in note for note in answer.notes) and any("2024年1月1日起由" in note for note in answer.notes)


def test_a_day_given_apart_counts_like_one_in_the_question(assistant):
    assert "1次" in assistant.ask(QUESTION, as_of=date(2020, 1, 1)).answer
    assert "4次" in assistant.ask(QUESTION, as_of=date(2024, 1, 1)).answer


def test_a_document_that_was_chosen_is_answered_from_with_a_note(assistant):
    answer = assistant.ask(QUESTION, documents=["旧.txt"])
    assert "1次" in answer.answer and any("代替" in note and "东政发〔2023〕8号" in note for note in answer.notes)


def test_what_only_the_former_edition_says_is_refused_with_a_hint(assistant):
    answer = assistant.ask("旧房台账每年更新几次")
    assert answer.abstained and any("不再有效" in note and "--as-of 2019-05-06" in note for note in answer.notes)


def test_a_rejected_link_brings_both_editions_back(assistant):
    (link,) = assistant.supersede("旧.txt", "新.txt", "rejected", by="王芳")
    assert link.state == "rejected" and link.decision.by == "王芳"
    assert {doc for doc, _ in cited(assistant.ask(QUESTION))} == {"旧.txt", "新.txt"}
    assistant.supersede("旧.txt", "新.txt", "", by="王芳")
    assert [doc for doc, _ in cited(assistant.ask(QUESTION))] == ["新.txt"]
    assert [(e.by, e.action) for e in assistant.store.trail("旧.txt")] == [("王芳", "supersede")] * 2


def test_an_altered_audit_trail_is_found(assistant):
    assistant.supersede("旧.txt", "新.txt", by="王芳")
    assert assistant.verify() == ()
    with assistant.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE audit SET by = '李强'")
    assert any("审计" in problem for problem in assistant.verify())


def test_a_proposed_successor_is_told_beside_the_answer(assistant_of):
    plain = "危险房屋管理办法实施细则\n第一条 危险房屋每年检查{}次。\n第二条 本细则自{}年5月6日起施行。\n"
    assistant = assistant_of(**{"旧.txt": plain.format(1, 2019), "新.txt": plain.format(4, 2023)})
    assert any("尚未确认" in note for note in assistant.ask("危险房屋每年检查几次", documents=["旧.txt"]).notes)
    assistant.supersede("旧.txt", "新.txt", by="王芳")
    assert [c.doc for c in assistant.ask("危险房屋每年检查几次").citations] == ["新.txt"]


def test_a_document_not_yet_in_force_says_so(assistant_of):
    coming = OLD.replace("2019年6月1日", f"{date.today().year + 1}年6月1日")
    (note,) = assistant_of(coming).ask(QUESTION).notes
    assert "还没有施行" in note


def test_a_term_that_has_ended_is_told(assistant_of):
    (note,) = assistant_of(OLD.replace("起施行。", "起施行,有效期2年。")).ask(QUESTION).notes
    assert "有效期到2021年5月31日" in note


@pytest.mark.parametrize(
    ("question", "day", "rest"),
    [
        ("2022年时由谁牵头", date(2022, 12, 31), "由谁牵头"),
        ("2022年6月的时候,由谁牵头", date(2022, 6, 30), "由谁牵头"),
        ("as of 2022-05 who leads the task", date(2022, 5, 31), "who leads the task"),
        ("what is the subsidy under the 2022 measures", date(2022, 12, 31), "what is the subsidy"),
        ("2022年时间安排是什么", None, "2022年时间安排是什么"),
        ("2024年6月底前完成哪些", None, "2024年6月底前完成哪些"),
        ("2022年检查了多少家", None, "2022年检查了多少家"),
    ],
)
def test_only_words_that_ask_for_a_day_are_read_as_one(question, day, rest):
    assert asked_day(question, date(2026, 7, 1)) == (day, rest)


def test_a_library_without_editions_reads_no_day_into_a_question(assistant_of):
    answer = assistant_of(OLD).ask("2022年时危险房屋每年检查几次")
    assert not any("有效的文件回答" in note for note in answer.notes)


# ---------------------------------------------------------------- the command line


def run(capsys, *words, library):
    code = main([*words, "--library", str(library), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_add_reports_what_it_supersedes(capsys, files_of, tmp_path):
    old, new = files_of(**{"旧.txt": OLD, "新.txt": NEW})
    run(capsys, "add", str(old), library=tmp_path / "l")
    code, report = run(capsys, "add", str(new), library=tmp_path / "l")
    (file,) = report["files"]
    (link,) = file["supersedes"]
    assert code == 0 and link["state"] == "certain" and link["since"] == "2024-01-01" and file["superseded_by"] == []
    assert link["later"] == file["document_id"] and link["earlier_title"].startswith("东江县危险房屋管理办法")
    main(["add", str(old), str(new), "--library", str(tmp_path / "other")])
    assert capsys.readouterr().out.count("已自动采用") == 1


def test_supersede_lists_confirms_rejects_and_takes_back(capsys, files_of, tmp_path):
    library = tmp_path / "l"
    main(["add", *map(str, files_of(**{"旧.txt": OLD, "新.txt": NEW})), "--library", str(library)])
    capsys.readouterr()
    states = []
    for words in ([], ["旧.txt", "新.txt", "--reject"], ["旧.txt", "新.txt"], ["旧.txt", "新.txt", "--undo"]):
        _, shown = run(capsys, "supersede", *words, library=library)
        states += [link["state"] for link in shown["links"]]
    assert states == ["certain", "rejected", "confirmed", "certain"]
    assert run(capsys, "supersede", "旧.txt", library=library)[1]["error"]["code"] == "wrong_use"
    assert run(capsys, "supersede", "旧.txt", "旧.txt", library=library)[1]["error"]["code"] == "same_document"


def test_ask_takes_a_day(capsys, files_of, tmp_path):
    library = tmp_path / "l"
    main(["add", *map(str, files_of(**{"旧.txt": OLD, "新.txt": NEW})), "--library", str(library)])
    capsys.readouterr()
    _, answer = run(capsys, "ask", QUESTION, "--as-of", "2020", library=library)
    assert "1次" in answer["answer"]
    code, refusal = run(capsys, "ask", QUESTION, "--as-of", "去年", library=library)
    assert code == 2 and refusal["error"]["code"] == "bad_date"
