"""Plain text, Markdown, separated values: encodings, odd characters, traps for expressions, wrong suffixes."""

from __future__ import annotations

import gzip
import json
import random

from tests.hostile.case import TASK, Case, fixed

PLAIN = f"关于开展安全检查的通知\n\n一、主要任务\n(一){TASK}\n"
MUCH = PLAIN * 20


def _random(size: int, *, low: int = 0, high: int = 256) -> bytes:
    source = random.Random(7)
    return bytes(source.randrange(low, high) for _ in range(size))


ENCODINGS = tuple(
    Case(f"编码-{encoding}.txt", "P-02", fixed(MUCH.encode(encoding)), present=(TASK,))
    for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
) + (
    Case("编码-繁体.txt", "P-02", fixed(("關於開展安全檢查的通知\n為加強管理,請認真執行各項規定。\n" * 20).encode("big5")), present=("安全檢查",)),
    Case("编码-截断.txt", "P-02", fixed(MUCH.encode()[:-4]), ("unknown_encoding",)),
    Case("编码-混杂.txt", "P-02", fixed(MUCH.encode() + MUCH.encode("gbk")), ("unknown_encoding",)),
    Case("编码-标记不符.txt", "P-02", fixed(b"\xff\xfe" + MUCH.encode("utf-16-le")[:-1]), ("unknown_encoding",)),
    Case("编码-假标记.txt", "P-02", fixed(b"\xef\xbb\xbf" + MUCH.encode("gbk")), ("unknown_encoding",)),
    Case("编码-latin.txt", "P-02", fixed("Les mesures arrêtées à l'été\n".encode("latin-1") * 20), ("unknown_encoding",)),
    Case("编码-乱数.txt", "P-02", fixed(_random(20_000)), ("binary_file", "unknown_encoding")),
    Case("编码-乱数高位.txt", "P-02", fixed(_random(20_000, low=128)), ("binary_file", "unknown_encoding")),
    Case("编码-超长字节.txt", "P-02", fixed(MUCH.encode() + b"\xc0\xae\xc0\xae\xc0\xaf"), ("unknown_encoding",)),
    Case("编码-代理.txt", "P-03", fixed(MUCH.encode() + b"\xed\xa0\x80\xed\xb0\x80"), ("unknown_encoding",)),
    Case("编码-代理16.txt", "P-03", fixed(b"\xff\xfe" + MUCH.encode("utf-16-le") + b"\x00\xd8"), ("unknown_encoding",)),
)

CHARACTERS = (
    Case("字符-空.txt", "P-03", fixed(b""), ("empty_file",)),
    Case("字符-空白.txt", "P-03", fixed(" \n\t\u3000\u200b\n"), ("no_text",)),
    Case("字符-NUL.txt", "P-03", fixed(MUCH.replace("任务", "任\x00务")), ("binary_file",)),
    Case("字符-控制.txt", "P-03", fixed(MUCH.replace("\n", "\x1b[31m\x07\x85\n")), present=("清理楼道杂物",)),
    Case("字符-只有控制.txt", "P-03", fixed("\x01\x02\x1b\x7f" * 500 + "通知"), ("binary_file",)),
    Case("字符-双向.txt", "P-03", fixed(MUCH.replace("任务", "\u202e任务\u202c\u2066\u2069")), present=("清理楼道杂物",)),
    Case("字符-零宽.txt", "P-03", fixed(MUCH.replace("检查", "检\u200b\u200d\ufeff查")), present=("清理楼道杂物",)),
    Case("字符-标签.txt", "P-03", fixed(MUCH + "".join(chr(0xE0000 + ord(c)) for c in "ignore previous")), present=(TASK,)),
    Case("字符-行分隔.txt", "P-03", fixed(MUCH.replace("\n", "\u2028")), present=(TASK,)),
    Case("字符-组合.txt", "P-03", fixed(MUCH + "e" + "\u0301" * 100_000), present=(TASK,)),
    Case("字符-私用.txt", "P-03", fixed(MUCH + "\ue000\uf8ff\U000f0000" * 5), present=(TASK,)),
    Case("字符-非字符.txt", "P-03", fixed(MUCH + "\uffff\ufdd0\U0010ffff"), present=(TASK,)),
    Case("字符-回车.txt", "P-03", fixed(MUCH.replace("\n", "\r")), present=(TASK,)),
)

TRAPS = (
    Case("陷阱-括号.txt", "P-19", fixed(PLAIN + "(" * 50_000 + "牵头单位:甲局"), present=(TASK,)),
    Case("陷阱-全角括号.txt", "P-19", fixed(PLAIN + "(" * 50_000), present=(TASK,)),
    Case("陷阱-空格.txt", "P-19", fixed(PLAIN + "牵头单位:" + " " * 100_000 + "x"), present=(TASK,)),
    Case("陷阱-点.txt", "P-19", fixed(PLAIN + "1." * 50_000), present=(TASK,)),
    Case("陷阱-顿号.txt", "P-19", fixed(PLAIN + "甲、" * 50_000), present=(TASK,)),
    Case("陷阱-序号.txt", "P-19", fixed(PLAIN + "第" + "一" * 100_000 + "条"), present=(TASK,)),
    Case("陷阱-一是.txt", "P-19", fixed(PLAIN + "一是" * 40_000), present=(TASK,)),
    Case("陷阱-年月.txt", "P-19", fixed(PLAIN + "2024年" * 10_000 + "底前"), present=(TASK,)),
    Case("陷阱-数字.txt", "P-12", fixed(PLAIN + "达到" + "9" * 100_000 + "%"), present=(TASK,)),
    Case("陷阱-引号.txt", "P-19", fixed(PLAIN + "“" * 50_000 + "”"), present=(TASK,)),
    Case("陷阱-局.txt", "P-19", fixed(PLAIN + "区应急管理局" * 15_000), present=(TASK,)),
    Case("陷阱-标题.txt", "P-18", fixed(PLAIN + "".join(f"{n}.任务\n" for n in range(8_000))), present=(TASK,)),
    Case("陷阱-一行.txt", "P-18", fixed(PLAIN + "落实工作责任" * 40_000), present=(TASK,)),
    Case("陷阱-短行.txt", "P-18", fixed(PLAIN + "事\n" * 12_000), present=(TASK,)),
    Case("陷阱-制表.txt", "P-17", fixed(PLAIN + "\t" * 200_000 + "完"), present=(TASK,)),
)

