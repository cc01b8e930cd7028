"""Read English questions about Chinese documents: a bilingual lexicon of the genre, longest phrase first.

The question is turned into a Chinese wording that keeps its question words, places, bodies, dates and numbered places, so that the
same rules read both languages; words of the lexicon become terms with all their Chinese renderings as alternatives. Place names
are matched by their romanisation (Hanyu Pinyin, GB/T 16159, toneless).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product

from assistant.english.answers import readings_of
from assistant.english.bilingual import renderings
from assistant.english.border import Translation
from assistant.english.names import romanised
from assistant.lexicon.english import (
    ATTRIBUTES,
    BODIES,
    CLAUSES,
    COUNTED,
    COUNTED_SORTS,
    EQUAL_BODIES,
    FRAMES,
    GLOSSARY,
    IRREGULAR,
    LEVELS,
    MODIFIERS,
    MONTHS,
    NOISE,
    NUMERALS,
    PARTY_BODIES,
    PLACE_SPELLINGS,
    POLITE,
    PRESUMING,
    REFERENCES,
    STOP,
)
from assistant.question.scope import short_place
from corpus.numbers import numeral_of
from corpus.text import fold

_SORT = re.compile(r"\b(?:class|category|type) (i{1,3}|iv|one|two|three|four)\b|\b(first|second|third|fourth)[ -](?:class|category)\b")
"""A sort that is named by its number: Class II, second-class."""
_HAN = re.compile(r"[㐀-鿿]")
_HAN_RUN = re.compile(r"(?<![(（])[㐀-鿿]+|(?<=[(（])(?![一二三四五六七八九十]{1,3}[)）])[㐀-鿿]+")
_WORD = re.compile(r"[a-z]+(?:[.&'][a-z]+)*|\d+(?:[.,]\d+)*%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = max(len(wording.split()) for wording in GLOSSARY)
_PARTS = frozenset(word for wording in GLOSSARY for word in wording.split())
_PLACEHOLDER = "xplace"
_LEVEL = "|".join(LEVELS)
_LATIN_LEVELS = "qu|shi|xian|zhen|xiang|sheng|jiedao"


def read(question: str, places: Sequence[str], used: Callable[[str], bool] | None = None) -> Translation:
    """Read an English question; see `assistant.english.border.translate`."""
    plain = _plain(question)
    plain, found = _take_places(plain, tuple(dict.fromkeys(places)))
    unknown = tuple(name for name in _unknown(plain) if not (used and _ROMANISED.fullmatch(name) and romanised(name.lower(), used)))
    for name in unknown:
        plain = re.sub(rf"\b{re.escape(name)}\b", _PLACEHOLDER, plain)
    text = POLITE.sub("", plain.lower().strip())
    framed = _framed(text)
    text, references = _take_references(text)
    text, dates = _take_dates(text)
    sorts = [f"{numeral_of(NUMERALS[number])}类" for match in _SORT.finditer(text) for number in match.groups() if number]
    text = _SORT.sub(" ", text)
    grades = sorts + [_lettered(word, letter, used) for word, letter in _LETTERED.findall(text)]
    text = _LETTERED.sub(" ", text)
    terms, units = _terms(re.sub(r"\b(?:an?|per|each) (?=(?:half )?(?:year|quarter|month|week|day)\b)", "every ", NOISE.sub(" ", text)), used)
    if "占比多少" in framed:
        # The share is a topic as well: 护理型床位占比, not any figure of beds.
        terms.append(("占比", ("比例", "比重", "率")))
    laws = [word for word, _ in terms if word.endswith("法") and len(word) > 2]
    if laws and references and references[0].startswith("第"):
        # The rules know a law that is cited (安全生产法第36条) by its name before the number.
        references[0] = laws[0] + references[0]
    runs = [fold(run) for run in _HAN_RUN.findall(question)] + grades
    if runs:
        # Shuangxi Reservoir (双溪水库): the Chinese name says it better.
        terms = [term for term in terms if not (term[0].isascii() and _ROMANISED.fullmatch(term[0]))]
    presumed = ["既然"] if PRESUMING.search(text) else ["为什么"] if framed[:1] == ["为什么"] else []
    # A comma would say that several things are asked for.
    wording = ",".join(["、".join(dict.fromkeys([*presumed, *found, *units, *runs, *references, *dates, *framed[:1]])), *framed[1:]])
    topic = [*found, *(word for word, _ in terms if _HAN.search(word)), *units, *runs, *references, *dates]
    asked = fold("、".join(dict.fromkeys(topic)) + "、" + ",".join(framed))
    return Translation(
        wording, tuple(dict.fromkeys([*terms, *((run, ()) for run in runs)])), unknown, asked.strip("、")
    )


_LETTERED = re.compile(r"\b(class|grade|category|level|tier|type|band) ([a-e])\b")


def _lettered(word: str, letter: str, used: Callable[[str], bool] | None) -> str:
    """A sort named by a letter (Category B) as the library writes it: B类, B级 or B档."""
    forms = ("类", "级", "档") if word in ("category", "type") else ("级", "类", "档")
    return letter + next((form for form in forms if used and used(letter + form)), forms[0])


def _plain(question: str) -> str:
    """Undo typography: one apostrophe, one kind of quotation mark, no hyphens inside words, no possessive."""
    text = re.sub("[’‘`]", "'", question)
    text = re.sub("[“”„《》「」]", '"', text)
    text = re.sub(r"(?<=\w)[-\u2010-\u2013](?=\w)", " ", text)
    return re.sub(r"\s+", " ", re.sub(r"'s\b(?<!it's)(?<!what's)(?<!who's)|(?<=s)'(?=\s)", "", text, flags=re.IGNORECASE)).strip()


def _framed(text: str) -> list[str]:
    """The Chinese question words: the first frame that fits, with the other attributes asked for when it asks for one."""
    first = next(((pattern, wording) for pattern, wording in FRAMES if pattern.search(text)), None)
    if first is None:
        return []
    asked: list[tuple[int, str]] = []
    for clause, frames in product(CLAUSES.finditer(text), ATTRIBUTES):
        found = next((wording for pattern, wording in frames if pattern.search(clause.group())), None)
        if found and found not in (wording for _, wording in asked):
            asked.append((clause.start(), found))
    before = next((wording for pattern, wording in MODIFIERS if pattern.search(text)), "")
    if first[1] not in (wording for _, wording in asked):
        return [before + _with_count(first[1], text)]
    wordings = [wording for _, wording in sorted(asked)]
    return [before + wordings[0], *wordings[1:]]


def _with_count(wording: str, text: str) -> str:
    """`有哪些` of a question for the seven actions is `有哪七个`."""
    match = COUNTED.search(text) if wording == "有哪些" or "哪几个" in wording else None
    if match is None:
        return wording
    number = NUMERALS.get(match.group(1)) or int(match.group(1))
    if "几" in wording:
        return wording.replace("几", numeral_of(number))
    return f"有哪{numeral_of(number)}{'类' if COUNTED_SORTS.match(text, match.end() + 1) else '个'}"


# ---------------------------------------------------------------- places


@lru_cache(maxsize=4096)
def _spelling(place: str) -> str:
    """A pattern for the toneless pinyin of a place: joined, spaced or hyphenated syllables, all readings of each character."""
    return r"[ ']?".join("(?:" + "|".join(map(re.escape, options)) + ")" for options in readings_of(place))


def _take_places(text: str, places: tuple[str, ...]) -> tuple[str, list[str]]:
    """Replace the names of known places by a placeholder; a level word after one stays, it may begin the name of a body."""
    found: list[str] = []
    for place in sorted(places, key=len, reverse=True):
        short = short_place(place)
        forms = [_spelling(form) for form in dict.fromkeys((place, short)) if len(form) >= 2]
        forms += [re.escape(name) for name in PLACE_SPELLINGS.get(short, ())]
        for form in forms:
            # Two blank-separated syllables may be English words (how long you …): only a capital or a level word makes them a name.
            pattern = re.compile(rf"\b(?:{form})(?: (?:{_LATIN_LEVELS})\b)?(?![\w])", re.IGNORECASE)
            match = next((m for m in pattern.finditer(text) if _is_name(m, text)), None)
            if match:
                text = f"{text[: match.start()]} {_PLACEHOLDER} {text[match.end() :]}"
                found.append(place)
                break
            if _was_taken(place, short, found):
                found.append(place)
                break
    return re.sub(r"\s+", " ", text).strip(), found


def _was_taken(place: str, short: str, found: list[str]) -> bool:
    return any(short_place(other) == short and other != place for other in found)


def _is_name(match: re.Match[str], text: str) -> bool:
    if " " not in match.group() or match.group()[0].isupper():
        return True
    return bool(re.match(rf"\s(?:{_LEVEL})\b", text[match.end() :], re.IGNORECASE))


_INITIAL = "(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])"
_FINAL = "(?:i[ao]ng|uang|[aeio]ng|i?ang|ua[in]|ia[on]|[aeo]i|[aeiuü]n|[ao][ou]|ian|ia|ie|iu|ua|ui|uo|[uü]e|er|[aoeiuüv])"
# Inside a word only an apostrophe lets a syllable begin with a vowel (Xi'an): that keeps most English words out.
_ROMANISED = re.compile(rf"{_INITIAL}?{_FINAL}(?:'{_FINAL}|{_INITIAL}{_FINAL}){{1,3}}", re.IGNORECASE)
_NAMED = re.compile(
    rf"\b(?P<titled>[A-Z][a-z]+(?:'[a-z]+| [A-Z][a-z]+)?)(?= (?i:{_LEVEL})\b)|(?<!^)\b(?:in|for|at|of|from|about|does|do|is|must|should|and) (?P<bare>[A-Z][a-z]+(?:'[a-z]+| [A-Z][a-z]+)?)\b(?! ?[A-Z(])"
    rf"|^(?P<first>[A-Z][a-z]+)(?= \w+)|\b(?P<lower>[a-z]{{4,}}) (?i:{_LEVEL})\b"
)


_NAMES_A_BODY = re.compile(r" (?:\w+ ){0,4}?(?:bureau|plan|law|act|committee|commission|party)\b")


def _unknown(text: str) -> tuple[str, ...]:
    """Names of places that are not the library's: before a level word, or capitalised after a preposition."""
    found: list[str] = []
    for match in _NAMED.finditer(text):
        kind = match.lastgroup or ""
        name = match.group(kind)
        words = [word for word in name.split() if not _is_ordinary(word.lower())]
        following = text[match.end(kind) : match.end(kind) + 40].lower()
        if len(words) < len(name.split()) or (kind == "bare" and _NAMES_A_BODY.match(following)):
            words = [word for word in words if _ROMANISED.fullmatch(word)]
        if not words or (kind in ("lower", "first") and not _ROMANISED.fullmatch("".join(words))):
            continue
        found.append(" ".join(words))
    return tuple(dict.fromkeys(found))


