"""A run over known questions in the background: one at a time, with its progress, and an end when somebody wants it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.accounts.types import Principal
from assistant.known.keeping import Knowledge
from assistant.known.types import BadKnown, Examiner, Question
from assistant.session import Assistant
from corpus.audit import now
from corpus.errors import PolicyAssistantError

_PATIENCE = 30.0
"""Seconds that the library waits for the end of a run, at most one question long, before it is closed."""

_PAUSE = 0.001
"""Seconds after each question, so that people who ask meanwhile get their turn."""


@dataclass(frozen=True, slots=True)
class Progress:
    """done of total questions.  state: "idle", "running", "done", "stopped" or "failed".  run: key of the run that was kept, 0 for none."""

    state: str = "idle"
    done: int = 0
    total: int = 0
    run: int = 0
    by: str = ""
    message: str = ""


class _Stopped(Exception):
    pass


class Running:
    """The runs of one server."""

    def __init__(self, assistant: Assistant, examiner: Examiner) -> None:
        self.assistant = assistant
        self.examiner = examiner
        self.knowledge = Knowledge(assistant.store)
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._progress = Progress()
        assistant.before_closing(self._end)

    def progress(self) -> Progress:
        return self._progress

    def start(self, name: str, questions: Sequence[Question], by: Principal) -> None:
        """Begin to ask, as `by` sees the library. name: of the set of questions. Raises BadKnown when a run is going on or nothing is asked."""
        by.check("evaluate")
        if not questions:
            raise BadKnown("no_known_questions", "没有可问的已知问题", "请先添加或导入已知问题")
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                raise BadKnown("run_going_on", "已有测评在进行", "请等它完成,或先取消", 409)
            self._stop.clear()
            self._progress = Progress("running", 0, len(questions), by=by.name)
            # A daemon: a server that is told to stop does not wait for the rest of the questions.
            self._thread = threading.Thread(target=self._run, args=(name, tuple(questions), by), name="evaluation", daemon=True)
            self._thread.start()

    def cancel(self, by: Principal) -> None:
        """End the run that is going on, if there is one; nothing of it is kept."""
        by.check("evaluate")
        self._stop.set()

    def wait(self, seconds: float) -> Progress:
        """Wait for the end of the run, at most so long; give how far it is."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._progress

    def _end(self) -> None:
        self._stop.set()
        self.wait(_PATIENCE)

    def _run(self, name: str, questions: tuple[Question, ...], by: Principal) -> None:
        started_at = now()
        ended = Progress("failed", by=by.name)
        try:
            scored = self.examiner.score(self.assistant.seen_by(by), questions, progress=self._step)
            ended = Progress("done", run=self.knowledge.keep_run(name, scored, by, started_at=started_at), by=by.name)
        except _Stopped:
            ended = Progress("stopped", by=by.name)
        except PolicyAssistantError as error:
            ended = Progress("failed", by=by.name, message=error.message)
        finally:
            # Of a fault of the program the page says no more than that; what it was is on the server's standard error.
            self._progress = replace(ended, done=self._progress.done, total=len(questions))

    def _step(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        self._progress = Progress("running", done, total, by=self._progress.by)
        time.sleep(_PAUSE)
