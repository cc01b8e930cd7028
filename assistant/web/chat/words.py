"""The words of what the chat page fetches, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.web.texts import TEXTS, Language
from assistant.web.words import Words

CHINESE: Mapping[str, str] = {
    # why this answer
    "why": "为什么这样回答", "why_refused": "为什么没有回答", "close": "关闭",
    "understood": "怎样理解您的问题", "asks_for": "您要问的是", "about": "关于", "continued": "接着上一问“{question}”", "taken": "沿用了其中的",
    "places": "限于地区", "absent": "文件库中没有这些地方的文件", "years": "限于年份", "attachment": "限于附件{n}", "references": "指明的条目",
    "units": "涉及单位", "days": "限于时间", "until_day": "{day}以前", "from_to": "{since}至{until}",
    "limited": "按您的说法,只在 {count} 份文件中查找", "chosen": "您选定了 {count} 份文件", "whole_library": "在全部文件中查找",
    "corrected": "“{written}”按“{meant}”理解", "filters": "您设定的范围",
    "used": "用了哪些依据", "facts_from": "答案取自", "no_facts": "没有找到可以作为依据的条款", "editions": "文件与版本", "in_force_on": "按 {day} 有效的文件查找",
    "sure": "把握有多大", "because": "理由", "not_judged": "没有作出判断:问题本身有不能满足的条件", "careful": "需要留意(矛盾、更正、修改)", "nothing_to_note": "所引条款之间没有发现矛盾、更正或修改",
    "unknown_words": "这些说法在所查的文件里没有出现", "hidden": "所引文件已移除,或您不再有权查看,内容不再显示。",
    "changed": "所引文件此后有改动,引文不再显示,请重新提问。",
    "probability": "按以往问题的统计,这样的回答大约每 100 次有 {n} 次正确",
    "issued": "{day}发布",
    "kind_lead": "由谁牵头(负责)", "kind_support": "由谁配合", "kind_deadline": "完成时限", "kind_number": "数量、比例或金额", "kind_list": "有哪些", "kind_definition": "是什么意思",
    "kind_measure": "怎么做、怎么处理", "kind_contact": "联系人、电话、地址", "kind_meta": "文件本身的信息(文号、日期、发文单位等)", "kind_yesno": "是不是、能不能",
    "kind_compare": "比较", "kind_count": "一共有多少", "kind_reverse": "哪些任务", "kind_mentions": "哪些文件提到", "kind_other": "文件中的有关内容",
    "basis_duty": "任务分工(牵头、配合单位)", "basis_row": "任务清单的一行", "basis_duties": "任务清单的汇总", "basis_cell": "表格中的一格", "basis_value": "条款中写明的数字或日期",
    "basis_series": "按年份列出的数字", "basis_list": "文件逐项列出的内容", "basis_outline": "文件的标题与层次", "basis_definition": "文件自己的定义", "basis_card": "文件的基本信息",
    "basis_people": "名单和职务", "basis_contacts": "联系方式", "basis_mentions": "文件中出现的位置", "basis_text": "与问题最接近的语句",
    "yes_coverage": "问题里的关键词,所引条款全都有", "part_coverage": "问题里的关键词,所引条款只有一部分", "no_coverage": "问题里的关键词,所引条款大多没有",
    "yes_exact": "答案是条款里明确写出的事项,不是摘自相近的语句", "no_exact": "答案摘自与问题最接近的语句,不是专门写明的事项",
    "no_strange": "问题里有的说法,文件中没有出现", "no_margin": "另有条款与问题同样接近", "yes_margin": "没有别的条款与问题这样接近", "yes_scoped": "问题指明了一份文件",
    "no_missing": "最要紧的一个词,所引条款里没有",
    # history
    "history": "历史对话", "search_history": "搜索历史对话", "no_history": "还没有历史对话。", "none_found": "没有找到。", "rename": "改名", "delete": "删除", "delete_all": "清空历史",
    "keep_history": "保存我的历史对话", "not_kept": "现在不保存新的对话。", "sure_delete": "删除这段对话?", "sure_delete_all": "删除全部历史对话?此操作不能撤销。", "yes": "确定删除", "no": "取消", "save": "保存",
    "name_of_it": "对话名称", "today": "今天", "yesterday": "昨天", "earlier": "更早", "questions": "{count} 问", "manage": "管理",
    # filters
    "filter": "限定范围", "filter_hint": "只在符合条件的文件中查找;不填就是不限。", "any": "不限", "filter_documents": "文件", "find_document": "查找文件", "filter_issuer": "发文单位",
    "filter_place": "地区", "filter_since": "发布时间从", "filter_until": "到", "filter_as_of": "按哪一天有效的文件", "as_of_hint": "留空为今天;例如填 2023-06-30,就按那一天有效的版本回答。",
    "apply": "应用", "clear": "清除范围", "day_hint": "年份或日期",
    # judgements
    "judge_title": "哪里不对?", "judge_hint": "您的评价连同问题、答案和引文会交给负责改进的人员。", "reason_wrong_answer": "答案不对", "reason_incomplete": "不完整", "reason_wrong_source": "引文不对",
    "reason_should_refuse": "文件没写,不该回答", "reason_should_answer": "文件写了,应该回答", "reason_other": "其他", "comment": "补充说明(可不填)", "send": "提交", "thanks": "谢谢,已记下。",
    # exports
    "exported": "导出于 {day}", "question": "问", "answer": "答", "sources": "依据", "scope_asked": "限定范围", "refused": "文件中没有找到依据", "note": "注意", "disclaimer": "答案均出自文件原文,请以原文为准。",
    # keys
    "keys": "键盘快捷键", "key_ask": "到提问框", "key_new": "新对话", "key_filter": "限定范围", "key_close": "关闭右侧面板", "key_history": "搜索历史对话", "key_help": "显示这些快捷键",
}  # fmt: skip

ENGLISH: Mapping[str, str] = {
    "why": "Why this answer", "why_refused": "Why there is no answer", "close": "Close",
    "understood": "How your question was read", "asks_for": "You ask for", "about": "About", "continued": "Continuing the question before, “{question}”", "taken": "Taken over from it",
    "places": "Places", "absent": "No document is from these places", "years": "Years", "attachment": "Attachment {n}", "references": "Numbered parts named",
    "units": "Organisations", "days": "Time", "until_day": "by {day}", "from_to": "{since} to {until}",
    "limited": "By its wording, only {count} documents were searched", "chosen": "You chose {count} documents", "whole_library": "All documents were searched",
    "corrected": "“{written}” was read as “{meant}”", "filters": "The limits you set",
    "used": "What the answer rests on", "facts_from": "Taken from", "no_facts": "No clause was found that could support an answer", "editions": "Documents and editions",
    "in_force_on": "Documents in force on {day} were searched",
    "sure": "How sure this is", "because": "Reasons", "not_judged": "Not judged: the question itself asks for something that is not there", "careful": "To be aware of (conflicts, corrections, amendments)",
    "nothing_to_note": "No conflict, correction or amendment was found in the cited clauses",
    "unknown_words": "These words do not occur in the documents searched", "hidden": "The cited document was removed, or is no longer yours to see; nothing of it is shown.",
    "changed": "The cited document has changed since; the quote is no longer shown. Please ask again.",
    "probability": "By the record of earlier questions, about {n} in 100 answers like this are right",
    "issued": "issued {day}",
    "kind_lead": "who leads (is responsible)", "kind_support": "who supports", "kind_deadline": "the deadline", "kind_number": "a number, share or amount", "kind_list": "which ones", "kind_definition": "what it means",
    "kind_measure": "how it is done or handled", "kind_contact": "contact, telephone, address", "kind_meta": "data of the document itself (number, date, issuer)", "kind_yesno": "whether it is so",
    "kind_compare": "a comparison", "kind_count": "how many in all", "kind_reverse": "which tasks", "kind_mentions": "which documents mention it", "kind_other": "what the documents say about it",
    "basis_duty": "a task's division of work (lead and supporting units)", "basis_row": "a row of a task list", "basis_duties": "all tasks listed, put together", "basis_cell": "a cell of a table",
    "basis_value": "a figure or date stated in a clause",
    "basis_series": "figures listed year by year", "basis_list": "items the document enumerates", "basis_outline": "headings and structure of the document", "basis_definition": "the document's own definition", "basis_card": "data of the document",
    "basis_people": "lists of people and posts", "basis_contacts": "contact data", "basis_mentions": "places where it is mentioned", "basis_text": "the sentences closest to the question",
    "yes_coverage": "The cited clause has all key words of the question", "part_coverage": "The cited clause has only some key words of the question", "no_coverage": "The cited clause lacks most key words of the question",
    "yes_exact": "The answer is something the clause states expressly, not a similar sentence", "no_exact": "The answer is the sentence closest to the question, not an express statement",
    "no_strange": "Some words of the question do not occur in the documents", "no_margin": "Another clause is just as close to the question", "yes_margin": "No other clause is as close to the question", "yes_scoped": "The question names one document",
    "no_missing": "The most important word is not in the cited clause",
    "history": "Your conversations", "search_history": "Search your conversations", "no_history": "No conversations yet.", "none_found": "Nothing found.", "rename": "Rename", "delete": "Delete", "delete_all": "Delete all",
    "keep_history": "Keep my conversations", "not_kept": "New conversations are not kept.", "sure_delete": "Delete this conversation?", "sure_delete_all": "Delete all your conversations? This cannot be undone.",
    "yes": "Delete", "no": "Cancel", "save": "Save",
    "name_of_it": "Name of the conversation", "today": "Today", "yesterday": "Yesterday", "earlier": "Earlier", "questions": "{count} questions", "manage": "Manage",
    "filter": "Limit the search", "filter_hint": "Only documents that fit are searched; leave a field empty for no limit.", "any": "Any", "filter_documents": "Documents", "find_document": "Find a document", "filter_issuer": "Issuer",
    "filter_place": "Place", "filter_since": "Issued from", "filter_until": "to", "filter_as_of": "Documents in force on", "as_of_hint": "Empty for today; with 2023-06-30 the editions of that day answer.",
    "apply": "Apply", "clear": "Clear the limits", "day_hint": "year or date",
    "judge_title": "What is wrong?", "judge_hint": "Question, answer and citations go with your judgement to those who improve the answers.", "reason_wrong_answer": "The answer is wrong", "reason_incomplete": "It is incomplete",
    "reason_wrong_source": "The source is wrong",
    "reason_should_refuse": "The documents do not say this", "reason_should_answer": "The documents do say this", "reason_other": "Something else", "comment": "Remarks (optional)", "send": "Send", "thanks": "Thank you, noted.",
    "exported": "Exported {day}", "question": "Question", "answer": "Answer", "sources": "Sources", "scope_asked": "Limited to", "refused": "The documents do not say", "note": "Note", "disclaimer": "Answers are quoted from the documents; the documents prevail.",
    "keys": "Keyboard shortcuts", "key_ask": "To the question box", "key_new": "New conversation", "key_filter": "Limit the search", "key_close": "Close the panel", "key_history": "Search your conversations", "key_help": "Show these shortcuts",
}  # fmt: skip

_ENGLISH_ERRORS = {
    "unknown_conversation": "There is no such conversation.", "bad_title": "A name has 1 to 80 characters.", "bad_judgement": "The judgement could not be kept.",
    "no_match": "No document fits these limits.", "bad_date": "That is not a date.", "forbidden": "You may not do this.",
}  # fmt: skip

WORDS: Mapping[Language, Words] = {
    "zh": Words(TEXTS["zh"], CHINESE, {}),
    "en": Words(TEXTS["en"], ENGLISH, _ENGLISH_ERRORS),
}
