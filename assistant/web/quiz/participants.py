"""What participants do with the token of a link: begin, answer, hand in, look at the score. The token opens this paper and nothing else."""

from __future__ import annotations

from starlette.responses import Response

from assistant.quiz.keeping.reach import link_lives
from assistant.quiz.keeping.replies import Reply, read_reply
from assistant.quiz.keeping.sittings import Share, Sitting
from assistant.web.forms import Refused
from assistant.web.frame import Page, now
from assistant.web.quiz.desk import Desk, Handler, Visit
from assistant.web.quiz.visits import exam_page, practice_page, result_page, start_page
from assistant.web.sections import go
from corpus.errors import QuizClosed, UnknownQuiz

COOKIE = "sitting"


def seated(visit: Visit, share: Share, sitting: Sitting) -> Response:
    """Lead to the questions; from now on this browser goes on with this sitting."""
    response = go(f"/q/{share.token}/paper")
    response.set_cookie(
        COOKIE, sitting.secret, path=f"/q/{share.token}", httponly=True, samesite="lax", secure=visit.request.url.scheme == "https",
        max_age=max(int((share.expires_at - now()).total_seconds()), 60),
    )  # fmt: skip
    return response


def show_start(desk: Desk, visit: Visit) -> Page:
    share = _share(desk, visit)
    if not share.open(now()):
        raise QuizClosed("share_closed", "这次作答已经结束", "如需作答请与发链接的人联系")
    try:
        going_on = not _sitting(desk, visit, share).over(now())
    except UnknownQuiz:
        going_on = False
    return start_page(share, visit.words, going_on=going_on)


def begin(desk: Desk, visit: Visit) -> Response:
    share = _share(desk, visit)
    desk.limits.beginnings.check(share.token)
    return seated(visit, share, desk.sittings.begin(share, visit.form.text("person"), visit.form.text("unit"), now()))


def show_paper(desk: Desk, visit: Visit) -> Page | Response:
    share = _share(desk, visit)
    sitting = _sitting(desk, visit, share)
    if sitting.over(now()):
        desk.sittings.finish(share, sitting, {}, now())
        return go(f"/q/{share.token}/result")
    if sitting.mode == "exam":
        return exam_page(share, sitting, now(), visit.words)
    place = visit.form.number("n", 0)
    if not 1 <= place <= len(sitting.numbers):
        place = next((n for n, number in enumerate(sitting.numbers, 1) if not sitting.answered(number)), len(sitting.numbers))
    return practice_page(share, sitting, place, visit.words)


def save(desk: Desk, visit: Visit) -> Response:
    """Keep one answer of an exam while it goes on; nothing about it is told."""
    share = _share(desk, visit)
    sitting = _sitting(desk, visit, share)
    desk.limits.replies.check(sitting.secret)
    if sitting.mode != "exam":
        raise Refused(404, "not_found", "没有这个页面", "请刷新页面")
    number = visit.form.number("number", 0)
    desk.sittings.reply(share, sitting, number, _reply(share, sitting, number, visit), now())
    return Response(status_code=204)


def check(desk: Desk, visit: Visit) -> Response:
    """Judge one answer of a practice, once."""
    share = _share(desk, visit)
    sitting = _sitting(desk, visit, share)
    desk.limits.replies.check(sitting.secret)
    if sitting.mode != "practice":
        raise Refused(404, "not_found", "没有这个页面", "请刷新页面")
    place = visit.form.number("n", 0)
    number = sitting.numbers[place - 1] if 1 <= place <= len(sitting.numbers) else 0
    desk.sittings.reply(share, sitting, number, _reply(share, sitting, number, visit), now())
    return go(f"/q/{share.token}/paper?n={place}#feedback")


def finish(desk: Desk, visit: Visit) -> Response:
    share = _share(desk, visit)
    sitting = _sitting(desk, visit, share)
    desk.limits.replies.check(sitting.secret)
    sent = {n: _reply(share, sitting, n, visit) for n in sitting.numbers} if sitting.mode == "exam" else {}
    desk.sittings.finish(share, sitting, sent, now())
    return go(f"/q/{share.token}/result")


def show_result(desk: Desk, visit: Visit) -> Page | Response:
    share = _share(desk, visit)
    sitting = _sitting(desk, visit, share)
    if sitting.over(now()):
        sitting = desk.sittings.finish(share, sitting, {}, now())
    if sitting.finished_at is None:
        return go(f"/q/{share.token}/paper")
    return result_page(share, sitting, visit.words)


def again(desk: Desk, visit: Visit) -> Response:
    """Practise the questions that went wrong, as a sitting of its own."""
    share = _share(desk, visit)
    sitting = _sitting(desk, visit, share)
    desk.limits.beginnings.check(share.token)
    if sitting.finished_at is None or not (share.review or sitting.mode == "practice"):
        raise Refused(403, "not_found", "本次考试不公布答案", "")
    wrong = sitting.wrong()
    if not wrong:
        return go(f"/q/{share.token}/result")
    return seated(visit, share, desk.sittings.begin(share, sitting.person, sitting.unit, now(), mode="practice", numbers=wrong))


def _share(desk: Desk, visit: Visit) -> Share:
    share = desk.sittings.link(visit.parts["token"])
    if not link_lives(desk.assistant.store, share.token):
        raise UnknownQuiz("unknown_share", "没有这个链接", "请向发链接的人核对")
    return share


def _sitting(desk: Desk, visit: Visit, share: Share) -> Sitting:
    return desk.sittings.sitting(share.token, visit.request.cookies.get(COOKIE, ""))


def _reply(share: Share, sitting: Sitting, number: int, visit: Visit) -> Reply | None:
    return read_reply(share.items[number - 1], visit.form.all(f"r{number}")) if number in sitting.numbers else None


TABLE: dict[tuple[str, str], Handler] = {
    ("GET", "/q/{token}"): show_start,
    ("POST", "/q/{token}/begin"): begin,
    ("GET", "/q/{token}/paper"): show_paper,
    ("POST", "/q/{token}/save"): save,
    ("POST", "/q/{token}/check"): check,
    ("POST", "/q/{token}/finish"): finish,
    ("GET", "/q/{token}/result"): show_result,
    ("POST", "/q/{token}/again"): again,
}
