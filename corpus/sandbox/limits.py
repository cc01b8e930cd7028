"""How much one file may cost: a table, chosen by the kind of the file and growing with its size."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import PurePath

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child process may use for one file.

    memory: bytes of address space beyond what the program itself takes.  cpu: seconds of processor time.  wall: seconds until it is
    ended, whatever it waits for.  output: bytes it may answer.  files: descriptors open at once.
    scratch: bytes of the largest file it may write into its private folder; 0: it writes nothing and starts no program.
    threads: it may start threads (character recognition does).
    """

    memory: int = 1024 * MEBIBYTE
    cpu: float = 20.0
    wall: float = 60.0
    output: int = 128 * MEBIBYTE
    files: int = 64
    scratch: int = 0
    threads: bool = False

    def fits(self, other: Limits) -> bool:
        """Tell whether a process bound to these limits may read a file that has the `other`s."""
        return (self.memory, bool(self.scratch)) == (other.memory, bool(other.scratch))

@dataclass(frozen=True, slots=True)
class Job:
    """What a child is to do with a file called `name`. task: "parse"; "members" to unpack what it holds; "page …" to draw a page."""

    name: str
    limits: Limits
    task: str = "parse"

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def of_json(cls, written: bytes) -> Job:
        row = json.loads(written)
        return cls(row["name"], Limits(**row["limits"]), row["task"])


# Page by page character recognition: about 10 s of processor time a page, and a page of a scan takes 20 KB at the very least.
_WITH_IMAGES = (".pdf", ".ofd", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
# May hold images of pages, but mostly do not.
_WITH_PARTS = (".zip", ".eml", ".docx", ".pptx", ".xlsx")
# Read by another program, which takes half a gigabyte of address space for itself and writes files.
_CONVERTED = (".doc", ".wps", ".et", ".dps", ".ppt", ".rtf", ".odt")


def limits_for(name: str, size: int) -> Limits:
    """Give the limits for a file of `size` bytes called `name`."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _WITH_IMAGES:
        cpu = min(20 + size / 2_000, 3600.0)
        return Limits(memory=3072 * MEBIBYTE, cpu=cpu, wall=2 * cpu + 40, threads=True)
    if suffix in _CONVERTED:
        return Limits(memory=4096 * MEBIBYTE, cpu=60, wall=120, files=1024, scratch=256 * MEBIBYTE, threads=True)
    # Running text is read at 0.4 MB a second on a slow machine; a well-packed office file holds up to ten times its size.
    cpu = min(20 + size / (100_000 if suffix not in _WITH_PARTS else 25_000), 600.0)
    return Limits(cpu=cpu, wall=2 * cpu + 20)


def limits_for_members(size: int) -> Limits:
    """Give the limits for unpacking a container of `size` bytes."""
    return Limits(cpu=60, wall=140 + size / 1_000_000, output=320 * MEBIBYTE)


def limits_for_page() -> Limits:
    """Give the limits for drawing one page."""
    return Limits(memory=1024 * MEBIBYTE, cpu=15, wall=30, output=8 * MEBIBYTE)
