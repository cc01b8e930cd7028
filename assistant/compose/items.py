"""Items of the outline as a list: those below a clause that opens them, those beside the best one, the one that is named, and bans."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.draft import Draft, Quote, lines, shortened
from assistant.answering.evidence import Gathered, Scored
from assistant.compose.ends import ended_alike
from assistant.compose.item_texts import item_texts
from assistant.compose.texts import clean
from assistant.question.query import Query
from corpus.numbers import CN, value_of
from corpus.text import fold, trim
from corpus.types import Section, Span

BANS = re.compile("不得|禁止|严禁|不准|不许|不能|不可|杜绝|不予|不享受|不纳入|不适用|不受理|不再")


_BARS = re.compile("不享受|不予|不纳入|不适用|不受理|不得(?:申请|享受|参加|报名|申报)|除外")


def banning(gathered: Gathered, *, persons: bool = False) -> Gathered | None:
    """Keep to the clauses that forbid something or bar somebody (persons), and the items below one that does; None where none is near the best."""
    best = gathered.clauses[0].score if gathered.clauses else 0.0
    near = [s for s in gathered.clauses if s.score > best - _NEAR]
    kept = [s for s in near if persons and _BARS.search(s.clause.own)] or [s for s in near if _bans(s.clause.own, s.clause.item)]
    return replace(gathered, clauses=tuple(kept)) if kept else None


_BOUND = re.compile("不[得能可](?:超过|高于|多于|大于|少于|低于|小于|早于|晚于|不)")
"""不得晚于22时 sets a limit and forbids nothing by itself."""


def _bans(own: str, item: str) -> bool:
    """Does a sentence forbid something, or hang on what does?"""
    return bool(BANS.search(_BOUND.sub("", own))) or (not _BOUND.search(own) and bool(BANS.search(_BOUND.sub("", item))))


_NEAR = 0.25
_OPENS = re.compile(r"(?:下列|以下|如下|下述)[^。;；]{0,30}[:：]?$|[:：]$")


_DIVIDES = re.compile("职责|分工")
_DOES = re.compile(r"(?m)^[ 　]*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．])?[ 　]*(?P<who>[^:：。;；\n]{2,30})[:：](?P<what>[^\n]{2,300})$")


def divided(query: Query, gathered: Gathered) -> Draft | None:
    """What each office does, one a line (市公安局:查处…), below the heading 部门职责 of the document found first."""
    document = gathered.clauses[0].clause.document if gathered.clauses else None
    if document is None:
        return None
    for home in document.sections:
        lines_found = list(_DOES.finditer(document.text, home.heading.end, home.span.end)) if home.title and _DIVIDES.search(home.title) and home.family != "attachment" else []
        if len(lines_found) > 2:
            told = [f"{m['who'].strip()}:{shortened(clean(m['what']).rstrip('。;；'), 120)}" for m in lines_found]
            quotes = tuple(Quote(document, trim(document.text, Span(m.start(), m.end())), home.path) for m in lines_found)
            return Draft("list", lines(told), quotes, max(gathered.clauses[0].score, _DIVIDED), True, (), "", "outline")
    return None


_DIVIDED = 0.8
_STATED = re.compile(rf"(?:下设|设有?|分为|分成|包括|共有?|组建|成立)(?:了)?([{CN}]{{1,2}}|\d{{1,2}})个?")
"""A number of parts that a sentence announces (下设五个工作组。): items of that number below it are they."""


def items_below(query: Query, gathered: Gathered) -> Draft | None:
    """A clause that opens a list (禁止下列活动:) is answered with the items below it."""
    for scored in gathered.clauses[:3]:
        clause = scored.clause
        document = clause.document
        stated = [value_of(n) for n in _STATED.findall(clause.own)]
        opens = _OPENS.search(clause.own.rstrip("。;；"))
        if scored.score < gathered.clauses[0].score - 0.08 or not (opens or stated):
            continue
        home = next((s for s in reversed(document.sections) if s.heading.start <= clause.span.start < max(s.body.end, s.heading.end)), None)
        children = [s for s in document.sections if home and s.parent == home.index and s.span.start >= clause.span.start]
        if len(children) < 2 or not (opens or len(children) in stated):
            continue
        items, added = item_texts(document, children)
        last = children[-1].span.end
        span = Span(clause.span.start, last)
        marks = tuple(s.heading for s in children)
        quotes = (Quote(document, span, clause.passage.path, marks),) if len(span) <= 900 else (
            Quote(document, clause.span, clause.passage.path), *(Quote(document, s.span, s.path) for s in children[:30])
        )  # fmt: skip
        text = "\n".join(filter(None, (lines([shortened(i, 120) for i in items]), added)))
        return Draft("list", text, quotes, scored.score, True, (), "", "outline")
    return None


MEMBERS_ASKED = re.compile("哪些|哪几|什么人|条件|材料|几样|几项|要求|情形|方式|渠道|内容")


def _item_named(query: Query, best: Scored, home: Section) -> Draft | None:
    """The one item of a list that the question names by its title (检查食品看哪几点): what stands below the title."""
    document = best.clause.document
    title = _BRACKETED.sub("", fold(home.title))
    body = clean(Span(home.heading.end, home.span.end).of(document.text))
    if len(title) < 2 or title not in query.folded or len(body) < 2 or len(body) > _LONGEST_ITEM:
        return None
    return Draft("list", body, (Quote(document, home.span, home.path),), best.score, True, (), "", "outline", (("own", best.own),))


_BRACKETED = re.compile(r"[(][^()]*[)]$")
_LONGEST_ITEM = 300
_SOME = 0.5


def siblings(query: Query, gathered: Gathered) -> Draft | None:
    """The best clause is one of several short items ((1)…;(2)…): the list they make is the answer."""
    best = gathered.clauses[0] if gathered.clauses else None
    if best is None or not MEMBERS_ASKED.search(query.folded) or best.clause.passage.section < 0:
        return None
    document = best.clause.document
    home = document.sections[best.clause.passage.section]
    items = [s for s in document.sections if s.parent == home.parent and s.family == home.family] if home.parent >= 0 else []
    short = items and all(len(s.span) <= 160 for s in items) and home.family in ("arabic_paren", "cn_paren", "circled", "run", "letter")
    if not short or not 2 <= len(items) <= 20:
        return None
    parent = document.sections[home.parent]
    over = fold(Span(parent.heading.start, items[0].span.start).of(document.text) + " ".join(parent.path) + document.title + "".join(document.card.places))
    alike = [fold(s.span.of(document.text)) for s in items]
    told = [t for t in query.terms if t.required and t.known]
    # A word that one item alone has tells of that item, not of the list.
    if told and not any(t.cover(over) > _SOME or sum(t.cover(item) > _SOME for item in alike) > 1 for t in told):
        return _item_named(query, best, home)
    spans, _ = ended_alike(document.text, [s.span for s in items])
    if not any(best.clause.span.overlaps(span) for span in spans):
        return None  # it stands behind the last item and is none of them
    texts, added = item_texts(document, items)
    if sum(bool(re.search("牵头|(?:责任|配合)单位", text)) for text in texts) > len(texts) / 2:
        return None  # tasks, of which one sentence is meant
    span = Span(items[0].span.start, items[-1].span.end)
    quotes = (Quote(document, span, document.sections[home.parent].path, tuple(s.heading for s in items)),) if len(span) <= 900 else tuple(
        Quote(document, s.span, s.path) for s in items
    )  # fmt: skip
    return Draft("list", "\n".join(filter(None, (lines(texts), added))), quotes, best.score, True, (), "", "outline", (("own", best.own),))
