"""Who may go where: every address of the program with the right it needs. The guard lets nobody past an address that has no row here.

The right is what a role has to give (`assistant.accounts.types.RIGHTS`), PUBLIC for the few addresses that are open before anybody is
known. Scopes are those of which a program's key needs one; without any, the address is for people only. Rows are looked at from the top.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.accounts.types import Principal, Right, Scope

PUBLIC: Literal["public"] = "public"

OWN_PASSWORD = ("/account", "/account/password", "/logout")
"""Where somebody may go who still has the password that was given to him."""

MOST_PUBLIC = 6
"""First parts of addresses that are open to everybody; the test of the table keeps to it."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One row. methods: with commas; GET serves HEAD as well.  path: {part} stands for one part of it, {rest:path} for all the rest."""

    methods: str
    path: str
    right: Right | Literal["public"]
    scopes: tuple[Scope, ...] = ()

    def admits(self, principal: Principal | None) -> bool:
        """Tell whether somebody, or nobody known, may go through."""
        if self.right == PUBLIC:
            return True
        if principal is None or (principal.scopes is not None and not principal.scopes & set(self.scopes)):
            return False
        if principal.must_change and self.path not in OWN_PASSWORD:
            return False
        # What a key is good for is said by its scopes; beyond that it does what its owner may.
        owner = Principal(principal.id, principal.name, principal.role, principal.collections)
        return owner.may(self.right)


