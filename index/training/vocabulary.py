"""The encoder's tokenizer: a unigram model over words, so that plain `tokenizers` splits text nearly as a segmenter would.

Kudo, "Subword Regularization" (2018). The pieces are the segmenter's words with their counts, and every single character as a
way out; the most probable split is found by dynamic programming, as jieba does. Nothing but `tokenizer.json` is needed to use it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

RUN = r"[\p{Han}〇]+|[0-9]+|[a-z]+"
"""What is tokenised, in the tokenizer's dialect; everything else separates and is dropped."""

_RUNS = re.compile(r"[〇㐀-䶿一-鿿豈-﫿]+|[0-9]+|[a-z]+")
_HAN = re.compile(r"[〇㐀-䶿一-鿿豈-﫿]+")
_PIECE = 400
UNKNOWN = "<unk>"
UNKNOWN_SCORE = -30.0


def count_words(texts: Iterable[str], words: Sequence[str]) -> Counter[str]:
    """Count what the segmenter, taught `words`, finds in the texts, with the words inside long words."""
    from index.segment import rjieba_cut

    cut = rjieba_cut(words)
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
            if _HAN.match(run):
                for start in range(0, len(run), _PIECE):
                    counts.update(cut(run[start : start + _PIECE]))
                counts.update(run)
            else:
                counts[run] += 1
    return counts


def choose_pieces(counts: Counter[str], size: int, *, longest: int = 12) -> list[tuple[str, float]]:
    """Take the `size` most frequent pieces with their log-probabilities, among them every frequent single character."""
    singles = [c for c, n in counts.items() if len(c) == 1 and n >= 3] + list("0123456789abcdefghijklmnopqrstuvwxyz")
    chosen = dict.fromkeys(sorted(singles), 0)
    for piece, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if len(chosen) >= size - 1:
            break
        if n >= 3 and 1 < len(piece) <= longest and not (piece.isdigit() and len(piece) > 4):
            chosen.setdefault(piece, 0)
    total = math.log(sum(counts.values()))
    return [(piece, math.log(counts[piece] or 1) - total) for piece in chosen]


def build_tokenizer(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """Make the tokenizer of these pieces; id 0 stands for what no piece covers."""
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.normalizers import NFKC, Lowercase, Sequence
    from tokenizers.pre_tokenizers import Split

    tokenizer = Tokenizer(Unigram([(UNKNOWN, UNKNOWN_SCORE), *pieces], unk_id=0, byte_fallback=False))
    tokenizer.normalizer = Sequence([NFKC(), Lowercase()])
    tokenizer.pre_tokenizer = Split(Regex(RUN), behavior="removed", invert=True)
    return tokenizer
