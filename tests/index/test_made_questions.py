"""Questions made by rule: the answer stands where the item says, and a passage without it is one that does not hold it."""

import gzip
import json
import random
from pathlib import Path

from index.training.pairs import is_held_out
from index.training.questions.make import Home, Item, home_of, items_from, make

LAW = """第一章 总则
第一条 为了规范犬只饲养行为,保障公民人身安全,根据《中华人民共和国动物防疫法》等法律、法规,结合本县实际,制定本办法。
第二条 本县行政区域内犬只的饲养、经营活动,适用本办法。
第三条 本办法所称烈性犬,是指体重超过三十公斤或者有攻击记录的犬只。
第四条 县城市管理部门负责城区犬只登记和日常巡查。
第五条 养犬人应当自取得犬只之日起十五日内申请办理登记。
第六条 申请犬只登记应当具备下列条件:
(一)有固定住所;
(二)犬只已经接种狂犬病疫苗。
第七条 携带犬只外出未用牵引绳的,由公安机关责令改正,处五十元以上二百元以下罚款。
第八条 本办法自2024年5月1日起施行。
"""


def home(identity: str = "a" * 12, title: str = "松岚县养犬管理办法", text: str = LAW) -> Home:
    return home_of({"id": identity, "title": title, "text": text})


def items(seed: int = 1, unanswered: float = 0.0) -> list[Item]:
    return list(items_from(home(), (), random.Random(seed), most=40, unanswered=unanswered))


def answers(kind: str) -> set[str]:
    return {item.answer for item in items() if item.kind == kind}


def test_the_answer_stands_where_the_item_says() -> None:
    for item in items():
        assert item.start is not None
        assert item.context[item.start : item.start + len(item.answer)] == item.answer != ""


def test_each_statement_of_a_law_is_asked_for() -> None:
    assert answers("limit") == {"自取得犬只之日起十五日内"}
    assert answers("fine") == {"五十元以上二百元以下罚款"}
    assert answers("punisher") == {"公安机关"}
    assert answers("authority") == {"县城市管理部门"}
    assert answers("effective") == {"2024年5月1日起"}
    assert answers("definition") == {"体重超过三十公斤或者有攻击记录的犬只"}
    assert "申请犬只登记应当具备哪些条件" in {s.slots.get("question") for s in home().stated}


def test_the_passage_is_a_window_under_the_title() -> None:
    fine = next(item for item in items() if item.kind == "fine")
    head, text = fine.context.split("\n", 1)
    assert head.startswith("松岚县养犬管理办法")
    assert text in home().document.text


def test_a_passage_without_the_answer_does_not_hold_it() -> None:
    found = items(unanswered=1.0)
    answered = {item.id: item for item in found if item.start is not None}
    without = [item for item in found if item.start is None]
    assert without
    for item in without:
        there = answered[item.id.removesuffix("-no")]
        assert there.answer not in item.context
        assert item.question == there.question


def test_the_same_seed_makes_the_same_questions() -> None:
    assert items(3) == items(3) != items(4)


def test_documents_are_trained_on_or_measured_never_both(tmp_path: Path) -> None:
    (tmp_path / "scale").mkdir()
    laws = [{"id": f"{n:012x}", "title": f"松岚县养犬管理办法{n}", "text": LAW} for n in range(24)]
    policies = [{"id": f"{n:012x}", "title": "", "text": "一、加强巡查\n(一)加强城区巡查。每天早晚各巡查一次,发现问题当场处置,做好记录。"} for n in range(40, 44)]
    for name, rows in (("laws", laws), ("policies", policies)):
        with gzip.open(tmp_path / "scale" / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    make(tmp_path, tmp_path / "out", laws=24)
    sides = {}
    for side in ("train", "eval"):
        with gzip.open(tmp_path / "out" / f"{side}.jsonl.gz", "rt", encoding="utf-8") as lines:
            sides[side] = {json.loads(line)["id"].split("-")[0] for line in lines}
    assert sides["train"] and sides["eval"]
    assert not any(is_held_out(identity) for identity in sides["train"])
    assert all(is_held_out(identity) for identity in sides["eval"])
