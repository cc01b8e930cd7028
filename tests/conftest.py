"""Factories of real small things: a document, a catalog, an index, an assistant, each over files written in the test."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from assistant import Assistant
    from corpus.store import Store
    from corpus.types import Document

DocumentOf = Callable[..., "Document"]
StoreOf = Callable[..., "Store"]
AssistantOf = Callable[..., "Assistant"]


# How long one example takes says more about the machine than about the code; speed is measured in benchmarks.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


_LONGEST_NAME = 80


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes or of a long text by its argument: a file made for the test holds the time, and both processes have to agree on names."""
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > _LONGEST_NAME) else None


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the settings and the library of the person who runs the tests out of them."""
    for name in os.environ:
        if name.startswith("POLICY_ASSISTANT_"):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def files_of(tmp_path: Path) -> Callable[..., tuple[Path, ...]]:
    """Write texts as files: unnamed ones become 文件1.txt, 文件2.txt; `**{"方案.txt": text}` names them."""
    folders = itertools.count(1)

    def make(*texts: str, **named: str) -> tuple[Path, ...]:
        folder = tmp_path / f"files{next(folders)}"
        folder.mkdir()
        contents = {f"文件{number}.txt": text for number, text in enumerate(texts, 1)} | named
        for name, text in contents.items():
            (folder / name).write_text(text, encoding="utf-8")
        return tuple(folder / name for name in contents)

    return make


@pytest.fixture
def document_of() -> DocumentOf:
    """Parse one text the way it is parsed on its way into a library; id and version are not given yet."""
    from corpus.parse import parse

    return lambda text, name="文件.txt": parse(text.encode(), name)


@pytest.fixture
def store_of(files_of: Callable[..., tuple[Path, ...]], tmp_path: Path) -> Iterator[StoreOf]:
    """Make a catalog in a folder of its own that holds the texts."""
    from corpus.intake import add_files
    from corpus.store import Store

    numbers = itertools.count(1)
    with ExitStack() as open_stores:

        def make(*texts: str, **named: str) -> Store:
            store = Store.open(tmp_path / f"catalog{next(numbers)}")
            open_stores.callback(store.close)
            add_files(store, files_of(*texts, **named))
            return store

        yield make


@pytest.fixture
def assistant_of(files_of: Callable[..., tuple[Path, ...]], tmp_path: Path) -> Iterator[AssistantOf]:
    """Open an assistant over a library in a folder of its own that holds the texts."""
    from assistant import Assistant
    from assistant.config import Config

    numbers = itertools.count(1)
    with ExitStack() as open_assistants:

        def make(*texts: str, config: Config | None = None, **named: str) -> Assistant:
            folder = tmp_path / f"library{next(numbers)}"
            assistant = open_assistants.enter_context(Assistant.open(folder, config or Config()))
            assistant.add(files_of(*texts, **named))
            return assistant

        yield make


# ---------------------------------------------------------------- pages in a real browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests with a browser be tried as often more as BROWSER_RERUNS says; each such run is told at the end."""
    if reruns := int(os.environ.get("BROWSER_RERUNS", "0")):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.flaky(reruns=reruns))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give a browser for the tests of one module: while one runs, no event loop can be run in this thread."""
    from tests.browser import CHROMIUM, SWITCHES

    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def page_of(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open an address in a fresh profile. The module says with a fixture `address` where its server is.

    Every page has to end without complaint, foreign request, nameless control, faint text or overhang; what browsers say of an expected
    refusal does not count where `refusals` is given.
    """
    from tests.browser import FAINT, LOADED, STILL, UNNAMED

    pages: list[Any] = []
    complaints: list[str] = []
    with ExitStack() as contexts:

        def make(path: str, *, refusals: bool = False, **settings: Any) -> Any:
            context = browser.new_context(**{"locale": "zh-CN", "viewport": {"width": 1440, "height": 900}, **settings})
            contexts.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(30_000)
            page.on("console", lambda m: m.type in ("error", "warning") and not (refusals and "Failed to load resource" in m.text) and complaints.append(m.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda r: r.url.startswith((address, "data:", "blob:")) or complaints.append(r.url))
            page.goto(path if path.startswith("http") else address + path)
            pages.append(page)
            return page

        yield make
        for page in pages:
            page.wait_for_function(LOADED)  # a page just gone to may not have its style sheet yet
            page.wait_for_function(STILL)
            assert page.evaluate(UNNAMED) == []
            assert page.evaluate(FAINT) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert complaints == []
