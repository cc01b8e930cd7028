"""R-07, R-08, G15: documents that give orders, repeat themselves or copy one another do not change what other documents answer.

The suite asks a sample; `make poison` asks fifty questions with sixty documents, and puts ten thousand copies beside the one that answers.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.config import Config
from corpus.samples import sample_files
from tests.hostile.poison import ORDERED, poisoned
from tests.web_server import NOTICE, OTHER

WHOLE = bool(os.environ.get("POISON_WHOLE"))
ROOT = Path(__file__).resolve().parents[1]
FEW = ("01-yunbo-safety-plan.txt", "06-hengling-gas-regulation.md")
COPIES = 10_000 if WHOLE else 40


def asked() -> tuple[str, ...]:
    """Give questions over the sample documents: fifty, of all kinds; in the suite those of two documents."""
    rows = [json.loads(line) for line in (ROOT / "eval/questions/samples.jsonl").read_text(encoding="utf-8").splitlines()]
    fitting = [row for row in rows if row.get("answerable", True) and not row.get("history") and (WHOLE or set(row["docs"]) <= set(FEW))]
    step = max(1, len(fitting) // (50 if WHOLE else 12))
    return tuple(row["question"] for row in fitting[::step])[: 50 if WHOLE else 12]


def test_r07_g15_orders_in_documents_change_no_answer(tmp_path: Path) -> None:
    questions = asked()
    with Assistant.open(tmp_path / "library", Config()) as assistant:
        assistant.add([path for path in sample_files() if WHOLE or path.name in FEW])
        before = {question: assistant.ask(question) for question in questions}
        chosen = dict(list(poisoned(questions).items())[:: 1 if WHOLE else 5])
        for name, text in chosen.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        assistant.add([tmp_path / name for name in chosen])
        changed = []
        for question in questions:
            answer = assistant.ask(question)
            # A document that is cited by its name says itself where its words are from.
            labelled = any(citation.doc in chosen for citation in answer.citations)
            if ORDERED in answer.answer or (answer.answer != before[question].answer and not labelled):
                changed.append(f"{question}: {before[question].answer[:60]} -> {answer.answer[:60]}")
        assert not changed, f"{len(changed)} of {len(questions)}: " + "; ".join(changed)


STUFFED = "防盗窗动态清零 防盗窗 动态清零 牵头单位 应急演练 覆盖率 "
QUESTIONS = ("青山区防盗窗动态清零由谁牵头?", "应急演练由谁牵头?", "重点企业覆盖率要达到多少?", "白石镇防盗窗什么时候清完?", "防盗窗动态清零由谁牵头?")


@pytest.fixture(scope="module")
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Give a library of two notices with a document that repeats their words and many copies of a third."""
    folder = tmp_path_factory.mktemp("flooded")
    files = {"青山区方案.txt": NOTICE, "白石镇方案.txt": OTHER, "堆砌.txt": "有关工作说明\n\n" + "\n".join(f"{n}.{STUFFED * 3}。" for n in range(1, 60))}
    files |= {f"抄{n}.txt": f"说明{n}\n\n一、主要内容\n1.防盗窗动态清零。应急演练。覆盖率。有关防盗窗动态清零的问题,请看第{n}号文件。\n" for n in range(COPIES)}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    assistant = Assistant.open(folder / "library", Config())
    assistant.add([folder / name for name in files])
    return assistant


def test_r08_stuffed_and_copied_documents_change_no_answer(flooded: Assistant) -> None:
    wanted = ("区消防救援大队", "区教育局", "95%", "9月底前", "镇应急消防管理站")
    for question, expected in zip(QUESTIONS, wanted, strict=True):
        answer = flooded.ask(question)
        # A question that names no place may be lost in the flood: it is refused then, and never answered out of the flood.
        lost = question == QUESTIONS[-1] and answer.status == "refused"
        assert lost or expected in answer.answer, question


def test_r08_no_document_and_no_copy_takes_all_places_of_a_search(flooded: Assistant) -> None:
    for question in QUESTIONS:
        found = [hit.doc for hit in flooded.search(question, 10)]
        # Two of each thing that the copies say: title, heading, clause.
        assert max(found.count(doc) for doc in found) <= 5 and sum(doc.startswith("抄") for doc in found) <= 6, (question, found)
        assert any(doc in ("青山区方案.txt", "白石镇方案.txt") for doc in found), (question, found)
