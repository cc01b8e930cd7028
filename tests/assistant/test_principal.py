"""Roles and what they may; whose request it is, in a route and in a callback of the page."""

from __future__ import annotations

import gradio
import pytest
from starlette.requests import Request

from assistant.accounts.types import LOCAL, RIGHTS, ROLES, Denied, Principal
from assistant.web.principal import principal_of, set_principal


def test_each_role_may_all_that_the_one_before_may() -> None:
    for lower, higher in zip(ROLES, ROLES[1:], strict=False):
        assert RIGHTS[lower] < RIGHTS[higher]


def test_a_key_never_gives_more_than_the_role() -> None:
    reader = Principal("1", "张三", "reader", frozenset(), scopes=frozenset({"ask", "upload"}))
    assert reader.may("ask") and not reader.may("upload") and not reader.may("export")
    with pytest.raises(Denied) as denied:
        reader.check("upload")
    assert (denied.value.code, denied.value.status) == ("forbidden", 403)


def test_the_principal_reaches_routes_and_callbacks_and_its_absence_is_a_fault() -> None:
    scope = {"type": "http", "headers": []}
    with pytest.raises(KeyError):
        principal_of(Request(scope))
    set_principal(scope, LOCAL)
    assert principal_of(Request(scope)) is LOCAL
    assert principal_of(gradio.Request(Request(scope))) is LOCAL
