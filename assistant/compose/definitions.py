"""The meaning of a term: as the document defines it, in brackets after it, or below a heading that names it."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.clauses import sentences
from assistant.answering.draft import Draft, Quote
from assistant.answering.evidence import Gathered
from assistant.compose.slogans import spelt_out
from assistant.compose.texts import below_heading, clean, spoken, text_answer
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.glances import TEXT
from corpus.numbers import CN, numeral_of
from corpus.text import fold
from corpus.types import Definition, Document, Span

_QUOTES = "“”\"「」『』《》"


def definition(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer what a term means; say so when the documents use it without explaining it."""
    if beside := _in_brackets(query, gathered):
        return beside
    if known := defined(query, library):
        return known
    if parts := spelt_out(query, gathered):
        return parts
    term = _asked_term(query)
    if term and library.occurs(term, query.scope.documents):
        explained = explaining(term, gathered)
        if not explained and query.quoted and (below := _headed(query, term, gathered)):
            return below
        if not explained and (query.quoted or counts_parts(term)):
            return Draft("definition", "", (), 0.0, False, (), f"文件提到“{term}”,但没有解释它的含义", "definition")
    spelt = re.compile(rf"[((]?[\d{CN}]*[))、.]?{re.escape(term)}[\"”]?(?:,?是指|:)") if term else None
    led = sorted(gathered.clauses[:10], key=lambda s: not (spelt and spelt.match(s.clause.own)))
    return text_answer(query, Gathered((*led, *gathered.clauses[10:]), gathered.duties), kind="definition")


_MEANT = re.compile("(?<![手食])指(?:的是|的)?(?:哪|什么|啥|谁|几)|怎么个[㐀-鿿]{1,4}法|[”\"]是(?:怎么|咋)[走做搞干弄玩][?]?$|怎么(?:一?个)?回事|(?:怎样|咋样|怎么样?|什么样).{0,12}(?:才算|才叫|算是)|是个?(?:什么|啥)(?:东西|意思|说法|概念)")
"""Asks what a term means, in words that ask for a time, a list or a way as well."""


_RECKONED_AS = re.compile("(?P<term>[㐀-鿿]{2,14}?)(?:都|又|到底|具体)?(?:是)?(?:怎么|咋|如何|怎样)(?:算|认定|界定)(?:的|出来的)?[?]?$")
"""高校毕业生是怎么算的 asks who is one, where the text says what the word means; what is paid for is reckoned another way."""


