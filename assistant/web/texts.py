"""Every word of the interface, in Chinese and in English. Documents, answers and quotes stay in their own language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGE_COOKIE = "language"


@dataclass(frozen=True, slots=True)
class Texts:
    """Words of the pages. `{…}` are filled in with `str.format`, by values that are escaped where they are shown."""

    language: Language
    html_lang: str
    product: str
    tagline: str
    other_language: str
    new_conversation: str
    toggle_theme: str
    library: str
    library_count: str
    library_more: str
    library_empty: str
    welcome: str
    welcome_hint: str
    try_asking: str
    follow_up: str
    question_label: str
    question_placeholder: str
    send: str
    composer_hint: str
    conversation_label: str
    you_asked: str
    answer: str
    looking_up: str
    sources: str
    more_sources: str
    open_source: str
    confidence: tuple[tuple[float, str, str], ...]
    notes: str
    refused: str
    refused_default: str
    refused_nearest: str
    clarify: str
    save_word: str
    save_markdown: str
    print: str
    helpful: str
    not_helpful: str
    can_be_answered: str
    can_be_meant: str
    within: str
    in_force: str
    copy: str
    copied: str
    copy_quote: str
    copy_sources: str
    fault: str
    source_panel: str
    close: str
    new_window: str
    outline: str
    cited_clause: str
    whole_document: str
    page: str
    page_picture: str
    issuer: str
    number: str
    issued: str
    column_deadline: str
    column_lead: str
    column_support: str
    not_found: str
    not_found_hint: str
    ask_lead: str
    ask_deadline: str
    ask_definition: str
    ask_target: str
    ask_tasks: str
    follow_ups: tuple[tuple[str, tuple[str, ...]], ...]


CHINESE = Texts(
    language="zh",
    html_lang="zh-CN",
    product="政策问答助手",
    tagline="每个答案,都指得出原文",
    other_language="English",
    new_conversation="新对话",
    toggle_theme="深浅色",
    library="文件库",
    library_count="{count} 份文件",
    library_more="另有 {count} 份,可在「限定范围」中选择",
    library_empty="文件库是空的。请用 policy-assistant add 命令加入文件。",
    welcome="想查哪条政策规定?",
    welcome_hint="谁牵头、什么时限、多少指标、哪些任务——直接问,答案逐字出自文件,点编号即可看到原文条款;文件里没有写的,会如实告诉您。",
    try_asking="可以这样问",
    follow_up="接着问",
    question_label="问题",
    question_placeholder="输入您的问题",
    send="提问",
    composer_hint="答案均出自文件原文,请以原文为准。",
    conversation_label="对话",
    you_asked="您的提问",
    answer="回答",
    looking_up="正在查找原文…",
    sources="原文依据",
    more_sources="另外 {count} 条依据",
    open_source="查看引文 {n} 的原文",
    confidence=(
        (0.9, "high", "把握很大"),
        (0.7, "good", "较有把握"),
        (0.0, "low", "把握不大,请核对原文"),
    ),
    notes="请注意",
    refused="文件中没有找到依据",
    refused_default="现有文件没有写明这一点,因此不作回答。",
    refused_nearest="最接近的条款,供参考",
    clarify="需要再确认一下",
    save_word="导出 Word",
    save_markdown="导出 Markdown",
    print="打印",
    helpful="有帮助",
    not_helpful="没有帮助",
    can_be_answered="这些可以查到",
    can_be_meant="您问的是",
    within="限定:",
    in_force="{day} 有效的版本",
    copy="复制答案与引文",
    copied="已复制",
    copy_quote="复制条款",
    copy_sources="依据:",
    fault="这次没能查成",
    source_panel="原文",
    close="关闭原文",
    new_window="在新窗口打开",
    outline="目录",
    cited_clause="引用的条款",
    whole_document="全文",
    page="第{n}页",
    page_picture="第{n}页原貌",
    issuer="发布机构",
    number="文号",
    issued="日期",
    column_deadline="完成时限",
    column_lead="牵头单位",
    column_support="配合单位",
    not_found="没有这份文件",
    not_found_hint="它可能已从文件库中移除。",
    ask_lead="{topic}由谁牵头?",
    ask_deadline="{topic}什么时候完成?",
    ask_definition="什么是{topic}?",
    ask_target="{topic}要达到多少?",
    ask_tasks="{topic}牵头哪些任务?",
    follow_ups=(
        ("lead", ("什么时候完成?", "由谁配合?")),
        ("deadline", ("由谁牵头?", "由谁配合?")),
        ("support", ("由谁牵头?", "什么时候完成?")),
    ),
)

ENGLISH = Texts(
    language="en",
    html_lang="en",
    product="Policy Assistant",
    tagline="Every answer points to its clause",
    other_language="中文",
    new_conversation="New conversation",
    toggle_theme="Theme",
    library="Library",
    library_count="{count} documents",
    library_more="{count} more; find them under “Limit the search”",
    library_empty="The library is empty. Add files with the command policy-assistant add.",
    welcome="What do you need to know?",
    welcome_hint="Ask who leads a task, by when, how many, or which tasks. Answers are taken word for word from the "
    "documents; select a number to read the clause. What the documents do not say, you will be told so.",
    try_asking="For example",
    follow_up="Ask next",
    question_label="Question",
    question_placeholder="Ask a question",
    send="Ask",
    composer_hint="Answers are quoted from the documents; the documents prevail.",
    conversation_label="Conversation",
    you_asked="You asked",
    answer="Answer",
    looking_up="Looking it up…",
    sources="Sources",
    more_sources="{count} more",
    open_source="Read the clause of citation {n}",
    confidence=(
        (0.9, "high", "Very confident"),
        (0.7, "good", "Fairly confident"),
        (0.0, "low", "Not confident, check the clause"),
    ),
    notes="Please note",
    refused="The documents do not say",
    refused_default="Nothing in these documents states this, so no answer is given.",
    refused_nearest="Closest clauses, for reference",
    clarify="One more detail, please",
    save_word="Save as Word",
    save_markdown="Save as Markdown",
    print="Print",
    helpful="Helpful",
    not_helpful="Not helpful",
    can_be_answered="These can be answered",
    can_be_meant="Do you mean",
    within="Limited to",
    in_force="editions of {day}",
    copy="Copy with sources",
    copied="Copied",
    copy_quote="Copy clause",
    copy_sources="Sources:",
    fault="This could not be looked up",
    source_panel="Source",
    close="Close the source",
    new_window="Open in a new window",
    outline="Contents",
    cited_clause="Cited clause",
    whole_document="Whole document",
    page="Page {n}",
    page_picture="Page {n} as it looks",
    issuer="Issuer",
    number="Number",
    issued="Date",
    column_deadline="Deadline",
    column_lead="Lead",
    column_support="Support",
    not_found="No such document",
    not_found_hint="It may have been removed from the library.",
    ask_lead="Who leads “{topic}”?",
    ask_deadline="When is “{topic}” due?",
    ask_definition="What is “{topic}”?",
    ask_target="What should “{topic}” reach?",
    ask_tasks="Which tasks does {topic} lead?",
    follow_ups=(
        ("lead", ("When is it due?", "Who supports it?")),
        ("deadline", ("Who leads it?", "Who supports it?")),
        ("support", ("Who leads it?", "When is it due?")),
    ),
)

TEXTS: Mapping[Language, Texts] = {"zh": CHINESE, "en": ENGLISH}


def other(language: Language) -> Language:
    return "en" if language == "zh" else "zh"


def choose_language(setting: str, cookie: str | None, accept: str | None) -> Language:
    """Give the language of a visit: what the visitor chose, else what is configured, else what the browser prefers.

    setting: "auto", "zh" or "en".  accept: the Accept-Language header; without one, or with neither language in it,
    the pages are in Chinese.
    """
    if cookie in ("zh", "en"):
        return "zh" if cookie == "zh" else "en"
    if setting in ("zh", "en"):
        return "zh" if setting == "zh" else "en"
    for tag in _by_preference(accept or ""):
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "zh"


def _by_preference(accept: str) -> list[str]:
    weighted: list[tuple[float, str]] = []
    for part in accept.split(",")[:20]:
        tag, _, parameters = part.strip().lower().partition(";")
        quality = parameters.strip().removeprefix("q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        weighted.append((weight, tag.strip()))
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0]
