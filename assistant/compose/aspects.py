"""What a matter's own part of the text says: the items below 申请条件, 所需材料, 禁止下列行为:, the line 办公地点:….

The question names the aspect (要带些什么), the text heads it in its own words (申请材料); the two meet in `lexicon.aspects`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.clauses import sentences
from assistant.answering.draft import Draft, Quote, lines, shortened
from assistant.answering.evidence import FORBIDS, Gathered, document_meant, in_scope
from assistant.compose.ends import ended_alike
from assistant.compose.texts import clean
from assistant.lexicon.aspects import ASPECTS, Aspect
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.terms import Term, coverage
from corpus.text import fold, trim
from corpus.types import Document, Section, Span

LEAST = 0.5
"""Share of what else the question names that the part, its heading path and the title must hold."""

LEAST_LINE = 0.2
"""The same for a line with a label of its own, of which a guide has one: 是否收费:否 need not name the matter again."""
_AROUND = 160
"""Characters before and after a labelled line in which its neighbours name what the line is about."""
_MOST_DOCUMENTS = 4
_SHOWN, _ITEM = 320, 150
_CITED = 900
_OPENING = re.compile(r"[^。;；\n]{0,60}(?:(?:下列|以下|如下|之一)[^。;；\n]{0,40}|方面(?:的)?(?:主要|突出)?(?:问题|不足))[:：]\s*$")
_LABEL_LINE = re.compile(r"(?m)^[ \t　]*(?P<label>[㐀-鿿]{2,12})[ \t　]*[:：][ \t　]*(?P<value>[^\n]{1,200})$")


@dataclass(frozen=True, slots=True)
class Part:
    """head: its heading or opening words, folded.  items: what stands below, in order.  span: all of it."""

    document: Document
    head: str
    items: tuple[Span, ...]
    span: Span
    path: tuple[str, ...]
    opening: Span
    line: bool = False


def part_asked(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer with the part of the one document meant that is headed by what the question asks for; None when none is sure."""
    for aspect in ASPECTS:
        if query.kind in aspect.kinds and aspect.asked.search(query.folded) and (draft := _answer(query, gathered, library, aspect)):
            return draft
    return None


def _answer(query: Query, gathered: Gathered, library: Library, aspect: Aspect) -> Draft | None:
    found: list[tuple[float, int, Part]] = []
    forbidden = FORBIDS.findall(query.folded) if aspect.name == "banned" else []
    documents = _documents(query, gathered, library)
    for document in documents:
        rest = _rest(query, document, aspect, alone=len(documents) == 1)
        for part in parts(document, aspect.heads_it):
            rank = _rank(aspect, part)
            if rank is None or not in_scope(document, _section_at(document, part.span.start), query):
                continue
            if forbidden and not any(verb in fold(part.span.of(document.text)) for verb in forbidden):
                continue
            score = _held(rest, part) - 0.15 * rank
            if part.line and query.scope.documents and len(query.scope.documents) == 1:
                score = max(score, LEAST_LINE)
            if score + 0.15 * rank >= (LEAST_LINE if part.line else LEAST):
                found.append((round(score + 0.1 * coverage(query.terms, ((part.head, 1.0),)), 2), -len(part.span), part))
    if not found:
        return None
    score, _, best = max(found, key=lambda f: f[:2])
    return _draft(query, best, score)


def _documents(query: Query, gathered: Gathered, library: Library) -> list[Document]:
    if query.scope.documents:
        return list(library.among(query.scope.documents))[:_MOST_DOCUMENTS]
    if meant := document_meant(query, library.likely(query)):
        return [meant]
    best = [s for s in gathered.clauses[:5] if s.score > 0.6]
    return list({s.clause.document.id: s.clause.document for s in best}.values())[:1]


def _rest(query: Query, document: Document, aspect: Aspect, *, alone: bool) -> tuple[Term, ...]:
    """The words of the question that neither the aspect nor the document's title stands for."""
    titled = fold(document.title + " ".join(document.card.places))
    # 谁能申请,在哪儿办: of one document meanwhile, a follow-up is about the matter, not about those who were asked for before.
    asked = query.focus if query.follow_up and alone else query.terms
    return tuple(t for t in asked if (t.required or (t.known and t.weight >= _TELLING)) and t.cover(titled) < 0.7 and not aspect.words.fullmatch(t.text) and (t.known or len(t.text) > 1))


_TELLING = 0.75
"""Weight from which a verb (选配) tells what the part is about."""


def _held(rest: Sequence[Term], part: Part) -> float:
    if not rest:
        return 1.0
    text = part.document.text
    around = Span(max(part.span.start - _AROUND, 0), min(part.span.end + _AROUND, len(text))) if part.line else part.span
    body = fold(around.of(text))
    return coverage(rest, ((part.head, 1.0), (body, 0.95), (fold(" ".join(part.path)), 0.9)))


def _rank(aspect: Aspect, part: Part) -> int | None:
    if part.line and not aspect.line:
        return None
    if aspect.never and aspect.never.search(part.head):
        return None
    return next((rank for rank, head in enumerate(aspect.heads) if head.search(part.head)), None)


