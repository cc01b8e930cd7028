"""Triples of somebody, a document and a surface of the library: whatever a surface tells, nothing in it may come from a document that is not
in his collections, and an address of such a document is answered as an absent one.

Each round arranges documents and collections anew, asks every surface about every document for every person, and counts. A document that
may be seen has to be found by the same surfaces, so that silence would be noticed too.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from assistant import Assistant
from assistant.accounts import collections
from assistant.accounts.types import Principal
from assistant.config import Config
from assistant.export.matrix_file import matrix_file
from assistant.programs import verbs
from assistant.programs.verbs import Where
from assistant.web.source import Place, render_panel
from assistant.web.texts import TEXTS
from corpus.errors import PolicyAssistantError

DOCUMENTS, COLLECTIONS, PEOPLE = 20, 5, 12
_NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
_TOPICS = (
    "桥梁检测", "渡口巡查", "茶园虫害", "冷库登记", "校车年审", "电梯维保", "河道清淤", "夜市管理", "粮仓通风", "古树挂牌",
    "锅炉核验", "雷达校准", "路灯更换", "溶洞监测", "烟囱拆除", "矿坑回填", "泵站检修", "索道停运", "窑炉改造", "浮桥加固",
)  # fmt: skip

Surface = Callable[[Assistant, "Known"], Any]


@dataclass(frozen=True)
class Known:
    """A document of the test. marks: words that stand in this document and in no other."""

    id: str
    name: str
    title: str
    topic: str
    unit: str

    @property
    def marks(self) -> tuple[str, ...]:
        return (self.id, self.name, self.title, self.topic, self.unit)


def _text(at: int) -> tuple[str, str, str, str, str]:
    place, topic = f"{_NAMES[at]}山区", _TOPICS[at]
    title, unit = f"{place}{topic}工作方案", f"{place}{topic[:2]}事务中心"
    body = (
        f"{title}\n\n{place}人民政府\n2024年{at % 12 + 1}月5日\n\n一、主要任务\n"
        f"1.{topic}。2024年{at % 9 + 3}月底前,完成{topic}{at + 11}处。(牵头单位:{unit};配合单位:{place}财政局)\n"
        f"二、名词解释\n{topic}是指对{topic[:2]}进行的{topic[2:]}工作。\n"
    )
    return f"{place}{topic}.txt", title, topic, unit, body


# ---------------------------------------------------------------- surfaces


def _shown(view: Assistant, name: str) -> Any:
    return [verbs.show(view, name, part) for part in ("card", "outline", "facts", "text")]


def _panel(view: Assistant, one: Known) -> str:
    return render_panel(view.store.document(one.id), Place(), (), TEXTS["zh"], "/x")


def _answer(view: Assistant, question: str, where: Where = verbs.EVERYWHERE) -> Any:
    found = verbs.ask(view, question, where)
    return {**found.as_json(), "question": "", "trace": found.trace, "suggestions": found.suggestions} if found.status == "answered" else found.citations


OF_ONE: dict[str, Surface] = {
    "show by id": lambda view, one: _shown(view, one.id),
    "show by name": lambda view, one: _shown(view, one.name),
    "show by title": lambda view, one: _shown(view, one.title),
    "source panel": _panel,
    "original file": lambda view, one: view.store.original(one.id).decode(),
    "remarks": lambda view, one: (view.remarks(one.id), one.id),
    "ask within it": lambda view, one: _answer(view, f"{one.topic}由谁牵头?", Where(documents=(one.id,))),
    "ask about it": lambda view, one: _answer(view, f"{one.topic}由谁牵头?"),
    "search for it": lambda view, one: verbs.search(view, one.topic)["hits"],
    "filter by place": lambda view, one: [view.store.name_of(i) for i in view.select(place=one.title[:3])],
    "tasks of its unit": lambda view, one: [str(task) for task in verbs.tasks(view, unit=one.unit)],
}
OF_ALL: dict[str, Callable[[Assistant], Any]] = {
    "documents": verbs.documents,
    "tasks": lambda view: [str(task) for task in verbs.tasks(view)],
    "tasks as csv": lambda view: matrix_file(verbs.tasks(view), "csv").decode("utf-8-sig"),
    "passages": lambda view: [(e.document_id, e.passage.span.of(e.document.text)) for e in view.store.passages()],
    "editions": lambda view: [str(edition) for edition in view.store.editions()],
    "origins": lambda view: view.store.origins(),
}
ASKED: dict[str, Callable[[Known], str]] = {
    **dict.fromkeys(("show by id", "source panel", "original file", "remarks"), lambda one: one.id),
    "show by name": lambda one: one.name,
    "show by title": lambda one: one.title,
    "ask within it": lambda one: one.id,
    "filter by place": lambda one: one.title[:3],
}
"""What somebody named himself, and a refusal may therefore say again."""
SURFACES = (*OF_ONE, *OF_ALL)


def _told(ask: Callable[[], Any]) -> tuple[bool, str]:
    try:
        return True, json.dumps(ask(), ensure_ascii=False, default=str)
    except PolicyAssistantError as error:
        return False, f"{error.code} {error.message} {error.remedy}"


# ---------------------------------------------------------------- counting


@dataclass
class Count:
    triples: int = 0
    hidden: int = 0
    leaks: int = 0
    missed: int = 0
    first: str = ""

    def note(self, who: Principal, one: Known, surface: str, sees: bool, found: bool, text: str) -> None:
        """Count a triple. What somebody names himself may stand in the refusal; everything else of a hidden document is a leak."""
        self.triples += 1
        self.hidden += not sees
        asked = ASKED[surface](one) if surface in ASKED and not found else ""
        named = [mark for mark in one.marks if mark not in asked]
        if not sees and any(mark in text for mark in named):
            self.leaks += 1
            self.first = self.first or f"{surface} of {one.name} for {sorted(who.collections or ())}: {text[:300]}"
        if sees and not (found and any(mark in text for mark in one.marks)):
            self.missed += 1
            self.first = self.first or f"missed: {surface} of {one.name}: {text[:300]}"


def build(folder: Path) -> tuple[Assistant, list[Known], list[str]]:
    """Open a library with the documents, each alone in the default collection, and empty collections."""
    config = Config(library=str(folder / "library"))
    assistant = Assistant.open(config.library_folder, config)
    paths = []
    for at in range(DOCUMENTS):
        name, *_, body = _text(at)
        paths.append(folder / name)
        paths[-1].write_text(body, encoding="utf-8")
    assistant.add(paths)
    ids = {listing.name: listing.id for listing in assistant.store.documents()}
    known = [Known(ids[name], name, title, topic, unit) for name, title, topic, unit, _ in map(_text, range(DOCUMENTS))]
    made = [collections.create_collection(assistant.store.database, f"文件集{n}", by="test") for n in range(COLLECTIONS)]
    return assistant, known, made


def arranged(assistant: Assistant, known: list[Known], made: list[str], chance: random.Random) -> dict[str, set[str]]:
    """Put every document into one or two collections; give the collections of each."""
    held: dict[str, set[str]] = {}
    for one in known:
        chosen = chance.sample(made, chance.choice((1, 1, 2)))
        collections.move_documents(assistant.store.database, chosen[0], [one.id], by="test")
        for other in chosen[1:]:
            collections.put_documents(assistant.store.database, other, [one.id], by="test")
        held[one.id] = set(chosen)
    return held


def checked(assistant: Assistant, known: list[Known], made: list[str], people: int, chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """Arrange the library anew and give (who, document, surface, sees it, found it, what was told) for every triple."""
    held = arranged(assistant, known, made, chance)
    for n in range(people):
        who = Principal(f"u{n}", "x", "reader", frozenset(chance.sample(made, chance.randrange(COLLECTIONS))))
        view = assistant.seen_by(who)
        listed = {surface: _told(partial(ask, view)) for surface, ask in OF_ALL.items()}
        for one in known:
            sees = not held[one.id].isdisjoint(who.collections or ())
            for surface, ask_one in OF_ONE.items():
                yield (who, one, surface, sees, *_told(partial(ask_one, view, one)))
            for surface, told in listed.items():
                yield (who, one, surface, sees, *told)


def run(folder: Path, triples: int, *, people: int = PEOPLE, seed: int = 1) -> Count:
    """Check at least so many triples, in whole rounds."""
    chance, count, started = random.Random(seed), Count(), time.monotonic()
    assistant, known, made = build(folder)
    with closing(assistant):
        while count.triples < triples:
            for triple in checked(assistant, known, made, people, chance):
                count.note(*triple)
            print(f"{count.triples} triples, {count.hidden} hidden, {count.leaks} leaks, {count.missed} missed, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return count


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        done = run(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print(f"{done.triples} triples over {len(SURFACES)} surfaces, {done.hidden} of hidden documents: {done.leaks} leaks, {done.missed} missed")
    print(done.first)
    sys.exit(bool(done.leaks or done.missed))
