"""By when, how many: the one value that a question asks for, chosen among those its best clauses state."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.clauses import sentences
from assistant.compose import contrast
from assistant.compose.candidates import Candidate, draft_of
from assistant.compose.differences import difference
from assistant.compose.duties import FAR, quote_of
from assistant.draft import Draft, Quote, shortened
from assistant.evidence import Gathered, ScoredDuty, in_scope, local_score, segment_of, year_bonus
from assistant.lexicon.cues import WHEN
from assistant.query import Query
from assistant.terms import coverage
from corpus.text import fold
from corpus.types import Deadline, Span, Target

WITHIN = 12
"""How many of the best clauses are read for values."""

_YEAR = re.compile(r"(?:到|至)?20\d{2}年")
_FREQUENCY = re.compile(r"每|次/|/年|/月|/季|一次|1次")
TIME_UNITS = frozenset(["年", "个月", "月", "周", "天", "日", "小时", "分钟", "季度", "半年"])
_COUNT_FAMILIES = (
    frozenset(["家", "个", "户", "处", "座", "所"]),
    frozenset(["人", "名", "位"]),
    frozenset(["天", "日", "个工作日", "工作日"]),
    frozenset(["次", "场", "回", "期"]),
    frozenset(["条", "项", "件"]),
    frozenset(["米", "公里", "千米", "厘米", "毫米"]),
    frozenset(["元", "万元", "亿元"]),
    frozenset(["吨", "万吨"]),
)


NOUN_UNITS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (noun, frozenset(units.split()))
    for noun, units in (
        ("事故", "起 次"), ("企业", "家 户"), ("商户", "家 户"), ("人员", "人 名"), ("教师", "人 名"), ("学生", "人 名"), ("渔船", "艘"), ("船", "艘 条"),
        ("车", "辆 台"), ("床位", "张"), ("隐患", "项 处 条 个"), ("行政村", "个"), ("村", "个"), ("水库", "座"), ("煤矿", "处 座 个"), ("矿山", "座 处"), ("桥", "座"),
        ("演练", "次 场"), ("培训", "次 期 场"), ("检查", "次"), ("学校", "所"), ("幼儿园", "所"), ("医院", "家 所"), ("机构", "家 个 所"), ("户", "户"), ("报警器", "只 个 台"),
        ("装置", "套 台 个"), ("队伍", "支"), ("站", "个 座 处"), ("管道", "公里 米"), ("道路", "公里 米"), ("端口", "个"), ("资金", "元 万元 亿元"), ("面积", "平方米 亩"),
    )
)  # fmt: skip
"""Which measure words go with a thing, for questions that do not say one (English ones, 多少)."""


def deadline(query: Query, gathered: Gathered) -> Draft | None:
    """Answer until when: from the task list's cell when a row matches best, else from the best clause that states a date."""
    rows = [d for d in gathered.duties if d.duty.source == "row" and d.duty.deadline]
    found = _spans(query, gathered) if _wants_span(query) else _dated(query, gathered)
    top = gathered.clauses[0].score if gathered.clauses else 0.0
    listed = 0.25 if re.search("清单|完成时限|时限|任务", query.folded) else 0.1
    if rows and rows[0].score >= max(top, min(found[0].score, 1.0) - 0.1 if found else 0.0) - listed and not _wants_span(query):
        return _from_row(query, rows[0], found)
    if not found:
        return None
    return draft_of("deadline", query, found, top)


def _wants_span(query: Query) -> bool:
    return bool(re.search(r"起止|从.{0,8}到|时段|(?:几号|几日|哪天|什么时候|啥时候|何时|几月)(?:几号|几日)?(?:到|至)(?:几|哪|什么|啥|何)", query.folded))


