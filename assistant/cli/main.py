"""The command line: parse, one call of `Assistant`, print, exit code.

Everything a program reads goes to standard output (with --json as one JSON value, errors included); progress and
messages to people who wait go to standard error.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from assistant import pauses
from assistant.cli import accounts, keeping
from assistant.cli import commands as run
from assistant.cli.commands import Options, print_json
from assistant.cli.values import count, days, port, seconds, text
from corpus.errors import InputError, PolicyAssistantError
from corpus.memory import sparing

FAULT, CANCELLED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 fault, 2 wrong use, 3 partly or refused, 4 damaged, 5 missing part."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:
        pauses.fewer()
        sparing()
    _speak_utf8()
    as_json = _wants_json(words)
    try:
        options = _parse(words)
        return int(options.run(options))
    except PolicyAssistantError as error:
        return _report(error, as_json=as_json)
    except KeyboardInterrupt:
        print("已取消", file=sys.stderr)
        return CANCELLED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULT
    except Exception as error:  # the one broad net: a program that asked for JSON gets an object for our own faults too
        traceback.print_exc()
        fault = PolicyAssistantError("unexpected", f"程序出错: {error!r}", "请把上面的记录发给维护者")
        return _report(fault, as_json=as_json)


def _report(error: PolicyAssistantError, *, as_json: bool) -> int:
    if as_json:
        print_json(error.as_json())
    else:
        print(f"错误: {error.message}" + (f"\n办法: {error.remedy}" if error.remedy else ""), file=sys.stderr)
    return error.exit_code


def _wants_json(words: Sequence[str]) -> bool:
    """Find out before parsing, so that a wrong command line is answered in the form asked for as well."""
    own = words[: words.index("--")] if "--" in words else words
    return "--json" in own or "--format=json" in own or ("--format", "json") in zip(own, own[1:], strict=False)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


# ---------------------------------------------------------------- the table of commands


WRONG_USE = (
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"argument ([^:]*): ", r"\1: "),
    (r"invalid choice: (.*) \(choose from (.*)\)", r"没有 \1,只有 \2"),
    (r"invalid \w+ value: (.*)", r"\1 不可用"),
    (r"expected (at least )?one argument", r"后面要有值"),
)
"""argparse's messages, as patterns, in Chinese."""


class Parser(argparse.ArgumentParser):
    """Raises wrong use as one of our errors, so that it is reported like every other."""

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in WRONG_USE:
            message = re.sub(pattern, chinese, message)
        raise InputError("wrong_use", message, f"请看 {self.prog} --help")