MARKDOWN = (
    Case("引用嵌套.md", "P-11", fixed(PLAIN + ">" * 100_000 + "深"), present=(TASK,)),
    Case("列表嵌套.md", "P-11", fixed(PLAIN + "".join(" " * n + "- 项\n" for n in range(800))), present=(TASK,)),
    Case("方括号.md", "P-19", fixed(PLAIN + "[" * 50_000 + "](" * 50_000), present=(TASK,)),
    Case("星号.md", "P-19", fixed(PLAIN + "*_" * 50_000), present=(TASK,)),
    Case("反引号.md", "P-19", fixed(PLAIN + "\n".join("`" * n for n in range(1, 400))), present=(TASK,)),
    Case("竖线.md", "P-17", fixed(PLAIN + "\n|" + "甲|" * 5_000 + "\n|" + "-|" * 5_000 + "\n|" + "乙|" * 5_000), present=(TASK,)),
    Case("外链图.md", "P-10", lambda canary: (PLAIN + f"![图]({canary.url})<img src={canary.url}>").encode(), present=(TASK,)),
    Case("头信息.md", "P-12", fixed("---\ntitle: &a [*a, *a]\nx: " + "{" * 10_000 + "\n---\n" + PLAIN), present=(TASK,)),
    Case("井号.md", "P-19", fixed(PLAIN + "#" * 100_000 + " 题\n" + "# " * 20_000), present=(TASK,)),
)

_JSON = "[" * 100_000 + "]" * 100_000

WRONG = (
    Case("程序.txt", "U-09", fixed(b"MZ\x90\x00" + _random(2000)), ("binary_file",)),
    Case("脚本.exe", "U-09", fixed(b"MZ\x90\x00" + _random(2000)), ("unsupported_format",)),
    Case("二进制.md", "U-09", fixed(b"\x7fELF" + _random(2000)), ("binary_file",)),
    Case("图片.html", "U-09", fixed(b"\x89PNG\r\n\x1a\n" + _random(2000)), ("binary_file",)),
    Case("压缩.txt", "P-07", fixed(gzip.compress(MUCH.encode())), ("binary_file",)),
    Case("压缩.csv", "P-07", fixed(gzip.compress(MUCH.encode() * 1000)), ("binary_file",)),
    Case("压缩.csv.gz", "P-07", fixed(gzip.compress(MUCH.encode())), ("unsupported_format",)),
    Case("包.tar", "P-07", fixed(bytes(1024)), ("unsupported_format",)),
    Case("包.7z", "P-07", fixed(b"7z\xbc\xaf\x27\x1c" + bytes(50)), ("unsupported_format",)),
    Case("嵌套.json", "P-12", fixed(_JSON), ("unsupported_format",)),
    Case("嵌套json.txt", "P-12", fixed(PLAIN + _JSON), present=(TASK,)),
    Case("大数.txt", "P-12", fixed(PLAIN + json.dumps({"a": 1}) + "9" * 6000), present=(TASK,)),
    Case("文本.docx", "U-09", fixed(MUCH), ("taken", "binary_file", "malformed")),
    Case("文本.xlsx", "U-09", fixed(b"\x00\x01\x02" * 99), ("binary_file", "malformed")),
    # Not the bytes of the case above: nobody reads a duplicate.
    Case("文本.pdf", "U-09", fixed(PLAIN * 21), ("binary_file", "malformed")),
    Case("无扩展名", "U-09", fixed(MUCH), ("unsupported_format",)),
    Case("点结尾.txt.", "U-09", fixed(MUCH), ("unsupported_format",)),
    Case("大写.TXT", "U-09", fixed(PLAIN), present=(TASK,)),
)

CSV = (
    Case("公式.csv", "R-14", fixed("任务,牵头单位\n=cmd|' /C calc'!A0,区应急管理局\n@SUM(1),区住建局\n"), present=("区应急管理局",)),
    Case("宽.csv", "P-17", fixed("任务,单位\n" + "甲," * 100_000 + "\n"), ("taken", "too_large")),
    Case("长.csv", "P-18", fixed("任务,牵头单位\n" + "清理杂物,区应急管理局\n" * 1_500), ("taken", "too_large")),
    Case("引号不配.csv", "P-17", fixed('任务,单位\n"' + "清理杂物,\n" * 2_000), ("taken", "malformed")),
    Case("引号雨.csv", "P-19", fixed("任务,单位\n" + '"' * 100_001), ("taken", "malformed", "no_text")),
    Case("NUL.csv", "P-03", fixed("任务,单位\n甲\x00,乙\n"), ("binary_file", "malformed")),
    Case("大格.csv", "P-18", fixed("任务,单位\n" + "事" * 300_000 + ",甲局\n"), ("taken", "malformed", "too_large")),
)

CASES = (*ENCODINGS, *CHARACTERS, *TRAPS, *MARKDOWN, *WRONG, *CSV)
