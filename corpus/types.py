"""The nouns of the corpus: what a policy document consists of once it has been read.

One canonical text per document; everything else is a view of it by `Span`. A stored value is always the *normalised*
reading, the quote is cut from the text when it is shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from corpus.mentions import Mention as Mention
from corpus.mentions import Note as Note
from corpus.mentions import Span as Span

# ---------------------------------------------------------------- what a reader gives


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `span` is its text in the canonical text (an empty span for an empty cell)."""

    row: int
    column: int
    span: Span
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A real table (HTML, Markdown, later Word or Excel). Rows and columns count from 0; merged cells appear once."""

    span: Span
    cells: tuple[Cell, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A heading that the format itself marks (`#`, `<h2>`); level counts from 1."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """From `start` on, the canonical text comes from this place of the source (1-based line, page; sheet cell).

    box: left, top, right, bottom on the page, in points from its upper left corner.
    sure: how sure a recognised line is, 0..1; None where nothing had to be recognised.
    """

    start: int
    line: int | None = None
    page: int | None = None
    cell: str | None = None
    box: tuple[float, float, float, float] | None = None
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader makes of a file: the canonical text and what the format itself knows about it.

    metadata: (label, value) mentions that the format states outside the text body (e.g. a site's metadata block).
    """

    text: str
    format: str
    encoding: str = "utf-8"
    title: str = ""
    tables: tuple[Table, ...] = ()
    headings: tuple[HeadingMark, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    notes: tuple[Note, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Give the page that the character at `offset` is on; None for a format without pages."""
        at = bisect_right(self.anchors, offset, key=lambda anchor: anchor.start) - 1
        return self.anchors[at].page if at >= 0 else None


# ---------------------------------------------------------------- structure


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline. Sections are stored flat, in text order; `parent` is an index into that tuple, -1 at the top.

    family: which heading family the mark belongs to, e.g. "attachment", "chapter" (第X章), "article" (第X条), "cn" (一、),
        "cn_paren" ((一)), "arabic" (1.), "arabic_paren" ((1)), "run" (一是), "decimal" (1.1, and 1 above it),
        "latin" (A.), "question" (问:), "markup" (#, <h2>), "title" (a document's own title).
    label: the mark as printed ("(十)", "3.", "附件6", "第九条", "" when lost).  number: its value, None when there is none.
    title: heading text without mark and closing punctuation, whitespace inside removed.
    heading: span of mark and title.  span: the whole section including its heading and its children.
    body: from after the heading up to the first child (may be empty).
    path: titles from the top down to and including this section, each as printed with its label, e.g.
        ("附件3 危险化学品…方案", "二、主要任务", "(二)提升本质安全水平", "3.自来水厂…").
    attachment: number of the attachment it lies in, None in the main body.
    """

    index: int
    parent: int
    family: str
    level: int
    label: str
    number: int | None
    title: str
    heading: Span
    span: Span
    body: Span
    path: tuple[str, ...]
    attachment: int | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit of retrieval: lies within one section, never splits a fact.

    kind: "text", "row" (one row of a task list), "table" (part of another table), "card" (the page's metadata block), "heading"
        (a heading whose text lies in its child sections only; of little use on its own).
    section: index of its section, -1 before the first one.
    """

    ordinal: int
    kind: str
    section: int
    span: Span
    path: tuple[str, ...]


# ---------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: `span` states it, the dates bound it (both inclusive).

    kind: "by" (on or before `until`), "during" (`since`..`until`), "from" (`since` on), "ongoing" (常态化, 长期),
        "recurring" (每年12月底前, 每月28日前), "relative" (根据上级…, 批准后30日内: no calendar date follows).
    value: the words as printed, whitespace inside removed.
    reading: for damaged text ("32日前" for 3月2日前) the certain reading, else "".
    """

    value: str
    span: Span
    kind: str
    since: date | None = None
    until: date | None = None
    inherited: bool = False
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who has to do what until when.

    source: "row" (task list), "bracket" ((责任单位:…)), "sentence" (由…牵头).
    scope: "item", "section" (the clause closes a whole section and covers its items that have none of their own),
        "attachment" (下同), "document".
    clause: the whole text a person needs to judge: table row, or the item with its bracket.
    statement: the bracket, the cells or the words that name the units.
    task: what is to be done; heading is the item's own run-in heading, "" when it has none.
    lead: units that lead (牵头).  support: units that cooperate or are responsible without leading.
    support_label: how the text calls them, e.g. "责任单位", "责任(配合)单位", "配合单位".
    assisting: of `support` those that only help (配合单位), where the text calls others responsible (责任单位); else ().
    topics: for a lead that holds for a part only (石油化工企业建设由A牵头): lead value -> topic words.
    support_text: the cell as printed when it is a rule rather than a list of units.
    """

    ordinal: int
    source: str
    section: int
    path: tuple[str, ...]
    attachment: int | None
    clause: Span
    statement: Span
    task: Mention
    number: str = ""
    heading: str = ""
    system: Mention | None = None
    measure: Mention | None = None
    lead: tuple[Mention, ...] = ()
    support: tuple[Mention, ...] = ()
    support_label: str = ""
    assisting: tuple[Mention, ...] = ()
    support_text: Mention | None = None
    lead_text: Mention | None = None
    deadline: Deadline | None = None
    topics: tuple[tuple[str, str], ...] = ()
    open_list: bool = False
    scope: str = "item"
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that the text sets or states.

    subject: the words it is about (noun phrase before the figure, with the clause's own topic), normalised.
    comparator: "=", ">=", "<=", ">", "<", "+" (increase by), "-" (decrease by), "->" (from..to).
    value: figure as printed, digits normalised to ASCII ("95", "0.0025", "3-5").  unit: "%", "家", "人", "次/年", …
    period: year or time the figure holds for, as printed ("2024年底"), "" when none.
    span: the figure with its unit and comparator.  clause: the sentence or comma clause that states it.
    """

    ordinal: int
    section: int
    path: tuple[str, ...]
    subject: str
    comparator: str
    value: str
    unit: str
    period: str
    span: Span
    clause: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term means: `“三违”(违章指挥、违章操作、违反劳动纪律)`, `关、逃、喊、报、助“五步法”`, `本办法所称X,是指…`.

    members: the single parts when the meaning is a list.
    """

    ordinal: int
    section: int
    path: tuple[str, ...]
    term: Mention
    meaning: Mention
    members: tuple[Mention, ...]
    clause: Span


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list stated in running text or by sibling headings (一是…二是…; A、B、C等N类).

    kind: "run" (一是…二是…), "inline" (A、B、C), "headings" (titles of a section's children), "quoted" (“A”“B”).
    head: what the members are members of, as far as the text says it.  count: the number the text itself states.
    """

    ordinal: int
    section: int
    path: tuple[str, ...]
    kind: str
    head: Mention
    members: tuple[Mention, ...]
    clause: Span
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a leading group or office: 组长:林舟 霖州市公安局…副支队长.

    role: 组长, 副组长, 成员, 办公室主任, …  body: the group or office.  post: the person's own post, "" when not stated.
    """

    ordinal: int
    section: int
    path: tuple[str, ...]
    body: str
    role: str
    name: Mention
    post: str
    clause: Span


@dataclass(frozen=True, slots=True)
class Contact:
    """kind: "person", "phone", "email", "address", "fax", "website"."""

    ordinal: int
    kind: str
    value: Mention
    clause: Span


@dataclass(frozen=True, slots=True)
class Repeal:
    """An earlier document that the text itself says it ends or changes: 《X》(某政发〔2019〕3号)同时废止.

    kind: "repealed" (废止, 失效, 停止执行), "replaced" (代替, 取代), "amended" (修改, or a part of it repealed).
    title: the name inside the marks, "" when only the number is given.  number: document number as printed, "" without one.
    since: the day the sentence sets for it, None when it sets none.
    span: the name with its number.  clause: the sentence.
    """

    ordinal: int
    kind: str
    title: str
    number: str
    since: date | None
    span: Span
    clause: Span


@dataclass(frozen=True, slots=True)
class Field:
    """One stated datum of the document card.

    name: "title", "issuer", "number" (发文字号), "index_number" (索引号), "issued" (成文/印发日期), "published" (发布/生成日期),
        "source" (信息来源), "addressees" (主送), "category" (主题分类), "genre" (体裁分类), "disclosure" (公开方式),
        "audience" (公开范围), "place", "basis" (superior document), "effective" (施行日期), "expires", "attachment", "printed_by".
    label: as printed ("发布机构"), "" when the position says it.  value: normalised; dates as ISO 8601 where certain.
    """

    name: str
    label: str
    value: str
    span: Span
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """The document's own data, each with its place in the text. Scalars repeat the best field for convenience.

    places: the place names the document is from, from wide to narrow ("松岚市", "云泊区", "柳湾镇"), as the text gives them.
    years: (first, last) calendar year the document covers, None when it does not say.
    """

    title: str = ""
    issuer: str = ""
    number: str = ""
    issued: date | None = None
    published: date | None = None
    places: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    attachments: tuple[tuple[int, str], ...] = ()
    fields: tuple[Field, ...] = ()

    def all(self, name: str) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.name == name)


@dataclass(frozen=True, slots=True)
class Facts:
    """All typed facts of one document, each kind in text order."""

    duties: tuple[Duty, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    definitions: tuple[Definition, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()
    members: tuple[Member, ...] = ()
    contacts: tuple[Contact, ...] = ()
    repeals: tuple[Repeal, ...] = ()

    def counts(self) -> Iterator[tuple[str, int]]:
        for name in self.__slots__:
            yield name, len(getattr(self, name))


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document. `id` and `version` are given by the catalog; a freshly parsed one has "" and 0."""

    name: str
    source: Source
    card: Card = Card()
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    facts: Facts = field(default_factory=Facts)
    notes: tuple[Note, ...] = ()
    id: str = ""
    version: int = 0

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def title(self) -> str:
        return self.card.title or self.name
