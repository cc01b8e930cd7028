"""What is found out of a question before it is answered: does the library answer it at all?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answering.confidence import SMALL, UNREAD, sureness
from assistant.answering.evidence import gather
from assistant.config import Config
from assistant.library.library import Library
from assistant.question.understand import understand
from assistant.reading import checked
from assistant.reading.checked import found_of

ROADS = "青岭区道路养护办法\n\n第一条 主干道每月清扫两次。\n\n第二条 路灯由区城管局负责维修。\n"
PARKS = "青岭区公园管理办法\n\n第一条 公园每日六时开放。\n\n第二条 公园内禁止垂钓。\n"


@contextmanager
def opened(place: Path, setting: str) -> Iterator[Library]:
    with Assistant.open(place / setting, Config(reader=setting)) as assistant:
        for name, text in (("道路.txt", ROADS), ("公园.txt", PARKS)):
            (place / name).write_text(text, encoding="utf-8")
        assistant.add([place / "道路.txt", place / "公园.txt"])
        yield assistant.library()


def test_a_title_named_in_passing_does_not_narrow_what_is_looked_at(tmp_path: Path) -> None:
    with opened(tmp_path, "rules") as library:
        query = understand("道路养护办法里公园几时开放", library.knowledge)
        assert len(query.scope.documents) == 1
        found = found_of(query, gather(query, library), library)
        assert found.strength == library.strength(query.text)
        chosen = understand(query.text, library.knowledge, documents=tuple(query.scope.documents))
        assert found_of(chosen, gather(chosen, library), library).strength.characters < found.strength.characters


def test_a_network_reads_only_where_words_may_fit_by_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path, "shipped") as library:
        query = understand("公园每日几时开放", library.knowledge)
        gathered = gather(query, library)
        assert library.count <= SMALL and found_of(query, gathered, library).here == UNREAD
        monkeypatch.setattr(checked, "SMALL", 1)
        there, gone = (found_of(understand(q, library.knowledge), gather(query, library), library).here for q in ("公园每日几时开放", "公园里的图书馆有多少万册藏书"))
        assert UNREAD < gone < there <= sureness(1.0)


def test_rules_leave_the_network_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked, "SMALL", 1)
    with opened(tmp_path, "rules") as library:
        query = understand("公园每日几时开放", library.knowledge)
        assert found_of(query, gather(query, library), library).here == UNREAD
