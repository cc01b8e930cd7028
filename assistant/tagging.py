"""Words with their part of speech, for telling things (nouns, which evidence has to show) from manners of speaking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from index.tokens import LEXICON

Tagger = Callable[[str], Sequence[tuple[str, str]]]


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """Give the tagger: rjieba where installed, else jieba's own with an instance of ours; the domain lexicon counts as nouns."""
    words = [line.split()[0] for line in LEXICON.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    try:
        import rjieba
    except ImportError:
        return _reference(words)
    jieba = rjieba.Jieba()
    for word in words:
        jieba.add_word(word, None, "n")
    return lru_cache(maxsize=4096)(jieba.tag)


def _reference(words: Sequence[str]) -> Tagger:
    import jieba
    import jieba.posseg

    dictionary = jieba.Tokenizer()
    for word in words:
        dictionary.add_word(word, tag="n")
    tokenizer = jieba.posseg.POSTokenizer(dictionary)
    return lambda text: [(pair.word, pair.flag) for pair in tokenizer.cut(text)]
