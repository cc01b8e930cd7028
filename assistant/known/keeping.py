"""The library's own known questions and the runs over them, in the catalog.

Everything takes the principal: a question that names a document which does not exist for him does not exist either, and a run by somebody
who saw more is not shown to him, as what was answered or refused there tells of those documents.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from assistant.accounts.types import Principal
from assistant.known.rows import question_of, row_of
from assistant.known.types import BadKnown, Known, Outcome, Question, Run, Scored
from corpus.audit import Entry, now, record
from corpus.codec import decode, encode
from corpus.known_tables import evaluation_runs, known_questions
from corpus.store import Store

MOST_KEPT = 5000
RUNS_KEPT = 60


class Knowledge:
    """The known questions and the runs of a library."""

    def __init__(self, store: Store) -> None:
        self.store = store

    # ------------------------------------------------------------ questions

    def listing(self, by: Principal, hidden: Collection[str] = ()) -> tuple[Known, ...]:
        """Give the questions in the order in which they were made. hidden: names of documents that do not exist for `by`."""
        by.check("evaluate")
        with self.store.database.reading() as connection:
            found = [_known(row) for row in connection.execute(select(known_questions).order_by(known_questions.c.id))]
        return tuple(known for known in found if not _names(known.question) & frozenset(hidden))

    def known(self, key: int, by: Principal, hidden: Collection[str] = ()) -> Known:
        """Give one question. Raises BadKnown ("unknown_known_question")."""
        by.check("evaluate")
        with self.store.database.reading() as connection:
            row = connection.execute(select(known_questions).where(known_questions.c.id == key)).first()
        if row is None or _names((known := _known(row)).question) & frozenset(hidden):
            raise _unknown(key)
        return known

    def keep(self, question: Question, by: Principal, *, judgement: int = 0) -> int:
        """Keep a new question, under a name of its own when it has none; give its key."""
        by.check("evaluate")
        with self.store.database.writing() as connection:
            return _insert(connection, question, by, judgement)

    def change(self, key: int, question: Question, by: Principal) -> None:
        """Put a question in the place of one that was kept; its name stays. Raises BadKnown ("unknown_known_question")."""
        by.check("evaluate")
        with self.store.database.writing() as connection:
            row = connection.execute(select(known_questions.c.name).where(known_questions.c.id == key)).first()
            if row is None:
                raise _unknown(key)
            named = replace(question, id=row.name)
            connection.execute(update(known_questions).where(known_questions.c.id == key).values(kind=named.kind, content=_written(named)))
            record(connection, Entry(now(), by.name, "change_known_question", "", f"{named.id} {named.question[:80]}"))

    def remove(self, key: int, by: Principal) -> None:
        """Remove a question. Raises BadKnown ("unknown_known_question")."""
        by.check("evaluate")
        with self.store.database.writing() as connection:
            if not connection.execute(delete(known_questions).where(known_questions.c.id == key)).rowcount:
                raise _unknown(key)
            record(connection, Entry(now(), by.name, "remove_known_question", "", str(key)))

    def take_in(self, questions: Sequence[Question], by: Principal, hidden: Collection[str] = ()) -> tuple[int, int]:
        """Take in the questions of a file, all or none; one whose name is kept already replaces it. Give how many are new and how many changed.

        Raises BadKnown for a name of a question that does not exist for `by`.
        """
        by.check("evaluate")
        with self.store.database.writing() as connection:
            kept = [_known(row) for row in connection.execute(select(known_questions))]
            names = {known.question.id: known.key for known in kept}
            foreign = {known.question.id for known in kept if _names(known.question) & frozenset(hidden)}
            if len({question.id for question in questions}) < len(questions) or foreign & {question.id for question in questions}:
                raise BadKnown("bad_known_question", "有编号重复,或已被使用", "请换一个编号")
            for question in questions:
                if question.id in names:
                    values = {"kind": question.kind, "content": _written(question)}
                    connection.execute(update(known_questions).where(known_questions.c.id == names[question.id]).values(**values))
                else:
                    _insert(connection, question, by, 0)
            changed = sum(question.id in names for question in questions)
            record(connection, Entry(now(), by.name, "import_known_questions", "", f"{len(questions)}"))
        return len(questions) - changed, changed

    # ------------------------------------------------------------ runs

    def keep_run(self, questions: str, scored: Scored, by: Principal, *, started_at: str) -> int:
        """Keep a finished run and give its key; the oldest go when there are more than RUNS_KEPT."""
        row = {
            "questions": questions, "started_at": started_at, "finished_at": now(), "by": by.name,
            "collections": json.dumps(None if by.collections is None else sorted(by.collections)), "generation": self.store.generation,
            "figures": json.dumps(dict(scored.figures), ensure_ascii=False), "outcomes": encode(scored.outcomes, tuple[Outcome, ...]),
        }  # fmt: skip
        with self.store.database.writing() as connection:
            key = connection.execute(insert(evaluation_runs).values(row)).inserted_primary_key
            old = select(evaluation_runs.c.id).order_by(evaluation_runs.c.id.desc()).offset(RUNS_KEPT)
            connection.execute(delete(evaluation_runs).where(evaluation_runs.c.id.in_(list(connection.execute(old).scalars()))))
        return int(key[0]) if key else 0

    def runs(self, by: Principal) -> tuple[Run, ...]:
        """Give the runs with their figures, the latest first."""
        by.check("evaluate")
        columns = [column for column in evaluation_runs.c if column.name != "outcomes"]
        with self.store.database.reading() as connection:
            rows = connection.execute(select(*columns).order_by(evaluation_runs.c.id.desc())).all()
        return tuple(_run(row) for row in rows if _may_see(row, by))

    def run(self, key: int, by: Principal) -> Run:
        """Give one run whole. Raises BadKnown ("unknown_run")."""
        by.check("evaluate")
        with self.store.database.reading() as connection:
            row = connection.execute(select(evaluation_runs).where(evaluation_runs.c.id == key)).first()
        if row is None or not _may_see(row, by):
            raise BadKnown("unknown_run", f"没有测评 {key}", "它可能已被较新的测评替换", 404)
        return replace(_run(row), outcomes=decode(row.outcomes, tuple[Outcome, ...]))


def _insert(connection: Connection, question: Question, by: Principal, judgement: int) -> int:
    total = connection.execute(select(func.count()).select_from(known_questions)).scalar_one()
    if total >= MOST_KEPT:
        raise BadKnown("bad_known_question", f"已有 {MOST_KEPT} 道已知问题", "请先删除一些")
    last = connection.execute(select(func.max(known_questions.c.id))).scalar() or 0
    named = question if question.id else replace(question, id=f"k{last + 1:04d}")
    row = {
        "name": named.id, "kind": named.kind, "content": _written(named), "judgement": judgement, "made_at": now(), "made_by": by.name,
    }  # fmt: skip
    key = connection.execute(insert(known_questions).values(row)).inserted_primary_key
    record(connection, Entry(now(), by.name, "add_known_question", "", f"{named.id} {named.question[:80]}"))
    return int(key[0]) if key else 0


def _written(question: Question) -> str:
    return json.dumps(row_of(question), ensure_ascii=False)


def _names(question: Question) -> frozenset[str]:
    return frozenset((*question.docs, *(quote.doc for quote in question.evidence)))


def _known(row: Row[Any]) -> Known:
    question = question_of(json.loads(row.content), where=f"已知问题 {row.name}", id=row.name)
    return Known(row.id, question, row.judgement, row.made_at, row.made_by)


def _may_see(row: Row[Any], by: Principal) -> bool:
    seen = json.loads(row.collections)
    return by.collections is None or (seen is not None and frozenset(seen) <= by.collections)


def _run(row: Row[Any]) -> Run:
    return Run(row.id, row.questions, row.started_at, row.finished_at, row.by, row.generation, json.loads(row.figures))


def _unknown(key: int) -> BadKnown:
    return BadKnown("unknown_known_question", f"没有已知问题 {key}", "它可能已被删除", 404)
