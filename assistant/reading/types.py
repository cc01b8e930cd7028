"""The protocol of a reader."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.reader import Reading

RULES = "rules"
"""The setting that leaves all reading to the rules."""
SHIPPED = "shipped"
"""The setting that lets the shipped network lead answers too. Without a setting it only serves those who ask for the reader alone:
on no set of questions did it make answers better than the rules do, and what does not pay for its milliseconds does not run."""


class PassageReader(Protocol):
    """Reads passages for the answer to a question. name identifies the rules or weights and their version.

    A `Reading` has start and end, a half-open range of the passage's characters, score, the probability that the range answers, and
    no_answer, the probability that the passage does not; both lie in [0, 1]. An empty question or passage has no answer.
    """

    @property
    def name(self) -> str: ...

    def read(self, question: str, passages: Sequence[str]) -> tuple[Reading, ...]:
        """Read each passage by itself, in the order given."""
        ...


def open_reader(setting: str) -> PassageReader:
    """Open the reader that a setting names: a folder of weights, "rules", "shipped" or "" for the shipped network.

    Where no weights are shipped, the last two give the rules as well. Raises ConfigError for a folder that cannot be used.
    """
    from assistant.reading.rules import RuleReader
    from assistant.reading.whole import WholeWords
    from index.reader import READER, Reader

    shipped = setting in ("", SHIPPED)
    if setting == RULES or (shipped and not READER.is_dir()):
        return RuleReader()
    from pathlib import Path

    return WholeWords(Reader.open() if shipped else Reader.open(Path(setting)))


@lru_cache(maxsize=2)
def network(setting: str) -> PassageReader | None:
    """Give the network that is to lead answers, opened once; None without a setting, for the rules, and where no weights are shipped."""
    from assistant.reading.rules import RuleReader

    if not setting:
        return None

    reader = open_reader(setting)
    return None if isinstance(reader, RuleReader) else reader
