"""What the program could have answered: a draft of every kind and of every reading for each question, and which of them is right.

    python -m eval.drafts QUESTIONS=FOLDER… [-o drafts.jsonl.gz]

A draft that the guards of answers turn away is left out, one below the threshold is not. The table says where answers are lost: a wrong
answer or a refusal with a right draft beside it was a wrong choice, one without was not drafted at all. With -o all drafts are written,
with what they rest on, for a network or weights that are to choose among them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.metrics import fault_of
from eval.run import read_questions
from eval.types import Question

if TYPE_CHECKING:
    from assistant.answering.draft import Draft
    from assistant.library.library import Library
    from assistant.reading.candidates import Candidate
    from assistant.reading.types import PassageReader

MOST_PLACES = 4
"""Passages of a draft that are written down."""


@dataclass(frozen=True, slots=True)
class Place:
    """A passage a draft rests on, with title and headings, and the half-open ranges of its characters that answer."""

    context: str
    answering: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """One draft. source: the kind of answer it was drafted as, or "reading", and what it rests on.  given: it is the answer.  right: it would pass.

    features: see `assistant.reading.candidates.described`.
    """

    source: str
    text: str
    given: bool
    right: bool
    features: Mapping[str, float]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A question, the reply to it and all drafts. set: it belongs to; open: another draft may be said.  passed: of the reply; refusing is right where the question has no answer."""

    id: str
    group: str
    question: str
    kind: str
    set: str
    open: bool
    confidence: float
    answerable: bool
    refused: bool
    passed: bool
    drafts: tuple[Drafted, ...]

    @property
    def reachable(self) -> bool:
        """Would one of the drafts, or the reply, be right?"""
        return self.passed or any(draft.right for draft in self.drafts)


def sample_of(question: Question, library: Library, reader: PassageReader, *, name: str = "") -> Sample:
    """Ask a question and draft all else that could be said. name: of the set, before the id and the group (the document that answers)."""
    from assistant.answer import answer
    from assistant.answering.evidence import gather
    from assistant.question.understand import understand
    from assistant.reading import choice
    from assistant.reading.candidates import candidates
    from assistant.reading.checked import found_of

    reply = answer(question.question, library, history=question.history)
    query = understand(question.question, library.knowledge, history=question.history)
    gathered = gather(query, library)
    found = candidates(query, reply, gathered, found_of(query, gathered, library), library, reader)
    drafts = tuple(_judged(question, one) for one in found)
    passed = not fault_of(question, reply.answer, refused=reply.abstained)
    group = question.docs[0] if question.docs else question.id
    doubtful = choice.open_to_doubt(query, reply)
    return Sample(
        f"{name}{question.id}", f"{name}{group}", question.question, query.kind, name, doubtful, reply.confidence, question.answerable, reply.abstained, passed, drafts
    )


def _judged(question: Question, one: Candidate) -> Drafted:
    right = question.answerable and not fault_of(question, one.draft.text)
    features = {name: round(value, 4) for name, value in one.features.items()}
    return Drafted(f"{one.kinds[0]}:{one.draft.basis}", one.draft.text, bool(features["given"]), right, features, tuple(_places(one.draft)))


def _places(draft: Draft) -> Iterator[Place]:
    from corpus.windows import SEPARATOR

    for quote in draft.quotes[:MOST_PLACES]:
        head = SEPARATOR.join(part for part in (quote.document.card.title, *quote.path) if part)
        lead = len(head) + 1 - quote.span.start
        marks = tuple((mark.start + lead, mark.end + lead) for mark in quote.highlights if quote.span.covers(mark))
        yield Place(f"{head}\n{quote.span.of(quote.document.text)}", marks)


def samples(questions: Path, folder: Path) -> Iterator[Sample]:
    """Ask a set in a throw-away library over a folder of documents. The replies are those of the rules: nothing is chosen yet."""
    from assistant import Assistant
    from assistant.config import Config
    from assistant.reading.types import CHECK, open_reader

    reader = open_reader("")
    with tempfile.TemporaryDirectory() as place, Assistant.open(place, Config(reader=CHECK)) as assistant:
        assistant.add([folder])
        for question in read_questions(questions):
            yield sample_of(question, assistant.library(), reader, name=f"{folder}/")


def table(found: Sequence[Sample]) -> str:
    """Say what is right, what could be, and what the right drafts were that were not given."""
    asked = [one for one in found if one.answerable]
    wrong = [one for one in asked if not one.passed and not one.refused]
    refused = [one for one in asked if not one.passed and one.refused]
    lines = [
        f"answerable {len(asked)}: right {sum(one.passed for one in asked)}, right with the best choice {sum(one.reachable for one in asked)}",
        f"  answered wrongly {len(wrong)}, with a right draft {sum(one.reachable for one in wrong)}",
        f"  refused {len(refused)}, with a right draft {sum(one.reachable for one in refused)}",
        f"drafts a question {sum(len(one.drafts) for one in found) / max(len(found), 1):.1f}",
    ]
    sources = Counter(next(draft.source for draft in one.drafts if draft.right) for one in (*wrong, *refused) if one.reachable)
    lines += [f"  {count:4d} {source}" for source, count in sources.most_common()]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, print the table of each set and write the drafts."""
    parser = argparse.ArgumentParser(prog="python -m eval.drafts", description="What could have been answered, and what was chosen of it.")
    parser.add_argument("sets", nargs="+", metavar="QUESTIONS=FOLDER")
    parser.add_argument("-o", "--out", type=Path, help="write all drafts here, one question a line")
    wanted = parser.parse_args(arguments)
    everything: list[Sample] = []
    for one in wanted.sets:
        questions, _, folder = one.partition("=")
        found = tuple(samples(Path(questions), Path(folder)))
        print(f"{questions}\n{table(found)}", flush=True)
        everything += found
    if wanted.out:
        with gzip.open(wanted.out, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(sample), ensure_ascii=False) + "\n" for sample in everything)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
