"""Links to papers and how people did: who begins, what is sent, how it is judged, when it is over.

A link holds the paper as it was when the link was made, so that all who use it sit the same paper. Whoever has the token of a link can
sit this paper and nothing else; whoever has the secret of a sitting can go on with it. Tokens stand in the catalog as they are, since
the papers they lead to stand beside them.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, select, update

from assistant.quiz.grading import grade
from assistant.quiz.keeping.codec import read_quiz, written_quiz
from assistant.quiz.keeping.papers import Papers, SavedPaper, checked_name
from assistant.quiz.keeping.replies import Reply, score_of
from assistant.quiz.types import POINTS, Grade, Item
from corpus.errors import BadQuiz, QuizClosed, UnknownQuiz
from corpus.schema import quiz_replies, quiz_shares, quiz_sittings

Mode = Literal["practice", "exam"]
MODES: tuple[Mode, ...] = ("practice", "exam")
LONGEST_EXAM = 600
LONGEST_LIFE = 365
MOST_SHARES = 200
MOST_SITTINGS = 1000
LONGEST_PERSON = 40
KEPT_LINKS = 32
GRACE = timedelta(seconds=10)
"""What a slow connection may take after the time is up."""
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Share:
    """A link to a paper. minutes: 0 without a limit.  review: the key is shown after an exam.  own: the trainer's own tries.

    items: the questions in the order of the printed paper; participants know them by number, from 1, never by id.
    """

    token: str
    paper_id: int
    title: str
    mode: Mode
    minutes: int
    review: bool
    own: bool
    made_at: datetime
    expires_at: datetime
    closed: bool
    items: tuple[Item, ...] = ()

    def open(self, now: datetime) -> bool:
        return not self.closed and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person at one paper. numbers: of the questions, in order.  due: None without a limit."""

    id: int
    secret: str
    token: str
    person: str
    unit: str
    mode: Mode
    numbers: tuple[int, ...]
    started_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    replies: tuple[tuple[int, Reply, float | None], ...] = ()

    def reply(self, number: int) -> Reply | None:
        return next((reply for n, reply, _ in self.replies if n == number), None)

    def score(self, number: int) -> float:
        return next((score or 0.0 for n, _, score in self.replies if n == number), 0.0)

    def answered(self, number: int) -> bool:
        return any(n == number for n, _, _ in self.replies)

    def over(self, now: datetime) -> bool:
        return self.finished_at is not None or (self.due_at is not None and now > self.due_at + GRACE)

    def points(self, items: Sequence[Item]) -> float:
        """Give the marks reached on `items`, those of the link."""
        return sum(POINTS[items[n - 1].kind] * self.score(n) for n in self.numbers)

    def total(self, items: Sequence[Item]) -> int:
        return sum(POINTS[items[n - 1].kind] for n in self.numbers)

    def wrong(self) -> tuple[int, ...]:
        return tuple(n for n in self.numbers if self.score(n) < 1)


