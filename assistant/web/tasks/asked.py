"""What is asked for, in an address: `?unit=区教育局&state=due&order=deadline`. It is all the state the page has, so it can be shared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from assistant.tasks.matrix import first_day, last_day
from assistant.tasks.tasklist import ORDERS, STATES, Part, Wanted
from assistant.web.forms import Form, Refused

PARTS = ("lead", *get_args(Part))
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """wanted: what the list shows.  page: from 1.  charts: shown below it.  day: where the address says what day today is."""

    wanted: Wanted
    page: int = 1
    charts: bool = False
    day: bool = False

    def query(self) -> str:
        """Give the part of an address after the question mark; what is as usual is left out."""
        wanted = self.wanted
        pairs = [
            ("q", wanted.words), ("unit", wanted.unit), ("part", wanted.part), *(("document", d) for d in wanted.documents), ("issuer", wanted.issuer),
            ("place", wanted.place), ("since", _iso(wanted.since)), ("until", _iso(wanted.until)), ("state", wanted.state),
            ("order", wanted.order if wanted.order != "document" else ""), ("desc", "1" if wanted.descending else ""),
            ("view", "units" if wanted.by_unit else ""), ("charts", "1" if self.charts else ""), ("today", _iso(wanted.today) if self.day else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]  # fmt: skip
        return urlencode([(name, value) for name, value in pairs if value])

    def address(self, path: str = "/tasks") -> str:
        query = self.query()
        return f"{path}?{query}" if query else path

    def but(self, *, page: int = 1, charts: bool | None = None, **wanted: Any) -> Asked:
        """Give the same with something else wanted, on its first page."""
        return replace(self, wanted=replace(self.wanted, **wanted), page=page, charts=self.charts if charts is None else charts)

    @property
    def narrowed(self) -> bool:
        """Does anything limit the list?"""
        plain = Wanted(self.wanted.today, order=self.wanted.order, descending=self.wanted.descending, by_unit=self.wanted.by_unit)
        return self.wanted != plain


def asked_of(sent: Form, today: date) -> Asked:
    """Read the fields of an address. today: the server's day. Raises Refused and InputError ("bad_date") for what cannot be meant."""
    day = sent.text("today")
    wanted = Wanted(
        today=last_day(day) if day else today,
        words=sent.text("q")[:LONGEST_WORDS],
        unit=sent.text("unit")[:LONGEST_WORDS],
        part=_one_of(sent, "part", PARTS),
        documents=tuple(d for d in dict.fromkeys(sent.all("document")) if d),
        issuer=sent.text("issuer")[:LONGEST_WORDS],
        place=sent.text("place")[:LONGEST_WORDS],
        since=first_day(sent.text("since")) if sent.text("since") else None,
        until=last_day(sent.text("until")) if sent.text("until") else None,
        state=_one_of(sent, "state", ("due", *STATES)),
        order=_one_of(sent, "order", ORDERS) or "document",
        descending=sent.text("desc") == "1",
        by_unit=sent.text("view") == "units",
    )
    return Asked(wanted, max(sent.number("page", 1), 1), sent.text("charts") == "1", bool(day))


def _one_of(sent: Form, name: str, values: tuple[str, ...]) -> Any:
    value = sent.text(name)
    if value and value not in values:
        raise Refused(400, "bad_form", f"{name} 不能是 {value[:20]!r}", f"可用: {'、'.join(values)}")
    return value


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
