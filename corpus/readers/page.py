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

HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)

# Tags that only style. They are taken out before parsing: a thousand unclosed ones multiply into millions of elements.
STYLING = re.compile(r"</?(?:b|big|code|em|font|i|nobr|small|strong|tt|u)(?=[\s/>])[^<>]*>", re.IGNORECASE)
STRUCK = frozenset(("s", "strike"))

_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")
_SITE = re.compile(r"\s*(?:[_|]|\s[-–—]\s|-)\s*[^_|]{0,30}(?:网|网站|门户|政府|平台|中国|局|委员会|委)\s*$")
_LINKED_FILE = re.compile(r"附件|附表|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)\b", re.IGNORECASE)


def is_furniture(names: str) -> bool:
    """Tell whether the class and id of an element call it site furniture."""
    return any(word.lower() in FURNITURE_WORDS for word in _WORD.findall(names))


def is_linked_file(text: str) -> bool:
    """Tell the list of attachments from a list of other pages."""
    return bool(_LINKED_FILE.search(text))


def without_site_name(title: str) -> str:
    """Cut what `<title>` says about the site: `关于…的通知_某市人民政府` gives `关于…的通知`."""
    shorter = _SITE.sub("", title)
    while shorter != title and len(shorter) >= 6:
        title, shorter = shorter, _SITE.sub("", shorter)
    return title.strip()
