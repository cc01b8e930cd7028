"""The starter library: eleven invented policy documents, written for this project, that show the genre with its traps."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = (".txt", ".md", ".html")


def sample_files() -> tuple[Path, ...]:
    """Give the absolute paths of the sample documents, in the order of their names."""
    folder = Path(__file__).resolve().parent
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES))
