"""A conversation as HTML: what was asked, what was answered, and the chips that lead to the clauses.

The HTML uses only what survives the Markdown component's own sanitiser (no `data-` and `aria-` attributes), so that it stays
on as a second fence behind `escape`; what a screen reader needs is in the text, hidden from view.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.conversations.export import scope_of
from assistant.conversations.types import Conversation, Exchange
from assistant.types import Answer, Citation
from assistant.web.chat.words import WORDS
from assistant.web.markup import element, escape
from assistant.web.source import source_address
from assistant.web.texts import Texts
from assistant.web.words import Words
from corpus.text import fold

_CHIPS_SHOWN = 4
_EXCERPT_BEFORE, _EXCERPT_AFTER = 24, 70
_LIST_MARK = re.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,3}[).、]|[-•·*])")
_PART = re.compile(r"[:;,、。()]|->|—+")


def render_conversation(
    conversation: Conversation,
    texts: Texts,
    suggestions: Sequence[str],
    *,
    export: bool = False,
    history: bool = False,
    judged: Mapping[int, bool] | None = None,
) -> str:
    """Write the conversation; an empty one welcomes the visitor with `suggestions`.

    export: with the ways to save it.  history: the visitor has one, which the script is to show.  judged: which answers the visitor found helpful (True) or not.
    """
    heading = element("h2", escape(texts.conversation_label), class_="unseen")
    if not conversation.exchanges:
        content = _welcome(texts, suggestions)
    else:
        last = len(conversation.exchanges) - 1
        look = _Look(texts, WORDS[texts.language], conversation.token, judged or {})
        content = (_tools(conversation, look, export=export) if _answered(conversation) else "") + "".join(
            _exchange(e, look, latest=i == last) for i, e in enumerate(conversation.exchanges)
        )
    return element("div", heading + content, class_=f"log lang-{texts.language}" + (" has-history" if history else ""))


@dataclass(frozen=True, slots=True)
class _Look:
    """What every exchange of a conversation is written with."""

    texts: Texts
    words: Words
    token: str
    judged: Mapping[int, bool]

    def address(self, exchange: Exchange, what: str) -> str:
        return f"/chat/{self.token}/{exchange.number}/{what}"


def _answered(conversation: Conversation) -> bool:
    return bool(conversation.token) and any(e.answer is not None and e.shown is None for e in conversation.exchanges)


def _tools(conversation: Conversation, look: _Look, *, export: bool) -> str:
    t = look.texts
    files = (("docx", t.save_word), ("md", t.save_markdown)) if export else ()
    saved = [element("a", escape(label), class_="tool save", href=f"/chat/{look.token}/conversation.{kind}", download="") for kind, label in files]
    printed = element("button", escape(t.print), type="button", class_="tool print")
    title = element("p", escape(conversation.title or conversation.exchanges[0].question), class_="conversation-title")
    return element("div", title + element("p", printed + "".join(saved), class_="conversation-actions"), class_="conversation-tools")


def as_copied(answer: Answer, texts: Texts) -> str:
    """Give answer and citations as plain text for the clipboard."""
    lines = [answer.answer or answer.reason]
    if answer.shown:
        lines += ["", texts.copy_sources if answer.citations else texts.refused_nearest]
    for citation in answer.shown:
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


def _exchange(exchange: Exchange, look: _Look, *, latest: bool) -> str:
    texts = look.texts
    unseen = element("span", escape(texts.you_asked + " "), class_="unseen")
    scope = scope_of(exchange.where, texts.in_force)
    within = element("span", escape(f"{texts.within} {scope}"), class_="within") if scope else ""
    question = element("div", element("p", unseen + escape(exchange.question)) + within, class_="question")
    return element("div", question + _reply(exchange, look, latest=latest), class_="exchange latest" if latest else "exchange")


def _reply(exchange: Exchange, look: _Look, *, latest: bool) -> str:
    texts = look.texts
    if exchange.fault:
        title = element("p", escape(texts.fault), class_="reply-title")
        return element("div", title + element("p", escape(exchange.fault)), class_="reply fault")
    if exchange.answer is None:
        return element("div", element("p", escape(texts.looking_up), class_="waiting"), class_="reply pending")
    answer = exchange.answer
    if exchange.hidden:
        return element("div", element("p", escape(look.words("hidden")), class_="reply-reason"), class_="reply refused hidden-answer")
    if exchange.shown is not None:
        partial = _lines(answer.answer[: exchange.shown])
        return element("div", _text(partial, [[] for _ in partial], texts), class_=f"reply {answer.status} streaming")
    notes = (look.words("changed"), *answer.notes) if exchange.changed else answer.notes
    asked_next = {"answered": texts.follow_up, "clarify": texts.can_be_meant}.get(answer.status, texts.can_be_answered)
    parts = (
        _statement(answer, texts),
        _missing(answer, look.words) if answer.status == "refused" else "",
        _notes(notes, texts),
        _sources(answer, texts),
        _footer(exchange, answer, look),
        _suggested(asked_next, answer.suggestions) if latest else "",
    )
    return element("div", parts, class_=f"reply {answer.status}")


def _missing(answer: Answer, w: Words) -> str:
    """Say which words of the question no document has: that is what stands between the asker and an answer."""
    read = answer.understood
    unknown = read.unknown if read else ()
    if not unknown:
        return ""
    words = "".join(element("span", escape(word), class_="unknown-word") for word in unknown)
    return element("p", escape(w("unknown_words")) + ": " + words, class_="missing")


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
    if not answer.shown:
        return ""
    label = element(
        "p", escape(texts.sources if answer.status == "answered" else texts.refused_nearest), class_="sources-title"
    )
    chips = [element("li", _chip(citation, texts)) for citation in answer.shown]
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


def _footer(exchange: Exchange, answer: Answer, look: _Look) -> str:
    texts, answered = look.texts, answer.status == "answered"
    said = ""
    if answered:
        _, kind, words = next(level for level in texts.confidence if answer.confidence >= level[0])
        said = element("span", escape(words), class_=f"confidence {kind}")
    own = _own_tools(exchange, look, answered=answered) if look.token else ("", "")
    tools = own[0] + (_copy(answer, texts) if answered else "") + own[1]
    return element("div", said + element("span", tools, class_="footer-tools"), class_="reply-footer") if said or tools else ""


def _own_tools(exchange: Exchange, look: _Look, *, answered: bool) -> tuple[str, str]:
    """Write what leads to the addresses of this exchange: why, and the thumbs."""
    why = element("a", escape(look.words("why" if answered else "why_refused")), class_="tool why", href=look.address(exchange, "why"))
    judged = look.judged.get(exchange.number)
    thumbs = "".join(
        element(
            "a",
            element("span", class_="thumb-sign") + element("span", escape(name), class_="unseen"),
            class_=f"tool thumb {kind}" + (" pressed" if judged is helpful else ""),
            href=look.address(exchange, "judgement"),
            title=name,
        )
        for kind, helpful, name in (("up", True, look.texts.helpful), ("down", False, look.texts.not_helpful))
    )
    return why, thumbs


def _copy(answer: Answer, texts: Texts) -> str:
    label = element("span", escape(texts.copy), class_="copy-label")
    done = element("span", escape(texts.copied), class_="copied-done")
    copied = element("span", escape(as_copied(answer, texts)), class_="copied-text")
    return element("button", label + done + copied, type="button", class_="copy tool")
