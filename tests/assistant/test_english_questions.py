"""Every English question of the evaluation gets its kind and words that its document has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.english.border import is_english, translate
from assistant.question.scope import Known
from assistant.question.tagging import words as dictionary
from assistant.question.understand import Knowledge, understand
from corpus.parse import parse
from corpus.text import fold
from corpus.types import Document
from tests.conftest import AssistantOf

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SOURCES = (
    (SHARED / "eval" / "dev.jsonl", SHARED / "corpus"),
    # The talks are over documents of several sets (`tests/eval/test_talks.py`).
    *((path, ROOT / "corpus" / "samples") for path in sorted((ROOT / "eval" / "questions").glob("*.jsonl")) if path.stem != "talks"),
)
# A table without a sentence that a person, rather than a body, is responsible: which of the two is meant shows only in the document.
OTHER_KINDS = {"Who is the flood-control officer responsible for Shuangxi Reservoir (双溪水库)?"}


def _asked() -> Iterator[Any]:
    for path, folder in SOURCES:
        if not path.exists():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if is_english(item["question"]) and item["answerable"]:
                yield pytest.param(item, folder, id=f"{path.stem}-{item['id']}")


ASKED = list(_asked())


@pytest.fixture(scope="session")
def document_in() -> Callable[[Path, str], Document]:
    return cache(lambda folder, name: parse((folder / name).read_bytes(), name))


@pytest.mark.skipif(not ASKED, reason="no evaluation questions beside the project")
@pytest.mark.parametrize(("item", "folder"), ASKED)
def test_an_evaluation_question_finds_its_document(
    item: dict[str, Any], folder: Path, document_in: Callable[[Path, str], Document]
) -> None:
    documents = [document_in(folder, name) for name in item["docs"]]
    places = tuple(place for document in documents for place in document.card.places)
    known = tuple(Known(d.name, d.name, d.title, d.card.places, d.card.years) for d in documents)
    texts = "".join(fold(d.text) for d in documents)
    library = Knowledge(known, lambda text: int(text in texts), 100, dictionary())
    question = item["question"]
    asked = [question, *(turn["question"] for turn in item.get("history", ()))]
    words = [word for text in asked for term, others in translate(text, places).terms for word in (term, *others)]
    assert any(word in texts for word in words)
    assert [name for text in asked for name in translate(text, places).unknown_places] == []
    if item["kind"] != "follow_up" and question not in OTHER_KINDS:
        assert understand(question, library).kind == item["kind"]


def test_how_old_a_person_must_be_asks_for_an_age(assistant_of: AssistantOf) -> None:
    text = "楠溪市骑行管理条例\n\n第一条 驾驶电动自行车应当年满16周岁。\n第二条 成年人驾驶电动自行车可以搭载1名12周岁以下儿童。\n"
    assert "16周岁" in assistant_of(text).ask("How old must a person be to ride an e-bike in Nanxi (楠溪)?").answer
