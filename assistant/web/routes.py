"""Addresses beside the chat page: the source panel, the same document as a page of its own, and our style and script."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from assistant.config import Config
from assistant.session import Assistant
from assistant.web.chat.words import WORDS
from assistant.web.frame import Page, Shell, Way, fault, write
from assistant.web.markup import element, escape
from assistant.web.pictures import Pictures, media_type
from assistant.web.principal import principal_of
from assistant.web.source import document_address, parse_place, path_at, render_panel
from assistant.web.texts import LANGUAGE_COOKIE, TEXTS, Texts, choose_language
from corpus.errors import InputError, LibraryProblem, MissingExtra, UnknownDocument

STATIC = Path(__file__).parent / "static"


def add_page_routes(app: FastAPI, assistant: Assistant, config: Config, ways: Callable[[Request], tuple[Way, ...]] = lambda request: ()) -> None:
    """Add /source/… and /page/…; has to come before Gradio is mounted at the root. ways: gives the pages that a visitor may enter."""
    router = APIRouter(include_in_schema=False)
    pictures = Pictures()

    def texts_of(request: Request) -> Texts:
        chosen = request.cookies.get(LANGUAGE_COOKIE)
        return TEXTS[choose_language(config.language, chosen, request.headers.get("accept-language"))]

    def panel(request: Request, document_id: str, texts: Texts) -> tuple[str, str]:
        document = assistant.seen_by(principal_of(request)).store.document(document_id)
        place = parse_place(document, request.query_params)
        address = f"{document_address(document_id)}?{request.url.query}#cited"
        return document.title, render_panel(document, place, path_at(document, place), texts, address)

    @router.get("/source/{document_id}/panel")
    def source_panel(request: Request, document_id: str) -> HTMLResponse:
        texts = texts_of(request)
        try:
            return HTMLResponse(panel(request, document_id, texts)[1])
        except UnknownDocument:
            return HTMLResponse(_absent(texts), status_code=404)

    def framed(request: Request, page: Page, texts: Texts) -> HTMLResponse:
        return HTMLResponse(write(page, Shell(WORDS[texts.language], ways(request), "documents")), status_code=page.status)

    @router.get("/source/{document_id}")
    def source_page(request: Request, document_id: str) -> HTMLResponse:
        texts = texts_of(request)
        try:
            title, content = panel(request, document_id, texts)
        except UnknownDocument:
            return framed(request, fault(texts.not_found, texts.not_found_hint, "/documents", WORDS[texts.language], status=404), texts)
        return framed(request, Page(title, element("div", element("div", content, class_="source-content"), class_="source-page"), "source"), texts)

    @router.get("/source/{document_id}/pages/{page}")
    def page_picture(request: Request, document_id: str, page: str) -> Response:
        library = assistant.seen_by(principal_of(request))
        try:
            document = library.store.document(document_id)
            number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 0
            picture = pictures.picture(library, document, number, parse_place(document, request.query_params).clause)
        except (InputError, LibraryProblem) as error:
            headers = {"x-error-code": error.code, **({"retry-after": "3"} if error.status == 429 else {})}
            return Response(status_code=error.status, headers=headers)
        return Response(picture, media_type=media_type(picture), headers={"content-disposition": "inline"})

    @router.get("/page/plotly.js")
    def plotly(request: Request) -> Response:
        """The drawing library of the installed package: megabytes that only pages with charts ask for."""
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return FileResponse(_plotly_file(), media_type="text/javascript", headers=_KEEP)
        return Response(_plotly_packed(), media_type="text/javascript", headers=_KEEP | {"content-encoding": "gzip", "vary": "accept-encoding"})

    app.include_router(router)
    app.mount("/page", StaticFiles(directory=STATIC), name="page")


_KEEP = {"cache-control": "private, max-age=86400"}


def _plotly_file() -> Path:
    # Found without importing it: that would take a second, and nothing here draws.
    package = find_spec("plotly")
    places = package.submodule_search_locations if package else None
    if not places:
        raise MissingExtra("missing_extra", "画图需要 plotly", "请运行 pip install plotly")
    return Path(places[0]) / "package_data" / "plotly.min.js"


@lru_cache(maxsize=1)
def _plotly_packed() -> bytes:
    return gzip.compress(_plotly_file().read_bytes(), 6)


def _absent(texts: Texts) -> str:
    return element("h2", escape(texts.not_found), id="panel-title", tabindex="-1") + element(
        "p", escape(texts.not_found_hint)
    )
