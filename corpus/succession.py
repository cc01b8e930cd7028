"""Which stored document takes the place of which: recognised from what the documents state, decided by people where it is open.

A link is *certain* when a document ends the other by its number or exact title, or when it bears the same title, comes from the
same issuer and was issued later. Everything weaker is only *proposed*: it is shown and changes no answer until somebody confirms it.
Links are derived from the cards each time, so that they can never disagree with the documents; only decisions are stored.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Card, Field, Repeal, Span

_MARK = (
    r"(?:(?:19|20)\d{2}年?(?:\d{1,2}月)?)?(?:第?[一二三四五六七八九十\d]{1,3}次)?(?:新?修订版?|修正案?|修改版?|修订稿|修改稿|试行稿?|暂行|"
    r"(?:公开)?征求意见稿|送审稿|(?:修订|修改)?草案(?:稿|送审稿)?|讨论稿|审议稿|代拟稿|(?:19|20)\d{2}年?版|第[一二三四五六七八九十\d]{1,3}版|新版|已?废止|已?失效|全文|定稿|印发稿|正式稿|最终稿)"
)
_MARKS = re.compile(rf"[(\[〔【](?:{_MARK})[)\]〕】]|(?:19|20)\d{{2}}年?(?:修订|修正)(?:版|本)?$")
_REVISED = re.compile(r"修订|修正|修改版|第[二三四五六七八九十2-9][一二三四五六七八九十\d]?版|(?:19|20)\d{2}年?版")
_REVISED_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年?(?:第.{1,2}次)?(?:修订|修正|版)")
_DRAFT = re.compile(r"征求意见稿|送审稿|草案|讨论稿|审议稿|代拟稿")
_INNER = re.compile(r"(?:印发|发布|公布|颁布|下发|修订|修订印发)《(?P<name>[^《》]{4,90})》")
_ENDING = re.compile(r"废止|宣布失效|失效")
_LASTING = re.compile(r"(?:办法|规定|细则|条例|方案|预案|规程|制度|标准|规范|意见|规划|指南|目录|规则|章程|守则|措施|政策|指引|准则|指标体系|权责清单|责任清单)$")
_WHOLE_NUMBER = re.compile(r"(?:19|20)\d{2}.*\d号$|令第?.+号$")
_FROM_ISSUE = re.compile(rf"(?:印发|发布|公布|颁布|下发)(?:之日|之时)?(?:起)?(?:(?P<days>[\d{CN}]{{1,3}})(?:个)?(?:工作)?日)?")
_SPELL = re.compile(rf"(?P<count>[\d{CN}]{{1,3}})\s?(?P<unit>年|个月)")
_OFFICE = re.compile(r"(?:人民政府)?办公[室厅]$|人民政府$")
_QUOTES = str.maketrans("〈〉", "《》")
_LEAST_TITLE, _LEAST_KEY = 8, 4
_MOST_MARKS = 8

ENDS = frozenset(("repealed", "replaced", "reissued", "final", "declared"))
"""Kinds whose earlier document is no longer what answers come from; "ended" has no successor to answer from, "amended" stays in force."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What deciding needs to know of one stored document.

    issued: the day of its latest revision, else the day it was issued.  published: when a site put it up.
    """

    id: str
    name: str
    title: str
    issuer: str
    number: str
    issued: date | None
    published: date | None
    effective: date | None
    expires: date | None
    places: tuple[str, ...] = ()
    repeals: tuple[Repeal, ...] = ()

    @property
    def day(self) -> date | None:
        return self.issued or self.effective or self.published

    @property
    def draft(self) -> bool:
        return bool(_DRAFT.search(self.title) or (not self.number and _DRAFT.search(self.name)))

    @property
    def short(self) -> str:
        """Name the document itself, without the notice that issues it."""
        inner = re.search(r"(?:印发|发布|公布|颁布|下发)《([^《》]{4,90})》", self.title)
        return inner.group(1) if inner and "转发" not in self.title else self.title

    @property
    def label(self) -> str:
        """Name the edition: the title, with its year where the title does not say which edition it is."""
        return self.title + self.year_of_issue

    @property
    def short_label(self) -> str:
        """Name the edition without the notice that issues it."""
        return self.short + self.year_of_issue

    @property
    def year_of_issue(self) -> str:
        """Give "(2019年印发)" where the title does not say itself which edition it is, else ""."""
        told = _REVISED.search(self.title) or self.draft or not self.day
        return "" if told or self.day is None else f"({self.day.year}年印发)"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a pair. verdict: "confirmed" or "rejected".  at: ISO 8601, UTC."""

    earlier: str
    later: str
    verdict: str
    at: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Succession:
    """`later` takes the place of `earlier` (document ids) from `since` on (None: since ever).

    kind: "repealed" and "replaced" (the later one says so), "reissued" (same title, later), "final" (of a draft), "declared" (only a
    person says so), "ended" (repealed by a decision that brings nothing in its place), "amended" (stays in force), "draft" (the later
    one is a draft).  evidence: Chinese.  clause: the words of the later document that say so, None when none do.
    """

    earlier: str
    later: str
    kind: str
    since: date | None
    certain: bool
    evidence: str
    clause: Span | None = None
    decision: Decision | None = None

    @property
    def state(self) -> str:
        """ "confirmed" or "rejected" (by a person), "certain" (taken without asking) or "proposed"."""
        return self.decision.verdict if self.decision else "certain" if self.certain else "proposed"

    @property
    def accepted(self) -> bool:
        return self.state in ("certain", "confirmed")


