"""One tree of errors; each says what happened, with which value, and what to do.

PolicyAssistantError
├─ InputError            the user or operator can repair it             exit code 2, HTTP 4xx
│  ├─ ParseError           a file that cannot be taken; nothing else escapes a reader
│  │  ├─ UnreadableDocument   it is not, or does not hold, readable text
│  │  ├─ UnsupportedFormat    no reader for this kind of file
│  │  ├─ DocumentTooLarge     over the size limit
│  │  └─ ParserFailed         the limited process that was to read it came to an end without a result
│  ├─ NoDocuments          a path that does not exist or holds nothing to add
│  ├─ UnknownDocument      no document of this id or name in the library
│  ├─ UnknownCollection    no collection of this id or name
│  ├─ UnknownAccount       no account, or no key of a program, of this name
│  ├─ BadAccount           an account, collection or key that cannot be made or changed as asked
│  ├─ BadQuestion          empty or far too long
│  ├─ BadQuiz              a quiz that cannot be made as asked
│  ├─ UnknownQuiz          no such paper, template, link or sitting
│  ├─ QuizClosed           a link or sitting that takes no more replies
│  └─ ConfigError          a setting with an impossible value
├─ LibraryProblem        stored data cannot be used                      exit code 4, HTTP 503
│  ├─ LibraryCorrupt       a damaged catalog or index file
│  └─ LibraryTooNew        written by a newer program
└─ MissingExtra          an optional part is not installed               exit code 5
"""

from __future__ import annotations


class PolicyAssistantError(Exception):
    """code: stable English identifier for programs; message and remedy: Chinese, for people."""

    exit_code = 1
    status = 500

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(f"{message}{remedy and ';' + remedy}")
        self.code = code
        self.message = message
        self.remedy = remedy

    def as_json(self) -> dict[str, dict[str, str]]:
        """Give the object that programs get instead of a result, on every face."""
        return {"error": {"code": self.code, "message": self.message, "remedy": self.remedy}}


class InputError(PolicyAssistantError):
    """codes of its own: "bad_path" (a file to write or restore from), "bad_name" (of an uploaded file)."""

    exit_code = 2
    status = 400


class ParseError(InputError):
    """A file cannot be taken into the library."""


class UnreadableDocument(ParseError):
    """codes: "empty_file", "binary_file", "unknown_encoding", "no_text", "malformed", "encrypted", "ocr_missing", "not_a_file", "not_readable"."""

    status = 422


class UnsupportedFormat(ParseError):
    """code: "unsupported_format"."""

    status = 415


class DocumentTooLarge(ParseError):
    """code: "too_large"."""

    status = 413


class ParserFailed(ParseError):
    """codes: "parser_crashed", "parser_timeout", "parser_memory", "parser_output", "parser_failed"."""

    status = 422


class NoDocuments(InputError):
    """codes: "path_not_found", "no_documents"."""


class UnknownDocument(InputError):
    """code: "unknown_document"."""

    status = 404


class UnknownCollection(InputError):
    """code: "unknown_collection"."""

    status = 404


class UnknownAccount(InputError):
    """codes: "unknown_account", "unknown_key"."""

    status = 404


class BadAccount(InputError):
    """codes: "bad_account_name", "account_exists", "weak_password", "unknown_role", "last_administrator", "bad_collection_name",
    "collection_exists", "default_collection", "last_collection", "collection_needed", "bad_key", "unknown_scope".
    """


class BadQuestion(InputError):
    """codes: "empty_question", "question_too_long", "bad_questions_file", "bad_history"."""


class BadQuiz(InputError):
    """codes: "unknown_kind", "bad_count", "bad_difficulty", "bad_versions", "unknown_section", "unknown_unit", "unknown_item",
    "no_other_item", "no_items", "bad_response", "bad_columns", "unknown_format", "empty_library"; of stored papers "bad_title",
    "bad_edit", "bad_template", "bad_share", "bad_person", "too_many", "changed_meanwhile", "stale_source", "no_mistakes".
    """


class UnknownQuiz(InputError):
    """codes: "unknown_paper", "unknown_template", "unknown_share", "unknown_sitting"."""

    status = 404


class QuizClosed(InputError):
    """codes: "share_closed", "share_expired", "time_over", "sitting_finished", "already_answered"."""

    status = 409


class ConfigError(InputError):
    """codes: "bad_setting", "accounts_needed"."""


class LibraryProblem(PolicyAssistantError):
    """codes: "library_busy", "disk_full", "library_unwritable", "backup_elsewhere"."""

    exit_code = 4
    status = 503


class LibraryCorrupt(LibraryProblem):
    """codes: "catalog_corrupt", "index_corrupt"."""


class LibraryTooNew(LibraryProblem):
    """code: "library_too_new"."""


class MissingExtra(PolicyAssistantError):
    """code: "missing_extra"."""

    exit_code = 5
