"""The page: Gradio components, what they show, and the few callbacks between them.

Words are put in when the page is opened, because the language follows the visitor and the lists follow the library; the
conversation is one value in a State, its HTML comes from `conversation.py`. This module imports Gradio and is itself imported
only when the web application is built.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import gradio as gr

from assistant.config import Config
from assistant.session import Assistant
from assistant.types import Answer, Turn
from assistant.web.conversation import Conversation, Exchange, render_conversation
from assistant.web.markup import element, escape
from assistant.web.quiz.access import trainers_welcome
from assistant.web.source import document_address
from assistant.web.suggestions import follow_ups, suggest
from assistant.web.texts import LANGUAGE_COOKIE, TEXTS, Language, Texts, choose_language, other
from corpus.errors import PolicyAssistantError

_SUGGESTIONS = 6
_SUGGESTION_TRIES = 30
_DOCUMENTS_READ_FOR_SUGGESTIONS = 6
_DOCUMENTS_LISTED = 8
_DOCUMENTS_IN_SCOPE_LIST = 2000
_STREAMED_PIECES = 12
_PAUSE_BETWEEN_PIECES = 0.025  # seconds; the whole answer is there long before, a steady pace is easier to read

Updates = dict[Any, Any]


class ChatPage:
    """The one page. Components are attributes, callbacks are methods; a callback gives back updates by component."""

    def __init__(self, assistant: Assistant, config: Config) -> None:
        self.assistant = assistant
        self.config = config
        self._suggest = lru_cache(maxsize=8)(self._suggestions)
        with gr.Blocks(title=TEXTS["zh"].product, analytics_enabled=False, fill_width=True) as self.blocks:
            self._lay_out()
            self._connect()
        self.blocks.queue(default_concurrency_limit=4, max_size=64, api_open=False)

    def _lay_out(self) -> None:
        self.conversation = gr.State(Conversation(), time_to_live=12 * 3600)
        self.language = gr.State("zh")
        with gr.Row(elem_id="layout"):
            with gr.Column(elem_id="side", scale=0, min_width=0):
                self.brand = _html("brand")
                self.new = gr.Button("", elem_id="new-conversation", variant="secondary")
                self.scope = gr.Dropdown([], multiselect=True, elem_id="scope", label=" ", value=[])
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
        said = [self.question, self.conversation, self.scope, self.language]
        shown = [self.log, self.conversation, self.question]
        worded = [
            self.brand,
            self.new,
            self.scope,
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
        asking = gr.on([self.question.submit, self.send.click], self.reply, said, shown, **quiet)
        asking.failure(self.fail, [self.conversation, self.language], shown, **quiet)
        self.new.click(self.begin_anew, [self.language], [*shown, self.scope], cancels=[asking], **quiet)
        self.switch.click(self.switch_language, [self.language, self.conversation], worded, **quiet)
        self.blocks.load(self.open, [self.conversation], worded, **quiet)

    # ------------------------------------------------------------------ callbacks

    def open(self, conversation: Conversation, request: gr.Request) -> Updates:
        """Put words and lists into a page that has just been opened."""
        chosen = request.cookies.get(LANGUAGE_COOKIE)
        language = choose_language(self.config.language, chosen, request.headers.get("accept-language"))
        return self._worded(language, conversation)

    def switch_language(self, language: Language, conversation: Conversation) -> Updates:
        return self._worded(other(language), conversation)

    def begin_anew(self, language: Language) -> Updates:
        return {**self._shown(Conversation(), language), self.question: "", self.scope: []}

    def reply(
        self, question: str, conversation: Conversation, scope: list[str], language: Language
    ) -> Iterator[Updates]:
        """Answer a question: show it at once, then the answer in pieces, then its citations and notes."""
        asked = question.strip()
        if not asked:
            yield self._shown(conversation, language)
            return
        history = conversation.turns()
        conversation = conversation.asked(asked)
        yield {**self._shown(conversation, language), self.question: ""}
        try:
            answer = self.assistant.ask(asked, history=history, documents=tuple(scope))
        except PolicyAssistantError as error:
            fault = Exchange(asked, fault=f"{error.message} {error.remedy}".strip())
            yield self._shown(conversation.with_last(fault), language)
            return
        for shown in streamed_lengths(answer):
            yield self._shown(conversation.with_last(Exchange(asked, answer, shown)), language)
            time.sleep(_PAUSE_BETWEEN_PIECES)
        answer = self._with_follow_ups(answer, history, tuple(scope), language)
        yield self._shown(conversation.with_last(Exchange(asked, answer)), language)

    def _with_follow_ups(
        self, answer: Answer, history: tuple[Turn, ...], scope: tuple[str, ...], language: Language
    ) -> Answer:
        now = (*history, Turn(answer.question, answer.answer))
        ask = partial(self.assistant.ask, history=now, documents=scope)
        return answer if answer.suggestions else replace(answer, suggestions=follow_ups(answer, ask, TEXTS[language]))

    def fail(self, conversation: Conversation, language: Language) -> Updates:
        """Close an exchange that a fault of the program left open."""
        last = conversation.exchanges[-1:]
        if not last or last[0].answer is not None:
            return self._shown(conversation, language)
        return self._shown(conversation.with_last(Exchange(last[0].question, fault=TEXTS[language].fault)), language)

    # ------------------------------------------------------------------ what is shown

    def _shown(self, conversation: Conversation, language: Language) -> Updates:
        suggestions = () if conversation.exchanges else self._suggest(language, self.assistant.store.generation)
        html = render_conversation(conversation, TEXTS[language], suggestions)
        return {self.log: html, self.conversation: conversation}

    def _worded(self, language: Language, conversation: Conversation) -> Updates:
        texts = TEXTS[language]
        listed = self.assistant.store.documents()
        choices = [(document.title or document.name, document.id) for document in listed[:_DOCUMENTS_IN_SCOPE_LIST]]
        return {
            self.brand: render_brand(texts),
            self.new: gr.Button(texts.new_conversation),
            self.scope: gr.Dropdown(choices, label=texts.scope_label, info=None, multiselect=True),
            self.library: render_library([(title, key) for title, key in choices], len(listed), texts),
            self.ways: render_ways(texts) if trainers_welcome(self.config) else "",
            self.switch: gr.Button(texts.other_language),
            self.theme_button: render_theme_button(texts),
            self.log: self._shown(conversation, language)[self.log],
            self.question: gr.Textbox(placeholder=texts.question_placeholder, label=texts.question_label),
            self.send: gr.Button(texts.send),
            self.hint: element("p", escape(texts.composer_hint)),
            self.language: language,
        }

    def prepare(self) -> None:
        """Open the index and choose the suggestions now, so that the first visitor does not wait for it."""
        for language in TEXTS:
            self._suggest(language, self.assistant.store.generation)

    def _suggestions(self, language: Language, generation: int) -> tuple[str, ...]:
        """Choose suggestions from the first documents. generation: of the catalog; a new one makes new suggestions."""
        listed = self.assistant.store.documents()[:_DOCUMENTS_READ_FOR_SUGGESTIONS]
        documents = [self.assistant.store.document(document.id) for document in listed]
        return suggest(documents, self.assistant.ask, TEXTS[language], count=_SUGGESTIONS, tries=_SUGGESTION_TRIES)


def streamed_lengths(answer: Answer) -> range:
    """Say after how many characters each streamed piece of an answer ends; a refusal is shown at once."""
    length = len(answer.answer)
    if answer.status != "answered" or length < 2:
        return range(0)
    step = -(-length // _STREAMED_PIECES)
    return range(step, length, step)


def render_brand(texts: Texts) -> str:
    name = element("h1", escape(texts.product), class_="brand-name")
    return element("div", name + element("p", escape(texts.tagline), class_="brand-line"), class_="brand")


def render_ways(texts: Texts) -> str:
    """Write the way to the quiz pages."""
    return element("a", escape(texts.quizzes), class_="way", href="/quiz")


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


def _html(name: str) -> gr.Markdown:
    # Markdown, not HTML: Gradio's HTML component compiles its template with `Function`, which the content policy forbids.
    return gr.Markdown("", elem_id=name, latex_delimiters=[], sanitize_html=True, container=False)
