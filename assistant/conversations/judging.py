"""Thumbs: whether an answer helped and why not, kept with the answer for those who improve the answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, select, update

from assistant.accounts.types import Principal
from assistant.conversations.codec import Cut, read, written
from assistant.conversations.keeping import now
from assistant.conversations.types import REASONS, Exchange, Judgement, Reason
from assistant.types import Turn
from corpus.codec import decode, encode
from corpus.errors import InputError
from corpus.schema import judgements
from corpus.store import Store

LONGEST_COMMENT = 1000
MOST_JUDGEMENTS = 20_000
STATES = ("open", "made", "dismissed")


class UnknownJudgement(InputError):
    """codes: "unknown_judgement"."""

    status = 404


class Judgements:
    """What people thought of answers. Everybody may judge an answer he got; editors see and settle what was judged."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def judge(
        self, token: str, exchange: Exchange, history: tuple[Turn, ...], by: Principal, *, helpful: bool, reason: str = "", comment: str = ""
    ) -> None:
        """Keep what somebody thinks of an answer, in place of what he thought before. token: of the conversation.

        history: the turns before the question.  reason: one of REASONS, "" for a helpful answer. Raises InputError ("bad_judgement").
        """
        reason, comment = ("", "") if helpful else (reason or "other", " ".join(comment.split()))
        if exchange.answer is None or reason not in REASONS or len(comment) > LONGEST_COMMENT:
            raise InputError("bad_judgement", "评价无法保存", f"请选择一个原因,说明不超过 {LONGEST_COMMENT} 个字")
        row = {
            "token": token, "number": exchange.number, "at": now(), "by": by.id, "by_name": by.name, "helpful": int(helpful),
            "reason": reason, "comment": comment, "question": exchange.question, "history": encode(history, tuple[Turn, ...]),
            "answer": written(exchange, by.collections), "state": "open", "handled_at": "", "handled_by": "",
        }  # fmt: skip
        with self.store.database.writing() as connection:
            connection.execute(delete(judgements).where(_of(token, exchange.number, by)))
            if connection.execute(select(func.count()).select_from(judgements)).scalar_one() >= MOST_JUDGEMENTS:
                raise InputError("bad_judgement", f"已存有 {MOST_JUDGEMENTS} 条评价", "请由编辑人员先处理")
            connection.execute(insert(judgements).values(row))

    def take_back(self, token: str, number: int, by: Principal) -> None:
        """Take a thumb back."""
        with self.store.database.writing() as connection:
            connection.execute(delete(judgements).where(_of(token, number, by)))

    def of(self, token: str, by: Principal) -> dict[int, bool]:
        """Give what somebody said about the answers of a conversation: number to helpful."""
        mine = and_(judgements.c.token == token, judgements.c.by == by.id)
        with self.store.database.reading() as connection:
            return {r.number: bool(r.helpful) for r in connection.execute(select(judgements.c.number, judgements.c.helpful).where(mine))}

    # ------------------------------------------------------------ for those who improve the answers

    def listing(
        self, by: Principal, *, cut: Cut, helpful: bool | None = False, state: str = "open", before: int = 0, limit: int = 100
    ) -> tuple[Judgement, ...]:
        """List judgements as `by` may see them today, the latest first. helpful: None for both.  state: "" for all.

        before: only those of a lower id, to list the next page. An answer that rests on documents that do not exist for `by` comes
        hidden. Raises Denied for who may not improve answers.
        """
        by.check("evaluate")
        query = select(judgements).order_by(judgements.c.id.desc()).limit(limit)
        if helpful is not None:
            query = query.where(judgements.c.helpful == int(helpful))
        if state:
            query = query.where(judgements.c.state == state)
        if before:
            query = query.where(judgements.c.id < before)
        with self.store.database.reading() as connection:
            return tuple(_judgement(row, by, cut) for row in connection.execute(query))

    def judgement(self, key: int, by: Principal, *, cut: Cut) -> Judgement:
        """Give one judgement. Raises UnknownJudgement, Denied."""
        by.check("evaluate")
        with self.store.database.reading() as connection:
            row = connection.execute(select(judgements).where(judgements.c.id == key)).first()
        if row is None:
            raise _unknown(key)
        return _judgement(row, by, cut)

    def settle(self, key: int, state: str, by: Principal) -> None:
        """Say what became of a judgement: one of STATES. Raises UnknownJudgement, InputError ("bad_judgement"), Denied."""
        by.check("evaluate")
        if state not in STATES:
            raise InputError("bad_judgement", f"没有处理结果 {state!r}", f"可用的有 {'、'.join(STATES)}")
        handled = {"handled_at": now(), "handled_by": by.name} if state != "open" else {"handled_at": "", "handled_by": ""}
        with self.store.database.writing() as connection:
            if not connection.execute(update(judgements).where(judgements.c.id == key).values(state=state, **handled)).rowcount:
                raise _unknown(key)

    def counts(self, by: Principal) -> dict[str, int]:
        """Count what was judged: "helpful", and "open", "made", "dismissed" among what did not help. Raises Denied."""
        by.check("evaluate")
        query = select(judgements.c.helpful, judgements.c.state, func.count().label("n")).group_by(judgements.c.helpful, judgements.c.state)
        counted = dict.fromkeys(("helpful", *STATES), 0)
        with self.store.database.reading() as connection:
            for row in connection.execute(query):
                counted["helpful" if row.helpful else row.state] += row.n
        return counted


def _of(token: str, number: int, by: Principal) -> Any:
    return and_(judgements.c.token == token, judgements.c.number == number, judgements.c.by == by.id)


def _judgement(row: Row[Any], by: Principal, cut: Cut) -> Judgement:
    exchange = read(row.question, row.answer, row.number, row.at, cut, by.collections)
    # Earlier answers have no citations of their own here, so where this one is hidden they are, too.
    history = () if exchange.hidden else decode(row.history, tuple[Turn, ...])
    reason: Reason = next((known for known in REASONS if known == row.reason), "other")
    return Judgement(
        row.id, row.at, row.by, row.by_name, bool(row.helpful), reason, row.comment, exchange, history, row.state, row.handled_at, row.handled_by
    )


def _unknown(key: int) -> UnknownJudgement:
    return UnknownJudgement("unknown_judgement", f"没有评价 {key}", "它可能已被收回")
