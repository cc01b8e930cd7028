"""Make questions from whole documents, each with its passage, or with one that does not hold the answer.

    python -m index.training.questions.make DATA OUT [--seed N] [--laws N] [--items N]

DATA holds `scale/laws.jsonl.gz` and `scale/policies.jsonl.gz`. OUT gets `train.jsonl.gz` and `eval.jsonl.gz`, lines of
{id, kind, question, context, answers, start}: `answers` empty and `start` null where the context does not answer, else
`context[start:start + len(answers[0])] == answers[0]`. The same data and seed give the same files.

A document is either trained on or kept for measuring, by `pairs.is_held_out`; documents whose passages a retrieval set asks for
(`retrieval/policy-heading`) are kept for measuring too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.parse import parse_source
from corpus.types import Document, Passage, Source, Span
from corpus.windows import LIMIT, Window, window_of
from index.training.pairs import is_held_out
from index.training.questions.clauses import Stated, items_of, stated_in, stated_once
from index.training.questions.facts import stated_by_facts
from index.training.questions.wording import asked, everyday, framed, loosened

PER_LAW, PER_POLICY = 14, 44
OF_A_KIND = 9
"""Questions of one kind a document gives at most, so that reports do not only ask for figures."""

UNANSWERED = 0.55
"""So many questions without an answer are made for one with an answer; a quarter of the tries finds no fit passage."""

MEASURED, MEASURED_UNANSWERED = 900, 0.35
"""Items of the evaluation set, and the share of them without an answer."""

_HAN = re.compile("[㐀-鿿]")
_PLACE = re.compile(r"^.{2,10}?(?:省|市|县|自治区|自治州|自治县|区)")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the files."""

    id: str
    kind: str
    question: str
    context: str
    answer: str
    start: int | None

    def as_json(self) -> dict[str, object]:
        answers = [self.answer] if self.start is not None else []
        return {"id": self.id, "kind": self.kind, "question": self.question, "context": self.context, "answers": answers, "start": self.start}


@dataclass(frozen=True, slots=True)
class Home:
    """A document with its windows and what it states. identity: of `scale`.  title: as a question may name it."""

    identity: str
    title: str
    document: Document
    windows: tuple[Window, ...]
    stated: tuple[Stated, ...]


def home_of(row: dict[str, str]) -> Home:
    """Parse a document, {id, title, text}, and find out what can be asked about it."""
    title = row["title"] if _HAN.search(row["title"]) else ""
    text = f"{title}\n{row['text']}" if title else row["text"]
    document = parse_source(Source(text, "text", title=title), f"{row['id']}.txt")
    children = defaultdict(list)
    for section in document.sections:
        children[section.parent].append(section)
    stated: list[Stated] = []
    if title:
        stated += stated_once(document, title)
    ruling = sum(section.family == "article" for section in document.sections) > 3
    for section in document.sections:
        stated += items_of(document, section, children[section.index])
        stated += stated_in(document, section, ruling=ruling)
    stated += stated_by_facts(document)
    windows = {window_of(document, p).span: window_of(document, p) for p in document.passages if p.kind != "heading"}
    return Home(row["id"], title, document, tuple(windows.values()), tuple(stated))


def items_from(home: Home, similar: Sequence[Home], rng: random.Random, *, most: int, unanswered: float) -> Iterator[Item]:
    """Draw at most `most` questions of a document, kinds in turn, each with its passage; some again with another passage.

    similar: documents with titles like this one's.  unanswered: how many of the questions are tried without their answer.
    """
    by_kind: dict[str, list[Stated]] = defaultdict(list)
    for one in home.stated:
        by_kind[one.kind].append(one)
    for found in by_kind.values():
        rng.shuffle(found)
        del found[OF_A_KIND:]
    kinds = sorted(by_kind)
    rng.shuffle(kinds)
    made = turn = 0
    while made < most and any(by_kind.values()) and turn < 40 * most:
        kind = kinds[turn % len(kinds)]
        turn += 1
        if not by_kind[kind]:
            continue
        stated = by_kind[kind].pop()
        window = _window(home.document, stated, rng)
        if window is None:
            continue
        identity = f"{home.identity}-{made}"
        elsewhere = [other for other in similar if other is not home]
        missing = rng.random() < unanswered
        where = home.title if home.title and (kind in ("purpose",) or rng.random() < (0.45 if missing and elsewhere else 0.15)) else ""
        question = _question(stated, rng, where)
        yield _item(identity, stated, window, question)
        made += 1
        if missing and (other := _unanswering(home, elsewhere if where or "title" in stated.slots else [], stated, window, question, rng)) is not None:
            yield Item(f"{identity}-no", kind, question, other, "", None)


def _question(stated: Stated, rng: random.Random, where: str) -> str:
    short = _short_title(where, rng) if where else ""
    if stated.kind == "as_is":
        said = loosened(stated.slots["question"], rng)
        # A part without the question word asks nothing.
        return framed(said if re.search("哪些|什么", said) else everyday(stated.slots["question"], rng), rng, where=short)
    if "title" in stated.slots:
        return asked(stated.kind, {"title": _short_title(stated.slots["title"], rng)}, rng)
    return asked(stated.kind, stated.slots, rng, where=short)


def _short_title(title: str, rng: random.Random) -> str:
    bare = title.removeprefix("中华人民共和国")
    return rng.choice((f"《{title}》", bare, bare, f"《{bare}》"))


