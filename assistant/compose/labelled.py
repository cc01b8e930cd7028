"""Of values that a text deals out among the members of a family (2024年3条、2025年5条; A级、B级分别5万元、3万元) the one of the member asked for.

Members are known by their names (`lexicon.labels`), so AAA级 is not A级 and 2025年 not 2024年. How names and values follow each other
says which belong together; where that is not certain nothing is answered here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.clauses import Clause, clauses_of, segments
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered, Scored
from assistant.compose.contrast import dealt_out, shown
from assistant.compose.wanted import TELLING, Wanted, wanted
from assistant.lexicon.labels import FAMILIES, SAME, YEAR
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.numbers import CN, value_of
from corpus.text import fold, fold_with_offsets
from corpus.types import Span

_NEAR, _MOST_CLAUSES, _LEAST = 0.1, 4, 0.5
_FEWEST, _WIDEST = 2, 1500
_BRACKET = re.compile(r"[(（][^()（）]{1,8}[)）]")


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a member in a sentence. name: in one spelling.  span: with the bracket right behind it (B级(良好))."""

    name: str
    span: Span


def of_member(query: Query, gathered: Gathered) -> Draft | None:
    """Give the value of the one member that the question names; None where none or several are named, or it is not clear which is its."""
    kind = wanted(query)
    if kind.name == TELLING or not gathered.clauses or len(query.scope.places) > 1 or _SEVERAL.search(query.folded):
        return None
    asked = [(family, names.pop()) for family in FAMILIES if len(names := _asked_of(query, family)) == 1]
    top = gathered.clauses[0].score
    threshold = bool(_THRESHOLD.search(query.folded))
    for scored in gathered.clauses[: _MOST_CLAUSES * (1 + threshold)]:
        if scored.score < max(top - _NEAR * (1 + threshold), _LEAST) or scored.clause.passage.kind != "text":
            continue
        for family, name in asked:
            if family is YEAR and kind.name == "date":
                continue
            draft = _in_clause(query, _with_name(scored, family, name), kind, family, name)
            if draft and (not threshold or _REACHED.search(fold(draft.text))):
                return draft
        if draft := _by_order(query, scored, kind):
            return draft
    return None


def _asked_of(query: Query, family: re.Pattern[str]) -> set[str]:
    return set(map(str, query.scope.years)) if family is YEAR else {name for name, _ in named_in(family, query.folded)}


def _with_name(scored: Scored, family: re.Pattern[str], name: str) -> Scored:
    """The sentence of a passage that names the member, where the best one of it names another: A等,每年1次;…为B等,每年2次."""
    clause = scored.clause
    if len(clause.passage.span) > _WIDEST or name in {found for found, _ in named_in(family, clause.own)}:
        return scored
    others = [c for c in clauses_of(clause.document, clause.passage) if name in {found for found, _ in named_in(family, c.own)}]
    return replace(scored, clause=others[0]) if len(others) == 1 and named_in(family, clause.own) else scored


_ORDER = re.compile("分别|依次")


def _by_order(query: Query, scored: Scored, kind: Wanted) -> Draft | None:
    """Of values dealt out in the order of a list (初级工、中级工、高级工证书的,分别1000元、1500元、2000元) the one whose member the question names."""
    clause, text = scored.clause, scored.clause.document.text
    values = kind.spans(clause.document, clause.span)
    runs = [run for order in _ORDER.finditer(text, clause.span.start, clause.span.end) if len(run := _run(text, [v for v in values if v.start >= order.end()])) >= _FEWEST]
    members = dealt_out(text, clause.span, runs[0]) if runs else ()
    if not any(members):
        return None
    # 2020年、2021年利用率分别达到80%、82%,综合利用率分别达到75%、78%: the members of the first are those of the others.
    cut = segments(text, clause.span)
    about = [coverage(query.terms, ((fold(next((s for s in cut if s.overlaps(r[0])), r[0]).of(text)), 1.0),)) for r in runs]
    run = runs[about.index(max(about))]
    if len(run) != len(members):
        return None
    names = [_name_of(member, query.folded, at, len(members)) for at, member in enumerate(members)]
    longest = max(names, key=len)
    if not longest or sum(name == longest for name in names) > 1 or any(name not in longest for name in names):
        return None
    at = names.index(longest)
    return _drafted(query, scored, f"{longest}:{run[at].of(text)}", run[at])


def _run(text: str, values: Sequence[Span]) -> list[Span]:
    """The first values that only marks of a list stand between."""
    run: list[Span] = []
    for value in values:
        if run and not _NEXT.fullmatch(text[run[-1].end : value.start]):
            break
        run.append(value)
    return run


