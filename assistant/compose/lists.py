"""All members of an enumeration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.answering.draft import Draft, Quote, lines, shortened
from assistant.answering.evidence import FORBIDS, Gathered, Scored, document_meant, in_scope
from assistant.compose.definitions import counts_parts, defined, explaining, names_counted_term
from assistant.compose.item_texts import whole_items
from assistant.compose.items import BANS, MEMBERS_ASKED, banning, divided, items_below, siblings
from assistant.compose.slogans import spelt_out
from assistant.compose.sorts import fit
from assistant.compose.texts import clean, spoken, text_answer
from assistant.library.library import Library
from assistant.question.kinds import BARRED, DIVIDED, TIERS
from assistant.question.query import Query, Reference
from assistant.question.terms import coverage
from corpus.codec import overlapping
from corpus.numbers import CN, value_of
from corpus.opened_lists import DIVISION
from corpus.text import fold
from corpus.types import Definition, Document, Enumeration, Mention, Span

Fact = TypeVar("Fact", Enumeration, Definition)


@dataclass(frozen=True, slots=True)
class _List:
    document: Document
    members: tuple[Mention, ...]
    clause: Span
    path: tuple[str, ...]
    score: float
    head: str
    count: int | None = None


def enumerate_members(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer with a complete list, one member a line; with the best clause where no list fits."""
    if draft := parts_of_document(query, library):
        return draft
    if (query.quoted or re.search("说的|所称|所指|指的", query.folded) or (query.measure_word != "家" and names_counted_term(query, library))) and (known := defined(query, library)):
        return known
    if parts := spelt_out(query, gathered):
        return parts
    found = sorted(_lists(query, gathered, library), key=lambda c: -c.score)
    if said := _of_its_form(query, gathered):
        return said
    if FORBIDS.search(query.folded) and gathered.clauses:
        found = []  # what is forbidden is said by the ban: its items below, or its sentence
    if below := items_below(query, gathered):
        return below
    if re.search("哪(?:一)?(?:个|种|项)(?!方面)|(?:什么|啥)原因", query.folded) and not query.count:
        return text_answer(query, gathered, kind="list")  # one thing or a cause is asked for, no list
    if together := siblings(query, gathered):
        return together
    text = _repeated(query, gathered) or _staged(query, gathered) or text_answer(query, gathered, kind="list")
    text = None if text and found and _says_nothing(query, text) else text
    if not found or (text and _says_more(query, text, found[0], gathered)):
        if _NAMES.search(query.folded):
            return Draft("list", "", (), 0.0, False, (), "文件没有列出名单", "list")
        if text and (term := _unexplained(query, gathered, library)):
            return Draft("list", "", (), 0.0, False, (), f"文件提到“{term}”,但没有逐项说明", "list")
        return text
    return _read_out(query, found[0], _unexplained(query, gathered, library))


def _of_its_form(query: Query, gathered: Gathered) -> Draft | None:
    """Bans and the division of work, which the form of a text shows, not the words that a list is headed by."""
    if BARRED.search(query.folded):
        return _bans(query, gathered)
    return divided(query, gathered) if DIVIDED.search(query.folded) else None


def _bans(query: Query, gathered: Gathered) -> Draft | None:
    """What must not be done, or who is barred: the items below a ban, or the sentence that says it."""
    bans = banning(gathered, persons="谁" in query.folded or "人" in query.folded)
    kept = bans or gathered
    text = items_below(query, kept) or siblings(query, kept) or text_answer(query, kept, kind="list")
    return replace(text, exact=True) if text and bans and BANS.search(text.text) else text


