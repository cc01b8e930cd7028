"""What a browser sends with a form or in an address, and how a page refuses what it cannot use."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from corpus.errors import InputError

MOST_FIELDS = 3000
LONGEST_FIELD = 5000


class Refused(InputError):
    """codes: "quizzes_off", "too_many_requests", "not_found", "wrong_method", "bad_form", "too_large" and those of other pages."""

    def __init__(self, status: int, code: str, message: str, remedy: str = "") -> None:
        super().__init__(code, message, remedy)
        self.status = status


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, in order, with each value's length checked."""

    pairs: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.pairs if key == name)

    def text(self, name: str) -> str:
        return next(iter(self.all(name)), "").strip()

    def number(self, name: str, default: int) -> int:
        """Give a whole number, `default` for an empty or absent field. Raises Refused for what is none."""
        text = self.text(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise Refused(400, "bad_form", f"{text[:20]!r} 不是整数", "请填写整数")
        return int(text)


async def form_of(request: Request, largest: int) -> Form:
    """Read a form of at most `largest` bytes. Only the plain encoding of forms is taken: nothing here needs files."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise Refused(415, "bad_form", "请求内容不是表单", "请使用页面上的表单")
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > largest:
                raise Refused(413, "too_large", "请求内容过大", "请缩短填写的内容")
    except ClientDisconnect:
        raise Refused(413, "too_large", "请求内容过大或没有发完", "请缩短填写的内容") from None
    return fields_of(bytes(body))


def fields_of(text: bytes) -> Form:
    """Read the encoded fields of a form or an address. Raises Refused for too many, too long or not UTF-8."""
    try:
        pairs = parse_qsl(text.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except (ValueError, UnicodeDecodeError):
        raise Refused(400, "bad_form", "表单无法读取", "请刷新页面后再试") from None
    if any(len(value) > LONGEST_FIELD for _, value in pairs):
        raise Refused(413, "too_large", f"有一栏超过 {LONGEST_FIELD} 个字", "请缩短")
    return Form(tuple(pairs))
