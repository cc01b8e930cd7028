"""Many people at once: a server process of its own, asked through REST and through the chat page's queue, then by far too many.

Everything runs on one machine, the people's side too, so the figures say what a machine of this size holds with its load at the
time; the time of one question on its own is measured in the same run to compare with. Run: python -m eval.bench.load --out build/bench
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.bench.speed import percentiles

QUESTIONS = Path(__file__).parents[1] / "questions" / "samples.jsonl"
HOST = "127.0.0.1"
Ask = Callable[["Client", str], Awaitable[int]]


@dataclass
class Client:
    """One connection that speaks as much HTTP as is needed here; kept open while the server keeps it."""

    port: int
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, str], asyncio.StreamReader]:
        """Send a request; give status and headers. The body is still to be read."""
        if self.streams is None:
            self.streams = await asyncio.open_connection(HOST, self.port)
        reader, writer = self.streams
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        return int(lines[0].split()[1]), headers, reader

    async def call(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
        """Send a request and read the whole reply, once more where the server had closed an idle connection meanwhile."""
        for again in (True, False):
            try:
                status, headers, reader = await self.send(method, path, body)
                length = headers.get("content-length")
                text = await reader.readexactly(int(length)) if length else b"".join([piece async for piece in chunks(reader)])
                if headers.get("connection") == "close":
                    self.close()
                return status, headers, text
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                if not again:
                    raise
        raise AssertionError

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def chunks(reader: asyncio.StreamReader) -> Any:
    while length := int(await reader.readline(), 16):
        yield (await reader.readexactly(length + 2))[:-2]
    await reader.readline()


@dataclass
class Tally:
    """What came back: seconds of the answers and of the refusals, and how often each status."""

    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def add(self, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        (self.answered if status == 200 else self.refused).append(seconds)

    def as_json(self) -> dict[str, Any]:
        times = {"answered_ms": percentiles(self.answered) if self.answered else {}, "refused_ms": percentiles(self.refused) if self.refused else {}}
        return {"answered": len(self.answered), "statuses": {str(k): n for k, n in sorted(self.statuses.items())}, **times}


# ---------------------------------------------------------------- the two ways to ask


async def by_rest(client: Client, question: str) -> int:
    return (await client.call("POST", "/api/v1/ask", json.dumps({"question": question}).encode()))[0]


class Page:
    """Asking as the chat page does: an event is put into Gradio's queue, its reply comes as a stream."""

    def __init__(self, config: dict[str, Any]) -> None:
        by_id = {part["id"]: part["props"] for part in config["components"]}
        box = next(key for key, props in by_id.items() if props.get("elem_id") == "question")
        asked = next(one for one in config["dependencies"] if [box, "submit"] in [list(target) for target in one["targets"]])
        self.event = asked["id"]
        self.inputs = [(key == box, by_id[key].get("value")) for key in asked["inputs"]]

    async def __call__(self, client: Client, question: str) -> int:
        session = f"{random.getrandbits(48):x}"
        data = [question if is_box else value for is_box, value in self.inputs]
        event = {"data": data, "fn_index": self.event, "session_hash": session, "event_data": None, "trigger_id": None}
        status = (await client.call("POST", "/gradio_api/queue/join", json.dumps(event).encode()))[0]
        if status != 200:
            return status
        stream = Client(client.port)
        try:
            status, _, reader = await stream.send("GET", f"/gradio_api/queue/data?session_hash={session}")
            if status != 200:
                return status
            async for piece in chunks(reader):
                if b'"process_completed"' in piece:
                    return 200 if b'"success":true' in piece else 500
            return 500
        finally:
            stream.close()


# ---------------------------------------------------------------- the people


async def alone(port: int, ask: Ask, questions: list[str]) -> Tally:
    """One person asks one question after the other."""
    tally, client = Tally(), Client(port)
    for question in questions:
        await _asked(client, ask, question, tally)
    client.close()
    return tally


async def people(port: int, ask: Ask, questions: list[str], count: int, think: float, seconds: float) -> Tally:
    """Everybody thinks, asks, reads the answer, thinks again: on average `think` seconds, between half and one and a half times that."""
    tally, until = Tally(), time.monotonic() + seconds

    async def person(number: int) -> None:
        client, pick = Client(port), random.Random(number)
        await asyncio.sleep(pick.uniform(0, think))
        while time.monotonic() < until:
            await _asked(client, ask, pick.choice(questions), tally)
            await asyncio.sleep(think * pick.uniform(0.5, 1.5))
        client.close()

    await asyncio.gather(*(person(number) for number in range(count)))
    return tally


async def crowd(port: int, questions: list[str], count: int, seconds: float) -> dict[str, Any]:
    """So many ask at once; who is turned away comes again when he was told to. Beside them health is asked for."""
    tally, first, health, until = Tally(), Tally(), Tally(), time.monotonic() + seconds
    advised = 0

    async def hasty(number: int) -> None:
        nonlocal advised
        client, body = Client(port), json.dumps({"question": questions[number % len(questions)]}).encode()
        pick, now = random.Random(number), first
        while time.monotonic() < until:
            started = time.monotonic()
            try:
                status, headers, _ = await client.call("POST", "/api/v1/ask", body)
            except (OSError, asyncio.IncompleteReadError):
                client.close()
                status, headers = 0, {}
            now.add(status, time.monotonic() - started)
            now = tally
            if "retry-after" in headers:
                advised += 1
                await asyncio.sleep(int(headers["retry-after"]) * pick.uniform(0.7, 1.3))
        client.close()

    async def watch() -> None:
        while time.monotonic() < until:
            await _asked(Client(port), _health, "", health)
            await asyncio.sleep(0.5)

    await asyncio.gather(watch(), *(hasty(number) for number in range(count)))
    return {"at once": first.as_json(), "afterwards": tally.as_json(), "with_retry_after": advised, "health meanwhile": health.as_json()}


