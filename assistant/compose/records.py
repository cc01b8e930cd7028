"""The document's own data: who issued it and when, its numbers, its leading group, whom to contact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.draft import Draft, Quote, names
from assistant.answering.evidence import Gathered, in_scope
from assistant.compose.issuers import JOINTLY, in_full, issued_together
from assistant.compose.offices import beside_the_office, of_the_office, whose
from assistant.compose.repealing import repealed
from assistant.compose.texts import clean, text_answer
from assistant.lexicon.cues import ROSTER, SPOKEN_ROLES, WHEN
from assistant.library.library import Library
from assistant.question.query import Query
from assistant.question.terms import coverage
from corpus.text import fold
from corpus.types import Contact, Document, Field, Member, Span


@dataclass(frozen=True, slots=True)
class Datum:
    """What a question word asks of the card: field names in order of preference, and how the reply calls it."""

    pattern: re.Pattern[str]
    fields: tuple[str, ...]
    label: str


def _datum(pattern: str, fields: str, label: str) -> Datum:
    return Datum(re.compile(pattern), tuple(fields.split()), label)


DATA: tuple[Datum, ...] = (
    _datum(r"索引号", "index_number", "索引号"),
    _datum(r"文号|第几号|几号令|多少号令|文件号|发文字号|(?:文件|通知|方案)编号|什么号|几号文", "number", "发文字号"),
    _datum(r"公开的?方式|(?:怎么|如何|何种方式|什么方式|哪种方式)公开", "disclosure", "公开方式"),
    _datum(r"公开的?范围|公开给谁|面向谁", "audience", "公开范围"),
    _datum(r"主题分类|什么主题|属于.{0,4}主题", "category", "主题分类"),
    _datum(r"体裁|组配分类", "genre", "体裁分类"),
    _datum(r"主送|发给|印发给|送给|送哪", "addressees", "主送"),
    _datum(rf"挂网|上网|挂出|网上挂|网页.{{0,6}}(?:发布|时间)|(?:发布|公布)(?:的)?(?:是)?(?:时间|日期|{WHEN})|生成日期|{WHEN}.{{0,3}}(?:发布|公布|挂)", "published issued", "发布日期"),
    _datum(rf"施行|生效|实施(?:的)?(?:日期|时间)|执行日期|{WHEN}(?:开始|正式|起)?(?:实施|执行)|(?:开始|正式)实施", "effective", "施行日期"),
    _datum(r"失效|有效期|管几年|管多久|管到|废止", "expires effective", "有效期"),
    _datum(rf"(?:成文|印发|落款|发文|出台|下发|制定|通过)的?.{{0,3}}(?:时间|日期|{WHEN})|{WHEN}.{{0,4}}(?:印发|出台|下发|制定|发文|成文|通过|发(?:的|出))", "issued published", "印发日期"),
    _datum(r"依据|根据什么|上级文件", "basis", "依据"),
    _datum(r"落款|(?:谁|哪(?:个|家|一|些|几个|几家)?(?:单位|部门|机关|机构)|哪家|什么单位|由谁).{0,6}(?:印发|发布|公布|出台|下发|制定|发的|发文|写的|挂出)|(?:印发|发布|公布|发文|制定|发布)(?:的)?(?:单位|机构|机关|部门)|(?:印发|发布)(?:的)?是(?:谁|哪)|谁发", "issuer", "印发单位"),
    _datum(r"信息来源|来源", "source", "信息来源"),
    _datum(r"标题|全称|全名|名称", "title", "标题"),
    _datum(r"印制|谁印的|打印", "printed_by", "印发机关"),
)
_AND_WHO = re.compile("[找问][^,?]{0,8}谁|联系人|哪位")
_CONTACTS = (
    (re.compile(r"电话|手机|号码|phone|tel"), ("phone",), "联系电话"),
    (re.compile(r"邮箱|邮件|e-?mail|发到哪"), ("email",), "邮箱"),
    (re.compile(r"传真"), ("fax",), "传真"),
    (re.compile(r"地址|哪里交|寄到"), ("address",), "地址"),
    (re.compile(r"网址|网站"), ("website",), "网址"),
    (re.compile(r"联系人|找谁|对接|咨询谁|联系谁|报给谁|交给谁|向谁|跟谁|打给谁"), ("person", "phone"), "联系人"),
)


def document_data(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer from the document cards of the scope, or from rosters when a post is asked for."""
    if re.search("哪(?:个|一)?(?:市|省|县|区|地方)", query.folded):
        return _place(query, gathered, library)
    if ROSTER.search(query.folded) and (draft := people(query, gathered, library)):
        return draft
    documents = _documents(query, gathered, library)
    wanted = [d for d in DATA if d.pattern.search(query.folded)]
    if ended := repealed(query, documents):
        return ended
    if not documents or not wanted or (wanted[0].label == "有效期" and _of_a_thing(query, documents)):
        return None
    parts: list[str] = []
    quotes: list[Quote] = []
    missing: list[str] = []
    stated: set[str] = set()
    notes: list[str] = []
    for document in documents:
        for datum in _distinct(wanted):
            found = _stated(document, datum, query.folded)
            if found:
                values = names([_spoken_date(f.value) for f in found])
                stated.add(datum.label)
                parts.append(_label(document, datum, values, many=len(documents) > 1 or len(_distinct(wanted)) > 1, several=len(documents) > 1))
                quotes.extend(_field_quote(document, f) for f in found)
                if datum.label == "印发单位":  # who signs is named in the title as well (某委员会关于…的通知)
                    quotes.extend(_field_quote(document, t) for t in document.card.all("title") for f in found if f.value in t.value)
                notes.extend(f.note for f in found if f.note)
            elif datum.label == "印发单位" and (together := issued_together(document)):
                stated.add(datum.label)
                parts.append(_label(document, datum, names([m.value for m in together]), many=len(documents) > 1 or len(_distinct(wanted)) > 1, several=len(documents) > 1))
                quotes.append(Quote(document, Span(together[0].span.start, together[-1].span.end), (), tuple(m.span for m in together)))
            else:
                missing.append(datum.label)
    if not parts:
        return Draft("meta", "", (), 0.9, False, (), f"文件没有写明{names(missing)}", "card")
    notes += [f"文件没有写明{names(nowhere)}"] if (nowhere := [m for m in missing if m not in stated]) else []
    return Draft("meta", "\n".join(parts), tuple(quotes), 0.95, True, tuple(dict.fromkeys(notes)), "", "card")


