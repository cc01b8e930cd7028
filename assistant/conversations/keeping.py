"""The history: each person's own conversations in the catalog, found again, renamed, deleted; or not kept at all.

Everything takes the principal and touches only what is his. What is read comes back as he may see it today (`codec`).
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Select, and_, delete, func, insert, or_, select, update

from assistant.accounts.types import Principal
from assistant.conversations.codec import Cut, read, written
from assistant.conversations.types import Conversation, Exchange, Line
from corpus.errors import InputError
from corpus.schema import conversations, exchanges, without_history
from corpus.store import Store

LONGEST_TITLE = 80
MOST_CONVERSATIONS = 500
"""For each person; the oldest goes when there are more."""
MOST_LISTED = 200


class UnknownConversation(InputError):
    """codes: "unknown_conversation"."""

    status = 404


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def title_of(text: str) -> str:
    """Give a title on one line, cut to its longest."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


class History:
    """The kept conversations of a library."""

    def __init__(self, store: Store) -> None:
        self.store = store

    # ------------------------------------------------------------ keeping

    def wanted(self, by: Principal) -> bool:
        """Is a history kept for somebody? Not for visitors, nor for who does not want it."""
        if not by.may("history"):
            return False
        with self.store.database.reading() as connection:
            return connection.execute(select(without_history).where(without_history.c.owner == by.id)).first() is None

    def want(self, by: Principal, wanted: bool) -> None:
        """Keep a history from now on, or none; what is kept already stays until it is deleted."""
        by.check("history")
        with self.store.database.writing() as connection:
            connection.execute(delete(without_history).where(without_history.c.owner == by.id))
            if not wanted:
                connection.execute(insert(without_history).values(owner=by.id))

    def keep(self, conversation: Conversation, exchange: Exchange, by: Principal) -> bool:
        """Keep an exchange, and its conversation when it is the first of it; say whether that was done: only where a history is wanted.

        A conversation that began without a history stays without one, so that none is torn in two.
        """
        if exchange.answer is None or not conversation.token or not self.wanted(by):
            return False
        said = "\n".join((exchange.answer.answer, exchange.answer.reason))
        row = {"asked_at": exchange.asked_at, "question": exchange.question, "said": said, "answer": written(exchange, by.collections)}
        own = and_(conversations.c.token == conversation.token, conversations.c.owner == by.id)
        with self.store.database.writing() as connection:
            if not connection.execute(update(conversations).where(own).values(changed_at=now())).rowcount:
                theirs = connection.execute(select(conversations.c.token).where(conversations.c.token == conversation.token)).first()
                if theirs or len(conversation.exchanges) > 1:
                    return False
                first = {"token": conversation.token, "owner": by.id, "title": title_of(conversation.exchanges[0].question), "named": 0}
                connection.execute(insert(conversations).values(first | {"changed_at": now()}))
                old = select(conversations.c.token).where(conversations.c.owner == by.id).order_by(conversations.c.changed_at.desc())
                connection.execute(delete(conversations).where(conversations.c.token.in_(old.offset(MOST_CONVERSATIONS))))
            connection.execute(insert(exchanges).values(row | {"token": conversation.token, "number": exchange.number}))
        return True

    # ------------------------------------------------------------ finding

    def listing(self, by: Principal, words: str = "", *, cut: Cut) -> tuple[Line, ...]:
        """List somebody's conversations, the latest first. words: only those in whose title, questions or answers they stand."""
        asked = [w for w in words.split()[:8] if w]
        with self.store.database.reading() as connection:
            lines = [Line(r.token, r.title, r.changed_at, r.n) for r in connection.execute(_lines(by, asked))]
        return tuple(line for line in lines if not asked or self._found(line, by, asked, cut))

    def _found(self, line: Line, by: Principal, asked: list[str], cut: Cut) -> bool:
        """Is what was found still his to see? An answer that is hidden today is not found by its words."""
        seen = self.conversation(line.token, by, cut=cut)
        said = [line.title, *(part for e in seen.exchanges for part in (e.question, *(_said(e))))]
        return all(any(word.casefold() in part.casefold() for part in said) for word in asked)

    def conversation(self, token: str, by: Principal, *, cut: Cut) -> Conversation:
        """Give a conversation as its owner may see it today. Raises UnknownConversation, also for somebody else's."""
        own = and_(conversations.c.token == token, conversations.c.owner == by.id)
        with self.store.database.reading() as connection:
            head = connection.execute(select(conversations).where(own)).first()
            rows = connection.execute(select(exchanges).where(exchanges.c.token == token).order_by(exchanges.c.number)).all() if head else ()
        if head is None:
            raise _unknown()
        kept = tuple(read(r.question, r.answer, r.number, r.asked_at, cut, by.collections) for r in rows)
        return Conversation(kept, token, head.title)

    # ------------------------------------------------------------ changing

    def rename(self, token: str, title: str, by: Principal) -> None:
        """Give a conversation another title. Raises UnknownConversation, InputError ("bad_title")."""
        line = " ".join(title.split())
        if not 1 <= len(line) <= LONGEST_TITLE:
            raise InputError("bad_title", f"名称应有 1 到 {LONGEST_TITLE} 个字,现有 {len(line)} 个字", "请改后再保存")
        own = and_(conversations.c.token == token, conversations.c.owner == by.id)
        with self.store.database.writing() as connection:
            if not connection.execute(update(conversations).where(own).values(title=line, named=1)).rowcount:
                raise _unknown()

    def delete(self, token: str, by: Principal) -> None:
        """Delete a conversation. Raises UnknownConversation."""
        own = and_(conversations.c.token == token, conversations.c.owner == by.id)
        with self.store.database.writing() as connection:
            if not connection.execute(delete(conversations).where(own)).rowcount:
                raise _unknown()

    def delete_all(self, by: Principal) -> int:
        """Delete everything somebody asked; give the number of conversations."""
        with self.store.database.writing() as connection:
            return connection.execute(delete(conversations).where(conversations.c.owner == by.id)).rowcount


def _lines(by: Principal, words: list[str]) -> Select[tuple[str, str, str, int]]:
    counted = select(func.count()).select_from(exchanges).where(exchanges.c.token == conversations.c.token).scalar_subquery().label("n")
    query = select(conversations.c.token, conversations.c.title, conversations.c.changed_at, counted).where(conversations.c.owner == by.id)
    for word in words:
        inside = select(exchanges.c.token).where(or_(exchanges.c.question.icontains(word, autoescape=True), exchanges.c.said.icontains(word, autoescape=True)))
        query = query.where(or_(conversations.c.title.icontains(word, autoescape=True), conversations.c.token.in_(inside)))
    return query.order_by(conversations.c.changed_at.desc(), conversations.c.token).limit(MOST_LISTED)


def _said(exchange: Exchange) -> tuple[str, ...]:
    return (exchange.answer.answer, exchange.answer.reason) if exchange.answer and not exchange.hidden else ()


def _unknown() -> UnknownConversation:
    return UnknownConversation("unknown_conversation", "没有这段对话", "它可能已被删除")
