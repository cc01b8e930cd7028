"""What a text must hold to be an answer: a question where wants a place, a question why a reason, one for a name a name.

The best sentence about a subject often says something else about it than what was asked. Each rule names, for questions of one form,
the signs of which an answer has at least one; a draft without them is refused with the reason. Typed facts (exact drafts) are held
only against the rules that say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.compose import values
from assistant.draft import Draft
from assistant.lexicon.cues import DOES, LEADS, SUPPORTS
from assistant.query import Query
from corpus.dates import deadlines_in
from corpus.text import fold
from corpus.types import Span
from corpus.units import units_in


@dataclass(frozen=True, slots=True)
class Guard:
    """asked: does the rule hold for this question?  held: does the draft have what is needed?  exact: facts are checked too."""

    asked: Callable[[Query], bool]
    held: Callable[[Query, Draft], bool]
    missing: str
    exact: bool = False


def missing_from(query: Query, draft: Draft) -> str:
    """Say what the question asks for and the draft does not hold, "" when it may stand."""
    return next((g.missing for g in GUARDS if (g.exact or not draft.exact) and g.asked(query) and not g.held(query, draft)), "")


def _asks(pattern: str) -> Callable[[Query], bool]:
    compiled = re.compile(pattern)
    return lambda query: bool(compiled.search(query.folded))


def _says(pattern: str) -> Callable[[Query, Draft], bool]:
    compiled = re.compile(pattern)
    return lambda _, draft: bool(compiled.search(draft.text))


_BODY = re.compile(f"{LEADS}|{DOES}|{SUPPORTS}|部门|单位|机构|哪个局|哪家")
_RESPONSIBLE = re.compile("牵头|负责|主管|责任|承担|组织|制定|监督管理|处罚|责令|没收|查处|处以|核验|审核")
_BODY_DOES = re.compile("(?:主管部门|部门|单位|政府|委员会)[^,。]{0,6}(?:负责|牵头|承担|组织)")
_ROLE = re.compile("(?:施工|监理|设计|勘察|中标|承建|代建|经办|运营|供应|承包|评估|检测|审计|承办|合作)(?:单位|公司|机构|银行|企业|方)")
_POST = re.compile("组长|主任|指挥长|总指挥|召集人|秘书长|主持|记录|局长|区长|县长|市长|省长|镇长|书记|联络员|带班|值班")
_FEE = re.compile("(?![收缴免交消经浪])[㐀-鿿]费(?!用)")


def _names_units(query: Query, draft: Draft) -> bool:
    """Does the text say who does it: an organisation, and a word of responsibility?"""
    named = units_in(draft.text, Span(0, len(draft.text))) or _BODY_DOES.search(draft.text)
    return bool(_RESPONSIBLE.search(draft.text) and named)


_PLACE = re.compile("在哪(?!些|个|家|几)|哪条路|(?:什么地方|哪里)(?!出台|不|禁|可|能|允|要|需|有)|具体位置|哪个位置")


_SOMEWHERE = (
    r"位于|设在|地址|地点|(?<!各)(?<!镇)街道(?!办)|[路街巷](?:[与和、0-9东南西北]|段|口)|大道|号楼|[0-9]+(?:室|号)|会议室|中心|广场|窗口"
    r"|[东南西北]至|网站|平台|公众号"
)


def _asks_place(query: Query) -> bool:
    """The seat of an office and an address are facts of their own; who may go where is no place."""
    return query.kind not in ("meta", "contact", "lead", "support") and bool(_PLACE.search(query.folded))


def _asks_role(query: Query) -> bool:
    return query.kind in ("lead", "support", "list", "other") and bool(_ROLE.search(query.folded))


def _holds_role(query: Query, draft: Draft) -> bool:
    role = _ROLE.search(query.folded)
    evidence = fold("".join(q.span.of(q.document.text) for q in draft.quotes))
    return bool(role) and role.group() in evidence  # type: ignore[union-attr]


def _holds_fee(asked: list[str], draft: Draft) -> bool:
    """A sentence that names another fee states that one's amount, even where the asked one stands beside it."""
    stated = _FEE.findall(fold(draft.text))
    return any(fee in (stated or fold("".join(q.span.of(q.document.text) for q in draft.quotes))) for fee in asked)


def _asks_person(query: Query) -> bool:
    return query.kind == "meta" and bool(re.search("谁|哪位|姓什么", query.folded) and _POST.search(query.folded))


def _holds_person(query: Query, draft: Draft) -> bool:
    post = _POST.search(query.folded)
    return bool(post) and post.group() in draft.text and dict(draft.features).get("own", 0.0) > 0.8  # type: ignore[union-attr]


def _spells_out(query: Query, draft: Draft) -> bool:
    """Of forty things asked for by name a sentence that only counts them lists none."""
    return query.count is None or query.count < 4 or len(re.findall("[、;；\n]|和|及", draft.text)) + 1 >= query.count / 2


GUARDS: tuple[Guard, ...] = (
    Guard(_asks_role, _holds_role, "文件没有写明是哪家", exact=True),
    Guard(lambda q: q.kind == "lead" and bool(_BODY.search(q.folded)), _names_units, "文件没有写明牵头单位"),
    Guard(lambda q: q.kind == "support" and bool(_BODY.search(q.folded)), _names_units, "文件没有写明责任或配合单位"),
    Guard(
        _asks("(?:谁|哪个?(?:部门|单位|局|家)).{0,3}(?:出钱|掏钱|出资|拨款|买单|付钱|承担费用)"),
        lambda _, d: bool(re.search("资金|经费|财政|投资|出资|费用", "".join(q.span.of(q.document.text) for q in d.quotes))),
        "文件没有写明由谁出资",
        exact=True,
    ),
    Guard(_asks_place, _says(_SOMEWHERE), "文件没有写明地点"),
    Guard(_asks("哪条[路街]|具体(?:位置|地点|建在)"), _says(_SOMEWHERE), "文件没有写明地点", exact=True),
    Guard(_asks("叫什么名字|姓什么|姓名|名字是"), lambda _, d: not re.search(r"[:：][^,;、\n]{0,16}(?:局长|主任|县长|市长|区长|镇长|书记|处长|科长)$", d.text), "文件只写明职务,没有写姓名", exact=True),
    Guard(_asks_person, _holds_person, "文件没有写明这个人"),
    Guard(lambda q: q.kind == "deadline", lambda _, d: bool(deadlines_in(d.text, Span(0, len(d.text)))), "文件没有写明时间"),
    Guard(lambda q: q.measure_word == "元", _says("元"), "文件没有写明金额"),
    Guard(
        lambda q: q.measure_word == "元" and bool(_FEE.search(q.folded)),
        lambda q, d: _holds_fee(_FEE.findall(q.folded), d),
        "文件没有写明这项费用",
        exact=True,
    ),
    Guard(lambda q: q.kind == "number", lambda q, d: values.states_unit(d.text, q.measure_word), "文件没有写明数量"),
    Guard(_asks("为什么|为何|为啥|(?:是什么|什么|啥)原因|原因(?:是|有)"), _says("因|由于|原因|为了|旨在|目的|鉴于|针对|为(?:进一步|深入|全面|切实|规范|加强)"), "文件没有写明原因"),
    Guard(lambda q: q.kind == "list", _spells_out, "文件没有逐项列出"),
)
