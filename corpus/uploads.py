"""A file that came over a connection rather than from a folder: its name is a label and nothing else.

The catalog stores by ids, so a name never becomes a path here. It is cleaned all the same: it is shown, exported and searched.
"""

from __future__ import annotations

import re
import unicodedata

from corpus.account_tables import DEFAULT
from corpus.containers import is_archive
from corpus.errors import InputError, UnsupportedFormat
from corpus.holding import place, target
from corpus.readers import check_size, reader_for
from corpus.rows import Outcome
from corpus.sandbox import parse_file
from corpus.store import Store

LONGEST_NAME = 150
ORIGIN = "upload:"

_PARTS = re.compile(r"[/\\]")
_UNUSABLE = re.compile(r'[:*?"<>|]')
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def label_of(name: str) -> str:
    """Make the name of an uploaded file fit to be shown and stored: its last part, without what cannot be seen or printed.

    Raises InputError ("bad_name") when nothing is left, UnsupportedFormat when no reader takes such files or it
    is an archive.
    """
    last = _PARTS.split(unicodedata.normalize("NFC", name))[-1]
    # Blanks of other widths are blanks: what looks like one name is one.
    shown = "".join(" " if unicodedata.category(c) == "Zs" else c for c in last if unicodedata.category(c) not in _INVISIBLE)
    label = _UNUSABLE.sub("_", shown).strip(" .\u3000")
    stem, dot, suffix = label.rpartition(".")
    if not stem.strip(" .\u3000"):
        raise InputError("bad_name", f"文件名不可用:{shown[:60]}", "请给出带扩展名的文件名,例如 通知.docx")
    label = stem[: LONGEST_NAME - len(suffix)] + dot + suffix
    if is_archive(label):
        raise UnsupportedFormat("unsupported_format", "上传不接收压缩包", "请解压后把里面的文件一起选中或拖进来;整个压缩包可以由管理员用 policy-assistant add 加入")
    reader_for(label)
    return label


def add_upload(store: Store, data: bytes, label: str, collection: str = "", *, by: str = "") -> Outcome:
    """Add an uploaded file under the label that `label_of` gave; the same label with other bytes is a new version.

    collection: id or name of the one it goes into, "" for the usual one; each has labels of its own.  by: for the audit trail.
    Raises ParseError, MissingExtra, UnknownCollection and LibraryProblem.
    """
    check_size(len(data))
    with store.database.reading() as connection:
        goes_to = target(connection, collection, store.seen)
    origin = ORIGIN + label if goes_to == DEFAULT else f"{ORIGIN}{goes_to}/{label}"
    known = store.recognise(data, origin)
    if known is None:
        return store.put(parse_file(data, label), data, origin, collection, by=by)
    if collection:
        with store.database.writing() as connection:
            place(connection, known.document_id, goes_to)
    return known
