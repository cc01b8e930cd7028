"""The pages of the known questions: the list, the form of one, and answers that people disliked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.conversations.types import Judgement
from assistant.known.types import KINDS, Known, Question, Quote
from assistant.types import Citation, Turn
from assistant.web.evaluation.desk import Sight
from assistant.web.evaluation.results import moment_of
from assistant.web.evaluation.words import kind_name
from assistant.web.frame import Page, area, button, check, details, field, form, select, text_input, void
from assistant.web.markup import element, escape
from assistant.web.source import source_address
from assistant.web.words import Words

EVIDENCE_ROWS = 3
MOST_NAMES = 300
"""Names of documents that the form offers; any other name can be typed."""


def questions_page(listed: Sequence[Known], notice: str, w: Words) -> Page:
    title = w("known_questions")
    crumb = element("p", element("a", escape(w("all_runs")), href="/evaluation"), class_="crumb")
    told = element("p", escape(notice), class_="notice", role="status") if notice else ""
    tools = element(
        "div",
        element("a", escape(w("new_question")), class_="button primary", href="/evaluation/questions/new")
        + (element("a", escape(w("export")), class_="button", href="/evaluation/questions/file", download="") if listed else "")
        + element("label", escape(w("import")) + void("input", type="file", accept=".jsonl,.json,.txt", class_="unseen", id="import"), class_="button import"),
        class_="row",
    )
    hint = element("p", escape(w("import_hint")), class_="quiet") + element("p", "", class_="notice warn", id="import-fault", role="alert", hidden="")
    rows = "".join(_line(known, w) for known in listed)
    pick = element("ul", rows, class_="pick known", tabindex="0")
    search = void("input", type="search", class_="filter", placeholder=w("filter"), aria_label=w("filter")) if len(listed) > 8 else ""
    body = search + pick if listed else element("p", escape(w("no_questions")), class_="quiet")
    return Page(title, crumb + element("h1", escape(f"{title} ({len(listed)})")) + told + tools + hint + element("section", body, class_="card"))


def _line(known: Known, w: Words) -> str:
    question = known.question
    name = element("span", escape(question.id), class_="number") + element("span", escape(kind_name(question.kind, w)), class_="tag")
    link = element("a", escape(question.question), href=f"/evaluation/questions/{known.key}")
    answer = question.answer if question.answerable else w("must_be_refused")
    return element("li", element("div", name + link) + element("p", escape(answer), class_="quiet one-line"))


# ---------------------------------------------------------------- the form of one question


def question_page(
    question: Question, action: str, sight: Sight, w: Words, *, key: int = 0, judgement: int = 0, cited: Sequence[Citation] = (), fault: str = ""
) -> Page:
    """Write the form. key: of a question that is kept, 0 for a new one.  cited: what the answer it is made from rests on."""
    title = w("edit_question") if key else w("new_question")
    crumb = element("p", element("a", escape(w("known_questions")), href="/evaluation/questions"), class_="crumb")
    told = element("p", escape(fault), class_="notice warn", role="alert") if fault else ""
    hidden = void("input", type="hidden", name="judgement", value=str(judgement)) if judgement else ""
    content = form(action, hidden + _fields(question, sight, cited, w) + element("div", button(w("save"), look="primary"), class_="row"), class_="card known-form")
    removal = ""
    if key:
        sure = form(f"/evaluation/questions/{key}/delete", button(w("delete_sure"), look="danger"))
        removal = details(w("delete"), sure, class_="inline removal")
    return Page(title, crumb + element("h1", escape(title)) + told + _history(question.history, w) + content + removal, status=422 if fault else 200)


def _fields(question: Question, sight: Sight, cited: Sequence[Citation], w: Words) -> str:
    kinds = [(kind, kind_name(kind, w)) for kind in KINDS]
    must = "\n".join(" | ".join(group) for group in question.must)
    accept = "\n".join(" | ".join(group) for group in question.accept)
    expectation = element(
        "fieldset",
        element("legend", escape(w("expectation")))
        + element("div", check("answerable", "yes", w("must_answer"), kind="radio", on=question.answerable) + check("answerable", "no", w("must_be_refused"), kind="radio", on=not question.answerable), class_="row choices"),
    )
    return "".join(
        (
            field(w("question"), area("question", question.question, 2, required="", maxlength="2000", lang="zh-CN")),
            element("div", field(w("kind"), select("kind", kinds, question.kind)) + field(w("language"), select("lang", (("zh", "中文"), ("en", "English")), question.lang)), class_="row"),
            expectation,
            field(w("gold"), area("answer", question.answer, 2, maxlength="2000", lang="zh-CN"), w("gold_hint")),
            field(w("groups"), area("must", must, 3, lang="zh-CN"), w("groups_hint")),
            _evidence(question, sight, cited, w),
            details(w("must_not"), field(w("must_not"), area("must_not", "\n".join(question.must_not), 2), w("must_not_hint")) + field(w("accept"), area("accept", accept, 2), w("accept_hint")), class_="inline", open="" if question.must_not or accept else None),
        )
    )


def _evidence(question: Question, sight: Sight, cited: Sequence[Citation], w: Words) -> str:
    offered = [citation for citation in cited if citation.quote]
    chosen = "".join(
        element("li", check("cited", f"{c.document_id}:{c.start}:{c.end}", f"{c.title or c.doc}: {' '.join(c.quote.split())[:160]}", on=True) + element("a", f"[{c.n}]", class_="cite", href=source_address(c), aria_label=f"{w('open')} {c.n}"))
        for c in offered
    )
    picked = element("p", escape(w("from_answer")), class_="label") + element("ul", chosen, class_="pick cited-choices") if offered else ""
    names = sorted(sight.names)[:MOST_NAMES]
    known = element("datalist", "".join(void("option", value=name) for name in names), id="names")
    rows = [*question.evidence, *[Quote("", "")] * max(1, EVIDENCE_ROWS - len(question.evidence) - len(offered))]
    written = "".join(
        element("div", field(w("document"), text_input("doc", quote.doc, list="names", maxlength="300")) + field(w("quote"), area("quote", quote.quote, 2, lang="zh-CN")), class_="evidence-row")
        for quote in rows
    )
    legend = element("legend", escape(w("evidence")) + element("span", escape(w("evidence_hint")), class_="hint"))
    return element("fieldset", legend + picked + written + known, class_="evidence")


def _history(history: Sequence[Turn], w: Words) -> str:
    if not history:
        return ""
    turns = "".join(element("dt", escape(f"{w('asked')}: {turn.question}")) + element("dd", escape(turn.answer)) for turn in history)
    return element("section", element("h2", escape(w("before_turns"))) + element("dl", turns, class_="facts"), class_="card", lang="zh-CN")


# ---------------------------------------------------------------- disliked answers


def disliked_page(judgements: Sequence[Judgement], counts: Mapping[str, int], w: Words) -> Page:
    title = w("disliked")
    crumb = element("p", element("a", escape(w("all_runs")), href="/evaluation"), class_="crumb")
    told = element("p", escape(w("thumbs", **counts)), class_="lead")
    listed = "".join(_judgement(judgement, w) for judgement in judgements) or element("p", escape(w("no_disliked")), class_="card quiet")
    return Page(title, crumb + element("h1", escape(title)) + told + listed)


def _judgement(judgement: Judgement, w: Words) -> str:
    exchange = judgement.exchange
    about = " · ".join(x for x in (moment_of(judgement.at), judgement.by_name) if x)
    reason = element("span", escape(w(f"reason_{judgement.reason}")), class_="tag warn") if judgement.reason else ""
    head = element("p", reason + element("span", escape(about), class_="quiet"))
    if exchange.hidden:
        body = element("p", escape(w("hidden_answer")), class_="quiet")
        make = ""
    else:
        answer = exchange.answer
        said = (answer.answer or answer.reason) if answer else w("no_reply")
        cited = "".join(
            element("li", element("a", escape(" › ".join((c.title or c.doc, *c.path))), class_="cite", href=source_address(c))) for c in (answer.citations if answer else ())
        )
        comment = element("blockquote", escape(judgement.comment)) if judgement.comment else ""
        body = element("p", escape(said), class_="said", lang="zh-CN") + (element("ul", cited, class_="clauses") if cited else "") + comment
        make = element("a", escape(w("make_question")), class_="button primary", href=f"/evaluation/questions/new?from={judgement.id}")
    tools = element("div", make + form(f"/evaluation/disliked/{judgement.id}/dismiss", button(w("dismiss"))), class_="row")
    return element("article", element("h2", escape(exchange.question), lang="zh-CN") + head + body + tools, class_="card judgement")
