"""Elements of WordprocessingML by their local names: the strict and the transitional schema differ in namespaces only."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers.package import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def local(node: Element) -> str:
    """Give the name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def value_of(node: Element, name: str = "val") -> str:
    """Give an attribute by its local name, "" when it is not there."""
    found = node.get(_W + name)
    if found is None:
        found = next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")
    return str(found)


def child(node: Element, name: str) -> Element | None:
    """Give the first child of that name."""
    return next((found for found in node if local(found) == name), None)


def children(node: Element, name: str) -> Iterator[Element]:
    """Give all children of that name."""
    return (found for found in node if local(found) == name)


def is_on(node: Element | None) -> bool:
    """Read a toggle: `<w:vanish/>` is on, `<w:vanish w:val="0"/>` is off, no element is off."""
    return node is not None and value_of(node) not in ("0", "false", "off", "none")
