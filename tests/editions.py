"""One rule issued twice: a notice of 2019 and its revision of 2023, which repeals it by number."""

from __future__ import annotations

NOTICE = """东江县人民政府关于印发《东江县危险房屋管理办法{mark}》的通知
东政发〔{year}〕{number}号
各镇人民政府:
现将《东江县危险房屋管理办法{mark}》印发给你们。

东江县人民政府
{year}年5月6日

第一条 危险房屋每年检查{times}次。
第二条 本办法自{since}起施行。{end}
"""
NEW = NOTICE.format(
    mark="(2023年修订)", year=2023, number=8, times=4, since="2024年1月1日", end="《东江县危险房屋管理办法》(东政发〔2019〕3号)同时废止。"
)
