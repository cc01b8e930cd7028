"""Editions are read once, and read again when a document changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event

from corpus.parse import parse
from corpus.store import Store
from corpus.succession import recognised


def plan(year: int, body: str = "") -> str:
    return f"青岭区烟花爆竹管理办法\n\n青政发〔{year}〕3号\n\n第一条 区应急局负责检查。{body}(牵头单位:区应急局)\n\n第二条 本办法自{year}年5月1日起施行。\n\n青岭区人民政府\n{year}年4月1日\n"


def put(store: Store, text: str, origin: str) -> str:
    data = text.encode()
    return store.put(parse(data, origin), data, origin).document_id


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*details: object) -> None:
        seen.append(str(details[2]))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def test_what_was_read_is_not_read_again_and_links_are_those_recognised_anew(tmp_path: Path) -> None:
    with_years = [2019, 2021, 2024]
    store = Store.open(tmp_path)
    for year in with_years:
        put(store, plan(year), f"{year}.txt")
    first, links = store.recognised()
    assert links == recognised(first) and len(links) == 2
    with statements() as seen:
        again, same = store.recognised()
    assert again == first and same is links
    assert seen and not any("payload" in statement for statement in seen)
    store.close()


def test_a_changed_or_new_or_removed_document_is_seen(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    put(store, plan(2019), "a.txt")
    put(store, plan(2021), "b.txt")
    assert [one.day and one.day.year for one in store.editions()] == [2019, 2021]
    put(store, plan(2023), "b.txt")
    put(store, plan(2025), "c.txt")
    assert [one.day and one.day.year for one in store.editions()] == [2019, 2023, 2025]
    assert store.successions() == recognised(store.editions())
    store.remove("a.txt")
    assert [one.day and one.day.year for one in store.editions()] == [2023, 2025]
    assert Store.open(tmp_path).editions() == store.editions()
    store.close()
