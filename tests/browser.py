"""A real browser for tests of pages: Debian's Chromium, driven by Playwright. The fixtures over it are in conftest.py."""

from __future__ import annotations

import os
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
needs_browser = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]

DOCS = Path(__file__).parent.parent / "docs"
MOST_COLOURS = 256

UNNAMED = """() => [...document.querySelectorAll('button, a[href], input:not([type=hidden]), textarea, select')].filter(e => e.offsetParent
    && !(e.textContent?.trim() || e.ariaLabel || e.title || e.labels?.[0]?.textContent.trim())).map(e => e.outerHTML)"""

FAINT = """() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const over = (a, b) => a.slice(0, 3).map((v, i) => v * a[3] + b[i] * (1 - a[3]));
  const shine = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (e) => { const layers = []; for (; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor)); return layers.reverse().reduce((c, l) => over(l, c), [255, 255, 255]); };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) || e.closest('svg, .unseen, option, [disabled], [aria-busy=true]')) continue;
    const style = getComputedStyle(e), back = ground(e), front = over(parse(style.color), back);
    const [high, low] = [shine(front), shine(back)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} ${e.tagName}.${e.className} ${walker.currentNode.data.trim().slice(0, 30)}`);
  }
  return found;
}"""
"""Texts whose contrast is below WCAG AA: 4.5, for large type 3."""

STILL = "() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)"
"""Nothing changes its colour any more."""


LOADED = "() => document.readyState === 'complete'"
"""All that the page needs is there. Asked of the page itself: Playwright was seen to wait in vain for a `load` that had been."""


def picture(page: Any, name: str) -> None:
    """Keep what the page shows as docs/NAME.png, when `make screenshots` runs the tests; an ordinary run writes nothing."""
    if not os.environ.get("SCREENSHOTS"):
        return
    from PIL import Image

    shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    shot.convert("RGB").quantize(MOST_COLOURS, dither=Image.Dither.NONE).save(DOCS / f"{name}.png", optimize=True)
