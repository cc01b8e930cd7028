"""The addresses of the embedded chat page: GET and POST /embed, POST /embed/ask. Whoever comes here is a visitor, also who is logged in elsewhere.

A reply is streamed as server-sent events: "piece" with the text so far, at last "done" with the HTML, or "fault". The page holds the conversation
itself and sends its last turns along; nothing is kept here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from functools import lru_cache

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from assistant.accounts.sessions import visitor
from assistant.accounts.types import Principal
from assistant.config import Config
from assistant.session import Assistant
from assistant.types import Answer, Turn
from assistant.web.embed.framing import EMBED
from assistant.web.embed.page import closed_page, embed_page
from assistant.web.embed.reply import render_reply
from assistant.web.embed.words import WORDS
from assistant.web.forms import Refused, form_of
from assistant.web.markup import element, escape
from assistant.web.suggestions import suggest
from assistant.web.texts import TEXTS, Language, choose_language
from assistant.web.words import Words
from corpus.errors import PolicyAssistantError

ASK = EMBED + "/ask"
LARGEST_FORM = 64 * 1024
_PIECES = 8
_PAUSE = 0.03
_SUGGESTIONS, _TRIES, _DOCUMENTS_READ = 3, 12, 4


class AskedTurn(BaseModel):
    """An earlier exchange, as the page remembers it."""

    question: str = Field(max_length=4000)
    answer: str = Field(max_length=8000)


class Asked(BaseModel):
    """A question of the embedded page."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(max_length=100_000)
    language: Language = "zh"
    history: list[AskedTurn] = Field(default_factory=list, max_length=6)


class Visitors:
    """The library as visitors see it."""

    def __init__(self, assistant: Assistant, config: Callable[[], Config], accounts_on: Callable[[], bool]) -> None:
        self.assistant = assistant
        self.config = config
        self.accounts_on = accounts_on
        self._suggested = lru_cache(maxsize=8)(self._choose)

    def library(self) -> Assistant | None:
        """Give the library that visitors see, None where nothing is open to them."""
        if not self.accounts_on():
            # Only this machine can reach us, and it may see everything.
            return self.assistant.seen_by(Principal("visitor", "访客", "visitor", None))
        principal = visitor(self.assistant.store.database)
        return None if principal is None else self.assistant.seen_by(principal)

    def ask(self, asked: Asked) -> Answer:
        """Answer a question. Raises Refused ("embed_closed") and what `Assistant.ask` raises."""
        library = self.library()
        if library is None:
            raise Refused(403, "embed_closed", "没有对访客公开的文件", "请与网站的管理员联系")
        return library.ask(asked.question, history=tuple(Turn(t.question, t.answer) for t in asked.history))

    def suggestions(self, library: Assistant, language: Language) -> tuple[str, ...]:
        """Give questions that are answered; made once for each state of the library and of what is open to visitors."""
        return self._suggested(language, library.store.generation, library)

    def _choose(self, language: Language, generation: int, library: Assistant) -> tuple[str, ...]:
        listed = library.store.documents()[:_DOCUMENTS_READ]
        documents = [library.store.document(listing.id) for listing in listed]
        return suggest(documents, library.ask, TEXTS[language], count=_SUGGESTIONS, tries=_TRIES)


def add_embed_routes(app: FastAPI, visitors: Visitors) -> None:
    """Add the addresses; they have to come before Gradio is mounted at the root."""
    router = APIRouter(include_in_schema=False)

    @router.get(EMBED)
    def show(request: Request) -> HTMLResponse:
        return _page(visitors, words_of(request, visitors.config()))

    @router.post(EMBED)
    async def answer_form(request: Request) -> HTMLResponse:
        form = await form_of(request, LARGEST_FORM)
        w = words_of(request, visitors.config())
        question = form.text("question")
        try:
            answer = await run_in_threadpool(visitors.ask, Asked(question=question))
            reply = render_reply(answer, w)
        except PolicyAssistantError as error:
            reply = element("div", element("p", escape(w.error(error.code, error.message))), class_="reply fault")
        return await run_in_threadpool(_page, visitors, w, (question, reply))

    @router.post(ASK)
    def ask(asked: Asked) -> StreamingResponse:
        w = WORDS[asked.language]
        try:
            answer = visitors.ask(asked)
        except PolicyAssistantError as error:
            stream = _fault(w.error(error.code, error.message))
        else:
            stream = _streamed(answer, w)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"})

    app.include_router(router)


def words_of(request: Request, config: Config) -> Words:
    """Give the words in the language of the address, else in that of the browser."""
    return WORDS[choose_language(config.language, request.query_params.get("lang"), request.headers.get("accept-language"))]


def _page(visitors: Visitors, w: Words, exchange: tuple[str, str] | None = None) -> HTMLResponse:
    library = visitors.library()
    if library is None:
        return HTMLResponse(closed_page(w))
    suggestions = visitors.suggestions(library, w.language)
    return HTMLResponse(embed_page(w, suggestions, longest=visitors.config().max_question_length, exchange=exchange))


async def _streamed(answer: Answer, w: Words) -> AsyncIterator[str]:
    text = answer.answer
    if answer.status == "answered" and len(text) > 1:
        step = -(-len(text) // _PIECES)
        for end in range(step, len(text), step):
            yield _event("piece", {"text": text[:end]})
            await asyncio.sleep(_PAUSE)
    yield _event("done", {"html": render_reply(answer, w), "status": answer.status, "answer": text or answer.reason})


async def _fault(message: str) -> AsyncIterator[str]:
    yield _event("fault", {"message": message})


def _event(name: str, data: dict[str, str]) -> str:
    # JSON has no line break of its own, so that one line of data holds it.
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
