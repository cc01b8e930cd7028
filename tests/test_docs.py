"""The documentation is true: what it shows runs, prints what it says, and leaves nothing out.

`python tests/test_docs.py` prints every example anew into the READMEs.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from assistant.cli.main import COMMANDS, main  # noqa: E402
from assistant.config import SETTINGS  # noqa: E402

READMES = tuple(ROOT / name for name in ("README.md", "README.zh-CN.md"))
DOCUMENTS = (*READMES, ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md")
CONSOLE = re.compile(r"```console\n(.*?)```", re.S)
VARYING = re.compile(r"\d+\.\d+")
"""Confidences and seconds: they differ a little from machine to machine."""

each_readme = pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text_of(path), re.S)


def printed(block: str) -> str:
    """Run the commands of one console block in the current folder and give the block as it is printed now."""
    lines = []
    for line in block.splitlines():
        if line.startswith("$ policy-assistant "):
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
                main([*shlex.split(line)[2:], "--library", "library"])
            lines += [line, *out.getvalue().rstrip().splitlines()]
    return "\n".join(lines) + "\n"


def lay_out(folder: Path) -> None:
    """Put what the examples name into `folder`."""
    shutil.copytree(
        ROOT / "corpus" / "samples", folder / "corpus" / "samples", ignore=shutil.ignore_patterns("*.py*", "__*")
    )


@pytest.fixture
def playground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@each_readme
def test_the_examples_print_what_the_readme_shows(readme: Path, playground: Path) -> None:
    for block in blocks(readme, "console"):
        assert VARYING.sub("0.0", printed(block)) == VARYING.sub("0.0", block)


@each_readme
def test_the_python_example_runs(readme: Path, playground: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(readme, "python")
    exec(compile(code, readme.name, "exec"), {})
    assert "消防救援大队" in capsys.readouterr().out


@each_readme
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_documented_with_its_options(readme: Path, command: object) -> None:
    name, arguments = command.name, command.arguments  # type: ignore[attr-defined]
    (row,) = re.findall(rf"^\| `{name}\b.*$", text_of(readme), re.M)
    for argument in arguments:
        shown = argument.names[0] if argument.names[0].startswith("-") else str(argument.settings.get("metavar", ""))
        assert shown in row


@each_readme
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented_with_its_default(readme: Path, setting: object) -> None:
    name, kind, default = setting.name, setting.type_name, setting.default  # type: ignore[attr-defined]
    (row,) = re.findall(rf"^\| `{name}` .*$", text_of(readme), re.M)
    assert f"| {kind} |" in row
    assert not default or f"`{default}`" in row


def test_the_english_readme_repeats_the_table_of_settings() -> None:
    assert all(setting.about in text_of(READMES[0]) for setting in SETTINGS)


SHARED = (r"^\$ .*", r"^\| `[^`]*`", r"```json\n[^`]*```", r"```python\n[^`]*```", r"`make \w+`", r"^#+ ")


def test_both_readmes_show_the_same_things_in_the_same_order() -> None:
    english, chinese = (text_of(path) for path in READMES)
    for pattern in SHARED:
        assert re.findall(pattern, english, re.M) == re.findall(pattern, chinese, re.M)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text_of(document)):
        assert (ROOT / target).exists(), target


def test_every_path_in_the_architecture_exists() -> None:
    for name in re.findall(
        r"`((?:corpus|index|assistant|eval|tests)/[\w./]*|app\.py)`", text_of(ROOT / "ARCHITECTURE.md")
    ):
        assert (ROOT / name).exists(), name
    assert len(text_of(ROOT / "ARCHITECTURE.md").splitlines()) <= 120


def test_nothing_points_at_one_machine() -> None:
    for document in DOCUMENTS:
        assert not re.search(r"(?<!\w)/(home|root|opt|work|Users|tmp)/", text_of(document))


def test_errors_named_in_the_code_have_stable_english_codes() -> None:
    """A code that a program reads is lower case words, whatever the message says."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        if path.relative_to(ROOT).parts[0] in {"corpus", "index", "assistant", "eval"}:
            for node in ast.walk(ast.parse(text_of(path))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                    code = node.exc.args[0]
                    named = isinstance(node.exc.func, ast.Name) and node.exc.func.id in ERRORS
                    if named and isinstance(code, ast.Constant):
                        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code.value), f"{path.name}:{node.lineno}"


ERRORS = {
    "InputError",
    "UnreadableDocument",
    "UnsupportedFormat",
    "DocumentTooLarge",
    "NoDocuments",
    "UnknownDocument",
    "BadQuestion",
    "ConfigError",
    "LibraryProblem",
    "LibraryCorrupt",
    "LibraryTooNew",
    "MissingExtra",
}


def write_examples() -> None:
    """Print every console block anew."""
    for readme in READMES:
        with tempfile.TemporaryDirectory() as folder:
            lay_out(Path(folder))
            os.chdir(folder)
            shown = CONSOLE.sub(lambda found: f"```console\n{printed(found[1])}```", text_of(readme))
            os.chdir(ROOT)
        readme.write_text(shown, encoding="utf-8")


if __name__ == "__main__":
    write_examples()
