"""All members of an enumeration, the meaning of a term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.compose.texts import clean, text_answer
from assistant.draft import Draft, Quote, lines, shortened
from assistant.evidence import Gathered, Scored, document_meant, in_scope
from assistant.library import Library
from assistant.query import Query, Reference
from assistant.terms import coverage
from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Definition, Document, Enumeration, Mention, Span

_QUOTES = "“”\"「」『』《》"


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
    if (query.quoted or re.search("说的|所称|所指|指的", query.folded) or (query.measure_word != "家" and _names_counted_term(query, library))) and (known := _defined(query, library)):
        return known
    found = sorted(_lists(query, gathered, library), key=lambda c: -c.score)
    if below := items_below(query, gathered):
        return below
    if re.search("哪(?:一)?(?:个|种|项)(?!方面)", query.folded) and not query.count:
        return text_answer(query, gathered, kind="list")  # one thing is asked for, no list
    if together := siblings(query, gathered):
        return together
    text = _repeated(query, gathered) or _staged(query, gathered) or text_answer(query, gathered, kind="list")
    stated = bool(found) and query.count is not None and found[0].count == query.count == len(found[0].members)
    if not found or (text and found[0].score < text.coverage - 0.1 and not (stated and found[0].score > 0.6)):
        if _NAMES.search(query.folded):
            return Draft("list", "", (), 0.0, False, (), "文件没有列出名单", "list")
        if text and (term := _unexplained(query, gathered, library)):
            return Draft("list", "", (), 0.0, False, (), f"文件提到“{term}”,但没有逐项说明", "list")
        return text
    best = found[0]
    ordinal = next((r for r in query.scope.references if r.family in ("ordinal", "item")), None)
    if ordinal and best.score >= 0.5:
        return _nth(best, ordinal)
    notes: tuple[str, ...] = ()
    if best.count and best.count != len(best.members):
        notes = (f"原文称{best.count}项,此处列出{len(best.members)}项",)
    quote = Quote(best.document, best.clause, best.path, tuple(m.span for m in best.members if best.clause.covers(m.span)))
    quotes = (quote,) if len(best.clause) <= 700 else tuple(Quote(best.document, m.span, best.path, ()) for m in best.members[:30])
    return Draft("list", spoken([m.value for m in best.members] + _tail(best)), quotes, min(best.score, 1.0), True, notes, "", "list")


def counted(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer 几样材料 with the number of members of the list, and the list."""
    draft = enumerate_members(query, gathered, library)
    if draft is None or not draft.exact or not draft.text:
        return None
    members = re.split("[\n、]", draft.text)
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


def spoken(members: Sequence[str]) -> str:
    """Write members one a line; a few short words (红、橙、黄、蓝) on one."""
    items = [clean(m) for m in members]
    if all(len(i) <= 4 for i in items) and len(items) <= 12:
        return "、".join(items)
    return lines(items)


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


_OPENS = re.compile(r"(?:下列|以下|如下|下述)[^。;；]{0,30}[:：]?$|[:：]$")


def items_below(query: Query, gathered: Gathered) -> Draft | None:
    """A clause that opens a list (禁止下列活动:) is answered with the items below it."""
    for scored in gathered.clauses[:3]:
        clause = scored.clause
        document = clause.document
        if scored.score < gathered.clauses[0].score - 0.08 or not _OPENS.search(clause.own.rstrip("。;；")):
            continue
        home = next((s for s in reversed(document.sections) if s.heading.start <= clause.span.start < max(s.body.end, s.heading.end)), None)
        children = [s for s in document.sections if home and s.parent == home.index and s.span.start >= clause.span.start]
        if len(children) < 2:
            continue
        items = [clean(Span(s.heading.start, s.body.end).of(document.text)).removeprefix(s.label).rstrip(";；。") for s in children]
        last = children[-1].span.end
        span = Span(clause.span.start, last)
        marks = tuple(s.heading for s in children)
        quotes = (Quote(document, span, clause.passage.path, marks),) if len(span) <= 900 else (
            Quote(document, clause.span, clause.passage.path), *(Quote(document, s.span, s.path) for s in children[:30])
        )  # fmt: skip
        return Draft("list", lines([shortened(i, 120) for i in items]), quotes, scored.score, True, (), "", "outline")
    return None


