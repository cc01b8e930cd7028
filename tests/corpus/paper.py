"""The document of `renderings` set on sheets of paper by a few rules of its own, and written as OFD or as a scanned picture."""

from __future__ import annotations

import html as markup
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.corpus.renderings import Block, Form

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 210.0, 297.0, 28.0, 184.0, 37.0, 262.0
SIZES = {"title": 7.7, "caption": 6.3}
COLUMNS = (11.0, 23.0, 42.0, 28.0, 28.0, 24.0)
FONTS = ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_NOT_FIRST = "。，、；：！？）》”"


@dataclass(slots=True)
class Sheet:
    """A page. runs: (x, base line, size, text); rules: (x0, y0, x1, y1); all in millimetres."""

    runs: list[tuple[float, float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


def advance(character: str, size: float) -> float:
    return size * (0.5 if character.isascii() else 1.0)


def wrapped(text: str, width: float, size: float, indent: float = 0.0) -> list[str]:
    """Break a text into lines; closing marks hang over the edge."""
    lines, line, used = [], "", indent
    for character in text:
        step = advance(character, size)
        if used + step > width + 0.01 and character not in _NOT_FIRST:
            lines.append(line)
            line, used = "", 0.0
        line += character
        used += step
    return [*lines, line]


def sheets(blocks: Sequence[Block]) -> list[Sheet]:
    """Set the document: first lines indented by two characters, titles in the middle, signatures to the right."""
    found, y = [Sheet()], TOP
    for block in blocks:
        if isinstance(block, Form):
            y = _set_table(found, y, block)
            continue
        size = SIZES.get(block.kind, 5.6)
        indent = 2 * size if block.kind in ("text", "heading") else 0.0
        for n, text in enumerate(wrapped(block.text, RIGHT - LEFT, size, indent)):
            if y + 1.75 * size > BOTTOM or (block.kind == "attachment" and found[-1].runs):
                found.append(Sheet())
                y = TOP
            width = sum(advance(c, size) for c in text)
            x = {"title": (LEFT + RIGHT - width) / 2, "caption": (LEFT + RIGHT - width) / 2, "number": (LEFT + RIGHT - width) / 2}.get(
                block.kind, RIGHT - 4 * size - width if block.kind == "signature" else LEFT + (indent if n == 0 else 0.0)
            )
            found[-1].runs.append((x, y + size, size, text))
            y += 1.75 * size
    for number, sheet in enumerate(found, 1):
        sheet.runs.append((WIDTH / 2 - 6, HEIGHT - 20, 4.0, f"— {number} —"))
    return found


def _set_table(found: list[Sheet], y: float, form: Form) -> float:
    """Set a table; where the page ends the header is repeated and a merged cell goes on without its text."""
    size, leading, pad = 4.2, 6.0, 1.2
    edges = [LEFT + sum(COLUMNS[:n]) for n in range(len(COLUMNS) + 1)]
    texts = {(r, c): wrapped(box.text, COLUMNS[c] - 2 * pad, size) for r, c, box in form.boxes()}
    covered = {(row + down, column): row for row, column, box in form.boxes() for down in range(1, box.down)}
    heights = [max(len(texts[r, c]) for c in range(len(COLUMNS)) if (r, c) in texts and form.rows[r][c].down == 1) * leading + 2 * pad for r in range(len(form.rows))]  # type: ignore[union-attr]
    top = y
    for row in [*range(len(form.rows))]:
        order = [row]
        if y + heights[row] > BOTTOM:
            found[-1].rules += [(x, top, x, y) for x in edges] + [(LEFT, y, edges[-1], y)]
            found.append(Sheet())
            top = y = TOP
            order = [*range(form.n_headers), row]
        for at in order:
            sheet = found[-1]
            for column in range(len(COLUMNS)):
                if (at, column) not in covered or y == top:
                    sheet.rules.append((edges[column], y, edges[column + 1], y))
                for n, text in enumerate(texts.get((at, column), ())):
                    sheet.runs.append((edges[column] + pad, y + pad + n * leading + size, size, text))
            y += heights[at]
    found[-1].rules += [(x, top, x, y) for x in edges] + [(LEFT, y, edges[-1], y)]
    return y


# ---------------------------------------------------------------- OFD


def ofd(blocks: Sequence[Block]) -> bytes:
    """Write a minimal OFD file: two forms of DeltaX, the page number on a template."""
    return ofd_of(sheets(blocks))


_OPEN = '<?xml version="1.0" encoding="UTF-8"?><ofd:{} xmlns:ofd="http://www.ofdspec.org/2016"{}>'


def ofd_of(pages: Sequence[Sheet], extra: str = "", media: dict[str, bytes] | None = None, resources: str = "") -> bytes:
    """Write sheets as OFD. extra: further objects of the first page.  media: members below Doc_0/Res.  resources: MultiMedia elements."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    members = {
        "OFD.xml": _OPEN.format("OFD", ' Version="1.1" DocType="OFD"') + "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": _OPEN.format("Document", "")
        + f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox></ofd:PageArea>"
        + "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        + f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/DocumentRes.xml": _OPEN.format("Res", ' BaseLoc="Res"') + f"<ofd:MultiMedias>{resources}</ofd:MultiMedias></ofd:Res>",
    }
    for n, sheet in enumerate(pages):
        content = "".join(_ofd_objects(sheet)) + (extra if n == 0 else "")
        members[f"Doc_0/Pages/Page_{n}/Content.xml"] = (
            _OPEN.format("Page", "") + f'<ofd:Content><ofd:Layer ID="{100 + n}">{content}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        for name, data in (media or {}).items():
            archive.writestr(f"Doc_0/Res/{name}", data)
    return buffer.getvalue()


def _ofd_objects(sheet: Sheet) -> Iterator[str]:
    for n, (x, y, size, text) in enumerate(sheet.runs):
        steps = [advance(c, size) for c in text[:-1]]
        same = len(set(steps)) == 1 and n % 2
        delta = f"g {len(steps)} {steps[0]:g}" if same else " ".join(f"{step:g}" for step in steps)
        yield (
            f'<ofd:TextObject ID="{1000 + n}" Boundary="{x:g} {y - size:g} {WIDTH - x:g} {size * 1.3:g}" Font="1" Size="{size:g}">'
            f'<ofd:TextCode X="0" Y="{size:g}" DeltaX="{delta}">{markup.escape(text)}</ofd:TextCode></ofd:TextObject>'
        )
    for n, (x0, y0, x1, y1) in enumerate(sheet.rules):
        width, height = max(x1 - x0, 0.35), max(y1 - y0, 0.35)
        yield (
            f'<ofd:PathObject ID="{5000 + n}" Boundary="{x0:g} {y0:g} {width:g} {height:g}" LineWidth="0.35">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>"
        )


# ---------------------------------------------------------------- pictures


def font_path() -> str:
    """Give a font with Chinese characters; "" where none of the usual ones is installed."""
    return next((path for path in FONTS if Path(path).exists()), "")


def drawn(sheet: Sheet, dpi: int = 200) -> Any:
    """Draw a sheet as a picture in gray."""
    from PIL import Image, ImageDraw, ImageFont

    scale = dpi / 25.4
    picture = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, size, text in sheet.runs:
        font = ImageFont.truetype(font_path(), round(size * scale))
        for character in text:
            pen.text((x * scale, y * scale), character, font=font, fill=0, anchor="ls")
            x += advance(character, size)
    for x0, y0, x1, y1 in sheet.rules:
        pen.line((x0 * scale, y0 * scale, x1 * scale, y1 * scale), fill=0, width=2)
    return picture


def scanned(sheet: Sheet, angle: float = 0.8, noise: float = 8.0) -> Any:
    """Draw a sheet as a scanner would see it: slightly turned, gray paper, noise and dust."""
    import numpy as np
    from PIL import Image

    turned = drawn(sheet).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    dice = np.random.default_rng(7)
    gray = np.asarray(turned, dtype=np.float32) * 0.93 + dice.normal(0, noise, (turned.height, turned.width))
    gray[dice.random(gray.shape) < 0.0005] = 30
    return Image.fromarray(np.clip(gray, 0, 255).astype(np.uint8))


def png(picture: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def tiff(pictures: Sequence[Any]) -> bytes:
    buffer = io.BytesIO()
    pictures[0].save(buffer, "TIFF", save_all=True, append_images=list(pictures[1:]), compression="tiff_deflate")
    return buffer.getvalue()


def scan_pdf(pictures: Sequence[Any]) -> bytes:
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=list(pictures[1:]), resolution=200)
    return buffer.getvalue()