def _says_nothing(query: Query, text: Draft) -> bool:
    """Does a sentence hold hardly anything but the words of the question? It names what is asked for and does not list it."""
    rest = fold(text.text)
    for word in sorted({form for t in query.terms for form in (t.text, *t.alternatives)}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(re.sub("[^㐀-鿿a-z0-9]", "", rest)) < _HARDLY


_HARDLY = 6


def _says_more(query: Query, text: Draft, best: _List, gathered: Gathered) -> bool:
    """Does a run of sentences cover so much more of the question than the best list that it is the answer?"""
    as_many = query.count == len(best.members) and (best.count == query.count or len(best.members) >= _BY_NO_CHANCE)
    if as_many and best.score > (_FAIR if len(best.members) < _BY_NO_CHANCE else _HALF):
        return False
    first = gathered.clauses[0].clause
    at = best.members[0].span.start
    opens = first.document.id == best.document.id and first.span.overlaps(best.clause) and best.document.text[max(at - 3, 0) : at].rstrip()[-1:] in (":", "：")
    return best.score < min(text.coverage, 1.0) - (_MARGIN_OWN if opens and MEMBERS_ASKED.search(query.folded) else _MARGIN)


_FAIR = 0.6
_HALF = 0.5
_BY_NO_CHANCE = 6
"""So many members are as many as the question says by no chance, though the text does not count them."""
_MARGIN, _MARGIN_OWN = 0.1, 0.2
"""How much less of the question than a sentence a list may cover; one that a colon of the best clause opens may cover less than another."""


def _read_out(query: Query, best: _List, unexplained: str) -> Draft:
    """Give the members of a list, or the one asked for; refuse when a slogan is asked for that the list does not spell out."""
    if unexplained and fold(unexplained) not in best.head:
        return Draft("list", "", (), 0.0, False, (), f"文件提到“{unexplained}”,但没有逐项说明", "list")
    ordinal = next((r for r in query.scope.references if r.family in ("ordinal", "item")), None)
    if ordinal and best.score >= 0.5:
        return _nth(best, ordinal)
    notes: tuple[str, ...] = ()
    if best.count and best.count != len(best.members):
        notes = (f"原文称{best.count}项,此处列出{len(best.members)}项",)
    inside = tuple(m.span for m in best.members if best.clause.covers(m.span))
    whole = (Quote(best.document, best.clause, best.path, inside),) if len(best.clause) <= 700 else ()
    quotes = (*whole, *(Quote(best.document, m.span, best.path) for m in best.members[:30] if not whole or m.span not in inside))
    values = whole_items(best.document, best.members, figures="number" in query.wants) or [m.value for m in best.members]
    return Draft("list", spoken(values + _tail(best)), quotes, min(best.score, 1.0), True, notes, "", "list")


def counted(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer 几样材料 with the number of members of the list, and the list."""
    draft = enumerate_members(query, gathered, library)
    if draft is None or not draft.exact or not draft.text:
        return None
    members = draft.text.split("\n") if "\n" in draft.text else draft.text.split("、")
    if len(members) < 2 or draft.coverage < 0.5:
        return None
    measure = query.measure_word if len(query.measure_word) == 1 and query.measure_word not in "%元久" else "项"
    return replace(draft, kind="count", text=f"共{len(members)}{measure}:\n{draft.text}")


def _nth(found: _List, ordinal: Reference) -> Draft:
    """Answer 第二项是什么 with that member; say how many there are when it is beyond the last."""
    if ordinal.number > len(found.members):
        return Draft("list", "", (), 0.0, False, (), f"没有{ordinal.text},只有{len(found.members)}项", "list")
    member = found.members[ordinal.number - 1]
    quote = Quote(found.document, found.clause if len(found.clause) <= 700 else member.span, found.path, (member.span,))
    return Draft("list", clean(member.value), (quote,), min(found.score, 1.0), True, (), "", "list")


_TAIL = re.compile(r"^(?:等[^,，。;；、]{0,14})?[^,，。;；、和及]{0,10}(?:和|以及|及)([^,，。;；、]{4,24})")


def _tail(found: _List) -> list[str]:
    """What the sentence adds to a list after its 等: 矿山、燃气等单位负责人和二级三级医院责任人."""
    last = found.members[-1].span
    match = _TAIL.match(found.document.text[last.end : found.clause.end]) if found.clause.covers(last) else None
    return [match.group(1)] if match and found.clause.end - last.end < 60 else []


def bodies(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer 有哪些部门 with a list of bodies that no duty holds (A、B、C等部门联合审查)."""
    if not re.search("哪些|哪几", query.folded):
        return None
    draft = enumerate_members(query, gathered, library)
    return draft if draft and draft.exact and re.search("局|委|部门|厅|管理|院|公司|大队|政府", draft.text) else None


_NAMES = re.compile("名字|名单|叫什么|都叫|名称")
_PARTS = re.compile(r"(?:分成?|分为|包括|由)(?:了|哪)?(?:几|哪些|多少)(?:大|个)*(?:部分|方面|章|板块|块)|(?:哪|有)(?:几|些)(?:大|个)*(?:部分|章|板块)")


def parts_of_document(query: Query, library: Library) -> Draft | None:
    """Answer 分成哪几个部分 with the top headings of the one document in scope."""
    items = _ITEMS.search(query.folded)
    document = document_meant(query, library.likely(query)) if items or _PARTS.search(query.folded) else None
    if document is None:
        return None
    if items and (all_items := _all_items(document, value_of(items.group(1)))):
        return all_items
    if not _PARTS.search(query.folded):
        return None
    tops = [s for s in document.sections if s.parent < 0 and s.title and s.family in ("cn", "chapter", "markup", "attachment", "decimal")]
    if len(tops) < 2:
        return None
    quotes = tuple(Quote(document, s.heading, s.path, ()) for s in tops)
    return Draft("list", lines([s.title for s in tops]), quotes, 0.9, True, (), "", "outline")


_ITEMS = re.compile(rf"([{CN}]{{1,3}}|\d{{1,3}})条[^,?]{{0,8}}(?:有哪些|是哪些|都有啥|都是什么|分别是|是什么)")


def _all_items(document: Document, count: int | None) -> Draft | None:
    """十条措施都有哪些: the numbered items of the document, when there are as many as the question says."""
    items = [s for s in document.sections if s.family in ("arabic", "article") and s.title]
    if len(items) != count:
        return None
    quotes = tuple(Quote(document, s.heading, s.path) for s in items)
    return Draft("list", lines([s.title for s in items]), quotes, 0.9, True, (), "", "outline")


def _repeated(query: Query, gathered: Gathered) -> Draft | None:
    """Collect the sentences of one item that all speak of the quoted term (深化A“一件事”改革。…推进B“一件事”改革。)."""
    if not query.quoted or not gathered.clauses:
        return None
    term = query.quoted[0]
    best = gathered.clauses[0]
    same = [s for s in gathered.clauses if s.clause.passage.section == best.clause.passage.section and s.clause.document.id == best.clause.document.id and term in s.clause.own]
    if len(same) < 3 or not re.search("领域|方面|改革|行动|项", query.folded):
        return None
    same.sort(key=lambda s: s.clause.span.start)
    document = best.clause.document
    items = [shortened(clean(s.clause.text), 70) for s in same]
    quotes = tuple(Quote(document, s.clause.span, s.clause.passage.path, ()) for s in same)
    return Draft("list", lines(items), quotes, best.score, False, (), "", "text", (("own", best.own),))


def _staged(query: Query, gathered: Gathered) -> Draft | None:
    """Sentences that each begin with the kind of thing asked for (启动实施阶段(…)。全面推进阶段(…)。)."""
    noun = query.asked_noun
    if len(noun) < 2 or not gathered.clauses:
        return None
    found = [s for s in gathered.clauses[:30] if noun in s.clause.own[:16] and s.score >= gathered.clauses[0].score - 0.5]
    by_document: dict[str, list[Scored]] = {}
    for scored in found:
        by_document.setdefault(scored.clause.document.id, []).append(scored)
    same = max(by_document.values(), key=len, default=[])
    if len(same) < 2:
        return None
    same.sort(key=lambda s: s.clause.span.start)
    document = same[0].clause.document
    homes = {s.clause.passage.section for s in same}
    if len(homes) > 1 and len({document.sections[at].parent for at in homes if at >= 0}) > 1:
        return None  # the same word in unlike places
    items = [shortened(clean(s.clause.text), 80) for s in same]
    quotes = tuple(Quote(document, s.clause.span, s.clause.passage.path, ()) for s in same)
    return Draft("list", lines(items), quotes, max(s.score for s in same), False, (), "", "text")


def _unexplained(query: Query, gathered: Gathered, library: Library) -> str:
    """A quoted counting term (“十有两禁”) that no document of the scope spells out; what is arranged against it needs no spelling out."""
    if _ARRANGED.search(query.folded):
        return ""
    for term in query.quoted:
        if counts_parts(term) and term[-1] not in "法" and library.occurs(term, query.scope.documents) and not explaining(term, gathered):
            return term
    return ""


_ARRANGED = re.compile("(?:作出?|做出?|提出)了?(?:哪些|哪几项|什么|啥)(?:具体)?(?:安排|部署|要求|规定|举措|措施)|(?:怎么|如何|怎样)(?:加强|抓|整治|治理|管)")


def _lists(query: Query, gathered: Gathered, library: Library) -> Iterable[_List]:
    own: dict[str, list[tuple[Span, float]]] = {}
    for scored in gathered.clauses[: 40 if library.small else 15]:
        own.setdefault(scored.clause.document.id, []).append((scored.clause.span, scored.score))
    for document in library.reading(library.among(own), "enumerations", "definitions"):
        near_of = own[document.id]
        enumerations: Sequence[Enumeration] = document.facts.enumerations
        definitions: Sequence[Definition] = document.facts.definitions
        if not (query.asked_noun or query.count):
            # Only what stands near counts then: of a document with hundreds of lists few are read.
            enumerations, definitions = _near(enumerations, near_of), _near(definitions, near_of)
        facts: list[Enumeration | Definition] = [*enumerations, *definitions]
        for fact in facts:
            if len(fact.members) < 2 or not in_scope(document, fact.section, query) or any(_CELLS.search(m.value) for m in fact.members):
                continue
            headings = isinstance(fact, Enumeration) and fact.kind == "headings"
            if headings and isinstance(fact, Enumeration) and not fact.head.value and not _OUTLINE_ASKED.search(query.folded) and _named_place(query):
                continue
            near = max((score for span, score in near_of if span.overlaps(fact.clause)), default=0.0)
            named = bool(query.asked_noun) and all(query.asked_noun in fold(m.value) for m in fact.members)
            counted = bool(query.count) and query.count == len(fact.members) and (not isinstance(fact, Enumeration) or fact.count == query.count or len(fact.members) >= _BY_NO_CHANCE)
            if near or named or counted:
                yield _scored(query, document, fact, near, headings=headings)


_CELLS = re.compile(r"[|\t]")
"""What stands in several cells of a table is no member of a list."""


def _near(facts: Sequence[Fact], spans: Sequence[tuple[Span, float]]) -> list[Fact]:
    """Give the facts whose clause one of the spans overlaps, in text order."""
    found = {id(fact): fact for span, _ in spans for fact in overlapping(facts, "clause", span.start, span.end)}
    return sorted(found.values(), key=lambda fact: fact.ordinal)


_OTHER_YEAR = 0.4
_YEAR = re.compile(r"20\d\d(?=年)")


def _of_another_year(query: Query, document: Document, fact: Enumeration | Definition) -> bool:
    """Does the year last named before the members (2024年完成…培训) tell that they are not of the only year asked for?"""
    if len(query.scope.years) != 1:
        return False
    before = document.text[fact.clause.start : max(fact.members[0].span.start, fact.clause.start)]
    stated = _YEAR.findall(before)
    return bool(stated) and int(stated[-1]) != query.scope.years[0]


_OUTLINE_ASKED = re.compile("部分|方面|章|板块|块|任务|工作|措施|举措|内容|行动|工程|重点|体系|阶段|步骤|环节|制度|机制|要求|条|事")


def _named_place(query: Query) -> bool:
    """The question lists something of a thing it names by number (1号线经过哪些地方), not the parts of a document."""
    return bool(re.search(r"\d+号(?:线|楼|窗口|院|店)|地方|站|人(?:员)?", query.folded))


def _scored(query: Query, document: Document, fact: Enumeration | Definition, near: float, *, headings: bool) -> _List:
    head = fold((fact.head if isinstance(fact, Enumeration) else fact.term).value)
    path = fold(" ".join(fact.path))
    title = fold(document.title + "".join(document.card.places))
    clause = fold(fact.clause.of(document.text)[:160]) if headings or len(fact.clause) > 1500 else fold(fact.clause.of(document.text))
    members = [fold(m.value) for m in fact.members]
    kind_fits = bool(query.asked_noun) and sum(query.asked_noun in m for m in members) > len(members) / 2
    if kind_fits:
        head += query.asked_noun
    score = coverage(query.terms, ((head, 1.0), (clause, 0.88), (path, 0.7), (title, 0.6)))
    if not headings:
        score = 0.6 * score + 0.4 * near
    if any(q and (q in head or (head in q and len(head) > 1)) for q in query.quoted):
        score += 0.25
    if query.count and query.count > 1:
        score += 0.18 if query.count == len(members) else -0.12
    if kind_fits:
        score += 0.2
    elif query.asked_noun and query.asked_noun in head[-8:]:
        score += 0.08
    elif query.asked_noun and fact.path and fold(fact.path[-1]).endswith(query.asked_noun):
        score += 0.12  # 物资:配备… under a heading of that name
    start = fact.members[0].span.start
    if TIERS.search(query.folded) and sum(bool(re.search(r"\d", m)) for m in members) > len(members) / 2:
        score += 0.2
    which = bool(query.asked_noun) and bool(re.search(f"哪[^,?]{{1,3}}{query.asked_noun}", query.folded))
    if which and not kind_fits and sum(query.asked_noun in m for m in members) == 1 and query.asked_noun not in head:
        score -= 0.25  # the one member tells of what is asked for, the list does not
    score += fit(query.folded, head, document.text[max(start - 6, 0) : start].strip())
    if DIVIDED.search(query.folded):
        score += _MARGIN_OWN * (head == DIVISION)
    score -= _OTHER_YEAR * _of_another_year(query, document, fact)
    # The question's own words among the members speak against it: it asks about something else.
    asked = sum(term.weight for term in query.terms if term.text != query.asked_noun and any(term.text in m for m in members))
    score -= 0.15 * asked / (sum(term.weight for term in query.terms) or 1.0)
    count = fact.count if isinstance(fact, Enumeration) else None
    return _List(document, fact.members, fact.clause, fact.path, score, head, count)
