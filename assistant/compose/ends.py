"""Where the last item of a list ends: what follows it in its section belongs to all of them, or to none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.types import Span

_STOP = re.compile("[。!！?？](?:[”’」』)）]*)|\n")
_ADDS = re.compile("除外|但|另需|还需|还应|另附|可以(?:放宽|不|免)|不受|不适用|例外|同时(?:提供|提交)|不得降低")
"""Words by which a sentence after a list takes something back from it or adds to it."""
_LONGEST_ADDED = 100


def ended_alike(text: str, items: Sequence[Span]) -> tuple[tuple[Span, ...], str]:
    """End the last item after as many sentences as the longest of the others has; give the sentence behind it that adds to the list, too."""
    last = items[-1]
    most = max((_sentences(text, span) for span in items[:-1]), default=0)
    ends = [match.end() for match in _STOP.finditer(text, last.start, last.end) if text[: match.start()].rstrip()[-1:] not in ":："]
    if not most or len(ends) < most or ends[most - 1] >= last.end:
        return tuple(items), ""
    rest = text[ends[most - 1] : last.end]
    added = next((re.sub(r"\s*\n\s*", "", one).strip() for one in re.findall("[^。\\n]+。?", rest) if _ADDS.search(one)), "")
    return (*items[:-1], Span(last.start, ends[most - 1])), added if len(added) <= _LONGEST_ADDED else ""


def _sentences(text: str, span: Span) -> int:
    """Sentences of an item; one that ends with a semicolon is one."""
    words = span.of(text).strip()
    return len([piece for piece in _STOP.split(words) if piece.strip()])
