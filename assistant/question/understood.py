"""How a question was read, in the asker's words: kept with the answer for those who ask why."""

from __future__ import annotations

from assistant.question.query import Query
from assistant.question.terms import Term
from assistant.types import Understood

_TELLING = 0.3
_MOST_WORDS = 12


def understood(query: Query, before: str = "") -> Understood:
    """Say how a question was read. before: the question before it in the conversation."""
    scope = query.scope
    own = {term.text for term in query.focus} if query.follow_up else {term.text for term in query.terms}
    return Understood(
        kind=query.kind,
        wants=query.wants or (query.kind,),
        about=_words(query.terms, own),
        unknown=tuple(t.text for t in query.terms if t.required and not t.known and not t.near and len(t.text) > 1)[:_MOST_WORDS],
        before=before if query.follow_up or query.meant else "",
        taken=_words(query.terms, {term.text for term in query.terms} - own) if query.follow_up else (),
        places=scope.places,
        absent=scope.unknown,
        years=scope.years,
        attachment=scope.attachment,
        references=tuple(reference.text for reference in scope.references),
        units=query.units,
        since=query.since.isoformat() if query.since else "",
        until=query.until.isoformat() if query.until else "",
        limited=len(scope.documents),
        chosen=scope.explicit,
        corrections=query.corrections,
    )


def _words(terms: tuple[Term, ...], among: set[str]) -> tuple[str, ...]:
    """Give the telling words of a question, without those that stand inside a longer one."""
    words = [t.text for t in terms if t.text in among and t.weight > _TELLING]
    return tuple(w for w in dict.fromkeys(words) if not any(w != other and w in other for other in words))[:_MOST_WORDS]
