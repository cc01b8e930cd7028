"""What several formats share: a question's text on one sheet, its key in letters or words, where it comes from."""

from __future__ import annotations

from assistant.quiz.types import CHOICES, FALSE, LETTERS, TRUE, Item
from assistant.types import Citation

DIFFICULTIES = ("易", "较易", "中", "较难", "难")


def letters_of(item: Item) -> str:
    """Give the key in letters, as answer columns have it: AC; for true or false the word; for order BCA; for match 1-B 2-A."""
    if item.kind == "true_false":
        return TRUE if item.right == (0,) else FALSE
    if item.kind in CHOICES:
        return "".join(LETTERS[k] for k in item.right)
    at = [LETTERS[item.options.index(text)] for text in item.accepted] if item.options else []
    if item.kind == "match":
        return " ".join(f"{n}-{letter}" for n, letter in enumerate(at, 1))
    return "".join(at)


def written_key(item: Item) -> str:
    """Give the key of a question without options in words: every accepted wording, or all points."""
    return ("/" if item.kind == "fill" else "；").join(item.accepted)


def key_of(item: Item) -> str:
    """Give the key in the shortest form: letters where there are options, else words."""
    return letters_of(item) if item.options else written_key(item)


def whole_stem(item: Item) -> str:
    """Give the stem with what an order or a match puts below it, for programs that know neither kind."""
    lines = [item.stem]
    if item.kind == "match":
        lines += [f"{n}. {prompt}" for n, prompt in enumerate(item.prompts, 1)]
    if item.kind in ("match", "order"):
        lines += [f"{LETTERS[n]}. {option}" for n, option in enumerate(item.options)]
    return "\n".join(lines)


def place_of(citation: Citation) -> str:
    """Name document, headings and page."""
    page = f"（第{citation.page}页）" if citation.page else ""
    return " › ".join([citation.title, *citation.path]) + page


def sources_of(item: Item) -> str:
    return "；".join(dict.fromkeys(place_of(c) for c in item.citations))


def printable(text: str) -> str:
    """Drop control characters, which neither XML nor Office files may hold."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
