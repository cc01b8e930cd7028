"""Imports point down, importing does nothing heavy, and functions and modules stay short."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "assistant": {"corpus", "index", "assistant"},
    "eval": {"corpus", "index", "assistant", "eval"},
}
FILES = sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))
HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "llama_index",
    "gradio",
    "fastapi",
    "faiss",
    "tantivy",
    "pandas",
    "mcp",
)
LONGEST_FUNCTION = 60
LONGEST_MODULE = 400
TOPS = {"assistant.__main__", "app"}
"""Composition roots: nobody imports them."""
WEB = ("assistant/programs/api.py", "assistant/web/")
"""Loaded by the web app alone: these may import its framework, nothing else that is heavy."""
TRAINING = "index/training/"
"""A program of its own: needs torch, and nothing that answers questions imports it."""


by_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"relative import in line {node.lineno}"
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@by_file
def test_imports_point_down(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    seen = {name.split(".")[0] for name in imported(path)}
    assert seen & MAY_IMPORT.keys() <= MAY_IMPORT[package]
    assert not TOPS & set(imported(path))


@by_file
def test_our_packages_are_never_bound_as_names(path: Path) -> None:
    """`import eval` would hide the builtin."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            bound = {alias.asname or alias.name.split(".")[0] for alias in node.names}
            assert not bound & MAY_IMPORT.keys(), f"line {node.lineno}"


@by_file
def test_heavy_packages_are_imported_at_use(path: Path) -> None:
    for node in tree_of(path).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            web = path.relative_to(ROOT).as_posix().startswith(WEB)
            training = path.relative_to(ROOT).as_posix().startswith(TRAINING)
            heavy = set(HEAVY) - ({"fastapi", "gradio"} if web else {"torch"} if training else set())
            assert not {name.split(".")[0] for name in names} & heavy, f"line {node.lineno}"


@by_file
def test_what_trains_the_encoder_is_not_part_of_the_program(path: Path) -> None:
    """The benchmarks may ask it which pairs were held out."""
    if not path.relative_to(ROOT).as_posix().startswith((TRAINING, "eval/bench/")):
        assert not any(name.startswith("index.training") for name in imported(path))


@by_file
def test_functions_and_modules_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, f"{node.name} in line {node.lineno}"


@by_file
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert path.stat().st_size == 0 or ast.get_docstring(tree_of(path))


@by_file
def test_nothing_is_caught_wholesale(path: Path) -> None:
    """The command line's outermost net is the one exception: it turns our own faults into an object for programs."""
    broad = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler) and is_broad(node)]
    assert len(broad) <= (path == ROOT / "assistant" / "cli" / "main.py")


def is_broad(node: ast.ExceptHandler) -> bool:
    return node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})


def test_no_module_takes_part_in_an_import_cycle() -> None:
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in FILES}
    known = set(names.values())
    needs = {name: set(at_import(path, known)) - {name} for path, name in names.items()}
    while leaves := {name for name, needed in needs.items() if not needed}:
        needs = {name: needed - leaves for name, needed in needs.items() if name not in leaves}
    assert not needs, f"cycle among {sorted(needs)}"


def at_import(path: Path, known: set[str]) -> Iterator[str]:
    """Give our modules that are loaded while `path` is: its top-level imports, without those for types only.

    `from package import module` needs the module, not the rest of the package.
    """
    for node in tree_of(path).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & known
            yield from submodules or {node.module} & known


@pytest.mark.parametrize("module", ["assistant", "assistant.cli.main", "index", "corpus", "eval.run"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, importlib; importlib.import_module({module!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not set(HEAVY) & {name.split(".")[0] for name in done.stdout.split()}