def edition(document_id: str, name: str, card: Card, repeals: tuple[Repeal, ...] = ()) -> Edition:
    """Gather what deciding needs from a document's card."""
    revised = [d for f in card.all("issued") if f.label in ("修订", "修正") and (d := _iso(f.value))]
    issued = max([*revised, *([card.issued] if card.issued else [])], default=None)
    known = issued or card.published
    effective = next((day for f in card.all("effective") if (day := _effective(f, known))), None)
    expires = next((day for f in card.all("expires") if (day := _expires(f, effective or known))), None)
    title = card.title or name
    if issued is None and (year := _REVISED_YEAR.search(fold(title))):
        issued = date(int(year.group("year")), 1, 1)
    return Edition(document_id, name, title, card.issuer, card.number, issued, card.published, effective, expires, card.places, repeals)


def successions(editions: Sequence[Edition], decisions: Iterable[Decision] = ()) -> tuple[Succession, ...]:
    """Recognise every link among the editions; a pair comes once, by its strongest evidence, with what was decided about it."""
    return with_decisions(recognised(editions), editions, decisions)


def recognised(editions: Sequence[Edition]) -> tuple[Succession, ...]:
    """Recognise every link among the editions, whatever people decided."""
    found: dict[tuple[str, str], Succession] = {}
    for link in (*_stated(editions), *_by_title(editions), *_by_number(editions)):
        known = found.get((link.earlier, link.later))
        if link.earlier != link.later and (known is None or (link.certain and not known.certain)):
            found[link.earlier, link.later] = link
    return tuple(found.values())


def with_decisions(links: Iterable[Succession], editions: Iterable[Edition], decisions: Iterable[Decision]) -> tuple[Succession, ...]:
    """Give the links with what was decided about them, and those that only a person declares between two of the editions."""
    found = {(link.earlier, link.later): link for link in links}
    by_id = {e.id: e for e in editions}
    for decision in decisions:
        pair = (decision.earlier, decision.later)
        if pair in found:
            found[pair] = replace(found[pair], decision=decision)
        elif decision.verdict == "confirmed" and pair[0] in by_id and pair[1] in by_id:
            later = by_id[pair[1]]
            found[pair] = Succession(*pair, "declared", later.effective or later.day, False, "人工指定", decision=decision)
    return tuple(found.values())


def set_aside(links: Iterable[Succession], day: date) -> frozenset[str]:
    """Give the documents that answers of `day` do not come from, because another edition was in force then.

    A family is never set aside whole: where the links contradict one another, all its documents stay.
    """
    taken = [link for link in links if link.accepted and (link.kind in ENDS or link.kind == "draft")]
    ended = {link.earlier for link in taken if link.kind in ENDS and (link.since is None or link.since <= day)}
    waiting = {link.later for link in taken if link.kind == "draft" or (link.since is not None and link.since > day)}
    aside = ended | waiting
    for family in _families(taken):
        if family <= aside:
            aside -= family
    return frozenset(aside)


