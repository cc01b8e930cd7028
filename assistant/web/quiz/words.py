"""Every word of the quiz pages, in Chinese and in English. Questions, clauses and titles stay in their own language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.quiz.types import KIND_NAMES, Kind
from assistant.web import words
from assistant.web.texts import TEXTS, Language

CHINESE: Mapping[str, str] = {
    "quizzes": "出题组卷",
    "intro": "从文件中出题,每题的答案都有条款为证。", "new_paper": "新试卷", "title": "试卷名称", "documents": "文件", "all_documents": "不选即全部文件",
    "filter": "筛选", "sections": "章节", "units": "单位", "any": "不限", "choose_documents": "请先选择文件,再选章节和单位。", "topics": "领域或关键词", "topics_hint": "如:消防、燃气;用顿号隔开",
    "count": "题数", "kinds": "题型", "kinds_hint": "数量留空则自动分配", "automatic": "自动", "difficulty": "难度", "to": "到", "more": "更多",
    "seed": "随机种子", "seed_hint": "同样的种子出同样的卷子,命令行也一样", "make": "生成试卷", "papers": "已有试卷", "no_papers": "还没有试卷。", "templates": "模板",
    "no_templates": "还没有模板。", "template_name": "模板名称", "save_template": "存为模板", "load": "使用", "delete": "删除", "template_saved": "模板已保存。",
    "documents_gone": "模板里的部分文件已不在文件库中,已略去。", "questions": "{count} 题", "marks": "满分 {total} 分", "made_at": "{when} 生成", "each": "每题 {points} 分,共 {count} 题",
    "seed_is": "种子 {seed}", "rename": "改名", "save": "保存", "cancel": "取消", "lock": "锁定", "unlock": "解除锁定", "locked": "已锁定", "swap": "换一题", "edit": "编辑",
    "edited": "已修改", "edited_hint": "经人工修改,请自行核对答案与依据", "key": "答案", "proof": "答案与依据", "clause": "原文依据", "open_source": "看原文", "page": "第 {page} 页",
    "stale": "文件已更新或移除,依据可能已变,请换题", "stale_paper": "有 {count} 题的依据已变动,导出前请换掉:第 {numbers} 题。",
    "stem": "题干", "option": "选项 {letter}", "right": "正确", "accepted": "可接受的答案(每行一个)", "points_list": "答题要点(每行一个)", "steps": "步骤(按正确顺序,每行一个)",
    "left": "左边 {n}", "partner": "对应的右边", "regenerate": "重出未锁定的题", "regenerate_hint": "锁定的 {count} 题保留,其余重新出。", "export": "导出", "format": "格式", "versions": "卷数",
    "versions_hint": "A、B 卷题目相同,顺序不同", "layout": "表格样式", "download": "下载", "practise": "练习", "practise_hint": "逐题作答,立即看到对错和条款。", "mock": "模拟考试", "mock_hint": "限时作答,交卷后看成绩。",
    "minutes": "限时(分钟,0 为不限)", "share": "发给学员", "share_hint": "学员凭链接或二维码作答,不用注册,只能看到这份试卷。链接里的试卷是现在的样子,以后修改不影响它。", "mode": "方式", "practice": "练习", "exam": "考试",
    "days": "有效期(天)", "review": "交卷后显示答案和依据", "make_link": "生成链接", "link": "链接", "copy": "复制", "copied": "已复制", "qr": "二维码", "close_link": "关闭", "closed": "已关闭", "expired": "已过期",
    "open_until": "{when} 前有效", "local_only": "本服务只在这台电脑上可用,别人打不开这个链接。要发给学员,请用 --host 0.0.0.0 启动。", "results": "成绩", "results_csv": "下载成绩表 (csv)", "no_results": "还没有人作答。",
    "person": "姓名", "unit": "单位", "unit_optional": "单位(可不填)", "state": "状态", "started": "开始", "finished": "交卷", "score": "得分", "duration": "用时", "going_on": "作答中", "own": "本机", "answers": "答卷",
    "mistakes": "错题组卷", "mistakes_title": "错题:{person}", "mistakes_of": "{person} 的错题", "by_question": "各题得分率", "rate": "{rate}%", "delete_paper": "删除试卷", "delete_hint": "链接和成绩会一起删除,不能恢复。", "delete_sure": "确认删除",
    "back_to_papers": "全部试卷", "back_to_paper": "回到试卷", "only": "题目不足", "begin": "开始作答", "begin_exam": "开始考试", "limit": "限时 {minutes} 分钟,开始后计时,时间到自动交卷。", "no_limit": "不限时。", "within": "限时 {minutes} 分钟", "going_practice": "逐题作答,每题立即看到对错和条款。",
    "your_name": "姓名", "submit": "交卷", "submit_hint": "还有 {count} 题没有作答。", "left_time": "剩余", "check": "提交本题", "next": "下一题", "previous": "上一题", "finish": "完成练习", "question_n": "第 {n} 题", "of_n": "共 {n} 题",
    "correct": "答对了", "partly": "部分正确", "wrong": "答错了", "your_answer": "您的答案", "no_answer": "未作答", "right_answer": "正确答案", "your_score": "得分 {points} / {total}", "right_count": "答对 {right} 题,共 {count} 题",
    "again_mistakes": "再练错题", "again": "再练一遍", "no_review": "本次考试不公布答案。", "points": "{points} 分", "choose_one": "请选择", "position": "第 {n} 位", "place": "顺序", "write_here": "在此作答", "saved": "已保存", "not_saved": "没有保存成功,请检查网络",
    "time_over_note": "时间已到,已按已保存的答案计分。", "progress": "已答 {done} / {count}", "all_right": "全部答对。",
    "help_multiple": "可选多项", "help_order": "为每一项选定先后", "help_match": "为左边每一项选右边对应的一项", "help_short": "写出全部要点", "auto_graded": "简答题按要点自动判分。",
    "loading": "正在读取…", "working": "正在出题…", "available": "可出 {count} 题以上", "saved_ok": "已保存。", "review_marks": "阅卷",
    "retake": "可用同一链接再次作答,每次都会记录。", "resume": "您有一份没有做完的答卷。", "resume_go": "接着作答", "section_of": "{document}的章节",
}  # fmt: skip

ENGLISH: Mapping[str, str] = {
    "quizzes": "Quizzes",
    "intro": "Questions from the documents, each key proven by a clause.", "new_paper": "New paper", "title": "Title", "documents": "Documents", "all_documents": "none chosen: all",
    "filter": "Filter", "sections": "Sections", "units": "Units", "any": "any", "choose_documents": "Choose documents first, then sections and units.", "topics": "Fields or words", "topics_hint": "for example 消防、燃气; separated by commas",
    "count": "Questions", "kinds": "Kinds", "kinds_hint": "leave a number empty to spread", "automatic": "auto", "difficulty": "Difficulty", "to": "to", "more": "More",
    "seed": "Seed", "seed_hint": "the same seed makes the same paper, on the command line too", "make": "Make the paper", "papers": "Papers", "no_papers": "No papers yet.", "templates": "Templates",
    "no_templates": "No templates yet.", "template_name": "Name of the template", "save_template": "Save as template", "load": "Use", "delete": "Delete", "template_saved": "The template is saved.",
    "documents_gone": "Some documents of the template are no longer in the library and were left out.", "questions": "{count} questions", "marks": "{total} marks", "made_at": "made {when}", "each": "{count} questions, {points} marks each",
    "seed_is": "seed {seed}", "rename": "Rename", "save": "Save", "cancel": "Cancel", "lock": "Lock", "unlock": "Unlock", "locked": "Locked", "swap": "Swap", "edit": "Edit",
    "edited": "Edited", "edited_hint": "edited by hand: check key and source yourself", "key": "Key", "proof": "Key and source", "clause": "Source", "open_source": "Open the document", "page": "page {page}",
    "stale": "the document has changed or is gone, the source may no longer hold; swap this question", "stale_paper": "The source of {count} questions has changed; swap them before exporting: {numbers}.",
    "stem": "Question", "option": "Option {letter}", "right": "right", "accepted": "Accepted answers, one a line", "points_list": "Points to be named, one a line", "steps": "Steps in the right order, one a line",
    "left": "Left {n}", "partner": "Its partner", "regenerate": "Make the others anew", "regenerate_hint": "Locked questions stay: {count}.", "export": "Export", "format": "Format", "versions": "Versions",
    "versions_hint": "A and B: same questions in another order", "layout": "Layout of the sheet", "download": "Download", "practise": "Practise", "practise_hint": "One question at a time, with key and clause at once.", "mock": "Mock exam", "mock_hint": "Against the clock, with the score at the end.",
    "minutes": "Minutes (0: no limit)", "share": "Hand out", "share_hint": "Participants use the link or the QR code without an account and see this paper only. The link holds the paper as it is now.", "mode": "Mode", "practice": "Practice", "exam": "Exam",
    "days": "Valid for days", "review": "Show key and source after the exam", "make_link": "Make a link", "link": "Link", "copy": "Copy", "copied": "Copied", "qr": "QR code", "close_link": "Close", "closed": "closed", "expired": "expired",
    "open_until": "open until {when}", "local_only": "This server can be reached from this computer only; nobody else can open the link. Start it with --host 0.0.0.0 to hand papers out.", "results": "Results", "results_csv": "Download results (csv)", "no_results": "Nobody has answered yet.",
    "person": "Name", "unit": "Unit", "unit_optional": "Unit (optional)", "state": "State", "started": "Begun", "finished": "Handed in", "score": "Score", "duration": "Time", "going_on": "in progress", "own": "this computer", "answers": "Answers",
    "mistakes": "Paper of mistakes", "mistakes_title": "错题:{person}", "mistakes_of": "Mistakes of {person}", "by_question": "Marks reached by question", "rate": "{rate}%", "delete_paper": "Delete the paper", "delete_hint": "Its links and results go with it and cannot be brought back.", "delete_sure": "Delete it",
    "back_to_papers": "All papers", "back_to_paper": "Back to the paper", "only": "Fewer questions", "begin": "Begin", "begin_exam": "Begin the exam", "limit": "{minutes} minutes from the moment you begin; then it is handed in.", "no_limit": "No time limit.", "within": "{minutes} minutes", "going_practice": "One question at a time, with key and clause at once.",
    "your_name": "Your name", "submit": "Hand in", "submit_hint": "{count} questions are still open.", "left_time": "Left", "check": "Check", "next": "Next", "previous": "Previous", "finish": "Finish", "question_n": "Question {n}", "of_n": "of {n}",
    "correct": "Right", "partly": "Partly right", "wrong": "Wrong", "your_answer": "Your answer", "no_answer": "none", "right_answer": "Right answer", "your_score": "{points} of {total} marks", "right_count": "{right} of {count} questions right",
    "again_mistakes": "Practise the mistakes", "again": "Practise again", "no_review": "The key of this exam is not shown.", "points": "{points} marks", "choose_one": "choose", "position": "Place {n}", "place": "Order", "write_here": "Write here", "saved": "Saved", "not_saved": "Not saved, check the network",
    "time_over_note": "The time was up; what had been saved was marked.", "progress": "{done} of {count} answered", "all_right": "All right.",
    "help_multiple": "more than one", "help_order": "choose what comes first, second, …", "help_match": "choose the partner of each", "help_short": "name all points", "auto_graded": "Short answers are marked by their points.",
    "loading": "Loading…", "working": "Making questions…", "available": "{count} or more possible", "saved_ok": "Saved.", "review_marks": "Review",
    "retake": "The same link may be used again; each time is recorded.", "resume": "You have a paper that is not finished.", "resume_go": "Go on", "section_of": "Sections of {document}",
}  # fmt: skip

_ENGLISH_KINDS: Mapping[Kind, str] = {
    "single": "Single choice", "multiple": "Multiple choice", "true_false": "True or false", "fill": "Fill in",
    "short": "Short answer", "match": "Matching", "order": "Ordering", "case": "Case",
}  # fmt: skip
_LEVELS: Mapping[Language, tuple[str, ...]] = {"zh": ("易", "较易", "中", "较难", "难"), "en": ("very easy", "easy", "medium", "hard", "very hard")}
_FORMATS: Mapping[str, tuple[str, str]] = {
    "docx": ("Word:试卷、答题卡、答案", "Word: paper, answer sheet, key"),
    "xlsx": ("Excel 工作簿", "Excel workbook"),
    "html": ("网页(可打印)", "Web page (printable)"),
    "pdf": ("PDF", "PDF"),
    "text": ("纯文本", "Plain text"),
    "json": ("JSON", "JSON"),
    "gift": ("GIFT (Moodle)", "GIFT (Moodle)"),
    "moodle": ("Moodle XML", "Moodle XML"),
    "qti": ("QTI 题库包", "QTI package"),
    "anki": ("Anki 卡片", "Anki deck"),
}
# Errors that a trainer or a participant meets while all is well otherwise; of others the Chinese message is shown.
_ENGLISH_ERRORS: Mapping[str, str] = {
    "unknown_paper": "There is no such paper; it may have been deleted.", "unknown_share": "There is no such link. Check it with whoever sent it.",
    "unknown_sitting": "You have not begun yet. Enter your name first.", "share_closed": "This link has been closed.", "share_expired": "This link has expired.",
    "time_over": "The time is up.", "sitting_finished": "The paper has been handed in.", "already_answered": "This question has been answered.",
    "bad_response": "The answer is missing or not one of the choices.", "no_other_item": "There is no other question to put in its place.",
    "bad_edit": "This cannot be saved as a question: check options, key and lengths.", "bad_person": "Enter a name of at most 40 characters.", "bad_title": "Enter a title of at most 80 characters.",
    "bad_template": "Enter a name of at most 80 characters.", "changed_meanwhile": "The paper was changed in another window. Load the page again.", "quizzes_off": "Quiz pages are not open from here.",
    "no_mistakes": "There are no mistakes.", "unknown_kind": "Choose at least one kind.", "bad_count": "The number of questions is not possible.", "bad_difficulty": "Difficulty goes from low to high.",
    "unknown_unit": "No task of this unit in what was chosen.", "unknown_section": "No such section in what was chosen.", "no_items": "No question can be made from what was chosen.",
    "stale_source": "The documents have changed since; swap the questions marked so.", "bad_share": "Minutes go up to 600, days up to 365.",
    "unknown_item": "There is no such question any more.", "empty_library": "The library is empty; add documents first.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words(words.Words):
    """The words of quiz pages in one language, with the names of kinds, levels and formats."""

    def kind(self, kind: Kind) -> str:
        return KIND_NAMES[kind] if self.language == "zh" else _ENGLISH_KINDS[kind]

    def level(self, difficulty: int) -> str:
        return _LEVELS[self.language][difficulty - 1]

    def format(self, name: str) -> str:
        return _FORMATS.get(name, (name, name))[self.language == "en"]


WORDS: Mapping[Language, Words] = {
    "zh": Words(TEXTS["zh"], CHINESE, {}),
    "en": Words(TEXTS["en"], ENGLISH, _ENGLISH_ERRORS),
}


def marks(points: float) -> str:
    """Say marks without needless digits: 7, 7.5."""
    return f"{points:.1f}".rstrip("0").rstrip(".")
