"""Every file met is reported once, a bad one never stops the rest, and nothing is followed out of the folder."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import NoDocuments
from corpus.intake import add_files, find_files, refresh
from corpus.readers import MAX_BYTES
from corpus.store import Store

ROOT = Path(__file__).resolve().parents[2]
NOTICE = "关于开展检查的通知\n\n一、总体要求\n(一)落实责任。2025年底前完成整治。\n"


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "library")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "文件"
    made.mkdir()
    return made


def write(folder: Path, **contents: str | bytes) -> None:
    for name, content in contents.items():
        path = folder / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def statuses(report):
    return {Path(file.path).name: file.status for file in report.files}


def test_a_folder_goes_in_in_sorted_order_and_can_be_repeated(store, folder):
    write(folder, b__txt=NOTICE + "乙", a__md="# 方案\n" + NOTICE, c__html=f"<p>{NOTICE}</p>")
    report = add_files(store, [folder])
    assert [(Path(f.path).name, f.status) for f in report.files] == [("a.md", "added"), ("b.txt", "added"), ("c.html", "added")]
    assert set(statuses(add_files(store, [str(folder)])).values()) == {"unchanged"}
    assert len(store.documents()) == 3 and store.verify() == ()


def test_a_changed_file_is_a_new_version_and_a_copy_a_duplicate(store, folder):
    write(folder, a__txt=NOTICE)
    first = add_files(store, [folder]).files[0]
    write(folder, a__txt=NOTICE + "补充。", b__txt=NOTICE)
    assert statuses(add_files(store, [folder])) == {"a.txt": "new_version", "b.txt": "added"}
    write(folder, c__txt=NOTICE + "补充。")
    duplicate = add_files(store, [folder / "c.txt"]).files[0]
    assert (duplicate.status, duplicate.document_id) == ("duplicate", first.document_id)


def test_bad_files_are_rejected_with_code_and_reason_and_the_rest_goes_in(store, folder):
    write(folder, a__txt=NOTICE, empty__txt=b"", exe__txt=b"MZ\x90\x00\x03", pdf__txt=b"%PDF-1.7\n", blank__txt=b" \n", film__mp4=b"\x00\x00\x00\x18ftyp")
    write(folder, latin__txt="caf\xe9 cr\xe8me".encode("latin-1"))
    report = add_files(store, [folder])
    codes = {Path(f.path).name: f.code for f in report.files if f.status == "rejected"}
    assert codes == {
        "empty.txt": "empty_file", "exe.txt": "binary_file", "pdf.txt": "binary_file", "blank.txt": "no_text",
        "film.mp4": "unsupported_format", "latin.txt": "unknown_encoding",
    }  # fmt: skip
    assert all(f.reason and not f.document_id for f in report.files if f.status == "rejected")
    assert [listing.name for listing in store.documents()] == ["a.txt"]


def test_a_rejected_file_leaves_the_version_before(store, folder):
    write(folder, a__txt=NOTICE)
    add_files(store, [folder])
    generation = store.generation
    write(folder, a__txt=b"\x00\x01\x02")
    assert statuses(add_files(store, [folder])) == {"a.txt": "rejected"}
    assert store.generation == generation and store.document("a.txt").text == NOTICE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_links_pipes_and_hidden_files_are_never_followed(folder, tmp_path):
    write(folder, a__txt=NOTICE)
    write(tmp_path, secret__txt="机密")
    (folder / ".hidden.txt").write_text("隐藏")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.txt").write_text("隐藏")
    (folder / "~$a.txt").write_text("锁")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "outside").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    found = find_files([folder])
    assert [(file.path.name, file.refusal and file.refusal.code) for file in found] == [("a.txt", None), ("pipe.txt", "not_a_file")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_device_named_by_the_user_is_rejected_at_once(store, folder):
    os.mkfifo(folder / "pipe.txt")
    report = add_files(store, [folder / "pipe.txt", "/dev/zero"])
    assert [file.code for file in report.files] == ["not_a_file", "not_a_file"]


def test_a_link_named_by_the_user_counts(store, folder, tmp_path):
    write(folder, a__txt=NOTICE)
    (tmp_path / "link.txt").symlink_to(folder / "a.txt")
    assert statuses(add_files(store, [tmp_path / "link.txt"])) == {"link.txt": "added"}


def test_a_sparse_giant_is_refused_without_reading_it(store, folder):
    with open(folder / "big.txt", "wb") as file:
        file.truncate(MAX_BYTES * 40)
    started = time.monotonic()
    (report,) = add_files(store, [folder]).files
    assert report.code == "too_large" and time.monotonic() - started < 1


def test_a_file_named_twice_is_met_once(folder):
    write(folder, a__txt=NOTICE)
    assert len(find_files([folder, folder / "a.txt", str(folder) + "/../文件"])) == 1


def test_a_missing_path_stops_everything_before_anything_is_stored(store, folder):
    write(folder, a__txt=NOTICE)
    with pytest.raises(NoDocuments) as refusal:
        add_files(store, [folder, folder / "没有.txt"])
    assert refusal.value.code == "path_not_found" and store.documents() == ()


@pytest.mark.parametrize("paths", [[], ["empty"]])
def test_nothing_to_add_is_said(store, tmp_path, paths):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoDocuments) as refusal:
        add_files(store, [tmp_path / path for path in paths])
    assert refusal.value.code == "no_documents"


def test_a_name_that_is_no_text_is_taken_and_can_be_printed(store, folder):
    try:
        (folder / os.fsdecode("通知".encode("gbk") + b".txt")).write_text(NOTICE, encoding="utf-8")
    except OSError:
        pytest.skip("the file system wants names in UTF-8")
    (report,) = add_files(store, [folder]).files
    assert report.status == "added"
    report.path.encode("utf-8")
    store.documents()[0].name.encode("utf-8")


def test_progress_names_each_file_and_ends_complete(store, folder):
    write(folder, a__txt=NOTICE, b__txt=NOTICE + "乙")
    seen = []
    add_files(store, [folder], progress=lambda *step: seen.append(step))
    assert seen == [(0, 2, "a.txt"), (1, 2, "b.txt"), (2, 2, "")]


def test_what_other_parsers_read_is_parsed_again_by_refresh_or_by_adding_it_again(store, folder):
    from sqlalchemy import update

    from corpus.schema import versions

    write(folder, a__txt=NOTICE)
    (report,) = add_files(store, [folder]).files
    for parse_again in (lambda: refresh(store), lambda: add_files(store, [folder])):
        with store.database.writing() as connection:
            connection.execute(update(versions).values(parser="old"))
        parse_again()
        assert store.stale() == ()
    assert store.documents()[0].version == 1 and store.document(report.document_id).text == NOTICE


ADDING = """
import sys
from pathlib import Path
from corpus.intake import add_files
from corpus.store import Store
store = Store.open(Path(sys.argv[1]))
print("ready", flush=True)
for path in sorted(Path(sys.argv[2]).iterdir()):
    print(add_files(store, [path]).files[0].document_id, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killing_an_add_loses_no_acknowledged_document(folder, tmp_path):
    for number in range(100):
        (folder / f"{number:03}.txt").write_text(NOTICE * 5 + str(number), encoding="utf-8")
    acknowledged: list[str] = []
    for round_number in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", ADDING, str(tmp_path / "library"), str(folder)],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05 * round_number)
        process.kill()
        acknowledged += [line.strip() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        process.wait()
        process.stdout.close()
    store = Store.open(tmp_path / "library")
    assert set(acknowledged) <= {listing.id for listing in store.documents()}
    assert store.verify() == ()
    store.close()
