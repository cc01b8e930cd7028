"""One question as HTML: as it is printed, as it is answered, and its key with the clause it comes from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from assistant.quiz.export.words import key_of, letters_of, written_key
from assistant.quiz.keeping.replies import LONGEST_REPLY, UNSET, Reply, words_of
from assistant.quiz.types import CHOICES, LETTERS, Item
from assistant.types import Citation
from assistant.web.frame import select, void
from assistant.web.markup import element, escape
from assistant.web.quiz.words import Words
from assistant.web.source import source_address
from corpus.types import Span


def printed(item: Item, *, key: bool) -> str:
    """Write what stands below the stem: prompts of a match, options with letters. key: with the right options marked."""
    prompts = element("ol", (element("li", escape(p)) for p in item.prompts), class_="prompts") if item.prompts else ""
    return prompts + _options(item, set(item.right) if key else set())


def _options(item: Item, right: Collection[int]) -> str:
    if item.kind == "true_false" or not item.options:
        return ""
    rows = (
        element(
            "li",
            element("span", letter, class_="letter") + element("span", escape(option)) + (element("span", "✓", class_="tick") if n in right else ""),
            class_="right" if n in right else None,
        )
        for n, (letter, option) in enumerate(zip(LETTERS, item.options, strict=False))
    )
    return element("ol", rows, class_="options")


def key_line(item: Item) -> str:
    """Say the key in one line: AC; B→A→C; the words of a written answer."""
    if item.kind == "order":
        return "→".join(letters_of(item))
    if item.kind in CHOICES and item.kind != "true_false":
        return "；".join(f"{LETTERS[k]}. {item.options[k]}" for k in item.right)
    if item.kind == "true_false":
        return item.answer
    return key_of(item) if item.options else written_key(item)


def proof(item: Item, w: Words, *, links: bool) -> str:
    """Write the clauses that prove the key. links: with the way to the whole document."""
    places = groupby(item.citations, key=lambda c: (c.title, c.path, c.page))
    return element("div", "".join(_place(list(cited), w, links) for _, cited in places), class_="proof")


def _place(cited: Sequence[Citation], w: Words, links: bool) -> str:
    """Write the clauses that stand under one heading, the heading once."""
    crumbs = "".join(element("li", escape(title)) for title in (cited[0].title, *cited[0].path))
    if cited[0].page:
        crumbs += element("li", escape(w("page", page=cited[0].page)))
    quotes = "".join(
        element("blockquote", quoted(c) if c.quote else escape(w("stale")), lang="zh-CN", class_=None if c.quote else "stale") for c in cited
    )
    link = (
        element("a", escape(w("open_source")), class_="tool", href=source_address(cited[0]), target="_blank", rel="noopener")
        if links and cited[0].quote
        else ""
    )
    return element("div", element("ol", crumbs, class_="panel-path") + quotes + link, class_="clause")


def quoted(citation: Citation) -> str:
    """Write a clause with the words that answer marked."""
    at = citation.start
    pieces: list[str] = []
    for start, end in sorted(citation.highlight):
        if at <= start < end <= citation.end:
            pieces.append(escape(Span(at - citation.start, start - citation.start).of(citation.quote)))
            pieces.append(element("mark", escape(Span(start - citation.start, end - citation.start).of(citation.quote))))
            at = end
    return "".join(pieces) + escape(citation.quote[at - citation.start :])


# ---------------------------------------------------------------- answering


def answer_field(item: Item, number: int, reply: Reply | None, w: Words) -> str:
    """Write the controls for one question. They carry its number and places of options only: nothing here tells the key."""
    name = f"r{number}"
    if item.kind in CHOICES:
        return _choices(item, name, reply if isinstance(reply, list) else [], w)
    given = reply if isinstance(reply, list) else []
    if item.kind == "order":
        listed = _options(item, ())
        places = [(w("position", n=n), n - 1) for n in range(1, len(item.options) + 1)]
        return listed + element("p", escape(w("help_order")), class_="quiet") + _places(item, name, places, given, w)
    if item.kind == "match":
        listed = _options(item, ())
        places = [(f"{n}. {prompt}", n - 1) for n, prompt in enumerate(item.prompts, 1)]
        return listed + element("p", escape(w("help_match")), class_="quiet") + _places(item, name, places, given, w)
    text = reply if isinstance(reply, str) else ""
    settings = {"name": name, "maxlength": str(LONGEST_REPLY), "aria_label": w("write_here"), "placeholder": w("write_here"), "autocomplete": "off"}
    if item.kind == "short":
        return element("p", escape(w("help_short")), class_="quiet") + element("textarea", escape(text), rows="4", **settings)
    return void("input", type="text", value=text, **settings)


def _choices(item: Item, name: str, given: Sequence[int], w: Words) -> str:
    several = item.kind == "multiple"
    rows = ""
    for n, option in enumerate(item.options):
        box = void("input", type="checkbox" if several else "radio", name=name, value=str(n), checked="" if n in given else None)
        letter = "" if item.kind == "true_false" else element("span", LETTERS[n], class_="letter")
        rows += element("li", element("label", box + letter + element("span", escape(option)), class_="choice"))
    hint = element("p", escape(w("help_multiple")), class_="quiet") if several else ""
    return hint + element("ul", rows, class_="choices")


def _places(item: Item, name: str, places: Sequence[tuple[str, int]], given: Sequence[int], w: Words) -> str:
    choices = [("", w("choose_one")), *((str(n), f"{LETTERS[n]}. {option}") for n, option in enumerate(item.options))]
    rows = ""
    for label, at in places:
        chosen = str(given[at]) if at < len(given) and given[at] != UNSET else ""
        rows += element("label", element("span", escape(label)) + select(name, choices, chosen), class_="place")
    return element("div", rows, class_="places")


def judged(item: Item, reply: Reply | None, score: float, w: Words, *, links: bool) -> str:
    """Write how an answer was: right or not, what was said, the key, the clause."""
    look = "good" if score == 1 else "half" if score > 0 else "bad"
    word = w("correct" if score == 1 else "partly" if score > 0 else "wrong")
    said = element("dt", escape(w("your_answer"))) + element("dd", escape(words_of(item, reply) or w("no_answer")))
    if score < 1:
        said += element("dt", escape(w("right_answer"))) + element("dd", escape(key_line(item)))
    return element(
        "div",
        element("p", escape(word), class_="verdict") + element("dl", said) + element("p", escape(w("clause")), class_="quiet") + proof(item, w, links=links),
        class_=f"judged {look}",
    )
