"""Why an answer reads as it does, in plain words: how the question was read, what it rests on, how sure it is, what to be aware of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.conversations.types import Exchange
from assistant.programs.verbs import EVERYWHERE, Where
from assistant.types import Answer, Citation, Understood
from assistant.web.markup import element, escape
from assistant.web.source import source_address
from assistant.web.words import Words


@dataclass(frozen=True, slots=True)
class Cited:
    """A document an answer rests on. remarks: what somebody who relies on it today has to know."""

    title: str
    issuer: str
    day: str
    remarks: tuple[str, ...] = ()


def render_why(exchange: Exchange, cited: Sequence[Cited], w: Words) -> str:
    """Write the explanation for the panel beside the conversation."""
    answer = exchange.answer
    refused = answer is None or answer.status != "answered"
    title = element("h2", escape(w("why_refused" if refused else "why")), id="panel-title", tabindex="-1")
    head = element("header", element("p", escape(exchange.question), class_="panel-kind") + title, class_="panel-head")
    if answer is None or exchange.hidden:
        return head + element("div", element("p", escape(w("hidden"))), class_="explanation")
    parts = (
        _section(w("understood"), _list(_reading(answer, exchange.where, w))),
        _section(w("used"), _used(answer, cited, w)),
        _section(w("sure"), _sure(answer, w)),
        _section(w("careful"), _list([answer.reason, *answer.notes] if refused else answer.notes) or _plain(w("nothing_to_note"))),
    )
    return head + element("div", parts, class_="explanation", tabindex="0")


def _section(title: str, content: str) -> str:
    return element("section", element("h3", escape(title)) + content)


def _plain(text: str) -> str:
    return element("p", escape(text))


def _list(lines: Iterable[str]) -> str:
    entries = [element("li", escape(line)) for line in lines if line]
    return element("ul", entries) if entries else ""


# ---------------------------------------------------------------- how it was read


def _reading(answer: Answer, where: Where, w: Words) -> Iterator[str]:
    read = answer.understood or Understood(kind=answer.kind, wants=(answer.kind,))
    kinds = read.wants if read.kind not in ("reverse", "count", "mentions", "contact", "compare") else (read.kind,)
    yield _labelled(w("asks_for"), (_kind(kind, w) for kind in kinds or (read.kind,)), w)
    yield _labelled(w("about"), read.about, w)
    if read.before:
        yield w("continued", question=read.before) + (_comma(w) + _labelled(w("taken"), read.taken, w) if read.taken else "")
    yield from (w("corrected", written=written, meant=meant) for written, meant in read.corrections)
    yield _labelled(w("places"), read.places, w)
    yield _labelled(w("absent"), read.absent, w)
    yield _labelled(w("years"), map(str, read.years), w)
    yield w("attachment", n=read.attachment) if read.attachment is not None else ""
    yield _labelled(w("references"), read.references, w)
    yield _labelled(w("units"), read.units, w)
    yield _labelled(w("days"), (_days(read.since, read.until, w),), w)
    yield _labelled(w("unknown_words"), read.unknown, w)
    yield _scope(read, where, w)
    yield _labelled(w("in_force_on", day=where.as_of), (), w) if where.as_of else ""


def _kind(kind: str, w: Words) -> str:
    key = f"kind_{kind}"
    return w(key) if key in w.entries else w("kind_other")


def _days(since: str, until: str, w: Words) -> str:
    if since and until and since != until:
        return w("from_to", since=since, until=until)
    return w("until_day", day=until) if until else since


def _scope(read: Understood, where: Where, w: Words) -> str:
    set_by_hand = [part for part in (where.issuer, where.place, _days(where.since, where.until, w)) if part]
    if where.documents:
        set_by_hand.insert(0, w("chosen", count=len(where.documents)))
    if set_by_hand:
        return _labelled(w("filters"), set_by_hand, w)
    return w("limited", count=read.limited) if read.limited and where == EVERYWHERE else w("whole_library")


def _labelled(label: str, values: Iterable[str], w: Words) -> str:
    """Give 「限于地区:青山区、白石镇」; the label alone where it says everything, "" where nothing is to be said."""
    words = [value for value in values if value]
    colon, between = (":", "、") if w.language == "zh" else (": ", ", ")
    if not words:
        return label if label == w("whole_library") or "{" not in label and any(c.isdigit() for c in label) else ""
    return f"{label}{colon}{between.join(words)}"


def _comma(w: Words) -> str:
    return "," if w.language == "zh" else ", "


# ---------------------------------------------------------------- what it rests on


def _used(answer: Answer, cited: Sequence[Cited], w: Words) -> str:
    if not answer.citations:
        return _plain(w("no_facts"))
    basis = dict(answer.trace).get("basis", "")
    key = f"basis_{basis}"
    taken = _plain(_labelled(w("facts_from"), (w(key),), w)) if key in w.entries else ""
    clauses = element("ol", [element("li", _clause(citation)) for citation in answer.citations], class_="explained-clauses")
    editions = element("ul", [element("li", _edition(document, w)) for document in cited], class_="explained-editions")
    return taken + clauses + (element("h4", escape(w("editions"))) + editions if cited else "")


def _clause(citation: Citation) -> str:
    place = " › ".join(citation.path) or citation.title or citation.doc
    return element("a", escape(f"[{citation.n}] {place}"), class_="cite", href=source_address(citation))


def _edition(document: Cited, w: Words) -> str:
    facts = [part for part in (document.issuer, w("issued", day=document.day) if document.day else "") if part]
    said = element("span", escape(_comma(w).join(facts)), class_="quiet") if facts else ""
    return element("span", escape(document.title)) + said + _list(document.remarks)


# ---------------------------------------------------------------- how sure it is


def _sure(answer: Answer, w: Words) -> str:
    if not answer.trace:
        return _plain(w("not_judged"))
    levels = w.texts.confidence
    _, kind, words = next(level for level in levels if answer.confidence >= level[0])
    share = min(99, max(1, round(100 * answer.confidence)))
    said = element("p", element("span", escape(words), class_=f"confidence {kind}"))
    return said + _plain(w("probability", n=share)) + _list(_reasons(answer, w))


def _reasons(answer: Answer, w: Words) -> Iterator[str]:
    """Say what spoke for and against the answer, the measures of `confidence.features` in words."""
    measured = {name: float(value) for name, value in answer.trace if name not in ("kind", "basis")}
    covered = measured.get("coverage", 0.0)
    yield w("yes_coverage" if covered >= 0.9 else "part_coverage" if covered >= 0.5 else "no_coverage")
    yield w("yes_exact" if measured.get("exact") else "no_exact")
    if measured.get("scoped"):
        yield w("yes_scoped")
    if measured.get("strange", 0.0) > 0.05:
        yield w("no_strange")
    if measured.get("thing_missing") or measured.get("top_missing", 0.0) >= 0.5:
        yield w("no_missing")
    if not measured.get("record"):
        yield w("yes_margin" if measured.get("margin", 0.0) > 0.3 else "no_margin") if not measured.get("exact") else ""
