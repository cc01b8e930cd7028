"""How precisely a network in training computes: with sixteen bits where the processor has instructions for them, with thirty-two elsewhere.

Half of the bits take two thirds of the time on a processor that multiplies them (AVX-512 BF16, AMX), and fifty times as long on one that does not.
"""

from __future__ import annotations

import time
from functools import cache

import torch

ROWS, WIDTH, TRIES = 512, 128, 3


def autocast() -> torch.autocast:
    """Give the context to train and measure networks in."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=halves_are_quick())


@cache
def halves_are_quick() -> bool:
    """Does this processor multiply matrices of sixteen bits at least as quickly as of thirty-two? Tried once in a process."""
    return _seconds(torch.bfloat16) <= _seconds(torch.float32)


def _seconds(kind: torch.dtype) -> float:
    """Give the shortest of some products; the first, in which torch makes ready, is not counted."""
    left, right = torch.ones(ROWS, WIDTH, dtype=kind), torch.ones(WIDTH, ROWS, dtype=kind)
    taken = []
    for _ in range(1 + TRIES):
        began = time.perf_counter()
        left @ right
        taken.append(time.perf_counter() - began)
    return min(taken[1:])
