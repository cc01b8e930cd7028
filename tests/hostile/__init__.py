"""Files that mean harm or are broken, made in code, each with what has to become of it.

`CASES` is the manifest. A verdict is "taken" or the codes a refusal may have; where several are named, the format leaves open which
check meets the file first. `present` has to be in the text of a taken file, `absent` must not be, nor in a reason.
"""

from __future__ import annotations

from tests.hostile import containers, images, mail, markup, pdf, sheets, text, word
from tests.hostile.case import Canary, Case

CASES: tuple[Case, ...] = (
    *text.CASES, *markup.CASES, *word.CASES, *sheets.CASES, *containers.CASES, *mail.CASES, *pdf.CASES, *images.CASES
)  # fmt: skip

__all__ = ["CASES", "Canary", "Case"]
