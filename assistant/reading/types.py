"""The protocol of a reader."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.reader import Reading

RULES = "rules"
"""The setting that leaves all reading to the rules."""
CHECK = "check"
"""The setting by which the shipped network only tells how sure an answer is (`checked`, `witness`)."""
SHIPPED = "shipped"
"""The setting that lets the shipped network overrule the rules too (`arbiter`). Without a setting it checks, and answers where they find nothing (`rescue`)."""


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
    """Open the reader that a setting names: a folder of weights, "rules"; "check", "shipped" or "" for the shipped network.

    Where no weights are shipped, the last three give the rules as well. Raises ConfigError for a folder that cannot be used.
    """
    from assistant.reading.rules import RuleReader
    from assistant.reading.whole import WholeWords
    from index.reader import READER, Reader

    shipped = setting in ("", CHECK, SHIPPED)
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
