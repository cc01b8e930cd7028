"""Which web sites may show which of our pages in a frame: the embedded chat page those that a setting names, all other pages none."""

from __future__ import annotations

import re

EMBED = "/embed"
SNIPPETS = "/embedding"
_SITE = re.compile(r"https?://(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?", re.ASCII)


def sites_in(setting: str) -> tuple[str, ...]:
    """Give the sites that the setting `embed_sites` names. What is no site is left out: it would end up in a header."""
    return tuple(site for site in setting.lower().replace(",", " ").split() if _SITE.fullmatch(site))


def ancestors(path: str, sites: str) -> str:
    """Give who may frame the page at `path`, as the content policy writes it. sites: the setting `embed_sites`."""
    if path != EMBED:
        return "'none'"
    return " ".join(("'self'", *sites_in(sites)))


def frame_options(path: str, sites: str) -> str | None:
    """Give the same for browsers that know no content policy; None where that header cannot say it."""
    if path != EMBED:
        return "DENY"
    return None if sites_in(sites) else "SAMEORIGIN"
