"""A paper as its trainer sees it: every question with key and source, what can be done to it, and how it is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from assistant.quiz.export.files import FORMATS
from assistant.quiz.export.sheet import LAYOUTS
from assistant.quiz.keeping.codec import stale
from assistant.quiz.keeping.editing import LONGEST_OPTION, LONGEST_STEM, MOST_OPTIONS
from assistant.quiz.keeping.papers import SavedPaper
from assistant.quiz.keeping.sittings import LONGEST_EXAM, LONGEST_LIFE, Share
from assistant.quiz.types import CHOICES, LETTERS, POINTS, Item
from assistant.web.frame import (
    Page,
    area,
    button,
    check,
    details,
    field,
    form,
    moment,
    number_input,
    select,
    tags,
    text_input,
)
from assistant.web.markup import element, escape
from assistant.web.quiz.questions import key_line, printed, proof
from assistant.web.quiz.words import Words

SPARE_OPTIONS = 2
MOST_VERSIONS = 8


def paper_page(paper: SavedPaper, links: Sequence[Share], base: str, when: datetime, w: Words, *, local: bool, notice: str = "") -> Page:
    """Write the page. links: to this paper.  base: address for participants.  local: nobody else can reach the server."""
    ordered = [item for _, found in paper.quiz.grouped() for item in found]
    numbers = {item.id: n for n, item in enumerate(ordered, 1)}
    aside = element(
        "aside",
        _actions(paper, w) + _export(paper, w) + _handing_out(paper, links, base, when, w, local=local) + _delete(paper, w),
    )
    groups = "".join(
        element("h2", escape(w.kind(kind)) + element("span", escape(w("each", count=len(items), points=POINTS[kind])), class_="hint"), class_="kind-title")
        + "".join(item_card(paper, item, numbers[item.id], w) for item in items)
        for kind, items in paper.quiz.grouped()
    )
    content = _head(paper, numbers, w, notice) + element("div", element("div", groups, class_="questions") + aside, class_="columns paper")
    return Page(paper.title, content)


def _head(paper: SavedPaper, numbers: dict[str, int], w: Words, notice: str) -> str:
    quiz = paper.quiz
    facts = (w("questions", count=len(quiz.items)), w("marks", total=quiz.total), w("seed_is", seed=quiz.seed), w("made_at", when=moment(paper.made_at)))
    rename = form(f"/quiz/papers/{paper.id}/title", text_input("title", paper.title, required="", aria_label=w("title")) + button(w("save")), class_="row")
    head = element("p", element("a", escape("‹ " + w("back_to_papers")), href="/quiz"), class_="crumb")
    head += element("div", element("h1", escape(paper.title)) + details(w("rename"), rename, class_="inline"), class_="title-row")
    head += element("p", tags(facts))
    ways = (("tries", w("practise")), ("export", w("export")), ("share", w("share")))
    head += element("nav", "".join(element("a", escape(name), class_="button", href=f"#{place}") for place, name in ways), class_="jump row")
    if notice:
        head += element("p", escape(notice), class_="notice", role="status")
    if quiz.shortfall:
        head += element("p", element("b", escape(w("only"))) + escape(" " + quiz.shortfall), class_="notice warn", role="status")
    changed = [numbers[item.id] for item in quiz.items if stale(item)]
    if changed:
        said = w("stale_paper", count=len(changed), numbers="、".join(map(str, sorted(changed))))
        head += element("p", escape(said), class_="notice warn", role="alert")
    return head


def item_card(paper: SavedPaper, item: Item, number: int, w: Words) -> str:
    """Write one question with its key and its tools."""
    locked = item.id in paper.locked
    badges = tags((w("locked") if locked else "",), "on") + tags((w("edited") if item.id in paper.edited else "",), "warn")
    badges += tags((w("stale") if stale(item) else "",), "warn") + tags((w.level(item.difficulty),))
    stem = element("p", element("span", f"{number}.", class_="number") + escape(item.stem), class_="stem")
    key = element("p", element("b", escape(w("key"))) + " " + escape(key_line(item)), class_="key-line")
    base = f"/quiz/papers/{paper.id}/items/{item.id}"
    tools = form(f"{base}/lock", button(w("unlock") if locked else w("lock"), look="plain", aria_pressed=str(locked).lower(), aria_label=f"{w('unlock') if locked else w('lock')} {number}"))
    if not locked:
        tools += form(f"{base}/swap", button(w("swap"), look="plain", aria_label=f"{w('swap')} {number}"))
    hint = element("p", escape(w("edited_hint")), class_="quiet") if item.id in paper.edited else ""
    body = stem + printed(item, key=True) + (key if item.kind not in CHOICES or item.kind == "true_false" else "")
    more = details(w("proof"), hint + proof(item, w, links=True)) + details(w("edit"), _editor(item, base, w), class_="editor")
    return element(
        "article", body + element("div", more + element("div", badges, class_="badges") + element("div", tools, class_="item-tools"), class_="item-foot"),
        class_="item" + (" locked" if locked else ""), id=item.id, aria_label=w("question_n", n=number),
    )  # fmt: skip


def _editor(item: Item, base: str, w: Words) -> str:
    stem = field(w("stem"), area("stem", item.stem, 3, maxlength=str(LONGEST_STEM), required=""))
    return form(f"{base}/edit", stem + _key_editor(item, w) + button(w("save"), look="primary"), class_="edit-form")


def _key_editor(item: Item, w: Words) -> str:
    if item.kind == "true_false":
        ticks = "".join(check("right", str(n), option, on=n in item.right, kind="radio") for n, option in enumerate(item.options))
        return element("fieldset", element("legend", escape(w("key"))) + ticks)
    if item.kind in CHOICES:
        kind = "checkbox" if item.kind == "multiple" else "radio"
        rows = ""
        for n in range(min(len(item.options) + SPARE_OPTIONS, MOST_OPTIONS)):
            text = item.options[n] if n < len(item.options) else ""
            name = w("option", letter=LETTERS[n])
            box = check("right", str(n), LETTERS[n], on=n in item.right, kind=kind, aria_label=f"{name} {w('right')}")
            rows += element("div", box + text_input("option", text, maxlength=str(LONGEST_OPTION), aria_label=name), class_="edit-option")
        return element("fieldset", element("legend", escape(w("right"))) + rows)
    if item.kind == "match":
        rows = ""
        for n in range(min(len(item.prompts) + 1, MOST_OPTIONS)):
            pair = (item.prompts[n], item.accepted[n]) if n < len(item.prompts) else ("", "")
            left = text_input("prompt", pair[0], maxlength=str(LONGEST_OPTION), aria_label=w("left", n=n + 1))
            rows += element("div", left + text_input("option", pair[1], maxlength=str(LONGEST_OPTION), aria_label=f"{w('partner')} {n + 1}"), class_="edit-pair")
        return element("fieldset", element("legend", escape(w("key"))) + rows)
    name, label = {"order": ("option", "steps"), "fill": ("accepted", "accepted"), "short": ("accepted", "points_list")}[item.kind]
    return field(w(label), area(name, "\n".join(item.accepted), min(len(item.accepted) + 1, 8), required=""))


# ---------------------------------------------------------------- beside the questions


def _actions(paper: SavedPaper, w: Words) -> str:
    base = f"/quiz/papers/{paper.id}"
    locked = len({item.id for item in paper.quiz.items} & paper.locked)
    regenerate = form(f"{base}/regenerate", button(w("regenerate"), data_working=w("working")) + element("p", escape(w("regenerate_hint", count=locked)), class_="quiet"))
    practise = form(f"{base}/try", button(w("practise"), look="primary", name="mode", value="practice") + element("p", escape(w("practise_hint")), class_="quiet"))
    minutes = field(w("minutes"), number_input("minutes", 30, 0, LONGEST_EXAM))
    mock = form(f"{base}/try", minutes + button(w("mock"), name="mode", value="exam"))
    name = text_input("template", "", aria_label=w("template_name"), placeholder=w("template_name"), required="")
    template = form(f"{base}/template", element("div", name + button(w("save")), class_="row"))
    return element("section", practise + details(w("mock"), mock) + regenerate + details(w("save_template"), template), class_="card", id="tries")


def _export(paper: SavedPaper, w: Words) -> str:
    formats = [(name, w.format(name)) for name in FORMATS]
    formats.sort(key=lambda pair: pair[0] != "docx")
    layouts = [(name, name) for name in (*LAYOUTS, "Kahoot")]
    content = (
        field(w("format"), select("format", formats, id="format"))
        + element("div", field(w("layout"), select("layout", layouts)), class_="for-xlsx")
        + field(w("versions"), number_input("versions", 1, 1, MOST_VERSIONS), w("versions_hint"))
        + button(w("download"))
    )
    return element("section", element("h2", escape(w("export"))) + form(f"/quiz/papers/{paper.id}/export", content, method="get"), class_="card", id="export")


def _handing_out(paper: SavedPaper, links: Sequence[Share], base: str, when: datetime, w: Words, *, local: bool) -> str:
    shown = "".join(_link(paper, link, base, when, w) for link in links if not link.own)
    modes = select("mode", [("exam", w("exam")), ("practice", w("practice"))])
    new = form(
        f"/quiz/papers/{paper.id}/share",
        element("div", field(w("mode"), modes) + field(w("days"), number_input("days", 7, 1, LONGEST_LIFE)), class_="row")
        + field(w("minutes"), number_input("minutes", 30, 0, LONGEST_EXAM))
        + check("review", "1", w("review"), on=True)
        + button(w("make_link")),
    )
    hint = element("p", escape(w("share_hint")), class_="quiet") + (element("p", escape(w("local_only")), class_="notice warn") if local else "")
    results = element("p", element("a", escape(w("results")), class_="button", href=f"/quiz/papers/{paper.id}/results")) if links else ""
    return element("section", element("h2", escape(w("share"))) + hint + new + shown + results, class_="card", id="share")


def _link(paper: SavedPaper, link: Share, base: str, when: datetime, w: Words) -> str:
    address = f"{base}/q/{link.token}"
    state = w("closed") if link.closed else w("expired") if when >= link.expires_at else w("open_until", when=moment(link.expires_at))
    facts = (w(link.mode), w("within", minutes=link.minutes) if link.minutes else "", state)
    content = element("p", tags(facts))
    if link.open(when):
        copy = element("button", escape(w("copy")), type="button", class_="button copy", data_text=address, data_done=w("copied"))
        content += element("div", text_input("", address, readonly="", maxlength=None, aria_label=w("link"), class_="address") + copy, class_="row")
        content += details(w("qr"), element("div", qr_code(address, w), class_="qr"))
        close = f"/quiz/papers/{paper.id}/links/{link.token}/close"
        content += form(close, button(w("close_link"), look="plain"))
    return element("div", content, class_="link")


def qr_code(address: str, w: Words) -> str:
    """Give the address as a QR code: an SVG image of dark squares on white, whatever the theme, so that phones read it."""
    import segno

    image = BytesIO()
    segno.make(address, error="m", micro=False).save(image, kind="svg", xmldecl=False, border=4, scale=5, dark="#000", light="#fff", omitsize=True, title=w("qr"))
    return image.getvalue().decode()


def _delete(paper: SavedPaper, w: Words) -> str:
    sure = element("p", escape(w("delete_hint")), class_="quiet") + button(w("delete_sure"), look="danger")
    return element("section", details(w("delete_paper"), form(f"/quiz/papers/{paper.id}/delete", sure)), class_="card")
