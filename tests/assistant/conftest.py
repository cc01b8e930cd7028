"""Runs of the command line over libraries in folders of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.cli.main import main
from tests.assistant.command_line import PLAN, Done, Run


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command over a library in `tmp_path`."""

    def call(*words: str | Path) -> Done:
        code = main([str(word) for word in words] + ["--library", str(tmp_path / "library")])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one plan and the library it was added to; tests work on copies."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "方案.txt").write_text(PLAN, encoding="utf-8")
    assert main(["add", str(folder / "方案.txt"), "--library", str(folder / "library")]) == 0
    return folder


@pytest.fixture
def filled(run: Run, built: Path, tmp_path: Path) -> Run:
    """The same, with one plan in the library."""
    shutil.copytree(built / "library", tmp_path / "library")
    return run
