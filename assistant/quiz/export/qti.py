"""A paper as an IMS QTI 2.1 content package: a zip with manifest, test and one file for each question."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from assistant.quiz.export.words import printable
from assistant.quiz.types import KIND_NAMES, Item, Quiz
from assistant.quiz.wording import WRITTEN_BLANK

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
MATCH_CORRECT = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
MAP_RESPONSE = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"
_EPOCH = (2020, 1, 1, 0, 0, 0)
"""The time of every file in the zip, so that the same paper is the same bytes."""


def qti_zip(quizzes: Sequence[Quiz], title: str) -> bytes:
    """Give the package. Several versions are sections of one test; their questions are files of their own."""
    files: dict[str, bytes] = {}
    for quiz in quizzes:
        for item in quiz.items:
            files[f"items/{_identifier(item, quiz)}.xml"] = _bytes(assessment_item(item, _identifier(item, quiz)))
    files["test.xml"] = _bytes(_test(quizzes, title))
    files["imsmanifest.xml"] = _bytes(_manifest([*files]))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in ("imsmanifest.xml", *(n for n in files if n != "imsmanifest.xml")):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, files[name])
    return target.getvalue()


def _identifier(item: Item, quiz: Quiz) -> str:
    return f"{item.id}{quiz.version}"


def _bytes(root: Element) -> bytes:
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _root(tag: str, **attributes: str) -> Element:
    location = f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
    return Element(tag, {"xmlns": QTI, "xmlns:xsi": XSI, "xsi:schemaLocation": location} | attributes)


# ---------------------------------------------------------------- one question


def assessment_item(item: Item, identifier: str) -> Element:
    root = _root("assessmentItem", identifier=identifier, title=KIND_NAMES[item.kind], adaptive="false", timeDependent="false")
    _declare(root, item)
    SubElement(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    body = SubElement(root, "itemBody")
    _interaction(body, item)
    if item.kind != "short":
        SubElement(root, "responseProcessing", template=MAP_RESPONSE if item.kind in ("fill", "multiple", "match") else MATCH_CORRECT)
    feedback = SubElement(root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier="EXPLANATION", showHide="show")
    feedback.text = printable(item.explanation)
    root.insert(2, Element("outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier"))
    return root


def _declare(root: Element, item: Item) -> None:
    base = {"fill": "string", "short": "string", "match": "directedPair"}.get(item.kind, "identifier")
    many = {"multiple": "multiple", "match": "multiple", "order": "ordered"}.get(item.kind, "single")
    declaration = SubElement(root, "responseDeclaration", identifier="RESPONSE", cardinality=many, baseType=base)
    right = _right(item)
    if item.kind == "short":
        return
    correct = SubElement(declaration, "correctResponse")
    for value in right[:1] if item.kind == "fill" else right:
        SubElement(correct, "value").text = value
    if item.kind in ("fill", "multiple", "match"):
        mapping = SubElement(declaration, "mapping", defaultValue="0", lowerBound="0", upperBound="1")
        share = 1.0 if item.kind == "fill" else 1 / len(right)
        for value in right:
            SubElement(mapping, "mapEntry", mapKey=value, mappedValue=f"{share:.4f}")
        wrong = [f"A{n}" for n in range(len(item.options)) if f"A{n}" not in right] if item.kind == "multiple" else []
        for value in wrong:
            SubElement(mapping, "mapEntry", mapKey=value, mappedValue=f"{-share:.4f}")


def _right(item: Item) -> list[str]:
    if item.kind in ("fill", "short"):
        return [printable(text) for text in item.accepted]
    if item.kind == "match":
        return [f"P{n} A{item.options.index(text)}" for n, text in enumerate(item.accepted)]
    if item.kind == "order":
        return [f"A{item.options.index(text)}" for text in item.accepted]
    return [f"A{k}" for k in item.right]


def _interaction(body: Element, item: Item) -> None:
    if item.kind == "fill":
        paragraph = SubElement(body, "p")
        before, _, after = printable(item.stem).partition(WRITTEN_BLANK)
        paragraph.text = before
        SubElement(paragraph, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="20").tail = after
        return
    if item.kind == "short":
        interaction = SubElement(body, "extendedTextInteraction", responseIdentifier="RESPONSE")
    elif item.kind == "match":
        interaction = SubElement(body, "matchInteraction", responseIdentifier="RESPONSE", shuffle="true", maxAssociations=str(len(item.prompts)))
    elif item.kind == "order":
        interaction = SubElement(body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
    else:
        most = "0" if item.kind == "multiple" else "1"
        shuffle = "false" if item.kind == "true_false" else "true"
        interaction = SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle=shuffle, maxChoices=most)
    SubElement(interaction, "prompt").text = printable(item.stem)
    if item.kind == "match":
        for letter, texts, most in (("P", item.prompts, "1"), ("A", item.options, "1")):
            side = SubElement(interaction, "simpleMatchSet")
            for n, text in enumerate(texts):
                SubElement(side, "simpleAssociableChoice", identifier=f"{letter}{n}", matchMax=most).text = printable(text)
        return
    for n, option in enumerate(item.options):
        SubElement(interaction, "simpleChoice", identifier=f"A{n}").text = printable(option)


# ---------------------------------------------------------------- test and manifest


def _test(quizzes: Sequence[Quiz], title: str) -> Element:
    root = _root("assessmentTest", identifier="TEST", title=printable(title))
    part = SubElement(root, "testPart", identifier="PART", navigationMode="nonlinear", submissionMode="simultaneous")
    for quiz in quizzes:
        for kind, items in quiz.grouped():
            section = SubElement(part, "assessmentSection", identifier=f"S_{kind}{quiz.version}", title=KIND_NAMES[kind] + quiz.version, visible="true")
            for item in items:
                name = _identifier(item, quiz)
                SubElement(section, "assessmentItemRef", identifier=name, href=f"items/{name}.xml")
    return root


def _manifest(names: Sequence[str]) -> Element:
    root = Element("manifest", {"xmlns": CP, "xmlns:xsi": XSI, "identifier": "MANIFEST"})
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    items = [n for n in names if n.startswith("items/")]
    test = SubElement(resources, "resource", identifier="RES_TEST", type="imsqti_test_xmlv2p1", href="test.xml")
    SubElement(test, "file", href="test.xml")
    for name in items:
        identifier = name.removeprefix("items/").removesuffix(".xml")
        SubElement(test, "dependency", identifierref=f"RES_{identifier}")
        resource = SubElement(resources, "resource", identifier=f"RES_{identifier}", type="imsqti_item_xmlv2p1", href=name)
        SubElement(resource, "file", href=name)
    return root
