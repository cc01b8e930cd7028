"""What a child process does with one file: give up everything else, parse, answer."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from mmap import mmap
from types import TracebackType
from typing import BinaryIO, NoReturn

from corpus.containers import members
from corpus.errors import PolicyAssistantError
from corpus.parse import parse
from corpus.readers import reader_for
from corpus.readers.pageimage import page_image
from corpus.sandbox.confine import confine
from corpus.sandbox.limits import Job, Limits
from corpus.sandbox.wire import PAGE, document_answer, error_answer, image_answer, members_answer, read_page_task

Answer = Callable[[bytes], object]
"""Sends an answer to the one who waits for it."""

_RESERVE = 4 << 20
"""Bytes set aside for saying that there is no memory left."""

# Every step of the parsers has work here, so that their tables are filled once, before children are made.
_WARM_UP = """关于印发《青山区安全整治方案》的通知
青政办发〔2024〕3号

各街道办事处:
现将《青山区安全整治方案》印发给你们,请认真执行。
青山区人民政府办公室
2024年3月5日

青山区安全整治方案

一、组织领导
组长:王某某 区委副书记、区长
联系人:李某某,联系电话:010-00000000
二、主要任务
(一)集中整治。2024年6月底前,检查率达到95%以上。(牵头单位:区消防救援大队;配合单位:区住建局、各街道)
本方案所称“三违”,是指违章指挥、违章操作、违反劳动纪律。一是加强检查;二是加强培训;三是加强宣传。
《青山区安全管理办法》(青政发〔2020〕1号)自2024年4月1日起废止。
"""


def warm_up() -> None:
    """Parse a text of our own and write the answer, so that no child has to build the tables of either again."""
    answer_for(_WARM_UP.encode(), "方案.txt", "")


def preload(name: str) -> bool:
    """Import what the reader for `name` names as PRELOAD, so that children need not; tell whether there was anything new."""
    try:
        modules: tuple[str, ...] = getattr(reader_for(name), "PRELOAD", ())
    except PolicyAssistantError:
        return False
    return any([_imported(module) for module in modules if module not in sys.modules])


@cache
def _imported(module: str) -> bool:
    """Import a module, once; an optional part that is missing is for the reader itself to tell."""
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


def answer_for(data: bytes, name: str, task: str) -> bytes:
    """Read a file and encode what comes of it; a refusal is an answer like any other. task: as in `Job`."""
    try:
        if task.startswith(PAGE):
            number, boxes = read_page_task(task)
            return image_answer(page_image(data, number, boxes))
        return members_answer(members(data, name)) if task == "members" else document_answer(parse(data, name))
    except PolicyAssistantError as error:
        return error_answer(error)


def work(source: BinaryIO, answer: Answer, job: Job, readable: tuple[str, ...], scratch: str) -> NoReturn:
    """Confine this process, read the file from `source`, answer and end the process."""
    try:
        with LastWords(answer):
            shut_in(job.limits, readable, scratch)
            answer(answer_for(source.read(), job.name, job.task))
    finally:
        os._exit(0)


def shut_in(limits: Limits, readable: tuple[str, ...], scratch: str) -> None:
    """Confine this process; its private folder, if it has one, is where it works."""
    if scratch:
        os.chdir(scratch)
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = scratch
    confine(limits, readable, scratch)


class LastWords:
    """Answers for whatever is raised inside, as the parent has to learn what it was, and ends the process then."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        # Of address space, which is what is limited: bytes that nobody touches cost no page.
        self._reserve = mmap(-1, _RESERVE)

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._reserve.close()
        if error is not None:
            self._answer(error_answer(error))
            os._exit(0)
