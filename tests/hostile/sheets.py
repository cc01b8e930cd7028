"""Workbooks and presentations: floods of cells, references beyond the edge, formulas, hidden sheets."""

from __future__ import annotations

from tests.hostile.case import HIDDEN, SECRET, TASK, Case, fixed
from tests.hostile.package import bomb, flagged, packed, with_wrong_crc
from tests.hostile.word import RELS, R, relations

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
ROOT = f'<?xml version="1.0"?><Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
HEAD = "<row r='1'>" + "".join(f"<c r='{c}1' t='inlineStr'><is><t>{t}</t></is></c>" for c, t in zip("ABC", ("任务", "牵头单位", "时限"), strict=True)) + "</row>"
LINE = "<row r='2'>" + "".join(f"<c r='{c}2' t='inlineStr'><is><t>{t}</t></is></c>" for c, t in zip("ABC", ("清理楼道杂物", "区应急管理局", "2025年6月底前"), strict=True)) + "</row>"
REAL = "区应急管理局"


def parts(rows: str = HEAD + LINE, *, after: str = "", strings: str = "", prolog: str = "", states: tuple[str, ...] = ("visible",)) -> dict[str, str | bytes]:
    sheets = "".join(f'<sheet name="表{n}" sheetId="{n}" state="{state}" r:id="r{n}"/>' for n, state in enumerate(states, 1))
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{S}" xmlns:r="{R}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *(("worksheet", f"worksheets/sheet{n}.xml", False) for n in range(1, len(states) + 1)),
            *((("sharedStrings", "sharedStrings.xml", False),) if strings else ()),
        ),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{S}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }
    if strings:
        made["xl/sharedStrings.xml"] = f'<?xml version="1.0"?><sst xmlns="{S}">{strings}</sst>'
    return made


def xlsx(rows: str = HEAD + LINE, **settings: str) -> bytes:
    return packed(parts(rows, **settings))  # type: ignore[arg-type]


def _cell(place: str, value: str, kind: str = "n") -> str:
    return f"<row r='9'><c r='{place}' t='{kind}'>{value}</c></row>"


def _hidden_sheet(state: str) -> bytes:
    sheet = f'<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{HIDDEN}</t></is></c></row></sheetData></worksheet>'
    return packed({**parts(states=("visible", state)), "xl/worksheets/sheet2.xml": sheet})


WORKBOOKS = (
    Case("炸弹.xlsx", "P-04", lambda _: bomb({k: v for k, v in parts().items() if "sheet1" not in k}, "xl/worksheets/sheet1.xml", 300), ("too_large", "malformed")),
    Case("炸弹串.xlsx", "P-04", lambda _: packed({**parts(strings="<si><t>甲</t></si>"), "xl/sharedStrings.xml": f'<sst xmlns="{S}"><si><t>' + "a" * 20_000_000 + "</t></si></sst>"}), ("too_large", "malformed", "taken")),
    Case("合并全表.xlsx", "P-17", fixed(xlsx(after="<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>")), ("taken",)),
    Case("合并重叠.xlsx", "P-17", fixed(xlsx(after="<mergeCells>" + "".join(f"<mergeCell ref='A{n}:C{n + 9}'/>" for n in range(3, 3000)) + "</mergeCells>")), present=(REAL,)),
    Case("合并坏.xlsx", "P-17", fixed(xlsx(after="<mergeCells><mergeCell ref='XX:99'/><mergeCell ref=''/><mergeCell/></mergeCells>")), ("taken", "malformed")),
    Case("两格远.xlsx", "P-17", fixed(xlsx(HEAD + LINE + "<row r='1048576'><c r='XFD1048576' t='n'><v>1</v></c></row>")), ("taken", "too_large")),
    Case("超界.xlsx", "P-17", fixed(xlsx(HEAD + LINE + "<row r='99999999999'><c r='ZZZZZZ99999999999'><v>1</v></c></row>")), ("taken", "malformed", "too_large")),
    Case("坏格.xlsx", "P-12", fixed(xlsx(HEAD + LINE + _cell("A9", "<v>" + "9" * 6000 + "</v>") + _cell("", "<v>x</v>", "s") + _cell("A-1", "<v>99999</v>", "s"))), ("taken", "malformed")),
    Case("日期疯.xlsx", "P-12", fixed(xlsx(HEAD + LINE + _cell("A9", "<v>1e308</v>") + _cell("B9", "<v>NaN</v>") + _cell("C9", "<v>-5</v>", "d"))), ("taken", "malformed")),
    Case("行多.xlsx", "P-18", lambda _: xlsx(HEAD + LINE + "".join(f"<row r='{n}'><c r='A{n}'><v>{n}</v></c></row>" for n in range(3, 5_000))), ("taken", "too_large")),
    Case("格多.xlsx", "P-18", lambda _: xlsx(HEAD + LINE + "<row r='3'>" + "<c><v>1</v></c>" * 400_000 + "</row>"), ("malformed",)),
    Case("公式.xlsx", "R-14", fixed(xlsx(HEAD + LINE + "<row r='3'><c r='A3'><f>WEBSERVICE(\"http://127.0.0.1\")</f><v>3</v></c></row>")), present=(REAL,), absent=("WEBSERVICE",)),
    Case("隐藏表.xlsx", "P-21", fixed(_hidden_sheet("hidden")), present=(REAL,), absent=(HIDDEN,)),
    Case("深藏表.xlsx", "P-21", fixed(_hidden_sheet("veryHidden")), present=(REAL,), absent=(HIDDEN,)),
    Case("外部实体.xlsx", "P-09", lambda canary: xlsx(prolog=f'<!DOCTYPE x [<!ENTITY x SYSTEM "{canary.file_url}">]>', rows=HEAD + LINE + "<row r='3'><c r='A3' t='inlineStr'><is><t>&x;</t></is></c></row>"), ("malformed",), absent=(SECRET,)),
    Case("实体.xlsx", "P-08", fixed(packed({**parts(), "xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]>" + str(parts()["xl/workbook.xml"]).partition("?>")[2]})), ("malformed",)),
    Case("嵌套.xlsx", "P-11", lambda _: xlsx("<row>" * 100_000), ("malformed",)),
    Case("外链.xlsx", "P-10", lambda canary: packed({**parts(), "xl/externalLinks/_rels/externalLink1.xml.rels": relations(("externalLinkPath", canary.url, True))}), present=(REAL,)),
    Case("加密.xlsx", "P-06", fixed(flagged(xlsx(), 1)), ("encrypted",)),
    Case("校验.xlsx", "P-06", fixed(with_wrong_crc(xlsx())), ("malformed",)),
    Case("截断.xlsx", "P-06", fixed(xlsx()[:-40]), ("malformed", "binary_file")),
    Case("无表.xlsx", "P-06", fixed(packed({k: v for k, v in parts().items() if "sheet1" not in k})), ("malformed", "no_text", "taken")),
    Case("无簿.xlsx", "P-06", fixed(packed({"[Content_Types].xml": TYPES})), ("malformed", "binary_file")),
    Case("环.xlsx", "P-13", fixed(packed({**parts(), "xl/_rels/workbook.xml.rels": relations(("worksheet", "workbook.xml", False))})), ("malformed", "no_text", "taken")),
    Case("滑路.xlsx", "P-05", fixed(packed({**parts(), "../../滑出.xml": "x", "xl/_rels/workbook.xml.rels": relations(("worksheet", "/../../../etc/passwd", False))})), ("malformed", "no_text", "taken"), absent=("root:",)),
    Case("改名.docx", "U-09", fixed(xlsx()), ("taken", "binary_file")),
    Case("宏.xlsx", "P-16", fixed(packed({**parts(), "xl/vbaProject.bin": HIDDEN.encode()})), present=(REAL,), absent=(HIDDEN,)),
)

