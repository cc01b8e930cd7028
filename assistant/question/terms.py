"""Content terms of a question and how well a stretch of text covers them.

The idea: an answer's evidence is the clause that covers most of what was asked, weighted by how telling each word is in this
library (inverse document frequency). Cover of a word is 1 when it occurs, less when only a synonym, an abbreviation's
long form (危化品 in 危险化学品) or part of it does. The weighted mean is rank and, later, confidence in one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.lexicon.asking import ASKING
from assistant.lexicon.cues import GENERIC, STOPWORDS
from assistant.lexicon.synonyms import ALTERNATIVES
from assistant.question.months import in_its_months, is_season
from assistant.question.tagging import Words
from assistant.question.tiers import ONE_STEP, fits
from corpus.numbers import CN

EXACT, SYNONYM, LOOSE, NEAR_WORD, PARTIAL = 1.0, 0.9, 0.75, 0.6, 0.65
"""Cover of a term found as it is, by another word of its group, spread over a longer form, by a word of like meaning, and at most
by its pieces."""

_CONTENT_TAGS = frozenset(["n", "ns", "nr", "nt", "nz", "t", "b", "j", "l", "i", "m", "eng", "vn", "an", "x"])
_HAN = re.compile(r"[㐀-鿿]+")
_STEP = re.compile(ONE_STEP)
_PIECES = re.compile(rf"{ONE_STEP}|第(?:[{CN}]+|\d+)[次届批期号轮]|[a-z]\d?[级类型]|\d+级|[㐀-鿿]+|[a-z]+(?:[-'][a-z]+)*|\d+(?:\.\d+)?%?")
_SINGLES = frozenset("罚奖批查报关建装减管水电气火船车井煤桥库坝路树鱼粮油厂狗犬猫猪牛羊鸡鸭马虫树花草果菜米盐茶酒烟药绳灯床塘湖河江沟渠田")
"""One-character words that can be what a question is about; any other single character only joins its neighbours."""
_ACTS = frozenset("赔丢卖买租退拆修堵咬养倒剩扣拨拖补换埋搬挪砍撤捐借骗偷赌撞劝漏摘涨欠躲划评摆")
"""Acts that people say with one character and documents with two (赔 in 赔偿, 借 in 借阅)."""
_ACT_WEIGHT = 0.3
"""Share of its weight that such an act keeps: it says what is done, and hardly ever to what."""
_COME_OFF = re.compile("(?P<act>[㐀-鿿])(?:下来|上去|出去|过来|不到|不了|走|掉|光|完|好|了|着|过)")
"""An act with what becomes of it: 砍下来, 搬走, 弄丢了."""



@dataclass(frozen=True, slots=True)
class Term:
    """One content word of a question. weight > 0: how much it tells; required: its absence speaks against an answer.
    known: the library uses it or one of its alternatives.  near: used words of like meaning, for a word that is not known.
    step: a step of a scale (17岁) or a season, which a text covers that gives a range around it (未满十八周岁, 6月至8月).
    """

    text: str
    weight: float
    alternatives: tuple[str, ...] = ()
    required: bool = True
    known: bool = True
    near: tuple[str, ...] = ()
    step: bool = False

    def cover(self, folded: str) -> float:
        """How well `folded` text covers this word, 0 to 1."""
        if self.text in folded and _itself(self.text, folded):
            return EXACT
        # Plain loops: a question asks this some thousands of times, and a generator costs more than what it looks for.
        for other in self.alternatives:
            if other in folded:
                return SYNONYM
        for other in self.near:
            if other in folded:
                return NEAR_WORD
        if self.step:
            return EXACT if fits(self.text, folded) or in_its_months(self.text, folded) else 0.0
        if len(self.text) < 2:
            return 0.0
        if _is_spread(self.text, 2 if self.known else 4, folded):
            return LOOSE if self.known else SYNONYM - 0.2
        return PARTIAL * _pieces_found(self.text, folded)


def _itself(word: str, folded: str) -> bool:
    """Does a word stand anywhere by itself, not only in its opposite (煤矿 in 非煤矿山)?"""
    opposite = "非" + word
    return opposite not in folded or word in folded.replace(opposite, "")


def _is_spread(word: str, reach: int, folded: str) -> bool:
    """Does the long form of an abbreviation stand there? Its characters must, in order, before the pattern for it is worth making."""
    for character in word:
        if character not in folded:
            return False
    near = _loose(word, reach, ".")
    if near is None or near.search(folded) is None:
        return False
    loose = _loose(word, reach, "[㐀-鿿]")
    return loose is not None and loose.search(folded) is not None


@lru_cache(maxsize=4096)
def _loose(word: str, reach: int, between: str) -> re.Pattern[str] | None:
    """A pattern for the long form of an abbreviation: the same characters in order, up to `reach` others between.

    A word the library never uses may be a bolder abbreviation (二院 for 第二人民医院).  between: what the others may be; Python takes
    a millisecond to compile the thirty thousand Chinese characters, and nothing for any character.
    """
    if not 2 <= len(word) <= 6 or not _HAN.fullmatch(word):
        return None
    gap = f"{between}{{0,{reach}}}?" if len(word) > 2 else f"{between}{{1,{reach}}}?"
    straight = gap.join(map(re.escape, word))
    # 烟感 and 感烟 are one thing.
    return re.compile(f"{straight}|{word[1]}{word[0]}" if len(word) == 2 else straight)


def _pieces_found(word: str, folded: str) -> float:
    pairs = _pairs(word)
    found = 0
    for pair in pairs:
        if pair in folded:
            found += 1
    return found / len(pairs) if found else 0.0


@lru_cache(maxsize=4096)
def _pairs(word: str) -> tuple[str, ...]:
    """The pairs of characters of a longer Chinese word; none of another."""
    if len(word) < 3 or not _HAN.fullmatch(word):
        return ()
    return tuple(word[i : i + 2] for i in range(len(word) - 1))


def words_of(folded: str, words: Words, known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Cut folded text into content words with their part of speech; stop words dropped.

    known: does a string occur in the library? A stray single character joins its neighbour when the library knows the pair.
    """
    found: list[tuple[str, str]] = []
    for piece in _PIECES.findall(folded):
        if re.fullmatch(rf"[a-z\d]+[级类型]|第[{CN}\d]+.", piece) or _STEP.fullmatch(piece):
            found.append((piece, "nz"))
        elif _HAN.fullmatch(piece):
            tokens = [half for word, part in _recut(words.tag(piece), words, known) for half in _halves(*_trimmed(word, part, words, known), known)]
            found.extend(_joined(tokens, known))
        else:
            found.append((piece, "m" if piece[0].isdigit() else "eng"))
    bare = [(_bare_act(word, known), part) for word, part in found]
    return [(word, part) for word, part in bare if len(word) > 1 or word in _SINGLES or word in _ACTS or part in ("m", "eng")]


