"""The REST face of quizzes: make a paper, write it in a format, judge replies. Nothing is kept: a question is made again from its id."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.accounts.exports import note_export
from assistant.config import Config
from assistant.programs.replies import REFUSALS
from assistant.programs.requests import Paper, Words, request_of
from assistant.quiz.export.files import TITLE, Look, quiz_files
from assistant.quiz.grading import grade
from assistant.quiz.service import versions
from assistant.quiz.types import POINTS, Quiz, QuizRequest
from assistant.session import Assistant
from assistant.web.principal import principal_of
from assistant.web.quiz.access import check_trainer
from assistant.web.quiz.papers import MOST_VERSIONS
from assistant.web.quiz.trainers import DOCX, TYPES, download
from corpus.errors import BadQuiz

PATH = "/api/v1/quiz"
MOST_REPLIES = 200

Reply = int | Annotated[str, Field(max_length=5000)] | Annotated[list[int | Annotated[str, Field(max_length=1000)]], Field(max_length=30)]


class Export(Paper):
    """A paper in a format. versions: 1, or papers A, B, … of the same questions."""

    format: Annotated[str, Field(max_length=20)] = "docx"
    versions: Annotated[int, Field(ge=1, le=MOST_VERSIONS)] = 1
    title: Annotated[str, Field(max_length=80)] = ""
    layout: Annotated[str, Field(max_length=20)] = ""
    columns: Annotated[str, Field(max_length=2000)] = ""


class Answered(BaseModel):
    """A reply to one question: for choices indexes, letters or texts; else texts, in order for order and match."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: Annotated[str, Field(max_length=40)]
    response: Reply


class Replies(BaseModel):
    """Replies to questions. documents: those the questions were made from, where they are not in force."""

    model_config = ConfigDict(extra="ignore", strict=True)

    replies: Annotated[list[Answered], Field(min_length=1, max_length=MOST_REPLIES)]
    documents: Words = []


def add_quiz_api(app: FastAPI, assistant: Assistant, config: Config) -> None:
    """Add the routes; they are open to whom trainers' pages are, as they tell keys."""
    router = APIRouter(responses=REFUSALS)

    def made(request: Request, paper: Paper) -> Quiz:
        return assistant.seen_by(principal_of(request)).quiz(request_of(paper))

    @router.post(PATH)
    def make(request: Request, paper: Paper) -> JSONResponse:
        """Make a paper: the object of `quiz --format json`."""
        check_trainer(config, request)
        return JSONResponse(made(request, paper).as_json())

    kinds = ("text/plain", "application/zip", DOCX, *TYPES.values())
    files: dict[str, Any] = {kind.split(";")[0]: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}

    @router.post(f"{PATH}/export", response_class=Response, responses={200: {"content": files}})
    def export(request: Request, paper: Export) -> Response:
        """Make a paper and write it in a format; several files come as one .zip."""
        check_trainer(config, request)
        quiz = made(request, paper)
        if not quiz.items:
            raise BadQuiz("no_items", quiz.shortfall, "请放宽范围、题型或难度")
        quizzes = versions(quiz, paper.versions) if paper.versions > 1 else (quiz,)
        title = paper.title.strip() or TITLE
        look = Look(title, paper.layout or Look().layout, paper.columns)
        parts = quiz_files(quizzes, paper.format, look)
        note_export(assistant.store.database, principal_of(request), "quiz", paper.format, count=len(quiz.items), title=title)
        return download(parts, paper.format, title)

    @router.post(f"{PATH}/grade")
    def judge(request: Request, replies: Replies) -> JSONResponse:
        """Judge replies to questions by their ids."""
        check_trainer(config, request)
        return JSONResponse(judged(assistant.seen_by(principal_of(request)), replies))

    app.include_router(router)


def judged(assistant: Assistant, sent: Replies) -> dict[str, Any]:
    """Judge every reply. Raises BadQuiz ("unknown_item", "bad_response"), UnknownDocument."""
    ids = tuple(dict.fromkeys(reply.id for reply in sent.replies))
    quiz = assistant.quiz(QuizRequest(documents=tuple(sent.documents), count=len(ids), keep=ids))
    items = {item.id: item for item in quiz.items}
    grades = [(items[reply.id], grade(items[reply.id], reply.response)) for reply in sent.replies]
    return {
        "grades": [{"id": item.id, **one.as_json(), "points": round(POINTS[item.kind] * one.score, 2)} for item, one in grades],
        "points": round(sum(POINTS[item.kind] * one.score for item, one in grades), 2),
        "total": sum(POINTS[item.kind] for item, _ in grades),
    }
