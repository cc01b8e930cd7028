"""Kill a program that adds many files, again and again, and look at what is left: `python tests/corpus/killing.py 50 200`.

A file counts as acknowledged once the progress of `add_files` has passed it. After each kill the library has to open, hold every
acknowledged file and be sound; the next round goes on with the rest.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from corpus.store import Store  # noqa: E402

ADDING = """
import sys
from pathlib import Path
from corpus.intake import add_files
from corpus.store import Store
store = Store.open(Path(sys.argv[1]))
names = sorted(path.name for path in Path(sys.argv[2]).iterdir())
print(flush=True)
add_files(store, [sys.argv[2]], lambda done, total, name: print(*names[:done], flush=True))
print("done", flush=True)
"""


def write_files(folder: Path, count: int) -> None:
    """Write `count` small notices, each with a number of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        lines = "".join(f"{n}.由县住建局牵头排查危险房屋第{n}批,2025年{n % 12 + 1}月底前完成。\n" for n in range(1, 30))
        (folder / f"{number:04}.txt").write_text(f"东江县第{number}号整治方案\n一、任务\n{lines}", encoding="utf-8")


@dataclass(frozen=True)
class Moment:
    """When to kill: so many seconds after the program is ready or, where `working`, after it has taken a file that was not there."""

    seconds: float
    working: bool = False


def kill_rounds(library: Path, folder: Path, moments: Iterable[Moment], acknowledged: set[str], *, log: bool = False) -> None:
    """Start to add `folder` and kill the program at each of the moments; `acknowledged` grows by the names it has told.

    Raises AssertionError when an acknowledged file is missing or the library is not sound.
    """
    for moment in moments:
        acknowledged |= _killed(library, folder, moment, len(acknowledged))
        started = time.perf_counter()
        store = Store.open(library)
        opened = time.perf_counter() - started
        held = {listing.name for listing in store.documents()}
        problems = store.verify()
        store.close()
        assert not problems, problems
        assert acknowledged <= held, sorted(acknowledged - held)
        if log:
            print(f"killed {moment.seconds:.3f} s after {'the first new file' if moment.working else 'the start'}, acknowledged {len(acknowledged)}, held {len(held)}, opened in {opened * 1000:.0f} ms")


def _killed(library: Path, folder: Path, moment: Moment, before: int) -> set[str]:
    """Add until the moment; give the names of the files that were acknowledged. before: how many were before."""
    process = subprocess.Popen(
        [sys.executable, "-c", ADDING, str(library), str(folder)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stdout is not None
    # An empty line when it is ready, then a line with the names of all files so far, for each file.
    heard = [process.stdout.readline()]
    while moment.working and heard[-1] and heard[-1] != "done\n" and len(heard[-1].split()) <= before:
        heard.append(process.stdout.readline())
    time.sleep(moment.seconds)
    process.kill()
    said = [line for line in [*heard, *process.stdout.read().splitlines(keepends=True)] if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    return {name for line in said for name in line.split() if name.endswith(".txt")}


def main(rounds: int, files: int) -> None:
    """Kill `rounds` times at random moments, then add the rest and see that every file is there.

    A library that is complete makes room for a new one, so that each kill meets a program that still has files to take.
    """
    chance = random.Random(20_240_321)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "files"
        write_files(folder, files)
        started, complete = time.perf_counter(), 0
        acknowledged: set[str] = set()
        for number in range(rounds):
            library = Path(place) / f"library{complete}"
            moment = Moment(chance.uniform(0, 0.6), working=number % 5 > 0)
            kill_rounds(library, folder, [moment], acknowledged, log=True)
            if len(acknowledged) == files:
                complete += 1
                acknowledged.clear()
        rest = complete_library(Path(place) / f"library{complete}", folder, files)
        took = time.perf_counter() - started
        print(f"{rounds} kills over {complete + 1} libraries of {files} files: none lost, {rest} left for the last run, sound, {took:.0f} s in all")


def complete_library(library: Path, folder: Path, files: int) -> int:
    """Add what is left and see that all is there and sound; give how many files were left."""
    from corpus.intake import add_files

    store = Store.open(library)
    statuses = [taken.status for taken in add_files(store, [folder]).files]
    held, problems = len(store.documents()), store.verify()
    store.close()
    assert held == files and not problems and set(statuses) <= {"added", "unchanged"}, (held, problems)
    return statuses.count("added")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, int(sys.argv[2]) if len(sys.argv) > 2 else 200)
