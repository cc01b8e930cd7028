"""Every word of the documents pages, in Chinese and in English. What comes from documents stays in its own language."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.cli.shown import CONTACT_NAMES, ENDINGS, FACT_NAMES, FIELD_NAMES
from assistant.web.texts import TEXTS, Language
from assistant.web.words import Words

CHINESE: Mapping[str, str] = {
    "title": "文件", "intro": "文件库里的全部文件:从中读出了什么,每一条都能看到原文。", "count": "{count} 份文件", "upload": "上传文件", "into": "放进文件集", "drop": "把文件拖到这里,或", "choose": "选择文件",
    "upload_hint": "支持 Word、WPS、PDF、OFD、Excel、PPT、网页、文本、邮件和图片;同名文件是新版本。", "needs_script": "上传需要浏览器启用 JavaScript;也可以用命令 policy-assistant add。", "uploading": "正在上传", "reading": "正在读取…",
    "added": "已加入", "unchanged": "没有变化,文件库里已有", "duplicate": "与库中另一份文件内容相同", "new_version": "已作为新版本加入", "rejected": "没有加入", "see": "查看", "lost": "连接中断,没有传完", "upload_done": "刷新列表",
    "search": "搜索", "search_hint": "标题、文号、发文单位、文件名", "issuer": "发文单位", "any": "不限", "state": "效力", "in_force": "现行", "aside": "不再有效", "order": "排序", "by_name": "按文件名", "by_issued": "按成文日期", "by_added": "按加入时间",
    "apply": "筛选", "clear": "清除条件", "empty": "没有符合条件的文件。", "none_yet": "文件库是空的。", "none_hint": "上传文件后就可以提问、看任务、出题。",
    "number": "文号", "issued": "成文日期", "pages": "{count} 页", "version": "第 {n} 版", "version_short": "第 {n} 版", "facts": "读出 {count} 项", "no_facts": "没有读出事项", "notes": "{count} 处提示", "characters": "{count} 字", "added_at": "{when} 加入",
    "page_of": "第 {page} 页,共 {pages} 页", "previous": "上一页", "next": "下一页", "paging": "翻页", "compare": "比较", "compare_two": "比较两份文件", "select": "选中 {title} 用于比较", "compare_hint": "选中两份再比较",
    "all_documents": "全部文件", "card": "文件信息", "file": "文件名", "open_text": "看全文", "outline": "目录", "fact_kinds": "读出的内容", "damage": "提示", "corrections": "更正", "versions": "版本", "history": "操作记录", "manage": "管理", "editions": "新旧文件",
    "place": "原文", "task": "任务", "lead": "牵头单位", "support": "责任(配合)单位", "deadline": "时限", "more_facts": "另有 {count} 项,见全文。", "correct": "更正", "correct_title": "更正读错的内容", "correct_hint": "原文不会改动;答案和任务清单从此用更正后的内容,并注明是人工更正。留空表示不改。",
    "clear_value": "清空", "reason": "理由", "units_hint": "多个单位用顿号隔开;填“无”表示没有", "save": "保存更正", "cancel": "取消", "undo": "撤销", "undone": "已撤销", "resting": "未生效:原文中已找不到这一句", "no_corrections": "没有更正。", "correct_card": "更正文件信息", "name_title": "标题",
    "by": "{who},{when}", "reparse": "重新读取", "reparse_hint": "用现在的程序重新读一遍保存的原文件。", "remove": "移除文件", "remove_hint": "文件和它的全部版本、更正都会从文件库移除,答案不再引用它。操作会记录在案。", "remove_sure": "确认移除《{title}》", "remove_check": "我确认要移除这份文件",
    "removed": "已移除。", "reparsed": "已重新读取。", "corrected": "已更正,答案从现在起采用。", "correction_undone": "已撤销更正。", "decided": "已记录。", "supersede": "登记新旧关系", "supersede_hint": "登记后,答案只取自新文件;随时可以撤回。", "this_replaces": "本文件代替", "replaced_by": "本文件被代替,新文件是", "other": "另一份文件",
    "declare": "登记", "confirm": "确认", "reject": "不是", "take_back": "撤回", "proposed": "待确认", "certain": "文件写明", "confirmed": "人工确认", "rejected_link": "人工否认", "newer": "新", "older": "旧", "current": "当前", "compare_with": "与另一份文件比较",
    "compare_title": "比较", "left": "左边", "right": "右边", "summary": "{same} 段相同,{changed} 段修改,{left} 段只在左边,{right} 段只在右边", "same_folded": "{count} 段相同", "identical": "两边文字完全相同。", "only_left": "只在左边", "only_right": "只在右边", "changed": "修改", "same": "相同", "choose_both": "请选择两份文件。", "show": "比较",
    "no_notes": "没有提示。", "nothing": "没有读出内容。", "no_outline": "没有读出章节。", "in_use": "现行", "action": "操作", "when": "时间", "who": "操作人", "what": "内容", "filters": "筛选条件", "results": "文件列表", "kind": "种类",
    **{f"kind_{name}": text for name, text in FACT_NAMES.items()}, **{f"field_{name}": text for name, text in FIELD_NAMES.items()}, **{f"contact_{name}": text for name, text in CONTACT_NAMES.items()}, **{f"ends_{name}": text for name, text in ENDINGS.items()},
    "by_upload": "上传", "by_delete": "移除", "by_correct": "更正", "by_undo_correction": "撤销更正", "by_supersede": "新旧关系",
}  # fmt: skip

ENGLISH: Mapping[str, str] = {
    "title": "Documents", "intro": "All documents of the library: what was read in them, each with its place in the text.", "count": "{count} documents", "upload": "Upload", "into": "Into the collection", "drop": "Drop files here, or", "choose": "Choose files",
    "upload_hint": "Word, WPS, PDF, OFD, Excel, slides, web pages, text, mail and pictures; a file of the same name is a new version.", "needs_script": "Uploading needs JavaScript; the command policy-assistant add works as well.", "uploading": "Uploading", "reading": "Reading…",
    "added": "Added", "unchanged": "Unchanged, it is in the library already", "duplicate": "The same as another document of the library", "new_version": "Added as a new version", "rejected": "Not added", "see": "Open", "lost": "The connection was lost before it was complete", "upload_done": "Reload the list",
    "search": "Search", "search_hint": "title, number, issuer, file name", "issuer": "Issuer", "any": "any", "state": "In force", "in_force": "in force", "aside": "no longer in force", "order": "Order", "by_name": "by file name", "by_issued": "by date of issue", "by_added": "by date added",
    "apply": "Filter", "clear": "Clear", "empty": "No document fits.", "none_yet": "The library is empty.", "none_hint": "Upload documents to ask, see tasks and make quizzes.",
    "number": "Number", "issued": "Issued", "pages": "{count} pages", "version": "version {n}", "version_short": "v{n}", "facts": "{count} facts", "no_facts": "no facts", "notes": "{count} notes", "characters": "{count} characters", "added_at": "added {when}",
    "page_of": "Page {page} of {pages}", "previous": "Previous", "next": "Next", "paging": "Pages", "compare": "Compare", "compare_two": "Compare two documents", "select": "Choose {title} to compare", "compare_hint": "choose two to compare",
    "all_documents": "All documents", "card": "About the document", "file": "File", "open_text": "Whole text", "outline": "Outline", "fact_kinds": "What was read", "damage": "Notes", "corrections": "Corrections", "versions": "Versions", "history": "History", "manage": "Manage", "editions": "Editions",
    "place": "Clause", "task": "Task", "lead": "Lead", "support": "Support", "deadline": "Deadline", "more_facts": "{count} more are in the text.", "correct": "Correct", "correct_title": "Correct what was read wrongly", "correct_hint": "The text stays as it is; answers and tasks use what you enter from now on and say so. Leave empty what is right.",
    "clear_value": "none", "reason": "Reason", "units_hint": "several units separated by 、; 无 for none", "save": "Save", "cancel": "Cancel", "undo": "Undo", "undone": "undone", "resting": "rests: its words are no longer in the text", "no_corrections": "No corrections.", "correct_card": "Correct these", "name_title": "Title",
    "by": "{who}, {when}", "reparse": "Read again", "reparse_hint": "Reads the stored file anew with the program as it is now.", "remove": "Remove", "remove_hint": "The document goes from the library with all its versions and corrections; no answer will cite it. This is recorded.", "remove_sure": "Remove {title}", "remove_check": "I want to remove this document",
    "removed": "Removed.", "reparsed": "Read again.", "corrected": "Corrected; answers use it from now on.", "correction_undone": "The correction was undone.", "decided": "Recorded.", "supersede": "Record an edition", "supersede_hint": "Answers will come from the newer one only; this can be taken back.", "this_replaces": "This document replaces", "replaced_by": "This document is replaced by", "other": "The other document",
    "declare": "Record", "confirm": "Confirm", "reject": "Reject", "take_back": "Take back", "proposed": "proposed", "certain": "stated", "confirmed": "confirmed", "rejected_link": "rejected", "newer": "newer", "older": "older", "current": "current", "compare_with": "Compare with another document",
    "compare_title": "Compare", "left": "Left", "right": "Right", "summary": "{same} paragraphs alike, {changed} changed, {left} on the left only, {right} on the right only", "same_folded": "{count} paragraphs alike", "identical": "Both texts are the same.", "only_left": "left only", "only_right": "right only", "changed": "changed", "same": "alike", "choose_both": "Choose two documents.", "show": "Compare",
    "no_notes": "No notes.", "nothing": "Nothing was read.", "no_outline": "No sections were read.", "in_use": "in force", "action": "Action", "when": "When", "who": "Who", "what": "What", "filters": "Filters", "results": "Documents", "kind": "Kind",
    "kind_duties": "Tasks", "kind_targets": "Targets", "kind_deadlines": "Time limits", "kind_definitions": "Definitions", "kind_enumerations": "Lists", "kind_members": "People", "kind_contacts": "Contacts", "kind_repeals": "Repeals and changes",
    "field_title": "Title", "field_issuer": "Issuer", "field_number": "Number", "field_index_number": "Index number", "field_issued": "Issued", "field_published": "Published", "field_source": "Source", "field_addressees": "To", "field_category": "Category", "field_genre": "Genre", "field_disclosure": "Disclosure",
    "field_audience": "Audience", "field_place": "Place", "field_basis": "Basis", "field_effective": "Effective", "field_expires": "Expires", "field_attachment": "Attachments", "field_printed_by": "Printed by", "field_period": "Period", "field_validity": "Validity", "field_keywords": "Keywords", "field_copies": "Copies to", "field_meeting_time": "Meeting time", "field_meeting_place": "Meeting place",
    "contact_person": "person", "contact_phone": "phone", "contact_email": "e-mail", "contact_address": "address", "contact_fax": "fax", "contact_website": "website", "ends_repealed": "repeals", "ends_replaced": "replaces", "ends_amended": "amends",
    "by_upload": "uploaded", "by_delete": "removed", "by_correct": "corrected", "by_undo_correction": "correction undone", "by_supersede": "edition",
}  # fmt: skip

ERRORS: Mapping[str, str] = {
    "uploads_off": "This server takes no changes over the web.", "clause_not_found": "The words are not in the text.", "ambiguous_clause": "The words stand in the text more than once.", "no_fact_there": "No fact was read there.",
    "same_document": "That is the same document.", "bad_correction": "Enter what it should read.", "unknown_correction": "There is no such correction.", "unknown_version": "There is no such version.", "not_confirmed": "Tick the box to remove the document.",
    "bad_date": "That is not a date; write it like 2024-06-30.",
}  # fmt: skip

WORDS: Mapping[Language, Words] = {"zh": Words(TEXTS["zh"], CHINESE, {}), "en": Words(TEXTS["en"], ENGLISH, ERRORS)}
