"""Where to look: the drawer in which a person limits the search, and its state as the page sends it along with a question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from assistant.programs.verbs import EVERYWHERE, Where
from assistant.web.frame import button, check, field, text_input, void
from assistant.web.markup import element, escape
from assistant.web.words import Words

MOST_DOCUMENTS = 50
"""Documents that can be chosen at once."""
MOST_OFFERED = 2000
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Offered:
    """A document that can be chosen, with what the other filters know of it."""

    id: str
    title: str
    issuer: str
    places: tuple[str, ...]


def parse_where(sent: str) -> Where:
    """Read the state that the page sends; what is no state is none: the question is then asked of everything."""
    if len(sent) > 8000:
        return EVERYWHERE
    try:
        value = json.loads(sent) if sent else {}
    except (ValueError, RecursionError):
        return EVERYWHERE
    if not isinstance(value, dict):
        return EVERYWHERE
    chosen = value.get("documents")
    documents = tuple(d for d in chosen if isinstance(d, str) and len(d) <= _LONGEST)[:MOST_DOCUMENTS] if isinstance(chosen, list) else ()
    return Where(documents, *(_text(value.get(part.name)) for part in fields(Where)[1:]))


def written_where(where: Where) -> str:
    return json.dumps({name: value for name, value in asdict(where).items() if value}, ensure_ascii=False) if where != EVERYWHERE else ""


def _text(value: object) -> str:
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def render_filters(offered: Sequence[Offered], w: Words) -> str:
    """Write the drawer's form; the script fills in what is set and keeps what is chosen."""
    issuers = sorted({one.issuer for one in offered if one.issuer})
    places = sorted({place for one in offered for place in one.places})
    title = element("h2", escape(w("filter")), id="dialog-title", tabindex="-1")
    days = element(
        "div",
        field(w("filter_since"), text_input("since", maxlength="20", placeholder=w("day_hint"))) + field(w("filter_until"), text_input("until", maxlength="20", placeholder=w("day_hint"))),
        class_="days",
    )  # fmt: skip
    parts = (
        _documents(offered, w),
        _suggested("issuer", w("filter_issuer"), issuers, w),
        _suggested("place", w("filter_place"), places, w),
        days,
        field(w("filter_as_of"), text_input("as_of", maxlength="20", placeholder=w("day_hint")), w("as_of_hint")),
        element("p", element("button", escape(w("clear")), type="button", class_="button clear-filters") + button(w("apply"), look="primary"), class_="dialog-buttons"),
    )
    return title + element("p", escape(w("filter_hint")), class_="hint") + element("form", parts, class_="filters", action="/chat/filters", method="get")


def _suggested(name: str, label: str, values: Iterable[str], w: Words) -> str:
    options = "".join(void("option", value=value) for value in values)
    control = text_input(name, list=f"known-{name}", placeholder=w("any"), maxlength=str(_LONGEST), autocomplete="off")
    return field(label, control) + element("datalist", options, id=f"known-{name}")


def _documents(offered: Sequence[Offered], w: Words) -> str:
    rows = [element("li", check("documents", one.id, one.title)) for one in offered[:MOST_OFFERED]]
    search = text_input("find", type="search", class_="filter", aria_label=w("find_document"), placeholder=w("find_document"))
    legend = element("legend", escape(w("filter_documents")))
    return element("fieldset", legend + search + element("ul", rows, class_="pick", tabindex="0"), class_="documents")