def _families(links: Iterable[Succession]) -> Iterator[set[str]]:
    families: dict[str, set[str]] = {}
    for link in links:
        joined = families.get(link.earlier, {link.earlier}) | families.get(link.later, {link.later})
        families.update(dict.fromkeys(joined, joined))
    yield from {id(family): family for family in families.values()}.values()


# ---------------------------------------------------------------- evidence


def _stated(editions: Sequence[Edition]) -> Iterator[Succession]:
    """Links that the later document states itself."""
    numbered, titled = _numbered(editions), _titled(editions)
    for later in editions:
        if later.draft:
            continue
        for repeal in later.repeals:
            number = _number_key(repeal.number)
            for earlier in numbered.get(number, ()) if number else ():
                if earlier.id != later.id:
                    yield _from_repeal(earlier, later, repeal, certain=True)
            named = {one.id: one for key in (title_key(repeal.title), _folded(repeal.title)) for one in titled.get(key, ())}
            for earlier in named.values():
                if earlier.id != later.id and not earlier.draft and not _contradicts(earlier, later, number):
                    yield _from_repeal(earlier, later, repeal, certain=_dated_before(earlier, later) and not _others(earlier, later))


def _from_repeal(earlier: Edition, later: Edition, repeal: Repeal, *, certain: bool) -> Succession:
    kind = "ended" if repeal.kind == "repealed" and _ENDING.search(later.title) else repeal.kind
    said = {"repealed": "写明废止", "ended": "写明废止", "replaced": "写明代替", "amended": "写明修改"}[kind]
    named = f"《{repeal.title}》" if repeal.title else ""
    since = repeal.since or later.effective or later.day
    return Succession(earlier.id, later.id, kind, since, certain, f"文中{said}{named}{repeal.number}", repeal.clause)


def _contradicts(earlier: Edition, later: Edition, number: str) -> bool:
    """Is this another document of the same title: another number than the one stated, or younger than who ends it?"""
    own = _number_key(earlier.number)
    younger = earlier.day is not None and later.day is not None and earlier.day > later.day
    return bool(number and own and number != own) or younger


def _dated_before(earlier: Edition, later: Edition) -> bool:
    return earlier.day is None or later.day is None or earlier.day < later.day


def _others(earlier: Edition, later: Edition) -> bool:
    return bool(earlier.issuer and later.issuer) and not _same_issuer(earlier, later)


def _by_title(editions: Sequence[Edition]) -> Iterator[Succession]:
    """Links between editions of one title, each with the next one in time."""
    groups: dict[str, list[Edition]] = defaultdict(list)
    for one in editions:
        groups[title_key(one.title)].append(one)
    for key, group in groups.items():
        if len(key) >= _LEAST_KEY and len(group) > 1:
            yield from _drafts(group)
            yield from _reissues(key, [one for one in group if not one.draft])


def _drafts(group: Sequence[Edition]) -> Iterator[Succession]:
    for draft in (one for one in group if one.draft):
        for other in (one for one in group if not one.draft and not _others(draft, one)):
            if draft.day and other.day and other.day < draft.day:
                yield Succession(other.id, draft.id, "draft", None, True, "同名的征求意见稿,尚未正式印发")
            else:
                certain = bool(draft.day and other.day) or not other.day
                yield Succession(draft.id, other.id, "final", other.effective or other.day, certain, "征求意见稿的正式文件")


def _reissues(key: str, group: Sequence[Edition]) -> Iterator[Succession]:
    dated = sorted((one for one in group if one.day), key=lambda one: (one.day, one.id))
    for at, later in enumerate(dated):
        before = [one for one in dated[:at] if one.day != later.day and not _others(one, later)]
        if before:
            yield _reissue(key, before[-1], later)
    for later in (one for one in group if not one.day and _REVISED.search(one.title)):
        for earlier in (one for one in group if not _REVISED.search(one.title) and not _others(one, later)):
            yield Succession(earlier.id, later.id, "reissued", None, False, "标题写明是修订版,但没有日期")