@dataclass(frozen=True, slots=True)
class Argument:
    """The words and keywords of one `add_argument`."""

    names: tuple[str, ...]
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what runs it, one line about it, a runnable example, and its arguments."""

    name: str
    run: Callable[[Options], int]
    about: str
    example: str
    arguments: tuple[Argument, ...] = ()


def _argument(*names: str, **settings: Any) -> Argument:
    return Argument(names, settings)


LIBRARY = _argument("--library", metavar="DIR", default=argparse.SUPPRESS, help="文件库所在的文件夹")
JSON = _argument("--json", action="store_true", help="输出 JSON,供程序读取")
DOCUMENTS = _argument(
    "--document", metavar="DOC", type=text, action="append", default=[], help="只看这份文件(编号或名称,可多次)"
)
FILTERS = (
    DOCUMENTS,
    _argument("--issuer", metavar="NAME", type=text, default="", help="只看这个单位发的文件(名称的一部分)"),
    _argument("--place", metavar="PLACE", type=text, default="", help="只看这个地区的文件"),
    _argument("--since", metavar="DATE", type=text, default="", help="只看这一天或以后印发的(年、年-月或年-月-日)"),
    _argument("--until", metavar="DATE", type=text, default="", help="只看这一天或以前印发的"),
)
DOCUMENT = _argument("document", metavar="DOC", type=text, help="文件的编号或名称")
QUIZ_FORMATS = ("text", "json", "docx", "xlsx", "gift", "moodle", "qti", "anki", "html")
OUTPUT = _argument("-o", "--output", metavar="FILE", type=Path, help="写到这个文件")


def _parse(words: Sequence[str]) -> Options:
    parser = Parser(
        prog="policy-assistant",
        allow_abbrev=False,
        description="政策问答助手: 向政策文件提问,得到准确的答案和它所在的条款。",
        epilog="例: policy-assistant add 文件夹/",
    )
    parser.add_argument("--version", action="store_true", help="显示版本")
    _add(parser, LIBRARY)
    commands = parser.add_subparsers(metavar="命令", dest="command")
    for command in COMMANDS:
        one = commands.add_parser(
            command.name,
            help=command.about,
            description=command.about,
            epilog=f"例: {command.example}",
            allow_abbrev=False,
        )
        for argument in (*command.arguments, LIBRARY, JSON):
            _add(one, argument)
        one.set_defaults(run=command.run)
    options = parser.parse_args(words)
    if options.version:
        options.run = run.print_version
    elif not options.command:
        parser.error("没有写命令")
    return options


def _add(parser: argparse.ArgumentParser, argument: Argument) -> None:
    parser.add_argument(*argument.names, **argument.settings)


# ---------------------------------------------------------------- the commands

QUESTIONS = _argument("questions", metavar="QUESTIONS.jsonl", type=Path, help="问题文件")
NAME = _argument("name", metavar="NAME", type=text, nargs="?", default="", help="名称")
ROLE = _argument("--role", choices=("visitor", "reader", "editor", "administrator"), help="角色")
FILE = _argument("file", metavar="FILE", type=Path, help="备份文件")

COMMANDS = (
    Command(
        "add",
        run.add,
        "把文件或文件夹加入文件库",
        "policy-assistant add 文件夹/ 通知.txt",
        (
            _argument("paths", metavar="PATH", nargs="+", type=Path, help="文件或文件夹"),
            _argument("--collection", metavar="NAME", default="", help="放进这个文件集(默认放进默认文件集)"),
        ),
    ),
    Command(
        "watch",
        keeping.watch,
        "盯住一个文件夹: 新增、改动和改名的文件随时入库,直到 Ctrl-C",
        "policy-assistant watch 共享文件夹/ --every 30",
        (
            _argument("folder", metavar="DIR", type=Path, help="文件夹,也可以在网络驱动器上"),
            _argument("--remove", action="store_true", help="文件不在了,就把文档也移出文件库(默认只提示)"),
            _argument("--once", action="store_true", help="只对照一遍就结束"),
            _argument("--every", metavar="SECONDS", type=seconds, default=5.0, help="每隔几秒看一遍(默认 5)"),
        ),
    ),
    Command("documents", run.documents, "列出文件库里的文件", "policy-assistant documents"),
    Command(
        "show",
        run.show,
        "显示一份文件: 文件信息、结构、事项或全文",
        "policy-assistant show 方案.txt --outline",
        (
            DOCUMENT,
            _argument("--outline", action="store_true", help="章节结构"),
            _argument("--facts", action="store_true", help="读出的事项: 任务、时限、指标、定义等"),
            _argument("--text", action="store_true", help="全文"),
        ),
    ),
    Command("remove", run.remove, "把一份文件移出文件库", "policy-assistant remove 方案.txt", (DOCUMENT,)),
    Command(
        "supersede",
        keeping.supersede,
        "确认或否认一份文件代替另一份;不写文件则列出全部新旧关系",
        "policy-assistant supersede 办法2019.docx 办法2023.docx",
        (
            _argument("earlier", metavar="OLD", type=text, nargs="?", default="", help="旧文件的编号或名称"),
            _argument("later", metavar="NEW", type=text, nargs="?", default="", help="新文件的编号或名称"),
            _argument("--reject", action="store_true", help="不是新版: 两份文件都继续有效"),
            _argument("--undo", action="store_true", help="撤回之前的确认或否认"),
        ),
    ),
    Command(
        "correct",
        keeping.correct,
        "更正读错的事项,附审计记录;不写更正文件则列出已有的更正",
        "policy-assistant correct 方案.txt 更正.toml",
        (
            DOCUMENT,
            _argument("file", metavar="FILE", type=Path, nargs="?", help="更正文件(.json 或 .toml)"),
            _argument("--undo", metavar="N", type=int, help="撤回编号为 N 的更正"),
        ),
    ),
    Command(
        "ask",
        run.ask,
        "提一个问题",
        "policy-assistant ask '防盗窗动态清零由谁牵头?'",
        (
            _argument("question", metavar="QUESTION", type=text, help="问题"),
            _argument("--history", metavar="FILE.json", type=Path, help="之前的问答(JSON 数组)"),
            _argument("--as-of", metavar="DATE", type=text, default="", help="按这一天有效的文件回答(年、年-月或年-月-日;默认今天)"),
            *FILTERS,
        ),
    ),
    Command(
        "batch",
        run.batch,
        "一次回答许多问题",
        "policy-assistant batch questions.jsonl answers.jsonl",
        (
            QUESTIONS,
            _argument("answers", metavar="ANSWERS.jsonl", type=Path, help="答案写到这个文件"),
            _argument("--search", metavar="K", type=count, help="只检索: 每个问题给出最好的 K 段"),
        ),
    ),
    Command(
        "read",
        run.read,
        "只用阅读器: 在给出的段落里找答案",
        "policy-assistant read items.jsonl readings.jsonl",
        (
            _argument("items", metavar="ITEMS.jsonl", type=Path, help="每行一个 JSON 对象: id、question、context"),
            _argument("readings", metavar="OUT.jsonl", type=Path, help="读到的答案写到这个文件"),
        ),
    ),
    Command(
        "search",
        run.search,
        "检索段落,不作答",
        "policy-assistant search 消防通道 -k 5",
        (
            _argument("query", metavar="QUERY", type=text, help="检索词"),
            _argument("-k", metavar="N", type=count, default=10, help="给出几段(默认 10)"),
            *FILTERS,
        ),
    ),
    Command(
        "tasks",
        run.tasks,
        "任务清单: 谁、做什么、何时完成",
        "policy-assistant tasks --unit 应急管理局 --role lead --format xlsx -o 任务.xlsx",
        (
            _argument("--unit", metavar="U", type=text, default="", help="只看这个单位的任务"),
            _argument("--role", choices=("lead", "support", "any"), default="any", help="牵头、配合或不限"),
            _argument("--before", metavar="DATE", help="只看在这一天或之前到期的(2024-06-30、2024年6月、2024)"),
            DOCUMENTS,
            _argument("--format", choices=("table", "json", "csv", "xlsx", "ics"), default="table", help="输出格式"),
            OUTPUT,
        ),
    ),
    Command(
        "quiz",
        run.quiz,
        "出题组卷: 每题的答案都有条款为证",
        "policy-assistant quiz --count 20 --kinds single,fill --seed 7",
        (
            DOCUMENTS,
            _argument("--section", metavar="WORDS", type=text, action="append", default=[], help="只从标题含这些字的章节出题(可多次)"),
            _argument("--unit", metavar="U", type=text, action="append", default=[], help="只出这个单位的任务(可多次)"),
            _argument("--topic", metavar="WORDS", type=text, action="append", default=[], help="只出这个领域的题,如 消防(可多次)"),
            _argument("--count", metavar="N", type=int, help="题数(默认 20)"),
            _argument("--kinds", metavar="KINDS", type=text, default="", help="题型,如 single,fill 或 single:10,fill:5(默认各种都出)"),
            _argument("--difficulty", metavar="D", default="1-5", help="难度 1 到 5,如 2-4"),
            _argument("--seed", metavar="S", type=int, default=1, help="随机种子: 同一种子出同一份试卷(默认 1)"),
            _argument("--versions", metavar="N", type=int, default=1, help="卷数: 2 为 A、B 卷,题目相同而顺序不同"),
            _argument("--keep", metavar="ID", action="append", default=[], help="一定要有这道题(题目编号,可多次)"),
            _argument("--avoid", metavar="ID", action="append", default=[], help="不要这道题(题目编号,可多次)"),
            _argument("--format", choices=QUIZ_FORMATS, default="text", help="输出格式"),
            _argument("--title", metavar="TEXT", type=text, default="", help="试卷的标题"),
            _argument("--layout", metavar="NAME", type=text, default="整洁", help="xlsx 的样式: 整洁、考试星、问卷星、雨课堂、学习通、Kahoot"),
            _argument("--columns", metavar="COLUMNS", type=text, default="", help="xlsx 的列,如 题目=stem,选项A=option_a,答案=key"),
            OUTPUT,
        ),
    ),
    Command(
        "eval",
        run.evaluate,
        "用已知答案的问题评测文件库",
        "policy-assistant eval questions.jsonl --report 报告/",
        (QUESTIONS, _argument("--report", metavar="DIR", type=Path, help="报告写到这个文件夹")),
    ),
    Command(
        "user",
        accounts.user,
        "账号: 列出、新建、改角色或密码、停用(密码从终端或标准输入读)",
        "policy-assistant user add 张三 --role editor",
        (_argument("action", metavar="ACTION", choices=accounts.USER_ACTIONS, help="、".join(accounts.USER_ACTIONS)), NAME, ROLE),
    ),
    Command(
        "collection",
        accounts.collection,
        "文件集: 列出、新建、放入或取出文件、授权给角色或账号",
        "policy-assistant collection grant 人事 --role editor",
        (
            _argument("action", metavar="ACTION", choices=accounts.COLLECTION_ACTIONS, help="、".join(accounts.COLLECTION_ACTIONS)), NAME,
            _argument("words", metavar="DOC", type=text, nargs="*", help="文件的编号或名称;rename 时为新名称"), ROLE,
            _argument("--user", metavar="NAME", type=text, default="", help="账号"),
        ),
    ),
    Command(
        "key",
        accounts.key,
        "程序的密钥: 列出、新建、收回",
        "policy-assistant key add 张三 --about 报表 --scopes read,ask --days 90",
        (
            _argument("action", metavar="ACTION", choices=accounts.KEY_ACTIONS, help="、".join(accounts.KEY_ACTIONS)), NAME,
            _argument("--about", metavar="TEXT", type=text, default="程序", help="用途"),
            _argument("--scopes", metavar="SCOPES", default="read,ask", help="范围: read、ask、upload(默认 read,ask)"),
            _argument("--days", metavar="N", type=days, default=accounts.USUAL_DAYS, help="有效期(默认 365 天)"),
        ),
    ),
    Command(
        "audit",
        accounts.audit,
        "审计记录: 列出,或检查是否被改动过",
        "policy-assistant audit verify",
        (
            _argument("action", metavar="ACTION", choices=accounts.AUDIT_ACTIONS, help="、".join(accounts.AUDIT_ACTIONS)),
            _argument("--limit", metavar="N", type=count, default=100, help="只列最后 N 条(默认 100)"),
        ),
    ),
    Command("verify", run.verify, "检查文件库是否完好", "policy-assistant verify"),
    Command("reindex", run.reindex, "重建索引", "policy-assistant reindex"),
    Command("backup", run.backup, "备份文件库", "policy-assistant backup 备份.db", (FILE,)),
    Command("restore", run.restore, "从备份恢复文件库(原有内容被替换)", "policy-assistant restore 备份.db", (FILE,)),
    Command("doctor", run.doctor, "检查安装和设置", "policy-assistant doctor"),
    Command(
        "serve",
        run.serve,
        "启动网页",
        "policy-assistant serve --port 7860",
        (
            _argument("--host", metavar="HOST", help="监听地址(默认 127.0.0.1)"),
            _argument("--port", metavar="PORT", type=port, help="端口(默认 7860)"),
            _argument("--samples", action="store_true", help="文件库是空的时,先加入示例文件"),
        ),
    ),
    Command("mcp", run.mcp, "在标准输入输出上作 MCP 服务器,由支持 MCP 的程序启动", "policy-assistant mcp --library 文件库/"),
)

if __name__ == "__main__":
    raise SystemExit(main())
