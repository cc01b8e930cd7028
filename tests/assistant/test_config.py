"""Settings come from a file and the environment, and a wrong value is named together with what was expected."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.config import SETTINGS, Config, unknown_variables
from corpus.errors import ConfigError


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment whose settings file does not exist yet."""
    return {"POLICY_ASSISTANT_CONFIG": str(tmp_path / "config.toml")}


def write(home: dict[str, str], text: str) -> dict[str, str]:
    Path(home["POLICY_ASSISTANT_CONFIG"]).write_text(text, encoding="utf-8")
    return home


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert Config.load(env={}) == Config()
    assert Config().port == 7860


def test_the_file_sets_and_the_environment_wins(home: dict[str, str]) -> None:
    write(home, 'port = 8000\nlanguage = "en"\n')
    config = Config.load(env=home | {"POLICY_ASSISTANT_PORT": "9000"})
    assert (config.port, config.language) == (9000, "en")


def test_the_library_folder_is_the_one_set_else_the_users_data_folder(tmp_path: Path) -> None:
    assert Config(library=str(tmp_path)).library_folder == tmp_path
    assert Config().library_folder.name == "library"


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("POLICY_ASSISTANT_PORT", "http", "1 到 65535 的整数"),
        ("POLICY_ASSISTANT_PORT", "70000", "1 到 65535 的整数"),
        ("POLICY_ASSISTANT_CONFIDENCE_THRESHOLD", "1.5", "0 到 1 的数字"),
        ("POLICY_ASSISTANT_CONFIDENCE_THRESHOLD", "nan", "0 到 1 的数字"),
        ("POLICY_ASSISTANT_LANGUAGE", "fr", "auto、zh、en 之一"),
    ],
)
def test_a_wrong_variable_is_named_with_its_value_and_what_was_expected(
    variable: str, value: str, expected: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.load(env={variable: value})
    assert variable in caught.value.message
    assert repr(value) in caught.value.message
    assert expected in caught.value.remedy


@pytest.mark.parametrize(
    "line", ["port = true", "port = 80.5", "host = 1", "port = [1]", 'port = "x"', "ports = 1", "port ="]
)
def test_a_wrong_line_in_the_file_is_refused(home: dict[str, str], line: str) -> None:
    with pytest.raises(ConfigError):
        Config.load(env=write(home, line))


def test_a_named_file_that_is_missing_is_an_error(home: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="不存在"):
        Config.load(env=home)


def test_a_misspelt_variable_is_found() -> None:
    assert unknown_variables({"POLICY_ASSISTANT_PROT": "1", "POLICY_ASSISTANT_PORT": "1", "PATH": ""}) == (
        "POLICY_ASSISTANT_PROT",
    )


def test_the_table_of_settings_names_every_field_with_one_sentence() -> None:
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Config)]
    assert all(setting.about.endswith(".") for setting in SETTINGS)
    assert len(SETTINGS) <= 25
