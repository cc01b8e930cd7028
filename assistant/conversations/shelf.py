"""Where an open page finds its conversation again: the history, and for those who keep none the memory of this process.

Both hold the same written form, so that what is shown a second time has passed the rights of today either way.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.accounts.types import Principal
from assistant.conversations.codec import Cut, read, written
from assistant.conversations.keeping import History, UnknownConversation, title_of
from assistant.conversations.types import LONGEST_CONVERSATION, Conversation, Exchange
from corpus.errors import LibraryProblem

MOST_IN_MEMORY = 1000


@dataclass(frozen=True, slots=True)
class _Loose:
    """A conversation that no history keeps. exchanges: (number, asked_at, question, answer as written)."""

    owner: str
    exchanges: tuple[tuple[int, str, str, str], ...] = ()


class Shelf:
    """The conversations of all open pages, each for the one who has it."""

    def __init__(self, history: History, most: int = MOST_IN_MEMORY) -> None:
        self.history = history
        self.most = most
        self._loose: OrderedDict[str, _Loose] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self) -> Conversation:
        """Give a new conversation with a name nobody can guess."""
        return Conversation(token=secrets.token_urlsafe(16))

    def hold(self, conversation: Conversation, exchange: Exchange, by: Principal) -> None:
        """Put an answered exchange where `find` finds it again, in memory: nothing is waited for."""
        if exchange.answer is None or not conversation.token:
            return
        row = (exchange.number, exchange.asked_at, exchange.question, written(exchange, by.collections))
        with self._lock:
            before = self._loose.pop(conversation.token, _Loose(by.id))
            if before.owner == by.id:
                others = tuple(one for one in before.exchanges if one[0] != exchange.number)
                before = replace(before, exchanges=(*others, row)[-LONGEST_CONVERSATION:])
            self._loose[conversation.token] = before
            while len(self._loose) > self.most:
                self._loose.popitem(last=False)

    def keep(self, conversation: Conversation, exchange: Exchange, by: Principal) -> None:
        """Put an answered exchange into the history where one is wanted, else into memory; so also while the catalog cannot be written."""
        self.hold(conversation, exchange, by)
        try:
            kept = self.history.keep(conversation, exchange, by)
        except LibraryProblem:
            return
        if kept:
            self._let_go(conversation.token, exchange.number)

    def _let_go(self, token: str, number: int) -> None:
        with self._lock:
            loose = self._loose.pop(token, None)
            rest = tuple(one for one in loose.exchanges if one[0] != number) if loose else ()
            if loose and rest:
                self._loose[token] = replace(loose, exchanges=rest)

    def find(self, token: str, by: Principal, cut: Cut) -> Conversation:
        """Give a conversation as its owner may see it today. Raises UnknownConversation, also for somebody else's."""
        with self._lock:
            loose = self._loose.get(token)
        if loose is None:
            return self.history.conversation(token, by, cut=cut)
        if loose.owner != by.id:
            raise UnknownConversation("unknown_conversation", "没有这段对话", "它可能已被删除")
        again = tuple(read(question, answer, number, at, cut, by.collections) for number, at, question, answer in loose.exchanges)
        try:
            # Its beginning was kept, until its owner wanted no history any more.
            begun = self.history.conversation(token, by, cut=cut)
        except UnknownConversation:
            return Conversation(again, token, title_of(again[0].question))
        # In order, also where one could not be written and the next could.
        together = {one.number: one for one in (*begun.exchanges, *again)}
        return replace(begun, exchanges=tuple(together[number] for number in sorted(together)))


def cutter(text_of: Callable[[str], str | None]) -> Cut:
    """Cut quotes from the documents that exist for somebody. text_of: text of a document (id), None where it does not exist for him."""
    texts: dict[str, str | None] = {}

    def cut(document_id: str, start: int, end: int) -> str | None:
        if document_id not in texts:
            texts[document_id] = text_of(document_id)
        text = texts[document_id]
        return None if text is None else text[start:end]

    return cut
