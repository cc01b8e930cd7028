"""The checker of quizzes finds nothing in what is made, and finds every kind of fault that is put in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.config import Config
from eval.quiz import gives_away, main, report_of
from eval.quiz_checks import Item, check
from eval.quiz_reading import named, plain, read_stem

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
Check = Callable[[Item], tuple[str, ...]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(tmp_path_factory.mktemp("quiz") / "library", Config()) as assistant:
        assistant.add([SAMPLES])
        yield assistant


@pytest.fixture(scope="module")
def items(library: Assistant) -> list[Item]:
    mixed, ordered = library.quiz(count=120, seed=8), library.quiz(count=4, kinds=("order",))
    return [i.as_json() for i in (*mixed.items, *ordered.items)]


@pytest.fixture(scope="module")
def problems(library: Assistant) -> Check:
    documents = library.library().documents
    return lambda item: check(item, library, documents).problems


def of(items: list[Item], kind: str, word: str = "") -> Item:
    return deepcopy(next(i for i in items if i["kind"] == kind and word in i["stem"] and "不属于" not in i["stem"]))


def codes(found: tuple[str, ...]) -> set[str]:
    return {problem.split(":")[0] for problem in found}


def test_the_questions_made_from_the_samples_pass(items: list[Item], problems: Check) -> None:
    failed = [(i["stem"], i["options"], i["key"], problems(i)) for i in items if problems(i)]
    assert not failed


@pytest.mark.parametrize("kind", ["single", "multiple", "fill", "true_false", "case", "order"])
def test_a_wrong_key_is_found(items: list[Item], problems: Check, kind: str) -> None:
    item = of(items, kind)
    if kind == "fill":
        item["key"] = ["37%"]
    elif kind == "order":
        item["key"] = item["key"][::-1]
    elif kind == "multiple":
        item["key"] = [n for n in range(len(item["options"])) if n not in item["key"]]
    else:
        item["key"] = [(item["key"][0] + 1) % len(item["options"])]
    assert codes(problems(item)) & {"key_not_proven", "also_right"}


def test_a_wrong_option_that_is_right_as_well_is_found(items: list[Item], problems: Check) -> None:
    item = of(items, "multiple")
    item["key"] = item["key"][:-1]
    assert "also_right" in codes(problems(item))


def test_a_quote_that_is_not_in_the_document_is_found(items: list[Item], problems: Check) -> None:
    item = of(items, "single")
    item["citations"][0]["quote"] += "。"
    assert "not_verbatim" in codes(problems(item))


def test_a_stem_without_its_source_is_found(items: list[Item], problems: Check) -> None:
    item = of(items, "single")
    item["stem"] = "这项工作由（　　）牵头。"
    assert "source_not_named" in codes(problems(item))


def test_a_stem_that_says_its_key_is_found(items: list[Item]) -> None:
    item = of(items, "fill")
    assert not gives_away(item)
    item["stem"] = item["stem"].rstrip("。") + f"，即{item['key'][0]}。"
    assert gives_away(item)


def test_a_title_that_two_documents_share_names_both(library: Assistant) -> None:
    asked = read_stem("根据《柳湾镇安全生产治本攻坚三年行动实施方案（2024—2026年）》，到2025年底，某率达（　　）以上。")
    assert asked is not None and len(named(asked, library.library().documents)) == 1


def test_a_duplicate_is_counted(items: list[Item]) -> None:
    report: dict[str, Any] = report_of([], [], [[items[0], items[0], items[1]]])
    assert report["duplicates_within_a_paper"] == 1


def test_the_program_writes_its_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SAMPLES), "--items", "15", "--size", "15", "--report", str(tmp_path / "r.json")]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["items"] == 15 and figures["key_proven"] == 15
    assert len(json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["findings"]) == 15


HAND_CHECKED = Path(__file__).resolve().parents[2] / "eval" / "quiz_sample.jsonl"


def test_the_sample_checked_by_hand_still_stands_in_the_sample_documents(library: Assistant, problems: Check) -> None:
    """A hundred questions read one by one: the words of their clauses still stand, none was found wrong, and the checker agrees."""
    sample = [json.loads(line) for line in HAND_CHECKED.read_text(encoding="utf-8").splitlines()]
    assert len(sample) == 100 and len({item["id"] for item in sample}) == 100
    assert {item["verdict"] for item in sample} <= {"fine", "weak"}
    assert all(item["remark"] for item in sample if item["verdict"] == "weak")
    texts = {d.name: d for d in library.library().documents}
    for item in sample:
        for citation in item["citations"]:
            citation["document_id"] = texts[citation["doc"]].id
            assert plain(citation["quote"]) in plain(texts[citation["doc"]].text)
        # A reader that lays a table out anew moves the places, not the words.
        assert codes(problems(item)) <= {"not_verbatim"}, item["stem"]
