"""A copy of the catalog in one file, and back.

Both directions go through SQLite's backup interface: the copy is of one moment although others write, and a restore is one
transaction of the live catalog. The indexes are not part of it; they are built again from the catalog.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from corpus.database import Database
from corpus.errors import InputError, LibraryCorrupt, LibraryProblem, LibraryTooNew
from corpus.schema import SCHEMA

_CHOOSE_ANOTHER = "请换一个备份文件"


def backup(database: Database, file: Path) -> None:
    """Write the whole catalog to `file`; it appears under that name only when complete.

    Raises InputError ("bad_path") when the file cannot be written.
    """
    _need_sqlite(database)
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        with closing(sqlite3.connect(partial)) as target, database.raw(writes=False) as source:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        _flush(partial)
        os.replace(partial, file)
    except (OSError, sqlite3.OperationalError) as error:
        raise InputError("bad_path", f"无法写备份文件 {file}({error})", "请检查文件夹是否存在、是否可写、磁盘是否已满") from error
    finally:
        partial.unlink(missing_ok=True)


def restore(database: Database, file: Path) -> None:
    """Replace the whole catalog by the one in the backup `file`, in one transaction; all indexes become stale.

    Raises InputError ("bad_path"), LibraryCorrupt, LibraryTooNew; then the catalog is as it was.
    """
    _need_sqlite(database)
    if not file.is_file():
        raise InputError("bad_path", f"没有这个备份文件:{file}", "请检查路径")
    with tempfile.TemporaryDirectory(dir=database.path.parent, prefix=".restore-") as folder:
        copy = Path(folder) / "catalog"
        shutil.copyfile(file, copy)
        with closing(sqlite3.connect(copy)) as source:
            held = _checked(source, file)
            with database.raw(writes=True) as target:
                _continue_numbers(source, held, _numbers(target))
                source.backup(target)
    database.prepare()


def _checked(source: sqlite3.Connection, file: Path) -> dict[str, int]:
    try:
        sound = source.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        numbers = _numbers(source)
    except sqlite3.DatabaseError:
        sound, numbers = False, {}
    if not sound or "schema" not in numbers:
        raise LibraryCorrupt("catalog_corrupt", f"备份文件 {file} 不是资料库备份,或者已损坏", _CHOOSE_ANOTHER)
    if numbers["schema"] > SCHEMA:
        raise LibraryTooNew("library_too_new", f"备份由更新版本的程序写成(格式 {numbers['schema']})", "请升级程序后再恢复")
    return numbers


def _numbers(connection: Any) -> dict[str, int]:
    return dict(connection.execute("SELECT key, value FROM library").fetchall())


def _continue_numbers(source: sqlite3.Connection, held: dict[str, int], live: dict[str, int]) -> None:
    """Go on counting where the live catalog is: a key or generation that an index has seen must never come back."""
    for key in ("generation", "next_key"):
        source.execute("UPDATE library SET value = ? WHERE key = ?", (max(held[key], live[key]) + 1, key))
    if source.execute("SELECT 1 FROM sqlite_master WHERE name = 'sessions'").fetchone():
        # Who logged out since, or lost his account, must not be logged in again.
        source.execute("DELETE FROM sessions")
    source.commit()


def _need_sqlite(database: Database) -> None:
    if not database.is_sqlite:
        raise LibraryProblem("backup_elsewhere", "资料库在数据库服务器上,不能由本程序备份或恢复", "请使用数据库服务器自己的备份工具")


def _flush(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
