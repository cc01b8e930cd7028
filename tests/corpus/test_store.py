"""The catalog keeps every document whole, says what is new, and never hands out what is not current."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from corpus.errors import ConfigError, LibraryCorrupt, LibraryProblem, LibraryTooNew, UnknownDocument
from corpus.glances import TEXT
from corpus.lock import exclusive
from corpus.schema import parts, texts, versions
from corpus.store import Store
from corpus.types import Note, Span
from tests.corpus.catalog_texts import document_of, put

ROOT = Path(__file__).resolve().parents[2]


# ---------------------------------------------------------------- putting


def test_a_document_comes_back_equal_by_id_name_and_title(store):
    document = document_of("关于检查的通知\n2025年底前完成")
    outcome = store.put(document, b"bytes", "/a/通知.txt")
    assert outcome.status == "added"
    stored = store.document(outcome.document_id)
    assert stored == replace(document, id=outcome.document_id, version=1)
    assert store.document("通知.txt") is stored and store.document("关于检查的通知") is stored
    assert store.original("通知.txt") == b"bytes"


def test_parts_are_read_alone_and_one_that_an_older_program_did_not_write_is_empty(store):
    known = put(store, "关于检查的通知").document_id
    other = put(store, "关于救灾的通知", "/a/救灾.txt").document_id
    with store.database.writing() as connection:
        connection.execute(delete(parts).where(parts.c.kind == "repeals"))
    read = store.unchecked([known, other, "没有的"], ["repeals"])
    assert read.keys() == {known, other} and all(raw.text is None and raw.part("repeals") == () for raw in read.values())
    whole = store.unchecked([known], ["passages", "repeals", TEXT])[known]
    assert whole.text == "关于检查的通知" and len(whole.part("passages")) == 1 and whole.each("repeals") == ()
    assert read[known].joined(whole).text == whole.text and whole.joined(read[known]).text == whole.text


def test_the_same_bytes_of_the_same_origin_change_nothing(store):
    first = put(store, "甲")
    before = store.generation
    assert put(store, "甲") == replace(first, status="unchanged")
    assert store.generation == before and len(store.documents()) == 1


def test_the_same_bytes_from_elsewhere_are_a_duplicate(store):
    first = put(store, "甲", "/a/通知.txt")
    assert put(store, "甲", "/b/副本.txt") == replace(first, status="duplicate")
    assert [listing.name for listing in store.documents()] == ["通知.txt"]


def test_other_bytes_of_the_same_origin_replace_the_version_and_its_passages(store):
    first = put(store, "甲\n乙")
    old = [entry.key for entry in store.passages()]
    assert put(store, "甲\n丙") == replace(first, status="new_version")
    new = [(entry.key, entry.passage.span.of(entry.document.text)) for entry in store.passages()]
    assert [text for _, text in new] == ["甲", "丙"]
    assert not set(old) & {key for key, _ in new} and all(store.passage(key) is None for key in old)
    assert store.documents()[0].version == 2 and store.document(first.document_id).text == "甲\n丙"


def test_going_back_to_earlier_bytes_is_a_new_version_again(store):
    assert [put(store, text).status for text in "甲乙甲"] == ["added", "new_version", "new_version"]
    assert store.documents()[0].version == 3


def test_recognise_tells_the_same_without_a_parsed_document(store):
    assert store.recognise("甲".encode(), "/a/通知.txt") is None
    put(store, "甲")
    assert store.recognise("甲".encode(), "/a/通知.txt").status == "unchanged"
    assert store.recognise("甲".encode(), "/b").status == "duplicate"


def test_every_change_raises_the_generation(store):
    seen = [store.generation]
    for change in (lambda: put(store, "甲"), lambda: put(store, "乙"), lambda: store.remove("通知.txt")):
        change()
        seen.append(store.generation)
    assert seen == sorted(set(seen))


def test_keys_of_passages_are_never_used_again(store):
    put(store, "甲\n乙")
    last = max(entry.key for entry in store.passages())
    store.remove("通知.txt")
    put(store, "甲\n乙")
    assert min(entry.key for entry in store.passages()) > last


def test_a_removed_document_is_gone_and_can_come_back(store):
    outcome = put(store, "甲")
    assert store.remove("通知.txt") == outcome.document_id
    assert store.documents() == () and list(store.passages()) == [] and list(store.facts("duties")) == []
    assert put(store, "甲") == outcome


def test_passages_and_keys_agree(store):
    put(store, "甲\n乙", "/a")
    second = put(store, "丙\n丁\n戊", "/b")
    entries = list(store.passages())
    assert [store.passage(entry.key) for entry in entries] == entries
    assert list(store.passage_keys(second.document_id)) == [e.key for e in entries if e.document_id == second.document_id]
    assert store.passage(0) is None and store.passage(10**9) is None


def test_facts_of_one_kind_are_read_over_all_documents(store):
    outcome = put(store, "甲")
    ((document_id, duties),) = store.facts("duties")
    assert document_id == outcome.document_id and duties[0].lead[0].value == "区应急管理局"
    assert list(store.facts("targets")) == []


def test_the_list_says_what_each_document_is(store):
    put(store, "关于检查的通知")
    (listing,) = store.documents()
    assert (listing.title, listing.issuer, listing.number, listing.issued) == (
        "关于检查的通知", "区应急管理局", "某政发〔2024〕4号", "2024-03-21",
    )  # fmt: skip
    assert dict(listing.counts)["duties"] == 1 and dict(listing.counts)["passages"] == 1


def test_an_unknown_name_is_refused_with_the_nearest_ones(store):
    put(store, "安全生产实施方案", "/a/治本攻坚行动方案.txt")
    with pytest.raises(UnknownDocument) as refusal:
        store.document("治本攻艰行动方案.txt")
    assert "治本攻坚行动方案.txt" in refusal.value.remedy


def test_a_name_that_two_documents_share_is_refused_with_their_ids(store):
    ids = [put(store, "甲", "/a/通知.txt").document_id, put(store, "乙", "/b/通知.txt").document_id]
    with pytest.raises(UnknownDocument) as refusal:
        store.document("通知.txt")
    assert all(document_id in refusal.value.remedy for document_id in ids)


# ---------------------------------------------------------------- parsing again


def test_documents_of_other_parsers_are_stale_until_parsed_again(store):
    outcome = put(store, "甲\n乙")
    assert store.stale() == ()
    with store.database.writing() as connection:
        connection.execute(update(versions).values(parser="old"))
    assert store.stale() == (outcome.document_id,)
    keys = [entry.key for entry in store.passages()]
    store.reparse(outcome.document_id, document_of("甲\n乙\n丙"))
    assert store.stale() == () and store.documents()[0].version == 1
    assert store.document(outcome.document_id).text == "甲\n乙\n丙" and store.original(outcome.document_id) == "甲\n乙".encode()
    assert not set(keys) & {entry.key for entry in store.passages()}


# ---------------------------------------------------------------- damage


def test_a_sound_catalog_has_no_problems(store):
    put(store, "甲\n乙")
    assert store.verify() == ()


def test_altered_text_is_found_before_it_is_quoted(store):
    outcome = put(store, "2025年底前完成")
    with store.database.writing() as connection:
        connection.execute(update(texts).values(text="2026年底前完成"))
    with pytest.raises(LibraryCorrupt):
        store.document(outcome.document_id)
    assert len(store.verify()) == 1


def test_verify_names_spans_outside_the_text(store):
    document = document_of("甲")
    store.put(replace(document, notes=(Note("x", "y", Span(0, 99)),)), b"x", "/a")
    (problem,) = store.verify()
    assert "超出正文" in problem


@pytest.mark.parametrize("content", [b"not a database, just words" * 100, b"SQLite format 3\x00" + b"\x01" * 4096])
def test_a_file_that_is_no_catalog_is_refused_and_left_alone(tmp_path, content):
    (tmp_path / "catalog.sqlite").write_bytes(content)
    with pytest.raises(LibraryCorrupt):
        Store.open(tmp_path)
    assert (tmp_path / "catalog.sqlite").read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    connection = sqlite3.connect(tmp_path / "catalog.sqlite")
    connection.execute("CREATE TABLE notes (id)")
    connection.close()
    with pytest.raises(LibraryCorrupt):
        Store.open(tmp_path)


def test_a_newer_catalog_is_refused(tmp_path):
    Store.open(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "catalog.sqlite")
    connection.execute("UPDATE library SET value = 999 WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(LibraryTooNew) as refusal:
        Store.open(tmp_path)
    assert refusal.value.exit_code == 4


def test_an_empty_catalog_file_left_by_a_crash_is_no_obstacle(tmp_path):
    (tmp_path / "catalog.sqlite").touch()
    store = Store.open(tmp_path)
    assert store.documents() == ()
    store.close()


def test_a_library_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "library").write_text("x")
    with pytest.raises(ConfigError):
        Store.open(tmp_path / "library")


def test_flipped_bits_are_found_or_harmless(tmp_path):
    store = Store.open(tmp_path / "library")
    for number in range(4):
        put(store, f"关于检查的通知{number}\n" + "2025年底前完成整治。" * 40, f"/{number}")
    good = {listing.id: store.document(listing.id) for listing in store.documents()}
    store.close()
    content = (tmp_path / "library/catalog.sqlite").read_bytes()
    for at in range(0, len(content), len(content) // 60):
        damaged = tmp_path / f"damaged{at}"
        damaged.mkdir()
        (damaged / "catalog.sqlite").write_bytes(content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :])
        try:
            opened = Store.open(damaged)
        except LibraryProblem:
            continue
        try:
            for listing in opened.documents():
                found = opened.document(listing.id)
                assert replace(found, name="", version=0) == replace(good[found.id], name="", version=0)
        except (LibraryProblem, UnknownDocument):
            pass
        finally:
            opened.close()


# ---------------------------------------------------------------- several at once


def test_a_second_writer_waits_and_is_told_who_writes(tmp_path):
    held = threading.Event()
    free = threading.Event()

    def hold():
        with exclusive(tmp_path / "lock"):
            held.set()
            free.wait(5)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(5)
    with pytest.raises(LibraryProblem, match=str(os.getpid())), exclusive(tmp_path / "lock", wait=0.1):
        pass
    free.set()
    with exclusive(tmp_path / "lock", wait=5):
        pass
    thread.join()


def test_threads_that_put_at_once_lose_nothing(tmp_path):
    stores = [Store.open(tmp_path / "library") for _ in range(2)]
    threads = [
        threading.Thread(target=lambda n=n: [put(stores[n % 2], f"{n}-{i}", f"/{n}-{i}") for i in range(5)]) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores[0].documents()) == 20 and stores[1].verify() == ()
    keys = [entry.key for entry in stores[0].passages()]
    assert len(keys) == len(set(keys)) == 20
    for store in stores:
        store.close()


def test_a_reader_sees_what_another_process_has_put(store):
    other = Store.open(store.database.path.parent)
    assert other.generation == 0
    outcome = put(store, "甲")
    assert other.generation == 1 and other.document(outcome.document_id).text == "甲"
    other.close()


KILLED = """
import sys
from pathlib import Path
from corpus.store import Store
from catalog_texts import document_of
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(int(sys.argv[2]), 10**6):
    text = f"通知{number}\\n" + "2025年底前完成。\\n" * 200
    print(store.put(document_of(text), text.encode(), f"/{number}").document_id, flush=True)
"""


def test_killing_the_writer_loses_no_acknowledged_document(tmp_path):
    library = tmp_path / "library"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}"}
    acknowledged: list[str] = []
    for round_number in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(library), str(round_number * 100_000)], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.004 * round_number)
        process.kill()
        lines = process.stdout.read().splitlines(keepends=True)
        process.wait()
        process.stdout.close()
        acknowledged += [line.strip() for line in lines if line.endswith("\n")]
    store = Store.open(library)
    stored = {listing.id for listing in store.documents()}
    assert set(acknowledged) <= stored and len(stored) <= len(acknowledged) + 20
    assert store.verify() == ()
    store.close()
