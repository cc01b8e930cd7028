"""The addresses under /chat: pieces of the chat page, and files of a conversation. Each is somebody's own or does not exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from starlette.responses import HTMLResponse, Response

from assistant.accounts.exports import note_export
from assistant.conversations.export import MEDIA_TYPES, Format, Labels, exported
from assistant.conversations.keeping import UnknownConversation
from assistant.conversations.types import Exchange
from assistant.session import Assistant
from assistant.web.chat.desk import ChatDesk
from assistant.web.chat.filters import MOST_OFFERED, Offered, render_filters
from assistant.web.chat.history import render_history
from assistant.web.chat.panel import render_judging, render_keys
from assistant.web.chat.why import Cited, render_why
from assistant.web.chat.words import WORDS
from assistant.web.downloads import as_file
from assistant.web.forms import Refused
from assistant.web.sections import NUMBER, Section, Visit
from assistant.web.words import Words

ChatVisit = Visit[Words]
Handler = Callable[[ChatDesk, ChatVisit], Response]


def chat_section(desk: ChatDesk) -> Section[ChatDesk, Words]:
    """Give /chat…; the chat page itself is Gradio's, at /."""
    parts = {"token": r"[\w-]{16,64}", "number": NUMBER, "format": "docx|md"}
    return Section(name="", root="/chat", desk=desk, words=WORDS, table=TABLE, parts=parts, right="ask")


# ---------------------------------------------------------------- why, thumbs


def _exchange(desk: ChatDesk, visit: ChatVisit) -> Exchange:
    found = desk.conversation(visit.parts["token"], visit.principal).exchange(int(visit.parts["number"]))
    if found is None:
        raise UnknownConversation("unknown_conversation", "没有这个问题", "它可能已被删除")
    return found


def why(desk: ChatDesk, visit: ChatVisit) -> Response:
    exchange = _exchange(desk, visit)
    library = desk.assistant.seen_by(visit.principal)
    ids = dict.fromkeys(c.document_id for c in exchange.answer.citations) if exchange.answer else {}
    return HTMLResponse(render_why(exchange, [_cited(library, one) for one in ids], visit.words))


def _cited(library: Assistant, document_id: str) -> Cited:
    document = library.store.document(document_id)
    day = document.card.issued or document.card.published
    return Cited(document.title, document.card.issuer, day.isoformat() if day else "", library.remarks(document_id))


def judging(desk: ChatDesk, visit: ChatVisit) -> Response:
    answer = _exchange(desk, visit).answer
    address = f"/chat/{visit.parts['token']}/{visit.parts['number']}/judgement"
    return HTMLResponse(render_judging(address, visit.words, answered=answer is not None and answer.status == "answered"))


def judge(desk: ChatDesk, visit: ChatVisit) -> Response:
    """Take a thumb: helpful=yes, helpful=no with reason and comment, helpful= to take it back."""
    exchange = _exchange(desk, visit)
    token, by, form = visit.parts["token"], visit.principal, visit.form
    if exchange.hidden or form.text("helpful") not in ("yes", "no", ""):
        raise Refused(400, "bad_form", "评价无法保存", "请刷新页面后再试")
    if not form.text("helpful"):
        desk.judgements.take_back(token, exchange.number, by)
    else:
        before = desk.conversation(token, by).before(exchange.number)
        helpful = form.text("helpful") == "yes"
        desk.judgements.judge(token, exchange, before, by, helpful=helpful, reason=form.text("reason"), comment=form.text("comment"))
    return Response(status_code=204)


# ---------------------------------------------------------------- history


def history(desk: ChatDesk, visit: ChatVisit) -> Response:
    """List the conversations; nothing at all for those who have no history."""
    if not visit.principal.may("history"):
        return HTMLResponse("")
    words = visit.form.text("words")[:60]
    lines = desk.history.listing(visit.principal, words, cut=desk.cut_for(visit.principal))
    return HTMLResponse(render_history(lines, visit.words, words=words, kept=desk.history.wanted(visit.principal)))


def rename(desk: ChatDesk, visit: ChatVisit) -> Response:
    desk.history.rename(visit.parts["token"], visit.form.text("title"), visit.principal)
    return Response(status_code=204)


def delete(desk: ChatDesk, visit: ChatVisit) -> Response:
    desk.history.delete(visit.parts["token"], visit.principal)
    return Response(status_code=204)


def delete_all(desk: ChatDesk, visit: ChatVisit) -> Response:
    visit.principal.check("history")
    desk.history.delete_all(visit.principal)
    return Response(status_code=204)


def keep(desk: ChatDesk, visit: ChatVisit) -> Response:
    desk.history.want(visit.principal, visit.form.text("keep") == "yes")
    return Response(status_code=204)


# ---------------------------------------------------------------- filters, keys, files


def filters(desk: ChatDesk, visit: ChatVisit) -> Response:
    library = desk.assistant.seen_by(visit.principal)
    cards = dict(library.store.facts("card"))
    listed = library.store.documents()[:MOST_OFFERED]
    offered = [Offered(d.id, d.title or d.name, d.issuer, cards[d.id].places if d.id in cards else ()) for d in listed]
    return HTMLResponse(render_filters(offered, visit.words))


def keys(desk: ChatDesk, visit: ChatVisit) -> Response:
    return HTMLResponse(render_keys(visit.words))


def export(desk: ChatDesk, visit: ChatVisit) -> Response:
    visit.principal.check("export")
    conversation = desk.conversation(visit.parts["token"], visit.principal)
    kind: Format = "docx" if visit.parts["format"] == "docx" else "md"
    content = exported(conversation, kind, labels_of(visit.words))
    note_export(desk.assistant.store.database, visit.principal, "conversation", kind, count=len(conversation.exchanges))
    return as_file(content, MEDIA_TYPES[kind], f"{conversation.title}.{kind}")


def labels_of(w: Words) -> Labels:
    return Labels(
        product=w.texts.product, exported=w("exported", day=date.today().isoformat()), question=w("question"), answer=w("answer"), sources=w("sources"), nearest=w.texts.refused_nearest,
        scope=w("scope_asked"), refused=w("refused"), note=w("note"), hidden=w("hidden"), page=w.texts.page, in_force=w.texts.in_force, disclaimer=w("disclaimer"),
    )  # fmt: skip


TABLE: Mapping[tuple[str, str], Handler] = {
    ("GET", "/chat/history"): history,
    ("POST", "/chat/history/keep"): keep,
    ("POST", "/chat/history/delete"): delete_all,
    ("GET", "/chat/filters"): filters,
    ("GET", "/chat/keys"): keys,
    ("POST", "/chat/{token}/rename"): rename,
    ("POST", "/chat/{token}/delete"): delete,
    ("GET", "/chat/{token}/conversation.{format}"): export,
    ("GET", "/chat/{token}/{number}/why"): why,
    ("GET", "/chat/{token}/{number}/judgement"): judging,
    ("POST", "/chat/{token}/{number}/judgement"): judge,
}
