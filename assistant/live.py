"""Settings that an administrator may change while the program runs: which they are, where they are kept, how they take effect.

They lie in the catalog, over those of the start (file, environment, command line), and are checked by the same table. Everything that
holds the `LiveConfig` sees a change at its next look; what is read once at the start (folders, address, models) is not among them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import delete, insert, select

from assistant.accounts.people import note
from assistant.config import SETTINGS, Config, Setting, checked
from corpus.account_tables import options
from corpus.database import Database
from corpus.errors import ConfigError

_KEY = "setting."


@dataclass(frozen=True, slots=True)
class Changeable:
    """A setting that may be changed. chinese, english: its name on the page.  why: what it does, in both languages."""

    name: str
    chinese: str
    english: str
    why: tuple[str, str]

    @property
    def setting(self) -> Setting:
        return next(one for one in SETTINGS if one.name == self.name)


CHANGEABLE = (
    Changeable("confidence_threshold", "把握的下限", "Least confidence", (
        "把握低于此值的答案不给出。调高: 拒答更多、错误更少。", "Answers less probable than this are refused. Higher: more refusals, fewer mistakes.")),
    Changeable("language", "页面语言", "Language of the pages", (
        "自动: 跟随各人的浏览器;每个人都可以自己切换。", "Automatic follows each browser; everybody can switch for himself.")),
    Changeable("uploads", "接收上传", "Uploads", (
        "自动: 只在本机地址上接收;开: 编辑以上的人都可以上传。", "Automatic: only on an address of this machine; on: everybody from editors upward.")),
    Changeable("quizzes", "出题页面", "Quiz pages", (
        "自动: 只对本机的浏览器开放;开: 编辑以上的人都可以出题。", "Automatic: only to a browser on this machine; on: everybody from editors upward.")),
    Changeable("questions_per_minute", "每分钟提问", "Questions a minute", (
        "一个人、一个密钥或一个地址每分钟最多的提问和检索次数。", "Questions and searches of one person, key or address.")),
    Changeable("embed_questions_per_minute", "嵌入页每分钟提问", "Questions a minute, embedded", (
        "嵌入的问答页上,一个地址每分钟最多的提问次数。", "Questions of one address on the embedded chat page.")),
    Changeable("uploads_per_minute", "每分钟上传", "Uploads a minute", (
        "一个人、一个密钥或一个地址每分钟最多上传的文件数。", "Files that one person, key or address may send.")),
    Changeable("exports_per_minute", "每分钟导出", "Exports a minute", (
        "一个人、一个密钥或一个地址每分钟最多的导出次数。", "Exports of one person, key or address.")),
)  # fmt: skip
"""None of them is a command, a path or an address."""


class LiveConfig(Config):
    """The settings as they are now. Made of those of the start; `started` keeps them."""

    __slots__ = ("_changed", "started")

    started: Config
    _changed: dict[str, Any]

    def __getattribute__(self, name: str) -> Any:
        if name in _NAMES:
            changed = object.__getattribute__(self, "_changed")
            if name in changed:
                return changed[name]
        return object.__getattribute__(self, name)

    @property
    def changed(self) -> frozenset[str]:
        """The names of the settings that differ from the start because somebody changed them."""
        return frozenset(self._changed)

    def adopt(self, changed: dict[str, Any]) -> None:
        """Let these values hold from now on, all at once."""
        object.__setattr__(self, "_changed", dict(changed))


_NAMES = frozenset(one.name for one in CHANGEABLE)


def live_config(config: Config, database: Database) -> LiveConfig:
    """Lay what was changed over the settings of the start. A stored value that is not allowed any more is passed over."""
    started = config.started if isinstance(config, LiveConfig) else config
    live = LiveConfig.__new__(LiveConfig)
    object.__setattr__(live, "_changed", {})
    object.__setattr__(live, "started", started)
    for one in fields(Config):
        object.__setattr__(live, one.name, getattr(started, one.name))
    live.adopt(_stored(database))
    return live


def change(database: Database, live: LiveConfig, name: str, value: str, *, by: str) -> None:
    """Change a setting for now and the next starts. Raises ConfigError."""
    kept = checked(_setting(name), value, where=name)
    with database.writing() as connection:
        before = str(getattr(live, name))
        connection.execute(delete(options).where(options.c.key == _KEY + name))
        connection.execute(insert(options).values(key=_KEY + name, value=str(kept)))
        note(connection, by, "setting_changed", name, before=before, value=str(kept))
    live.adopt(_stored(database))


def give_back(database: Database, live: LiveConfig, name: str, *, by: str) -> None:
    """Let a setting be again what it was at the start. Raises ConfigError."""
    _setting(name)
    with database.writing() as connection:
        if connection.execute(delete(options).where(options.c.key == _KEY + name)).rowcount:
            note(connection, by, "setting_given_back", name, value=str(getattr(live.started, name)))
    live.adopt(_stored(database))


def _setting(name: str) -> Setting:
    for one in CHANGEABLE:
        if one.name == name:
            return one.setting
    raise ConfigError("bad_setting", f"{name[:40]!r} 不能在运行时更改", f"可以更改的设置项: {'、'.join(one.name for one in CHANGEABLE)}")


def _stored(database: Database) -> dict[str, Any]:
    with database.reading() as connection:
        kept = {row.key.removeprefix(_KEY): row.value for row in connection.execute(select(options)) if row.key.startswith(_KEY)}
    found: dict[str, Any] = {}
    for one in CHANGEABLE:
        if one.name in kept:
            try:
                found[one.name] = checked(one.setting, kept[one.name], where=one.name)
            except ConfigError:
                continue
    return found
