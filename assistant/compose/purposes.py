"""Why a document was made, from the sentence it opens with: 为解决“带娃难”问题,…制定本方案."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered
from assistant.compose.contrast import shown
from assistant.lexicon.aspects import ASPECTS
from assistant.question.query import Query
from corpus.types import Document, Span

_OPENS = re.compile(r"(?:^|(?<=[\n。 　]))(?:第[一1]条[ 　]*)?(?P<said>为(?!止|准|主|期)[^。\n]{8,220}?(?:特?制定本|提出(?:如下|以下)|出台本|作如下|作出如下|通知如下|现就[^。\n]{2,40}如下)[^。\n]{0,30})")
_BACKGROUND = next(aspect for aspect in ASPECTS if aspect.name == "background")


def purpose_of(document: Document) -> Span | None:
    """Where a document says what it is made for, None where it does not."""
    found = _OPENS.search(document.text, 0, _REACH)
    return Span(found.start("said"), found.end("said")) if found else None


_REACH = 4000


def asks_purpose(query: Query) -> bool:
    """Does a question ask why a document was made?"""
    return bool(_BACKGROUND.asked.search(query.folded))


def made_for(query: Query, gathered: Gathered) -> Draft | None:
    """Answer why a document was made with the sentence it opens with."""
    if not asks_purpose(query) or not gathered.clauses:
        return None
    best = gathered.clauses[0]
    document = best.clause.document
    said = purpose_of(document)
    if said is None:
        return None
    return Draft(query.kind, shown(document.text, said), (Quote(document, said, (), (said,)),), max(best.score, 0.7), True, (), "", "text", (("own", max(best.own, 0.7)),))
