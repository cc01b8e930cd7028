"""Look at an installation: versions, settings, the library, and the parts that are not needed but help."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import metadata

from assistant.config import Config, config_file, unknown_variables

NEEDED = (
    "numpy",
    "faiss-cpu",
    "tantivy",
    "jieba",
    "tokenizers",
    "safetensors",
    "SQLAlchemy",
    "gradio",
    "llama-index-core",
)
LEAST_FREE = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. fine: nothing has to be done about it."""

    name: str
    value: str
    fine: bool = True


def findings(config: Config, env: Mapping[str, str]) -> tuple[Finding, ...]:
    """Look without changing anything; the library is not opened."""
    library = config.library_folder
    standing = next(folder for folder in (library, *library.parents) if folder.exists())
    free = shutil.disk_usage(standing).free
    return (
        Finding("Python", f"{platform.python_version()} ({sys.platform})", sys.version_info >= (3, 11)),
        *(_package(name) for name in ("policy-assistant", *NEEDED)),
        Finding("设置文件", str(config_file(env)) + ("" if config_file(env).exists() else " (没有)")),
        *(Finding(field.name, str(getattr(config, field.name) or "(默认)")) for field in fields(config)),
        *(Finding("未知的环境变量", name, fine=False) for name in unknown_variables(env)),
        Finding("文件库", f"{library}" + ("" if library.exists() else " (还没有)")),
        Finding("空闲空间", f"{free / (1 << 30):.1f} GiB", free >= LEAST_FREE),
    )


def _package(name: str) -> Finding:
    try:
        return Finding(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, "没有安装", fine=False)