def _bare_act(word: str, known: Callable[[str], bool]) -> str:
    """Take what becomes of an act off it where nobody writes the two together: 砍下来 → 砍."""
    spoken = _COME_OFF.fullmatch(word)
    if spoken is None or spoken["act"] not in _ACTS or known(word) or word in ALTERNATIVES:
        return word
    return spoken["act"]


def _recut(tokens: Sequence[tuple[str, str]], words: Words, known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Move a character over to the word after it where that makes a word the library uses: 不准停电|动车 → 停|电动车."""
    out = list(tokens)
    for at in range(len(out) - 1):
        (left, tag), (right, after) = out[at], out[at + 1]
        longer = left[-1:] + right
        if len(left) > 1 < len(right) and not known(left) and known(longer) and (words.has(longer) or longer in ALTERNATIVES):
            out[at : at + 2] = [(left[:-1], tag), (longer, after)]
    return out


def _trimmed(word: str, part: str, words: Words, known: Callable[[str], bool]) -> tuple[str, str]:
    """Take stop characters off a word that only the segmenter's guess made (证能, 能奖, 要装)."""
    if len(word) > 2 and word[-1] in "给到" and not known(word) and known(word[:-1]):
        return word[:-1], part
    if len(word) < 2 or words.has(word) or known(word):
        return word, part
    while len(word) > 1 and word[-1] in STOPWORDS:
        word = word[:-1]
    while len(word) > 1 and word[0] in STOPWORDS:
        word = word[1:]
    return word, part


def _halves(word: str, part: str, known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Split a long word that the library does not know into two that it does (电动自行车|充电)."""
    if known(word) or word in ALTERNATIVES:
        return [(word, part)]
    if len(word) == 3 and word[1:] in ALTERNATIVES:
        return [(word[1:], part)]  # 生三胎: a verb of one character and a word that people say
    if len(word) < 4:
        return [(word, part)]
    for at in range(len(word) - 2, 1, -1):
        if known(word[:at]) and known(word[at:]):
            return [(word[:at], part), (word[at:], part)]
    return [(word, part)]


def _joined(tokens: Sequence[tuple[str, str]], known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Join single characters with the word before or after them where the library has the pair (帆|张网 → 帆张网)."""
    out: list[tuple[str, str]] = []
    for at, (word, part) in enumerate(tokens):
        if part in ("m", "q") and not known(word) and word not in ALTERNATIVES:
            continue
        if len(word) > 1:
            if word not in STOPWORDS:
                out.append((word, part))
            continue
        if word in STOPWORDS:
            continue
        after = tokens[at + 1][0] if at + 1 < len(tokens) else ""
        before = tokens[at - 1][0] if at else ""
        if len(before) == 1 and out and out[-1][0].endswith(before) and len(out[-1][0]) > 1:
            before = ""  # 盐亭|区|老: 区 has gone to 盐亭区
        if before and len(before) < 5 and before not in STOPWORDS and known(before + word):
            out.append((before + word, "n"))
        elif after and len(after) < 5 and after not in STOPWORDS and known(word + after):
            out.append((word + after, "n"))
        else:
            out.append((word, part))
    return out


def terms_of(
    topic: str,
    words: Words,
    frequency: Callable[[str], int],
    count: int,
    extra: Sequence[tuple[str, tuple[str, ...]]] = (),
    quoted: Sequence[str] = (),
) -> tuple[Term, ...]:
    """Make the weighted terms of a topic.

    frequency: in how many of `count` passages a string occurs.  extra: (word, alternatives) from elsewhere, e.g. a translation.
    quoted: terms the asker put in quotation marks; they count whole, beside their words.
    """
    found: dict[str, Term] = {}
    for word in quoted:
        if len(word) > 1:
            found[word] = _weighted(word, "nz", ALTERNATIVES.get(word, ()), frequency, count)
    for word, part in words_of(topic, words, lambda s: frequency(s) > 0):
        if word in found or word in STOPWORDS:
            continue
        term = _weighted(word, part, ALTERNATIVES.get(word, ()), frequency, count)
        if any(word in q for q in quoted):
            term = replace(term, weight=term.weight * 0.4)
        found[word] = term
    for word, others in extra:
        found.setdefault(word, _weighted(word, "n", others, frequency, count))
    return tuple(found.values())


def things(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Leave out acts of one character, which say what is done and not to what; all where nothing else is said."""
    return tuple(term for term in terms if term.text not in _ACTS) or tuple(terms)


def telling(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Leave out the words of asking that the documents asked about do not use."""
    return tuple(term for term in terms if term.known or term.text not in ASKING)


def _weighted(word: str, part: str, others: tuple[str, ...], frequency: Callable[[str], int], count: int) -> Term:
    if _STEP.fullmatch(word):
        return Term(word, _STEP_WEIGHT, (), step=True)
    if is_season(word) and not any(map(frequency, (word, *others))):
        return Term(word, _STEP_WEIGHT, others, step=True)
    seen = max([frequency(word), *(frequency(other) for other in others)])
    idf = math.log(1 + (count - min(seen, count) + 0.5) / (seen + 0.5)) / math.log(1 + (count + 0.5) / 0.5)
    weight = 0.15 + 0.85 * max(idf, 0.0)
    required = part in _CONTENT_TAGS and word not in _ACTS
    if not seen:
        # A word the library never uses: a thing (noun) that is not there speaks against an answer, a manner of speaking does not.
        weight *= 0.8 if required else 0.25
    if len(word) == 1 or word in GENERIC:
        weight *= _ACT_WEIGHT if word in _ACTS else 0.5
    return Term(word, weight, others, required, seen > 0)


_STEP_WEIGHT = 0.6
"""What a step weighs: how often its figure occurs says nothing."""


def coverage(terms: Sequence[Term], levels: Sequence[tuple[str, float]]) -> float:
    """Weighted share of the terms that the texts cover, 0 to 1. levels: (folded text, factor) from near to far."""
    total = gained = 0.0
    for term in terms:
        total += term.weight
        best = 0.0
        for folded, factor in levels:
            if best >= factor:
                break
            if (here := factor * term.cover(folded)) > best:
                best = here
        gained += term.weight * best
    return gained / total if total else 0.0
