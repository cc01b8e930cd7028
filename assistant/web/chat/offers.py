"""What is offered to ask next. Only what is answered is offered, so each offer is asked beforehand: that costs more than the answer itself.

What was found out is kept while the library stays as it is, and while somebody else's offers are being looked for nobody waits long for his.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from datetime import date

from assistant.accounts.types import Principal
from assistant.programs import verbs
from assistant.programs.verbs import Where
from assistant.session import Assistant
from assistant.types import Answer, Turn
from assistant.web.suggestions import follow_ups, nearest_questions
from assistant.web.texts import TEXTS, Language

_KEPT = 500
_PATIENCE = 0.3
"""Seconds to wait for a turn; an answer without offers is better than an answer that holds up others."""


class Offers:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[str, ...]] = OrderedDict()
        self._looking = threading.Lock()

    def after(self, answer: Answer, history: Sequence[Turn], where: Where, language: Language, library: Assistant, by: Principal) -> tuple[str, ...]:
        """Choose what to ask next: more about what was answered, or what can be answered instead; () also when too many want to know.

        history: the turns before the answer.  library: as `by` sees it.
        """
        store, turns = library.store, tuple(history)
        moment = (store.generation, store.decided, library.config.confidence_threshold, date.today())
        key = (moment, by.collections, language, where, turns, answer.question, answer.status)
        found = self._known.get(key)
        if found is not None:
            return found
        if not self._looking.acquire(timeout=_PATIENCE):
            return ()
        try:
            found = _looked_for(answer, turns, where, language, library)
        finally:
            self._looking.release()
        self._known[key] = found
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return found


def _looked_for(answer: Answer, history: tuple[Turn, ...], where: Where, language: Language, library: Assistant) -> tuple[str, ...]:
    texts = TEXTS[language]
    if answer.status == "answered":
        now_known = (*history, Turn(answer.question, answer.answer))
        return follow_ups(answer, lambda question: verbs.ask(library, question, where, now_known), texts)
    return nearest_questions(library, answer, where, history, texts)
