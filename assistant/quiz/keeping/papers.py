"""The papers and templates of a library: saved, listed, changed, deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from assistant.quiz.export.words import printable
from assistant.quiz.keeping.codec import read_marks, read_quiz, read_request, written_quiz, written_request
from assistant.quiz.keeping.reach import in_sight, note_reach
from assistant.quiz.types import Item, Quiz, QuizRequest
from corpus.errors import BadQuiz, UnknownDocument, UnknownQuiz
from corpus.schema import quiz_papers, quiz_templates
from corpus.store import Store

LONGEST_TITLE = 80
MOST_PAPERS = 2000
MOST_TEMPLATES = 200


@dataclass(frozen=True, slots=True)
class SavedPaper:
    """A paper of the library. locked, edited: ids of questions.  changes: how often it was saved."""

    id: int
    title: str
    made_at: datetime
    quiz: Quiz
    locked: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()
    changes: int = 0

    def item(self, identity: str) -> Item:
        """Give the question with this id. Raises BadQuiz."""
        for item in self.quiz.items:
            if item.id == identity:
                return item
        raise BadQuiz("unknown_item", f"试卷里没有题目 {identity[:40]}", "它可能已被换掉,请刷新页面")

    def with_item(self, new: Item) -> SavedPaper:
        """Give the paper with a question in the place of the one that has its id."""
        items = tuple(new if item.id == new.id else item for item in self.quiz.items)
        return replace(self, quiz=replace(self.quiz, items=items), edited=self.edited | {new.id})


@dataclass(frozen=True, slots=True)
class Template:
    """A request with a name."""

    id: int
    name: str
    request: QuizRequest


class Papers:
    """The papers of one catalog. Each change is one transaction of its database."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def save(self, title: str, quiz: Quiz, now: datetime) -> int:
        """Keep a new paper; give its id. Raises BadQuiz for a bad title or when there are too many."""
        row = {"title": checked_name(title, "bad_title"), "made_at": now.isoformat(), "changes": 0, "content": written_quiz(quiz)}
        with self.store.database.writing() as connection:
            if connection.execute(select(func.count()).select_from(quiz_papers)).scalar_one() >= MOST_PAPERS:
                raise BadQuiz("too_many", f"已存有 {MOST_PAPERS} 份试卷", "请先删除不用的试卷")
            key: int = connection.execute(insert(quiz_papers).values(row).returning(quiz_papers.c.id)).scalar_one()
            note_reach(connection, key, self.store.seen)
        return key

    def listing(self) -> tuple[tuple[int, str, datetime], ...]:
        """Give (id, title, when it was made) of every paper, the newest first."""
        columns = [quiz_papers.c.id, quiz_papers.c.title, quiz_papers.c.made_at]
        seen = self.store.seen
        query = select(*columns, *([] if seen is None else [quiz_papers.c.content])).order_by(quiz_papers.c.id.desc())
        with self.store.database.reading() as connection:
            rows = connection.execute(query).all()
            shown = [row for row in rows if seen is None or in_sight(connection, row.id, row.content, seen)]
        return tuple((row.id, row.title, datetime.fromisoformat(row.made_at)) for row in shown)

    def sees(self, key: int) -> bool:
        """Does a paper exist for whom this catalog is?"""
        with self.store.database.reading() as connection:
            return self._row(connection, key) is not None

    def _row(self, connection: Connection, key: int) -> Row[Any] | None:
        row = connection.execute(select(quiz_papers).where(quiz_papers.c.id == key)).first()
        return row if row is not None and in_sight(connection, key, row.content, self.store.seen) else None

    def paper(self, key: int) -> SavedPaper:
        """Give a paper whole. Raises UnknownQuiz."""
        with self.store.database.reading() as connection:
            row = self._row(connection, key)
        if row is None:
            raise UnknownQuiz("unknown_paper", f"没有试卷 {key}", "它可能已被删除")
        made_at = datetime.fromisoformat(row.made_at)
        return SavedPaper(row.id, row.title, made_at, read_quiz(row.content, self.cut), *read_marks(row.content), row.changes)

    def change(self, paper: SavedPaper) -> None:
        """Keep a changed paper. Raises BadQuiz ("changed_meanwhile") when it was saved since it was read, UnknownQuiz."""
        title = checked_name(paper.title, "bad_title")
        content = written_quiz(paper.quiz, locked=paper.locked, edited=paper.edited)
        with self.store.database.writing() as connection:
            same = (quiz_papers.c.id == paper.id) & (quiz_papers.c.changes == paper.changes)
            done = connection.execute(update(quiz_papers).where(same).values(title=title, content=content, changes=paper.changes + 1))
            if not done.rowcount:
                raise BadQuiz("changed_meanwhile", "这份试卷刚在别处改过", "请刷新页面后再试")
            note_reach(connection, paper.id, self.store.seen)

    def delete(self, key: int) -> None:
        """Delete a paper with its links, sittings and replies. Raises UnknownQuiz."""
        with self.store.database.writing() as connection:
            if self._row(connection, key) is None or not connection.execute(delete(quiz_papers).where(quiz_papers.c.id == key)).rowcount:
                raise UnknownQuiz("unknown_paper", f"没有试卷 {key}", "它可能已被删除")

    # ------------------------------------------------------------ templates

    def save_template(self, name: str, request: QuizRequest) -> None:
        """Keep a request under a name; one of the same name is replaced. What belongs to one paper (keep, avoid) is left out."""
        name = checked_name(name, "bad_template")
        kept = written_request(replace(request, keep=(), avoid=()))
        with self.store.database.writing() as connection:
            done = connection.execute(update(quiz_templates).where(quiz_templates.c.name == name).values(request=kept))
            if done.rowcount:
                return
            if connection.execute(select(func.count()).select_from(quiz_templates)).scalar_one() >= MOST_TEMPLATES:
                raise BadQuiz("too_many", f"已存有 {MOST_TEMPLATES} 个模板", "请先删除不用的模板")
            connection.execute(insert(quiz_templates).values(name=name, request=kept))

    def templates(self) -> tuple[Template, ...]:
        with self.store.database.reading() as connection:
            rows = connection.execute(select(quiz_templates).order_by(quiz_templates.c.name)).all()
        return tuple(Template(row.id, row.name, read_request(row.request)) for row in rows)

    def template(self, key: int) -> Template:
        """Give one template. Raises UnknownQuiz."""
        found = next((t for t in self.templates() if t.id == key), None)
        if found is None:
            raise UnknownQuiz("unknown_template", f"没有模板 {key}", "它可能已被删除")
        return found

    def delete_template(self, key: int) -> None:
        with self.store.database.writing() as connection:
            connection.execute(delete(quiz_templates).where(quiz_templates.c.id == key))

    # ------------------------------------------------------------ quotes

    def cut(self, document_id: str, start: int, end: int) -> str:
        """Cut a quote from a document's current version, "" when the document is gone or shorter."""
        try:
            return self.store.document(document_id).text[start:end]
        except UnknownDocument:
            return ""


def checked_name(text: str, code: str, longest: int = LONGEST_TITLE) -> str:
    """Give a title or name on one line. Raises BadQuiz with `code` when it is empty or too long."""
    name = " ".join(printable(text).split())
    if not 1 <= len(name) <= longest:
        raise BadQuiz(code, f"名称应有 1 到 {longest} 个字,现有 {len(name)} 个字", "请改后再保存")
    return name

