"""The questions over the sample documents are well formed, provable from their quotes, and right about the tables."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from corpus.readers import read
from corpus.samples import sample_files
from corpus.types import Source
from eval.metrics import contains, fault_of, groups_met, normalize
from eval.run import read_questions
from eval.types import LIST_KINDS, Question

QUESTIONS = Path(__file__).resolve().parents[2] / "eval" / "questions"
FILES = ("samples.jsonl", "heldout.jsonl")
REQUIRED = {
    "id": str, "question": str, "lang": str, "kind": str, "docs": list, "answer": str, "must": list, "evidence": list,
    "answerable": bool,
}  # fmt: skip
OPTIONAL = {"must_not": list, "history": list, "accept": list, "polarity": str, "note": str}
LEAST = {
    "lead": 30, "support": 12, "deadline": 25, "number": 40, "list": 12, "definition": 6, "measure": 15, "contact": 6,
    "meta": 15, "yesno": 12, "compare": 10, "count": 10, "reverse": 15, "follow_up": 12, "unanswerable": 45,
}  # fmt: skip
YUNBO, LICHUAN, BAIYU = "01-yunbo-safety-plan.txt", "07-lichuan-flood-control.html", "08-baiyu-afterschool-plan.md"


@cache
def sources() -> dict[str, Source]:
    """Read every sample document as the product does."""
    return {path.name: read(path.read_bytes(), path.name) for path in sample_files()}


@cache
def rows_of(file: str) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in (QUESTIONS / file).read_text(encoding="utf-8").splitlines())


@cache
def questions() -> tuple[Question, ...]:
    return tuple(question for file in FILES for question in read_questions(QUESTIONS / file))


def is_groups(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(group, list) and group and all(isinstance(text, str) and text.strip() for text in group)
        for group in value
    )


# ---------------------------------------------------------------- the documents


def test_the_starter_library_mixes_formats_and_encodings() -> None:
    paths = sample_files()
    assert Counter(path.suffix for path in paths) == {".txt": 7, ".md": 2, ".html": 2}
    assert sum(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in paths) == 1
    assert sum(source.encoding.lower() == "gb18030" for source in sources().values()) == 2


def test_every_sample_is_read_without_a_damaged_character() -> None:
    for name, source in sources().items():
        assert source.text.strip(), name
        assert "\ufffd" not in source.text and not source.text.startswith("\ufeff"), name


# ---------------------------------------------------------------- form


@pytest.mark.parametrize("file", FILES)
def test_every_question_has_the_fields_of_the_schema(file: str) -> None:
    for row in rows_of(file):
        for field, kind in REQUIRED.items():
            assert isinstance(row.get(field), kind), (row.get("id"), field)
        for field in row.keys() - REQUIRED.keys():
            assert isinstance(row[field], OPTIONAL[field]), (row["id"], field)
        assert re.fullmatch(r"[a-z]\d{3,}", row["id"])
        assert row["question"].strip() and row["answer"].strip(), row["id"]
        assert row["kind"] in LEAST and row["lang"] in ("zh", "en"), row["id"]
        assert is_groups(row["must"]) and is_groups(row.get("accept", [])), row["id"]
        assert row.get("polarity", "yes") in ("yes", "no"), row["id"]


def test_ids_and_questions_are_unique_over_both_files() -> None:
    assert len({question.id for question in questions()}) == len(questions())
    assert len({(normalize(q.question), q.history) for q in questions()}) == len(questions())


@pytest.mark.parametrize("kind", LEAST)
def test_there_are_enough_questions_of_the_kind_in_both_files(kind: str) -> None:
    assert sum(question.kind == kind for question in questions()) >= LEAST[kind]
    for file in FILES:
        assert any(row["kind"] == kind for row in rows_of(file))


def test_there_are_enough_questions_in_english_and_to_refuse() -> None:
    assert len(questions()) >= 220
    assert sum(question.lang == "en" for question in questions()) >= 20
    assert sum(not question.answerable for question in questions()) >= 45


def test_the_held_out_file_is_about_a_third() -> None:
    assert 0.28 < len(rows_of("heldout.jsonl")) / len(questions()) < 0.38


# ---------------------------------------------------------------- provable


def test_every_quote_is_verbatim_in_its_document() -> None:
    for question in questions():
        for quote in question.evidence:
            assert quote.doc in question.docs, question.id
            assert 15 <= len(quote.quote) <= 120, question.id
            assert quote.quote in sources()[quote.doc].text, (question.id, quote.quote)


def test_every_gold_answer_passes_its_own_rule() -> None:
    for question in questions():
        assert fault_of(question, question.answer, refused=not question.answerable) == "", question.id


def test_answerable_questions_name_their_documents_and_the_others_none() -> None:
    for question in questions():
        stated = (bool(question.must), bool(question.docs), bool(question.evidence))
        assert stated == (question.answerable,) * 3, question.id
        assert not (question.answerable and question.accept), question.id
        assert not (question.answerable and question.kind == "unanswerable"), question.id
        assert (question.kind == "follow_up") == bool(question.history), question.id


def test_every_wanted_string_group_is_grounded_in_the_named_documents() -> None:
    for question in questions():
        if question.kind == "count":
            continue
        text = "\n".join(sources()[doc].text for doc in question.docs)
        for group in question.must:
            assert any(contains(text, wanted) or normalize(wanted) in normalize(text) for wanted in group), question.id


def test_a_gold_answer_is_short() -> None:
    for question in questions():
        assert len(question.answer) <= (300 if question.kind in LIST_KINDS else 160), question.id


# ---------------------------------------------------------------- right about the tables


class Row(NamedTuple):
    task: str
    deadline: str
    lead: frozenset[str]
    support: frozenset[str]


def units(cell: str) -> frozenset[str]:
    bare = re.sub(r"等?按职责分工负责$", "", re.sub(r"\s", "", cell))
    return frozenset(unit for unit in re.split("[、,]", bare) if unit)


@cache
def flattened_rows() -> tuple[Row, ...]:
    """Read the flattened list by its blank lines: cells are one empty line apart, an empty last cell leaves a second one."""
    listing = sources()[YUNBO].text.split("行动任务清单\n\n序号", 1)[1].split("【打印本页】")[0]
    listing = re.sub(r"\n\n(?=、)|(?<=、)\n\n", "", listing)
    rows = []
    for block in re.split(r"\n(?=\d+\.)", listing)[1:]:
        cells = re.split(r"\n{2,}", re.split(r"\n(?:抓“|\([一二三四五六七八]\))", block)[0].strip())
        task, deadline, lead, support = (*cells, "")[:4]
        rows.append(Row(task, deadline, units(lead), units(support)))
    return tuple(rows)


@cache
def grid_rows(doc: str) -> tuple[Row, ...]:
    """Spread the merged cells of the document's task table over the rows they stand for."""
    source = sources()[doc]
    table = next(
        t for t in source.tables if any("任务" in cell.span.of(source.text) for cell in t.cells if cell.row == 0)
    )
    grid = {
        (cell.row + down, cell.column + right): cell.span.of(source.text).strip()
        for cell in table.cells
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    }
    columns = {text: column for (row, column), text in grid.items() if row == 0}
    named = {name: next(c for text, c in columns.items() if name in text) for name in ("任务", "牵头", "配合", "时限")}
    numbers = range(1, max(row for row, _ in grid) + 1)
    return tuple(
        Row(
            grid[row, named["任务"]],
            grid[row, named["时限"]],
            units(grid[row, named["牵头"]]),
            units(grid.get((row, named["配合"]), "")),
        )
        for row in numbers
    )


