"""What a web page of a government site consists of, as data: which elements are site furniture, which hold the document.

Names of classes and ids are compared word by word (`id="leftMenu-2"` is left, menu, 2), so that `navigate-plan` is no navigation.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _words(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)

# Never part of a document.
DROPPED_TAGS = _words(
    "script style noscript template head title nav footer aside iframe object embed applet audio video canvas svg map button select"
    " input textarea datalist progress meter dialog del"
)

# Tags that a page may leave open, and those that cannot nest to any depth.
SHALLOW_TAGS = _words(
    "p li dt dd tr td th thead tbody tfoot option optgroup colgroup rt rp br hr img input meta link area base col embed param source"
    " track wbr html head body a b big code em font i nobr s small strike strong tt u span"
)

# Site furniture when it stands as a word in a class or id.
FURNITURE_WORDS = _words(
    "nav navbar navigation menu submenu topmenu breadcrumb breadcrumbs crumb crumbs footer foot bottombar sidebar sidenav share sharing"
    " bdsharebuttonbox bshare jiathis copyright pagination pager pagebar paging related relevant recommend recommended searchbox"
    " login toolbar qrcode ewm erweima dqwz friendlink friendlinks comment comments advert advertisement weixin wechat weibo"
    " prevnext topbar backtop gotop sitemap"
)

# Where widespread site systems put the document: standard ids and classes, the most specific first.
CONTENT_SELECTORS = (
    "#UCAP-CONTENT",
    "#zoom",
    "#Zoom",
    "#vsb_content",
    ".TRS_Editor",
    ".trs_editor_view",
    ".TRS_UEDITOR",
    ".view.TRS_UEDITOR",
    ".wp_articlecontent",
    ".pages_content",
    ".article-content",
    ".article_content",
    ".news_content",
    ".xxgk_content",
    ".zwgk_content",
    "#content",
    ".content",
    "article",
    "main",
)

# Labels of the block of document data that stands beside the text.
CARD_LABELS = re.compile(
    r"索\s*引\s*号|发布机构|发文机[关构]|发文字号|文\s*号|成文日期|发文日期|生成日期|发布日期|公开日期|主题分类|组配分类|体裁分类|公文种类"
    r"|公开方式|公开范围|信息来源|有\s*效\s*性|效力状态|施行日期|废止日期|信息名称|文件名称"
)

HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])opacity\s*:\s*0(?![.\d])"
    r"|font-size\s*:\s*(?:0(?![.\d])|0?\.\d+\s*p[xt]|0?\.0\d*\s*r?em|[01](?:\.\d+)?\s*p[xt]|2\s*px)|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{3,}"
    r"|(?<![\w-])(?:height|width)\s*:\s*0(?![.\d])[^;]{0,20};.{0,200}overflow\s*:\s*hidden",
    re.IGNORECASE,
)
WHITE_STYLE = re.compile(r"(?<![\w-])color\s*:\s*(?:#f{3}(?:f{3})?(?![0-9a-f])|white|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.IGNORECASE)
BACKGROUND = re.compile(r"background(?:-color)?\s*:(?!\s*(?:#f{3}(?:f{3})?(?![0-9a-f])|white|none|transparent)\s*(?:;|$))", re.IGNORECASE)

# Names that the makers of pages run together: leftmenu, footerlink, topbar.
_COMPOUND = re.compile(r"(?:left|right|side|top|main|sub|foot|footer|bottom|head|header|friend)(?:nav|menu|bar|links?|box)")

# Whole lines, in narrow characters, above and below a document that belong to the site.
ABOVE = re.compile(
    r"(?:无障碍\S{0,6}|长者\S{0,4}|关怀\S{0,4}|登录|注册|简体|繁体|English|EN|移动版|手机版|设为首页|加入收藏|首页|网站支持IPv6|我的收藏|智能\S{0,4}|[|·/,\s])+|今天是.{0,40}"
    r"|(?:您|你)?(?:现在|当前)?的?(?:所在)?位置\s?[:>].{0,120}",
    re.IGNORECASE,
)
BELOW = re.compile(
    r"(?:分享到?|一键分享)\s?[:]?.{0,60}|(?:相关|友情|快速|政策)(?:链接|阅读|文章|新闻|文件|解读|推荐|信息|导航)\s?[:]?.{0,120}|(?:延伸|推荐)阅读.{0,60}"
    r"|.{0,80}(?:网站地图|网站标识码|ICP备|公网安备|浏览器版本|最佳浏览|版权所有|无障碍).{0,120}|您是第.{0,20}位访客.{0,20}|(?:保存|打印|关闭|返回|顶部|收藏|\s){2,20}"
    r"|扫一扫.{0,40}|[【\[(]?(?:打印|关闭|返回)\S{0,4}[】\])]?"
)

# What stands between a title and its text in one line, and the parts of it that are buttons and counters.
LINE_LABELS = re.compile(r"(?:信息)?来源\s?[:：]|(?:发布|更新|生成|成文|公开)(?:时间|日期)\s?[:：]|(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s?[:：]|字[体号]\s?[:：]|(?:作者|编辑)\s?[:：]|[【\[]打印")
BUTTONS = re.compile(
    r"\s*(?:(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s?[:：]\s?[\d,]*\s?次?|字[体号]\s?(?:大小)?[:：]?\s?[\[【(（]?\s*(?:[大中小特超]\s*[|｜]?\s*){2,5}[\]】)）]?"
    r"|[【\[]\s?(?:打印|关闭|收藏|分享)\S{0,4}\s?[】\]]|分享到?[:：]?$)"
)

# Tags that only style. They are taken out before parsing: a thousand unclosed ones multiply into millions of elements.
STYLING = re.compile(r"</?(?:b|big|code|em|font|i|nobr|small|strong|tt|u)(?=[\s/>])[^<>]*>", re.IGNORECASE)
STRUCK = frozenset(("s", "strike"))

_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")
_SITE = re.compile(r"\s*(?:[_|]|\s[-–—]\s|-)\s*[^_|]{0,30}(?:网|网站|门户|政府|平台|中国|局|委员会|委)\s*$")
_LINKED_FILE = re.compile(r"附件|附表|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)\b", re.IGNORECASE)


def is_furniture(names: str) -> bool:
    """Tell whether the class and id of an element call it site furniture."""
    words = [word.lower() for word in _WORD.findall(names)]
    return any(word in FURNITURE_WORDS or _COMPOUND.fullmatch(word) for word in words)


def without_buttons(line: str) -> str:
    """Part the labels of a line such as 来源:…发布时间:…浏览次数:…, and cut its counters and buttons; other lines stay as they are."""
    if len(line) > 200 or len(LINE_LABELS.findall(line)) < 2:
        return line
    return BUTTONS.sub(" ", LINE_LABELS.sub(r" \g<0>", line)).strip()


def is_linked_file(text: str) -> bool:
    """Tell the list of attachments from a list of other pages."""
    return bool(_LINKED_FILE.search(text))


def without_site_name(title: str) -> str:
    """Cut what `<title>` says about the site: `关于…的通知_某市人民政府` gives `关于…的通知`."""
    shorter = _SITE.sub("", title)
    while shorter != title and len(shorter) >= 6:
        title, shorter = shorter, _SITE.sub("", shorter)
    return title.strip()
