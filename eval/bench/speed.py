"""Speed and memory of libraries of several sizes: opening, searching, answering, adding one document; growth with size.

Every library is a real one: laws and policies (and variations of them) parsed and stored as `add` does. Questions are made from
documents drawn from it, of every kind that the program tells apart.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from assistant import Assistant, pauses
from assistant.config import Config
from assistant.library.library import Library
from corpus.memory import sparing
from eval.bench.corpora import fill

SIZES = (10_000, 100_000, 1_000_000)
ASKERS = 8


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """Give p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return {f"p{p}": round(1000 * ordered[min(len(ordered) - 1, math.ceil(p / 100 * len(ordered)) - 1)], 2) for p in (50, 95, 99)}


def memory() -> tuple[float, float]:
    """Resident memory in MB: all of it, and without the pages of mapped files, which the system takes back when it needs them."""
    try:
        text = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0, 0.0
    found = {name: int(size) / 1024 for name, size in re.findall(r"(VmRSS|RssAnon):\s+(\d+) kB", text)}
    return round(found.get("VmRSS", 0)), round(found.get("RssAnon", 0))


def questions(library: Library, count: int, seed: int = 0) -> list[str]:
    """Make questions from documents drawn from the library: who, when, what, which article, which tasks, how many."""
    chance = random.Random(seed)
    found: list[str] = ["珠穆朗玛峰的海拔是多少?", "由多个部门共同牵头的任务有哪些?"]
    for document in chance.sample(library.documents, min(len(library.documents), 2 * count)):
        made: list[str] = []
        sections = [s for s in document.sections if 4 < len(s.title) < 30]
        if sections:
            section = chance.choice(sections)
            made += [f"{section.title}有什么规定?", f"《{document.title}》中{section.title}怎么规定?"]
        articles = [s for s in document.sections if s.family == "article" and s.number]
        if articles:
            made += [f"《{document.title}》第{chance.choice(articles).number}条是什么内容?"] * 2 + [f"《{document.title}》有几章?"]
        made += [f"“{fact.term.value}”是指什么?" for fact in document.facts.definitions[:1]]
        for duty in document.facts.duties[:1]:
            task = re.sub(r"[\s,。;].*", "", duty.task.value[:24])
            made += [f"{task}由谁牵头?", f"{task}什么时候完成?"]
            made += [f"{mention.value}牵头哪些任务?" for mention in duty.lead[:1]]
        if made:
            found.append(chance.choice(made))
    return found[:count]


def timed(ask: Callable[[str], object], asked: Sequence[str], clock: Callable[[], float] = time.perf_counter) -> list[float]:
    spent = []
    for question in asked:
        started = clock()
        ask(question)
        spent.append(clock() - started)
    return spent


def both(ask: Callable[[str], object], asked: Sequence[str]) -> tuple[list[float], list[float]]:
    """Time each question on the wall and in processor time of this process, which a busy machine lengthens much less."""
    walls: list[float] = []

    def asking(question: str) -> None:
        started = time.perf_counter()
        ask(question)
        walls.append(time.perf_counter() - started)

    return walls, timed(asking, asked, time.process_time)


