"""The dialog that takes a thumb's reason, and the list of shortcuts."""

from __future__ import annotations

from assistant.conversations.judging import LONGEST_COMMENT
from assistant.conversations.types import REASONS
from assistant.web.frame import area, check, field, form
from assistant.web.markup import element, escape
from assistant.web.words import Words

_KEYS = (
    ("Alt + /", "key_ask"), ("Alt + N", "key_new"), ("Alt + L", "key_filter"), ("Alt + K", "key_history"), ("Alt + J", "key_help"), ("Esc", "key_close"),
)  # fmt: skip


def render_judging(address: str, w: Words, *, answered: bool) -> str:
    """Write the form behind a thumb that points down. address: where it goes.  answered: or refused; some reasons fit one only."""
    unfit = ("", "should_answer") if answered else ("", "should_refuse", "wrong_source", "incomplete", "wrong_answer")
    reasons = [check("reason", reason, w(f"reason_{reason}"), kind="radio", required="") for reason in REASONS if reason not in unfit]
    title = element("h2", escape(w("judge_title")), id="dialog-title", tabindex="-1")
    hint = element("p", escape(w("judge_hint")), class_="hint")
    choice = element("fieldset", element("legend", escape(w("judge_title")), class_="unseen") + "".join(reasons), class_="reasons")
    said = field(w("comment"), area("comment", "", 3, maxlength=str(LONGEST_COMMENT)))
    return title + form(address, choice + said + hint + _buttons(w("send"), w("no")), class_="judge")


def render_keys(w: Words) -> str:
    rows = [element("div", element("dt", element("kbd", escape(key))) + element("dd", escape(w(word)))) for key, word in _KEYS]
    title = element("h2", escape(w("keys")), id="dialog-title", tabindex="-1")
    close = element("button", escape(w("close")), type="button", class_="button cancel")
    return title + element("dl", rows, class_="keys") + element("p", close, class_="dialog-buttons")


def _buttons(yes: str, no: str) -> str:
    send = element("button", escape(yes), type="submit", class_="button primary")
    return element("p", element("button", escape(no), type="button", class_="button cancel") + send, class_="dialog-buttons")
