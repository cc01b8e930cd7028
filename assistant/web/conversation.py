"""A conversation and its HTML: what was asked, what was answered, and the chips that lead to the clauses.

The HTML uses only what survives the Markdown component's own sanitiser (no `data-` and `aria-` attributes), so that it stays
on as a second fence behind `escape`; what a screen reader needs is in the text, hidden from view.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.types import Answer, Citation, Turn
from assistant.web.markup import element, escape
from assistant.web.source import source_address
from assistant.web.texts import Texts
from corpus.text import fold

LONGEST_CONVERSATION = 40
_REMEMBERED_TURNS = 8
_CHIPS_SHOWN = 4
_EXCERPT_BEFORE, _EXCERPT_AFTER = 24, 70
_LIST_MARK = re.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,3}[).、]|[-•·*])")
_PART = re.compile(r"[:;,、。()]|->|—+")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its reply. answer: None while it is looked up.  shown: characters streamed so far, None: all of them.
    fault: what a person is told when asking failed.
    """

    question: str
    answer: Answer | None = None
    shown: int | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    exchanges: tuple[Exchange, ...] = ()

    def asked(self, question: str) -> Conversation:
        """Add a question that waits for its answer; the oldest exchange goes when there are too many."""
        return Conversation((*self.exchanges, Exchange(question))[-LONGEST_CONVERSATION:])

    def with_last(self, exchange: Exchange) -> Conversation:
        return Conversation((*self.exchanges[:-1], exchange))

    def turns(self) -> tuple[Turn, ...]:
        """Give the latest answered exchanges as history for the next question, the oldest first."""
        answered = [Turn(e.question, e.answer.answer) for e in self.exchanges if e.answer is not None]
        return tuple(answered[-_REMEMBERED_TURNS:])


def render_conversation(conversation: Conversation, texts: Texts, suggestions: Sequence[str]) -> str:
    """Write the conversation; an empty one welcomes the visitor with `suggestions`."""
    heading = element("h2", escape(texts.conversation_label), class_="unseen")
    if not conversation.exchanges:
        content = _welcome(texts, suggestions)
    else:
        last = len(conversation.exchanges) - 1
        content = "".join(_exchange(e, texts, latest=i == last) for i, e in enumerate(conversation.exchanges))
    return element("div", heading + content, class_=f"log lang-{texts.language}", role="log")


def as_copied(answer: Answer, texts: Texts) -> str:
    """Give answer and citations as plain text for the clipboard."""
    lines = [answer.answer or answer.reason]
    if answer.citations:
        lines += ["", texts.copy_sources]
    for citation in answer.citations:
        page = (texts.page.format(n=citation.page),) if citation.page else ()
        place = " › ".join((citation.title or citation.doc, *citation.path, *page))
        lines.append(f"[{citation.n}] {place}\n“{citation.quote.strip()}”")
    return "\n".join(lines)


def markers(lines: Sequence[str], citations: Sequence[Citation]) -> list[list[Citation]]:
    """Say which citations stand behind which line of an answer: those whose quote holds the line's words.

    A quote that holds no line whole goes to the line it holds most of, a quote that holds nothing to the last line.
    Returns one list per line.
    """
    placed: list[list[Citation]] = [[] for _ in lines]
    wanted = [_LIST_MARK.sub("", fold(line)) for line in lines]
    for citation in citations:
        quote = fold(citation.quote)
        shares = [_share(words, quote) for words in wanted]
        best = max(shares)
        holding = [i for i, share in enumerate(shares) if share == 1.0] or [shares.index(best) if best > 0 else -1]
        for i in holding:
            placed[i].append(citation)
    return placed


def _share(words: str, quote: str) -> float:
    """Say how much of `words` occurs in `quote`, in [0, 1], counting in parts between punctuation."""
    if len(words) > 1 and words in quote:
        return 1.0
    parts = [part for part in _PART.split(words) if len(part) > 1]
    total = sum(map(len, parts))
    return 0.99 * sum(len(part) for part in parts if part in quote) / total if total else 0.0


def _welcome(texts: Texts, suggestions: Sequence[str]) -> str:
    content = element("p", escape(texts.welcome), class_="welcome-title") + element("p", escape(texts.welcome_hint))
    return element("div", content + _suggested(texts.try_asking, suggestions), class_="welcome")


def _suggested(label: str, questions: Sequence[str]) -> str:
    if not questions:
        return ""
    buttons = "".join(element("button", escape(question), type="button", class_="suggestion") for question in questions)
    return element("p", escape(label), class_="suggested-label") + element("div", buttons, class_="suggested")


def _exchange(exchange: Exchange, texts: Texts, *, latest: bool) -> str:
    unseen = element("span", escape(texts.you_asked + " "), class_="unseen")
    question = element("div", element("p", unseen + escape(exchange.question)), class_="question")
    return element(
        "div", question + _reply(exchange, texts, latest=latest), class_="exchange latest" if latest else "exchange"
    )


