"""What the chat page and its addresses work with: the library, the open conversations, the judgements."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from assistant.accounts.types import Principal
from assistant.conversations.codec import Cut
from assistant.conversations.judging import Judgements
from assistant.conversations.keeping import History
from assistant.conversations.shelf import Shelf, cutter
from assistant.conversations.types import Conversation
from assistant.session import Assistant
from corpus.errors import UnknownDocument


@dataclass(frozen=True, slots=True)
class ChatDesk:
    """One for the program: the page and its addresses have to find the same conversations."""

    assistant: Assistant
    shelf: Shelf
    judgements: Judgements

    @property
    def history(self) -> History:
        return self.shelf.history

    def cut_for(self, by: Principal) -> Cut:
        """Cut quotes from the documents that exist for somebody, for the length of one request."""
        return cutter(partial(_text_of, self.assistant.seen_by(by)))

    def conversation(self, token: str, by: Principal) -> Conversation:
        """Give a conversation as its owner may see it today. Raises UnknownConversation."""
        return self.shelf.find(token, by, self.cut_for(by))


def chat_desk(assistant: Assistant) -> ChatDesk:
    return ChatDesk(assistant, Shelf(History(assistant.store)), Judgements(assistant.store))


def _text_of(library: Assistant, document_id: str) -> str | None:
    try:
        return library.store.document(document_id).text
    except UnknownDocument:
        return None
