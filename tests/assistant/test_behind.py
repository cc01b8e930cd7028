"""While documents are added one by one, questions are answered from the generation that is complete."""

from __future__ import annotations

import time

from assistant import Assistant
from assistant.config import Config
from corpus.intake import add_files
from corpus.parse import parse

FIRST = "东江县危险房屋整治方案\n由县住建局牵头排查危险房屋,2025年6月底前完成。"
SECOND = "东江县燃气管道整治方案\n由县城管局牵头改造燃气管道,2026年6月底前完成。"


def test_questions_during_an_add_rest_on_the_last_generation(assistant_of, files_of):
    assistant = assistant_of(FIRST)
    before = assistant.library().generation
    (late,) = files_of(**{"新.txt": SECOND})
    with assistant.store.adding():
        add_files(assistant.store, [late])
        assert assistant.store.generation > before
        assert "县住建局" in assistant.ask("排查危险房屋由谁牵头").answer
        assert assistant.ask("改造燃气管道由谁牵头").abstained
        assert assistant.library().generation == before
    assert "县城管局" in assistant.ask("改造燃气管道由谁牵头").answer


def test_a_document_replaced_meanwhile_is_left_out_until_the_index_knows_it(assistant_of, files_of):
    assistant = assistant_of(**{"甲.txt": FIRST, "乙.txt": SECOND})
    (origin,) = [origin for origin in assistant.store.origins() if origin.endswith("甲.txt")]
    with assistant.store.adding():
        changed = FIRST.replace("县住建局", "县民政局")
        assistant.store.put(parse(changed.encode(), "甲.txt"), changed.encode(), origin)
        with Assistant.open(assistant.folder, assistant.config) as other:
            assert other.ask("排查危险房屋由谁牵头").abstained and "县城管局" in other.ask("改造燃气管道由谁牵头").answer
    assert "县民政局" in assistant.ask("排查危险房屋由谁牵头").answer


def test_a_library_without_an_index_answers_also_while_others_add(tmp_path, files_of):
    (late,) = files_of(**{"新.txt": SECOND})
    with Assistant.open(tmp_path / "library", Config()) as assistant, assistant.store.adding():
        add_files(assistant.store, [late])
        assert "县城管局" in assistant.ask("改造燃气管道由谁牵头").answer


def test_the_seconds_of_an_add_cover_the_index(assistant_of, files_of):
    assistant, shares = assistant_of(FIRST), []
    for name in ("新", "又", "再"):  # the least disturbed of three
        files = files_of(**{f"{name}.txt": SECOND.replace("燃气", name)})
        started = time.monotonic()
        seconds = assistant.add(files).seconds
        shares.append(seconds / (time.monotonic() - started))
    assert max(shares) > 0.9 and assistant.library().generation == assistant.store.generation
