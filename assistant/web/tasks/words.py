"""Every word of the tasks page, in Chinese and in English. Tasks, units and titles stay in their own language."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.web.texts import TEXTS, Language
from assistant.web.words import Words

CHINESE: Mapping[str, str] = {
    "title": "任务清单", "intro": "全部文件里谁牵头、谁配合、何时完成。点任务看原文条款。", "today": "今天 {day}",
    "search": "搜索", "search_hint": "任务、章节、文件、单位", "unit": "单位", "any_unit": "不限单位", "part": "角色", "any": "不限", "lead": "牵头", "alone": "单独牵头",
    "joint": "共同牵头", "support": "配合", "document": "文件", "all_documents": "全部文件", "since": "时限从", "until": "到", "more": "更多条件", "issuer": "发文单位", "place": "地区",
    "apply": "筛选", "clear": "清除条件", "state": "时限", "all": "全部", "overdue": "已过期限", "soon": "{days} 天内到期", "due": "未到期限", "later": "以后到期", "undated": "长期或无日期",
    "none": "未写时限", "count": "{count} 项", "lines": "{count} 行", "task": "任务", "lead_unit": "牵头单位", "support_unit": "责任(配合)单位", "deadline": "完成时限", "by_task": "按任务", "by_unit": "按单位",
    "view": "列表方式", "sort_by": "按{column}排序", "export": "导出", "xlsx": "Excel", "csv": "CSV", "ics": "日历", "charts": "图表", "hide_charts": "收起图表",
    "page_of": "第 {page} 页,共 {pages} 页", "previous": "上一页", "next": "下一页", "paging": "翻页", "empty": "没有符合条件的任务。", "empty_hint": "请放宽条件,或清除后再看。",
    "no_tasks": "文件库里还没有任务。", "no_tasks_hint": "加入写有牵头单位、配合单位的文件后,任务会自动列在这里。", "open_clause": "看原文条款", "days_over": "已过 {days} 天", "days_left": "还有 {days} 天", "due_today": "今天到期",
    "notes": "备注", "first_only": "文件库很大,这里只列出前 {count} 项任务;请选定文件查看其余任务。", "units_chart": "各单位任务数", "months_chart": "各月到期任务数", "fields_chart": "各领域任务数", "documents_chart": "各文件任务数",
    "as_table": "数据表", "tasks_number": "任务数", "month": "月份", "field": "领域", "and_more": "另有 {count} 项未画出", "no_chart": "没有可画的数据。", "results": "任务列表", "filters": "筛选条件", "leads": "牵头", "supports": "配合",
}  # fmt: skip

ENGLISH: Mapping[str, str] = {
    "title": "Tasks", "intro": "Who leads, who supports and by when, over all documents. Choose a task to see its clause.", "today": "today {day}",
    "search": "Search", "search_hint": "task, section, document, unit", "unit": "Unit", "any_unit": "any unit", "part": "Role", "any": "any", "lead": "leads", "alone": "sole lead",
    "joint": "joint lead", "support": "supports", "document": "Document", "all_documents": "all documents", "since": "Due from", "until": "until", "more": "More filters", "issuer": "Issuer", "place": "Place",
    "apply": "Filter", "clear": "Clear", "state": "Deadline", "all": "All", "overdue": "Past due", "soon": "Due in {days} days", "due": "Not yet due", "later": "Due later", "undated": "Ongoing or undated",
    "none": "No deadline", "count": "{count} tasks", "lines": "{count} lines", "task": "Task", "lead_unit": "Lead", "support_unit": "Support", "deadline": "Deadline", "by_task": "By task", "by_unit": "By unit",
    "view": "View", "sort_by": "Sort by {column}", "export": "Export", "xlsx": "Excel", "csv": "CSV", "ics": "Calendar", "charts": "Charts", "hide_charts": "Hide charts",
    "page_of": "Page {page} of {pages}", "previous": "Previous", "next": "Next", "paging": "Pages", "empty": "No task fits.", "empty_hint": "Widen the filters, or clear them.",
    "no_tasks": "There are no tasks in the library yet.", "no_tasks_hint": "Tasks appear here as soon as documents that name units in charge are added.", "open_clause": "Open the clause", "days_over": "{days} days over", "days_left": "{days} days left", "due_today": "due today",
    "notes": "Notes", "first_only": "The library is large; only its first {count} tasks are listed. Choose a document to see others.", "units_chart": "Tasks by unit", "months_chart": "Tasks by month due", "fields_chart": "Tasks by field", "documents_chart": "Tasks by document",
    "as_table": "As a table", "tasks_number": "Tasks", "month": "Month", "field": "Field", "and_more": "{count} more are not drawn", "no_chart": "There is nothing to draw.", "results": "Tasks", "filters": "Filters", "leads": "leads", "supports": "supports",
}  # fmt: skip

ERRORS: Mapping[str, str] = {
    "bad_date": "That is not a date; write it like 2024-06-30.", "bad_form": "The address holds something that cannot be meant.", "unknown_format": "There is no such format.",
}  # fmt: skip

WORDS: Mapping[Language, Words] = {"zh": Words(TEXTS["zh"], CHINESE, {}), "en": Words(TEXTS["en"], ENGLISH, ERRORS)}
