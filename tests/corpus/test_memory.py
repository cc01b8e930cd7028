"""Memory given back to the system; elsewhere than with glibc the calls do nothing and may always be made."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from corpus.memory import give_back, sparing


def own() -> int:
    """Kilobytes of the process's own."""
    return int(re.findall(r"RssAnon:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[0])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_many_small_things_took_goes_back_to_the_system() -> None:
    sparing()
    kept = [b"x" * 5_000 for _ in range(20_000)]
    last = kept[-1]
    full = own()
    del kept
    give_back()
    assert last[:1] == b"x"
    assert own() < full - 50_000
