from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.runs import Runs

OWNERS = st.dictionaries(st.integers(0, 60), st.sampled_from(["甲", "乙", "丙"]))


@given(OWNERS)
def test_runs_say_of_every_key_whose_it_is(owners: dict[int, str]) -> None:
    runs = Runs.of_keys(owners.items())
    assert {key: runs.document(key) for key in range(-1, 62)} == {key: owners.get(key) for key in range(-1, 62)}
    for document in ("甲", "乙", "丙"):
        keys = [key for first, count in runs.ranges(document) for key in range(first, first + count)]
        assert keys == sorted(key for key, owner in owners.items() if owner == document)
        assert (document in runs) == bool(keys)
    assert len(runs) == len(owners)


def test_neighbouring_keys_of_one_document_are_one_run_also_after_saving(tmp_path: Path) -> None:
    runs = Runs.of_keys([(5, "甲"), (6, "甲"), (7, "乙"), (8, "甲"), (10, "甲")])
    runs.save(tmp_path / "runs.json")
    assert list(Runs.load(tmp_path / "runs.json")) == list(runs) == [(5, 2, "甲"), (7, 1, "乙"), (8, 1, "甲"), (10, 1, "甲")]
    assert runs.documents == ("甲", "乙")