_MEMBERS_ASKED = re.compile("哪些|哪几|什么人|条件|材料|几样|几项|要求|情形|方式|渠道|内容")


def siblings(query: Query, gathered: Gathered) -> Draft | None:
    """The best clause is one of several short items ((1)…;(2)…): the list they make is the answer."""
    best = gathered.clauses[0] if gathered.clauses else None
    if best is None or not _MEMBERS_ASKED.search(query.folded) or best.clause.passage.section < 0:
        return None
    document = best.clause.document
    home = document.sections[best.clause.passage.section]
    items = [s for s in document.sections if s.parent == home.parent and s.family == home.family] if home.parent >= 0 else []
    short = items and all(len(s.span) <= 160 for s in items) and home.family in ("arabic_paren", "cn_paren", "circled", "run", "letter")
    if not short or not 2 <= len(items) <= 20:
        return None
    texts = [clean(s.span.of(document.text)).removeprefix(s.label).rstrip("。;；") for s in items]
    span = Span(items[0].span.start, items[-1].span.end)
    quotes = (Quote(document, span, document.sections[home.parent].path, tuple(s.heading for s in items)),) if len(span) <= 900 else tuple(
        Quote(document, s.span, s.path) for s in items
    )  # fmt: skip
    return Draft("list", lines(texts), quotes, best.score, True, (), "", "outline", (("own", best.own),))


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
    items = [shortened(clean(s.clause.text), 80) for s in same]
    quotes = tuple(Quote(document, s.clause.span, s.clause.passage.path, ()) for s in same)
    return Draft("list", lines(items), quotes, max(s.score for s in same), False, (), "", "text")


def _unexplained(query: Query, gathered: Gathered, library: Library) -> str:
    """A quoted counting term (“十有两禁”) that no document of the scope spells out."""
    for term in query.quoted:
        if _counts(term) and term[-1] not in "法" and library.occurs(term, query.scope.documents) and not _explaining(term, gathered):
            return term
    return ""


def _lists(query: Query, gathered: Gathered, library: Library) -> Iterable[_List]:
    own: dict[str, list[tuple[Span, float]]] = {}
    for scored in gathered.clauses[: 40 if library.small else 15]:
        own.setdefault(scored.clause.document.id, []).append((scored.clause.span, scored.score))
    for document in library.reading(library.among(own), "enumerations", "definitions"):
        near_of = own[document.id]
        facts: tuple[Enumeration | Definition, ...] = (*document.facts.enumerations, *document.facts.definitions)
        for fact in facts:
            if len(fact.members) < 2 or not in_scope(document, fact.section, query):
                continue
            headings = isinstance(fact, Enumeration) and fact.kind == "headings"
            if headings and isinstance(fact, Enumeration) and not fact.head.value and not _OUTLINE_ASKED.search(query.folded) and _named_place(query):
                continue
            near = max((score for span, score in near_of if span.overlaps(fact.clause)), default=0.0)
            named = bool(query.asked_noun) and all(query.asked_noun in fold(m.value) for m in fact.members)
            counted = bool(query.count) and query.count == len(fact.members) and (not isinstance(fact, Enumeration) or fact.count == query.count)
            if near or named or counted:
                yield _scored(query, document, fact, near, headings=headings)


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
    # The question's own words among the members speak against it: it asks about something else.
    asked = sum(term.weight for term in query.terms if term.text != query.asked_noun and any(term.text in m for m in members))
    score -= 0.15 * asked / (sum(term.weight for term in query.terms) or 1.0)
    count = fact.count if isinstance(fact, Enumeration) else None
    return _List(document, fact.members, fact.clause, fact.path, score, head, count)


