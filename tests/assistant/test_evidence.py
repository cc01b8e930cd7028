"""Ranking: the clause and the duty that cover most of the question come first, within its scope."""

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.answering.evidence import Gathered, document_meant, gather, in_scope, local_score, segment_of
from assistant.library.library import Library
from assistant.question.query import search_text
from assistant.question.understand import understand
from corpus.types import Span
from tests.assistant.asking import TOWN, asking

DISTRICT = """青岭区消防整治方案

一、工作目标

到2024年底,微型消防站建成率达到60%,2025年底达到80%。

二、主要任务

(一)建设集中充电桩。新建电动自行车集中充电桩1200个。(牵头单位:区住建局;配合单位:区供电公司)

(二)整治外包管理。部分企业以包代管问题突出。企业应当建立外包作业审批制度,严格外包管理。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    assistant: Assistant
    with asking(tmp_path_factory.mktemp("evidence"), {"方案.txt": DISTRICT, "通告.txt": TOWN}) as assistant:
        yield assistant.library()


def gathered(question: str, library: Library) -> Gathered:
    return gather(understand(question, library.knowledge), library)


def test_the_clause_that_covers_most_comes_first(library: Library) -> None:
    assert "微型消防站建成率" in gathered("微型消防站建成率要达到多少", library).clauses[0].clause.text


def test_clauses_come_in_falling_order(library: Library) -> None:
    scores = [round(s.score, 3) for s in gathered("充电桩由谁牵头", library).clauses]
    assert scores == sorted(scores, reverse=True)


def test_the_duty_asked_about_comes_first(library: Library) -> None:
    best = gathered("充电桩由谁牵头", library).duties[0]
    assert [m.value for m in best.duty.lead] == ["区住建局"]


def test_the_same_question_is_ranked_the_same_twice(library: Library) -> None:
    assert gathered("充电桩由谁牵头", library) == gathered("充电桩由谁牵头", library)


def test_the_surroundings_count_less_than_the_clause_itself(library: Library) -> None:
    for scored in gathered("青岭区微型消防站", library).clauses:
        assert scored.own <= scored.score + 0.1


def test_a_sentence_that_only_names_the_problem_is_not_how_it_is_solved(library: Library) -> None:
    assert "问题突出" not in gathered("企业外包管理怎么管", library).clauses[0].clause.text


def test_official_words_are_searched_beside_the_words_of_the_question(library: Library) -> None:
    assert "电动自行车" in search_text(understand("电瓶车在哪充电", library.knowledge))


def test_the_attachment_named_is_the_only_place_looked_at(library: Library) -> None:
    for scored in gathered("附件2对清水河段的规定", library).clauses:
        assert "禁渔期" not in scored.clause.text


def test_without_an_attachment_every_section_is_in_scope(library: Library) -> None:
    query = understand("清水河段", library.knowledge)
    assert all(in_scope(d, p.section, query) for d in library.documents for p in d.passages)


def test_a_named_place_keeps_other_documents_out(library: Library) -> None:
    found = gathered("白鹭镇夜间巡查几次", library)
    assert {s.clause.document.name for s in found.clauses} == {"通告.txt"}
    assert found.duties == ()


def test_the_segment_of_a_figure_tells_it_from_its_neighbour(library: Library) -> None:
    query = understand("2025年底微型消防站建成率", library.knowledge)
    (scored,) = [s for s in gather(query, library).clauses if "微型消防站" in s.clause.own]
    text = scored.clause.document.text
    late = text.index("80%")
    assert segment_of(scored.clause.document, scored.clause.span, Span(late, late + 3)).of(text) == "2025年底达到80%。"
    assert 0 < local_score(query, scored, Span(late, late + 3)) <= 1.25


def test_the_document_meant_is_the_one_its_title_names(library: Library) -> None:
    meant = document_meant(understand("禁渔通告分几个部分", library.knowledge), library.documents)
    assert meant is not None and meant.name == "通告.txt"


def test_no_document_is_meant_where_titles_do_not_tell(library: Library) -> None:
    assert document_meant(understand("养老服务补贴", library.knowledge), library.documents) is None


def test_only_documents_that_hold_what_is_asked_for_are_meant(library: Library) -> None:
    query = understand("养老服务补贴", library.knowledge)
    notice = next(d for d in library.documents if d.name == "通告.txt")
    assert document_meant(query, library.documents, holds=lambda d: d.id == notice.id) == notice
    assert document_meant(query, library.documents, holds=lambda d: False) is None