def parts(document: Document, wanted: Callable[[str], bool]) -> Iterator[Part]:
    """The parts of a document that a heading, an opening (下列…:) or a label at the head of a line names, if its folded words are wanted."""
    text, sections = document.text, document.sections
    for section in sections:
        if section.family in ("title", "attachment") or not section.title or len(section.title) > _HEADING or not wanted(fold(section.title)):
            continue
        if (section.number or 1) > 1 and text[max(section.heading.start - 1, 0)] not in "\n #*>　":
            continue  # one of several in a line (…;5.拒收符合条件的旧车) heads nothing
        head = Span(section.heading.start, section.heading.end)
        items = _below(document, section)
        if items:
            yield Part(document, fold(section.title), items, Span(head.start, items[-1].end), section.path, head)
    for match in re.finditer("[:：]", text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "\n。;；") + 1
        opening = trim(text, Span(start, match.end()))
        if len(opening) > 3 and _OPENING.match(opening.of(text)) and wanted(fold(opening.of(text))) and (items := _listed_after(document, opening)):
            section_index = _section_at(document, opening.start)
            path = sections[section_index].path if section_index >= 0 else ()
            yield Part(document, fold(opening.of(text)), items, Span(opening.start, items[-1].end), path, opening)
    for line in _LABEL_LINE.finditer(text):
        if not wanted(fold(line.group("label"))):
            continue
        value = Span(line.start("value"), line.end("value"))
        at = _section_at(document, line.start())
        span = trim(text, Span(line.start(), line.end()))
        yield Part(document, fold(line.group("label")), (value,), span, sections[at].path if at >= 0 else (), span, line=True)


_HEADING = 40
"""Characters of a heading; a longer one is an item that says all it says in its own line."""


def _section_at(document: Document, offset: int) -> int:
    return next((s.index for s in reversed(document.sections) if s.span.start <= offset < s.span.end), -1)


def _below(document: Document, section: Section) -> tuple[Span, ...]:
    """What stands below a heading: its child sections, each whole, or the sentences of its body."""
    text = document.text
    children = [s for s in document.sections if s.parent == section.index]
    body = trim(text, Span(section.heading.end, section.body.end)) if section.body.end > section.heading.end else section.body
    if children:
        opened = [trim(text, c.span) for c in children]
        return tuple(opened)
    return _cut(text, body)


def _cut(text: str, body: Span) -> tuple[Span, ...]:
    own = [s for s in sentences(text, body) if len(s.of(text).strip("。.:：;；、 ")) > 1]
    return tuple(own)


def _listed_after(document: Document, opening: Span) -> tuple[Span, ...]:
    """The items right after an opening: sections numbered from one on, or the pieces up to the end of its sentence."""
    text, sections = document.text, document.sections
    following = [s for s in sections if s.heading.start >= opening.end]
    first = following[0] if following else None
    if first and first.number == 1 and not text[opening.end : first.heading.start].strip():
        run = [first]
        for section in following[1:]:
            if section.parent == first.parent and section.family == first.family:
                if section.number != (run[-1].number or 0) + 1:
                    break
                run.append(section)
        return tuple(trim(text, _own(text, s)) for s in run) if len(run) > 1 else ()
    end = min(i for i in (text.find("\n", opening.end + 1), text.find("。", opening.end), len(text)) if i >= 0)
    pieces = [p for p in re.split("[;；]", text[opening.end : end]) if p.strip()]
    if len(pieces) < 2:
        return ()
    spans, at = [], opening.end
    for piece in pieces:
        start = text.index(piece, at)
        spans.append(trim(text, Span(start, start + len(piece))))
        at = start + len(piece)
    return tuple(spans)


def _own(text: str, section: Section) -> Span:
    """An item without the opening of the next list that stands at its end (…;\n有下列情形之一的:)."""
    own = Span(section.span.start, section.span.end)
    last = own.of(text).rstrip()
    cut = last.rfind("\n")
    return Span(own.start, own.start + cut) if cut > 0 and last.endswith((":", "：")) else own


_MARK = re.compile(r"^(?:第[一二三四五六七八九十]+步[,，、]?|[一二三四五六七八九十]是|[((（]?[一二三四五六七八九十\d]{1,3}[))）、.．](?!\d))[:： ]?")


def _draft(query: Query, part: Part, score: float) -> Draft | None:
    text = part.document.text
    spans, added = ended_alike(text, part.items) if _numbered(part) else (part.items, "")
    items = [clean(_MARK.sub("", clean(i.of(text)).lstrip("*答:："))).rstrip("。;；") for i in spans]
    items = [re.sub(r"^[*\s]*答[:：]\s*", "", i) for i in items]
    items = [i for i in items if re.search("[㐀-鿿a-z0-9]", i)]
    if not items:
        return None
    whole = sum(map(len, items))
    if part.line:
        shown = clean(part.span.of(text))
    elif len(items) == 1 or (query.kind not in _LISTS and whole <= _SHOWN and not _numbered(part)):
        shown = shortened("。".join(items), _SHOWN)
    else:
        limit = _ITEM if whole <= 1200 else 60
        shown = lines([shortened(i, limit) for i in items])
    if query.kind == "measure" and len(shown) > _LONGEST:
        shown = lines([shortened(i, max(_LONGEST // len(items) - 4, 20)) for i in items])
    if added and not part.line:
        shown += f"\n{added}"
    if query.kind == "count":
        measure = query.measure_word if len(query.measure_word) == 1 and query.measure_word not in "%元久" else "项"
        shown = f"共{len(items)}{measure}:\n{shown}"
    quotes: tuple[Quote, ...] = (Quote(part.document, part.span, part.path, part.items),)
    if len(part.span) > _CITED:
        quotes = (Quote(part.document, part.opening, part.path), *(Quote(part.document, i, part.path) for i in part.items[:30]))
    draft = Draft("list" if query.kind == "other" else query.kind, shown, quotes, min(0.6 + 0.4 * score, 1.0), True, (), "", "outline")
    return replace(draft, kind=query.kind) if query.kind != "other" else draft


_LISTS = frozenset(("list", "count", "other", "lead"))
_LONGEST = 560


def _numbered(part: Part) -> bool:
    return all(_MARK.match(i.of(part.document.text)) for i in part.items)
