"""Fit what tells the kind of answer a question wants (`assistant.question.question_kinds`) on questions whose kind is known.

    python -m eval.question_kinds FILE.jsonl[=FOLDER] [FILE.jsonl[=FOLDER] …] [-o question_kinds.json]

Lines hold at least `question` and `kind`. Questions with a FOLDER of documents are asked first: the kind by which one is answered rightly
is its kind, whatever the file says, because several kinds may serve (what the conditions are is a list and a measure). A question put in
other words, whose id is "p" and that of the first, has the kind of the first. Left out are questions in English, follow-ups and what cannot
be answered, as their kind is none of wording. The figures printed are of files that took no part in fitting, one folder after the other.
Multinomial logistic regression with an L2 penalty, by scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant import Assistant
from assistant.english.border import is_english
from assistant.question.kinds import kinds_of
from assistant.question.question_kinds import WEIGHTS_FILE, chosen, runs_of
from assistant.question.spelling import simplified
from assistant.question.wording import in_plain_words
from corpus.text import fold
from corpus.types import Span
from corpus.units import units_in
from eval.run import read_questions, run

RULED = 1.5
"""What the kind of the rules counts beside a run of characters."""
LEAST = 3
"""Questions that a run has to occur in, and groups of them: what one set of documents alone has is a name of its own, no way to ask."""
SMALLEST = 5
"""Hundredths; runs whose weights are all below tell nothing and are left out."""
INVERSE_PENALTY = 1.0
_NOT_OF_WORDING = frozenset(("follow_up", "unanswerable"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with its kind. ruled: its kind by the rules.  group: where it comes from."""

    folded: str
    kind: str
    ruled: str
    group: str


def read_labelled(path: Path, folder: Path | None = None) -> list[Labelled]:
    """Read the questions of a file that can be told by their wording. folder: the documents they are about, None for no matter."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    answered = _answered(path, folder) if folder else {}
    beside = path.with_name("questions.jsonl")
    if folder and path != beside and beside.is_file() and any(row["id"][1:] in _ids(beside) for row in rows):
        answered = {f"p{key}": kind for key, kind in _answered(beside, folder).items()} | answered
    found = []
    for row in rows:
        if row["kind"] in _NOT_OF_WORDING or row.get("history") or row.get("answerable") is False or is_english(row["question"]):
            continue
        folded = fold(in_plain_words(simplified(row["question"])))
        units = tuple(m.value for m in units_in(folded, Span(0, len(folded))))
        kind = answered.get(row.get("id", ""), row["kind"])
        found.append(Labelled(folded, kind, kinds_of(folded, folded, units)[0], str(path.parent)))
    return found


@cache
def _answered(path: Path, folder: Path) -> dict[str, str]:
    """Ask the questions of a file and give, by id, the kind by which each is answered that is answered rightly."""
    with tempfile.TemporaryDirectory() as place, Assistant.open(Path(place)) as assistant:
        assistant.add([folder])
        return {one.question.id: dict(one.answer.trace).get("kind", one.answer.kind) for one in run(assistant, read_questions(path)) if one.passed}


@cache
def _ids(path: Path) -> frozenset[str]:
    return frozenset(question.id for question in read_questions(path))


class Model:
    """A fitted model. rows: what it is fitted on."""

    def __init__(self, rows: Sequence[Labelled]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.linear_model import LogisticRegression

        self.ruled = sorted({row.ruled for row in rows})
        self._counter = CountVectorizer(analyzer=runs_of, vocabulary=_common(rows), binary=True)
        self._fitted = LogisticRegression(C=INVERSE_PENALTY, max_iter=1000)
        self._fitted.fit(self._matrix(rows), [row.kind for row in rows])

    def _matrix(self, rows: Sequence[Labelled]) -> Any:
        from scipy.sparse import csr_matrix, hstack

        ruled = np.array([[RULED * (row.ruled == kind) for kind in self.ruled] for row in rows])
        return hstack([self._counter.transform([row.folded for row in rows]), csr_matrix(ruled)]).tocsr()

    def kinds(self, rows: Sequence[Labelled]) -> list[str]:
        """Give the kinds that the product would take the questions to be of."""
        names = [str(kind) for kind in self._fitted.classes_]
        likely = self._fitted.predict_proba(self._matrix(rows))
        return [chosen(row.ruled, dict(zip(names, p, strict=True))) for row, p in zip(rows, likely.tolist(), strict=True)]

    def as_json(self) -> dict[str, Any]:
        """Give the weights as `assistant.question.question_kinds` reads them."""
        table = np.rint(100 * self._fitted.coef_.T).astype(int)
        names = [str(name) for name in self._counter.get_feature_names_out()]
        runs = {name: row.tolist() for name, row in zip(names, table, strict=False) if np.abs(row).max() >= SMALLEST}
        rules = {kind: np.rint(RULED * row).astype(int).tolist() for kind, row in zip(self.ruled, table[len(names) :], strict=True)}
        bias = np.rint(100 * self._fitted.intercept_).astype(int).tolist()
        return {"version": 1, "kinds": [str(kind) for kind in self._fitted.classes_], "bias": bias, "rules": rules, "runs": runs}


def _common(rows: Sequence[Labelled]) -> list[str]:
    """The runs of characters that enough questions of enough groups have."""
    asked: Counter[str] = Counter()
    groups: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for run_of in set(runs_of(row.folded)):
            asked[run_of] += 1
            groups[run_of].add(row.group)
    least = min(LEAST, len({row.group for row in rows}))
    return sorted(name for name, times in asked.items() if times >= LEAST and len(groups[name]) >= least)


def report(rows: Sequence[Labelled]) -> None:
    """Print for each group how often the rules and the model name the kind, the model fitted on the other groups."""
    print(f"{'group':44} {'n':>5} {'rules':>6} {'both':>6}")
    right: list[tuple[bool, bool]] = []
    for group in sorted({row.group for row in rows}):
        held = [row for row in rows if row.group == group]
        told = Model([row for row in rows if row.group != group]).kinds(held)
        both = [(row.ruled == row.kind, kind == row.kind) for row, kind in zip(held, told, strict=True)]
        right += both
        print(f"{group[-44:]:44} {len(held):5} {np.mean([r for r, _ in both]):6.3f} {np.mean([m for _, m in both]):6.3f}", flush=True)
    print(f"{'all':44} {len(right):5} {np.mean([r for r, _ in right]):6.3f} {np.mean([m for _, m in right]):6.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], epilog="example: python -m eval.question_kinds eval/questions/wordings.jsonl eval/questions/samples.jsonl=corpus/samples")
    parser.add_argument("files", nargs="+", metavar="FILE[=FOLDER]")
    parser.add_argument("-o", "--out", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    pairs = [given.partition("=") for given in arguments.files]
    rows = [row for path, _, folder in pairs for row in read_labelled(Path(path), Path(folder) if folder else None)]
    if len({row.group for row in rows}) > 1:
        report(rows)
    stored = Model(rows).as_json()
    lines = [f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}" for name, value in stored.items() if name != "runs"]
    runs = ",\n".join(f"{json.dumps(run, ensure_ascii=False)}:{json.dumps(row, separators=(',', ':'))}" for run, row in sorted(stored["runs"].items()))
    arguments.out.write_text("{" + ",\n".join(lines) + ',\n"runs": {\n' + runs + "\n}}\n", encoding="utf-8")
    print(f"{len(rows)} questions, {len(stored['runs'])} runs of characters")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