OLD = (
    Case("空头.xls", "P-06", fixed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)), ("malformed", "binary_file")),
    Case("乱.xls", "P-24", fixed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20), ("malformed", "binary_file")),
    Case("环.xls", "P-13", fixed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(6) + b"\x01\x00\x00\x00" * 8 + b"\x00\x00\x00\x00" * 200), ("malformed", "binary_file")),
    Case("乱.doc", "P-24", fixed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20), ("malformed", "binary_file", "missing_extra", "encrypted")),
    Case("文本.doc", "U-09", fixed(TASK * 30), ("malformed", "binary_file", "missing_extra", "taken")),
    Case("富文本.doc", "P-11", fixed("{\\rtf1" + "{" * 100_000), ("malformed", "binary_file", "missing_extra", "no_text", "parser_timeout", "parser_memory")),
    Case("网页.doc", "U-09", lambda canary: f"<html><body><img src={canary.url}><p>{TASK}</p></body></html>".encode(), ("taken", "binary_file", "malformed", "missing_extra")),
)

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def pptx(shapes: str = "", *, show: str = "", count: int = 1, target: str = "") -> bytes:
    text = f'<p:sp><p:txBody><a:p><a:r><a:t>(一){TASK}</a:t></a:r></a:p></p:txBody></p:sp>'
    slide = f'<?xml version="1.0"?><p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" {show}><p:cSld><p:spTree>{text}{shapes}</p:spTree></p:cSld></p:sld>'
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in range(1, count + 1))
    return packed({
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/><Override PartName="/ppt/slides/slide1.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.slide+xml"/></Types>',
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{RELS}"><Relationship Id="r1" Type="{R}/officeDocument" Target="ppt/presentation.xml"/></Relationships>',
        "ppt/presentation.xml": f'<?xml version="1.0"?><p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(*[("slide", target or "slides/slide1.xml", False)] * count),
        "ppt/slides/slide1.xml": slide,
    })  # fmt: skip


SLIDES = (
    Case("一页.pptx", "P-06", fixed(pptx()), ("taken", "malformed")),
    Case("嵌套组.pptx", "P-11", fixed(pptx("<p:grpSp>" * 5000 + "</p:grpSp>" * 5000)), ("taken", "malformed", "parser_failed")),
    Case("同页千次.pptx", "P-14", fixed(pptx(count=3000)), ("taken", "malformed", "too_large")),
    Case("隐藏页.pptx", "P-21", fixed(pptx(f"<p:sp><p:txBody><a:p><a:r><a:t>{HIDDEN}</a:t></a:r></a:p></p:txBody></p:sp>", show='show="0"')), ("taken", "no_text", "malformed"), absent=(HIDDEN,)),
    Case("滑路.pptx", "P-05", fixed(pptx(target="../../../../../etc/passwd")), ("malformed", "no_text", "taken"), absent=("root:",)),
    Case("截断.pptx", "P-06", fixed(pptx()[:-50]), ("malformed", "binary_file")),
    Case("环.pptx", "P-13", fixed(pptx(target="presentation.xml")), ("malformed", "no_text", "taken")),
)

CASES = (*WORKBOOKS, *OLD, *SLIDES)
