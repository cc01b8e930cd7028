"""Yes or no where a rule has an exception (除外, 可以不…, 不受前款限制), and what breaking one of several rules costs."""

from __future__ import annotations

import re

from assistant.answering.clauses import Clause, section_of
from assistant.answering.draft import Draft, Quote, shortened
from assistant.answering.evidence import Gathered, Scored
from assistant.compose import modality
from assistant.compose.parties import of_the_party
from assistant.compose.texts import clean, opening_of, whole_answer, with_verdict
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.numbers import CN, value_of
from corpus.types import Document, Span

_EXCEPT = re.compile(r"除外|不受(?:前款|上款|本条|上述|前项)?.{0,6}限制|可以不|可不|不适用|无需|无须|不需要|不再(?:需|要)|不必|不纳入|不列入|免予|免于|免收|例外|但(?:是)?[^,。;]{0,24}(?:除外|可以|不)|不包括|不计入|不属于|特殊情况")
_ASKED = re.compile("能|可以|允许|行不|需要|需不|要不要|一定|必须|算不|算|属于|包括|也|还|用不用|得|纳入|受")
_NEAR = 0.2
_NAMED = 0.4
"""Share of the case that an exception from elsewhere in the document must name itself."""


def ruling(query: Query, gathered: Gathered) -> Draft | None:
    """Answer a yes-or-no question with the exception that names its very case, after the rule it is made from."""
    if not gathered.clauses or not _ASKED.search(query.folded):
        return None
    best = gathered.clauses[0]
    case = tuple(t for t in query.terms if t.cover(best.clause.title) < 0.6)
    if not case:
        return None
    found = [s for s in gathered.clauses[:14] if _EXCEPT.search(s.clause.own) and s.clause.document.id == best.clause.document.id]
    ranked = sorted(((coverage(case, ((s.clause.own, 1.0),)), s) for s in found), key=lambda r: -r[0])
    if not ranked:
        return None
    held, exception = ranked[0]
    rule_held = coverage(case, ((best.clause.own, 1.0),))
    beside = _same_place(best.clause, exception.clause)
    if not beside and held <= rule_held and exception is not best:
        return None  # what the rule says of the case as well is no exception from elsewhere
    if held < 0.3 or (held < rule_held - (0.05 if beside else 0.0) or (not beside and held < _NAMED)) or exception.score < best.score - (0.35 if beside else _NEAR):
        return None
    return _draft(query, best, exception)


def denial(query: Query, gathered: Gathered) -> Draft | None:
    """Answer whether something may be done with the sentence that denies the very act (两者重合的,不重复累计), beside the best clause or in its section."""
    if not gathered.clauses:
        return None
    best = gathered.clauses[0]
    for scored in [s for s in gathered.clauses if s.clause.passage.kind == "text"][:_LOOKED_AT]:
        clause = scored.clause
        near = clause.document.id == best.clause.document.id and _same_place(best.clause, clause)
        at_step = modality.denied_at_step(query, clause.own)
        if near and (at_step or modality.denied(query, clause.own)):
            rule = best.clause if best.clause.passage.kind == "text" and best.clause.span != clause.span and not at_step else None
            text = f"不可以。原文:{clean(rule.text) if rule else ''}{clean(clause.text)}"
            quotes = (_quote(clause.document, scored), *((_quote(rule.document, best),) if rule else ()))
            return Draft("yesno", shortened(text, 320), quotes, best.score, False, (), "", "text", (("own", max(best.own, scored.own)),))
    return None


_LOOKED_AT = 14


def _same_place(one: Clause, other: Clause) -> bool:
    a, b = section_of(one.document, one.passage), section_of(other.document, other.passage)
    return a is not None and b is not None and (a.index == b.index or a.parent == b.index or b.parent == a.index or (a.parent == b.parent and a.parent >= 0))


def _draft(query: Query, best: Scored, exception: Scored) -> Draft:
    document = exception.clause.document
    said = shortened(whole_answer(exception.clause), 200)
    quotes = [_quote(document, exception)]
    text = with_verdict(query, exception, opening_of(exception) + said)
    if best.clause.span != exception.clause.span and _same_place(best.clause, exception.clause) and not best.clause.own.endswith("?"):
        text += f"\n相关规定:{shortened(clean(best.clause.text), 100)}"
        quotes.append(_quote(document, best))
    return Draft("yesno", text, tuple(quotes), max(exception.score, best.score - 0.1), False, (), "", "text", (("own", max(exception.own, best.own)),))


def _quote(document: Document, scored: Scored) -> Quote:
    passage = scored.clause.passage
    span = passage.span if len(passage.span) <= 420 else scored.clause.span
    return Quote(document, span, passage.path, (scored.clause.span,) if scored.clause.span != span else ())


# ---------------------------------------------------------------- what breaking a rule costs

_ASKS_PENALTY = re.compile("罚|处罚|怎么处理|咋处理|后果|会怎|追究")
_REFERS = re.compile(rf"违反[^。;；\n]{{0,16}}?第(?P<article>[{CN}]+|\d+)条(?P<rest>[^,，。;；\n]{{0,30}})")
_ITEM = re.compile(rf"第(?P<item>[{CN}]+|\d+)项")


