"""What the reader is trained on: written questions, and questions made from passages, with spans and with none."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from index.reader import QUESTION
from index.reading.features import Analysed, Lexicon, shared
from index.reading.shape import Shape
from index.static import MODEL
from index.training.cloze import Habits, ask
from index.training.pairs import document_of, is_held_out, read_pairs, read_texts
from index.training.reader_network import ReaderNetwork
from index.training.reader_recipe import SIZES, ReaderRecipe
from index.training.reader_start import Start, start_of
from index.types import FloatArray

LONGEST = 600
"""Characters of a passage that is cut from a document."""

SHARES = (0.5, 0.3, 0.2)
"""How often a made question is about the encyclopaedia, policies, laws."""

OFTEN_ABSENT = 0.05
"""Share of the questions of the genre that lose their answer; the file brings others that have none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A written question. starts: where its answers may begin, with their length; none when the passage does not answer."""

    question: str
    context: str
    spans: tuple[tuple[int, int], ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One question and passage ready for the network; spans are (start, end), empty for "not here"."""

    question: Analysed
    passage: Analysed
    spans: tuple[tuple[int, int], ...]
    marked: bool


def read_asked(path: Path) -> list[Asked]:
    """Read lines of {question, context, answers, start}; without a start every place of the answer may be meant."""
    found: list[Asked] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            answers = tuple(row["answers"])
            spans: tuple[tuple[int, int], ...] = ()
            if answers and row.get("start") is not None:
                spans = ((row["start"], row["start"] + len(answers[0])),)
            elif answers:
                spans = tuple(_places(row["context"], answers[0]))
                if not spans:
                    continue
            found.append(Asked(row["question"], row["context"], spans, answers))
    return found


def _places(context: str, answer: str) -> Iterator[tuple[int, int]]:
    at = context.find(answer)
    while at >= 0:
        yield at, at + len(answer)
        at = context.find(answer, at + 1)


def parted(asked: Sequence[Asked], every: int = 20) -> tuple[list[Asked], list[Asked]]:
    """Hold out every n-th passage with all its questions: (to train on, held out)."""
    passages = list(dict.fromkeys(one.context for one in asked))
    out = {context for at, context in enumerate(passages) if at % every == every - 1}
    return [one for one in asked if one.context not in out], [one for one in asked if one.context in out]


