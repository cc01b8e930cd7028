"""Who has the most tasks: 哪个部门牵头的任务最多, with how many each of the first has."""

from __future__ import annotations

import re
from collections import Counter

from assistant.answering.draft import Draft
from assistant.answering.evidence import Gathered
from assistant.compose.duties import quote_of
from assistant.compose.tallies import scored_alone, tasks_of
from assistant.lexicon.cues import LEADS, SUPPORTS, UNIT_WORD
from assistant.library.library import Library
from assistant.question.query import Query
from corpus.types import Duty

_ASKED = re.compile(
    rf"(?:谁|哪(?:一|个|家)*{UNIT_WORD}?|什么{UNIT_WORD})(?P<role>{LEADS}|{SUPPORTS}|负责|承担)(?:的|了)?[^,?]{{0,6}}?最(?P<way>[多少])"
    rf"|(?P<before>{LEADS}|{SUPPORTS}|负责|承担)[^,?]{{0,8}}?最(?P<most>[多少])的(?:是)?(?:谁|哪|什么|{UNIT_WORD})"
)
_NAMED = 3


def busiest(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Count the tasks of each unit that the documents meant assign; None when nobody is asked for in this way."""
    match = _ASKED.search(query.folded)
    documents = {d.id for d in library.likely(query)}
    if not match or query.units or query.language == "en" or not (query.scope.documents or len(documents) == 1):
        return None
    role = match.group("role") or match.group("before")
    supports = bool(re.search(SUPPORTS, role))
    rows = [(d, f) for d, f in tasks_of(query, library) if d.id in documents]
    counted = Counter(unit for _, f in rows for unit in _units(f, supports=supports))
    if len(counted) < _NAMED - 1:
        return None
    fewest = (match.group("way") or match.group("most")) == "少"
    best = (min if fewest else max)(counted.values())
    chosen = [unit for unit, n in counted.items() if n == best]
    others = [f"{unit}{n}项" for unit, n in counted.most_common(_NAMED + len(chosen)) if unit not in chosen]
    text = f"{'、'.join(chosen[:_MOST])}{'等' if len(chosen) > _MOST else ''}({best}项)"
    text += f";其次{'、'.join(others[:_NAMED])}" if others and not fewest else ""
    quotes = tuple(quote_of(scored_alone(d, f)) for d, f in rows if set(chosen) & set(_units(f, supports=supports)))
    return Draft("count", text, quotes[:60], 0.95, True, (), "", "duties") if quotes else None


_MOST = 6


def _units(duty: Duty, *, supports: bool) -> tuple[str, ...]:
    helping = duty.assisting or duty.support if supports else ()
    charged = duty.lead or tuple(m for m in duty.support if m not in duty.assisting)
    return tuple(dict.fromkeys(m.value for m in (helping if supports else charged)))
