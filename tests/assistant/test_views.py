"""What somebody who sees some collections only gets: a library in which the other documents do not exist."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.accounts import collections
from assistant.accounts.types import Principal
from assistant.config import Config
from assistant.programs import verbs
from assistant.web.suggestions import suggest
from assistant.web.texts import TEXTS
from corpus.errors import UnknownCollection, UnknownDocument
from tests.web_server import NOTICE, OTHER

SECRET = """白石镇人事调整方案

一、岗位调整
1.岗位竞聘。2024年10月底前,完成岗位竞聘。(牵头单位:镇党政办;配合单位:镇应急消防管理站)
2.防盗窗专项。2024年11月底前,抽查防盗窗清零情况。(牵头单位:镇纪委)
"""
QUESTIONS = (
    "防盗窗动态清零由谁牵头?", "岗位竞聘什么时候完成?", "镇党政办牵头哪些任务?", "镇纪委负责什么?", "2024年10月底前要完成哪些任务?",
    "一共有几份文件?", "白石镇的方案有哪些任务?", "防盗窗专项由谁牵头?", "岗位竟聘由谁牵头?", "有没有人事方面的文件?",
    "一厂一策是什么时候完成?", "应急演练每学期组织几次?", "镇应急消防管理站配合哪些工作?", "What must be done about window bars?",
)  # fmt: skip


def opened(folder: Path, *, with_secret: bool) -> Assistant:
    """Open a library with two public notices and perhaps a document of another collection, between the two and edited since."""
    folder.mkdir()
    config = Config(library=str(folder / "library"))
    assistant = Assistant.open(config.library_folder, config)
    if with_secret:
        collections.create_collection(assistant.store.database, "人事", by="test")
    assistant.add_upload(NOTICE.encode(), "青山区方案.txt")
    if with_secret:
        assistant.add_upload(SECRET.encode(), "白石镇人事方案.txt", "人事")
    assistant.add_upload(OTHER.encode(), "白石镇方案.txt")
    if with_secret:
        assistant.add_upload(SECRET.replace("10月", "9月").encode(), "白石镇人事方案.txt", "人事")
    return assistant


READER = Principal("u1", "甲", "reader", frozenset({"default"}))


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, Assistant]]:
    """The same library for the same reader, with a hidden document and without it."""
    folder = tmp_path_factory.mktemp("worlds")
    with closing(opened(folder / "a", with_secret=True)) as one, closing(opened(folder / "b", with_secret=False)) as other:
        yield one, other


def told(assistant: Assistant) -> dict[str, Any]:
    """Everything that the library tells somebody, but for the times it takes."""
    found: dict[str, Any] = {}
    for question in QUESTIONS:
        answer = verbs.ask(assistant, question)
        found[f"ask {question}"] = {**answer.as_json(), "latency_ms": 0, "trace": answer.trace, "suggestions": answer.suggestions}
        found[f"search {question}"] = verbs.search(assistant, question)["hits"]
    found["documents"] = [{**listing, "added_at": ""} for listing in verbs.documents(assistant)["documents"]]
    found["tasks"] = [str(task) for task in verbs.tasks(assistant)]
    found["tasks of a unit"] = [str(task) for task in verbs.tasks(assistant, unit="镇应急消防管理站")]
    for name in ("青山区方案.txt", "白石镇方案.txt"):
        found[f"show {name}"] = [verbs.show(assistant, name, part) for part in ("card", "outline", "facts", "text")]
    for name in ("白石镇人事方案.txt", "白石镇人事调整方案", "人事"):
        with pytest.raises(UnknownDocument) as unknown:
            assistant.store.document(name)
        found[f"absent {name}"] = unknown.value.as_json()
    found["quiz"] = assistant.quiz(count=30, seed=3).as_json()
    documents = [assistant.store.document(listing.id) for listing in assistant.store.documents()]
    found["suggestions"] = suggest(documents, assistant.ask, TEXTS["zh"], count=6, tries=30)
    found["editions"] = [str(one) for one in assistant.store.editions()], [str(link) for link in assistant.store.successions()]
    found["passages"] = [(entry.document_id, entry.passage.ordinal) for entry in assistant.store.passages()]
    found["origins"] = assistant.store.origins()
    return found


def test_a01_a03_a_hidden_collection_changes_not_one_byte(worlds: tuple[Assistant, Assistant]) -> None:
    one, other = (told(world.seen_by(READER)) for world in worlds)
    for key in one:
        assert json.dumps(one[key], ensure_ascii=False, default=str) == json.dumps(other[key], ensure_ascii=False, default=str), key
    # The test would notice: the whole library does tell of it.
    whole = told_of_secret(worlds[0])
    assert whole and not told_of_secret(worlds[0].seen_by(READER))


def told_of_secret(assistant: Assistant) -> bool:
    return verbs.ask(assistant, "岗位竞聘什么时候完成?").status == "answered"


def test_whoever_sees_all_after_all_shares_the_index_of_the_whole(worlds: tuple[Assistant, Assistant]) -> None:
    _, other = worlds
    view = other.seen_by(READER)
    assert view is not other and view.library() is other.library()
    assert worlds[0].seen_by(READER).library() is not worlds[0].library()
    nothing = other.seen_by(Principal("u2", "乙", "reader", frozenset()))
    assert nothing.store.documents() == () and nothing.ask("防盗窗动态清零由谁牵头?").status == "refused"


def test_a04_a_grant_or_a_move_counts_at_the_next_question(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "a", with_secret=True)) as assistant:
        database = assistant.store.database
        secret = collections.list_collections(database)[0].id
        view = assistant.seen_by(READER)
        assert not told_of_secret(view)
        both = assistant.seen_by(Principal("u1", "甲", "reader", frozenset({"default", secret})))
        assert told_of_secret(both)
        collections.put_documents(database, "default", ["白石镇人事方案.txt"], by="test")
        assert told_of_secret(view)
        collections.take_documents(database, "default", ["白石镇人事方案.txt"], by="test")
        assert not told_of_secret(view) and len(view.store.documents()) == 2
        collections.remove_collection(database, secret, by="test")
        assert told_of_secret(view)


def test_a08_what_is_out_of_sight_can_neither_be_changed_nor_noticed(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "a", with_secret=True)) as assistant:
        secret = assistant.store.document("白石镇人事方案.txt").id
        editor = assistant.seen_by(Principal("u1", "甲", "editor", frozenset({"default"})))
        for name in (secret, "白石镇人事方案.txt", "dffffffffffff"):
            with pytest.raises(UnknownDocument):
                editor.remove(name)
            with pytest.raises(UnknownDocument):
                editor.correct(name, (), by="甲")
        with pytest.raises(UnknownCollection):
            editor.add_upload(b"x", "新.txt", "人事")
        # The same bytes are new to him, the same name is his own, and the hidden document stays as it is.
        text = assistant.store.original(secret)
        report = editor.add_upload(text, "白石镇人事方案.txt")
        assert report.status == "added" and report.document_id != secret
        assert assistant.store.document(secret).version == 2
        # Moved out of his sight, a document keeps its name to itself.
        collections.move_documents(assistant.store.database, "人事", [report.document_id or ""], by="test")
        again = editor.add_upload(text + "三、其他\n".encode(), "白石镇人事方案.txt")
        assert again.status == "added" and again.document_id not in (secret, report.document_id)


def test_removing_takes_a_document_from_ones_own_collections_only(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "a", with_secret=True)) as assistant:
        collections.put_documents(assistant.store.database, "人事", ["白石镇方案.txt"], by="test")
        editor = assistant.seen_by(Principal("u1", "甲", "editor", frozenset({"default"})))
        editor.remove("白石镇方案.txt", by="甲")
        assert [listing.name for listing in editor.store.documents()] == ["青山区方案.txt"]
        assert assistant.store.document("白石镇方案.txt") and assistant.store.trail()[-1].action == "delete"
