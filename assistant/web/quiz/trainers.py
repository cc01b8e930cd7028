"""What trainers do: make a paper, change it, export it, hand it out, look at results."""

from __future__ import annotations

import io
import secrets
import zipfile
from dataclasses import replace

from starlette.responses import HTMLResponse, Response

from assistant.accounts.exports import note_export
from assistant.quiz.export.files import EXTENSIONS, TITLE, Look, Part, quiz_files
from assistant.quiz.keeping.codec import stale
from assistant.quiz.keeping.editing import Edit, edited
from assistant.quiz.keeping.papers import SavedPaper
from assistant.quiz.keeping.reach import note_maker
from assistant.quiz.keeping.sittings import Share, Sitting
from assistant.quiz.service import versions
from assistant.quiz.types import KINDS, Quiz, QuizRequest
from assistant.web.addresses import is_loopback
from assistant.web.downloads import as_file
from assistant.web.frame import Page, now
from assistant.web.quiz.access import base_address
from assistant.web.quiz.desk import Desk, Handler, Visit
from assistant.web.quiz.home import MOST_DOCUMENTS_FOR_CHOICES, choices, home, request_of
from assistant.web.quiz.papers import MOST_VERSIONS, paper_page
from assistant.web.quiz.participants import seated
from assistant.web.quiz.results import Result, csv_of, results_page, sitting_page
from assistant.web.sections import go
from corpus.errors import BadQuiz, UnknownQuiz

LARGEST_SEED = 1_000_000
OWN_TRY_DAYS = 7
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    "docx": "application/zip", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "html": "text/html; charset=utf-8",
    "json": "application/json", "moodle": "application/xml", "qti": "application/zip", "anki": "application/octet-stream", "pdf": "application/pdf",
}  # fmt: skip


def show_home(desk: Desk, visit: Visit) -> Page:
    listed = [(d.id, d.title or d.name) for d in desk.assistant.store.documents()]
    request, notice = QuizRequest(kinds=KINDS, seed=secrets.randbelow(LARGEST_SEED)), ""
    if wanted := visit.form.number("template", 0):
        request = desk.papers.template(wanted).request
        known = tuple(d for d in request.documents if d in dict(listed))
        notice = visit.words("documents_gone") if known != request.documents else ""
        request = replace(request, documents=known)
    if visit.form.text("saved"):
        notice = visit.words("template_saved")
    return home(listed, desk.papers.listing(), desk.papers.templates(), request, visit.words, notice=notice)


def show_choices(desk: Desk, visit: Visit) -> Response:
    """Sections and offices of the chosen documents, of all in a small library."""
    chosen = visit.form.all("document") or tuple(d.id for d in desk.assistant.store.documents())
    few = chosen if len(chosen) <= MOST_DOCUMENTS_FOR_CHOICES else ()
    documents = [desk.assistant.store.document(identity) for identity in few]
    request = QuizRequest(sections=visit.form.all("section"), units=visit.form.all("unit"))
    return HTMLResponse(choices(documents, request, visit.words))


def make(desk: Desk, visit: Visit) -> Response:
    quiz = desk.assistant.quiz(request_of(visit.form))
    if not quiz.items:
        raise BadQuiz("no_items", quiz.shortfall or "没有出到题目", "请放宽范围、题型或难度")
    return go(f"/quiz/papers/{desk.papers.save(visit.form.text('title') or TITLE, quiz, now())}")


def save_template(desk: Desk, visit: Visit) -> Response:
    desk.papers.save_template(visit.form.text("template"), request_of(visit.form))
    return go("/quiz?saved=1")


def delete_template(desk: Desk, visit: Visit) -> Response:
    desk.papers.delete_template(int(visit.parts["template"]))
    return go("/quiz")


def show_paper(desk: Desk, visit: Visit) -> Page:
    paper = _paper(desk, visit)
    links = desk.sittings.links(paper.id)
    base = base_address(desk.config, visit.request)
    notice = visit.words("template_saved") if visit.form.text("saved") else ""
    local = is_loopback(desk.config.host) and not desk.config.public_address
    return paper_page(paper, links, base, now(), visit.words, local=local, notice=notice)


def rename(desk: Desk, visit: Visit) -> Response:
    paper = _paper(desk, visit)
    desk.papers.change(replace(paper, title=visit.form.text("title")))
    return go(_address(paper))


def delete(desk: Desk, visit: Visit) -> Response:
    desk.papers.delete(int(visit.parts["paper"]))
    return go("/quiz")


