"""Mail files (RFC 5322, MIME): depth, lies about encodings, attachments that are not what they say."""

from __future__ import annotations

import base64

from tests.hostile.case import HIDDEN, TASK, Case, fixed

HEAD = "From: a@example.cn\r\nTo: b@example.cn\r\nSubject: =?utf-8?B?6YCa55+l?=\r\nDate: Mon, 3 Mar 2025 08:00:00 +0800\r\nMIME-Version: 1.0\r\n"
PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
ANY = ("taken", "malformed", "no_text", "too_large", "unknown_encoding", "binary_file", "empty_file", "unsupported_format", "parser_memory")


def _nested(depth: int) -> str:
    made = HEAD
    for level in range(depth):
        made += f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
    return made + PLAIN + TASK


def _attached(name: str, data: bytes, kind: str = "application/octet-stream") -> str:
    return (
        HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + PLAIN + TASK + "\r\n--b\r\n"
        f"Content-Type: {kind}; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n"
        + base64.b64encode(data).decode() + "\r\n--b--\r\n"
    )  # fmt: skip


CASES = (
    Case("一封.eml", "P-11", fixed(HEAD + PLAIN + TASK)),
    Case("嵌套.eml", "P-11", fixed(_nested(2000)), (*ANY, "parser_failed")),
    Case("嵌套信.eml", "P-11", fixed((HEAD + "Content-Type: message/rfc822\r\n\r\n") * 1500 + HEAD + PLAIN + TASK), (*ANY, "parser_failed")),
    Case("头多.eml", "P-11", fixed("X-A: 1\r\n" * 100_000 + HEAD + PLAIN + TASK), ANY),
    Case("头长.eml", "P-19", fixed("Subject: " + "=?utf-8?B?6YCa55+l?= " * 20_000 + "\r\n" + PLAIN + TASK), ANY),
    Case("部多.eml", "P-11", fixed(HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + ("--b\r\n" + PLAIN + "段\r\n") * 10_000), ANY),
    Case("界空.eml", "P-06", fixed(HEAD + "Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n" + TASK), ANY),
    Case("编码谎.eml", "P-02", fixed((HEAD + "Content-Type: text/plain; charset=no-such\r\n\r\n" + TASK * 9).encode("gbk")), ANY),
    Case("坏64.eml", "P-06", fixed(HEAD + "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n====!!!!"), ANY),
    Case("外链.eml", "P-10", lambda canary: (HEAD + f"Content-Type: text/html; charset=utf-8\r\n\r\n<p>{TASK}<img src={canary.url}>").encode(), ANY),
    Case("外部体.eml", "P-10", lambda canary: (HEAD + f'Content-Type: message/external-body; access-type=URL; URL="{canary.url}"\r\n\r\n').encode(), ANY),
    Case("附件滑路.eml", "P-05", fixed(_attached("../../滑出.txt", TASK.encode())), ANY),
    Case("附件程序.eml", "U-09", fixed(_attached("通知.docx", b"MZ\x90\0\x03\0\0\0" + bytes(56) + HIDDEN.encode())), ANY, absent=(HIDDEN,)),
    Case("不是信.eml", "U-09", fixed(bytes(range(256)) * 40), ANY),
)
