"""The process that makes a child for each file: started once, warm, single-threaded, and never itself near a file.

It is told of a job by one byte with the job's channel; the job itself (name, limits, the file, where to answer) waits in the channel.
It makes the child, ends it when its time is over or its channel is closed, and writes into the channel how it ended. It ends with the
program that started it, and by itself after some minutes without a job.
"""

from __future__ import annotations

import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Any, NoReturn

from corpus.sandbox.confine import program_paths
from corpus.sandbox.limits import Job
from corpus.sandbox.worker import preload, warm_up, work

IDLE_SECONDS = 300.0
HIGHEST_DESCRIPTOR = 4096
LONGEST_JOB = 65536
_AGAIN_SECONDS = 1.0


@dataclass(slots=True)
class Child:
    """A child at work. channel: where its end is to be told; deadline: when it is ended, in monotonic seconds."""

    pid: int
    channel: socket.socket
    deadline: float
    scratch: str
    late: bool = False


class Nursery:
    """Makes the children and sees them off. jobs: where the starting program hands over channels."""

    def __init__(self, jobs: socket.socket, folder: str) -> None:
        self.jobs = jobs
        self.folder = folder
        self.readable = program_paths()
        self.children: dict[int, Child] = {}
        self.wake, waker = os.pipe()
        for end in (self.wake, waker):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> None:
        """Serve until the starting program is gone or has not asked for long."""
        while True:
            ready = self._wait()
            if self.jobs.fileno() in ready:
                if not self._start():
                    return
            elif not ready and not self.children:
                return
            if self.wake in ready:
                self._see_off()
            now = time.monotonic()
            for child in list(self.children.values()):
                if child.channel.fileno() in ready or now >= child.deadline:
                    self._end(child, late=now >= child.deadline)

    def close(self) -> None:
        """End every child."""
        for child in list(self.children.values()):
            self._end(child, late=False)

    def _wait(self) -> set[int]:
        waiting = select.poll()
        for descriptor in (self.jobs.fileno(), self.wake, *(child.channel.fileno() for child in self.children.values())):
            waiting.register(descriptor, select.POLLIN)
        until = min((child.deadline for child in self.children.values()), default=time.monotonic() + IDLE_SECONDS)
        ready = {descriptor for descriptor, _ in waiting.poll(max(0, 1000 * (until - time.monotonic())))}
        if self.wake in ready:
            os.read(self.wake, 4096)
        return ready

    def _start(self) -> bool:
        """Take a job and make its child; tell False when the starting program is gone."""
        word, descriptors, _, _ = socket.recv_fds(self.jobs, 1, 1)
        if not word or not descriptors:
            return False
        channel = socket.socket(fileno=descriptors[0])
        written, files, _, _ = socket.recv_fds(channel, LONGEST_JOB, 2)
        if len(files) != 2:
            channel.close()
            return True
        job = Job.of_json(written)
        if preload(job.name):
            gc.freeze()
        scratch = tempfile.mkdtemp(dir=self.folder) if job.limits.scratch else ""
        pid = os.fork()
        if pid == 0:
            self._become_child(files, job, scratch)
        for descriptor in files:
            os.close(descriptor)
        self.children[pid] = Child(pid, channel, time.monotonic() + job.limits.wall, scratch)
        return True

    def _become_child(self, files: list[int], job: Job, scratch: str) -> NoReturn:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            if sys.platform == "linux":
                from corpus.sandbox.linux import end_with_parent

                end_with_parent(signal.SIGKILL)
            # What libraries print about a strange file is of no use to anybody and may be gigabytes.
            os.dup2(0, 2)
            low, high = sorted(files)
            for first, last in ((3, low), (low + 1, high), (high + 1, HIGHEST_DESCRIPTOR)):
                os.closerange(first, last)
            with open(files[0], "rb") as source, socket.socket(fileno=files[1]) as answer:
                work(source, answer.sendall, job, self.readable, scratch)
        finally:
            os._exit(3)

    def _see_off(self) -> None:
        """Tell how the children that ended did so, and end what they left running."""
        while True:
            try:
                pid, status, used = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            if pid in self.children:
                self._report(self.children.pop(pid), status, used.ru_maxrss)
        self._end_strays()

    def _report(self, child: Child, status: int, peak: int) -> None:
        kind = "exit" if os.WIFEXITED(status) else "signal"
        value = os.WEXITSTATUS(status) if os.WIFEXITED(status) else os.WTERMSIG(status)
        report: dict[str, Any] = {kind: value, "late": child.late, "peak": peak}
        try:
            child.channel.sendall(json.dumps(report).encode())
        except OSError:
            # Nobody waits for it any more.
            report.clear()
        child.channel.close()
        if child.scratch:
            shutil.rmtree(child.scratch, ignore_errors=True)

    def _end(self, child: Child, *, late: bool) -> None:
        child.late = child.late or late
        for end in (os.killpg, os.kill):
            try:
                end(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        child.deadline = time.monotonic() + _AGAIN_SECONDS
        if not late:
            # The channel was closed by the other side and would be ready for ever.
            self.children.pop(child.pid, None)
            child.channel.close()
            if child.scratch:
                shutil.rmtree(child.scratch, ignore_errors=True)

    def _end_strays(self) -> None:
        if sys.platform != "linux":
            return
        from corpus.sandbox.linux import children

        for pid in set(children()) - set(self.children):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


def main(descriptor: int) -> None:
    """Run on the socket with this number until the other side closes it."""
    os.chdir("/")
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        from corpus.sandbox.linux import adopt_orphans, leave_network, prepare

        prepare()
        leave_network()
        adopt_orphans()
    folder = os.path.realpath(tempfile.mkdtemp(prefix="policy-assistant-"))
    warm_up()
    # What is here now stays: a child that collects garbage must not touch, and so copy, all the memory it shares.
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=descriptor) as jobs:
        nursery = Nursery(jobs, folder)
        try:
            nursery.run()
        finally:
            nursery.close()
            shutil.rmtree(folder, ignore_errors=True)
