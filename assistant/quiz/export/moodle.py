"""A paper as Moodle's own formats: question XML and GIFT. Order questions become matchings of places, which every version knows."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from assistant.quiz.export.words import printable
from assistant.quiz.types import Item, Quiz
from assistant.quiz.wording import WRITTEN_BLANK

CHOOSE = ("single", "multiple", "case")


def pairs_of(item: Item) -> tuple[tuple[str, str], ...]:
    """Give what a matching asks: prompt and right text; of an order the places 第1, 第2, …"""
    left = item.prompts or tuple(f"第{n}" for n in range(1, len(item.key) + 1))
    return tuple(zip(left, item.accepted, strict=True))


# ---------------------------------------------------------------- XML


def moodle_xml(quizzes: Sequence[Quiz], title: str) -> bytes:
    """Give a file for Moodle's "Moodle XML" import; each paper is a category."""
    root = ElementTree.Element("quiz")
    for quiz in quizzes:
        category = ElementTree.SubElement(root, "question", type="category")
        _text(category, "category", f"$course$/top/{title.replace('/', '／')}{quiz.version}")
        for number, item in enumerate(quiz.items, 1):
            _question(root, item, number)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _text(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, attributes)
    ElementTree.SubElement(element, "text").text = printable(text)
    return element


def _question(root: ElementTree.Element, item: Item, number: int) -> None:
    kinds = {"true_false": "truefalse", "fill": "shortanswer", "short": "essay", "match": "matching", "order": "matching"}
    question = ElementTree.SubElement(root, "question", type=kinds.get(item.kind, "multichoice"))
    _text(question, "name", f"{number:03d} {item.id}")
    _text(question, "questiontext", item.stem, format="plain_text")
    _text(question, "generalfeedback", item.explanation, format="plain_text")
    for tag, value in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0"), ("idnumber", item.id)):
        ElementTree.SubElement(question, tag).text = value
    _answers(question, item)
    tags = ElementTree.SubElement(question, "tags")
    _text(tags, "tag", f"难度{item.difficulty}")


def _answers(question: ElementTree.Element, item: Item) -> None:
    if item.kind in CHOOSE:
        ElementTree.SubElement(question, "single").text = "false" if item.kind == "multiple" else "true"
        ElementTree.SubElement(question, "shuffleanswers").text = "true"
        ElementTree.SubElement(question, "answernumbering").text = "ABCD"
        for at, option in enumerate(item.options):
            _text(question, "answer", option, fraction=_fraction(item, at), format="plain_text")
    elif item.kind == "true_false":
        for at, word in enumerate(("true", "false")):
            _text(question, "answer", word, fraction="100" if item.key == (at,) else "0", format="moodle_auto_format")
    elif item.kind == "fill":
        ElementTree.SubElement(question, "usecase").text = "0"
        for accepted in item.accepted:
            _text(question, "answer", accepted.replace("*", r"\*"), fraction="100", format="moodle_auto_format")
    elif item.kind == "short":
        ElementTree.SubElement(question, "responseformat").text = "plain"
        ElementTree.SubElement(question, "responserequired").text = "1"
        _text(question, "graderinfo", "；".join(item.accepted), format="plain_text")
    else:
        ElementTree.SubElement(question, "shuffleanswers").text = "true"
        for left, right in pairs_of(item):
            subquestion = _text(question, "subquestion", left, format="plain_text")
            _text(subquestion, "answer", right)


def _fraction(item: Item, at: int) -> str:
    """Several right options share the marks; a wrong one takes as much away, so that ticking all gives nothing."""
    right = len(item.key)
    if item.kind != "multiple":
        return "100" if at in item.key else "0"
    return f"{100 / right:.5f}".rstrip("0").rstrip(".") if at in item.key else f"-{100 / (len(item.options) - right):.5f}".rstrip("0").rstrip(".")


# ---------------------------------------------------------------- GIFT

_SPECIAL = str.maketrans({c: f"\\{c}" for c in r"~=#{}:\\"} | {"\n": "\\n"})


def gift(quizzes: Sequence[Quiz], title: str) -> bytes:
    """Give a GIFT file; questions are separated by blank lines."""
    parts = []
    for quiz in quizzes:
        parts.append(f"$CATEGORY: $course$/top/{title.replace('/', '／')}{quiz.version}")
        parts += [_gift(item, number) for number, item in enumerate(quiz.items, 1)]
    return ("\n\n".join(parts) + "\n").encode()


def escaped(text: str) -> str:
    return printable(text).translate(_SPECIAL)


def _gift(item: Item, number: int) -> str:
    name = f"::{number:03d} {item.id}::"
    feedback = f"####{escaped(item.explanation)}"
    if item.kind == "fill":
        before, _, after = item.stem.partition(WRITTEN_BLANK)
        return f"{name}{escaped(before)}{{{' '.join(f'={escaped(a)}' for a in item.accepted)} {feedback}}}{escaped(after)}"
    return f"{name}{escaped(item.stem)}{{{_gift_answers(item)}{feedback}}}"


def _gift_answers(item: Item) -> str:
    if item.kind == "true_false":
        return "T" if item.key == (0,) else "F"
    if item.kind == "short":
        return ""
    if item.kind in ("match", "order"):
        return "\n" + "".join(f"={escaped(left)} -> {escaped(right)}\n" for left, right in pairs_of(item))
    if item.kind == "multiple":
        return "\n" + "".join(f"~%{_fraction(item, at)}%{escaped(option)}\n" for at, option in enumerate(item.options))
    return "\n" + "".join(f"{'=' if at in item.key else '~'}{escaped(option)}\n" for at, option in enumerate(item.options))
