"""The web application: reads nothing but its arguments, opens the library, puts the parts together and serves them.

One process, on loopback unless configured otherwise. Nothing here reaches out: Gradio's analytics, sharing, monitoring and
run history are off, and the page loads only from this server.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import signal
import socket
import sys
import tempfile
from contextlib import closing, suppress
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from assistant import pauses
from assistant.config import Config
from corpus.errors import ConfigError
from corpus.memory import sparing
from corpus.readers import MAX_BYTES

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant import Assistant

OUR_PATHS = ("/api/v1", "/v1", "/mcp", "/livez", "/healthz", "/source", "/page", "/embed")


def create_app(config: Config, assistant: Assistant | None = None) -> FastAPI:
    """Build the application: pages at /, documents at /source, quizzes at /quiz, programs at /api/v1, /v1, /mcp and /healthz.

    assistant: an open one; None opens the library that `config` names. The caller closes what it opened.
    """
    _keep_gradio_private()
    opened = assistant or _open(config)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        # Where no event loop runs, Gradio makes one for each of its locks and never closes them.
        return asyncio.run(_build(config, opened))
    return _assemble(config, opened)


async def _build(config: Config, assistant: Assistant) -> FastAPI:
    return _assemble(config, assistant)


def _assemble(config: Config, assistant: Assistant) -> FastAPI:
    import gradio

    from assistant.live import live_config
    from assistant.programs.api import add_api_end, add_api_routes
    from assistant.web.account.pages import account_sections
    from assistant.web.admin.routes import admin_section
    from assistant.web.chat.desk import chat_desk
    from assistant.web.chat.routes import chat_section
    from assistant.web.chat_completions import add_openai_routes
    from assistant.web.documents.routes import documents_section
    from assistant.web.door import Door
    from assistant.web.embed.routes import Visitors, add_embed_routes
    from assistant.web.embed.snippets import snippets_section
    from assistant.web.evaluation.routes import IMPORT_PATH, LARGEST_IMPORT, add_import_route, evaluation_section
    from assistant.web.guard import LARGEST_BODY, GuardedApp, hosts_for
    from assistant.web.mcp_endpoint import McpEndpoint
    from assistant.web.page import ChatPage
    from assistant.web.quiz.rest import add_quiz_api
    from assistant.web.quiz.routes import quiz_sections
    from assistant.web.routes import STATIC, add_page_routes
    from assistant.web.sections import Section, add_sections, ways_for
    from assistant.web.streams import EmptyStreams
    from assistant.web.tasks.routes import tasks_section
    from assistant.web.texts import TEXTS
    from assistant.web.theme import build_theme
    from assistant.web.uploads import UPLOAD_PATH, add_upload_routes
    from eval.scoring import EXAMINER

    live = live_config(config, assistant.store.database)
    config = assistant.config = live
    desk = chat_desk(assistant)
    door = Door(assistant.store.database, lambda: live)
    visitors = Visitors(assistant, lambda: live, door.accounts_on)
    evaluation = evaluation_section(assistant, EXAMINER)
    sections: tuple[Section[Any, Any], ...] = (
        tasks_section(assistant), documents_section(assistant, config), *quiz_sections(assistant, config), chat_section(desk), evaluation,
        snippets_section(visitors), *account_sections(assistant, door), admin_section(assistant, live, door.forget),
    )  # fmt: skip
    endpoint = McpEndpoint(assistant, config)
    app = GuardedApp(
        paths=(*OUR_PATHS, *(section.root for section in sections)),
        hosts=hosts_for(config.host),
        # A little more, so that the route itself says that a file is too large.
        large={UPLOAD_PATH: MAX_BYTES + LARGEST_BODY, IMPORT_PATH: LARGEST_IMPORT + LARGEST_BODY},
        page_title=TEXTS["zh"].product,
        config=lambda: config,
        door=door,
        title="Policy Assistant",
        version=version("policy-assistant"),
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        # FastAPI sends traces wherever the environment of the process says; nothing goes out from here.
        telemetry={"auto_configure": False},
        lifespan=endpoint.lifespan,
    )
    add_api_routes(app, assistant, config)
    add_upload_routes(app, assistant, config)
    add_quiz_api(app, assistant, config)
    add_openai_routes(app, assistant)
    endpoint.add_to(app)
    add_api_end(app)
    add_page_routes(app, assistant, config, partial(ways_for, sections=sections))
    add_embed_routes(app, visitors)
    add_import_route(app, evaluation.desk)
    add_sections(app, sections, config)
    app.state.door, app.state.sections = door, sections
    page = ChatPage(desk, config, partial(ways_for, sections=sections))
    page.prepare()
    app.add_middleware(EmptyStreams, waits=page.waits)
    gradio.mount_gradio_app(
        app,
        page.blocks,
        path="/",
        theme=build_theme(),
        favicon_path=str(STATIC / "logo.svg"),
        footer_links=[],
        show_error=False,
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        max_file_size=1,
    )
    return app


def serve(config: Config, *, samples: bool = True) -> int:
    """Serve until stopped by Ctrl+C or SIGTERM. samples: put the sample documents into a library that holds nothing yet.

    Returns the exit code. Raises ConfigError when the address cannot be listened on, or others could reach it without logging in.
    """
    from assistant.web.deadlines import server_of

    with _listening(config) as address, closing(_open(config)) as assistant:
        _check_accounts(config, assistant)
        if samples and not assistant.store.documents():
            _add_samples(assistant)
        app = create_app(config, assistant)
        server = server_of(app)
        print(f"政策问答助手已启动: {_url(config)}  (按 Ctrl+C 停止)", flush=True)
        if app.state.door.accounts_on() and not app.state.door.has_users():
            print(f"还没有账号。请打开 {_url(config)}setup 建立管理员,一次性代码: {app.state.door.code}", flush=True)
        # uvicorn raises the signal again once it has shut down; as an interrupt it lets everything here be closed.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[address])
    return 0


def main() -> int:
    """Serve with the settings of the configuration file and the environment."""
    pauses.fewer()
    sparing()
    return serve(Config.load(env=os.environ))


def _open(config: Config) -> Assistant:
    from assistant import Assistant

    return Assistant.open(config.library_folder, config=config)


def _add_samples(assistant: Assistant) -> None:
    from corpus.samples import sample_files

    print("文件库是空的,正在加入示例文件……", file=sys.stderr)
    report = assistant.add(sample_files())
    print(f"已加入 {sum(taken.status == 'added' for taken in report.files)} 份示例文件", file=sys.stderr)


def _check_accounts(config: Config, assistant: Assistant) -> None:
    """Raise ConfigError where others could reach the server and nobody would have to log in."""
    from assistant.accounts.people import any_user
    from assistant.web.addresses import is_loopback

    if not is_loopback(config.host) and (config.accounts == "off" or (config.accounts == "auto" and not any_user(assistant.store.database))):
        raise ConfigError(
            "accounts_needed",
            f"在 {config.host} 上别人也能打开本服务,需要先有账号",
            "请先建立管理员: policy-assistant user add 名称 --role administrator;或把设置项 accounts 设为 on,按启动时显示的一次性代码在网页上建立",
        )


def _listening(config: Config) -> socket.socket:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        return socket.create_server((config.host, config.port), family=family)
    except OSError as error:
        raise ConfigError(
            "bad_setting",
            f"无法在 {config.host} 的端口 {config.port} 上提供服务: {error.strerror}",
            "端口可能已被占用,请用 --port 换一个",
        ) from None


def _url(config: Config) -> str:
    host = f"[{config.host}]" if ":" in config.host else config.host
    return f"http://{host}:{config.port}/"


def _keep_gradio_private() -> None:
    """Set what Gradio reads from the environment when it is imported: no analytics, and a temporary folder of our own."""
    settings: dict[str, Any] = {
        "GRADIO_ANALYTICS_ENABLED": "False",
        "GRADIO_SHARE": "False",
        # After each event Gradio would sum up all events with pandas, for a monitoring page that is off.
        "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
        "GRADIO_ANALYTICS_MAX_EVENTS": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_OFFLINE": "1",
    }
    os.environ.update(settings)
    if "GRADIO_TEMP_DIR" not in os.environ:
        # Gradio's default is one folder in the common temporary directory, open to every user of the machine.
        folder = tempfile.mkdtemp(prefix="policy-assistant-")
        os.environ["GRADIO_TEMP_DIR"] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