def passages_of(data: Path, name: str, *, most: int) -> Iterator[tuple[str, str]]:
    """Give (title, passage) of the laws or policies that pairs are drawn from, no document held out; `most`, spread evenly."""
    among = {document_of(pair.group) for pair in read_pairs(data / "train") if not is_held_out(pair.group)}
    texts = read_texts(data / "scale" / f"{name}.jsonl.gz", among)
    cut = [(title, piece) for title, text in texts for piece in cut_text(text)]
    yield from cut[:: max(1, len(cut) // most)][:most]


def cut_text(text: str, longest: int = LONGEST) -> Iterator[str]:
    """Cut a text at its lines into pieces up to `longest`; pieces too short to ask about are left out."""
    held: list[str] = []
    for line in text.splitlines():
        if held and sum(map(len, held)) + len(line) > longest:
            yield "\n".join(held)[:1000]
            held = []
        held.append(line)
    if sum(map(len, held)) > 80:
        yield "\n".join(held)[:1000]


@dataclass
class Source:
    """Passages to make questions from, each analysed once."""

    passages: Sequence[tuple[str, str]]
    analyse: Callable[[str], Analysed]
    near: Mapping[str, Sequence[str]]
    habits: Habits = Habits()
    seen: dict[int, Analysed] = field(default_factory=dict)

    def item(self, chance: np.random.Generator, size: int, absent: float) -> Item:
        while True:
            at = int(chance.integers(len(self.passages)))
            title, context = self.passages[at]
            if at not in self.seen:
                self.seen[at] = self.analyse(context)
            passage = self.seen[at]
            made = ask(passage, title, self.near, self.habits, chance)
            if made is None or made.end - made.start > size // 2:
                continue
            question = self.analyse(made.question[-QUESTION:])
            if not len(question):
                continue
            if chance.random() < absent:
                left, right = without(passage, made.start, made.end, size, chance)
                if right - left > 40:
                    return Item(question, passage.part(left, right), (), True)
                continue
            return cropped(question, passage, ((made.start, made.end),), size, chance)


def without(passage: Analysed, start: int, end: int, size: int, chance: np.random.Generator) -> tuple[int, int]:
    """Choose a part of the passage that ends before the sentence of an answer or begins behind it."""
    sentence = int(passage.sentences[start])
    first = int(np.searchsorted(passage.sentences, sentence))
    last = int(np.searchsorted(passage.sentences, int(passage.sentences[end - 1]), side="right"))
    if first > len(passage) - last:
        return max(0, first - size), first
    return last, min(len(passage), last + size)


def cropped(
    question: Analysed, passage: Analysed, spans: Sequence[tuple[int, int]], size: int, chance: np.random.Generator
) -> Item:
    """Cut `size` characters out of the passage so that one of the spans is inside."""
    start, end = spans[int(chance.integers(len(spans)))]
    end = min(end, start + size)
    low, high = max(0, end - size), min(start, len(passage) - size)
    left = int(chance.integers(low, high + 1)) if high >= low else 0
    part = passage.part(left, left + size)
    inside = tuple((a - left, b - left) for a, b in spans if a >= left and b <= left + len(part)) or ((start - left, end - left),)
    return Item(question, part, inside, len(inside) == 1)


@dataclass
class Written:
    """Written questions, with the passages most like theirs as passages that do not answer."""

    asked: Sequence[Asked]
    analyse: Callable[[str], Analysed]
    rivals: Mapping[int, Sequence[str]]
    seen: dict[str, Analysed] = field(default_factory=dict)

    def analysed(self, text: str) -> Analysed:
        if text not in self.seen:
            self.seen[text] = self.analyse(text)
        return self.seen[text]

    def item(self, chance: np.random.Generator, size: int, absent: float) -> Item:
        while True:
            at = int(chance.integers(len(self.asked)))
            one = self.asked[at]
            question = self.analyse(spoilt(one.question, chance)[-QUESTION:])
            passage = self.analysed(one.context)
            if not len(question) or not len(passage):
                continue
            if not one.spans:
                left = int(chance.integers(max(1, len(passage) - size + 1)))
                return Item(question, passage.part(left, left + size), (), True)
            if chance.random() < absent:
                rivals = self.rivals.get(at, ())
                if rivals and chance.random() < 0.6:
                    other = self.analysed(rivals[int(chance.integers(len(rivals)))])
                    left = int(chance.integers(max(1, len(other) - size + 1)))
                    return Item(question, other.part(left, left + size), (), True)
                start, end = min(a for a, _ in one.spans), max(b for _, b in one.spans)
                left, right = without(passage, start, end, size, chance)
                if right - left > 60:
                    return Item(question, passage.part(left, right), (), True)
            return cropped(question, passage, one.spans, size, chance)


def spoilt(question: str, chance: np.random.Generator) -> str:
    """Leave out a character now and then, from one question in three."""
    if chance.random() > 0.33:
        return question
    return "".join(character for character in question if chance.random() > 0.06)


def rivals_of(asked: Sequence[Asked], analyse: Callable[[str], Analysed], most: int = 4) -> dict[int, list[str]]:
    """Find for every question the passages that share most of its rare words and hold none of its answers."""
    passages = list(dict.fromkeys(one.context for one in asked))
    postings: dict[int, list[int]] = {}
    for at, context in enumerate(passages):
        for key in np.unique(analyse(context).keys).tolist():
            postings.setdefault(key, []).append(at)
    found: dict[int, list[str]] = {}
    for at, one in enumerate(asked):
        scores = np.zeros(len(passages), dtype=np.float32)
        for key in np.unique(analyse(one.question).keys).tolist():
            held = postings.get(key, [])
            if held and len(held) < len(passages) // 4:
                scores[held] += np.log(len(passages) / len(held))
        best = [passages[place] for place in np.argsort(-scores)[: most + 2].tolist()]
        found[at] = [context for context in best if context != one.context and not any(a in context for a in one.answers)][:most]
    return found


@dataclass
class Material:
    """Everything the batches are drawn from, and the held-out questions."""

    lexicon: Lexicon
    vectors: FloatArray
    analyse: Callable[[str], Analysed]
    written: Written
    sources: Sequence[Source]
    genre: Written | None
    held_out: Sequence[Asked]

    @classmethod
    def of(
        cls, data: Path, genre: Path | None, recipe: ReaderRecipe, work: Path, *, known: tuple[Lexicon, FloatArray] | None = None
    ) -> Material:
        """Read it; what is known before training is kept in `work` for a run that goes on. known: the lexicon and vectors of a trained network."""
        asked, held_out = parted(read_asked(data / "reader" / "cmrc2018-train.jsonl.gz"))
        contexts = list(dict.fromkeys(one.context for one in asked))
        policies, laws = (list(passages_of(data, name, most=recipe.passages)) for name in ("policies", "laws"))
        work.mkdir(parents=True, exist_ok=True)
        texts = [*contexts, *(text for _, text in (*policies, *laws))]
        lexicon, vectors, near = kept_start(work / "start.npz", lambda: start_of(MODEL, texts, size=recipe.words))
        lexicon, vectors = known or (lexicon, vectors)
        analyse = lexicon.analyser()
        return cls(
            lexicon, vectors, analyse,
            Written(asked, analyse, rivals_of(asked, analyse)),
            (
                Source([(topic_of(context), context) for context in contexts], analyse, near, Habits()),
                *(Source(passages, analyse, near, Habits(titled=0.15)) for passages in (policies, laws)),
            ),
            Written(read_asked(genre), analyse, {}) if genre else None,
            held_out,
        )  # fmt: skip

    def network(self, recipe: ReaderRecipe) -> ReaderNetwork:
        """Make an untrained network over the lexicon."""
        shape = Shape(characters=2 + len(self.lexicon.characters), words=self.vectors.shape[1], width=recipe.width)
        return ReaderNetwork(shape, torch.from_numpy(self.vectors))

    def rivals(self, asked: Sequence[Asked]) -> Mapping[int, Sequence[str]]:
        """Give for every question, by its place, the passages of `asked` most like its own that do not answer."""
        return rivals_of(asked, self.analyse)

    def batch(self, step: int, recipe: ReaderRecipe) -> list[Item]:
        """Draw the questions of a step; the same step always gives the same."""
        chance = np.random.default_rng([recipe.seed, step])
        size = SIZES[int(chance.integers(len(SIZES)))]
        second = step >= recipe.made
        written = recipe.second_written if second else recipe.first_written
        genre = (recipe.second_genre if second else recipe.first_genre) if self.genre else 0.0
        items = []
        for draw in chance.random(recipe.batch):
            if draw < written:
                items.append(self.written.item(chance, size, recipe.absent))
            elif self.genre and draw < written + genre:
                items.append(self.genre.item(chance, size, OFTEN_ABSENT))
            else:
                source = self.sources[int(chance.choice(len(self.sources), p=SHARES))]
                items.append(source.item(chance, size, recipe.absent))
        return items


def kept_start(path: Path, make: Callable[[], Start]) -> Start:
    """Give what was made and kept at `path`, or make and keep it."""
    names = ("characters", "keys", "rows", "weights")
    if path.is_file():
        with np.load(path, allow_pickle=False) as kept:
            near = json.loads(str(kept["near"]))
            return Lexicon(*(kept[name] for name in names)), kept["vectors"], near
    lexicon, vectors, near = make()
    tables = {name: getattr(lexicon, name) for name in names}
    with path.open("wb") as file:
        np.savez(file, vectors=vectors, near=np.array(json.dumps(near, ensure_ascii=False)), **tables)
    return lexicon, vectors, near


def topic_of(context: str) -> str:
    """Guess what a paragraph of an encyclopaedia is about: what stands before its first bracket or verb, "" when that is no name."""
    head = context[:24]
    for mark in ("（", "(", "，", "是", "位于", "为"):
        head = head.split(mark)[0]
    return head if 1 < len(head) < 12 else ""


def stacked(items: Sequence[Item]) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]], dict[str, NDArray[Any]]]:
    """Pad items to one size: arrays of the questions, of the passages, and the targets."""
    targets = _targets(items)
    return (
        _side([(item.question, item.passage) for item in items]),
        _side([(item.passage, item.question) for item in items]),
        targets,
    )


