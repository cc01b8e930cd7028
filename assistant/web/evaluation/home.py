"""The first page: start a run, how far it is, the latest result, all runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.known.running import Progress
from assistant.known.types import Run
from assistant.web.evaluation.desk import Sight
from assistant.web.evaluation.results import moment_of, render_run, share
from assistant.web.frame import Page, button, check, form
from assistant.web.markup import element, escape
from assistant.web.words import Words


def home(
    sets: Mapping[str, int], progress: Progress, shown: Run | None, before: Run | None, runs: Sequence[Run], sight: Sight, counts: Mapping[str, int], w: Words
) -> Page:
    """Write the page. sets: how many questions each set has.  shown: the latest run.  before: the one before it over the same questions."""
    head = element("div", element("h1", escape(w("evaluation"))) + element("p", escape(w("intro")), class_="lead"), class_="heading")
    result = element("p", escape(w("nothing_yet")), class_="card quiet")
    if shown is not None:
        about = f"{moment_of(shown.started_at)} · {set_name(shown.questions, w)}"
        result = element("h2", escape(w("latest_run")) + element("span", escape(about), class_="hint"), class_="run-title") + render_run(shown, before, runs, sight, w)
    content = head + ways(w, counts) + _starting(sets, progress, w) + result + (_runs(runs, w) if runs else "")
    return Page(w("evaluation"), content)


def run_page(run: Run, before: Run | None, runs: Sequence[Run], sight: Sight, w: Words) -> Page:
    title = w("run_of", when=moment_of(run.started_at))
    crumb = element("p", element("a", escape(w("all_runs")), href="/evaluation"), class_="crumb")
    about = element("p", escape(f"{set_name(run.questions, w)} · {run.by}"), class_="lead")
    return Page(title, crumb + element("h1", escape(title)) + about + render_run(run, before, runs, sight, w))


def ways(w: Words, counts: Mapping[str, int]) -> str:
    """Write the ways to the pages beside this one."""
    disliked = f"{w('disliked')} ({counts['open']})" if counts.get("open") else w("disliked")
    listed = ((w("known_questions"), "/evaluation/questions"), (disliked, "/evaluation/disliked"), (w("embedding"), "/embedding"))
    links = "".join(element("a", escape(label), class_="button", href=address) for label, address in listed)
    return element("nav", links, class_="row beside", aria_label=w("evaluation"))


def set_name(name: str, w: Words) -> str:
    key = f"set_{name}"
    return w(key) if key in w.entries else name


def _starting(sets: Mapping[str, int], progress: Progress, w: Words) -> str:
    if progress.state == "running":
        return progress_card(progress, w)
    said = ""
    if progress.state in ("stopped", "failed"):
        said = element("p", escape(w(progress.state, message=progress.message)), class_="notice warn", role="status")
    if not any(sets.values()):
        return element("section", said + element("p", escape(w("nothing_to_ask"))), class_="card")
    offered = [(name, count) for name, count in sets.items() if count]
    choices = "".join(
        check("questions", name, f"{set_name(name, w)} ({w('questions_n', count=count)})", kind="radio", on=at == 0) for at, (name, count) in enumerate(offered)
    )
    fields = element("fieldset", element("legend", escape(w("which"))) + element("div", choices, class_="row choices"))
    return element("section", said + form("/evaluation/run", fields + button(w("run"), look="primary")), class_="card starting")


def progress_card(progress: Progress, w: Words) -> str:
    """Write how far the run is; the page's script keeps it up to date."""
    bar = element("progress", "", max=str(max(1, progress.total)), value=str(progress.done), aria_label=w("running"))
    count = element("span", escape(w("of", done=progress.done, total=progress.total)), class_="count")
    tools = form("/evaluation/cancel", button(w("cancel"))) + element("a", escape(w("refresh")), class_="button plain without-script", href="/evaluation")
    head = element("h2", escape(w("running")))
    return element("section", head + bar + element("div", count + tools, class_="row"), class_="card running", id="progress", data_total=str(progress.total))


def _runs(runs: Sequence[Run], w: Words) -> str:
    heads = (w("when"), w("set"), w("by"), w("accuracy"), w("answerable"), w("refused"), "")
    head = element("tr", "".join(element("th", escape(name), scope="col") for name in heads))
    rows = "".join(_run(run, w) for run in runs)
    body = element("table", element("thead", head) + element("tbody", rows))
    return element("section", element("h2", escape(w("runs"))) + element("div", body, class_="table-frame", tabindex="0"), class_="card")


def _run(run: Run, w: Words) -> str:
    mean = run.figures.get("mean_by_kind")
    told = (
        set_name(run.questions, w), run.by, "–" if mean is None else f"{100 * mean:.1f}%",
        share(run.figures, "answerable")[1] or "–", share(run.figures, "refused_unanswerable")[1] or "–",
    )  # fmt: skip
    cells = "".join(element("td", escape(value), class_="number-cell") for value in told)
    link = element("td", element("a", escape(w("open")), href=f"/evaluation/runs/{run.key}"))
    return element("tr", element("th", escape(moment_of(run.started_at)), scope="row") + cells + link)
