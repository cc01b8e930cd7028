"""Every word of the Evaluation pages, in Chinese and in English. Questions, answers and clauses stay in their own language."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.web.texts import TEXTS, Language
from assistant.web.words import Words

CHINESE: Mapping[str, str] = {
    "evaluation": "测评", "intro": "用答案已知的问题检验这个资料库:答得对不对、该拒答时是否拒答、引文是否属实。", "run": "开始测评", "which": "问哪些题",
    "set_own": "本库的已知问题", "set_shipped": "示例文件的问题", "set_all": "全部", "questions_n": "{count} 题", "running": "正在测评…", "of": "{done} / {total}", "cancel": "取消",
    "stopped": "上次测评已取消,没有保存。", "failed": "上次测评没有完成。{message}", "refresh": "刷新进度", "nothing_yet": "还没有测评过。选好题目,点「开始测评」,几十秒后在这里看到结果。",
    "nothing_to_ask": "还没有可问的题:示例文件不在库中,本库也还没有已知问题。", "known_questions": "已知问题", "disliked": "不满意的回答", "embedding": "嵌入到网站",
    "accuracy": "正确率(各题型平均)", "answerable": "能答的答对了", "wrongly_refused": "误拒答", "refused": "该拒答的拒答了", "valid": "引文属实", "recall": "依据命中率", "speed": "用时 p50 / p95", "milliseconds": "毫秒",
    "better": "比上次好 {points}", "worse": "比上次差 {points}", "same": "与上次相同", "by_kind": "各题型正确率", "history_chart": "历次测评", "this_run": "本次", "before_run": "上次", "percent": "%",
    "as_table": "以表格显示", "kind": "题型", "right": "答对", "share": "正确率", "wrong_list": "没有答对的题", "none_wrong": "全部答对。", "changes": "与上次相比", "now_wrong": "上次对、这次错", "now_right": "上次错、这次对", "no_changes": "没有题目由对变错或由错变对。",
    "the_answer": "系统的回答", "the_gold": "标准答案", "cited": "引用的条款", "gold_source": "应引的条款", "must_refuse": "应当拒答:文件中没有写", "nothing_cited": "没有引用", "not_seen": "文件已移除或不可见", "confidence": "置信度 {percent}%",
    "why_wrongly_refused": "能答而没有答", "why_answered_unanswerable": "应拒答而作答", "why_missing": "缺少要点:{what}", "why_forbidden": "出现了不应有的内容:{what}", "why_too_long": "回答过长({what} 字)",
    "runs": "历次测评", "when": "时间", "by": "由谁", "set": "题目", "open": "查看", "latest_run": "最近一次测评", "run_of": "{when} 的测评", "edit": "修改", "all_runs": "回到测评",
    "new_question": "新的已知问题", "edit_question": "修改已知问题", "add": "添加", "save": "保存", "delete": "删除", "import": "导入 JSONL", "export": "导出 JSONL", "import_hint": "每行一题,格式与 eval 命令的题目文件相同;编号相同的题会被替换。",
    "imported": "已导入:新增 {new} 题,替换 {changed} 题。", "no_questions": "还没有已知问题。可以新建、导入,或从「不满意的回答」生成。", "saved": "已保存。", "removed": "已删除。", "filter": "筛选",
    "question": "问题", "language": "语言", "expectation": "应当怎样", "must_answer": "应当回答", "must_be_refused": "应当拒答", "gold": "标准答案", "gold_hint": "给人看的简短答案;要点必须出现在里面",
    "groups": "判分要点", "groups_hint": "每行一个要点,全部要出现;同一要点的几种写法用 | 隔开", "must_not": "不应出现", "must_not_hint": "每行一个,可不填", "accept": "也可这样纠正", "accept_hint": "只用于应当拒答的问题:纠正了错误前提的回答也算对",
    "evidence": "原文依据", "evidence_hint": "从原文逐字复制;保存时会核对", "from_answer": "从这个回答的引文里选", "document": "文件", "quote": "原文", "before_turns": "前面的对话", "asked": "问", "answered": "答",
    "no_disliked": "没有未处理的评价。", "thumbs": "觉得有用 {helpful} 次,没有用 {open} 条未处理、{made} 条已做成题、{dismissed} 条已搁置。", "make_question": "做成已知问题", "dismiss": "搁置", "hidden_answer": "这个回答引用了您看不到的文件。",
    "reason_": "", "reason_wrong_answer": "答案不对", "reason_incomplete": "答案不全", "reason_wrong_source": "引文不对", "reason_should_refuse": "应当拒答", "reason_should_answer": "应当回答", "reason_other": "其他", "no_reply": "没有回答",
    "delete_sure": "确认删除",
}  # fmt: skip

ENGLISH: Mapping[str, str] = {
    "evaluation": "Evaluation", "intro": "Test this library with questions whose answers are known: right answers, refusals where nothing is written, and true citations.", "run": "Start", "which": "Which questions",
    "set_own": "Known questions of this library", "set_shipped": "Questions over the sample documents", "set_all": "All", "questions_n": "{count} questions", "running": "Asking…", "of": "{done} of {total}", "cancel": "Cancel",
    "stopped": "The last run was cancelled; nothing of it was kept.", "failed": "The last run did not finish. {message}", "refresh": "Refresh", "nothing_yet": "Nothing has been run yet. Choose the questions and press Start; the result is here within a minute.",
    "nothing_to_ask": "There is nothing to ask: the sample documents are not in the library and it has no known questions yet.", "known_questions": "Known questions", "disliked": "Disliked answers", "embedding": "Embed in a web site",
    "accuracy": "Accuracy (mean of the kinds)", "answerable": "Answerable and right", "wrongly_refused": "Wrongly refused", "refused": "Refused when it must", "valid": "Citations that are true", "recall": "Citation recall", "speed": "Time p50 / p95", "milliseconds": "ms",
    "better": "{points} better than before", "worse": "{points} worse than before", "same": "same as before", "by_kind": "Accuracy by kind", "history_chart": "Runs so far", "this_run": "This run", "before_run": "Before", "percent": "%",
    "as_table": "As a table", "kind": "Kind", "right": "Right", "share": "Share", "wrong_list": "Wrong answers", "none_wrong": "All right.", "changes": "Against the run before", "now_wrong": "Was right, is wrong", "now_right": "Was wrong, is right", "no_changes": "No question changed from right to wrong or back.",
    "the_answer": "Answer", "the_gold": "Known answer", "cited": "Cited clauses", "gold_source": "Clauses it rests on", "must_refuse": "Must be refused: the documents do not say", "nothing_cited": "nothing cited", "not_seen": "document removed or not visible", "confidence": "confidence {percent}%",
    "why_wrongly_refused": "refused, though it can be answered", "why_answered_unanswerable": "answered, though it must be refused", "why_missing": "does not say: {what}", "why_forbidden": "says what it must not: {what}", "why_too_long": "too long ({what} characters)",
    "runs": "Runs so far", "when": "When", "by": "By", "set": "Questions", "open": "Open", "latest_run": "Latest run", "run_of": "Run of {when}", "edit": "Edit", "all_runs": "Back to Evaluation",
    "new_question": "New known question", "edit_question": "Edit a known question", "add": "Add", "save": "Save", "delete": "Delete", "import": "Import JSONL", "export": "Export JSONL", "import_hint": "One question a line, as in the files of the eval command; a question of the same id is replaced.",
    "imported": "Imported: {new} new, {changed} replaced.", "no_questions": "No known questions yet. Write one, import a file, or make one of a disliked answer.", "saved": "Saved.", "removed": "Deleted.", "filter": "Filter",
    "question": "Question", "language": "Language", "expectation": "What it must do", "must_answer": "must be answered", "must_be_refused": "must be refused", "gold": "Known answer", "gold_hint": "short, for people; the points have to occur in it",
    "groups": "Points", "groups_hint": "one a line, all have to occur; other spellings of a point after |", "must_not": "Must not occur", "must_not_hint": "one a line, may be empty", "accept": "Accepted correction", "accept_hint": "only where it must be refused: a reply that corrects the false premise with these passes too",
    "evidence": "Clauses it rests on", "evidence_hint": "copied word for word; checked when you save", "from_answer": "Choose from what the answer cited", "document": "Document", "quote": "Words of the document", "before_turns": "Earlier in the conversation", "asked": "Q", "answered": "A",
    "no_disliked": "Nothing is waiting.", "thumbs": "{helpful} found helpful; of the others {open} are open, {made} became known questions, {dismissed} were laid aside.", "make_question": "Make a known question", "dismiss": "Lay aside", "hidden_answer": "This answer cites documents you do not see.",
    "reason_": "", "reason_wrong_answer": "wrong answer", "reason_incomplete": "incomplete", "reason_wrong_source": "wrong source", "reason_should_refuse": "should be refused", "reason_should_answer": "should be answered", "reason_other": "other", "no_reply": "no answer",
    "delete_sure": "Delete it",
}  # fmt: skip

_ENGLISH_ERRORS: Mapping[str, str] = {
    "bad_known_question": "The question cannot be kept so: it needs points and evidence, a kind that fits, and no empty or very long parts.", "quote_not_found": "The evidence does not stand in that document word for word, or there is no such document.",
    "gold_fails": "The known answer does not fulfil its own points.", "unknown_known_question": "There is no such question any more.", "unknown_run": "There is no such run any more.", "run_going_on": "A run is going on; wait for it or cancel it.",
    "no_known_questions": "There is nothing to ask.", "bad_questions_file": "That is no file of questions.", "unknown_judgement": "The judgement was taken back.",
}  # fmt: skip

_KINDS: Mapping[str, tuple[str, str]] = {
    "lead": ("牵头单位", "lead unit"), "support": ("配合单位", "supporting units"), "deadline": ("时限", "deadline"), "number": ("数字", "figure"), "list": ("列举", "list"), "definition": ("定义", "definition"),
    "measure": ("措施", "measure"), "contact": ("联系方式", "contact"), "meta": ("文件信息", "about a document"), "yesno": ("是否", "yes or no"), "compare": ("比较", "comparison"), "count": ("计数", "count"), "reverse": ("反查任务", "tasks of a unit"),
    "follow_up": ("追问", "follow-up"), "unanswerable": ("应拒答", "must be refused"), "other": ("其他", "other"),
}  # fmt: skip


def kind_name(kind: str, w: Words) -> str:
    return _KINDS.get(kind, (kind, kind))[w.language == "en"]


WORDS: Mapping[Language, Words] = {
    "zh": Words(TEXTS["zh"], CHINESE, {}),
    "en": Words(TEXTS["en"], ENGLISH, _ENGLISH_ERRORS),
}
