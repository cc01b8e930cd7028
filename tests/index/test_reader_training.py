from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from index.reader import Reader
from index.reading.features import Lexicon, codes_of, key_of
from index.reranker import NetworkReranker
from index.training.cloze import Habits, ask
from index.training.pairs import SOURCES, is_held_out
from index.training.precision import autocast, halves_are_quick
from index.training.reader_material import (
    Asked,
    Written,
    cropped,
    cut_text,
    kept_start,
    parted,
    read_asked,
    rivals_of,
    topic_of,
    without,
)
from index.training.reader_recipe import ReaderRecipe
from index.training.rerank_material import Drills, Kind, Ranked
from index.training.settings import changed
from index.training.train_reader import rate_at, train
from index.training.train_reranker import RerankRecipe, mean_rank
from index.training.train_reranker import train as train_reranker

LAW = (
    "第一条 为了加强消防工作,预防火灾,保护人身安全,制定本条例。\n第二条 市应急管理局负责全市消防工作,每年组织演练不少于2次。\n"
    "第三条 2025年12月31日前,各区应当完成老旧小区消防设施改造。\n第四条 违反本条例规定的,由消防救援机构处一万元以上五万元以下罚款。"
)
PARAGRAPHS = [
    f"{name}位于越南北部,始建于{year}年,占地约{size}平方公里,由{who}主持修建。1963年,{name}对外开放,{who}被任命为首任馆长。此后游客逐年增加。"
    for name, year, size, who in (
        ("河内博物馆", 1919, 35, "范廷颂"), ("顺化图书馆", 1890, 12, "陈文安"), ("海防公园", 1932, 78, "黎德胜"), ("升龙戏院", 1971, 4, "阮氏梅"),
    )
]  # fmt: skip


def write_lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def lexicon() -> Lexicon:
    words = ("消防", "应急", "演练", "位于", "馆长", "罚款")
    keys = np.array(sorted(map(key_of, words)), dtype=np.uint32)
    characters = np.array(sorted(set(codes_of(LAW + "".join(PARAGRAPHS)).tolist())), dtype=np.uint32)
    return Lexicon(characters, keys, np.arange(1, len(words) + 1, dtype=np.int32), np.full(len(words) + 1, 4.0, dtype=np.float32))