class Sittings:
    """Links, sittings and replies of one catalog. `now` is given by the caller, in UTC."""

    def __init__(self, papers: Papers) -> None:
        self.papers = papers
        self.database = papers.store.database
        # A class sends hundreds of replies to one link; its questions are read once for each state of the documents.
        self._questions = lru_cache(maxsize=KEPT_LINKS)(self._read_questions)

    # ------------------------------------------------------------ links

    def share(
        self, paper: SavedPaper, mode: str, now: datetime, *, minutes: int = 0, days: int = 7, review: bool = True, own: bool = False
    ) -> Share:
        """Make a link to a paper as it is now. Raises BadQuiz ("bad_share", "no_items", "too_many")."""
        if mode not in MODES or not 0 <= minutes <= LONGEST_EXAM or not 1 <= days <= LONGEST_LIFE:
            raise BadQuiz("bad_share", f"限时应为 0 到 {LONGEST_EXAM} 分钟,有效期应为 1 到 {LONGEST_LIFE} 天", "请改后再试")
        if not paper.quiz.items:
            raise BadQuiz("no_items", "试卷里没有题目", "请先出题")
        ordered = tuple(item for _, found in paper.quiz.grouped() for item in found)
        row = {
            "token": secrets.token_urlsafe(16), "paper_id": paper.id, "title": paper.title, "mode": mode, "minutes": minutes if mode == "exam" else 0,
            "review": int(review), "own": int(own), "made_at": now.isoformat(), "expires_at": (now + timedelta(days=days)).isoformat(),
            "closed_at": "", "content": written_quiz(replace(paper.quiz, items=ordered)),
        }  # fmt: skip
        with self.database.writing() as connection:
            count = select(func.count()).select_from(quiz_shares).where(quiz_shares.c.paper_id == paper.id, quiz_shares.c.own == 0)
            if connection.execute(count).scalar_one() >= MOST_SHARES:
                raise BadQuiz("too_many", f"这份试卷已有 {MOST_SHARES} 个链接", "请另存为一份新试卷")
            connection.execute(insert(quiz_shares).values(row))
        return self.link(str(row["token"]))

    def link(self, token: str) -> Share:
        """Give a link with its questions. Raises UnknownQuiz."""
        columns = [column for column in quiz_shares.c if column is not quiz_shares.c.content]
        with self.database.reading() as connection:
            row = connection.execute(select(*columns).where(quiz_shares.c.token == token)).first()
        if row is None:
            raise UnknownQuiz("unknown_share", "没有这个链接", "请向发链接的人核对")
        return replace(_share(row), items=self._questions(token, self.papers.store.generation))

    def _read_questions(self, token: str, _generation: int) -> tuple[Item, ...]:
        with self.database.reading() as connection:
            content = connection.execute(select(quiz_shares.c.content).where(quiz_shares.c.token == token)).scalar()
        if content is None:
            raise UnknownQuiz("unknown_share", "没有这个链接", "它刚被删除")
        return read_quiz(content, self.papers.cut).items

    def links(self, paper_id: int) -> tuple[Share, ...]:
        """Give the links of a paper, the newest first, without their questions."""
        query = select(quiz_shares).where(quiz_shares.c.paper_id == paper_id).order_by(quiz_shares.c.made_at.desc())
        with self.database.reading() as connection:
            return tuple(_share(row) for row in connection.execute(query))

    def close(self, paper_id: int, token: str, now: datetime) -> None:
        """Close a link: nobody begins any more, nothing more is taken."""
        mine = (quiz_shares.c.token == token) & (quiz_shares.c.paper_id == paper_id)
        with self.database.writing() as connection:
            if not connection.execute(update(quiz_shares).where(mine).values(closed_at=now.isoformat())).rowcount:
                raise UnknownQuiz("unknown_share", "没有这个链接", "它可能已被删除")

    # ------------------------------------------------------------ sittings

    def begin(self, share: Share, person: str, unit: str, now: datetime, *, mode: Mode | None = None, numbers: Sequence[int] = ()) -> Sitting:
        """Begin; numbers: which questions, all when empty. Raises QuizClosed, BadQuiz ("bad_person", "too_many")."""
        _check_open(share, now)
        mode = mode or share.mode
        due = now + timedelta(minutes=share.minutes) if mode == "exam" and share.minutes else None
        row = {
            "secret": secrets.token_urlsafe(16), "token": share.token, "person": checked_name(person, "bad_person", LONGEST_PERSON),
            "unit": checked_name(unit, "bad_person") if unit.strip() else "", "mode": mode, "numbers": json.dumps(list(numbers or range(1, len(share.items) + 1))),
            "started_at": now.isoformat(), "due_at": due.isoformat() if due else "", "finished_at": "",
        }  # fmt: skip
        with self.database.writing() as connection:
            count = select(func.count()).select_from(quiz_sittings).where(quiz_sittings.c.token == share.token)
            if connection.execute(count).scalar_one() >= MOST_SITTINGS:
                raise BadQuiz("too_many", f"这个链接已有 {MOST_SITTINGS} 人次作答", "请发链接的人换一个链接")
            connection.execute(insert(quiz_sittings).values(row))
        return self.sitting(share.token, str(row["secret"]))

    def sitting(self, token: str, secret: str) -> Sitting:
        """Give a sitting with what was sent so far. Raises UnknownQuiz."""
        mine = (quiz_sittings.c.secret == secret) & (quiz_sittings.c.token == token)
        with self.database.reading() as connection:
            row = connection.execute(select(quiz_sittings).where(mine)).first()
            if row is None:
                raise UnknownQuiz("unknown_sitting", "还没有开始作答", "请先填写姓名")
            return _sitting(connection, row)

    def reply(self, share: Share, sitting: Sitting, number: int, reply: Reply | None, now: datetime) -> Grade | None:
        """Keep a reply. In practice it is judged at once and for good; in an exam it may change until the end. Raises QuizClosed, BadQuiz."""
        _check_open(share, now)
        _check_going_on(sitting, number, now)
        if sitting.mode == "exam":
            self._keep(sitting.id, {number: (reply, None)})
            return None
        if reply is None:
            raise BadQuiz("bad_response", "还没有作答", "请选择或填写答案")
        if sitting.answered(number):
            raise QuizClosed("already_answered", "这道题已经答过", "请看下一题")
        judged = grade(share.items[number - 1], reply)
        self._keep(sitting.id, {number: (reply, judged.score)})
        return judged

    def finish(self, share: Share, sitting: Sitting, replies: dict[int, Reply | None], now: datetime) -> Sitting:
        """End a sitting: judge all that came in time. replies: sent with the end itself; left out when they come too late."""
        if sitting.finished_at is not None:
            return sitting
        if not sitting.over(now) and share.open(now) and sitting.mode == "exam":
            kept = {n: (r, None) for n, r in replies.items() if n in sitting.numbers}
            self._keep(sitting.id, kept)
            sitting = self.sitting(share.token, sitting.secret)
        if sitting.mode == "exam":
            self._keep(sitting.id, {n: (r, score_of(share.items[n - 1], r)) for n, r, _ in sitting.replies})
        end = min(now, sitting.due_at) if sitting.due_at else now
        with self.database.writing() as connection:
            connection.execute(update(quiz_sittings).where(quiz_sittings.c.id == sitting.id).values(finished_at=end.isoformat()))
        return self.sitting(share.token, sitting.secret)

    def _keep(self, sitting: int, replies: Mapping[int, tuple[Reply | None, float | None]]) -> None:
        if not replies:
            return
        with self.database.writing() as connection:
            for number, (reply, score) in replies.items():
                one = (quiz_replies.c.sitting_id == sitting) & (quiz_replies.c.number == number)
                connection.execute(quiz_replies.delete().where(one))
                if reply is not None:
                    judged = -1 if score is None else round(score * _THOUSAND)
                    connection.execute(
                        insert(quiz_replies).values(sitting_id=sitting, number=number, response=json.dumps(reply, ensure_ascii=False), score=judged)
                    )

    # ------------------------------------------------------------ results

    def results(self, share: Share, now: datetime) -> tuple[Sitting, ...]:
        """Give all who began, in order; whose time is up is judged now."""
        query = select(quiz_sittings).where(quiz_sittings.c.token == share.token).order_by(quiz_sittings.c.id)
        with self.database.reading() as connection:
            found = [_sitting(connection, row) for row in connection.execute(query).all()]
        return tuple(self.finish(share, s, {}, now) if s.finished_at is None and s.over(now) else s for s in found)

    def mistakes(self, person: str) -> tuple[Item, ...]:
        """Give the questions that a person last answered wrongly, over all papers; no fact twice, as on any paper."""
        query = (
            select(quiz_sittings.c.token, quiz_sittings.c.id)
            .where(quiz_sittings.c.person == person, quiz_sittings.c.finished_at != "")
            .order_by(quiz_sittings.c.id.desc())
        )
        with self.database.reading() as connection:
            rows = connection.execute(query).all()
        seen: set[str] = set()
        wrong: list[Item] = []
        for row in rows:
            share = self.link(row.token)
            if not self.papers.sees(share.paper_id):
                continue
            sitting = next(s for s in self._sittings(row.token) if s.id == row.id)
            for number in sitting.numbers:
                item = share.items[number - 1]
                if seen.isdisjoint(item.facts or (item.id,)) and sitting.score(number) < 1:
                    wrong.append(item)
                seen.update(item.facts or (item.id,))
        return tuple(wrong)

    def _sittings(self, token: str) -> tuple[Sitting, ...]:
        with self.database.reading() as connection:
            rows = connection.execute(select(quiz_sittings).where(quiz_sittings.c.token == token)).all()
            return tuple(_sitting(connection, row) for row in rows)


