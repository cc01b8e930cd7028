"""The page: Gradio components, what they show, and the few callbacks between them.

Words are put in when the page is opened, because the language follows the visitor and the lists follow the library; the
conversation's HTML comes from `conversation.py`, what is fetched beside it from `chat/`. This module imports Gradio and is itself
imported only when the web application is built.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import gradio as gr

from assistant.accounts.types import LOCAL, Principal
from assistant.config import Config
from assistant.conversations.keeping import UnknownConversation, now
from assistant.conversations.types import Conversation
from assistant.programs import verbs
from assistant.types import Answer
from assistant.web.chat.desk import ChatDesk
from assistant.web.chat.filters import parse_where
from assistant.web.chat.offers import Offers
from assistant.web.chat.tabs import Tabs
from assistant.web.chat.words import WORDS
from assistant.web.conversation import render_conversation
from assistant.web.frame import Way
from assistant.web.markup import element, escape
from assistant.web.principal import principal_of
from assistant.web.source import document_address
from assistant.web.suggestions import suggest
from assistant.web.texts import LANGUAGE_COOKIE, TEXTS, Language, Texts, choose_language, other
from assistant.web.words import Words
from corpus.errors import PolicyAssistantError

_SUGGESTIONS = 6
_SUGGESTION_TRIES = 30
_DOCUMENTS_READ_FOR_SUGGESTIONS = 6
_DOCUMENTS_LISTED = 8
_FEWEST_PIECES, _MOST_PIECES, _PIECE = 3, 12, 16
_SWITCHES_KEPT = 1000
_LOOK_FOR_EVENTS = 0.02  # seconds
_PAUSE_BETWEEN_PIECES = 0.025  # seconds; the whole answer is there long before, a steady pace is easier to read

Updates = dict[Any, Any]


class ChatPage:
    """The one page. Components are attributes, callbacks are methods; a callback gives back updates by component.

    A browser tab keeps the name of its conversation, nothing else: each callback reads the conversation anew, by the rights of today.
    """

    def __init__(self, desk: ChatDesk, config: Config, ways: Callable[[Any], Sequence[Way]] = lambda request: ()) -> None:
        """ways: gives the pages that the sender of a request may enter."""
        self.desk = desk
        self.config = config
        self.ways_for = ways
        self._offers = Offers()
        self._tabs = Tabs()
        self._switched: OrderedDict[str, Language] = OrderedDict()
        self._suggest = lru_cache(maxsize=32)(self._suggestions)
        with gr.Blocks(title=TEXTS["zh"].product, analytics_enabled=False, fill_width=True) as self.blocks:
            self._lay_out()
            self._connect()
        self.blocks.queue(default_concurrency_limit=4, max_size=64, api_open=False)
        # Gradio looks for events a thousand times a second, which keeps a core busy by four per cent while nobody asks anything.
        self.blocks._queue.sleep_when_free = _LOOK_FOR_EVENTS

    def _lay_out(self) -> None:
        self.token = gr.State("")
        self.language = gr.State("zh")
        with gr.Row(elem_id="layout"):
            with gr.Column(elem_id="side", scale=0, min_width=0):
                self.brand = _html("brand")
                self.new = gr.Button("", elem_id="new-conversation", variant="secondary")
                self.library = _html("library")
                self.ways = _html("ways")
                with gr.Row(elem_id="preferences"):
                    self.switch = gr.Button("", elem_id="switch-language", size="sm", variant="secondary")
                    self.theme_button = _html("theme")
            with gr.Column(elem_id="main", scale=1, min_width=0):
                self.log = _html("conversation")
                with gr.Column(elem_id="ask", min_width=0):
                    with gr.Row(elem_id="composer"):
                        self.question = self._question_box()
                        self.send = gr.Button("", elem_id="send", variant="primary", scale=0, min_width=84)
                    self.hint = _html("hint")
                # Written by the page's script: the limits of the search, and the conversation that is to be opened again.
                self.where = _unseen_box("where")
                self.wanted = _unseen_box("wanted")
                self.reopening = gr.Button("", elem_id="reopen", visible="hidden")

    def _question_box(self) -> gr.Textbox:
        limit = self.config.max_question_length
        return gr.Textbox(
            elem_id="question",
            label=" ",
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            max_length=limit,
            scale=1,
        )

    def _connect(self) -> None:
        said = [self.question, self.token, self.where, self.language]
        shown = [self.log, self.token, self.question]
        worded = [
            self.brand,
            self.new,
            self.library,
            self.ways,
            self.switch,
            self.theme_button,
            self.log,
            self.question,
            self.send,
            self.hint,
            self.language,
        ]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        # What is sent while an answer is being finished waits for that, and is not lost.
        asking = gr.on([self.question.submit, self.send.click], self.reply, said, shown, trigger_mode="always_last", **quiet)
        asking.failure(self.fail, [self.token, self.language], shown, **quiet)
        self.new.click(self.begin_anew, [self.language], shown, **quiet)
        self.reopening.click(self.reopen, [self.wanted, self.language], shown, trigger_mode="always_last", **quiet)
        self.switch.click(self.switch_language, [self.language, self.token], worded, **quiet)
        self.blocks.load(self.open, [self.token], worded, **quiet)

    # ------------------------------------------------------------------ callbacks

    def open(self, token: str, request: gr.Request) -> Updates:
        """Put words and lists into a page that has just been opened."""
        chosen = request.cookies.get(LANGUAGE_COOKIE)
        language = choose_language(self.config.language, chosen, request.headers.get("accept-language"))
        return self._worded(language, token, request)

    def switch_language(self, language: Language, token: str, request: gr.Request) -> Updates:
        # An answer to this conversation that is still being written goes on in the language chosen now.
        if token:
            self._switched[token] = other(language)
        while len(self._switched) > _SWITCHES_KEPT:
            self._switched.popitem(last=False)
        return self._worded(other(language), token, request)

    def begin_anew(self, language: Language, request: gr.Request) -> Updates:
        return self._left(request, Conversation(), language)

    def reopen(self, token: str, language: Language, request: gr.Request) -> Updates:
        """Show a conversation of the history; a new one where there is none of this name."""
        found = self._found(token, principal_of(request))
        return self._left(request, found if found.exchanges else Conversation(), language)

    def _left(self, request: gr.Request, conversation: Conversation, language: Language) -> Updates:
        """Go from what is shown to a conversation."""
        shown = self._tabs.left(request.session_hash or "", self._shown(conversation, language, principal_of(request)))
        return {**shown, self.question: ""}

    def reply(self, question: str, token: str, where: str, language: Language, request: gr.Request) -> Iterator[Updates]:
        """Answer a question: show it at once, then the answer in pieces, then its citations and notes."""
        yield from self._tabs.written(request.session_hash or "", self._replied(question, token, where, language, request))

    def _replied(self, question: str, token: str, where: str, language: Language, request: gr.Request) -> Generator[Updates]:
        by = principal_of(request)
        before = self._found(token, by)
        judged = self.desk.judgements.of(token, by)
        self._switched.pop(before.token, None)

        def look(conversation: Conversation) -> Updates:
            return self._shown(conversation, self._switched.get(conversation.token, language), by, judged)

        asked = question.strip()
        if not asked:
            yield look(before)
            return
        conversation = before.asked(asked, parse_where(where), now())
        waiting = conversation.exchanges[-1]
        yield {**look(conversation), self.question: ""}
        library = self.desk.assistant.seen_by(by)
        try:
            answer = verbs.ask(library, asked, waiting.where, before.turns())
        except PolicyAssistantError as error:
            yield look(conversation.with_last(replace(waiting, fault=f"{error.message} {error.remedy}".strip())))
            return
        done = replace(waiting, answer=answer)
        self.desk.shelf.hold(conversation.with_last(done), done, by)
        try:
            for shown in streamed_lengths(answer):
                yield look(conversation.with_last(replace(done, shown=shown)))
                time.sleep(_PAUSE_BETWEEN_PIECES)
            yield look(conversation.with_last(done))
        finally:
            # After the words, which must not wait for the catalog, and also when the page was left meanwhile.
            self.desk.shelf.keep(conversation.with_last(done), done, by)
        offered = () if answer.suggestions else self._offers.after(answer, before.turns(), waiting.where, language, library, by)
        if offered:
            yield look(conversation.with_last(replace(done, answer=replace(answer, suggestions=offered))))

    def fail(self, token: str, language: Language, request: gr.Request) -> Updates:
        """Close an exchange that a fault of the program left open."""
        by = principal_of(request)
        conversation = self._found(token, by).asked(TEXTS[language].you_asked)
        return self._shown(conversation.with_last(replace(conversation.exchanges[-1], fault=TEXTS[language].fault)), language, by)

    def waits(self, tab: str) -> bool:
        """Say whether anything is still to be told to a tab; also of one that Gradio does not know, which has an answer of its own to that."""
        queue = self.blocks._queue
        told = queue.pending_messages_per_session.get(tab)
        return told is None or bool(queue.pending_event_ids_session.get(tab)) or not told.empty()

    # ------------------------------------------------------------------ what is shown

    def _found(self, token: str, by: Principal) -> Conversation:
        """Give the conversation of a tab, an empty one where it is gone or somebody else's by now."""
        try:
            return self.desk.conversation(token, by) if token else self.desk.shelf.begin()
        except UnknownConversation:
            return self.desk.shelf.begin()

    def _shown(self, conversation: Conversation, language: Language, by: Principal, judged: Mapping[int, bool] | None = None) -> Updates:
        suggestions = () if conversation.exchanges else self._suggested_to(by, language)
        if judged is None and conversation.exchanges:
            judged = self.desk.judgements.of(conversation.token, by)
        rights = {"export": by.may("export"), "history": by.may("history")}
        html = render_conversation(conversation, TEXTS[language], suggestions, **rights, judged=judged)
        return {self.log: html, self.token: conversation.token}

    def _worded(self, language: Language, token: str, request: gr.Request) -> Updates:
        by = principal_of(request)
        texts = TEXTS[language]
        listed = self.desk.assistant.seen_by(by).store.documents()
        conversation = self._found(token, by) if token else Conversation()
        return {
            self.brand: render_brand(texts),
            self.new: gr.Button(texts.new_conversation),
            self.library: render_library([(d.title or d.name, d.id) for d in listed[:_DOCUMENTS_LISTED]], len(listed), texts),
            self.ways: render_ways(self.ways_for(request.request), WORDS[language]),
            self.switch: gr.Button(texts.other_language),
            self.theme_button: render_theme_button(texts),
            self.log: self._shown(conversation, language, by)[self.log],
            self.question: gr.Textbox(placeholder=texts.question_placeholder, label=texts.question_label),
            self.send: gr.Button(texts.send),
            self.hint: element("p", escape(texts.composer_hint)),
            self.language: language,
        }

    def prepare(self) -> None:
        """Open the index and choose the suggestions now, so that the first visitor does not wait for it."""
        for language in TEXTS:
            self._suggested_to(LOCAL, language)

    def _suggested_to(self, by: Principal, language: Language) -> tuple[str, ...]:
        library = self.desk.assistant.seen_by(by)
        return self._suggest(language, by.collections, library.store.generation)

    def _suggestions(self, language: Language, collections: frozenset[str] | None, generation: int) -> tuple[str, ...]:
        """Choose suggestions from the first documents. generation: of what is in sight; a new one makes new suggestions."""
        library = self.desk.assistant.seen_by(replace(LOCAL, collections=collections))
        documents = [library.store.document(document.id) for document in library.store.documents()[:_DOCUMENTS_READ_FOR_SUGGESTIONS]]
        return suggest(documents, library.ask, TEXTS[language], count=_SUGGESTIONS, tries=_SUGGESTION_TRIES)


