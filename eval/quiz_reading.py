"""Answer a quiz question from the library alone, by its printed words: search the text, follow the outline, read dates.

Nothing here knows how a question was made. What a stem says is read with patterns of its own, and every option is tried against the text
of the document that the stem names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from corpus.dates import deadlines_in
from corpus.text import fold
from corpus.types import Document, Section, Span

CHOICE, WRITTEN = "（　　）", "________"
_TITLE = re.compile(r"《(?P<title>(?:[^《》]|《[^》]*》|〈[^〉]*〉)+)》")
_HEAD = re.compile(
    r"^(?:根据|按照|依据|对照|在)?(?P<place>[^《，]{0,12})《(?P<title>(?:[^《》]|《[^》]*》)+)》(?:（(?P<more>[^）]*)）)?(?:的要求|中|提出|指出|明确|提出的目标|规定的时限)?[，,]"
)
TASK = re.compile(r"[“](?P<task>[^”]+)[”](?:这项任务)?")
PART = re.compile(r"[“](?P<head>[^”]+)[”]部分")
TERM = re.compile(r"[“](?P<term>[^”]+)[”](?:是指|具体指|内容|的内容)")


def plain(text: str) -> str:
    """Matching form without punctuation and white space."""
    return re.sub(r"[^\w%.]|_", "", fold(text))


@lru_cache(maxsize=512)
def plain_text(document_id: str, text: str) -> str:
    return plain(text)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the stem says: the title it names, the place in front of it, and the words after."""

    title: str
    place: str
    body: str


def read_stem(stem: str) -> Asked | None:
    match = _HEAD.match(stem)
    if match:
        return Asked(match["title"], match["place"], stem[match.end() :])
    found = list(_TITLE.finditer(stem))
    if not found:
        return None
    return Asked(found[-1]["title"], "", stem)


def named(asked: Asked, documents: Sequence[Document]) -> list[Document]:
    """The documents the stem can mean: the title stands in their text or data, and the place in front belongs to them."""
    title, place = plain(asked.title), plain(asked.place)
    found = []
    for document in documents:
        text = plain_text(document.id, document.text)
        own = title in text or title in plain(document.title)
        headed = any(title in plain(s.title) for s in document.sections) or title in plain(document.title) or title in text[:400]
        here = not place or place in plain(" ".join((*document.card.places, document.title, document.card.issuer))) or place in text[:600]
        if own and headed and here:
            found.append(document)
    exact = [d for d in found if title == plain(d.title) or any(title == plain(s.title) for s in d.sections)]
    return exact or found


# ---------------------------------------------------------------- statements with a blank


def windows(body: str, blank: str) -> tuple[str, str]:
    left, _, right = body.partition(blank)
    last = re.split(r"[，：]", left)[-1]
    left = last if max(len(plain(last)), len(plain(right))) >= 6 and len(plain(last + right)) >= 8 else left
    return plain(left)[-16:], plain(re.sub(r"[？。]$", "", right))[:16]


def stated(document: Document, left: str, right: str, value: str) -> bool:
    """Do the words around the blank and the value stand together in the document?"""
    return f"{left}{plain(value)}{right}" in plain_text(document.id, document.text)


def between(document: Document, left: str, right: str, most: int) -> list[str]:
    """Everything that stands in the document where the blank is."""
    text = plain_text(document.id, document.text)
    if right:
        return [m.group(1) for m in re.finditer(f"{re.escape(left)}(.{{1,{most}}}?){re.escape(right)}", text)]
    return [text[m.end() : m.end() + most] for m in re.finditer(re.escape(left), text)] if left else []


# ---------------------------------------------------------------- headings


def children_of(document: Document, head: str) -> list[list[Section]]:
    """The sections below each heading of these words."""
    wanted = plain(head)
    return [[s for s in document.sections if s.parent == section.index] for section in document.sections if plain(section.title) == wanted]


def below(document: Document, head: str, path: Sequence[str]) -> list[str]:
    """The titles below the heading of these words in the chapter of the citation."""
    for section in document.sections:
        if plain(section.title) == plain(head) and (not path or tuple(section.path) == tuple(path)):
            return [plain(s.title) for s in document.sections if s.parent == section.index]
    return []


def inside(document: Document, head: str, path: Sequence[str], words: str) -> bool:
    """Do the words stand anywhere in the part with this heading: in its text or a heading further down?"""
    return any(
        plain(words) in plain(section.span.of(document.text))
        for section in document.sections if plain(section.title) == plain(head) and (not path or tuple(section.path) == tuple(path))
    )  # fmt: skip


# ---------------------------------------------------------------- clauses


def cited(item: dict[str, Any]) -> str:
    return plain("".join(c["quote"] for c in item["citations"]))


def units_after(item: dict[str, Any], option: str) -> bool:
    """Is every office of an option in the cited clause?"""
    return all(plain(part) in cited(item) for part in re.split("[、，]", option))


def last_day(document: Document, task: str) -> list[date]:
    """The last days that the sentences (or the row) with these words give."""
    found = []
    for span in places(document, task):
        for limit in deadlines_in(document.text, sentence_at(document, span)):
            if limit.until:
                found.append(limit.until)
    return found


def places(document: Document, words: str) -> Iterator[Span]:
    """Where the words stand, without regard to punctuation."""
    offsets = [n for n, c in enumerate(document.text) if plain(c)]
    text = plain("".join(document.text[n] for n in offsets))
    if len(text) != len(offsets):
        return
    for match in re.finditer(re.escape(plain(words)), text):
        yield Span(offsets[match.start()], offsets[match.end() - 1] + 1)


def sentence_at(document: Document, span: Span) -> Span:
    """The row the words stand in, or else their sentence."""
    for passage in document.passages:
        if passage.kind == "row" and passage.span.covers(span):
            return passage.span
    text = document.text
    start = max((text.rfind(c, 0, span.start) for c in "。;；\n"), default=-1) + 1
    ends = [at for c in "。;；\n" if (at := text.find(c, span.end)) >= 0]
    return Span(start, min(ends, default=len(text)))
