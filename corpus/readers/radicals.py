"""Radicals that a font's tables name where the text has the ordinary character: what Chromium prints as ⽂ is 文."""

from __future__ import annotations

import unicodedata

# Unicode gives the radicals of the supplement no decomposition, and some of the Kangxi ones the traditional form.
_SIMPLIFIED = dict(
    zip(
        "⺁⺄⺈⺌⺍⺎⺕⺘⺙⺝⺟⺠⺡⺢⺣⺤⺥⺧⺩⺫⺬⺭⺮⺯⺱⺲⺶⺸⺻⺼⺾⻀⻁⻂⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳⼾",
        "厂乙刀小小兀彐手攵月母民水水火爪爪牛王目示示竹糸网网羊羊聿肉艹艹虎衣西见角讠贝足车辶辶辶钅長镸长门阝雨青韦页风飞食饣食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟户",
        strict=True,
    )
)


def plain_character(character: str) -> str:
    """Give the ordinary character for a radical or a compatibility ideograph; every other as it is."""
    if "\u2e80" <= character <= "\u2fdf":
        return _SIMPLIFIED.get(character) or unicodedata.normalize("NFKC", character)
    return unicodedata.normalize("NFC", character) if "\uf900" <= character <= "\ufaff" else character
