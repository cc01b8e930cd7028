"""Free text: how something is done, yes or no, what differs. The answer is the run of sentences that covers most of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.clauses import Clause, section_of, sentences
from assistant.answering.draft import Draft, Quote, lines, names, shortened
from assistant.answering.evidence import ITEM, OWN, PATH, TITLE, Gathered, Scored, ScoredDuty
from assistant.compose import modality
from assistant.compose.contrast import shown
from assistant.compose.ends import ended_alike
from assistant.compose.parties import of_the_party
from assistant.compose.values import deadline
from assistant.question.query import Query
from assistant.question.terms import NEAR_WORD, coverage
from corpus.numbers import numeral_of
from corpus.text import fold
from corpus.types import Document, Passage, Span
from corpus.units import unit_matches

SPOKEN = 320
"""Characters of a free-text answer: what a person reads in one go."""



def passage_window(query: Query, best: Scored, *, limit: int = SPOKEN) -> tuple[Span, float]:
    """Grow the best clause to the neighbouring sentences of its passage while they cover more of the question."""
    clause = best.clause
    document = clause.document
    if clause.passage.kind == "row":
        return clause.span, best.score
    spans = sentences(document.text, clause.passage.span)
    at = next((i for i, s in enumerate(spans) if s.overlaps(clause.span)), 0)
    first = last = at
    score = _window_score(query, clause, Span(spans[first].start, spans[last].end))
    while True:
        options = []
        if last + 1 < len(spans):
            options.append((first, last + 1))
        if first > 0:
            options.append((first - 1, last))
        grown = [(_window_score(query, clause, Span(spans[a].start, spans[b].end)), -a, a, b) for a, b in options if spans[b].end - spans[a].start <= limit]
        if not grown:
            break
        better, _, a, b = max(grown)
        if better <= score + 0.015:
            break
        score, first, last = better, a, b
    return Span(spans[first].start, spans[last].end), score


def _window_score(query: Query, clause: Clause, span: Span) -> float:
    own = fold(span.of(clause.document.text))
    return coverage(query.terms, ((own, OWN), (clause.item, ITEM), (clause.path, PATH), (clause.title, TITLE)))


_WHOLE_SENTENCE = 16
"""From so many characters on a sentence that ends its paragraph needs no other to be understood."""


def _after(best: Scored, span: Span, *, limit: int) -> Span:
    """Let the next sentence in when the answer would otherwise be a bare opening (「按以下办法:」) or very short."""
    document, passage = best.clause.document, best.clause.passage
    rest = sentences(document.text, Span(span.end, passage.span.end)) if span.end < passage.span.end else ()
    for following in rest:
        said = span.of(document.text).rstrip()
        another = len(said) >= _WHOLE_SENTENCE and said.endswith("。") and "\n" in document.text[span.start + len(said) : following.start + 1]
        if following.end - span.start > limit or len(span) >= 90 or another:
            break
        span = Span(span.start, following.end)
    return span


def text_answer(query: Query, gathered: Gathered, *, kind: str = "measure", limit: int = SPOKEN) -> Draft | None:
    """Answer with the best run of sentences."""
    if not gathered.clauses:
        return None
    best = gathered.clauses[0]
    if (kind != "yesno" or _asks_itself(best)) and (below := below_heading(best, kind)):
        return below
    span, score = passage_window(query, best, limit=limit)
    if kind in ("measure", "other"):
        span = _after(best, span, limit=limit)
    return _draft(kind, best, span, score)


def _asks_itself(best: Scored) -> bool:
    """Is the clause a question of the document, whose answer stands below it?"""
    at = best.clause.passage.section
    home = best.clause.document.sections[at] if at >= 0 else None
    asks = home is not None and (home.family == "question" or best.clause.own.rstrip("*").endswith("?"))
    return asks and home is not None and home.heading.covers(best.clause.span)


_ONLY_UNITS = re.compile(r"[(（][^()（）]*(?:牵头|配合|负责|责任单位|完成时限)[^()（）]*[)）]。?")


_ANSWERS = re.compile(r"^[*\s]*(?:答复?|回答)[:：]\s*")
_ANNOUNCED = re.compile(r"\n[ 　]*附件[\d一二三]?[:：]")
_BARE_HEADING = 40
"""Characters of a heading; a longer one is an item that says all it says in its own line."""


def below_heading(best: Scored, kind: str) -> Draft | None:
    """A clause that is only a heading is answered with what stands below it: the titles of its parts, or its text."""
    document, clause = best.clause.document, best.clause
    home = next((s for s in document.sections if s.heading.covers(clause.span) and s.family not in ("attachment", "markup")), None)
    asks = home is not None and home.family == "question"
    if home is None or (not asks and (home.parent < 0 or kind in ("lead", "support", "meta") or len(home.title) > _BARE_HEADING)):
        return None
    announced = _ANNOUNCED.search(document.text, home.heading.end, home.span.end) if asks else None
    below = Span(home.heading.end, announced.start() if announced else home.span.end)
    text = _ANSWERS.sub("", clean(below.of(document.text)).lstrip("。.:：;；、, "))
    if not text or _ONLY_UNITS.fullmatch(text):
        return None
    children = [s for s in document.sections if s.parent == home.index]
    if len(text) > SPOKEN and len(children) > 1:
        items = [s.title or shortened(clean(s.span.of(document.text)), 60) for s in children]
        text = "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
    text = text if "\n" in text else shortened(text, SPOKEN)
    cited = home.span if len(home.span) <= 700 else Span(home.span.start, min(home.span.end, home.span.start + 700))
    return Draft(kind, text, (Quote(document, cited, home.path),), best.score, False, (), "", "text", (("own", best.own),))


_SAYS_WHETHER = re.compile(r"\s*(?:答复?|回答)?[:：]?\s*(?:不?(?:可以|能|是|需要|行|用|会|必|要)的?|有|没有)[。,，;；]")


def _with_yes_or_no(document: Document, passage: Passage, span: Span) -> Span:
    """Let an answer of the document begin with its yes or no: 答:不能。缺电池的不予回收."""
    if passage.section < 0 or document.sections[passage.section].family != "question":
        return span
    start = document.sections[passage.section].body.start
    said = _SAYS_WHETHER.match(document.text, start)
    return Span(start, span.end) if said and said.end() == span.start else span


def _answered_outright(query: Query, scored: Scored) -> str:
    """The yes or no right below a heading that asks what the question asks (业主欠费能否停水停电?不能。), "" where the sentence itself is more about it."""
    clause = scored.clause
    home = section_of(clause.document, clause.passage)
    asked = fold(home.heading.of(clause.document.text)).strip("* ") if home else ""
    said = _SAYS_WHETHER.match(clause.document.text, home.body.start) if home and asked.endswith("?") else None
    meant = said and coverage(query.terms, ((asked, 1.0),)) >= coverage(query.terms, ((clause.own, 1.0),))
    return said.group().strip(" 　。,，;；\n") if said and meant else ""


def whole_answer(clause: Clause) -> str:
    """A clause as it is read out, with the yes or no that the answer it stands in begins with."""
    return _ANSWERS.sub("", shown(clause.document.text, _with_yes_or_no(clause.document, clause.passage, clause.span)))


def _draft(kind: str, best: Scored, span: Span, score: float) -> Draft:
    document, passage = best.clause.document, best.clause.passage
    span = _with_yes_or_no(document, passage, span)
    opening = opening_of(best)
    text = opening + clean(span.of(document.text)) if opening else _told(kind, document, passage, span)
    text = _ANSWERS.sub("", text)
    cited = passage.span if len(passage.span) <= 420 else span
    marks = (span,) if cited != span else ()
    return Draft(kind, text, (Quote(document, cited, passage.path, marks),), score, False, (), "", "text", (("own", best.own),))


def _told(kind: str, document: Document, passage: Passage, span: Span) -> str:
    """A run of sentences as it is read out; of a row of a task list the task alone, unless somebody or some day is asked for."""
    if passage.kind == "row" and kind in _OF_TASKS:
        task = next((duty.task.span for duty in document.facts.duties if duty.source == "row" and span.covers(duty.task.span)), span)
        return shown(document.text, task) if len(task) >= _WHOLE_SENTENCE else cells(span.of(document.text))
    return cells(span.of(document.text)) if passage.kind in ("row", "table") else shown(document.text, span)


_OF_TASKS = frozenset(("measure", "definition", "yesno"))


def opening_of(best: Scored) -> str:
    """The words an item hangs on (禁止下列行为:), without which it says the opposite."""
    document, section = best.clause.document, best.clause.passage.section
    if section < 0 or document.sections[section].parent < 0 or document.sections[section].family in ("cn", "chapter", "article", "attachment"):
        return ""
    parent = document.sections[document.sections[section].parent]
    opening = Span(parent.heading.start, parent.body.end).of(document.text).strip()
    items = [s for s in document.sections if s.parent == parent.index and s.family == document.sections[section].family]
    if len(items) > 1 and items[-1].index == section and not ended_alike(document.text, [s.span for s in items])[0][-1].overlaps(best.clause.span):
        return ""  # it stands behind the last item and is none
    last = re.split("[。;；\n]", opening)[-1].strip()
    return clean(last) if last.endswith((":", "：")) and len(last) <= 80 else ""


def clean(text: str) -> str:
    """Make a cut of the document fit to read aloud: line breaks of the source removed."""
    text = re.sub(r"\s*\n\s*", "", text).strip()
    return re.sub(r"\s*\|\s*", ";", text.strip("| ")) if "|" in text else text


def cells(text: str) -> str:
    """Make cells that stand one a line fit to read aloud: parted, without the number of their row."""
    return clean(_ROW_NUMBER.sub("", re.sub(r"[。;；]?\s*\n\s*", " | ", text.strip())))


_ROW_NUMBER = re.compile(r"^\|?\s*\d{1,3}\s*\|\s*(?=[^\d\s])")


def spoken(members: Sequence[str]) -> str:
    """Write members one a line; a few short words (红、橙、黄、蓝) on one."""
    items = [clean(m) for m in members]
    if all(len(i) <= 4 for i in items) and len(items) <= 12:
        return "、".join(items)
    return lines(items)


_ASKS_PENALTY = re.compile("罚|处罚|怎么处理|咋处理|如何处理|后果|会怎|怎样|追究|责任")


def penalty(query: Query, gathered: Gathered) -> Draft | None:
    """What breaking a rule costs stands in another article: 违反本条例第十一条规定的,处…罚款."""
    if not _ASKS_PENALTY.search(query.folded) or (query.measure_word == "元" and gathered.clauses and "罚款" in gathered.clauses[0].clause.own):
        return None  # the best clause states the fine itself
    for scored in gathered.clauses[:3]:
        document, passage = scored.clause.document, scored.clause.passage
        if scored.score < gathered.clauses[0].score - 0.1 or re.search("罚款|处罚|违反", scored.clause.own):
            continue
        number = _article(document, passage)
        if number is None:
            continue
        pattern = re.compile(rf"违反[^。；;]{{0,16}}第(?:{numeral_of(number)}|{number})条")
        for other in document.passages:
            for span in sentences(document.text, other.span):
                if pattern.search(span.of(document.text)):
                    paragraph = document.text.find("。\n", span.end - 1, other.span.end)
                    end = paragraph + 1 if paragraph >= 0 else other.span.end
                    text = of_the_party(query.folded, clean(Span(span.start, end if end - span.start <= SPOKEN else span.end).of(document.text)))
                    quotes = (Quote(document, other.span, other.path, (span,)), Quote(document, passage.span, passage.path, (scored.clause.span,)))
                    return Draft(query.kind, text, quotes, scored.score, True, (), "", "text", (("own", scored.own),))
    return None


def _article(document: Document, passage: Passage) -> int | None:
    """The number of the article (第N条) a passage stands in."""
    at = passage.section
    while at >= 0:
        if document.sections[at].family == "article":
            return document.sections[at].number
        at = document.sections[at].parent
    return None


def yes_or_no(query: Query, gathered: Gathered) -> Draft | None:
    """Confirm or correct a statement. A claim about a unit is held against the duty; else the clause itself speaks."""
    if query.units and (by_unit := _unit_claim(query, gathered.duties)):
        return by_unit
    if by_date := _date_claim(query, gathered):
        return by_date
    draft = text_answer(query, gathered, kind="yesno", limit=260)
    if draft is None:
        return None
    if query.scope.years or re.search("所有|全部|都", query.folded):
        draft = _with_next_year(gathered.clauses[0], draft)
    said = with_verdict(query, gathered.clauses[0], draft.text)
    return Draft("yesno", said, draft.quotes, draft.coverage, False, (), "", "text", draft.features)


_CLAIMED_DATE = re.compile(r"(?:20\d{2}年|\d{1,2}月|年)(?:\d{1,2}[日号]|底|末|初)?")


def _date_claim(query: Query, gathered: Gathered) -> Draft | None:
    """Hold a claimed date of an end or beginning (是不是3月底就结束了) against the one the text states."""
    claimed = _CLAIMED_DATE.search(query.folded)
    if not claimed or not re.search("结束|截止|到期|开始|收尾|为止|启动", query.folded):
        return None
    stated = deadline(replace(query, folded=query.folded + "起止"), gathered)
    if stated is None or not stated.text:
        return None
    verdict = "是" if fold(claimed.group()) in fold(stated.text) else "不是"
    return replace(stated, kind="yesno", text=f"{verdict},文件写明{stated.text}")


def _with_next_year(best: Scored, draft: Draft) -> Draft:
    """Add the neighbouring sentences that say what holds for other years."""
    document, passage = best.clause.document, best.clause.passage
    spans = [s for s in sentences(document.text, passage.span) if re.search(r"20\d{2}年", s.of(document.text))]
    at = next((i for i, s in enumerate(spans) if s.overlaps(best.clause.span)), None)
    if at is None or len(spans) < 2:
        return draft
    around = spans[max(at - 1, 0) : at + 2]
    text = "".join(clean(s.of(document.text)) for s in around)
    return replace(draft, text=text) if len(text) <= 300 else draft


def _unit_claim(query: Query, duties: Sequence[ScoredDuty]) -> Draft | None:
    if not duties or duties[0].score < 0.55 or not re.search(r"牵头|负责|主管|归.{1,10}管|承担|抓", query.folded):
        return None
    best = next((d for d in duties if d.score >= duties[0].score - 0.05 and (d.duty.lead or d.duty.support)), None)
    if best is None:
        return None
    mentions = best.duty.lead or best.duty.support
    label = "牵头单位" if best.duty.lead else best.duty.support_label or "责任单位"
    right = any(unit_matches(unit, m.value) for unit in query.units for m in mentions)
    text = f"{'是' if right else '不是'},{label}是{names([m.value for m in mentions])}"
    quote = Quote(best.document, best.duty.clause, best.duty.path, tuple(m.span for m in mentions))
    return Draft("yesno", text, (quote,), best.score, True, (), "", "duty", (("own", best.own),))


def with_verdict(query: Query, scored: Scored, text: str) -> str:
    """Lead what is read out with the verdict that its clause allows."""
    clause = scored.clause
    if outright := _answered_outright(query, scored):
        return f"{outright}。原文:{text.removeprefix(outright).lstrip('。')}"
    mode = modality.mode_of(query, clause.own, fold(opening_of(scored)))
    near = clause.own + clause.path + clause.title
    met = clause.passage.kind == "text" and all(t.cover(near) >= NEAR_WORD for t in query.terms if t.required or t.weight > 0.4)
    plain = "不可以" if modality.denied(query, fold(text)) else "没有变" if modality.unchanged(query, fold(text)) else ""
    word = plain or modality.word_for(query, mode, met=met)
    if word == "不可以" and re.search(r"除外|例外|另有规定", text):
        return f"原则上不可以,但有例外。原文:{text}"
    return f"{word}。原文:{text}" if word else f"原文写明:{text}"