def _reply(exchange: Exchange, texts: Texts, *, latest: bool) -> str:
    if exchange.fault:
        title = element("p", escape(texts.fault), class_="reply-title")
        return element("div", title + element("p", escape(exchange.fault)), class_="reply fault")
    if exchange.answer is None:
        return element("div", element("p", escape(texts.looking_up), class_="waiting"), class_="reply pending")
    answer = exchange.answer
    if exchange.shown is not None:
        partial = _lines(answer.answer[: exchange.shown])
        return element("div", _text(partial, [[] for _ in partial], texts), class_=f"reply {answer.status} streaming")
    parts = (
        _statement(answer, texts),
        _notes(answer.notes, texts),
        _sources(answer, texts),
        _footer(answer, texts) if answer.status == "answered" else "",
        _suggested(texts.follow_up, answer.suggestions) if latest else "",
    )
    return element("div", parts, class_=f"reply {answer.status}")


def _statement(answer: Answer, texts: Texts) -> str:
    if answer.status == "answered":
        lines = _lines(answer.answer)
        return _text(lines, markers(lines, answer.citations), texts)
    title = texts.refused if answer.status == "refused" else texts.clarify
    said = answer.reason or answer.answer or texts.refused_default
    return element("p", escape(title), class_="reply-title") + element("p", escape(said), class_="reply-reason")


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()] or [""]


def _text(lines: Sequence[str], placed: Sequence[Sequence[Citation]], texts: Texts) -> str:
    unseen = element("span", escape(texts.answer + " "), class_="unseen")
    written = [
        element("span", escape(line)) + "".join(_marker(c, texts) for c in citations)
        for line, citations in zip(lines, placed, strict=True)
    ]
    if len(written) == 1:
        brief = "answer brief" if len(lines[0]) <= 60 else "answer"
        return element("div", element("p", unseen + written[0]), class_=brief)
    # 「共7项:」 above a numbered list is its head, not one of its lines.
    head = 1 if fold(lines[0]).endswith(":") else 0
    numbered = all(_LIST_MARK.match(fold(line)) for line in lines[head:])
    heads = [element("p", line, class_="answer-head") for line in written[:head]]
    entries = [element("p", line, class_="answer-line") for line in written[head:]]
    return element("div", [unseen, *heads, *entries], class_="answer listed numbered" if numbered else "answer listed")


def _marker(citation: Citation, texts: Texts) -> str:
    label = texts.open_source.format(n=citation.n)
    return element(
        "a", f"[{citation.n}]", class_=f"cite marker cite-{citation.n}", href=source_address(citation), title=label
    )


def _notes(notes: Sequence[str], texts: Texts) -> str:
    if not notes:
        return ""
    listed = "".join(element("li", escape(note)) for note in notes)
    return element(
        "div", element("p", escape(texts.notes), class_="notes-title") + element("ul", listed), class_="notes"
    )


def _sources(answer: Answer, texts: Texts) -> str:
    if not answer.citations:
        return ""
    label = element(
        "p", escape(texts.sources if answer.status == "answered" else texts.refused_nearest), class_="sources-title"
    )
    chips = [element("li", _chip(citation, texts)) for citation in answer.citations]
    # One hidden chip is no gain over showing it.
    cut = _CHIPS_SHOWN if len(chips) > _CHIPS_SHOWN + 1 else len(chips)
    shown = label + element("ol", chips[:cut])
    if cut < len(chips):
        summary = element("summary", escape(texts.more_sources.format(count=len(chips) - cut)))
        shown += element("details", summary + element("ol", chips[cut:]), class_="more-sources")
    return element("div", shown, class_="sources")


def _chip(citation: Citation, texts: Texts) -> str:
    number = element("span", str(citation.n), class_="chip-number")
    title = element("span", escape(citation.title or citation.doc), class_="chip-title")
    page = (texts.page.format(n=citation.page),) if citation.page else ()
    place = " › ".join((*citation.path, *page))
    path = element("span", escape(place), class_="chip-path") if place else ""
    quote = element("span", _excerpt(citation), class_="chip-quote two-lines")
    return element(
        "a",
        number + element("span", title + path + quote, class_="chip-words"),
        class_=f"cite chip cite-{citation.n}",
        href=source_address(citation),
        title=texts.open_source.format(n=citation.n),
    )


def _excerpt(citation: Citation) -> str:
    """Cut the part of the quote around the words that answer; line breaks become blanks."""
    inside = [
        (s - citation.start, e - citation.start)
        for s, e in citation.highlight
        if citation.start <= s < e <= citation.end
    ]
    start, end = min(inside, default=(0, 0))
    end = min(end, start + _EXCERPT_AFTER)
    first = max(0, start - _EXCERPT_BEFORE) if start > 2 * _EXCERPT_BEFORE else 0
    last = min(len(citation.quote), end + _EXCERPT_AFTER)
    before, words, after = (
        " ".join(citation.quote[a:b].split()) for a, b in ((first, start), (start, end), (end, last))
    )
    marked = element("mark", escape(words)) if words else ""
    parts = (escape(before), marked, escape(after))
    return (
        ("…" if first else "") + " ".join(part for part in parts if part) + ("…" if last < len(citation.quote) else "")
    )


def _footer(answer: Answer, texts: Texts) -> str:
    _, kind, words = next(level for level in texts.confidence if answer.confidence >= level[0])
    label = element("span", escape(texts.copy), class_="copy-label")
    done = element("span", escape(texts.copied), class_="copied-done")
    copied = element("span", escape(as_copied(answer, texts)), class_="copied-text")
    button = element("button", label + done + copied, type="button", class_="copy tool")
    return element("div", element("span", escape(words), class_=f"confidence {kind}") + button, class_="reply-footer")
