"""A plot of lines over logarithmic axes with Pillow, which is a dependency anyway."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

COLOURS = ("#1b6ca8", "#5aa9e6", "#b5482f", "#e79a80", "#888888", "#3d7a4a", "#8a5aa8")
MARGIN = 90


@dataclass(frozen=True, slots=True)
class Lines:
    """lines: name to one value for each of `xs`; all greater than 0."""

    xs: Sequence[float]
    lines: Mapping[str, Sequence[float]]
    x_label: str
    y_label: str

    def draw(self, canvas: ImageDraw, size: tuple[int, int]) -> None:
        """Draw axes with a tick at each power of ten, the lines and a legend."""
        width, height = size
        ys = [max(y, 1e-3) for line in self.lines.values() for y in line]
        left, right = math.floor(math.log10(min(self.xs))), math.ceil(math.log10(max(self.xs)))
        low, high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))

        def place(x: float, y: float) -> tuple[float, float]:
            across = (math.log10(x) - left) / max(right - left, 1)
            up = (math.log10(max(y, 1e-3)) - low) / max(high - low, 1)
            return MARGIN + across * (width - 2 * MARGIN), height - MARGIN - up * (height - 2 * MARGIN)

        for power in range(left, right + 1):
            x, y = place(10**power, 10**low)
            canvas.line((x, y, x, MARGIN), fill="#dddddd")
            canvas.text((x - 12, y + 8), f"1e{power}", fill="black")
        for power in range(low, high + 1):
            x, y = place(10**left, 10**power)
            canvas.line((x, y, width - MARGIN, y), fill="#dddddd")
            canvas.text((x - 50, y - 6), f"{10.0**power:g}", fill="black")
        canvas.text((width // 2 - 20, height - MARGIN // 2), self.x_label, fill="black")
        canvas.text((20, MARGIN - 30), self.y_label, fill="black")
        for at, (name, values) in enumerate(self.lines.items()):
            colour = COLOURS[at % len(COLOURS)]
            canvas.line([place(x, y) for x, y in zip(self.xs, values, strict=True)], fill=colour, width=3)
            canvas.text((width - MARGIN - 120, MARGIN + 18 * at), name, fill=colour)
