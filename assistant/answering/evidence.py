"""Search and rank: the clauses and duties of the library that cover what a question is about.

Candidates come from the index (passages); inside them every clause is scored by the weighted share of the question's terms that it
covers itself or, at a discount, that its item, its heading path or its document's title covers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from assistant.answering.clauses import Clause, segments, sentences
from assistant.lexicon.cues import REASON, WHEN
from assistant.library.library import Library
from assistant.question.members import OTHER, held_against, members_in
from assistant.question.months import month_bonus
from assistant.question.query import Query, search_text
from assistant.question.sided import of_the_other_side
from assistant.question.terms import Term, coverage
from assistant.question.tiers import fits
from corpus.codec import overlapping
from corpus.numbers import CN
from corpus.text import fold
from corpus.types import Document, Duty, Span

OWN, NEAR, SENTENCE, ITEM, PATH, TITLE = 1.0, 0.95, 0.9, 0.75, 0.75, 0.6
"""What a term counts when it stands in the clause (segment) itself, the next segment, the sentence, the item, the path, the title."""

MISSES = 0.1
K = 60


@dataclass(frozen=True, slots=True)
class Scored:
    """A clause with the share of the question it covers (0..1) with and without its surroundings."""

    clause: Clause
    score: float
    own: float
    rank: int


@dataclass(frozen=True, slots=True)
class ScoredDuty:
    document: Document
    duty: Duty
    score: float
    own: float


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found for a question, best first."""

    clauses: tuple[Scored, ...]
    duties: tuple[ScoredDuty, ...]


NOTHING_GATHERED = Gathered((), ())


def gather(query: Query, library: Library, *, k: int = K) -> Gathered:
    """Search and rank clauses and duties for `query` within its scope."""
    found = list(library.search(search_text(query), k=k, documents=query.scope.documents, question=query.text))
    clauses: list[Scored] = []
    touched: dict[tuple[str, int], tuple[Document, Duty]] = {}
    for hit in found:
        if not in_scope(hit.document, hit.passage.section, query):
            continue
        for clause in library.clauses(hit.document, hit.passage):
            clauses.append(_leaning(query, score_clause(clause, query.terms, hit.rank)))
        for duty in overlapping(hit.document.facts.duties, "clause", hit.passage.span.start, hit.passage.span.end):
            touched[hit.document.id, duty.ordinal] = (hit.document, duty)
    clauses.sort(key=lambda s: (-round(s.score, 3), -s.own, s.rank))
    return Gathered(tuple(clauses), ranked_duties(query, touched.values()))


_PROBLEM = re.compile("不规范|不到位|不足|薄弱|问题突出|存在.{0,12}(?:问题|隐患)|不严|不力")
_DEMAND = re.compile("要|应|必须|严格|建立|制定|实行|推[进行动]|加强|完善|开展|落实|不得|严禁|依法|组织|确保")


LISTED = re.compile("清单|任务表|分解表|分工表|表里|表中|task list|task table")
_PERMISSION = re.compile("能|可以|允许|行不行|准不准")
_RULE = re.compile("不得|严禁|禁止|不允许|不再|不准|不予|方可|可以|除外|允许")


CAUSE = re.compile("因(?!地制宜|素)|由于|受.{1,12}影响|原因|鉴于")
_DEALT_WITH = re.compile("(?:怎么|咋|如何|怎样)(?:被)?(?:处理|处分|处罚|罚|追责)|后果|会怎|[负担](?:什么|啥|哪些)(?:法律)?责")
_DISPOSES = re.compile("约谈|通报批评|扣发|扣罚|调离|罚款|警告|追[究责]|问责|移[交送]|取消.{0,8}资格|责令|处分|撤销|吊销|停职|不得评|承担.{0,6}责任|一票否决")
"""What is done to those who break a rule; what they did, and what they were checked for, is no answer to that."""
_WHAT_TO_DO = re.compile("怎么办|咋办|咋整|怎么弄|咋弄|咋处理|怎么处理|如何处[理置]|怎么处置|做什么|干什么|干啥|怎么做|咋做")
_CONDITIONAL = re.compile("的,(?:[^,。;]{1,16},)?[^,。;]{0,14}(?:应当?(?!急|用|对)|必须|须|可以?|不得|要|由|立即|责令|按)")
"""A case and what has to be done in it: 发现枯死松树的,应当上报."""
_PRICED = re.compile(r"^(?:第[一二三四五六七八九十百]+条)?[* ]*违反|处.{1,24}罚款|每次扣\d|扣\d+分")
_BREACH = re.compile("罚|处|违|没|未|不|扣|后果|责|举报|投诉")
_SANCTIONS = re.compile("^(?!.*第[一二三四五六七八九十百]+条).*(?:处理|处罚|处分|奖惩|追究|违约|违规)")
"""Headings of the part that says how things are dealt with; a regulation refers from its sanctions to its rules, which are asked for first."""


