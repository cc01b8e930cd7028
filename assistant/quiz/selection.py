"""Which questions make the paper: spread over kinds and sections, no fact twice, none that gives another away."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from assistant.quiz.choices import multiple, single, true_false
from assistant.quiz.making import VARIANTS, Made, Seed, Workshop, finished
from assistant.quiz.material import Material
from assistant.quiz.points import Point, plain
from assistant.quiz.together import case, groups, match, order
from assistant.quiz.types import KINDS, Item, Kind, QuizRequest
from assistant.quiz.written import fill, short

MAKERS: dict[Kind, Callable[[Workshop], Made | None]] = {
    "single": single, "multiple": multiple, "true_false": true_false, "fill": fill,
    "short": short, "match": match, "order": order, "case": case,
}  # fmt: skip
SHARES: dict[Kind, int] = {"single": 30, "multiple": 15, "true_false": 20, "fill": 12, "short": 6, "match": 5, "order": 4, "case": 8}
"""How a paper is made up when the request does not say."""
TOGETHER: frozenset[Kind] = frozenset(("match", "order", "case"))


def seeds_of(points: Sequence[Point], kinds: Iterable[Kind]) -> tuple[Seed, ...]:
    """Give every question that could be tried: each point in each kind it suits, and the groups that go together."""
    wanted = set(kinds)
    found = [Seed(kind, (point,)) for point in points for kind in KINDS if kind in wanted - TOGETHER and _suits(kind, point)]
    if wanted & TOGETHER:
        found += [seed for seed in groups(points, random.Random(0)) if seed.kind in wanted]
    return tuple(found)


def _suits(kind: Kind, point: Point) -> bool:
    several = len(point.values) > 1
    if kind == "multiple":
        return several
    if kind == "short":
        return bool(point.question) and several
    if kind == "single":
        return not several or (point.family in ("term", "list") and bool(point.prompt) and len(point.values) >= 3)
    if kind == "fill":
        return not several or point.family in ("term", "list")
    return True


def make(material: Material, seed: Seed, variant: int) -> Item | None:
    """Make one question; None when no sound one comes of it. The same seed and variant give the same question."""
    identity = seed.identity(variant)
    workshop = Workshop(material, seed, random.Random(identity))
    made = MAKERS[seed.kind](workshop)
    return finished(workshop, made, identity) if made else None


@dataclass
class Paper:
    """The questions chosen so far, with what they already ask and show."""

    items: list[Item] = field(default_factory=list)
    facts: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)
    homes: Counter[tuple[str, str]] = field(default_factory=Counter)
    ways: Counter[tuple[Kind, str, bool]] = field(default_factory=Counter)

    def fits(self, item: Item) -> bool:
        """Does it ask another fact than all others, and does neither show what the other asks?"""
        shown = plain("".join((item.stem, *item.options, *item.prompts)))
        if self.facts & set(item.facts) or self.told & set(item.says):
            return False
        return not any(told in shown for told in self.told) and not any(told in other for told in item.says for other in self.shown)

    def take(self, item: Item, home: tuple[str, str], way: tuple[Kind, str, bool] | None = None) -> None:
        self.items.append(item)
        self.facts.update(item.facts)
        self.told.update(item.says)
        self.shown.append(plain("".join((item.stem, *item.options, *item.prompts))))
        self.homes[home] += 1
        if way:
            self.ways[way] += 1


def choose(material: Material, seeds: Sequence[Seed], request: QuizRequest, kept: Sequence[tuple[Item, Seed]] = ()) -> tuple[Item, ...]:
    """Choose the paper; fewer than asked for only where no more can be made."""
    best: tuple[Item, ...] = ()
    for plain_first in (False, True):
        paper = Paper()
        for item, seed in kept:
            paper.take(item, seed.home)
        _fill(paper, material, seeds, request, plain_first=plain_first)
        if len(paper.items) > len(best):
            best = tuple(paper.items)
        if len(best) >= request.count:
            break
    return best


def _fill(paper: Paper, material: Material, seeds: Sequence[Seed], request: QuizRequest, *, plain_first: bool) -> None:
    rng = random.Random(f"paper {request.seed}")
    by_kind: dict[Kind, list[Seed]] = defaultdict(list)
    for seed in sorted(seeds, key=lambda s: s.identity(0)):
        by_kind[seed.kind].append(seed)
    for found in by_kind.values():
        rng.shuffle(found)
    wanted = quotas(request, {kind: len(found) for kind, found in by_kind.items()})
    for item in paper.items:
        wanted[item.kind] = max(wanted.get(item.kind, 0) - 1, 0)
    kinds = sorted(by_kind, key=lambda k: (k in TOGETHER) == plain_first)
    for kind in kinds:
        while wanted.get(kind, 0) > 0 and len(paper.items) < request.count and _one_more(paper, material, by_kind[kind], request, rng):
            wanted[kind] -= 1
    # A kind that ran out gives its share to the others, unless its number was asked for.
    open_kinds = [k for k in kinds if k in request.kinds] if not request.numbers or sum(n for _, n in request.numbers) < request.count else []
    while open_kinds and len(paper.items) < request.count:
        kind = open_kinds.pop(0)
        if _one_more(paper, material, by_kind[kind], request, rng):
            open_kinds.append(kind)


def _one_more(paper: Paper, material: Material, seeds: list[Seed], request: QuizRequest, rng: random.Random) -> bool:
    """Take the next question from the part of the documents, and of the way of asking, that has given least so far. Seeds that fail are dropped."""
    while seeds:
        at = min(range(len(seeds)), key=lambda i: (3 * paper.homes[seeds[i].home] + 2 * paper.ways[seeds[i].way], i))
        seed = seeds.pop(at)
        if any(point.key in paper.facts for point in seed.points):
            continue
        item = make(material, seed, rng.randrange(VARIANTS))
        if item and item.id not in request.avoid and request.difficulty[0] <= item.difficulty <= request.difficulty[1] and paper.fits(item):
            paper.take(item, seed.home, seed.way)
            return True
    return False


def quotas(request: QuizRequest, stock: dict[Kind, int]) -> Counter[Kind]:
    """How many of each kind: as asked for, the rest by share and at least one of each where they fit, none beyond what there is."""
    wanted: Counter[Kind] = Counter({kind: number for kind, number in request.numbers})
    left = request.count - sum(wanted.values())
    free = [k for k in request.kinds if stock.get(k) and k not in dict(request.numbers)]
    total = sum(SHARES[k] for k in free)
    exact = {k: left * SHARES[k] / total for k in free} if total else {}
    least = int(left >= len(free))
    for kind, number in exact.items():
        wanted[kind] = min(max(int(number), least), stock[kind])
    missing = left - sum(wanted[k] for k in free)
    while missing < 0:
        wanted[max(free, key=lambda k: (wanted[k], SHARES[k]))] -= 1
        missing += 1
    for kind in sorted(free, key=lambda k: (-(exact[k] - int(exact[k])), KINDS.index(k))):
        if missing > 0 and wanted[kind] < stock[kind]:
            wanted[kind] += 1
            missing -= 1
    return wanted