def meant(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Give the definition of a term in quotation marks, whatever kind of answer the words of asking look like; None where no document defines it."""
    if query.kind != "definition" and (asked := _RECKONED_AS.search(query.folded)):
        best = _best_definition(query, library)
        return defined(query, library) if best and asked["term"].endswith(fold(best[1].term.value)) else None
    if query.kind == "definition" or not query.quoted or not (_MEANT.search(query.folded) or _MEANT.search(query.text)) or names_counted_term(query, library):
        return None
    return defined(query, library)


_GRADE = re.compile("[a-z一二三四五]{1,3}[级类档]")
_SHORT_FOR = re.compile("以下|下称|简称|见|附|含|包括|不|如|例|详|按|由|牵头|责任|\\d+年|第")


def _in_brackets(query: Query, gathered: Gathered) -> Draft | None:
    """Terms that brackets explain: 爆炸危险性化学品(指…), and grades by what they stand for: C级(一般安全风险)."""
    asked = dict.fromkeys([*query.quoted, *(t.text for t in query.terms), _topic(query)])
    found = {term: draft for term in asked if (draft := _bracket_after(term, gathered))}
    if len(found) < 2:
        return next(iter(found.values()), None)
    first = next(iter(found.values()))
    text = "\n".join(f"{term.upper()}:{draft.text}" for term, draft in found.items())
    return replace(first, text=text, quotes=tuple(quote for draft in found.values() for quote in draft.quotes))


def _bracket_after(term: str, gathered: Gathered) -> Draft | None:
    grade = bool(_GRADE.fullmatch(term))
    if len(term) < (2 if grade else 4):
        return None
    pattern = re.compile(r"\s?".join(map(re.escape, term)) + r"[”\"]?\s?[((](?P<said>[^()()\n]{2,80})[))]", re.IGNORECASE)
    for scored in gathered.clauses[:_MOST_CLAUSES]:
        document, span = scored.clause.document, scored.clause.span
        match = pattern.search(document.text, span.start, span.end)
        if match and (re.match("即|是?指", match["said"]) or (grade and not _SHORT_FOR.match(match["said"]))):
            marks = (Span(match.start("said"), match.end("said")),)
            return Draft("definition", clean(match["said"]), (Quote(document, span, scored.clause.passage.path, marks),), scored.score, True, (), "", "definition")
    return None


_MOST_CLAUSES = 15


def _topic(query: Query) -> str:
    """The words of the question before 是指什么, as one."""
    return re.split("是?指|是什么|代表|的意思|什么意思|叫什么", query.topic)[0].strip("“”\" ,:的")


def _headed(query: Query, term: str, gathered: Gathered) -> Draft | None:
    """The text below a heading that names the term, or after a sentence that does nothing else (推行“一案双查”。既查…,也查…), tells what it is."""
    for scored in gathered.clauses[:6]:
        clause, document = scored.clause, scored.clause.document
        if term not in clause.own:
            continue
        if (below := below_heading(scored, query.kind)) and _GOES_ON.match(below.text):
            return replace(below, basis="definition")
        following = sentences(document.text, Span(clause.span.end, clause.passage.span.end)) if clause.span.end < clause.passage.span.end else ()
        if following and _GOES_ON.match(following[0].of(document.text)) and len(clause.own) <= len(term) + _ANNOUNCED and clause.own.strip("。;\"“”").endswith(term):
            span = Span(clause.span.start, following[0].end)
            return Draft("definition", clean(following[0].of(document.text)), (Quote(document, span, clause.passage.path, following[:1]),), scored.score, False, (), "", "definition", (("own", scored.own),))
    return None


_GOES_ON = re.compile("凡|即|既|是?指|对|由|每|当|发[生现]|出现|未|在")
"""How a sentence begins that says what the term before it means; a verb (推行…, 落实…) begins the next demand."""
_ANNOUNCED = 8
"""Characters that a sentence which only announces a term has beside it."""


def defined(query: Query, library: Library) -> Draft | None:
    best = _best_definition(query, library)
    if best is None:
        return None
    document, fact, score = best
    listed = fact.members and counts_parts(fact.term.value)
    text = spoken([m.value for m in fact.members]) if listed else _SHORT_NAME.sub("", clean(fact.meaning.value))
    marks = (fact.meaning.span,) if fact.clause.covers(fact.meaning.span) else ()
    return Draft("definition", text, (Quote(document, fact.clause, fact.path, marks),), score, True, (), "", "definition")


_SHORT_NAME = re.compile("[(（](?:以下|下)?(?:简称|统称)[^()（）]*[)）](?=。?$)")
"""The short name that a definition gives the term at its end; it says nothing of what it means."""


def names_counted_term(query: Query, library: Library) -> bool:
    """五停是停哪五样: a term that counts its parts and is spelt out somewhere."""
    best = _best_definition(query, library)
    return best is not None and len(best[1].members) > 1 and counts_parts(best[1].term.value)


def _asked_term(query: Query) -> str:
    if query.quoted:
        return query.quoted[0]
    return max((t.text for t in query.terms), key=len, default="")


def counts_parts(term: str) -> bool:
    return len(term) >= 2 and bool(re.search("[两二三四五六七八九十]|[2-9]", term))


def explaining(term: str, gathered: Gathered) -> bool:
    """Does a clause open an explanation right after the term: “X”是指…, “X”(…), X,即…?"""
    for scored in gathered.clauses[:20]:
        text = scored.clause.own.translate({ord(c): None for c in _QUOTES})
        bare = term.translate({ord(c): None for c in _QUOTES})
        at = text.find(bare)
        after = _AFTER_TERM.sub("", text[at + len(bare) :])
        if at >= 0 and after[:3].lstrip("的,").startswith(("是指", "指", "即", "(", ":", "为", "包括", ",既", ",即", "就是", ",做到")):
            return True
    return False


def _best_definition(query: Query, library: Library) -> tuple[Document, Definition, float] | None:
    best: tuple[Document, Definition, float] | None = None
    stating = library.stating(query.scope.documents, library.factbook.defining((query.folded, *query.quoted)))
    scored = [(document, fact, score) for document, facts in library.stated(stating, "definitions") for fact in facts if (score := _term_score(query, fact))]
    texts = {document.id: text for document, text in library.stated(list({d.id: d for d, _, _ in scored}.values()), TEXT)}
    for document, fact, score in scored:
        # One term may be spelt out twice with other members; the surroundings the question names decide.
        around = fold(fact.clause.of(texts[document.id])[:600] + " ".join(fact.path) + document.title)
        score += 0.1 * coverage(query.terms, ((around, 1.0),)) - 0.05
        if score > 0.5 and (best is None or score > best[2]):
            best = (document, fact, score)
    return best


_AFTER_TERM = re.compile("^(?:管理|工作|责任)?(?:制度|机制|模式|要求|原则|标准|措施|办法)(?=[:,(])")
"""What kind of thing a term names, between it and its explanation: “日巡查、月通报”制度:运维公司每日巡查…."""
_GENERIC_TAIL = re.compile("制度|机制|体系|原则|要求|行动|工作|工程|工作法|标准|模式|管理|措施|活动|建设")


def _as_people_count(term: str) -> str:
    """七项行动 for 7项具体行动."""
    digits = re.match(r"\d{1,2}(?=[个项种类条步])", term)
    return re.sub("(?<=[个项种类条步])(?:具体|专项|重点|主要)", "", numeral_of(int(digits.group())) + term[digits.end() :] if digits else term)


def _term_score(query: Query, fact: Definition) -> float:
    term = fold(fact.term.value).strip(_QUOTES)
    if len(term) < 2:
        return 0.0
    if (plain := _as_people_count(term)) != term and plain in query.folded:
        return 0.75 + min(len(plain), 10) / 50
    if any(term == q or (q.startswith(term) and _GENERIC_TAIL.fullmatch(q[len(term) :])) for q in query.quoted):
        return 0.95
    if any(term in q for q in query.quoted):
        return 0.0  # “五个一” is not “五个一批”
    if term in query.folded:
        return 0.75 + min(len(term), 10) / 50
    return 0.0
