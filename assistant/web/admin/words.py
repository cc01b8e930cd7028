"""The words of the administration pages in two languages."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.web.texts import TEXTS, Language
from assistant.web.words import Words

_CHINESE = {
    "lead": "账号、文件集、密钥、审计、存储、备份和设置。这里的每个改动都记入审计日志。",
    "overview": "概览", "people": "账号", "collections": "文件集", "keys": "密钥", "log": "审计日志", "health": "存储与状态", "backup": "备份", "settings": "设置",
    "tabs": "管理的各部分", "cancel": "取消", "yes": "确认", "sure": "确认操作", "save": "保存", "add": "添加", "remove": "删除", "open": "查看", "none": "没有",
    "name": "名称", "role": "角色", "state": "状态", "made": "建立时间", "active": "可用", "disabled": "已停用", "you": "您自己",
    "visitor": "访客", "reader": "读者", "editor": "编辑", "administrator": "管理员",
    "visitor_hint": "不登录,只能提问", "reader_hint": "提问、历史、做题、导出", "editor_hint": "另可上传、更正、出题、测评", "administrator_hint": "全部权限",
    "done": "已完成。", "people_lead": "每人一个账号。角色决定能做什么,文件集决定能看到什么。", "new_person": "新建账号", "no_people": "还没有账号。",
    "accounts_off": "现在没有启用账号:凡是能打开本机这个网页的人都是唯一的本机用户,拥有全部权限。",
    "accounts_how": "建立第一个管理员账号后即启用登录,其他账号由他建立。别人要能从网络访问,必须先启用。初始密码只显示一次,请先记下再继续。",
    "first": "建立第一个管理员并启用登录",
    "password_once": "“{name}”的初始密码是下面这一行,只显示这一次。请当面或用安全的方式交给本人,并请他登录后在“账号”页修改。",
    "person_of": "账号“{name}”", "change_role": "更改角色", "role_note": "更改后,此人现有的登录全部结束。", "new_password": "重设密码",
    "new_password_note": "生成一个新的初始密码,只显示一次;现有的登录全部结束。", "sessions": "登录", "no_sessions": "现在没有登录。",
    "session_since": "登录于 {since},最近使用 {seen}", "end_sessions": "结束全部登录", "disable": "停用账号", "enable": "重新启用",
    "disable_note": "停用后不能登录,密钥也失效;可以随时重新启用。", "remove_person": "删除账号",
    "remove_person_note": "账号连同它的登录、密钥和授权一起删除,不能恢复。", "sees": "能看到", "everything": "全部文件集",
    "collections_lead": "文件集决定谁能看到哪些文件。没有授权的文件,对此人来说就像不存在:回答、检索、清单、出题和导出里都没有。",
    "new_collection": "新建文件集", "documents_n": "{n} 份文件", "who_sees": "谁能看到", "only_admins": "只有管理员", "default": "默认",
    "collection_of": "文件集“{name}”", "rename": "改名", "grant": "授权", "grant_role": "一种角色(及更高的角色)", "grant_person": "一个账号", "revoke": "收回",
    "visitors_note": "授权给“访客”,就是让任何能打开网页的人不登录也能看到这个文件集;收回全部访客授权,访客就不能进来。",
    "role_and_up": "{role}及以上", "documents_in": "其中的文件", "filter": "筛选", "documents_note": "勾选的文件属于这个文件集。一份文件可以同时在几个文件集里,至少在一个里。",
    "remove_collection": "删除文件集", "remove_collection_note": "只在这个文件集里的文件转到默认文件集;授权随之消失。不能恢复。", "changed_n": "放入 {put} 份,移出 {taken} 份。",
    "keys_lead": "程序用密钥代替登录,权限不超过其账号。密钥只在建立时显示一次。", "new_key": "新建密钥", "key_person": "所属账号", "scopes": "范围",
    "read": "读取文件和任务", "ask": "提问和检索", "upload": "上传和移除文件", "days": "有效天数", "until": "有效期至 {when}", "expired": "已过期", "revoked": "已作废",
    "revoke_key": "作废", "revoke_key_note": "密钥“{name}”立即失效,用它的程序不能再连接。不能恢复。",
    "key_once": "新密钥如下,只显示这一次。程序在请求头里发送: Authorization: Bearer 密钥", "no_keys": "还没有密钥。", "keys_need_people": "有了账号以后才能建立密钥。",
    "log_lead": "谁在何时改动了什么。每行都由前一行的摘要封住,改动、删除或移动任何一行都能查出。", "when": "时间", "who": "谁", "what": "做了什么", "about": "对象", "detail": "详情",
    "any": "全部", "search": "查找", "from": "自", "to": "至", "check_chain": "核对链条", "chain_fine": "链条完整:共 {n} 行,没有一行被改动、删除或移动。",
    "chain_broken": "链条断了:有记录被改动、删除或移动。请与备份比较。", "csv": "导出 csv", "lines": "{n} 行", "newer": "更新的", "older": "更早的", "no_lines": "没有这样的记录。",
    "health_lead": "资料库有多大,各部分是什么版本,还有多少空间,上次备份在什么时候。", "library": "资料库", "documents": "文件", "passages": "段落", "accounts_n": "账号",
    "generation": "资料库第几次改动", "index_generation": "索引对应第几次改动", "encoder": "编码器", "catalog_size": "目录文件", "index_size": "索引文件", "free": "空闲空间",
    "last_backup": "上次备份", "never": "还没有", "versions": "各部分的版本", "stale": "需要重新解析的文件", "in_step": "与资料库一致", "not_in_step": "下次提问时更新",
    "verify": "检查资料库", "verify_note": "读取全部文件和索引,核对每个摘要和每处引文的位置。大的资料库要几分钟,期间照常回答问题。", "verify_fine": "检查完毕,没有发现问题。", "verify_found": "发现 {n} 个问题:",
    "backup_lead": "备份是资料库目录的完整拷贝,索引可由它重建。备份期间照常使用。", "backup_now": "立即备份", "backup_where": "备份存放在资料库文件夹的 backups 子文件夹里;请定期拷贝到别的磁盘。",
    "backup_secret": "备份含有全部文件和账号(密码只有摘要),请像资料库本身一样保管。", "download": "下载", "no_backups": "还没有备份。", "size": "大小",
    "backup_done": "备份完成:{name}", "remove_backup": "删除备份", "remove_backup_note": "删除“{name}”后不能恢复。", "restore_how": "恢复备份要先停止服务,再执行: policy-assistant restore 备份文件",
    "settings_lead": "这些设置项可以在运行时更改,立即生效,重启后仍然有效。其余的(文件夹、地址、模型)要改设置文件并重启。", "now": "现在", "started": "启动时 {value}", "as_started": "恢复启动时的值",
    "changed": "已更改", "setting_saved": "“{name}”已更改,立即生效。", "allowed": "可用: {what}",
    "choice_auto": "自动", "choice_on": "开", "choice_off": "关", "choice_zh": "中文", "choice_en": "英文",
}  # fmt: skip
_ENGLISH = {
    "lead": "Accounts, collections, keys, audit trail, storage, backups, settings. Every change made here is in the audit trail.",
    "overview": "Overview", "people": "People", "collections": "Collections", "keys": "Keys", "log": "Audit trail", "health": "Health", "backup": "Backups", "settings": "Settings",
    "tabs": "Parts of the administration", "cancel": "Cancel", "yes": "Confirm", "sure": "Please confirm", "save": "Save", "add": "Add", "remove": "Remove", "open": "Open", "none": "None",
    "name": "Name", "role": "Role", "state": "State", "made": "Made", "active": "active", "disabled": "disabled", "you": "you",
    "visitor": "Visitor", "reader": "Reader", "editor": "Editor", "administrator": "Administrator",
    "visitor_hint": "without login, may only ask", "reader_hint": "asks, history, takes quizzes, exports", "editor_hint": "also uploads, corrects, makes quizzes, evaluates", "administrator_hint": "everything",
    "done": "Done.", "people_lead": "An account for everybody. The role says what somebody may do, the collections what he sees.", "new_person": "New account", "no_people": "There are no accounts yet.",
    "accounts_off": "Accounts are off: whoever can open this page on this machine is the one local person and may do everything.",
    "accounts_how": "With the first administrator people have to log in; he makes the other accounts. Needed before others can reach this server. The first password is shown once only: write it down before you go on.",
    "first": "Make the first administrator and turn accounts on",
    "password_once": "The first password of {name} is below, shown this once only. Hand it over in person or by a safe way and ask for it to be changed on the page “Account”.",
    "person_of": "Account {name}", "change_role": "Role", "role_note": "A change ends everything this account is logged in with.", "new_password": "New password",
    "new_password_note": "Makes a new first password, shown once; all logins end.", "sessions": "Logins", "no_sessions": "Not logged in now.",
    "session_since": "since {since}, last used {seen}", "end_sessions": "End all logins", "disable": "Disable account", "enable": "Enable again",
    "disable_note": "A disabled account cannot log in and its keys do not hold; it can be enabled again at any time.", "remove_person": "Remove account",
    "remove_person_note": "The account goes with its logins, keys and grants. This cannot be undone.", "sees": "Sees", "everything": "all collections",
    "collections_lead": "Collections say who sees which documents. What is not granted does not exist for somebody: not in answers, searches, lists, quizzes or exports.",
    "new_collection": "New collection", "documents_n": "{n} documents", "who_sees": "Who sees it", "only_admins": "administrators only", "default": "default",
    "collection_of": "Collection {name}", "rename": "Rename", "grant": "Grant", "grant_role": "A role (and every higher one)", "grant_person": "One account", "revoke": "Take back",
    "visitors_note": "Granted to visitors, a collection is open to everybody who reaches this page, without login. Where visitors are granted nothing they do not come in.",
    "role_and_up": "{role} and above", "documents_in": "Its documents", "filter": "Filter", "documents_note": "The ticked documents are in this collection. A document may be in several, and is in at least one.",
    "remove_collection": "Remove collection", "remove_collection_note": "Documents that are in no other one go to the default collection; its grants are gone. This cannot be undone.", "changed_n": "{put} put in, {taken} taken out.",
    "keys_lead": "Programs come with a key in place of a login and may do no more than its account. A key is shown once, when it is made.", "new_key": "New key", "key_person": "Account", "scopes": "Good for",
    "read": "reading documents and tasks", "ask": "asking and searching", "upload": "sending and removing files", "days": "Days it holds", "until": "until {when}", "expired": "expired", "revoked": "revoked",
    "revoke_key": "Revoke", "revoke_key_note": "The key {name} ends at once; programs that use it can no longer connect. This cannot be undone.",
    "key_once": "The new key is below, shown this once only. Programs send it in a header: Authorization: Bearer KEY", "no_keys": "There are no keys yet.", "keys_need_people": "Keys belong to accounts; there are none yet.",
    "log_lead": "Who changed what and when. Each line is sealed with the digest of the one before, so that one altered, removed or moved is found.", "when": "When", "who": "Who", "what": "What", "about": "About", "detail": "Details",
    "any": "All", "search": "Search", "from": "From", "to": "To", "check_chain": "Check the chain", "chain_fine": "The chain holds: {n} lines, none altered, removed or moved.",
    "chain_broken": "The chain is broken: a line was altered, removed or moved. Compare with a backup.", "csv": "Export csv", "lines": "{n} lines", "newer": "Newer", "older": "Older", "no_lines": "There are no such lines.",
    "health_lead": "How large the library is, which versions its parts have, how much space is left, when it was last backed up.", "library": "Library", "documents": "Documents", "passages": "Passages", "accounts_n": "Accounts",
    "generation": "Changes of the library so far", "index_generation": "Changes the index knows", "encoder": "Encoder", "catalog_size": "Catalog", "index_size": "Index", "free": "Free space",
    "last_backup": "Last backup", "never": "never", "versions": "Versions", "stale": "Documents to be parsed again", "in_step": "in step", "not_in_step": "brought up to date at the next question",
    "verify": "Check the library", "verify_note": "Reads all files and the index, compares every digest and the place of every quote. Some minutes for a large library; questions are answered meanwhile.", "verify_fine": "Checked; nothing is wrong.", "verify_found": "{n} problems:",
    "backup_lead": "A backup is a whole copy of the catalog; the index can be made from it. The library stays in use meanwhile.", "backup_now": "Back up now", "backup_where": "Backups lie in the folder “backups” of the library; copy them to another disk now and then.",
    "backup_secret": "A backup holds all documents and accounts (of passwords only digests): keep it as safe as the library itself.", "download": "Download", "no_backups": "There are no backups yet.", "size": "Size",
    "backup_done": "Backed up: {name}", "remove_backup": "Remove backup", "remove_backup_note": "{name} will be gone for good.", "restore_how": "To restore one, stop the server and run: policy-assistant restore FILE",
    "settings_lead": "These can be changed while the program runs; they count at once and after a restart. The others (folders, address, models) are changed in the settings file, with a restart.", "now": "Now", "started": "at the start {value}", "as_started": "As at the start",
    "changed": "changed", "setting_saved": "{name} was changed and counts at once.", "allowed": "Allowed: {what}",
    "choice_auto": "automatic", "choice_on": "on", "choice_off": "off", "choice_zh": "Chinese", "choice_en": "English",
}  # fmt: skip

ACTIONS: Mapping[str, tuple[str, str]] = {
    "user_added": ("建立账号", "account made"), "user_role": ("更改角色", "role changed"), "user_disabled": ("停用账号", "account disabled"),
    "user_enabled": ("启用账号", "account enabled"), "user_password": ("更改密码", "password changed"), "user_removed": ("删除账号", "account removed"),
    "sessions_ended": ("结束登录", "logins ended"), "login": ("登录", "login"), "login_failed": ("登录失败", "failed login"), "logout": ("退出", "logout"),
    "collection_added": ("建立文件集", "collection made"), "collection_renamed": ("文件集改名", "collection renamed"), "collection_removed": ("删除文件集", "collection removed"),
    "collection_put": ("放入文件集", "put into collection"), "collection_take": ("移出文件集", "taken out of collection"), "collection_move": ("移到文件集", "moved to collection"),
    "granted": ("授权", "granted"), "revoked": ("收回授权", "grant taken back"), "key_issued": ("建立密钥", "key made"), "key_revoked": ("作废密钥", "key revoked"),
    "setting_changed": ("更改设置", "setting changed"), "setting_given_back": ("恢复设置", "setting as at the start"),
    "backup_made": ("备份", "backup"), "backup_removed": ("删除备份", "backup removed"), "backup_taken": ("下载备份", "backup downloaded"),
    "delete": ("删除文件", "document removed"), "upload": ("上传文件", "document sent"), "correct": ("更正", "corrected"), "undo": ("撤销更正", "correction undone"),
    "supersede": ("认定新旧版本", "editions decided"), "export": ("导出", "export"),
}  # fmt: skip

EXPORTED: Mapping[str, tuple[str, str]] = {
    "tasks": ("任务表", "task matrix"), "conversation": ("对话", "conversation"), "quiz": ("试卷", "paper"), "results": ("成绩表", "results of a paper"),
    "questions": ("已知问题", "known questions"), "trail": ("审计日志", "audit trail"),
}  # fmt: skip

_ENGLISH_ERRORS = {
    "unknown_account": "There is no such account.", "bad_account_name": "A name has 1 to 40 letters, digits and marks.", "account_exists": "There is an account of this name.",
    "last_administrator": "This is the last administrator; make another one first.", "unknown_role": "There is no such role.", "weak_password": "The password is too weak.",
    "bad_collection_name": "A name has 1 to 40 letters, digits and marks.", "collection_exists": "There is a collection of this name.", "unknown_collection": "There is no such collection.",
    "default_collection": "The default collection cannot be removed.", "last_collection": "A document is in no other collection; put it into one first.",
    "unknown_scope": "Say what the key is good for.", "bad_key": "A key holds 1 to 3650 days.", "unknown_key": "There is no such key.", "bad_setting": "This value is not allowed.",
    "bad_path": "The backup could not be written; is the disk full?", "unknown_backup": "There is no such backup.", "server_busy": "A check is running already.",
}  # fmt: skip

WORDS: Mapping[Language, Words] = {"zh": Words(TEXTS["zh"], _CHINESE, {}), "en": Words(TEXTS["en"], _ENGLISH, _ENGLISH_ERRORS)}


def exported_words(w: Words) -> dict[str, str]:
    """Say what kinds of things leave the house as files, by the names that the trail has for them."""
    return {kind: pair[w.language == "en"] for kind, pair in EXPORTED.items()}


def action_word(action: str, w: Words) -> str:
    """Say what was done; an action without a word of its own as it is kept."""
    return ACTIONS.get(action, (action, action))[w.language == "en"]
