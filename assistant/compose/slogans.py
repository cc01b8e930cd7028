"""Slogans that count their parts: how many articles “铁办法” has, which two are “两把锁”, what “五防” stands for.

The parts of a slogan often stand without any word of definition: before it (A和B“两把锁”), or as words that end alike
(“源头防、人防、技防、工程防、管理防” for 五防). No quotation marks are needed about a name that 的 or 等 joins to its parts.
So it is with a series that its sentence counts by the word asked for: 上堰、柳湾、石桥3个村庄.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.clauses import segments
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered, Scored
from assistant.compose.texts import spoken
from assistant.library.library import Library
from assistant.question.query import Query
from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Span

_TERM = re.compile(rf"(?P<count>[两{CN}]|1?\d)(?:个|把|张|条|项|道)?(?P<of>[\u4e00-\u9fff]{{1,3}})")
_ASKED = re.compile(rf"(?:说的|讲的|的|讲|说|是|搞)[“\"]?(?P<term>[{CN}][\u4e00-\u9fff])[”\"]?(?:都|分别|具体)?(?:是|指|包括)")
_JOINT = re.compile(r"[、和与及]")
_BRACKET = re.compile(r"\([^()]*\)")
_VERB = re.compile(r"^(?:推广|推行|落实|严格落实|实行|坚持|围绕|做好|抓好|加强|建立|健全|完善|开展|突出|强化|做到|实现|把握|紧盯|聚焦)(?=[\u4e00-\u9fff“]{3})")
_QUOTES = "“”\"「」『』"
_CLAUSES = 20


def numbered(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer “铁办法”是多少条 with the number printed beside the name: 二十条“铁办法”."""
    measure = re.search("(?:多少|几)(条|项|个|件|章|款)", query.folded)
    if not measure or not query.quoted:
        return None
    name, unit = re.escape(query.quoted[0]), measure.group(1)
    pattern = re.compile(rf"(?P<count>[{CN}]{{1,4}}|\d{{1,3}}){unit}[^,。;、]{{0,4}}?[“\"]{name}|{name}[”\"]?(?P<after>[{CN}]{{1,4}}|\d{{1,3}}){unit}")
    for scored in gathered.clauses[:_CLAUSES]:
        if match := pattern.search(scored.clause.own):
            count = value_of(match["count"] or match["after"])
            return Draft("count", f"{count}{unit}", (_quote(scored),), scored.score, True, (), "", "text", (("own", 0.9),))
    return None


def spelt_out(query: Query, gathered: Gathered) -> Draft | None:
    """Give the parts of a slogan that stand before it, or that end as it does."""
    asked = _ASKED.search(query.folded)
    for term in dict.fromkeys([*query.quoted, *([asked["term"]] if asked else [])]):
        counted = _TERM.fullmatch(term)
        size = value_of(counted["count"].replace("两", "二")) if counted else None
        if counted is None or size is None or not 2 <= size <= 12:
            continue
        for scored in gathered.clauses[:_CLAUSES]:
            members = _before(scored, term, size) or _alike(scored, counted["of"], size)
            if members:
                return _draft(query, members, _quote(scored), scored.score)
    return None


def counted_series(query: Query, gathered: Gathered) -> Draft | None:
    """Give the things that a sentence names and counts by the word asked for: A、B、C3个乡镇 for 哪几个乡镇."""
    asked = [(m["noun"], value_of(said.replace("两", "二")) if (said := m["count"] or m["number"]) else None) for m in _COUNTED_ASKED.finditer(query.folded)]
    if not asked or not gathered.clauses or query.kind != "list":
        return None
    near = gathered.clauses[0].score - _WITHIN
    for scored in gathered.clauses[:_CLAUSES]:
        for piece in _segments(scored) if scored.score >= near else ():
            for match in _COUNTED.finditer(piece):
                size = value_of(match["count"].replace("两", "二")) or 0
                parts = _parts(re.sub("(?:等|共|这|的)+$", "", piece[: match.start()]))
                if 2 <= size == len(parts) and any(match["noun"].startswith(noun) and number in (None, size) for noun, number in asked):
                    first = _LEADING.split(parts[0])[-1]
                    return _draft(query, [first if len(first) > 1 else parts[0], *parts[1:]], _quote(scored), scored.score)
    return None


