"""What a known question has to fulfil before it is kept: its own answer passes, its evidence stands in its documents word for word."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.known.types import KINDS, BadKnown, Question

LONGEST_QUOTE = 600
LONGEST_TEXT = 2000
MOST_PARTS = 50
_LANGUAGES = ("zh", "en")


def check(question: Question, texts: Mapping[str, str], fault_of: Callable[[Question, str], str]) -> None:
    """Raise BadKnown for a question that cannot be judged by. texts: document name → its text, of those the editor may see."""
    _check_shape(question)
    for quote in question.evidence:
        if not 2 <= len(quote.quote) <= LONGEST_QUOTE or quote.quote not in texts.get(quote.doc, ""):
            raise BadKnown("quote_not_found", f"依据不在文件「{quote.doc}」里: {quote.quote[:40]}", "请从原文逐字复制,包括标点")
    for doc in question.docs:
        if doc not in texts:
            raise BadKnown("quote_not_found", f"文件库里没有文件「{doc}」", "请检查文件名")
    if question.answerable and (fault := fault_of(question, question.answer)):
        raise BadKnown("gold_fails", f"标准答案自己不合判分要点: {fault}", "要点里的字应出现在标准答案里")


def _check_shape(question: Question) -> None:
    parts = (*question.docs, *question.must, *question.must_not, *question.evidence, *question.accept, *question.history)
    longest = max(map(len, (question.question, question.answer, *question.must_not, *(x for g in (*question.must, *question.accept) for x in g))))
    if not question.question.strip() or longest > LONGEST_TEXT or len(parts) > MOST_PARTS or len(question.id) > 40:
        raise _bad("问题是空的,或有一栏太长", f"每栏不超过 {LONGEST_TEXT} 个字")
    if question.kind not in KINDS or question.lang not in _LANGUAGES:
        raise _bad(f"没有题型 {question.kind!r} 或语言 {question.lang!r}", f"题型有 {'、'.join(KINDS)}")
    if any(not group or not all(x.strip() for x in group) for group in (*question.must, *question.accept)):
        raise _bad("判分要点里有空行", "每行写一个要点,同一要点的几种写法用 | 隔开")
    if question.answerable and not (question.must and question.evidence):
        raise _bad("可回答的问题要有判分要点和原文依据", "请至少写一个要点、选一条依据")
    if question.answerable == (question.kind == "unanswerable"):
        raise _bad("题型和「应当拒答」不一致", "应当拒答的问题题型为 unanswerable")


def _bad(message: str, remedy: str) -> BadKnown:
    return BadKnown("bad_known_question", message, remedy)