def _from_row(query: Query, row: ScoredDuty, found: list[Candidate]) -> Draft:
    cell = row.duty.deadline
    assert cell is not None
    notes = [n.message for n in row.duty.notes]
    inside = [c for c in found if row.duty.task.span.covers(c.span)]
    text = cell.value
    best = max(inside, key=lambda c: c.score, default=None)
    if best and _differ(best.text, cell.value):
        segment = shortened(segment_of(row.document, best.sentence, best.span).of(row.document.text), 60)
        notes.append(f"清单“完成时限”栏为“{cell.value}”;任务文字写明“{segment}”")
        if best.score >= 0.75:
            text = f"{cell.value}(任务文字:{segment})"
    quote = quote_of(row)
    quote = Quote(quote.document, quote.span, quote.path, (cell.span,))
    return Draft("deadline", text, (quote,), row.score, True, tuple(notes), "", "row", (("own", row.own),))


_RANGE = re.compile("至|到|—|-|–|~|～")


def own_date(query: Query, gathered: Gathered) -> Draft | None:
    """A date asked with 出台/印发 may be that of a thing the document plans (举报奖励办法什么时候出台), not the document's own.

    Taken only when the question has words of its own that a clause with a date covers and no title does.
    """
    if not gathered.clauses or not re.search(rf"{WHEN}", query.folded):
        return None
    title = gathered.clauses[0].clause.title
    specific = [t for t in query.terms if t.weight > 0.3 and t.cover(title) < 0.6 and not _ISSUING.search(t.text)]
    if not specific:
        return None
    found = _dated(replace(query, terms=tuple(specific)), gathered)
    return draft_of("deadline", query, found, found[0].score) if found and found[0].score >= 0.7 else None


_ISSUING = re.compile("印发|发布|公布|出台|下发|施行|实施|通过|生效|挂|成文|网上|通知|条例|文件|方案|开始")


def _differ(a: str, b: str) -> bool:
    """Do two printed limits name different times? 2025年底前 and 2025年底 do not, nor does 2025年 beside 2025年底."""
    a, b = (fold(x).rstrip("前内").removesuffix("之") for x in (a, b))
    return not (a.startswith(b) or b.startswith(a))


def _spans(query: Query, gathered: Gathered) -> list[Candidate]:
    """Periods with a beginning and an end, anywhere in the documents that the best clauses come from (起止时间 is seldom near the topic)."""
    found: list[Candidate] = []
    for document in {s.clause.document.id: s.clause.document for s in gathered.clauses[:WITHIN]}.values():
        for limit in document.facts.deadlines:
            passage = next((p for p in document.passages if p.span.covers(limit.span)), None)
            if limit.kind != "during" or not _RANGE.search(limit.value) or passage is None or not in_scope(document, passage.section, query):
                continue
            sentence = next((s for s in sentences(document.text, passage.span) if s.covers(limit.span)), passage.span)
            own = fold(sentence.of(document.text))
            path = fold(" ".join(passage.path))
            title = fold(f"{document.title} {' '.join(document.card.places)}")
            score = coverage(query.terms, ((own, 1.0), (path, 0.9), (title, 0.8)))
            score += 0.1 if re.search("时段|时间|期限|阶段", path[-30:]) else 0.0
            found.append(Candidate(document, limit.span, sentence, passage.path, score, limit.value, limit.reading))
    found.sort(key=lambda c: (-round(c.score, 2), -_days(c), c.span.start))
    return found or _dated(query, gathered)


def _days(candidate: Candidate) -> int:
    limit = next((x for x in candidate.document.facts.deadlines if x.span == candidate.span), None)
    return (limit.until - limit.since).days if limit and limit.since and limit.until else 0


