"""The automatic numbers of a Word file: Word stores 一、 and (二) nowhere in the text, only how to count.

`numbering.xml` holds abstract lists of nine levels (ISO/IEC 29500-1, 17.9); a paragraph names a list and a level, and the
number printed depends on all paragraphs before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.numbers import numeral_of
from corpus.readers.package import Element, number_in
from corpus.readers.word_xml import child, children, value_of

LEVELS = 9
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CAPITAL = str.maketrans("〇零一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CLOSED = tuple("、.)）。．:：】]〕,，")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level counts. text: with %1 … %9 for the numbers of the levels; restart: -1 after any higher level, 0 never."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    restart: int = -1
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has been counted. lists: number id → (what it counts in, its levels)."""

    lists: dict[str, tuple[str, tuple[Level, ...]]] = field(default_factory=dict)
    overridden: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, list_id: str, at: int) -> str:
        """Count on in a list at level `at` (from 0) and give what is printed before the paragraph, "" for bullets and no list."""
        if list_id not in self.lists or not 0 <= at < LEVELS:
            return ""
        counter, levels = self.lists[list_id]
        counts = self._counts.setdefault(counter, [None] * LEVELS)
        if list_id in self.overridden:
            # A list that begins anew begins where it is used first; the headings above it keep their numbers.
            for level, start in self.overridden.pop(list_id).items():
                if level >= at:
                    counts[level] = start - 1 if level == at else None
        level_count = counts[at]
        counts[at] = levels[at].start if level_count is None else level_count + 1
        for below in range(at + 1, LEVELS):
            if levels[below].restart < 0 or at < levels[below].restart:
                counts[below] = None
        return self._printed(levels, counts, at)

    def _printed(self, levels: tuple[Level, ...], counts: list[int | None], at: int) -> str:
        level = levels[at]
        if level.form in ("bullet", "none"):
            return "" if level.form == "bullet" or "%" in level.text else level.text
        label = level.text
        for number in range(at + 1):
            if f"%{number + 1}" in label:
                count = counts[number]
                value = levels[number].start if count is None else count
                form = "decimal" if level.legal and number < at else levels[number].form
                label = label.replace(f"%{number + 1}", printed_number(value, form))
        label = label.strip()
        if not label or level.suffix == "nothing" or label.endswith(_CLOSED):
            return label
        return label + " "

    def of_style(self, style: str) -> tuple[str, int] | None:
        """Give the list and level that a paragraph style is tied to from the side of the list."""
        for list_id, (_, levels) in self.lists.items():
            for at, level in enumerate(levels):
                if level.style == style:
                    return list_id, at
        return None


def numbering_of(root: Element | None) -> Numbering:
    """Read `numbering.xml`."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract: dict[str, tuple[Level, ...]] = {}
    named: dict[str, str] = {}
    linked: dict[str, str] = {}
    for node in children(root, "abstractNum"):
        identity = value_of(node, "abstractNumId")
        abstract[identity] = _levels(node)
        if (style := child(node, "styleLink")) is not None:
            named[value_of(style)] = identity
        if (link := child(node, "numStyleLink")) is not None:
            linked[identity] = value_of(link)
    for node in children(root, "num"):
        target = child(node, "abstractNumId")
        counter = value_of(target) if target is not None else ""
        counter = named.get(linked.get(counter, ""), counter)
        levels = list(abstract.get(counter, _levels(None)))
        starts: dict[int, int] = {}
        for override in children(node, "lvlOverride"):
            at = number_in(value_of(override, "ilvl"), -1)
            if not 0 <= at < LEVELS:
                continue
            if (own := child(override, "lvl")) is not None:
                levels[at] = _level(own)
                starts[at] = levels[at].start
            if (start := child(override, "startOverride")) is not None:
                starts[at] = number_in(value_of(start), 1)
        identity = value_of(node, "numId")
        numbering.lists[identity] = (counter, tuple(levels))
        if starts:
            numbering.overridden[identity] = starts
    return numbering


def _levels(node: Element | None) -> tuple[Level, ...]:
    levels = [Level() for _ in range(LEVELS)]
    for own in children(node, "lvl") if node is not None else ():
        at = number_in(value_of(own, "ilvl"), -1)
        if 0 <= at < LEVELS:
            levels[at] = _level(own)
    return tuple(levels)


def _level(node: Element) -> Level:
    def stated(name: str, default: str) -> str:
        found = child(node, name)
        return default if found is None else value_of(found)

    # Word writes formats of its own ("一, 二, …") behind a choice; the fallback is the last one.
    forms = [value_of(form) for form in node.iter("{*}numFmt")]
    form = next((form for form in forms if form != "custom"), "decimal")
    start = number_in(stated("start", "1"), 1)
    legal = child(node, "isLgl")
    is_legal = legal is not None and value_of(legal) not in ("0", "false", "off")
    return Level(form, stated("lvlText", ""), start, stated("suff", "tab"), number_in(stated("lvlRestart", "-1"), -1), is_legal, stated("pStyle", ""))


# ---------------------------------------------------------------- printed numbers


def printed_number(value: int, form: str) -> str:
    """Print a number as Word does in the number format `form`."""
    if value < 0:
        return str(value)
    for prefix, printer in _PRINTERS:
        if form.startswith(prefix):
            return printer(value)
    return str(value)


def _chinese(value: int) -> str:
    return numeral_of(value) if 0 < value < 10_000 else str(value)


def _letters(value: int) -> str:
    # Word repeats the letter: Z, AA, BB.
    return chr(ord("A") + (value - 1) % 26) * min((value - 1) // 26 + 1, 20) if value > 0 else ""


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    printed = ""
    for number, letters in _ROMAN:
        while value >= number:
            printed += letters
            value -= number
    return printed


def _circled(value: int) -> str:
    if 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    return chr(0x3251 + value - 21) if 21 <= value <= 35 else str(value)


def _ordinal_in(characters: str) -> Callable[[int], str]:
    return lambda value: characters[(value - 1) % len(characters)] if value > 0 else ""


_PRINTERS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("chineseLegal", lambda value: _chinese(value).translate(_CAPITAL)),
    ("ideographLegal", lambda value: _chinese(value).translate(_CAPITAL)),
    ("chineseCounting", _chinese),
    ("japaneseCounting", _chinese),
    ("taiwaneseCounting", _chinese),
    ("koreanCounting", _chinese),
    ("ideographTraditional", _ordinal_in(_STEMS)),
    ("ideographZodiac", _ordinal_in(_BRANCHES)),
    ("ideographDigital", lambda value: str(value).translate(_DIGITS)),
    ("japaneseDigital", lambda value: str(value).translate(_DIGITS)),
    ("taiwaneseDigital", lambda value: str(value).translate(_DIGITS)),
    ("ideographEnclosedCircle", _circled),
    ("decimalEnclosedCircle", _circled),
    ("decimalEnclosedParen", lambda value: f"({value})"),
    ("decimalEnclosedFullstop", lambda value: f"{value}."),
    ("decimalFullWidth", lambda value: str(value).translate(_WIDE)),
    ("decimalZero", lambda value: f"{value:02d}"),
    ("numberInDash", lambda value: f"- {value} -"),
    ("upperLetter", _letters),
    ("lowerLetter", lambda value: _letters(value).lower()),
    ("upperRoman", _roman),
    ("lowerRoman", lambda value: _roman(value).lower()),
)
