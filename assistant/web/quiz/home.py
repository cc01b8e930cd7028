"""The trainers' first page: the form for a new paper, the papers there are, the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from assistant.quiz.keeping.papers import Template
from assistant.quiz.types import KINDS, QuizRequest
from assistant.web.forms import Form
from assistant.web.frame import Page, button, check, details, field, form, moment, number_input, select, text_input
from assistant.web.markup import element, escape
from assistant.web.quiz.words import Words
from assistant.web.source import document_address
from corpus.types import Document

MOST_COUNT = 200
MOST_LISTED = 200
LEVELS = 2
MOST_DOCUMENTS_FOR_CHOICES = 20
_SPLIT = str.maketrans({c: "\n" for c in ",，、;；"})


def request_of(sent: Form) -> QuizRequest:
    """Read the request off the form. Raises Refused for a number that is none; what cannot be meant is said when the paper is made."""
    numbers = tuple((kind, n) for kind in KINDS if (n := sent.number(f"n_{kind}", 0)) and kind in sent.all("kind"))
    return QuizRequest(
        documents=sent.all("document"),
        sections=_words(sent, "section"),
        units=_words(sent, "unit"),
        topics=_words(sent, "topic"),
        count=min(max(sent.number("count", 20), 1), MOST_COUNT),
        kinds=tuple(kind for kind in KINDS if kind in sent.all("kind")),
        numbers=tuple((kind, min(n, MOST_COUNT)) for kind, n in numbers),
        difficulty=(sent.number("low", 1), sent.number("high", 5)),
        seed=sent.number("seed", 0),
    )


def _words(sent: Form, name: str) -> tuple[str, ...]:
    """Give ticked values as they are, and the words of a text field of the plural name."""
    typed = (word.strip() for text in sent.all(f"{name}s") for word in text.translate(_SPLIT).split("\n"))
    return tuple(dict.fromkeys(filter(None, (*sent.all(name), *typed))))


def home(
    documents: Sequence[tuple[str, str]], papers: Sequence[tuple[int, str, datetime]], templates: Sequence[Template],
    request: QuizRequest, w: Words, *, notice: str = "",
) -> Page:  # fmt: skip
    """Write the page. documents: (id, title).  request: what the form shows.  notice: shown on top."""
    head = element("h1", escape(w("quizzes"))) + element("p", escape(w("intro")), class_="lead")
    said = element("p", escape(notice), class_="notice", role="status") if notice else ""
    made = element("h2", escape(w("papers"))) + (_papers(papers) if papers else element("p", escape(w("no_papers")), class_="quiet"))
    kept = element("h2", escape(w("templates"))) + (
        "".join(_template(t, w) for t in templates) if templates else element("p", escape(w("no_templates")), class_="quiet")
    )
    aside = element("section", made, class_="card") + element("section", kept, class_="card")
    content = head + said + element("div", _new_paper(documents, request, w) + element("aside", aside), class_="columns")
    return Page(w("quizzes"), content)


def _papers(papers: Sequence[tuple[int, str, datetime]]) -> str:
    rows = "".join(
        element("li", element("a", escape(title), href=f"/quiz/papers/{key}") + element("span", moment(when), class_="quiet")) for key, title, when in papers
    )
    return element("ul", rows, class_="listed-papers")


def _template(template: Template, w: Words) -> str:
    link = element("a", escape(template.name), href=f"/quiz?template={template.id}", title=w("load"))
    remove = form(f"/quiz/templates/{template.id}/delete", button(w("delete"), look="plain", aria_label=f"{w('delete')} {template.name}"))
    return element("div", link + remove, class_="template")


def _new_paper(documents: Sequence[tuple[str, str]], request: QuizRequest, w: Words) -> str:
    parts = (
        element("h2", escape(w("new_paper"))),
        field(w("title"), text_input("title", "", placeholder="政策文件知识测试")),
        _documents(documents, request, w),
        _choices_place(request, w),
        field(w("topics"), text_input("topics", "、".join(request.topics), maxlength="200"), w("topics_hint")),
        _kinds(request, w),
        element("div", field(w("count"), number_input("count", request.count, 1, MOST_COUNT, required="")) + _difficulty(request, w), class_="row"),
        details(w("more"), field(w("seed"), number_input("seed", request.seed, 0, 999_999_999), w("seed_hint"))),
        element("div", button(w("make"), look="primary", data_working=w("working")) + _as_template(w), class_="row actions"),
    )  # fmt: skip
    return form("/quiz/papers", "".join(parts), class_="card new-paper", id="new-paper")


def _choices_place(request: QuizRequest, w: Words) -> str:
    """Write where the script puts sections and units; without it they are typed."""
    typed = field(w("sections"), text_input("sections", "、".join(request.sections), maxlength="1000")) + field(
        w("units"), text_input("units", "、".join(request.units), maxlength="1000")
    )
    return element(
        "div",
        element("noscript", typed) + element("p", escape(w("loading")), class_="quiet"),
        id="choices", data_sections="\n".join(request.sections), data_units="\n".join(request.units),
    )  # fmt: skip


def _as_template(w: Words) -> str:
    name = text_input("template", "", aria_label=w("template_name"), placeholder=w("template_name"))
    return details(w("save_template"), element("div", name + button(w("save"), formaction="/quiz/templates"), class_="row"), class_="inline")


def _documents(documents: Sequence[tuple[str, str]], request: QuizRequest, w: Words) -> str:
    rows = "".join(
        element("li", check("document", key, title, on=key in request.documents) + element("a", "↗", href=document_address(key), target="_blank", rel="noopener", aria_label=f"{w('open_source')}: {title}"))
        for key, title in documents
    )  # fmt: skip
    search = void_filter(w) if len(documents) > 8 else ""
    legend = element("legend", escape(w("documents")) + element("span", escape(w("all_documents")), class_="hint"))
    return element("fieldset", legend + search + element("ul", rows, class_="pick", tabindex="0"), class_="documents")


def void_filter(w: Words) -> str:
    return text_input("", "", type="search", class_="filter", aria_label=w("filter"), placeholder=w("filter"))


def _kinds(request: QuizRequest, w: Words) -> str:
    asked = dict(request.numbers)
    rows = "".join(
        element(
            "div",
            check("kind", kind, w.kind(kind), on=kind in request.kinds)
            + number_input(f"n_{kind}", asked.get(kind, ""), 0, MOST_COUNT, placeholder=w("automatic"), aria_label=f"{w.kind(kind)} {w('count')}"),
            class_="kind",
        )
        for kind in KINDS
    )
    legend = element("legend", escape(w("kinds")) + element("span", escape(w("kinds_hint")), class_="hint"))
    return element("fieldset", legend + element("div", rows, class_="kinds"))


def _difficulty(request: QuizRequest, w: Words) -> str:
    levels = [(str(n), f"{n} {w.level(n)}") for n in range(1, 6)]
    low, high = (str(n) for n in request.difficulty)
    between = select("low", levels, low, aria_label=w("difficulty")) + element("span", escape(w("to"))) + select("high", levels, high, aria_label=f"{w('difficulty')} {w('to')}")
    return element("div", element("span", escape(w("difficulty")), class_="label") + element("div", between, class_="range"), class_="field wider")


def choices(documents: Sequence[Document], request: QuizRequest, w: Words) -> str:
    """Write the sections and offices that the chosen documents offer; a fragment of the form."""
    if not 0 < len(documents) <= MOST_DOCUMENTS_FOR_CHOICES:
        return element("p", escape(w("choose_documents")), class_="quiet")
    groups = [(document.title, _sections(document)) for document in documents]
    sections = "".join(
        element("p", escape(title), class_="group", title=title) * (len(groups) > 1) + _ticks("section", found, request.sections) for title, found in groups if found
    )
    offices = Counter(m.value for d in documents for duty in d.facts.duties for m in duty.lead)
    units = _ticks("unit", [name for name, _ in offices.most_common(MOST_LISTED)], request.units)
    return _group(w("sections"), sections, bool(request.sections), w) + _group(w("units"), units, bool(request.units), w)


def _group(name: str, content: str, chosen: bool, w: Words) -> str:
    if not content:
        return ""
    summary = element("summary", escape(name) + element("span", escape(w("any")), class_="hint count", data_any=w("any")))
    return element("details", summary + void_filter(w) + element("div", content, class_="pick", tabindex="0"), class_="group-choice", open="" if chosen else None)


def _sections(document: Document) -> list[str]:
    levels = sorted({s.level for s in document.sections if s.title})[:LEVELS]
    found = (s.path[-1] if s.path else s.title for s in document.sections if s.title and s.level in levels)
    return list(dict.fromkeys(found))[:MOST_LISTED]


def _ticks(name: str, values: Sequence[str], chosen: Sequence[str]) -> str:
    return element("ul", "".join(element("li", check(name, value, value, on=value in chosen)) for value in values))
