"""A picture of a page → `Page`: characters and ruling lines as a person would see them on the straightened sheet.

Recognition is PP-OCR through RapidOCR: its models lie inside the package and run on the processor, without any network. The
engine is made at first use, takes about 1 GB and 3 to 6 seconds a page on two cores.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib.util import find_spec
from typing import Any

from corpus.errors import UnreadableDocument
from corpus.readers.pages import Box, Glyph, Page, Rule
from corpus.readers.printed import clean
from corpus.readers.ruled import grids

MAX_PIXELS = 24_000_000
DPI = 200
_MOST_SKEW = 6.0
_LONG_SIDE = 2000
_SURE_ENOUGH = 0.75
_BODY = 0.2
_BLACK, _PAPER = 60, 215
_MOST_RULES = 5000
_LOCK = threading.Lock()


def available() -> bool:
    """Tell whether the optional part for recognition is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def missing(what: str) -> UnreadableDocument:
    """Make the error for pages that have to be recognised where nothing is installed to do it."""
    remedy = '请安装文字识别组件(pip install "policy-assistant[ocr]"),或用扫描软件另存为带文字的 PDF 后再添加'
    return UnreadableDocument("ocr_missing", f"{what}是图像,需要文字识别,但没有安装识别组件", remedy)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    quiet = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.text_score": 0.3,
        "Global.max_side_len": _LONG_SIDE,
        "EngineConfig.onnxruntime.intra_op_num_threads": 2,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return RapidOCR(params=quiet)


def page_of(image: Any, number: int, width: float) -> Page:
    """Recognise an image (height × width × 3, BGR, uint8) as page `number`, `width` points wide.

    A sheet that lies on its side or upside down is turned, a slightly rotated one straightened first.
    """
    best = _attempt(image, 0)
    if not _convincing(best):
        turns = (1, 3, 2) if _lies_on_its_side(best) else (2, 1, 3)
        for turn in turns:
            tried = _attempt(image, turn)
            best = max(best, tried, key=_quality)
            if _convincing(best):
                break
    (boxes, rules, height, across) = best
    # A sheet on its side is as wide as the picture of it is high.
    scale = width / image.shape[1]
    glyphs = tuple(_with_one_size([glyph for line in boxes for glyph in _scaled(line, scale)]))
    scaled = tuple(Rule(*(value * scale for value in rule)) for rule in rules)
    return Page(number, across * scale, height * scale, glyphs, scaled, recognised=True)


_Lines = list[list[Glyph]]
_Attempt = tuple[_Lines, list[Rule], int, int]


def _attempt(image: Any, turn: int) -> _Attempt:
    """Recognise the image turned by quarters: (lines of glyphs in pixels, ruling lines, height, width)."""
    import numpy as np

    upright = np.ascontiguousarray(np.rot90(image, turn)) if turn else image
    upright = _straight(_whitened(upright))
    rules = _rules(upright)
    cleaned = _without_specks(_without_grid(upright, rules))
    with _LOCK:
        result = _engine()(cleaned, return_word_box=True, return_single_char_box=True)
    lines = [] if result.boxes is None else _lines(result)
    return lines, rules, upright.shape[0], upright.shape[1]


def _lines(result: Any) -> _Lines:
    words = result.word_results if len(result.word_results) == len(result.txts) else [None] * len(result.txts)
    # Nothing that was recognised is certain.
    found = [_glyphs(box, text, min(float(score), 0.999), word) for box, text, score, word in zip(result.boxes, result.txts, result.scores, words, strict=True)]
    return [line for line in found if line]


