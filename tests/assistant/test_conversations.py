"""The history and the judgements in the catalog: each person's own, as he may see it today."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.accounts.types import LOCAL, Denied, Principal
from assistant.conversations.codec import Cut
from assistant.conversations.judging import Judgements, UnknownJudgement
from assistant.conversations.keeping import History, UnknownConversation
from assistant.conversations.shelf import Shelf, cutter
from assistant.conversations.types import Conversation, Exchange
from assistant.programs.verbs import Where
from assistant.types import Answer, Citation, Turn
from corpus.errors import InputError, LibraryProblem
from corpus.store import Store

TEXT = "1.防盗窗动态清零。\n年底\n区消防救援大队"
READER = Principal("u1", "王芳", "reader", frozenset({"open"}))
OTHER = Principal("u2", "李强", "reader", frozenset({"open"}))
VISITOR = Principal("visitor", "", "visitor", frozenset({"open"}))


def cut_from(texts: dict[str, str]) -> Cut:
    return lambda document, start, end: texts[document][start:end] if document in texts else None


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "library")) as store:
        yield store


SEES = cut_from({"d1": TEXT})
BLIND = cut_from({})


def exchange_of(question: str = "防盗窗由谁牵头?", number: int = 1) -> Exchange:
    citation = Citation(1, "d1", "a.txt", "方案", ("一、",), 0, len(TEXT), TEXT, ((14, 21),))
    answer = Answer(question, "answered", "lead", "区消防救援大队", 0.95, (citation,), notes=("编号有跳号",))
    return Exchange(question, answer, number=number, where=Where(documents=("d1",), as_of="2024"), asked_at="2024-05-01T08:00:00+00:00")


def kept(history: History, by: Principal, token: str = "t1", *exchanges: Exchange) -> Conversation:
    conversation = Conversation(exchanges or (exchange_of(),), token)
    for count, exchange in enumerate(conversation.exchanges, 1):
        history.keep(replace(conversation, exchanges=conversation.exchanges[:count]), exchange, by)
    return conversation


def test_a_conversation_comes_back_as_it_was(store):
    history = History(store)
    conversation = kept(history, READER)
    assert history.conversation("t1", READER, cut=SEES) == replace(conversation, title="防盗窗由谁牵头?")
    (line,) = history.listing(READER, cut=SEES)
    assert (line.token, line.title, line.exchanges) == ("t1", "防盗窗由谁牵头?", 1)


def test_no_quote_is_in_the_catalog(store):
    kept(History(store), READER)
    Judgements(store).judge("t1", exchange_of(), (), READER, helpful=True)
    with store.database.reading() as connection:
        for table in ("exchanges", "judgements"):
            (row,) = connection.exec_driver_sql(f"SELECT answer FROM {table}").all()
            assert "防盗窗动态清零" not in row[0] and "区消防救援大队" in row[0]


def test_a_history_is_its_owners_alone(store):
    history = History(store)
    kept(history, READER)
    assert history.listing(OTHER, cut=SEES) == ()
    for touch in (
        lambda: history.conversation("t1", OTHER, cut=SEES),
        lambda: history.rename("t1", "x", OTHER),
        lambda: history.delete("t1", OTHER),
    ):
        with pytest.raises(UnknownConversation):
            touch()
    kept(history, OTHER, "t1", exchange_of("别的问题?", 2))
    assert len(history.conversation("t1", READER, cut=SEES).exchanges) == 1


def test_an_answer_from_a_document_that_is_no_longer_his_to_see_shows_nothing_of_it(store):
    """A-04."""
    history = History(store)
    kept(history, READER)
    (exchange,) = history.conversation("t1", READER, cut=BLIND).exchanges
    assert exchange.hidden and exchange.answer is not None and exchange.answer.citations == () and exchange.where.documents == ()
    assert "消防" not in repr(exchange.answer) and "编号" not in repr(exchange.answer)
    assert history.listing(READER, "救援大队", cut=BLIND) == ()
    assert [line.token for line in history.listing(READER, "救援大队", cut=SEES)] == ["t1"]


def test_who_sees_less_than_he_did_reads_no_refusal_of_then_either(store):
    """A-04: a refusal may name, and a count includes, what he could see then."""
    history = History(store)
    refused = Answer("几份?", "refused", "count", "", 0.0, reason="只有《某方案》提到")
    kept(history, replace(READER, collections=frozenset({"open", "inner"})), "t1", Exchange("几份?", refused))
    (exchange,) = history.conversation("t1", READER, cut=SEES).exchanges
    assert exchange.hidden and "某方案" not in repr(exchange)
    wider = replace(READER, collections=None)
    assert not history.conversation("t1", wider, cut=SEES).exchanges[0].hidden


def test_a_clause_that_was_changed_since_comes_without_its_quote(store):
    history = History(store)
    kept(history, READER)
    (exchange,) = history.conversation("t1", READER, cut=cut_from({"d1": TEXT.replace("年底", "月底")})).exchanges
    assert exchange.changed and exchange.answer is not None and exchange.answer.citations[0].quote == ""


def test_it_can_be_searched_renamed_and_deleted(store):
    history = History(store)
    kept(history, READER)
    kept(history, READER, "t2", exchange_of("100%_覆盖率是多少?"), exchange_of("什么时候?", 2))
    assert [line.token for line in history.listing(READER, "100%_", cut=SEES)] == ["t2"]
    assert history.listing(READER, "没有这样的", cut=SEES) == ()
    history.rename("t1", " 防火 的事 ", READER)
    assert [line.title for line in history.listing(READER, "防火", cut=SEES)] == ["防火 的事"]
    with pytest.raises(InputError, match="80"):
        history.rename("t1", "长" * 81, READER)
    history.delete("t1", READER)
    assert [line.token for line in history.listing(READER, cut=SEES)] == ["t2"]
    assert history.delete_all(READER) == 1 and history.listing(READER, cut=SEES) == ()


def test_who_wants_no_history_and_visitors_have_none(store):
    history = History(store)
    kept(history, VISITOR)
    history.want(READER, False)
    kept(history, READER, "t2")
    assert history.listing(VISITOR, cut=SEES) == history.listing(READER, cut=SEES) == ()
    history.want(READER, True)
    kept(history, READER, "t3")
    assert [line.token for line in history.listing(READER, cut=SEES)] == ["t3"]
    with pytest.raises(Denied):
        history.want(VISITOR, True)


def test_the_oldest_conversation_goes_when_there_are_too_many(store, monkeypatch):
    monkeypatch.setattr("assistant.conversations.keeping.MOST_CONVERSATIONS", 2)
    times = iter(f"2024-05-01T08:00:{n:02}+00:00" for n in range(60))
    monkeypatch.setattr("assistant.conversations.keeping.now", lambda: next(times))
    history = History(store)
    for token in ("t1", "t2", "t3"):
        kept(history, READER, token)
    assert [line.token for line in history.listing(READER, cut=SEES)] == ["t3", "t2"]


# ---------------------------------------------------------------- judgements


def test_a_thumb_is_kept_with_question_answer_and_citations_and_can_be_settled(store):
    judged = Judgements(store)
    judged.judge("t1", exchange_of(number=3), (Turn("早先?", "早先的答案"),), READER, helpful=False, reason="wrong_source", comment=" 应是\n第二条 ")
    (one,) = judged.listing(LOCAL, cut=SEES)
    assert (one.by, one.by_name, one.reason, one.comment, one.state) == ("u1", "王芳", "wrong_source", "应是 第二条", "open")
    assert one.exchange == replace(exchange_of(number=3), asked_at=one.at) and one.history == (Turn("早先?", "早先的答案"),)
    judged.settle(one.id, "made", LOCAL)
    assert judged.listing(LOCAL, cut=SEES) == () and judged.judgement(one.id, LOCAL, cut=SEES).handled_by == LOCAL.name
    assert judged.counts(LOCAL) == {"helpful": 0, "open": 0, "made": 1, "dismissed": 0}


def test_a_second_thumb_takes_the_place_of_the_first_and_can_be_taken_back(store):
    judged = Judgements(store)
    judged.judge("t1", exchange_of(), (), READER, helpful=False, reason="incomplete")
    judged.judge("t1", exchange_of(), (), OTHER, helpful=False)
    judged.judge("t1", exchange_of(), (), READER, helpful=True)
    assert judged.of("t1", READER) == {1: True} and judged.of("t1", OTHER) == {1: False}
    assert [one.reason for one in judged.listing(LOCAL, cut=SEES)] == ["other"]
    judged.take_back("t1", 1, READER)
    assert judged.of("t1", READER) == {}


def test_an_editor_reads_nothing_of_an_answer_from_documents_he_may_not_see(store):
    judged = Judgements(store)
    judged.judge("t1", exchange_of(), (Turn("早先?", "大队的事"),), LOCAL, helpful=False)
    editor = Principal("u3", "编辑", "editor", frozenset({"open"}))
    (one,) = judged.listing(editor, cut=BLIND)
    assert one.exchange.hidden and one.history == () and "大队" not in repr(one.exchange.answer)


@pytest.mark.parametrize("by", [VISITOR, READER], ids=["visitor", "reader"])
def test_only_editors_see_and_settle_judgements(store, by):
    judged = Judgements(store)
    for look in (lambda: judged.listing(by, cut=SEES), lambda: judged.counts(by), lambda: judged.settle(1, "made", by)):
        with pytest.raises(Denied):
            look()


def test_what_is_no_judgement_is_refused(store):
    judged = Judgements(store)
    for wrong in ({"reason": "boring"}, {"comment": "长" * 1001}):
        with pytest.raises(InputError, match="评价"):
            judged.judge("t1", exchange_of(), (), READER, helpful=False, **wrong)
    with pytest.raises(InputError):
        judged.judge("t1", Exchange("还没答?"), (), READER, helpful=True)
    with pytest.raises(UnknownJudgement):
        judged.judgement(7, LOCAL, cut=SEES)
    with pytest.raises(InputError):
        judged.settle(7, "lost", LOCAL)


# ---------------------------------------------------------------- open pages


def test_an_open_page_of_a_visitor_finds_its_conversation_again_and_nobody_else_does(store):
    shelf = Shelf(History(store))
    begun = shelf.begin()
    shelf.keep(replace(begun, exchanges=(exchange_of(),)), exchange_of(), VISITOR)
    assert shelf.find(begun.token, VISITOR, SEES).exchanges == (exchange_of(),)
    assert shelf.find(begun.token, VISITOR, BLIND).exchanges[0].hidden
    for token, by in ((begun.token, READER), ("other", VISITOR)):
        with pytest.raises(UnknownConversation):
            shelf.find(token, by, SEES)
    assert len(begun.token) >= 22 and begun.token != shelf.begin().token


def test_what_is_asked_after_the_history_was_turned_off_follows_what_was_kept(store):
    shelf = Shelf(History(store))
    first, second = exchange_of(), exchange_of("什么时候?", 2)
    conversation = replace(shelf.begin(), exchanges=(first,))
    shelf.keep(conversation, first, READER)
    shelf.history.want(READER, False)
    shelf.keep(replace(conversation, exchanges=(first, second)), second, READER)
    assert shelf.find(conversation.token, READER, SEES).exchanges == (first, second)
    assert shelf.history.conversation(conversation.token, READER, cut=SEES).exchanges == (first,)


def test_while_the_catalog_cannot_be_written_a_conversation_stays_in_memory_in_order(store, monkeypatch):
    shelf = Shelf(History(store))
    exchanges = tuple(exchange_of(f"第{n}问?", n) for n in (1, 2, 3))
    conversation = shelf.begin()

    def busy(*_: object) -> bool:
        raise LibraryProblem("library_busy", "资料库正被占用", "请稍候再试")

    for count, exchange in enumerate(exchanges, 1):
        with monkeypatch.context() as patched:
            if count == 2:
                patched.setattr(shelf.history, "keep", busy)
            shelf.keep(replace(conversation, exchanges=exchanges[:count]), exchange, READER)
    assert shelf.find(conversation.token, READER, SEES).exchanges == exchanges
    assert [e.number for e in shelf.history.conversation(conversation.token, READER, cut=SEES).exchanges] == [1, 3]


def test_only_so_many_conversations_stay_in_memory(store):
    shelf = Shelf(History(store), most=2)
    tokens = []
    for _ in range(3):
        conversation = replace(shelf.begin(), exchanges=(exchange_of(),))
        tokens.append(conversation.token)
        shelf.keep(conversation, exchange_of(), VISITOR)
    with pytest.raises(UnknownConversation):
        shelf.find(tokens[0], VISITOR, SEES)
    assert shelf.find(tokens[2], VISITOR, SEES).exchanges


def test_quotes_are_cut_from_what_exists_for_the_reader():
    asked: list[str] = []

    def text_of(document: str) -> str | None:
        asked.append(document)
        return TEXT if document == "d1" else None

    cut = cutter(text_of)
    assert (cut("d1", 0, 3), cut("d1", 2, 4), cut("d2", 0, 3)) == (TEXT[:3], TEXT[2:4], None) and asked == ["d1", "d2"]
