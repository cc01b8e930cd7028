"""Yes or no by value: the open question that a claim would answer is answered, and the claim is held against that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.draft import Quote, citations, names, shortened
from assistant.answering.evidence import Gathered
from assistant.answering.replied import Replied
from assistant.answering.several import Steps
from assistant.answering.stated import stated_amount, stated_day
from assistant.compose import modality
from assistant.compose.duties import quote_of
from assistant.compose.rows import cell_value, quotes_of
from assistant.compose.texts import clean, opening_of
from assistant.lexicon.cues import LEADS, SUPPORTS
from assistant.library.library import Library
from assistant.question.claims import POST, Claim, amount_verdict, claims_of, day_verdict, unit_verdict, word_of
from assistant.question.quantities import Amount, amounts_in, holds
from assistant.question.query import Query
from assistant.question.terms import NEAR_WORD
from assistant.question.tiers import fits
from assistant.question.understand import understand
from assistant.tables.cell_names import plain
from assistant.tables.sheetbook import sheets_of
from assistant.types import Answer, Turn
from corpus.text import fold
from corpus.types import Span
from corpus.units import split_units, unit_matches, units_in

_FORBIDS = re.compile("不得|禁止|严禁|不准|不予|不能|不可以|不允许|取消|停止|暂停|不再")
_BOUNDED = re.compile("不[得能可](?:超过|高于|多于|大于|少于|低于|小于|早于|晚于)")
_SURE = 0.5
"""Probability from which on an answer to the open question is held against the claim."""


def verdict(whole: Replied, steps: Steps, history: Sequence[Turn], documents: Sequence[str]) -> Answer | None:
    """Answer a yes-or-no question with its verdict and what the text states; None where no claim can be held against a value."""
    query = whole.query
    if query.language == "en":
        return None
    if part := _part_played(whole):
        return part
    if query.kind != "yesno" or (whole.draft and (modality.denied(query, fold(whole.draft.text)) or modality.denied_at_step(query, fold(whole.draft.text)))):
        return None  # the act itself is denied: the figures of the question only say of what
    for claim in claims_of(query):
        asked = understand(claim.open, steps.library.knowledge, history=history, documents=documents, resumes=query.follow_up)
        if asked.kind in ("yesno", "compare"):
            continue
        opened = steps.reply(asked)
        if opened.answer.status == "answered" and opened.draft and opened.answer.confidence >= _SURE and (found := _held(query, claim, opened)):
            return replace(opened.answer, question=query.text, kind="yesno", answer=found)
    return _of_its_row(whole, steps.library) if re.search("是[^?]{2,12}(?:吗|吧|么)|是不是|属于|算", query.folded) else None


def _held(query: Query, claim: Claim, opened: Replied) -> str:
    """The verdict with what is stated, "" where none can be given."""
    draft = opened.draft
    assert draft is not None
    if claim.amount is not None:
        return _of_amount(query, claim, claim.amount, opened)
    if claim.day is not None:
        limit = stated_day(draft)
        right = day_verdict(query, claim.day, limit) if limit else None
        return "" if right is None else f"{word_of(query, claim, right=right)},文件写明的时间是{draft.text}"
    if claim.post:
        stated = {m.group() for m in POST.finditer(fold(draft.text))}
        right = claim.post in stated
        return f"{word_of(query, claim, right=right)}。原文:{shortened(clean(draft.text), 160)}" if len(stated) == 1 else ""
    if draft.kind not in ("lead", "support"):
        return ""
    named = _bodies(opened)
    if not named:
        return ""
    right = unit_verdict(claim.units[0], named)
    return f"{word_of(query, claim, right=right)},{'牵头单位' if claim.role == 'lead' and draft.basis in ('duty', 'row') else '文件写的'}是{names(named)}"


def _bodies(opened: Replied) -> tuple[str, ...]:
    """The bodies that an answer names; of a sentence the only one that the best clause has."""
    draft = opened.draft
    assert draft is not None
    if draft.exact:
        return tuple(m.value for m in split_units(draft.text, Span(0, len(draft.text))))
    clause = opened.gathered.clauses[0].clause
    inside = tuple(dict.fromkeys(m.value for m in units_in(clause.document.text, clause.span)))
    return inside if len(inside) == 1 else ()


# ---------------------------------------------------------------- amounts


def _of_amount(query: Query, claim: Claim, amount: Amount, opened: Replied) -> str:
    draft = opened.draft
    assert draft is not None
    found = stated_amount(draft, amount)
    stated, segment, sentence = found.amount, found.segment, found.sentence
    if amount.nature == "age" and fits(query.folded, fold(sentence)) is False:
        # 8岁 is none of 9周岁至14周岁: what is open to those ages is not open to it.
        return f"{'不可以' if modality.asks_leave(query) else '不是'}。原文:{shortened(clean(sentence), 200)}"
    if stated is None:
        return ""
    if _tells_case(stated, segment):
        if not holds(amount, stated, limits=True):
            return ""
        # 不满6周岁的儿童优先…: the case is met, and what the sentence does for it is the answer.
        mode = modality.mode_of(query, fold(sentence))
        met = all(t.step or t.cover(fold(sentence)) >= NEAR_WORD for t in query.terms if t.required or t.weight > _TELLING)
        word = modality.word_for(query, mode, met=met, figures=True)
        return f"{word}。原文:{shortened(clean(sentence), 200)}" if word else ""
    # (一)桥梁500米以内 hangs on 下列区域禁止采砂.
    bans = fold(segment + next((opening_of(s) for s in opened.gathered.clauses if s.clause.span.overlaps(draft.quotes[0].span)), ""))
    right = amount_verdict(query, amount, stated, forbids=bool(_FORBIDS.search(_BOUNDED.sub("", bans))))
    said = sentence if len(sentence) <= _IN_ONE_BREATH or re.match("[0-9]", segment) else segment
    return "" if right is None else f"{word_of(query, claim, right=right)}。原文:{shortened(clean(said), 200)}"


_TELLING = 0.4
_IN_ONE_BREATH = 120
"""Characters of a sentence that is read out whole; of a longer one the segment of the value."""


def _tells_case(stated: Amount, segment: str) -> bool:
    """Does the amount only say which case is meant (不足50平方米的小餐饮,…), not what holds?"""
    folded = fold(segment)
    same = [a for a in amounts_in(folded) if (a.nature, a.number, a.bound) == (stated.nature, stated.number, stated.bound)]
    return bool(same) and bool(re.match("的(?!$)|的$|[㐀-鿿]{0,6}的(?:[,;。]|$)", folded[same[0].end :]))


# ---------------------------------------------------------------- the cell of a row


def _of_its_row(whole: Replied, library: Library) -> Answer | None:
    """Answer 东湖馆是室外馆吗 by the column of the table that holds the word claimed: what it says of the row named."""
    folded = plain(whole.query.folded)
    near = {s.clause.document.id: s.clause.document for s in whole.gathered.clauses[:_NEAR_DUTIES]}
    for sheet in (s for document in near for s in sheets_of(library, near.values()).by_document.get(document, ())):
        rows = [at for at, name in enumerate(sheet.column(sheet.key)) if len(name) > 1 and name in folded]
        if len(rows) != 1 or sheet.table.tasks:
            continue
        rest = folded.replace(sheet.column(sheet.key)[rows[0]], "", 1)
        for column in range(len(sheet.table.headings)):
            values = sheet.column(column)
            claimed = [v for v in set(values) if len(v) > 1 and v in rest and not any(v in o and v != o and o in rest for o in values)]
            if column != sheet.key and column not in sheet.numeric and len(claimed) == 1 and values[rows[0]]:
                value, label = cell_value(sheet, rows[0], column), sheet.table.headings[column].printed
                quotes = quotes_of(sheet, rows, [column])
                return _told(whole, f"{'是' if values[rows[0]] == claimed[0] else '不是'},{label}是{value}", quotes, 0.9)
    return None


# ---------------------------------------------------------------- who plays which part

_WHICH_PART = re.compile(rf"(?:{LEADS}|负责|主)的?还是(?:{SUPPORTS})|(?:{SUPPORTS})的?还是(?:{LEADS}|负责)")


def _part_played(whole: Replied) -> Answer | None:
    """Answer 公交公司是牵头还是配合 with the part that the task or the sentence gives the office."""
    query = whole.query
    if not query.units or not _WHICH_PART.search(query.folded):
        return None
    unit = query.units[0]
    for scored in whole.gathered.duties[:_NEAR_DUTIES]:
        duty = scored.duty
        leads = any(unit_matches(unit, m.value) for m in duty.lead)
        if scored.score >= _SURE and (leads or any(unit_matches(unit, m.value) for m in duty.support)):
            role = "牵头" if leads else "配合"
            rest = f"(牵头单位:{names([m.value for m in duty.lead])})" if duty.lead and not leads else ""
            quotes = (quote_of(scored, (*duty.lead, *duty.support)),)
            return _told(whole, f"{unit}是{role}单位{rest}", quotes, scored.score)
    return _part_said(whole, unit, whole.gathered)


_NEAR_DUTIES = 6


def _part_said(whole: Replied, unit: str, gathered: Gathered) -> Answer | None:
    for scored in gathered.clauses[:_NEAR_DUTIES]:
        clause = scored.clause
        found = re.search(rf"{re.escape(unit)}[^,。;]{{0,6}}?(?P<part>{LEADS}|{SUPPORTS}|负责)", clause.own)
        if found:
            role = "配合" if re.fullmatch(SUPPORTS, found["part"]) else "牵头" if re.fullmatch(LEADS, found["part"]) else "负责"
            text = f"{unit}是{role}。原文:{shortened(clean(clause.text), 160)}"
            return _told(whole, text, (Quote(clause.document, clause.span, clause.passage.path, (clause.span,)),), max(scored.score, _SURE))
    return None


def _told(whole: Replied, text: str, quotes: tuple[Quote, ...], sure: float) -> Answer:
    return replace(whole.answer, status="answered", kind="yesno", answer=text, confidence=min(sure, 0.97), citations=citations(quotes), reason="", notes=())


__all__ = ["verdict"]
