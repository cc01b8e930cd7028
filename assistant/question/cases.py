"""The case a question puts: what somebody did not do (没完成任务怎么处理).

It is lost where only content words count: a verb of everyday offices (完成, 通过, 落实) tells nothing until it is denied.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_NEGLECTED = re.compile(
    r"(?:没有?|没能|未)(?P<done>完成|通过|过(?![㐀-鿿]*[过去])|达到|达标|合格|落实|整改|报送|上报|登记|缴费|缴纳|交费|办理|履行|执行|签字|申请|备案|公示|检查|培训)"
)
_DENIED = ("未{}", "未按期{}", "未按时{}", "未按规定{}", "未按要求{}", "未能{}", "逾期未{}", "不{}", "没有{}", "尚未{}", "未经{}", "{}不到位", "{}不力")
_SAID_OTHERWISE = {"过": ("未通过", "不通过", "不合格", "未达标", "不达标"), "达到": ("未达标", "低于"), "交费": ("未缴费", "未缴纳", "欠缴")}


def neglected(folded: str, used: Callable[[str], bool]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give what the question says was not done, with the words texts use for it; only such as are used. used: does the library have a string?"""
    found = []
    for match in _NEGLECTED.finditer(folded):
        done = match["done"]
        ways = tuple(w for w in (*(way.format(done) for way in _DENIED), *_SAID_OTHERWISE.get(done, ())) if used(w))
        if ways:
            found.append((match.group(), ways))
    return tuple(found)


_BANNED = re.compile("(?:不让|不许|不准|不能|不得)(?P<act>[㐀-鿿]{1,2})的")
_FORBIDDEN = ("禁止", "违禁", "不得", "严禁", "禁限")


def banned(folded: str, used: Callable[[str], bool]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give what the question calls forbidden (卖了不让卖的东西) with the words texts use for it; only such as are used."""
    ways = tuple(word for word in _FORBIDDEN if used(word))
    return tuple((match.group(), ways) for match in _BANNED.finditer(folded) if ways)