def led_by(unit: str) -> Callable[[Row], bool]:
    return lambda row: unit in row.lead


def supported_by(unit: str) -> Callable[[Row], bool]:
    return lambda row: unit in row.support


def due(deadline: str) -> Callable[[Row], bool]:
    return lambda row: row.deadline == deadline


COUNTED: tuple[tuple[str, str, Callable[[Row], bool]], ...] = (
    ("云泊治本攻坚任务清单总共多少条任务", YUNBO, lambda row: True),
    ("云泊清单里区应急管理局牵头(含共同牵头)的有几项?", YUNBO, led_by("区应急管理局")),
    ("云泊任务清单里常态化的任务几条?", YUNBO, due("常态化")),
    ("云泊清单中2025年底要完成的任务一共几条", YUNBO, due("2025年底")),
    ("云泊任务清单里区安委办牵头几条?", YUNBO, led_by("区安委办")),
    ("How many tasks in the Yunbo task list are led by the fire and rescue brigade?", YUNBO, led_by("区消防救援大队")),
    ("沥川防汛任务分解表共几项任务", LICHUAN, lambda row: True),
    ("沥川县水利局在防汛任务表里牵头几项(含共同牵头)?", LICHUAN, led_by("县水利局")),
    ("白榆任务分工表列了多少项", BAIYU, lambda row: True),
    ("白榆市教育局牵头(含共同)几项任务?", BAIYU, led_by("市教育局")),
)
LISTED: tuple[tuple[str, str, Callable[[Row], bool]], ...] = (
    ("云泊任务清单里区消防救援大队牵头哪几项?", YUNBO, led_by("区消防救援大队")),
    ("区住建局在云泊清单里牵头什么任务", YUNBO, led_by("区住建局")),
    ("列一下云泊区水利局负责牵头的活", YUNBO, led_by("区水利局")),
    ("云泊区教育局牵头或参与牵头哪些任务?", YUNBO, led_by("区教育局")),
    ("市场监管局在云泊牵头哪几条", YUNBO, led_by("区市场监管局")),
    ("云泊区民政局要牵头做什么", YUNBO, led_by("区民政局")),
    ("云泊区安委办牵头的任务都列出来", YUNBO, led_by("区安委办")),
    ("云泊任务清单里2024年底到期的有哪几项?", YUNBO, due("2024年底")),
    ("云泊哪些任务2024年6月底前就得弄完?", YUNBO, due("2024年6月底")),
    ("区消防救援大队在云泊清单里给哪些任务当配合单位?", YUNBO, supported_by("区消防救援大队")),
    ("Which tasks does the Yunbo human resources bureau (区人力社保局) lead?", YUNBO, led_by("区人力社保局")),
    ("2026年底前要完成的云泊任务有哪些", YUNBO, due("2026年底")),
    ("沥川住建局牵头哪些防汛任务?", LICHUAN, led_by("县住房城乡建设局")),
    ("沥川县水利局牵头的全部防汛任务", LICHUAN, led_by("县水利局")),
    ("沥川哪几项防汛任务4月15号前要完成?", LICHUAN, due("4月15日前")),
    ("县应急管理局在沥川防汛表中牵头些什么", LICHUAN, led_by("县应急管理局")),
    ("白榆市市场监管局负责牵头哪些", BAIYU, led_by("市市场监管局")),
    ("白榆市教育局牵头的课后服务任务有哪些?", BAIYU, led_by("市教育局")),
)