def _check_open(share: Share, now: datetime) -> None:
    if share.closed:
        raise QuizClosed("share_closed", "发链接的人已关闭这次作答", "如需作答请与他联系")
    if now >= share.expires_at:
        raise QuizClosed("share_expired", "这个链接已过有效期", "如需作答请向发链接的人要新的链接")


def _check_going_on(sitting: Sitting, number: int, now: datetime) -> None:
    if sitting.finished_at is not None:
        raise QuizClosed("sitting_finished", "已经交卷", "请看成绩")
    if sitting.over(now):
        raise QuizClosed("time_over", "时间已到", "请交卷")
    if number not in sitting.numbers:
        raise BadQuiz("bad_response", f"没有第 {number} 题", "请从列出的题目中作答")


def _share(row: Row[Any]) -> Share:
    made, expires = datetime.fromisoformat(row.made_at), datetime.fromisoformat(row.expires_at)
    return Share(row.token, row.paper_id, row.title, row.mode, row.minutes, bool(row.review), bool(row.own), made, expires, bool(row.closed_at))


def _sitting(connection: Connection, row: Row[Any]) -> Sitting:
    query = select(quiz_replies).where(quiz_replies.c.sitting_id == row.id).order_by(quiz_replies.c.number)
    replies = tuple((r.number, json.loads(r.response), None if r.score < 0 else r.score / _THOUSAND) for r in connection.execute(query))
    return Sitting(
        row.id, row.secret, row.token, row.person, row.unit, row.mode, tuple(json.loads(row.numbers)),
        datetime.fromisoformat(row.started_at), _day(row.due_at), _day(row.finished_at), replies,
    )  # fmt: skip


def _day(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
