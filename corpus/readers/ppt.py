"""Old slides (.ppt, .dps of WPS): converted by LibreOffice and read as .pptx."""

from __future__ import annotations

from dataclasses import replace

from corpus.readers import pptx
from corpus.readers.content import kind_of
from corpus.readers.office import converted
from corpus.types import Source

SUFFIXES: tuple[str, ...] = (".ppt", ".dps")
PRELOAD = ("lxml.etree",)


def read(data: bytes, name: str) -> Source:
    """Read slides through LibreOffice; raise MissingExtra where it is not installed."""
    return replace(pptx.read(converted(data, kind_of(data), ".pptx"), name), format="ppt")