def _window(document: Document, stated: Stated, rng: random.Random) -> Window | None:
    """The passage that holds the answer, as the product reads it; now and then only the passage itself."""
    home = next((p for p in document.passages if p.span.start <= stated.answer.start < p.span.end), None)
    if home is None or home.kind == "heading":
        return None
    first = next((p for p in document.passages if p.span.start <= stated.sentence.start < p.span.end), home)
    tries: list[Passage] = [first, home]
    for passage in tries:
        window = window_of(document, passage, limit=rng.choice((LIMIT, LIMIT, LIMIT, 250)))
        if window.span.covers(stated.answer) and window.span.start <= stated.sentence.start:
            return window
    whole = Span(first.span.start, max(home.span.end, stated.answer.end))
    return Window(document, whole, first.path[:-1]) if len(whole) <= LIMIT + 100 else None


def _item(identity: str, stated: Stated, window: Window, question: str) -> Item:
    start = len(window.head) + stated.answer.start - window.span.start
    return Item(identity, stated.kind, question, window.context, window.document.text[stated.answer.start : stated.answer.end], start)


def _unanswering(home: Home, elsewhere: Sequence[Home], stated: Stated, window: Window, question: str, rng: random.Random) -> str | None:
    """A context for the question that does not answer it: the passage without the sentence, or a passage that comes close."""
    answer = home.document.text[stated.answer.start : stated.answer.end]
    if not elsewhere and rng.random() < 0.25:
        text = window.context
        lead = len(window.head) - window.span.start
        left = text[: lead + stated.sentence.start] + text[lead + stated.sentence.end :].lstrip("。；;,，")
        return left if len(left) > len(window.head) + 60 and answer not in left else None
    pool = [w for other in elsewhere for w in other.windows] or [w for w in home.windows if not w.span.overlaps(window.span)]
    # The title in a question would choose the passages that repeat it.
    wanted = Counter(_pairs(" ".join(value for name, value in stated.slots.items() if name != "title") or question))
    own = _shared(wanted, window.context[len(window.head) :])
    scored = []
    for other in pool:
        text = other.span.of(other.document.text)
        if answer not in text and len(text) >= 40:
            scored.append((_shared(wanted, text), rng.random(), other))
    # A passage that covers the question better than its own does may well answer it, unless it is another place's.
    fit = [s for s in sorted(scored, key=lambda s: s[:2], reverse=True) if elsewhere or s[0] < 0.9 * own]
    return rng.choice(fit[:4])[2].context if fit else None


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def _shared(wanted: Counter[str], text: str) -> int:
    there = set(_pairs(text))
    return sum(n for pair, n in wanted.items() if pair in there)


# ---------------------------------------------------------------- the files


def make(data: Path, out: Path, *, seed: int = 0, laws: int = 2400, measured: int = MEASURED) -> dict[str, int]:
    """Write both files; gives how many items each kind got in training."""
    rng = random.Random(seed)
    rows = list(_rows(data / "scale" / "laws.jsonl.gz"))
    rng.shuffle(rows)
    rows = rows[:laws]
    policies = list(_rows(data / "scale" / "policies.jsonl.gz"))
    asked_for = _asked_for(data / "retrieval" / "policy-heading")
    homes = [home_of(row) for row in (*rows, *policies)]
    law_count = len(rows)
    families: dict[str, list[Home]] = defaultdict(list)
    for home in homes:
        families[_family(home.title)].append(home)
    train: list[Item] = []
    held: list[Item] = []
    for at, home in enumerate(homes):
        kept_out = is_held_out(home.identity) or any(key in home.document.text for key in asked_for)
        near = families[_family(home.title)]
        similar = [h for h in rng.sample(near, min(len(near), 6)) if is_held_out(h.identity) == is_held_out(home.identity)] if home.title else []
        most = PER_LAW if at < law_count else PER_POLICY
        items = list(items_from(home, similar, rng, most=most // 2 if kept_out else most, unanswered=UNANSWERED))
        (held if kept_out else train).extend(items)
    rng.shuffle(train)
    _write(out / "train.jsonl.gz", train)
    _write(out / "eval.jsonl.gz", _measured(held, measured, rng))
    return dict(Counter(item.kind + ("" if item.start is not None else "-no") for item in train))


def _family(title: str) -> str:
    """Documents of other places or years on the same subject: 燃气管理条例, 政府工作报告."""
    bare = re.sub(r"^\d{4}年", "", title)
    return _PLACE.sub("", bare)[-8:]


def _measured(held: Sequence[Item], count: int, rng: random.Random) -> list[Item]:
    """Draw the evaluation set, kinds in equal parts as far as there are any."""
    chosen: list[Item] = []
    for unanswered, wanted in ((True, round(count * MEASURED_UNANSWERED)), (False, round(count * (1 - MEASURED_UNANSWERED)))):
        by_kind: dict[str, list[Item]] = defaultdict(list)
        for item in held:
            if (item.start is None) == unanswered:
                by_kind[item.kind].append(item)
        for found in by_kind.values():
            rng.shuffle(found)
        taken: list[Item] = []
        while len(taken) < wanted and any(by_kind.values()):
            taken += [found.pop() for kind, found in sorted(by_kind.items()) if found]
        chosen += taken[:wanted]
    return chosen


def _asked_for(folder: Path) -> list[str]:
    """Give a stretch of every passage that the retrieval set asks for."""
    if not folder.is_dir():
        return []
    wanted = {line.split("\t")[1] for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()}
    texts = (row["text"] for row in _rows(folder / "corpus.jsonl.gz") if row["id"] in wanted)
    return [text[10:50] for text in texts if len(text) > 60]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _write(path: Path, items: Sequence[Item]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(path, "wb", mtime=0) as packed:
        for item in items:
            packed.write((json.dumps(item.as_json(), ensure_ascii=False) + "\n").encode())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m index.training.questions.make", description="Make questions from laws and policies.")
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--laws", type=int, default=2400)
    wanted = parser.parse_args(arguments)
    print(json.dumps(make(wanted.data, wanted.out, seed=wanted.seed, laws=wanted.laws), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
