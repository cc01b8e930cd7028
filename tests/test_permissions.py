"""A sample of the triples of `make permissions`: nothing of a document reaches somebody who may not see it, on any surface."""

from __future__ import annotations

from pathlib import Path

from assistant.accounts.types import Principal
from tests.permissions import SURFACES, Count, Known, run


def test_a01_a02_a03_a07_no_surface_tells_of_a_document_out_of_sight(tmp_path: Path) -> None:
    count = run(tmp_path, 1, people=2, seed=7)
    assert (count.leaks, count.missed) == (0, 0), count.first
    assert count.triples == 2 * 20 * len(SURFACES) and count.hidden > 100


def test_the_count_would_notice() -> None:
    count, one = Count(), Known("d1", "甲.txt", "甲山区方案", "桥梁检测", "桥梁事务中心")
    who = Principal("u", "x", "reader", frozenset())
    count.note(who, one, "show by id", False, False, "没有 d1")
    assert count.leaks == 0
    count.note(who, one, "show by id", False, False, "没有 d1;最接近的是“甲.txt”")
    count.note(who, one, "tasks", False, True, "桥梁事务中心")
    assert count.leaks == 2
    count.note(who, one, "tasks", True, True, "[]")
    assert count.missed == 1