def definition(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer what a term means; say so when the documents use it without explaining it."""
    if known := _defined(query, library):
        return known
    term = _asked_term(query)
    if term and library.occurs(term, query.scope.documents):
        explained = _explaining(term, gathered)
        if not explained and (query.quoted or _counts(term)):
            return Draft("definition", "", (), 0.0, False, (), f"文件提到“{term}”,但没有解释它的含义", "definition")
    return text_answer(query, gathered, kind="definition")


def _defined(query: Query, library: Library) -> Draft | None:
    best = _best_definition(query, library)
    if best is None:
        return None
    document, fact, score = best
    listed = fact.members and _counts(fact.term.value)
    text = spoken([m.value for m in fact.members]) if listed else clean(fact.meaning.value)
    marks = (fact.meaning.span,) if fact.clause.covers(fact.meaning.span) else ()
    return Draft("definition", text, (Quote(document, fact.clause, fact.path, marks),), score, True, (), "", "definition")


def _names_counted_term(query: Query, library: Library) -> bool:
    """五停是停哪五样: a term that counts its parts and is spelt out somewhere."""
    best = _best_definition(query, library)
    return best is not None and len(best[1].members) > 1 and _counts(best[1].term.value)


def _asked_term(query: Query) -> str:
    if query.quoted:
        return query.quoted[0]
    return max((t.text for t in query.terms), key=len, default="")


def _counts(term: str) -> bool:
    return len(term) >= 2 and bool(re.search("[两二三四五六七八九十]|[2-9]", term))


def _explaining(term: str, gathered: Gathered) -> bool:
    """Does a clause open an explanation right after the term: “X”是指…, “X”(…), X,即…?"""
    for scored in gathered.clauses[:20]:
        text = scored.clause.own.translate({ord(c): None for c in _QUOTES})
        bare = term.translate({ord(c): None for c in _QUOTES})
        at = text.find(bare)
        after = _AFTER_TERM.sub("", text[at + len(bare) :])
        if at >= 0 and after[:3].lstrip("的,").startswith(("是指", "指", "即", "(", ":", "为", "包括", ",既", ",即", "就是", ",做到")):
            return True
    return False


def _best_definition(query: Query, library: Library) -> tuple[Document, Definition, float] | None:
    best: tuple[Document, Definition, float] | None = None
    stating = library.stating(query.scope.documents, library.factbook.defining((query.folded, *query.quoted)))
    for document in library.reading(stating, "definitions"):
        for fact in document.facts.definitions:
            score = _term_score(query, fact)
            if score:
                # One term may be spelt out twice with other members; the surroundings the question names decide.
                around = fold(fact.clause.of(document.text)[:600] + " ".join(fact.path) + document.title)
                score += 0.1 * coverage(query.terms, ((around, 1.0),)) - 0.05
            if score > 0.5 and (best is None or score > best[2]):
                best = (document, fact, score)
    return best


_AFTER_TERM = re.compile("^(?:管理|工作|责任)?(?:制度|机制|模式|要求|原则|标准|措施|办法)(?=[:,(])")
"""What kind of thing a term names, between it and its explanation: “日巡查、月通报”制度:运维公司每日巡查…."""
_GENERIC_TAIL = re.compile("制度|机制|体系|原则|要求|行动|工作|工程|工作法|标准|模式|管理|措施|活动|建设")


def _term_score(query: Query, fact: Definition) -> float:
    term = fold(fact.term.value).strip(_QUOTES)
    if len(term) < 2:
        return 0.0
    if any(term == q or (q.startswith(term) and _GENERIC_TAIL.fullmatch(q[len(term) :])) for q in query.quoted):
        return 0.95
    if any(term in q for q in query.quoted):
        return 0.0  # “五个一” is not “五个一批”
    if term in query.folded:
        return 0.75 + min(len(term), 10) / 50
    return 0.0