def _spoken_date(value: str) -> str:
    """Say an ISO date as documents print it."""
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else value


def _place(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer which place a document is from; say so when it names none."""
    documents = _documents(query, gathered, library)
    stated = [(d, f) for d in documents for f in d.card.all("place")]
    level = re.search("哪(?:个|一)?(市|省|县|区)", query.folded)
    if level and (fitting := [(d, f) for d, f in stated if f.value.endswith(level.group(1))]):
        document, field = fitting[0]
        return Draft("meta", field.value, (_field_quote(document, field),), 0.9, True, (), "", "card")
    return Draft("meta", "", (), 0.0, False, (), "文件没有写明是哪个地方的", "card")


def _of_a_thing(query: Query, documents: Sequence[Document]) -> bool:
    """有效期 of a thing the document speaks of (登记证有效期), not of the document."""
    titles = fold("".join(d.title for d in documents) + "通知办法条例规定方案文件意见")
    return any(t.known and t.weight > 0.3 and t.cover(titles) < 0.6 and t.text != "有效期" for t in query.terms)


def _distinct(wanted: Sequence[Datum]) -> list[Datum]:
    dated = [d for d in wanted if d.fields[0] in ("published", "issued", "effective")]
    return [d for d in wanted if d not in dated[1:]]


def _documents(query: Query, gathered: Gathered, library: Library) -> list[Document]:
    if query.scope.documents:
        return library.among(query.scope.documents)[:6]
    if len(library.documents) == 1:
        return list(library.documents)
    scored = sorted(((coverage(query.terms, ((fold(d.title), 1.0),)), d) for d in library.likely(query)), key=lambda p: -p[0])
    if scored and scored[0][0] >= 0.5:
        return [scored[0][1]]
    return [gathered.clauses[0].clause.document] if gathered.clauses and gathered.clauses[0].score > 0.7 else []


def _stated(document: Document, datum: Datum, asked: str) -> list[Field]:
    for name in datum.fields:
        found = document.card.all(name)
        if found:
            named = [f for f in found if f.label and f.label in asked]
            found = tuple(named) or found
            distinct = {f.value: f for f in reversed(found)}
            ordered = [f for f in found if distinct.get(f.value) is f]
            if name == "issuer":  # 桂河镇 of the title, 桂河镇人民政府 of the signature: the full name is meant
                ordered = in_full(ordered)
            return ordered if name in ("addressees", "basis") or (name == "issuer" and JOINTLY.search(asked)) else ordered[:1]
    return []


def _label(document: Document, datum: Datum, values: str, *, many: bool, several: bool) -> str:
    prefix = f"《{document.title}》" if several else ""
    return f"{prefix}{datum.label}:{values}" if many else values


def _field_quote(document: Document, field: Field) -> Quote:
    """Cite the whole line (or the pair label–value) a datum stands in."""
    text = document.text
    start = text.rfind("\n", 0, field.span.start) + 1
    end = text.find("\n", field.span.end)
    line = Span(start, len(text) if end < 0 else end)
    if len(line) > 300:
        line = Span(max(line.start, field.span.start - 100), min(line.end, field.span.end + 100))
    if len(line) < 30 and start > 1:
        before = text.rfind("\n", 0, start - 1) + 1
        line = Span(before, line.end)
    return Quote(document, line, (), (field.span,))


def people(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer who holds a post in a leading group or roster, or what post a named person has."""
    groups: dict[tuple[str, tuple[str, ...], str], list[tuple[Document, Member]]] = {}
    named = library.factbook.people((_roles_asked(query), query.topic, query.context), ("主任", "成员"))
    for document, members in library.stated(library.stating(query.scope.documents, named), "members"):
        for member in members:
            if in_scope(document, member.section, query):
                groups.setdefault((document.id, member.path, member.body), []).append((document, member))
    fitting = [(g, [p for p in g if _role_fit(query, p[1])]) for g in groups.values()]
    scored = [(_group_score(query, whole, asked), asked) for whole, asked in fitting if asked]
    if not scored:
        return None
    score, chosen = max(scored, key=lambda s: s[0])
    if re.search("设在|办公室在", query.folded) and re.search("谁|主任.*是|姓名", query.folded):
        chosen = [p for p in chosen if p[1].role != "办公室"] or chosen
    best = max(_role_fit(query, m) for _, m in chosen)
    several = len(_OFFICE_ROLE.findall(_roles_asked(query))) > 1
    if not (several or re.search("和|、|及|与|分别", query.folded)):
        chosen = [(d, m) for d, m in chosen if _role_fit(query, m) >= best - 0.01]
    return _people_draft(query, chosen, score)


_COUNTED_ROLE = re.compile(r"(?:几|多少)(?:位|名|个|人)?(?=副?(?:组长|主任|总指挥|指挥长|召集人|队长)|常务副)")


def people_counted(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer 设了几位副组长 with how many a roster names, and who they are."""
    if not _COUNTED_ROLE.search(query.folded) or (draft := people(query, gathered, library)) is None:
        return None
    return replace(draft, kind="count", text=f"共{len(draft.quotes)}位:{draft.text}") if "\n" not in draft.text else None


def _group_score(query: Query, whole: list[tuple[Document, Member]], asked: list[tuple[Document, Member]]) -> float:
    document, first = whole[0]
    context = fold(" ".join(first.path) + first.body + document.title + "".join(document.card.places))
    home = document.sections[first.section].span.of(document.text)[:1500] if first.section >= 0 else ""
    near = fold("".join(m.clause.of(document.text)[:160] for _, m in asked[:6]) + home)
    terms = [t for t in query.terms if not ROSTER.search(t.text) and not re.search("领导小组|办公室|设在", t.text)] or query.terms
    if query.context and any(fold(m.value) in query.context for m in (member.name for _, member in asked)):
        return 1.0
    return coverage(terms, ((context, 1.0), (near, 0.8)))


def _people_draft(query: Query, chosen: list[tuple[Document, Member]], score: float) -> Draft:
    many = len({m.role for _, m in chosen}) > 1
    asks_post = bool(re.search(r"职务|什么职位|是干什么的", query.folded))
    texts = []
    for _, member in chosen[:40]:
        who = f"{member.name.value}({member.post})" if member.post else member.name.value
        if asks_post and member.post:
            who = f"{member.name.value},{member.post}"
        texts.append(f"{member.role}:{who}" if many or asks_post else who)
    quotes = [Quote(d, m.clause, m.path, (m.name.span,)) for d, m in chosen[:40]]
    if office := _office(query, *chosen[0]):
        # The unit that houses the office may be read as its member, too: it is said once.
        texts = [office[0], *(text for text in texts if text not in office[0])]
        quotes.append(office[1])
    text = "\n".join(dict.fromkeys(texts)) if many else "、".join(dict.fromkeys(texts))
    return Draft("meta", text, tuple(quotes), min(0.25 + 0.75 * score, 1.0), True, (), "", "people")


_OFFICE_ROLE = re.compile("办公室(?:常务)?副?主任")


def _roles_asked(query: Query) -> str:
    """The question with its roles as rosters name them: 办公室的副主任 is 办公室副主任, who 挂帅 is 组长 or 总指挥."""
    asked = re.sub("办公室(?:的|里的?|那个)(?=(?:常务)?副?主任)", "办公室", query.folded)
    if "办公室主任" in asked:
        asked = re.sub("(?<!室)(?<!常务)(?=副主任)", "办公室", asked)
    for spoken, roles in SPOKEN_ROLES:
        asked = re.sub(spoken, roles, asked)
    return asked


def _role_fit(query: Query, member: Member) -> float:
    role, asked = fold(member.role), _roles_asked(query)
    name = fold(member.name.value)
    if name and name in query.folded + query.topic:
        return 0.5
    if name and name in query.context and role in query.folded and re.search("职务|职位|哪个单位|电话|他|她", query.folded):
        return 0.45
    if role == "办公室" and _OFFICE_ROLE.search(asked):
        return 0.0
    if role and role in asked:
        shadow = f"副{role}"
        if shadow in asked and not role.startswith("副") and asked.count(role) == asked.count(shadow):
            return 0.0
        return 0.35 + min(len(role), 5) / 100
    if role.endswith("主任") and "主任" in query.folded and "办公室" in query.folded:
        return 0.3
    if "成员" in role and "成员" in query.folded:
        return 0.3
    return 0.0


_OFFICE = re.compile(r"办公室[^。;;\n]{0,12}?设在?([^,，。;;\n]{2,40})")


def _office(query: Query, document: Document, member: Member) -> tuple[str, Quote] | None:
    if not re.search(r"设在|办公室在", query.folded):
        return None
    section = document.sections[member.section].span if member.section >= 0 else Span(0, len(document.text))
    match = _OFFICE.search(document.text, section.start, section.end)
    if not match:
        return None
    span = Span(match.start(), match.end())
    return f"办公室设在{match.group(1).removeprefix('在')}", Quote(document, span, member.path, (Span(match.start(1), match.end(1)),))


_BODY = re.compile("[局所站委办处院校队厅司]$|中心$|公司$|医院$|大厅$")


def contact(query: Query, gathered: Gathered, library: Library) -> Draft | None:
    """Answer with the contact data of the document meant."""
    documents = [d for d in library.likely(query) if d.facts.contacts]
    asked = [c for c in _CONTACTS if c[0].search(query.folded)]
    if not asked and _WHERE.search(query.folded):
        return None  # A place is asked for, which the text says; a number would be no answer.
    asked = asked or [_CONTACTS[0]]
    wanted = (asked[0][0], tuple(dict.fromkeys(kind for c in asked for kind in c[1])), asked[0][2])
    about = [t for t in query.terms if t.weight > 0.3]
    parts: list[str] = []
    quotes: list[Quote] = []
    for document in documents:
        context = fold(document.title + " ".join(document.card.places) + document.card.issuer + "".join(c.clause.of(document.text) for c in document.facts.contacts))
        if about and not query.scope.documents and coverage(query.terms, ((context, 1.0),)) < 0.5:
            continue
        found = [c for c in document.facts.contacts if c.kind in wanted[1]]
        if not found:
            continue
        found = [c for kind in wanted[1] for c in _fitting_contacts(query, document, [f for f in found if f.kind == kind])]
        found, stranger = of_the_office(query, document, found)
        if stranger and "phone" in wanted[1] and (elsewhere := beside_the_office(stranger, documents)):
            home, line, number = elsewhere
            return Draft("contact", number.of(home.text), (Quote(home, line, (), (number,)),), 0.9, True, (), "", "contacts")
        if holder := stranger or _holder_missing(query, document, found):
            return Draft("contact", "", (), 0.9, False, (), f"文件没有写明{holder}的{wanted[2]}", "contacts")
        found.sort(key=lambda c: c.ordinal)
        label = f"《{document.title}》" if len(documents) > 1 and not query.scope.documents else ""
        # 打哪个电话,找谁: where no name was read, whoever it is stands in the line of the number.
        nameless = _AND_WHO.search(query.folded) and all(c.kind != "person" for c in found)
        printed = [clean(_whole_line(document, c)) if nameless or _WHERE.search(query.folded) else c.value.value for c in found]
        parts.append(label + names(printed))
        quotes.extend(Quote(document, c.clause, (), (c.value.span,)) for c in found)
    strangers = [t.text for t in about if t.required and not t.known and _BODY.search(t.text)]
    if not parts or strangers:
        holder = strangers[0] if strangers else whose(query)
        return Draft("contact", "", (), 0.9, False, (), f"文件没有写明{holder}{'的' if holder else ''}{wanted[2]}", "contacts")
    covered = 0.9
    if about and documents and not query.scope.documents:
        whole = fold("".join(d.text for d in documents))
        covered = coverage([t for t in about if t.required] or about, ((whole, 1.0),))
    return Draft("contact", "\n".join(parts), tuple(quotes), covered, True, (), "", "contacts")


def _fitting_contacts(query: Query, document: Document, found: Sequence[Contact]) -> list[Contact]:
    """Of several numbers those whose own line says what is asked about (投诉, 霁东新区, 石碾水库); all when no line does."""
    titled = fold(document.title + " ".join(document.card.places))
    own = tuple(t for t in query.terms if t.cover(titled) < 0.6 and not _CONTACT_WORD.search(t.text)) or query.terms
    scored = [(coverage(own, ((fold(_line(document, c)), 1.0),)) + _label_fit(query, document, c), c) for c in found]
    best = max((score for score, _ in scored), default=0.0)
    return [c for score, c in scored if score >= best - 0.1] if best >= 0.3 else list(found)


_CONTACT_WORD = re.compile("电话|手机|号码|热线|联系|传真|邮箱|地址|打|phone|number")
_ASKED_USE = (
    ("投诉|举报|反映|监督|告状|作弊|违规|不满", "投诉|举报|监督|纪检"),
    ("咨询|询问|打听|政策|问", "咨询|热线|服务"),
    ("值班|紧急|报险|险情", "值班|值守|应急"),
    ("系统|网站|网页|登录|登不|打不开|上传|技术", "技术"),
    ("传真", "传真"),
)
_WHERE = re.compile("窗口|在哪|地址|去哪|到哪|什么地方|几点|什么时间")
"""What stands beside a number in its line is asked for, too."""
_HOLDER = re.compile(r"(?:^|[,的])?([㐀-鿿]{1,8}?)(?:本人)?的(?:联系|办公|值班|私人)?(?:电话|手机号?码?|号码|邮箱|传真)")
_PRONOUN = re.compile("^[他她]$")


def _holder_missing(query: Query, document: Document, found: Sequence[Contact]) -> str:
    """Name the post or person whose number is asked for when no number stands beside it: 校长的电话, 他的手机号."""
    match = _HOLDER.search(query.folded)
    if not match:
        return ""
    lines = fold("".join(_line(document, c) for c in found))
    holder = match.group(1)
    if _PRONOUN.search(holder):
        named = [m.name.value for m in document.facts.members if m.name.value in query.context]
        return holder if named and not any(name in lines for name in named) else ""
    posts = re.search(r"(?:副?(?:校长|院长|局长|主任|书记|县长|市长|区长|镇长|处长|科长|组长|所长|站长|经理|总指挥))$", holder)
    return posts.group() if posts and posts.group() not in lines else ""



def _line(document: Document, found: Contact) -> str:
    """The clause of a contact's own place: from the line or stop before it to its end."""
    text, span = document.text, found.value.span
    start = max(text.rfind(mark, 0, span.start) for mark in "\n;；。")
    return text[start + 1 : span.end]


def _whole_line(document: Document, found: Contact) -> str:
    """The same up to the end of the line or sentence."""
    text, end = document.text, found.value.span.end
    stops = [at for mark in "\n;；。" if (at := text.find(mark, end)) >= 0]
    return _line(document, found) + text[end : min(stops, default=len(text))]


def _label_fit(query: Query, document: Document, found: Contact) -> float:
    """A number for complaints, advice or duty is meant where the question says what it is wanted for."""
    start = found.value.span.start
    before = max((c.value.span.end for c in document.facts.contacts if c.value.span.end <= start), default=0)
    label = document.text[max(before, document.text.rfind("\n", 0, start) + 1, start - 48) : start]
    fits = sum(0.5 for asked, stated in _ASKED_USE if re.search(asked, query.folded) and re.search(stated, label))
    return fits - (0.2 if not fits and re.search("投诉|举报|监督", label) else 0.0)


__all__ = ["contact", "document_data", "people", "text_answer"]
