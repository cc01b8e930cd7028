"""The commands about accounts, collections, keys of programs and the audit trail; whoever may run them owns the library's files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.cli.commands import DAMAGED, DONE, Options, open_library, print_json
from assistant.cli.keeping import person
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.accounts.people import User
    from corpus.database import Database

USUAL_DAYS = 365

USER_ACTIONS = ("list", "add", "role", "password", "disable", "enable", "remove")
COLLECTION_ACTIONS = ("list", "add", "rename", "remove", "put", "take", "move", "grant", "revoke")
KEY_ACTIONS = ("list", "add", "revoke")
AUDIT_ACTIONS = ("list", "verify")


def user(options: Options) -> int:
    """List accounts or change one."""
    from assistant.accounts import people

    with open_library(options) as assistant:
        database = assistant.store.database
        if options.action == "list":
            return _show_users(options, people.users_of(database))
        name = _needed(options.name, "账号的名称")
        if options.action == "add":
            # Whoever makes the first account makes it for himself; the others get theirs from him.
            first = people.any_user(database)
            done = people.create_user(database, name, _password(), options.role or "reader", by=person(), first=first)
        elif options.action == "role":
            done = people.change_role(database, name, _needed(options.role, "--role"), by=person())  # type: ignore[arg-type]
        elif options.action == "password":
            done = people.set_password(database, name, _password(), by=person(), first=True)
        elif options.action == "remove":
            done = people.user(database, name)
            people.remove_user(database, name, by=person())
        else:
            done = people.set_disabled(database, name, options.action == "disable", by=person())
    return _show_users(options, (done,))


def _show_users(options: Options, found: tuple[User, ...]) -> int:
    if options.json:
        print_json({"users": [asdict(one) for one in found]})
    else:
        print("\n".join("\t".join((one.name, one.role, *(["已停用"] if one.disabled else []))) for one in found) or "没有账号")
    return DONE


def _password() -> str:
    """Read a password twice from the terminal, else one line from standard input."""
    import getpass

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("密码: ")
    if getpass.getpass("再输一次: ") != password:
        raise InputError("wrong_use", "两次输入的密码不同", "请再试一次")
    return password


def collection(options: Options) -> int:
    """List collections or change one."""
    from assistant.accounts import collections as kept

    with open_library(options) as assistant:
        database = assistant.store.database
        if options.action != "list":
            _change_collection(database, options, _needed(options.name, "文件集的名称"))
        found = kept.list_collections(database)
    if options.json:
        print_json({"collections": [asdict(one) for one in found]})
    else:
        print("\n".join(f"{one.name}\t{one.documents} 份\t{'、'.join(grant.name for grant in one.grants) or '只有管理员'}" for one in found))
    return DONE


def _change_collection(database: Database, options: Options, name: str) -> None:
    from assistant.accounts import collections as kept

    by, words = person(), options.words
    holder = {"role": options.role or "", "user": options.user}
    actions: dict[str, Callable[[], Any]] = {
        "add": lambda: kept.create_collection(database, name, by=by),
        "rename": lambda: kept.rename_collection(database, name, _needed(" ".join(words), "新名称"), by=by),
        "remove": lambda: kept.remove_collection(database, name, by=by),
        "put": lambda: kept.put_documents(database, name, words, by=by),
        "take": lambda: kept.take_documents(database, name, words, by=by),
        "move": lambda: kept.move_documents(database, name, words, by=by),
        "grant": lambda: kept.grant(database, name, by=by, **holder),
        "revoke": lambda: kept.revoke(database, name, by=by, **holder),
    }
    actions[options.action]()


def key(options: Options) -> int:
    """List keys of programs, make one or end one. A new key is shown this once."""
    from assistant.accounts import keys

    with open_library(options) as assistant:
        database = assistant.store.database
        if options.action == "add":
            scopes = [scope for scope in options.scopes.split(",") if scope]
            made, whole = keys.issue_key(database, _needed(options.name, "账号的名称"), options.about, scopes, options.days, by=person())
            if options.json:
                print_json({"key": whole, **asdict(made)})
            else:
                print(whole)
            return DONE
        if options.action == "revoke":
            keys.revoke_key(database, _needed(options.name, "密钥的开头"), by=person())
        found = keys.list_keys(database)
    if options.json:
        print_json({"keys": [asdict(one) for one in found]})
    else:
        print("\n".join(f"{k.id}\t{k.user}\t{k.name}\t{','.join(k.scopes)}\t{k.revoked_at and '已收回' or k.expires_at}" for k in found) or "没有密钥")
    return DONE


def audit(options: Options) -> int:
    """List the audit trail, or check that no line of it was altered, moved or taken from its middle."""
    from corpus.audit import broken

    with open_library(options) as assistant:
        trail = assistant.store.trail()
        with assistant.store.database.reading() as connection:
            wrong = broken(connection) if options.action == "verify" else 0
    if options.action == "list":
        shown = trail[-options.limit :]
        if options.json:
            print_json({"entries": [asdict(one) for one in shown]})
        else:
            print("\n".join(f"{one.at}\t{one.by}\t{one.action}\t{one.document_id}\t{one.detail}" for one in shown) or "没有记录")
        return DONE
    if options.json:
        print_json({"entries": len(trail), "broken_at": wrong or None})
    else:
        print(f"审计记录从第 {wrong} 条起被改动过" if wrong else f"审计记录完好,共 {len(trail)} 条")
    return DAMAGED if wrong else DONE


def _needed(value: str | None, what: str) -> str:
    if not value:
        raise InputError("wrong_use", f"缺少 {what}", "请看 --help 里的例子")
    return value
