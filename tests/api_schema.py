"""Requests of every shape to every operation of the REST interface, made from its own description by schemathesis.

`python -m tests.api_schema --cases N` goes on, with new seeds, until N have been sent; the suite sends some hundred.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.web_server import served

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
)
RATES = {"questions_per_minute": 100_000, "uploads_per_minute": 100_000, "exports_per_minute": 100_000}


@dataclass(frozen=True, slots=True)
class Found:
    """What a run sent and found. operations: how many the interface has.  failures, errors: by their titles."""

    sent: int
    operations: int
    failures: dict[str, int]
    errors: dict[str, int]
    said: str


def check(folder: Path, examples: int, *, phases: str = "examples,coverage,fuzzing", seed: int = 1) -> Found:
    """Send to each operation what each phase makes of its description, `examples` cases in the phase of fuzzing."""
    report = folder / f"report{seed}.json"
    with served(folder, **RATES) as address:
        command = [
            str(Path(sys.executable).parent / "schemathesis"), "run", f"{address}/api/v1/openapi.json", "--checks", ",".join(CHECKS), "--workers", "2",
            "--max-examples", str(examples), "--phases", phases, "--continue-on-failure", "--suppress-health-check", "all", "--no-shrink",
            "--report-json-path", str(report), "--request-timeout", "60", "--warnings", "off", "--seed", str(seed),
        ]  # fmt: skip
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    found = json.loads(report.read_text(encoding="utf-8"))
    return Found(
        found["test_cases"]["generated"], found["operations"]["tested"], _counted(found["failures"]), _counted(found["errors"]), done.stdout + done.stderr
    )


def _counted(found: list[dict[str, Any]]) -> dict[str, int]:
    return {one["title"]: one["count"] for one in found}


def main() -> int:
    """Send until enough have been sent or something is wrong. Gives 1 for the latter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--examples", type=int, default=300, help="for each operation and seed")
    parser.add_argument("--seed", type=int, default=1)
    settings = parser.parse_args()
    sent = 0
    seed = settings.seed
    while sent < settings.cases:
        with tempfile.TemporaryDirectory() as folder:
            found = check(Path(folder), settings.examples, seed=seed)
        sent += found.sent
        print(f"seed {seed}: {found.sent} cases over {found.operations} operations, {sent} in all, {found.failures or 'no failures'}, {found.errors or 'no errors'}", flush=True)
        if found.failures or found.errors:
            print(found.said)
            return 1
        seed += 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
