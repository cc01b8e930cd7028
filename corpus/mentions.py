"""Places in a text and what is said about them: the nouns that all others of `corpus.types` are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters of a document's canonical text: `text[start:end]`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Cut the span out of `text`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """A normalised value and where the text states it.

    inherited: stated elsewhere (a merged cell above, a 下同 rule), not in this row or clause itself; `span` then points
    to the place that states it.
    """

    value: str
    span: Span
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about the text that is shown beside an answer: damage, a skipped number, an inherited rule.

    code: stable English identifier, e.g. "number_skipped", "number_lost", "date_damaged", "number_repeated".
    message: Chinese, for people.  reading: the certain reading of damaged text, "" when there is none.
    """

    code: str
    message: str
    span: Span
    reading: str = ""