_LAST_YEAR = re.compile("去年|上年|上一年|前一年")
_THIS_YEAR = re.compile("今年|本年|明年|来年|下一年")
_REVIEW = re.compile("回顾|过去一年|过去的一年|一年来|去年|上年|工作总结|完成情况")
_PROSPECT = re.compile("今年|目标|重点工作|工作安排|工作打算|任务|明年")


_YEARS = re.compile(r"(?<!\d)(20\d\d)(?=年)")


def year_bonus(query: Query, around: str) -> float:
    """A year asked for is that of the clause or its heading; 去年 and 今年 mean the parts of a report that look back and ahead. around: folded heading path and clause."""
    last, this = bool(_LAST_YEAR.search(query.folded)), bool(_THIS_YEAR.search(query.folded))
    if len(query.scope.years) == 1 and (stated := set(_YEARS.findall(around))):
        return 0.1 if str(query.scope.years[0]) in stated else -0.1
    if last == this:
        return 0.0
    wanted, other = (_REVIEW, _PROSPECT) if last else (_PROSPECT, _REVIEW)
    if wanted.search(around):
        return 0.15
    return -0.15 if other.search(around) else 0.0


_CONVENED = re.compile("(?:主持)?召开.{0,16}会议?,.{0,6}(?:研究|专题|听取|讨论|部署)|会议听取了")
"""How minutes begin: it names what was met about, and says nothing of it."""
_PURPOSE = re.compile("^(?:第一条|一、)?[ ]?为(?:了|进一步|切实|全面)*[^。;“:]{6,80}(?:制定本|特制定|制订本|现(?:就|将|提出|制定|印发)|出台本)[^。;“:]{0,30}[。:]?$")
"""How a rule begins: with what it is for."""
_DEMANDS_ASKED = re.compile("(?:什么|啥|哪些|何)(?:样的?|具体)?(?:要求|规矩|规定|条件|资格)")
_DEMANDS = re.compile("应当?(?!急|用|对|届|季)|必须|须|不得|严禁|禁止|具备|符合|年满|每次限")
_MEANS = re.compile("是指|所称")
_AIM = re.compile("为什么|为啥|为何|目的|依据|根据|宗旨|意义|背景|出台|制定")
FORBIDS = re.compile("(?:禁止|严禁|不准|不许|不得|不让)(?![有做干搞的从什哪啥])([㐀-鿿])")
_STATEMENT = re.compile(r"^[((][^()()]*(?:牵头|配合|负责|责任单位)[^()()]*[))]$")


def _by_form(query: Query, own: str) -> float:
    """What the form of a sentence says of it: the opening of minutes answers nothing; a ban is one of the very act that is asked about."""
    opening = _CONVENED.search(own) or (_PURPOSE.search(own) and not _AIM.search(query.folded))
    bonus = -0.3 if query.kind in _SAID_OF_A_MATTER and opening else 0.0
    if query.kind == "list" and _DEMANDS_ASKED.search(query.folded):
        # 看古籍有什么要求: what has to be done, not what the word means.
        bonus += 0.06 if _DEMANDS.search(own) else -0.06 if _MEANS.search(own) else 0.0
    if (forbidden := FORBIDS.findall(query.folded)) and _RULE.search(own):
        # 哪些地方不准停车: one character says what is forbidden, too short to be a term.
        bonus += 0.06 if any(verb in own for verb in forbidden) else -0.06
    return bonus


