"""What the styles of a Word file say: which paragraphs are headings, which text is not shown.

A property not stated by a style comes from the style it is based on (ISO/IEC 29500-1, 17.7); document defaults come last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.readers.package import Element, number_in
from corpus.readers.word_xml import child, children, is_on, local, value_of

_HEADING = re.compile(r"(?:heading|标题)\s?([1-9])", re.IGNORECASE)
_TOC = re.compile(r"(?:toc|目录)\s?\d", re.IGNORECASE)
_TINY = 3
_PALE = 0xF0


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look, as far as it decides whether they are seen; None where it is not stated.

    size: in half points.  shaded: there is a colour behind them, so that white letters are seen.
    """

    hidden: bool | None = None
    white: bool | None = None
    size: int | None = None
    shaded: bool | None = None

    def over(self, base: Look) -> Look:
        """Fill from `base` what is not stated."""
        return Look(
            base.hidden if self.hidden is None else self.hidden,
            base.white if self.white is None else self.white,
            base.size if self.size is None else self.size,
            base.shaded if self.shaded is None else self.shaded,
        )

    def unseen(self) -> bool:
        tiny = self.size is not None and self.size <= _TINY
        return bool(self.hidden) or tiny or bool(self.white and not self.shaded)


NO_LOOK = Look()


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits. level: of a heading, 0 for body text, -1 where it is not stated.

    list_id, list_level: the automatic numbering of its paragraphs, "" for none.
    """

    name: str = ""
    level: int = -1
    centred: bool | None = None
    list_id: str | None = None
    list_level: int = 0
    look: Look = NO_LOOK
    toc: bool = False
    title: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of a document by id; looked up with their whole chain."""

    nodes: dict[str, Element] = field(default_factory=dict)
    default: str = ""
    defaults: Look = NO_LOOK
    _known: dict[str, Style] = field(default_factory=dict)

    def style(self, identity: str) -> Style:
        """Give a style by its id; a chain that bites its tail ends there."""
        if identity in self._known:
            return self._known[identity]
        chain: list[str] = []
        at = identity
        while at in self.nodes and at not in chain and len(chain) < 50:
            chain.append(at)
            based = child(self.nodes[at], "basedOn")
            at = value_of(based) if based is not None else ""
        style = Style()
        for name in reversed(chain):
            style = _style(self.nodes[name], style)
        self._known[identity] = style
        return style


def styles_of(root: Element | None) -> Styles:
    """Read `styles.xml`."""
    styles = Styles()
    if root is None:
        return styles
    for node in children(root, "style"):
        identity = value_of(node, "styleId")
        styles.nodes.setdefault(identity, node)
        if value_of(node, "type") == "paragraph" and value_of(node, "default") in ("1", "true", "on"):
            styles.default = identity
    defaults = child(root, "docDefaults")
    if defaults is not None and (run := next(defaults.iter("{*}rPr"), None)) is not None:
        styles.defaults = look_of(run)
    return styles


def _style(node: Element, base: Style) -> Style:
    name_node = child(node, "name")
    name = value_of(name_node) if name_node is not None else ""
    heading = _HEADING.fullmatch(name)
    paragraph, run = child(node, "pPr"), child(node, "rPr")
    style = replace(
        base, name=name, toc=base.toc or bool(_TOC.fullmatch(name)), title=base.title or name.lower() in ("title", "标题", "文件标题", "公文标题")
    )
    if heading:
        style = replace(style, level=int(heading[1]))
    if paragraph is not None:
        style = _with_paragraph(style, paragraph, named=bool(heading))
    if run is not None:
        style = replace(style, look=look_of(run).over(base.look))
    if local(node) == "style" and value_of(node, "type") == "table" and any(is_shaded(shade) for shade in node.iter("{*}shd")):
        style = replace(style, look=replace(style.look, shaded=True))
    return style


def _with_paragraph(style: Style, paragraph: Element, *, named: bool) -> Style:
    level, centred, listed = paragraph_of(paragraph)
    if level >= 0 and not named:
        style = replace(style, level=level)
    if centred is not None:
        style = replace(style, centred=centred)
    if listed is not None:
        style = replace(style, list_id=listed[0] if listed[0] is not None else style.list_id, list_level=max(0, listed[1]))
    shade = child(paragraph, "shd")
    return replace(style, look=replace(style.look, shaded=True)) if shade is not None and is_shaded(shade) else style


def paragraph_of(node: Element) -> tuple[int, bool | None, tuple[str | None, int] | None]:
    """Read `pPr`: (heading level, 0 for body text, -1 unstated; centred; list id and level, -1 and None where unstated)."""
    level, centred, listed = -1, None, None
    if (outline := child(node, "outlineLvl")) is not None:
        stated = number_in(value_of(outline), 9)
        level = stated + 1 if 0 <= stated < 9 else 0
    if (aligned := child(node, "jc")) is not None:
        centred = value_of(aligned) == "center"
    if (numbered := child(node, "numPr")) is not None:
        identity, at = child(numbered, "numId"), child(numbered, "ilvl")
        listed = value_of(identity) if identity is not None else None, number_in(value_of(at), 0) if at is not None else -1
    return level, centred, listed


def look_of(node: Element) -> Look:
    """Read `rPr` as far as it decides whether text is seen."""
    hidden = white = size = shaded = None
    for stated in node:
        name = local(stated)
        if name in ("vanish", "specVanish"):
            hidden = is_on(stated)
        elif name == "color":
            white = _is_white(stated)
        elif name == "sz":
            size = number_in(value_of(stated), 24)
        elif name == "shd":
            shaded = is_shaded(stated)
        elif name == "highlight":
            shaded = value_of(stated) not in ("none", "white")
    return Look(hidden, white, size, shaded)


def _is_white(node: Element) -> bool:
    theme = value_of(node, "themeColor")
    if theme:
        return theme in ("background1", "light1") and not value_of(node, "themeShade")
    return is_pale(value_of(node))


def is_pale(colour: str) -> bool:
    """Tell white and what is nearly white from a colour such as "FFFFFF"."""
    return bool(re.fullmatch(r"[0-9A-Fa-f]{6}", colour)) and all(int(colour[at : at + 2], 16) >= _PALE for at in (0, 2, 4))


def is_shaded(node: Element) -> bool:
    """Tell a background that is not white."""
    if value_of(node) not in ("", "clear", "nil", "none"):
        return True
    fill = value_of(node, "fill")
    return bool(value_of(node, "themeFill")) or (fill not in ("", "auto", "none") and not is_pale(fill))