def _dated(query: Query, gathered: Gathered) -> list[Candidate]:
    found: list[Candidate] = []
    for scored in gathered.clauses[:WITHIN]:
        document = scored.clause.document
        for limit in document.facts.deadlines:
            if scored.clause.span.covers(limit.span):
                score = local_score(query, scored, limit.span) + _date_bonus(query, limit)
                if scored.clause.own.endswith("?"):
                    score -= 0.3  # the question of a leaflet: what it asks stands below
                if len(scored.clause.span) <= len(limit.span) + 4:
                    score -= 0.15  # a bare date line: signature or page header, nothing falls due there
                found.append(
                    Candidate(document, limit.span, scored.clause.span, scored.clause.passage.path, score, limit.value, limit.reading)
                )
    return sorted(_contrasted(query, found, dates=True), key=lambda c: -c.score)


def _contrasted(query: Query, found: list[Candidate], *, dates: bool = False) -> list[Candidate]:
    """Of the values of one kind that one sentence states side by side the one whose own words are asked for comes first.

    The best of a sentence keeps the score that its best had, so that sentences compare as before.
    """
    out: list[Candidate] = []
    by_sentence: dict[tuple[str, Span, str], list[Candidate]] = {}
    for candidate in found:
        by_sentence.setdefault((candidate.document.id, candidate.sentence, candidate.unit.removeprefix("万")), []).append(candidate)
    for same in by_sentence.values():
        same.sort(key=lambda c: c.span.start)
        if len(same) < 2 or any(a.span.overlaps(b.span) for a, b in pairwise(same)):
            out += same
            continue
        text, spans = same[0].document.text, [c.span for c in same]
        own = contrast.around(text, same[0].sentence, spans) if dates else contrast.before(text, same[0].sentence, spans)
        over = () if dates else contrast.wholes(text, same[0].sentence, spans)
        gains = contrast.contrasts(query, own, whole=0.0 if dates else contrast.WHOLE, above=over)
        gained = [c.score + gain for c, gain in zip(same, gains, strict=True)]
        shift = max(c.score for c in same) - max(gained)
        out += [replace(c, score=score + shift) for c, score in zip(same, gained, strict=True)]
    return out


def _date_bonus(query: Query, limit: Deadline) -> float:
    bonus = 0.0
    asked = query.folded
    if re.search(r"哪天|几号|几日|哪一天|哪日", asked):
        bonus += 0.05 if re.search("[日号]", limit.value) else -0.2
    if re.search(r"哪个月|几月", asked) and "月" in limit.value:
        bonus += 0.04
    if _wants_span(query):
        bonus += 0.2 if limit.kind == "during" else -0.1
    if limit.kind == "recurring":
        bonus += 0.04 if re.search(r"每(?:年|月|季|周)", asked) else -0.2
    if limit.kind == "by":
        bonus += 0.05
    if limit.kind == "from" and re.search("最迟|最晚|截止|期限|失效|到期|到哪|到几|为止|结束", asked):
        bonus -= 0.3 if re.search("失效|到期|到哪|到几|为止|结束", asked) else 0.15
    if query.scope.years:
        bonus += 0.06 if any(str(y) in limit.value for y in query.scope.years) else -0.06
    return bonus


_RELATIVE = (("去年", "去年|上年|上一年|前一年"), ("今年", "今年|本年|明年|来年"))


def year_by_year(query: Query, gathered: Gathered) -> Draft | None:
    """Answer a question about two years (去年完成和今年计划各多少, 2024年和2025年) with the figure of each."""
    asked = [name for name, words in _RELATIVE if re.search(words, query.folded)]
    if len(asked) == 2:
        sides = [(name, replace(query, folded=re.sub(_RELATIVE[1 - at][1], "", query.folded))) for at, (name, _) in enumerate(_RELATIVE)]
    elif len(query.scope.years) == 2:
        sides = [(f"{year}年", replace(query, scope=replace(query.scope, years=(year,)))) for year in sorted(query.scope.years)]
    else:
        return None
    drafts = [(name, _figures(one, _leaning_again(one, gathered))) for name, one in sides]
    if any(draft is None or not draft.text for _, draft in drafts):
        return None
    found = [(name, draft) for name, draft in drafts if draft]
    quotes = tuple({(quote.document.id, quote.span, quote.highlights): quote for _, draft in found for quote in draft.quotes}.values())
    if len({(quote.document.id, quote.highlights) for quote in quotes}) < 2:
        return None
    text = "\n".join(f"{name}:{draft.text}" for name, draft in found) + difference(query, found[0][1], found[1][1])
    return Draft(query.kind, text, quotes, min(draft.coverage for _, draft in found), True, (), "", "value")