def penalty(query: Query, gathered: Gathered) -> Draft | None:
    """The sentence that sets the price of breaking the very item that the question describes: 违反…第十一条第一项规定的,…."""
    goes_on = query.follow_up and any("罚" in t.text for t in query.terms)
    if not (goes_on or _ASKS_PENALTY.search(query.folded)) or not gathered.clauses:
        return None
    case = tuple(t for t in query.terms if not _PRICE_WORD.search(t.text) and t.cover(gathered.clauses[0].clause.title) < 0.6)
    rules = [s for s in gathered.clauses[:25] if not re.search("罚款|违反本", s.clause.own)]
    ranked = sorted(((coverage(case, ((s.clause.own, 1.0),)), s) for s in rules), key=lambda r: -r[0]) if case else []
    for held, scored in ranked[:4]:
        if held < _DESCRIBED or held < ranked[0][0] - 0.1:
            break
        document = scored.clause.document
        at = scored.clause.passage.section
        item = document.sections[at].number if at >= 0 and document.sections[at].family != "article" else None
        while at >= 0 and document.sections[at].family != "article":
            at = document.sections[at].parent
        if at < 0 or item is None:
            continue
        if (found := _sentence(document, document.sections[at].number, item)) is not None:
            return _priced(query, scored, document, found)
    return None


_ASKS_PUNISHER = re.compile("罚|处理|查处|管|没收|责令|追究")
_PUNISHES = re.compile(
    r"由(?P<unit>[^,，。;；由对]{2,40}?)(?:(?:依法|依照|按照|根据|可以|应当)[^,，。;；]{0,30}?)?(?:责令|处(?!理意见|置)|给予|予以|没收|暂扣|扣留|吊销|收缴|查处|处罚|依法)"
)


def punisher(query: Query, gathered: Gathered) -> Draft | None:
    """Who punishes: the body that the sentence about the case, or the one that sets the price of breaking its rule, names (由…责令改正)."""
    if not _ASKS_PUNISHER.search(query.folded) or not gathered.clauses:
        return None
    best = gathered.clauses[0]
    case = tuple(t for t in query.terms if not _PRICE_WORD.search(t.text) and t.cover(best.clause.title) < 0.6)
    if not case:
        return None
    for scored in gathered.clauses[:8]:
        if scored.score < best.score - _NEAR or coverage(case, ((scored.clause.own, 1.0),)) < _DESCRIBED:
            continue
        said = _with_sanction(scored.clause)
        if found := _PUNISHES.search(said.of(scored.clause.document.text)):
            return _punished(scored, scored.clause.document, said, found)
    priced = penalty(query, gathered)
    if priced is None:
        return None
    quote = priced.quotes[0]
    span = quote.highlights[0] if quote.highlights else quote.span
    found = _PUNISHES.search(span.of(quote.document.text))
    return _punished(best, quote.document, span, found, *priced.quotes[1:]) if found else None


_SANCTION = re.compile(r"\s*(?:违反|违者|逾期|拒不|未按)[^。]*。?")


def _with_sanction(clause: Clause) -> Span:
    """A rule with what follows when it is broken, where the next sentence says that."""
    following = _SANCTION.match(clause.document.text, clause.span.end, clause.passage.span.end)
    return Span(clause.span.start, following.end()) if following else clause.span


def _punished(scored: Scored, document: Document, said: Span, found: re.Match[str], *more: Quote) -> Draft:
    unit = Span(said.start + found.start("unit"), said.start + found.end("unit"))
    passage = next((p for p in document.passages if p.span.covers(said)), None)
    quote = Quote(document, said, passage.path if passage else (), (unit,))
    return Draft("lead", clean(unit.of(document.text)), (quote, *more), scored.score, True, (), "", "text", (("own", scored.own),))


_DESCRIBED = 0.3
"""Share of the case that a rule must describe in its own words."""
_PRICE_WORD = re.compile("罚|处罚|个人|单位|最高|最多|企业|公司|饭店|商户|店家|老板|多少钱")


def _sentence(document: Document, article: int | None, item: int) -> Span | None:
    """The sentence that refers to the item of the article, or to the whole article when none names the item."""
    whole: Span | None = None
    for match in _REFERS.finditer(document.text):
        if value_of(match.group("article")) != article:
            continue
        items = {value_of(m.group("item")) for m in _ITEM.finditer(match.group("rest"))}
        end = document.text.find("。", match.end())
        span = Span(match.start(), end + 1 if end >= 0 else match.end())
        if item in items:
            return span
        if not items and whole is None:
            whole = span
    return whole


def _priced(query: Query, scored: Scored, document: Document, found: Span) -> Draft:
    text = of_the_party(query.folded, clean(found.of(document.text)))
    passage = next((p for p in document.passages if p.span.covers(found)), None)
    quote = Quote(document, passage.span if passage and len(passage.span) <= 420 else found, passage.path if passage else (), (found,))
    rule = Quote(document, scored.clause.passage.span, scored.clause.passage.path, (scored.clause.span,))
    return Draft(query.kind, shortened(text, 320), (quote, rule), scored.score, True, (), "", "text", (("own", scored.own),))