def _side(texts: Sequence[tuple[Analysed, Analysed]]) -> dict[str, NDArray[Any]]:
    size = max(len(text) for text, _ in texts)
    count = len(texts)
    side: dict[str, NDArray[Any]] = {
        "rows": np.ones((count, size), dtype=np.int64),
        "words": np.zeros((count, size), dtype=np.int64),
        "tags": np.zeros((count, size), dtype=np.int64),
        "places": np.zeros((count, size), dtype=np.int64),
        "mask": np.zeros((count, size), dtype=np.float32),
    }
    in_common = [shared(text, other) for text, other in texts]
    side["shared"] = np.zeros((count, size, in_common[0].shape[1]), dtype=np.float32)
    for at, ((text, _), common) in enumerate(zip(texts, in_common, strict=True)):
        long = len(text)
        side["rows"][at, :long] = text.rows
        side["words"][at, :long] = text.words
        side["tags"][at, :long] = text.tags
        side["places"][at, :long] = text.places
        side["mask"][at, :long] = 1
        side["shared"][at, :long] = common
    return side


def _targets(items: Sequence[Item]) -> dict[str, NDArray[Any]]:
    size = max(len(item.passage) for item in items)
    targets = {
        "starts": np.zeros((len(items), size + 1), dtype=np.float32),
        "ends": np.zeros((len(items), size + 1), dtype=np.float32),
        "inside": np.zeros((len(items), size), dtype=np.float32),
        "marked": np.array([item.marked for item in items], dtype=np.float32),
    }
    for at, item in enumerate(items):
        for start, end in item.spans:
            targets["starts"][at, start + 1] = 1
            targets["ends"][at, end] = 1
            targets["inside"][at, start:end] = 1
        if not item.spans:
            targets["starts"][at, 0] = targets["ends"][at, 0] = 1
    return targets