def measure(folder: Path, count: int, *, add: Path | None = None) -> dict[str, Any]:
    """Measure one library, which must be up to date, in this process."""
    pauses.fewer()
    sparing()
    started = time.perf_counter()
    assistant = Assistant.open(folder, Config())
    library = assistant.library()
    opened = time.perf_counter() - started
    first, rest = questions(library, 20, seed=1), questions(library, count)
    for question in first:
        assistant.ask(question)
    search, search_cpu = both(lambda q: assistant.search(q, k=10), rest)
    ranked, ranked_cpu = both(lambda q: library.index.search(q, k=60), rest)
    kinds: list[str] = []
    answer, answer_cpu = both(lambda q: kinds.append(assistant.ask(q).kind), rest)
    answers: dict[str, list[float]] = {}
    for kind, seconds in zip(kinds, answer, strict=True):
        answers.setdefault(kind, []).append(seconds)
    with ThreadPoolExecutor(ASKERS) as pool:
        began = time.perf_counter()
        shared = list(pool.map(lambda q: timed(lambda x: assistant.ask(x), [q])[0], rest))
        throughput = len(rest) / (time.perf_counter() - began)
    whole, own = memory()
    result: dict[str, Any] = {
        "passages": library.count, "documents": len(library.documents), "open_s": round(opened, 3),
        "search_ms": percentiles(search), "ranking_ms": percentiles(ranked), "answer_ms": percentiles(answer),
        "search_cpu_ms": percentiles(search_cpu), "ranking_cpu_ms": percentiles(ranked_cpu), "answer_cpu_ms": percentiles(answer_cpu),
        "answer_ms_8_askers": percentiles(shared), "answers_per_s_8_askers": round(throughput, 1),
        "answer_ms_by_kind": {kind: percentiles(of) for kind, of in sorted(answers.items())},
        "rss_mb": whole, "rss_own_mb": own,
        "index_mb": round(sum(f.stat().st_size for f in library.index.folder.rglob("*") if f.is_file()) / 1e6),
        "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    if add is not None:
        began, worked = time.perf_counter(), time.process_time()
        report = assistant.add([add])
        result |= {"add_one_s": round(time.perf_counter() - began, 2), "add_one_cpu_s": round(time.process_time() - worked, 2)}
        for file in report.files:
            assistant.remove(file.document_id)
    assistant.close()
    return result


def growth(sizes: Sequence[int], milliseconds: Sequence[float]) -> float:
    """Fit the exponent e of milliseconds ~ size^e by least squares over the logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(max(ms, 1e-3)) for ms in milliseconds]
    middle = sum(x) / len(x)
    return round(sum((a - middle) * b for a, b in zip(x, y, strict=True)) / sum((a - middle) ** 2 for a in x), 2)


def prepare(folder: Path, data: Path, passages: int) -> dict[str, Any]:
    """Make the library of that size, or go on with one begun before."""
    began = time.perf_counter()
    assistant = Assistant.open(folder, Config())
    fill(assistant.store, data, passages)
    filled = time.perf_counter()
    assistant.library()
    assistant.close()
    return {"fill_s": round(filled - began, 1), "index_s": round(time.perf_counter() - filled, 1)}


def report(results: Sequence[dict[str, Any]], folder: Path) -> None:
    """Print the table; write speed.json and speed.png into the folder."""
    from rich.console import Console
    from rich.table import Table

    sizes = [r["passages"] for r in results]
    grown = {}
    if len(sizes) > 1:
        for what in ("search_ms", "ranking_ms", "answer_ms", "search_cpu_ms", "ranking_cpu_ms", "answer_cpu_ms"):
            grown[what] = {p: growth(sizes, [r[what][p] for r in results]) for p in ("p50", "p95")}
    table = Table("passages", *(f"{size:,}" for size in sizes), "growth p50 / p95")
    for what in ("open_s", "search_ms", "ranking_ms", "answer_ms", "search_cpu_ms", "ranking_cpu_ms", "answer_cpu_ms", "answer_ms_8_askers", "answers_per_s_8_askers", "add_one_s", "add_one_cpu_s", "rss_mb", "rss_own_mb", "index_mb", "load"):
        cells = [" / ".join(map(str, value.values())) if isinstance(value := r.get(what, ""), dict) else str(value) for r in results]
        table.add_row(what + (" p50/p95/p99" if "ms" in what.split("_") else ""), *cells, " / ".join(map(str, grown.get(what, {}).values())))
    Console(width=140).print(table)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "speed.json").write_text(json.dumps({"results": list(results), "growth": grown}, ensure_ascii=False, indent=1), encoding="utf-8")
    if len(sizes) > 1:
        plot(results, folder / "speed.png")


def plot(results: Sequence[dict[str, Any]], path: Path) -> None:
    """Draw milliseconds over passages, both logarithmic, with the slope of size^0.5 for comparison."""
    from PIL import Image, ImageDraw

    from eval.bench.plots import Lines

    sizes = [r["passages"] for r in results]
    lines = {f"{name} {p}": [r[what][p] for r in results] for name, what in (("search", "search_ms"), ("answer", "answer_ms")) for p in ("p50", "p95")}
    start = lines["search p50"][0]
    lines["size^0.5"] = [start * (size / sizes[0]) ** 0.5 for size in sizes]
    image = Image.new("RGB", (900, 600), "white")
    Lines(sizes, lines, "passages", "ms").draw(ImageDraw.Draw(image), image.size)
    image.save(path)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of *.jsonl.gz with id, title, text")
    parser.add_argument("--work", type=Path, required=True, help="where the libraries are kept between runs; gigabytes")
    parser.add_argument("--out", type=Path, default=Path("bench-report"))
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES[:2]))
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one is not None:
        extra = chosen.work / "one-more.txt"
        extra.write_text("关于加强石榴籽工程建设的通知\n\n一、总体要求\n\n各单位要在2031年6月底前完成石榴籽工程验收。\n", encoding="utf-8")
        print(json.dumps(measure(chosen.one, chosen.questions, add=extra), ensure_ascii=False))
        return
    chosen.work.mkdir(parents=True, exist_ok=True)
    results = []
    for size in chosen.sizes:
        folder = chosen.work / f"library-{size}"
        made = prepare(folder, chosen.data, size)
        # In a process of its own, so that the memory is that of one library.
        command = [sys.executable, "-m", "eval.bench.speed", "--data", str(chosen.data), "--work", str(chosen.work), "--one", str(folder), "--questions", str(chosen.questions)]
        printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
        results.append(made | json.loads(printed.splitlines()[-1]))
    report(results, chosen.out)


if __name__ == "__main__":
    main()
