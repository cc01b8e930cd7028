"""What a refusal shows for reference: the passages nearest to the question, in every face that people read, and in no object that programs read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.answering.nearby import MOST
from assistant.cli.output import print_answer
from assistant.conversations.codec import read, written
from assistant.conversations.types import Exchange
from assistant.programs.verbs import Where
from assistant.types import Answer
from assistant.web.chat_completions import content_of
from assistant.web.conversation import as_copied
from assistant.web.embed.reply import render_reply
from assistant.web.embed.words import WORDS
from assistant.web.texts import CHINESE, ENGLISH
from tests.assistant.asking import asking

RULES = """柳川县公租房管理办法

(2024年8月修订)

第一章 申请

第一条 申请人应当在本县居住满三年,家庭人均收入低于上年度平均水平。

第二章 租金

第二条 公租房租金由县住建局会同县发改局制定,每两年公布一次。

第三条 承租人应当在每季度首月缴纳租金,逾期不缴的由县住建局催告。

第四条 承租人不得转租公租房。

第三章 附则

第五条 本办法由县住建局负责解释。
"""
UNWRITTEN = "公租房租金每平方米多少钱?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with asking(tmp_path_factory.mktemp("nearby"), {"rules.txt": RULES}) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def refusal(library: Assistant) -> Answer:
    answer = library.ask(UNWRITTEN)
    assert answer.status == "refused" and not answer.citations
    return answer


def test_a_refusal_shows_the_nearest_clauses_as_they_stand(library: Assistant, refusal: Answer) -> None:
    assert 0 < len(refusal.nearest) <= MOST and refusal.shown == refusal.nearest
    assert any("租金由县住建局" in citation.quote for citation in refusal.nearest)
    assert not any("修订" in citation.quote for citation in refusal.nearest)
    for number, citation in enumerate(refusal.nearest, 1):
        text = library.store.document(citation.document_id).text
        assert citation.n == number and not citation.highlight
        assert citation.quote == text[citation.start : citation.end] != ""


def test_an_answer_shows_what_it_rests_on_and_nothing_else(library: Assistant) -> None:
    answer = library.ask("公租房租金由谁制定?")
    assert answer.status == "answered" and not answer.nearest and answer.shown == answer.citations


@pytest.mark.parametrize("question", ["今天天气怎么样?", "给我写一首诗", "月球基地谁建?"])
def test_what_the_library_has_nothing_on_has_no_nearest_clause(library: Assistant, question: str) -> None:
    answer = library.ask(question)
    assert answer.status == "refused" and not answer.shown


def test_programs_get_no_clause_that_answers_nothing(refusal: Answer) -> None:
    assert refusal.as_json()["citations"] == [] and "nearest" not in refusal.as_json()


def test_every_face_for_people_says_what_the_clauses_are(refusal: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(refusal)
    faces = (capsys.readouterr().out, as_copied(refusal, CHINESE), render_reply(refusal, WORDS["zh"]), content_of(refusal))
    for said in faces:
        assert CHINESE.refused_nearest in said and "租金由县住建局" in said
    assert ENGLISH.refused_nearest in as_copied(refusal, ENGLISH)


def test_the_history_keeps_where_they_stand_and_cuts_the_words_anew(refusal: Answer) -> None:
    exchange = Exchange(UNWRITTEN, refusal, None, "", 1, Where(), "2026-01-01T00:00:00+00:00")
    content = written(exchange, None)
    assert "租金由县住建局" not in content
    quotes = {(c.document_id, c.start, c.end): c.quote for c in refusal.nearest}
    again = read(UNWRITTEN, content, 1, exchange.asked_at, lambda document, start, end: quotes.get((document, start, end)), None)
    assert again.answer is not None and again.answer.nearest == refusal.nearest and not again.changed
    unseen = read(UNWRITTEN, content, 1, exchange.asked_at, lambda *_: None, None)
    assert unseen.hidden and unseen.answer is not None and not unseen.answer.shown


def test_what_an_older_program_kept_has_none(refusal: Answer) -> None:
    bare = replace(refusal, nearest=())
    content = written(Exchange(UNWRITTEN, bare, None, "", 1, Where(), ""), None).replace(',"nearest"', "")
    again = read(UNWRITTEN, content, 1, "", lambda *_: "", None)
    assert again.answer is not None and not again.answer.shown