_SAID_OF_A_MATTER = frozenset(("measure", "list", "other", "definition", "yesno", "count"))


def _leaning(query: Query, scored: Scored) -> Scored:
    """For 怎么办 a sentence that only names the problem (以包代管问题突出) is not the answer; one that demands something is."""
    if bonus := year_bonus(query, scored.clause.path + scored.clause.own):
        scored = replace(scored, score=max(scored.score + bonus, 0.0))
    if query.kind in ("measure", "list", "other", "definition", "yesno") and _STATEMENT.search(scored.clause.own):
        return replace(scored, score=max(scored.score - 0.4, 0.0))
    scored = replace(scored, score=max(scored.score + _by_form(query, scored.clause.own), 0.0))
    if scored.clause.passage.kind == "row" and LISTED.search(query.folded + query.text.lower()) and query.kind != "compare":
        return Scored(scored.clause, scored.score + 0.06, scored.own, scored.rank)
    if query.kind == "yesno" and _PERMISSION.search(query.folded) and _RULE.search(scored.clause.own):
        return Scored(scored.clause, scored.score + 0.08, scored.own, scored.rank)
    if REASON.search(query.folded) and CAUSE.search(scored.clause.own):
        scored = replace(scored, score=scored.score + 0.15)
    if query.kind in ("measure", "yesno"):
        scored = replace(scored, score=scored.score + _names_the_thing(query.terms, scored.clause))
    if query.kind not in ("measure", "yesno", "other"):
        return scored
    if _DEALT_WITH.search(query.folded):
        dealt = 0.12 * bool(_SANCTIONS.search(scored.clause.path)) + 0.08 * bool(_DISPOSES.search(scored.clause.own))
        return Scored(scored.clause, scored.score + dealt, scored.own, scored.rank) if dealt else scored
    if query.kind == "measure" and _WHAT_TO_DO.search(query.folded) and _CONDITIONAL.search(scored.clause.own):
        return replace(scored, score=scored.score + 0.06)
    if query.kind == "measure" and _PRICED.search(scored.clause.own) and not _BREACH.search(query.folded):
        return replace(scored, score=max(scored.score - 0.12, 0.0))  # how it is done, not what neglecting it costs
    if _PROBLEM.search(scored.clause.own) and not _DEMAND.search(scored.clause.own):
        return Scored(scored.clause, max(scored.score - 0.1, 0.0), scored.own, scored.rank)
    return scored


def margin_of(gathered: Gathered) -> float:
    """How far the best clause stands out: its score less the best score of another passage, 0 when there is none."""
    if not gathered.clauses:
        return 0.0
    best = gathered.clauses[0]
    home = (best.clause.document.id, best.clause.passage.ordinal)
    other = next((s.score for s in gathered.clauses if (s.clause.document.id, s.clause.passage.ordinal) != home), 0.0)
    return max(best.score - other, 0.0)


def document_meant(query: Query, documents: Sequence[Document], *, holds: Callable[[Document], bool] = lambda document: True) -> Document | None:
    """The one document a question about a whole document means: alone in scope, or by far the best by its title.

    holds: does a document have what is asked for? Others are not meant; it is asked of the likeliest only, as it has to read them.
    """
    inside = [d for d in documents if not query.scope.documents or d.id in query.scope.documents]
    ranked = sorted(((coverage(query.terms, ((fold(d.title), 1.0),)), -len(d.title), d) for d in inside), key=lambda r: r[:2], reverse=True)
    best = list(islice((r for r in ranked if holds(r[2])), 2))
    if len(best) == 1 or (best and best[0][0] >= 0.5 and best[0][0] > best[1][0] + 0.1):
        return best[0][2]
    return None


def in_scope(document: Document, section: int, query: Query) -> bool:
    """Is the section in the attachment the question names (when it names one)?"""
    if query.scope.attachment is None or not any(s.attachment is not None for s in document.sections):
        return True
    return 0 <= section < len(document.sections) and document.sections[section].attachment == query.scope.attachment