def _leaning_again(query: Query, gathered: Gathered) -> Gathered:
    """The clauses in the order of one year's part of the report."""
    clauses = sorted(gathered.clauses, key=lambda s: -(s.score + 2 * year_bonus(query, s.clause.path + s.clause.own)))
    return replace(gathered, clauses=tuple(clauses))


def number(query: Query, gathered: Gathered) -> Draft | None:
    """Answer how many, what share, how often; for each of two years where both are asked for."""
    return year_by_year(query, gathered) or _figures(query, gathered)


def _figures(query: Query, gathered: Gathered) -> Draft | None:
    """Answer how many, what share, how often: the figure whose unit fits and whose words are nearest to the question's."""
    found: list[Candidate] = []
    for scored in gathered.clauses[:WITHIN]:
        document = scored.clause.document
        for target in document.facts.targets:
            if scored.clause.span.covers(target.span):
                score = local_score(query, scored, target.span) + _figure_bonus(query, target, document.text)
                found.append(Candidate(document, target.span, scored.clause.span, scored.clause.passage.path, score, target.period, "", target.unit))
    found = sorted(_contrasted(query, _in_force(query, found)), key=lambda c: -c.score)
    if not found:
        return Draft("number", "", (), 0.0, False, (), "文件没有写明金额", "value") if query.measure_word == "元" else None
    if query.measure_word == "折" and not (found := [c for c in found if c.unit in ("%", "折", "成")]):
        return Draft("number", "", (), 0.0, False, (), "文件没有写明优惠的比例", "value")
    if _PROGRESS.search(query.folded):
        found = [c for c in found if _DONE.search(c.sentence.of(c.document.text))]
        if not found:
            return Draft("number", "", (), 0.0, False, (), "文件没有写明实际进展", "value")
    if gathered.clauses and found[0].score < gathered.clauses[0].score - FAR:
        return None
    if problem := _other_year(query, found[0]):
        return Draft("number", "", (), 0.0, False, (), problem, "value")
    if query.measure_word == "元" and not (found := [c for c in found if "元" in c.span.of(c.document.text)]):
        return Draft("number", "", (), 0.0, False, (), "文件没有写明金额", "value")
    top = gathered.clauses[0].score if gathered.clauses else 0.0
    if len(query.scope.places) < 2 and re.search("分别|各是|逐年|分年|每年各", query.folded) and (series := _series(query, gathered, found[0])):
        return series
    return draft_of("number", query, [_with_segment(c) for c in found], top)


_FORMER = re.compile("原规定|原标准|原办法|原来|原为|原定|此前|调整前|修订前|改革前|旧办法|以往")
_CHANGED = re.compile("以前|之前的?(?:标准|规定)|原|变|调整|改")


def _in_force(query: Query, found: list[Candidate]) -> list[Candidate]:
    """What once held is no answer to what holds (原规定首小时6元,现降为5元), unless it is asked for."""
    if _CHANGED.search(query.folded):
        return found
    former = [c for c in found if _FORMER.search(segment_of(c.document, c.sentence, c.span).of(c.document.text))]
    now = [c for c in found if c not in former]
    return [c for c in found if c not in former or not any(o.document.id == c.document.id and o.unit == c.unit and o.score > c.score - _NEAR_FORMER for o in now)]


_NEAR_FORMER = 0.3


