"""Text to the two kinds of tokens that the lexical index holds: words, and characters with their bigrams.

Both are made from one normalised copy of the text (`normalise`), for passages and questions alike, so that 二〇二五年 finds
2025年 and 百分之九十五 finds 95%. Character bigrams need no dictionary and never miss a word boundary; words tell a term from a
chance meeting of characters. Each finds what the other misses, so both are indexed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import add
from pathlib import Path
from threading import Lock
from typing import Literal

from corpus.errors import ConfigError
from corpus.numbers import CN, value_of
from corpus.text import fold, squeeze
from index.segment import Cut, jieba_cut, rjieba_cut

Backend = Literal["auto", "rjieba", "jieba"]

TOKENS_FORMAT = 1
"""Raise by one whenever the same text gives other tokens: indexes built before are then rebuilt."""

PIECE = 400
"""Characters handed to the segmenter at once: it is 3 times slower per character on texts of 100,000."""

LEXICON = Path(__file__).with_name("lexicon.txt")
DICTIONARY_LIMIT = 4_000_000
"""Bytes of a user dictionary; some 400,000 words."""

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
ARTICLE = r"第\d+[条章节款项]"
RUNS = re.compile(rf"({ARTICLE}|\d+(?:\.\d+)*%?|[^\W\d{HAN}_][^\W{HAN}_]*)|((?:(?!{ARTICLE})[{HAN}])+)")
"""A token by itself (第9条, 95%, gb), or a run of Chinese characters."""

PARAGRAPH = re.compile(r"\n[^\S\n]*\n")

_STOP_WORDS = (
    "的 了 和 与 及 在 是 为 对 等 把 被 将 从 向 到 以 于 由 而 或 并 其 该 此 这 那 之 也 都 又 就 还 很 更 最 有 要 会 能 可 "
    "吗 呢 啊 吧 呀 么 嘛 哪 哪些 哪个 哪里 哪家 什么 怎么 怎样 如何 谁 多少 几 是否 请问 请 我 我们 你 你们 他 他们 它 自己 "
    "以及 并且 或者 但是 因为 所以 如果 关于 对于 按照 根据 通过 进行 其中 这个 那个 这些 那些 一个 可以 应当 应该 需要 "
    "the a an of to and or in on for is are was be by with what which who when how many does do"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A spelling that is unified before tokenising: every match of `pattern` becomes `reading(match)`.

    holds: what every match holds; a text without it is not looked through.
    """

    holds: str
    pattern: re.Pattern[str]
    reading: Callable[[re.Match[str]], str]


def _arabic(match: re.Match[str]) -> str:
    value = value_of(match["n"])
    return match[0] if value is None else match[0].replace(match["n"], str(value), 1)


REWRITES: tuple[Rewrite, ...] = (
    Rewrite(",", re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), lambda match: ""),
    Rewrite("百分之", re.compile(rf"百分之(?P<n>[{CN}]+|\d+(?:\.\d+)?)"), lambda match: f"{value_of(match['n']) or match['n']}%"),
    Rewrite("第", re.compile(rf"第(?P<n>[{CN}]+)(?=[条章节款项批次期号])"), _arabic),
    # Only from the first character of a row on: a row of n that no unit follows would else be tried n times.
    Rewrite("", re.compile(rf"(?<![{CN}])(?P<n>[{CN}]+)(?=[年月日号])"), _arabic),
    # Two characters at least: 一家, 一次 and 一天 are words far more often than figures.
    Rewrite("", re.compile(rf"(?<![{CN}])(?P<n>[{CN}]{{2,}})(?=[个家人名次天项户处岁周万亿元%])"), _arabic),
)
"""Numerals are read only before a unit or behind 第: 三管三必须 stays as it is."""

UNITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("千米", ("公里", "km")),
    ("千克", ("公斤", "kg")),
    ("平方米", ("m2", "平米")),
    ("立方米", ("m3", "方米")),
    ("毫米", ("mm",)),
    ("厘米", ("cm", "公分")),
    ("小时", ("钟头",)),
    ("星期", ("礼拜",)),
    ("周岁", ("岁",)),
)
UNIT_OF = {spelling: unit for unit, spellings in UNITS for spelling in spellings}
"""Words that mean one unit of measure become one word. No single Latin letters: 5g is a network, b a list mark."""
_UNIT_SPELLINGS = frozenset(UNIT_OF)


def normalise(text: str) -> str:
    """Give the copy that is tokenised: folded (NFKC, case), line wraps closed, numerals before a unit in digits.

    Blank lines and blanks between Latin words stay as one blank each.
    """
    pieces = (piece for paragraph in PARAGRAPH.split(text) for piece in squeeze(paragraph).split(" "))
    folded = " ".join(filter(None, map(fold, pieces)))
    for rewrite in REWRITES:
        if rewrite.holds in folded:
            folded = rewrite.pattern.sub(rewrite.reading, folded)
    return folded


def characters(text: str) -> list[str]:
    """Give every character of the Chinese runs, then their bigrams; Latin words and figures whole, run by run."""
    return _characters_of(RUNS.findall(normalise(text)))


