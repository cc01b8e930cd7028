"""What one run of a command gave, for tests of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLAN = """某某区安全生产治本攻坚实施方案

一、主要任务
(一)推进生命保障工程
1.集中开展“拆违清障”治理行动,2025年底前实现人员密集场所防盗窗动态清零。(牵头单位:区消防救援大队;责任单位:区住建局)
2.加快推进小散企业有序关闭,2026年底前完成。(牵头单位:区应急管理局;责任单位:区经信局)
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What one run of a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


def write_lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