GATES: tuple[Gate, ...] = (
    # Open before anybody is known: to log in, what those pages are drawn with, signs of life, papers by the token of their link.
    Gate("GET,POST", "/login", PUBLIC),
    Gate("GET,POST", "/setup", PUBLIC),
    Gate("GET", "/page/plotly.js", "ask"),
    Gate("GET", "/page/{rest:path}", PUBLIC),
    Gate("GET,POST,PUT,PATCH,DELETE,TRACE,QUERY", "/livez", PUBLIC),
    Gate("GET,POST,PUT,PATCH,DELETE,TRACE,QUERY", "/healthz", PUBLIC),
    Gate("GET", "/q/{token}", PUBLIC),
    Gate("POST", "/q/{token}/begin", PUBLIC),
    Gate("GET", "/q/{token}/paper", PUBLIC),
    Gate("POST", "/q/{token}/save", PUBLIC),
    Gate("POST", "/q/{token}/check", PUBLIC),
    Gate("POST", "/q/{token}/finish", PUBLIC),
    Gate("GET", "/q/{token}/result", PUBLIC),
    Gate("POST", "/q/{token}/again", PUBLIC),
    Gate("GET", "/q", PUBLIC),
    Gate("GET", "/q/{rest:path}", PUBLIC),
    # One's own account.
    Gate("POST", "/logout", "ask"),
    Gate("GET", "/account", "ask"),
    Gate("POST", "/account/password", "ask"),
    Gate("POST", "/account/keys", "ask"),
    Gate("POST", "/account/keys/{key}/revoke", "ask"),
    # The chat page and what Gradio needs for it.
    Gate("GET", "/", "ask"),
    Gate("GET", "/config", "ask"),
    Gate("GET", "/theme.css", "ask"),
    Gate("GET", "/robots.txt", "ask"),
    Gate("GET", "/favicon.ico", "ask"),
    Gate("GET", "/manifest.json", "ask"),
    Gate("GET", "/assets/{rest:path}", "ask"),
    Gate("GET", "/static/{rest:path}", "ask"),
    Gate("GET", "/svelte/{rest:path}", "ask"),
    Gate("POST", "/gradio_api/queue/join", "ask"),
    Gate("GET", "/gradio_api/queue/data", "ask"),
    Gate("GET", "/gradio_api/heartbeat/{session}", "ask"),
    Gate("GET", "/gradio_api/startup-events", "ask"),
    Gate("GET", "/gradio_api/app_id", "ask"),
    Gate("POST", "/gradio_api/cancel", "ask"),
    Gate("POST", "/gradio_api/reset", "ask"),
    Gate("GET", "/gradio_api/info", "ask"),
    Gate("GET", "/chat/history", "history"),
    Gate("POST", "/chat/history/keep", "history"),
    Gate("POST", "/chat/history/delete", "history"),
    Gate("GET", "/chat/filters", "ask"),
    Gate("GET", "/chat/keys", "ask"),
    Gate("POST", "/chat/{token}/rename", "history"),
    Gate("POST", "/chat/{token}/delete", "history"),
    Gate("GET", "/chat/{token}/conversation.{format}", "export"),
    Gate("GET", "/chat/{token}/{number}/why", "ask"),
    Gate("GET", "/chat/{token}/{number}/judgement", "ask"),
    Gate("POST", "/chat/{token}/{number}/judgement", "ask"),
    Gate("GET,POST,PUT,PATCH,DELETE", "/chat", "ask"),
    Gate("GET,POST,PUT,PATCH,DELETE", "/chat/{rest:path}", "ask"),
    Gate("GET", "/source/{document_id}", "ask", ("read",)),
    Gate("GET", "/source/{document_id}/pages/{page}", "ask", ("read",)),
    Gate("GET", "/source/{document_id}/panel", "ask", ("read",)),
    # Programs.
    Gate("GET", "/api/v1/openapi.json", "ask", ("read", "ask", "upload")),
    Gate("POST", "/api/v1/ask", "ask", ("ask",)),
    Gate("POST", "/api/v1/search", "ask", ("ask",)),
    Gate("GET", "/api/v1/tasks", "ask", ("read",)),
    Gate("GET", "/api/v1/documents", "ask", ("read",)),
    Gate("POST", "/api/v1/documents", "upload", ("upload",)),
    Gate("GET", "/api/v1/documents/{document:path}", "ask", ("read",)),
    Gate("DELETE", "/api/v1/documents/{document:path}", "upload", ("upload",)),
    Gate("POST", "/api/v1/quiz", "make_quizzes", ("read",)),
    Gate("POST", "/api/v1/quiz/export", "make_quizzes", ("read",)),
    Gate("POST", "/api/v1/quiz/grade", "make_quizzes", ("read",)),
    Gate("GET,PUT,PATCH,DELETE", "/api/v1/quiz", "make_quizzes", ("read",)),
    Gate("GET,POST,PUT,PATCH,DELETE", "/api/v1/quiz/{rest:path}", "make_quizzes", ("read",)),
    Gate("GET,POST,PUT,PATCH,DELETE,TRACE,QUERY", "/api/v1/{rest:path}", "ask", ("read", "ask", "upload")),
    Gate("GET", "/v1/models", "ask", ("ask",)),
    Gate("GET", "/v1/models/{name}", "ask", ("ask",)),
    Gate("POST", "/v1/chat/completions", "ask", ("ask",)),
    Gate("GET,POST,PUT,PATCH,DELETE,TRACE,QUERY", "/v1/{rest:path}", "ask", ("ask",)),
    Gate("GET,POST,DELETE", "/mcp", "ask", ("ask", "read")),
    # Quizzes, for trainers.
    Gate("GET", "/quiz", "make_quizzes"),
    Gate("GET", "/quiz/choices", "make_quizzes"),
    Gate("POST", "/quiz/papers", "make_quizzes"),
    Gate("POST", "/quiz/templates", "make_quizzes"),
    Gate("POST", "/quiz/templates/{template}/delete", "make_quizzes"),
    Gate("GET", "/quiz/papers/{paper}", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/title", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/delete", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/template", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/regenerate", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/items/{item}/lock", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/items/{item}/swap", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/items/{item}/edit", "make_quizzes"),
    Gate("GET", "/quiz/papers/{paper}/export", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/share", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/links/{token}/close", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/try", "make_quizzes"),
    Gate("GET", "/quiz/papers/{paper}/results", "make_quizzes"),
    Gate("GET", "/quiz/papers/{paper}/results.csv", "make_quizzes"),
    Gate("GET", "/quiz/papers/{paper}/results/{sitting}", "make_quizzes"),
    Gate("POST", "/quiz/papers/{paper}/results/{sitting}/mistakes", "make_quizzes"),
    Gate("GET,POST,PUT,PATCH,DELETE,OPTIONS", "/quiz/{rest:path}", "make_quizzes"),
    # The task matrix and the documents.
    Gate("GET", "/tasks", "ask"),
    Gate("GET", "/tasks/export", "export"),
    Gate("GET,POST,PUT,PATCH,DELETE", "/tasks/{rest:path}", "ask"),
    Gate("GET", "/documents", "ask"),
    Gate("GET", "/documents/compare", "ask"),
    Gate("GET", "/documents/{document}", "ask"),
    Gate("GET,POST", "/documents/{document}/correct", "correct"),
    Gate("POST", "/documents/{document}/corrections/{number}/undo", "correct"),
    Gate("POST", "/documents/{document}/supersede", "correct"),
    Gate("POST", "/documents/{document}/reparse", "correct"),
    Gate("POST", "/documents/{document}/remove", "upload"),
    Gate("GET,POST,PUT,PATCH,DELETE", "/documents/{rest:path}", "ask"),
    # Known questions and runs over them; light pages for other web sites.
    Gate("GET", "/evaluation", "evaluate"),
    Gate("GET", "/evaluation/disliked", "evaluate"),
    Gate("POST", "/evaluation/disliked/{judgement}/dismiss", "evaluate"),
    Gate("GET", "/evaluation/progress", "evaluate"),
    Gate("GET", "/evaluation/questions", "evaluate"),
    Gate("GET", "/evaluation/questions/file", "evaluate"),
    Gate("GET", "/evaluation/questions/new", "evaluate"),
    Gate("POST", "/evaluation/questions/new", "evaluate"),
    Gate("POST", "/evaluation/questions/import", "evaluate"),
    Gate("GET", "/evaluation/questions/{question}", "evaluate"),
    Gate("POST", "/evaluation/questions/{question}", "evaluate"),
    Gate("POST", "/evaluation/questions/{question}/delete", "evaluate"),
    Gate("POST", "/evaluation/run", "evaluate"),
    Gate("POST", "/evaluation/cancel", "evaluate"),
    Gate("GET", "/evaluation/runs/{run}", "evaluate"),
    Gate("GET,POST,PUT,PATCH,DELETE", "/evaluation/{rest:path}", "evaluate"),
    Gate("GET", "/embedding", "evaluate"),
    Gate("GET", "/embed", "ask"),
    Gate("POST", "/embed", "ask"),
    Gate("POST", "/embed/ask", "ask"),
    # Administration.
    Gate("GET", "/admin", "administer"),
    Gate("GET", "/admin/backup", "administer"),
    Gate("POST", "/admin/backup", "administer"),
    Gate("GET", "/admin/backup/{file}", "administer"),
    Gate("GET", "/admin/backup/{file}/remove", "administer"),
    Gate("POST", "/admin/backup/{file}/remove", "administer"),
    Gate("GET", "/admin/collections", "administer"),
    Gate("POST", "/admin/collections", "administer"),
    Gate("GET", "/admin/collections/{collection}", "administer"),
    Gate("POST", "/admin/collections/{collection}/documents", "administer"),
    Gate("POST", "/admin/collections/{collection}/grant", "administer"),
    Gate("GET", "/admin/collections/{collection}/remove", "administer"),
    Gate("POST", "/admin/collections/{collection}/remove", "administer"),
    Gate("POST", "/admin/collections/{collection}/rename", "administer"),
    Gate("POST", "/admin/collections/{collection}/revoke", "administer"),
    Gate("GET", "/admin/health", "administer"),
    Gate("POST", "/admin/health", "administer"),
    Gate("GET", "/admin/keys", "administer"),
    Gate("POST", "/admin/keys", "administer"),
    Gate("GET", "/admin/keys/{key}/revoke", "administer"),
    Gate("POST", "/admin/keys/{key}/revoke", "administer"),
    Gate("GET", "/admin/log", "administer"),
    Gate("GET", "/admin/log.csv", "administer"),
    Gate("GET", "/admin/people", "administer"),
    Gate("POST", "/admin/people", "administer"),
    Gate("GET", "/admin/people/{person}", "administer"),
    Gate("POST", "/admin/people/{person}/disable", "administer"),
    Gate("POST", "/admin/people/{person}/enable", "administer"),
    Gate("POST", "/admin/people/{person}/end", "administer"),
    Gate("POST", "/admin/people/{person}/password", "administer"),
    Gate("GET", "/admin/people/{person}/remove", "administer"),
    Gate("POST", "/admin/people/{person}/remove", "administer"),
    Gate("POST", "/admin/people/{person}/role", "administer"),
    Gate("GET", "/admin/settings", "administer"),
    Gate("POST", "/admin/settings/{setting}", "administer"),
    Gate("POST", "/admin/settings/{setting}/back", "administer"),
    Gate("GET,POST,PUT,PATCH,DELETE", "/admin/{rest:path}", "administer"),
)
"""The table of addresses and rights. A new address gets a row; `tests/test_gates.py` fails until it has one."""


def _pattern(path: str) -> re.Pattern[str]:
    pieces = re.split(r"\{([\w:]+)\}", path)
    written = ((".*" if piece.endswith(":path") else "[^/]+") if n % 2 else re.escape(piece) for n, piece in enumerate(pieces))
    return re.compile("".join(written), re.DOTALL)


_ROWS = tuple((frozenset(gate.methods.split(",")), _pattern(gate.path), gate) for gate in GATES)


@lru_cache(maxsize=4096)
def gate_for(method: str, path: str) -> Gate | None:
    """Give the row of an address; where only other methods have one, the first of those, as who may not enter need not learn that."""
    method = "GET" if method == "HEAD" else method
    fitting = [(methods, gate) for methods, pattern, gate in _ROWS if pattern.fullmatch(path)]
    return next((gate for methods, gate in fitting if method in methods), fitting[0][1] if fitting else None)