_EACH = "(?:个|项|类|种|家|大|条|处|名|位|套|样|部|座|所)"
_COUNTED_ASKED = re.compile(rf"(?:哪[几些]?(?P<count>[两{CN}]|\d{{1,2}})?{_EACH}?|什么|啥|(?<![第{CN}])(?P<number>[两{CN}]|\d{{1,2}}){_EACH})(?P<noun>[\u4e00-\u9fff]{{2}})")
_COUNTED = re.compile(rf"(?P<count>[两{CN}]{{1,2}}|\d{{1,2}}){_EACH}(?P<noun>[\u4e00-\u9fff]{{2,10}})")
_LEADING = re.compile("[:：]|将|把|覆盖|包括|涉及|分为|整合|即|为")
"""What leads up to the first of a series."""
_WITHIN = 0.4


def _draft(query: Query, members: Sequence[str], quote: Quote, score: float) -> Draft:
    return Draft(query.kind, spoken(members), (quote,), max(score, 0.85), True, (), "", "list", (("own", 0.9),))


def _before(scored: Scored, term: str, size: int) -> list[str]:
    """A和B“两把锁”, A、B、C、D的四化体系: as many parts before the name as it counts.

    Where more stand there, the last ones that all hold the word it counts: 危化品、矿山领域机械化换人、自动化减人、智能化无人“三化”.
    """
    counted = _TERM.fullmatch(term)
    word = counted["of"][0] if counted else ""
    for piece in _segments(scored):
        at = re.search(rf"[“\"]{re.escape(term)}[”\"]|(?:的|等){re.escape(term)}", piece)
        parts = _parts(piece[: at.start()]) if at else []
        alike = len(parts) > size and all(word in part for part in parts[-size:])
        if (len(parts) == size or alike) and all(len(part) >= 2 for part in parts):
            first, *others = parts[-size:]
            return [_bare(first, others), *others]
    return []


def _bare(first: str, others: Sequence[str]) -> str:
    """The first part without what leads up to it: 构建与…相适应的一体化应急调度."""
    first = _VERB.sub("", first)
    _, of, rest = first.rpartition("的")
    return rest if of and len(rest) >= 2 and len(first) > 2 * max(map(len, others)) else first


def _alike(scored: Scored, ending: str, size: int) -> list[str]:
    """源头防、人防、技防 for 三防: neighbours that end alike, as many as the name counts."""
    for piece in _segments(scored):
        run: list[str] = []
        for part in (*_parts(piece.translate({ord(q): None for q in _QUOTES})), ""):
            bare = re.split("围绕|做到|坚持|落实|实行|推进|构建|健全|实现|抓好", part)[-1]
            if bare.endswith(ending) and len(ending) < len(bare) <= len(ending) + 5:
                run.append(bare)
            elif ending in part and (cut := part.index(ending) + len(ending)) <= len(ending) + 5 and len(run) == size - 1:
                run.append(part[:cut])
                return run
            elif len(run) == size:
                return run
            else:
                run = []
    return []


def _parts(text: str) -> list[str]:
    """Cut a series at its joints, those in brackets aside."""
    held = _BRACKET.sub(lambda m: "\0" * len(m.group()), text)
    edges = [-1, *(m.start() for m in _JOINT.finditer(held)), len(text)]
    return [part for start, end in zip(edges, edges[1:], strict=False) if (part := text[start + 1 : end].strip(_QUOTES))]


def _segments(scored: Scored) -> Iterator[str]:
    clause = scored.clause
    text = clause.document.text
    return (fold(span.of(text)) for span in segments(text, Span(clause.span.start, clause.span.end)))


def _quote(scored: Scored) -> Quote:
    return Quote(scored.clause.document, scored.clause.span, scored.clause.passage.path)
