"""What the network reads, what it offers to answer, and when that is taken instead of what the rules say."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from assistant.answering.evidence import Gathered, gather
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.understand import understand
from assistant.reading import arbiter
from assistant.reading.offers import Offer, offers
from assistant.reading.sights import look
from assistant.types import Answer, Citation
from index.reader import Reading
from tests.assistant.asking import asking

RULES = """云泊区便民菜场管理办法

第一章 总则

第一条 区商务局负责便民菜场的规划和监督。便民菜场每季度公布一次检查结果。

第二章 摊位

第二条 菜场摊位由经营户抽签取得,摊位使用期为三年,期满重新抽签。

第三条 菜场摊位不得转租。转租的,由菜场收回摊位,两年内不再受理其申请。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with asking(tmp_path_factory.mktemp("sights"), {"菜场.txt": RULES}) as assistant:
        library = assistant.library()
        yield Library(library._store, library.index, reader="shipped")


class Finds:
    """Finds one string, surely, where it stands."""

    name = "finds"

    def __init__(self, wanted: str, score: float = 0.9) -> None:
        self.wanted = wanted
        self.score = score

    def read(self, question: str, passages: Sequence[str]) -> tuple[Reading, ...]:
        at = [text.find(self.wanted) for text in passages]
        return tuple(Reading(a, a + len(self.wanted), self.score, 1 - self.score) if a >= 0 else Reading(0, 2, 0.05, 0.95) for a in at)


def asked(library: Library, question: str) -> tuple[Query, Gathered]:
    query = understand(question, library.knowledge)
    return query, gather(query, library)


def test_a_span_stands_in_its_document_and_never_in_the_headings(library: Library) -> None:
    query, gathered = asked(library, "菜场摊位可以转租吗?")
    (sight, *others) = look(query, gathered, Finds("收回摊位"))
    assert sight.span.of(sight.window.document.text) == "收回摊位"
    assert sight.present == pytest.approx(0.9)
    assert not [s for s in look(query, gathered, Finds("云泊区便民菜场管理办法")) if s.score > 0.5]


def offered(library: Library, question: str, wanted: str, score: float = 0.9) -> list[Offer]:
    query, gathered = asked(library, question)
    return list(offers(query, look(query, gathered, Finds(wanted, score))))


def given(readings: list[Offer], text: str, *, confidence: float = 0.6, basis: str = "text") -> Answer:
    """An answer that cites the passage of the first reading."""
    (quote,) = readings[0].draft.quotes
    start, end = quote.span.start, quote.span.end
    cited = Citation(1, quote.document.id, "菜场.txt", "菜场", (), start, end, quote.span.of(quote.document.text))
    return Answer("", "answered", "measure", text, confidence, (cited,), trace=(("basis", basis), ("exact", str(float(basis != "text")))))


def test_an_offer_is_the_sentence_around_a_span_with_the_span_marked(library: Library) -> None:
    (offer, *_) = offered(library, "转租菜场摊位会怎么处理?", "由菜场收回摊位")
    assert offer.draft.text == "转租的,由菜场收回摊位,两年内不再受理其申请。"
    (quote,) = offer.draft.quotes
    assert quote.span.covers(quote.highlights[0]) and quote.highlights[0].of(quote.document.text) == "由菜场收回摊位"


def test_an_offer_knows_whether_its_span_has_the_form_asked_for(library: Library) -> None:
    fits = [dict(offered(library, question, wanted)[0].features)["fit"] for question, wanted in (
        ("摊位使用期是多少年?", "三年"), ("摊位使用期是多少年?", "重新抽签"), ("便民菜场由哪个部门牵头规划?", "区商务局"), ("便民菜场由哪个部门牵头规划?", "每季度"),
    )]  # fmt: skip
    assert fits == [1.0, 0.0, 1.0, 0.0]


def test_a_surer_reading_is_the_likelier_offer(library: Library) -> None:
    sure, unsure = (offered(library, "转租菜场摊位会怎么处理?", "由菜场收回摊位", score)[0] for score in (0.9, 0.1))
    assert arbiter.likely(sure) > arbiter.likely(unsure)


