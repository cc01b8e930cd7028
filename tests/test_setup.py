"""A built wheel holds everything that is needed, and the set-up names no host."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = dict(line.split("==") for line in CONSTRAINTS if line and not line.startswith("#"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_every_file_of_the_packages_and_the_web_app(wheel: zipfile.ZipFile) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "assistant", "index", "corpus", "eval", "app.py"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert set(listed.stdout.split("\0")[:-1]) <= set(wheel.namelist())


def test_the_wheel_holds_no_tests(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/")[0] for name in wheel.namelist() if ".dist-info" not in name} == {
        "assistant",
        "index",
        "corpus",
        "eval",
        "app.py",
    }


def test_the_wheel_installs_the_command(wheel: zipfile.ZipFile) -> None:
    entries = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "policy-assistant = assistant.__main__:main" in wheel.read(entries).decode()


def test_what_is_in_the_wheel_answers_a_question(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "POLICY_ASSISTANT_LIBRARY": str(tmp_path / "library")}

    def run(*words: str) -> str:
        command = [sys.executable, "-P", "-m", "assistant", *words]
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    sample = sorted((tmp_path / "site" / "corpus" / "samples").glob("*.txt"))[0]
    assert json.loads(run("add", str(sample), "--json"))["files"][0]["status"] == "added"
    assert "区消防救援大队" in run("ask", "人员密集场所防盗窗动态清零由谁牵头?")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!\[; ]", name)[0]).lower()


def test_every_dependency_is_pinned_and_only_by_name_and_version() -> None:
    wanted = [
        *PROJECT["dependencies"],
        *(name for extra in PROJECT["optional-dependencies"].values() for name in extra),
    ]
    assert {plain(name) for name in wanted} <= {plain(name) for name in PINS}
    assert all(re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line) for line in CONSTRAINTS)


@pytest.mark.parametrize("name", ["Makefile", ".ci/run", "pyproject.toml", "constraints.txt"])
def test_the_set_up_names_no_host_and_no_folder_of_a_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|file://|index.url|(?<![\w$.{])/(opt|home|root|work|Users)/", text)


def test_the_checks_run_what_developers_run() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec make test"
