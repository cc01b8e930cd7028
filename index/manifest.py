"""What a generation of the index is made of, and the proof that its files are still what was written.

Small indexes are verified whole whenever they are opened. A large one is verified whole the first time this machine sees its files
as they are; who saw them is remembered beside the generations by inode, size and time of change, so that opening a million passages
does not read gigabytes each time. `policy-assistant verify` always reads everything.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import LibraryCorrupt, LibraryTooNew
from index.generations import LOCK, MANIFEST, REMEDY

FORMAT = 3
"""Of the folder's layout; a change that older programs cannot read raises it by one."""

EAGER_BYTES = 32 << 20
"""Up to this size all files are verified whenever the index is opened."""

SEEN = "verified.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of.

    encoder: the setting, as `open_encoder` takes it; encoder_name: the very model.  tokens: `Tokens.fingerprint`.
    fitted: passages the library had when the corpus encoder was fitted.  vectors: (name, rows) of the dense segments, oldest first.
    gone: passages removed since everything was last written anew; they still count in the statistics of BM25.
    libraries: versions that wrote it.  files, sizes: SHA-256 and bytes of every file, by its path inside the generation.
    """

    generation: int
    passages: int
    encoder: str
    encoder_name: str
    tokens: str
    fitted: int
    vectors: tuple[tuple[str, int], ...]
    gone: int
    libraries: dict[str, str]
    files: dict[str, str]
    sizes: dict[str, int]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        (folder / MANIFEST).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")


def read_manifest(content: bytes) -> Manifest:
    """Read a manifest. Raises LibraryTooNew, LibraryCorrupt."""
    try:
        values: dict[str, Any] = json.loads(content)
        if values.get("format", 0) > FORMAT:
            raise LibraryTooNew("library_too_new", f"索引格式 {values['format']} 比本程序新", "请升级 policy-assistant")
        if values.get("format") != FORMAT:
            raise LibraryCorrupt("index_corrupt", f"索引是旧格式 {values.get('format')}", REMEDY)
        values["vectors"] = tuple((str(name), int(rows)) for name, rows in values["vectors"])
        return Manifest(**values)
    except (ValueError, TypeError, KeyError) as error:
        raise LibraryCorrupt("index_corrupt", f"索引清单读不懂({error})", REMEDY) from error


def digests(folder: Path, before: Path | None, known: Mapping[str, str]) -> dict[str, str]:
    """Give the SHA-256 of every file; a file that is a link to the one in the generation `before` keeps its `known` one."""
    return {name: _known(folder, before, name, known) or digest(folder / name) for name in file_names(folder)}


def _known(folder: Path, before: Path | None, name: str, known: Mapping[str, str]) -> str:
    if before is None or name not in known:
        return ""
    try:
        return known[name] if os.path.samefile(folder / name, before / name) else ""
    except OSError:
        return ""


def file_names(folder: Path) -> list[str]:
    """List the files whose content is fixed: lock files come and go."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if path.suffix != ".lock" and path.name not in (LOCK, MANIFEST))


def verify_files(folder: Path, manifest: Manifest, wanted: Callable[[str], bool] = lambda name: True) -> None:
    """Compare the SHA-256 of the files whose name `wanted` accepts. Raises LibraryCorrupt; some 0.7 GB/s."""
    for name, expected in manifest.files.items():
        if not wanted(name):
            continue
        try:
            found = digest(folder / name)
        except OSError as error:
            raise LibraryCorrupt("index_corrupt", f"索引文件 {name} 读不出来({error})", REMEDY) from error
        if found != expected:
            raise LibraryCorrupt("index_corrupt", f"索引文件 {name} 损坏(校验值不符)", REMEDY)


def verify_unseen(folder: Path, manifest: Manifest) -> None:
    """Verify the files that were not yet seen whole; all of them when they are small together. Raises LibraryCorrupt."""
    if sum(manifest.sizes.values()) <= EAGER_BYTES:
        verify_files(folder, manifest)
        return
    try:
        marks = {name: _mark(folder / name) for name in manifest.files}
    except OSError as error:
        raise LibraryCorrupt("index_corrupt", f"索引文件缺失({error})", REMEDY) from error
    seen = _seen(folder.parent)
    verify_files(folder, manifest, lambda name: seen.get(marks[name]) != manifest.files[name])
    remember(folder, manifest)


def remember(folder: Path, manifest: Manifest) -> None:
    """Note that the files of a generation were seen whole: just verified, or just written and read back for their digests."""
    if sum(manifest.sizes.values()) <= EAGER_BYTES:
        return
    try:
        noted = {_mark(folder / name): sha for name, sha in manifest.files.items()}
        if _seen(folder.parent) == noted:
            return
        draft = folder.parent / f"{SEEN}.{os.getpid()}"
        draft.write_text(json.dumps(noted), encoding="utf-8")
        draft.replace(folder.parent / SEEN)
    except OSError:
        # A library that may only be read is verified every time.
        return


def _seen(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / SEEN).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _mark(path: Path) -> str:
    status = path.stat()
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"


def library_versions() -> dict[str, str]:
    # What the segmenter does is part of `Tokens.fingerprint`; FAISS reads what its older releases wrote.
    return {"python": platform.python_version(), "tantivy": tantivy_version()}


def tantivy_version() -> str:
    import tantivy

    return str(tantivy.__version__)  # type: ignore[attr-defined]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
