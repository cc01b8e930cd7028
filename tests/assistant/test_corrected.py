"""A corrected fact is what is answered, and the answer says that it was corrected."""

from __future__ import annotations

import json

from assistant.cli.main import main
from corpus.corrections import Correction

PLAN = """东江县危险房屋整治方案
一、重点任务
(一)排查危险房屋。由县住建局牵头,县应急局配合,2025年6月底前完成排查。
(二)拆除危险房屋。由县城管局牵头,县公安局配合,2025年底前完成拆除。
东江县人民政府
2024年3月21日
"""
CLAUSE = "由县住建局牵头,县应急局配合"


def test_the_corrected_unit_is_answered_with_a_remark(assistant_of):
    assistant = assistant_of(PLAN)
    assistant.correct("文件1.txt", [Correction(CLAUSE, lead=("县自然资源局",), reason="印错")], by="王芳")
    answer = assistant.ask("排查危险房屋由谁牵头")
    assert answer.answer == "县自然资源局" and any("已人工更正" in note and "王芳" in note for note in answer.notes)
    assert not any("更正" in note for note in assistant.ask("拆除危险房屋由谁牵头").notes)
    assert [d.lead[0].value for _, d in assistant.duties()] == ["县自然资源局", "县城管局"]


def test_the_corrected_time_limit_is_answered(assistant_of):
    assistant = assistant_of(PLAN)
    assistant.correct("文件1.txt", [Correction("2025年6月底前完成排查", deadline="2025年9月底前")], by="王芳")
    answer = assistant.ask("排查危险房屋什么时候完成")
    assert "2025年9月底" in answer.answer and "2025年6月底" not in answer.answer


def test_the_command_corrects_lists_and_takes_back(capsys, files_of, tmp_path):
    library = tmp_path / "library"
    main(["add", *map(str, files_of(PLAN)), "--library", str(library)])
    file = tmp_path / "更正.json"
    file.write_text(json.dumps([{"clause": CLAUSE, "lead": ["县自然资源局"]}]), encoding="utf-8")

    def run(*words):
        capsys.readouterr()
        code = main(["correct", "文件1.txt", *words, "--library", str(library), "--json"])
        return code, json.loads(capsys.readouterr().out)

    code, shown = run(str(file))
    (made,) = shown["corrections"]
    assert code == 0 and made["applied"] and made["sets"] == {"lead": "县自然资源局"} and made["made_by"] and made["made_at"]
    main(["show", "文件1.txt", "--facts", "--library", str(library)])
    assert "已人工更正" in capsys.readouterr().out
    assert run()[1]["corrections"] == [made]
    main(["correct", "文件1.txt", "--library", str(library)])
    assert "县自然资源局" in capsys.readouterr().out
    assert run("--undo", str(made["id"]))[1]["corrections"][0]["undone_at"]
    assert run("--undo", "99")[1]["error"]["code"] == "unknown_correction"
    assert run(str(tmp_path / "fehlt.json"))[1]["error"]["code"] == "bad_path"
