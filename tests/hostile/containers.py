"""Folders in ZIP files, and OFD (GB/T 33190): members that lie about names, sizes and kinds."""

from __future__ import annotations

import zipfile

from tests.hostile.case import SECRET, TASK, Case, fixed
from tests.hostile.package import bomb, flagged, overlapping, packed, with_lying_sizes, with_wrong_crc
from tests.hostile.text import PLAIN
from tests.hostile.word import LAUGHS

FILE = {"通知.txt": PLAIN}
REFUSED = ("too_large", "malformed", "binary_file", "no_text", "encrypted", "no_documents", "unsupported_format")


def _nested(depth: int) -> bytes:
    data = packed(FILE)
    for level in range(depth):
        data = packed({f"{level}.zip": data})
    return data


def _link() -> bytes:
    info = zipfile.ZipInfo("链接.txt")
    info.external_attr = 0o120777 << 16
    data = packed(FILE)
    import io

    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


ZIPS = (
    Case("一份.zip", "P-05", fixed(packed(FILE))),
    Case("滑路.zip", "P-05", fixed(packed({**FILE, "../../滑出.txt": PLAIN, "/tmp/滑出.txt": PLAIN, "C:\\滑出.txt": PLAIN, "..\\..\\滑.txt": PLAIN})), ("taken", *REFUSED)),
    Case("滑路长.zip", "P-05", fixed(packed({**FILE, "a/" * 2000 + "深.txt": PLAIN})), ("taken", *REFUSED)),
    Case("链接.zip", "P-05", lambda _: _link(), ("taken", *REFUSED), absent=("root:",)),
    Case("空名.zip", "P-05", fixed(packed({**FILE, "": "x", "/": "x", "\x00.txt": "x", "a\nb.txt": PLAIN})), ("taken", *REFUSED)),
    Case("炸弹.zip", "P-04", lambda _: bomb(FILE, "大.txt", 300), ("taken", *REFUSED)),
    Case("炸弹谎.zip", "P-04", lambda _: with_lying_sizes(bomb(FILE, "大.txt", 300)), ("taken", *REFUSED)),
    Case("炸弹重叠.zip", "P-04", lambda _: overlapping("0000.txt", 3000, 20), ("taken", *REFUSED)),
    Case("炸弹套.zip", "P-04", lambda _: packed({f"{n}.zip": bomb(FILE, "大.txt", 30) for n in range(20)}), ("taken", *REFUSED)),
    Case("套娃.zip", "P-07", fixed(_nested(30)), ("taken", *REFUSED)),
    Case("成员多.zip", "P-04", lambda _: packed({f"{n}.txt": PLAIN for n in range(6000)}), ("taken", *REFUSED)),
    Case("加密.zip", "P-06", fixed(flagged(packed(FILE), 1)), ("encrypted",)),
    Case("校验.zip", "P-06", fixed(with_wrong_crc(packed(FILE))), ("malformed",)),
    Case("截断.zip", "P-06", fixed(packed(FILE)[:-10]), ("malformed", "binary_file")),
    Case("空.zip", "P-06", fixed(packed({})), REFUSED),
    Case("只有坏.zip", "P-06", fixed(packed({"a.exe": "MZ", "b.txt": ""})), REFUSED),
    Case("乱名.zip", "P-02", fixed(packed({"\u202etxt.exe.txt": PLAIN, "通知\ud83d.txt".encode("utf-8", "ignore").decode(): PLAIN})), ("taken", *REFUSED)),
    Case("同名.zip", "P-05", fixed(packed({"a.txt": PLAIN, "A.TXT": PLAIN, "./a.txt": PLAIN})), ("taken", *REFUSED)),
)

OFD_NS = "http://www.ofdspec.org/2016"


def ofd(content: str = "", *, root: str = "Doc_0/Document.xml", page: str = "Pages/Page_0/Content.xml", prolog: str = "", pages: int = 1) -> bytes:
    words = f'<ofd:TextObject ID="9" Boundary="20 20 160 10" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g {len(TASK)} 5">{TASK}</ofd:TextCode></ofd:TextObject>'
    listed = "".join(f'<ofd:Page ID="{n + 2}" BaseLoc="{page}"/>' for n in range(pages))
    return packed({
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<ofd:OFD xmlns:ofd="{OFD_NS}" DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document xmlns:ofd="{OFD_NS}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="{OFD_NS}"><ofd:Content><ofd:Layer ID="8">{words}{content}</ofd:Layer></ofd:Content></ofd:Page>',
    })  # fmt: skip


_ANY = ("taken", *REFUSED)

OFDS = (
    Case("一页.ofd", "P-06", fixed(ofd()), ("taken", "no_text")),
    Case("滑路.ofd", "P-05", fixed(ofd(root="../../../../etc/passwd")), _ANY, absent=("root:",)),
    Case("滑路页.ofd", "P-05", fixed(ofd(page="/../../../etc/passwd")), _ANY, absent=("root:",)),
    Case("外部实体.ofd", "P-09", lambda canary: ofd(prolog=f'<!DOCTYPE x [<!ENTITY x SYSTEM "{canary.file_url}">]>', root="&x;"), _ANY, absent=(SECRET,)),
    Case("实体.ofd", "P-08", fixed(ofd(prolog=LAUGHS, root="&a9;")), _ANY),
    Case("环.ofd", "P-13", fixed(ofd(page="../Document.xml", root="OFD.xml")), _ANY),
    Case("页多.ofd", "P-14", fixed(ofd(pages=20_000)), (*_ANY, "parser_timeout")),
    Case("间距疯.ofd", "P-17", fixed(ofd('<ofd:TextObject ID="7" Boundary="1e308 NaN x -5" Font="1" Size="-1e9"><ofd:TextCode X="inf" Y="" DeltaX="g 2000000000 5">字</ofd:TextCode></ofd:TextObject>')), _ANY),
    Case("嵌套.ofd", "P-11", fixed(ofd("<ofd:PageBlock>" * 5000 + "</ofd:PageBlock>" * 5000)), (*_ANY, "parser_failed")),
    Case("截断.ofd", "P-06", fixed(ofd()[:-60]), REFUSED),
    Case("炸弹.ofd", "P-04", lambda _: bomb({"OFD.xml": "<x/>"}, "Doc_0/Document.xml", 300), REFUSED),
    Case("空壳.ofd", "P-06", fixed(packed({"OFD.xml": "<x/>"})), REFUSED),
)

CASES = (*ZIPS, *OFDS)
