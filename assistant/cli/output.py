"""What the command line prints for people, and the JSON of what has no `as_json` of its own."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from assistant.types import Answer, Citation

if TYPE_CHECKING:
    from assistant.library.watch import Happening
    from assistant.tasks.matrix import Task
    from corpus.corrections import Made
    from corpus.intake import AddReport
    from corpus.store import Listing
    from corpus.succession import Succession

BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
STATUS = {
    "added": "已加入",
    "unchanged": "未变",
    "new_version": "新版本",
    "duplicate": "重复",
    "rejected": "未加入",
}


FEW_FILES = 50
"""Up to so many files each gets a line."""
LONGEST_NAME = 30


def _styled(text: str, style: str) -> str:
    return f"{style}{text}{PLAIN}" if sys.stdout.isatty() else text


class Bar:
    """A progress bar on standard error; silent where that is no terminal. Use as a context manager."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._progress: Any = None

    def __enter__(self) -> Bar:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"), TextColumn("剩余"), TimeRemainingColumn(),
            )  # fmt: skip
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._progress.add_task(self.label, total=None, rate="")
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def show(self, done: int, total: int, what: str = "") -> None:
        """Move to `done` of `total`; `what` is being worked on."""
        if self._progress:
            speed = self._progress.tasks[self._task].speed
            rate = f"{speed:.1f}/秒" if speed else ""
            words = f"{self.label} {what[:LONGEST_NAME]}".strip()
            self._progress.update(self._task, completed=done, total=total, description=words, rate=rate)


# ---------------------------------------------------------------- documents


def taken_as_json(report: AddReport) -> dict[str, Any]:
    """Give the object of `add --json`."""
    files = [
        {
            "path": str(taken.path),
            "status": taken.status,
            "document_id": taken.document_id,
            "code": taken.code,
            "reason": taken.reason,
            "supersedes": [link_as_json(link, report.labels) for link in taken.supersedes],
            "superseded_by": [link_as_json(link, report.labels) for link in taken.superseded_by],
        }
        for taken in report.files
    ]
    return {"files": files, "seconds": round(report.seconds, 3)}


def print_taken(report: AddReport) -> None:
    """Print what became of each file and a sum; of many files only those that a person has to know of."""
    told = {other.document_id for other in report.files if other.supersedes}
    few = len(report.files) <= FEW_FILES
    for taken in report.files:
        if few or taken.status not in ("added", "unchanged"):
            same = f"内容与“{report.labels.get(taken.document_id, taken.document_id)}”相同" if taken.status == "duplicate" else ""
            print(f"{STATUS[taken.status]}  {taken.path}" + (f"  {taken.reason or same}" if taken.reason or same else ""))
        for link in (*taken.supersedes, *(link for link in taken.superseded_by if link.later not in told)):
            print(f"        {link_line(link, report.labels)}")
    counts = {status: sum(taken.status == status for taken in report.files) for status in STATUS}
    replacing = sum(bool(taken.supersedes) for taken in report.files)
    summed = [f"{STATUS[status]} {count}" for status, count in counts.items() if count]
    summed += [f"其中代替旧文件 {replacing}"] if replacing else []
    print(f"共 {len(report.files)} 个文件: {'、'.join(summed) or '无'} ({report.seconds:.1f} 秒)")


HAPPENED = STATUS | {
    "renamed": "改名",
    "removed": "已移除",
    "missing": "文件不在了",
    "superseded": "代替旧文件",
    "proposed": "可能代替",
    "unreachable": "文件夹打不开",
    "busy": "资料库正忙",
}


def happening_line(happening: Happening) -> str:
    """Give what happened in a watched folder as one line."""
    at = time.strftime("%H:%M:%S", time.localtime(happening.at))
    kept = "文档仍在资料库中;要一起移除请加 --remove" if happening.kind == "missing" and not happening.detail else happening.detail
    return f"{at}  {HAPPENED[happening.kind]}  {happening.path}" + (f"  {kept}" if kept else "")


def link_as_json(link: Succession, labels: Mapping[str, str]) -> dict[str, Any]:
    """Give one link between two editions; state: "certain", "proposed", "confirmed" or "rejected"."""
    return {
        "earlier": link.earlier,
        "earlier_title": labels.get(link.earlier, ""),
        "later": link.later,
        "later_title": labels.get(link.later, ""),
        "kind": link.kind,
        "state": link.state,
        "since": link.since.isoformat() if link.since else None,
        "evidence": link.evidence,
        "decided_at": link.decision.at if link.decision else "",
        "decided_by": link.decision.by if link.decision else "",
    }