def _characters_of(runs: Sequence[tuple[str, str]]) -> list[str]:
    found: list[str] = []
    for token, run in runs:
        if token:
            found.append(token)
        else:
            found += run
            found += map(add, run, run[1:])
    return found


_SPACED = 2_000
"""So many titles and headings are kept by a tokeniser; a cache outside of it would keep the tokeniser with its dictionary."""


class Tokens:
    """The tokeniser of one index: a private segmenter with the shipped lexicon and the user's own dictionary.

    dictionary: UTF-8 file of words, one a line, `#` starts a comment; None for none.
    backend: "rjieba" (fast), "jieba" (reference), "auto" takes the fast one when it is installed.
    cache: folder for jieba's dictionary cache, made with mode 0700; the user's cache folder when None.
    The segmenter is loaded at the first call of `words` or `fingerprint`. May be shared between threads.
    """

    def __init__(self, *, dictionary: Path | None = None, backend: Backend = "auto", cache: Path | None = None) -> None:
        self.dictionary = read_dictionary(dictionary) if dictionary else ()
        self._backend = backend
        self._cache = cache
        self._lock = Lock()
        self._cut: Cut | None = None
        self._fingerprint = ""
        self._spaced: dict[str, tuple[str, str]] = {}

    def words(self, text: str) -> list[str]:
        """Split into words, long ones followed by the shorter words they hold; stop words and punctuation are dropped."""
        return self._words_of(RUNS.findall(normalise(text)))

    def both(self, text: str) -> tuple[list[str], list[str]]:
        """Give the words and the characters of a text, which is normalised once."""
        runs = RUNS.findall(normalise(text))
        return self._words_of(runs), _characters_of(runs)

    def spaced(self, text: str) -> tuple[str, str]:
        """Give the words and the characters of a title or heading, blanks between; kept, because many passages share them."""
        if text not in self._spaced:
            if len(self._spaced) >= _SPACED:
                self._spaced.clear()
            words, characters = self.both(text)
            self._spaced[text] = (" ".join(words), " ".join(characters))
        return self._spaced[text]

    def _words_of(self, runs: Sequence[tuple[str, str]]) -> list[str]:
        cut = self._segmenter()
        words: list[str] = []
        for token, run in runs:
            if token:
                words.append(token)
            elif len(run) <= PIECE:
                words += cut(run)
            else:
                for piece in pieces_of(run):
                    words += cut(piece)
        kept = [word for word in words if word not in STOP_WORDS]
        return kept if _UNIT_SPELLINGS.isdisjoint(kept) else [UNIT_OF.get(word, word) for word in kept]

    def characters(self, text: str) -> list[str]:
        """Split into characters and bigrams, see the function `characters`; here for callers that hold one tokeniser."""
        return characters(text)

    @property
    def fingerprint(self) -> str:
        """Identify everything the tokens depend on (64 hexadecimal digits); another fingerprint, other tokens."""
        if not self._fingerprint:
            parts = [
                str(TOKENS_FORMAT),
                unicodedata.unidata_version,
                *sorted(STOP_WORDS),
                *_lexicon(),
                *self.dictionary,
            ]
            # What the segmenter does to our own lexicon tells its release apart without the cost of package metadata.
            parts += [piece for word in _lexicon()[::7] for piece in self._segmenter()(word + "由此开展工作")]
            self._fingerprint = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        return self._fingerprint

    def _segmenter(self) -> Cut:
        with self._lock:
            if self._cut is None:
                self._cut = _open_segmenter((*_lexicon(), *self.dictionary), self._backend, self._cache)
            return self._cut


def _open_segmenter(words: Sequence[str], backend: Backend, cache: Path | None) -> Cut:
    if backend != "jieba":
        try:
            return rjieba_cut(words)
        except ImportError:
            if backend == "rjieba":
                raise
    return jieba_cut(words, cache)


def _lexicon() -> tuple[str, ...]:
    return read_dictionary(LEXICON)


def read_dictionary(path: Path) -> tuple[str, ...]:
    """Read the words of a dictionary file, folded, in file order, each once.

    Raises ConfigError when the file cannot be read as UTF-8 or is over the size limit.
    """
    try:
        size = path.stat().st_size
        lines = path.read_text(encoding="utf-8-sig").splitlines() if size <= DICTIONARY_LIMIT else []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "bad_setting", f"词典文件 {path} 读不出来({error})", "请用 UTF-8 编码保存,每行一个词"
        ) from error
    if size > DICTIONARY_LIMIT:
        raise ConfigError("bad_setting", f"词典文件 {path} 有 {size} 字节,上限 {DICTIONARY_LIMIT}", "请删去不用的词")
    # jieba's own dictionaries carry frequency and tag behind the word.
    words = (fold(line.split("#")[0].split()[0]) for line in lines if line.split("#")[0].strip())
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def pieces_of(run: str, limit: int = PIECE) -> Iterator[str]:
    """Cut a run into pieces of at most `limit` characters."""
    for start in range(0, len(run), limit):
        yield run[start : start + limit]
