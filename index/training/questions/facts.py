"""Questions about the typed facts of a document: definitions, figures, duties, deadlines, enumerations, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.types import Document, Duty, Section, Span
from index.training.questions.clauses import Stated

_LONGEST_LIST, _LONGEST_BODY = 260, 230
_STATEMENT = re.compile(r"[(（][^()（）]{0,80}(?:牵头|配合|负责|责任单位|完成时限)[^()（）]*[)）]")
_VERB = re.compile(r"^(?:加强|推进|推动|加快|完善|建立|健全|强化|深化|提升|提高|优化|实施|开展|促进|培育|支持|鼓励|发展|建设|打造|落实|规范|扩大|构建|做好|抓好|保障|严格|组织|加大|制定|创新|改善|拓展|引导|巩固|防范|扎实|着力|持续|积极|大力|全面|深入|坚持|统筹|壮大|稳定|增强)")
_POOR_SUBJECT = re.compile(r"\d|罚款|[:：]|^(?:增长|责令|共|其中|同比|比上年|达到|达|各|这|其|处|分别|新增|预计)|(?:是|为|共有?|达到?|增长|占)$")
_POOR_HEAD = re.compile(r"工作日|包括|[,，。等的上内中下到分来在之天日月年元人把将以与和是为指建及（()）]$|^(?:[等的各将把以与和并及]|是指|支持|统筹|有关|部门|推进|加强|持续|进一步|要)|\d|[:：（）()，,、]")
_UNIT = re.compile(r"(?:局|委|办|部|厅|院|会|所|队|处|室|中心|政府|公司|单位|部门|机关|机构|组|企业|校|行|署|站|社|团|区|县|市|镇|街道|集团|大学)$")
_EMPTY_HEADING = re.compile(r"^(?:总则|附则|其他|总体要求|指导思想|基本原则|工作要求|主要任务|工作目标|保障措施|组织实施|法律责任|工作安排|前言|各位代表)$")


def stated_by_facts(document: Document) -> Iterator[Stated]:
    """Give everything the typed facts of a document can be asked for."""
    yield from _definitions(document)
    yield from _figures(document)
    yield from _duties(document)
    yield from _lists(document)
    for section in document.sections:
        yield from _heading(document, section)


def _definitions(document: Document) -> Iterator[Stated]:
    for fact in document.facts.definitions:
        if "简称" in document.text[fact.clause.start : fact.clause.end]:
            continue
        if 2 <= len(fact.term.value) <= 20 and 6 <= len(fact.meaning.span) <= _LONGEST_LIST:
            yield Stated("definition", {"what": fact.term.value}, _bare(document, fact.meaning.span), fact.clause)


def _figures(document: Document) -> Iterator[Stated]:
    for fact in document.facts.targets:
        if not 4 <= len(fact.subject) <= 26 or _POOR_SUBJECT.search(fact.subject) or len(fact.span) > 24:
            continue
        if not re.search("[0-9]", fact.span.of(document.text)) and fact.unit in ("个", "项", "种", "类", "方面", "年", "条", "大"):
            # 八项规定, 三个代表: part of a name.
            continue
        what = f"{fact.period}{fact.subject}" if fact.period and fact.ordinal % 2 else fact.subject
        yield Stated("figure", {"what": what, "unit": fact.unit}, fact.span, fact.clause)


def _duties(document: Document) -> Iterator[Stated]:
    for duty in document.facts.duties:
        what = (duty.heading or duty.task.value).strip("。;；")
        if not 5 <= len(what) <= 44 or duty.scope not in ("item", "section"):
            continue
        if re.match("并|以及|和|或", what) or any(mention.value in what for mention in (*duty.lead, *duty.support)):
            continue
        if duty.lead and (lead := _all(duty, duty.lead[0].span, duty.lead[-1].span)):
            yield Stated("lead", {"what": what}, lead, duty.clause)
        if duty.support and (support := _all(duty, duty.support[0].span, duty.support[-1].span)):
            yield Stated("support" if duty.lead else "lead", {"what": what}, support, duty.clause)
        if duty.deadline and not duty.deadline.inherited and duty.clause.covers(duty.deadline.span):
            yield Stated("deadline", {"what": what}, duty.deadline.span, duty.clause)


def _all(duty: Duty, first: Span, last: Span) -> Span | None:
    whole = Span(first.start, last.end)
    named = all(_UNIT.search(mention.value) for mention in (*duty.lead, *duty.support))
    return whole if named and first.start <= last.start and len(whole) <= 120 and duty.clause.covers(whole) else None


def _lists(document: Document) -> Iterator[Stated]:
    for fact in document.facts.enumerations:
        if fact.kind == "headings" or not fact.members or not 2 <= len(fact.head.value) <= 20:
            continue
        whole = Span(fact.members[0].span.start, fact.members[-1].span.end)
        named = fact.count is not None or fact.kind == "run" or "包括" in document.text[fact.clause.start : fact.members[0].span.start]
        if named and 8 <= len(whole) <= _LONGEST_LIST and not _POOR_HEAD.search(fact.head.value):
            yield Stated("members", {"what": fact.head.value}, _bare(document, whole), fact.clause)


def _heading(document: Document, section: Section) -> Iterator[Stated]:
    """A heading that says what is to be done is answered by what stands below it."""
    if not 5 <= len(section.title) <= 26 or section.family in ("title", "attachment", "article", "chapter") or _EMPTY_HEADING.match(section.title):
        return
    text = document.text
    body = text[section.body.start : section.body.end]
    if len(body) < 30 or not _VERB.match(section.title):
        return
    end = 0
    for stop in re.finditer("。", _STATEMENT.sub(lambda m: "\x00" * len(m.group()), body)):
        if stop.end() > _LONGEST_BODY:
            break
        end = stop.start()
    if end >= 20 and "\x00" not in body[:end]:
        yield Stated("how", {"what": section.title}, _bare(document, Span(section.body.start, section.body.start + end)), section.span)


def _bare(document: Document, span: Span) -> Span:
    text, start, end = document.text, span.start, span.end
    while start < end and text[start] in " \t\n　,，。；;、:：":
        start += 1
    while start < end and text[end - 1] in " \t\n　,，。；;、:：":
        end -= 1
    return Span(start, end)
