"""The training material: pairs of a question and its passage, some of them held out by source document.

`group` marks the part of a document a pair was drawn from: pairs of one group are never each other's negatives. Its first
characters name the document, which is either trained on or held out as a whole, with every kind of pair drawn from it. Held-out
documents judge the encoder and fit the fusion weights; nothing is learnt from them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Container, Iterator, Mapping, Sequence
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
"""One document of so many is held out."""

DOCUMENT = 12
"""So many characters of a group name its document; what follows names an article or a section."""


@dataclass(frozen=True, slots=True)
class Pair:
    """query, positive: texts.  group: where in which document it was found; source: the file it came from."""

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


def document_of(group: str) -> str:
    """Name the document a group belongs to."""
    return group[:DOCUMENT]


def is_held_out(group: str) -> bool:
    """Decide by the document's name alone, so that the split never changes when files are added."""
    return int(hashlib.sha256(document_of(group).encode()).hexdigest()[:8], 16) % HELD_OUT == 0


def read_texts(path: Path, among: Container[str]) -> Iterator[tuple[str, str]]:
    """Read those whole documents, lines of {id, title, text}, whose id is `among` these: (title, text) pairs."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["id"] in among:
                yield row["title"], row["text"]


SHINGLE = 32
"""So many characters in common make two passages one text; the set phrases of policies are shorter."""

FITTED = ("heading_policy", "qa_cmrc2018_train")
"""Sources whose held-out pairs the fusion is fitted by: what people write. The others' questions are words of the passage itself."""


def split(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Part the pairs into those to train on and those held out.

    Documents quote and repeat each other, so pairs whose passage says again what a held-out one of FITTED says are left out of both.
    """
    held_out = [pair for pair in pairs if is_held_out(pair.group)]
    kept = [pair.positive for pair in held_out if pair.source in FITTED]
    seen = {text[at : at + SHINGLE] for text in kept for at in range(len(text) - SHINGLE + 1)}
    trained = (pair for pair in pairs if not is_held_out(pair.group))
    return [pair for pair in trained if not _meets(pair.positive, seen)], held_out


def _meets(text: str, seen: set[str]) -> bool:
    return any(text[at : at + SHINGLE] in seen for at in range(0, len(text) - SHINGLE + 1, 4))
