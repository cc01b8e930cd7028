from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from corpus.errors import LibraryCorrupt
from index.generations import GRACE, MANIFEST, POINTER, open_current, publish, sweep, writing


def make(folder: Path, number: int, content: str = "清单") -> None:
    with writing(folder) as building:
        (building / MANIFEST).write_text(f"{content}{number}", encoding="utf-8")
        publish(folder, building, number)


def manifest_of(folder: Path) -> str:
    held = open_current(folder)
    held.close()
    return held.manifest.decode()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_the_generation_published_last_is_current(tmp_path: Path) -> None:
    make(tmp_path, 1)
    make(tmp_path, 2)
    assert manifest_of(tmp_path) == "清单2"


def test_a_reader_keeps_its_generation_until_it_closes(tmp_path: Path) -> None:
    make(tmp_path, 1)
    held = open_current(tmp_path)
    make(tmp_path, 2)
    sweep(tmp_path)
    assert (held.folder / MANIFEST).read_text(encoding="utf-8") == "清单1"
    held.close()
    sweep(tmp_path)
    assert names(tmp_path) == ["generation-2"]


def test_the_same_number_can_be_built_again_beside_its_reader(tmp_path: Path) -> None:
    make(tmp_path, 1)
    held = open_current(tmp_path)
    make(tmp_path, 1, "又一份")
    assert manifest_of(tmp_path) == "又一份1"
    assert (held.folder / MANIFEST).read_text(encoding="utf-8") == "清单1"
    held.close()


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    make(tmp_path, 1)
    with pytest.raises(RuntimeError), writing(tmp_path):
        raise RuntimeError
    assert names(tmp_path) == ["generation-1"]


def test_a_build_in_progress_is_not_swept(tmp_path: Path) -> None:
    with writing(tmp_path) as building:
        sweep(tmp_path)
        assert building.exists()


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    make(tmp_path, 1)
    (tmp_path / "generation-2").mkdir()
    (tmp_path / "generation-2" / "in-use").touch()
    (tmp_path / "building-old").mkdir()
    os.utime(tmp_path / "building-old", (time.time() - 2 * GRACE,) * 2)
    (tmp_path / "building-new").mkdir()
    (tmp_path / "别人的文件夹").mkdir()
    sweep(tmp_path)
    assert names(tmp_path) == ["building-new", "generation-1", "别人的文件夹"]
    assert manifest_of(tmp_path) == "清单1"


@pytest.mark.parametrize(
    "pointer", ["", "generation-1", "generation-1 x", "../generation-1 x", "other 12", "generation-9 12", "\x00\x00"]
)
def test_a_damaged_pointer_is_reported(tmp_path: Path, pointer: str) -> None:
    make(tmp_path, 1)
    (tmp_path / POINTER).write_text(pointer, encoding="utf-8")
    with pytest.raises(LibraryCorrupt):
        open_current(tmp_path)


@pytest.mark.parametrize("name", [MANIFEST, "in-use"])
def test_a_missing_file_is_reported(tmp_path: Path, name: str) -> None:
    make(tmp_path, 1)
    (tmp_path / "generation-1" / name).unlink()
    with pytest.raises(LibraryCorrupt, match="不完整"):
        open_current(tmp_path)


def test_a_folder_without_an_index_is_reported(tmp_path: Path) -> None:
    with pytest.raises(LibraryCorrupt, match="没有可用的索引"):
        open_current(tmp_path / "nothing")