def table_of(doc: str) -> tuple[Row, ...]:
    return flattened_rows() if doc == YUNBO else grid_rows(doc)


def asked(text: str) -> Question:
    return next(question for question in questions() if question.question == text)


@pytest.mark.parametrize(("text", "doc", "wanted"), COUNTED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_count_equals_the_rows_of_the_table(text: str, doc: str, wanted: Callable[[Row], bool]) -> None:
    stated = re.match(r"\d+", asked(text).answer)
    assert stated and int(stated.group()) == sum(map(wanted, table_of(doc)))


@pytest.mark.parametrize(("text", "doc", "wanted"), LISTED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_list_of_tasks_names_every_row_of_the_table_and_no_other(
    text: str, doc: str, wanted: Callable[[Row], bool]
) -> None:
    question = asked(text)
    rows = [row for row in table_of(doc) if wanted(row)]
    assert len(question.must) == len(rows)
    for row in rows:
        assert any(groups_met(row.task, question.must)), row.task
    for group in question.must:
        assert any(groups_met(row.task, [group])[0] for row in rows), group


def test_the_flattened_list_keeps_its_traps() -> None:
    rows = flattened_rows()
    assert sum(not row.support for row in rows) == 11
    assert {"区安委办", "区综合执法局", "区应急管理局"} in [row.lead for row in rows]
    assert {"区消防救援大队", "国网云泊供电公司"} in [row.support for row in rows]
    numbers = [int(row.task.split(".")[0]) for row in rows]
    assert [1, 2, 4, 5] in [numbers[at : at + 4] for at in range(len(numbers))]
