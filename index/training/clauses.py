"""More pairs from whole laws: one or two clauses of an article, and the rest of the article under the law's title."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from index.training.pairs import Pair

_NUMERAL = "一二三四五六七八九十百千零〇0-9"
_ARTICLE = re.compile(rf"^\s*第[{_NUMERAL}]+条[^\S\n]*", re.M)
_HEADING = re.compile(rf"\n第[{_NUMERAL}]+[章节编][^\n]*")
_CLAUSE = re.compile(r"[。;；,，:：\n]")
SHORTEST_CLAUSE, SHORTEST_REST = 4, 15


def clause_pairs(laws: Iterable[tuple[str, str]], *, seed: int) -> Iterator[Pair]:
    """Draw one pair an article from (title, text) of laws; articles of fewer than three clauses give none."""
    rng = random.Random(seed)
    for title, text in laws:
        for article in _ARTICLE.split(text)[1:]:
            found = (part.strip() for part in _CLAUSE.split(_HEADING.sub("", article)))
            clauses = [clause for clause in found if len(clause) >= SHORTEST_CLAUSE]
            if len(clauses) < 3:
                continue
            first, count = rng.randrange(len(clauses)), rng.choice((1, 1, 2))
            rest = ",".join(clauses[:first] + clauses[first + count :])
            if len(rest) >= SHORTEST_REST:
                yield Pair(",".join(clauses[first : first + count]), f"{title}\n{rest}", f"law {title}", "clauses")
