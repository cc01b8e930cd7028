from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant import Assistant
from assistant.tasks.matrix import first_day
from corpus.errors import NoDocuments

EAST = """青山区消防整治方案

各街道办事处:
现将方案印发给你们。
青山区人民政府
2024年3月5日

一、主要任务
1.防盗窗动态清零由区消防救援大队牵头,2024年6月底前完成。
"""
WEST = EAST.replace("青山区", "白石县").replace("区消防救援大队", "县应急管理局").replace("2024年3月5日", "2023年9月1日")


@pytest.fixture
def assistant(assistant_of: Callable[..., Assistant]) -> Assistant:
    return assistant_of(EAST, WEST)


@pytest.mark.parametrize(
    ("wanted", "lead"),
    [
        ({"issuer": "白石县人民政府"}, "县应急管理局"),
        ({"issuer": "青山"}, "区消防救援大队"),
        ({"place": "白石"}, "县应急管理局"),
        ({"place": "青山区"}, "区消防救援大队"),
        ({"since": date(2024, 1, 1)}, "区消防救援大队"),
        ({"until": date(2023, 12, 31)}, "县应急管理局"),
    ],
)
def test_a_question_is_answered_from_the_documents_that_fit(assistant: Assistant, wanted: dict[str, object], lead: str) -> None:
    chosen = assistant.select(**wanted)  # type: ignore[arg-type]
    answer = assistant.ask("防盗窗动态清零由谁牵头?", documents=chosen)
    assert answer.answer == lead
    assert {c.document_id for c in answer.citations} == set(chosen)


def test_filters_that_nothing_fits_are_named(assistant: Assistant) -> None:
    with pytest.raises(NoDocuments, match="黑水"):
        assistant.select(place="黑水镇")


def test_the_first_day_of_a_span_is_its_beginning() -> None:
    assert [first_day(t) for t in ("2024", "2024-06", "2024-06-30")] == [date(2024, 1, 1), date(2024, 6, 1), date(2024, 6, 30)]
