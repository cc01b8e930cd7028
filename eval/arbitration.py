"""Fit who is believed, the rules or the network (`assistant/reading/arbiter.json`), and say what that gains.

    python -m eval.arbitration QUESTIONS=FOLDER… [--as NAME] [--save FILE] [--read FILE…] [-o arbiter.json]

Every question is answered by the rules and read by the network; what both would say is judged by the rule of `eval.run`. The probability that an
offer is right is fitted on all offers; which of them may be taken is said by `assistant.reading.arbiter`. Figures are from
cross-validation by document.

Rules that were worked on with the same questions seem better than they are. So what was asked with an older state of the program,
before anybody had read the questions, can be kept with --save there and be read with --read here.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from eval.calibrate import fit
from eval.metrics import fault_of
from eval.run import read_questions

FOLDS = 5
PENALTY = 1.0
OFFERED = 3
"""What a question counts among the offers, however many it has."""
OFFER = ("score", "present", "sure", "own", "around", "fit", "whole", "first", "near")

@dataclass(frozen=True, slots=True)
class Offered:
    """One offer for a question. right: it would pass.  fitting: may it be taken?  features: see `assistant.reading.offers`."""

    right: bool
    text: str
    fitting: bool
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sample:
    """A question with what the rules say. group: samples of one group are judged by weights that saw none of them."""

    id: str
    group: str
    question: str
    given: str
    right: bool
    offers: tuple[Offered, ...]


def asked(questions: Path, folder: Path, name: str) -> Iterator[Sample]:
    """Ask a set in a throw-away library; questions that the network does not read are left out."""
    from assistant import Assistant
    from assistant.answer import answer
    from assistant.answering.evidence import gather
    from assistant.config import Config
    from assistant.question.understand import understand
    from assistant.reading import arbiter
    from assistant.reading.offers import offers
    from assistant.reading.sights import look
    from assistant.reading.types import open_reader

    reader = open_reader("")
    with tempfile.TemporaryDirectory() as place, Assistant.open(place, Config(reader="rules")) as assistant:
        assistant.add([folder])
        library = assistant.library()
        for question in read_questions(questions):
            query = understand(question.question, library.knowledge, history=question.history)
            if not arbiter.readable(query):
                continue
            given = answer(question.question, library, history=question.history)
            found = []
            for offer in offers(query, look(query, gather(query, library), reader)):
                right = question.answerable and not fault_of(question, offer.draft.text)
                found.append(Offered(right, offer.draft.text, arbiter.fitting(given, offer), dict(offer.features)))
            passed = not fault_of(question, given.answer, refused=given.abstained)
            group = question.docs[0] if question.docs and question.answerable else str(crc32(question.id.encode()) % 9)
            yield Sample(f"{name}/{question.id}", f"{name}/{group}", question.question, given.answer, passed, tuple(found))


def of_offers(samples: Sequence[Sample]) -> np.ndarray[Any, Any]:
    """Fit the probability that an offer is right."""
    rows = [(offer, OFFERED / len(one.offers)) for one in samples for offer in one.offers]
    x = np.array([[*(offer.features[name] for name in OFFER), 1.0] for offer, _ in rows])
    return fit(x, np.array([float(offer.right) for offer, _ in rows]), penalty=PENALTY, counts=np.array([count for _, count in rows]))


def best_of(sample: Sample, weights: np.ndarray[Any, Any]) -> Offered | None:
    """The likeliest of the offers that may be taken."""
    fitting = [offer for offer in sample.offers if offer.fitting]
    return max(fitting, key=lambda offer: float(np.dot([*(offer.features[name] for name in OFFER), 1.0], weights)), default=None)


def report(samples: Sequence[Sample], *, show: bool = False) -> None:
    """Print what taking offers gains and loses, by weights that saw no question of the same documents."""
    fold = [crc32(one.group.encode()) % FOLDS for one in samples]
    taken: list[tuple[Sample, Offered]] = []
    for held in range(FOLDS):
        weights = of_offers([one for one, at in zip(samples, fold, strict=True) if at != held])
        taken += [(one, best) for one, at in zip(samples, fold, strict=True) if at == held and (best := best_of(one, weights))]
    gained = [(one, best) for one, best in taken if best.right and not one.right]
    lost = [(one, best) for one, best in taken if one.right and not best.right]
    print(f"questions {len(samples)}, right by rules {sum(one.right for one in samples)}; offers taken {len(taken)}, gained {len(gained)}, lost {len(lost)}")
    for name in dict.fromkeys(one.id.split("/")[0] for one in samples):
        print(f"  {name}: gained {sum(one.id.startswith(name) for one, _ in gained)}, lost {sum(one.id.startswith(name) for one, _ in lost)}")
    for sign, pairs in (("+", gained), ("-", lost)) if show else ():
        for one, best in pairs:
            print(" ", sign, one.id, one.question, "|", one.given[:60].replace("\n", "/"), "|", best.text[:90])


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, fit, print and write."""
    parser = argparse.ArgumentParser(prog="python -m eval.arbitration", description="Fit who is believed, the rules or the network.")
    parser.add_argument("sets", nargs="*", metavar="QUESTIONS=FOLDER")
    parser.add_argument("--as", dest="name", default="", help="prefix of the ids of these questions")
    parser.add_argument("--save", type=Path, help="keep what was asked")
    parser.add_argument("--read", type=Path, nargs="*", default=[], help="what was kept, also by another state of the program")
    parser.add_argument("--show", action="store_true", help="show gained and lost questions")
    parser.add_argument("-o", "--out", type=Path, help="write the weights")
    wanted = parser.parse_args(arguments)
    sets = [pair.partition("=") for pair in wanted.sets]
    samples = [one for at, (questions, _, folder) in enumerate(sets) for one in asked(Path(questions), Path(folder), f"{wanted.name}{at}")]
    if wanted.save:
        wanted.save.write_text(json.dumps([asdict(one) for one in samples], ensure_ascii=False), encoding="utf-8")
        return 0
    for file in wanted.read:
        for row in json.loads(file.read_text(encoding="utf-8")):
            samples.append(Sample(**{**row, "offers": tuple(Offered(**offer) for offer in row["offers"])}))
    samples = [one for one in samples if one.offers]
    report(samples, show=wanted.show)
    if wanted.out:
        stored = {"version": f"fit-{len(samples)}", "weights": _named(OFFER, of_offers(samples))}
        wanted.out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


def _named(names: Sequence[str], weights: np.ndarray[Any, Any]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip((*names, "bias"), weights, strict=True)}


if __name__ == "__main__":
    raise SystemExit(main())
