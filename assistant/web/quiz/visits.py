"""What a participant sees: who are you, the questions, the score. No key and no clause before he has answered."""

from __future__ import annotations

from datetime import datetime

from assistant.quiz.keeping.papers import LONGEST_TITLE
from assistant.quiz.keeping.sittings import LONGEST_PERSON, Share, Sitting
from assistant.quiz.types import POINTS
from assistant.web.frame import Page, button, field, form, tags, text_input
from assistant.web.markup import element, escape
from assistant.web.quiz.questions import answer_field, judged
from assistant.web.quiz.results import answers
from assistant.web.quiz.words import Words, marks


def start_page(share: Share, w: Words, *, going_on: bool) -> Page:
    """Write the first page: what it is, how long, your name. going_on: this browser has begun already."""
    exam = share.mode == "exam"
    total = sum(POINTS[item.kind] for item in share.items)
    rule = w("going_practice") if not exam else w("limit", minutes=share.minutes) if share.minutes else w("no_limit")
    resume = (
        element("p", escape(w("resume")) + " " + element("a", escape(w("resume_go")), class_="button", href=f"/q/{share.token}/paper"), class_="notice")
        if going_on
        else ""
    )
    who = field(w("your_name"), text_input("person", "", required="", maxlength=str(LONGEST_PERSON), autocomplete="name"))
    who += field(w("unit_optional"), text_input("unit", "", maxlength=str(LONGEST_TITLE), autocomplete="organization"))
    begin = form(f"/q/{share.token}/begin", who + button(w("begin_exam") if exam else w("begin"), look="primary wide"))
    head = element("h1", escape(share.title)) + element("p", tags((w(share.mode), w("questions", count=len(share.items)), w("marks", total=total))))
    note = element("p", escape(w("auto_graded")), class_="quiet") if any(i.kind == "short" for i in share.items) else ""
    return Page(share.title, element("section", head + element("p", escape(rule)) + resume + begin + note, class_="card narrow"))


def exam_page(share: Share, sitting: Sitting, now: datetime, w: Words) -> Page:
    """Write all questions on one page, with what was saved filled in."""
    cards = ""
    for place, number in enumerate(sitting.numbers, 1):
        item = share.items[number - 1]
        legend = element("legend", element("span", f"{place}.", class_="number") + escape(item.stem))
        kind = element("p", tags((w.kind(item.kind), w("points", points=POINTS[item.kind]))))
        cards += element("fieldset", legend + kind + answer_field(item, number, sitting.reply(number), w), class_="item", data_number=str(number), id=f"n{number}")
    left = ""
    if sitting.due_at is not None:
        remaining = max(round((sitting.due_at - now).total_seconds()), 0)
        clock = element("b", f"{remaining // 60}:{remaining % 60:02d}", id="clock", data_left=str(remaining), role="timer")
        left = element("span", escape(w("left_time") + " ") + clock)
    done = sum(sitting.answered(n) for n in sitting.numbers)
    progress = element("span", escape(w("progress", done=done, count=len(sitting.numbers))), id="progress", data_text=CHANGING.get(w.language))
    saved = element("span", "", id="saved", role="status", data_saved=w("saved"), data_failed=w("not_saved"))
    bar = element("div", left + progress + saved, class_="exam-bar")
    send = element("div", element("p", "", id="open-questions", data_text=w("submit_hint", count="#"), class_="quiet") + button(w("submit"), look="primary wide"), class_="actions")
    body = bar + element("h1", escape(share.title)) + form(f"/q/{share.token}/finish", cards + send, id="exam", autocomplete="off", data_save=f"/q/{share.token}/save")
    return Page(share.title, body, "sitting")


CHANGING = {"zh": "已答 # / @", "en": "# of @ answered"}
"""The words of the progress with places for the script to put numbers in."""


def practice_page(share: Share, sitting: Sitting, place: int, w: Words) -> Page:
    """Write one question; once it is answered with the verdict, the key and the clause. place: from 1."""
    number = sitting.numbers[place - 1]
    item, count = share.items[number - 1], len(sitting.numbers)
    answered = sitting.answered(number)
    dots = "".join(
        element("a", str(n), href=f"/q/{share.token}/paper?n={n}", class_="dot" + _state(sitting, m), aria_current="step" if n == place else None)
        for n, m in enumerate(sitting.numbers, 1)
    )
    legend = element("legend", element("span", f"{place}.", class_="number") + escape(item.stem))
    kind = element("p", tags((w.kind(item.kind), w("points", points=POINTS[item.kind]))))
    fields = element("fieldset", legend + kind + answer_field(item, number, sitting.reply(number), w), disabled="" if answered else None)
    if answered:
        verdict = element("div", judged(item, sitting.reply(number), sitting.score(number), w, links=True), id="feedback", role="status", tabindex="-1")
        body = fields + verdict
    else:
        body = form(f"/q/{share.token}/check", fields + element("input", name="n", type="hidden", value=str(place)).removesuffix("</input>") + button(w("check"), look="primary wide"), autocomplete="off")
    ways = element("a", escape(w("previous")), class_="button", href=f"/q/{share.token}/paper?n={place - 1}") if place > 1 else element("span")
    if place < count:
        ways += element("a", escape(w("next")), class_="button" + (" primary" if answered else ""), href=f"/q/{share.token}/paper?n={place + 1}", id="next")
    else:
        ways += form(f"/q/{share.token}/finish", button(w("finish"), look="primary" if answered else ""))
    head = element("h1", escape(share.title)) + element("nav", dots, class_="dots", aria_label=w("of_n", n=count))
    return Page(share.title, head + element("section", body, class_="card item") + element("div", ways, class_="row ways"), "sitting")


def _state(sitting: Sitting, number: int) -> str:
    if not sitting.answered(number):
        return ""
    score = sitting.score(number)
    return " good" if score == 1 else " half" if score else " bad"


def result_page(share: Share, sitting: Sitting, w: Words) -> Page:
    """Write the score, and key and clauses where they may be shown."""
    points, total = sitting.points(share.items), sitting.total(share.items)
    wrong = sitting.wrong()
    count = len(sitting.numbers)
    head = element("h1", escape(share.title)) + element("p", escape(w("your_score", points=marks(points), total=total)), class_="score")
    head += element("p", escape(f"{sitting.person} · {w('right_count', right=count - len(wrong), count=count)}"))
    if sitting.due_at is not None and sitting.finished_at is not None and sitting.finished_at >= sitting.due_at:
        head += element("p", escape(w("time_over_note")), class_="notice warn")
    shown = share.review or sitting.mode == "practice"
    if wrong and shown:
        head += form(f"/q/{share.token}/again", button(w("again_mistakes"), look="primary", name="which", value="wrong"))
    elif not wrong:
        head += element("p", escape(w("all_right")), class_="notice")
    if not shown:
        head += element("p", escape(w("no_review")), class_="quiet")
    body = answers(share, sitting, w, links=sitting.mode == "practice") if shown else ""
    return Page(share.title, element("section", head, class_="card narrow result") + body, "sitting")