_CLOCK_ASKED = re.compile("几点(?!意见|要求|建议|内容|措施)|什么钟点|(?:上班|营业|开放|办公|服务|受理|接听|作息)时间")
_CLOCK = re.compile(
    r"(?:上午|下午|每日|每天|当日|晚上|夜间|凌晨)?\d{1,2}(?:[:：]\d{2}|时(?:\d{1,2}分)?(?!间)|点(?:半|\d{1,2}分)?)"
    r"(?:\s*(?:[—\-–~～]+|至|到)\s*(?:次日|当日|翌日|下午|晚上)?\d{1,2}(?:[:：]\d{2}|时(?:\d{1,2}分)?|点(?:半|\d{1,2}分)?)?)?"
)


def clock(query: Query, gathered: Gathered) -> Draft | None:
    """Answer at what hour, from when to when on a day: the times of day of the best clause that states one."""
    if not _CLOCK_ASKED.search(query.folded) or re.search("哪天|几号|几月|哪一天|什么日期", query.folded):
        return None
    wants_range = query.folded.count("几点") > 1 or "时间" in query.folded
    found: list[Candidate] = []
    for scored in gathered.clauses[:WITHIN]:
        document = scored.clause.document
        for match in _CLOCK.finditer(scored.clause.text):
            span = Span(scored.clause.span.start + match.start(), scored.clause.span.start + match.end())
            score = local_score(query, scored, span) + (0.1 if wants_range == bool(re.search("[—–~～至到-]", match.group())) else 0.0)
            segment = segment_of(document, scored.clause.span, span)
            found.append(Candidate(document, span, scored.clause.span, scored.clause.passage.path, score, shortened(segment.of(document.text), 90)))
    found.sort(key=lambda c: -c.score)
    if not found:
        return None
    top = gathered.clauses[0].score
    return draft_of("number", query, found, top) if found[0].score >= top - FAR else None


_PROGRESS = re.compile("(?:现在|目前|已经|眼下|实际).{0,2}(?:完成|进展|做到|达到|整改|进度)|到多少了|完成了(?:多少|百分)|进展(?:如何|怎)")
_DONE = re.compile("已|截至|截止|目前|完成率|整改率|实际|进展")
def _other_year(query: Query, best: Candidate) -> str:
    """A figure that its sentence gives for other years than the one asked is no answer."""
    years = {int(y) for y in re.findall(r"(?<!\d)(20\d{2})(?!\d)", best.sentence.of(best.document.text) + " ".join(best.path[-2:]))}
    asked = set(query.scope.years)
    if not asked or not years or asked & years or any(min(years) < y < max(years) for y in asked):
        return ""
    return f"文件没有写明{'、'.join(map(str, sorted(asked)))}年的数字"


def _series(query: Query, gathered: Gathered, best: Candidate) -> Draft | None:
    """The figures of one passage year by year (2020年30%,2021年60%,2022年全部), when the question asks for each."""
    home = next((s.clause for s in gathered.clauses if s.clause.span == best.sentence and s.clause.document.id == best.document.id), None)
    if home is None:
        return None
    inside = [t for t in best.document.facts.targets if home.passage.span.covers(t.span) and t.period]
    wanted = [t for t in inside if best.document.text[best.sentence.start : best.sentence.end] and t.unit == next((x.unit for x in inside if x.span == best.span), t.unit)]
    periods = dict.fromkeys(t.period for t in wanted)
    if len(periods) < 2:
        return None
    span = Span(min(t.span.start for t in wanted), max(t.span.end for t in wanted))
    every = sentences(best.document.text, home.passage.span)
    cut = [s for i, s in enumerate(every) if s.overlaps(span) or (i and every[i - 1].overlaps(span) and _YEAR.match(s.of(best.document.text)))]
    whole = Span(cut[0].start, cut[-1].end)
    text = shortened(whole.of(best.document.text).replace("\n", ""), 300)
    quote = Quote(best.document, whole, best.path, tuple(t.span for t in wanted))
    return Draft("number", text, (quote,), min(best.score, 1.0), True, (), "", "series")


