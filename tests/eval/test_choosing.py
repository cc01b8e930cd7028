"""Fitting which candidate is said, on made-up candidates with a pattern that can be learned."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import pytest

from assistant.reading.choice import likely, read_weights
from eval.choosing import fitted_on, main, read, taken


def row(at: int, *, is_open: bool = True) -> dict[str, Any]:
    """A question with a draft that was given and another; what tells them apart is `a`, while `b` is noise."""
    chance = random.Random(at)
    right = chance.random() < 0.5
    drafts = [
        {"given": given, "right": good, "features": {"given": float(given), "refused": 0.0, "a": good * 0.8 + chance.random() * 0.2, "b": chance.random()}}
        for given, good in ((True, right), (False, not right))
    ]
    return {"id": str(at), "set": f"set{at % 2}", "open": is_open, "refused": False, "passed": right, "drafts": drafts}


def kept(file: Path, rows: list[dict[str, Any]]) -> Path:
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(one) + "\n" for one in rows)
    return file


def test_what_is_learned_is_kept_and_read_again_and_chooses_rightly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = kept(tmp_path / "drafts.gz", [row(at) for at in range(300)]), tmp_path / "choice.json"
    assert main([str(file), "-o", str(out)]) == 0
    said = capsys.readouterr().out
    assert "set0: questions 150" in said and "lost 0" in said
    weights = read_weights(out)
    assert weights.names == ("a", "b") and likely({"a": 0.9, "b": 0.5}, weights) > 0.9 > 0.1 > likely({"a": 0.1, "b": 0.5}, weights)
    for one in (row(at) for at in range(300, 330)):
        best = taken(one, weights)
        assert (best is None) == one["passed"] and (best is None or best["right"])


def test_the_same_candidates_give_the_same_weights() -> None:
    rows = [row(at) for at in range(80)]
    assert fitted_on(rows) == fitted_on(rows)


def test_questions_that_are_not_open_take_no_part(tmp_path: Path) -> None:
    file = kept(tmp_path / "drafts.gz", [row(1), row(2, is_open=False), {**row(3), "drafts": []}])
    assert [one["id"] for one in read([file])] == ["1"]
