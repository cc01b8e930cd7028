"""What editors do here: run, look, write known questions, settle what people disliked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.responses import JSONResponse, Response

from assistant.accounts.exports import note_export
from assistant.accounts.types import Principal
from assistant.conversations.types import Judgement
from assistant.known.checking import check
from assistant.known.rows import lines_of
from assistant.known.types import KINDS, BadKnown, Question, Quote, Run
from assistant.types import Answer
from assistant.web.evaluation.desk import Desk, Handler, Sight, Visit, sight_of
from assistant.web.evaluation.home import home, run_page
from assistant.web.evaluation.questions import disliked_page, question_page, questions_page
from assistant.web.forms import Form
from assistant.web.frame import Page
from assistant.web.sections import go

_SHORT_QUOTE = 120
_PLACE = re.compile(r"([\w.-]{1,64}):([0-9]{1,9}):([0-9]{1,9})")


# ---------------------------------------------------------------- runs


def show_home(desk: Desk, visit: Visit) -> Page:
    sight = sight_of(desk.assistant, visit.principal)
    runs = desk.knowledge.runs(visit.principal)
    shown = desk.knowledge.run(runs[0].key, visit.principal) if runs else None
    before = _before(desk, shown, runs, visit.principal)
    sets = {name: len(questions) for name, questions in _sets(desk, sight, visit.principal).items()}
    return home(sets, desk.running.progress(), shown, before, runs, sight, desk.judgements.counts(visit.principal), visit.words)


def show_run(desk: Desk, visit: Visit) -> Page:
    run = desk.knowledge.run(int(visit.parts["run"]), visit.principal)
    runs = desk.knowledge.runs(visit.principal)
    return run_page(run, _before(desk, run, runs, visit.principal), runs, sight_of(desk.assistant, visit.principal), visit.words)


def _before(desk: Desk, run: Run | None, runs: tuple[Run, ...], by: Principal) -> Run | None:
    """Give the run before this one over the same set of questions."""
    if run is None:
        return None
    key = next((r.key for r in runs if r.key < run.key and r.questions == run.questions), 0)
    return desk.knowledge.run(key, by) if key else None


def start(desk: Desk, visit: Visit) -> Response:
    sight = sight_of(desk.assistant, visit.principal)
    sets = _sets(desk, sight, visit.principal)
    name = visit.form.text("questions")
    desk.running.start(name, sets.get(name, ()), visit.principal)
    return go("/evaluation")


def _sets(desk: Desk, sight: Sight, by: Principal) -> Mapping[str, tuple[Question, ...]]:
    """Give what can be asked: the library's own questions, and those over the sample documents where these are all there."""
    own = tuple(known.question for known in desk.knowledge.listing(by, sight.hidden))
    shipped = desk.examiner.shipped()
    if not {doc for question in shipped for doc in question.docs} <= sight.names:
        shipped = ()
    return {"own": own, "shipped": shipped, "all": own + shipped if own and shipped else ()}


def progress(desk: Desk, visit: Visit) -> Response:
    now = desk.running.progress()
    return JSONResponse({"state": now.state, "done": now.done, "total": now.total, "text": visit.words("of", done=now.done, total=now.total)})


def cancel(desk: Desk, visit: Visit) -> Response:
    desk.running.cancel(visit.principal)
    desk.running.wait(2)
    return go("/evaluation")


# ---------------------------------------------------------------- known questions


def show_questions(desk: Desk, visit: Visit) -> Page:
    sight = sight_of(desk.assistant, visit.principal)
    notice = next((visit.words(key) for key in ("saved", "removed") if visit.form.text(key)), "")
    if visit.form.text("new"):
        notice = visit.words("imported", new=visit.form.number("new", 0), changed=visit.form.number("changed", 0))
    return questions_page(desk.knowledge.listing(visit.principal, sight.hidden), notice, visit.words)


