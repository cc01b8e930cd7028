"""What each command does: one call of `Assistant`, then print; the exit code comes back."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import InputError

if TYPE_CHECKING:

    from assistant import Assistant
    from assistant.config import Config
    from assistant.programs.verbs import Where

DONE, PARTLY, DAMAGED, CANCELLED = 0, 3, 4, 130

Options = argparse.Namespace


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _note(message: str) -> None:
    print(message, file=sys.stderr)


def _config(options: Options) -> Config:
    from assistant.config import Config

    config = Config.load(env=os.environ)
    library = getattr(options, "library", "")
    return replace(config, library=library) if library else config


def open_library(options: Options) -> Assistant:
    config = _config(options)
    from assistant import Assistant

    return Assistant.open(config.library_folder, config=config)


def print_version(_: Options) -> int:
    from importlib.metadata import version

    print(f"policy-assistant {version('policy-assistant')}")
    return DONE


# ---------------------------------------------------------------- documents


def add(options: Options) -> int:
    from assistant.cli.output import Bar, print_taken, taken_as_json

    with open_library(options) as assistant, Bar("读取") as bar:
        report = assistant.add(options.paths, progress=bar.show, collection=options.collection)
    if options.json:
        print_json(taken_as_json(report))
    else:
        print_taken(report)
    if report.interrupted:
        _note("已停下:上面列出的文件已经存好;再次运行同一命令会接着做")
        return CANCELLED
    return PARTLY if any(taken.status == "rejected" for taken in report.files) else DONE


def documents(options: Options) -> int:
    from assistant.cli.output import print_documents
    from assistant.programs import verbs

    with open_library(options) as assistant:
        if options.json:
            print_json(verbs.documents(assistant))
        else:
            print_documents(assistant.store.documents())
    return DONE


def show(options: Options) -> int:
    from assistant.cli.shown import lines_of
    from assistant.programs import verbs

    part = next((name for name in ("outline", "facts", "text") if getattr(options, name)), "card")
    with open_library(options) as assistant:
        if options.json:
            print_json(verbs.show(assistant, options.document, part))
        else:
            document = assistant.store.document(options.document)
            remarks = assistant.remarks(document.id) if part == "card" else ()
            print("\n".join(lines_of(document, part, remarks)))
    return DONE


def remove(options: Options) -> int:
    with open_library(options) as assistant:
        removed = assistant.remove(options.document)
    if options.json:
        print_json({"removed": removed})
    else:
        print(f"已移除 {options.document}")
    return DONE


# ---------------------------------------------------------------- questions


def ask(options: Options) -> int:
    from assistant.cli.files import history_in
    from assistant.cli.output import print_answer
    from assistant.programs import verbs

    history = history_in(options.history) if options.history else ()
    with open_library(options) as assistant:
        answer = verbs.ask(assistant, options.question, _where(options), history)
    if options.json:
        print_json(answer.as_json())
    else:
        print_answer(answer)
    return DONE if answer.status == "answered" else PARTLY


def _where(options: Options) -> Where:
    from assistant.programs.verbs import Where

    return Where(
        tuple(options.document), options.issuer, options.place, options.since, options.until, getattr(options, "as_of", "")
    )


def batch(options: Options) -> int:
    from assistant.cli.files import answer_line, hits_line, lines_in
    from assistant.cli.output import Bar

    asked = lines_in(options.questions)
    usable = 0
    with open_library(options) as assistant, _writable(options.answers) as output, Bar("作答") as bar:
        for number, one in enumerate(asked, 1):
            line, fine = hits_line(assistant, one, options.search) if options.search else answer_line(assistant, one)
            usable += fine
            output.write(json.dumps(line, ensure_ascii=False) + "\n")
            bar.show(number, len(asked))
    if options.json:
        print_json({"questions": len(asked), "unusable": len(asked) - usable})
    elif usable < len(asked):
        _note(f"{len(asked) - usable} 个问题为空或过长,没有作答")
    return DONE if usable == len(asked) else PARTLY


def read(options: Options) -> int:
    from assistant.cli.files import items_in, reading_line
    from assistant.cli.output import Bar
    from assistant.reading.types import open_reader

    items = items_in(options.items)
    reader = open_reader(_config(options).reader)
    with _writable(options.readings) as output, Bar("阅读") as bar:
        for number, item in enumerate(items, 1):
            output.write(json.dumps(reading_line(reader, item), ensure_ascii=False) + "\n")
            bar.show(number, len(items))
    if options.json:
        print_json({"items": len(items), "reader": reader.name})
    return DONE


def search(options: Options) -> int:
    from assistant.cli.output import print_hits
    from assistant.programs import verbs

    with open_library(options) as assistant:
        found = verbs.search(assistant, options.query, options.k, _where(options))
    if options.json:
        print_json(found)
    else:
        print_hits(found)
    return DONE


def tasks(options: Options) -> int:
    from assistant.programs import verbs

    with open_library(options) as assistant:
        rows = verbs.tasks(assistant, options.unit, options.role, options.before or "", options.document)
    form = "json" if options.json else options.format
    if form == "table" and not options.output:
        from assistant.cli.output import print_tasks

        print_tasks(rows)
    else:
        from assistant.export.matrix_file import matrix_file

        _deliver(matrix_file(rows, form), options.output)
    return DONE


def quiz(options: Options) -> int:
    from assistant.cli.quiz import look_of, papers_of, print_quiz, request_of, target_of
    from assistant.quiz.export.files import quiz_files

    request, look = request_of(options), look_of(options)
    with open_library(options) as assistant:
        made = assistant.quiz(request)
    papers = papers_of(made, options.versions)
    form = "json" if options.json else options.format
    if form == "text" and not options.output:
        print_quiz(papers)
    else:
        parts = quiz_files(papers, form, look)
        for part in parts:
            _deliver(part.content, target_of(options.output, part.ending, len(parts) > 1))
            if part.left_out:
                _note(f"这种格式放不下的题: {part.left_out} 道,已略去")
    if made.shortfall:
        _note(made.shortfall)
    return PARTLY if made.shortfall else DONE


def _writable(path: Path) -> Any:
    try:
        return path.open("w", encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise _not_writable(path, error) from None


def _not_writable(path: Path, error: OSError) -> InputError:
    return InputError("not_writable", f"无法写入 {path}: {error.strerror or error}", "请检查文件夹是否存在、是否有权限")


def _deliver(content: bytes, path: Path | None) -> None:
    """Write an exported file whole or not at all; without a path it goes to standard output."""
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise _not_writable(path, error) from None
    _note(f"已写入 {path}")


# ---------------------------------------------------------------- care of the library


def verify(options: Options) -> int:
    with open_library(options) as assistant:
        problems = assistant.verify()
    if options.json:
        print_json({"sound": not problems, "problems": list(problems)})
    else:
        print("\n".join(problems) or "文件库完好")
    return DAMAGED if problems else DONE


def reindex(options: Options) -> int:
    with open_library(options) as assistant:
        passages = assistant.reindex()
    if options.json:
        print_json({"passages": passages})
    else:
        print(f"索引已重建: {passages} 段")
    return DONE


def backup(options: Options) -> int:
    with open_library(options) as assistant:
        assistant.store.backup(options.file)
    if options.json:
        print_json({"backup": str(options.file)})
    else:
        print(f"已备份到 {options.file}")
    return DONE


def restore(options: Options) -> int:
    from corpus.backup import restore as restore_catalog

    with open_library(options) as assistant:
        restore_catalog(assistant.store.database, options.file)
        passages = assistant.reindex()
    if options.json:
        print_json({"restored": str(options.file), "passages": passages})
    else:
        print(f"已从 {options.file} 恢复")
    return DONE


def doctor(options: Options) -> int:
    from assistant.cli.doctor import findings

    found = findings(_config(options), os.environ)
    if options.json:
        print_json({"findings": [{"name": f.name, "value": f.value, "fine": f.fine} for f in found]})
    else:
        for finding in found:
            print(f"{'  ' if finding.fine else '! '}{finding.name}: {finding.value}")
    return DONE if all(finding.fine for finding in found) else PARTLY


# ---------------------------------------------------------------- programs that stand above this package


def evaluate(options: Options) -> int:
    from assistant.cli.output import Bar

    program = _program("eval.run")
    questions = program.read_questions(options.questions)
    with open_library(options) as assistant, Bar("评测") as bar:
        judged = program.run(assistant, questions, progress=bar.show)
    program.publish(judged, folder=options.report, as_json=options.json)
    return DONE


def serve(options: Options) -> int:
    changes = {name: getattr(options, name) for name in ("host", "port") if getattr(options, name) is not None}
    config = replace(_config(options), **changes)
    return int(_program("app").serve(config, samples=options.samples))


def mcp(options: Options) -> int:
    from assistant.programs.mcp_server import serve_stdio

    with open_library(options) as assistant:
        serve_stdio(assistant)
    return DONE


def _program(name: str) -> Any:
    """Load a program of a layer above by its name: imports point down, and only these two commands reach up."""
    from importlib import import_module

    return import_module(name)
