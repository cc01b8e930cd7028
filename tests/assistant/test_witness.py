"""The network as a second witness of what the rules draft, and as the one that answers where they find nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from assistant import answer as spine
from assistant.answering.confidence import UNREAD, judge, sureness
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import gather
from assistant.answering.replied import Replied
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.understand import understand
from assistant.reading import rescue
from assistant.reading.offers import Offer, offers
from assistant.reading.sights import look
from assistant.reading.witness import seconded
from corpus.types import Document, Span
from index.reader import Reading
from tests.assistant.asking import asking

RULES = """云泊区便民菜场管理办法

第一条 区商务局负责便民菜场的规划和监督。便民菜场每季度公布一次检查结果。

第二条 菜场摊位由经营户抽签取得,摊位使用期为三年,期满重新抽签。

第三条 菜场摊位不得转租。转租的,由菜场收回摊位,两年内不再受理其申请。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with asking(tmp_path_factory.mktemp("witness"), {"菜场.txt": RULES}) as assistant:
        library = assistant.library()
        yield Library(library._store, library.index, reader="")


class Finds:
    """Finds one string, as surely as told, where it stands."""

    name = "finds"

    def __init__(self, wanted: str, score: float = 0.9) -> None:
        self.wanted, self.score = wanted, score

    def read(self, question: str, passages: Sequence[str]) -> tuple[Reading, ...]:
        at = [text.find(self.wanted) for text in passages]
        return tuple(Reading(a, a + len(self.wanted), self.score, 1 - self.score) if a >= 0 else Reading(0, 2, 0.05, 0.95) for a in at)


def drafted(library: Library, text: str, said: str, marked: str = "") -> Draft:
    """A draft that says `said` of the sentence `text`, with `marked` marked in it."""
    (document,) = library.documents
    span = _place(document, text)
    return Draft("number", said, (Quote(document, span, (), (_place(document, marked),) if marked else ()),), 0.8)


def _place(document: Document, text: str) -> Span:
    at = document.text.index(text)
    return Span(at, at + len(text))


TERM = "菜场摊位由经营户抽签取得,摊位使用期为三年,期满重新抽签。"


def test_the_network_seconds_what_it_reads_itself(library: Library) -> None:
    query = understand("菜场摊位的使用期是几年?", library.knowledge)
    draft = drafted(library, TERM, "三年", "三年")
    same, longer, other = (seconded(query, draft, Finds(words)) for words in ("三年", "使用期为三年", "重新抽签"))
    assert same == longer == sureness(0.81) and other == sureness(0.0)
    assert UNREAD < other < seconded(query, draft, Finds("三年", 0.3)) < same


def test_an_unmarked_text_is_seconded_by_words_of_its_own(library: Library) -> None:
    query = understand("菜场摊位怎么取得?", library.knowledge)
    assert seconded(query, drafted(library, TERM, TERM), Finds("抽签取得")) == sureness(0.81)
    assert seconded(query, drafted(library, TERM, "抽签\n期满"), Finds(TERM)) == sureness(0.81)


def test_no_witness_is_called_where_no_span_answers(library: Library) -> None:
    query = understand("菜场摊位的使用期是几年?", library.knowledge)
    draft = drafted(library, TERM, "三年", "三年")
    for other in (replace(query, language="en"), replace(query, follow_up=True), replace(query, kind="reverse"), replace(query, kind="lead")):
        assert seconded(other, draft, Finds("三年")) == UNREAD
    assert seconded(query, draft, None) == UNREAD and seconded(query, replace(draft, quotes=()), Finds("三年")) == UNREAD


def test_a_draft_that_is_seconded_is_likelier_right(library: Library) -> None:
    query = understand("菜场摊位的使用期是几年?", library.knowledge)
    draft = drafted(library, TERM, "三年", "三年")
    alone, against, seconded_ = (judge(query, draft, RULES, second=second).probability for second in (UNREAD, sureness(0.0), sureness(0.99)))
    assert against < alone and against < seconded_


def offered(library: Library, question: str, wanted: str, score: float = 0.95) -> tuple[Query, list[Offer]]:
    query = understand(question, library.knowledge)
    return query, list(offers(query, look(query, gather(query, library), Finds(wanted, score))))


def test_a_value_is_said_alone_and_a_measure_as_its_sentence(library: Library) -> None:
    query, found = offered(library, "菜场摊位使用期是几年", "三年")
    taken = rescue.rescued(query, found)
    assert taken is not None and taken[0].draft.text == "三年" and taken[1] == rescue.RIGHT
    query, found = offered(library, "菜场摊位转租怎么处理", "由菜场收回摊位")
    taken = rescue.rescued(query, found)
    assert taken is not None and taken[0].draft.text == "转租的,由菜场收回摊位,两年内不再受理其申请。"


def test_what_is_unsure_of_another_form_or_about_something_else_is_no_answer(library: Library) -> None:
    for question, wanted, score in (("菜场摊位使用期是几年", "三年", 0.6), ("菜场摊位使用期是几年", "重新抽签", 0.95), ("地铁票价打几折", "三年", 0.95)):
        assert rescue.rescued(*offered(library, question, wanted, score)) is None


def test_only_a_want_of_evidence_is_made_good(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "rescuer", Finds("三年", 0.95))
    query = understand("菜场摊位使用期是几年", library.knowledge)
    gathered = gather(query, library)

    def answered(reason: str, threshold: float = spine.THRESHOLD) -> str:
        refused = spine.refuse(query, reason)
        given = spine._rescued(refused, Replied(query, refused, gathered), library, threshold)
        return given.answer if given else ""

    assert answered(spine.NOT_NEAR) == answered(spine.NOTHING) == "三年"
    assert not answered("文件没有写明数量") and not answered(spine.NOT_NEAR, threshold=0.9)
    monkeypatch.setattr(Library, "rescuer", None)
    assert not answered(spine.NOT_NEAR)


def test_settings_say_what_the_network_may_do(library: Library) -> None:
    may = {
        setting: tuple(network is not None for network in (opened.checker, opened.rescuer, opened.reader))
        for setting in ("rules", "check", "", "shipped")
        for opened in [Library(library._store, library.index, reader=setting)]
    }
    assert may == {"rules": (False,) * 3, "check": (True, False, False), "": (True, True, False), "shipped": (True,) * 3}


def test_the_same_form_about_something_else_is_no_answer(library: Library) -> None:
    query, found = offered(library, "菜场摊位使用期是几年", "三年")
    strange = replace(query, terms=tuple(replace(term, text="冷库租金", alternatives=(), near=()) for term in query.terms))
    assert rescue.rescued(query, found) is not None and rescue.rescued(strange, found) is None
