"""The colours of the pages meet WCAG AA in both themes: 4.5 to 1 for text, 3 to 1 for the edges of what is typed into or pressed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[1] / "assistant/web/static/page.css").read_text(encoding="utf-8")
TEXT = [
    *((ink, ground) for ink in ("ink", "quiet", "accent", "accent-strong", "danger") for ground in ("paper", "surface", "soft")),
    *(("ink", ground) for ground in ("mark", "mark-strong", "accent-soft", "warn-soft", "calm-soft")),
    ("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent-strong", "accent-soft"), ("warn", "warn-soft"), ("calm", "calm-soft"),
    ("quiet", "calm-soft"), ("accent", "calm-soft"), ("paper", "ink"),
]  # fmt: skip
EDGES = [("edge", "paper"), ("edge", "surface"), ("accent", "paper"), ("accent", "surface")]


def colours(selector: str) -> dict[str, str]:
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", CSS, re.S | re.M)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block.group(1)))


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21) and ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [":root", ".dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (EDGES, 3.0)], ids=["text", "edges"])
def test_every_pair_of_colours_is_told_apart(theme: str, pairs: list[tuple[str, str]], least: float) -> None:
    named = colours(":root") | colours(theme)
    weak = {pair: round(ratio(named[pair[0]], named[pair[1]]), 2) for pair in pairs if ratio(named[pair[0]], named[pair[1]]) < least}
    assert weak == {}


def test_motion_is_left_out_for_those_who_want_none() -> None:
    assert re.search(r"prefers-reduced-motion: reduce\) \{ \* \{ animation: none !important; transition: none !important", CSS)