def _glyphs(corners: Any, text: str, score: float, words: Any) -> list[Glyph]:
    """Give the characters of a recognised line: where the engine saw them, else spread over the line by their widths."""
    xs, ys = [float(p[0]) for p in corners], [float(p[1]) for p in corners]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if box.height > 1.5 * box.width and len(text) > 1:
        return _stacked(text, box, score)
    placed = [(w[0], float(w[2][0][0]), float(w[2][1][0])) for w in words or () if len(w[0]) == 1]
    if "".join(character for character, _, _ in placed) != "".join(text.split()):
        placed = _spread(text, box)
    em = sum(0.5 if c.isascii() else 1.0 for c, _, _ in placed) or 1.0
    size = min(max(box.width / em, 0.55 * box.height), 0.9 * box.height)
    starts = [x0 for _, x0, _ in placed[1:]] + [box.x1]
    return [
        Glyph(clean(c) or " ", x0, box.top, max(_reach(x1, following, size), x0 + 1), box.bottom, size, score)
        for (c, x0, x1), following in zip(placed, starts, strict=True)
    ]


def _stacked(text: str, box: Box, score: float) -> list[Glyph]:
    """Numbers below each other in a narrow column are taken for one upright line: give each its own place."""
    step = box.height / len(text)
    return [
        Glyph(c, box.x0, box.top + n * step, box.x1, box.top + (n + 1) * step, min(box.width, step), score)
        for n, c in enumerate(clean(text))
    ]


def _reach(end: float, following: float, size: float) -> float:
    """The engine places characters roughly: only a gap of a whole character is one."""
    return following if end < following < end + 0.8 * size else end


def _spread(text: str, box: Box) -> list[tuple[str, float, float]]:
    widths = [0.5 if c.isascii() else 1.0 for c in text]
    step = box.width / (sum(widths) or 1.0)
    placed, at = [], box.x0
    for character, width in zip(text, widths, strict=True):
        placed.append((character, at, at + width * step))
        at += width * step
    return placed


def _scaled(line: list[Glyph], scale: float) -> list[Glyph]:
    return [Glyph(g.text, g.x0 * scale, g.top * scale, g.x1 * scale, g.bottom * scale, g.size * scale, g.sure) for g in line]


