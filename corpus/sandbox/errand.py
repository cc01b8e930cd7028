"""Files that were handed over together and can be given up together."""

from __future__ import annotations

import threading
from collections.abc import Callable

Stop = Callable[[], object]


class Errand:
    """What has to be stopped for the waits of one caller to end. Safe to use from many threads."""

    def __init__(self) -> None:
        self.over = False
        self._stops: set[Stop] = set()
        self._lock = threading.Lock()

    def give_up(self) -> None:
        """Let every wait for an answer come to an end, and with it the child that was to give it."""
        with self._lock:
            self.over = True
            for stop in self._stops:
                stop()

    def wait_on(self, stop: Stop) -> None:
        """Remember how a wait that begins now is stopped; stop it at once when all is given up already."""
        with self._lock:
            self._stops.add(stop)
            if self.over:
                stop()

    def done_with(self, stop: Stop) -> None:
        """Forget a wait that has ended."""
        with self._lock:
            self._stops.discard(stop)
