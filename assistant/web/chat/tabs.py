"""What is being written into the tabs of browsers, so that an answer that was left writes nothing over what came after it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

Frame = dict[Any, Any]


class Tabs:
    """The tabs that an answer is being written into, with what the person went on to meanwhile.

    Gradio's own way to break an event off, `cancels`, runs what follows a failure and lets through what was on its way; without it, the
    end of an event draws the last frame once more. So the last frame of an answer that was left is the page the person went to.
    """

    def __init__(self) -> None:
        self._instead: dict[str, Frame | None] = {}

    def written(self, tab: str, frames: Generator[Frame]) -> Iterator[Frame]:
        """Pass the frames of an answer on until the tab is left; the others are made all the same, as that keeps the answer, and not shown."""
        self._instead[tab] = None
        try:
            with closing(frames):
                for frame in frames:
                    if self._instead[tab] is None:
                        yield frame
            if (instead := self._instead[tab]) is not None:
                yield instead
        finally:
            del self._instead[tab]

    def left(self, tab: str, frame: Frame) -> Frame:
        """Note that the person went on to what a frame shows; give the frame."""
        if tab in self._instead:
            self._instead[tab] = frame
        return frame
