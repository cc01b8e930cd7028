"""The commands that keep a library: a folder in step, which document succeeds which, corrections of what was read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.commands import DONE, PARTLY, Options, open_library, print_json
from corpus.errors import InputError, NoDocuments

if TYPE_CHECKING:
    from threading import Event


def watch(options: Options) -> int:
    import threading

    from assistant.cli.output import happening_line
    from assistant.library.watch import Happening, Watch
    from assistant.library.watch import watch as keep_in_step

    def tell(happening: Happening) -> None:
        print(json.dumps(happening.as_json(), ensure_ascii=False) if options.json else happening_line(happening), flush=True)

    if not options.folder.is_dir():
        raise NoDocuments("path_not_found", f"找不到文件夹:{options.folder}", "请检查路径是否写对")
    stop = threading.Event()
    with _stopped_by_signals(stop), open_library(options) as assistant:
        looks = Watch(assistant, options.folder, remove=options.remove, patient=not options.once)
        fine = keep_in_step(looks, tell, stop, every=options.every, once=options.once)
    return DONE if fine or not options.once else PARTLY


@contextmanager
def _stopped_by_signals(stop: Event) -> Iterator[None]:
    """Set `stop` at Ctrl-C and SIGTERM, so that what is being written is finished; a second Ctrl-C ends at once."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_signal(number: int, _: Any) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def supersede(options: Options) -> int:
    from assistant.cli.output import link_as_json, link_line

    if bool(options.earlier) != bool(options.later):
        raise InputError("wrong_use", "要写两份文件: 旧的和新的", "例: policy-assistant supersede 旧文件 新文件;不写文件则列出全部新旧关系")
    verdict = "" if options.undo else "rejected" if options.reject else "confirmed"
    with open_library(options) as assistant:
        if options.earlier:
            links = assistant.supersede(options.earlier, options.later, verdict, by=person())
        else:
            links = assistant.store.successions()
        labels = {one.id: one.short_label for one in assistant.store.editions()}
    if options.json:
        print_json({"links": [link_as_json(link, labels) for link in links]})
    else:
        print("\n".join(link_line(link, labels) for link in links) or "没有新旧关系")
    return DONE


def correct(options: Options) -> int:
    from assistant.cli.output import correction_line, made_as_json
    from corpus.corrections import corrections_in

    with open_library(options) as assistant:
        if options.undo is not None:
            made = assistant.undo_correction(options.document, options.undo, by=person())
        elif options.file:
            corrections = corrections_in(_bytes_of(options.file), options.file.name)
            made = assistant.correct(options.document, corrections, by=person())
        else:
            made = assistant.store.corrections(options.document)
    if options.json:
        print_json({"corrections": [made_as_json(one) for one in made]})
    else:
        print("\n".join(correction_line(one) for one in made) or "没有更正")
    return DONE


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("bad_path", f"无法读取 {path}: {error.strerror or error}", "请检查路径") from None


def person() -> str:
    """Give the name under which the person is known to this computer."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未知"