def paper_template(desk: Desk, visit: Visit) -> Response:
    paper = _paper(desk, visit)
    desk.papers.save_template(visit.form.text("template"), paper.quiz.request)
    return go(f"{_address(paper)}?saved=1")


# ---------------------------------------------------------------- questions


def lock(desk: Desk, visit: Visit) -> Response:
    """Lock a question, or unlock one that is locked."""
    paper = _paper(desk, visit)
    item = paper.item(visit.parts["item"])
    desk.papers.change(replace(paper, locked=paper.locked ^ {item.id}))
    return go(f"{_address(paper)}#{item.id}")


def swap(desk: Desk, visit: Visit) -> Response:
    paper = _paper(desk, visit)
    old = paper.item(visit.parts["item"])
    at = paper.quiz.items.index(old)
    quiz = desk.assistant.swap(paper.quiz, old.id)
    desk.papers.change(replace(paper, quiz=quiz, locked=paper.locked - {old.id}))
    return go(f"{_address(paper)}#{quiz.items[at].id}")


def edit(desk: Desk, visit: Visit) -> Response:
    paper = _paper(desk, visit)
    item = paper.item(visit.parts["item"])
    sent = visit.form
    right = [int(r) for r in sent.all("right") if r.isascii() and r.isdigit() and len(r) < 3]
    new = edited(item, Edit(sent.text("stem"), sent.all("option"), right, sent.all("prompt"), sent.all("accepted")))
    if new != item:
        desk.papers.change(paper.with_item(new))
    return go(f"{_address(paper)}#{item.id}")


def regenerate(desk: Desk, visit: Visit) -> Response:
    """Make all questions anew but the locked ones, which stay as they are, also when they were edited."""
    paper = _paper(desk, visit)
    kept = {item.id: item for item in paper.quiz.items if item.id in paper.locked}
    request = replace(paper.quiz.request, seed=secrets.randbelow(LARGEST_SEED), keep=tuple(kept))
    quiz = desk.assistant.quiz(request)
    items = tuple(kept.get(item.id, item) for item in quiz.items)
    desk.papers.change(replace(paper, quiz=replace(quiz, items=items), locked=frozenset(kept), edited=paper.edited & frozenset(kept)))
    return go(_address(paper))


# ---------------------------------------------------------------- out of the house


def export(desk: Desk, visit: Visit) -> Response:
    """Write the paper in a format of the package; several files come as one .zip."""
    paper, form = _paper(desk, visit), visit.form.text("format")
    changed = [item for item in paper.quiz.items if stale(item)]
    if changed:
        raise BadQuiz("stale_source", f"有 {len(changed)} 题的依据在文件中已变动或移除", "请换掉标有提示的题,或把文件加回文件库")
    count = visit.form.number("versions", 1)
    if count > MOST_VERSIONS:
        raise BadQuiz("bad_versions", f"卷数应为 1 到 {MOST_VERSIONS}: {count}", "常用 2(A、B 卷)")
    quizzes = versions(paper.quiz, count) if count > 1 else (paper.quiz,)
    parts = quiz_files(quizzes, form, Look(paper.title, visit.form.text("layout") or "整洁"))
    note_export(desk.assistant.store.database, visit.principal, "quiz", form, count=len(paper.quiz.items), title=paper.title)
    return download(parts, form, paper.title)


