"""Who leads, who supports: answers from duties."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.draft import QUOTE_LIMIT, Draft, Quote, names
from assistant.answering.evidence import Gathered, ScoredDuty
from assistant.question.query import Query
from corpus.columns import is_assisting
from corpus.text import fold
from corpus.types import Duty, Mention, Span

SAME = 0.035
"""Two duties whose scores differ by less are equally good matches."""


FAR = 0.25
"""A duty that covers so much less than the best clause is about something else."""


def quote_of(scored: ScoredDuty, mentions: Sequence[Mention] = ()) -> Quote:
    """Cite the duty's clause, cut down to the task's end and the statement when it is very long."""
    duty = scored.duty
    # What is said at the end of a group is said of all its items: the group is what shows it.
    group = Span(duty.task.span.start, duty.clause.end)
    span = group if duty.scope == "section" and len(group) <= QUOTE_LIMIT else duty.clause
    if len(span) > QUOTE_LIMIT:
        span = Span(max(span.start, span.end - QUOTE_LIMIT), span.end)
        if not span.covers(duty.statement):
            span = duty.statement
    return Quote(scored.document, span, duty.path, tuple(m.span for m in mentions if not m.inherited))


def best_duties(query: Query, gathered: Gathered, *, attribute: str) -> tuple[ScoredDuty, ...]:
    """The duties meant: the best match, and equally good ones of other documents when the question names none.

    attribute: "lead" or "support"; among near equals one that states it is preferred.
    """
    if not gathered.duties:
        return ()
    pool = _referenced(query, gathered.duties)
    top = pool[0]
    stating = [d for d in pool if getattr(d.duty, attribute) and d.score >= top.score - 0.02]
    best = stating[0] if stating and not getattr(top.duty, attribute) else top
    if query.scope.documents:
        return (best,)
    others: dict[str, ScoredDuty] = {}
    for duty in pool:
        if duty.document.id != best.document.id and duty.score >= best.score - SAME and getattr(duty.duty, attribute):
            others.setdefault(duty.document.id, duty)
    return (best, *others.values())


def _referenced(query: Query, duties: tuple[ScoredDuty, ...]) -> tuple[ScoredDuty, ...]:
    """Keep to the numbered place the question names ((七)的第3条), if any duty stands there."""
    pool = duties
    for reference in query.scope.references:
        kept = tuple(d for d in pool if _stands_at(d, reference.family, reference.number))
        if kept:
            pool = kept
    return pool


def _stands_at(scored: ScoredDuty, family: str, number: int) -> bool:
    sections = scored.document.sections
    if family in ("item", "article") and re.match(rf"{number}\b|{number}[.、.]", scored.duty.number or ""):
        return True
    at = scored.duty.section
    while 0 <= at < len(sections):
        if sections[at].number == number and (sections[at].family == family or family == "item"):
            return True
        at = sections[at].parent
    return False


def lead(query: Query, gathered: Gathered, *, far: float = FAR) -> Draft | None:
    """Answer who leads. A duty without a lead is said to have none; its responsible units are named as such.

    far: how much less than the best clause the duty may cover.
    """
    chosen = best_duties(query, gathered, attribute="lead")
    if not chosen or chosen[0].score < gathered.clauses[0].score - far:
        return None
    best = chosen[0]
    texts = [_lead_text(query, d) for d in chosen]
    notes = tuple(n.message for d in chosen for n in d.duty.notes)
    quotes = tuple(quote_of(d, d.duty.lead or _responsible(d.duty) or d.duty.support) for d in chosen)
    if len(chosen) > 1 and len(set(texts)) > 1:
        text = "\n".join(f"《{d.document.title}》:{t}" for d, t in zip(chosen, texts, strict=True))
    else:
        text = texts[0]
    missing = "" if text else "该任务未写明牵头单位"
    if text and not any(d.duty.lead or _responsible(d.duty) for d in chosen) and re.search("牵头", query.folded):
        # Asked for the lead and none is named: saying who is responsible is help, not an answer.
        missing = f"该任务未标明牵头单位;{text.removesuffix('(原文未标明牵头单位)')}"
        return Draft("lead", "", quotes, best.score, False, notes, missing, "duty")
    return Draft("lead", text, quotes, best.score, bool(text), notes, missing, "duty", (("own", best.own),))


def _lead_text(query: Query, scored: ScoredDuty) -> str:
    duty = scored.duty
    if duty.lead:
        leads = duty.lead
        if duty.topics:
            return ";".join(f"{topic}:{unit}" for unit, topic in duty.topics)
        text = names([m.value for m in leads], etc=duty.open_list and len(leads) > 1)
        together = duty.source == "sentence" and duty.support and "会同" in duty.clause.of(scored.document.text)
        return f"{text}(会同{names([m.value for m in duty.support])})" if together else text
    if responsible := _responsible(duty):
        return f"责任单位:{names([m.value for m in responsible])}"
    if duty.support:
        label = duty.support_label or "责任单位"
        return f"{label}:{names([m.value for m in duty.support])}(原文未标明牵头单位)"
    return ""


def _responsible(duty: Duty) -> tuple[Mention, ...]:
    """Those who answer for a duty whose text tells them from helpers (责任单位 beside 配合单位): they lead it, whatever they are called; else ()."""
    others = tuple(m for m in duty.support if m not in duty.assisting)
    return others if duty.assisting and not duty.lead else ()


_ASKS_HELPERS = re.compile("配合|协助|协同|协办|参与|参加|帮")
_ASKS_RESPONSIBLE = re.compile("责任(?:单位|部门|主体)|负责|落实")


def _supporting(query: Query, duty: Duty) -> str:
    """Name those asked for where the text tells helpers (配合单位) from those responsible; both with their labels where either may be meant."""
    named = [m for m in duty.support if fold(m.value) not in query.units]
    helpers = [m for m in named if m in duty.assisting]
    others = [m for m in named if m not in duty.assisting]
    if helpers and others:
        if _ASKS_HELPERS.search(query.folded):
            named = helpers
        elif _ASKS_RESPONSIBLE.search(query.folded):
            named = others
        else:
            label = duty.support_label if duty.support_label and not is_assisting(duty.support_label) else "责任单位"
            return f"{label}:{names([m.value for m in others])}\n配合单位:{names([m.value for m in helpers])}"
    return names([m.value for m in named])


def _helped_by(query: Query, gathered: Gathered, best: ScoredDuty) -> ScoredDuty:
    """For helpers the sentence that names them, not the one beside it of who is responsible (A主管…;B、C等部门按照各自职责配合)."""
    if best.duty.source != "sentence" or not _ASKS_HELPERS.search(query.folded) or _HELPS.search(best.duty.clause.of(best.document.text)):
        return best
    beside = (d for d in gathered.duties if d.document.id == best.document.id and d.duty.section == best.duty.section and d.duty.support)
    helped = [d for d in gathered.duties if d.document.id == best.document.id and d.duty.lead and d.duty.support and d.score >= best.score - _BESIDE]
    return next((d for d in beside if _HELPS.search(d.duty.clause.of(d.document.text))), helped[0] if helped else best)


_BESIDE = 0.15
"""How much less than the best a task of the same document may fit that names helpers beside who leads."""


_HELPS = re.compile("配合|协同|协助|参与|各自(?:的)?职责|职责分工")
_OTHERS = re.compile("等(?:有关|相关)?(?:主管)?(?:部门|单位)")


def _others_of(scored: ScoredDuty) -> str:
    """What the text says after the last of fields that stand for departments (财政、教育等部门), else nothing."""
    last = scored.duty.support[-1]
    after = _OTHERS.match(scored.document.text, last.span.end)
    return after.group() if after and scored.duty.source == "sentence" and last not in scored.duty.assisting else ""


def support(query: Query, gathered: Gathered, *, far: float = FAR) -> Draft | None:
    """Answer who supports or is responsible; units the question itself names are left out of the answer. far: see `lead`."""
    chosen = best_duties(query, gathered, attribute="support")
    if not chosen or chosen[0].score < gathered.clauses[0].score - far:
        return None
    best = _helped_by(query, gathered, chosen[0])
    duty = best.duty
    notes = [n.message for n in duty.notes]
    if duty.support_text and not duty.support:
        text = duty.support_text.value
    elif duty.support:
        text = _supporting(query, duty) + _others_of(best)
    elif duty.lead and not re.search("配合|协助|协同|参与", query.folded):
        text = f"牵头单位:{names([m.value for m in duty.lead])}"
        notes.append("该任务只写明牵头单位,未另列责任(配合)单位")
    else:
        text = ""
    missing = "" if text else "该任务未写明配合单位"
    return Draft("support", text, (quote_of(best, duty.support),), best.score, bool(text), tuple(notes), missing, "duty", (("own", best.own),))