def test_a_reading_elsewhere_in_the_cited_passage_is_taken_instead_of_a_weak_answer(library: Library) -> None:
    readings = offered(library, "转租菜场摊位的,几年不能再申请?", "两年内")
    taken = arbiter.better(given(readings, "由菜场收回摊位", basis="value"), readings)
    assert taken is not None and taken[0].draft.text == "转租的,由菜场收回摊位,两年内不再受理其申请。"
    assert 0 < taken[1] < 1


def test_an_answer_that_the_reading_agrees_with_stands(library: Library) -> None:
    readings = offered(library, "转租菜场摊位会怎么处理?", "由菜场收回摊位")[:1]
    for text in ("转租的,由菜场收回摊位,两年内不再受理其申请。", "由菜场\n收回摊位", "收回摊位"):
        assert not arbiter.fitting(given(readings, text, basis="value"), readings[0])
    assert arbiter.fitting(given(readings, "两年内不再受理其申请", basis="value"), readings[0])


def test_a_text_is_only_widened(library: Library) -> None:
    readings = offered(library, "转租菜场摊位会怎么处理?", "由菜场收回摊位")[:1]
    assert arbiter.fitting(given(readings, "两年内不再受理其申请"), readings[0])
    assert not arbiter.fitting(given(readings, "菜场摊位不得转租"), readings[0])


def test_an_opening_and_words_that_do_not_say_what_they_are_about_are_no_answer(library: Library) -> None:
    (reading,) = offered(library, "转租菜场摊位会怎么处理?", "由菜场收回摊位")[:1]
    answer = given([reading], "两年内不再受理其申请", basis="value")
    opening = replace(reading, draft=replace(reading.draft, text="转租的,由菜场按下列规定处理:"))
    bare = replace(reading, features=tuple((name, 0.0 if name == "own" else value) for name, value in reading.features))
    assert [arbiter.fitting(answer, one) for one in (reading, opening, bare)] == [True, False, False]


def test_an_unlikely_reading_is_not_taken(library: Library) -> None:
    readings = offered(library, "便民菜场由哪个部门牵头规划?", "每季度公布一次检查结果", 0.02)
    assert arbiter.better(given(readings, "区商务局", confidence=0.98, basis="duty"), readings) is None


def test_refusals_lists_and_answers_from_several_documents_stand(library: Library) -> None:
    readings = offered(library, "转租菜场摊位会怎么处理?", "由菜场收回摊位")
    answer = given(readings, "两年内不再受理其申请", basis="value")
    assert arbiter.open_to_doubt(answer)
    several = replace(answer, citations=(*answer.citations, replace(answer.citations[0], n=2, document_id="other")))
    listed = replace(answer, answer="1. 两年内不再受理\n2. 其申请")
    for stands in (several, listed, replace(answer, status="refused", citations=())):
        assert not arbiter.open_to_doubt(stands) and arbiter.better(stands, readings) is None


def test_only_passages_that_are_wanted_are_read(library: Library) -> None:
    query, gathered = asked(library, "菜场摊位可以转租吗?")
    seen = look(query, gathered, Finds("收回摊位"), wanted=lambda window: "第一条" in window.context)
    assert "收回摊位" not in {sight.span.of(sight.window.document.text) for sight in seen}
    assert look(query, gathered, Finds("收回摊位"), wanted=lambda _: False) == ()


def test_nothing_is_read_where_no_single_span_answers(library: Library) -> None:
    for question in ("菜场摊位管理办法的文号是多少?", "Who plans the markets?"):
        assert not arbiter.readable(asked(library, question)[0])
    assert arbiter.readable(asked(library, "转租菜场摊位会怎么处理?")[0])
    readings = offered(library, "转租菜场摊位会怎么处理?", "由菜场收回摊位")
    assert arbiter.better(given(readings, "三年"), ()) is None


def test_the_setting_leaves_the_reading_to_the_rules(library: Library) -> None:
    assert library.reader is not None
    assert Library(library._store, library.index, reader="rules").reader is None
    assert Library(library._store, library.index, reader="").reader is None


def test_an_assistant_answers_with_and_without_the_network(library: Library) -> None:
    from assistant.answer import answer

    with_network = answer("菜场摊位转租会有什么后果?", library, threshold=0.0)
    without = answer("菜场摊位转租会有什么后果?", Library(library._store, library.index, reader="rules"), threshold=0.0)
    for found in (with_network, without):
        assert "收回摊位" in found.answer
