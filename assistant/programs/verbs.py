"""What a program can ask of a library: ask, search, tasks, documents, show. The command line, REST, the OpenAI-compatible
interface and MCP all call these, so that none of them answers otherwise than the others. Quizzes are `Assistant.quiz`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from assistant.programs.document_json import shown_as_json
from assistant.tasks.matrix import Role, Task, first_day, last_day, matrix_of
from corpus.errors import BadQuestion, NoDocuments

if TYPE_CHECKING:
    from assistant.session import Assistant
    from assistant.types import Answer, Turn


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look; everything empty is the whole library as it is in force today.

    documents: ids or names.  issuer: part of the issuer's name.  since, until: first and last day of issue, as people type days.
    as_of: the day whose editions count.
    """

    documents: tuple[str, ...] = ()
    issuer: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    as_of: str = ""


EVERYWHERE = Where()


def ask(assistant: Assistant, question: str, where: Where = EVERYWHERE, history: Sequence[Turn] = ()) -> Answer:
    """Answer one question. Raises BadQuestion, UnknownDocument, NoDocuments ("no_match"), InputError for what is no day."""
    as_of = last_day(where.as_of) if where.as_of else None
    return assistant.ask(question, history=history, documents=chosen(assistant, where), as_of=as_of)


def search(assistant: Assistant, query: str, k: int = 10, where: Where = EVERYWHERE) -> dict[str, Any]:
    """Give the `k` best passages as {"id": "", "query", "hits", "latency_ms"}. Raises what `ask` raises."""
    if not query.strip():
        raise BadQuestion("empty_question", "检索词是空的", "请输入要检索的内容")
    documents = chosen(assistant, where)
    started = time.perf_counter()
    hits = assistant.search(query, k=k, documents=documents)
    elapsed = 1000 * (time.perf_counter() - started)
    return {"id": "", "query": query, "hits": [hit.as_json() for hit in hits], "latency_ms": round(elapsed, 2)}


def tasks(
    assistant: Assistant, unit: str = "", role: Role = "any", before: str = "", documents: Sequence[str] = ()
) -> tuple[Task, ...]:
    """Give the rows of the task matrix. before: a day as people type it, "" for any. Raises InputError, UnknownDocument."""
    day = last_day(before) if before else None
    return matrix_of(assistant.duties(documents=tuple(documents)), unit=unit, role=role, before=day)


def documents(assistant: Assistant) -> dict[str, Any]:
    """List the documents: {"documents": [{"id", "name", "title", …}]}."""
    return {"documents": [asdict(listing) | {"counts": dict(listing.counts)} for listing in assistant.store.documents()]}


def show(assistant: Assistant, document: str, part: str = "card") -> dict[str, Any]:
    """Give one part of a document. part: one of `document_json.PARTS`. Raises UnknownDocument."""
    found = assistant.store.document(document)
    shown = shown_as_json(found, part)
    return shown | {"remarks": list(assistant.remarks(found.id))} if part == "card" else shown


def chosen(assistant: Assistant, where: Where) -> tuple[str, ...]:
    """Give the documents to look in: those named, within those the filters leave; empty for all."""
    if not (where.issuer or where.place or where.since or where.until):
        return where.documents
    since = first_day(where.since) if where.since else None
    until = last_day(where.until) if where.until else None
    as_of = last_day(where.as_of) if where.as_of else None
    fitting = assistant.select(issuer=where.issuer, place=where.place, since=since, until=until, as_of=as_of)
    if not where.documents:
        return fitting
    named = {assistant.store.document(d).id for d in where.documents}
    kept = tuple(identity for identity in fitting if identity in named)
    if not kept:
        raise NoDocuments("no_match", "指定的文件都不符合筛选条件", "请不指定文件,或放宽筛选")
    return kept
