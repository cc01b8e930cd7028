"""One document as files of several formats: each gives the same duties."""

from __future__ import annotations

import pytest

from corpus.parse import parse
from tests.corpus import renderings
from tests.corpus.renderings import EXPECTED, NOTICE, TABLE_FACTS, facts


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_every_format_gives_the_same_duties(suffix: str) -> None:
    data = getattr(renderings, suffix)(NOTICE)
    assert facts(parse(data, f"通知.{suffix}")) == EXPECTED


def test_flattened_text_gives_them_but_for_what_a_merged_cell_says() -> None:
    found = facts(parse(renderings.txt(NOTICE), "通知.txt"))
    assert [fact.task for fact in found] == [fact.task for fact in EXPECTED]
    differing = [fact.task for fact, wanted in zip(found, EXPECTED, strict=True) if fact != wanted]
    assert differing == ["拆除影响逃生和救援的防盗窗、广告牌。"]


def test_a_workbook_gives_the_duties_of_the_table() -> None:
    assert facts(parse(renderings.xlsx(NOTICE), "通知.xlsx")) == TABLE_FACTS
