"""What the network reads leads the choice among clauses, and gives the value where it is sure."""

from collections.abc import Iterator, Sequence

import pytest

from assistant.compose.texts import pointed, text_answer
from assistant.evidence import Gathered, gather
from assistant.library import Library
from assistant.query import Query
from assistant.reading.sights import led_by, look
from assistant.understand import understand
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


def test_the_clause_with_the_span_comes_first(library: Library) -> None:
    query, gathered = asked(library, "菜场摊位怎么办?")
    sights = look(query, gathered, Finds("抽签取得"))
    led = led_by(gathered, sights)
    assert "抽签取得" in led.clauses[0].clause.text
    assert sorted(s.clause.text for s in led.clauses) == sorted(s.clause.text for s in gathered.clauses)
    assert led_by(gathered, ()) is gathered


@pytest.mark.parametrize(("score", "text"), [(0.9, "三年"), (0.3, "第二条 菜场摊位由经营户抽签取得,摊位使用期为三年,期满重新抽签。")])
def test_a_sure_span_answers_a_question_for_a_value(library: Library, score: float, text: str) -> None:
    query, gathered = asked(library, "摊位使用期是多少年?")
    sights = look(query, gathered, Finds("三年", score))
    draft = text_answer(query, led_by(gathered, sights), kind="number")
    assert draft is not None
    assert text in pointed(query, draft, sights).text
    assert (pointed(query, draft, sights).text == "三年") == (score > 0.5)


def test_a_span_marks_the_words_of_a_longer_answer(library: Library) -> None:
    query, gathered = asked(library, "转租菜场摊位会怎么处理?")
    sights = look(query, gathered, Finds("由菜场收回摊位,两年内不再受理其申请"))
    draft = text_answer(query, led_by(gathered, sights), kind="measure")
    assert draft is not None
    (mark,) = pointed(query, draft, sights).quotes[0].highlights
    assert mark.of(draft.quotes[0].document.text) == "由菜场收回摊位,两年内不再受理其申请"


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