def start() -> tuple[Lexicon, np.ndarray[Any, np.dtype[np.float32]], dict[str, list[str]]]:
    return lexicon(), np.random.default_rng(0).normal(size=(7, 8)).astype(np.float32), {"消防": ["防火"]}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Write a folder of training data with a handful of everything."""
    folder = tmp_path / "data"
    document = next(name for name in map("{:012x}".format, range(100)) if not is_held_out(name))
    held_out = next(name for name in map("{:012x}".format, range(100)) if is_held_out(name))
    for source in SOURCES:
        rows = [{"query": f"谁负责{topic}", "positive": f"{topic}由{topic}局负责,电话公开。", "group": document} for topic in ("消防", "演练", "改造")]
        rows.append({"query": "防汛归谁管", "positive": "防汛由水务局负责。", "group": held_out})
        write_lines(folder / "train" / f"{source}.jsonl.gz", rows)
    for name in ("laws", "policies"):
        write_lines(folder / "scale" / f"{name}.jsonl.gz", [{"id": document, "title": "消防条例", "text": LAW}])
    written: list[dict[str, Any]] = [
        {"id": str(at), "question": f"{text[:5]}是谁主持修建的?", "context": text, "answers": [text.split("由")[1][:3]]}
        for at, text in enumerate(PARAGRAPHS * 6)
    ]
    # Every twentieth passage is held out, so there have to be some.
    written += [{"id": f"n{at}", "question": "占地多少?", "context": f"{PARAGRAPHS[at % 4]}占地{1000 + at}亩。", "answers": [str(1000 + at)]} for at in range(60)]
    write_lines(folder / "reader" / "cmrc2018-train.jsonl.gz", written)
    return folder


SMALL = ReaderRecipe(made=2, written=3, batch=4, width=16, passages=10, words=8, second_genre=0.3)


def test_a_run_writes_a_reader_that_reads_and_a_second_call_goes_on_from_it(data: Path, tmp_path: Path) -> None:
    genre = write_lines(tmp_path / "genre.jsonl.gz", [{"question": "谁负责?", "context": LAW, "answers": ["市应急管理局"], "start": LAW.index("市应急")}])
    work, out = tmp_path / "work", tmp_path / "out"
    kept_start(work_of(work) / "start.npz", start)
    torch.set_num_threads(1)
    figures = train(data, genre, out, work, SMALL)
    assert 0 <= figures["f1"] <= 1 and figures["questions"] > 0
    reader = Reader.open(out)
    assert reader.read("谁负责消防工作?", [LAW])[0].end <= len(LAW)
    lines = [json.loads(line) for line in (work / "progress.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[-1]["step"] == 5 and "em" in lines[-1]
    assert (work / "curves.png").stat().st_size > 1000
    train(data, genre, tmp_path / "again", work, SMALL)
    assert Reader.open(tmp_path / "again").name == reader.name


def work_of(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_a_run_writes_a_reranker(data: Path, tmp_path: Path) -> None:
    work = work_of(tmp_path / "work")
    kept_start(work / "start.npz", start)
    figures = train_reranker(data, None, tmp_path / "out", work, RerankRecipe(steps=2, questions=2, rivals=1, width=16, words=8))
    reranker = NetworkReranker.open(tmp_path / "out")
    assert reranker.weight == figures["weight"]
    scores = reranker.score("谁负责消防", ["消防由消防局负责。", ""])
    assert scores.shape == (2,) and scores[0] != 0 and scores[1] == 0


def test_sixteen_bits_are_used_only_where_they_are_quick() -> None:
    with autocast():
        product = torch.ones(2, 2) @ torch.ones(2, 2)
    assert product.dtype == (torch.bfloat16 if halves_are_quick() else torch.float32)


def test_the_rate_falls_only_when_written_questions_come() -> None:
    recipe = ReaderRecipe(made=1000, written=1000)
    assert rate_at(0, recipe) < rate_at(500, recipe) == rate_at(1000, recipe) == recipe.rate
    assert rate_at(1500, recipe) > rate_at(1999, recipe) > 0


@pytest.mark.parametrize("seed", range(40))
def test_a_made_question_asks_for_what_was_cut_out(seed: int) -> None:
    passage = lexicon().analyser()(LAW)
    made = ask(passage, "消防条例", {"消防": ["防火"]}, Habits(dropped=0.0, swapped=0.0), np.random.default_rng(seed))
    if made is None:
        return
    answer = LAW[made.start : made.end]
    assert answer and "\n" not in answer
    assert 0 < len(made.question) <= 91
    assert answer not in made.question or len(answer) < 3
    assert made == ask(passage, "消防条例", {"消防": ["防火"]}, Habits(dropped=0.0, swapped=0.0), np.random.default_rng(seed))


def test_every_place_of_an_answer_may_be_meant_unless_a_start_is_given(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"question": "谁?", "context": "甲局和甲局", "answers": ["甲局"]},
        {"question": "谁?", "context": "甲局和甲局", "answers": ["甲局"], "start": 3},
        {"question": "谁?", "context": "甲局和甲局", "answers": [], "start": None},
        {"question": "谁?", "context": "甲局", "answers": ["丙局"]},
    ]
    assert [one.spans for one in read_asked(write_lines(tmp_path / "q.jsonl.gz", rows))] == [((0, 2), (3, 5)), ((3, 5),), ()]


def test_a_passage_is_held_out_with_all_its_questions() -> None:
    asked = [Asked(f"问{at}", f"文{at // 2}", ()) for at in range(80)]
    trained, held_out = parted(asked)
    assert len(held_out) == 4
    assert not {one.context for one in trained} & {one.context for one in held_out}


@pytest.mark.parametrize("seed", range(10))
def test_a_crop_keeps_the_answer_and_a_part_without_it_does_not(seed: int) -> None:
    passage = lexicon().analyser()(LAW)
    question = passage.part(0, 5)
    chance = np.random.default_rng(seed)
    begin = LAW.index("市应急管理局")
    item = cropped(question, passage, [(begin, begin + 6)], 60, chance)
    assert [item.passage.text[a:b] for a, b in item.spans] == ["市应急管理局"]
    left, right = without(passage, begin, begin + 6, 60, chance)
    assert "市应急管理局" not in LAW[left:right] and right > left


def test_rivals_are_like_the_question_and_do_not_answer() -> None:
    asked = [Asked(f"{text[:5]}由谁修建?", text, ((0, 1),), (text.split("由")[1][:3],)) for text in PARAGRAPHS]
    for at, contexts in rivals_of(asked, lexicon().analyser()).items():
        assert contexts
        assert all(context != PARAGRAPHS[at] and asked[at].answers[0] not in context for context in contexts)


def test_written_questions_lose_their_passage_at_the_share_asked_for() -> None:
    asked = [Asked(f"{text[:5]}在哪?", f"{text}\n{LAW}", ((0, 5),), (text[:5],)) for text in PARAGRAPHS]
    analyse = lexicon().analyser()
    written = Written(asked, analyse, rivals_of(asked, analyse))
    chance = np.random.default_rng(1)
    assert all(written.item(chance, 224, 0.0).spans for _ in range(20))
    assert not any(written.item(chance, 224, 1.0).spans for _ in range(20))


def test_texts_are_cut_at_lines() -> None:
    pieces = list(cut_text("\n".join([LAW] * 6), longest=400))
    assert len(pieces) > 1
    assert all(line in LAW for piece in pieces for line in piece.splitlines())


@pytest.mark.parametrize(("text", "topic"), [("范廷颂枢机(,),是越南人", "范廷颂枢机"), ("河内是首都", "河内"), ("在很久很久很久以前的某个地方有一座山", "")])
def test_the_topic_of_a_paragraph(text: str, topic: str) -> None:
    assert topic_of(text) == topic


def test_recipes_are_changed_by_name() -> None:
    assert changed(ReaderRecipe(), ["batch=8", "rate=0.01"]) == ReaderRecipe(batch=8, rate=0.01)
    with pytest.raises(ValueError, match="depth"):
        changed(ReaderRecipe(), ["depth=3"])


def test_a_list_to_rank_begins_with_the_passage_that_answers() -> None:
    kind = Kind("heading", ["消防归甲局", "演练归乙局", "改造归丙局"], [Ranked("谁管消防", (0,), ((1, 1.0), (0, 0.9), (2, 0.5)), False)])
    items = Drills([kind], lexicon().analyser()).lists(np.random.default_rng(0), 3, 2)
    assert [item.passage.text for item in items[::3]] == ["消防归甲局"] * 3
    assert all(items[at].passage.text != "消防归甲局" for at in (1, 2, 4, 5))


def test_the_weight_of_a_reranker_moves_the_right_passage() -> None:
    judged = [Ranked("谁管消防", (0,), ((1, 1.0), (0, 0.9)), True)]
    assert mean_rank(judged, [[-1.0, 1.0]], 0.0) == 0.5
    assert mean_rank(judged, [[-1.0, 1.0]], 0.1) == 1.0