def score_clause(clause: Clause, terms: Sequence[Term], rank: int = 0) -> Scored:
    near: tuple[tuple[str, float], ...] = ((clause.own, OWN), (clause.item, ITEM), (clause.path, PATH), (clause.title, TITLE))
    if _says_only_the_title(clause):
        near = ((clause.title, TITLE),)
    score = max(coverage(terms, near) - _without_the_thing(terms, near), 0.0)
    return Scored(clause, score, coverage(terms, near[:1]), rank)


def _without_the_thing(terms: Sequence[Term], near: Sequence[tuple[str, float]]) -> float:
    """What it costs a clause that neither it nor its item, path or title holds the most telling thing that is asked about."""
    things = [t for t in terms if t.required and t.known and len(t.text) > 2]
    if not things:
        return 0.0
    heaviest = max(things, key=lambda t: t.weight)
    return 0.0 if any(heaviest.cover(folded) >= 0.3 for folded, _ in near) else MISSES


def _names_the_thing(terms: Sequence[Term], clause: Clause) -> float:
    """A clause that itself says the most telling word comes before its neighbours in the item, which only stand near it."""
    things = [t for t in terms if t.required and t.known]
    if len(things) < 2:
        return 0.0
    heaviest = max(things, key=lambda t: t.weight)
    return 0.06 if heaviest.cover(clause.own) >= 1.0 else 0.0


def _says_only_the_title(clause: Clause) -> bool:
    """The title, or 关于印发《title》的通知: it repeats what the question is about and answers nothing."""
    title = fold(clause.document.title)
    return len(clause.own) > 5 and (clause.own in title or (title in clause.own and len(clause.own) <= len(title) + 16))


def ranked_duties(query: Query, duties: Iterable[tuple[Document, Duty]]) -> tuple[ScoredDuty, ...]:
    """Rank duties by how well their task, then heading path and document, cover the question.

    A unit that the question only claims or presumes must not draw the rows it stands in to the top.
    """
    if query.claim or query.presumes:
        kept = tuple(t for t in query.terms if not any(t.text in unit or unit in t.text for unit in query.units))
        query = replace(query, terms=kept or query.terms)
    scored: list[ScoredDuty] = []
    for document, duty in duties:
        if not in_scope(document, duty.section, query):
            continue
        task = fold(duty.task.span.of(document.text) or duty.task.value)
        path = fold(" ".join(duty.path))
        title = fold(f"{document.title} {' '.join(document.card.places)}")
        whole = fold(duty.clause.of(document.text))
        levels = ((task, OWN), (whole, SENTENCE), (path, PATH), (title, TITLE))
        own = coverage(query.terms, levels[:1])
        scored.append(ScoredDuty(document, duty, _duty_score(query, document, duty, coverage(query.terms, levels), levels), own))
    scored.sort(key=lambda s: (-round(s.score, 3), -s.own))
    return tuple(scored)


def _duty_score(
    query: Query, document: Document, duty: Duty, whole: float, levels: Sequence[tuple[str, float]]
) -> float:
    """A long item covers much by chance, scattered over its sentences: its best two sentences count as much as the whole."""
    cut = sentences(document.text, duty.task.span)
    if len(cut) < 2 or duty.source == "row":
        return whole
    far = levels[2:]
    near = sorted((coverage(query.terms, ((fold(s.of(document.text)), OWN), *far)) for s in cut[:40]), reverse=True)
    return 0.5 * whole + 0.4 * near[0] + 0.1 * near[1] - 0.01 * min(len(duty.task.span), 600) / 600


