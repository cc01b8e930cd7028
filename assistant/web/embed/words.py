"""Every word of the embedded chat page and of the page with its snippets, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.web.texts import TEXTS, Language
from assistant.web.words import Words

CHINESE: Mapping[str, str] = {
    "embedding": "嵌入到网站", "intro": "把问答放到自己的网站上:访客在网页里提问,答案和引文与这里一样,只涉及对访客公开的文件集。", "button_title": "一行代码:右下角的提问按钮", "button_hint": "放在网页 </body> 之前。按钮打开一个小窗口,手机上铺满屏幕。",
    "frame_title": "嵌入框:放在页面里", "frame_hint": "宽度随页面,最窄 320 像素。", "copy": "复制", "copied": "已复制", "preview": "预览", "sites": "允许的网站", "sites_hint": "只有设置项 embed_sites 写明的网站能显示这个页面;写法如 https://www.example.gov.cn,几个之间用空格隔开。",
    "no_sites": "现在没有允许任何网站,代码放上去会是空白。请管理员设置 embed_sites。", "local_only": "本服务只在这台电脑上可用,别的网站的访客打不开。请设好账号,再用 --host 监听其他地址,并把 public_address 设为对外的网址。",
    "nothing_public": "还没有对访客公开的文件集,访客会看到「暂未开放」。请管理员把文件集授权给访客。", "public_documents": "访客能问到 {count} 份文件。", "limit": "每个地址每分钟最多 {count} 个问题(设置项 embed_questions_per_minute)。", "button_label": "政策问答",
    "closed": "这里暂未开放", "closed_hint": "没有对访客公开的文件。", "welcome": "想查哪条政策规定?", "welcome_hint": "答案逐字出自文件,点编号看条款。", "placeholder": "输入您的问题", "send": "提问", "question_label": "问题", "looking": "正在查找原文…", "clear": "重新开始",
    "sources": "原文依据", "nearest": "最接近的条款,供参考", "whole": "看整份文件", "close": "关闭", "clause": "条款", "page_n": "第 {n} 页", "network": "没有连上,请稍后再试。", "refused": "文件中没有找到依据", "clarify": "需要再确认一下", "hint": "答案出自文件原文,请以原文为准。", "log": "对话", "open_n": "查看引文 {n}", "try": "可以这样问",
}  # fmt: skip

ENGLISH: Mapping[str, str] = {
    "embedding": "Embed in a web site", "intro": "Put the assistant on your own web site: visitors ask there and get the same answers and citations, from the collections that are open to visitors only.", "button_title": "One line: a button in the corner", "button_hint": "Put it before </body>. The button opens a small window, on a phone the whole screen.",
    "frame_title": "A frame inside the page", "frame_hint": "As wide as its place, down to 320 pixels.", "copy": "Copy", "copied": "Copied", "preview": "Preview", "sites": "Sites that may show it", "sites_hint": "Only sites named in the setting embed_sites can show this page; written like https://www.example.gov.cn, several with blanks between.",
    "no_sites": "No site may show it yet, the frame would stay empty. Ask an administrator to set embed_sites.", "local_only": "This server can be reached from this computer only; visitors of other sites cannot open it. Set up accounts, listen on another address with --host and set public_address.",
    "nothing_public": "No collection is open to visitors yet; they would see “Not open yet”. Ask an administrator to grant visitors a collection.", "public_documents": "Visitors can ask about {count} documents.", "limit": "At most {count} questions a minute from one address (setting embed_questions_per_minute).", "button_label": "Ask about policies",
    "closed": "Not open yet", "closed_hint": "No documents are open to visitors.", "welcome": "What would you like to look up?", "welcome_hint": "Answers are the documents' own words; a number opens the clause.", "placeholder": "Type your question", "send": "Ask", "question_label": "Question", "looking": "Looking it up…", "clear": "Start again",
    "sources": "Sources", "nearest": "Closest clauses, for reference", "whole": "The whole document", "close": "Close", "clause": "Clause", "page_n": "page {n}", "network": "No connection; please try again later.", "refused": "Not found in the documents", "clarify": "One question back", "hint": "Answers come from the documents; the documents prevail.", "log": "Conversation", "open_n": "Open source {n}", "try": "For example",
}  # fmt: skip

_ENGLISH_ERRORS: Mapping[str, str] = {
    "empty_question": "Please type a question.", "question_too_long": "The question is too long.", "server_busy": "Too many people are asking just now; try again in a moment.",
    "embed_closed": "No documents are open to visitors.",
}  # fmt: skip

WORDS: Mapping[Language, Words] = {
    "zh": Words(TEXTS["zh"], CHINESE, {}),
    "en": Words(TEXTS["en"], ENGLISH, _ENGLISH_ERRORS),
}