def export(desk: Desk, visit: Visit) -> Response:
    sight = sight_of(desk.assistant, visit.principal)
    questions = [known.question for known in desk.knowledge.listing(visit.principal, sight.hidden)]
    note_export(desk.assistant.store.database, visit.principal, "questions", "jsonl", count=len(questions))
    headers = {"content-disposition": 'attachment; filename="known-questions.jsonl"'}
    return Response(lines_of(questions), media_type="application/jsonl; charset=utf-8", headers=headers)


def show_question(desk: Desk, visit: Visit) -> Page:
    sight = sight_of(desk.assistant, visit.principal)
    known = desk.knowledge.known(int(visit.parts["question"]), visit.principal, sight.hidden)
    return question_page(known.question, f"/evaluation/questions/{known.key}", sight, visit.words, key=known.key)


def new_question(desk: Desk, visit: Visit) -> Page:
    sight = sight_of(desk.assistant, visit.principal)
    wanted = visit.form.number("from", 0)
    if not wanted:
        return question_page(Question("", "", kind="lead"), "/evaluation/questions/new", sight, visit.words)
    judgement = desk.judgements.judgement(wanted, visit.principal, cut=sight.cut)
    answer = judgement.exchange.answer
    return question_page(
        from_judgement(judgement), "/evaluation/questions/new", sight, visit.words, judgement=wanted, cited=answer.citations if answer else ()
    )


def from_judgement(judgement: Judgement) -> Question:
    """Give a first draft of the known question for an answer that somebody disliked: what the answer said, to be put right by an editor."""
    exchange = judgement.exchange
    answer = exchange.answer
    refused = judgement.reason == "should_refuse"
    kind = "unanswerable" if refused else "follow_up" if judgement.history else answer.kind if answer and answer.kind in KINDS else "other"
    said = "" if refused or answer is None or judgement.reason == "should_answer" else answer.answer
    must = () if refused or not said or answer is None else _points(answer)
    lang = "zh" if any("\u4e00" <= c <= "\u9fff" for c in exchange.question) else "en"
    return Question("", exchange.question, lang, kind, answer=said, must=must, history=judgement.history, answerable=not refused)


def _points(answer: Answer) -> tuple[tuple[str, ...], ...]:
    """Give the words of the clauses that the answer is made of, as long as they stand in it."""
    marked = [c.quote[start - c.start : end - c.start] for c in answer.citations if c.quote for start, end in c.highlight]
    return tuple((words,) for words in dict.fromkeys(marked) if words and words in answer.answer)[:20]


def add(desk: Desk, visit: Visit) -> Page | Response:
    sight = sight_of(desk.assistant, visit.principal)
    wanted = visit.form.number("judgement", 0)
    judgement = desk.judgements.judgement(wanted, visit.principal, cut=sight.cut) if wanted else None
    question = _written(visit.form, sight, Question("", "", history=judgement.history if judgement else ()))
    try:
        _check(desk, question, sight)
    except BadKnown as error:
        answer = judgement.exchange.answer if judgement else None
        return question_page(
            question, "/evaluation/questions/new", sight, visit.words, judgement=wanted, cited=answer.citations if answer else (), fault=_said(error, visit)
        )
    desk.knowledge.keep(question, visit.principal, judgement=wanted)
    if wanted:
        desk.judgements.settle(wanted, "made", visit.principal)
        return go("/evaluation/disliked")
    return go("/evaluation/questions?saved=1")


def change(desk: Desk, visit: Visit) -> Page | Response:
    sight = sight_of(desk.assistant, visit.principal)
    known = desk.knowledge.known(int(visit.parts["question"]), visit.principal, sight.hidden)
    question = _written(visit.form, sight, known.question)
    try:
        _check(desk, question, sight)
    except BadKnown as error:
        return question_page(question, f"/evaluation/questions/{known.key}", sight, visit.words, key=known.key, fault=_said(error, visit))
    desk.knowledge.change(known.key, question, visit.principal)
    return go("/evaluation/questions?saved=1")


