"""Every word of the account pages, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.web.texts import TEXTS, Language
from assistant.web.words import Words

_CHINESE: Mapping[str, str] = {
    "login": "登录", "login_lead": "请用管理员给您的账号登录。", "name": "账号", "password": "密码", "enter": "登录", "visit": "不登录,看公开文件",
    "setup": "第一个管理员", "setup_lead": "这个资料库还没有账号。请填写程序启动时在控制台显示的一次性代码,并建立管理员账号。", "code": "一次性代码",
    "code_hint": "形如 ABCD-EFGH-JKLM-NPQR-STVW", "again": "再输一次密码", "password_hint": "至少 {shortest} 个字符;几个不相干的词连在一起就很好", "create": "建立账号",
    "account": "我的账号", "role": "角色", "visitor": "访客", "reader": "读者", "editor": "编辑", "administrator": "管理员", "sees": "能看到的文件集", "all": "全部",
    "none": "还没有。请联系管理员授权。", "logout": "退出登录", "change": "修改密码", "current": "现在的密码", "new": "新密码", "changed": "密码已修改,其他地方的登录都已结束。",
    "keys": "程序的密钥", "keys_lead": "程序在 Authorization: Bearer 中带上密钥,就以您的名义提问和读取。密钥只显示这一次。", "key_name": "用途", "scopes": "范围",
    "read": "读取文件和任务", "ask": "提问和检索", "upload": "上传和移除文件", "days": "有效期(天)", "issue": "生成密钥", "issued": "新密钥,请现在就复制保存:", "revoke": "收回",
    "until": "{when} 前有效", "revoked": "已收回", "expired": "已过期", "no_keys": "还没有密钥。", "first": "请换成自己的密码",
    "first_lead": "您是用管理员给的初始密码登录的,别人也知道它。请先换成只有自己知道的密码,然后就可以使用了。",
}  # fmt: skip

_ENGLISH: Mapping[str, str] = {
    "login": "Log in", "login_lead": "Use the account your administrator gave you.", "name": "Account", "password": "Password", "enter": "Log in", "visit": "See the public documents without logging in",
    "setup": "First administrator", "setup_lead": "This library has no accounts yet. Enter the one-time code that the program showed on its console when it started, and make the administrator's account.",
    "code": "One-time code", "code_hint": "looks like ABCD-EFGH-JKLM-NPQR-STVW", "again": "Password once more", "password_hint": "at least {shortest} characters; some unrelated words in a row will do", "create": "Make the account",
    "account": "My account", "role": "Role", "visitor": "visitor", "reader": "reader", "editor": "editor", "administrator": "administrator", "sees": "Collections you see", "all": "all",
    "none": "None yet; ask your administrator.", "logout": "Log out", "change": "Change the password", "current": "Present password", "new": "New password", "changed": "The password is changed; you are logged out everywhere else.",
    "keys": "Keys for programs", "keys_lead": "A program that sends a key as Authorization: Bearer asks and reads in your name. A key is shown this once only.", "key_name": "What for", "scopes": "Good for",
    "read": "reading documents and tasks", "ask": "asking and searching", "upload": "sending and removing files", "days": "Valid for days", "issue": "Make a key", "issued": "The new key; copy it now:", "revoke": "Revoke",
    "until": "valid until {when}", "revoked": "revoked", "expired": "expired", "no_keys": "No keys yet.", "first": "Choose a password of your own",
    "first_lead": "You logged in with the first password your administrator gave you, which somebody else knows. Change it to one only you know, then go on.",
}  # fmt: skip

_ENGLISH_ERRORS: Mapping[str, str] = {
    "wrong_login": "Account or password is wrong.", "too_many_guesses": "Too many attempts; wait some minutes.", "wrong_code": "That is not the code.",
    "weak_password": "That password is too short or among the first to be guessed.", "not_the_same": "The two passwords differ.", "account_exists": "There is such an account already.",
    "bad_account_name": "A name has 1 to 40 letters, digits and marks.", "unknown_scope": "Choose what the key is good for.", "bad_key": "A key is valid for 1 to 3650 days.",
    "unknown_key": "There is no such key.", "same_password": "The new password is the present one.",
}  # fmt: skip

WORDS: Mapping[Language, Words] = {"zh": Words(TEXTS["zh"], _CHINESE, {}), "en": Words(TEXTS["en"], _ENGLISH, _ENGLISH_ERRORS)}
