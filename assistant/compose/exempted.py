"""Who need not pay: those whom a sentence lets off (对未成年人、现役军人免收门票), where it is asked for them."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered, Scored
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.numbers import CN
from corpus.types import Span

_ASKED = re.compile("(?:哪[些几]?(?:类|种)?|什么|啥|谁)(?:样的?)?(?:人|家庭|对象|孩子|学生|企业|单位|商户)?[^,?]{0,4}?(?:(?:不用|不必|无需|不需要?|不要)(?:交|缴|付|买|出|掏|花)|免[交缴收费票]|不收(?:钱|费))")
_LETS_OFF = re.compile(rf"(?:^|(?<=[,，。;；、:：]))(?:第[{CN}]+条[ 　]*)?(?:[(（]?[{CN}\d]{{1,3}}[)）、.．]\s*)?(?:对于?|向)?(?P<who>[^,，。;；:：]{{2,60}}?)(?:实行|予以|给予|可以|凭[^,，。;；]{{2,10}})?(?:免[交缴收费除]|不收取|无需[交缴])")
_LOOKED_AT, _NEAR, _LEAST, _CITED = 10, 0.4, 0.2, 420


def let_off(query: Query, gathered: Gathered) -> Draft | None:
    """Name those whom the best sentence that lets somebody off names; None where none does."""
    if not _ASKED.search(query.folded) or not gathered.clauses:
        return None
    top = gathered.clauses[0].score
    near = [s for s in gathered.clauses[:_LOOKED_AT] if s.clause.passage.kind == "text" and s.score >= top - _NEAR]
    found = [(about, s, match) for s in near if (match := _LETS_OFF.search(s.clause.text)) and (about := _about(query, s)) >= _LEAST]
    if not found:
        return None
    about, scored, match = max(found, key=lambda f: (round(f[0], 2), f[1].score))
    clause = scored.clause
    at = Span(clause.span.start + match.start("who"), clause.span.start + match.end("who"))
    quote = Quote(clause.document, clause.passage.span if len(clause.passage.span) <= _CITED else clause.span, clause.passage.path, (at,))
    return Draft("list", match["who"], (quote,), max(scored.score, about), True, (), "", "list", (("own", scored.own),))


def _about(query: Query, scored: Scored) -> float:
    clause = scored.clause
    return coverage(query.terms, ((clause.own, 1.0), (clause.item, 0.8), (clause.title, 0.6)))