def delete(desk: Desk, visit: Visit) -> Response:
    sight = sight_of(desk.assistant, visit.principal)
    known = desk.knowledge.known(int(visit.parts["question"]), visit.principal, sight.hidden)
    desk.knowledge.remove(known.key, visit.principal)
    return go("/evaluation/questions?removed=1")


def _check(desk: Desk, question: Question, sight: Sight) -> None:
    wanted = {*question.docs, *(quote.doc for quote in question.evidence)}
    texts = {doc: text for doc in wanted if doc in sight.names and (text := sight.text(doc)) is not None}
    check(question, texts, desk.examiner.fault_of)


def _said(error: BadKnown, visit: Visit) -> str:
    said = visit.words.error(error.code, error.message)
    return said if visit.words.language == "en" else f"{said}。{error.remedy}"


def _written(form: Form, sight: Sight, kept: Question) -> Question:
    """Read the form. Evidence that was picked from citations is cut from the documents here."""
    picked = [quote for place in form.all("cited") if (quote := _cut(place, sight)) is not None]
    typed = [Quote(doc.strip(), quote.replace("\r\n", "\n").strip("\n")) for doc, quote in zip(form.all("doc"), form.all("quote"), strict=False) if quote.strip()]
    evidence = tuple(dict.fromkeys((*picked, *typed)))
    answerable = form.text("answerable") != "no"
    docs = tuple(dict.fromkeys((*(quote.doc for quote in evidence), *kept.docs)))
    return Question(
        kept.id, form.text("question"), form.text("lang") or "zh", form.text("kind") or "other", docs if answerable else (), form.text("answer"),
        _groups(form, "must"), _lines(form, "must_not"), evidence if answerable else (), kept.history, answerable, _groups(form, "accept"),
    )  # fmt: skip


def _cut(place: str, sight: Sight) -> Quote | None:
    match = _PLACE.fullmatch(place)
    listing = next((d for d in sight.listed if match and d.id == match[1]), None)
    if match is None or listing is None:
        return None
    quote = sight.cut(listing.id, int(match[2]), int(match[3])) or ""
    return Quote(listing.name, quote if len(quote) <= _SHORT_QUOTE else quote[:_SHORT_QUOTE]) if quote.strip() else None


def _lines(form: Form, name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in form.text(name).splitlines() if line.strip())


def _groups(form: Form, name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.strip() for part in line.split("|") if part.strip()) for line in _lines(form, name))


# ---------------------------------------------------------------- disliked answers


def show_disliked(desk: Desk, visit: Visit) -> Page:
    sight = sight_of(desk.assistant, visit.principal)
    judgements = desk.judgements.listing(visit.principal, cut=sight.cut)
    return disliked_page(judgements, desk.judgements.counts(visit.principal), visit.words)


def dismiss(desk: Desk, visit: Visit) -> Response:
    desk.judgements.settle(int(visit.parts["judgement"]), "dismissed", visit.principal)
    return go("/evaluation/disliked")


TABLE: dict[tuple[str, str], Handler] = {
    ("GET", "/evaluation"): show_home,
    ("POST", "/evaluation/run"): start,
    ("GET", "/evaluation/progress"): progress,
    ("POST", "/evaluation/cancel"): cancel,
    ("GET", "/evaluation/runs/{run}"): show_run,
    ("GET", "/evaluation/questions"): show_questions,
    ("GET", "/evaluation/questions/file"): export,
    ("GET", "/evaluation/questions/new"): new_question,
    ("POST", "/evaluation/questions/new"): add,
    ("GET", "/evaluation/questions/{question}"): show_question,
    ("POST", "/evaluation/questions/{question}"): change,
    ("POST", "/evaluation/questions/{question}/delete"): delete,
    ("GET", "/evaluation/disliked"): show_disliked,
    ("POST", "/evaluation/disliked/{judgement}/dismiss"): dismiss,
}