def _with_segment(candidate: Candidate) -> Candidate:
    """Show a figure in its comma segment; one of a row of figures (80%、82%、85%) with the period it holds for."""
    document, period = candidate.document, candidate.text
    segment = contrast.with_rate(document, candidate.sentence, segment_of(document, candidate.sentence, candidate.span))
    beside = [t.span for t in document.facts.targets if segment.covers(t.span)]
    if len(beside) > 1 and not any(a.overlaps(b) for a, b in pairwise(beside)) and not period:
        own = contrast.pieces(document.text, segment, beside)[beside.index(candidate.span)] if candidate.span in beside else segment
        after = document.text[own.end : own.end + 1] if own.end < segment.end else ""
        own = Span(own.start, own.end + 1) if after in (")", "）") else own
        segment = own if len(contrast.shown(document.text, own)) >= _PIECE and after in ("", "、", ")", "）") else segment
    text = shortened(contrast.shown(document.text, segment).strip("| "), 90)
    if period and len(segment) < 9 and period[:4] not in text:
        text = f"{period}:{text}"
    elif len(segment) < 9 and segment.start > candidate.sentence.start:
        text = shortened(Span(max(candidate.sentence.start, segment.start - 40), segment.end).of(document.text), 90)
    return replace(candidate, text=text.replace("\n", ""))


_PIECE = 6
"""Characters that the piece of a value needs in order to be read out alone."""


def states_unit(text: str, asked: str) -> bool:
    """Does a text hold a figure with the unit asked for, or one of its kind?"""
    if asked in ("", "个", "久", "%"):
        return True
    if asked == "折":
        return bool(re.search(r"\d%|百分之|[\d一二三四五六七八九]折|免|减半", text))
    family = next((f for f in _COUNT_FAMILIES if asked in f), frozenset((asked,)))
    if asked in TIME_UNITS:
        family = TIME_UNITS | {"工作日"}
    return any(re.search(rf"[\d一二两三四五六七八九十百千万]+(?:余|多)?(?:个)?{re.escape(unit)}", text) for unit in family)


def _figure_bonus(query: Query, target: Target, text: str) -> float:
    asked, unit = query.measure_word, target.unit
    printed = target.span.of(text)
    near = 0.12 * coverage(query.terms, ((fold(target.subject), 1.0),))
    now = re.search("现在|现有|目前", query.folded)
    bonus = near + 0.15 if now and re.search("现有|共有|目前|已有", text[max(target.span.start - 12, 0) : target.span.start]) else near
    if asked == "元":
        bonus += 0.1 if unit in ("元", "万元", "亿元") else -0.5
    elif asked in ("%", "折"):
        bonus += 0.12 if unit in ("%", "‰", "成", "倍") or "." in target.value else -0.12
    elif asked == "久":
        bonus += 0.12 if _FREQUENCY.search(printed + unit) or unit in TIME_UNITS else -0.1
        if re.search("(?:多久|隔多长|多长时间).{0,8}一?次", query.folded):
            bonus += 0.25 if "/" in unit or "每" in printed else -0.1
    elif not asked:
        bonus += 0.08 if any(noun in t.text and unit in units for t in query.terms for noun, units in NOUN_UNITS) else 0.0
    elif asked:
        bonus += 0.15 if unit == asked or any(asked in f and unit in f for f in _COUNT_FAMILIES) or unit.startswith(asked) else (-0.1 if asked == "个" else -0.2)
    if unit == "级" and asked != "级":
        bonus -= 0.15  # 二级以上医院 names which, it counts nothing
    if target.comparator == "->" and re.search("(?:由|从)多少", query.folded):
        bonus += 0.2
    if query.scope.years and target.period:
        bonus += 0.15 if any(str(y) in target.period for y in query.scope.years) else -0.25
    return bonus
