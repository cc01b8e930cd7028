"""Connections to the catalog: many readers, one writer, and the errors of the database in our own words.

SQLite before 3.51.3 can lose a commit when two connections checkpoint and commit at the same moment: here only the writer
checkpoints, and only one writer exists at a time over all processes.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import DBAPIError, NoResultFound

from corpus import schema
from corpus.account_tables import furnish
from corpus.audit import now
from corpus.errors import ConfigError, LibraryCorrupt, LibraryProblem, LibraryTooNew
from corpus.lock import exclusive
from corpus.migrations import migrate

CATALOG = "catalog.sqlite"
LOCK = "catalog.lock"

_BUSY_SECONDS = 10.0
_RESTORE = "请从备份恢复:policy-assistant restore 备份文件"
_FOREIGN = (
    (re.compile(r"malformed|not a database|corrupt|could not decode to utf-8", re.I), "catalog_corrupt", "资料库文件已损坏", _RESTORE),
    (re.compile(r"locked|busy", re.I), "library_busy", "资料库正被占用", "请稍候再试"),
    (re.compile(r"disk is full|no space", re.I), "disk_full", "磁盘空间已满,没有写入任何内容", "请清理磁盘后再试"),
    (re.compile(r"readonly|read-only|unable to open|disk I/O", re.I), "library_unwritable", "无法读写资料库文件", "请检查文件夹的权限和磁盘"),
)


class Database:
    """The catalog's database: `reading()` and `writing()` each give a connection inside one transaction."""

    def __init__(self, folder: Path, url: str = "") -> None:
        """Open or create the catalog in `folder`; url: of another database (PostgreSQL) to use in place of the SQLite file.

        Raises ConfigError (not a folder), LibraryCorrupt, LibraryTooNew; never overwrites what it cannot read.
        """
        _make_folder(folder)
        self.path = folder / CATALOG
        self._lock = folder / LOCK
        address = make_url(url) if url else URL.create("sqlite", database=str(self.path))
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self._readers = _engine(address, writes=False)
        self._writer = _engine(address, writes=True)
        self._one_writer = threading.Lock()
        try:
            self.prepare()
        except LibraryProblem:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the catalog throughout."""
        with _translated(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the only writing connection; all that is done on it is committed at the end, or nothing."""
        with self._one_writer, exclusive(self._lock, wait=_BUSY_SECONDS), _translated(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def raw(self, *, writes: bool) -> Iterator[Any]:
        """Give the driver's own connection outside a transaction, for what SQLAlchemy has no words for (SQLite's backup)."""
        with ExitStack() as stack:
            stack.enter_context(_translated())
            if writes:
                stack.enter_context(self._one_writer)
                stack.enter_context(exclusive(self._lock, wait=_BUSY_SECONDS))
            borrowed = (self._writer if writes else self._readers).raw_connection()
            stack.callback(borrowed.close)
            yield borrowed.driver_connection

    def close(self) -> None:
        """Close all connections; the writer goes last, as it tidies the write-ahead log."""
        self._readers.dispose()
        self._writer.dispose()

    def prepare(self) -> None:
        """Check the schema number; create the tables in a database that has none, bring those of an older program up to date."""
        with _translated(), self._readers.connect() as connection:
            number = _schema_number(connection)
        if number is None:
            with self.writing() as connection:
                if _schema_number(connection) is None:
                    schema.metadata.create_all(connection)
                    first = {"schema": schema.SCHEMA, "generation": 0, "next_key": 1, "decided": 0}
                    connection.execute(schema.library.insert(), [{"key": key, "value": value} for key, value in first.items()])
                    furnish(connection, now())
        elif number < schema.SCHEMA:
            with self.writing() as connection:
                # Another process may have done it while this one waited for the lock.
                migrate(connection, _schema_number(connection) or number)
        elif number > schema.SCHEMA:
            message = f"资料库由更新版本的程序写成(格式 {number},本程序支持到 {schema.SCHEMA})"
            raise LibraryTooNew("library_too_new", message, "请升级程序后再打开")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError:
        raise ConfigError("bad_setting", f"资料库位置不是文件夹:{folder}", "请用 --library 指定一个文件夹") from None
    except OSError as error:
        raise ConfigError("bad_setting", f"无法建立资料库文件夹 {folder}({error.strerror})", "请用 --library 指定一个可写的文件夹") from None


def _engine(address: URL, *, writes: bool) -> Engine:
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_size=1 if writes else 5)
    engine = create_engine(address, pool_size=1 if writes else 5, max_overflow=0 if writes else 20)

    # Python's driver would begin a transaction only at the first change, and a reader's not at all.
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        _set_pragmas(connection, writes=writes)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _set_pragmas(connection: Any, *, writes: bool) -> None:
    common = ("busy_timeout=5000", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")
    own = ("journal_mode=WAL", "synchronous=FULL") if writes else ("wal_autocheckpoint=0", "query_only=ON")
    for pragma in (*common, *own):
        connection.execute(f"PRAGMA {pragma}")


def _schema_number(connection: Connection) -> int | None:
    """Give the schema number of the library, None for an empty database; refuse a database that is not a library."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    row = connection.execute(select(schema.library.c.value).where(schema.library.c.key == "schema")).first() if "library" in tables else None
    if row is None:
        raise LibraryCorrupt("catalog_corrupt", "资料库文件不是本程序的资料库,或者已损坏", _RESTORE)
    return int(row.value)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn errors of the database driver into ours."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        words = str(error.orig if isinstance(error, DBAPIError) else error)
        for pattern, code, message, remedy in _FOREIGN:
            if pattern.search(words):
                kind = LibraryCorrupt if code == "catalog_corrupt" else LibraryProblem
                raise kind(code, message, remedy) from error
        raise
    except (NoResultFound, UnicodeDecodeError) as error:
        # Every row that is asked for by key was written in one transaction with the one that names it.
        raise LibraryCorrupt("catalog_corrupt", "资料库缺少内容,文件已损坏", _RESTORE) from error
