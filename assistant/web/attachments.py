"""Files that a browser saves: their names."""

from __future__ import annotations

from urllib.parse import quote

_LONGEST_NAME = 80


def attachment(title: str, ending: str) -> str:
    """Give the header that saves an answer as `title.ending`, which may be Chinese (RFC 6266).

    What could leave the folder, hide the ending or turn the direction of the name is left out of the title.
    """
    kept = "".join(c for c in " ".join(title.split()) if c.isalnum() or c in " ._-()()《》、,“”—·").strip(" .")[:_LONGEST_NAME].strip(" .") or "file"
    plain = "".join(c for c in kept if c.isascii() and (c.isalnum() or c in "._-")).strip("._-") or "file"
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(f'{kept}.{ending}', safe='')}"
