"""The training material: pairs of a question and its passage, grouped by source document, some of them held out.

`group` marks the document a pair was drawn from: pairs of one group are never each other's negatives, and a group is either
trained on or held out as a whole. Held-out groups judge the encoder and fit the fusion weights; they are never trained on.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SOURCES: Mapping[str, str] = {
    "heading_law_article": "law title and chapter heading -> article",
    "lead_law_article": "first clause -> rest of the article",
    "ict_law": "sentence -> passage it was taken from",
    "title_law_purpose": "law title -> its article on purpose",
    "heading_policy": "heading -> its section",
    "ict_policy": "sentence -> passage it was taken from",
    "qa_cmrc2018_train": "question -> paragraph",
}
"""Files of the training folder, `NAME.jsonl.gz`, lines of {query, positive, group}."""

HELD_OUT = 10
"""One group of so many is held out."""


@dataclass(frozen=True, slots=True)
class Pair:
    """query, positive: texts.  group: the source document; source: the file it came from."""

    query: str
    positive: str
    group: str
    source: str


def read_pairs(folder: Path, sources: Sequence[str] = tuple(SOURCES)) -> Iterator[Pair]:
    """Read the pairs of `folder`, file by file, in file order."""
    for source in sources:
        with gzip.open(folder / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield Pair(row["query"], row["positive"], row["group"], source)


def is_held_out(group: str) -> bool:
    """Decide by the group's name alone, so that the split never changes when files are added."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) % HELD_OUT == 0


def read_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Read whole documents, lines of {title, text}: (title, text) pairs."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["title"], row["text"]


SHINGLE = 16
"""So many characters in common make two passages one text."""


def split(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Part the pairs into those to train on and those held out.

    Sentences of policies were drawn without regard to headings, so those from a held-out section are left out of both.
    """
    held_out = [pair for pair in pairs if is_held_out(pair.group)]
    kept = [pair.positive for pair in held_out if pair.source == "heading_policy"]
    seen = {text[at : at + SHINGLE] for text in kept for at in range(len(text) - SHINGLE + 1)}
    trained = (pair for pair in pairs if not is_held_out(pair.group))
    return [pair for pair in trained if pair.source != "ict_policy" or not _meets(pair.positive, seen)], held_out


def _meets(text: str, seen: set[str]) -> bool:
    return any(text[at : at + SHINGLE] in seen for at in range(0, len(text) - SHINGLE + 1, 4))
