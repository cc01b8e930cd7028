"""Whose request it is. The guard settles that before any route is reached; routes and callbacks ask here."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Annotated, Any

from fastapi import Depends, Request

from assistant.accounts.types import Principal

_KEY = "policy_assistant.principal"


def set_principal(scope: MutableMapping[str, Any], principal: Principal) -> None:
    """Say for everything behind the guard whose request this is."""
    scope[_KEY] = principal


def principal_of(request: Any) -> Principal:
    """Give who sent a request of Starlette, or the request that Gradio hands to a callback (`gr.Request`).

    Raises KeyError for one that did not come through the guard: nobody is let in by an oversight.
    """
    inner = getattr(request, "request", None) or request
    return principal_in(inner.scope)


def principal_in(scope: MutableMapping[str, Any]) -> Principal:
    """Give who sent the request of an ASGI scope."""
    principal: Principal = scope[_KEY]
    return principal


def _person(request: Request) -> Principal:
    return principal_of(request)


Person = Annotated[Principal, Depends(_person)]
"""A parameter of a route: who sent the request."""
