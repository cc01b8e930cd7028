"""Words with their part of speech, for telling things (nouns, which evidence has to show) from manners of speaking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.lexicon.synonyms import ALTERNATIVES
from index.tokens import LEXICON

Tagger = Callable[[str], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Words:
    """tag: cut a text into words with their part of speech.  has: is this a word of the dictionary?"""

    tag: Tagger
    has: Callable[[str], bool]


@lru_cache(maxsize=1)
def words() -> Words:
    """Give the tagger: rjieba where installed, else jieba's own with an instance of ours; the domain lexicon counts as nouns."""
    lines = LEXICON.read_text(encoding="utf-8").splitlines()
    terms = [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]
    terms += [word for word in ALTERNATIVES if 2 <= len(word) <= 4 and word.isalpha() and not word.isascii()]
    try:
        import rjieba
    except ImportError:
        return _reference(terms)
    jieba = rjieba.Jieba()
    for term in terms:
        jieba.add_word(term, None, "n")
    return Words(lru_cache(maxsize=4096)(jieba.tag), jieba.has_word)


def _reference(terms: Sequence[str]) -> Words:
    import jieba
    import jieba.posseg

    dictionary = jieba.Tokenizer()
    for term in terms:
        dictionary.add_word(term, tag="n")
    tokenizer = jieba.posseg.POSTokenizer(dictionary)
    return Words(
        lambda text: [(pair.word, pair.flag) for pair in tokenizer.cut(text)],
        lambda word: bool(dictionary.FREQ.get(word)),
    )