LINK_STATES = {"certain": "已自动采用", "proposed": "待确认", "confirmed": "已人工确认", "rejected": "已人工否认"}
LINK_KINDS = {"amended": "修改", "ended": "废止", "draft": "(征求意见稿)拟代替"}


def link_line(link: Succession, labels: Mapping[str, str]) -> str:
    """Give a link as one line for people."""
    later, earlier = (f"《{labels.get(one, one)}》" for one in (link.later, link.earlier))
    since = f"自 {link.since} 起" if link.since else ""
    line = f"{later}{since}{LINK_KINDS.get(link.kind, '代替')}{earlier}:{link.evidence};{LINK_STATES[link.state]}"
    return line + (f"(确认: policy-assistant supersede {link.earlier} {link.later})" if link.state == "proposed" else "")


def made_as_json(made: Made) -> dict[str, Any]:
    """Give one line of `correct --json`."""
    return {
        "id": made.id,
        "clause": made.correction.clause,
        "sets": made.correction.says(),
        "reason": made.correction.reason,
        "made_at": made.at,
        "made_by": made.by,
        "undone_at": made.undone_at,
        "undone_by": made.undone_by,
        "applied": made.applied,
    }


def correction_line(made: Made) -> str:
    """Give a correction as one line for people."""
    from corpus.corrections import NAMES

    sets = ",".join(f"{NAMES[name]}改为“{value}”" for name, value in made.correction.says().items())
    where = f"“{made.correction.clause}”: " if made.correction.clause else ""
    state = f"已由{made.undone_by}于 {made.undone_at[:10]} 撤回" if made.undone_at else "生效" if made.applied else "未生效:文中找不到原句"
    why = f";{made.correction.reason}" if made.correction.reason else ""
    return f"{made.id}  {where}{sets}{why}  {made.by} {made.at[:10]}  {state}"


def print_documents(listings: Sequence[Listing]) -> None:
    """Print one line for each document."""
    for listing in listings:
        print(f"{listing.id}  {listing.name}  {_styled(listing.title, BOLD)}")
    print(f"共 {len(listings)} 份文件")


# ---------------------------------------------------------------- answers


def print_answer(answer: Answer) -> None:
    """Print an answer with its clauses, or why there is none."""
    if answer.answer:
        print(_styled(answer.answer, BOLD))
    if answer.reason and answer.reason not in answer.answer:
        print(answer.reason)
    if answer.status == "answered":
        print(f"\n置信度 {answer.confidence:.2f}")
    for note in answer.notes:
        print(f"注意: {note}")
    if answer.nearest:
        print("\n最接近的条款,供参考:")
    for citation in answer.shown:
        print(f"\n[{citation.n}] {' › '.join((citation.title, *citation.path))}")
        print(
            f"    {citation.doc} {citation.start}–{citation.end}" + (f" 第 {citation.page} 页" if citation.page else "")
        )
        print("\n".join("    " + line for line in _marked(citation).split("\n") if line.strip()))
    for suggestion in answer.suggestions:
        print(f"可以问: {suggestion}")


def _marked(citation: Citation) -> str:
    """Give the quote with the words that answer set off, where the terminal can show it."""
    text, last = "", 0
    for start, end in sorted(citation.highlight):
        start, end = max(start - citation.start, last), end - citation.start
        text += citation.quote[last:start] + _styled(citation.quote[start:end], BOLD)
        last = max(end, last)
    return text + citation.quote[last:]


def print_hits(found: dict[str, Any]) -> None:
    """Print ranked passages."""
    for rank, hit in enumerate(found["hits"], 1):
        print(f"{rank}. {' › '.join((hit['doc'], *hit['path']))}  {_styled(format(hit['score'], '.4f'), DIM)}")
        print("\n".join("    " + line for line in hit["quote"].split("\n") if line.strip()))
    if not found["hits"]:
        print("没有找到")


def print_tasks(rows: Sequence[Task]) -> None:
    """Print the task matrix as a table, as wide as the terminal."""
    from assistant.export.table import table_of, text_of

    if sys.stdout.isatty():
        from rich.console import Console

        Console().print(table_of(rows))
    else:
        print(text_of(rows).decode(), end="")
    print(f"共 {len(rows)} 项任务")
