"""Which document each passage belongs to, as runs of consecutive keys: a document's passages have consecutive keys, so a library
of a million passages is some ten thousand runs."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

Run = tuple[int, int, str]
"""First key, number of keys, document."""


def lengthen(runs: list[Run], key: int, document: str) -> None:
    """Take one more key into a list of runs, as part of the last run where it follows on it."""
    if runs and runs[-1][2] == document and runs[-1][0] + runs[-1][1] == key:
        runs[-1] = (runs[-1][0], runs[-1][1] + 1, document)
    else:
        runs.append((key, 1, document))


class Runs:
    """Keys to documents and back; never modified. runs: (first key, number of keys, document), by first key, not overlapping."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._runs = tuple(sorted(runs))
        self._firsts = [run[0] for run in self._runs]
        self._of: dict[str, list[tuple[int, int]]] = {}
        for first, count, document in self._runs:
            if document in self._of:
                self._of[document].append((first, count))
            else:
                self._of[document] = [(first, count)]
        self._length = sum([run[1] for run in self._runs])

    @classmethod
    def of_keys(cls, owners: Iterable[tuple[int, str]]) -> Runs:
        """Join (key, document) pairs, in any order, to runs."""
        runs: list[Run] = []
        for key, document in sorted(owners):
            lengthen(runs, key, document)
        return cls(runs)

    def __len__(self) -> int:
        """Give the number of keys."""
        return self._length

    def __contains__(self, document: object) -> bool:
        return document in self._of

    def __iter__(self) -> Iterator[Run]:
        return iter(self._runs)

    @property
    def documents(self) -> tuple[str, ...]:
        """Every document that has passages, by its first key."""
        return tuple(self._of)

    def document(self, key: int) -> str | None:
        """Give the document of a key, None for a key of no passage.  O(log runs)."""
        at = bisect_right(self._firsts, key) - 1
        if at < 0:
            return None
        first, count, document = self._runs[at]
        return document if key < first + count else None

    def ranges(self, document: str) -> tuple[tuple[int, int], ...]:
        """Give (first key, number) of each run of a document; nothing for an unknown one."""
        return tuple(self._of.get(document, ()))

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self._runs, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Runs:
        """Read what `save` wrote, already checked against its digest."""
        import orjson

        return cls([(first, count, document) for first, count, document in orjson.loads(path.read_bytes())])
