"""Values that may answer, and the draft made of the best of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answering.draft import Draft, Quote, shortened
from assistant.question.query import Query
from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Document, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    document: Document
    span: Span
    sentence: Span
    path: tuple[str, ...]
    score: float
    text: str
    reading: str = ""
    unit: str = ""


def draft_of(kind: str, query: Query, found: list[Candidate], top: float) -> Draft:
    """Make the draft of the best value; without a named document, the equally good value of another document stands beside it."""
    best = found[0]
    if problem := _without_its_subject(query, best):
        return Draft(kind, "", (), 0.0, False, (), problem, "value")
    chosen = [best]
    if len(query.scope.places) > 1:
        chosen = _one_a_place(query, found)
    elif not query.scope.documents:
        for other in found[1:]:
            if other.score >= best.score - 0.03 and all(other.document.id != c.document.id for c in chosen):
                chosen.append(other)
    if not query.follow_up and _two_part(query) and len(query.scope.places) < 2:
        near = 0.7 if _EACH.search(query.folded) else 0.35
        same = [c for c in found[1:] if c.sentence == best.sentence and c.document.id == best.document.id and c.span != best.span]
        alike = [c for c in same if c.unit == best.unit]
        if _EACH.search(query.folded) and (query.count == len(alike) + 1 or _ALL_KINDS.search(query.folded)):
            chosen += alike
        else:
            chosen += [c for c in same if c.score >= best.score - near and (near < 0.5 or c.unit == best.unit)][:2]
        chosen.sort(key=lambda c: c.span.start)
        if _ALL_OF.search(query.folded) and sum(c.sentence == best.sentence for c in found) > _MANY:
            chosen = [replace(best, text=shortened(best.sentence.of(best.document.text).replace("\n", ""), 300))]
    texts = [f"{c.text}(应为{c.reading})" if c.reading else c.text for c in chosen]
    if len({c.document.id for c in chosen}) > 1 and (len(query.scope.places) > 1 or len(set(texts)) > 1):
        text = "\n".join(f"《{c.document.title}》:{t}" for c, t in zip(chosen, texts, strict=True))
    else:
        text = ";".join(dict.fromkeys(texts))
    quotes = tuple(Quote(c.document, c.sentence, c.path, (c.span,)) for c in chosen)
    notes = tuple(f"原文有字符丢失,“{c.text}”应读作“{c.reading}”" for c in chosen if c.reading)
    return Draft(kind, text, quotes, min(best.score, 1.0), True, notes, "", "value", (("top", top),))


_ALL_KINDS = re.compile("各[类级种档等]|每[一]?[类级种档]|所有|不同")
"""三类分别, 各级分别: every value of the sentence is asked for, however little its own words say of the matter."""
_ALL_OF = re.compile("哪些.{0,12}各|各(?:多少|几|有多少|有几|存了?多少)")
_MANY = 3
"""Values of one sentence beyond which it is read out whole where each of them is asked for."""
_EACH = re.compile("分别|各(?:是|有|要|占|为|收|罚|补|最)?.{0,2}(?:多少|几)|各多")


def _one_a_place(query: Query, found: list[Candidate]) -> list[Candidate]:
    """The best value of each place the question names."""
    firsts = [next((c for c in found if place in c.document.card.places), None) for place in query.scope.places]
    return list({(c.document.id, c.span): c for c in firsts if c}.values()) or found[:1]


def _without_its_subject(query: Query, best: Candidate) -> str:
    """Money is stated for many things: an amount whose section never mentions the very thing asked about is another thing's."""
    things = [t for t in query.terms if t.required and t.known and len(t.text) > 2]
    if not things or query.follow_up or query.measure_word != "元":
        return ""
    heaviest = max(things, key=lambda t: t.weight)
    home = next((s for s in reversed(best.document.sections) if s.span.covers(best.span)), None)
    around = home.span if home and len(home.span) < 3000 else best.sentence
    near = fold(around.of(best.document.text) + " ".join(best.path) + best.document.title) + _referred_to(best.document, around)
    if heaviest.weight > 0.6 and heaviest.cover(near) < 0.3:
        return f"没有找到“{heaviest.text}”的这项数据"
    return ""


def _referred_to(document: Document, around: Span) -> str:
    """The articles that a stretch refers to, folded: 违反第四条规定的,… speaks of what stands there."""
    numbers = {value_of(match[1]) for match in _ARTICLE.finditer(around.of(document.text))}
    return fold("".join(s.span.of(document.text) for s in document.sections if s.family == "article" and s.number in numbers and not s.span.overlaps(around)))


_ARTICLE = re.compile(rf"第([{CN}]+|\d+)条")


def _two_part(query: Query) -> bool:
    return bool(_TWO_ASKED.search(query.folded))


_ASKS = "(?:呢|多久|多少|几(?!乎|何)|什么时候|何时|多[高大长远宽重快])"
_TWO_ASKED = re.compile(rf"{_ASKS}[^,;?]*[,;?].+{_ASKS}|分别|各是|各要|各.{{0,2}}多少|各占")
"""Two question words apart; a comma alone only parts a question from what it is about (廉租房这块,一家三口能租几平米)."""
