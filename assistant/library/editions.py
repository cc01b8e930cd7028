"""Which edition of a document a question is about: the day it asks for, the editions in force on it, what an answer says about its own.

Asking for a day only chooses among editions of one document. A document without another edition is never left out, however young it
is: a report of 2023 tells what was done in 2022.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.tasks.matrix import last_day
from assistant.types import Answer, Citation
from corpus.codec import decode, encode
from corpus.errors import LibraryCorrupt
from corpus.store import Store
from corpus.succession import ENDS, Edition, Succession, edition, set_aside, with_decisions
from corpus.types import Document

_YEAR = r"(?P<year>(?:19|20)\d{2})\s*年\s*(?:(?P<month>1[0-2]|0?[1-9])\s*月\s*(?:(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号])?)?\s*"
_ASKED = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?:在|截至|截止到?|到)?\s*{_YEAR}(?:的时候|时候|那时候?|当时|那会儿?|时(?![间候限段期刻]))(?:的|[,，])?",
        rf"(?:按照?|依照?|根据)\s*{_YEAR}(?:时|当时)?的?(?:老|旧|原)?(?:规定|办法|标准|版本|要求|文件|政策)[,，]?",
        rf"{_YEAR}的?(?:老版|旧版|那版|版)本?(?:的|里的?|中的?|[,，])?",
        r"\bas of (?P<year>(?:19|20)\d{2})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?,?",
        r"\b(?:back in|under the|in the) (?P<year>(?:19|20)\d{2})(?: (?:rules?|version|edition|measures|regulations?))?,?",
    )
)


def asked_day(question: str, today: date) -> tuple[date | None, str]:
    """Read the day whose editions are asked for (2022年时…), and the question without those words; None when none is asked for.

    A year stands for its last day, a month for its last, neither later than today.
    """
    for pattern in _ASKED:
        if match := pattern.search(question):
            named = match.groupdict()
            words = "-".join(named[part] for part in ("year", "month", "day") if named.get(part))
            rest = (question[: match.start()] + question[match.end() :]).strip(" ,，")
            return (min(last_day(words), today) if int(match.group("year")) <= today.year else last_day(words)), rest
    return None, question


_OLD_AND_NEW = re.compile("新旧|新老|旧(?:的)?(?:办法|规定|方案|版|标准)|老(?:的)?(?:办法|规定|版)|修订前|以前的(?:办法|规定)|上一版")
_NAMED_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_DAYS = 100
"""Days whose editions are kept in mind: people ask for today's, a few for another day's."""

LINKS = "editions.json"
"""Lies beside the index: the documents that are linked, and their links, so that a question need not look at every card."""


@dataclass(frozen=True, slots=True)
class _Linked:
    editions: tuple[Edition, ...]
    links: tuple[Succession, ...]


def write_links(store: Store, folder: Path) -> None:
    """Recognise the links of the whole library and write them beside a generation of the index."""
    editions, links = store.recognised()
    named = {one for link in links for one in (link.earlier, link.later)}
    linked = _Linked(tuple(one for one in editions if one.id in named), links)
    (folder / LINKS).write_text(encode(linked, _Linked), encoding="utf-8")


def read_editions(store: Store, folder: Path, document_of: Callable[[str], Document | None]) -> Editions:
    """Read the links beside the index in `folder`, with what people decided since. Raises LibraryCorrupt when they are not there."""
    try:
        linked = decode((folder / LINKS).read_text(encoding="utf-8"), _Linked)
    except (OSError, ValueError) as error:
        raise LibraryCorrupt("index_corrupt", f"索引缺少 {LINKS}({error})", "请重建索引:policy-assistant reindex") from error
    known = {one.id: one for one in linked.editions}
    decisions = store.decisions()
    for identity in {i for decision in decisions for i in (decision.earlier, decision.later)} - known.keys():
        if document := document_of(identity):
            known[identity] = edition_of(document)
    return Editions(tuple(known.values()), with_decisions(linked.links, known.values(), decisions))


def edition_of(document: Document) -> Edition:
    return edition(document.id, document.name, document.card, document.facts.repeals)


@dataclass(frozen=True)
class Editions:
    """The editions of a library that are linked, and how they follow one another."""

    all: tuple[Edition, ...]
    links: tuple[Succession, ...]

    @cached_property
    def by_id(self) -> dict[str, Edition]:
        return {one.id: one for one in self.all}

    @cached_property
    def several(self) -> bool:
        """Does any document have another edition that answers choose from?"""
        return any(link.accepted and (link.kind in ENDS or link.kind == "draft") for link in self.links)

    def aside(self, day: date) -> frozenset[str]:
        """Give the documents that answers of `day` do not come from."""
        if day not in self._asides:
            if len(self._asides) >= _DAYS:
                self._asides.clear()
            self._asides[day] = set_aside(self.links, day)
        return self._asides[day]

    @cached_property
    def _asides(self) -> dict[date, frozenset[str]]:
        return {}

    @cached_property
    def _linked(self) -> frozenset[str]:
        """The documents with another edition, as far as nobody has rejected that."""
        return frozenset(one for link in self.links if link.state != "rejected" for one in (link.earlier, link.later))

    @cached_property
    def _after(self) -> dict[str, list[Succession]]:
        """The links of each document to what comes after it."""
        found: dict[str, list[Succession]] = {}
        for link in self.links:
            found.setdefault(link.earlier, []).append(link)
        return found

    def named(self, questions: Sequence[str], day: date) -> frozenset[str]:
        """Give those set aside on `day` that a question, or the one before it, asks for: by the year in their title, or old and new together."""
        question, aside = " ".join(questions), self.aside(day)
        if _OLD_AND_NEW.search(question):
            return aside
        years = set(_NAMED_YEAR.findall(question))
        return frozenset(id for id in aside if id in self.by_id and years & set(_NAMED_YEAR.findall(self.by_id[id].title))) if years else frozenset()

    def title(self, document_id: str, title: str) -> str:
        """Give the title as a citation shows it: with the edition, where the library has another one."""
        return self.by_id[document_id].label if document_id in self._linked and document_id in self.by_id else title

    def remarks(self, own: Edition, day: date) -> Iterator[str]:
        """Say what somebody who relies on a document on `day` has to know: replaced, changed, not yet or no longer in force."""
        yield from _own_remarks(own, day)
        for link in self._after.get(own.id, ()):
            if link.later in self.by_id and link.kind != "draft":
                yield from _remark(link, own, self.by_id[link.later], day)


def _own_remarks(own: Edition, day: date) -> Iterator[str]:
    if own.draft:
        yield f"《{own.short}》是征求意见稿,不是正式文件"
    if own.effective and own.effective > day:
        yield f"《{own.short}》自{_said(own.effective)}起施行,到{_said(day)}还没有施行"
    elif own.day and own.day > day:
        yield f"《{own.short}》是{_said(own.day)}的文件,在{_said(day)}之后"
    if own.expires and own.expires < day:
        yield f"《{own.short}》有效期到{_said(own.expires)},已过有效期"


def _remark(link: Succession, own: Edition, later: Edition, day: date) -> Iterator[str]:
    by = f"《{later.short_label}》" + (f"({later.number})" if later.number else "")
    since = f"自{_said(link.since)}起" if link.since else ""
    if link.state == "proposed":
        yield f"{by}可能是《{own.short_label}》的新版({link.evidence}),尚未确认"
    elif link.accepted and link.kind == "amended":
        yield f"《{own.short_label}》{since}由{by}修改,引用前请核对"
    elif link.accepted:
        yield f"《{own.short_label}》{since or '已'}由{by}{'废止' if link.kind == 'ended' else '代替'}"


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def with_editions(
    answer: Answer, editions: Editions, document_of: Callable[[str], Document | None], day: date, *, asked: bool
) -> Answer:
    """Let citations name their edition and notes say what is to be known about them. asked: the question chose the day."""
    cited = tuple(dict.fromkeys(citation.document_id for citation in answer.citations))
    notes: list[str] = []
    if asked and cited and editions.several:
        notes.append(f"按{_said(day)}有效的文件回答")
    for document in map(document_of, cited):
        notes += editions.remarks(edition_of(document), day) if document else ()
    def named(cited: Iterable[Citation]) -> tuple[Citation, ...]:
        return tuple(replace(c, title=editions.title(c.document_id, c.title)) for c in cited)

    return replace(answer, citations=named(answer.citations), nearest=named(answer.nearest), notes=tuple(dict.fromkeys((*answer.notes, *notes))))


def found_in_former(refusal: Answer, former: Answer, editions: Editions, aside: Sequence[str] | frozenset[str]) -> Answer:
    """Let a refusal say that an edition no longer in force holds what was asked for."""
    source = next((c.document_id for c in former.citations if c.document_id in aside), "")
    if former.status != "answered" or source not in editions.by_id:
        return refusal
    one = editions.by_id[source]
    how = f";要按当时的规定回答,请加 --as-of {one.day.isoformat()}" if one.day else ""
    return replace(refusal, notes=(*refusal.notes, f"现行文件中没有;不再有效的《{one.short_label}》中有相关内容{how}"))
