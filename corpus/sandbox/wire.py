"""What crosses the border of the sandbox: a job in, an encoded document or a refusal out. Nothing that comes out is believed.

An answer is one byte for its kind and JSON: `D` a document, `R` a refusal by a reader, `F` the reader's own fault; `M`, the members of a
container, has their bytes behind the first line. The one who wrote it
may be a taken-over process, so every type, every span and every text is checked before the rest of the program sees it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from corpus.codec import decode, encode
from corpus.containers import Member
from corpus.errors import (
    DocumentTooLarge,
    InputError,
    MissingExtra,
    ParseError,
    ParserFailed,
    PolicyAssistantError,
    UnreadableDocument,
    UnsupportedFormat,
)
from corpus.readers.pageimage import Box
from corpus.spans import lie_within
from corpus.types import Document

_KINDS: dict[str, type[PolicyAssistantError]] = {
    kind.__name__: kind
    for kind in (UnreadableDocument, UnsupportedFormat, DocumentTooLarge, ParserFailed, ParseError, InputError, MissingExtra)
}
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST_WORDS = 500
_AGAIN = "请用原来的软件打开,检查后另存一份再添加"

_FAILURES = {
    "parser_crashed": "读取这份文件时,解析进程意外退出{detail}",
    "parser_timeout": "读取这份文件用了太长时间{detail},已经停止",
    "parser_memory": "读取这份文件需要的内存超过上限{detail},已经停止",
    "parser_output": "从这份文件读出的内容太多{detail},没有保存",
    "parser_failed": "程序没能读懂这份文件的内部结构{detail}",
}


def failure(code: str, detail: str = "") -> ParserFailed:
    """Make the error for a parse that came to an end without a result. code: one of `ParserFailed`."""
    shown = f"({detail})" if detail else ""
    return ParserFailed(code, _FAILURES[code].format(detail=shown), f"文件可能损坏或不是正常的文件,{_AGAIN}")


def document_answer(document: Document) -> bytes:
    """Encode a document for its way out."""
    return b"D" + encode(document, Document).encode()


def members_answer(found: Iterable[Member]) -> bytes:
    """Encode what a container holds: name and length of each member, or its refusal, and then all bytes."""
    heads, pieces = [], []
    for member in found:
        refusal = None if member.refusal is None else error_answer(member.refusal)[1:].decode()
        heads.append([member.name, len(member.data), refusal])
        pieces.append(member.data)
    return b"".join((b"M", json.dumps(heads).encode(), b"\n", *pieces))


def read_members(answer: bytes) -> tuple[Member, ...]:
    """Decode the members of a container; raise the refusal, or ParserFailed ("parser_crashed") for anything else."""
    try:
        if answer[:1] == b"M":
            return tuple(_members_in(answer))
        error = _error(answer[:1], json.loads(answer[1:]))
    except (ValueError, TypeError, LookupError, RecursionError) as fault:
        raise failure("parser_crashed", "返回的内容不符合格式") from fault
    raise error


def _members_in(answer: bytes) -> Iterator[Member]:
    at = answer.index(b"\n") + 1
    for name, size, refusal in json.loads(answer[1:at]):
        if not isinstance(name, str) or type(size) is not int or not 0 <= size <= len(answer) - at:
            raise ValueError("not a member")
        name.encode()
        error = None if refusal is None else _error(b"R", json.loads(refusal))
        if error is not None and not isinstance(error, InputError):
            raise ValueError("not a refusal of a member")
        yield Member(name, answer[at : at + size], error)
        at += size


PAGE = "page "


def page_task(number: int, boxes: Sequence[Box]) -> str:
    """Write the task of drawing a page."""
    return PAGE + json.dumps([number, [[round(value, 1) for value in box] for box in boxes]])


def read_page_task(task: str) -> tuple[int, tuple[Box, ...]]:
    number, boxes = json.loads(task.removeprefix(PAGE))
    return number, tuple((left, top, right, bottom) for left, top, right, bottom in boxes)


def image_answer(picture: bytes) -> bytes:
    """Encode a picture."""
    return b"I" + picture


def read_image(answer: bytes) -> bytes:
    """Decode a picture, PNG or JPEG; raise the refusal, or ParserFailed ("parser_crashed") for anything else."""
    if answer[:1] == b"I" and answer[1:].startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return answer[1:]
    try:
        error = _error(answer[:1], json.loads(answer[1:]))
    except (ValueError, TypeError, LookupError, RecursionError) as fault:
        raise failure("parser_crashed", "返回的内容不符合格式") from fault
    raise error


def error_answer(error: BaseException) -> bytes:
    """Encode a refusal, or a fault that a reader did not expect."""
    if isinstance(error, PolicyAssistantError):
        kind = next((name for name, cls in _KINDS.items() if type(error) is cls), "ParseError")
        parts = [kind, error.code, error.message, error.remedy]
        return b"R" + json.dumps(parts, ensure_ascii=True).encode()
    return b"F" + json.dumps(["memory" if isinstance(error, MemoryError) else type(error).__name__]).encode()


def read_answer(answer: bytes, name: str) -> Document:
    """Decode an answer about the file called `name`; raise the refusal that it holds.

    Raises ParserFailed ("parser_crashed") for anything else than an answer.
    """
    try:
        if answer[:1] == b"D":
            return _checked(decode(answer[1:], Document, strict=True), name)
        parts = json.loads(answer[1:])
        error = _error(answer[:1], parts)
    except (ValueError, TypeError, LookupError, RecursionError) as fault:
        raise failure("parser_crashed", "返回的内容不符合格式") from fault
    raise error


def _checked(document: Document, name: str) -> Document:
    """Make sure that a document can be stored and cited: its own name, spans inside the text, text that is text."""
    size = len(document.text)
    if document.name != name or document.id or document.version:
        raise ValueError("not the document asked for")
    if not lie_within(document, size):
        raise ValueError("span outside the text")
    document.text.encode()
    return document


def _error(kind: bytes, parts: Any) -> PolicyAssistantError:
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise TypeError("not the parts of an error")
    if kind == b"F":
        (fault,) = parts
        return failure("parser_memory") if fault == "memory" else failure("parser_failed", _words(fault)[:60])
    if kind != b"R":
        raise ValueError("not an answer")
    name, code, message, remedy = parts
    if not _CODE.fullmatch(code):
        raise ValueError("not a code")
    return _KINDS[name](code, _words(message), _words(remedy))


def _words(text: str) -> str:
    return "".join(c for c in text[:_LONGEST_WORDS] if c.isprintable())