def _with_one_size(glyphs: list[Glyph]) -> list[Glyph]:
    """Sizes measured on a picture vary: what is near the usual size has it."""
    if not glyphs:
        return []
    sizes = sorted(glyph.size for glyph in glyphs)
    body = sizes[len(sizes) // 2]
    return [glyph._replace(size=body) if abs(glyph.size - body) < _BODY * body else glyph for glyph in glyphs]


def _quality(attempt: _Attempt) -> float:
    glyphs = [glyph for line in attempt[0] for glyph in line]
    return sum(glyph.sure - 0.5 for glyph in glyphs)


def _convincing(attempt: _Attempt) -> bool:
    glyphs = [glyph for line in attempt[0] for glyph in line]
    if not glyphs:
        return True
    return not _lies_on_its_side(attempt) and sum(glyph.sure for glyph in glyphs) >= _SURE_ENOUGH * len(glyphs)


def _lies_on_its_side(attempt: _Attempt) -> bool:
    """Tell whether most lines are higher than wide."""
    tall = wide = 0
    for line in attempt[0]:
        across = max(g.x1 for g in line) - min(g.x0 for g in line)
        down = line[0].bottom - line[0].top
        tall += down > 1.5 * across
        wide += across > 1.5 * down
    return tall > wide


# ---------------------------------------------------------------- the picture


def _whitened(image: Any) -> Any:
    """Give the picture in gray with white paper and smooth strokes: noise and shade cost most of the small marks (、)."""
    import cv2
    import numpy as np

    gray = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    small = cv2.resize(gray, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    paper = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    level = (gray.astype(np.float32) * 255 / np.maximum(paper, 1) - _BLACK) * 255 / (_PAPER - _BLACK)
    return cv2.cvtColor(np.clip(level, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)


def _straight(image: Any) -> Any:
    """Turn the picture so that its lines run level, where they are off by a sixth of a degree up to six degrees."""
    import cv2

    angle = _skew(image)
    if abs(angle) < 0.15:
        return image
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _skew(image: Any) -> float:
    """Find the angle, in degrees, at which ink and white alternate most sharply from row to row."""
    import cv2
    import numpy as np

    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    shrink = min(1.0, 900 / max(gray.shape))
    small = cv2.resize(gray, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    ink = (cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]).astype(np.float32)
    height, width = ink.shape

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    best = max((step * 0.5 for step in range(-int(_MOST_SKEW * 2), int(_MOST_SKEW * 2) + 1)), key=sharpness)
    best = max((best + step * 0.1 for step in range(-5, 6)), key=sharpness)
    return best if sharpness(best) > 1.03 * sharpness(0.0) else 0.0


def _rules(image: Any) -> list[Rule]:
    """Find the ruling lines of the straight picture: long, thin, level or upright ink."""
    import cv2

    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    longest = max(gray.shape)
    length, thick = max(longest // 40, 20), max(longest // 180, 8)
    across: list[Rule] = []
    down: list[Rule] = []
    for kernel, found in (((length, 1), across), ((1, length), down)):
        # A line that is broken by a speck is still one.
        bridge = cv2.getStructuringElement(cv2.MORPH_RECT, (min(kernel[0], 5), min(kernel[1], 5)))
        mask = cv2.morphologyEx(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, bridge), cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        for x, y, width, height, _area in stats[1 : min(count, _MOST_RULES)].tolist():
            if kernel[1] == 1 and height <= thick:
                found.append(Rule(x, y + height / 2, x + width, y + height / 2))
            elif kernel[0] == 1 and width <= thick:
                found.append(Rule(x + width / 2, y, x + width / 2, y + height))
    reach = longest / 125
    long = [rule for rule in across if rule.x1 - rule.x0 >= 0.08 * gray.shape[1]]
    down = [rule for rule in down if _held(rule, long, reach)]
    short = [rule for rule in across if rule not in long and _held(rule, down, reach)]
    return _snapped([*long, *short, *down], longest / 250)


def _held(rule: Rule, others: list[Rule], reach: float) -> bool:
    """The lines of a table end at lines across them; the strokes of characters do not."""

    def ends(x: float, y: float) -> bool:
        return any(o.x0 - reach <= x <= o.x1 + reach and o.y0 - reach <= y <= o.y1 + reach for o in others)

    return ends(rule.x0, rule.y0) and ends(rule.x1, rule.y1)


def _snapped(rules: list[Rule], reach: float) -> list[Rule]:
    """Lengthen the lines by `reach`, so that those touch that nearly do."""
    return [Rule(r.x0 - reach, r.y0, r.x1 + reach, r.y1) if r.horizontal else Rule(r.x0, r.y0 - reach, r.x1, r.y1 + reach) for r in rules]


def _without_grid(image: Any, rules: list[Rule]) -> Any:
    """Paint out the lines of tables: characters that touch them are read better."""
    import cv2

    boxes = [grid.box for grid in grids(rules)]
    if not boxes:
        return image
    painted = image.copy()
    thick = max(max(image.shape[:2]) // 400, 3)
    for rule in rules:
        if any(box.x0 - 9 <= rule.x0 and rule.x1 <= box.x1 + 9 and box.top - 9 <= rule.y0 and rule.y1 <= box.bottom + 9 for box in boxes):
            cv2.line(painted, (round(rule.x0), round(rule.y0)), (round(rule.x1), round(rule.y1)), (255, 255, 255), thick)
    return painted


def _without_specks(image: Any) -> Any:
    """Paint out single dots of ink: dust is read as a full stop."""
    import cv2
    import numpy as np

    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.threshold(gray, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    largest = max(gray.shape) // 500
    specks = (stats[:, cv2.CC_STAT_AREA] <= largest) & (np.arange(count) > 0)
    if not specks.any():
        return image
    cleaned = image.copy()
    cleaned[cv2.dilate(specks[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 255
    return cleaned