def local_score(query: Query, scored: Scored, span: Span) -> float:
    """How well the surroundings of `span` inside its sentence cover the question: the segment it stands in counts most."""
    clause = scored.clause
    pieces = segments(clause.document.text, clause.span)
    at = next((i for i, piece in enumerate(pieces) if piece.overlaps(span)), None)
    if at is None:
        return scored.score
    text = clause.document.text
    own = fold(_member_of(text, pieces[at], span).of(text))
    if at and (whose := _WHOSE.match(clause.own)) and not _A_PLACE.search(own):
        own = whose["place"] + own  # 丰禾县老旧管网占41%,更换进度为52%: all of it is said of the place
    near = fold("".join(piece.of(text) for piece in pieces[max(at - 1, 0) : at + 2]))
    focus = 0.25 * coverage(query.focus, ((own, 1.0),)) if query.focus else 0.0
    focus += _member_bonus(query.folded, own, clause.own, clause.path) + year_bonus(query, clause.path + clause.own) + _event_bonus(query, clause.own, own) + month_bonus(query.folded, own)
    focus -= _OTHER_SIDE if of_the_other_side(query.folded, fold(Span(pieces[max(at - 1, 0)].start, pieces[at].end).of(text))) else 0.0
    # Of two values in one sentence the one whose own words are asked for: 一期2024年…,二期2026年….
    return focus + 0.12 * coverage(query.terms, ((own, 1.0),)) + coverage(
        query.terms,
        ((own, OWN), (near, NEAR - 0.05), (clause.own, SENTENCE - 0.15), (clause.item, ITEM - 0.1), (clause.path, PATH - 0.05), (clause.title, TITLE)),
    )


_OTHER_SIDE = 0.35
_WHOSE = re.compile(rf"[^㐀-鿿]*(?:[{CN}]{{1,3}}、|\([{CN}]{{1,3}}\))?(?P<place>(?!各|全|本)[㐀-鿿]{{2,3}}[市区县镇乡])(?![长委政级场域镇])")
_A_PLACE = re.compile("[㐀-鿿]{2}[市区县镇乡](?![长委政级场域])")


def _member_of(text: str, piece: Span, span: Span) -> Span:
    """Of several values joined in one segment (5月6日开工、9月20日前完工) the part around `span`; the whole segment where it holds one."""
    if text.count("、", piece.start, piece.end) != 1 or sum(c.isdigit() and not p.isdigit() for p, c in pairwise(" " + piece.of(text))) < _TWO_DATES:
        return piece
    cut = text.index("、", piece.start, piece.end)
    return Span(piece.start, cut) if span.end <= cut else Span(cut + 1, piece.end)


_TWO_DATES = 4
"""Figures in a segment with two days, each a month and a day."""


def _member_bonus(asked: str, own: str, *around: str) -> float:
    """Of values stated member by member (一期2024年,二期2026年) the one beside the member asked for counts, not its neighbour's.

    around: what says of which member the value is where its own words do not, the nearest first.
    """
    among = fits(asked, own)
    bonus = 0.0 if among is None else (0.1 if among else -0.3)
    told_apart = members_in("".join(around))
    for family, said, at in held_against(asked, (own, *around)):
        if said == OTHER:
            bonus -= 0.3
        elif at == 0:
            bonus += 0.1 if len(told_apart.get(family, ())) > 1 else 0.03
    return bonus


_EVENT = re.compile(rf"{WHEN}(?:才|就|能|可以|要|开始|正式|全部|必须|[之以]?前){{0,2}}([㐀-鿿]{{2}})")
_ANY_EVENT = frozenset(("完成", "截止", "结束", "开始", "之前", "以前", "实施", "落实", "办理", "时间"))


def _event_bonus(query: Query, sentence: str, own: str) -> float:
    """Of two dates in one sentence (4月25日前搭建,5月1日起启用) the one beside what is asked about: 哪天启用."""
    match = _EVENT.search(query.folded)
    if not match or match.group(1) in _ANY_EVENT:
        return 0.0
    term = next((t for t in query.terms if match.group(1) in t.text or t.text in match.group(1)), Term(match.group(1), 1.0))
    if term.cover(sentence) < _SAID:
        return 0.0
    return 0.0 if term.cover(own) >= _SAID else -0.25


_SAID = 0.9
"""Cover of a word that stands there itself or as a synonym."""


def segment_of(document: Document, sentence: Span, span: Span) -> Span:
    """The comma segment of `sentence` that holds `span`."""
    return next((p for p in segments(document.text, sentence) if p.overlaps(span)), sentence)
