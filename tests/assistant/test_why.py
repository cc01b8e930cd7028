"""Why an answer reads as it does: in words for people, nothing of what is hidden, and hostile text stays text."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversations.types import Exchange
from assistant.programs.verbs import Where
from assistant.types import Answer, Citation, Turn, Understood
from assistant.web.chat.why import Cited, render_why
from assistant.web.chat.words import CHINESE, ENGLISH, WORDS
from tests.assistant.test_web import HOSTILE, Reader

NOTICE = """青山区消防安全整治方案

青山区安全生产委员会
2024年3月5日

一、主要任务
1.防盗窗动态清零。2024年6月底前,实现人员密集场所防盗窗动态清零。(牵头单位:区消防救援大队;配合单位:区住建局)
"""
CITATION = Citation(1, "d1", "a.txt", "方案", ("一、主要任务",), 0, 5, "防盗窗清零")
TRACE = (("kind", "lead"), ("basis", "duty"), ("coverage", "0.95"), ("exact", "1.0"), ("scoped", "1.0"), ("margin", "0.1"))
READ = Understood("lead", ("lead", "deadline"), ("防盗窗", "清零"), places=("青山区",), years=(2024,), attachment=2, limited=1)
ANSWER = Answer("由谁牵头?", "answered", "lead", "大队", 0.94, (CITATION,), notes=("清单为“年底”,正文写明“6月底”",), trace=TRACE, understood=READ)


def said(answer: Answer, language: str = "zh", where: Where | None = None, cited: tuple[Cited, ...] = (), **parts: bool) -> str:
    exchange = Exchange(answer.question, answer, where=where or Where(), **parts)  # type: ignore[arg-type]
    return Reader(render_why(exchange, cited, WORDS[language])).text  # type: ignore[index]


def test_both_languages_have_every_word() -> None:
    assert CHINESE.keys() == ENGLISH.keys()


def test_it_says_what_was_read_used_and_how_sure_it_is() -> None:
    edition = Cited("青山区方案", "区安委会", "2024-03-05", ("《青山区方案》自2025年起由《新方案》代替",))
    text = said(ANSWER, cited=(edition,))
    for words in ("由谁牵头(负责)、完成时限", "关于:防盗窗、清零", "限于地区:青山区", "限于年份:2024", "限于附件2", "只在 1 份文件中查找"):
        assert words in text, words
    for words in ("任务分工", "[1] 一、主要任务", "青山区方案区安委会,2024-03-05发布", "由《新方案》代替", "把握很大", "每 100 次有 94 次", "问题指明了一份文件", "清单为“年底”,正文写明“6月底”"):
        assert words in text, words
    assert "Taken from: a task's division of work" in said(ANSWER, "en")


def test_a_follow_up_says_what_it_took_over() -> None:
    read = replace(READ, before="防盗窗由谁牵头?", about=(), taken=("防盗窗",), corrections=(("陷患", "隐患"),))
    text = said(replace(ANSWER, understood=read))
    assert "接着上一问“防盗窗由谁牵头?”,沿用了其中的:防盗窗" in text and "“陷患”按“隐患”理解" in text


def test_the_limits_that_were_set_are_said() -> None:
    text = said(ANSWER, where=Where(("d1", "d2"), "区安委会", "青山区", "2023", "2024", "2024-06-30"))
    assert "您设定的范围:您选定了 2 份文件、区安委会、青山区、2023至2024" in text and "按 2024-06-30 有效的文件查找" in text


def test_a_refusal_says_what_is_missing() -> None:
    refused = Answer("月球?", "refused", "lead", "", 0.2, reason="没有足够接近的内容", trace=(("coverage", "0.4"), ("strange", "0.5")), understood=Understood("lead", unknown=("月球",)))
    text = said(refused)
    for words in ("为什么没有回答", "没有出现:月球", "没有足够接近的内容", "大多没有", "把握不大"):
        assert words in text, words
    assert "没有作出判断" in said(replace(refused, trace=()))


def test_nothing_is_told_of_what_is_hidden() -> None:
    text = said(replace(ANSWER, citations=()), hidden=True)
    assert "不再显示" in text and "大队" not in text and "青山区" not in text


def test_hostile_text_stays_text() -> None:
    read = replace(READ, about=(HOSTILE,), before=HOSTILE, units=(HOSTILE,))
    answer = replace(ANSWER, notes=(HOSTILE,), understood=read, citations=(replace(CITATION, path=(HOSTILE,)),))
    reader = Reader(render_why(Exchange(HOSTILE, answer), (Cited(HOSTILE, HOSTILE, "", (HOSTILE,)),), WORDS["zh"]))
    assert not {tag for tag, _ in reader.elements} & {"img", "script"} and not any(name.startswith("on") for _, a in reader.elements for name in a)


def test_the_engine_says_how_it_read_a_question_and_its_follow_up(assistant_of) -> None:
    assistant = assistant_of(**{"青山区方案.txt": NOTICE})
    first = assistant.ask("青山区2024年防盗窗动态清零由谁牵头?")
    assert first.understood is not None and first.understood.kind == "lead"
    assert "防盗窗" in "".join(first.understood.about) and first.understood.places == ("青山区",) and first.understood.years == (2024,)
    later = assistant.ask("什么时候完成?", history=(Turn(first.question, first.answer),))
    assert later.understood is not None and later.understood.before == first.question and "防盗窗" in "".join(later.understood.taken)
    refused = assistant.ask("月球基地的建设由谁牵头?")
    assert refused.status == "refused" and refused.understood is not None and "月球" in "".join(refused.understood.unknown)
