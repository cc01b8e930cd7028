"""Check the questions of quizzes with a reader that does not know how they were made, and report what it finds.

    python -m eval.quiz FOLDER --items 500 --report report.json

For each question: are the citations verbatim; does the library prove the key; is any wrong option right as well; could the stem mean
several documents or several values; does the stem give the key away. Single questions of offices, dates and figures are also put to the
assistant in words, and how often it gives the key is reported.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant import Assistant
from eval.quiz_checks import Finding, Item, check
from eval.quiz_reading import plain, read_stem

# ---------------------------------------------------------------- the report


def report_of(findings: Sequence[Finding], items: Sequence[Item], papers: Sequence[Sequence[Item]]) -> dict[str, Any]:
    total = len(findings)
    codes = Counter(problem.split(":")[0] for f in findings for problem in set(p.split(":")[0] for p in f.problems))
    put = [f.asked for f in findings if f.asked is not None]
    shown = [Counter((i["stem"], tuple(sorted(i["options"]))) for i in paper) for paper in papers]
    return {
        "items": total,
        "kinds": dict(Counter(i["kind"] for i in items)),
        "ways_of_reading": dict(Counter(f.way for f in findings)),
        "key_proven": total - codes["key_not_proven"] - codes["source_not_named"],
        "distractor_also_right": codes["also_right"],
        "ambiguous": codes["ambiguous"],
        "not_verbatim": codes["not_verbatim"],
        "source_not_named": codes["source_not_named"],
        "gives_away": sum(map(gives_away, items)),
        "duplicates_within_a_paper": sum(n - 1 for found in shown for n in found.values()),
        "asked_the_assistant": len(put),
        "assistant_agrees": sum(put),
        "difficulty": dict(sorted(Counter(i["difficulty"] for i in items).items())),
    }


def gives_away(item: Item) -> bool:
    """Does the stem hold the right value, outside the title it names?"""
    if item["kind"] not in ("single", "fill", "multiple", "short") or "不属于" in item["stem"]:
        return False
    asked = read_stem(item["stem"])
    right = [item["options"][k] if isinstance(k, int) else k for k in item["key"]][: 1 if item["kind"] == "fill" else None]
    return asked is not None and any(len(plain(r)) > 1 and plain(r) in plain(asked.body) for r in right)


def papers_of(assistant: Assistant, wanted: int, size: int) -> list[list[Item]]:
    """Make papers with one seed after another until they hold as many different questions."""
    papers: list[list[Item]] = []
    seen: set[str] = set()
    for seed in range(1, 200):
        paper = [i.as_json() for i in assistant.quiz(count=size, seed=seed).items]
        new = [i for i in paper if i["id"] not in seen][: wanted - len(seen)]
        seen |= {i["id"] for i in new}
        papers.append(new)
        if len(seen) >= wanted:
            break
    return papers


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="documents to make a throw-away library of")
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--size", type=int, default=50, help="questions in a paper")
    parser.add_argument("--report", type=Path, help="write figures and findings to this file")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place, Assistant.open(place) as assistant:
        assistant.add([options.folder])
        started = time.perf_counter()
        assistant.quiz(count=options.size, seed=0)
        seconds = time.perf_counter() - started
        papers = papers_of(assistant, options.items, options.size)
        items = [item for paper in papers for item in paper]
        documents = assistant.library().documents
        findings = [check(item, assistant, documents) for item in items]
        figures = report_of(findings, items, papers) | {"seconds_for_the_first_paper": round(seconds, 2), "papers": len(papers)}
    for item, finding in zip(items, findings, strict=True):
        if finding.problems or finding.asked is False:
            print(finding.id, finding.kind, finding.way, *finding.problems, "assistant_differs" if finding.asked is False else "", item["stem"], item["options"], item["key"], file=sys.stderr)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    if options.report:
        rows = [{"id": f.id, "kind": f.kind, "way": f.way, "problems": list(f.problems), "assistant": f.asked} for f in findings]
        options.report.write_text(json.dumps({"figures": figures, "findings": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