def streamed_lengths(answer: Answer) -> range:
    """Say after how many characters each streamed piece of an answer ends; a refusal is shown at once."""
    length = len(answer.answer)
    if answer.status != "answered" or length < 2:
        return range(0)
    # Every piece draws the conversation anew, on the server and in the browser: short answers come in few.
    step = -(-length // min(_MOST_PIECES, max(_FEWEST_PIECES, length // _PIECE)))
    return range(step, length, step)


def render_brand(texts: Texts) -> str:
    name = element("h1", escape(texts.product), class_="brand-name")
    return element("div", name + element("p", escape(texts.tagline), class_="brand-line"), class_="brand")


def render_ways(ways: Sequence[Way], w: Words) -> str:
    """Write the ways to the other pages, those this visitor may enter."""
    links = [element("a", escape(w(way.name)), class_="way", href=way.address) for way in ways if way.name != "chat"]
    return element("nav", links, class_="ways-list") if links else ""


def render_theme_button(texts: Texts) -> str:
    word = element("span", escape(" " + texts.toggle_theme), class_="word")
    return element("button", "◐" + word, type="button", class_="toggle-theme", title=texts.toggle_theme)


def render_library(choices: list[tuple[str, str]], count: int, texts: Texts) -> str:
    """List the first documents; each opens in the source panel."""
    if not count:
        return element("div", element("p", escape(texts.library_empty)), class_="library empty")
    heading = element("span", escape(texts.library)) + element(
        "span", escape(texts.library_count.format(count=count)), class_="quiet"
    )
    entries = "".join(
        element(
            "li",
            element(
                "a",
                element("span", escape(title), class_="two-lines"),
                class_="cite open-document",
                href=document_address(key),
                title=title,
            ),
        )
        for title, key in choices[:_DOCUMENTS_LISTED]
    )
    rest = count - _DOCUMENTS_LISTED
    more = element("p", escape(texts.library_more.format(count=rest)), class_="quiet") if rest > 0 else ""
    return element(
        "div", element("h2", heading, class_="library-title") + element("ul", entries) + more, class_="library"
    )


def _unseen_box(name: str) -> gr.Textbox:
    return gr.Textbox("", elem_id=name, show_label=False, container=False, visible="hidden")


def _html(name: str) -> gr.Markdown:
    # Markdown, not HTML: Gradio's HTML component compiles its template with `Function`, which the content policy forbids.
    return gr.Markdown("", elem_id=name, latex_delimiters=[], sanitize_html=True, container=False)
