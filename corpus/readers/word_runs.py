"""The characters of a Word paragraph: inserted text in, deleted and unseen text out, fields by their results.

What stands beside the line of text (text boxes, notes, pictures) is collected on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from corpus.readers.package import Element, number_in
from corpus.readers.word_styles import NO_LOOK, Look, Styles, look_of
from corpus.readers.word_xml import child, children, is_on, local, value_of

_TRANSPARENT = frozenset(["ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo", "fldSimple", "ruby", "rubyBase"])
_DELETED = frozenset(("del", "moveFrom"))
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
# Boxes and ticks of forms, in the fonts that hold symbols at letters' places.
_SYMBOLS = {
    "A8": "□", "6F": "□", "71": "□", "A1": "○", "6C": "●", "6E": "■", "FE": "☑", "52": "☑", "FD": "☒", "54": "☒", "FC": "√", "FB": "×", "D8": "➢", "E0": "→",
}  # fmt: skip
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF")


@dataclass(slots=True)
class Tally:
    """What was met in the whole document. unseen: pieces of text that are not shown; changed: deletions left out."""

    unseen: int = 0
    changed: int = 0
    pictures: int = 0
    foreign: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    page: int = 1
    pages_known: bool = False


@dataclass(slots=True)
class RunReader:
    """Reads paragraphs one after another; fields may begin in one and end in another.

    box: called with the content of a text box, where it is met.
    """

    styles: Styles
    tally: Tally
    box: Callable[[Element, bool], None]
    _fields: list[list[str]] = field(default_factory=list)

    def text(self, paragraph: Element, base: Look) -> str:
        """Give what a paragraph shows: tabs as they are, line breaks as line feeds. base: the look of its style."""
        parts: list[str] = []
        self._walk(paragraph, base, parts)
        return "".join(parts)

    def in_contents(self) -> bool:
        """Tell whether a table of contents is open: its entries repeat the headings, with page numbers."""
        return any(kind == "result" and code.split()[:1] == ["TOC"] for code, kind in self._fields)

    def _walk(self, node: Iterable[Element], base: Look, parts: list[str]) -> None:
        for found in node:
            name = local(found)
            if name == "r":
                self._run(found, base, parts)
            elif name == "sdt":
                self._control(found, base, parts)
            elif name == "fldSimple" and value_of(found, "instr").split()[:1][-1:] and value_of(found, "instr").split()[0] in _PAGE_FIELDS:
                continue
            elif name in _TRANSPARENT:
                self._walk(found, base, parts)
            elif name in _DELETED:
                self.tally.changed += bool("".join(found.itertext()).strip())
            elif name in ("oMath", "oMathPara"):
                parts.append("".join(text.text or "" for text in found.iter("{*}t")))
            elif name == "AlternateContent":
                self._walk(_chosen(found), base, parts)
            elif name in ("drawing", "pict", "object"):
                self._beside(found)

    def _control(self, node: Element, base: Look, parts: list[str]) -> None:
        properties = child(node, "sdtPr")
        # 单击此处输入文字 is the program's text, not the document's.
        if properties is not None and is_on(child(properties, "showingPlcHdr")):
            return
        for content in children(node, "sdtContent"):
            self._walk(content, base, parts)

    def _run(self, run: Element, base: Look, parts: list[str]) -> None:
        look = base
        properties = child(run, "rPr")
        if properties is not None:
            named = child(properties, "rStyle")
            style_look = self.styles.style(value_of(named)).look if named is not None else NO_LOOK
            look = look_of(properties).over(style_look).over(base)
        shown: list[str] = []
        for found in run:
            self._run_part(found, local(found), base, shown)
        text = "".join(shown)
        if text.strip() and look.unseen():
            self.tally.unseen += 1
        elif text:
            parts.append(text)

    def _run_part(self, node: Element, name: str, base: Look, shown: list[str]) -> None:
        if name == "t":
            if self._shows():
                shown.append(node.text or "")
        elif name in _MARKS:
            shown.append(_MARKS[name])
        elif name == "br":
            shown.append("" if value_of(node, "type") in ("page", "column") else "\n")
        elif name in ("fldChar", "instrText"):
            self._field(node, name)
        elif name == "sym":
            shown.append(_symbol(node))
        elif name in ("footnoteReference", "endnoteReference"):
            self.tally.notes.append((name[: -len("Reference")], value_of(node, "id")))
        elif name == "lastRenderedPageBreak":
            self.tally.page += 1
            self.tally.pages_known = True
        elif name in ("drawing", "pict", "object"):
            self._beside(node)
        elif name in ("ruby", "AlternateContent"):
            # A ruby shows its base; the reading over it is an aid.
            self._walk(children(node, "rubyBase") if name == "ruby" else _chosen(node), base, shown)

    # ------------------------------------------------------------ fields

    def _field(self, node: Element, name: str) -> None:
        if name == "instrText":
            if self._fields and self._fields[-1][1] == "code":
                self._fields[-1][0] += node.text or ""
            return
        kind = value_of(node, "fldCharType")
        if kind == "begin" and len(self._fields) < 100:
            self._fields.append(["", "code"])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _shows(self) -> bool:
        return all(kind == "result" and code.split()[:1] != [] and code.split()[0] not in _PAGE_FIELDS for code, kind in self._fields)

    # ------------------------------------------------------------ beside the text

    def _beside(self, node: Element) -> None:
        """Read text boxes and artistic lettering; count pictures."""
        for found in node.iter("{*}txbxContent", "{*}textpath", "{*}blip", "{*}imagedata"):
            name = local(found)
            if name == "txbxContent":
                if not any(local(up) == "txbxContent" or local(up) == "Fallback" for up in _between(found, node)):
                    self.box(found, _is_filled(node))
            elif name == "textpath":
                self.box(found, True)
            else:
                self.tally.pictures += 1


def _between(node: Element, top: Element) -> Iterable[Element]:
    """Give the elements around `node` up to `top`."""
    for up in node.iterancestors():
        if up is top:
            return
        yield up


def _is_filled(node: Element) -> bool:
    return any(local(found) == "solidFill" or value_of(found, "fillcolor") for found in node.iter())


def _chosen(node: Element) -> Iterable[Element]:
    """Take the first choice that is offered; the fallback says the same for older programs."""
    for name in ("Choice", "Fallback"):
        found = child(node, name)
        if found is not None:
            return list(found)
    return []


def _symbol(node: Element) -> str:
    code = value_of(node, "char").upper()
    if code[:1] == "F" and len(code) == 4 and "ings" in value_of(node, "font").lower():
        return _SYMBOLS.get(code[2:], "")
    number = number_in(str(int(code, 16)), 0) if code and all(c in "0123456789ABCDEF" for c in code) and len(code) <= 6 else 0
    return chr(number) if 32 <= number < 0x11_0000 and not 0xD800 <= number <= 0xF8FF else ""