async def _health(client: Client, _: str) -> int:
    status = (await client.call("GET", "/livez"))[0]
    client.close()
    return status


async def _asked(client: Client, ask: Ask, question: str, tally: Tally) -> None:
    started = time.monotonic()
    try:
        status = await ask(client, question)
    except (OSError, asyncio.IncompleteReadError):
        client.close()
        status = 0
    tally.add(status, time.monotonic() - started)


# ---------------------------------------------------------------- the server


@dataclass(frozen=True, slots=True)
class Server:
    pid: int
    port: int

    def busy(self) -> float:
        """Seconds of processor time used so far, which other programs of the machine do not change."""
        with suppress(OSError):
            used = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0

    def memory(self) -> float:
        """Resident memory in MB, 0 where the system does not say."""
        with suppress(OSError):
            for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    return round(int(line.split()[1]) / 1024, 1)
        return 0.0


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Run the program itself over the sample documents."""
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    settings = {"LIBRARY": str(folder / "library"), "PORT": str(port), "QUESTIONS_PER_MINUTE": "100000"}
    environment = {**os.environ, **{f"POLICY_ASSISTANT_{name}": value for name, value in settings.items()}}
    with subprocess.Popen([sys.executable, "-m", "assistant", "serve", "--samples"], env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        program.stdout.readline()
        try:
            yield Server(program.pid, port)
        finally:
            program.terminate()


@dataclass(frozen=True, slots=True)
class Plan:
    people: int = 50
    think: float = 10.0
    seconds: float = 60.0
    crowd: int = 500
    crowd_seconds: float = 10.0
    recovery: float = 10.0


async def measure(running: Server, plan: Plan, questions: list[str]) -> dict[str, Any]:
    _, _, config = await Client(running.port).call("GET", "/config")
    page = Page(json.loads(config))
    ways: tuple[tuple[str, Ask], ...] = (("REST", by_rest), ("page", page))
    found: dict[str, Any] = {"plan": asdict(plan), "cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
    await alone(running.port, by_rest, questions[:20])
    found["memory_before_mb"] = running.memory()
    found["idle_cpu_ms_per_s"] = await _idle(running)
    for name, ask in ways:
        found[f"{name} alone"] = await _costed(running, alone(running.port, ask, questions[:30]))
    for name, ask in ways:
        found[f"{name} people"] = await _costed(running, people(running.port, ask, questions, plan.people, plan.think, plan.seconds))
    found["memory_after_people_mb"] = running.memory()
    before = running.busy()
    found |= {f"crowd {name}": one for name, one in (await crowd(running.port, questions, plan.crowd, plan.crowd_seconds)).items()}
    found["crowd_cpu_s"] = round(running.busy() - before, 2)
    found["memory_after_crowd_mb"] = running.memory()
    await asyncio.sleep(plan.recovery)
    for name, ask in ways:
        found[f"{name} recovered"] = await _costed(running, alone(running.port, ask, questions[:30]))
    found["memory_recovered_mb"] = running.memory()
    found["load_after"] = os.getloadavg()[0]
    return found


async def _idle(running: Server, seconds: float = 5.0) -> float:
    """Processor time that the server takes while nobody asks anything."""
    before = running.busy()
    await asyncio.sleep(seconds)
    return round(1000 * (running.busy() - before) / seconds, 1)


async def _costed(running: Server, asking: Awaitable[Tally]) -> dict[str, Any]:
    before = running.busy()
    tally = await asking
    return tally.as_json() | {"cpu_ms": round(1000 * (running.busy() - before) / max(1, len(tally.answered)), 1)}


def table(found: dict[str, Any]) -> str:
    """Write the figures as Markdown; milliseconds, those of the processor by answer."""
    rows = ["| | answered | p50 | p95 | p99 | processor | refused | p95 of refusals | other |", "|---|---|---|---|---|---|---|---|---|"]
    for name, one in found.items():
        if isinstance(one, dict) and "statuses" in one:
            statuses = one["statuses"]
            refused = sum(n for status, n in statuses.items() if status in ("429", "503"))
            other = sum(n for status, n in statuses.items() if status not in ("200", "429", "503"))
            times = [one["answered_ms"].get(p, "-") for p in ("p50", "p95", "p99")]
            cells = (name, one["answered"], *times, one.get("cpu_ms", "-"), refused, one["refused_ms"].get("p95", "-"), other)
            rows.append("| " + " | ".join(map(str, cells)) + " |")
    memory = ", ".join(f"{key.removesuffix('_mb')} {found[key]}" for key in found if key.endswith("_mb"))
    load = f"Load of the machine: {found['load_before']:.1f} before, {found['load_after']:.1f} after, {found['cores']} cores."
    return "\n".join([*rows, "", f"Memory in MB: {memory}. Processor time of the crowd: {found['crowd_cpu_s']} s, of an idle server {found['idle_cpu_ms_per_s']} ms a second. {load}"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    for name, value in asdict(Plan()).items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(value), default=value)
    settings = vars(parser.parse_args())
    out = settings.pop("out")
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    random.Random(1).shuffle(questions)
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as running:
        found = asyncio.run(measure(running, Plan(**settings), questions))
    out.mkdir(parents=True, exist_ok=True)
    (out / "load.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    (out / "load.md").write_text(table(found) + "\n", encoding="utf-8")
    print(table(found))


if __name__ == "__main__":
    main()
