"""How people did: a table for the trainer, the same as CSV, one person's answers, and the marks reached by question."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from assistant.export.delimited import inert
from assistant.quiz.keeping.papers import SavedPaper
from assistant.quiz.keeping.sittings import Share, Sitting
from assistant.quiz.types import POINTS
from assistant.web.frame import Page, button, form, moment, tags, void
from assistant.web.markup import element, escape
from assistant.web.quiz.questions import judged, printed
from assistant.web.quiz.words import Words, marks

Result = tuple[Share, tuple[Sitting, ...]]
HEADINGS = ("试卷", "姓名", "单位", "方式", "开始时间", "交卷时间", "用时(秒)", "得分", "满分", "得分率", "答对题数", "题数")


def seconds(sitting: Sitting) -> int | None:
    return round((sitting.finished_at - sitting.started_at).total_seconds()) if sitting.finished_at else None


def csv_of(results: Sequence[Result]) -> bytes:
    """Write one line a sitting, with the marks by question at the end; nothing in it is a formula to a spreadsheet."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    most = max((len(share.items) for share, sittings in results if sittings), default=0)
    writer.writerow([*HEADINGS, *(f"第{n}题" for n in range(1, most + 1))])
    for share, sittings in results:
        for sitting in sittings:
            writer.writerow([inert(cell) for cell in _cells(share, sitting)])
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _cells(share: Share, sitting: Sitting) -> list[str]:
    points, total = sitting.points(share.items), sitting.total(share.items)
    done = sitting.finished_at is not None
    by_question = [marks(POINTS[item.kind] * sitting.score(n)) if done and n in sitting.numbers else "" for n, item in enumerate(share.items, 1)]
    took = seconds(sitting)
    return [
        share.title, sitting.person, sitting.unit, "考试" if sitting.mode == "exam" else "练习", moment(sitting.started_at),
        moment(sitting.finished_at) if sitting.finished_at else "", "" if took is None else str(took), marks(points) if done else "", str(total),
        f"{points / total:.0%}" if done and total else "", str(len(sitting.numbers) - len(sitting.wrong())) if done else "", str(len(sitting.numbers)), *by_question,
    ]  # fmt: skip


def results_page(paper: SavedPaper, results: Sequence[Result], w: Words) -> Page:
    head = element("p", element("a", escape("‹ " + w("back_to_paper")), href=f"/quiz/papers/{paper.id}"), class_="crumb")
    head += element("h1", escape(f"{w('results')} · {paper.title}"))
    if not any(sittings for _, sittings in results):
        return Page(w("results"), head + element("p", escape(w("no_results")), class_="quiet"))
    headings = ("person", "unit", "mode", "started", "duration", "score", "answers")
    rows = "".join(_row(paper, share, sitting, w) for share, sittings in results for sitting in sittings)
    table = element("table", element("thead", element("tr", (element("th", escape(w(h)), scope="col") for h in headings))) + element("tbody", rows))
    download = element("p", element("a", escape(w("results_csv")), class_="button primary", href=f"/quiz/papers/{paper.id}/results.csv"))
    charts = "".join(_by_question(share, sittings, w) for share, sittings in results if any(s.finished_at for s in sittings))
    content = head + download + element("div", table, class_="card table-frame", tabindex="0") + charts
    return Page(w("results"), content)


def _row(paper: SavedPaper, share: Share, sitting: Sitting, w: Words) -> str:
    took = seconds(sitting)
    score = w("going_on") if took is None else f"{marks(sitting.points(share.items))} / {sitting.total(share.items)}"
    person = escape(sitting.person) + (tags((w("own"),)) if share.own else "")
    look = element("a", escape(w("review_marks")), href=f"/quiz/papers/{paper.id}/results/{sitting.id}", aria_label=f"{w('answers')} {sitting.person}")
    cells = (
        element("th", person, scope="row"), element("td", escape(sitting.unit)), element("td", escape(w(sitting.mode))),
        element("td", moment(sitting.started_at)), element("td", "" if took is None else f"{took // 60}:{took % 60:02d}"),
        element("td", escape(score), class_="number-cell"), element("td", look if took is not None else ""),
    )  # fmt: skip
    return element("tr", cells)


def _by_question(share: Share, sittings: Sequence[Sitting], w: Words) -> str:
    done = [s for s in sittings if s.finished_at is not None]
    rows = ""
    for number, item in enumerate(share.items, 1):
        scores = [s.score(number) for s in done if number in s.numbers]
        if scores:
            rate = round(100 * sum(scores) / len(scores))
            meter = void("meter", min="0", max="100", low="50", high="80", optimum="100", value=str(rate)) + "</meter>"
            rows += element("li", element("span", f"{number}.", class_="number") + element("span", escape(item.stem), class_="one-line", title=item.stem) + meter + element("span", escape(w("rate", rate=rate)), class_="number-cell"))
    title = element("h2", escape(w("by_question")) + element("span", escape(f"{w(share.mode)} {moment(share.made_at)}"), class_="hint"))
    return element("section", title + element("ol", rows, class_="rates"), class_="card")


def sitting_page(paper: SavedPaper, share: Share, sitting: Sitting, w: Words) -> Page:
    """Write one person's answers, judged, with the way to a paper of all mistakes of that person."""
    head = element("p", element("a", escape("‹ " + w("results")), href=f"/quiz/papers/{paper.id}/results"), class_="crumb")
    head += element("h1", escape(f"{sitting.person} · {paper.title}"))
    took = seconds(sitting) or 0
    score = w("your_score", points=marks(sitting.points(share.items)), total=sitting.total(share.items))
    head += element("p", tags((score, moment(sitting.started_at), f"{took // 60}:{took % 60:02d}", sitting.unit)))
    if sitting.wrong():
        head += form(f"/quiz/papers/{paper.id}/results/{sitting.id}/mistakes", button(w("mistakes"), look="primary"))
    return Page(sitting.person, head + answers(share, sitting, w, links=True))


def answers(share: Share, sitting: Sitting, w: Words, *, links: bool) -> str:
    cards = ""
    for place, number in enumerate(sitting.numbers, 1):
        item = share.items[number - 1]
        stem = element("p", element("span", f"{place}.", class_="number") + escape(item.stem), class_="stem")
        cards += element("article", stem + printed(item, key=False) + judged(item, sitting.reply(number), sitting.score(number), w, links=links), class_="item")
    return element("div", cards, class_="questions")
