"""Recipes changed from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

Recipe = TypeVar("Recipe")


def changed(recipe: Recipe, settings: Sequence[str]) -> Recipe:
    """Change a recipe, a frozen dataclass, by NAME=VALUE. Raises ValueError for a name or value it does not have."""
    kinds = {name: type(value) for name, value in asdict(recipe).items()}  # type: ignore[call-overload]
    given: dict[str, Any] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in kinds:
            raise ValueError(f"{name} is not one of {', '.join(kinds)}")
        given[name] = kinds[name](value)
    return replace(recipe, **given)  # type: ignore[type-var]
