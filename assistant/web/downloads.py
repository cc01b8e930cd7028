"""Files that a page hands out to be saved."""

from __future__ import annotations

from starlette.responses import Response

from assistant.web.attachments import attachment

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8", "ics": "text/calendar; charset=utf-8",
}  # fmt: skip


def as_file(content: bytes, kind: str, name: str) -> Response:
    """Give `content` to be saved under `name`, which has an ending. kind: the media type."""
    title, _, ending = name.rpartition(".")
    return Response(content, media_type=kind, headers={"content-disposition": attachment(title, ending)})
