"""Into which kinds or grades something is divided, from the sentence that says so (读者分为甲、乙和丙三类)."""

from __future__ import annotations

import re

from assistant.answering.draft import Draft, Quote, lines
from assistant.answering.evidence import Gathered
from assistant.compose.rows import cell_value, quotes_of
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.terms import coverage
from assistant.tables.sheetbook import sheets_of
from assistant.tables.sheets import Sheet
from corpus.numbers import CN, value_of
from corpus.text import fold
from corpus.types import Span

_ASKED = re.compile(
    "^(?P<what>[^?,]{2,16}?)(?:一共|总共|共|都|可以|具体)?(?:被)?分(?:成|为|作)?了?(?:哪|几|多少)+(?:个|大|些)*(?P<sort>类别|类型|类|种|等次|等级|等|级别|级|档次|档)[?。]*$"
    "|^(?P<whose>[^?,]{2,16}?)(?:的)?分类(?:是)?(?:怎样|怎么|如何|什么|哪些)"
    "|^(?P<graded>[^?,]{2,16}?(?:等级|级别|类别|档次|等次))(?:一共|总共|共|都|可以|具体)*(?:有|包括|是|分)(?:哪[几些]?(?:个|种|级|类|档)?|什么|啥)[?。]*$"
)
_SAID = re.compile(rf"(?:分为|分成|划分为|划为|设为|设)(?P<members>[^。;；:：]{{3,60}}?)(?P<number>\d|[{CN}])?个?(?P<sort>类别|类型|类|种|等次|等级|等|级别|级|档次|档)?(?=[。;；,，]|$)")
_NEAR = 0.5
_SPLIT = re.compile("[、和及与]")


def divided_into(query: Query, gathered: Gathered) -> Draft | None:
    """Answer 读者分哪几类 with the kinds named; None where no clause near says into what its subject is divided."""
    asked = _ASKED.search(query.folded)
    if asked is None or not gathered.clauses:
        return None
    best = gathered.clauses[0].score
    terms = [t for t in query.terms if t.required] or list(query.terms)
    for scored in gathered.clauses:
        clause = scored.clause
        text = clause.span.of(clause.document.text)
        said = _SAID.search(text)
        if said is None or scored.score < best - _NEAR:
            continue
        members = [m.strip("“”") for m in _SPLIT.split(said["members"]) if m.strip()]
        number = value_of(said["number"]) if said["number"] else None
        if number and members and members[-1].endswith(("个",)):
            members[-1] = members[-1][:-1]
        if len(members) < 2 or (number and number != len(members)) or not any(t.cover(fold(text[: said.start()])) > _NEAR for t in terms):
            continue
        start = clause.span.start + said.start("members")
        quote = Quote(clause.document, clause.span, clause.passage.path, (Span(start, start + len(said["members"])),))
        if number and said["sort"] and all(len(m) == 1 for m in members):
            listed = text[said.start("members") : said.end()]
            return Draft("list", listed, (quote,), max(scored.score, 0.85), True, (), "", "list", (("own", scored.own),))
        counted = f"共{len(members)}{_measured(asked['sort'])}:\n" if query.kind in ("number", "count") else ""
        return Draft("list", counted + lines(members), (quote,), max(scored.score, 0.85), True, (), "", "list", (("own", scored.own),))
    return None


def _measured(sort: str | None) -> str:
    """The sort with the measure word it takes: 3个等次, 3类."""
    return f"个{sort}" if sort and len(sort) > 1 else sort or "类"


_CLASSES_ASKED = re.compile("分(?:成|为)?了?(?:哪|几|多少)+(?:个)?(?:类|档次?|等级?|级|种)(?:人|对象|人群|情况|情形)?[?。]*$")
_CLASS_HEAD = re.compile(r"(?:[㐀-鿿]{0,4})(?:对象|类别|类型|档次|等级|级别|人群|分类|种类)")
_MOST = 15


def classes_of_table(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer 补贴分哪几类人 with the rows of the table whose first column names classes (对象, 类别), where the table is about the matter."""
    if not _CLASSES_ASKED.search(query.folded) or not gathered.clauses:
        return None
    near = {s.clause.document.id: s.clause.document for s in gathered.clauses[:_LOOKED_AT]}
    found: list[tuple[float, Sheet]] = []
    for sheet in (s for document in near for s in sheets_of(library, near.values()).by_document.get(document, ())):
        table = sheet.table
        if table.tasks or not 1 < len(sheet.body) <= _MOST or not _CLASS_HEAD.fullmatch(table.headings[sheet.key].label):
            continue
        around = fold("".join(h.label for h in table.headings) + table.caption + "".join(table.path)) + fold(sheet.document.title)
        found.append((coverage(query.terms, ((around, 1.0),)), sheet))
    score, best = max(found, key=lambda f: f[0], default=(0.0, None))
    if best is None or score < _ABOUT:
        return None
    names = [cell_value(best, row, best.key) for row in best.body]
    return Draft(query.kind, lines(names), quotes_of(best, best.body, [best.key]), max(score, 0.85), True, (), "", "cell", (("own", score),))


_LOOKED_AT, _ABOUT = 6, 0.7
