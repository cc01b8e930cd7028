"""A list without what the question sets aside: 除了身份证还要什么."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.draft import Draft, lines
from corpus.text import fold

_NUMBERED = re.compile(r"^\d{1,2}\.\s*")
_COUNT = re.compile(r"^共\d+([㐀-鿿]{1,2})[::]\n")


def without(draft: Draft, excluded: Sequence[str]) -> Draft:
    """Take the members out that the question names itself; a draft that is no list, or holds none of them, stays as it is."""
    counted = _COUNT.match(draft.text)
    body = draft.text[counted.end() :] if counted else draft.text
    members = [_NUMBERED.sub("", line) for line in body.split("\n")] if "\n" in body else body.split("、")
    kept = [m for m in members if not any(_same(m, other) for other in excluded)]
    if len(members) < 2 or not kept or len(kept) == len(members):
        return draft
    text = lines(kept) if "\n" in body else "、".join(kept)
    return replace(draft, text=f"共{len(kept)}{counted.group(1)}:\n{text}" if counted else text)


def _same(member: str, other: str) -> bool:
    member = fold(member)
    return other in member or member in other
