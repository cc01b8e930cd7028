"""What the answers as a whole have to reach, on known questions over whole documents."""

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.config import Config
from eval.report import Report, report_of
from eval.run import files_in, read_questions, run, stored_texts

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SUFFIXES = (".txt", ".md", ".html")


def reported(documents: list[Path], questions: Path, library: Path) -> Report:
    """Ask a question file over a library of its own; citations are checked against the files themselves where they are text."""
    with Assistant.open(library, Config()) as assistant:
        assert {file.status for file in assistant.add(documents).files} == {"added"}
        texts = stored_texts(assistant) | files_in(documents[0].parent)
        return report_of(run(assistant, read_questions(questions), texts=texts))


@pytest.fixture(scope="module")
def whole_plans(tmp_path_factory: pytest.TempPathFactory) -> Report:
    documents, questions = sorted((SHARED / "corpus").glob("*.txt")), SHARED / "eval" / "dev.jsonl"
    if not documents or not questions.exists():
        pytest.skip("the whole documents and their questions are not beside the project")
    return reported(documents, questions, tmp_path_factory.mktemp("plans"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Report:
    documents = sorted(path for path in (ROOT / "corpus" / "samples").iterdir() if path.suffix in SUFFIXES)
    return reported(documents, ROOT / "eval" / "questions" / "samples.jsonl", tmp_path_factory.mktemp("samples"))


def test_every_kind_of_question_about_whole_plans_is_answered_right(whole_plans: Report) -> None:
    assert whole_plans.mean_by_kind >= 0.95, {kind: str(share) for kind, share in whole_plans.by_kind.items()}


def test_what_whole_plans_do_not_say_is_refused(whole_plans: Report) -> None:
    assert whole_plans.refused_unanswerable.value >= 0.95


def test_what_whole_plans_say_is_not_refused(whole_plans: Report) -> None:
    assert whole_plans.wrongly_refused.value <= 0.03


def test_every_citation_of_a_whole_plan_stands_in_its_file(whole_plans: Report) -> None:
    assert whole_plans.citations_valid.n > 0 and whole_plans.citations_valid.value == 1.0
    assert whole_plans.answered_without_citation == 0


def test_citations_of_whole_plans_hit_the_evidence(whole_plans: Report) -> None:
    assert whole_plans.citation_recall >= 0.90


def test_questions_about_the_samples_are_answered_right(samples: Report) -> None:
    assert samples.mean_by_kind >= 0.85, {kind: str(share) for kind, share in samples.by_kind.items()}


def test_every_answer_about_the_samples_cites(samples: Report) -> None:
    assert samples.answered_without_citation == 0


def test_samples_are_answered_within_a_second(samples: Report) -> None:
    assert samples.latency_p95 < 1000
