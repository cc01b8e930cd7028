"""Python's collector of cycles, told to look through everything less often.

It stops the program while it looks, for 0.15 s with a million passages open, as often as every sixth question: what a question leaves
behind is freed without it. A few hundred questions may go by before a cycle is found.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE, WHOLE = 2_000, 10, 500
"""Objects, and collections of the generation below, after which a generation is looked through; Python's own are 700, 10 and 10."""


def fewer() -> None:
    """Set this for the process; for a program's entry, not for a library in somebody else's."""
    gc.set_threshold(YOUNG, MIDDLE, WHOLE)