def _is_ordinary(word: str) -> bool:
    return word == _PLACEHOLDER or word in STOP or word in LEVELS or word in MONTHS or any(form in _PARTS or form in STOP for form in _forms(word))


# ---------------------------------------------------------------- dates and numbered places


_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_BY = r"(?:(?P<by>by|before|until|till|no later than|prior to) )?(?:the )?(?P<end>(?:year )?end(?: of)? )?"
_DATES = (
    re.compile(rf"\b{_BY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b\.?,?(?: (?P<year>(?:19|20)\d\d))?\b"),
    re.compile(rf"\b{_BY}(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!%)(?:,? (?P<year>(?:19|20)\d\d))?"),
    re.compile(rf"\b{_BY}(?P<month>{_MONTH})\.?,?(?: of)? (?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<half>first|second) half of (?P<year>(?:19|20)\d\d)\b|\b(?P<quarter>first|second|third|fourth|last) quarter of (?P<year2>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<by>by|before|until)?(?: ?\bat)? ?\b(?P<end>(?:the )?end of )(?P<month>{_MONTH})\b"),
    re.compile(rf"\b(?P<by>by|before|until|in|during|of|since|from) (?P<end>(?:the )?end(?: of)? )?(?P<month>{_MONTH})\b(?! (?:be|the|have|we|i|a|an)\b)"),
    re.compile(rf"\b{_BY}(?P<year>(?:19|20)\d\d)\b(?! \w*(?:measures|articles))"),
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


def _take_dates(text: str) -> tuple[str, list[str]]:
    """Cut English dates out of the question and give them in Chinese, in their order."""
    dates: dict[int, str] = {}

    def replaced(match: re.Match[str]) -> str:
        dates[match.start()] = _chinese_date(match.groupdict())
        return " " * len(match.group())

    for pattern in _DATES:
        text = pattern.sub(replaced, text)
    return text, [dates[at] for at in sorted(dates)]


def _chinese_date(parts: dict[str, str | None]) -> str:
    year = parts.get("year") or parts.get("year2")
    written = f"{year}年" if year else ""
    if half := parts.get("half"):
        return written + ("上半年" if half == "first" else "下半年")
    if quarter := parts.get("quarter"):
        return f"{written}第{numeral_of(_ORDINALS[quarter])}季度"
    if month := parts.get("month"):
        written += f"{MONTHS[month]}月"
    if day := parts.get("day"):
        written += f"{int(day)}日"
    elif parts.get("end"):
        written += "底"
    if (parts.get("by") or "").startswith(("by", "before", "until", "till", "no", "prior")):
        # 到2025年 is how the genre writes "by 2025"; 2025年前 would exclude the year itself.
        return f"{written}前" if written[-1] != "年" or parts["by"] in ("before", "prior to") else f"到{written}"
    return written


def _take_references(text: str) -> tuple[str, list[str]]:
    """Cut `article 9`, `annex 6`, `the third chapter`, `the 21 measures` out of the question and give them in Chinese."""
    found: list[str] = []
    for pattern, form in REFERENCES:
        for match in pattern.finditer(text):
            word = match.group(1)
            found.append(form.format(NUMERALS.get(word) or (int(word) if word.isdecimal() else word)))
        text = pattern.sub(" ", text)
    return text, found


# ---------------------------------------------------------------- terms


def _terms(text: str, used: Callable[[str], bool] | None) -> tuple[list[tuple[str, tuple[str, ...]]], list[str]]:
    """Read the topic: (Chinese word, alternatives) of its words, and the bodies among them with their level (区住建局).

    used: does the library use a Chinese word? None: only the glossary is asked.
    """
    terms: list[tuple[str, tuple[str, ...]]] = []
    units: list[str] = []
    words = [word for word in _WORD.findall(text) if word not in ("the", "a", "an")]
    at = 0
    while at < len(words):
        size, wording = _longest(words, at)
        if wording in BODIES:
            names = (GLOSSARY[wording][0], *EQUAL_BODIES.get(GLOSSARY[wording][0], ()))
            units.extend(_with_level(name, words[at - 1] if at else "") for name in names)
        if wording and not (size == 1 and words[at] in STOP):
            names = GLOSSARY[wording]
            if used and not any(map(used, names)):
                names = (*names, *renderings(_wordings(tuple(words[at : at + size])), used))
            terms.append((names[0], names[1:]))
        elif size == 1 and not _is_empty(words[at]):
            size, names = _looked_up(words, at, used) if used else (1, ())
            if used and not names and _ROMANISED.fullmatch(words[at]):
                names = romanised(words[at], used, GLOSSARY.get(_longest(words, at + 1)[1], ()) or _looked_up(words, at + 1, used)[1])
            terms.append((names[0], names[1:]) if names else (words[at], ()))
        at += size
    # Beds that are nursing beds (床位, 护理型床位): the longer word says both.
    return [t for t in terms if not any(t[0] != other and t[0] in other for other, _ in terms)], units


def _looked_up(words: Sequence[str], at: int, used: Callable[[str], bool]) -> tuple[int, tuple[str, ...]]:
    """The used Chinese words for the words from `at` on, two of them together before one alone, and how many words they render."""
    for size in (2, 1):
        phrase = tuple(words[at : at + size])
        if len(phrase) == size and not (size == 2 and _is_empty(phrase[1])) and (names := renderings(_wordings(phrase), used)):
            return size, names
    return 1, ()


def _is_empty(word: str) -> bool:
    return word == _PLACEHOLDER or any(form in STOP for form in _forms(word)) or bool(_YEAR.fullmatch(word)) or len(word) == 1 and not word.isdigit()


def _with_level(body: str, before: str) -> str:
    level = LEVELS.get(before, "")
    if level and body in PARTY_BODIES:
        return f"{level}委{body}"
    # Departments of a province are 厅 where those of a city or county are 局.
    return level + (re.sub("局$", "厅", body) if level == "省" else body)


def _longest(words: Sequence[str], at: int) -> tuple[int, str]:
    """How many words from `at` on the longest known wording takes, and that wording ("" when none is known)."""
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        phrase = tuple(words[at : at + size])
        for wording in _wordings(phrase):
            if wording in GLOSSARY:
                return size, wording
    return 1, ""


@lru_cache(maxsize=16384)
def _wordings(phrase: tuple[str, ...]) -> tuple[str, ...]:
    turned = [phrase]
    if len(phrase) > 2 and phrase[1] == "of":
        # Bureau of Emergency Management = Emergency Management Bureau.
        turned.append((*phrase[2:], phrase[0]))
    if len(phrase) > 4:
        return tuple(" ".join(words) for words in turned) + tuple(" ".join((*words[:-1], f)) for words in turned for f in _forms(words[-1]))
    return tuple(" ".join(words) for phrase in turned for words in product(*map(_forms, phrase)))


_ENDINGS = (
    ("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", ""), ("es", ""), ("ied", "y"), ("ed", ""), ("ed", "e"),
    ("ing", ""), ("ing", "e"), ("ying", "ie"), ("ly", ""),
)  # fmt: skip


@lru_cache(maxsize=16384)
def _forms(word: str) -> tuple[str, ...]:
    """The word as it stands and what it may be a form of (phasing → phase, fitted → fit, bodies → body)."""
    found = [word]
    if word in IRREGULAR:
        found.append(IRREGULAR[word])
    for ending, replacement in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 2 and not (ending == "s" and word.endswith("ss")):
            found.append(stem + replacement)
            if ending in ("ed", "ing") and len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(found))