def download(parts: tuple[Part, ...], form: str, title: str) -> Response:
    """Give the parts of an export as one file to be saved."""
    name, ending = file_name(title), EXTENSIONS[form]
    if len(parts) == 1:
        kind = DOCX if form == "docx" else TYPES.get(form, "text/plain; charset=utf-8")
        return as_file(parts[0].content, kind, f"{name}{parts[0].ending}{ending}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(f"{name}{part.ending}{ending}", part.content)
    return as_file(packed.getvalue(), "application/zip", f"{name}.zip")


def file_name(title: str) -> str:
    """Give a title as a file name that every system takes."""
    plain = "".join("_" if c in '\\/:*?"<>|' or ord(c) < 32 else c for c in title)
    return plain.strip(" .")[:60] or "quiz"


def share(desk: Desk, visit: Visit) -> Response:
    paper, sent = _paper(desk, visit), visit.form
    minutes, days, review = sent.number("minutes", 0), sent.number("days", 7), bool(sent.text("review"))
    link = desk.sittings.share(paper, sent.text("mode"), now(), minutes=minutes, days=days, review=review)
    note_maker(desk.assistant.store, link.token, visit.principal.id)
    return go(f"{_address(paper)}#share")


def close_link(desk: Desk, visit: Visit) -> Response:
    desk.sittings.close(_paper(desk, visit).id, visit.parts["token"], now())
    return go(f"/quiz/papers/{visit.parts['paper']}#share")


def try_it(desk: Desk, visit: Visit) -> Response:
    """Sit the paper oneself, the way a participant does."""
    paper = _paper(desk, visit)
    link = desk.sittings.share(paper, visit.form.text("mode"), now(), minutes=visit.form.number("minutes", 0), days=OWN_TRY_DAYS, own=True)
    note_maker(desk.assistant.store, link.token, visit.principal.id)
    return seated(visit, link, desk.sittings.begin(link, "本机", "", now()))


# ---------------------------------------------------------------- results


def show_results(desk: Desk, visit: Visit) -> Page:
    paper = _paper(desk, visit)
    return results_page(paper, _results(desk, paper), visit.words)


def download_results(desk: Desk, visit: Visit) -> Response:
    paper = _paper(desk, visit)
    results = _results(desk, paper)
    note_export(desk.assistant.store.database, visit.principal, "results", "csv", count=len(results), title=paper.title)
    return as_file(csv_of(results), "text/csv; charset=utf-8", f"{file_name(paper.title)}-成绩.csv")


def show_sitting(desk: Desk, visit: Visit) -> Page:
    paper = _paper(desk, visit)
    return sitting_page(paper, *_sitting(desk, visit, paper), visit.words)


def mistakes(desk: Desk, visit: Visit) -> Response:
    """Make a paper of what a person last answered wrongly, over all papers."""
    paper = _paper(desk, visit)
    _, sitting = _sitting(desk, visit, paper)
    items = desk.sittings.mistakes(sitting.person)
    if not items:
        raise BadQuiz("no_mistakes", f"{sitting.person} 没有错题", "")
    quiz = Quiz(0, items, QuizRequest(count=len(items)), len(items))
    return go(f"/quiz/papers/{desk.papers.save(f'错题:{sitting.person}', quiz, now())}")


def _results(desk: Desk, paper: SavedPaper) -> tuple[Result, ...]:
    links = [desk.sittings.link(link.token) for link in reversed(desk.sittings.links(paper.id))]
    return tuple((link, desk.sittings.results(link, now())) for link in links)


def _sitting(desk: Desk, visit: Visit, paper: SavedPaper) -> tuple[Share, Sitting]:
    wanted = int(visit.parts["sitting"])
    for link, sittings in _results(desk, paper):
        for sitting in sittings:
            if sitting.id == wanted:
                return link, sitting
    raise UnknownQuiz("unknown_sitting", "没有这份答卷", "它可能已被删除")


def _paper(desk: Desk, visit: Visit) -> SavedPaper:
    return desk.papers.paper(int(visit.parts["paper"]))


def _address(paper: SavedPaper) -> str:
    return f"/quiz/papers/{paper.id}"


TABLE: dict[tuple[str, str], Handler] = {
    ("GET", "/quiz"): show_home,
    ("GET", "/quiz/choices"): show_choices,
    ("POST", "/quiz/papers"): make,
    ("POST", "/quiz/templates"): save_template,
    ("POST", "/quiz/templates/{template}/delete"): delete_template,
    ("GET", "/quiz/papers/{paper}"): show_paper,
    ("POST", "/quiz/papers/{paper}/title"): rename,
    ("POST", "/quiz/papers/{paper}/delete"): delete,
    ("POST", "/quiz/papers/{paper}/template"): paper_template,
    ("POST", "/quiz/papers/{paper}/regenerate"): regenerate,
    ("POST", "/quiz/papers/{paper}/items/{item}/lock"): lock,
    ("POST", "/quiz/papers/{paper}/items/{item}/swap"): swap,
    ("POST", "/quiz/papers/{paper}/items/{item}/edit"): edit,
    ("GET", "/quiz/papers/{paper}/export"): export,
    ("POST", "/quiz/papers/{paper}/share"): share,
    ("POST", "/quiz/papers/{paper}/links/{token}/close"): close_link,
    ("POST", "/quiz/papers/{paper}/try"): try_it,
    ("GET", "/quiz/papers/{paper}/results"): show_results,
    ("GET", "/quiz/papers/{paper}/results.csv"): download_results,
    ("GET", "/quiz/papers/{paper}/results/{sitting}"): show_sitting,
    ("POST", "/quiz/papers/{paper}/results/{sitting}/mistakes"): mistakes,
}
