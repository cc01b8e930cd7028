"""Which parser wrote a stored document: a hash over the program text that turns bytes into facts.

A number kept by hand is forgotten, and a library would go on answering from facts that the program no longer reads.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

# Modules of this package that keep documents rather than read them.
_KEEPING_NAMES = (
    "audit.py backup.py codec.py corrections.py database.py decisions.py errors.py fingerprint.py intake.py listing.py lock.py migrations.py "
    "nearest.py rows.py schema.py store.py succession.py uploads.py verify.py"
)
_KEEPING = frozenset(_KEEPING_NAMES.split())


@cache
def parser_fingerprint() -> str:
    """Give 12 hexadecimal digits that change with every change of the parsers; about 2 ms, once a process."""
    folder = Path(__file__).parent
    found = hashlib.sha256()
    for path in sorted([*folder.glob("*.py"), *folder.glob("readers/*.py")]):
        if path.name not in _KEEPING:
            found.update(path.name.encode())
            found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()[:12]
