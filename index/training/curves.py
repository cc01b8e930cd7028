"""A picture of how a training went."""

from __future__ import annotations

import json
from pathlib import Path


def draw(progress: Path, out: Path) -> None:
    """Draw the loss and whatever else the lines of progress hold over the steps, as PNG."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    lines = [json.loads(line) for line in progress.read_text(encoding="utf-8").splitlines()]
    figure, left = pyplot.subplots(figsize=(8, 4.5))
    left.plot([line["step"] for line in lines], [line["loss"] for line in lines], color="tab:gray", label="loss")
    left.set_xlabel("steps")
    left.set_ylabel("loss")
    right = left.twinx()
    for name in sorted({name for line in lines for name in line} - {"step", "loss", "seconds"}):
        measured = [line for line in lines if name in line]
        right.plot([line["step"] for line in measured], [line[name] for line in measured], marker="o", label=name)
    right.legend(loc="lower right")
    figure.savefig(out, dpi=110, bbox_inches="tight")
    pyplot.close(figure)
