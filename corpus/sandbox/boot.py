"""With what a process for parsing is started: where it imports from, and an environment in which there is nothing to leak."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    # A library that makes threads of its own when it is imported cannot be forked.
    "OPENBLAS_NUM_THREADS": "1",
}


def import_path() -> list[str]:
    """Give where such a process is to import from: this very program first, then what this process knows."""
    own = str(Path(__file__).resolve().parents[2])
    return [own, *(os.path.abspath(path) for path in sys.path if os.path.abspath(path) != own)]