_NEXT = re.compile(r"[、,，和及与]")


def _name_of(member: str, asked: str, at: int, count: int) -> str:
    """What a question says of a member: the first may have other words before its name (取得初级工), the last behind it (高级工证书的)."""
    starts = range(len(member) - 1) if at == 0 else range(1)
    ends = range(len(member), 1, -1) if at == count - 1 else (len(member),)
    found = [member[a:b] for a in starts for b in ends if b - a >= _FEWEST and member[a:b] in asked]
    return max(found, key=len, default="")


_SEVERAL = re.compile("分别|各(?:是|有|要|占|为|收|补)?(?:多少|几)|逐年")
_THRESHOLD = re.compile("(?:多少|几)(?:分|岁|人|户|平方?米?|平米|公里|米|元|吨|年|天|以上)?(?:以上|以下)?(?:才|就|能|可以|可)+(?:算|叫|是|属于?|够|评|定|认定)")
"""Asks from where on something is called so (多少分才算AAA级): there the value stands before the name."""
_REACHED = re.compile(r"\d[^,]*(?:为|是|属于|评为|定为|认定为|评定为|列为|确定为)")


def named_in(family: re.Pattern[str], folded: str) -> list[tuple[str, re.Match[str]]]:
    """Give the members of a family that folded text names, each with its place."""
    return [(SAME.get(m.group(1), m.group(1)), m) for m in family.finditer(folded)]


def _in_clause(query: Query, scored: Scored, kind: Wanted, family: re.Pattern[str], name: str) -> Draft | None:
    clause = scored.clause
    labels = labels_in(clause, family)
    around = labels if len(clause.passage.span) > _WIDEST else labels_in(clause, family, clause.passage.span)
    if name not in {label.name for label in labels} or len({label.name for label in around}) < _FEWEST:
        return None
    if family is YEAR and (implied := _years_in_order(query, clause, kind, labels, name)):
        return _drafted(query, scored, *implied)
    values = _whole([v for v in kind.spans(clause.document, clause.span) if not any(v.overlaps(label.span) for label in labels)])
    own = [n for n, label in enumerate(labels) if label.name == name]
    if len(own) != 1 or not values:
        return None
    told, value = _dealt(clause, labels, values, own[0]) or _beside(query, clause, kind, labels, values, own[0]) or _NOTHING
    if not told or (family is YEAR and _elsewhere(query, clause, value, values)):
        return None
    return _drafted(query, scored, told, value)


def _drafted(query: Query, scored: Scored, told: str, value: Span) -> Draft:
    quote = Quote(scored.clause.document, scored.clause.span, scored.clause.passage.path, (value,))
    score = min(scored.score, 1.0)
    return Draft(query.kind, told, (quote,), score, True, (), "", "value", (("own", score),))


_SO_MANY = re.compile(rf"(?P<count>[{CN}两]|\d)年(?:内)?(?:分别|依次|逐年)")


def _years_in_order(query: Query, clause: Clause, kind: Wanted, labels: Sequence[Label], name: str) -> tuple[str, Span] | None:
    """2025年46台、2026年60台、2027年74台,加装三年分别30台、35台、40台: the years that were named give the order of those that are not."""
    text = clause.document.text
    years = list(dict.fromkeys(label.name for label in labels))
    own = re.sub("年$", "", name)
    for segment in segments(text, clause.span):
        order = _SO_MANY.search(text, segment.start, segment.end)
        if order is None or value_of(order["count"]) != len(years) or own not in years:
            continue
        values = [v for v in kind.spans(clause.document, clause.span) if order.end() <= v.start and v.end <= segment.end]
        others = [s for s in segments(text, clause.span) if s != segment]
        about, best = (max((coverage(query.terms, ((fold(s.of(text)), 1.0),)) for s in of), default=0.0) for of in ([segment], others))
        if len(values) == len(years) and about > best - (_CLEAR if query.scope.years else 0.0):
            value = values[years.index(own)]
            return f"{name}年:{value.of(text)}", value
    return None


def _whole(values: Sequence[Span]) -> list[Span]:
    """Join what is one value: 85分以上 and 不足95分 right behind it."""
    joined: list[Span] = []
    for value in values:
        if joined and joined[-1].end == value.start:
            joined[-1] = Span(joined[-1].start, value.end)
        else:
            joined.append(value)
    return joined


