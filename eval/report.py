"""Turn judged replies into a report: by kind and language, refusals, citations, speed, and how far confidence can be trusted."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from eval.metrics import auroc, expected_calibration_error, percentile, risk_coverage
from eval.types import Judged

COVERAGES = (0.5, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `n`."""

    right: int
    n: int

    @property
    def value(self) -> float:
        """right / n in [0, 1]; 0.0 when n is 0."""
        return self.right / self.n if self.n else 0.0

    def __str__(self) -> str:
        return f"{100 * self.value:.1f}% ({self.right}/{self.n})" if self.n else "–"


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one run. by_kind, by_language: shares that pass.  mean_by_kind: mean of the per-kind accuracies.

    latency in milliseconds; length in characters, of answered replies.  risk: (coverage, share wrong) of the most
    confident replies.
    """

    by_kind: dict[str, Share]
    by_language: dict[str, Share]
    mean_by_kind: float
    answerable: Share
    refused_unanswerable: Share
    wrongly_refused: Share
    answered_unanswerable: Share
    citations_valid: Share
    citation_recall: float
    citation_precision: float
    answered_without_citation: int
    latency_p50: float
    latency_p95: float
    median_length: float
    calibration_error: float
    auroc: float | None
    risk: tuple[tuple[float, float], ...]


def report_of(judged: Sequence[Judged]) -> Report:
    """Sum up judged replies."""
    by_kind = _shares(judged, [one.question.kind for one in judged])
    answerable = [one for one in judged if one.question.answerable]
    unanswerable = [one for one in judged if not one.question.answerable]
    answered = [one for one in judged if one.answer.status == "answered"]
    recalls = [one.citations.recall for one in answerable if one.citations.recall is not None]
    precisions = [one.citations.precision for one in answerable if one.citations.precision is not None]
    confidences, right = _trust(judged)
    curve = risk_coverage(confidences, right)
    return Report(
        by_kind=by_kind,
        by_language=_shares(judged, [one.question.lang for one in judged]),
        mean_by_kind=statistics.fmean(share.value for share in by_kind.values()) if by_kind else 0.0,
        answerable=_passed(answerable),
        refused_unanswerable=_share(one.answer.abstained for one in unanswerable),
        wrongly_refused=_share(one.answer.abstained for one in answerable),
        answered_unanswerable=_share(not one.passed for one in unanswerable),
        citations_valid=Share(sum(one.citations.valid for one in judged), sum(one.citations.cited for one in judged)),
        citation_recall=statistics.fmean(recalls) if recalls else 0.0,
        citation_precision=statistics.fmean(precisions) if precisions else 0.0,
        answered_without_citation=sum(not one.answer.citations for one in answered),
        latency_p50=percentile([one.answer.latency_ms for one in judged], 0.5),
        latency_p95=percentile([one.answer.latency_ms for one in judged], 0.95),
        median_length=percentile([float(len(one.answer.answer)) for one in answered], 0.5),
        calibration_error=expected_calibration_error(confidences, right),
        auroc=auroc(confidences, right),
        risk=tuple((share, curve[max(0, round(share * len(curve)) - 1)][1]) for share in COVERAGES) if curve else (),
    )


def _trust(judged: Sequence[Judged]) -> tuple[list[float], list[bool]]:
    """Give confidence and rightness of the replies that answer; a refusal makes no claim that could be trusted."""
    answered = [one for one in judged if not one.answer.abstained]
    return [one.answer.confidence for one in answered], [one.passed for one in answered]


def _share(values: Iterable[bool]) -> Share:
    flags = list(values)
    return Share(sum(flags), len(flags))


def _passed(judged: Sequence[Judged]) -> Share:
    return _share(one.passed for one in judged)


def _shares(judged: Sequence[Judged], labels: Sequence[str]) -> dict[str, Share]:
    groups: dict[str, list[Judged]] = {}
    for one, label in zip(judged, labels, strict=True):
        groups.setdefault(label, []).append(one)
    return {label: _passed(group) for label, group in groups.items()}


# ---------------------------------------------------------------- faces


def figures(report: Report) -> tuple[tuple[str, str], ...]:
    """Give the overall figures as (label, value) pairs, ready to print."""
    return (
        ("mean of the per-kind accuracies", f"{100 * report.mean_by_kind:.1f}%"),
        ("answerable questions answered rightly", str(report.answerable)),
        ("answerable questions refused", str(report.wrongly_refused)),
        ("unanswerable questions refused", str(report.refused_unanswerable)),
        ("unanswerable questions answered", str(report.answered_unanswerable)),
        ("citations that stand in their file", str(report.citations_valid)),
        ("citation recall", f"{100 * report.citation_recall:.1f}%"),
        ("citation precision", f"{100 * report.citation_precision:.1f}%"),
        ("answers without a citation", str(report.answered_without_citation)),
        ("latency p50 / p95", f"{report.latency_p50:.1f} / {report.latency_p95:.1f} ms"),
        ("median length of an answer", f"{report.median_length:.0f} characters"),
        ("calibration error", f"{report.calibration_error:.3f}"),
        ("AUROC of the confidence", "–" if report.auroc is None else f"{report.auroc:.3f}"),
        (
            "risk at coverage",
            ", ".join(f"{100 * risk:.1f}% at {100 * share:.0f}%" for share, risk in report.risk) or "–",
        ),
    )


def markdown_of(report: Report) -> str:
    """Write the report as Markdown."""
    lines = ["# Evaluation", "", "| figure | value |", "|---|---|"]
    lines += [f"| {label} | {value} |" for label, value in figures(report)]
    for heading, shares in (("kind", report.by_kind), ("language", report.by_language)):
        lines += ["", f"| {heading} | right |", "|---|---|"]
        lines += [f"| {label} | {share} |" for label, share in shares.items()]
    return "\n".join(lines) + "\n"


def json_of(report: Report) -> dict[str, object]:
    """Give the report as an object for programs; every share is {"right", "n", "value"}."""

    def plain(value: object) -> object:
        if isinstance(value, Share):
            return asdict(value) | {"value": round(value.value, 4)}
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        return round(value, 4) if isinstance(value, float) else value

    return {field.name: plain(getattr(report, field.name)) for field in fields(report)}


def write_report(report: Report, judged: Sequence[Judged], folder: Path) -> None:
    """Write report.json, report.md and failures.jsonl into `folder`, which is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    written = json.dumps(json_of(report), ensure_ascii=False, indent=2)
    (folder / "report.json").write_text(written + "\n", encoding="utf-8")
    (folder / "report.md").write_text(markdown_of(report), encoding="utf-8")
    failures = (json.dumps(_failure(one), ensure_ascii=False) for one in judged if not one.passed)
    (folder / "failures.jsonl").write_text("".join(line + "\n" for line in failures), encoding="utf-8")


def _failure(one: Judged) -> dict[str, object]:
    question = one.question
    wanted = {"kind": question.kind, "must": question.must, "accept": question.accept, "gold": question.answer}
    return {"id": question.id, "why": one.why} | wanted | {"reply": one.answer.as_json() | {"id": question.id}}


def print_report(report: Report) -> None:
    """Print the report as tables."""
    from rich.console import Console
    from rich.table import Table

    kinds = Table("kind", "right", "of", "%")
    for label, share in (report.by_kind | {f"({key})": share for key, share in report.by_language.items()}).items():
        kinds.add_row(label, str(share.right), str(share.n), f"{100 * share.value:.1f}")
    table = Table("figure", "value")
    for label, value in figures(report):
        table.add_row(label, value)
    console = Console()
    console.print(kinds)
    console.print(table)
