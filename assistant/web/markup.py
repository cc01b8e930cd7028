"""The one place where text becomes HTML. Everything a page shows of a document, a question or an answer goes through
`escape`; nothing of it is ever read as Markdown or HTML.

Output holds no line break: the conversation is carried by a Markdown component, in which a blank line would end the HTML
block and let the rest be read as Markdown. Breaks inside text are written as character references instead.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

# Bidirectional overrides and isolates, zero-width characters and control characters can make a clause look different from
# what it says; they are shown as a mark. Tab and line feed stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def escape(text: str) -> str:
    """Give `text` as HTML that shows exactly it: safe inside an element and inside a quoted attribute, on one line."""
    text = text.replace("\r\n", "\n")
    visible = _INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return html.escape(visible, quote=True).replace("\n", "&#10;").replace("\u2028", "&#10;").replace("\u2029", "&#10;")


def element(tag: str, content: str | Iterable[str] = "", **attributes: str | None) -> str:
    """Write an element. content: HTML already rendered.  attributes: values as plain text, they are escaped here; None leaves
    one out; a trailing underscore is dropped (`class_`), an inner one becomes a hyphen (`aria_label`).
    """
    inner = content if isinstance(content, str) else "".join(content)
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{inner}</{tag}>"
