"""Every format a paper is written in is opened again by a reader that knows nothing of the writer."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

from assistant import Assistant
from assistant.config import Config
from assistant.quiz.export.data import SCHEMA
from assistant.quiz.export.files import EXTENSIONS, FORMATS, Look, quiz_files
from assistant.quiz.export.sheet import LAYOUTS
from assistant.quiz.service import versions
from assistant.quiz.types import KINDS, LETTERS, Item, Quiz, QuizRequest
from assistant.types import Citation
from corpus.errors import BadQuiz

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quiz]:
    with Assistant.open(tmp_path_factory.mktemp("quiz") / "library", Config()) as assistant:
        assistant.add([SAMPLES])
        yield assistant.quiz(count=40, seed=11)


def hostile() -> Quiz:
    """A question whose every text would do harm where it is taken for a formula, markup or a control character."""
    text = '=HYPERLINK("http://x","a")<script>{{c1::x}}&amp;~\x00\x0b{}#:'
    citation = Citation(1, "d", "a.txt", "=1+1", ("@A1",), 0, 4, "+cmd", ())
    item = Item("q00000000001", "single", f"=1+1 {text}（　　）。", ("=2", "-3", "@b", "+c"), (0,), f"={text}", 3, (citation,), answer="A. =2")
    return Quiz(1, (item,), QuizRequest(count=1))


def written(quizzes: list[Quiz], form: str, **look: str) -> bytes:
    (part,) = quiz_files(quizzes, form, Look(**look))
    return part.content


def test_all_kinds_are_on_the_paper(paper: Quiz) -> None:
    assert {item.kind for item in paper.items} == set(KINDS)


# ---------------------------------------------------------------- Word


def shown(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells]).replace("（\u00a0\u00a0\u00a0\u00a0）", "（　　）")


def test_word_gives_paper_answer_sheet_and_key(paper: Quiz) -> None:
    parts = {part.ending: part.content for part in quiz_files([paper], "docx", Look(title="安全知识测试"))}
    assert list(parts) == ["", "-答题卡", "-答案"]
    body = shown(parts[""])
    for item in paper.items:
        assert item.stem in body
        assert item.explanation not in body
        assert all(option in body for option in item.options if item.kind != "true_false")
    assert "参考答案" not in body and "依据】" not in body
    key = shown(parts["-答案"])
    assert key.count("【答案】") == len(paper.items)
    assert "姓名" in shown(parts["-答题卡"])


def test_the_page_is_a4_with_chinese_fonts_and_page_numbers(paper: Quiz) -> None:
    document = docx.Document(io.BytesIO(quiz_files([paper], "docx")[0].content))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    east = {f.get(docx.oxml.ns.qn("w:eastAsia")) for f in document.element.iter(docx.oxml.ns.qn("w:rFonts"))}
    assert {"宋体", "黑体"} <= east
    assert None not in east
    assert {"PAGE", "NUMPAGES"} == {t.text for t in section.footer._element.iter(docx.oxml.ns.qn("w:instrText"))}
    scores = document.tables[0]
    assert [scores.cell(0, 0).text, scores.cell(1, 0).text] == ["题号", "满分"]
    assert int(scores.cell(1, len(scores.columns) - 1).text) == paper.total


def test_two_versions_are_six_word_files(paper: Quiz) -> None:
    endings = [part.ending for part in quiz_files(versions(paper, 2), "docx")]
    assert endings == ["-A卷", "-A卷-答题卡", "-A卷-答案", "-B卷", "-B卷-答题卡", "-B卷-答案"]


# ---------------------------------------------------------------- workbooks


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_the_tidy_sheet_has_one_row_a_question_with_its_source(paper: Quiz) -> None:
    head, *rows = rows_of(written([paper], "xlsx"))
    assert len(rows) == len(paper.items)
    by_id = {item.id: item for item in paper.items}
    for row in rows:
        cell = dict(zip(head, row, strict=True))
        item = by_id[str(cell["编号"])]
        assert cell["题干"] == item.stem
        assert [cell[f"选项{letter}"] for letter in LETTERS[: len(item.options)]] == list(item.options)
        assert (cell["起始"], cell["结束"]) == (item.citations[0].start, item.citations[0].end)


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name != "整洁"])
def test_a_platform_gets_its_columns(paper: Quiz, name: str) -> None:
    head, *rows = rows_of(written([paper], "xlsx", layout=name))
    assert list(head) == [heading for heading, _ in LAYOUTS[name].columns]
    key = next(h for h, value in LAYOUTS[name].columns if value == "key")
    kind = next(h for h, value in LAYOUTS[name].columns if value == "kind")
    for row in rows:
        cell = dict(zip(head, row, strict=True))
        assert cell[kind] in ("单选题", "多选题", "判断题", "填空题", "简答题")
        pattern = {"单选题": "[A-F]", "多选题": "[A-F]{1,6}", "判断题": "正确|错误"}.get(str(cell[kind]), ".+")
        assert re.fullmatch(pattern, str(cell[key]), re.S)


def test_columns_can_be_written_out(paper: Quiz) -> None:
    head, first, *_ = rows_of(written([paper], "xlsx", columns="问题=stem,甲=option_a，标准答案=key;出处=source"))
    assert head == ("问题", "甲", "标准答案", "出处")
    assert first[0] == paper.grouped()[0][1][0].stem
    for wrong in ("问题=riddle", "stem", "=stem"):
        with pytest.raises(BadQuiz) as caught:
            written([paper], "xlsx", columns=wrong)
        assert caught.value.code == "bad_columns"
    with pytest.raises(BadQuiz):
        written([paper], "xlsx", layout="没有的平台")


def test_kahoot_gets_what_it_can_hold_and_says_what_it_cannot(paper: Quiz) -> None:
    (part,) = quiz_files([paper], "xlsx", Look(layout="Kahoot"))
    rows = rows_of(part.content)[7:]
    assert str(rows[0][1]).startswith("Question")
    assert len(rows) - 1 + part.left_out == len(paper.items)
    stems = {item.stem: item for item in paper.items}
    for row in rows[1:]:
        item = stems[str(row[1])]
        assert len(item.stem) <= 120 and row[6] in (5, 10, 20, 30, 60, 90, 120, 240)
        assert {row[1 + int(n)] for n in str(row[7]).split(",")} == {item.options[k] for k in item.right}


# ---------------------------------------------------------------- Moodle


def test_moodle_xml_holds_every_question_with_marks_that_add_up(paper: Quiz) -> None:
    root = etree.fromstring(written([paper], "moodle"))
    questions = [q for q in root.findall("question") if q.get("type") != "category"]
    assert [q.findtext("idnumber") for q in questions] == [item.id for item in paper.items]
    for question, item in zip(questions, paper.items, strict=True):
        assert question.findtext("questiontext/text") == item.stem
        assert question.findtext("generalfeedback/text") == item.explanation
        fractions = [float(a.get("fraction")) for a in question.findall("answer")]
        if question.get("type") == "multichoice":
            right = [a.findtext("text") for a in question.findall("answer") if float(a.get("fraction")) > 0]
            assert right == [item.options[k] for k in item.right]
            assert sum(f for f in fractions if f > 0) == pytest.approx(100, abs=0.01)
        elif question.get("type") == "matching":
            assert [s.findtext("answer/text") for s in question.findall("subquestion")] == list(item.accepted)
        else:
            assert question.get("type") in ("truefalse", "shortanswer", "essay")


def gift_questions(text: str) -> dict[str, str]:
    """Read GIFT: blank lines separate, backslashes protect; gives id → the answer block."""
    found = {}
    for block in re.split(r"\n\s*\n", text):
        match = re.match(r"::\d+ (q\w+)::(?:[^{}\\]|\\.)*\{((?:[^{}\\]|\\.)*)\}", block, re.S)
        if match:
            found[match[1]] = match[2]
    return found


def test_gift_can_be_read_again(paper: Quiz) -> None:
    found = gift_questions(written([paper], "gift").decode())
    assert set(found) == {item.id for item in paper.items}
    for item in paper.items:
        answers = re.split(r"(?<!\\)####", found[item.id])[0]
        plain = re.sub(r"\\(.)", r"\1", answers)
        if item.kind in ("single", "case"):
            assert re.search(rf"^={re.escape(item.options[item.right[0]])}$", plain, re.M)
            assert len(re.findall(r"^~", plain, re.M)) == len(item.options) - 1
        if item.kind == "true_false":
            assert answers == ("T" if item.key == (0,) else "F")
        if item.kind in ("match", "order"):
            assert len(re.findall(r"^=.* -> ", plain, re.M)) == len(item.key)


# ---------------------------------------------------------------- QTI

NAMES = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1", "c": "http://www.imsglobal.org/xsd/imscp_v1p1"}


def test_the_qti_package_is_whole(paper: Quiz) -> None:
    package = zipfile.ZipFile(io.BytesIO(written(list(versions(paper, 2)), "qti")))
    assert package.testzip() is None and package.namelist()[0] == "imsmanifest.xml"
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    listed = {f.get("href") for f in manifest.iterfind(".//c:file", NAMES)}
    assert listed == set(package.namelist()) - {"imsmanifest.xml"}
    resources = {r.get("identifier") for r in manifest.iterfind(".//c:resource", NAMES)}
    assert {d.get("identifierref") for d in manifest.iterfind(".//c:dependency", NAMES)} <= resources
    test = etree.fromstring(package.read("test.xml"))
    assert {r.get("href") for r in test.iterfind(".//q:assessmentItemRef", NAMES)} == {n for n in listed if n.startswith("items/")}


def test_every_qti_item_follows_the_order_of_the_standard_and_answers_what_it_offers(paper: Quiz) -> None:
    package = zipfile.ZipFile(io.BytesIO(written([paper], "qti")))
    order = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
    for item in paper.items:
        root = etree.fromstring(package.read(f"items/{item.id}.xml"))
        tags = [etree.QName(child).localname for child in root]
        assert [order.index(t) for t in tags] == sorted(order.index(t) for t in tags)
        declared = root.find("q:responseDeclaration", NAMES)
        offered = {e.get("identifier") for e in root.iter("{*}simpleChoice", "{*}simpleAssociableChoice")}
        right = [v.text for v in declared.iterfind("q:correctResponse/q:value", NAMES)]
        assert {part for value in right for part in value.split()} <= offered or item.kind == "fill"
        assert len(right) == {"short": 0, "fill": 1}.get(item.kind, len(item.key))
        texts = {e.get("identifier"): e.text for e in root.iter("{*}simpleChoice")}
        if item.right:
            assert {texts[r] for r in right} == {item.options[k] for k in item.right}
        bodies = {etree.QName(e).localname for e in root.find("q:itemBody", NAMES).iter()} & {
            "choiceInteraction", "textEntryInteraction", "extendedTextInteraction", "matchInteraction", "orderInteraction",
        }  # fmt: skip
        assert len(bodies) == 1


# ---------------------------------------------------------------- Anki, page, JSON


def notes_of(content: bytes, folder: Path) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        database = package.extract("collection.anki2", folder)
    connection = sqlite3.connect(database)
    try:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("select count(*) from cards").fetchone() == connection.execute("select count(*) from notes").fetchone()
        return [row[0].split("\x1f") for row in connection.execute("select flds from notes")]
    finally:
        connection.close()


def test_the_anki_deck_has_a_card_a_question(paper: Quiz, tmp_path: Path) -> None:
    notes = notes_of(written([paper], "anki"), tmp_path)
    assert len(notes) == len(paper.items)
    assert {len(note) for note in notes} == {3}
    assert all("依据：" in note[2] and note[1] for note in notes)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def test_the_page_holds_paper_and_key_and_loads_nothing(paper: Quiz) -> None:
    page = written([paper], "html").decode()
    reader = Tags()
    reader.feed(page)
    assert not {"script", "link", "img", "iframe"} & set(reader.tags)
    assert "http" not in page
    assert page.count("依据：") >= len(paper.items)


def matches(schema: dict[str, object], value: object, root: dict[str, object]) -> bool:
    """Check the part of JSON Schema that our schema uses."""
    if "$ref" in schema:
        place = root
        for step in str(schema["$ref"]).removeprefix("#").strip("/").split("/"):
            place = place[step] if step else place  # type: ignore[assignment]
        return matches(place, value, root)
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    wanted = schema.get("type", [])
    wanted = wanted if isinstance(wanted, list) else [wanted]
    checks = [
        not wanted or any(isinstance(value, kinds[w]) and not isinstance(value, bool) for w in wanted),
        "enum" not in schema or value in schema["enum"],  # type: ignore[operator]
        not isinstance(value, str) or (len(value) >= schema.get("minLength", 0) and re.search(str(schema.get("pattern", "")), value) is not None),  # type: ignore[operator]
        not isinstance(value, int) or schema.get("minimum", value) <= value <= schema.get("maximum", value),  # type: ignore[operator]
    ]
    if isinstance(value, dict):
        checks += [set(schema.get("required", ())) <= set(value)]  # type: ignore[call-overload]
        checks += [matches(sub, value[name], root) for name, sub in schema.get("properties", {}).items() if name in value]  # type: ignore[attr-defined]
    if isinstance(value, list):
        checks += [len(value) >= schema.get("minItems", 0), not schema.get("uniqueItems") or len(set(map(str, value))) == len(value)]  # type: ignore[operator]
        checks += [matches(schema["items"], one, root) for one in value] if "items" in schema else []  # type: ignore[arg-type]
    for rule in schema.get("allOf", ()):  # type: ignore[attr-defined]
        checks.append(matches(rule["then"] if matches(rule["if"], value, root) else rule.get("else", {}), value, root))
    return all(checks)


def test_json_follows_its_schema_and_the_schema_can_fail(paper: Quiz) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    one, two = (json.loads(written(papers, "json")) for papers in ([paper], list(versions(paper, 2))))
    assert matches(schema, one, schema) and matches(schema, two, schema)
    assert [v["version"] for v in two["versions"]] == ["A", "B"]
    for spoil in ({"kind": "riddle"}, {"key": []}, {"difficulty": 6}, {"citations": []}, {"key": ["A"]}):
        broken = {"seed": 1, "items": [one["items"][0] | spoil]}
        assert not matches(schema, broken, schema), spoil


# ---------------------------------------------------------------- all formats


@pytest.mark.parametrize("form", FORMATS)
def test_no_text_becomes_a_formula_markup_or_a_command(form: str, tmp_path: Path) -> None:
    parts = quiz_files([hostile()], form)
    assert form in EXTENSIONS
    for part in parts:
        if form == "docx":
            assert "=1+1" in shown(part.content) or part.ending == "-答题卡"
        elif form == "xlsx":
            assert any("=1+1" in str(cell) for row in rows_of(part.content) for cell in row)
        elif form == "anki":
            (note,) = notes_of(part.content, tmp_path)
            assert "<script>" not in note[0] and "{{" not in note[0]
        elif form == "html":
            assert b"<script" not in part.content
        elif form == "moodle":
            assert etree.fromstring(part.content) is not None
        elif form == "gift":
            assert set(gift_questions(part.content.decode())) == {"q00000000001"}
        elif form == "qti":
            with zipfile.ZipFile(io.BytesIO(part.content)) as package:
                assert all(etree.fromstring(package.read(name)) is not None for name in package.namelist())


def test_an_unknown_format_and_an_empty_paper_are_said_so(paper: Quiz) -> None:
    for quizzes, form, code in (([paper], "odt", "unknown_format"), ([replace(paper, items=())], "docx", "no_items")):
        with pytest.raises(BadQuiz) as caught:
            quiz_files(quizzes, form)
        assert caught.value.code == code
