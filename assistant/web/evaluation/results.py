"""A run as a page shows it: figures against the run before, charts, what changed, and each wrong answer with its clauses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.known.types import Outcome, Question, Run
from assistant.types import Citation
from assistant.web.evaluation.desk import Sight
from assistant.web.evaluation.words import kind_name
from assistant.web.frame import details, moment
from assistant.web.markup import element, escape
from assistant.web.source import source_address
from assistant.web.words import Words

MOST_LISTED = 200
_HISTORY = 20


@dataclass(frozen=True, slots=True)
class _Figure:
    """word: key of its label.  value: share in [0, 1], None where nothing was asked of the kind.  low: less of it is better."""

    word: str
    value: float | None
    of: str = ""
    low: bool = False


def render_run(run: Run, before: Run | None, earlier: Sequence[Run], sight: Sight, w: Words) -> str:
    """Write a run. before: the one before it over the same questions.  earlier: runs for the chart of all, the latest first."""
    return "".join(
        (
            _tiles(run, before, w),
            element("section", _kinds(run, before, w) + _history(earlier, w), class_="charts", aria_label=w("by_kind")),
            _changes(run, before, w) if before is not None and before.outcomes else "",
            _wrong(run, sight, w),
        )
    )


def moment_of(stamp: str) -> str:
    """Say a stored point in time as the clock of this machine shows it."""
    return moment(datetime.fromisoformat(stamp)) if stamp else ""


# ---------------------------------------------------------------- figures


def share(figures: Mapping[str, Any], name: str) -> tuple[float | None, str]:
    """Read a share of a report: its value and "right/n", None where there was nothing to share."""
    found = figures.get(name)
    if not isinstance(found, dict) or not found.get("n"):
        return None, ""
    return found["right"] / found["n"], f"{found['right']}/{found['n']}"


def _figures(run: Run) -> tuple[_Figure, ...]:
    figures = run.figures
    named = (("answerable", "answerable", False), ("refused", "refused_unanswerable", False), ("wrongly_refused", "wrongly_refused", True), ("valid", "citations_valid", False))
    mean = figures.get("mean_by_kind")
    recall = figures.get("citation_recall") if share(figures, "answerable")[0] is not None else None
    return (_Figure("accuracy", mean), *(_Figure(word, *share(figures, name), low=low) for word, name, low in named), _Figure("recall", recall))


def _tiles(run: Run, before: Run | None, w: Words) -> str:
    earlier = {figure.word: figure.value for figure in _figures(before)} if before else {}
    tiles = [_tile(figure, earlier.get(figure.word), w) for figure in _figures(run)]
    p50, p95 = (f"{run.figures.get(name, 0):.0f}" for name in ("latency_p50", "latency_p95"))
    tiles.append(_box(w("speed"), f"{p50} / {p95}", element("span", escape(w("milliseconds")), class_="of")))
    return element("dl", "".join(tiles), class_="tiles")


def _tile(figure: _Figure, earlier: float | None, w: Words) -> str:
    if figure.value is None:
        return _box(w(figure.word), "–", "")
    beside = element("span", escape(figure.of), class_="of") if figure.of else ""
    return _box(w(figure.word), f"{100 * figure.value:.1f}%", beside + _delta(figure, earlier, w))


def _delta(figure: _Figure, earlier: float | None, w: Words) -> str:
    if earlier is None or figure.value is None:
        return ""
    change = round(100 * (figure.value - earlier), 1)
    if not change:
        return element("span", escape(w("same")), class_="delta")
    better = (change > 0) != figure.low
    return element("span", escape(w("better" if better else "worse", points=f"{abs(change):.1f}")), class_="delta good" if better else "delta bad")


def _box(label: str, value: str, beside: str) -> str:
    return element("div", element("dt", escape(label)) + element("dd", element("b", escape(value)) + beside), class_="tile")


# ---------------------------------------------------------------- charts


def _kinds(run: Run, before: Run | None, w: Words) -> str:
    kinds: Mapping[str, Any] = run.figures.get("by_kind", {})
    past: Mapping[str, Any] = before.figures.get("by_kind", {}) if before else {}
    names = [kind_name(kind, w) for kind in kinds]
    series = [{"name": w("this_run"), "values": [_percent(kinds[kind]) for kind in kinds]}]
    if past:
        series.append({"name": w("before_run"), "values": [_percent(past.get(kind)) for kind in kinds]})
    rows = [(kind_name(kind, w), *_cells(found), *(_cells(past.get(kind))[1:] if past else ())) for kind, found in kinds.items()]
    heads = (w("kind"), w("right"), w("share"), *((w("before_run"),) if past else ()))
    return figure(w("by_kind"), {"kind": "bars", "names": names, "series": series}, table(heads, rows), w)


def _history(runs: Sequence[Run], w: Words) -> str:
    shown = list(reversed(runs[:_HISTORY]))
    shares = (("accuracy", "mean_by_kind"), ("answerable", "answerable"), ("refused", "refused_unanswerable"), ("recall", "citation_recall"))
    measures = [(word, _reader(name)) for word, name in shares]
    names = [moment_of(run.started_at) for run in shown]
    lines = [(w(word), [_times_100(read(run.figures)) for run in shown]) for word, read in measures]
    rows = [(name, *("–" if values[at] is None else f"{values[at]:.1f}%" for _, values in lines)) for at, name in enumerate(names)]
    data = {"kind": "lines", "names": names, "series": [{"name": name, "values": values} for name, values in lines]}
    return figure(w("history_chart"), data, table((w("when"), *(name for name, _ in lines)), rows), w)


def _reader(name: str) -> Any:
    def read(figures: Mapping[str, Any]) -> float | None:
        found = figures.get(name)
        return share(figures, name)[0] if isinstance(found, dict) else found

    return read


def _times_100(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 1)


def _percent(found: Mapping[str, Any] | None) -> float | None:
    return round(100 * found["right"] / found["n"], 1) if found and found.get("n") else None


def _cells(found: Mapping[str, Any] | None) -> tuple[str, str]:
    if not found or not found.get("n"):
        return "–", "–"
    return f"{found['right']}/{found['n']}", f"{100 * found['right'] / found['n']:.1f}%"


def figure(title: str, data: Mapping[str, Any], tabled: str, w: Words) -> str:
    """Write a chart: what is drawn in the browser as data in an attribute, and the same figures as a table for those who see none."""
    plot = element("div", "", class_="plot", data_chart=json.dumps(data, ensure_ascii=False), aria_hidden="true")
    beside = details(w("as_table"), element("div", tabled, class_="chart-table", tabindex="0"), class_="inline", open="")
    return element("figure", element("figcaption", escape(title)) + plot + beside, class_="card chart")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = element("thead", element("tr", "".join(element("th", escape(name), scope="col") for name in heads)))
    body = "".join(
        element("tr", element("th", escape(first), scope="row") + "".join(element("td", escape(value), class_="number-cell") for value in rest))
        for first, *rest in rows
    )
    return element("table", head + element("tbody", body))


# ---------------------------------------------------------------- questions


def _changes(run: Run, before: Run | None, w: Words) -> str:
    past = {outcome.id: outcome.passed for outcome in before.outcomes} if before else {}
    lost = [o for o in run.outcomes if not o.passed and past.get(o.id) is True]
    won = [o for o in run.outcomes if o.passed and past.get(o.id) is False]
    asked = {o.id: o.question.question for o in (before.outcomes if before else ()) if o.question}
    if not lost and not won:
        content = element("p", escape(w("no_changes")), class_="quiet")
    else:
        content = _changed(w("now_wrong"), lost, asked, "bad") + _changed(w("now_right"), won, asked, "good")
    return element("section", element("h2", escape(w("changes"))) + content, class_="card changes")


def _changed(title: str, outcomes: Sequence[Outcome], asked: Mapping[str, str], look: str) -> str:
    if not outcomes:
        return ""
    lines = "".join(
        element("li", element("span", escape(o.id), class_="number") + escape(o.question.question if o.question else asked.get(o.id, "")), lang="zh-CN")
        for o in outcomes[:MOST_LISTED]
    )
    return element("h3", escape(f"{title} ({len(outcomes)})"), class_=look) + element("ul", lines)


def _wrong(run: Run, sight: Sight, w: Words) -> str:
    wrong = [outcome for outcome in run.outcomes if not outcome.passed]
    head = element("h2", escape(f"{w('wrong_list')} ({len(wrong)})"))
    if not wrong:
        return element("section", head + element("p", escape(w("none_wrong")), class_="quiet"), class_="card")
    listed = "".join(_outcome(outcome, sight, w) for outcome in wrong[:MOST_LISTED])
    return element("section", head + element("div", listed, class_="wrong-list"), class_="card")


def _outcome(outcome: Outcome, sight: Sight, w: Words) -> str:
    question = outcome.question
    if question is None:
        return ""
    tags = element("span", escape(kind_name(outcome.kind, w)), class_="tag") + element("span", escape(why(outcome.why, w)), class_="tag warn")
    summary = element("summary", element("span", escape(question.question), class_="asked", lang=_lang(question)) + tags)
    facts = (
        (w("the_answer"), _text(outcome.answer) + element("span", escape(w("confidence", percent=f"{100 * outcome.confidence:.0f}")), class_="quiet")),
        (w("the_gold"), _text(question.answer) if question.answerable else element("p", escape(w("must_refuse")))),
        (w("cited"), _links(outcome.citations, sight, w)),
        (w("gold_source"), _links([c for quote in question.evidence if (c := sight.place(quote))], sight, w) if question.evidence else ""),
    )
    listed = "".join(element("dt", escape(label)) + element("dd", content) for label, content in facts if content)
    return element("details", summary + element("dl", listed, class_="facts"), class_="wrong", id=f"q-{outcome.id}")


def _text(text: str) -> str:
    return element("p", escape(text), class_="said", lang="zh-CN")


def _lang(question: Question) -> str:
    return "zh-CN" if question.lang == "zh" else "en"


def _links(citations: Sequence[Citation], sight: Sight, w: Words) -> str:
    if not citations:
        return element("span", escape(w("nothing_cited")), class_="quiet")
    return element("ul", "".join(element("li", _link(citation, sight, w)) for citation in citations), class_="clauses")


def _link(citation: Citation, sight: Sight, w: Words) -> str:
    if not sight.holds(citation.document_id):
        return element("span", escape(w("not_seen")), class_="quiet")
    words = " ".join((sight.cut(citation.document_id, citation.start, min(citation.end, citation.start + 120)) or "").split())
    place = " › ".join((citation.title or citation.doc, *citation.path))
    return element("a", escape(place), class_="cite", href=source_address(citation)) + element("span", escape(words), class_="clause-words", lang="zh-CN")


def why(fault: str, w: Words) -> str:
    """Say in words what is wrong with a reply."""
    code, _, what = fault.partition(": ")
    key = f"why_{code}"
    return w(key, what=what) if key in w.entries else fault