def labels_in(clause: Clause, family: re.Pattern[str], within: Span | None = None) -> list[Label]:
    """Find the names of a family in a clause, or in a longer stretch of its document."""
    text, within = clause.document.text, within or clause.span
    folded, offsets = fold_with_offsets(within.of(text))
    found = []
    for name, match in named_in(family, folded):
        start, end = within.start + offsets[match.start()], within.start + offsets[match.end() - 1] + 1
        bracket = _BRACKET.match(text, end, within.end)
        found.append(Label(name, Span(start, bracket.end() if bracket else end)))
    return found


def _dealt(clause: Clause, labels: Sequence[Label], values: Sequence[Span], at: int) -> tuple[str, Span] | None:
    """Names in a row and then as many values: 2024年、2025年分别更新40辆、55辆."""
    first = next(n for n in range(at, -1, -1) if n == 0 or _between(values, labels[n - 1], labels[n]))
    last = next(n for n in range(at, len(labels)) if n == len(labels) - 1 or _between(values, labels[n], labels[n + 1]))
    if first == last:
        return None
    end = labels[last + 1].span.start if last + 1 < len(labels) else clause.span.end
    after = [v for v in values if labels[last].span.end <= v.start and v.end <= end]
    text = clause.document.text
    return (f"{labels[at].span.of(text)}:{after[at - first].of(text)}", after[at - first]) if len(after) == last - first + 1 else _NOTHING


def dealt_to(label: Label, labels: Sequence[Label], values: Sequence[Span], clause: Clause) -> Span | None:
    """The only value that belongs to a member, None where it has none or several."""
    at = labels.index(label)
    if (dealt := _dealt(clause, labels, values, at)) is not None:
        return dealt[1] if dealt[0] else None
    end = labels[at + 1].span.start if at + 1 < len(labels) else clause.span.end
    home = next((s for s in segments(clause.document.text, clause.span) if s.overlaps(label.span)), clause.span)
    behind = [v for v in values if label.span.end <= v.start and v.end <= end]
    near = [v for v in behind if home.covers(v)] or behind
    return near[0] if len(near) == 1 else None


def _between(values: Sequence[Span], one: Label, other: Label) -> bool:
    return any(one.span.end <= v.start and v.end <= other.span.start for v in values)


_NOTHING: tuple[str, Span] = ("", Span(0, 0))


def _beside(query: Query, clause: Clause, kind: Wanted, labels: Sequence[Label], values: Sequence[Span], at: int) -> tuple[str, Span] | None:
    """Names and values in turn: the value in the segment of its name (95分以上为AAA级), or right behind it before the next name."""
    text = clause.document.text
    label = labels[at]
    home = next((s for s in segments(text, clause.span) if s.overlaps(label.span)), clause.span)
    inside = [v for v in values if home.covers(v)]
    if len(inside) == 1 and sum(home.covers(other.span) for other in labels) == 1:
        return (f"{label.span.of(text)}:{inside[0].of(text)}" if kind.name == "date" else shown(text, home).rstrip("。;；,，、")), inside[0]
    end = labels[at + 1].span.start if at + 1 < len(labels) else clause.span.end
    behind = [v for v in values if label.span.end <= v.start and v.end <= end]
    if not behind or (kind.name == "date" and len(behind) > 1):
        return None  # of several days of one member it is another word that tells which
    cut = segments(text, clause.span)
    about = {v: coverage(query.terms, ((fold(next((s for s in cut if s.overlaps(v)), v).of(text)), 1.0),)) for v in behind}
    value = max(behind, key=lambda v: (round(about[v], 2), -v.start))
    if any(other > about[value] - _CLEAR and fold(v.of(text)) != fold(value.of(text)) for v, other in about.items() if v != value):
        return None
    if "分别" in text[label.span.end : value.start]:
        return None  # dealt out among other members (2027年:果蔬、肉类流通率分别达到42%、60%)
    closing = text[value.end : value.end + 1] if text[value.end : value.end + 1] in ")）" else ""
    own = next((s for s in cut if s.overlaps(value)), value)
    if own.start > label.span.end:
        return f"{label.span.of(text)}:{shown(text, Span(own.start, value.end + len(closing)))}", value
    return shown(text, Span(label.span.start, value.end + len(closing))).strip("、,，"), value


def _elsewhere(query: Query, clause: Clause, value: Span, values: Sequence[Span]) -> bool:
    """Does another value of the sentence stand in a segment that is much more about the question, years aside?"""
    terms = [t for t in query.terms if not t.text.isdigit()]
    cut = segments(clause.document.text, clause.span)
    about = {v: coverage(terms, ((fold(next((s for s in cut if s.overlaps(v)), v).of(clause.document.text)), 1.0),)) for v in values}
    return max(about.values()) - about[value] > _MUCH


_MUCH, _CLEAR = 0.3, 0.05
