"""A real server for tests of the web application: the built app on a free port of loopback, in a thread."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from app import create_app
from assistant import Assistant
from assistant.config import Config
from assistant.web.deadlines import Patience, server_of

NOTICE = """关于印发《青山区消防安全整治方案》的通知

各街道办事处:
现将《青山区消防安全整治方案》印发给你们,请认真执行。
青山区安全生产委员会
2024年3月5日

青山区消防安全整治方案

一、主要任务
(一)集中整治。
1.防盗窗动态清零。2024年6月底前,实现人员密集场所防盗窗动态清零。(牵头单位:区消防救援大队;配合单位:区住建局、各街道)
2.开展应急演练。各学校每学期组织不少于2次应急演练。(牵头单位:区教育局;配合单位:区应急管理局)
(二)长效管理。
1.完善“一厂一策”制度。到2025年底,重点企业覆盖率达到95%以上。(牵头单位:区应急管理局)
二、工作要求
加强组织领导,<b onmouseover="alert(1)">压实责任</b>。
"""

OTHER = """白石镇消防安全整治方案

白石镇人民政府
2024年4月1日

一、主要任务
1.防盗窗动态清零。2024年9月底前,完成沿街店铺防盗窗清理。(牵头单位:镇应急消防管理站;配合单位:各村)
"""


@contextmanager
def served(
    folder: Path, patience: Patience | None = None, more: Mapping[str, str] | None = None, files: Sequence[Path] = (), **settings: str
) -> Iterator[str]:
    """Serve a library that holds `files`, else two notices and `more` texts by name; give the address without a closing slash.

    patience: None for the usual one.
    """
    if not files:
        texts = {"青山区方案.txt": NOTICE, "白石镇方案.txt": OTHER, **(more or {})}
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        files = [folder / name for name in texts]
    config = Config(library=str(folder / "library"), **settings)  # type: ignore[arg-type]
    with Assistant.open(config.library_folder, config) as assistant:
        assistant.add(files)
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            with _running(server_of(create_app(config, assistant), patience), listening):
                yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def _running(server: uvicorn.Server, listening: socket.socket) -> Iterator[None]:
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        yield
    finally:
        server.should_exit = server.force_exit = True
        thread.join(timeout=20)
