"""The words of server-written pages in two languages: those every page has, and a table for each section's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.web.texts import Language, Texts

CHINESE: Mapping[str, str] = {
    "chat": "提问", "tasks": "任务", "documents": "文件", "quiz": "出题组卷", "evaluation": "测评", "administration": "管理", "account": "我的账号", "login": "登录",
    "ways": "各页面", "to_content": "跳到正文", "other_language": "English", "theme": "深浅色", "error": "没有成功", "back": "返回",
}  # fmt: skip

ENGLISH: Mapping[str, str] = {
    "chat": "Ask", "tasks": "Tasks", "documents": "Documents", "quiz": "Quizzes", "evaluation": "Evaluation", "administration": "Administration", "account": "My account", "login": "Log in",
    "ways": "Pages", "to_content": "Skip to the content", "other_language": "中文", "theme": "Theme", "error": "That did not work", "back": "Back",
}  # fmt: skip

# Errors met on every page; their Chinese message comes with the error.
ENGLISH_ERRORS: Mapping[str, str] = {
    "not_found": "There is no such page.", "wrong_method": "This address does not take that.", "too_many_requests": "Too many requests; wait a minute.",
    "bad_form": "The form could not be read.", "too_large": "That is too large.", "unknown_document": "There is no such document.",
    "forbidden": "Your role does not allow this.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. `words("questions", count=3)` gives one with its values put in, as plain text.

    entries: the section's own, they come before those of every page.  errors: messages by code, where they differ from the error's own.
    """

    texts: Texts
    entries: Mapping[str, str]
    errors: Mapping[str, str]

    @property
    def language(self) -> Language:
        return self.texts.language

    def __call__(self, key: str, **values: object) -> str:
        general = CHINESE if self.language == "zh" else ENGLISH
        return (self.entries.get(key) or general[key]).format(**values)

    def error(self, code: str, message: str) -> str:
        general = ENGLISH_ERRORS if self.language == "en" else {}
        return self.errors.get(code) or general.get(code) or message
