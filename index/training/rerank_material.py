"""What the reranker is trained on: questions with the passage that answers and those our own search puts before it.

Only texts are learnt from, never a score of the encoder: a reranker that saw cosines of vectors trained on the same pairs believed them.
Documents held out from the encoder's training (`index.training.pairs`) are held out here too; they fit the weight of the second stage.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from index.encoder import setting_of
from index.engine import POOL, Index
from index.fusion import fuse
from index.reading.features import Analysed
from index.reranker import PASSAGE, QUESTION
from index.training.pairs import is_held_out, read_pairs
from index.training.reader_material import Item
from index.types import Unit

LISTED = 40
"""Candidates of a question that are kept."""

SHARES: Mapping[str, float] = {"heading": 0.35, "encyclopaedia": 0.3, "genre": 0.35}
"""How often a question of each kind is drawn."""

SOURCES: Mapping[str, tuple[str, ...]] = {
    "heading": ("heading_policy",),
    "encyclopaedia": ("qa_cmrc2018_train",),
}
"""Kinds by the files of pairs they are drawn from; "genre" are made questions."""

MOST: Mapping[str, int] = {"heading": 6000, "encyclopaedia": 10_200, "genre": 9000}
"""Questions of a kind at most."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question, the places of the passages that answer it, and what the search found: places and scores, best first."""

    question: str
    right: tuple[int, ...]
    found: tuple[tuple[int, float], ...]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions of one kind over one collection of passages."""

    name: str
    passages: Sequence[str]
    questions: Sequence[Ranked]


def ranked_kind(name: str, asked: Sequence[tuple[str, str, bool]]) -> Kind:
    """Search every question of (question, passage, held out) over all the passages."""
    places = {text: at for at, text in enumerate(dict.fromkeys(passage for _, passage, _ in asked))}
    units = tuple(Unit(at, str(at), "", "", text) for text, at in places.items())
    drawn = list(asked)
    random.Random(0).shuffle(drawn)
    right: dict[str, set[int]] = {}
    out: dict[str, bool] = {}
    for question, passage, held_out in drawn[: MOST[name]]:
        right.setdefault(question, set()).add(places[passage])
        out[question] = held_out
    with (
        tempfile.TemporaryDirectory() as folder,
        Index.build(Path(folder), units, encoder=setting_of(""), generation=1) as index,
    ):
        questions = [
            Ranked(
                question, tuple(sorted(answers)),
                tuple((key, score) for key, score, _ in fuse(index.rankings(question, depth=POOL), depth=POOL)[:LISTED]), out[question],
            )  # fmt: skip
            for question, answers in right.items()
        ]
    return Kind(name, list(places), questions)


def kinds_of(data: Path, genre: Path | None, work: Path) -> list[Kind]:
    """Read and search all kinds; what was found is kept in `work`, as searching takes minutes."""
    return [kept_kind(work / f"{name}.json.gz", name, data, genre) for name in SHARES if name != "genre" or genre]


def kept_kind(path: Path, name: str, data: Path, genre: Path | None) -> Kind:
    """Give the kind kept at `path`, or make and keep it."""
    if not path.is_file():
        kind = ranked_kind(name, _asked(name, data, genre))
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8", compresslevel=3) as file:
            json.dump({"passages": kind.passages, "questions": [asdict(one) for one in kind.questions]}, file, ensure_ascii=False)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        kept = json.load(file)
    return Kind(
        name, kept["passages"],
        [
            Ranked(row["question"], tuple(row["right"]), tuple((key, score) for key, score in row["found"]), row["held_out"])
            for row in kept["questions"]
        ],
    )  # fmt: skip


def _asked(name: str, data: Path, genre: Path | None) -> list[tuple[str, str, bool]]:
    if name == "genre" and genre:
        with gzip.open(genre, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        return [(row["question"], row["context"], False) for row in rows if row["answers"]]
    return [(pair.query, pair.positive, is_held_out(pair.group)) for pair in read_pairs(data / "train", SOURCES[name])]


@dataclass
class Drills:
    """Draws questions with rivals; passages are analysed once."""

    kinds: Sequence[Kind]
    analyse: Callable[[str], Analysed]
    seen: dict[tuple[str, int], Analysed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._usable = [
            [one for one in kind.questions if not one.held_out and len(one.found) > len(one.right) + 1] for kind in self.kinds
        ]
        shares = np.array([SHARES[kind.name] for kind in self.kinds])
        self._shares = shares / shares.sum()

    def passage(self, kind: Kind, place: int) -> Analysed:
        key = (kind.name, place)
        if key not in self.seen:
            self.seen[key] = self.analyse(kind.passages[place][:PASSAGE])
        return self.seen[key]

    def lists(self, chance: np.random.Generator, count: int, rivals: int) -> list[Item]:
        """Draw `count` questions: for each the passage that answers, then `rivals` that the search found and that do not."""
        items: list[Item] = []
        while len(items) < count * (1 + rivals):
            at = int(chance.choice(len(self.kinds), p=self._shares))
            kind, usable = self.kinds[at], self._usable[at]
            one = usable[int(chance.integers(len(usable)))]
            wrong = [key for key, _ in one.found if key not in one.right]
            # The nearer the top, the likelier: those are what a reranker has to put down.
            odds = 1.0 / (4 + np.arange(len(wrong)))
            size = min(rivals, len(wrong))
            drawn = [wrong[place] for place in chance.choice(len(wrong), size, replace=False, p=odds / odds.sum())]
            while len(drawn) < rivals:
                drawn.append(int(chance.integers(len(kind.passages))))
            question = self.analyse(one.question[-QUESTION:])
            if not len(question):
                continue
            right = one.right[int(chance.integers(len(one.right)))]
            texts = [self.passage(kind, place) for place in (right, *drawn)]
            if all(len(text) for text in texts):
                items += [Item(question, text, (), True) for text in texts]
        return items
