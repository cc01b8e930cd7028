"""What every handler of an Evaluation page gets, and the library as whoever asks sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from assistant.accounts.types import Principal
from assistant.conversations.judging import Judgements
from assistant.known.keeping import Knowledge
from assistant.known.running import Running
from assistant.known.types import Examiner, Quote
from assistant.session import Assistant
from assistant.types import Citation
from assistant.web import sections
from assistant.web.frame import Page
from assistant.web.words import Words
from corpus.errors import UnknownDocument
from corpus.listing import Listing


@dataclass(frozen=True, slots=True)
class Desk:
    """The open library, its known questions, the run that is going on, and what people thought of answers."""

    assistant: Assistant
    running: Running
    judgements: Judgements

    @property
    def knowledge(self) -> Knowledge:
        return self.running.knowledge

    @property
    def examiner(self) -> Examiner:
        return self.running.examiner


@dataclass(frozen=True, slots=True)
class Sight:
    """The documents that exist for somebody. hidden: names of those that do not."""

    assistant: Assistant
    listed: tuple[Listing, ...]
    hidden: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(document.name for document in self.listed)

    def holds(self, document_id: str) -> bool:
        return any(document.id == document_id for document in self.listed)

    def text(self, name: str) -> str | None:
        """Give the text of a document by id or name, None when there is none for this person."""
        try:
            return self.assistant.store.document(name).text
        except UnknownDocument:
            return None

    def cut(self, document_id: str, start: int, end: int) -> str | None:
        text = self.text(document_id)
        return None if text is None else text[start:end]

    def place(self, quote: Quote) -> Citation | None:
        """Find where a quote stands in its document."""
        listing = next((document for document in self.listed if document.name == quote.doc), None)
        if listing is None:
            return None
        text = self.text(listing.id) or ""
        at = text.find(quote.quote)
        if at < 0:
            return None
        return Citation(0, listing.id, listing.name, listing.title, (), at, at + len(quote.quote), quote.quote)


def sight_of(assistant: Assistant, principal: Principal) -> Sight:
    """Give the documents that exist for `principal`."""
    seen = assistant.seen_by(principal)
    listed = tuple(seen.store.documents())
    if principal.collections is None:
        return Sight(seen, listed, frozenset())
    names = {document.name for document in listed}
    return Sight(seen, listed, frozenset(document.name for document in assistant.store.documents()) - names)


Visit = sections.Visit[Words]
Handler = Callable[[Desk, Visit], Page | Response]
