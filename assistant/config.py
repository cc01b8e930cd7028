"""The settings: one frozen value, read once from a TOML file and the environment, then passed down by argument.

The environment wins over the file, the command line wins over both. The file is the one that POLICY_ASSISTANT_CONFIG
names, else `config.toml` in the user's configuration folder; it need not exist.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from corpus.errors import ConfigError

PREFIX = "POLICY_ASSISTANT_"
APPLICATION = "policy-assistant"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table of settings. low, high: inclusive bounds; choices: the only values allowed, when given."""

    name: str
    default: str | int | float
    about: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()

    @property
    def type_name(self) -> str:
        return type(self.default).__name__

    @property
    def expected(self) -> str:
        """Say in Chinese what values are allowed."""
        if self.choices:
            return "、".join(self.choices) + " 之一"
        kind = {"str": "文字", "int": "整数", "float": "数字"}[self.type_name]
        return f"{self.low:g} 到 {self.high:g} 的{kind}" if self.low is not None and self.high is not None else kind


def _setting(default: Any, about: str, **limits: Any) -> Any:
    return field(default=default, metadata={"about": about, **limits})


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set. An empty `library` stands for the user's data folder, see `library_folder`."""

    library: str = _setting("", "Folder of the library; empty: the user's data folder.")
    encoder: str = _setting("", "Folder of a sentence-transformers model; empty: the shipped encoder.")
    reranker: str = _setting("", "What puts the best 20 passages in order: `shipped`, our own network; a cross-encoder's folder; empty: nothing.")
    reader: str = _setting("", "What the network that reads passages may do: rules nothing, check tell how sure an answer is, empty also answer where the rules find nothing (among up to 1000 passages), shipped also overrule them; or a folder of weights, for all of it.")
    host: str = _setting("127.0.0.1", "Address the web server listens on.")
    port: int = _setting(7860, "Port the web server listens on.", low=1, high=65535)
    accounts: str = _setting("auto", "Whether people log in: auto once there is an account; needed on any address but loopback.", choices=("auto", "on", "off"))
    language: str = _setting("auto", "Language of the pages: auto follows the browser.", choices=("auto", "zh", "en"))
    confidence_threshold: float = _setting(0.4, "Answers less probable than this are refused.", low=0, high=1)
    uploads: str = _setting("auto", "Whether files may be sent over HTTP: auto only on a loopback address.", choices=("auto", "on", "off"))
    quizzes: str = _setting("auto", "Whether trainers' quiz pages are open: auto only to a browser on this machine.", choices=("auto", "on", "off"))
    public_address: str = _setting("", "Address under which others reach the server, for links to papers; empty: worked out.")
    trusted_proxies: str = _setting("", "Addresses or networks of reverse proxies whose X-Forwarded-For is believed, blanks between; empty: none.")
    max_question_length: int = _setting(2000, "Longest question, in characters.", low=1, high=100_000)
    questions_per_minute: int = _setting(120, "Questions and searches a minute of one person, key or address.", low=1, high=100_000)
    uploads_per_minute: int = _setting(60, "Files a minute that one person, key or address may send.", low=1, high=100_000)
    embed_sites: str = _setting("", "Web sites that may show the embedded chat page in a frame, as https://www.example.gov.cn, blanks between; empty: none.")
    embed_questions_per_minute: int = _setting(20, "Questions a minute from one address on the embedded chat page.", low=1, high=100_000)
    exports_per_minute: int = _setting(60, "Exports a minute of one person, key or address.", low=1, high=100_000)

    @classmethod
    def load(cls, path: Path | None = None, *, env: Mapping[str, str]) -> Config:
        """Read the settings. path: a file that has to exist; None: the usual place, if there is a file.

        Raises ConfigError that names the setting, its value and what was expected.
        """
        found = _file_values(path, env)
        for setting in SETTINGS:
            if setting.variable in env:
                found[setting.name] = checked(setting, env[setting.variable], where=f"环境变量 {setting.variable}")
        return cls(**found)

    @property
    def library_folder(self) -> Path:
        """Give the folder of the library: the one that is set, else one in the user's data folder."""
        if self.library:
            return Path(self.library).expanduser()
        from platformdirs import user_data_path

        return user_data_path(APPLICATION, appauthor=False) / "library"


def _table() -> tuple[Setting, ...]:
    settings = []
    for entry in fields(Config):
        assert entry.default is not MISSING
        settings.append(Setting(entry.name, entry.default, **entry.metadata))
    return tuple(settings)


SETTINGS = _table()


def config_file(env: Mapping[str, str]) -> Path:
    """Give the place of the settings file, whether or not there is one."""
    if named := env.get(PREFIX + "CONFIG"):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path(APPLICATION, appauthor=False) / "config.toml"


def unknown_variables(env: Mapping[str, str]) -> tuple[str, ...]:
    """Give the variables that look like ours and set nothing: most likely misspelt."""
    known = {setting.variable for setting in SETTINGS} | {PREFIX + "CONFIG"}
    return tuple(sorted(name for name in env if name.startswith(PREFIX) and name not in known))


def _file_values(path: Path | None, env: Mapping[str, str]) -> dict[str, Any]:
    required = path is not None or PREFIX + "CONFIG" in env
    path = path or config_file(env)
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if not required:
            return {}
        raise ConfigError("bad_setting", f"设置文件 {path} 不存在", f"请检查路径,或取消 {PREFIX}CONFIG") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError("bad_setting", f"设置文件 {path} 无法读取: {error}", "请改成 UTF-8 编码的 TOML") from None
    known = {setting.name: setting for setting in SETTINGS}
    for name in values:
        if name not in known:
            raise ConfigError(
                "bad_setting", f"设置文件 {path} 里的 {name!r} 不是设置项", f"可用的设置项: {'、'.join(known)}"
            )
    return {name: checked(known[name], value, where=f"{path} 的 {name}") for name, value in values.items()}


def checked(setting: Setting, value: Any, *, where: str) -> str | int | float:
    """Give a value as the setting has it. where: what is told in the error. Raises ConfigError."""
    wrong = ConfigError("bad_setting", f"{where} 的值 {value!r} 不可用", f"应为{setting.expected}")
    wanted = type(setting.default)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise wrong
    if wanted is str and not isinstance(value, str):
        raise wrong
    try:
        read = wanted(value)
    except ValueError:
        raise wrong from None
    if wanted is int and isinstance(value, float):
        raise wrong
    if setting.choices and read not in setting.choices:
        raise wrong
    if setting.low is not None and setting.high is not None and not setting.low <= float(read) <= setting.high:
        raise wrong
    return read
