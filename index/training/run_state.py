"""What a training run holds and keeps: network, averaged weights, optimiser, steps done; a stopped run goes on from its last file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

BETAS = (0.9, 0.98)
CLIP = 2.0
"""Length of the gradient at most."""

YOUNG = 50
"""The average follows quickly at first: after n steps it keeps n / (n + YOUNG) at most."""

LAST, PROGRESS = "last.pt", "progress.jsonl"


class RunState:
    """A network in training and `average`, a second one with its averaged weights, which is the one that is kept."""

    def __init__(self, network: nn.Module, average: nn.Module, decay: float) -> None:
        self.network, self.average = network, average
        average.load_state_dict(network.state_dict())
        self.parameters = list(network.parameters())
        self.averaged = list(average.parameters())
        groups = (
            {"params": [one for one in self.parameters if one.ndim > 1], "weight_decay": decay},
            {"params": [one for one in self.parameters if one.ndim <= 1], "weight_decay": 0.0},
        )
        self.adam = torch.optim.AdamW(groups, betas=BETAS)
        self.step = 0

    def descend(self, loss: torch.Tensor, *, rate: float, keep: float) -> float:
        """Take one step down the loss; keep: share of the average that stays. Gives the loss."""
        for group in self.adam.param_groups:
            group["lr"] = rate
        self.adam.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.parameters, CLIP)
        self.adam.step()
        self.step += 1
        kept = min(keep, (self.step + 1) / (self.step + YOUNG))
        with torch.no_grad():
            for mean, now in zip(self.averaged, self.parameters, strict=True):
                mean.lerp_(now, 1 - kept)
        return float(loss.detach())

    def save(self, work: Path, recipe: Mapping[str, Any], line: Mapping[str, Any]) -> None:
        """Write a checkpoint and a line of progress; a kill in between loses nothing but the line."""
        saved = {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "adam": self.adam.state_dict(),
            "step": self.step,
            "recipe": dict(recipe),
        }
        torch.save(saved, work / f"{LAST}.new")
        (work / f"{LAST}.new").replace(work / LAST)
        with (work / PROGRESS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def resume(self, work: Path, recipe: Mapping[str, Any]) -> bool:
        """Load the last checkpoint of this recipe, if there is one."""
        return (work / LAST).is_file() and self.load(work / LAST, recipe)

    def load(self, path: Path, recipe: Mapping[str, Any] | None) -> bool:
        """Load a checkpoint; recipe: the one it must be of, None for any."""
        saved = torch.load(path, weights_only=True)
        if recipe is not None and saved.get("recipe") != dict(recipe):
            return False
        self.network.load_state_dict(saved["network"])
        self.average.load_state_dict(saved["average"])
        self.adam.load_state_dict(saved["adam"])
        self.step = int(saved["step"])
        return True
