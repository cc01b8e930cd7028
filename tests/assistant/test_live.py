"""Settings changed while the program runs: they count at once and at the next start, checked as in the settings file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.config import Config
from assistant.live import CHANGEABLE, LiveConfig, change, give_back, live_config
from corpus.errors import ConfigError
from corpus.store import Store


def test_a_change_counts_at_once_and_at_the_next_start(store_of: Callable[..., Store]) -> None:
    database = store_of("关于做好工作的通知\n\n一、要求\n做好工作。").database
    config = Config(uploads="off", port=8000)
    live = live_config(config, database)
    seen_by_a_route: Config = live
    change(database, live, "confidence_threshold", "0.6", by="管理员")
    change(database, live, "uploads", "on", by="管理员")
    assert (seen_by_a_route.confidence_threshold, seen_by_a_route.uploads, seen_by_a_route.port) == (0.6, "on", 8000)
    assert live.changed == {"confidence_threshold", "uploads"} and config.uploads == "off"
    again = live_config(live, database)
    assert again.confidence_threshold == 0.6 and again.started is config
    give_back(database, live, "uploads", by="管理员")
    assert live.uploads == "off"


def test_each_change_is_in_the_audit_trail(store_of: Callable[..., Store]) -> None:
    store = store_of("关于做好工作的通知\n\n一、要求\n做好工作。")
    live = live_config(Config(), store.database)
    change(store.database, live, "language", "en", by="李四")
    give_back(store.database, live, "language", by="李四")
    assert [(entry.by, entry.action) for entry in store.trail()] == [("李四", "setting_changed"), ("李四", "setting_given_back")]


@pytest.mark.parametrize(
    ("name", "value"),
    [("confidence_threshold", "2"), ("confidence_threshold", "x"), ("language", "fr"), ("questions_per_minute", "0"), ("library", "elsewhere"), ("host", "0.0.0.0"), ("absent", "1")],
)
def test_s05_what_is_not_allowed_is_refused_and_changes_nothing(store_of: Callable[..., Store], name: str, value: str) -> None:
    store = store_of("关于做好工作的通知\n\n一、要求\n做好工作。")
    live = live_config(Config(), store.database)
    with pytest.raises(ConfigError):
        change(store.database, live, name, value, by="李四")
    assert live.changed == frozenset() and store.trail() == ()


def test_s05_none_of_them_is_a_path_a_command_or_an_address() -> None:
    assert all(one.setting.choices or one.setting.high is not None for one in CHANGEABLE)
    assert isinstance(LiveConfig, type) and issubclass(LiveConfig, Config)