def _reissue(key: str, earlier: Edition, later: Edition) -> Succession:
    renumbered = bool(earlier.number and later.number) and _number_key(earlier.number) != _number_key(later.number)
    lasting = bool(renumbered or _LASTING.search(key) or _REVISED.search(later.title)) and len(key) >= _LEAST_TITLE
    # Only dates of one kind tell which came later: a page may be put up long after the document was issued.
    told = bool(earlier.issued and later.issued)
    ordinary = not _LASTING.search(key) and not _REVISED.search(later.title)
    certain = told and lasting and not ordinary and _same_issuer(earlier, later)
    words = f"标题相同,日期更晚({earlier.day}→{later.day})"
    reasons = [] if told else ["日期的性质不同"]
    reasons += [] if _same_issuer(earlier, later) else ["发文单位未读出"]
    reasons += ["这类文件常有同名的"] if ordinary or len(key) < _LEAST_TITLE else []
    evidence = words + (";" + "、".join(reasons) if reasons else "")
    return Succession(earlier.id, later.id, "reissued", later.effective or later.day, certain, evidence)


def _by_number(editions: Sequence[Edition]) -> Iterator[Succession]:
    """The same number under another title: most often a part of the same document, so only proposed."""
    for group in _numbered(editions).values():
        dated = sorted((one for one in group if one.issued), key=lambda one: (one.issued, one.id))
        for earlier, later in zip(dated, dated[1:], strict=False):
            if earlier.issued != later.issued and title_key(earlier.title) != title_key(later.title):
                words = f"文号相同({later.number}),日期更晚"
                yield Succession(earlier.id, later.id, "reissued", later.effective or later.day, False, words)


# ---------------------------------------------------------------- keys


_REMEMBERED = 1 << 15
"""Titles and numbers whose keys are kept: each is asked for several times, and again with every document that is added."""


@lru_cache(maxsize=_REMEMBERED)
def title_key(title: str) -> str:
    """Give what two editions of a document have in common: the title folded, without marks of an edition, out of its notice."""
    folded = _folded(title)
    if "转发" not in folded and (inner := _INNER.search(folded)):
        folded = inner.group("name")
    # Marks one inside the other come off one at a time; no title has that many, and each takes a walk over the whole.
    for _ in range(_MOST_MARKS):
        bare = _MARKS.sub("", folded).strip("《》“”\"·")
        if bare == folded:
            break
        folded = bare
    return folded


def _titled(editions: Iterable[Edition]) -> Mapping[str, Sequence[Edition]]:
    """Find editions by title, also without the issuer that a title begins with."""
    found: dict[str, list[Edition]] = defaultdict(list)
    for one in editions:
        keys = {title_key(one.title), _folded(one.title)}
        keys |= {key.removeprefix(issuer) for key in tuple(keys) for issuer in fold(one.issuer).split("、")}
        for key in keys:
            if len(key) >= _LEAST_KEY:
                found[key].append(one)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _folded(title: str) -> str:
    return fold(title).translate(_QUOTES)


def _numbered(editions: Iterable[Edition]) -> Mapping[str, Sequence[Edition]]:
    found: dict[str, list[Edition]] = defaultdict(list)
    for one in editions:
        if key := _number_key(one.number):
            found[key].append(one)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _number_key(number: str) -> str:
    """Give a document number in one form, "" when it is not whole."""
    folded = re.sub(r"[〔\[(【{]", "〔", fold(number))
    folded = re.sub(r"[〕\])】}]", "〕", folded).replace("第", "")
    return folded if _WHOLE_NUMBER.search(folded) else ""


def _same_issuer(one: Edition, other: Edition) -> bool:
    """Is it the same office, or an office of it? Without issuers the places have to agree."""
    issuers = [{_OFFICE.sub("", name) for name in fold(e.issuer).split("、") if name} for e in (one, other)]
    if all(issuers):
        return bool(issuers[0] & issuers[1])
    return bool(one.places) and one.places == other.places


# ---------------------------------------------------------------- days


def _iso(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _effective(field: Field, issued: date | None) -> date | None:
    """Read 2024-05-01, or 印发之日 and 发布之日起30日后 from the day of issue."""
    if day := _iso(field.value):
        return day
    relative = _FROM_ISSUE.search(field.value)
    if relative is None or issued is None:
        return None
    return issued + timedelta(days=value_of(relative.group("days") or "") or 0)


def _expires(field: Field, start: date | None) -> date | None:
    if day := _iso(field.value):
        return day
    spell = _SPELL.search(field.value)
    count = value_of(spell.group("count")) if spell else None
    if spell is None or start is None or not count:
        return None
    months = start.year * 12 + start.month - 1 + count * (12 if spell.group("unit") == "年" else 1)
    year, month = divmod(months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(start.day, 28)) - timedelta(days=1)
