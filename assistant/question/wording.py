"""A question in plain words: what only opens it is taken off, and the ways to ask one thing are brought to the one the rules read."""

from __future__ import annotations

from assistant.lexicon.wordings import OPENINGS, WORDINGS, Rewording
from corpus.text import fold

_SHORTEST = 4
"""Characters that must be left of a question for it to be one."""


def in_plain_words(question: str) -> str:
    """Give a Chinese question in plain words, folded; one that is in them already comes back as it is."""
    folded = fold(question)
    plain = folded
    for row in (*OPENINGS, *WORDINGS):
        plain = _reworded(plain, row)
    return question if plain == folded else plain


def _reworded(plain: str, row: Rewording) -> str:
    if row.where is not None and not row.where.search(plain):
        return plain
    changed = row.pattern.sub(row.plain, plain)
    return changed if len(changed) >= _SHORTEST else plain
